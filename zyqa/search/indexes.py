"""The index files of a library: read at one generation, changed inside a write of the store, rebuilt from it.

The store names the files of its present state with their checksums and with what made them. A file is written once,
before the transaction that names it ends, and deleted after the transaction that drops it. So store and indexes agree
at every moment, and a file that the store does not name is a leftover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from zyqa.errors import StoreDamaged, StoreStale
from zyqa.search import arrays, lexical, vectors
from zyqa.search.encoder import Encoder
from zyqa.search.lexical import Lexicon, Part, Terms
from zyqa.search.store import PartInfo, Store, full_or_unusable
from zyqa.search.vectors import Vectors
from zyqa.search.writing import Writer
from zyqa.types import Document, Style

FOLDER = "parts"
LEXICAL, VECTORS = "lexical", "vectors"
_REBUILD = "run `zyqa doctor --rebuild`, or open the library for writing"
_BATCH = 8192  # clauses of a part at rebuilding
Progress = Callable[[int, int], None]
"""Told (clauses done, clauses in all)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with what the indexes take from it; made without a library, so also in another process."""

    document: Document
    terms: Terms
    vectors: vectors.Floats | None = None


def heading_paths(document: Document) -> list[str]:
    """For each clause its ancestors' headings and its own, outermost first."""
    paths: dict[str, str] = {}
    for clause in document.clauses:
        above = paths.get(clause.parent_id or "", "")
        paths[clause.id] = f"{above} {clause.heading}".strip()
    return list(paths.values())


def searched_texts(document: Document) -> list[str]:
    """What the lexical index holds of each clause: its own text; of an article (第N条) all, of its items nothing."""
    inside: set[str] = set()
    texts: list[str] = []
    for clause in document.clauses:
        if clause.parent_id in inside:
            inside.add(clause.id)
            texts.append("")
        elif clause.marker and clause.marker.style == Style.ARTICLE:
            inside.add(clause.id)
            texts.append(clause.extent.cut(document.text))
        else:
            texts.append(clause.span.cut(document.text))
    return texts


def prepare(document: Document, encoder: Encoder | None = None) -> Prepared:
    """What the indexes take from a document."""
    texts = searched_texts(document)
    headings = [path if text else "" for path, text in zip(heading_paths(document), texts, strict=True)]
    terms = lexical.terms(f"{document.title} {document.number or ''}", texts, headings)
    return Prepared(document, terms, _encoded(document, encoder) if encoder else None)


def _encoded(document: Document, encoder: Encoder) -> vectors.Floats:
    own = [clause.span.cut(document.text) for clause in document.clauses]
    texts = [all_of_it or item for all_of_it, item in zip(searched_texts(document), own, strict=True)]
    paths = heading_paths(document)
    return encoder.encode([f"{document.title} {path} {text}" for path, text in zip(paths, texts, strict=True)])


@dataclass(frozen=True, slots=True)
class State:
    """The indexes at one generation of the store."""

    generation: int
    lexicon: Lexicon
    vectors: Vectors | None
    parts: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that was put into the store, and what the indexes are to hold of it."""

    rowid: int
    clauses: Sequence[int]
    prepared: Prepared


class Indexes:
    """The index files in a library's folder, as its store names them."""

    def __init__(self, store: Store, folder: Path, encoder: Encoder | None) -> None:
        self._store = store
        self._folder = folder / FOLDER
        self._encoder = encoder

    def stamp(self, kind: str) -> str:
        """What makes index files of this kind now."""
        if kind == LEXICAL:
            return lexical.stamp()
        return f"{vectors.FORMAT} {self._encoder.stamp}" if self._encoder else ""

    # ------------------------------------------------------------ reading

    def load(self, old: State | None = None) -> State:
        """The present state; what ``old`` holds of it is not read again.

        Raises:
            StoreStale: the files were built with other settings or by another version.
            StoreDamaged: a file is missing or changed.
        """
        while True:
            with self._store.snapshot():
                generation = self._store.generation
                parts, dense = self._store.parts(LEXICAL), self._store.parts(VECTORS)
                empty = not self._store.query("SELECT 1 FROM clauses LIMIT 1")
            try:
                return self._read(generation, parts, dense, old, empty)
            except (FileNotFoundError, StoreDamaged) as error:
                if self._store.generation != generation:  # a writer has just replaced what we were about to read
                    continue
                if isinstance(error, FileNotFoundError):
                    raise StoreDamaged(f"the index file {error.filename} is missing", hint=_REBUILD) from error
                raise

    def _read(
        self, generation: int, parts: list[PartInfo], dense: list[PartInfo], old: State | None, empty: bool
    ) -> State:
        for info in parts + dense:
            if info.stamp != (wanted := self.stamp(info.kind)):
                raise StoreStale(f"the {info.kind} index was built by {info.stamp!r}, not {wanted!r}", hint=_REBUILD)
        if not empty and (not parts or (self._encoder and not dense)):
            raise StoreStale("the library has clauses that are not in its indexes", hint=_REBUILD)
        known = old.parts if old else {}
        held = {info.name: known.get(info.name) or self._part(info) for info in parts}
        return State(generation, Lexicon(list(held.values())), self._vectors(dense), held)

    def _part(self, info: PartInfo) -> Part:
        return lexical.from_arrays(arrays.read(self._checked(info)))

    def _vectors(self, dense: list[PartInfo]) -> Vectors | None:
        return Vectors.read(self._checked(dense[0])) if dense else None

    def _checked(self, info: PartInfo) -> Path:
        path = self._folder / info.name
        if arrays.checksum(path) != info.crc:
            raise StoreDamaged(f"the index file {info.name} is damaged", hint=_REBUILD)
        return path

    # ------------------------------------------------------------ changing

    def change(self, writer: Writer, entries: Sequence[Entry], gone: Sequence[int], clauses: Sequence[int]) -> None:
        """Take in new documents and take out those with the rowids ``gone`` (and their ``clauses``).

        Raises:
            StoreFull: no space for the new files.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._change_lexical(writer, entries, gone)
            if self._encoder:
                self._change_vectors(writer, self._encoder, entries, clauses)
        except OSError as error:
            raise full_or_unusable(error, self._folder) from error

    def _change_lexical(self, writer: Writer, entries: Sequence[Entry], gone: Sequence[int]) -> None:
        held = {info.name: info for info in _parts(writer, LEXICAL)}
        new: list[Part] = []
        for name, info in list(held.items()) if gone else []:
            if np.isin(gone, (part := self._part(info)).documents).any():
                new.append(lexical.without(part, gone))
                writer.drop_parts([name])
                del held[name]
        if entries:
            new.append(lexical.part((entry.rowid, entry.clauses, entry.prepared.terms) for entry in entries))
        for part in new:
            if len(part.documents):
                self._add_part(writer, part, held)

    def _add_part(self, writer: Writer, part: Part, held: dict[str, PartInfo]) -> None:
        small = lexical.mergeable({name: info.size for name, info in held.items()}, len(part.clauses))
        if small:
            part = lexical.merged([*(self._part(held.pop(name)) for name in small), part])
            writer.drop_parts(small)
        name = _name(LEXICAL)
        crc = arrays.write(self._folder / name, part.arrays())
        writer.add_part(name, LEXICAL, crc, len(part.clauses), self.stamp(LEXICAL))

    def _change_vectors(
        self, writer: Writer, encoder: Encoder, entries: Sequence[Entry], clauses: Sequence[int]
    ) -> None:
        held = _parts(writer, VECTORS)
        dense = self._vectors(held) or Vectors(encoder.dimension)
        if clauses:
            dense.remove(np.array(clauses, np.int64))
        for entry in entries:
            found = entry.prepared.vectors
            if found is None:
                found = _encoded(entry.prepared.document, encoder)
            dense.add(np.array(entry.clauses, np.int64), found)
        writer.drop_parts([info.name for info in held])
        name = _name(VECTORS)
        writer.add_part(name, VECTORS, dense.write(self._folder / name), len(dense), self.stamp(VECTORS))

    # ------------------------------------------------------------ upkeep

    def rebuild(self, writer: Writer, progress: Progress | None = None) -> None:
        """Build the indexes anew from the store."""
        writer.drop_parts(writer.part_names())
        total = int(self._store.query("SELECT count(*) FROM clauses")[0][0])
        done = 0
        for batch in self.entries(_BATCH):
            self.change(writer, batch, (), ())
            done += sum(len(entry.clauses) for entry in batch)
            if progress:
                progress(done, total)

    def entries(self, clauses: int, documents: Iterable[int] | None = None) -> Iterator[list[Entry]]:
        """The documents of the store (or those with these rowids) as the indexes take them in, in batches."""
        batch: list[Entry] = []
        ids = dict(self._store.query("SELECT rowid, id FROM documents"))
        for rowid in ids if documents is None else documents:
            rows = self._store.query("SELECT rowid FROM clauses WHERE document = ? ORDER BY rowid", (int(rowid),))
            prepared = prepare(self._store.document(ids[int(rowid)]), self._encoder)
            batch.append(Entry(int(rowid), [row[0] for row in rows], prepared))
            if sum(len(entry.clauses) for entry in batch) >= clauses:
                yield batch
                batch = []
        if batch:
            yield batch

    def delete(self, names: Iterable[str]) -> None:
        """Delete files that no state names any more; those that are still held open elsewhere are left for later."""
        for name in names:
            try:
                (self._folder / name).unlink(missing_ok=True)
            except PermissionError:
                continue

    def leftovers(self, named: Iterable[str]) -> list[str]:
        """Files in the folder that are not among the named ones."""
        if not self._folder.is_dir():
            return []
        return sorted({path.name for path in self._folder.iterdir()} - set(named))


def _parts(writer: Writer, kind: str) -> list[PartInfo]:
    return [PartInfo(*row) for row in writer.parts(kind)]


def _name(kind: str) -> str:
    return f"{kind}-{uuid4().hex}.{'safetensors' if kind == LEXICAL else 'faiss'}"
