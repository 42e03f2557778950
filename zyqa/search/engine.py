"""The engine: a library that is searched and changed. LocalEngine keeps it in a folder: store, postings, vectors."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from zyqa.errors import StoreDamaged, StoreStale
from zyqa.search import checks, lexical
from zyqa.search.encoder import SHIPPED, Encoder, open_encoder
from zyqa.search.indexes import Indexes, Placed, Prepared, Progress, State, encoded, prepare
from zyqa.search.lexical import Lexicon
from zyqa.search.postings import Ints
from zyqa.search.records import DocumentInfo
from zyqa.search.store import Store
from zyqa.search.vectors import Vectors
from zyqa.search.writing import Writer
from zyqa.settings import Settings
from zyqa.types import Document, Filters, Hit, Kind

WEIGHTS = {
    "words": 1.0,
    "bigrams": 0.7,
    "heading": 0.3,
    "title": 0.3,
}  # of the plain search; the retriever learns its own


@dataclass(slots=True)
class Changes:
    """What became of added documents, by id. ``unchanged``: the same content was there already."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


class Engine(Protocol):
    """What the retriever, the answers and the faces need of a library."""

    @property
    def store(self) -> Store: ...

    def search(self, text: str, k: int, filters: Filters | None = None) -> list[Hit]: ...

    def add(self, documents: Iterable[Document]) -> Changes: ...

    def remove(self, doc_id: str) -> None: ...

    def check(self, deep: bool = False) -> list[str]: ...

    def close(self) -> None: ...


class LocalEngine:
    """A library in a folder. Safe to use from several threads and beside other processes; one writes at a time."""

    def __init__(self, store: Store, folder: Path, settings: Settings, *, writable: bool, repair: bool) -> None:
        self.store = store
        self.folder = folder
        self.settings = settings
        self.writable = writable
        self.repair = repair or writable
        self._guard = threading.Lock()
        self._held: State | None = None
        self._known: tuple[int, dict[int, DocumentInfo]] = (-1, {})

    @classmethod
    def open(
        cls, folder: Path, settings: Settings, *, writable: bool = False, create: bool = False, repair: bool = False
    ) -> LocalEngine:
        """Open the library in ``folder``. Its indexes are read at the first search.

        ``repair``: build them anew where they are damaged or stale, though documents are only read.

        Raises:
            StoreMissing, StoreStale, StoreDamaged: see the hint.
        """
        return cls(Store(folder, create=create), folder, settings, writable=writable, repair=repair)

    def close(self) -> None:
        """Give back files and memory."""
        self._held = None
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ the parts

    @cached_property
    def encoder(self) -> Encoder | None:
        """What makes the vectors; None where no model is shipped and none is named."""
        if not self.settings.encoder and not (SHIPPED / "model.safetensors").exists():
            return None
        return open_encoder(self.settings.encoder)

    @cached_property
    def indexes(self) -> Indexes:
        return Indexes(self.store, self.folder, self.encoder)

    @property
    def state(self) -> State:
        """The indexes at the store's present generation; read, and if need be repaired, when it has moved.

        Raises:
            StoreStale, StoreDamaged: they cannot be used, and are not to be repaired.
        """
        generation = self.store.generation
        held = self._held
        if held is None or held.generation != generation:
            with self._guard:
                held = self._held
                if held is None or held.generation != generation:
                    held = self._held = self._load(held)
        return held

    def _load(self, old: State | None) -> State:
        try:
            return self.indexes.load(old)
        except (StoreStale, StoreDamaged):
            if not self.repair:
                raise
            self.rebuild()
            return self.indexes.load()

    @property
    def lexicon(self) -> Lexicon:
        """The lexical index; its places number the clauses and the documents of one state."""
        return self.state.lexicon

    @property
    def vectors(self) -> Vectors | None:
        """The vectors, or None where there is no encoder."""
        return self.state.vectors

    def infos(self) -> Mapping[int, DocumentInfo]:
        """The documents by rowid, without counts; read again when the library has changed."""
        generation = self.store.generation
        if self._known[0] != generation:
            self._known = generation, {info.rowid: info for info in self.store.infos()}
        return self._known[1]

    # ------------------------------------------------------------ searching

    def search(self, text: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """The k best clauses by weighted BM25 over words, bigrams and heading paths; a document's title adds to it."""
        lexicon = self.lexicon
        scores = lexicon.match(text).scores(WEIGHTS)
        if (allowed := self.allowed(filters, lexicon)) is not None:
            scores = np.where(allowed, scores, 0)
        return self.hits(lexicon, lexical.top(scores, k), scores)

    def allowed(self, filters: Filters | None, lexicon: Lexicon) -> NDArray[np.bool_] | None:
        """Which clauses (by place) the filters let through; None: all."""
        if filters is None or filters == Filters():
            return None
        infos = self.infos()
        passes = [
            (info := infos.get(rowid)) is not None and matches(info, filters) for rowid in lexicon.documents.tolist()
        ]
        return np.array(passes, bool)[lexicon.owners] if passes else np.zeros(0, bool)

    def hits(self, lexicon: Lexicon, places: Ints, scores: NDArray[np.floating]) -> list[Hit]:
        """The clauses at these places as hits, best first; one removed a moment ago is left out."""
        rowids = lexicon.clauses[places].tolist()
        score = dict(zip(rowids, scores[places].tolist(), strict=True))
        found = self.store.passages(rowids)
        return [
            Hit(one.doc_id, one.clause_id, one.label, score[one.rowid], (("lexical", rank),))
            for rank, one in enumerate(found, 1)
        ]

    # ------------------------------------------------------------ changing

    def add(
        self, documents: Iterable[Document | Prepared], *, sources: Iterable[tuple[str, str]] = (), source: str = ""
    ) -> Changes:
        """Put documents in, in one transaction. One with the id of another replaces it, unless it is only its digest.

        ``sources``: files (path, digest) that are in the library as a whole when this has succeeded;
        ``source``: the file that these documents came from.

        Raises:
            StoreLocked: another process is writing. StoreFull: no space; the library is as it was.
        """
        changes = Changes()
        given = list(documents)
        loose = [one for one in given if isinstance(one, Document)]
        pieces = [one for one in given if isinstance(one, Prepared)] + ([prepare(loose)] if loose else [])
        prepared = [encoded(one, self.encoder) for one in pieces]
        with self._writing() as writer:
            gone: list[int] = []
            placed = [self._place(writer, one, source, changes, gone) for one in prepared]
            taken = [one.less(gone) for one in placed]
            if gone or any(rowid >= 0 for one in taken for rowid in one.rowids):
                self.indexes.change(writer, taken, gone)
            for path, digest in sources:
                writer.add_source(path, digest)
        return changes

    def _place(self, writer: Writer, prepared: Prepared, source: str, changes: Changes, gone: list[int]) -> Placed:
        """Put documents into the store; the rowids of those that they replace go to ``gone``."""
        rowids, firsts = [], []
        for document in prepared.documents:
            rowid = first = -1
            old = writer.find("id", document.id)
            digest_only = old is not None and old[2] == Kind.ORIGINAL and document.kind == Kind.DIGEST
            if digest_only or writer.find("digest", document.digest):
                changes.unchanged.append(document.id)
            else:
                if old:
                    writer.delete(old[0])
                    gone.append(old[0])
                rowid, first = writer.insert(document, source or document.path)
                (changes.replaced if old else changes.added).append(document.id)
            rowids.append(rowid)
            firsts.append(first)
        return Placed(prepared, rowids, firsts)

    def remove(self, doc_id: str) -> None:
        """Remove a document and every trace of it.

        Raises:
            UnknownDocument: with the nearest ids in the hint.
        """
        self.store.info(doc_id)
        with self._writing() as writer:
            if old := writer.find("id", doc_id):
                writer.delete(old[0])
                self.indexes.change(writer, [], [old[0]])

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the indexes anew from the store."""
        with self._turnover() as writer:
            self.indexes.rebuild(writer, progress)

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        if not self.writable:
            raise ValueError("the library is not open for writing")
        _ = self.state  # repairs indexes that the change could not start from
        with self._turnover() as writer:
            yield writer

    @contextmanager
    def _turnover(self) -> Iterator[Writer]:
        """A write of the store. Files that it drops are deleted when it has succeeded, those that it made when not."""
        writer: Writer | None = None
        try:
            with self.store.writing() as writer:
                self.indexes.delete(self.indexes.leftovers(writer.part_names()))
                yield writer
        except BaseException:
            if writer:
                self.indexes.delete(writer.made)
            raise
        self.indexes.delete(writer.dropped)

    # ------------------------------------------------------------ upkeep

    def check(self, deep: bool = False) -> list[str]:
        """What is wrong, in words; nothing when all is well. ``deep``: also whether anything removed is left."""
        return checks.check(self.store, self.indexes, deep=deep)


def matches(info: DocumentInfo, filters: Filters) -> bool:
    """Whether a document passes the filters. One without a date of issue passes no date filter."""
    if filters.documents and info.id not in filters.documents:
        return False
    if filters.issuer and not any(filters.issuer in issuer for issuer in info.issuers):
        return False
    if filters.issued_from and not (info.issued and info.issued >= filters.issued_from.isoformat()):
        return False
    return not (filters.issued_to and not (info.issued and info.issued <= filters.issued_to.isoformat()))
