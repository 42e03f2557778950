"""Addresses that need their surroundings: an eighth item of what, the last one, the first of an enumeration."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, folio, telling
from zyqa.answer.facts import outline, prose, references
from zyqa.answer.question import Intent

TEXT = """样本方案
一、主要任务
（一）加强监管。各部门要加强日常监管。
（二）改善环境。抓紧治理污染。
1.空气。空气优良天数提高。
2.水。黑河、清河、沙河水质达到标准。
（三）建设工程。一是严把开工关。二是推广新工艺。三是加强规划。
（四）发展产业。按照《产业振兴意见》（国发〔2009〕3号）执行。
二、保障措施
（一）加强领导。成立领导小组,按照《领导工作办法》（国办发〔2008〕5号）开展工作。
（二）保障经费。县区政府保障所需费用。部门积极争取项目。
"""


@pytest.fixture(scope="module")
def told() -> Told:
    return telling(outline.at_address, Intent.TEXT, [folio(TEXT)])


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("一(二)1讲什么", "空气优良天数", "黑河"),
        ("主要任务第三项讲什么", "建设工程", "保障经费"),
        ("主要任务第四点是什么", "发展产业", "加强领导"),
        ("第四条讲什么", "发展产业", "加强监管"),
        ("保障措施第二条怎么说", "保障经费", "改善环境"),
        ("保障措施的最后一条是什么", "保障经费", "加强领导"),
        ("主要任务倒数第二项是什么", "建设工程", "发展产业"),
        ("(二)讲什么", "保障经费", "加强监管"),  # there are two: both are told
        ("(二)讲什么", "改善环境", "加强监管"),
        ("改善环境里的第二点是什么", "黑河", "优良天数"),
        ("建设工程的第二条措施是什么", "二是推广新工艺", "一是"),
        ("建设工程第三个方面是什么", "三是加强规划", "二是"),
        ("一、(二)里头那个水,讲什么", "黑河", "优良天数"),
        ("一(一)和二(一)分别讲什么", "加强领导", "改善环境"),
        ("一(一)和二(一)分别讲什么", "加强监管", "改善环境"),
        ("二(二)最后一句说什么", "争取项目", "所需费用"),
        ("主要任务第三项的标题是什么", "建设工程", "开工关"),
        ("一(三)第二点是什么", "二是推广新工艺", "三是"),
        ("第一部分最后一项讲什么", "发展产业", "加强监管"),
        ("一(二)1和2分别讲什么", "黑河", "治理污染"),
        ("第二部分有哪几项", "保障经费", "所需费用"),
        ("第六部分讲什么", "无:《样本方案》没有第六部分这一处。", "加强"),
        ("一(九)讲什么", "没有一(九)这一处", "加强"),
    ],
)
def test_clause_at_its_place(told: Told, question: str, holds: str, lacks: str) -> None:
    assert holds in told(question)
    assert lacks not in told(question)


def test_what_clauses_at_addresses_cite() -> None:
    told = telling(references.cites, Intent.CITES, [folio(TEXT)])
    assert "国发〔2009〕3号" in told("主要任务第四项引用了什么文件")
    assert "国办发〔2008〕5号" not in told("主要任务第四项引用了什么文件")
    both = told("一(四)和二(一)各引用了什么文件")
    assert "国发〔2009〕3号" in both
    assert "国办发〔2008〕5号" in both


def test_where_something_stands_is_told_with_the_heading() -> None:
    told = telling(prose.said, Intent.TEXT, [folio(TEXT)])
    assert "水:“黑河" in told("清河写在哪个行业那条")
    assert "水:“" not in told("清河水质怎么样")
