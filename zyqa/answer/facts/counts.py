"""How many, who most, who more, which tasks without or with several: over the whole duties table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.facts import places, tally
from zyqa.answer.facts.outline import named_heading
from zyqa.answer.facts.tally import Rank, Wanted
from zyqa.answer.facts.tasks import held_by, under_heading
from zyqa.answer.phrases import joined, say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Role

_TASKS_COUNTED = compiled(
    r"(?:几|多少)处(?:写|标|注|列|有|提|出现)|(?:写|标|注|列|提)[明了有出][^,。?]{2,6}的(?:[一总]?共)?有?(?:几|多少)[处项]|(?:几|多少)(?:项|条|个)?(?:有|由|带|设|列|写明)?.{0,6}(?:任务|工作)|(?:任务|工作).{0,8}(?:几|多少)(?:项|条|个)|[有带列标设](?:着|了|明)?(?:牵头|配合)(?:单位|部门)?的[^,。?]{0,6}(?:几|多少)[项条个处件]|(?:任务|工作|条目|条款|事项)(?:的)?(?:总[数计]|数量|项数)"
)
_ANY_PART = compiled(r"参与|参加|提到|涉及|出现|点名|点到|一共|总共|分工")
_EQUAL = compiled(r"一样|相等|相同|同样")
_LESS = compiled(r"比.{0,12}[少低]|更少|较少")
_EACH = compiled(r"哪些任务|分别|列[出一]|都是哪|各是")
_ROLES = (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)
_SIGNS = {"==": "", ">=": "不少于", ">": "超过", "<=": "不超过", "<": "少于"}
_MANY = 2  # winners from which each is told in one line
Row = tuple[Folio, Clause]
_T = TypeVar("_T")


def counted(asked: Asked, desk: Desk) -> Outcome:
    """An answer over the whole table, or over a part of it; None where one clause or one unit is asked about."""
    wanted = tally.wanted(asked)
    inside = _scope(asked, desk)
    if inside is None:
        return None
    if not inside and (claimed := tally.claimed(asked)):
        return _is_among(asked, desk, claimed)
    if wanted:
        rows = [row for row in _dutiful(desk) if not inside or (row[0].id, row[1].id) in inside]
        told = _by_tasks if wanted.tasks else _by_units
        drafts = [draft for one in tally.both_ends(wanted, asked) if (draft := told(asked, desk, one, rows))]
        return Draft(tuple(line for draft in drafts for line in draft.lines)) if drafts else None
    if inside or asked.units or not asked.count:
        return None
    return _in_all(asked, desk)


def _in_all(asked: Asked, desk: Desk) -> Outcome:
    """How many tasks, or units, there are in the whole table."""
    plain = tally.plainly(asked.cues)
    role = None if "参与" in plain and "配合" not in plain else asked.role
    part = named_heading(asked.text, desk)
    if _TASKS_COUNTED.search(asked.cues) and (part is None or (role and not asked.soft)):
        return _how_many_tasks(asked, desk, role or Role.LEAD, part)
    if not asked.who:
        return None
    if role is None and all(f"{_word(one)}单位" in plain for one in (Role.LEAD, Role.SUPPORT)):
        found = [_how_many_units(asked, desk, one) for one in (Role.LEAD, Role.SUPPORT)]
        return Draft(tuple(line for draft in found if draft for line in draft.lines))
    if role:
        return _how_many_units(asked, desk, role)
    return _how_many_in_all(asked, desk) if not asked.topic and _ANY_PART.search(asked.cues) else None


def _scope(asked: Asked, desk: Desk) -> set[tuple[str, str]] | None:
    """The clauses of the part that is counted in: empty for all of them, None where the question is about one."""
    if asked.address:
        found = [(folio, clause) for folio, clause in places.places(asked, desk) if folio.children.get(clause.id)]
        return {(folio.id, below.id) for folio, clause in found for below in folio.descendants(clause)} or None
    titles = "".join(folio.title for folio in desk.originals) if len(desk.originals) == 1 else ""
    own = Topic(tuple(term for term in asked.topic.terms if not term.cover(titles)), strange=asked.topic.strange)
    if own.strong and not own.coverage("单位任务") > 0:
        return under_heading(replace(asked, topic=own), desk) or None
    return set()


# ------------------------------------------------------------ tasks by their units


def _by_tasks(asked: Asked, desk: Desk, wanted: Wanted, rows: list[Row]) -> Draft | None:
    for unit, role in zip(asked.units, wanted.of, strict=False):
        rows = [row for row in rows if any(d.unit == unit and role in (None, d.role) for d in row[0].marks(row[1]))]
    if wanted.limit:
        limit = wanted.limit
        chosen = [row for row in rows if limit.holds(_units_of(row, limit.role))]
        none = limit.value == 0
        if none and not wanted.of and len(rows) == len(_dutiful(desk)):
            return _listed(asked, desk, chosen, f"没有{_word(limit.role)}单位的任务")
        return _listed(asked, desk, chosen, "", None if none else limit.role)
    rated = [(count, row) for row in rows if (count := _units_of(row, wanted.role))]
    chosen = [row for _, row in _ranked(rated, wanted.rank)]
    lines = [_full(asked, desk, row, wanted.role) for row in chosen]
    return Draft(tuple(lines)) if lines else None


def _units_of(row: Row, role: Role | None) -> int:
    return len({duty.unit for duty in row[0].marks(row[1], role)})


def _full(asked: Asked, desk: Desk, row: Row, role: Role | None) -> Line:
    """A task with how many units it has, by role."""
    folio, clause = row
    parts = {"what": desk.what(folio, clause), "label": desk.label(folio, clause)}
    told, quotes = [], []
    for one in (role,) if role else _ROLES:
        if marks := folio.marks(clause, one):
            units = joined([duty.surface for duty in marks])
            told.append(say(asked.language, f"who.count.{one}", count=len(marks), units=units, **parts))
            quotes.append(Quote(folio, clause, folio.mark_span(marks)))
    return Line("".join(told), tuple(quotes))


def _listed(asked: Asked, desk: Desk, rows: list[Row], name: str, role: Role | None = None) -> Draft | None:
    if not rows:
        return None
    lines = [_task(asked, desk, row, role) for row in rows]
    quotes = tuple(quote for line in lines for quote in line.quotes)
    head = f"{name}共{len(lines)}项:" if name else say(asked.language, "list", count=len(lines))
    return Draft((Line(head, quotes, lead=True), *lines))


def _task(asked: Asked, desk: Desk, row: Row, role: Role | None) -> Line:
    """A task, with its units in a role where there is one."""
    folio, clause = row
    marks = folio.marks(clause, role) or folio.marks(clause)
    role = role if folio.marks(clause, role) else None
    parts = {"label": desk.label(folio, clause), "heading": f" {desk.heading(folio, clause)}"}
    units = joined([duty.surface for duty in marks])
    text = say(asked.language, f"item.{role}" if role else "item.plain", units=units, **parts)
    return Line(text, (Quote(folio, clause, folio.mark_span(marks)),))


# ------------------------------------------------------------ units by their tasks


def _by_units(asked: Asked, desk: Desk, wanted: Wanted, rows: list[Row]) -> Draft | None:
    if wanted.only or wanted.both:
        return _of_roles(asked, desk, wanted)
    units, role = _meant(wanted, rows, without=asked.units)  # 除了质监局
    if limit := wanted.limit:
        lines = [_summed(asked, desk, rows, unit, role) for unit in units]
        if asked.count and role and asked.language == "zh" and lines:
            head = f"{_word(role)}{_SIGNS[limit.op]}{limit.value}项的单位共{len(units)}个:"
            lines.insert(0, Line(head, tuple(quote for line in lines for quote in line.quotes), lead=True))
        return Draft(tuple(lines)) if lines else None
    return _first(asked, desk, wanted, rows, units, role) if units else None


def _meant(wanted: Wanted, rows: list[Row], without: Sequence[str] = ()) -> tuple[list[str], Role | None]:
    """The units that have as many tasks as is counted, and in which role."""
    limit, role = wanted.limit, wanted.limit.role if wanted.limit else wanted.role
    if not (counts := _tally(rows, role)):
        role, counts = Role.RESPONSIBLE, _tally(rows, Role.RESPONSIBLE)
    rated = [(count, unit) for unit, count in counts.items() if unit not in without]
    if limit:
        return [unit for count, unit in rated if limit.holds(count)], role
    return [unit for _, unit in _ranked(rated, wanted.rank)], role


def _is_among(asked: Asked, desk: Desk, wanted: Wanted) -> Draft | None:
    """Yes or no: whether the units named are among those that are counted, with what they have; or who is first."""
    rows = _dutiful(desk)
    if not all(_rows(rows, unit, None) for unit in asked.units):
        return None
    by_role = bool(wanted.only or wanted.both)
    units, role = _with_roles(rows, wanted) if by_role else _meant(wanted, rows)
    lines = [_summed(asked, desk, rows, unit, None if by_role else role) for unit in asked.units]
    lines = [replace(line, text=line.text + ("。" if asked.language == "zh" else ".")) for line in lines if line.text]
    if wanted.rank and units:
        told = _first(asked, desk, wanted, rows, units, role).lines
        lines = [*told, *(line for line in lines if not set(line.quotes) <= set(told[0].quotes))]
    for unit in asked.units if by_role else ():
        held = _rows(rows, unit, None)
        for one in (Role.LEAD, Role.SUPPORT):
            if not _rows(held, unit, one):
                text = say(asked.language, f"tasks.none.{one}", unit=_surface(desk, unit))
                lines.append(Line(text, tuple(_marks(held[:1], None))))
    if not lines:
        return None
    verdict = say(asked.language, "yes" if set(asked.units) <= set(units) else "no")
    return Draft((replace(lines[0], text=verdict + lines[0].text, lead=False), *lines[1:]))


def _first(asked: Asked, desk: Desk, wanted: Wanted, rows: list[Row], units: list[str], role: Role | None) -> Draft:
    """The units of the places asked for; where it is one unit, each of its tasks."""
    extreme = wanted.rank is not None and wanted.rank.places == (0,) and role
    if not extreme or len(units) >= _MANY or not _EACH.search(asked.cues):
        lines = [_summed(asked, desk, rows, unit, role) for unit in units]
    else:
        lines = [_task(asked, desk, row, None) for row in _rows(rows, units[0], role)]
    if not extreme:
        return Draft(tuple(lines))
    count = len(_rows(rows, units[0], role))
    return Draft((_winners(asked, desk, wanted, units, count, lines, role), *lines))


def _winners(
    asked: Asked, desk: Desk, wanted: Wanted, units: list[str], count: int, lines: list[Line], role: Role | None
) -> Line:
    """That these units have the most, or the fewest, and how many."""
    fewest = wanted.rank is not None and wanted.rank.fewest
    names = joined([_surface(desk, unit) for unit in units])
    quotes = tuple(quote for line in lines for quote in line.quotes)
    if asked.language == "en":
        verb = {Role.LEAD: "leads", Role.SUPPORT: "supports"}.get(role or Role.RESPONSIBLE, "is responsible for")
        text = f"{names} {verb} the {'fewest' if fewest else 'most'} tasks with {count} tasks:"
    else:
        word = _word(role).replace("责任", "负责")
        text = f"{names}{word}{'最少' if fewest else '最多'},{'各' if len(units) > 1 else '共'}{count}项:"
    return Line(text, quotes, lead=True)


def _summed(asked: Asked, desk: Desk, rows: list[Row], unit: str, role: Role | None) -> Line:
    """How many tasks a unit has, and which; of every role together, by role."""
    name, told, quotes = _surface(desk, unit), [], []
    for one in (role,) if role else _ROLES:
        if held := _rows(rows, unit, one):
            labels = "、".join(desk.label(folio, clause) for folio, clause in held)
            told.append(say(asked.language, f"count.{one}", unit=name, count=len(held)) + f"({labels})")
            quotes += _marks(held, one)
    total = len({(quote.folio.id, quote.clause.id) for quote in quotes})
    if len(told) > 1 and asked.language == "zh":
        told.append(f"共{total}项")
    return Line(",".join(told), tuple(quotes))


def _of_roles(asked: Asked, desk: Desk, wanted: Wanted) -> Draft | None:
    """The units that only support, only lead, or do both."""
    rows = _dutiful(desk)
    units, role = _with_roles(rows, wanted)
    if not units:
        return None
    quotes = [mark for unit in units for mark in _marks(_rows(rows, unit, role)[:1], role)]
    if wanted.both:
        quotes += [mark for unit in units for mark in _marks(_rows(rows, unit, Role.SUPPORT)[:1], Role.SUPPORT)]
    names = joined([_surface(desk, unit) for unit in units])
    kind = "both" if wanted.both else f"only.{role}"
    return Draft((Line(say(asked.language, f"units.{kind}", count=len(units), units=names), tuple(quotes)),))


def _with_roles(rows: list[Row], wanted: Wanted) -> tuple[list[str], Role]:
    leads, supports = _tally(rows, Role.LEAD), _tally(rows, Role.SUPPORT)
    role = Role.SUPPORT if wanted.only is Role.SUPPORT else Role.LEAD
    own, other = (supports, leads) if role is Role.SUPPORT else (leads, supports)
    return [unit for unit in own if (unit in other) is wanted.both], role


def compared(asked: Asked, desk: Desk) -> Outcome:
    """Two or more units beside each other: how many tasks each has in the role asked for, or in all."""
    rows = _dutiful(desk)
    if asked.role is None and (asked.both or asked.has(tally.TOTAL)) and len(asked.units) == _MANY:
        return _compared_in_all(asked, desk, rows)
    role = asked.role or Role.LEAD
    tallies = [(len(_rows(rows, unit, role)), _surface(desk, unit), _rows(rows, unit, role)) for unit in asked.units]
    if any(not name for _, name, _ in tallies):
        return None
    ordered = len(tallies) == _MANY and tallies[0][0] != tallies[1][0]
    if ordered:
        tallies.sort(key=lambda item: -item[0])
    parts = [say(asked.language, f"count.{role}", unit=name, count=count) for count, name, _ in tallies]
    quotes = tuple(quote for _, _, held in tallies for quote in _marks(held, role))
    idle = [unit for unit in asked.units if not _rows(rows, unit, role)]  # its other tasks show that it is named
    quotes += tuple(quote for unit in idle for quote in _marks(_rows(rows, unit, None)[:1], None))
    if ordered and asked.language == "zh":
        parts.append(f"相差{tallies[0][0] - tallies[1][0]}项")
    verdict = _verdict(asked, desk, role, tallies[0][1], ordered) if len(tallies) == _MANY else ""
    end = "。" if asked.language == "zh" else "."
    return Draft((Line(verdict + ",".join(parts) + end, quotes),)) if quotes else None


def _compared_in_all(asked: Asked, desk: Desk, rows: list[Row]) -> Draft | None:
    """Two units beside each other: all the tasks of each, by role."""
    tallies = [(len(_rows(rows, unit, None)), unit) for unit in asked.units]
    if not all(count for count, _ in tallies):
        return None
    first, second = sorted(tallies, key=lambda item: -item[0])
    lines = [_summed(asked, desk, rows, unit, None) for _, unit in (first, second)]
    verdict = _verdict(asked, desk, None, _surface(desk, first[1]), first[0] != second[0])
    if not verdict:
        return Draft(tuple(lines))
    return Draft((Line(verdict, tuple(quote for line in lines for quote in line.quotes), lead=True), *lines))


def _verdict(asked: Asked, desk: Desk, role: Role | None, more: str, ordered: bool) -> str:
    """Who has more, where that is asked; after a yes or no where one is said to have more."""
    if not (asked.compare or asked.most or asked.yes_no):
        return ""
    if not ordered:
        verdict = "两者一样多:" if asked.language == "zh" else "Equal: "
    else:
        word = _word(role).replace("责任", "负责") if role else ""
        verdict = f"{more}{word}的任务更多:" if asked.language == "zh" else f"{more} has more tasks: "
    if not asked.yes_no:
        return verdict
    if asked.has(_EQUAL):
        truth = not ordered
    else:
        truth = ordered and (more == _surface(desk, asked.units[0])) is not asked.has(_LESS)
    return say(asked.language, "yes" if truth else "no") + verdict


# ------------------------------------------------------------ how many in all


def _how_many_units(asked: Asked, desk: Desk, role: Role) -> Draft | None:
    rows = _dutiful(desk)
    if not (units := list(_tally(rows, role))):
        return None
    names = joined([_surface(desk, unit) for unit in units])
    quotes = tuple(mark for unit in units for mark in _marks(_rows(rows, unit, role)[:1], role))
    return Draft((Line(say(asked.language, f"units.{role}", count=len(units), units=names), quotes),))


def _how_many_in_all(asked: Asked, desk: Desk) -> Outcome:
    """The units with any marked role, each once."""
    units = list(_tally(_dutiful(desk), None))
    if not units:
        return None
    quotes = []
    for unit in units:
        folio, clause, duty = next(row for row in held_by(desk, unit))
        quotes.append(Quote(folio, clause, folio.mark_span(folio.marks(clause, duty.role))))
    names = joined([_surface(desk, unit) for unit in units])
    return Draft((Line(say(asked.language, "units.all", count=len(units), units=names), tuple(quotes)),))


def _how_many_tasks(asked: Asked, desk: Desk, role: Role, part: Row | None) -> Outcome:
    """How many tasks, under the heading that is named if one is, have units in a role."""
    rows = [(folio, clause) for folio, clause in _dutiful(desk) if folio.marks(clause, role)]
    if part:
        rows = [row for row in rows if row[0] is part[0] and part[1].extent.contains(row[1].span)]
    if not rows:
        return None
    text = f"有{_word(role)}单位的任务共{len(rows)}项。"
    return Draft(
        (Line(text if asked.language == "zh" else f"There are {len(rows)} in all.", tuple(_marks(rows, role))),)
    )


# ------------------------------------------------------------ the table


def _dutiful(desk: Desk) -> list[Row]:
    return [(folio, clause) for folio in desk.originals for clause in folio.clauses if folio.marks(clause)]


def _tally(rows: Iterable[Row], role: Role | None) -> Counter[str]:
    """How many tasks each unit has in a role, or in any."""
    return Counter(unit for folio, clause in rows for unit in dict.fromkeys(d.unit for d in folio.marks(clause, role)))


def _ranked(rated: list[tuple[int, _T]], rank: Rank | None) -> list[tuple[int, _T]]:
    """Those whose count has one of the places of an order; equal counts share a place."""
    order = sorted({count for count, _ in rated}, reverse=not (rank and rank.fewest))
    wanted = [order[place] for place in (rank.places if rank else ()) if place < len(order)]
    return sorted((item for item in rated if item[0] in wanted), key=lambda item: order.index(item[0]))


def _rows(rows: Iterable[Row], unit: str, role: Role | None) -> list[Row]:
    return [row for row in rows if any(duty.unit == unit for duty in row[0].marks(row[1], role))]


def _marks(rows: Iterable[Row], role: Role | None) -> list[Quote]:
    return [Quote(folio, clause, folio.mark_span(folio.marks(clause, role))) for folio, clause in rows]


def _surface(desk: Desk, unit: str) -> str:
    return next((duty.surface for _, _, duty in held_by(desk, unit)), "")


def _word(role: Role | None) -> str:
    return {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "责任", None: "承担任务"}[role]
