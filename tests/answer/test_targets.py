"""Targets asked for: by subject, value, unit, heading; goals without numbers; amounts that are no targets."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, folio, telling
from zyqa.answer.assistant import Assistant
from zyqa.answer.facts.targets import targets
from zyqa.answer.question import Intent
from zyqa.answer.shelf import Folio

OTHER = """一、重点任务
(一)冷链物流业。健全冷链标准。到2030年,冷链运输全程温控率达到90%,基本实现干线“零断链”,不发生重大变质事故。龙头企业满意度达到95%。
(二)老旧小区。到2030年,省属企业改造2项以上、市属企业改造4项以上加装电梯工程,全市完成10个以上示范小区。
(三)校园餐饮。食堂全部实现明厨亮灶。家长满意度提高5个百分点。
二、收费和处罚
(一)降费。单户担保金额100万元以上的业务,收费率原则上不超过1.5%;单户担保金额100万元及以下的业务,收费率原则上不超过0.8%。
(二)处罚。擅自开办食堂的,没收违法所得,并处违法所得2倍以上6倍以下的罚款。备案应当自开办之日起30日内办理。
"""


@pytest.fixture(scope="module")
def plan(assistant: Assistant) -> Told:
    held = [Folio(assistant.store.document(info.id)) for info in assistant.store.documents()]
    return telling(targets, Intent.TARGET, held)


@pytest.fixture(scope="module")
def other() -> Told:
    return telling(targets, Intent.TARGET, [folio(OTHER)])


PLAN: list[tuple[str, list[str], list[str]]] = [  # question, what is said, what is not
    ("交通运输业到2015年的目标?", ["零换乘", "无缝衔接", "85%"], ["98%"]),
    ("食品药品安全那块2015要做到哪几件事?", ["生产许可", "小作坊", "定点屠宰"], []),
    ("产品监督检查这条,2015年定了哪些指标?", ["建档率", "90%", "重大质量安全事故"], ["屠宰"]),
    ("客运零换乘目标有没有?", ["有。", "零换乘"], ["85%"]),
    ("90% 95% 98% 这三个数 各是哪个指标的", ["抽查合格率", "周期检定率", "投诉处理及时率"], ["受检率"]),
    ("除100%以外还有哪些百分比", ["70%", "98%"], ["100%", "5项"]),
    ("低于80%的指标", ["70%", "75%", "60%"], ["85%", "1个百分点"]),
    ("70%到90%之间的指标有哪些", ["70%", "75%", "85%", "90%"], ["60%", "95%"]),
    ("60%以上的指标是哪两个?", ["污水", "垃圾"], ["70%"]),
    ("哪些指标要求达到100%?", ["建档率", "受检率"], ["屠宰", "GB/T19000"]),
    ("哪些要求全部做到?", ["屠宰", "生产许可"], ["建档率"]),
    ("哪些指标以百分点表述提升幅度?", ["1个百分点", "10个百分点"], ["85%"]),
    ("带“个”的目标有哪些", ["35个", "20个"], ["85%"]),
    ("规模以上企业、重点工业企业和全市的高新技术产品目标", ["2项", "4项", "10个"], ["覆盖率"]),
    ("哪些行业给顾客或者游客满意度定了指标,各多少", ["金融", "旅游", "邮政", "商贸"], ["98%"]),
    ("主要任务第五项里的量化指标", ["2项", "4项", "10个"], ["85%"]),
    ("竣工工程要全部达到国家标准吗", ["是。", "所有竣工工程"], []),
    ("交通局有什么指标", ["85%", "零换乘"], ["飞天奖"]),
    ("消费者满意度指数要跟什么水平比?", ["全国平均水平"], ["2—3户"]),
    ("医疗卫生和旅游到2015年各自的硬目标是什么", ["GB/T19000", "绩效评估", "游客满意度"], ["98%"]),
    ("服务行业里满意度要求85%的有哪几个行业?", ["旅游", "邮政", "商贸"], ["正点率"]),
    ("95%以上的指标(含)有哪些", ["95%", "98%", "100%"], ["90%"]),
    ("水环境里有哪几个60%?", ["污水", "垃圾"], ["85%"]),
    ("规模以上企业要过哪些认证", ["GMP", "食品安全管理体系"], ["2项"]),
    ("逛超市的顾客满意率要到多少", ["85%"], ["98%"]),
    ("农村生活污水处理率目标是?", ["无:"], ["60%"]),
    ("旅游业的投诉处理及时率目标是多少?", ["无:"], ["98%"]),
    ("高铁正点率目标", [], ["85%"]),
    ("长途班车正点率", ["到2015年,全市公路长途客运班车正点率达到85%以上"], []),
    ("2012年的目标是多少", ["无:", "2012年"], []),
    ("装备制造业产值要达到多少", [], ["%", "项"]),
    ("药品抽检合格率要达到多少?", [], ["90%"]),
    ("这个方案是哪天印发的?", [], ["飞天奖", "85%"]),
]  # fmt: skip

ELSEWHERE: list[tuple[str, list[str], list[str]]] = [
    ("冷链物流业2030年的目标", ["90%", "零断链", "变质事故", "95%"], ["10个"]),
    ("省属企业和市属企业要加装电梯几项", ["2项", "4项"], ["90%"]),
    ("哪些必须全部实现", ["明厨亮灶"], ["90%"]),
    ("用百分点表示的目标有哪些", ["5个百分点"], ["90%"]),
    ("单户担保金额超过100万的业务,收费率最高多少", ["1.5%"], ["0.8%"]),
    ("单户担保金额100万及以下的业务收费率最高多少", ["0.8%"], ["1.5%"]),
    ("擅自开办食堂要罚多少倍", ["2倍以上6倍以下"], ["30日"]),
    ("开办备案要在多少天内办理", ["30日"], ["倍"]),
    ("2027年冷链温控率要多少", ["无:", "2027年"], []),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), PLAN)
def test_the_plan_is_asked_for_targets(plan: Told, question: str, said: list[str], unsaid: list[str]) -> None:
    _holds(plan(question), said, unsaid)


@pytest.mark.parametrize(("question", "said", "unsaid"), ELSEWHERE)
def test_any_document_is_asked_for_targets(other: Told, question: str, said: list[str], unsaid: list[str]) -> None:
    _holds(other(question), said, unsaid)


def _holds(text: str, said: list[str], unsaid: list[str]) -> None:
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text
