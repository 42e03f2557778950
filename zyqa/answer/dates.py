"""Dates as people write them: a day, a month, a season, a holiday or a year, read as the days they span."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Span

_MONTHS = [(n, name) for n, names in enumerate(("1一", "2两二", "3三", "4四", "5五", "6六"), 1) for name in names]
_PARTS: dict[str, tuple[int, int, int, int]] = {  # part of a year: first month and day, last month and day
    **dict.fromkeys(("元旦", "新年"), (1, 1, 1, 1)),
    **dict.fromkeys(("三八", "妇女节"), (3, 8, 3, 8)),
    **dict.fromkeys(("清明", "清明节"), (4, 4, 4, 6)),
    **dict.fromkeys(("五一", "劳动节"), (5, 1, 5, 1)),
    **dict.fromkeys(("六一", "儿童节"), (6, 1, 6, 1)),
    **dict.fromkeys(("七一", "建党节"), (7, 1, 7, 1)),
    **dict.fromkeys(("八一", "建军节"), (8, 1, 8, 1)),
    **dict.fromkeys(("十一", "国庆"), (10, 1, 10, 7)),
    **dict.fromkeys(("教师节",), (9, 10, 9, 10)),
    **dict.fromkeys(("圣诞",), (12, 25, 12, 25)),
    **dict.fromkeys(("春节", "过年", "元宵"), (1, 21, 3, 5)),  # by the moon: the days it can fall on
    **dict.fromkeys(("端午",), (5, 28, 6, 25)),
    **dict.fromkeys(("中秋",), (9, 8, 10, 6)),
    **dict.fromkeys(("初", "年初"), (1, 1, 1, 31)),
    **dict.fromkeys(("中", "年中"), (6, 1, 7, 31)),
    **dict.fromkeys(("底", "末", "年底", "年末"), (12, 1, 12, 31)),
    **dict.fromkeys(("上半年",), (1, 1, 6, 30)),
    **dict.fromkeys(("下半年",), (7, 1, 12, 31)),
    **dict.fromkeys(("春天", "春季"), (3, 1, 5, 31)),
    **dict.fromkeys(("夏天", "夏季", "暑假"), (6, 1, 8, 31)),
    **dict.fromkeys(("秋天", "秋季"), (9, 1, 11, 30)),
    **dict.fromkeys(("冬天", "冬季"), (12, 1, 12, 31)),
    **{f"{name}季度": (3 * place + 1, 1, 3 * place + 3, 31) for place, name in enumerate("一二三四")},
    **{f"{edge}{name}个月": (13 - n, 1, 12, 31) for edge in ("最后", "末尾") for n, name in _MONTHS},
    **{f"{edge}{name}个月": (1, 1, n, 31) for edge in ("头", "前", "开头") for n, name in _MONTHS},
}
_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_NUM = rf"(?:\d{{1,2}}|{HAN_NUMERAL})"
_UNIT = r"[\d.%〕\]号年项个家户人元条次件吨亩公千百万亿米台辆种届/-]"
_NAMES = "|".join(sorted(_PARTS, key=len, reverse=True))
_OF_DIGITS = "[零〇一二三四五六七八九]"
_PARTED = rf"年(?:{_NUM}月|的?(?!中(?!秋)|[前头])(?:{_NAMES}))"  # what a year of two digits is told by
_SHORT = (
    rf"(?<![\d.第])(?:(?<=[到至在年])|(?=\d\d{_PARTED}))\d\d(?=年(?!内|间|以|左|来|的时))"
    rf"|(?<!{_OF_DIGITS})[零〇一二]{_OF_DIGITS}(?={_PARTED})"
)
_YEAR = rf"(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{{2}}|{_SHORT})"
_DATE = compiled(
    rf"{_YEAR}\s*(?:年|[-./](?=\d))"
    rf"(?:\s*(?P<month>{_NUM}(?=\s*月)|\d{{1,2}})\s*(?:月份?|[-./](?=\d)|(?![\d年个项]))"
    rf"(?:\s*(?P<day>{_NUM})\s*[日号]?(?!\d)|(?P<third>{'|'.join(_DAYS)}))?|"
    rf"\s*(?:的|第)?(?P<part>{_NAMES})节?)?"
    rf"|(?<![a-z\d./\[(〔-])(?P<bare>20\d\d)(?!\s*{_UNIT})"
)
_BESIDE = compiled(rf"\s*(?:和|与|跟|同|及|、|或者?|还是)\s*(?P<month>{_NUM})月份?(?!\d)")


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
    """The dates in a folded text that name a year, in order; of the year 15 only as 到15年 or 15年3月.

    A month beside one of a year is of the same year (2015年10月和11月).
    """
    for found in _DATE.finditer(text):
        year = number((found["year"] or found["bare"]).replace("○", "〇"))
        if year is not None and year < 100:
            year += 2000
        month = number(found["month"]) if found["month"] else None
        day = number(found["day"]) if found["day"] else None
        if year is None or not 1900 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
            continue
        span = Span(found.start(), found.end())
        yield (
            _in_year(year, found["part"], span) if month is None else _in_month(year, month, day, found["third"], span)
        )
        place = span.end
        while month is not None and day is None and (beside := _BESIDE.match(text, place)):
            other, place = number(beside["month"]), beside.end()
            if other is not None and 1 <= other <= 12:
                yield _in_month(year, other, None, None, Span(beside.start("month"), place))


def _in_year(year: int, part: str | None, span: Span) -> When:
    if part is None:
        return When(date(year, 1, 1), date(year, 12, 31), span, "year")
    first, start, last, end = _PARTS[part]
    grain = "day" if first == last and end - start < 8 else "month" if first == last else "year"
    return When(date(year, first, start), date(year, last, min(end, monthrange(year, last)[1])), span, grain)


def _in_month(year: int, month: int, day: int | None, third: str | None, span: Span) -> When:
    length = monthrange(year, month)[1]
    if third:
        start, end = _DAYS[third]
        return When(date(year, month, start), date(year, month, min(end, length)), span, "day")
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
