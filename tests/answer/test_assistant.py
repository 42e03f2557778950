"""Questions of every kind, answered from the shipped corpus."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.errors import QuestionError


@pytest.mark.parametrize(
    ("question", "holds", "clauses"),
    [
        ("who leads service standardization", "市发改委", {"1.4.3"}),
        ("放心粮店归谁管", "市商务局", {"1.7.5"}),
        ("标准化战略谁负责", "市农业局、市畜牧兽医局", {"1.4.1", "1.4.2", "1.4.3", "1.4.4"}),
        ("服务业标准化是不是市质监局牵头?", "不是", {"1.4.3"}),
        ("市财政局牵头什么任务", "没有牵头任务", {"1.13"}),
        ("谁来检查验收", "市推进质量振兴工作领导小组", {"2.3"}),
        ("下水道处理率要多少", "60%以上", {"1.10.2"}),
        ("空气优良天数要求是90%吗", "不是90%", {"1.10.1"}),
        ("2012年5月处于哪个阶段", "实施阶段", {"2.2"}),
        ("县区多久报一次质量状况分析报告", "每季度", {"1.14.1"}),
        ("《意见》指什么", "张政发〔2010〕123号", {"0"}),
        ("我们是化工企业,要符合什么?", "REACH", {"1.12.1"}),
        ("保障措施有哪些", "三、(五) 强化宣传引导", {"3.1", "3.2", "3.3", "3.4", "3.5"}),
        ("哪项任务的配合单位最多", "有8个配合单位", {"1.4.3"}),
        ("可以使用剧毒农药吗", "不可以", {"1.10.3"}),
        ("邮政通信业定了哪两个百分比", "98%", {"1.11.4"}),
        ("空气、水、生态环境质量的量化目标", "60%以上", {"1.10.1", "1.10.2", "1.10.4"}),
        ("满意度指标各行业分别是多少", "商贸流通业", {"1.11.2", "1.11.3", "1.11.4", "1.11.6"}),
        ("三甲医院有什么硬指标", "三级甲等医院", {"1.11.5"}),
        ("服务质量那一项里哪几项没有配合单位", "共5项", {"1.11.1", "1.11.2", "1.11.3", "1.11.5", "1.11.6"}),
        ("优势主导产业五项里工信委牵头几项", "牵头3项", {"1.7.2", "1.7.3", "1.7.4"}),
        ("市林业局牵头加配合总共几项", "共3项", {"1.10.4", "1.4.2", "1.7.1"}),
        ("配合单位只有一个的任务", "共5项", {"1.3", "1.5", "1.10.1", "1.12.2", "1.14.1"}),
        ("市统计局牵头的任务由谁配合", "市发改委、市工信委、市质监局配合", {"1.14.2"}),
        ("启动阶段之后是什么阶段", "实施阶段", {"2.2"}),
        ("总结阶段几个月", "历时2个月", {"2.3"}),
        ("最后那个阶段是哪两个月", "2015年11月-2015年12月", {"2.3"}),
        ("2015年10月最后一天还在实施阶段不", "是,", {"2.2"}),
        ("国办47条的发文字号", "国办发〔2010〕29号", {"1.1", "1.7.3"}),
        ("甘肃省著名商标那个条例后来怎样了", "废止", {"1.2", "1.3"}),
    ],
)
def test_answered(assistant: Assistant, question: str, holds: str, clauses: set[str]) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert holds in answer.text
    assert {one.clause_id for one in answer.citations} == clauses


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("市教育局有什么任务", "未提及市教育局"),
        ("兰州市的服务业标准化谁牵头", "未涉及兰州"),
        ("2020年的空气质量目标", "没有规定2020年"),
        ("旅游业的正点率要达到多少", "没有规定"),
        ("《意见》第三条是什么", "原文未入库"),
        ("《产品质量法》怎么规定的", "没有引用"),
        ("市质监局的电话是多少", "电话"),
        ("今天天气怎么样", "未提及"),
    ],
)
def test_refused_with_what_is_missing(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert reason in (answer.reason or "")
    assert answer.nearest
    assert not answer.citations


@pytest.mark.parametrize(
    ("history", "question", "holds"),
    [
        (["服务业标准化由谁牵头"], "那配合单位呢", "张掖银监分局配合"),
        (["服务业标准化由谁牵头"], "农业的呢", "市农业局、市畜牧兽医局牵头"),
        (["服务业标准化由谁牵头", "农业的呢"], "配合单位有哪些", "市林业局、市质监局配合"),
        (["市发改委牵头哪些任务"], "它配合的呢", "市发改委配合6项"),
        (["企业质量诚信体系谁牵头"], "依据哪个标准", "GB/T23791"),
        (["服务业标准化由谁牵头"], "方案什么时候印发的", "2011年6月28日"),
        (["森林覆盖率要提高多少"], "哪个单位牵头最多", "市工信委牵头最多,共8项"),
    ],
)
def test_a_follow_up_inherits_what_it_leaves_out(
    assistant: Assistant, history: list[str], question: str, holds: str
) -> None:
    assert holds in assistant.ask(question, history).text


def test_a_new_topic_inherits_nothing(assistant: Assistant) -> None:
    assert assistant.ask("今天天气怎么样", ["服务业标准化由谁牵头"]).refused


def test_a_digest_card_is_named_as_such(assistant: Assistant) -> None:
    answer = assistant.ask("GB/T23791现在还有效吗")
    assert "废止" in answer.text
    assert any("摘要卡" in note for note in answer.notes)


def test_a_deadline_comes_without_its_neighbours(assistant: Assistant) -> None:
    assert "7月" not in assistant.ask("下一年度计划每年几月底前报送").text
    assert "12月" not in assistant.ask("具体方案什么时候报").text


def test_all_tasks_and_units_are_counted(assistant: Assistant) -> None:
    assert "34项" in assistant.ask("标了牵头单位的任务共多少项").text
    assert "10个" in assistant.ask("光配合、从不牵头的部门有哪些").text


def test_what_binds_says_that_its_time_is_over(assistant: Assistant) -> None:
    assert any("已过" in note for note in assistant.ask("我们是化工企业,要符合什么?").notes)


@pytest.mark.parametrize("question", ["", " \n ", "\x00\x01", "字" * 100_000])
def test_a_question_that_cannot_be_asked(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError) as error:
        assistant.ask(question)
    assert error.value.hint
