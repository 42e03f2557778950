"""Numbers that running text states and no target has: amounts, terms, rates, fines, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zyqa.answer.asked import asked as asked_for
from zyqa.answer.asked import grams
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts.prose import pieces
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.text import HAN_NUMERAL
from zyqa.types import Clause, Span

_COVERED, _KNOWN, _STRONG = 0.75, 0.5, 0.5
_CLAUSES = 12  # looked into
_LIMIT = 110  # characters shown
_NEAR = 2  # stretches between commas up to a number that say what it is of
_N = rf"(?:\d+(?:\.\d+)?|{HAN_NUMERAL})"
_KINDS = (  # how a question asks, and how what answers it looks
    (
        re.compile(r"百分之|百分比|几成|比例|占比|[费利税]率|(?<![一效])率[^,。]{0,8}(?:多少|几)"),
        re.compile(rf"\d[\d.]*[%‰]|百分之{_N}|{_N}成"),
    ),
    (re.compile(r"多少倍|几倍"), re.compile(rf"{_N}倍")),
    (
        re.compile(r"(?:多少|几)个?(?:工作日|[天日])|多久|多长|期限"),
        re.compile(rf"{_N}个?(?:工作日|[日天](?![起至])|周|小时|月|年)(?!\d)"),
    ),
    (re.compile(r"(?:多少|几)个?(?:年|月|小时)"), re.compile(rf"{_N}个?(?:月|年|小时)(?!\d)")),
    (
        re.compile(r"罚(?:款)?[^,。]{0,6}(?:多少|几)|(?:多少|几)[百千万亿]*元|多少钱"),
        re.compile(r"\d[\d.]*[百千万亿]*元"),
    ),
)
_COUNTED = re.compile(r"(?:多少|几)(?P<unit>[个家项户种条所处名人次倍期届份批辆台亩吨件场类])")
_SEVERAL = re.compile(r"分别|各(?:是|为|多|有|不|要)|两[档类种]|从.{1,12}到")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a sentence: ``share`` of the topic that its surroundings cover, ``fit`` of the words before it."""

    folio: Folio
    sentence: Span
    span: Span
    share: float
    fit: float


def figures(asked: Asked, desk: Desk) -> Outcome:
    """The words of the text that state the number asked for; None where no number stands with the topic."""
    looks = _looks(asked)
    if looks is None or not asked.topic.weight:
        return None
    found = [figure for figure in _figures(asked, desk, looks) if figure.share >= _COVERED]
    if not found:
        return None
    best = max(found, key=lambda figure: (figure.share + figure.fit, -figure.span.start))
    shown = _shown(asked, best, [one.span for one in found if one.sentence == best.sentence])
    return Draft((desk.prose(asked, best.folio, shown),), confidence=min(0.9, best.share))


def _looks(asked: Asked) -> re.Pattern[str] | None:
    """How the number asked for is written; None where none is asked for."""
    for wanted, looks in _KINDS:
        if wanted.search(asked.cues):
            return looks
    if counted := _COUNTED.search(asked.cues):
        return re.compile(rf"{_N}{counted['unit']}")
    return None


def _figures(asked: Asked, desk: Desk, looks: re.Pattern[str]) -> Iterator[_Figure]:
    """The numbers in the clauses that hold most of the topic, and in those that these are items of."""
    wanted = asked_for(asked.text).grams
    for match in desk.find(asked.topic)[:_CLAUSES]:
        folio = match.folio
        for holder, told in _holders(folio, match.clause):
            for sentence in folio.sentences(holder):
                words = sentence.cut(folio.folded)
                share = _share(asked.topic, f"{words}\n{told}", folio)
                for found in looks.finditer(words):
                    if found.group() not in asked.text:
                        span = Span(sentence.start + found.start(), sentence.start + found.end())
                        yield _Figure(folio, sentence, span, share, _fit(wanted, folio, sentence, span, looks))


def _holders(folio: Folio, clause: Clause) -> Iterable[tuple[Clause, str]]:
    """A clause, and the one it is an item of, each with the words beside its sentences that tell of what they speak."""
    heads = "\n".join(folio.heads[one.id] for one in (clause, *folio.ancestors(clause)))
    yield clause, heads
    if clause.parent_id and not folio.children.get(clause.id):
        yield folio.by_id[clause.parent_id], f"{heads}\n{folio.own[clause.id]}"


def _share(topic: Topic, words: str, folio: Folio) -> float:
    """The share of the topic that words and title cover; nothing where they lack one of its strong terms."""
    text = f"{words}\n{folio.title}"
    if any(term.cover(text) < _KNOWN for term in topic.terms if term.weight >= _STRONG):
        return 0.0
    return topic.coverage(text)


def _fit(wanted: frozenset[str], folio: Folio, sentence: Span, span: Span, looks: re.Pattern[str]) -> float:
    """The share of the question's character pairs in the words up to this number: after the one before, or near it."""
    before = [found.end() for found in looks.finditer(folio.folded, sentence.start, span.start)]
    near = [part.start for part in pieces(folio, sentence) if part.start < span.start][-_NEAR:]
    words = folio.folded[max(before[-1] if before else sentence.start, near[0]) : span.end]
    return len(wanted & grams(words)) / max(1, len(wanted))


def _shown(asked: Asked, figure: _Figure, others: list[Span]) -> Span:
    """The number with the words it belongs to; the whole sentence where it is short or several numbers are wanted."""
    parts = pieces(figure.folio, figure.sentence)
    spans = others if _SEVERAL.search(asked.cues) else [figure.span]
    last = max(place for place, part in enumerate(parts) if any(part.contains(span) for span in spans))
    rivals = [span for span in others if span not in spans and span.end <= spans[0].start]
    first = next((place + 1 for place in range(last, -1, -1) if any(parts[place].contains(one) for one in rivals)), 0)
    while first < last and parts[last].end - parts[first].start > _LIMIT:
        first += 1
    return Span(parts[min(first, last)].start, parts[last].end)
