"""Targets: subject, comparator, value, unit, deadline; and the numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.test_duties import PLAN
from tests.policy.whole import whole
from zyqa.policy.deadlines import deadlines
from zyqa.policy.outline import find_clauses
from zyqa.policy.quantities import quantities
from zyqa.policy.targets import find_targets
from zyqa.types import Span, Target

Row = tuple[str, str | None, str, str | None, str | None]


def row(target: Target) -> Row:
    return target.subject, target.comparator, target.value, target.unit, target.deadline


def rows(text: str) -> list[Row]:
    return [row(target) for target in find_targets(text, whole(text))]


SENTENCES: list[tuple[str, list[Row]]] = [
    ("城市空气质量优良天数比例达到85%以上。", [("城市空气质量优良天数比例", "≥", "85", "%", None)]),
    ("到2015年,质量建档率达到100%。", [("质量建档率", "=", "100", "%", "2015")]),
    ("2015年底前，合格率不低于百分之九十。", [("合格率", "≥", "90", "%", "2015")]),
    ("森林覆盖率提高1个百分点。", [("森林覆盖率", "提高", "1", "个百分点", None)]),
    ("到2015年,顾客满意度较“十一五”末提高10个百分点。", [("顾客满意度", "提高", "10", "个百分点", "2015")]),
    ("能耗较2010年下降15%。", [("能耗", "下降", "15", "%", None)]),
    ("担保费率降至1%以下。", [("担保费率", "≤", "1", "%", None)]),
    ("支农金额占全部金额的比例不得低于80%。", [("支农金额占全部金额的比例", "≥", "80", "%", None)]),
    ("增加值年均增长10%以上。", [("增加值年均增长", "≥", "10", "%", None)]),
    ("到2025年，农机总动力稳定在11亿千瓦左右。", [("农机总动力", "约", "1100000000", "千瓦", "2025")]),
    ("到2015年,争取引进3-5个中国名牌产品,新增10个甘肃名牌产品、2个以上地理标志产品。", [
        ("中国名牌产品", None, "3-5", "个", "2015"),
        ("甘肃名牌产品", "新增", "10", "个", "2015"),
        ("地理标志产品", "≥", "2", "个", "2015"),
    ]),
    ("到2015年,获得驰名商标的产品累计达到35个以上。", [("获得驰名商标的产品累计", "≥", "35", "个", "2015")]),
    ("到2015年,重点培育2—3户大型龙头企业。", [("大型龙头企业", None, "2-3", "户", "2015")]),
    ("到2015年,创建20个以上购物放心市场(街、店),争创“飞天奖”优质工程5项以上。", [
        ("购物放心市场(街、店)", "≥", "20", "个", "2015"),
        ("“飞天奖”优质工程", "≥", "5", "项", "2015"),
    ]),
    ("到2015年,规模以上企业完成2项以上、重点企业完成4项以上新产品开发。", [
        ("规模以上企业新产品开发", "≥", "2", "项", "2015"),
        ("重点企业新产品开发", "≥", "4", "项", "2015"),
    ]),
    ("到2020年，良种覆盖率、科技贡献率分别达到90%、60%。", [
        ("良种覆盖率", "=", "90", "%", "2020"), ("科技贡献率", "=", "60", "%", "2020"),
    ]),
    ("到2020年，建成三个产业基地，培训技能人才1.5万人次。", [
        ("产业基地", None, "3", "个", "2020"), ("技能人才", None, "15000", "人次", "2020"),
    ]),
    ("食品生产企业全部纳入生产许可。", [("食品生产企业纳入生产许可", "全部", "100", "%", None)]),
    ("力争到2020年6月底，复工率达到95%。", [("复工率", "=", "95", "%", "2020-06")]),
    ("到2020年12月31日，融资成本降至1.6%以下。", [("融资成本", "≤", "1.6", "%", "2020-12-31")]),
    ("“十二五”末，治理率达到60%以上。", [("治理率", "≥", "60", "%", "2015")]),
    ("到2015年,質量建檔率達到100%。", [("质量建档率", "=", "100", "%", "2015")]),
    ("完成固定资产投资40亿元，增长12%。", [("固定资产投资", "增长", "12", "%", None)]),
    ("到2025年，增加值达到100亿元以上，年均增长8%以上。", [
        ("增加值", "≥", "10000000000", "元", "2025"), ("增加值年均增长", "≥", "8", "%", "2025"),
    ]),
    ("城镇新增就业1100万人以上，城镇调查失业率全年控制在5.5%以内，粮食产量保持在1.3万亿斤以上。", [
        ("城镇新增就业", "≥", "11000000", "人", None),
        ("城镇调查失业率", "≤", "5.5", "%", None),
        ("粮食产量", "≥", "1300000000000", "斤", None),
    ]),
    ("| 1 | 新增学位300个 | 县教育局 |", [("新增学位", None, "300", "个", None)]),
    # figures that set no target
    ("对年销售收入超过1亿元的企业给予贷款贴息。", []),
    ("处五万元以上二十万元以下罚款。", []),
    ("截至2月11日，网上申报率超过99.6%，同比增长2.6倍。", []),
    ("裁员率不超过20%的，可以申请返还。", []),
    ("按照第3项和《办法》第二十条规定，2011年印发187号文件。", []),
    ("自2020年2月1日起执行3个月。", []),
    ("坚持一个中心，开展一次检查。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_targets_of_a_sentence(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_deadline_holds_for_later_sentences_and_the_clauses_below() -> None:
    text = "一、环境\n到2015年,覆盖率达到60%。合格率达到70%。\n（一）空气\n优秀率达到85%。\n二、其他\n达标率达到90%。\n"
    targets = find_targets(text, find_clauses(text, "文")[0])
    assert [(one.clause_id, one.deadline) for one in targets] == [
        ("1", "2015"), ("1", "2015"), ("1.1", "2015"), ("2", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3-5个", "3-5", "个"), ("2—3户", "2-3", "户"), ("1.5万亿元", "1500000000000", "元"),
        ("3-5万吨", "30000-50000", "吨"),
        ("百分之九十点五", "90.5", "%"), ("80%-90%", "80-90", "%"), ("十二项", "12", "项"), ("1,200户", "1200", "户"),
        ("50个基点", "50", "个基点"), ("3个月", "3", "个月"), ("300万人次", "3000000", "人次"), ("0.50％", "0.5", "%"),
    ],
)  # fmt: skip
def test_quantity(text: str, value: str, unit: str) -> None:
    (found,) = quantities(text, Span(0, len(text)))
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["2011年", "万元", "近百个", "GB19001", "第三"])
def test_no_quantity(text: str) -> None:
    assert not [one for one in quantities(text, Span(0, len(text))) if one.value != "100"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("到2015年", "2015"), ("2015年底前", "2015"), ("2011年7月底前", "2011-07"), ("二〇一五年六月底前", "2015-06"),
        ("到“十二五”末", "2015"), ("到2020年12月31日", "2020-12-31"), ("比2010年提高", None), ("较“十一五”末", None),
        ("截至2020年2月", None), ("自2020年2月1日起", None),
    ],
)  # fmt: skip
def test_deadline(text: str, date: str | None) -> None:
    assert [iso for _, iso in deadlines(text, 0, len(text))] == ([date] if date else [])


def test_the_targets_of_the_plan() -> None:
    text = PLAN.read_text("utf-8")
    targets = find_targets(text, find_clauses(text, "plan")[0])
    numeric = [target for target in targets if target.comparator != "全部"]
    assert len(numeric) == 34
    assert len(targets) - len(numeric) == 8
    found = {(target.clause_id, *row(target)) for target in targets}
    assert found >= {
        ("1.4.2", "主要农产品的标准覆盖率", "≥", "70", "%", "2015"),
        ("1.9", "大中型工程建设项目一次验收合格率", "=", "100", "%", "2015"),
        ("1.10.1", "城市空气质量优良天数比例", "≥", "85", "%", "2015"),
        ("1.10.4", "森林覆盖率", "提高", "1", "个百分点", "2015"),
        ("1.11.4", "用户投诉处理及时率", "=", "98", "%", "2015"),
        ("1.11.5", "三级甲等医院通过GB/T19000质量管理体系认证", "全部", "100", "%", "2015"),
        ("1.12.1", "强制检定的工作计量器具周期检定率", "=", "95", "%", "2015"),
    }


@given(st.text(alphabet="到2015年率达以上0.3%个项户万亿百分之三提高不低于新增、，。全部纳入分别较-的了", max_size=60))
def test_spans_hold_for_any_text(text: str) -> None:
    for target in find_targets(text, whole(text)):
        assert 0 <= target.span.start < target.span.end <= len(text)
        assert target.span.cut(text)
        assert all(float(part) >= 0 for part in target.value.split("-"))
