"""When: stages, deadlines, reporting rhythms."""

from __future__ import annotations

import re
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Refusal
from zyqa.answer.facts import amounts, stages, targets
from zyqa.answer.facts.cited import named
from zyqa.answer.facts.prose import pieces, trimmed, worded
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Match, Term, Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_RHYTHM_ASKED = compiled(r"多久|多长时间|频率|频次|周期|几次|每(?:季度|半年|年|月)|间隔|隔多|季报|月报")
_RHYTHM = compiled(r"每(?:个|一)?(?:季度|半年|年|月|周|日|两年)|逐年|逐月|按(?:季度?|月|年)|定期|(?:一|两|三)年一次")
_TIME = compiled(r"\d{4}\s*年|每(?:季度|半年|年|月)|\d+\s*个?(?:工作日|日内|天内|月内|年内)|年底|月底|即日|自.{1,12}起")
_BY_WHEN = compiled(r"(?:时候|几月|哪天|几号|何时|哪年|哪个月)(?:之|以)?前|最[晚迟]|截止")
_DUE = compiled(r"\d{1,2}月|\d{4}年[底末]?|[年月季][底末]|[日天月]内|工作日")
_START = compiled(r"开始|启动|起(?!草)|从(?:什么|哪|几|何|啥)")
_TIME_ASKED = compiled(
    r"时间|什么时候|何时|几年|(?:几|多少)个?月|多久|多长|哪(?:几|两|一)?个?(?:年|月|天)|期|阶段(?:是|$)"
)
_TERM = compiled(
    r"(?:多少|几)个?(?:工作日|天|日|月|年)(?:之?内)|多(?:长时间|久)(?!.{0,6}[一几]?[次回份])|几个月到几个月"
)
_DATED = compiled(r"\d{1,2}月|\d{4}年|年底|月底|每(?:季度|半年|年|月)")
_IN_FORCE_ASKED = compiled(r"(?:施行|实施|执行|生效|起用)")
_IN_FORCE = compiled(r"自[^,，。;；]{2,24}起(?:正式)?(?:施行|实施|执行|生效)")
_APIECE = compiled(r"不同|区别|差别|不一样|分别|各(?:是|为|自)")
_LINK = compiled(r"[\s,，]*(?:并且?|同时|以及)?")
_ACTOR_ASKED = compiled(r"谁|哪些?(?:单位|部门)")
_MONTHS = tuple(
    (months, compiled(words))
    for months, words in (
        (1, r"每个?月|月报|一个?月一|按月|逐月"),
        (3, r"每个?季|季报|一个?季度?一|按季"),
        (6, r"每半年|半年一|半年报"),
        (12, r"每年|年年|(?<!半)一年一|按年|逐年"),
    )
)
_BEFORE = compiled(r"(?<!\d)(?P<month>1?\d月)(?:底|末|初|中旬)?(?:之|以)?前")
_WHAT = compiled(r"什么|啥|哪")
_HANDED_IN = compiled(r"[上报递提]?[报交送]{1,2}(?!告)")
_STAGE = compiled(r"阶段|步骤|时期|进度|哪一?步")
_UNIT = 0.5  # what the name of a unit weighs
_ENOUGH = 0.6

Rated = tuple[float, Folio, Span]


def when(asked: Asked, desk: Desk) -> Outcome:
    """The stage, rhythm or date a question asks for."""
    if found := stages.stage(asked, desk):
        return found
    if began := _in_force(asked, desk):
        return began
    due = targets.due(asked, desk) if asked.has(_TIME_ASKED) else None
    return due or (amounts.amount(asked, desk) if asked.has(_TERM) else None) or _sentence(asked, desk)


def _in_force(asked: Asked, desk: Desk) -> Outcome:
    """From when the one document at hand is in force, where that is asked of nothing in it."""
    if len(desk.originals) != 1 or asked.topic.strong or not (asked.has(_IN_FORCE_ASKED) and asked.has(_START)):
        return None
    folio = desk.originals[0]
    found = list(_IN_FORCE.finditer(folio.folded))
    return Draft((desk.prose(asked, folio, folio.sentence_at(found[-1].start())),)) if found else None


def _sentence(asked: Asked, desk: Desk) -> Outcome:
    """The sentence that covers the topic and names a time or a rhythm."""
    pattern = _DUE if asked.has(_BY_WHEN) else _RHYTHM if asked.has(_RHYTHM_ASKED) else _TIME
    if not asked.topic.strong:
        return None
    claimed = _rhythms(asked.cues) if asked.yes_no else []
    if claimed:
        pattern = _RHYTHM
        plain = _without_rhythms(asked.text)
        rest = tuple(term for term in asked.topic.terms if term.text in plain)  # 每年报一次 has no 年报
        asked = replace(asked, topic=replace(asked.topic, terms=rest), text=plain)
    topic = _with_units(asked, desk)
    matches = desk.topics.match(topic, desk.originals)
    if citing := {(row[0].id, row[1].id) for row in named(asked, desk)}:
        matches = [match for match in matches if (match.folio.id, match.clause.id) in citing]
    rated = _timed_sentences(asked, topic, matches, pattern)
    sure = len(asked.topic.strong) > 1 and not asked.topic.strange
    if not rated and sure and asked.has(_TIME_ASKED):  # what the cards say
        rated = _timed_sentences(asked, topic, desk.topics.match(topic, desk.folios), pattern)
    top = max((item[0] for item in rated), default=0.0)
    best = [item for item in rated if item[0] >= top - 0.02][:3]
    if len(best) == 1 and asked.has(_APIECE):
        best = [item for item in rated if item[1] is best[0][1] and _holder(item) == _holder(best[0])][:3]
    spans = [(folio, _timed(asked, topic, folio, span, pattern)) for _, folio, span in best]
    lines = tuple(desk.prose(asked, *place) for place in spans)
    if len(claimed) == len(lines) == 1 and (told := _rhythms(spans[0][1].cut(spans[0][0].folded))):
        lines = (Line(say(asked.language, "yes" if claimed[0] in told else "no") + lines[0].text, lines[0].quotes),)
    return Draft(lines, confidence=top) if lines else None


def _rhythms(text: str) -> list[int]:
    """The rhythms of a text (每季度, 半年一次), each as its months."""
    return [months for months, words in _MONTHS if words.search(text)]


def _without_rhythms(text: str) -> str:
    for _, words in _MONTHS:
        text = words.sub("", text)
    return text


def due(asked: Asked, desk: Desk) -> Outcome:
    """What is due before the months that a question names (七月底前要报什么)."""
    months = list(dict.fromkeys(found["month"] for found in _BEFORE.finditer(asked.text)))
    if not months or not asked.has(_WHAT) or asked.has(_STAGE) or asked.values:
        return None
    lines = []
    for month in months:
        place = compiled(rf"(?<!\d){re.escape(month)}(?:底|末|初|中旬)?(?:之|以)?前")
        found = [
            (asked.topic.coverage(span.cut(folio.folded)), folio, span)
            for folio in desk.originals
            for match in place.finditer(folio.folded)
            for span in [_phrase(folio, match.start())]
            if not any(year and year not in span.cut(folio.folded) for year in [_year(asked, month)])
        ]
        top = max((share for share, _, _ in found), default=0.0)
        lines += [desk.prose(asked, folio, span) for share, folio, span in found if share == top]
    if not lines and asked.dates and asked.has(_HANDED_IN):
        return Refusal(
            f"{subject(desk)}没有规定{'、'.join(one.span.cut(asked.text) for one in asked.dates)}前报送的事项。"
        )
    return Draft(tuple(dict.fromkeys(lines))) if lines and len(lines) >= len(months) else None


def _year(asked: Asked, month: str) -> str | None:
    """The year that a question names with a month."""
    found = re.search(rf"(\d{{4}}年)\s*{re.escape(month)}", asked.text)
    return found and found.group(1)


def _phrase(folio: Folio, place: int) -> Span:
    """The words between two commas around a place, without those that link them to what is before."""
    around = next(part for part in pieces(folio, folio.sentence_at(place)) if part.start <= place < part.end)
    link = _LINK.match(around.cut(folio.text))
    return Span(around.start + (link.end() if link else 0), around.end)


def _timed_sentences(asked: Asked, topic: Topic, matches: list[Match], pattern: re.Pattern[str]) -> list[Rated]:
    """The sentences that name a time and hold the topic, with how much of it."""
    rated = []
    for match in matches:
        for span in match.folio.sentences(match.clause):
            words = span.cut(match.folio.folded)
            if found := pattern.search(words):
                head = match.folio.heads[match.clause.id]
                if asked.topic.coverage(words + "\n" + head) >= _ENOUGH:
                    vague = 0.05 if found.group() == "定期" else 0.0
                    share = topic.coverage(words + "\n" + head) - vague + worded(asked, words)
                    rated.append((share, match.folio, span))
    return rated


def _holder(item: Rated) -> Clause:
    return item[1].clause_at(item[2].start)


def _with_units(asked: Asked, desk: Desk) -> Topic:
    """The topic and the units named, in every word for them: they tell phrases with several times apart."""
    units = (Term(name, (name, *desk.wording.others(name)), _UNIT, True) for name in asked.surfaces)
    return Topic((*asked.topic.terms, *units))


def _timed(asked: Asked, topic: Topic, folio: Folio, sentence: Span, pattern: re.Pattern[str]) -> Span:
    """The part of a sentence with both the topic and the time."""
    several = len(_DATED.findall(sentence.cut(folio.folded))) > 1 and not asked.has(_ACTOR_ASKED)
    if several and (own := _own_date(topic, folio, sentence, pattern)):
        return own
    if sentence.end - sentence.start <= 110:
        return sentence
    shown = trimmed(asked.topic, folio, sentence)
    if pattern.search(shown.cut(folio.folded)):
        return shown
    found = pattern.search(sentence.cut(folio.folded))
    start = min(shown.start, sentence.start + found.start()) if found else shown.start
    return Span(start, shown.end)


def _own_date(topic: Topic, folio: Folio, sentence: Span, pattern: re.Pattern[str]) -> Span | None:
    """Of a sentence with several times the phrase that has the topic and its time, where one alone has them."""
    rated = [(topic.coverage(part.cut(folio.folded)), part) for part in pieces(folio, sentence)]
    share, best = max(rated, key=lambda item: item[0])
    rivals = [part for other, part in rated if other >= share - 0.05 and part != best]
    if rivals or share < _ENOUGH or not pattern.search(best.cut(folio.folded)):
        return None
    start = best.start + len(_LINK.match(best.cut(folio.text)).group())  # type: ignore[union-attr]
    return Span(start, best.end)
