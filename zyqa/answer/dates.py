"""Dates as people write them: a day, a month or a year, read as the days they span."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Span

_NUM = rf"(?:\d{{1,2}}|{HAN_NUMERAL})"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][九〇○零]{{1}}[〇○零一二三四五六七八九]{{2}})\s*(?:年|[-./](?=\d))"
    rf"(?:\s*(?P<month>{_NUM})\s*(?:月份?|[-./](?=\d)|(?![\d年个项]))(?:\s*(?P<day>{_NUM})\s*[日号]?(?!\d))?|"
    rf"\s*(?P<part>底|末|初|中|上半年|下半年|元旦|前))?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, first and last included, and where it was written."""

    first: date
    last: date
    span: Span
    grain: str  # year, month or day

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last

    @property
    def year(self) -> int:
        return self.first.year


def find_dates(text: str) -> Iterator[When]:
    """The dates in a folded text that name a year, in order."""
    for found in _DATE.finditer(text):
        year = number(found["year"].replace("○", "〇"))
        month = number(found["month"]) if found["month"] else None
        day = number(found["day"]) if found["day"] else None
        if year is None or not 1900 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
            continue
        yield _when(year, month, day, found["part"] or "", Span(found.start(), found.end()))


def _when(year: int, month: int | None, day: int | None, part: str, span: Span) -> When:
    if month is None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        if part in ("底", "末"):
            first = date(year, 12, 1)
        elif part == "元旦":
            last = first
        elif part == "初":
            last = date(year, 1, 31)
        elif part == "上半年":
            last = date(year, 6, 30)
        elif part == "下半年":
            first = date(year, 7, 1)
        return When(first, last, span, "year" if first.month != 12 else "month")
    length = monthrange(year, month)[1]
    if day is None or not 1 <= day <= length:
        return When(date(year, month, 1), date(year, month, length), span, "month")
    return When(date(year, month, day), date(year, month, day), span, "day")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch from one date to another as a text writes it: ``2010年6月-2011年7月``."""

    first: date
    last: date
    span: Span


def find_periods(text: str) -> Iterator[Period]:
    """Two dates joined by a dash, 至 or 到."""
    dates = list(find_dates(text))
    for left, right in pairwise(dates):
        if re.fullmatch(r"\s*(?:-+|~|至|到)\s*", text[left.span.end : right.span.start]) and left.first <= right.last:
            yield Period(left.first, right.last, Span(left.span.start, right.span.end))
