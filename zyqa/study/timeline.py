"""The timeline: stages, deadlines and reporting dates, read from the sentences of the clauses. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from zyqa.study.export import Report, table_report
from zyqa.study.ledger import Where, where
from zyqa.study.messages import CHINESE, Messages
from zyqa.text import number, sentences
from zyqa.types import Clause, Document, Span

_YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年"
_DAY = rf"{_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?"
_DASH = r"\s*[-–—―~～至到]+\s*"
_STAGE = re.compile(rf"[（(]\s*(?P<from>{_DAY}|(?:19|20)\d\d){_DASH}(?P<to>{_DAY}|\d{{1,2}}月(?:\d{{1,2}}日)?)\s*[)）]")
_DEADLINE = re.compile(
    rf"(?P<to>{_DAY})(?:底|末)?(?:之?前|以前|为止)|(?:到|至)(?P<by>{_YEAR}(?:\d{{1,2}}月)?)(?:底|末)?"
)
_RECURRING = re.compile(r"每(?:年|半年|季度?|个?月|周)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初)?(?:之?前)?")
_REPORTING = re.compile(r"报送|上报|报告|提交|报备|[将把][^,，。；;]{0,30}报")
_PARTS = re.compile(r"(?:(?P<year>[^年月日]{4})年?)?(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?$")


class Sort(StrEnum):
    STAGE = "stage"
    DEADLINE = "deadline"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Event:
    """``when`` is as written; ``start`` and ``end`` are ISO dates, None where it recurs; ``span`` is the sentence."""

    where: Where
    sort: Sort
    when: str
    start: str | None
    end: str | None
    what: str
    span: Span

    def cells(self, words: Messages) -> tuple[str, ...]:
        place = self.where
        dates = (self.start or "", self.end or "")
        return (place.title, place.label, words(f"sort.{self.sort}"), self.when, *dates, self.what)


def timeline(documents: Iterable[Document]) -> tuple[Event, ...]:
    """All events: those with dates in their order, then those that recur."""
    found = [event for document in documents for clause in document.clauses for event in _events(document, clause)]
    return tuple(sorted(found, key=lambda event: (event.end is None, event.end or "", event.start or "")))


def event_report(events: Iterable[Event], words: Messages = CHINESE) -> Report:
    headers = words.columns("document", "clause", "sort", "when", "start", "end", "what")
    return table_report(words("report.timeline"), headers, (event.cells(words) for event in events))


def _events(document: Document, clause: Clause) -> Iterator[Event]:
    place = where(document, clause)
    stages = False
    for span in sentences(document.text, clause.span):
        sentence = span.cut(document.text)
        if not stages and (stage := _STAGE.search(sentence)):
            stages = True  # a stage's own sentences repeat its dates
            start, end = iso(stage["from"]), iso(stage["to"], year_of=stage["from"], last=True)
            yield Event(place, Sort.STAGE, stage.group()[1:-1], start, end, _STAGE.sub("", place.topic), span)
            continue
        reports = _REPORTING.search(sentence)
        for match in _DEADLINE.finditer(sentence):
            day = match["to"] or match["by"]
            sort = Sort.REPORT if reports and match["to"] else Sort.DEADLINE
            yield Event(place, sort, match.group(), None, iso(day, last=True), _around(sentence, match), span)
        if reports:
            for match in _RECURRING.finditer(sentence):
                yield Event(place, Sort.REPORT, match.group(), None, None, _around(sentence, match), span)


def _around(sentence: str, match: re.Match[str]) -> str:
    """The part of a long sentence that says what the date is for: from the date on, to the next recurring date."""
    if len(sentence) <= 80:
        return sentence
    tail = sentence[match.start() :]
    return tail if len(tail) <= 80 else tail[:80] + "…"


def iso(day: str, *, year_of: str = "", last: bool = False) -> str | None:
    """A written date as an ISO date, None where it is none; an open month or day is the first, or the ``last``.

    ``year_of``: another date, whose year counts where ``day`` names none.
    """
    parts = _PARTS.match(day.strip())
    if not parts:
        return None
    written = parts["year"] or year_of[:4]
    year = number(written) if written else None
    if not year:
        return None
    month = int(parts["month"] or (12 if last else 1))
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    chosen = int(parts["day"] or (length if last else 1))
    return f"{year:04}-{month:02}-{min(chosen, length):02}"
