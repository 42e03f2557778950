"""The heading grammar as a table, and its invariants over random numbering."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zyqa.policy.outline import find_clauses
from zyqa.text import numeral
from zyqa.types import Clause, Style

PLAN = next((Path(__file__).parents[2] / "corpus").glob("*.txt"))


def ids(text: str) -> list[str]:
    return [clause.id for clause in find_clauses(text, "d")[0]]


def codes(text: str) -> list[str]:
    return [note.code for note in find_clauses(text, "d")[1]]


def by_id(text: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in find_clauses(text, "d")[0]}


def assert_sound(text: str) -> None:
    """The invariants of a clause tree."""
    clauses, notes = find_clauses(text, "d")
    assert "".join(clause.span.cut(text) for clause in clauses) == text
    known = {clause.id: clause for clause in clauses}
    assert len(known) == len(clauses)
    for clause in clauses:
        assert clause.extent.start == clause.span.start
        assert clause.extent.contains(clause.span)
        assert clause.heading in clause.span.cut(text)
        assert clause.marker is None or clause.marker.raw in clause.span.cut(text)
        if clause.parent_id is not None:
            assert known[clause.parent_id].extent.contains(clause.extent)
            assert known[clause.parent_id].span.start < clause.span.start
    for note in notes:
        assert note.span.cut(text)


# ---------------------------------------------------------------- the plan


def test_plan_has_its_exact_clause_tree() -> None:
    items = {4: 4, 6: 3, 7: 5, 10: 4, 11: 6, 12: 2, 14: 3}
    expected = ["0", "1"]
    for task in range(1, 15):
        expected += [f"1.{task}", *(f"1.{task}.{item}" for item in range(1, items.get(task, 0) + 1))]
    expected += ["2", *(f"2.{stage}" for stage in range(1, 4)), "3", *(f"3.{safeguard}" for safeguard in range(1, 6))]
    assert ids(PLAN.read_text("utf-8")) == expected


def test_plan_clause_has_label_heading_and_parent() -> None:
    text = PLAN.read_text("utf-8")
    clause = by_id(text)["1.4.3"]
    assert (clause.label, clause.heading, clause.parent_id) == ("一、(四)3", "加快推进服务业标准化", "1.4")
    assert clause.span.cut(text).startswith("3.加快推进服务业标准化")
    assert clause.marker is not None
    assert (clause.marker.style, clause.marker.number, clause.marker.raw) == (Style.ARABIC, "3", "3.")


# ---------------------------------------------------------------- grammar

GRAMMAR = {
    "standard": (
        "序\n一、甲\n（一）乙。文\n1.丙。文\n（1）丁\n（2）戊\n2．己\n（二）庚\n二、辛",
        "0 1 1.1 1.1.1 1.1.1.1 1.1.1.2 1.1.2 1.2 2",
    ),
    "skipped level shortens the path": ("序\n一、甲\n1.乙\n2.丙\n二、丁\n1.戊", "0 1 1.1 1.2 2 2.1"),
    "（一） runs on across 一、": ("序\n一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊", "0 1 1.1 1.2 2 2.3"),
    "1. runs on across （一）": ("序\n（一）甲\n1.乙\n2.丙\n（二）丁\n3.戊", "0 1 1.1 1.2 2 2.3"),
    "top level is 1.": ("序\n1.甲\n2.乙\n（1）丙\n3.丁", "0 1 2 2.1 3"),
    "chapters and articles": (
        "序\n第一章 总则\n第一条 甲\n（一）乙\n（二）丙\n第二章 分则\n第一节 丁\n第二条 戊",
        "0 c1 1 1.1 1.2 c2 c2.s1 2",
    ),
    "inserted article": ("序\n第十二条 甲\n第十二条之一 乙\n第十三条 丙", "0 12 12-1 13"),
    "article purpose in brackets": ("序\n第一条【目的】为了甲。\n第二条　【范围】乙。", "0 1 2"),
    "一、 runs on across chapters": ("序\n第一章 甲\n一、乙\n二、丙\n第二章 丁\n三、戊", "0 c1 1 2 c2 3"),
    "parts within parts": (
        "序\n第二编 物权\n第一分编 通则\n第四章 甲\n第一条 乙\n第二分编 所有权\n第五章 丙\n第二条 丁",
        "0 p2 p2.p1 p2.p1.c4 1 p2.p2 p2.p2.c5 2",
    ),
    "第一部分 is no style of its own": ("序\n第一部分 甲\n一、乙\n第二部分 丙\n一、丁", "0 1 1~2"),
    "parts": ("序\n第一编 总则\n第一章 甲\n第一条 乙\n第二编 物权\n第一章 丙\n第二条 丁", "0 p1 p1.c1 1 p2 p2.c1 2"),
    "dots": ("序\n1.甲\n2．乙\n3、丙\n4. 丁", "0 1 2 3 4"),
    "full width": ("序\n１．甲\n２．乙\n（１）丙", "0 1 2 2.1"),
    "traditional": ("序\n第一條 甲\n第二條 乙", "0 1 2"),
    "indented": ("序\n　　一、甲\n\u00a0\u00a0（一）乙\n\u2003二、丙", "0 1 1.1 2"),
    "zero width": ("序\n\u200b一、甲\n\ufeff二、乙", "0 1 2"),
    "circled on lines of their own": ("序\n1.甲\n①乙\n②丙", "0 1 1.1 1.2"),
    "decimal numbering": (
        "序\n1　总则\n1.1　甲\n1.2　乙\n1.2.1　丙\n（1）丁\n2　职责\n2.1　戊",
        "0 1 1.1 1.2 1.2.1 1.2.1.1 2 2.1",
    ),
    "flattened": ("通知 各单位： 一、甲 （一）乙。文 （二）丙。文 二、丁 附则文", "0 1 1.1 1.2 2"),
    "line break lost behind a bracket": ("序 一、甲。（甲局负责）二、乙。三、丙", "0 1 2 3"),
    "flattened, wide blanks": ("通知 　　一、甲 　　1.乙 　　2.丙 　　二、丁", "0 1 1.1 1.2 2"),
    "attachment": (
        "序\n一、甲\n附件：1.表一\n2.表二\n某局\n附件1\n表一\n一、乙\n（一）丙\n附件2\n表二",
        "0 1 a1/0 a1/1 a1/1.1 a2/0",
    ),
    "attachment with its title after a colon": (
        f"序\n一、甲\n附件：1.办法\n2.表\n某局\n附件1：办法\n一、{'乙' * 300}\n附件2：表\n{'丙' * 300}",
        "0 1 a1/0 a1/1 a2/0",
    ),
    "attachments only named": ("序\n一、甲\n附件1：办法\n附件2：表\n某局\n2020年2月3日", "0 1"),
    "attachment, carriage returns": ("序\r\n一、甲\r\n附件1\r\n清单\r\n一、乙\r\n", "0 1 a1/0 a1/1"),
    "attachment without number": ("序\n一、甲\n附件\n清单\n一、乙", "0 1 a1/0 a1/1"),
    "attachment, flattened": (
        "序 一、甲 附件：1.表 2.单 某局 2020年2月3日 附件1 表 一、乙 附件2 单",
        "0 1 a1/0 a1/1 a2/0",
    ),
    "document in a document": ("通知\n一、甲\n二、乙\n方案\n一、丙\n（一）丁\n二、戊", "0 1 2 1~2 1.1 2~2"),
    "count within a count": ("问答\n1、甲？\n一、乙\n二、丙\n2、丁？\n3、戊？", "0 1 1.1 1.2 2 3"),
    "table of contents": (
        "办法\n目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲\n第二章 附则\n第二条 乙",
        "0 c1 1 c2 2",
    ),
    "table cut into cells": (
        "序\n一、甲\n附件\n分工表\n序号\n重点任务\n责任部门\n1.乙\n市局\n2.丙\n市委\n注：\n1.丁",
        "0 1 a1/0 a1/1",
    ),
    "table within the text": (
        "序\n一、甲\n序号\n重点任务\n责任部门\n1.乙\n市局\n二、丙\n（一）丁\n（二）戊",
        "0 1 2 2.1 2.2",
    ),
    "table rows": ("序\n一、甲\n| 序号 | 任务 |\n| 1. | 乙 |\n| 2. | 丙 |\n二、丁", "0 1 2"),
    "no heading at all": ("只是一段话。", "0"),
    "heading at the very start": ("一、甲\n二、乙", "1 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", GRAMMAR)
def test_grammar(name: str) -> None:
    text, expected = GRAMMAR[name]
    assert ids(text) == expected.split()
    assert_sound(text)


MENTIONS = {
    "classes": "序\n一、甲\n一、二、三类地区执行。\n二、乙",
    "an amount": "序\n一、甲\n1.5万亿元投资。\n二、乙",
    "a cited item": "序\n一、甲\n按照第（二）项执行。\n二、乙",
    "a cited article": "序\n一、甲\n第五条规定的情形除外。\n二、乙",
    "enumeration in a sentence": "序\n一、甲：（1）乙；（2）丙；（3）丁。一是戊；二是己。\n二、庚",
    "a dash list": "序\n一、甲\n——乙。\n——丙。\n二、丁",
    "quarters": "序 一、甲 一、二季度免收。 二、乙",
    "months": "序 一、甲 2、3、4月全补。 二、乙",
}


@pytest.mark.parametrize("name", MENTIONS)
def test_mention_is_no_heading(name: str) -> None:
    assert ids(MENTIONS[name]) == ["0", "1", "2"]
    assert_sound(MENTIONS[name])


ODDITIES = {
    "gap": ("序\n一、甲\n二、乙\n四、丙", "0 1 2 4", ["numbering-gap"]),
    "repeat": ("序\n一、甲\n二、乙\n二、丙\n三、丁", "0 1 2 2~2 3", ["numbering-repeat"]),
    "late start": ("序\n三、甲\n四、乙", "0 3 4", ["numbering-start"]),
    "backwards": ("序\n一、甲\n二、乙\n三、丙\n二、丁\n四、戊", "0 1 2 3 2~2 4", ["numbering-gap", "numbering-gap"]),
    "lost blank": ("序 一、甲。二、乙 三、丙", "0 1 2 3", []),
    "lost blank at the end": ("序 一、甲。 二、乙。三、丙", "0 1 2 3", []),
}


@pytest.mark.parametrize("name", ODDITIES)
def test_misnumbering_is_noted_and_nothing_lost(name: str) -> None:
    text, expected, notes = ODDITIES[name]
    assert ids(text) == expected.split()
    assert codes(text) == notes
    assert_sound(text)


def test_article_is_addressed_without_its_chapter_but_lies_in_it() -> None:
    clauses = by_id("序\n第二章 分则\n第十二条 甲\n（一）乙")
    assert clauses["12"].parent_id == "c2"
    assert clauses["12.1"].parent_id == "12"
    assert clauses["12.1"].label == "第十二条(一)"


def test_attachment_holds_its_clauses() -> None:
    clauses = by_id("序\n附件2\n方案\n一、甲\n（一）乙")
    assert clauses["a2/0"].extent.contains(clauses["a2/1.1"].extent)
    assert (clauses["a2/1"].label, clauses["a2/1.1"].label) == ("附件2 一、", "附件2 一、(一)")


@pytest.mark.parametrize("mark", ["第九千九千条 甲", "第二〇二〇一条 甲", "〇、甲", "0.甲", "（〇）甲"])
def test_impossible_number_is_no_heading(mark: str) -> None:
    assert ids(f"序\n{mark}\n一、乙") == ["0", "1"]


def test_no_text_has_no_clauses() -> None:
    assert find_clauses("", "d") == ((), ())


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("序\n（一）加强领导。各部门要落实。", "加强领导"),
        ("序\n（一）加强领导\n各部门要落实。", "加强领导"),
        ("序\n（一）自发布之日起，各单位撤销卡口，恢复交通，并于二十二日前完成各项验收工作且报送市局备案。再报。", ""),
        ("序\n（一）本办法自发布之日起施行。", ""),
        ("序 （一）加强领导 各部门要落实。 （二）完", "加强领导"),
    ],
)
def test_heading_is_the_title_of_the_clause(text: str, heading: str) -> None:
    assert find_clauses(text, "d")[0][1].heading == heading


# ---------------------------------------------------------------- random numbering

MARKS = {
    Style.CHAPTER: lambda value: f"第{numeral(value)}章 ",
    Style.ARTICLE: lambda value: f"第{numeral(value)}条 ",
    Style.HAN: lambda value: f"{numeral(value)}、",
    Style.HAN_PAREN: lambda value: f"（{numeral(value)}）",
    Style.ARABIC: lambda value: f"{value}.",
    Style.ARABIC_PAREN: lambda value: f"（{value}）",
}
numbered = st.tuples(st.sampled_from(sorted(MARKS)), st.integers(1, 40))
breaks = st.sampled_from(["\n", " ", "\n　　", "。", "\u200b\n", "\n附件1\n", "，"])
pieces = st.lists(st.tuples(breaks, numbered, st.text("甲乙1（）第条、. \n", max_size=6)), max_size=25)


@given(pieces)
@settings(max_examples=150, deadline=None)
def test_any_numbering_parses_soundly(parts: list[tuple[str, tuple[Style, int], str]]) -> None:
    assert_sound("".join(gap + MARKS[style](value) + words for gap, (style, value), words in parts))


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_parses_soundly(text: str) -> None:
    assert_sound(text)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.booleans())
@settings(deadline=None)
def test_well_formed_outline_comes_out_as_printed(sections: list[int], flat: bool) -> None:
    """n tasks with their items, numbered as they should be, have exactly the ids of their numbers."""
    lines, expected = ["序言一段。"], ["0"]
    for task, items in enumerate(sections, 1):
        lines.append(f"{numeral(task)}、任务")
        expected.append(str(task))
        for item in range(1, items + 1):
            lines.append(f"（{numeral(item)}）事项。正文若干。")
            expected.append(f"{task}.{item}")
    assert ids((" " if flat else "\n").join(lines)) == expected


def test_blanks_between_single_characters_belong_to_the_heading() -> None:
    text = "第一章　总　　则\n第一条　为了规范,制定本条例。\n第二条　略。\n第二章　附　　则\n第三条　略。"
    clauses, _ = find_clauses(text, "x")
    assert [one.heading for one in clauses if one.id in ("c1", "c2")] == ["总　　则", "附　　则"]


def test_a_short_sentence_over_items_is_their_heading() -> None:
    clauses, _ = find_clauses(
        "一、总体要求\n（一）基本原则。\n1.问题导向。坚持。\n2.开放融合。坚持。\n（二）只有一句。", "x"
    )
    assert [one.heading for one in clauses if one.id in ("1.1", "1.2")] == ["基本原则", ""]
