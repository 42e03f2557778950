"""What goes over the wire under /api. The shapes of answers and hits are those of ``--json`` on the command line."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from zyqa.types import Filters, Question


class FilterModel(BaseModel):
    """Restrict a search; dates are dates of issue, inclusive."""

    documents: list[str] = []
    issuer: str | None = None
    issued_from: date | None = None
    issued_to: date | None = None

    def value(self) -> Filters:
        return Filters(tuple(self.documents), self.issuer, self.issued_from, self.issued_to)


class AskModel(BaseModel):
    question: str
    history: list[str] = Field([], description="the earlier questions of the dialogue, oldest first")
    filters: FilterModel = FilterModel()

    def value(self) -> Question:
        return Question(self.question, tuple(self.history), self.filters.value())


class SearchModel(AskModel):
    k: int = Field(10, ge=1, le=1000)


class CitationModel(BaseModel):
    document: str
    title: str
    clause: str
    label: str
    heading: str
    quote: str
    start: int
    end: int


class HitModel(BaseModel):
    document: str
    clause: str
    label: str
    score: float


class AnswerModel(BaseModel):
    question: str
    answer: str
    refused: bool
    confidence: float
    citations: list[CitationModel]
    nearest: list[HitModel]
    notes: list[str]
    elapsed_ms: float


class HitsModel(BaseModel):
    hits: list[HitModel]


class DocumentModel(BaseModel):
    """A document without its text; ``kind`` is original or digest."""

    id: str
    title: str
    number: str | None
    issuers: list[str]
    issued: str | None
    status: str
    kind: str
    clauses: int
    duties: int
    targets: int
    references: int


class DocumentsModel(BaseModel):
    documents: list[DocumentModel]


class ClauseModel(BaseModel):
    """``text`` is the clause's own text at ``start``; sub-clauses are listed by id in ``children``."""

    document: str
    title: str
    clause: str
    label: str
    heading: str
    text: str
    start: int
    end: int
    parent: str | None
    children: list[str]


class ErrorDetail(BaseModel):
    type: str
    message: str
    hint: str


class ErrorModel(BaseModel):
    error: ErrorDetail


class HealthModel(BaseModel):
    status: str
    documents: int
