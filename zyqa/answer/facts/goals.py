"""What a clause is to have reached, in its own words: the sentences from its deadline on, with numbers or without."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Quote
from zyqa.answer.facts.outline import named_heading
from zyqa.answer.facts.prose import clause_text, pieces
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_YEAR = r"(?:19|20)\d\d年"
_DUE = compiled(rf"(?:到|至|力争|争取|确保){_YEAR}|{_YEAR}[底末]?之?前|{_YEAR}[底末]?[,，]")
_LONGEST = 450  # characters; what is longer is no statement of goals
_ENOUGH, _SURE = 0.6, 0.8
_REACHED = compiled(r"(?:实现|达到|完成|做到|建成|形成)(?:什么|啥|哪)|目标")
_CLAUSES = 8  # looked into


def stretch(folio: Folio, clause: Clause) -> Span | None:
    """Where a clause says what is to be reached: from the deadline on, or all where the clause above states it."""
    return _stretches(folio).get(clause.id)


@lru_cache(maxsize=32)
def _stretches(folio: Folio) -> dict[str, Span]:
    found = ((clause.id, _stretch(folio, clause)) for clause in folio.clauses)
    return {path: span for path, span in found if span}


def _stretch(folio: Folio, clause: Clause) -> Span | None:
    sentences = folio.sentences(clause)
    if not sentences:
        return None
    start = None
    for sentence in sentences:
        if due := _DUE.search(folio.folded, sentence.start, sentence.end):
            start = due.start()
            break
    if start is None and any(_DUE.search(folio.own[up.id]) for up in folio.ancestors(clause)):
        start = sentences[0].start
    if start is None:
        return None
    ends = [sentence.end for sentence in sentences if start < sentence.end <= start + _LONGEST]
    return Span(start, ends[-1]) if ends else None


def told(asked: Asked, desk: Desk, places: Sequence[tuple[Folio, Clause]]) -> Draft | None:
    """What clauses are to have reached, as they say it; None where one of them says nothing so."""
    spans = [(folio, clause, stretch(folio, clause)) for folio, clause in places]
    lines = tuple(_line(asked, desk, folio, clause, span) for folio, clause, span in spans if span)
    return Draft(lines) if lines and len(lines) == len(spans) else None


def _line(asked: Asked, desk: Desk, folio: Folio, clause: Clause, span: Span) -> Line:
    text = say(asked.language, "prose", label=desk.label(folio, clause), quote=span.cut(folio.text).rstrip("。;；"))
    return Line(text, (Quote(folio, clause, span),))


def section(asked: Asked, desk: Desk) -> Draft | None:
    """What stands under the heading for a document's goals (主要目标, 工作目标), where the question names it."""
    place = named_heading(asked.text, desk)
    if place is None or "目标" not in place[1].heading or place[0].children.get(place[1].id):
        return None
    if any(term.cover(place[0].title) < _ENOUGH for term in asked.topic.strong):
        return None
    return told(asked, desk, [place]) or clause_text(asked, desk, *place)


def of_year(asked: Asked, desk: Desk) -> Draft | None:
    """What is to be reached by the year asked about, in words without numbers: the sentence with that deadline."""
    if not (asked.dates and asked.has(_REACHED) and asked.topic.strong):
        return None
    due = compiled(rf"(?:到|至|力争|争取|确保){asked.dates[-1].year}年[^,，。]{{0,3}}[,，]")
    for folio in desk.originals:
        for found in due.finditer(folio.folded):
            span = folio.sentence_at(found.start())
            if asked.topic.coverage(f"{folio.title}\n{span.cut(folio.folded)}") >= _SURE:
                return Draft((_line(asked, desk, folio, folio.clause_at(span.start), span),))
    return None


def of_topic(asked: Asked, desk: Desk) -> Draft | None:
    """The goals of the clause that the topic means."""
    for match in desk.best(asked.topic, enough=_ENOUGH):
        if draft := told(asked, desk, [(match.folio, match.clause)]):
            return draft
    return None


def phrase(asked: Asked, desk: Desk) -> tuple[float, Folio, Span] | None:
    """The words between two commas that hold most of the topic, with the headings above them, and how much."""
    best: tuple[float, Folio, Span] | None = None
    for match in desk.find(asked.topic)[:_CLAUSES]:
        folio = match.folio
        path = "\n".join(folio.heads[up.id] for up in (match.clause, *folio.ancestors(match.clause)))
        for _, sentence in desk.topics.best_sentences(asked.topic, folio, match.clause)[:2]:
            for span in pieces(folio, sentence):
                share = asked.topic.coverage(span.cut(folio.folded) + "\n" + path)
                if best is None or share > best[0]:
                    best = share, folio, span
    return best
