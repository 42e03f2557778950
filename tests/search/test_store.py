"""The store: documents come back whole, references are resolved, errors say what to do."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.search.library import PLAN, RULES, document
from zyqa.errors import StoreDamaged, StoreLocked, StoreMissing, StoreStale, UnknownClause, UnknownDocument
from zyqa.search import store as module
from zyqa.search.store import FILE, Store
from zyqa.types import Document, Kind, Role, Status, Validity


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "library", create=True)


def insert(store: Store, *documents: Document) -> None:
    with store.writing() as writer:
        for one in documents:
            writer.insert(one)


def delete(store: Store, doc_id: str) -> None:
    with store.writing() as writer:
        writer.delete(store.info(doc_id).rowid)


def unresolved(one: Document) -> Document:
    return replace(one, references=tuple(replace(reference, resolved=None) for reference in one.references))


def test_a_document_comes_back_whole(store: Store) -> None:
    plan = replace(document(PLAN), validity=Validity(Status.REPLACED, "2011", "2015", "别的方案"), kind=Kind.DIGEST)
    insert(store, plan, document(RULES))
    found = store.document(plan.id)
    assert unresolved(found) == unresolved(plan)
    assert store.document(plan.id) is found
    assert [clause for clause in plan.clauses if store.clause(plan.id, clause.id) != clause] == []
    assert [info.clauses for info in store.documents()] == [len(plan.clauses), len(document(RULES).clauses)]


def test_facts_by_document_unit_and_role(store: Store) -> None:
    plan = document(PLAN)
    insert(store, plan, document(RULES))
    assert tuple(store.duties(plan.id)) == plan.duties
    leads = store.duties(role=Role.LEAD)
    assert leads == [duty for duty in plan.duties if duty.role == Role.LEAD]
    assert store.duties(unit=leads[0].unit, role=Role.LEAD) == [one for one in leads if one.unit == leads[0].unit]
    assert tuple(store.targets()) == plan.targets
    assert store.duties(document(RULES).id, unit="市农业局") == []


def test_unknown_names_are_met_with_the_nearest(store: Store) -> None:
    insert(store, document(PLAN, id="张政办发〔2011〕187号"))
    with pytest.raises(UnknownDocument) as missing:
        store.document("张政办发〔2011〕178号")
    assert "张政办发〔2011〕187号" in missing.value.hint
    with pytest.raises(UnknownClause) as wrong:
        store.clause("张政办发〔2011〕187号", "1.3")
    assert "1.1" in wrong.value.hint or "1.2" in wrong.value.hint


def test_references_resolve_when_documents_come_and_go(store: Store) -> None:
    plan = document(PLAN)
    cited = replace(document("质量振兴意见\n一、目标", id="意见"), number="甘政发〔2010〕5号")
    insert(store, plan)
    assert {reference.resolved for reference in store.references(plan.id)} == {None}
    insert(store, cited)
    assert "意见" in {reference.resolved for reference in store.references(plan.id)}
    delete(store, "意见")
    assert {reference.resolved for reference in store.references(plan.id)} == {None}


def test_a_card_is_found_by_the_words_it_is_cited_as(store: Store) -> None:
    insert(store, document(PLAN))
    cited = next(reference for reference in store.references() if reference.title)
    card = replace(document("卡片\n一、要点", id="卡片"), kind=Kind.DIGEST, aliases=(f"《{cited.title}》(某号)",))
    insert(store, card)
    assert {reference.resolved for reference in store.references() if reference.title == cited.title} == {"卡片"}
    assert store.document("卡片").aliases == card.aliases


def test_a_number_decides_before_a_title_and_an_original_before_a_digest(store: Store) -> None:
    titled = document("质量振兴意见\n一、目标", id="同名")
    card = replace(document("卡片\n一、要点", id="卡片"), number="甘政发[2010]5号", kind=Kind.DIGEST)
    original = replace(document("原文\n一、全文", id="原文"), number="甘政发〔2010〕5号")
    insert(store, document(PLAN), titled)
    seen = [{reference.resolved for reference in store.references()} - {None}]
    for one in (card, original):
        insert(store, one)
        seen.append({reference.resolved for reference in store.references()} - {None})
    assert seen == [{"同名"}, {"卡片"}, {"原文"}]


def test_text_that_its_clauses_do_not_cover_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="partition"):
        insert(store, replace(document(PLAN), text=PLAN + "尾巴"))
    assert store.documents() == []


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    generation = store.generation
    with pytest.raises(RuntimeError), store.writing() as writer:
        writer.insert(document(PLAN))
        raise RuntimeError
    assert (store.documents(), store.generation) == ([], generation)


def test_readers_see_the_old_state_until_the_writer_is_done(store: Store) -> None:
    insert(store, document(PLAN))
    with store.writing() as writer:
        writer.insert(document(RULES))
        assert len(Store(store.path.parent).documents()) == 1
    assert len(store.documents()) == 2


def test_two_writers_do_not_meet(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WRITE_TIMEOUT", 0.01)
    with store.writing() as writer:
        with pytest.raises(StoreLocked) as caught:
            insert(Store(store.path.parent), document(RULES))
        writer.insert(document(PLAN))
    assert "wait" in caught.value.hint
    assert [info.id for info in store.documents()] == [document(PLAN).id]


def test_threads_read_side_by_side(store: Store) -> None:
    insert(store, document(PLAN), document(RULES))
    ids = [document(PLAN).id, document(RULES).id]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda place: store.document(ids[place % 2]).id, range(200)))
    assert found == [ids[place % 2] for place in range(200)]
    assert threading.active_count() < 20


def test_missing_damaged_and_stale_stores_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing) as missing:
        Store(tmp_path / "none")
    assert "zyqa add" in missing.value.hint
    (tmp_path / FILE).write_bytes(b"this is no database, whatever its name says" * 99)
    with pytest.raises(StoreDamaged) as damaged:
        Store(tmp_path)
    assert damaged.value.hint
    other = Store(tmp_path / "other", create=True)
    other.close()
    with sqlite3.connect(other.path) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    connection.close()
    with pytest.raises(StoreStale) as stale:
        Store(tmp_path / "other")
    assert "format 0" in str(stale.value)


def test_a_store_cut_short_is_damaged(store: Store) -> None:
    insert(store, document(PLAN))
    store.close()
    data = store.path.read_bytes()
    store.path.write_bytes(data[: len(data) // 2])
    with pytest.raises(StoreDamaged):
        Store(store.path.parent).document(document(PLAN).id)


def test_creating_twice_keeps_what_is_there(store: Store) -> None:
    insert(store, document(PLAN))
    again = Store(store.path.parent, create=True)
    again._create()
    assert len(again.documents()) == 1
    assert sorted(path.name for path in store.path.parent.iterdir() if path.suffix == ".new") == []


def test_the_file_keeps_nothing_of_removed_documents(store: Store) -> None:
    kept = [document(f"办法{place}\n" + "\n".join(f"第{n}条 保留的内容{place}" for n in "一二三四五"), id=f"k{place}")
            for place in range(30)]  # fmt: skip
    secret = "".join(chr(0x5000 + place) for place in range(1500))
    for place, one in enumerate(kept):
        insert(store, one)
        insert(store, document(f"秘密{place}\n第一条 {secret}\n第二条 短的{secret[:9]}", id=f"s{place}"))
    assert secret[700:720].encode() in store.path.read_bytes()
    for place in range(30):
        delete(store, f"s{place}")
    assert store.slack() is None
    held = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert not any(secret[at : at + 3].encode() in held for at in range(0, len(secret) - 3))
    assert "秘密".encode() not in held
    assert [unresolved(store.document(one.id)) for one in kept] == [unresolved(one) for one in kept]
    assert store.query("PRAGMA integrity_check") == [("ok",)]


def test_free_space_that_is_not_blank_is_reported(store: Store) -> None:
    insert(store, *(document(f"办法{place}\n第一条 内容", id=f"{place}") for place in range(60)))
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM clauses WHERE document > 20")
    connection.close()
    assert "not blank" in (store.slack() or "")
