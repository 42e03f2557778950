"""Citations: titles, numbers, aliases, standards, short names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.test_duties import PLAN
from tests.policy.whole import whole
from zyqa.policy.outline import find_clauses
from zyqa.policy.references import find_references

Cited = tuple[str | None, str | None, str | None]


def cited(text: str) -> list[Cited]:
    return [(one.title, one.number, one.alias) for one in find_references(text, whole(text))]


CITATIONS: list[tuple[str, list[Cited]]] = [
    ("按照《甲办法》执行", [("甲办法", None, None)]),
    ("按照《甲纲要(2009-2015)》(旅办发〔2009〕49号)", [("甲纲要(2009-2015)", "旅办发〔2009〕49号", None)]),
    ("《甲意见》（国发[2010]5号）", [("甲意见", "国发[2010]5号", None)]),
    ("《甲意见》（国发﹝2010﹞5号，以下简称《意见》）", [("甲意见", "国发﹝2010﹞5号", "意见")]),
    ("《甲通知》(甘政办发〔2011〕58号,以下简称“通知”)", [("甲通知", "甘政办发〔2011〕58号", "通知")]),
    ("《甲规定》（见工信部联企业〔2011〕300号）", [("甲规定", "工信部联企业〔2011〕300号", None)]),
    ("《甲办法》（商务部令2014年第3号）", [("甲办法", "商务部令2014年第3号", None)]),
    ("《甲公告》（2020年第9号）", [("甲公告", "2020年第9号", None)]),
    ("国办发〔2010〕29号《甲若干意见》", [("甲若干意见", "国办发〔2010〕29号", None)]),
    ("财政部令第102号《甲办法》", [("甲办法", "财政部令第102号", None)]),
    ("GB/T 23794-2015《企业信用评价指标》", [("企业信用评价指标", "GB/T 23794-2015", None)]),
    ("《企业信用评价指标》GB/T 23794-2015", [("企业信用评价指标", "GB/T 23794-2015", None)]),
    ("《甲意见》国发〔2010〕5号", [("甲意见", "国发〔2010〕5号", None)]),
    ("《甲意见》和国发〔2010〕5号", [("甲意见", None, None), (None, "国发〔2010〕5号", None)]),
    ("《質量發展綱要》（國發〔2012〕9號，以下簡稱《綱要》）", [("质量发展纲要", "国发〔2012〕9号", "纲要")]),
    ("按甘工商发〔2018〕91号办理", [(None, "甘工商发〔2018〕91号", None)]),
    ("《关于印发〈甲纲要〉的通知》", [("关于印发〈甲纲要〉的通知", None, None)]),
    ("《关于印发《甲纲要》的通知》", [("关于印发《甲纲要》的通知", None, None)]),
    ("《财政部 税务总局关于\n甲的公告》", [("财政部税务总局关于甲的公告", None, None)]),
    ("按照国办发〔2011〕12号文件精神", [(None, "国办发〔2011〕12号", None)]),
    ("根据国务院国发〔1999〕24号要求", [(None, "国发〔1999〕24号", None)]),
    ("通过GB/T19000质量管理体系认证", [(None, "GB/T19000", None)]),
    ("符合GB 5749-2006、ISO 9001:2015和DB62/T 1234-2010", [
        (None, "GB 5749-2006", None), (None, "ISO 9001:2015", None), (None, "DB62/T 1234-2010", None),
    ]),
    ("《质量信用等级划分通则》(GB/T23791)", [("质量信用等级划分通则", "GB/T23791", None)]),
    ("GMP(药品包括保健食品生产质量管理规范)", [("药品包括保健食品生产质量管理规范", None, "GMP")]),
    ("符合REACH法规(化学品注册、评估、许可和限制)规定", [("REACH法规", None, "REACH")]),
    ("抢抓国办47条支持建设的机遇", [("国办47条", None, "国办47条")]),
    # what is no citation
    ("凭《食品经营许可证》和《申请表》办理，登《张掖日报》", []),
    ("《通知》强调", []),
    ("《甲方案》已经市政府同意,现予印发", []),
    ("《甲方案》（以下简称《方案》）已经同意，现印发给你们。按《方案》执行", []),
    ("张政办发〔2011〕187号\n各县(区)人民政府:", []),
    ("市商务局文件 津商外资〔2020〕1号 市商务局关于", []),
    ("第47条规定，处5万元罚款", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITATIONS)
def test_citation(text: str, expected: list[Cited]) -> None:
    assert cited(text) == expected


def test_an_alias_counts_from_where_it_is_introduced() -> None:
    text = "《意见》。《甲的意见》（甲发〔2010〕1号，以下简称《意见》）。实现《意见》的指标；《意见》第三条。《通知》"
    full = ("甲的意见", "甲发〔2010〕1号", "意见")
    assert cited(text) == [full, full, full]
    assert [one.span.cut(text) for one in find_references(text, whole(text))][2] == "《意见》第三条"


def test_a_quoted_alias_is_a_citation_too() -> None:
    text = "《甲的通知》(甲发〔2010〕1号,以下简称“通知”)。按照“通知”要求"
    assert cited(text) == [("甲的通知", "甲发〔2010〕1号", "通知")] * 2


def test_a_bare_kind_stands_for_the_latest_title_of_that_kind() -> None:
    assert cited("出台《甲市纾困办法》。《办法》指出") == [("甲市纾困办法", None, None), ("甲市纾困办法", None, "办法")]


def test_law_with_article() -> None:
    text = "依据《中华人民共和国产品质量法》第二十六条第一款处理"
    (one,) = find_references(text, whole(text))
    assert (one.title, one.number) == ("中华人民共和国产品质量法", None)
    assert one.span.cut(text) == "《中华人民共和国产品质量法》第二十六条第一款"


def test_its_own_number_is_no_citation() -> None:
    text = "(张政办发〔2011〕187号)和张政发〔2010〕123号"
    references = find_references(text, whole(text, "张政办发〔2011〕187号"))
    assert [one.number for one in references] == ["张政发〔2010〕123号"]


def test_the_citations_of_the_plan() -> None:
    text = PLAN.read_text("utf-8")
    references = find_references(text, find_clauses(text, "张政办发〔2011〕187号")[0])
    assert [one.clause_id for one in references if one.alias == "意见"] == ["0", "1.4.1", "1.4.2", "2.1"]
    assert {one.number for one in references if one.alias == "意见"} == {"张政发〔2010〕123号"}
    numbers = {one.number for one in references}
    assert numbers >= {"甘政办发〔2011〕58号", "发改环资〔2010〕61号", "GB/T19000", "GB/T19004", "GB/T23791"}
    assert len(references) == 15
    assert {one.resolved for one in references} == {None}


@given(st.text(alphabet="《》〈〉（）()〔〕[]“”以下简称意见通知办法国发号第条2010 GB/T19001-\n", max_size=80))
def test_spans_hold_for_any_text(text: str) -> None:
    end = 0
    for one in find_references(text, whole(text)):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
        assert one.title or one.number
        if one.number and not one.alias:
            assert one.number in one.span.cut(text)
