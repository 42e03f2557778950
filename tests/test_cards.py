"""The digest cards: every card says what it is, where its facts come from, and can be cited clause by clause."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from zyqa.policy.parse import parse
from zyqa.policy.reading import read
from zyqa.types import Kind, Status

CARDS = sorted((Path(__file__).parent.parent / "corpus/cards").glob("*.md"))
PLAN = Path(__file__).parent.parent / "corpus/张掖市推进质量振兴工作方案.txt"
KEYS = ("kind", "title", "number", "edition", "issuer", "issued", "start", "end", "status", "replaced_by", "cited_as",
        "sources")  # fmt: skip
NOT_HELD = ("甘政办发〔2011〕58号", "张政发〔2010〕123号", "甘政发〔2010〕1号")
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def split(card: Path) -> tuple[dict[str, str], str]:
    _, front, body = card.read_text("utf-8").split("---\n", 2)
    pairs = [line.split(": ", 1) for line in front.splitlines()]
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs), body


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_card_front_matter_is_complete(card: Path) -> None:
    front, _ = split(card)
    assert list(front) == [key for key in KEYS if key in front]
    assert front["kind"] == Kind.DIGEST
    assert front["title"] and front["cited_as"]
    assert Status(front["status"])
    assert all(ISO.fullmatch(front[key]) for key in ("issued", "start", "end") if key in front)
    for key in ("issued", "start", "end"):
        if len(front.get(key, "")) == 10:
            date.fromisoformat(front[key])
    assert all(re.fullmatch(r"https?://\S+", url) for url in front["sources"].split("; "))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_card_status_agrees_with_the_other_fields(card: Path) -> None:
    front, _ = split(card)
    if front["status"] == Status.REPLACED:
        assert front["replaced_by"]
    if front["status"] == Status.EXPIRED:
        assert front["end"] < "2026"
    if "replaced_by" in front:
        assert front["status"] in (Status.REPLACED, Status.EXPIRED)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_card_body_is_numbered_throughout(card: Path) -> None:
    """Every line is a numbered clause, so that every fact of a card has an address."""
    _, body = split(card)
    part = item = 0
    for line in body.splitlines():
        if heading := re.match("([一二三四五六])、", line):
            part, item = part + 1, 0
            assert "一二三四五六".index(heading[1]) + 1 == part
        else:
            item += 1
            assert line.startswith(f"{item}.") and line.endswith("。")
    assert part and item


def test_cards_cover_only_what_was_found() -> None:
    numbers = {split(card)[0].get("number") for card in CARDS}
    assert not numbers & set(NOT_HELD)
    assert len(CARDS) == len({split(card)[0]["title"] for card in CARDS}) == 18


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_card_is_cited_by_the_plan(card: Path) -> None:
    key = re.sub(r"[《》“”]|规定$", "", split(card)[0]["cited_as"])
    assert key[:6] in re.sub("[《》“”]", "", PLAN.read_text("utf-8"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_card_parses_into_clauses(card: Path) -> None:
    front, body = split(card)
    (source,) = read(card, max_bytes=10**6)
    document = parse(source)
    assert document.kind is Kind.DIGEST
    assert document.title == front["title"]
    assert document.validity.status == front["status"]
    ids = [clause.id for clause in document.clauses if clause.id != "0"]
    part = 0
    wanted = []
    for line in body.splitlines():
        if re.match("[一二三四五六]、", line):
            part += 1
            wanted.append(str(part))
        else:
            wanted.append(f"{part}.{line.split('.')[0]}")
    assert ids == wanted
