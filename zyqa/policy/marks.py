"""Responsibility marks: where they stand in a text. :mod:`zyqa.policy.assignments` reads them.

A mark is a bracket (（A牵头，B配合）, closing bracket or not), a labelled run of its own (责任单位：A、B), or a
sentence that holds nothing else (A牵头，B配合。).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyqa.policy.assignments import BODIES, COLON, LABEL, LABELS, RULE, Assignment, label_role, parts, read
from zyqa.policy.unitlists import list_like, split, unit_like
from zyqa.types import Role, Span

_OPEN, _CLOSE = "([（〔［【", ")]）〕］】"
_FIRST = "总?牵头|主责|责任|负责|配合|落实|实施"  # 主办单位, 承办单位 alone are those of a meeting or a website
_START = re.compile(
    rf"(?:[（(〔\[【]\s{{0,4}}(?:{_FIRST}|主办|承办)|(?:[国省市州县区镇]级)?(?:{_FIRST}))(?:责任)?{BODIES}{{1,3}}"
    rf"(?:[（(][㐀-鿿]{{1,6}}[）)])?{COLON}"
)
_KEY = re.compile(
    rf"牵头|负责|(?:责任|主责|主管|承办|落实|实施|配合|完成){BODIES}"
    r"|分工|负总责|主抓|会办|主办|协办|配合|参与|参加|协助|落实|推进|承担|前完成"
)
_MAX_BODY = 1200  # characters of a bracket
_MAX_LIST = 300  # characters of a list that no bracket closes
_HABIT = 3  # bare lists of units from which they are the document's way to say who is responsible
_MAX_VERB = 24  # characters between two units of a statement: a verb, its adverbs and a separator
_STATED = re.compile(r"(?:牵头|负责|主办|配合|参与|协助|协办|落实|实施)(?=\s*(?:[。；;\n]|$))")
_LINE_END = re.compile(r"[。；;\s]*?(?:\n|$)")
_PROSAIC = re.compile("的|设立|[，,]由")  # 住宅小区，由物业服务企业负责: a sentence, though it ends like a list
_HEADING_NUMBER = re.compile(r"(?<![^\s。；;])[（(]?\s?(?:[一二三四五六七八九十]+|\d+)\s?[、.．）)]\s*")
_BRACKET = re.compile(r"[(（〔［【)）〕］】\[\]]")
_STOP = re.compile(r"[。\n]|[ \t\u3000\xa0\u2002]+")
_WORDS = re.compile(r"(?![\d一二三四五六七八九十]+[.．、])[^\s。；;，,]{3,30}(?=[\s。，,]|$)")
# a label behind a bracket inside a bracket: the outer one was never closed
_INNER = re.compile(rf"[（(〔\[【](?=\s{{0,4}}{LABELS}(?<=单位|部门)\s{{0,4}}[：:∶︰])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A responsibility mark: all of it, what it assigns, until when, and whether its closing bracket is missing."""

    span: Span
    assignments: tuple[Assignment, ...]
    due: str | None = None
    unclosed: bool = False


def find_marks(text: str) -> list[Mark]:
    """The marks of a text, in order; none overlaps another."""
    brackets = list(_brackets(text))
    regions = [
        (whole, body)
        for whole, body in brackets
        if _KEY.search(text, body.start, body.end) and label_role(body.cut(text)) is None
    ]
    taken = [whole for whole, _ in regions]
    regions += [
        (run, run)
        for run in [*_runs(text), *_statements(text)]
        if not any(run.start < span.end and span.start < run.end for span in taken)
    ]
    marks = [mark for whole, body in regions if (mark := _read(text, whole, body))]
    starts = {mark.span.start for mark in marks}
    marks += [mark for mark in _bare_lists(text, brackets) if mark.span.start not in starts]
    return sorted(marks, key=lambda mark: mark.span)


def _bare_lists(text: str, brackets: Sequence[tuple[Span, Span]]) -> list[Mark]:
    """Brackets at a sentence's end that only list units: several of them, or one that makes its first unit lead."""
    marks = []
    for whole, body in brackets:
        behind = text[whole.start - 1] in "。；;\n" or text[whole.start - 2 : whole.start] == "。 "
        before = text[whole.end : whole.end + 1] in ("。", "；", ";", "\n")
        if not (behind or before) or body.end - body.start > _MAX_LIST:
            continue
        part = next(parts(text, body), None)
        units = tuple(split(text, part)) if part else ()
        if len(units) > (not behind) and all(unit_like(unit.cut(text)) for unit in units):
            marks.append(Mark(whole, (Assignment(Role.RESPONSIBLE, units),)))
    ruled = any(RULE.search(text, body.start, body.end) for _, body in brackets)
    return marks if ruled or len(marks) >= _HABIT else []


# ---------------------------------------------------------------- where


def _brackets(text: str) -> Iterator[tuple[Span, Span]]:
    """(bracket, body) of every outermost bracket; one that is never closed ends where a list of units would."""
    closed, openers = _paired(text)
    last = 0
    for start in openers:
        if start < last:
            continue
        end = closed.get(start)
        if end and not _INNER.search(text, start + 1, end):
            yield Span(start, end), Span(start + 1, end - 1)
            last = end
        elif _KEY.search(text, start, end := _end_of_list(text, start + 1)):
            yield Span(start, end), Span(start + 1, end)
            last = end


def _paired(text: str) -> tuple[dict[int, int], list[int]]:
    """The end of each bracket by its start, and all starts in order; none reaches over an empty line."""
    stack: deque[int] = deque()
    closed: dict[int, int] = {}
    openers: list[int] = []
    for match in _BRACKET.finditer(text):
        place = match.start()
        if match.group() in _OPEN:
            openers.append(place)
            while stack and place - stack[0] > _MAX_BODY:
                stack.popleft()
            stack.append(place)
        elif stack and text.find("\n\n", stack[-1], place) < 0:
            closed[stack.pop()] = place + 1
    return closed, openers


def _runs(text: str) -> Iterator[Span]:
    """Labelled lists without bracket: 责任单位：A、B up to the end of the list."""
    end = 0
    for match in _START.finditer(text):
        if match.start() >= end and (match.group()[0] not in _OPEN or match.group()[-1] in _CLOSE):
            end = _end_of_list(text, match.end())
            yield Span(match.end() - len(match.group().lstrip()), end)


def _statements(text: str) -> Iterator[Span]:
    """Sentences that hold nothing but who does what: A牵头，B、C配合。 — or, on a line of its own, A、B负责。"""
    for match in _STATED.finditer(text):
        line = max(text.rfind(stop, 0, match.start()) for stop in "。；;\n") + 1
        numbers = [number.end() for number in _HEADING_NUMBER.finditer(text, line, match.start())]
        start = numbers[-1] if numbers else match.start() - len(text[line : match.start()].lstrip())
        own_line = text[line - 1 : line] in ("", "\n") and bool(_LINE_END.match(text, match.end()))
        statement = Span(start, match.end())
        fits = match.end() - start <= _MAX_LIST and (own_line or text.find("牵头", start, match.start()) >= 0)
        if fits and _all_units(text, statement):
            yield statement


def _all_units(text: str, statement: Span) -> bool:
    """Whether the statement begins with a unit and goes on with units, nothing longer than a verb between them."""
    reading = read(text, statement)
    units = sorted(unit for one in reading.assignments for unit in one.units)
    ends = [statement.start, *(unit.end for unit in units)]
    gaps = (unit.start - end for end, unit in zip(ends, units, strict=False))
    opening = text[statement.start : units[0].start] if units else ""
    return (
        bool(units)
        and opening in ("", "由")
        and all(unit_like(unit.cut(text)) for unit in units)
        and not _PROSAIC.search(text, statement.start, statement.end)
        and max(gaps) <= _MAX_VERB
    )


def _end_of_list(text: str, start: int) -> int:
    """Where a list without closing bracket ends: at 。, a line break, or a blank that no label follows."""
    for match in _STOP.finditer(text, start, start + _MAX_LIST):
        if not text[start : match.start()].strip():
            continue
        blank = not match.group().strip() and "\n" not in match.group()
        if not blank or not (text[match.start() - 1] in "、，,；;：:" or _goes_on(text, match.end())):
            return match.start()
    return min(len(text), start + _MAX_LIST)


def _goes_on(text: str, place: int) -> bool:
    """Whether a label or a further unit follows the blank."""
    words = _WORDS.match(text, place)
    return bool(LABEL.match(text, place) or (words and all(map(unit_like, words.group().split("、")))))


# ---------------------------------------------------------------- what


def _read(text: str, whole: Span, body: Span) -> Mark | None:
    reading = read(text, body)
    names = [span.cut(text) for one in reading.assignments for span in one.units]
    if not names or not (reading.labelled or list_like(names)):
        return None
    return Mark(
        whole, tuple(reading.assignments), reading.due, unclosed=whole.start < body.start and whole.end == body.end
    )
