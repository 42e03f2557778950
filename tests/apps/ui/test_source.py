"""The source panel shows the whole document, the clause in view and the quote marked."""

from __future__ import annotations

import re
from html import unescape

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.apps.ui.answers import Turn, answer_message, plain_answer, question_message
from zyqa.apps.ui.ask import GROUPS, examples
from zyqa.apps.ui.source import Place, panel
from zyqa.study.ledger import Where
from zyqa.study.messages import LANGUAGES, Messages
from zyqa.types import Answer, Citation, Document, Span, Statement

WORDS = Messages("zh")


@pytest.fixture(scope="module")
def plan(assistant: Assistant) -> Document:
    return assistant.store.document("张政办发〔2011〕187号")


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", "\n")))


def test_the_whole_text_is_shown_for_every_citation(assistant: Assistant, plan: Document) -> None:
    answer = assistant.ask("服务业标准化由谁牵头?")
    for number, cited in enumerate(answer.citations):
        clause = assistant.store.clause(cited.doc_id, cited.clause_id)
        html = panel(plan, clause, WORDS, cited, Place(0, number, len(answer.citations)))
        body = html[html.index('class="zy&#45;text"') :]
        assert plan.text in _text(body)
        assert "".join(_text(mark) for mark in re.findall(r"<mark>(.*?)</mark>", body)) == cited.quote
        assert body.count("zy&#45;cited") == 1


def test_previous_and_next_go_round() -> None:
    place = Place(turn=2, index=0, total=3)
    assert (place.anchor(-1), place.anchor(), place.anchor(1)) == ("#cite/2/2", "#cite/2/0", "#cite/2/1")


def test_digests_say_that_they_are_none_of_the_original(assistant: Assistant) -> None:
    digest = next(info for info in assistant.store.documents() if info.kind == "digest")
    document = assistant.store.document(digest.id)
    assert WORDS("source.digest") in _text(panel(document, document.clauses[0], WORDS, None, None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_shows_its_statements_chips_and_notes(assistant: Assistant, language: str) -> None:
    answer = assistant.ask("服务业标准化由谁牵头?")
    html = answer_message(4, answer, Messages(language))
    assert "由市发改委牵头" in _text(html) and _text(html).count("一、(四)3") == 1
    assert 'href="&#35;cite&#47;4&#47;0"' in html
    assert "\n" not in html
    assert answer.citations[0].quote in plain_answer(answer)


def test_an_answer_streams_in_statement_by_statement() -> None:
    answer = Answer("问", "甲\n乙", (Statement("甲", ()), Statement("乙", ())))
    assert "乙" not in answer_message(0, answer, WORDS, shown=1)
    assert "乙" in answer_message(0, answer, WORDS)


def test_the_head_of_a_list_has_no_chips_of_its_own() -> None:
    cited = Citation("甲", "1", "方案", None, "一、", "", "引文", Span(0, 2))
    answer = Answer(
        "问", "2项:\n甲\n乙", (Statement("2项:", (0,)), Statement("甲", (0,)), Statement("乙", (0,))), (cited,)
    )
    html = answer_message(0, answer, WORDS)
    assert html.count("<li>") == 2 and html.count("zy&#45;chip") == 2


def test_a_refusal_names_the_nearest_clauses_with_their_headings() -> None:
    answer = Answer("问", "无。", refused=True)
    html = answer_message(0, answer, WORDS, nearest=[Where("甲", "1", "方案", "一、", "任务")])
    assert "一、 任务 《方案》" in _text(html)


def test_a_long_question_is_shortened_in_the_chat() -> None:
    assert len(question_message(Turn("长" * 5000))) < 600


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_example_question_is_answered(assistant: Assistant, language: str, group: str) -> None:
    for question in examples(Messages(language), group):
        assert not assistant.ask(question).refused, question
