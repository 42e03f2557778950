"""What binds an enterprise: the right clauses, the governing word, and words that stand in the text."""

from __future__ import annotations

import pytest

from tests.study.conftest import Parse
from zyqa.study.checklist import COLUMNS, Relation, Strength, checklist, report
from zyqa.types import Document, Kind


@pytest.mark.parametrize(
    ("described", "label", "words", "strength", "modal"),
    [
        ("化工企业", "一、(十二)1", "REACH法规", Strength.MUST, "符合"),
        ("食品厂", "一、(六)1", "食品生产企业全部纳入生产许可", Strength.MUST, "全部"),
        ("食品出口企业", "一、(十二)1", "获得国外卫生注册", Strength.ENCOURAGE, "鼓励"),
        ("三级甲等医院", "一、(十一)5", "绩效评估管理体系", Strength.MUST, "要"),
        ("我们经营一家超市", "一、(十一)6", "进货验收", Strength.FORBID, "杜绝"),
    ],
)
def test_the_plan(plan: Document, described: str, label: str, words: str, strength: Strength, modal: str) -> None:
    found = [item for item in checklist([plan], described) if words in item.text]
    assert [(item.where.label, item.strength, item.modal) for item in found] == [(label, strength, modal)]


@pytest.mark.parametrize("described", ["化工企业", "大型超市", "医院", "建筑公司", "一家小店", ""])
def test_items_are_verbatim_distinct_and_sorted(plan: Document, described: str) -> None:
    items = checklist([plan], described)
    assert all(item.span.cut(plan.text) == item.text and item.modal in item.text for item in items)
    assert len({item.span for item in items}) == len(items)
    places = [list(Relation).index(item.relation) for item in items]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("sentence", "strength", "modal"),
    [
        ("化工企业不得偷排污水。", Strength.FORBID, "不得"),
        ("化工企业应当建立台账。", Strength.MUST, "应当"),
        ("鼓励化工企业实施技术改造。", Strength.ENCOURAGE, "鼓励"),
        ("化工企业按照规定,全部通过认证。", Strength.MUST, "全部"),
        ("化工企业的达标率达到100%。", Strength.MUST, "达到"),
        ("化工企业建立健全档案。", Strength.STATE, "建立"),
    ],
)
def test_the_governing_word(parsed: Parse, sentence: str, strength: Strength, modal: str) -> None:
    (item,) = checklist([parsed(f"一、任务\n{sentence}\n二、保障\n加强领导。")], "化工企业")
    assert (item.strength, item.modal, item.relation) == (strength, modal, Relation.KIND)


def test_an_enterprise_that_is_only_mentioned_is_not_bound(parsed: Parse) -> None:
    document = parsed("一、任务\n健全企业质量档案和数据库。\n二、保障\n全面夯实企业质量基础。")
    assert checklist([document], "化工企业") == ()


def test_other_sectors_are_left_out(parsed: Parse) -> None:
    document = parsed("一、任务\n旅游企业必须投保。\n二、其他\n化工企业必须持证。")
    assert [item.text for item in checklist([document], "化工企业")] == ["化工企业必须持证"]


def test_conditions_that_the_enterprise_states_are_met(parsed: Parse) -> None:
    document = parsed("一、任务\n规模以上化工企业必须持证。\n二、保障\n加强领导。")
    assert checklist([document], "化工企业")[0].conditions == ("规模以上",)
    assert checklist([document], "规模以上化工企业")[0].conditions == ()


def test_digest_cards_bind_nobody(documents: tuple[Document, ...]) -> None:
    digests = [document for document in documents if document.kind is Kind.DIGEST]
    assert checklist(digests, "化工企业") == ()


def test_the_report_has_boxes_and_notes(plan: Document) -> None:
    items = checklist([plan], "化工企业")
    (table,) = report(items, "化工企业", [True] + [False] * (len(items) - 1), ["已办"] + [""] * (len(items) - 1)).tables
    assert {len(row) for row in table.rows} == {len(COLUMNS)}
    assert [row[-2:] for row in table.rows[:2]] == [("☑", "已办"), ("☐", "")]


def test_an_empty_report_says_so() -> None:
    assert report((), "学校").tables == []
