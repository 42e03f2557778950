"""Targets as lines of an answer: each in the words of its clause, with its subject, branch, deadline and label."""

from __future__ import annotations

import re
from functools import cache

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Clause, Span, Target

_YEAR = compiled(r"20\d\d年")
_HAVING = compiled(r"有没有|有无|是否有|有.{0,8}[吗么没]")
_DUE = compiled(r"期限|时限|到期|截止|什么时候|啥时候|何时|哪一?年|几年")
_ALL_OF_IT = 0.9
_SUBJECT = 3  # as many characters of a subject tell it
_BRANCH = 8  # a longer heading names no branch

Row = tuple[Folio, Clause, Target]


def around(folio: Folio, target: Target) -> Span:
    """The target with its neighbouring words up to the commas."""
    return folio.phrase_around(target.span)


def same(target: Target, value: str, unit: str) -> bool:
    return target.value == value and (target.unit or "") == unit


def listed(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    spans: dict[tuple[str, Span], tuple[Folio, Clause, Target]] = {}
    for folio, clause, target in rows:
        spans.setdefault((folio.id, _shown(folio, target)), (folio, clause, target))
    headed = len({clause.id for _, clause, _ in spans.values()}) > 1
    lines = tuple(
        _line(asked, desk, folio, clause, target, span, headed=headed)
        for (_, span), (folio, clause, target) in spans.items()
    )
    if not lines:
        return None
    if asked.yes_no and asked.values and asked.topic.strong:
        return Draft((_judged(asked, rows[0], lines[0]), *lines[1:]))
    if len(lines) == 1:
        return Draft((affirmed(asked, lines[0]),))
    if len(lines) > 3:
        quotes = tuple(line.quotes[0] for line in lines)
        return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines))
    return Draft(lines)


def affirmed(asked: Asked, line: Line) -> Line:
    """The line, after a yes where one is asked for and the quoted words hold all of the question's."""
    if not asked.yes_no or asked.values or asked.negated or not asked.topic.strong:
        return line
    quoted = "\n".join(quote.span.cut(quote.folio.folded) + quote.folio.heads[quote.clause.id] for quote in line.quotes)
    if asked.topic.coverage(quoted) < _ALL_OF_IT:
        return line
    return Line(say(asked.language, "have" if asked.has(_HAVING) else "yes") + line.text, line.quotes)


def _judged(asked: Asked, row: Row, line: Line) -> Line:
    """The line after a yes or no: whether the target's value is the one asked about."""
    value = asked.values[0]
    if same(row[2], value.value, value.unit):
        return Line(say(asked.language, "yes") + line.text, line.quotes)
    written = f"{value.value}{value.unit}"
    return Line(say(asked.language, "not.value", value=written) + line.text, line.quotes)


def _shown(folio: Folio, target: Target) -> Span:
    """The target's phrase, from its subject on where that stands before it in the sentence."""
    phrase = around(folio, target)
    words = phrase.cut(folio.text)
    if target.subject[:_SUBJECT] in words:
        return phrase
    sentence = folio.sentence_at(target.span.start)
    for size in range(len(target.subject), _SUBJECT, -1):
        place = folio.text.find(target.subject[:size], sentence.start, phrase.start)
        if place >= 0:
            return Span(place, phrase.end)
    return phrase


def _line(
    asked: Asked, desk: Desk, folio: Folio, clause: Clause, target: Target, span: Span, *, headed: bool = False
) -> Line:
    """The target's words with deadline and label; ``headed``: after the branch that the clause's heading names."""
    label = desk.label(folio, clause)
    if headed and asked.language == "zh" and 0 < len(clause.heading) <= _BRANCH:
        label = f"{label} {clause.heading}"
    quoted = span.cut(folio.text)
    quotes = [Quote(folio, clause, span)]
    deadline = deadline_of(folio, target, span, above=asked.intent is Intent.WHEN or asked.has(_DUE))
    if deadline:
        text = say(asked.language, "target.by", deadline=deadline.cut(folio.text), quote=quoted, label=label)
        holder = folio.clause_at(deadline.start)
        quotes.append(Quote(folio, holder, deadline))
    else:
        text = say(asked.language, "target", quote=quoted, label=label)
    return Line(text, tuple(quotes))


def deadline_of(folio: Folio, target: Target, span: Span, *, above: bool = False) -> Span | None:
    """Where the clause says by when, if the shown words do not; with ``above`` also where a clause above it does."""
    if not target.deadline or _YEAR.search(span.cut(folio.text)):
        return None
    clause = folio.clause_at(span.start)
    stated = _stated(target.deadline[:4])
    places = [Span(clause.span.start, span.start), *(up.span for up in folio.ancestors(clause) if above)]
    for place in places:
        if found := list(stated.finditer(folio.folded, place.start, place.end)):
            return Span(*found[-1].span())
    return None


@cache
def _stated(year: str) -> re.Pattern[str]:
    """A deadline in that year."""
    end = r"(?:\d{1,2}月)?[底末]?"
    return compiled(rf"[到至]{year}年{end}(?:之?前)?|{year}年{end}之?前|{year}年(?:\d{{1,2}}月)?[底末]|{year}年(?=,)")
