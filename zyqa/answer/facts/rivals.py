"""Tasks beside each other by how many units they have (农业和物流业哪个配合单位多)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Quote
from zyqa.answer.phrases import joined, say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Clause, Role

_ASKED = compiled(
    r"(?:单位|部门|机构|帮手|牵头|配合|参与|家)[^,。?]{0,6}(?:[多少]|差[几多]|一样)"
    r"|(?:谁|哪[个项条边种样])[^,。?]{0,8}[多少](?!少)(?!年|天|月)|[多少差]几[个家]|谁多谁少|(?:单位|部门|配合|牵头)[^,。?]*比[^,。?]{2,14}[多少]"
)
_AND = compiled(r"以及|还是|[、和与跟同比,? ]|及(?!时)|相比")
_FEWER = compiled(r"(?<!多)少(?!数)")
_EQUAL = compiled(r"一样|相等|相同|同样")
_ROLES = (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)
_WORDS = {Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位", Role.RESPONSIBLE: "责任单位", None: "单位"}
_PAIR = 2
Row = tuple[Folio, Clause]


def rivals(asked: Asked, desk: Desk) -> Draft | None:
    """Several tasks that a question names side by side, with how many units each has in the role asked for."""
    if asked.units or asked.address or not asked.has(_ASKED):
        return None
    rows = list(dict.fromkeys(_tasks(asked, desk)))
    if len(rows) < _PAIR:
        return None
    role = None if asked.both else asked.role
    rated = sorted(((_size(row, role), row) for row in rows), key=lambda item: -item[0])
    lines = [_counted(asked, desk, row, role) for _, row in rated]
    if asked.language != "zh":
        return Draft(tuple(lines))
    gap = rated[0][0] - rated[-1][0]
    text = _verdict(asked, desk, rated, role) + "".join(line.text for line in lines)
    end = f"相差{gap}家。" if gap and rated[-1][0] and len(rows) == _PAIR and role else ""
    return Draft((Line(text + end, tuple(quote for line in lines for quote in line.quotes)),))


def _tasks(asked: Asked, desk: Desk) -> Iterator[Row]:
    """The task that each part of the question names, where it has units."""
    for part in _AND.split(asked.text):
        terms = tuple(term for term in asked.topic.terms if term.text in part)
        runs = tuple(run for run in asked.topic.runs if run in part)
        topic = replace(asked.topic, terms=terms, runs=runs, strange=())
        for match in desk.best(topic)[:1] if terms else ():
            if match.folio.marks(match.clause):
                yield match.folio, match.clause


def _size(row: Row, role: Role | None) -> int:
    return len({duty.unit for duty in row[0].marks(row[1], role)})


def _counted(asked: Asked, desk: Desk, row: Row, role: Role | None) -> Line:
    """A task with its units, by role."""
    folio, clause = row
    parts = {"what": desk.what(folio, clause), "label": desk.label(folio, clause)}
    told, quotes = [], []
    for one in (role,) if role else _ROLES:
        if marks := folio.marks(clause, one):
            units = joined([duty.surface for duty in marks])
            told.append(say(asked.language, f"who.count.{one}", count=len(marks), units=units, **parts))
            quotes.append(Quote(folio, clause, folio.mark_span(marks)))
    if not told and role:
        told = [say(asked.language, f"who.none.{role}", **parts)]
        quotes = [Quote(folio, clause, folio.mark_span(folio.marks(clause)))]
    return Line("".join(told), tuple(quotes))


def _verdict(asked: Asked, desk: Desk, rated: list[tuple[int, Row]], role: Role | None) -> str:
    """Which has more, or fewer; after a yes or no where one is said to have more."""
    (most, first), (least, last) = rated[0], rated[-1]
    if most == least:
        truth, told = asked.has(_EQUAL), f"{_WORDS[role]}一样多:"
    else:
        fewer = asked.has(_FEWER) and "多" not in asked.cues
        meant = last if fewer else first
        edge = "少" if fewer else "多"
        degree = f"更{edge}" if len(rated) == _PAIR else f"最{edge}"
        truth = not asked.has(_EQUAL) and next(iter(_tasks(asked, desk))) == meant
        told = f"{desk.what(*meant)}的{_WORDS[role]}{degree}:"
    return (say(asked.language, "yes" if truth else "no") if asked.yes_no else "") + told
