"""Rendering: the JSON contract, plain text for terminals, Markdown that shows text letter for letter."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.apps import render
from zyqa.study.export import Report, Table
from zyqa.types import Answer, Citation, Hit, Kind, Span, Statement

CITATION = Citation(
    doc_id="甲〔2011〕1号",
    clause_id="1.4.3",
    title="某市方案",
    number="甲〔2011〕1号",
    label="一、(四)3",
    heading="推进标准化",
    quote="牵头单位:\n市发改委",
    span=Span(5, 15),
)
ANSWER = Answer(
    question="谁牵头?",
    text="由市发改委牵头。配合的是市质监局。",
    statements=(Statement("由市发改委牵头。", (0,)), Statement("配合的是市质监局。", (0, 1))),
    citations=(CITATION, replace(CITATION, kind=Kind.DIGEST, number=None)),
    notes=("规划期已满。",),
    confidence=0.97,
    elapsed=3.14159,
)
REFUSAL = Answer(
    question="市长是谁?",
    text="文件中没有。",
    refused=True,
    reason="未提及市长。",
    nearest=(Hit("甲〔2011〕1号", "3.1", "三、1", 1.5, (("words", 1),)),),
)


def test_an_answer_has_the_fields_of_the_contract() -> None:
    assert render.answer_json(ANSWER) == {
        "question": "谁牵头?",
        "answer": "由市发改委牵头。配合的是市质监局。",
        "refused": False,
        "confidence": 0.97,
        "citations": [render.citation_json(citation) for citation in ANSWER.citations],
        "nearest": [],
        "notes": ["规划期已满。"],
        "elapsed_ms": 3.14,
    }
    assert render.citation_json(CITATION) == {
        "document": "甲〔2011〕1号",
        "title": "某市方案",
        "clause": "1.4.3",
        "label": "一、(四)3",
        "heading": "推进标准化",
        "quote": "牵头单位:\n市发改委",
        "start": 5,
        "end": 15,
    }


def test_a_refusal_names_the_nearest_clauses() -> None:
    nearest = {"document": "甲〔2011〕1号", "clause": "3.1", "label": "三、1", "score": 1.5}
    assert render.answer_json(REFUSAL)["nearest"] == [nearest]
    assert render.answer_plain(REFUSAL).splitlines() == [
        "文件中没有。",
        "未提及市长。",
        "  最接近的条款：",
        "    三、1  [甲〔2011〕1号#3.1]",
    ]
    assert render.answer_plain(REFUSAL, ["《某市方案》三、1 品牌"]).endswith(
        "\n    《某市方案》三、1 品牌  [甲〔2011〕1号#3.1]"
    )
    english = render.answer_plain(replace(REFUSAL, question="who is the mayor"))
    assert "\n  The nearest clauses:\n" in english


def test_hits_have_the_fields_of_the_contract() -> None:
    hit = {"document": "甲〔2011〕1号", "clause": "3.1", "label": "三、1", "score": 1.5}
    assert render.hits_json(REFUSAL.nearest) == {"hits": [hit]}
    assert "三、1 品牌  [甲〔2011〕1号#3.1]  (words:1)" in render.hits_plain(REFUSAL.nearest, ["三、1 品牌"])


def test_plain_text_numbers_the_citations_and_marks_digests() -> None:
    assert render.answer_plain(ANSWER).splitlines() == [
        "由市发改委牵头。[1]配合的是市质监局。[1][2]",
        "  《某市方案》（甲〔2011〕1号）",
        "    [1] 一、(四)3 推进标准化：“牵头单位: 市发改委”",
        "  《某市方案》（摘要）",
        "    [2] 一、(四)3 推进标准化：“牵头单位: 市发改委”",
        "  注：规划期已满。",
    ]


def test_markdown_quotes_the_sources() -> None:
    lines = render.answer_markdown(ANSWER).split("\n\n")
    assert lines[0] == "由市发改委牵头。[1]配合的是市质监局。[1][2]"
    assert lines[1] == "> [1] 《某市方案》（甲〔2011〕1号）一、(四)3 推进标准化：“牵头单位: 市发改委”"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[此处](javascript:alert(1))", "[此处&#93;(javascript:alert(1))"),
        ("![图](x.png)", "![图&#93;(x.png)"),
        ("[1]: http://a", "[1&#93;: http://a"),
        ("**重** _点_ `码` ~删~ $式$", r"\*\*重\*\* \_点\_ \`码\` \~删\~ \$式\$"),
        ("# 题\n- 项\n1. 条\n一、条", "\\# 题\n\\- 项\n1\\. 条\n一、条"),
        ("a & b", "a &amp; b"),
    ],
)
def test_markdown_takes_no_text_for_markup(text: str, shown: str) -> None:
    assert render.markdown(text) == shown


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_markdown_loses_no_character(text: str) -> None:
    without_marks = str.maketrans("", "", string.punctuation)
    assert unescape(render.markdown(text)).translate(without_marks) == unescape(text).translate(without_marks)


@pytest.mark.parametrize("text", ["\x1b[31m红\x1b[0m", "甲\x00\x07乙", "\u202e反转\u202c"])
def test_plain_text_holds_nothing_a_terminal_would_obey(text: str) -> None:
    assert all(char.isprintable() for char in render.plain(text))


def test_tables_align_chinese_and_latin() -> None:
    assert render.table_plain([("单位", "n"), ("a", "10")]) == "单位  n\na     10"


def test_long_cells_are_cut_in_the_terminal() -> None:
    report = Report("表", (Table("表", ("甲",), (("长" * 100,),)),))
    assert max(map(len, render.report_plain(report).splitlines())) == 40


def test_rows_become_flat_and_serialisable() -> None:
    row = render.row_json(ANSWER.statements[0])
    assert json.loads(json.dumps(row)) == {"text": "由市发改委牵头。", "citations": [0], "verdict": "unchecked"}
    assert render.row_json(CITATION) == render.citation_json(CITATION)
