"""The index files of a library: read at one generation, changed inside a write of the store, rebuilt from it.

The store names the files of its present state with their checksums and with what made them. A file is written once,
before the transaction that names it ends, and deleted after the transaction that drops it. So store and indexes agree
at every moment, and a file that the store does not name is a leftover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import numpy as np

from zyqa.errors import StoreDamaged, StoreStale
from zyqa.search import arrays, lexical, vectors
from zyqa.search.access import full_or_unusable
from zyqa.search.encoder import Encoder
from zyqa.search.lexical import Lexicon, Part
from zyqa.search.postings import Ints
from zyqa.search.store import PartInfo, Store
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
    """Documents with what the indexes take from them; made without a library, so also in another process.

    ``part`` names documents by their place in ``documents``, and clauses by their place in their document;
    ``vectors`` (clauses of the part, dimension).
    """

    documents: tuple[Document, ...]
    part: Part
    vectors: vectors.Floats | None = None


def heading_paths(document: Document) -> list[str]:
    """For each clause its ancestors' headings and its own, outermost first."""
    paths: dict[str, str] = {}
    for clause in document.clauses:
        above = paths.get(clause.parent_id or "", "")
        paths[clause.id] = f"{above} {clause.heading}".strip()
    return list(paths.values())


def searched_texts(document: Document) -> list[str]:
    """What the indexes hold of each clause: its own text; of an article (第N条) all of it, of its items nothing."""
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


def prepare(documents: Sequence[Document]) -> Prepared:
    """What the lexical index takes from documents."""
    entries = []
    for place, document in enumerate(documents):
        searched, texts, paths = _searched(document)
        entries.append((place, searched, lexical.terms(f"{document.title} {document.number or ''}", texts, paths)))
    return Prepared(tuple(documents), lexical.part(entries))


def encoded(prepared: Prepared, encoder: Encoder | None) -> Prepared:
    """The same with the vectors of its clauses."""
    if encoder is None or prepared.vectors is not None:
        return prepared
    passages: list[str] = []
    for document in prepared.documents:
        _, texts, paths = _searched(document)
        passages += [f"{document.title} {path} {text}" for path, text in zip(paths, texts, strict=True)]
    return replace(prepared, vectors=encoder.encode(passages))


def _searched(document: Document) -> tuple[list[int], list[str], list[str]]:
    """The clauses that the indexes hold: their places in the document, their texts and their heading paths."""
    texts, paths = searched_texts(document), heading_paths(document)
    places = [place for place, text in enumerate(texts) if text.strip()]
    return places, [texts[place] for place in places], [paths[place] for place in places]


@dataclass(frozen=True, slots=True)
class Placed:
    """Prepared documents with their rowids in the store, and the rowid of the first clause of each.

    A rowid below 0 marks a document that the store did not take.
    """

    prepared: Prepared
    rowids: Sequence[int]
    firsts: Sequence[int]

    def less(self, gone: Sequence[int]) -> Placed:
        """Without the documents with these rowids."""
        return replace(self, rowids=[-1 if rowid in gone else rowid for rowid in self.rowids])

    @property
    def part(self) -> Part:
        part = self.prepared.part
        rowids, firsts = np.array(self.rowids, np.int64), np.array(self.firsts, np.int64)
        bound = replace(
            part,
            clauses=firsts[part.owners] + part.clauses,
            owners=rowids[part.owners],
            documents=rowids[part.documents],
        )
        return lexical.without(bound, [-1]) if -1 in self.rowids else bound

    @property
    def vectors(self) -> vectors.Floats | None:
        dense, taken = self.prepared.vectors, np.array(self.rowids, np.int64) >= 0
        return None if dense is None else dense[taken[self.prepared.part.owners]]


@dataclass(frozen=True, slots=True)
class State:
    """The indexes at one generation of the store."""

    generation: int
    lexicon: Lexicon
    vectors: Vectors | None
    parts: Mapping[str, Part]


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

    def change(self, writer: Writer, new: Sequence[Placed], gone: Sequence[int]) -> None:
        """Take in new documents and take out those with the rowids ``gone``.

        Raises:
            StoreFull: no space for the new files.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            clauses = self._change_lexical(writer, [placed.part for placed in new], gone)
            if self._encoder:
                self._change_vectors(writer, self._encoder, new, clauses)
        except OSError as error:
            raise full_or_unusable(error, self._folder) from error

    def _change_lexical(self, writer: Writer, new: list[Part], gone: Sequence[int]) -> Ints:
        """Returns the rowids of the clauses that went."""
        held = {info.name: info for info in _parts(writer, LEXICAL)}
        left = [np.zeros(0, np.int64)]
        for name, info in list(held.items()) if gone else []:
            part = self._part(info)
            if (hit := np.isin(part.owners, gone)).any() or np.isin(part.documents, gone).any():
                left.append(part.clauses[hit])
                writer.drop_parts([name])
                del held[name]
                self._add_part(writer, lexical.without(part, gone))
        if new:
            sizes = {name: info.size for name, info in held.items()}
            small = lexical.mergeable(sizes, sum(len(part.clauses) for part in new))
            writer.drop_parts(small)
            self._add_part(writer, lexical.merged([*(self._part(held[name]) for name in small), *new]))
        return np.concatenate(left)

    def _add_part(self, writer: Writer, part: Part) -> None:
        if not len(part.documents):
            return
        name = _name(LEXICAL)
        crc = arrays.write(self._folder / name, part.arrays())
        writer.add_part(name, LEXICAL, crc, len(part.clauses), self.stamp(LEXICAL))

    def _change_vectors(self, writer: Writer, encoder: Encoder, new: Sequence[Placed], gone: Ints) -> None:
        held = _parts(writer, VECTORS)
        dense = self._vectors(held) or Vectors(encoder.dimension)
        if len(gone):
            dense.remove(gone)
        found = [(placed.part.clauses, placed.vectors) for placed in new]
        dense.add([(rowids, rows) for rowids, rows in found if rows is not None])
        writer.drop_parts([info.name for info in held])
        name = _name(VECTORS)
        writer.add_part(name, VECTORS, dense.write(self._folder / name), len(dense), self.stamp(VECTORS))

    # ------------------------------------------------------------ upkeep

    def rebuild(self, writer: Writer, progress: Progress | None = None) -> None:
        """Build the indexes anew from the store."""
        writer.drop_parts(writer.part_names())
        total = int(self._store.query("SELECT count(*) FROM clauses")[0][0])
        done = 0
        for placed in self.placed(self._encoder):
            self.change(writer, [placed], ())
            done += sum(len(document.clauses) for document in placed.prepared.documents)
            if progress:
                progress(done, total)

    def placed(self, encoder: Encoder | None, documents: Iterable[int] | None = None) -> Iterator[Placed]:
        """The documents of the store (or those with these rowids), in batches, as the indexes take them in."""
        select = "SELECT document, min(rowid), count(*) FROM clauses GROUP BY document"
        clauses = {document: (first, count) for document, first, count in self._store.query(select)}
        ids = dict(self._store.query("SELECT rowid, id FROM documents ORDER BY rowid"))

        def place(batch: list[int]) -> Placed:
            prepared = encoded(prepare([self._store.document(ids[rowid]) for rowid in batch]), encoder)
            return Placed(prepared, batch, [clauses.get(rowid, (0, 0))[0] for rowid in batch])

        batch: list[int] = []
        size = 0
        for rowid in ids if documents is None else documents:
            batch.append(rowid)
            size += clauses.get(rowid, (0, 0))[1]
            if size >= _BATCH:
                yield place(batch)
                batch, size = [], 0
        if batch:
            yield place(batch)

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
