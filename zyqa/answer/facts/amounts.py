"""Amounts that are no targets: a rate, a term, a fine or a number that a sentence sets for a case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft
from zyqa.answer.facts.prose import pieces
from zyqa.answer.question import Asked, Value
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百半]+)"
_KINDS = tuple(
    (compiled(asked), compiled(looks))
    for asked, looks in (
        (r"(?:多少|几)倍", rf"{_N}倍"),
        (r"(?:多少|几)个?百分点", rf"{_N}个?百分点"),
        (r"百分之[几多]|几成|(?:占比|比[例重]|[费利税]率).{0,8}(?:多少|几|多[大高])", rf"{_N}[%‰成]|百分之"),
        (r"(?:多少|几)个?工作日", rf"{_N}个?工作日"),
        (r"(?:多少|几)个?(?:天|日)", rf"{_N}个?(?:日|天|工作日)"),
        (r"(?:多少|几)个?(?:月|季度)", rf"{_N}个?月"),
        (r"(?:多少|几)年(?!份|度)", rf"{_N}年(?!\d|代|度)"),
        (r"多久|多长|期限", rf"{_N}个?(?:年|月|日|天|周|小时|工作日)(?!\d)"),
        (r"罚款|多少钱|多少元|(?:金额|额度|标准).{0,6}(?:多少|几)|多少[万亿]", rf"{_N}[千万亿百]*元"),
        (r"(?:多少|几)(?:家|户|个|所)(?!工作日|月|百分)", rf"{_N}[家户个所](?!工作日|月|百分)"),
        (r"(?:多少|几)个?(?:人|名|位)", rf"{_N}[人名位]"),
        (r"(?:多少|几)(?:项|条|种|类|次|份)", rf"{_N}(?:项|条|种|类|次|份)"),
        (r"(?:不[高低]于|不超过|不少于|最[高低多少]).{0,6}多少", rf"{_N}(?:[%‰倍]|[万亿]*元(?!及?以[上下]的))"),
    )
)  # fmt: skip
_EACH = compiled(r"分别|各(?:是|为|多少|几)|两[档种类]")
_OVER, _UNDER = compiled(r"超过|以上|大于|高于|多于"), compiled(r"(?<!不)(?:低于|少于|小于)|以下|以内|不超过|不足")
_BEFORE = 2  # pieces before the amount that may say what it is of
_ENOUGH, _OWN = 0.7, 0.35  # of the topic in the sentence and its headings, and with the amount itself
_CASE = 0.3  # what it counts that a sentence names the value of the case that is asked about
_TIE = 0.02
_MOST = 3


@dataclass(frozen=True, slots=True)
class _Place:
    worth: float
    folio: Folio
    sentence: Span
    span: Span


def amount(asked: Asked, desk: Desk) -> Draft | None:
    """The words that set the amount asked for; None where no sentence about the topic has such an amount."""
    looks = next((looks for cue, looks in _KINDS if asked.has(cue)), None)
    if looks is None or not asked.topic.strong:
        return None
    found = list(_places(asked, desk, looks))
    top = max(found, key=lambda place: place.worth, default=None)
    if top is None:
        return None
    if asked.has(_EACH):
        chosen = [place for place in found if place.sentence == top.sentence and place.folio is top.folio]
    else:
        chosen = [place for place in found if place.worth >= top.worth - _TIE]
    spans = dict.fromkeys((place.folio.id, place.span) for place in chosen)
    if len(spans) > _MOST:
        return None
    folios = {place.folio.id: place.folio for place in chosen}
    return Draft(tuple(desk.prose(asked, folios[name], span) for name, span in spans), confidence=min(0.9, top.worth))


def _places(asked: Asked, desk: Desk, looks: re.Pattern[str]) -> Iterator[_Place]:
    """The stretches with such an amount, and how much of the topic they hold."""
    for match in desk.find(asked.topic):
        folio = match.folio
        for holder, told in _holders(folio, match.clause):
            item = "" if holder is match.clause else told
            for sentence in folio.sentences(holder):
                words = sentence.cut(folio.folded)
                if not looks.search(words) or asked.topic.coverage(f"{words}\n{told}") < _ENOUGH:
                    continue
                parts = pieces(folio, sentence)
                for place, part in enumerate(parts):
                    if looks.search(part.cut(folio.folded)):
                        span = _about(asked, folio, parts[max(0, place - _BEFORE) : place + 1])
                        own = asked.topic.coverage(f"{span.cut(folio.folded)}\n{item}")
                        case = sum(_is_case(value, asked, span.cut(folio.folded)) for value in asked.values)
                        if own >= _OWN:
                            yield _Place(0.7 * own + 0.3 * match.coverage + _CASE * case, folio, sentence, span)


def _holders(folio: Folio, clause: Clause) -> Iterator[tuple[Clause, str]]:
    """A clause with its headings; and what an item stands under, which says what holds for it (有下列行为之一的…)."""
    path = "\n".join(folio.heads[up.id] for up in (clause, *folio.ancestors(clause)))
    yield clause, path
    if clause.parent_id and not folio.children.get(clause.id):
        yield folio.by_id[clause.parent_id], f"{path}\n{folio.own[clause.id]}"


def _about(asked: Asked, folio: Folio, parts: list[Span]) -> Span:
    """The last of some pieces, with as many before it as say more of what it is about."""
    first = len(parts) - 1
    for place in range(len(parts) - 2, -1, -1):
        own = asked.topic.coverage(Span(parts[first].start, parts[-1].end).cut(folio.folded))
        if asked.topic.coverage(Span(parts[place].start, parts[-1].end).cut(folio.folded)) > own + 0.1:
            first = place
    return Span(parts[first].start, parts[-1].end)


def _is_case(value: Value, asked: Asked, words: str) -> bool:
    """Whether words name a value of the question, and the same side of it (500万元以上)."""
    found = re.search(rf"(?<![\d.]){re.escape(value.value)}(?![\d.])\s*{re.escape(value.unit)}", words)
    if found is None:
        return False
    near = asked.text[max(0, value.span.start - 4) : value.span.end + 5]
    here = words[max(0, found.start() - 4) : found.end() + 5]
    return not any(bool(side.search(near)) and not side.search(here) for side in (_OVER, _UNDER))
