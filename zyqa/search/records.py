"""The tables of the store, and domain values as their rows and back. No database access."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zyqa.text import fold
from zyqa.types import (
    Clause,
    Document,
    Duty,
    Kind,
    Marker,
    Note,
    Reference,
    Role,
    Span,
    Status,
    Style,
    Target,
    Validity,
)

Row = Sequence[Any]

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (name TEXT PRIMARY KEY, kind TEXT NOT NULL, crc INTEGER NOT NULL, size INTEGER NOT NULL,
  stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (rowid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  number TEXT, issuers TEXT NOT NULL, issued TEXT, status TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
  replaced_by TEXT, kind TEXT NOT NULL, digest TEXT NOT NULL, source_digest TEXT NOT NULL, path TEXT NOT NULL,
  aliases TEXT NOT NULL, source TEXT NOT NULL, number_key TEXT NOT NULL, title_key TEXT NOT NULL);
CREATE TABLE clauses (rowid INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, id TEXT NOT NULL,
  style TEXT, number TEXT, raw TEXT, label TEXT NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL,
  end INTEGER NOT NULL, extent_start INTEGER NOT NULL, extent_end INTEGER NOT NULL, parent TEXT, text TEXT NOT NULL);
CREATE TABLE duties (document INTEGER NOT NULL, clause TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL,
  surface TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, due TEXT, marked INTEGER NOT NULL);
CREATE TABLE targets (document INTEGER NOT NULL, clause TEXT NOT NULL, subject TEXT NOT NULL, comparator TEXT,
  value TEXT NOT NULL, unit TEXT, deadline TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE refs (document INTEGER NOT NULL, clause TEXT NOT NULL, title TEXT, number TEXT, alias TEXT,
  start INTEGER NOT NULL, end INTEGER NOT NULL, resolved INTEGER, number_key TEXT NOT NULL, title_key TEXT NOT NULL);
CREATE TABLE notes (document INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, start INTEGER NOT NULL,
  end INTEGER NOT NULL);
CREATE UNIQUE INDEX clause_id ON clauses (document, id);
CREATE INDEX document_digest ON documents (digest);
CREATE INDEX document_source ON documents (source);
CREATE INDEX duty_document ON duties (document);
CREATE INDEX duty_unit ON duties (unit);
CREATE INDEX target_document ON targets (document);
CREATE INDEX note_document ON notes (document);
CREATE INDEX ref_document ON refs (document);
"""

DOCUMENT = (
    "id, title, number, issuers, issued, status, valid_from, valid_to, replaced_by, kind, digest, source_digest, path, "
    "aliases"
)
CLAUSE = "id, style, number, raw, label, heading, start, end, extent_start, extent_end, parent"
DUTY = "clause, role, unit, surface, start, end, due, marked"
TARGET = "clause, subject, comparator, value, unit, deadline, start, end"
REFERENCE = "clause, title, number, alias, start, end"
NOTE = "code, message, start, end"
FACTS = ("duties", "targets", "refs", "notes")


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document without its text. ``rowid`` names it in the index."""

    rowid: int
    id: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    issued: str | None
    validity: Validity
    kind: Kind
    digest: str
    source_digest: str
    path: str
    aliases: tuple[str, ...] = ()
    clauses: int = 0
    duties: int = 0
    targets: int = 0
    references: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause as the index sees it: its rowid, whose it is, and its own text."""

    rowid: int
    doc_id: str
    clause_id: str
    label: str
    heading: str
    text: str


# ---------------------------------------------------------------- keys


def number_key(number: str | None) -> str:
    """A number as references are compared by it: folded, without blanks."""
    return re.sub(r"\s+", "", fold(number or ""))


def title_key(title: str | None) -> str:
    """A title as references are compared by it: letters only, without the state's name before a law's."""
    return re.sub(r"[\W_]+", "", fold(title or "")).removeprefix("中华人民共和国")


def undated(key: str) -> str:
    """A standard's number without its year (gb/t19001-2016 → gb/t19001)."""
    return re.sub(r"-\d{4}$", "", key)


# ---------------------------------------------------------------- to rows


def document_row(document: Document, source: str) -> Row:
    validity = document.validity
    return (
        document.id, document.title, document.number, json.dumps(document.issuers, ensure_ascii=False),
        document.issued, validity.status, validity.start, validity.end, validity.replaced_by, document.kind,
        document.digest, document.source_digest, document.path,
        json.dumps(document.aliases, ensure_ascii=False),
        source, number_key(document.number), title_key(document.title),
    )  # fmt: skip


def clause_row(clause: Clause, text: str) -> Row:
    marker = clause.marker
    return (
        clause.id, *((marker.style, marker.number, marker.raw) if marker else (None, None, None)), clause.label,
        clause.heading, clause.span.start, clause.span.end, clause.extent.start, clause.extent.end, clause.parent_id,
        clause.span.cut(text),
    )  # fmt: skip


def duty_row(duty: Duty) -> Row:
    span = duty.span
    return duty.clause_id, duty.role, duty.unit, duty.surface, span.start, span.end, duty.due, duty.marked


def target_row(target: Target) -> Row:
    return (
        target.clause_id, target.subject, target.comparator, target.value, target.unit, target.deadline,
        target.span.start, target.span.end,
    )  # fmt: skip


def reference_row(reference: Reference) -> Row:
    span = reference.span
    keys = number_key(reference.number), title_key(reference.title)
    return reference.clause_id, reference.title, reference.number, reference.alias, span.start, span.end, *keys


def note_row(note: Note) -> Row:
    return note.code, note.message, note.span.start, note.span.end


# ---------------------------------------------------------------- from rows


def to_validity(row: Row) -> Validity:
    return Validity(Status(row[0]), *row[1:4])


def to_info(rowid: int, row: Row, counts: Row = (0, 0, 0, 0)) -> DocumentInfo:
    id, title, number, issuers, issued = row[:5]
    kind, digest, source_digest, path, aliases = row[9:14]
    return DocumentInfo(
        rowid, id, title, number, tuple(json.loads(issuers)), issued, to_validity(row[5:9]), Kind(kind), digest,
        source_digest, path, tuple(json.loads(aliases)), *counts,
    )  # fmt: skip


def to_clause(doc_id: str, row: Row) -> Clause:
    id, style, number, raw, label, heading, start, end, extent_start, extent_end, parent = row
    marker = Marker(Style(style), number, raw) if style else None
    return Clause(id, doc_id, marker, label, heading, Span(start, end), Span(extent_start, extent_end), parent)


def to_duty(doc_id: str, row: Row) -> Duty:
    clause, role, unit, surface, start, end, due, marked = row
    return Duty(doc_id, clause, Role(role), unit, surface, Span(start, end), due, bool(marked))


def to_target(doc_id: str, row: Row) -> Target:
    clause, subject, comparator, value, unit, deadline, start, end = row
    return Target(doc_id, clause, subject, comparator, value, unit, deadline, Span(start, end))


def to_reference(doc_id: str, row: Row, resolved: str | None) -> Reference:
    clause, title, number, alias, start, end = row
    return Reference(doc_id, clause, title, number, alias, Span(start, end), resolved)


def to_note(row: Row) -> Note:
    return Note(row[0], row[1], Span(*row[2:]))


def excerpt(info: DocumentInfo, above: Sequence[Clause], clause: Clause, rows: Sequence[Row]) -> Document:
    """A document of one clause and what is under it; ``rows``: text and columns of it and of those that follow."""
    text, below = " " * clause.span.start, list[Clause]()
    for row in rows:
        one = to_clause(info.id, row[1:])
        if clause.extent.contains(one.span):
            text, below = text + row[0], [*below, one]
    return Document(
        info.id, info.title, info.number, info.issuers, info.issued, info.validity, info.kind, info.digest,
        text, (*above, *below), source_digest=info.source_digest, path=info.path,
        aliases=info.aliases,
    )  # fmt: skip
