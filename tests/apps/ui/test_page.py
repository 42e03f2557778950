"""The page in a real Chromium: each tab does what it is for, and asks nothing of any other host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document as Word
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.apps.ui.conftest import Desk
from zyqa.answer.assistant import Assistant
from zyqa.settings import Settings
from zyqa.study import feedback, quiz
from zyqa.study.makers import Form
from zyqa.types import Kind

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the servers' own making
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LEADS = "服务业标准化由谁牵头?"


def test_a_question_is_answered_and_its_citation_opens_the_clause(desk: Desk) -> None:
    page = desk.page
    desk.ask(LEADS)
    expect(page.locator(".zy-answer").last).to_contain_text("市发改委")
    expect(page.locator(".zy-follow a.zy-ask").first).to_be_visible()
    page.locator(".zy-answer a.zy-chip", has_text="一、(四)3").first.click()
    mark = page.locator("#zy-panel mark").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("市发改委")
    expect(page.locator("#zy-panel .zy-cited")).to_contain_text("加快推进服务业标准化")
    page.locator("#zy-panel button[data-copy]").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "张政办发〔2011〕187号#1.4.3"
    page.keyboard.press("Escape")
    expect(page.locator("#zy-panel")).to_be_hidden()


def test_citations_are_walked_through_and_copied(desk: Desk) -> None:
    page = desk.page
    desk.ask("市质监局牵头哪些工作?")
    page.locator(".zy-answer a.zy-chip").first.click()
    expect(page.locator("#zy-panel .zy-count")).to_contain_text("1 /")
    first = page.locator("#zy-panel .zy-where").inner_text()
    page.get_by_label("下一处引文").click()
    expect(page.locator("#zy-panel .zy-count")).to_contain_text("2 /")
    expect(page.locator("#zy-panel mark").first).to_be_in_viewport()
    assert page.locator("#zy-panel .zy-where").inner_text() != first
    page.get_by_role("button", name="复制引文").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "《张掖市推进质量振兴工作方案》（张政办发〔2011〕187号）"
    )


def test_a_question_that_cannot_be_asked_is_given_back_with_the_reason(desk: Desk) -> None:
    page = desk.page
    page.fill("#zy-box textarea", "长" * 5000)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("toast-body")).to_contain_text("问题为空或过长，请写得简短一些再问。")
    expect(page.locator("#zy-box textarea")).to_have_value("长" * 5000)
    expect(page.locator(".zy-waiting")).to_have_count(0)


def test_dark_mode_is_chosen_and_kept(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="深色").click()
    page.reload()
    page.wait_for_selector("#zy-box textarea")
    assert page.evaluate("document.body.classList.contains('dark')")


def test_the_chat_can_be_used_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    desk.ask(LEADS)
    page.locator(".zy-answer a.zy-chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#zy-panel mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "zy-chip"


def test_a_refusal_offers_clauses_and_a_conversation_is_exported(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.ask("市质监局的电话号码是多少?")
    expect(page.locator(".zy-nearest a.zy-chip").first).to_be_visible()
    page.locator(".zy-nearest a.zy-chip").first.click()
    expect(page.locator("#zy-panel .zy-cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    desk.ask(LEADS)
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 Word").first.click()
    saved.value.save_as(tmp_path / "talk.docx")
    text = "\n".join(line.text for line in Word(str(tmp_path / "talk.docx")).paragraphs)
    assert LEADS in text and "市发改委" in text and "一、(四)3" in text


def test_earlier_questions_outlive_a_reload(desk: Desk) -> None:
    page = desk.page
    desk.ask(LEADS)
    page.reload()
    page.wait_for_selector("#zy-box textarea")
    page.get_by_role("button", name="历史提问").click()
    page.locator("#zy-past a.zy-ask", has_text=LEADS).click()
    expect(page.locator(".zy-answer").last).to_contain_text("市发改委")


def test_two_visitors_at_once_each_get_their_own_answer(desk: Desk, phone: Desk) -> None:
    asked = {desk: (LEADS, "市发改委"), phone: ("年度计划什么时候报送?", "12月")}
    for visitor, (question, _) in asked.items():
        visitor.page.fill("#zy-box textarea", question)
    for visitor in asked:
        visitor.page.keyboard.press("Enter")
    for visitor, (_, right) in asked.items():
        expect(visitor.page.locator(".zy-answer")).to_have_count(1)
        expect(visitor.page.locator(".zy-answer")).to_contain_text(right)


def test_feedback_with_a_reason_is_kept_and_exported_as_questions(desk: Desk, served: Settings, tmp_path: Path) -> None:
    page = desk.page
    desk.ask(LEADS)
    page.locator('a[href^="#like/"]').click()
    expect(page.get_by_text("已记录在文库中")).to_be_visible()
    page.locator('a[href^="#dislike/"]').click()
    page.get_by_label("引文不对").check()
    page.get_by_role("button", name="提交反馈").click()
    expect(page.locator("#zy-complaint:visible")).to_have_count(0)
    desk.tab("文库")
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出用户反馈").click()
    saved.value.save_as(tmp_path / "feedback.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()]
    assert lines == list(feedback.as_questions(served.library))
    assert lines[-2]["clauses"] == ["张政办发〔2011〕187号#1.4.3"]
    assert lines[-1]["todo"] == "citation"


HOSTILE = """<script>alert(1)</script>**关于**促进=cmd|calc!A1的通知
测政发〔2020〕9号
各有关单位:
一、推进<img src=x onerror=alert(2)>甜瓜产业发展。到2022年,甜瓜优质品率达到93%以上。(牵头单位:市甜瓜局;配合单位:=HYPERLINK("http://x.test"))
二、[点我](javascript:alert(3))加强$x^2$宣传。(牵头单位:市甜瓜局)
测试市人民政府
2020年1月2日
"""


def test_a_document_is_previewed_taken_in_asked_and_removed(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    hostile = tmp_path / "通知<b>=1+1.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    desk.tab("文库")
    expect(page.locator(".zy-table")).to_contain_text("张掖市推进质量振兴工作方案")
    page.get_by_role("button", name="添加文件").click()
    page.locator("#zy-files input[type=file]").set_input_files(str(hostile))
    expect(page.locator(".zy-preview")).to_contain_text("<script>alert(1)</script>**关于**")
    page.locator("#zy-accept").click()
    expect(page.get_by_text("已入库 1 个文件")).to_be_visible()
    desk.tab("问答")
    desk.ask("甜瓜产业发展由谁牵头?")
    expect(page.locator(".zy-answer").last).to_contain_text("市甜瓜局")
    page.locator(".zy-answer a.zy-chip").last.click()
    expect(page.locator("#zy-panel .zy-text")).to_contain_text("[点我](javascript:alert(3))")
    page.keyboard.press("Escape")
    desk.tab("文库")
    page.get_by_role("button", name="移除文件").click()
    page.locator("#zy-doomed input").click()
    page.get_by_role("option", name="测政发").click()
    page.locator("#zy-remove-button").click()
    page.locator("#zy-remove-yes").click()
    expect(page.locator(".zy-table").first).not_to_contain_text("测政发")
    desk.tab("问答")
    desk.ask("甜瓜产业发展由谁牵头?")
    expect(page.locator(".zy-answer").last).not_to_contain_text("市甜瓜局")


def test_duties_are_filtered_by_unit_and_exported(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.tab("责任")
    expect(page.locator("#zy-duties tbody tr").first).to_be_visible()
    every = page.locator("#zy-duties tbody tr").count()
    page.locator("#zy-unit-choice input").fill("市旅游局")
    page.get_by_role("option", name="市旅游局").click()
    expect(page.locator(".zy-unit h3")).to_have_text("市旅游局")
    expect(page.locator("#zy-duties tbody tr").first).to_contain_text("市旅游局")
    chosen = page.locator("#zy-duties tbody tr").count()
    assert 0 < chosen < every
    with page.expect_download() as saved:
        page.locator("#zy-duties-xlsx").click()
    saved.value.save_as(tmp_path / "duties.xlsx")
    sheet = load_workbook(tmp_path / "duties.xlsx").worksheets[0]
    assert {row[4] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"市旅游局"}
    assert sheet.max_row == chosen + 1


def test_targets_have_a_chart_and_a_timeline(desk: Desk) -> None:
    page = desk.page
    desk.tab("指标")
    expect(page.locator("#zy-targets")).to_contain_text("主要农产品的标准覆盖率")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    expect(page.get_by_text("每年12月底前").first).to_be_visible()


def test_the_checklist_is_ticked_noted_and_exported(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.tab("对照")
    page.locator("#zy-kind input").fill("化工企业")
    page.keyboard.press("Enter")  # shows the list, as the button does
    first = page.locator("#zy-checklist tbody tr").first
    expect(first).to_contain_text("化工企业符合REACH法规")
    with page.expect_response(lambda response: "/queue/join" in response.url):
        first.locator("input[type=checkbox]").check()
    first.locator("input[type=text]").fill("=已办")
    with page.expect_response(lambda response: "/queue/join" in response.url):
        page.keyboard.press("Tab")
    with page.expect_download() as saved:
        page.locator("#zy-checklist-xlsx").click()
    saved.value.save_as(tmp_path / "list.xlsx")
    line = [cell.value for cell in load_workbook(tmp_path / "list.xlsx").worksheets[0][2]]
    assert line[-2:] == ["☑", "=已办"]
    assert "REACH" in str(line[2])


def test_a_quiz_is_taken_to_its_score(desk: Desk, assistant: Assistant, tmp_path: Path) -> None:
    page = desk.page
    desk.tab("培训")
    page.locator("#zy-start").click()
    expect(page.locator(".zy-exam fieldset")).to_have_count(10)
    documents = [assistant.store.document(info.id) for info in assistant.store.documents()]
    originals = [document for document in documents if document.kind is Kind.ORIGINAL]
    tasks = quiz.quiz(originals, quiz.checker(assistant.store), number=10, seed=1)
    for number, task in enumerate(tasks):
        field = page.locator(".zy-exam fieldset").nth(number)
        if task.form is Form.BLANK:
            field.locator("input").fill(task.options[0])
        elif task.form is Form.MATCH:
            for line, place in enumerate(task.key):
                field.locator("select").nth(line).select_option(task.options[place])
        else:
            for place in task.key:
                field.locator("input").nth(place).check()
    page.locator(".zy-submit").click()
    expect(page.locator(".zy-score")).to_contain_text("得分 100")
    with page.expect_download() as saved:
        page.locator("#zy-paper").click()
    saved.value.save_as(tmp_path / "paper.docx")
    text = "\n".join(line.text for line in Word(str(tmp_path / "paper.docx")).paragraphs)
    assert all(task.stem in text for task in tasks) and "参考答案" in text


def test_flash_cards_turn_and_open_their_clause(desk: Desk) -> None:
    page = desk.page
    desk.tab("培训")
    page.locator("#zy-paper").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("先点“开始测验”")
    page.locator("#zy-cards-button").click()
    card = page.locator(".zy-flash").first
    expect(card.locator(".zy-back")).to_be_hidden()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.locator(".zy-back strong")).not_to_be_empty()
    card.locator("a.zy-chip").click()
    expect(page.locator("#zy-panel .zy-cited")).to_be_in_viewport()


def test_the_language_is_switched_and_files_follow(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("#zy-box textarea")
    expect(page.get_by_role("tab", name="Check-list")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    desk.ask("Who leads service standardization?")
    expect(page.locator(".zy-answer").last.locator("a.zy-chip").first).to_be_visible()
    desk.tab("Targets")
    expect(page.locator("#zy-targets tbody tr").first).to_be_visible()
    with page.expect_download() as saved:
        page.locator("#zy-targets-xlsx").click()
    saved.value.save_as(tmp_path / "targets.xlsx")
    first, second = load_workbook(tmp_path / "targets.xlsx").worksheets
    assert first["C1"].value == "Target" and second["B2"].value and second["C1"].value == "Kind"
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("tab", name="问答")).to_be_visible()


def test_a_narrow_dark_screen_shows_every_tab_without_sideways_scrolling(phone: Desk) -> None:
    page = phone.page
    assert page.evaluate("document.body.classList.contains('dark')")
    phone.ask(LEADS)
    page.locator(".zy-answer a.zy-chip").first.click()
    expect(page.locator("#zy-panel mark").first).to_be_in_viewport()
    assert phone.overflow() <= 0
    page.locator("#zy-panel button[data-close]").click()
    for name, sign in (
        ("文库", ".zy-table"),
        ("责任", "#zy-duties tbody tr"),
        ("指标", "#zy-targets tbody tr"),
        ("对照", "#zy-check"),
        ("培训", "#zy-start"),
    ):
        phone.tab(name)
        expect(page.locator(sign).first).to_be_visible()
        assert phone.overflow() <= 0, name
