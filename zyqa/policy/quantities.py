"""Numbers with their units as official documents write them: ``3-5个``, ``百分之九十``, ``1.5万亿元``, ``2—3户``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Span

_ARABIC = r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?"
_MYRIAD = r"(?:万亿|千万|百万|十万|[万亿])"
COUNTED = (
    r"个|项|户|家|件|所|座|处|条|种|类|批|套|台|辆|艘|架|只|头|羽|株|人次|人|名|位|支|场|次|期|张|份|间|栋|片|"
    r"村|镇|乡|县|市|区|户次|万元|元|美元|吨标准煤|吨|公斤|千克|克|斤|升|公里|千米|米|平方公里|平方米|立方米|公顷|亩|"
    r"千瓦时|千瓦|兆瓦|度|微克/立方米|毫克/升|分|倍|番|成|床|张床位"
)
_TIMES = r"个?工作日|个?小时|分钟|天|日|个月|周|年"
_PERCENT = r"个百分点|百分点|个?基点|[%％‰]"
_NUMBER = rf"(?:{_ARABIC}{_MYRIAD}?|百分之{HAN_NUMERAL}(?:点{HAN_NUMERAL})?|(?![百千万亿零〇○]){HAN_NUMERAL})"
QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?:[%％]?\s*(?:[-—–－~～至到]|——)\s*(?P<high>{_NUMBER}))?"
    rf"(?P<more>[余多])?\s*(?P<unit>{_PERCENT}|{_TIMES}|{_MYRIAD}?(?:{COUNTED}))?"
)
_VALUE = re.compile(rf"(?P<digits>{_ARABIC})(?P<myriad>{_MYRIAD})?")
_MYRIADS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range and its unit; 万 and 亿 are multiplied out. ``more``: 余 or 多 stands behind it."""

    span: Span
    value: str
    unit: str | None
    more: bool = False


def quantities(text: str, within: Span) -> Iterator[Quantity]:
    """The quantities with a unit in a part of the text, in order."""
    for match in QUANTITY.finditer(text, within.start, within.end):
        if found := _quantity(match):
            yield found


def _quantity(match: re.Match[str]) -> Quantity | None:
    unit = match["unit"]
    low = _value(match["low"])
    if unit == "年" and low and low > 1000:  # a date
        return None
    if low is None or (unit is None and not match["low"].startswith("百分之")):
        return None
    high = _value(match["high"]) if match["high"] else None
    factor = 1
    if unit and (myriad := next((name for name in _MYRIADS if unit.startswith(name) and unit != name), None)):
        factor, unit = _MYRIADS[myriad], unit[len(myriad) :]
    if unit is None or unit == "％":
        unit = "%"
    values = [low] if high is None else [low * _carried(match, high), high]
    return Quantity(
        Span(*match.span()), "-".join(_written(value * factor) for value in values), unit, bool(match["more"])
    )


def _carried(match: re.Match[str], high: Decimal) -> int:
    """3-5万: the 万 behind the upper bound counts for the lower one too."""
    upper = _VALUE.fullmatch(match["high"])
    lower = _VALUE.fullmatch(match["low"])
    return _MYRIADS[upper["myriad"]] if upper and upper["myriad"] and lower and not lower["myriad"] else 1


def _value(words: str) -> Decimal | None:
    if words.startswith("百分之"):
        whole, _, fraction = words[3:].partition("点")
        value = number(whole)
        return None if value is None else Decimal(f"{value}.{number(fraction) or 0}")
    if match := _VALUE.fullmatch(words):
        digits = re.sub("[,，]", "", match["digits"]).replace("．", ".")
        return Decimal(digits) * _MYRIADS.get(match["myriad"] or "", 1)
    value = number(words)
    return None if value is None else Decimal(value)


def _written(value: Decimal) -> str:
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")
