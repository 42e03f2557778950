"""Files into the library. Unchanged files cost a digest; what cannot be read is recorded, and the rest goes in."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from zyqa.errors import CorpusError, StoreMissing, UnreadableFile, ZyqaError
from zyqa.policy.parse import parse
from zyqa.policy.reading import read
from zyqa.search.access import alone, full_or_unusable
from zyqa.search.encoder import Encoder, StaticEncoder
from zyqa.search.engine import LocalEngine
from zyqa.search.indexes import FOLDER, Prepared, encoded, prepare
from zyqa.search.store import FILE
from zyqa.settings import Settings
from zyqa.types import Source

Progress = Callable[[int, str], None]
"""Told (documents so far, the file at hand)."""

_ASIDE = ".making-"  # folders of libraries that are being built
_LOCK = ".lock"  # held by the process that builds
_PATIENCE = 60.0  # seconds for another process to build the library
_BATCH = 4_000_000  # characters in one transaction: what a crash can cost
_PORTION = 200_000  # characters that one process parses at a time
_PARALLEL = 3_000_000  # bytes of a file from which further processes pay


@dataclass(slots=True)
class Report:
    """What became of the files and documents. Documents by id; ``failed``: (path, what was wrong and what to do)."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, ZyqaError]] = field(default_factory=list)


def open_library(settings: Settings, *, writable: bool = False, build: bool = True) -> LocalEngine:
    """The library of the settings; built from ``settings.corpus`` where there is none and ``build`` is set.

    Raises:
        StoreMissing: there is no library, and none is to be built or there is no corpus.
        StoreDamaged, StoreStale, StoreLocked, StoreFull: see the hint.
        CorpusError: nothing of the corpus could be read.
    """
    folder = settings.library
    try:
        return LocalEngine.open(folder, settings, writable=writable, repair=True)
    except StoreMissing:
        if not build or not settings.corpus.exists():
            raise
    _build(settings)
    return LocalEngine.open(folder, settings, writable=writable, repair=True)


def _build(settings: Settings) -> None:
    """The library of the corpus, made aside and moved into place when it is whole: half of one is never seen.

    One process builds, the others wait for it. What a killed one left behind is swept up.
    """
    folder = settings.library
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder / ".building", _PATIENCE):
            for left in folder.glob(f"{_ASIDE}*"):
                rmtree(left)
            if not (folder / FILE).exists():
                with TemporaryDirectory(prefix=_ASIDE, dir=folder) as made:
                    _make(settings, Path(made))
                    _install(Path(made), folder)
    except OSError as error:
        raise full_or_unusable(error, folder) from error


def _make(settings: Settings, folder: Path) -> None:
    with LocalEngine.open(folder, settings, writable=True, create=True) as engine:
        report = ingest([settings.corpus], engine, settings)
    if report.failed and not (report.added or report.unchanged):
        raise report.failed[0][1]


def _install(made: Path, folder: Path) -> None:
    """Moves a library; the store last, for it is what makes a folder one. One that came by another way stays."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for part in (made / FOLDER).iterdir():
        part.replace(folder / FOLDER / part.name)
    with suppress(FileExistsError):
        (folder / FILE).hardlink_to(made / FILE)


def ingest(paths: Iterable[Path], engine: LocalEngine, settings: Settings, progress: Progress | None = None) -> Report:
    """Add files, and all files of folders, to the library."""
    report = Report()
    for path in paths:
        for file in _files(path):
            try:
                _add(file, engine, settings, report, progress)
            except CorpusError as error:
                report.failed.append((str(file), error))
            except OSError as error:
                reason = UnreadableFile(f"{file} cannot be read: {error.strerror}", hint="check its name and rights")
                report.failed.append((str(file), reason))
    return report


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or the files in a folder and those below it, but for hidden ones."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
            yield file


def _add(file: Path, engine: LocalEngine, settings: Settings, report: Report, progress: Progress | None) -> None:
    with file.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    name = str(file.absolute())
    if engine.store.has_source(name, digest):
        report.unchanged.append(str(file))
        return
    sources = read(file, max_bytes=settings.max_file_mb << 20)
    batch: list[Prepared] = []
    size = 0
    with _prepared(sources, file.stat().st_size, engine) as pieces:
        for piece in pieces:
            batch.append(piece)
            size += sum(len(document.text) for document in piece.documents)
            if size >= _BATCH:
                _put(engine, batch, name, None, report)
                batch, size = [], 0
            if progress:
                progress(len(report.added) + sum(len(one.documents) for one in batch), str(file))
    _put(engine, batch, name, digest, report)


def _put(engine: LocalEngine, batch: list[Prepared], name: str, digest: str | None, report: Report) -> None:
    changes = engine.add(batch, source=name, sources=[(name, digest)] if digest else [])
    report.added += changes.added
    report.replaced += changes.replaced
    report.unchanged += changes.unchanged


# ---------------------------------------------------------------- several processes

_model: Encoder | None = None  # of this process, if it is one of several


@contextmanager
def _prepared(sources: Iterable[Source], size: int, engine: LocalEngine) -> Iterator[Iterator[Prepared]]:
    """The parsed documents with their index terms, in order; large files are shared out among the processors.

    Processes are forked, and so only where no other thread could hold a lock at that moment. They make the vectors too
    if that needs numpy alone; torch does not survive a fork.
    """
    forkable = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    processors = multiprocessing.cpu_count()
    if size < _PARALLEL or processors == 1 or not forkable:
        yield map(_prepare, _portions(sources))
        return
    model = engine.encoder if isinstance(engine.encoder, StaticEncoder) else None
    with multiprocessing.get_context("fork").Pool(processors, _start, (model,)) as pool:
        yield pool.imap(_prepare, _portions(sources))


def _start(model: Encoder | None) -> None:
    global _model
    _model = model
    gc.disable()  # values hold no cycles, and looking for some takes a tenth of the time


def _portions(sources: Iterable[Source]) -> Iterator[list[Source]]:
    portion: list[Source] = []
    size = 0
    for source in sources:
        portion.append(source)
        size += len(source.text)
        if size >= _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _prepare(sources: list[Source]) -> Prepared:
    return encoded(prepare([parse(source) for source in sources]), _model)


def remove(doc_ids: Sequence[str], engine: LocalEngine) -> None:
    """Remove documents, each with every trace of it.

    Raises:
        UnknownDocument: one of them is not in the library; those before it are removed.
    """
    for doc_id in doc_ids:
        engine.remove(doc_id)
