"""Header, outline and facts composed: ids, kinds, digests; the invariants over the bench documents where present."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from zyqa.policy.parse import parse
from zyqa.policy.reading import read, text_source
from zyqa.policy.units import Register
from zyqa.types import Document, Duty, Kind, Reference, Source, Status, Target

ROOT = Path(__file__).parents[2]
BENCH = Path(os.environ.get("ZYQA_BENCH", ROOT.parent / "shared" / "bench"))
PLAN = next((ROOT / "corpus").glob("*.txt"))
LIMIT = 100_000_000


def assert_sound(document: Document) -> None:
    """The invariants of a parsed document: its spans partition the text, and all that is found stands where it says."""
    text = document.text
    assert "".join(clause.span.cut(text) for clause in document.clauses) == text
    known = {clause.id: clause for clause in document.clauses}
    assert len(known) == len(document.clauses)
    for clause in document.clauses:
        assert clause.doc_id == document.id
        assert clause.extent.contains(clause.span)
        assert clause.parent_id is None or known[clause.parent_id].extent.contains(clause.extent)
    for duty in document.duties:
        assert duty.span.cut(text) == duty.surface
    facts: tuple[Duty | Target | Reference, ...] = (*document.duties, *document.targets, *document.references)
    for fact in facts:
        assert fact.doc_id == document.id
        assert known[fact.clause_id].span.contains(fact.span)
    for note in document.notes:
        assert 0 <= note.span.start <= note.span.end <= len(text)


@pytest.fixture(scope="module")
def plan() -> Document:
    (source,) = read(PLAN, max_bytes=LIMIT)
    return parse(source)


def test_plan_header(plan: Document) -> None:
    assert (plan.id, plan.title) == ("张政办发〔2011〕187号", "张掖市推进质量振兴工作方案")
    assert (plan.number, plan.issued, plan.kind) == ("张政办发〔2011〕187号", "2011-06-28", Kind.ORIGINAL)
    assert_sound(plan)


def test_plan_facts_are_found(plan: Document) -> None:
    leads = {(duty.clause_id, duty.surface) for duty in plan.duties if duty.marked and duty.role == "lead"}
    assert ("1.4.3", "市发改委") in leads
    assert len({clause for clause, _ in leads}) == 34
    assert any(target.clause_id == "1.3" for target in plan.targets)
    assert any(reference.number == "甘政办发〔2011〕58号" for reference in plan.references)


def test_parsing_twice_gives_the_same(plan: Document) -> None:
    (source,) = read(PLAN, max_bytes=LIMIT)
    assert parse(source) == plan


def test_id_is_the_records_own_else_the_number_else_the_title() -> None:
    text = "某局关于某事的通知\n某发〔2020〕1号\n各单位：\n一、甲。"
    assert parse(text_source(text)).id == "某发〔2020〕1号"
    assert parse(text_source(text, id="k")).id == "k"
    assert parse(text_source("某局关于某事的通知\n各单位：\n一、甲。")).id == "某局关于某事的通知"
    assert parse(text_source("一、甲", title="题名")).title == "题名"


def test_two_website_versions_are_the_same_content() -> None:
    first = "某局关于某事的通知\n某发〔2020〕1号\n一、甲（乙），按丙执行。\n"
    second = "某局关于某事的通知 某发[2020]1号 　　一、甲(乙),按丙执行。\u200b"
    third = first.replace("丙", "丁")
    digests = [parse(text_source(text)).digest for text in (first, second, third)]
    assert digests[0] == digests[1] != digests[2]


def test_card_is_a_digest_with_the_validity_of_its_front_matter() -> None:
    front = (
        ("kind", "digest"),
        ("title", "某标准"),
        ("number", "GB/T 1"),
        ("issuer", "某部"),
        ("status", "replaced"),
        ("replaced_by", "GB/T 2"),
        ("end", "2015"),
    )
    document = parse(Source("card.md", "text/markdown", "一、版本\n1.甲\n", "0", front=front))
    assert (document.id, document.kind, document.issuers) == ("GB/T 1", Kind.DIGEST, ("某部",))
    assert (document.validity.status, document.validity.replaced_by, document.validity.end) == (
        Status.REPLACED, "GB/T 2", "2015",
    )  # fmt: skip
    assert [clause.id for clause in document.clauses] == ["1", "1.1"]


def test_all_cards_of_the_corpus_parse() -> None:
    for path in sorted((ROOT / "corpus" / "cards").glob("*.md")):
        (source,) = read(path, max_bytes=LIMIT)
        document = parse(source)
        assert document.kind is Kind.DIGEST
        assert_sound(document)


def test_units_of_a_register_of_ones_own() -> None:
    register = Register.from_text('[[unit]]\nname = "质量强市办公室"\naliases = ["质强办"]\n')
    document = parse(text_source("序\n一、甲。（牵头单位：质强办）"), register)
    assert [(duty.surface, duty.unit) for duty in document.duties if duty.marked] == [("质强办", "质量强市办公室")]


def bench_documents() -> Iterator[Source]:
    for path in (BENCH / "policies.jsonl", *sorted((BENCH / "gazette").glob("*.txt"))):
        yield from read(path, max_bytes=LIMIT)


@pytest.mark.skipif(not BENCH.is_dir(), reason="no bench data (ZYQA_BENCH)")
def test_bench_documents_parse_soundly() -> None:
    count = 0
    for source in bench_documents():
        assert_sound(parse(source))
        count += 1
    assert count > 600
