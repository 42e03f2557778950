"""The domain: what a document, a fact, a question and an answer are. Frozen, and without I/O.

The text owns the data: everything found in a document is a :class:`Span` of ``Document.text``.
A clause is named by ``(doc_id, clause_id)``; ``address`` writes the two as one, ``文号#1.4.3``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into ``Document.text``."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        return text[self.start : self.end]

    def contains(self, other: Self) -> bool:
        return self.start <= other.start and other.end <= self.end


def address(doc_id: str, clause_id: str) -> str:
    """The full address of a clause: ``张政办发〔2011〕187号#1.4.3``."""
    return f"{doc_id}#{clause_id}"


# ---------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Source:
    """What reading a file produced. ``digest``: sha256 of the bytes, hex."""

    path: str
    media_type: str
    text: str
    digest: str
    id: str | None = None  # a .jsonl record may carry its own
    title: str | None = None  # … and its title
    front: tuple[tuple[str, str], ...] = ()  # front matter of a digest card, key → value


class Style(StrEnum):
    """The numbering styles of official documents, outermost first."""

    ATTACHMENT = "附件"
    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    HAN = "一、"
    HAN_PAREN = "（一）"
    ARABIC = "1."
    ARABIC_PAREN = "（1）"
    CIRCLED = "①"


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading's number: its style, its value as the address writes it (``4``, ``12-1``), and as printed."""

    style: Style
    number: str
    raw: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered piece of a document.

    ``span`` is the clause's own text (marker, heading, body up to the next clause's marker);
    ``extent`` reaches over its descendants. The own spans of a document partition its text.
    ``label`` is the address for people (一、(四)3), ``heading`` the words of the heading without the marker, or "".
    """

    id: str
    doc_id: str
    marker: Marker | None
    label: str
    heading: str
    span: Span
    extent: Span
    parent_id: str | None


class Role(StrEnum):
    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what. ``unit`` is the canonical name, ``surface`` the words at ``span``.

    ``marked`` is False for a duty said in prose ("市质监局具体负责日常工作"); ``due`` is as written.
    """

    doc_id: str
    clause_id: str
    role: Role
    unit: str
    surface: str
    span: Span
    due: str | None = None
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A value a clause sets. What the text does not state is None.

    ``comparator``: one of ≥ ≤ = > < 约 提高 下降 累计 新增 …; ``value``: a number as ``"85"``, a range as ``"3-5"``,
    万 and 亿 multiplied out; ``unit``: ``%``, ``个百分点``, ``项``; ``deadline``: ISO date, month or year.
    ``span`` covers subject to unit as far as they stand together.
    """

    doc_id: str
    clause_id: str
    subject: str
    comparator: str | None
    value: str
    unit: str | None
    deadline: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or standard that a clause cites. ``resolved``: its id in the library, or None."""

    doc_id: str
    clause_id: str
    title: str | None
    number: str | None
    alias: str | None
    span: Span
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An oddity of the text, such as a gap in the numbering. Never an exception."""

    code: str
    message: str
    span: Span


class Kind(StrEnum):
    ORIGINAL = "original"
    DIGEST = "digest"


class Status(StrEnum):
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a document binds, as far as it or its card says. ``start`` and ``end`` are ISO dates or years."""

    status: Status = Status.UNKNOWN
    start: str | None = None
    end: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. ``id`` is its 文号, else its title; a .jsonl record keeps its own.

    ``digest`` is the sha256 of the text folded of blanks, widths and brackets, and of the record's own id if it has
    one: two website versions without ids are the same content, two records with different ids never are.
    ``source_digest`` is that of the bytes it was read from.
    """

    id: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    issued: str | None  # ISO date
    validity: Validity
    kind: Kind
    digest: str
    text: str
    clauses: tuple[Clause, ...]
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()
    source_digest: str = ""
    path: str = ""
    aliases: tuple[str, ...] = ()  # words by which other documents cite it, where its card says so


# ---------------------------------------------------------------- questions and answers


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrict a search: to these documents, one issuer, and dates of issue (inclusive)."""

    documents: tuple[str, ...] = ()
    issuer: str | None = None
    issued_from: date | None = None
    issued_to: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. ``history``: the earlier questions of the dialogue, oldest first."""

    text: str
    history: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found. ``ranks``: (search, 1-based place in it), so that a result can be explained."""

    doc_id: str
    clause_id: str
    label: str
    score: float
    ranks: tuple[tuple[str, int], ...] = ()


class Verdict(StrEnum):
    """What the citation check found."""

    VERIFIED = "verified"
    UNCHECKED = "unchecked"
    UNKNOWN_CLAUSE = "unknown_clause"
    WRONG_QUOTE = "wrong_quote"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: ``document.text[span.start:span.end] == quote``."""

    doc_id: str
    clause_id: str
    title: str
    number: str | None
    label: str
    heading: str
    quote: str
    span: Span
    kind: Kind = Kind.ORIGINAL
    verdict: Verdict = Verdict.UNCHECKED

    @property
    def work(self) -> str:
        """The document as people cite it: ``《标题》（文号）``; a digest says so."""
        number = f"（{self.number}）" if self.number and self.number != self.title else ""
        return f"《{self.title}》{number}{'（摘要）' if self.kind is Kind.DIGEST else ''}"

    @property
    def source(self) -> str:
        """Where the quote stands, as people write it: ``《标题》（文号）一、(四)3``."""
        return self.work + self.label

    @property
    def official(self) -> str:
        """The citation as official documents write it: ``《标题》（文号）一、(四)3：“…”``."""
        return f"{self.source}：“{self.quote}”"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the citations (places in ``Answer.citations``) that bear it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict = Verdict.UNCHECKED


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every statement passed the citation check, or a refusal.

    ``reason`` says what is missing when refused; ``nearest`` are the clauses closest to the question then.
    ``confidence`` lies in [0, 1]; ``elapsed`` is in milliseconds.
    """

    question: str
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    refused: bool = False
    reason: str | None = None
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float = 0.0
    elapsed: float = 0.0
    follow_ups: tuple[str, ...] = ()

    @property
    def marked_text(self) -> str:
        """``text`` with the numbers of its citations, counted from 1, behind each statement: ``…牵头。[1]``.

        A statement that announces a list ("市质监局牵头6项:") has none: the lines of the list have them.
        """
        pieces, place = [], 0
        for statement in self.statements:
            start = self.text.find(statement.text, place)
            if start >= 0 and not statement.text.endswith((":", "：")):
                end = start + len(statement.text)
                pieces += [self.text[place:end], *(f"[{number + 1}]" for number in statement.citations)]
                place = end
        return "".join(pieces) + self.text[place:]
