"""What a writer does to the store inside one transaction. Opened by :meth:`zyqa.search.store.Store.writing`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from zyqa.search import records
from zyqa.search.records import FACTS, Row
from zyqa.types import Document

_TITLE = 4  # a shorter title is no sure part of the words a card names


class Connection(Protocol):
    """What the writer needs of a database connection."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any: ...

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> Any: ...


class Writer:
    """Changes to the tables, completed by :meth:`finish`.

    ``made`` and ``dropped``: index files to delete when the transaction has failed, or has succeeded.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed = False
        self.made: list[str] = []
        self.dropped: list[str] = []

    def finish(self) -> None:
        """Resolve the references anew if documents came or went, and count the generation up."""
        if self._changed:
            self._resolve()
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    @property
    def generation(self) -> int:
        """The generation that this transaction makes."""
        (value,) = self._connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(value) + 1

    # ------------------------------------------------------------ documents

    def find(self, column: str, value: str) -> tuple[int, str, str] | None:
        """(rowid, digest, kind) of the document whose ``id`` or ``digest`` is this."""
        select = f"SELECT rowid, digest, kind FROM documents WHERE {column} = ? ORDER BY rowid"
        found: tuple[int, str, str] | None = self._connection.execute(select, (value,)).fetchone()
        return found

    def insert(self, document: Document, source: str = "") -> tuple[int, int]:
        """Insert a document that is not there yet; its rowid and that of its first clause, which the others follow."""
        row = records.document_row(document, source)
        rowid = self._connection.execute(
            f"INSERT INTO documents ({records.DOCUMENT}, source, number_key, title_key) VALUES ({_marks(row)})", row
        ).lastrowid
        (last,) = self._connection.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'clauses'"
        ).fetchone()
        rows = [
            (last + place, rowid, *records.clause_row(clause, document.text))
            for place, clause in enumerate(document.clauses, 1)
        ]
        if "".join(row[-1] for row in rows) != document.text:
            raise ValueError(f"the clauses of {document.id} do not partition its text")
        self._fill("clauses", f"rowid, document, {records.CLAUSE}, text", rows)
        references = [records.reference_row(reference) for reference in document.references]
        self._facts(rowid, "duties", records.DUTY, map(records.duty_row, document.duties))
        self._facts(rowid, "targets", records.TARGET, map(records.target_row, document.targets))
        self._facts(rowid, "refs", f"{records.REFERENCE}, number_key, title_key", references)
        self._facts(rowid, "notes", records.NOTE, map(records.note_row, document.notes))
        self._changed = True
        return rowid, last + 1

    def _facts(self, rowid: int, table: str, columns: str, rows: Iterable[Row]) -> None:
        self._fill(table, f"document, {columns}", [(rowid, *row) for row in rows])

    def _fill(self, table: str, columns: str, rows: list[Any]) -> None:
        if rows:
            self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({_marks(rows[0])})", rows)

    def delete(self, rowid: int) -> None:
        """Delete a document with all that belongs to it."""
        source = "(SELECT source FROM documents WHERE rowid = ?)"
        self._connection.execute(f"DELETE FROM sources WHERE path = {source}", (rowid,))
        for table in ("clauses", *FACTS):
            self._connection.execute(f"DELETE FROM {table} WHERE document = ?", (rowid,))
        self._connection.execute("DELETE FROM documents WHERE rowid = ?", (rowid,))
        self._changed = True

    def add_source(self, path: str, digest: str) -> None:
        """Note that a file is in the library as a whole."""
        self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (path, digest))

    # ------------------------------------------------------------ index files

    def parts(self, kind: str) -> list[Row]:
        """The index files of the new state, so far: (name, kind, crc, size, stamp)."""
        select = "SELECT name, kind, crc, size, stamp FROM parts WHERE kind = ? ORDER BY name"
        return list(self._connection.execute(select, (kind,)))

    def part_names(self) -> list[str]:
        """The index files of the new state, of all kinds."""
        return [row[0] for row in self._connection.execute("SELECT name FROM parts")]

    def add_part(self, name: str, kind: str, crc: int, size: int, stamp: str) -> None:
        """Name an index file as part of the new state."""
        self.made.append(name)
        self._connection.execute("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", (name, kind, crc, size, stamp))

    def drop_parts(self, names: Iterable[str]) -> None:
        """These index files do not belong to the new state."""
        dropped = list(names)
        self.dropped += dropped
        self._connection.executemany("DELETE FROM parts WHERE name = ?", [(name,) for name in dropped])

    # ------------------------------------------------------------ references

    def _resolve(self) -> None:
        """References point at documents by number, by title, else by the words that a card says it is cited as.

        Originals come before digests, older documents before newer.
        """
        numbers: dict[str, int] = {}
        titles: dict[str, int] = {}
        aliases: dict[str, int] = {}
        select = "SELECT rowid, number_key, title_key, aliases FROM documents ORDER BY kind = 'original', rowid DESC"
        for rowid, number, title, cited_as in self._connection.execute(select):
            aliases |= {records.title_key(alias): rowid for alias in json.loads(cited_as)}
            if number:
                numbers[records.undated(number)] = numbers[number] = rowid
            titles[title] = rowid
        titles.pop("", None)
        moved = []
        for rowid, number, title, old in self._connection.execute(
            "SELECT rowid, number_key, title_key, resolved FROM refs"
        ):
            new = numbers.get(number) or numbers.get(records.undated(number)) or titles.get(title)
            if new is None and len(title) >= _TITLE:
                new = next((target for alias, target in aliases.items() if title in alias), None)
            if new != old:
                moved.append((new, rowid))
        self._connection.executemany("UPDATE refs SET resolved = ? WHERE rowid = ?", moved)


def _marks(row: Sequence[Any]) -> str:
    return ", ".join("?" * len(row))
