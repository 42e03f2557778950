"""An answer before it is checked: lines of text, each with the quotes that bear it; or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field

from zyqa.answer.shelf import Folio
from zyqa.types import Citation, Clause, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a clause that bear a line."""

    folio: Folio
    clause: Clause
    span: Span

    def citation(self) -> Citation:
        document = self.folio.document
        return Citation(
            doc_id=document.id,
            clause_id=self.clause.id,
            title=document.title,
            number=document.number,
            label=self.clause.label,
            heading=self.clause.heading,
            quote=self.span.cut(document.text),
            span=self.span,
            kind=document.kind,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of an answer. ``lead``: it introduces the lines after it and stands only with them."""

    text: str
    quotes: tuple[Quote, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines in order, notes, and how sure the evidence makes us, in [0, 1].

    ``explained``: words of the question that no document holds and the answer need not hold, as they say who asks.
    """

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    confidence: float = 0.9
    follow_ups: tuple[str, ...] = ()
    explained: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer: what is missing, and the clauses nearest to the question."""

    reason: str
    nearest: tuple[tuple[Folio, Clause, float], ...] = field(default=())


Outcome = Draft | Refusal | None
