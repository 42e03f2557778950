"""The engine: searching and changing a library, and what it makes of damage, of other versions and of a full disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.search.library import PLAN, RULES, document, encoder, engine, settings
from zyqa.errors import StoreDamaged, StoreMissing, StoreStale, UnknownDocument
from zyqa.search import indexes, vectors
from zyqa.search.engine import LocalEngine
from zyqa.types import Document, Filters, Kind

ROOT = Path(__file__).parents[2]
QUESTIONS = ("服务业标准化由谁牵头", "供水单位检测水质", "罚款", "市质监局", "没有的东西xyz")


def numbered(count: int) -> list[Document]:
    return [document(f"第{place}号办法\n{RULES}", id=f"d{place}") for place in range(count)]


def answers(library: LocalEngine) -> list[list[tuple[str, str, float]]]:
    found = [library.search(question, 50) for question in QUESTIONS]
    return [sorted((hit.doc_id, hit.clause_id, round(hit.score, 5)) for hit in hits) for hits in found]


def parts(folder: Path) -> list[Path]:
    return sorted((folder / "library" / indexes.FOLDER).iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with engine(tmp_path) as library:
        library.add([document(PLAN), document(RULES)])
    return tmp_path


# ---------------------------------------------------------------- searching


def test_the_clause_that_answers_comes_first(folder: Path) -> None:
    with engine(folder, writable=False) as library:
        hit = library.search("服务业标准化由谁牵头?", 3)[0]
        assert (hit.doc_id, hit.clause_id, hit.ranks) == ("标准化工作方案", "1.2", (("lexical", 1),))
        assert library.search("每日检测水质", 1)[0].clause_id == "2"  # the article as a whole, not its item
        assert library.search("", 5) == library.search("xyz", 5) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"a", "b", "c"}),
        (Filters(documents=("b",)), {"b"}),
        (Filters(issuer="甘肃"), {"a"}),
        (Filters(issued_from=date(2011, 1, 1)), {"b"}),
        (Filters(issued_to=date(2011, 1, 1)), {"a"}),
        (Filters(documents=("none",)), set()),
    ],
)
def test_filters_bind(tmp_path: Path, filters: Filters, found: set[str]) -> None:
    plain = document("办法\n第一条 检测水质")
    made = [
        replace(document("办法甲\n第一条 检测水质", id="a"), issuers=("甘肃省人民政府",), issued="2010-05-01"),
        replace(document("办法乙\n第一条 检测水质", id="b"), issuers=("国务院",), issued="2012-05-01"),
        replace(document("办法丙\n第一条 检测水质", id="c"), issuers=(), issued=None),
    ]
    assert plain.clauses
    with engine(tmp_path) as library:
        library.add(made)
        assert {hit.doc_id for hit in library.search("检测水质", 9, filters)} == found


# ---------------------------------------------------------------- changing


def test_the_same_content_is_not_added_twice(folder: Path) -> None:
    with engine(folder) as library:
        again = replace(document(RULES.replace("\n", "\n　")), id="另一个网站的版本")
        assert library.add([document(PLAN), again]).unchanged == ["标准化工作方案", "另一个网站的版本"]
        assert len(library.store.documents()) == 2


def test_a_new_version_replaces_the_old_one(folder: Path) -> None:
    with engine(folder) as library:
        changes = library.add([document(PLAN.replace("市林业局", "市水务局")), document("新办法\n第一条 森林")])
        assert (changes.replaced, changes.added) == (["标准化工作方案"], ["新办法"])
        assert not library.search("市林业局", 1) or "林业" not in library.store.document("标准化工作方案").text
        assert library.check(deep=True) == []


def test_a_digest_card_does_not_replace_the_original_but_the_original_the_card(tmp_path: Path) -> None:
    card = replace(document("卡片\n一、要点", id="x"), kind=Kind.DIGEST)
    original = document("原文\n一、全文", id="x")
    with engine(tmp_path) as library:
        assert library.add([card]).added == ["x"]
        assert library.add([original]).replaced == ["x"]
        assert library.add([card]).unchanged == ["x"]
        assert library.store.document("x").kind == Kind.ORIGINAL


def test_one_call_may_bring_two_versions(tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        changes = library.add([document("甲\n第一条 饕餮", id="x"), document("甲\n第一条 貔貅", id="x")])
        assert (changes.added, changes.replaced) == (["x"], ["x"])
        assert [len(library.search(word, 9)) for word in ("饕餮", "貔貅")] == [0, 1]
        assert library.check(deep=True) == []


@given(st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=5), st.sets(st.integers(0, 6)))
@hypothesis(max_examples=8, deadline=None)
def test_step_by_step_is_as_if_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[set[int]], gone: set[int]
) -> None:
    papers = numbered(7)
    with engine(tmp_path_factory.mktemp("steps")) as library, engine(tmp_path_factory.mktemp("once")) as other:
        for step in steps:
            library.add([papers[place] for place in step])
        there = set().union(*steps)
        for place in sorted(gone & there):
            library.remove(f"d{place}")
        other.add([papers[place] for place in sorted(there - gone)])
        assert answers(library) == answers(other)
        assert library.check(deep=True) == []


def test_a_removed_document_leaves_no_trace(folder: Path) -> None:
    with engine(folder) as library:
        before = answers(library)
        library.add([document("魑魅魍魉条例\n第一条 饕餮貔貅。\n第二条 供水单位。", id="魑魅")])
        assert library.search("饕餮", 1)
        library.remove("魑魅")
        assert answers(library) == before
        assert library.check(deep=True) == []
        with pytest.raises(UnknownDocument):
            library.remove("魑魅")
    held = b"".join(path.read_bytes() for path in (folder / "library").rglob("*") if path.is_file())
    pairs = [ord(one) << 32 | ord(two) for one, two in ("魑魅", "饕餮", "貔貅")]
    assert not any(key.to_bytes(8, "little") in held for key in pairs)
    assert not any(word.encode() in held for word in ("魑魅", "饕餮", "貔貅"))


def test_traces_are_found(folder: Path) -> None:
    with engine(folder) as library:
        (folder / "library" / indexes.FOLDER / "lexical-old.safetensors").write_bytes(b"left over")
        assert "leftover" in library.check(deep=True)[0]
        library.rebuild()
        assert library.check(deep=True) == []
        with library.store.writing() as writer:  # a write that forgets the indexes
            writer.delete(library.store.info("饮用水管理办法").rowid)
        assert any("too many" in problem for problem in library.check())


def test_an_empty_library_is_whole(tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        assert library.search("水", 5) == []
        library.add([document(PLAN)])
        library.remove("标准化工作方案")
        assert library.search("标准化", 5) == []
        assert library.check(deep=True) == []


def test_a_library_open_for_reading_is_not_written(folder: Path) -> None:
    with engine(folder, writable=False) as library, pytest.raises(ValueError, match="not open for writing"):
        library.add([document("甲\n第一条 乙")])
    with pytest.raises(StoreMissing):
        engine(folder / "none", create=False)


# ---------------------------------------------------------------- beside each other


def test_an_open_reader_sees_the_change(folder: Path) -> None:
    with engine(folder, writable=False) as reader, engine(folder) as writer:
        assert not reader.search("貔貅", 1)
        writer.add([document("貔貅办法\n第一条 貔貅")])
        assert reader.search("貔貅", 1)
        writer.remove("貔貅办法")
        assert not reader.search("貔貅", 1)


def test_readers_go_on_while_a_writer_works(folder: Path) -> None:
    done = threading.Event()
    wrong: list[set[str]] = []
    stays, coming = {document(PLAN).id, document(RULES).id}, numbered(6)

    def read() -> None:
        with engine(folder, writable=False) as reader:
            while not done.is_set():
                found = {hit.doc_id for hit in reader.search("供水单位检测水质", 50)}
                if not stays <= found or not found <= {*stays, *(one.id for one in coming)}:
                    wrong.append(found)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    with engine(folder) as writer:
        for one in coming:
            writer.add([one])
        for one in coming:
            writer.remove(one.id)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("how", ["flip", "cut", "delete", "empty"])
def test_damaged_index_files_are_noticed_and_rebuilt(folder: Path, place: int, how: str) -> None:
    with engine(folder, writable=False) as library:
        before = answers(library)
    path = parts(folder)[place]
    data = path.read_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    if how == "delete":
        path.unlink()
    else:
        path.write_bytes({"flip": flipped, "cut": data[: len(data) // 3], "empty": b""}[how])
    with engine(folder, writable=False) as reader:
        with pytest.raises(StoreDamaged) as caught:
            reader.search("水质", 1)
        assert "zyqa doctor" in caught.value.hint
        assert reader.check() != []
    with engine(folder) as writer:
        assert answers(writer) == before
        assert writer.check(deep=True) == []


def test_indexes_of_another_model_or_format_are_rebuilt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine(folder) as library:
        before = answers(library)
    monkeypatch.setattr(vectors, "FORMAT", "vectors-0")
    with engine(folder, writable=False) as reader, pytest.raises(StoreStale, match="vectors-0"):
        reader.search("水质", 1)
    with engine(folder) as writer:
        assert answers(writer) == before
    monkeypatch.undo()
    shutil.rmtree(folder / "encoder")
    encoder(folder / "encoder")
    with engine(folder) as writer:
        assert answers(writer) == before
        assert writer.check(deep=True) == []


def test_nothing_on_disk_is_a_pickle(folder: Path) -> None:
    for path in (folder / "library").rglob("*"):
        if path.is_file():
            assert path.suffix in {".sqlite", ".safetensors", ".faiss"}
            assert not re.match(rb"\x80[\x02-\x05]", path.read_bytes())


_FULL = """
import resource, sys
from pathlib import Path
from tests.search.library import document, engine
from zyqa.errors import StoreFull
folder = Path(sys.argv[1])
big = document("大办法\\n" + "\\n".join(f"第{n}条 " + chr(0x4e00 + n) * 900 for n in range(1, 200)))
with engine(folder) as library:
    library.search("水", 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        library.add([big])
    except StoreFull as error:
        print("full", error.hint)
"""


@pytest.mark.parametrize("limit", [20_000, 150_000, 400_000])
def test_a_full_disk_changes_nothing(folder: Path, limit: int) -> None:
    with engine(folder, writable=False) as library:
        before = answers(library)
    command = [sys.executable, "-c", _FULL, str(folder), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.startswith("full free some space")
    with engine(folder, writable=False) as library:
        assert answers(library) == before
        assert library.check(deep=True) == []


def test_a_process_killed_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    settings(tmp_path)
    command = [sys.executable, "-m", "tests.search.killing", str(tmp_path), "50", "7"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert len(done.stdout.splitlines()) == 1, done.stdout
