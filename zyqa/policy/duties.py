"""Who leads, supports and is responsible: a document's responsibility marks, and the duties it states in prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zyqa.policy.assignments import RULE, Assignment
from zyqa.policy.locate import Owners
from zyqa.policy.marks import Mark, find_marks
from zyqa.policy.prose import find_prose
from zyqa.policy.tables import find_tables
from zyqa.policy.unitlists import unit_like
from zyqa.policy.units import Register
from zyqa.text import visible
from zyqa.types import Clause, Duty, Note, Role, Span


def find_duties(
    text: str, clauses: Sequence[Clause], register: Register | None = None
) -> tuple[tuple[Duty, ...], tuple[Note, ...]]:
    """The duties of a document in the order of the text, and what is odd about its marks.

    Notes: ``lead_rule`` (a sentence that makes the first unit of every list the lead), ``unclosed_mark`` (a bracket
    that nothing closes), ``unknown_unit`` (words in a mark that do not look like a unit).
    """
    if not clauses:
        return (), ()
    register = register or Register.shipped()
    seen = visible(text)
    marks = _all_marks(seen.text)
    found = [*_marked(seen.text, marks, register), *_in_prose(seen.text, marks, register)]
    owners = Owners(clauses)
    duties = []
    for role, place, canonical, due, marked, start in found:
        clause, unit = owners.at(seen.span(start, start + 1).start), seen.span(place.start, place.end)
        duties.append(Duty(clause.doc_id, clause.id, role, canonical, unit.cut(text), unit, due, marked))
    notes = (
        replace(note, span=seen.span(note.span.start, note.span.end)) for note in _notes(seen.text, marks, register)
    )
    return tuple(sorted(duties, key=lambda duty: duty.span)), tuple(notes)


def _all_marks(text: str) -> list[Mark]:
    marks = find_marks(text)
    rows = [
        row
        for row in find_tables(text)
        if not any(row.span.start < mark.span.end and mark.span.start < row.span.end for mark in marks)
    ]
    return sorted([*marks, *rows], key=lambda mark: mark.span)


_Found = tuple[Role, Span, str, str | None, bool, int]
"""role, unit, canonical name, time limit, whether marked, the place whose clause it belongs to"""


def _marked(text: str, marks: Sequence[Mark], register: Register) -> Iterator[_Found]:
    stated = [_level(text, mark, register) for mark in marks]
    usual = _usual_level(text, marks, register)
    since = _rule_start(text, marks)
    for mark, level in zip(marks, stated, strict=True):
        for assignment in _led(mark.assignments) if mark.span.end > since else mark.assignments:
            for unit in assignment.units:
                level = register.level(unit.cut(text)) or level
                canonical = register.canonical(unit.cut(text), level=level or usual)
                yield assignment.role, unit, canonical, mark.due, True, mark.span.start


def _rule_start(text: str, marks: Sequence[Mark]) -> int:
    """From where on the first unit of a list leads: from the rule; from 0 where it stands behind all marks."""
    rule = RULE.search(text) if marks else None
    if rule is None:
        return len(text)
    return rule.start() if rule.start() < marks[-1].span.end else 0


def _in_prose(text: str, marks: Sequence[Mark], register: Register) -> Iterator[_Found]:
    usual = _usual_level(text, marks, register)
    for assignment in find_prose(text, [mark.span for mark in marks], register.knows):
        for unit in assignment.units:
            name = unit.cut(text)
            canonical = register.canonical(name, level=usual) if usual or register.level(name) else name
            yield assignment.role, unit, canonical, None, False, unit.start


def _units(mark: Mark) -> list[Span]:
    return [unit for assignment in mark.assignments for unit in assignment.units]


def _level(text: str, mark: Mark, register: Register) -> str:
    """The first level that a unit of the mark states; those behind it leave it out (省教育厅、卫生健康委)."""
    stated = (register.level(unit.cut(text)) for unit in _units(mark))
    return next((level for level in stated if level), "")


def _usual_level(text: str, marks: Sequence[Mark], register: Register) -> str:
    """The level most marks state; "" where none does."""
    levels = Counter(level for mark in marks if (level := _level(text, mark, register)))
    return levels.most_common(1)[0][0] if levels else ""


def _led(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The same with the first unit as the lead, where none leads by name (a rule of the document says so)."""
    if any(one.role is Role.LEAD for one in assignments):
        return assignments
    first, *rest = assignments
    split = (Assignment(Role.LEAD, first.units[:1]), Assignment(first.role, first.units[1:]))
    return (*(one for one in split if one.units), *rest)


def _notes(text: str, marks: Sequence[Mark], register: Register) -> Iterator[Note]:
    if marks and (rule := RULE.search(text)):
        yield Note("lead_rule", f"the first unit of each list leads: {rule.group()}", Span(*rule.span()))
    for mark in marks:
        if mark.unclosed:
            yield Note("unclosed_mark", "a responsibility mark without closing bracket", mark.span)
        for unit in _units(mark):
            name = unit.cut(text)
            if not unit_like(name) and not register.knows(name):
                yield Note("unknown_unit", f"does not look like a unit: {name}", unit)
