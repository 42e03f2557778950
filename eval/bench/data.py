"""The bench data: where it lies and how it reads. It is not part of the project; ``ZYQA_BENCH`` names its folder."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_ARTICLE = re.compile(r"(第[零〇一二两三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[ 　]*")


def folder() -> Path:
    """The folder of the bench data, whether it is there or not."""
    return Path(os.environ.get("ZYQA_BENCH", _ROOT / "../shared/bench"))


def missing(names: Sequence[str]) -> list[str]:
    """Which of these files of the bench data are not there."""
    return [name for name in names if not (folder() / name).is_file()]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law: 第N条 as printed, and its text without that."""

    title: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """A layperson's question and the articles (title, 第N条) that answer it."""

    text: str
    gold: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question about a policy document, the document's id, and the words that answer it."""

    text: str
    document: str
    answer: str


def laws() -> list[tuple[str, str]]:
    """(title, text) of each law, one article a line."""
    with gzip.open(folder() / "laws.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [(record["title"], record["text"]) for record in map(json.loads, lines)]


def articles() -> list[Article]:
    """All articles of all laws, in order; lines that do not begin an article belong to the one before."""
    found: list[Article] = []
    for title, body in laws():
        pieces: list[tuple[str, list[str]]] = []
        for line in body.split("\n")[1:]:
            if match := _ARTICLE.match(line):
                pieces.append((match.group(1), [line[match.end() :]]))
            elif pieces:
                pieces[-1][1].append(line)
        found += [Article(title, number, "\n".join(lines)) for number, lines in pieces]
    return found


def law_questions() -> list[LawQuestion]:
    """The visible laypeople's questions."""
    records = _records("laws_questions.jsonl")
    return [LawQuestion(one["q"], tuple((title, number) for title, number in one["gold"])) for one in records]


def policies() -> list[dict[str, str]]:
    """The policy documents: ``id`` and ``text``."""
    return _records("policies.jsonl")


def policy_questions() -> list[PolicyQuestion]:
    """The visible questions about them. To measure with, never to train on."""
    return [PolicyQuestion(one["q"], one["doc"], one["answer"]) for one in _records("policies_questions.jsonl")]


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder() / name).read_text("utf-8").splitlines()]
