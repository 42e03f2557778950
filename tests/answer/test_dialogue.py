"""What a follow-up leaves out comes from the turns before it and their answers; a new topic brings nothing along."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant

LEAD = "服务业标准化由谁牵头?"


@pytest.mark.parametrize(
    ("turns", "question", "holds", "clauses"),
    [
        # the clause that the answer cited
        (("森林覆盖率要提高多少",), "那配合单位呢", "市环保局、各县区政府", {"1.10.4"}),
        (("市财政局在方案里配合哪项任务",), "这项的牵头单位是谁", "市质监局", {"1.13"}),
        (("市统计局牵头什么任务",), "哪些单位给它打配合", "市发改委、市工信委、市质监局", {"1.14.2"}),
        (("市林业局配合哪些任务",), "这些任务分别由谁牵头", "市农业局、市畜牧兽医局", {"1.4.2", "1.7.1"}),
        (("医疗卫生业的目标是什么",), "有没有配合单位", "没有列配合单位", {"1.11.5"}),
        (("森林覆盖率要提高多少",), "牵头的是林业局吗", "是。", {"1.10.4"}),
        (("高新技术产品开发的牵头单位?",), "不是科技局吗", "不", {"1.5"}),
        (("装备制造业由哪个局牵头",), "重点发展什么", "光伏", {"1.7.4"}),
        (("土壤环境由谁牵头",), "农药上有什么要求", "剧毒", {"1.10.3"}),
        (("总结阶段是什么时候",), "主要做什么", "检查验收", {"2.3"}),
        (("农业标准化谁牵头",), "覆盖率要多少?", "70%以上", {"1.4.2"}),
        (("购物放心市场要建多少个",), "这是哪一条写的", "一、(四)3", {"1.4.3"}),
        # its neighbours
        (("空气环境质量谁牵头",), "水的呢", "市环保局", {"1.10.2"}),
        (("现代物流业由哪个单位牵头?",), "农业的呢?", "市农业局", {"1.7.1"}),
        (("三、(一)讲的是什么",), "第二条呢", "明确工作职责", {"3.2"}),
        (("保障措施有哪几条", "第四条具体说什么"), "下一条呢", "强化宣传引导", {"3.5"}),
        (("整个工作分哪几个阶段推进",), "第二个阶段的起止时间呢", "2011年8月-2015年10月", {"2.2"}),
        (("空气环境质量由谁牵头",), "下一项谁牵头", "市环保局", {"1.10.2"}),
        (("启动阶段要干什么", "什么时候结束"), "之后是什么阶段", "实施阶段", {"2.2"}),
        (("市商务局牵头哪几项",), "第一项有几个配合单位", "5个配合单位", {"1.7.5"}),
        # its units
        (("现代物流业谁牵头",), "它还牵头什么", "商贸流通业", {"1.7.5", "1.11.6"}),
        (("市环保局牵头几项", "林业局呢"), "谁多", "市环保局牵头的任务更多", {"1.10.1", "1.10.2", "1.10.4"}),
        (("市质监局牵头哪些任务",), "里面有旅游业吗", "不是", {"1.11.3"}),
        (("市农业局牵头哪些任务",), "其中哪几项有县区政府配合", "土壤环境质量", {"1.10.3"}),
        # the documents it named
        (("旅游业要落实什么文件",), "那份文件的文号", "旅办发〔2009〕49号", {"1.11.3"}),
        (("张掖钨钼生产基地是哪个文件支持的",), "它的文号是多少", "国办发〔2010〕29号", {"1.1", "1.7.3"}),
        # nothing
        ((LEAD,), "2013年5月在哪个阶段", "实施阶段", {"2.2"}),
        (("市卫生局的任务",), "换个话题,森林覆盖率要涨多少", "1个百分点", {"1.10.4"}),
        (("市林业局牵头什么", "它配合什么"), "市统计局牵头什么", "宏观质量考核", {"1.14.2"}),
    ],
)
def test_follow_ups(assistant: Assistant, turns: tuple[str, ...], question: str, holds: str, clauses: set[str]) -> None:
    answer = assistant.ask(question, turns)
    assert holds in answer.text
    assert {one.clause_id for one in answer.citations} == clauses


@pytest.mark.parametrize("question", ["总投资呢", "局长叫什么名字", "教育局呢", "2020年呢", "给我讲个笑话吧"])
def test_what_the_documents_do_not_say_is_not_inherited(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, (LEAD, "农业的呢")).refused


def test_a_table_is_asked_as_a_whole(assistant: Assistant) -> None:
    asked = "哪些任务没有配合单位"
    assert assistant.ask(asked, (LEAD,)).text == assistant.ask(asked).text
