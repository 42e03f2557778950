"""Times asked for: the stage of a date, the stage of a work, the whole term, rhythms, deadlines."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, folio, telling
from zyqa.answer.assistant import Assistant
from zyqa.answer.facts.times import due, when
from zyqa.answer.question import Intent
from zyqa.answer.shelf import Folio

OTHER = """一、任务
(一)统计。县级部门每月向省级部门报送台账,省级部门每季度向社会公布情况。到2030年,冷链运输全程温控率达到90%。
二、步骤
(一)动员阶段(2028年3月-2028年5月)。摸清底数,建立台账。
(二)攻坚阶段(2028年6月-2030年9月)。组织拆除,恢复植被。
(三)评估阶段(2030年10月-2030年12月)。开展抽样核验。
"""


@pytest.fixture(scope="module")
def plan(assistant: Assistant) -> Told:
    held = [Folio(assistant.store.document(info.id)) for info in assistant.store.documents()]
    return telling(when, Intent.WHEN, held)


@pytest.fixture(scope="module")
def due_then(assistant: Assistant) -> Told:
    held = [Folio(assistant.store.document(info.id)) for info in assistant.store.documents()]
    return telling(due, Intent.TEXT, held)


@pytest.fixture(scope="module")
def other() -> Told:
    return telling(when, Intent.WHEN, [folio(OTHER)])


PLAN: list[tuple[str, list[str], list[str]]] = [  # question, what is said, what is not
    ("2013年国庆节那会儿,工作处在什么阶段?", ["2013年国庆节处于实施阶段"], ["启动"]),
    ("15年11月中旬 那会儿是啥阶段 呢", ["总结阶段"], ["实施"]),
    ("2015年下半年处在什么阶段", ["实施阶段和总结阶段"], []),
    ("2011年8月底是启动还是实施?", ["处于实施阶段"], ["启动"]),
    ("2014年8月还没到总结阶段吧?", ["是,2014年8月处于实施阶段"], []),
    ("2011年7月处于实施阶段对吗", ["不是,2011年7月处于启动阶段"], []),
    ("2011年7月20日还在启动期吗?", ["是,2011年7月20日处于启动阶段"], []),
    ("到了2016年1月,还在方案写的阶段里头吗?", ["不是。", "2015年12月"], []),
    ("2016年3月属于哪个阶段?", ["无:", "2016年3月"], []),
    ("整个方案从什么时候开始到什么时候结束?", ["2010年6月", "2015年12月"], ["2011年8月"]),
    ("方案的执行期限是多久", ["2010年6月", "2015年12月"], ["个月"]),
    ("总结验收起止时间", ["2015年11月-2015年12月"], ["启动"]),
    ("总结阶段一共几个月?", ["历时2个月"], ["启动"]),
    ("哪个阶段最长?", ["实施阶段", "51个月"], ["总结"]),
    ("下一年度工作计划每年什么时候前报?", ["每年12月底前"], ["考核办法"]),
    ("启动、实施、总结,哪一段时间拉得最长?", ["实施阶段", "51个月"], ["总结"]),
    ("2015年10月和11月分属不同阶段吗", ["是。", "处于实施阶段", "2015年11月处于总结阶段"], ["启动"]),
    ("2011年8月和2012年1月属于同一阶段吗", ["是。2011年8月处于实施阶段"], ["启动"]),
    ("2011年3月、2013年5月各在哪个阶段", ["启动阶段", "实施阶段"], ["总结"]),
    ("方案发布时启动阶段结束了没有?", ["不是,2011年6月28日处于启动阶段"], ["实施"]),
    ("印发那天算在哪个阶段里头?", ["2011年6月28日处于启动阶段"], ["总结"]),
    ("2015年11月实施阶段结束了吗", ["是,2015年11月处于总结阶段"], ["启动"]),
    ("2012年启动阶段还没结束吗", ["不是,2012年处于实施阶段"], ["总结"]),
    ("实施阶段啥时候收尾", ["2015年10月"], ["总结"]),
    ("领导小组下来检查验收是哪两个月的事?", ["2015年11月-2015年12月"], []),
    ("什么时候要把目标任务分解细化", ["2011年8月-2015年10月"], []),
    ("县里的主管部门多久交一回质量分析报告?", ["每季度"], ["每半年"]),
    ("实施阶段的起头比方案发布更早吗", ["不是。", "2011年6月28日"], []),
    ("方案成文比总结阶段开始早吧?", ["是。总结阶段为"], []),
    ("启动阶段在2011年8月之前就收尾了吗", ["是。启动阶段为"], []),
    ("假设现在是2011年5月,算哪一步?", ["2011年5月处于启动阶段"], []),
    ("13年国庆那阵子还是启动阶段吗", ["不是,13年国庆处于实施阶段"], []),
    ("营造浓厚氛围放在哪个时段?", ["启动阶段为"], []),
    ("总结阶段谁去检查", [], ["2015年"]),
    ("驰名商标字样从何时起不许印在包装上", ["2014年5月1日"], []),
    ("县区主管部门是不是每年报一次质量状况分析报告", ["不是。", "每季度"], ["半年"]),
    ("市上主管部门半年一报质量状况分析报告,对吗", ["是。", "每半年"], ["季度"]),
    ("方案啥时候截止", ["2015年12月"], ["2011年"]),
    ("2016年3月还在推进吗", ["不是。", "2015年12月"], []),
    ("《旅游服务质量提升纲要》覆盖的时间", [], ["覆盖率"]),
    ("总结阶段有多少个月", ["历时2个月"], []),
    ("考核多久搞一次", ["每年"], ["定期"]),
    ("长途班车正点率85%什么时候要做到", ["到2015年", "正点率"], []),
    ("城市空气质量优良天数达到85%是到哪年?", ["到2015年", "85%"], []),
    ("方案什么时候生效?", [], ["年"]),
    ("整个工作的时间跨度,从哪个月到哪个月", ["2010年6月", "2015年12月"], ["2011年8月"]),
    ("牵头部门的总结工作是在哪年", ["2015年"], ["2011"]),
    ("弥补差距、巩固成果发生在哪几个月", ["2015年11月-2015年12月"], ["启动"]),
    ("细化目标任务进行在什么阶段", ["2011年8月-2015年10月"], ["启动"]),
]

DUE: list[tuple[str, list[str], list[str]]] = [
    ("2011年7月底之前要交什么", ["具体方案"], ["每年12月"]),
    ("12月底前要报送哪样材料", ["下一年度推进质量振兴工作计划"], ["7月"]),
    ("七月底前和十二月底前分别报什么", ["具体方案", "工作计划"], []),
    ("2012年7月底前要报送什么", ["无:"], ["具体方案"]),
    ("2011年7月底前是什么阶段", [], ["具体方案"]),
]
ELSEWHERE: list[tuple[str, list[str], list[str]]] = [
    ("2029年春节属于哪个阶段", ["攻坚阶段"], ["动员"]),
    ("2028年头三个月处在哪个阶段", ["动员"], ["攻坚"]),
    ("2030年最后两个月做什么", ["2030年"], ["动员"]),
    ("拆除是在哪个阶段", ["攻坚阶段"], ["评估"]),
    ("什么时候抽样核验", ["2030年10月-2030年12月"], []),
    ("整个工作从哪年哪月到哪年哪月结束", ["2028年3月", "2030年12月"], []),
    ("县级部门多久报一次台账", ["每月"], ["每季度"]),
    ("温控率90%哪年实现", ["到2030年", "90%"], []),
    ("哪个阶段最短", ["历时3个月"], ["28个月"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), PLAN)
def test_the_plan_is_asked_for_times(plan: Told, question: str, said: list[str], unsaid: list[str]) -> None:
    _holds(plan(question), said, unsaid)


@pytest.mark.parametrize(("question", "said", "unsaid"), DUE)
def test_what_is_due_is_told(due_then: Told, question: str, said: list[str], unsaid: list[str]) -> None:
    _holds(due_then(question), said, unsaid)


@pytest.mark.parametrize(("question", "said", "unsaid"), ELSEWHERE)
def test_any_document_is_asked_for_times(other: Told, question: str, said: list[str], unsaid: list[str]) -> None:
    _holds(other(question), said, unsaid)


def _holds(text: str, said: list[str], unsaid: list[str]) -> None:
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text
