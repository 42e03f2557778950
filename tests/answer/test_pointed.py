"""Clauses called by their headings, and what is asked of them."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("农业那一项要把张掖建成哪些基地", "肉牛产业基地", "光伏"),
        ("监督检查制度那条要加快建设什么平台", "信息化公共服务平台", "专项整治"),
        ("经费保障那条说要从哪些方面支持名优产品", "信贷、科研、技改、政府采购", "风险监测"),
        ("宣传引导那条要大力宣传什么、形成怎样的社会氛围", "大力宣传质量法律法规", "典型"),
        ("宣传引导那条要大力宣传什么、形成怎样的社会氛围", "人人享受质量", "典型"),
        ("要整合什么?检验检测那条里写的", "整合社会检测力量", "统一规划"),
        ("现代物流业那块要改造提升什么", "传统服务业", "火车站"),
        ("空气环境那一点说的城市空气质量要怎样", "逐年提高", "污水"),
        ("土壤环境那点里禁止、杜绝什么", "禁止废弃物", "污水"),
        ("土壤环境那点里禁止、杜绝什么", "杜绝使用剧毒", "污水"),
        ("农业条款点名了哪些特色优势农产品", "啤酒大麦", "标准覆盖率"),
        ("拟加快建设的物流园区有哪些", "滨河新区", "《甘肃省人民政府"),
        ("装备制造业条款中要做大做强哪些机械设备", "农业机械", "标准覆盖率"),
    ],
)
def test_the_sentence_of_the_clause(assistant: Assistant, question: str, holds: str, lacks: str) -> None:
    answer = assistant.ask(question).text
    assert holds in answer
    assert lacks not in answer


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("农业那一项是谁牵头", "由市农业局牵头"),
        ("旅游业那条的满意度目标是多少", "85%"),
        ("一、(十一)3要提升旅游哪几类服务的质量", "旅游车船和导游服务质量"),
        ("一(九)里那个优质工程奖叫什么", "飞天奖"),
        ("一(十二)1要建立的三个体系叫什么", "计量体系"),
        ("一(九)的名称叫什么", "切实提升重点工程建设质量"),
        ("农业那条讲了什么", "一、(七)1 农业"),
        ("宏观质量考核评价指标主要包括哪些", "质量提升率"),
        ("医疗卫生业里要建立可追溯的什么制度", "责任追究制度"),
    ],
)
def test_other_kinds_of_question_go_on(assistant: Assistant, question: str, holds: str) -> None:
    assert holds in assistant.ask(question).text
