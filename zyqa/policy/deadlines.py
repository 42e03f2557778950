"""Dates by which something is to be reached, as ISO years, months or days."""

from __future__ import annotations

import re

from zyqa.text import number

_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇○0零]一?[〇○零一二三四五六七八九]{1,2})年"
_MONTH = r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?)?"
DEADLINE = re.compile(
    rf"(?:到|(?<!截)至|力争|争取|确保|在)?{_YEAR}{_MONTH}(?P<end>年?[底末])?(?P<before>(?:之前|以前|前))?"
    r"|(?:到|至|在)?[“\"]?(?P<plan>十[一二三四五]五|[一二三四]?十五)[”\"]?(?:规划)?(?:末|期末|期间|时期)"
)
_STATED = re.compile(r"(?:到|(?<!截)至|力争|争取|确保|在)")
_BASE = re.compile(r"(?:[比较以与自从于同在和]|截至?|截止|相比|相对)$")
_PLANS = {"十一五": "2010", "十二五": "2015", "十三五": "2020", "十四五": "2025", "十五五": "2030", "十五": "2005"}


def deadlines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """(where it ends, ISO date, month or year) of each deadline stated there; years of comparison are none."""
    found: list[tuple[int, str]] = []
    if text.find("年", start, end) < 0 and text.find("五", start, end) < 0:  # most sentences, and the pattern is slow
        return found
    for match in DEADLINE.finditer(text, start, end):
        if not _BASE.search(text, max(start, match.start() - 2), match.start()) and _is_deadline(text, match):
            found.append((match.end(), _iso(match)))
    return found


def _is_deadline(text: str, match: re.Match[str]) -> bool:
    if match["plan"]:
        return not text.startswith(("以来", "规划", "提高", "下降"), match.end())
    opening = match.start() == 0 or text[match.start() - 1] in "。；;，,\n：: 　）)"
    return bool(
        _STATED.match(match.group())
        or match["before"]
        or match["end"]
        or (opening and text[match.end() : match.end() + 1] in ("，", ",", "力", "全"))
    )


def _iso(match: re.Match[str]) -> str:
    if match["plan"]:
        return _PLANS.get(match["plan"], "")
    parts = [str(number(match["year"]))]
    if match["month"]:
        parts.append(f"{number(match['month']):02}")
    if match["day"]:
        parts.append(f"{int(match['day']):02}")
    return "-".join(parts)
