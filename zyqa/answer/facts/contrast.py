"""Two target values beside each other: which is higher, and by how much."""

from __future__ import annotations

import re

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line
from zyqa.answer.facts import target_choice
from zyqa.answer.facts.target_lines import Row, around, listed
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.patterns import compiled

_DIFFERENCE = compiled(r"[差多少高低](?:出|了|着)?(?:多少|几)|相差|差距|差额")
_WHICH = compiled(
    r"(?:谁|孰|何者|哪(?:一)?[个项类边头])(?:的)?(?:目标|指标|要求)?(?:定得|要求)?(?:更|比较|最)?(?:高|低|多|少|大|小|严)"
)
_THAN = compiled(r"比(?!例|重|率|值).{2,24}(?P<more>更?(?:[高大严]|多(?!少))|更?[低少小])")
_EQUAL = compiled(r"一样|相同|相等|同样|一致")
_SMALLER = compiled(r"[低少小]$")


def contrasted(asked: Asked, desk: Desk, rows: list[Row]) -> Draft | None:
    """Two targets of one unit of measure that a question sets side by side, with what it wants to know of them."""
    differs, than = asked.has(_DIFFERENCE), _THAN.search(asked.cues)
    equal = asked.yes_no and asked.has(_EQUAL)
    if not (differs or asked.has(_WHICH) or than or equal) or asked.language != "zh":
        return None
    meant = target_choice.side_by_side(asked, rows)
    if len(meant) != 2 or len({row[2].unit for row in meant}) != 1 or not all(row[2].value.isdigit() for row in meant):
        return None
    told = listed(asked, desk, meant)
    if not isinstance(told, Draft) or len(told.lines) != 2:
        return None
    first, second = (int(row[2].value) for row in meant)
    unit = "个百分点" if meant[0][2].unit == "%" else meant[0][2].unit or ""
    verdict = (
        "两者一样" if first == second else f"{'前者' if first > second else '后者'}更高,相差{abs(first - second)}{unit}"
    )
    words = "".join(line.text.rstrip("。") + ("," if place == 0 else "。") for place, line in enumerate(told.lines))
    quotes = tuple(quote for line in told.lines for quote in line.quotes)
    opening = ""
    if asked.yes_no and (than or equal):
        truth = first == second if equal else _is_more(asked, meant, than) if than else False
        opening = say(asked.language, "yes" if truth else "no")
    return Draft((Line(f"{opening}{words}{verdict}。", quotes),))


def _is_more(asked: Asked, meant: list[Row], than: re.Match[str]) -> bool:
    """Whether the subject that stands before 比 has the greater value, or the smaller where that is said."""
    ahead = max(meant, key=lambda row: _held(asked, row, asked.cues[: than.start()]))
    other = next(row for row in meant if row is not ahead)
    difference = int(ahead[2].value) - int(other[2].value)
    return difference < 0 if _SMALLER.search(than["more"]) else difference > 0


def _held(asked: Asked, row: Row, words: str) -> float:
    """How much of the topic in some words of the question a target's phrase has."""
    phrase = around(row[0], row[2]).cut(row[0].folded)
    return sum(term.weight * term.cover(phrase) for term in asked.topic.terms if term.text in words)
