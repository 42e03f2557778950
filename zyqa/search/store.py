"""The store: one SQLite file that holds the documents, clauses and facts. The indexes can be rebuilt from it.

Readers see the last committed state while a writer works (WAL); there is one writer at a time. Each write is one
transaction that also names the index files of the new state, so a process killed anywhere leaves the old or the new.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from zyqa.errors import StoreMissing, StoreStale, UnknownClause, UnknownDocument
from zyqa.search import erasure, records
from zyqa.search.access import full_or_unusable, translated
from zyqa.search.records import DocumentInfo, Passage
from zyqa.search.writing import Writer
from zyqa.types import Clause, Document, Duty, Reference, Role, Target

FILE = "library.sqlite"
FORMAT = "2"
_READ_TIMEOUT, _WRITE_TIMEOUT = 10.0, 2.0  # seconds to wait for another process
_CACHED = 64  # documents
_EXCERPT = 64  # clauses


@dataclass(frozen=True, slots=True)
class PartInfo:
    """An index file that belongs to a state of the library."""

    name: str
    kind: str
    crc: int
    size: int
    stamp: str


class Store:
    """The library's tables. Safe to use from several threads; each has a connection of its own."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the store in ``folder``.

        Raises:
            StoreMissing: there is none and ``create`` is False.
            StoreStale: another version of zyqa made it.
            StoreDamaged: it is not a store, or is broken.
        """
        self.path = folder / FILE
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._cache: OrderedDict[str, Document] = OrderedDict()
        self._cached_generation = -1
        self._listed: tuple[int, list[DocumentInfo]] = (-1, [])
        if create and not self.path.exists():
            self._create()
        if not self.path.exists():
            raise StoreMissing(f"there is no library in {folder}", hint=f"run `zyqa add PATH… --library {folder}`")
        if (found := self.meta("format")) != FORMAT:
            raise StoreStale(
                f"{self.path} has format {found}, this zyqa reads format {FORMAT}",
                hint=f"move {self.path.name} and parts/ out of {folder}, and add the documents again with this version",
            )

    # ------------------------------------------------------------ connections

    def _create(self) -> None:
        """Make an empty store. It gets its name when it is complete, so that half a store is never seen."""
        new = self.path.with_name(f"{FILE}-{uuid4().hex}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise full_or_unusable(error, self.path) from error
        with translated(self.path):
            connection = self._open(new, "rwc")
            try:
                connection.executescript(f"BEGIN; {records.SCHEMA} COMMIT;")
                connection.executemany("INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("generation", "0")])
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
        with suppress(FileExistsError, FileNotFoundError):  # another process was quicker
            os.link(new, self.path)
        new.unlink(missing_ok=True)

    @staticmethod
    def _open(path: Path, mode: str, timeout: float = _READ_TIMEOUT) -> sqlite3.Connection:
        uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
        return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
        return found

    def _connect(self) -> sqlite3.Connection:
        with translated(self.path):
            try:
                connection = self._open(self.path, "rw")
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname not in ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_READONLY_DIRECTORY"):
                    raise
                connection = self._open(self.path, "ro&immutable=1")  # a library on a read-only medium
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA mmap_size = 1073741824")
        with self._guard:
            self._connections.append(connection)
        return connection

    def close(self) -> None:
        """Close all connections; the store can be used again and then opens new ones."""
        with self._guard:
            connections, self._connections = self._connections, []
            self._local = threading.local()
        for connection in connections:
            connection.close()

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a SELECT."""
        with translated(self.path):
            return self.connection.execute(statement, values).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads in this block see one state of the library."""
        if self.connection.in_transaction:
            yield
            return
        with translated(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    # ------------------------------------------------------------ reading

    def meta(self, key: str) -> str | None:
        rows = self.query("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    @property
    def generation(self) -> int:
        """Grows with every write."""
        return int(self.meta("generation") or 0)

    def parts(self, kind: str) -> list[PartInfo]:
        """The index files of the present state."""
        rows = self.query("SELECT name, kind, crc, size, stamp FROM parts WHERE kind = ? ORDER BY name", (kind,))
        return [PartInfo(*row) for row in rows]

    def part_names(self) -> list[str]:
        """The index files of the present state, of all kinds."""
        return [row[0] for row in self.query("SELECT name FROM parts")]

    def documents(self) -> list[DocumentInfo]:
        """All documents, in the order in which they came."""
        counts = ", ".join(
            f"(SELECT count(*) FROM {table} WHERE document = d.rowid)"
            for table in ("clauses", "duties", "targets", "refs")
        )
        with self.snapshot():
            if self._listed[0] != (generation := self.generation):
                rows = self.query(f"SELECT d.rowid, {records.DOCUMENT}, {counts} FROM documents d ORDER BY d.rowid")
                self._listed = generation, [records.to_info(row[0], row[1:15], row[15:]) for row in rows]
            return list(self._listed[1])

    def infos(self) -> list[DocumentInfo]:
        """All documents without counts; quicker than :meth:`documents`."""
        rows = self.query(f"SELECT rowid, {records.DOCUMENT} FROM documents ORDER BY rowid")
        return [records.to_info(row[0], row[1:]) for row in rows]

    def info(self, doc_id: str) -> DocumentInfo:
        """A document without text, and without counts.

        Raises:
            UnknownDocument: with the nearest ids in the hint.
        """
        rows = self.query(f"SELECT rowid, {records.DOCUMENT} FROM documents WHERE id = ?", (doc_id,))
        if not rows:
            raise self._unknown(doc_id)
        return records.to_info(rows[0][0], rows[0][1:])

    def _unknown(self, doc_id: str) -> UnknownDocument:
        known = {name: id for id, title in self.query("SELECT id, title FROM documents") for name in (id, title)}
        near = dict.fromkeys(known[name] for name in get_close_matches(doc_id, known, n=5, cutoff=0.3))
        hint = f"nearest: {'; '.join(list(near)[:3])}" if near else "`zyqa list` shows what the library holds"
        return UnknownDocument(f"no document {doc_id!r} in the library", hint=hint)

    def document(self, doc_id: str) -> Document:
        """A document with its text, clauses and facts.

        Raises:
            UnknownDocument: with the nearest ids in the hint.
        """
        with self.snapshot():
            generation = self.generation
            with self._guard:
                if generation != self._cached_generation:
                    self._cache.clear()
                    self._cached_generation = generation
                if found := self._cache.get(doc_id):
                    self._cache.move_to_end(doc_id)
                    return found
            document = self._load(self.info(doc_id))
        with self._guard:
            if generation == self._cached_generation:
                self._cache[doc_id] = document
                if len(self._cache) > _CACHED:
                    self._cache.popitem(last=False)
        return document

    def _load(self, info: DocumentInfo) -> Document:
        select = f"SELECT text, {records.CLAUSE} FROM clauses WHERE document = ? ORDER BY rowid"
        rows = self.query(select, (info.rowid,))
        notes = self.query(f"SELECT {records.NOTE} FROM notes WHERE document = ? ORDER BY rowid", (info.rowid,))
        return Document(
            info.id, info.title, info.number, info.issuers, info.issued, info.validity, info.kind, info.digest,
            "".join(row[0] for row in rows),
            tuple(records.to_clause(info.id, row[1:]) for row in rows),
            tuple(self.duties(info.id)), tuple(self.targets(info.id)), tuple(self.references(info.id)),
            tuple(map(records.to_note, notes)), info.source_digest, info.path, info.aliases,
        )  # fmt: skip

    def excerpt(self, doc_id: str, clause_id: str) -> Document:
        """A document of which only a clause, what is under it and what it stands under are there.

        Its offsets are the whole document's: what is left out of its text is blank. It has no facts and no notes.

        Raises:
            UnknownDocument, UnknownClause: with the nearest ids in the hint.
        """
        with self.snapshot():
            info, clause, above = self.info(doc_id), self.clause(doc_id, clause_id), list[Clause]()
            while (parent := (above or [clause])[0].parent_id) is not None:
                above.insert(0, self.clause(doc_id, parent))
            select = f"SELECT text, {records.CLAUSE} FROM clauses WHERE rowid >= ? AND document = ?"
            rows = self.query(f"{select} ORDER BY rowid LIMIT ?", (self.rowid(doc_id, clause_id), info.rowid, _EXCERPT))
        return records.excerpt(info, above, clause, rows)

    def clause(self, doc_id: str, clause_id: str) -> Clause:
        """A clause by its address.

        Raises:
            UnknownDocument, UnknownClause: with the nearest ids in the hint.
        """
        info = self.info(doc_id)
        select = f"SELECT {records.CLAUSE} FROM clauses WHERE document = ? AND id = ?"
        if rows := self.query(select, (info.rowid, clause_id)):
            return records.to_clause(doc_id, rows[0])
        known = [row[0] for row in self.query("SELECT id FROM clauses WHERE document = ?", (info.rowid,))]
        near = get_close_matches(clause_id, known, n=3, cutoff=0.0)
        raise UnknownClause(f"no clause {clause_id!r} in {doc_id}", hint=f"nearest: {', '.join(near)}")

    def passages(self, rowids: Iterable[int]) -> list[Passage]:
        """The clauses with these rowids, in this order; those that are no longer there are left out."""
        wanted = list(rowids)
        select = "SELECT c.rowid, d.id, c.id, c.label, c.heading, c.text FROM clauses c JOIN documents d"
        select += f" ON d.rowid = c.document WHERE c.rowid IN ({', '.join('?' * len(wanted))})"
        found = {row[0]: Passage(*row) for row in self.query(select, wanted)}
        return [found[rowid] for rowid in wanted if rowid in found]

    def rowid(self, doc_id: str, clause_id: str) -> int | None:
        """The rowid of a clause, by which the index knows it."""
        select = "SELECT c.rowid FROM clauses c JOIN documents d ON d.rowid = c.document WHERE d.id = ? AND c.id = ?"
        rows = self.query(select, (doc_id, clause_id))
        return int(rows[0][0]) if rows else None

    def duties(self, doc_id: str | None = None, *, unit: str | None = None, role: Role | None = None) -> list[Duty]:
        """The duties of the library, of a document, of a unit (canonical name), in a role."""
        rows = self._facts("duties", records.DUTY, doc_id, {"unit": unit, "role": role})
        return [records.to_duty(row[0], row[1:]) for row in rows]

    def targets(self, doc_id: str | None = None) -> list[Target]:
        """The targets of the library, or of a document."""
        return [records.to_target(row[0], row[1:]) for row in self._facts("targets", records.TARGET, doc_id, {})]

    def references(self, doc_id: str | None = None) -> list[Reference]:
        """The references of the library, or of a document, resolved as far as the library holds what they cite."""
        resolved = "(SELECT r.id FROM documents r WHERE r.rowid = f.resolved)"
        rows = self._facts("refs", records.REFERENCE, doc_id, {}, more=resolved)
        return [records.to_reference(row[0], row[1:-1], row[-1]) for row in rows]

    def _facts(
        self, table: str, columns: str, doc_id: str | None, equal: dict[str, str | None], more: str = ""
    ) -> list[Any]:
        listed = ", ".join(f"f.{column}" for column in columns.split(", ")) + (f", {more}" if more else "")
        given = {"d.id": doc_id} | {f"f.{name}": value for name, value in equal.items()}
        tests = {name: value for name, value in given.items() if value is not None}
        where = " AND ".join(["f.document = d.rowid", *(f"{name} = ?" for name in tests)])
        select = f"SELECT d.id, {listed} FROM {table} f, documents d WHERE {where} ORDER BY f.rowid"
        return self.query(select, list(tests.values()))

    def citations(self) -> dict[int, int]:
        """In how many other documents each document (by rowid) is cited."""
        select = "SELECT resolved, count(DISTINCT document) FROM refs WHERE resolved <> document GROUP BY resolved"
        return dict(self.query(select))

    def has_source(self, path: str, digest: str) -> bool:
        """Whether this file was taken in as a whole, in this state."""
        return bool(self.query("SELECT 1 FROM sources WHERE path = ? AND digest = ?", (path, digest)))

    def slack(self) -> str | None:
        """What is not blank in the free space of the file, in words; None: nothing."""
        count = erasure.run("check", self.path)
        if count is None:
            return "the free space of the store cannot be looked into while the library is in use"
        return f"{count} stretches of free space in the store are not blank" if count else None

    # ------------------------------------------------------------ writing

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all of it, or nothing. Readers see it when the block has ended.

        Raises:
            StoreLocked: another process is writing.
            StoreFull: no space; the library is as it was.
        """
        with translated(self.path):
            connection = self._open(self.path, "rw", _WRITE_TIMEOUT)
        try:
            with translated(self.path):
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("BEGIN IMMEDIATE")
                writer = Writer(connection)
                try:
                    yield writer
                    writer.finish()
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        erasure.run("blank", self.path)
