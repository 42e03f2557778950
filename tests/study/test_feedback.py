"""Feedback is kept line by line and comes back as evaluation questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zyqa.errors import StoreDamaged
from zyqa.study.feedback import FILE, Feedback, as_questions, export, record, recorded
from zyqa.types import Answer, Citation, Span

CITED = Citation("甲", "1.2", "方案", None, "一、(二)", "", "引文", Span(0, 2))
ANSWER = Answer("谁牵头?\n<b>", "某局。", citations=(CITED, CITED))


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    said = Feedback.of(ANSWER, ("前问",), good=False, reason="wrong", comment="不对" * 1000)
    record(tmp_path / "new", said)
    record(tmp_path / "new", Feedback.of(ANSWER, (), good=True, reason="", comment=""))
    first, second = recorded(tmp_path / "new")
    assert first == said and len(first.comment) == 1000
    assert first.clauses == ("甲#1.2",) and second.good


def test_praise_is_gold_and_the_rest_waits(tmp_path: Path) -> None:
    record(tmp_path, Feedback.of(ANSWER, (), good=True, reason="", comment=""))
    record(tmp_path, Feedback.of(ANSWER, (), good=False, reason="outdated", comment="见新文"))
    lines = [json.loads(line) for line in export(tmp_path, tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line.get("todo") for line in lines] == [None, "outdated 见新文"]
    assert lines[0]["clauses"] == ["甲#1.2"]


def test_no_feedback_is_no_error(tmp_path: Path) -> None:
    assert list(as_questions(tmp_path)) == []


@pytest.mark.parametrize("line", ["{", "[]", '{"question": "?"}'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(line + "\n", "utf-8")
    with pytest.raises(StoreDamaged, match="line 1"):
        list(recorded(tmp_path))
