"""What is said of one thing is not told of another that its name excludes."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.contrasts import Contrasts


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("小型商场超市要建立什么体系", "小型"),
        ("普通商贸企业要贯彻什么国标", "普通"),
        ("规模以下工业企业的主导产品要换代吗", "规模以下"),
        ("二甲医院到2015年要通过什么认证", "二甲"),
        ("省级检验检测网络哪年形成", "省级"),
        ("小微商贸企业要贯彻哪个标准", "小微"),
        ("牛羊定点屠宰由哪个部门牵头", "牛羊"),
        ("乡镇多久报一次质量分析报告", "乡镇"),
        ("世界名牌产品要引进几个", "世界"),
        ("肉羊产业基地要努力建成吗", "肉羊"),
        ("工业废水集中处理率要多少", "工业废水"),
        ("水产品的标准覆盖率要到多少", "水产品"),
    ],
)
def test_what_is_said_of_the_opposite_is_refused_by_name(assistant: Assistant, question: str, named: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert f"没有写“{named}”" in (answer.reason or "")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("大型超市要建立什么体系", "质量管理体系"),
        ("重点商贸企业要贯彻什么国标", "GB/T19004"),
        ("三甲医院到2015年要通过什么认证", "GB/T19000"),
        ("农产品的标准覆盖率要到多少", "70%"),
        ("省级名牌产品要新增几个", "10个"),
    ],
)
def test_what_is_said_of_the_same_is_answered(assistant: Assistant, question: str, holds: str) -> None:
    assert holds in assistant.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "火锅店要贯彻哪个国家标准",
        "酒后开车的怎么处罚",
        "银行卡丢了银行赔不赔",
        "非强制检定的器具检定率多少",
        "第五阶段是什么时候",
        "“质量兴县”活动由谁牵头",
        "企业要贯彻GB/T27001吗",
        "张政办发〔2013〕66号说的什么",
        "5G覆盖率要达到多少",
        "乙级医院要建立什么评价体系",
        "总结报告多少字",
        "湿地覆盖率要提高几个百分点",
        "旅游服务实施方案是哪天印发的",
        "发言人由谁担任",
        "领导小组有几个成员单位",
    ],
)
def test_what_is_said_of_other_cases_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_a_word_is_opposed_before_the_same_thing_alone() -> None:
    table = Contrasts([{"contrasts": {"size": [["大型"], ["小型"]]}}])
    said = ["大型商场要建立质量管理体系"]
    assert table.opposed("小型商场要建立什么体系", {"商场": ["商场"]}, said, []) == ("小型", "大型商场")
    assert table.opposed("小型灯具要检验吗", {"灯具": ["灯具"]}, said, []) is None
    assert table.opposed("大型商场和小型商场都要吗", {"商场": ["商场"]}, said, []) is None
    assert table.opposed("小型商场要建立什么体系", {"商场": ["商场"]}, said, ["小型商场"]) is None
