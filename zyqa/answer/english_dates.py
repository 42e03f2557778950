"""Dates, shares, small numbers and addresses as English writes them, in the form of Chinese documents."""

from __future__ import annotations

import re

from zyqa.patterns import compiled

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = rf"(?P<month>{'|'.join([*_LONG, 'sept', *_MONTHS])})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LEADS_IN = ("in", "of", "by", "from", "to", "until", "since", "before", "after", "every", "each", "during")
_BEFORE_MONTH = "|".join(f"(?<={word} )" for word in _LEADS_IN)
_DATES = (
    compiled(rf"\b{_MONTH} {_DAY}\b,? ?(?:of )?{_YEAR}\b"),
    compiled(rf"\b{_DAY} (?:of )?{_MONTH},? ?(?:of )?{_YEAR}\b"),
    compiled(rf"\b{_MONTH},? ?(?:of )?{_YEAR}\b"),
    compiled(rf"\b{_MONTH} {_DAY}\b(?!\d)"),
    compiled(rf"(?:{_BEFORE_MONTH}){_MONTH}"),
    compiled(rf"(?<![\d./\[(-]){_YEAR}(?![\d年/.-]\d|\d|年|-)"),
)
_PARTS = (
    (compiled(r"\bfirst half (?:of )?(\d{4}年)"), r"\1上半年"),
    (compiled(r"\bsecond half (?:of )?(\d{4}年)"), r"\1下半年"),
    (compiled(r"\b(?:end|close) of +(\d{4}年(?:\d+月)?|\d+月)"), r"\1底"),
    (compiled(r"\b(?:beginning|start) of +(\d{4}年)"), r"\1初"),
    (compiled(r"(\d(?:\.\d+)?) ?(?:percentage points?|pp)\b"), r"\1个百分点"),
    (compiled(r"(\d(?:\.\d+)?) ?(?:per ?cent|percent|pct)\b"), r"\1%"),
)
_COUNTS = {
    "two": "两",
    "three": "三",
    "four": "四",
    "five": "五",
    "six": "六",
    "seven": "七",
    "eight": "八",
    "nine": "九",
}
_COUNTS |= {"ten": "十", "eleven": "十一", "twelve": "十二", "thirteen": "十三", "fourteen": "十四", "fifteen": "十五"}
_RANKS = {"first": "一", "second": "二", "third": "三", "fourth": "四", "fifth": "五", "sixth": "六", "seventh": "七"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_SPELT = {word: place for place, word in enumerate(["one", *_COUNTS], start=1)}
_PLACES = {"article": "条", "chapter": "章", "part": "部分", "item": "项", "point": "点", "paragraph": "款"}
_PLACES |= {"step": "步", "phase": "阶段", "stage": "阶段"}
_PLACE = compiled(
    rf"\b(?P<name>{'|'.join(_PLACES)}) \(?(?P<number>\d{{1,3}}|{'|'.join([*_ROMAN, *_SPELT])})\)?(?![\d.a-z])"
)
_RANKED = compiled(rf"\b({'|'.join(_RANKS)}) ({'|'.join(_PLACES)})\b")


def numbered(text: str) -> str:
    """A folded English text with dates, shares and addresses in Chinese."""
    for pattern in _DATES:
        text = pattern.sub(_date, text)
    for old, new in _PARTS:
        text = old.sub(new, text)
    text = _PLACE.sub(_place, text)
    return _RANKED.sub(lambda found: f" 第{_RANKS[found[1]]}{_PLACES[found[2]]} ", text)


def counted(word: str) -> str | None:
    """A small number as what it counts follows it (三个)."""
    return f"{_COUNTS[word]}个" if word in _COUNTS else None


def is_dated(word: str) -> bool:
    """Whether a folded word names a month or a number."""
    return word in _LONG or word in _MONTHS or word in _COUNTS or word in _RANKS


def _date(found: re.Match[str]) -> str:
    parts = found.groupdict()
    written = f"{parts['year']}年" if parts.get("year") else ""
    if month := parts.get("month"):
        written += f"{_MONTHS.index(month[:3]) + 1}月"
    if day := parts.get("day"):
        written += f"{int(day)}日"
    return f" {written} "


def _place(found: re.Match[str]) -> str:
    number = found["number"]
    value = int(number) if number.isdecimal() else _ROMAN.get(number) or _SPELT[number]
    return f" 第{value}{_PLACES[found['name']]} "
