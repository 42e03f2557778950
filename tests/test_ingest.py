"""Files into the library: what is new, unchanged, replaced or unreadable, and the library built from the corpus."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from tests.search.library import PLAN, RULES, engine, settings
from zyqa import ingest as module
from zyqa.errors import CorpusError, StoreLocked, StoreMissing, UnknownDocument
from zyqa.ingest import Report, ingest, open_library, remove
from zyqa.search.access import alone
from zyqa.search.engine import LocalEngine


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a plan, rules in a folder below, and a hidden file."""
    folder = tmp_path / "files"
    (folder / "below").mkdir(parents=True)
    (folder / "方案.txt").write_text(PLAN, "utf-8")
    (folder / "below" / "办法.txt").write_text(RULES, "utf-8")
    (folder / ".hidden.txt").write_text("秘密\n第一条 秘密", "utf-8")
    return folder


def run(library: LocalEngine, *paths: Path) -> Report:
    return ingest(paths, library, library.settings)


def titles(library: LocalEngine) -> list[str]:
    return sorted(info.title for info in library.store.documents())


def test_folders_go_in_with_what_is_below_them(files: Path, tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        report = run(library, files)
        assert (len(report.added), report.failed) == (2, [])
        assert titles(library) == ["标准化工作方案", "饮用水管理办法"]


def test_unchanged_files_are_not_read(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine(tmp_path) as library:
        run(library, files)
        generation = library.store.generation
        monkeypatch.setattr(module, "read", None)
        assert len(run(library, files).unchanged) == 2
        assert library.store.generation == generation


def test_a_changed_file_replaces_its_document(files: Path, tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        run(library, files)
        (files / "方案.txt").write_text(PLAN.replace("市林业局", "市水务局"), "utf-8")
        report = run(library, files)
        assert (len(report.replaced), len(report.unchanged), report.added) == (1, 1, [])
        assert titles(library) == ["标准化工作方案", "饮用水管理办法"]
        assert library.check(deep=True) == []


def test_a_removed_document_comes_back_with_its_file(files: Path, tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        run(library, files)
        first = library.store.documents()[0].id
        remove([first], library)
        assert run(library, files).added == [first]
        with pytest.raises(UnknownDocument):
            remove(["没有"], library)


def test_the_same_content_in_another_file_is_not_added(files: Path, tmp_path: Path) -> None:
    with engine(tmp_path) as library:
        run(library, files)
        shutil.copy(files / "方案.txt", tmp_path / "copy.txt")
        report = run(library, tmp_path / "copy.txt")
        assert (report.added, report.replaced, len(report.unchanged)) == ([], [], 1)


def test_what_cannot_be_read_is_recorded_and_the_rest_goes_in(files: Path, tmp_path: Path) -> None:
    (files / "broken.docx").write_bytes(b"no document")
    (files / "empty.txt").write_bytes(b"")
    with engine(tmp_path) as library:
        report = run(library, files, tmp_path / "none.txt")
        assert len(report.added) == 2
        assert {Path(path).name for path, _ in report.failed} == {"broken.docx", "empty.txt", "none.txt"}
        assert all(isinstance(error, CorpusError) and error.hint for _, error in report.failed)
        assert len(run(library, files).failed) == 2


@pytest.mark.parametrize("processes", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_many_documents(
    tmp_path: Path, packed: bool, processes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 300)
    monkeypatch.setattr(module, "_PORTION", 200)
    if processes:
        monkeypatch.setattr(module, "_PARALLEL", 1)
        monkeypatch.setattr("threading.active_count", lambda: 1)
        monkeypatch.setattr("multiprocessing.cpu_count", lambda: 2)
    records = [{"id": f"r{place}", "title": f"第{place}号", "text": f"{place}\n{RULES}"} for place in range(9)]
    data = "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
    path = tmp_path / ("many.jsonl.gz" if packed else "many.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    seen: list[int] = []
    with engine(tmp_path) as library:
        report = ingest([path], library, library.settings, lambda count, file: seen.append(count))
        assert report.added == [f"r{place}" for place in range(9)]
        assert seen == sorted(seen) and seen[-1] == 9
        assert library.check(deep=True) == []
        assert run(library, path).unchanged == [str(path)]


def test_the_library_is_built_from_the_corpus_once(files: Path, tmp_path: Path) -> None:
    chosen = settings(tmp_path).model_copy(update={"corpus": files})
    with pytest.raises(StoreMissing):
        open_library(chosen, build=False)
    with open_library(chosen) as library:
        assert len(titles(library)) == 2
    shutil.rmtree(files)
    with open_library(chosen) as library:
        assert library.search("服务业标准化", 1)


def test_what_a_killed_build_left_is_swept_up_by_the_next(files: Path, tmp_path: Path) -> None:
    chosen = settings(tmp_path).model_copy(update={"corpus": files})
    (chosen.library / ".making-left" / "parts").mkdir(parents=True)
    open_library(chosen).close()
    assert not list(chosen.library.glob(".making-*"))


def test_one_process_builds_at_a_time(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = settings(tmp_path).model_copy(update={"corpus": files})
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    held = chosen.library / ".making-held"
    held.mkdir(parents=True)
    with alone(chosen.library / ".building", 0), pytest.raises(StoreLocked):
        open_library(chosen)
    assert held.exists()


def test_without_a_corpus_there_is_no_library(tmp_path: Path) -> None:
    chosen = settings(tmp_path).model_copy(update={"corpus": tmp_path / "none"})
    with pytest.raises(StoreMissing):
        open_library(chosen)
    assert not chosen.library.exists()


def test_damaged_indexes_are_built_anew_though_the_library_is_only_read(files: Path, tmp_path: Path) -> None:
    chosen = settings(tmp_path).model_copy(update={"corpus": files})
    open_library(chosen).close()
    for path in (chosen.library / "parts").iterdir():
        path.write_bytes(b"damaged")
    with open_library(chosen) as library:
        assert library.search("服务业标准化", 1)
        assert library.check(deep=True) == []
