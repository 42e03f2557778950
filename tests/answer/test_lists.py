"""Lists inside a sentence, asked for by what their items are."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, folio, telling
from zyqa.answer.facts import lists
from zyqa.answer.question import Intent

TEXT = """样本方案
一、环境。黑河、清河、沙河水质均达到标准,二氧化硫、二氧化氮两项污染物逐年下降。
二、信用。在信贷、采购、招标、招商等领域实现信用信息的应用和共享。
三、宣传。努力形成人人重视质量、人人监督质量、人人享受质量的氛围。
四、园区。建设城东物流园区、城西物流园区和城南物流园区,推进机构社会化、市场化、集团化。
五、设施。加强污水、垃圾处理的基础设施和工业、医疗等危险废物的监管。
七、标准。制定覆盖快递配送、家政服务、养老托育等业态的规范,发布2项规范。
六、分析。商务、建设等部门分别对产品质量、工程质量、服务质量状况进行分析。
"""


@pytest.fixture(scope="module")
def told() -> Told:
    return telling(lists.listed, Intent.TEXT, [folio(TEXT)])


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("要达标的三条河是哪三条", "黑河、清河、沙河"),
        ("哪两项污染物要下降", "二氧化硫、二氧化氮"),
        ("信用信息共享的领域有几个", "共4个。"),
        ("要形成哪三个人人", "人人监督质量"),
        ("建哪三个物流园区", "城西物流园区"),
        ("机构要推进哪三化", "社会化、市场化、集团化"),
        ("哪四条河要达标", ""),  # they are three
        ("危险废物有几类", "一、医疗"),
        ("要分析哪几种质量", "共3个。"),
        ("规范要覆盖哪些行业", "家政服务"),
        ("服务规范覆盖了哪几个方面", "养老托育"),
        ("要发布哪些方面", ""),  # no list is published
        ("信用怎么样", ""),
    ],
)
def test_list(told: Told, question: str, holds: str) -> None:
    answer = told(question)
    if holds == "一、医疗":
        assert "共" not in answer[:2]  # a list within a list is quoted, not counted
    elif holds:
        assert holds in answer
    else:
        assert not answer
