"""Who leads, supports or takes part: the other roles, yes or no, who has not, and what is asked of whom."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "holds", "clauses"),
    [
        ("搞检验检测能力建设,质监局牵头,还有谁得跟着出力?", "市发改委、市财政局", {"1.13"}),
        ("除了质监局还有谁牵头检验检测能力建设", "没有其他单位", {"1.13"}),
        ("质监局牵头的信用等级评价那项由谁配合", "市工商局", {"1.12.2"}),
        ("邮政通信业由邮政局牵头,请核实。", "不是市邮政局牵头", {"1.11.4"}),
        ("市旅游局在现代物流业承担配合职责,请确认。", "是。", {"1.7.5"}),
        ("市食药监局是食品药品安全体系的牵头单位?", "不是市食品药品监管局牵头", {"1.6.1"}),
        ("检验检测能力建设,配合的只有财政局一家吗?", "不是。", {"1.13"}),
        ("旅游业只由旅游局牵头吗", "是。", {"1.11.3"}),
        ("科技局、环保局、发改委,哪家没被安排去配合现代高载能产业", "不是市科技局配合", {"1.7.2"}),
        ("循环经济谁牵头的,还有县区是牵头呢还是配合呢", "市发改委牵头", {"1.8"}),
        ("商务局牵头的数目是不是比旅游局多", "是。市商务局牵头的任务更多", {"1.7.5", "1.11.6", "1.11.3"}),
        ("创名牌那项有配合单位吗,写的是谁", "各成员单位配合", {"1.3"}),
        ("听说市公安局也掺和产品质量监督检查,真有它的事?", "是。", {"1.6.2"}),
        ("谁不是循环经济发展质量的配合单位:科技局还是卫生局", "不是市卫生局配合", {"1.8"}),
        ("森林覆盖率是林业局牵头对吧", "是。“生态环境质量”由市林业局牵头", {"1.10.4"}),
        ("土壤环境质量是环保局牵头对吧", "不是市环保局牵头", {"1.10.3"}),
        ("市商务局除了现代物流业还牵头什么", "商贸流通业", {"1.11.6"}),
        ("张掖银监分局除了金融保险还牵头别的吗", "没有。张掖银监分局牵头1项", {"1.11.2"}),
        ("林业局给谁打配合", "由市农业局、市畜牧兽医局牵头", {"1.4.2", "1.7.1"}),
        ("帮建设局抓重点工程质量的是哪几家", "市水务局、市交通运输局", {"1.9"}),
        ("市财政局在检验检测能力建设里是配合单位,对不?", "是。", {"1.13"}),
        ("银监分局在服务业标准化里是不是也算配合单位", "是。", {"1.4.3"}),
        ("公安局牵头产品质量监督检查?", "不是市公安局牵头", {"1.6.2"}),
        ("市质监局在宏观质量考核评价指标体系里承担何种责任", "市质监局配合", {"1.14.2"}),
        ("财政局和林业局谁牵头的任务多", "市财政局牵头0项", {"1.10.4", "1.13"}),
        ("测验:只牵头、从不配合的部门是哪一个", "市统计局", {"1.14.2"}),
        ("电话费计时收费老有问题,谁牵头管", "市工信委", {"1.11.4"}),
        ("哪个部门报送质量状况分析报告", "县区主管部门每季度", {"1.14.1"}),
    ],
)
def test_roles(assistant: Assistant, question: str, holds: str, clauses: set[str]) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert holds in answer.text
    assert {one.clause_id for one in answer.citations} == clauses


def test_the_tasks_of_a_unit_are_compared_by_role_and_told_apart_from_all_others(assistant: Assistant) -> None:
    assert "配合的更多" in assistant.ask("质监局是牵头的多还是配合的多").text
    without = assistant.ask("哪些任务县区政府既不牵头也不配合").text
    assert "现代物流业" in without
    assert "循环经济" not in without


def test_what_no_clause_says_is_done_is_done_by_nobody(assistant: Assistant) -> None:
    assert assistant.ask("旅游业那一项由哪个部门审批").refused
