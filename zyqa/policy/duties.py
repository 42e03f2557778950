"""Who leads, supports and is responsible: a document's responsibility marks, and the duties it states in prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zyqa.policy.locate import Owners
from zyqa.policy.marks import RULE, Assignment, Mark, find_marks
from zyqa.policy.units import Register
from zyqa.types import Clause, Duty, Note, Role, Span


def find_duties(
    text: str, clauses: Sequence[Clause], register: Register | None = None
) -> tuple[tuple[Duty, ...], tuple[Note, ...]]:
    """The duties of a document, marked and in prose, in the order of the text; and what is odd about its marks."""
    if not clauses:
        return (), ()
    register = register or Register.shipped()
    marks = find_marks(text)
    names = _Names(text, marks, register)
    owners = Owners(clauses)
    rule = RULE.search(text) if marks else None
    duties: list[Duty] = []
    notes: list[Note] = []
    for mark in marks:
        clause = owners.at(mark.span.start)
        first_leads = rule is not None and (mark.span.end > rule.start() or marks[-1].span.end <= rule.start())
        for assignment in _led(mark.assignments) if first_leads else mark.assignments:
            duties += [
                Duty(
                    clause.doc_id,
                    clause.id,
                    assignment.role,
                    names.canonical(unit, mark),
                    unit.cut(text),
                    unit,
                    mark.due,
                )
                for unit in assignment.units
            ]
    return tuple(duties), tuple(notes)


def _led(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The same with the first unit as the lead, where none leads by name (a document's rule says so)."""
    if any(one.role is Role.LEAD for one in assignments):
        return assignments
    first, *rest = assignments
    split = (Assignment(Role.LEAD, first.units[:1]), Assignment(first.role, first.units[1:]))
    return (*(one for one in split if one.units), *rest)


class _Names:
    """Canonical names in the context of one document: a name without level word has its neighbour's level."""

    def __init__(self, text: str, marks: Sequence[Mark], register: Register) -> None:
        self._text = text
        self._register = register
        levels = Counter(level for mark in marks if (level := self._stated(mark)))
        self._usual = levels.most_common(1)[0][0] if levels else ""

    def _stated(self, mark: Mark) -> str:
        units = (unit for assignment in mark.assignments for unit in assignment.units)
        stated = (self._register.level(unit.cut(self._text)) for unit in units)
        return next((level for level in stated if level), "")

    def canonical(self, unit: Span, mark: Mark) -> str:
        return self._register.canonical(unit.cut(self._text), level=self._stated(mark) or self._usual)
