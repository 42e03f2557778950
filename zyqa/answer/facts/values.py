"""The values a question asks for: 85%, 超过90%的, 60%到85%之间, 不是100%的."""

from __future__ import annotations

from collections.abc import Callable

from zyqa.answer.facts.target_lines import Row, same
from zyqa.answer.question import Asked, Value
from zyqa.patterns import compiled
from zyqa.types import Target

_LOWEST = compiled(r"最[低小少]")
_SHARES = ("%", "个百分点", None)
_BEFORE, _AFTER = 6, 5  # characters around a value that say how it is meant
_NUMERAL = compiled(r"\d+(?:\.\d+)?")
_RANGE = compiled(r"\s*(?:到|至|-|~|和|与)\s*")
_BETWEEN = compiled(r"^.{0,2}(?:之间|区间|这段|范围)")
_NOT_BEFORE = compiled(r"(?:除(?:了|去|开)?|不算|不含|不包括|排除|去掉|不是|非)$")
_NOT_AFTER = compiled(r"^(?:以外|之外|除外|不算|不含|外)")
_INCLUDED = compiled(r"[(（]?(?:含|包括|包含)")
_EDGE = compiled(r"及?以[上下]")
_WHOLE = compiled(r"全部(?!的?(?:指标|目标|数|项|条|列))|全都|一律|统统(?:要|得)")
_OVER = compiled(r"(?:超过|大于|高于|多于|超)$")
_LEAST = compiled(r"(?:不低于|不少于|不小于|至少|最低|起码)$")
_UNDER = compiled(r"(?<!不)(?:低于|小于|少于|不到|没到|未到|不足|不满|未满|没满|未达到?|达不到|没达到)$")
_MOST = compiled(r"(?:不超过|不高于|不大于|不多于|至多|最多)$")

Test = Callable[[float], bool]


def fitting(asked: Asked, rows: list[Row]) -> list[Row]:
    """The targets whose values are among those asked for; where 100% is asked for, those that write it, if any do."""
    chosen = [row for row in rows if _exact(asked, row[2])]
    compared = [row for row in rows if _compares(asked, row[2])]
    if compared and (not chosen or bounded(asked)):
        chosen = [row for row in rows if row in chosen or row in compared]
    chosen = [row for row in chosen if not _excluded(asked, row[2])]
    written = [row for row in chosen if row[2].comparator != "全部"]
    return chosen if asked.has(_WHOLE) else written or chosen


def bounded(asked: Asked) -> bool:
    """Whether values are named as edges of others, or to leave them out."""
    edges = any(_is_bound(asked, value) or _is_excluded(asked, value) for value in asked.values)
    return edges or _both_ends(asked)


def extreme(asked: Asked, rows: list[Row]) -> list[Row]:
    """The targets in per cent with the highest value, or the lowest where that is asked for."""
    shares = [row for row in rows if row[2].unit == "%" and row[2].comparator != "全部"]
    least = bool(_LOWEST.search(asked.cues))
    edge = (min if least else max)((float(row[2].value) for row in shares), default=0.0)
    return [row for row in shares if float(row[2].value) == edge]


def _in_unit(target: Target, value: Value) -> bool:
    """Whether a target is measured as a value is; one without a unit counts things."""
    return (target.unit or "") == value.unit or not (value.unit or target.unit in _SHARES)


def _around(asked: Asked, value: Value) -> tuple[str, str]:
    start, end = value.span.start, value.span.end
    return asked.text[max(0, start - _BEFORE) : start], asked.text[end : end + _AFTER]


def _is_excluded(asked: Asked, value: Value) -> bool:
    before, after = _around(asked, value)
    return bool(_NOT_BEFORE.search(before) or (_NOT_AFTER.search(after) and "除" in asked.text))


def _excluded(asked: Asked, target: Target) -> bool:
    return any(_is_excluded(asked, v) and same(target, v.value, v.unit) for v in asked.values)


def _is_bound(asked: Asked, value: Value) -> bool:
    """Whether a value is named as the edge of others."""
    before, after = _around(asked, value)
    return (
        bool(_EDGE.match(after) and _INCLUDED.search(asked.text[value.span.end :]))
        or any(pattern.search(before) for pattern in (_OVER, _LEAST, _UNDER, _MOST))
        or _partner(asked, value) is not None
    )


def _exact(asked: Asked, target: Target) -> bool:
    """Whether a target has a value that is asked for as it stands."""
    return any(
        same(target, value.value, value.unit) and not _is_excluded(asked, value) and not _strict(asked, value)
        for value in asked.values
    )


def _strict(asked: Asked, value: Value) -> bool:
    """Whether the value itself is left out: 超过90%的 (but not 超过90%(含)的)."""
    before, _ = _around(asked, value)
    return bool((_OVER.search(before) or _UNDER.search(before)) and not _INCLUDED.search(asked.text[value.span.end :]))


def _compares(asked: Asked, target: Target) -> bool:
    """Whether a target's value lies beyond or between values that are asked for as edges."""
    if not _NUMERAL.fullmatch(target.value):
        return False
    number = float(target.value)
    tests = [test for value in asked.values if _in_unit(target, value) and (test := _test(asked, value))]
    if tests and (all if _both_ends(asked) else any)(test(number) for test in tests):
        return True
    positive = [value for value in asked.values if not _is_excluded(asked, value)]
    return not positive and any(_in_unit(target, value) for value in asked.values)


def _both_ends(asked: Asked) -> bool:
    """Whether one value is a lower edge and another an upper one: 90%以上但不到100%."""
    lower = [value for value in asked.values if (test := _test(asked, value)) and test(float("inf"))]
    upper = [value for value in asked.values if (test := _test(asked, value)) and test(float("-inf"))]
    return bool(lower and upper) and min(float(v.value) for v in lower) < max(float(v.value) for v in upper)


def _test(asked: Asked, value: Value) -> Test | None:
    before, after = _around(asked, value)
    edge = float(value.value)
    if partner := _partner(asked, value):
        low, high = sorted((edge, float(partner.value)))
        return lambda number: low <= number <= high
    if _OVER.search(before):
        return lambda number: number > edge
    if _LEAST.search(before) or (after.startswith(("以上", "及以上", "往上")) and not _is_excluded(asked, value)):
        return lambda number: number >= edge
    if _UNDER.search(before):
        return lambda number: number < edge
    if _MOST.search(before) or after.startswith(("以下", "及以下", "以内")):
        return lambda number: number <= edge
    return None


def _partner(asked: Asked, value: Value) -> Value | None:
    """The other end of a range: 60%到85%之间."""
    for other in asked.values:
        between = asked.text[value.span.end : other.span.start] if other.span.start >= value.span.end else ""
        if between and _RANGE.fullmatch(between) and _BETWEEN.match(asked.text[other.span.end :]):
            return other
    return None
