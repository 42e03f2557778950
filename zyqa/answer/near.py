"""Answers in a large library: the exact route, the tables of the document that is meant, else the words that answer.

Nothing here reads more than the few documents, or of statutes the few articles, that the retriever found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from zyqa.answer import passages
from zyqa.answer.addresses import find_address
from zyqa.answer.answering import answer
from zyqa.answer.asked import asked
from zyqa.answer.desk import Desk
from zyqa.answer.dialogue import readings
from zyqa.answer.draft import Draft, Line, Quote, Refusal
from zyqa.answer.passages import Passage
from zyqa.answer.question import EVERY, Intent
from zyqa.answer.reading import Reader
from zyqa.answer.shelf import Folio
from zyqa.answer.wording import Wording
from zyqa.patterns import compiled
from zyqa.policy.units import Register
from zyqa.search.engine import LocalEngine
from zyqa.search.retriever import Retriever
from zyqa.text import fold, segments, sentences
from zyqa.types import Clause, Document, Hit, Question, Span

_ARTICLES, _DOCUMENTS, _NAMED, _TABLES = 3, 3, 2, 4  # read for an answer
_LONG = 30_000  # characters from which on only the nearest clauses of a document are read
_WHOLE = 160  # characters up to which an article is an answer as it stands
_KEPT = 32  # documents prepared for their tables
_FEW = 400  # clauses up to which a document's tables and outline are asked
_FOLLOWS = compiled(r"^(?:那|那么|它|其|该|这|上述|还有|再|以及|至于)|呢[?。]?$")
_TITLE = compiled(r"《([^《》]+)》")
_ROLES = compiled(r"牵头|配合(?:单位|部门)|责任(?:单位|部门)|负责|主办|协办|分工|任务|职责|身份|承担")
_EXPLICIT = compiled(r"牵头|配合单位|责任单位|主办|协办")  # no text answers such a question that lacks the word
_TARGETS = compiled(r"目标|指标|达到多少|不低于多少")
_FACTS = {Intent.WHO, Intent.TASKS, Intent.TARGET}
_OF_NAMED = {*_FACTS, Intent.ABOUT, Intent.WHEN, Intent.CITES, Intent.STATUS, Intent.OUTLINE}
_ENOUGH, _FEW_PAIRS = 1.8, 2  # of evidence that a document is about the question; few pairs of it are little
_MEANT = 0.5  # of evidence that an article is meant: the share of the question's pairs it has, and its cosine


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The documents that a proposal was made of; a source of documents like the store itself."""

    held: dict[str, Document]

    def document(self, doc_id: str) -> Document:
        """A document, or as much of it as was read."""
        return self.held[doc_id]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft, in the language of the question, with the documents that it was made of."""

    draft: Draft
    language: str
    folios: Sequence[Folio]

    @property
    def source(self) -> Excerpts:
        return Excerpts({folio.id: folio.document for folio in self.folios})


class Near:
    """Answers from what lies near a question. ``desk`` prepares documents for the tables' answers."""

    def __init__(
        self,
        engine: LocalEngine,
        retriever: Retriever,
        wording: Wording,
        register: Register,
        desk: Callable[[list[Folio]], tuple[Desk, Reader]],
    ) -> None:
        self._engine = engine
        self._retriever = retriever
        self._wording = wording
        self._register = register
        self._desk = desk
        self._held: dict[str, tuple[Document, Desk, Reader]] = {}

    def proposals(self, question: Question) -> Iterator[Proposal | Refusal]:
        """What may answer, the surest first; a refusal says what is missing, and nothing comes after it."""
        language = self.language(question.text)
        text, before = self._words(question.text), self._before(question)
        search = self.searched(question)
        if all(map(self._wording.is_filler, segments(fold(search.text)))):
            return
        hits = self._retriever.retrieve(search, _ARTICLES)
        if named := [hit for hit in hits if hit.score == float("inf")]:
            yield self._articles(named, language)
            return
        titled = self._retriever.titled(search)[:_NAMED]
        if titled:
            search = replace(search, filters=replace(search.filters, documents=tuple(titled)))
            hits = self._retriever.retrieve(search, _ARTICLES)
        yield from self._facts(question, titled, hits)
        if refusal := self._nowhere(search.text, titled):
            yield refusal
        elif hits and self._retriever.is_statute(hits[0].doc_id):
            yield from self._of_articles(search, hits, language)
        elif hits:
            yield from self._of_documents(search, text, before, language)

    def searched(self, question: Question) -> Question:
        """What to search for: the question in Chinese words, with the one before it where it follows that."""
        return replace(question, text=f"{self._before(question)} {self._words(question.text)}".strip(), history=())

    def _words(self, text: str) -> str:
        return self._wording.chinese(fold(text)) if self.language(text) == "en" else text

    def language(self, text: str) -> str:
        """The language of a question: "zh" or "en"."""
        return "en" if self._wording.is_english(fold(text)) else "zh"

    def _nowhere(self, text: str, titled: Sequence[str]) -> Refusal | None:
        """A refusal where an address is asked for that no document has, or that any might have."""
        path, place = find_address(fold(text))
        if path is None or place is None:
            return None
        if titled:
            titles = "".join(f"《{self._engine.store.info(one).title}》" for one in titled)
            return Refusal(f"{titles}没有{place.cut(fold(text)).strip()}这一处。")
        if title := _TITLE.search(text):
            return Refusal(f"资料库中没有《{title.group(1)}》。")
        rest = segments(fold(text)[: place.start]) + segments(fold(text)[place.end :])
        if all(map(self._wording.is_filler, rest)):
            return Refusal("资料库中有许多文件,请写明是哪一份文件的条款。")
        return None

    def _before(self, question: Question) -> str:
        """The question before, where this one follows it; else nothing."""
        follows = question.history and _FOLLOWS.search(fold(question.text))
        return question.history[-1] if follows else ""

    # ------------------------------------------------------------ articles

    def _articles(self, hits: Sequence[Hit], language: str) -> Proposal:
        """The articles that the question names, as they stand."""
        folios = [Folio(self._engine.store.excerpt(hit.doc_id, hit.clause_id)) for hit in hits]
        lines = []
        for folio, hit in zip(folios, hits, strict=True):
            first = folio.order[hit.clause_id]
            parts = [(clause.id, _words(folio, clause, first)) for clause in folio.clauses[first:]]
            lines.append(_line(folio, [(name, span) for name, span in parts if span.start < span.end]))
        return Proposal(Draft(tuple(lines), confidence=0.95), language, folios)

    def _of_articles(self, question: Question, hits: Sequence[Hit], language: str) -> Iterator[Proposal]:
        """What the best article says."""
        grams = asked(question.text).grams
        for hit in hits:
            folio = Folio(self._engine.store.excerpt(hit.doc_id, hit.clause_id))
            extent = folio.by_id[hit.clause_id].extent
            found, words = passages.find(question.text, folio.document, extent), fold(extent.cut(folio.text))
            shared = sum(gram in words for gram in grams) / max(1, len(grams))
            evidence = (shared + self._retriever.cosine(question, hit)) * len(grams) / (len(grams) + _FEW_PAIRS)
            if found and evidence >= _MEANT:
                line = _line(folio, _sentences(folio, found[0]))
                yield Proposal(Draft((line,), confidence=min(0.9, found[0].score)), language, [folio])

    # ------------------------------------------------------------ documents

    def _of_documents(self, search: Question, text: str, before: str, language: str) -> Iterator[Proposal]:
        """The words of the best documents that answer."""
        scores = {hit.doc_id: hit.score for hit in self._retriever.documents(search, _DOCUMENTS)}
        documents = {doc_id: self._engine.store.document(doc_id) for doc_id in scores}
        pairs = len(asked(search.text).grams)
        within = {one.id: self._parts(search, one) for one in documents.values() if len(one.text) > _LONG}
        for found in passages.answer_documents(text, documents.values(), before, within):
            evidence = (scores[found.doc_id] + 2 * found.score) * pairs / (pairs + _FEW_PAIRS)
            role = _EXPLICIT.search(search.text)
            if evidence >= _ENOUGH and (role is None or role.group() in _around(documents[found.doc_id], found)):
                folio = Folio(documents[found.doc_id])
                yield Proposal(Draft((_line(folio, found.parts),), confidence=min(0.9, found.score)), language, [folio])

    def _parts(self, search: Question, document: Document) -> list[Span]:
        """The parts of a long document that are read: its clauses nearest to the question."""
        filters = replace(search.filters, documents=(document.id,))
        hits = {hit.clause_id for hit in self._retriever.retrieve(replace(search, filters=filters), _ARTICLES)}
        return [clause.extent for clause in document.clauses if clause.id in hits]

    # ------------------------------------------------------------ tables

    def _facts(self, question: Question, titled: Sequence[str], hits: Sequence[Hit]) -> Iterator[Proposal]:
        """Duties, targets and parts, of documents that are named or else hold what is near the question."""
        wanted = _OF_NAMED if titled else _FACTS
        text = fold(" ".join((*question.history, question.text)))
        if titled or _ROLES.search(text) or _TARGETS.search(text) or self._wording.is_english(text):
            for folio in self._with_tables(titled, text, hits):
                desk, reader = self._prepared(folio)
                turns = [turn for turn in question.history if turn.strip()]
                for read in readings(reader, question.text, turns, desk):
                    outcome = answer([read], desk, EVERY if titled and read.address else wanted)
                    if not isinstance(outcome, Refusal):
                        yield from (Proposal(one.draft, read.language, desk.folios) for one in outcome)

    def _prepared(self, folio: Folio) -> tuple[Desk, Reader]:
        """The desk of one document; kept for the next question."""
        held = self._held.get(folio.id)
        if held is None or held[0] is not folio.document:
            if len(self._held) >= _KEPT:
                self._held.clear()
            held = self._held[folio.id] = (folio.document, *self._desk([folio]))
        return held[1], held[2]

    def _with_tables(self, titled: Sequence[str], text: str, hits: Sequence[Hit]) -> Iterator[Folio]:
        """The documents whose tables are asked: those named, those that give the units named a part, those near."""
        store = self._engine.store
        chosen = list(titled)
        if not chosen:
            units = dict.fromkeys(name for _, name in self._register.find(text))
            near = [hit.doc_id for hit in hits if not self._retriever.is_statute(hit.doc_id)]
            of_units = {duty.doc_id for unit in units for duty in store.duties(unit=unit) if duty.marked}
            chosen = near + sorted(of_units) if len(of_units) <= _NAMED else near
        for doc_id in list(dict.fromkeys(chosen))[:_TABLES]:
            document = store.document(doc_id)
            marked = document.targets or any(duty.marked for duty in document.duties)
            if len(document.clauses) <= _FEW and (titled or marked):
                yield Folio(document)


def _line(folio: Folio, parts: Sequence[tuple[str, Span]]) -> Line:
    """Words of a document as they stand, in one line."""
    text = "".join(re.sub(r"\s*\n\s*", " ", span.cut(folio.text)) for _, span in parts)
    return Line(text.strip(), tuple(Quote(folio, folio.by_id[clause], span) for clause, span in parts))


def _around(document: Document, found: Passage) -> str:
    """The whole of the clauses that a passage is from."""
    touched = {clause for clause, _ in found.parts}
    return "".join(clause.extent.cut(document.text) for clause in document.clauses if clause.id in touched)


def _words(folio: Folio, clause: Clause, first: int) -> Span:
    """A clause's own text; of the first one, without its number."""
    start, end = clause.span.start, clause.span.end
    if folio.order[clause.id] == first and clause.marker:
        start = folio.text.find(clause.marker.raw, start, end) + len(clause.marker.raw)
    words = folio.text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _sentences(folio: Folio, found: Passage) -> list[tuple[str, Span]]:
    """The sentences that hold a passage of an article; all of a short article."""
    clause = folio.by_id[found.parts[0][0]]
    body = _words(folio, clause, folio.order[clause.id])
    if body.end - body.start <= _WHOLE:
        return [(clause.id, body)] if body.start < body.end else list(found.parts)
    span = found.parts[0][1]
    held = [one for one in sentences(folio.text, body) if one.start < span.end and span.start < one.end]
    return [(clause.id, Span(held[0].start, held[-1].end))] if held else list(found.parts)
