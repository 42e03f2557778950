"""Amounts as people say them, put in figures: 八成五, 九十几, 百分之九十、九十五, 二十个往上."""

from __future__ import annotations

import re

from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number

_DIGITS = "一二三四五六七八九"
_MEASURED = compiled(r"指标|目标|率|百分|满意度")
_MORE = compiled(
    rf"(?P<before>百分之{HAN_NUMERAL}(?:[、,和或跟]\d+%)*[、,和或跟])(?P<han>{HAN_NUMERAL})(?![几个项家户种条次年月日天点级类大多])"
)
_AGAIN = compiled(rf"(?<=还有)(?P<han>{HAN_NUMERAL})(?=的)")
_BODIES = compiled(r"单位|部门|牵头|配合")
_DECADE = compiled(rf"(?:百分之)?(?P<tens>[{_DIGITS}])十(?:几|多)(?=的|[,。?]|$)")
_TENTHS = compiled(rf"(?P<tens>[{_DIGITS}])成(?P<half>半|五)?(?=以[上下]|[的,。?、]|$)")
_COUNTED = compiled(rf"(?P<han>{HAN_NUMERAL})(?P<unit>[个家户项])(?=及?以[上下]|往上|朝上)")
_LISTED = compiled(rf"(?:{HAN_NUMERAL}[个家户项]、)+{HAN_NUMERAL}[个家户项]")
_EACH = compiled(rf"(?P<han>{HAN_NUMERAL})(?P<unit>[个家户项])")
_TEN = 10


def in_figures(text: str) -> str:
    """A folded question with such amounts as figures; other words of number stay."""
    while (more := _MORE.sub(lambda found: f"{found['before']}{number(found['han'])}%", text)) != text:
        text = more
    text = _AGAIN.sub(lambda found: f"{number(found['han'])}%", text) if "百分之" in text else text
    least = 1 if _MEASURED.search(text) and not _BODIES.search(text) else _TEN
    text = _COUNTED.sub(lambda found: _counted(found, least), text)
    text = _LISTED.sub(lambda row: _EACH.sub(lambda found: _counted(found, least), row.group()), text)
    return _TENTHS.sub(_tenths, _DECADE.sub(_decade, text)) if _MEASURED.search(text) else text


def _counted(found: re.Match[str], least: int) -> str:
    amount = number(found["han"])
    return f"{amount}{found['unit']}" if amount is not None and amount >= least else found.group()


def _decade(found: re.Match[str]) -> str:
    tens = number(found["tens"])
    return f"{tens}0%到{tens}9%之间"


def _tenths(found: re.Match[str]) -> str:
    return f"{number(found['tens'])}{5 if found['half'] else 0}%"
