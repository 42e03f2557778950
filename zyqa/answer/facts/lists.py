"""Lists inside a sentence (黑河、梨园河、隆畅河): which of them a question asks the items of, or counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome
from zyqa.answer.facts import prose
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Clause, Span

_ITEM = r"[^、,。;:!?()“”《》\s]{1,30}"
_LIST = compiled(rf"{_ITEM}(?:、{_ITEM})+")
_AND = compiled(r"(?<!等)(?:以及|[和及与或])")
_MEASURE = r"[大个条类种项家处点块样道门套座]"
_N = rf"(?P<number>{HAN_NUMERAL}|\d{{1,2}})"
_AFTER = compiled(rf"(?:哪?(?:几|多少)|哪些|哪?{_N}){_MEASURE}*(?P<noun>[㐀-鿿]{{1,8}})")
_BEFORE = compiled(
    rf"(?P<noun>[㐀-鿿]{{1,8}}?)(?:一共|总共|共|都|各)?(?:有|是|分为?|包括|为)哪?(?:几|多少|哪些|{_N}){_MEASURE}?"
)
_HOW_MANY = compiled(rf"(?:有|共|分|是)?(?:几|多少){_MEASURE}")
_GENERAL = compiled(r"行业|领域|方面|对象|内容|环节|地方|门类|品种|范围|东西|种类|类型|项目|情况|问题|工作|事")
_OBJECTS = compiled(
    r"(?P<verb>[㐀-鿿]{2})(?:了|到|着)?(?:哪些|哪几|几)[大个条类种项处点块样道门]*(?P<noun>[㐀-鿿]{1,4})"
)
_ENOUGH, _LONGEST, _ITEM_SIZE = 0.6, 8, 14
_LISTS = 4096  # kept


@dataclass(frozen=True, slots=True)
class _List:
    """A list in a sentence: its items, the last with what follows it up to the pause."""

    folio: Folio
    clause: Clause
    span: Span
    items: tuple[str, ...]

    def fit(self, nouns: list[str]) -> int:
        """The length of the longest of the nouns that names the items; 0 where none does."""
        ending, opening = _shared(self.items)
        first, last = self.items[0], self.items[-1]
        named = [noun for noun in nouns if ending.endswith(noun) and noun in last]
        named += [noun for noun in nouns if len(noun) > 1 and opening.startswith(noun) and noun in first]
        named += [noun for noun in nouns if len(noun) > 1 and noun in last[1:]]
        return max(map(len, named), default=0)

    def is_object(self, verb: str) -> bool:
        """Whether the list is what a verb acts on (覆盖现代物流、金融保险…)."""
        first = self.items[0]
        return verb in first[:-1] or self.folio.folded.endswith(verb, 0, self.span.start)


def listed(asked: Asked, desk: Desk) -> Outcome:
    """The items of the list that a question asks for, or how many they are; None where no list fits."""
    objects = [match for match in _OBJECTS.finditer(asked.cues) if _GENERAL.match(match["noun"])]
    found = [*_AFTER.finditer(asked.cues), *_BEFORE.finditer(asked.cues)]
    if not found or asked.units:
        return None
    nouns = [run for match in found for run in _runs(match["noun"], end=match.re is _BEFORE)]
    nouns += [term.text for term in asked.topic.terms if any(term.text in match["noun"] for match in found)]
    wanted = next((number(match["number"]) for match in found if match["number"]), None)
    rated = []
    for one in _lists(desk):
        if (fit := one.fit(nouns)) and wanted in (None, len(one.items)):
            rated.append((_covered(asked, one, nouns, fit) + 0.01 * fit, one))
        elif acts := next((match for match in objects if one.is_object(match["verb"])), None):
            rated.append((_covered(asked, one, [acts["noun"]], len(acts["noun"])), one))
    top = max((share for share, _ in rated), default=0.0)
    chosen = [one for share, one in rated if share == top]
    if top < _ENOUGH or len(chosen) > 1:
        return None
    return Draft((_line(asked, desk, chosen[0]),), confidence=0.8)


@lru_cache(maxsize=_LISTS)
def _shared(items: tuple[str, ...]) -> tuple[str, str]:
    """How all items but the last end, and how all but the first begin."""
    return _common([item[::-1] for item in items[:-1]])[::-1], _common(list(items[1:]))


def _common(words: list[str]) -> str:
    """How all of the words begin."""
    return "".join(chars[0] for chars in takewhile(lambda chars: len(set(chars)) == 1, zip(*words, strict=False)))


def _runs(words: str, *, end: bool) -> Iterator[str]:
    """The runs of characters that may be the noun: those next to the number."""
    yield from (words[-size:] if end else words[:size] for size in range(1, min(len(words), _LONGEST) + 1))


def _covered(asked: Asked, one: _List, nouns: list[str], fit: int) -> float:
    """How far the sentence and the headings hold what else the question says."""
    noun = next(noun for noun in nouns if len(noun) == fit)
    rest = Topic(tuple(term for term in asked.topic.terms if term.text not in noun), strange=asked.topic.strange)
    total = rest.weight + sum(term.weight for term in rest.strange)
    if not total:
        return 1.0
    sentence = one.folio.sentence_at(one.span.start).cut(one.folio.folded)
    heads = "".join(one.folio.heads[up.id] for up in (one.clause, *one.folio.ancestors(one.clause)))
    return rest.coverage(sentence + heads) * rest.weight / total


def _line(asked: Asked, desk: Desk, one: _List) -> Line:
    span = prose.trimmed(asked.topic, one.folio, one.folio.sentence_at(one.span.start))
    line = desk.prose(asked, one.folio, span if span.contains(one.span) else one.folio.phrase_around(one.span))
    plain = not any(_AND.search(item.partition("等")[0]) for item in one.items)
    if plain and _HOW_MANY.search(asked.cues) and asked.language == "zh":
        return Line(f"共{len(one.items)}个。{line.text}", line.quotes)
    return line


def _lists(desk: Desk) -> Iterator[_List]:
    for folio in desk.originals or desk.folios:
        yield from _of_folio(folio)


@lru_cache(maxsize=32)
def _of_folio(folio: Folio) -> tuple[_List, ...]:
    found = []
    for clause in folio.clauses:
        body = folio.body_span(clause)
        for match in _LIST.finditer(folio.folded, body.start, body.end) if clause.marker else ():
            found += [_List(folio, clause, span, items) for span, items in _parted(match)]
    return tuple(found)


def _parted(match: re.Match[str]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """A list, or two where the first ends in 等 (质监、环保、建设等部门对产品质量、环境质量…)."""
    items, start = match.group().split("、"), match.start()
    ends = next((place for place, item in enumerate(items[:-1]) if place and "等" in item), None)
    if ends is not None:
        first, rest = items[: ends + 1], items[ends:]
        length = len("、".join(first)) - len(first[-1]) + first[-1].index("等")
        yield Span(start, start + length), (*first[:-1], first[-1].partition("等")[0])
        items, start = rest, match.end() - len("、".join(rest))
    *firsts, last = items
    yield Span(start, match.end()), (*firsts, *_last_items(last))


def _last_items(words: str) -> tuple[str, ...]:
    """The last two items (城西园区和城南园区), or one with what follows it (招商等领域实现信息的应用和共享)."""
    joined = _AND.search(words)
    if joined is None or joined.start() > _ITEM_SIZE or "等" in words[: joined.start()]:
        return (words,)
    return words[: joined.start()], words[joined.end() :]
