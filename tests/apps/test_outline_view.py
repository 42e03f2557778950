"""The outline for a terminal and the JSON contract, from one parsed document."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from zyqa.apps.outline_view import document_json, outline
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.types import Document, Kind, Status, Validity

TEXT = """某市质量工作方案
某政发〔2020〕1号
根据《质量意见》（某政发〔2019〕9号），制定本方案。
一、主要任务
（一）推进标准化。到2025年，覆盖率达到70%以上。（牵头单位：市发改委；配合单位：市质监局）
（三）加强监管。市质监局具体负责日常工作。
"""


@pytest.fixture
def document() -> Document:
    return parse(text_source(TEXT))


def test_json_has_the_fields_of_the_contract(document: Document) -> None:
    found = json.loads(json.dumps(document_json(document), ensure_ascii=False))
    assert {
        "id",
        "title",
        "number",
        "issuers",
        "issued",
        "text",
        "clauses",
        "duties",
        "targets",
        "references",
        "notes",
    } <= set(found)
    assert found["id"] == "某政发〔2020〕1号"
    assert [clause["id"] for clause in found["clauses"]] == ["0", "1", "1.1", "1.3"]
    assert set(found["clauses"][2]) >= {"id", "marker", "label", "heading", "start", "end", "parent"}
    assert found["clauses"][2]["marker"] == "（一）"
    assert (found["clauses"][2]["label"], found["clauses"][2]["parent"]) == ("一、(一)", "1")


def test_json_offsets_cut_what_they_name(document: Document) -> None:
    found = document_json(document)
    text = found["text"]
    assert "".join(text[clause["start"] : clause["end"]] for clause in found["clauses"]) == text
    for duty in (*found["duties"], *found["inline_duties"]):
        assert text[duty["start"] : duty["end"]] == duty["surface"]


def test_json_tells_marked_duties_from_those_in_prose(document: Document) -> None:
    found = document_json(document)
    assert [(duty["clause"], duty["role"], duty["surface"]) for duty in found["duties"]] == [
        ("1.1", "lead", "市发改委"),
        ("1.1", "support", "市质监局"),
    ]
    assert [(duty["clause"], duty["surface"]) for duty in found["inline_duties"]] == [("1.3", "市质监局")]


def test_outline_shows_the_tree_with_duties_targets_and_notes(document: Document) -> None:
    lines = outline(document).split("\n")
    assert lines[0] == "某市质量工作方案  某政发〔2020〕1号"
    assert "4 clauses, 2 duties (1 inline)" in lines[1]
    assert any(line.startswith("1.1") and line.endswith("    （一） 推进标准化") for line in lines)
    assert any(line.strip() == "牵头: 市发改委" for line in lines)
    assert any(line.strip().startswith("目标: 覆盖率 ≥ 70%") for line in lines)
    assert any("numbering-gap" in line for line in lines[lines.index("Notes:") :])


def test_outline_says_what_a_digest_is_and_whether_it_binds(document: Document) -> None:
    card = replace(document, kind=Kind.DIGEST, validity=Validity(Status.REPEALED))
    assert "已废止 · 摘要卡，非原文" in outline(card).split("\n")[1]


def test_outline_lets_no_control_character_through() -> None:
    document = parse(text_source("题\x1b[31m名\n一、甲\x07乙\u202e\n"))
    assert not any((char < " " and char != "\n") or char in "\u202e\x7f" for char in outline(document))
