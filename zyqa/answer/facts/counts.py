"""How many, who most, who more, which tasks without or with several: over the whole duties table."""

from __future__ import annotations

import re
from collections import Counter

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.facts.tasks import held_by, under_heading
from zyqa.answer.phrases import joined, say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Clause, Role

_WITHOUT = re.compile(r"(?:没有?|无|缺|不(?:需要|用|带|设|含))(?:列|设|写|安排|明确|任何)?的?(?P<role>配合|牵头|责任)")
_SHARED = re.compile(
    r"(?:共同|并列|联合)(?P<role>牵头|配合|负责)|(?:两|二|几|多|多个|两个|不止一)(?:个|家)?(?:以上)?(?:的)?(?:单位|部门)?(?:共同|一起|联合|同时|并列)?(?P<role2>牵头)|联合牵头|一起牵头|多头牵头"
)
_UNITS_ONLY = re.compile(r"只(?:配合|牵头)|仅(?:配合|牵头)|(?:没有?|从不|不)(?:牵头|配合)(?:任何)?|光(?:配合|牵头)")
_THRESHOLD = re.compile(
    rf"(?:牵头|配合)(?:了|的)?(?:任务|工作)?(?P<above>超过|多于)?(?P<least>不少于|至少)?(?:只有|有)?"
    rf"(?P<number>\d+|{HAN_NUMERAL})项(?P<from>以上)?"
)
_TASKS_COUNTED = re.compile(
    r"(?:几|多少)(?:项|条|个)?(?:有|由|带|设|列|写明)?.{0,6}(?:任务|工作)|(?:任务|工作).{0,8}(?:几|多少)(?:项|条|个)|(?:任务|工作)(?:的)?(?:总数|数量|项数)"
)
_FEW = re.compile(
    rf"(?P<role>配合|牵头)(?:单位|部门)(?:就|都|却)?(?:只有|仅有|只|仅|有|为|是)(?P<number>\d+|{HAN_NUMERAL})(?:个|家)"
)
_FEW_BEFORE = re.compile(
    rf"(?:只有|仅有|只|仅|由|有)(?P<number>\d+|{HAN_NUMERAL})(?:个|家)(?P<role>配合|牵头)(?:单位|部门)"
)
_ANY_PART = re.compile(r"参与|参加|提到|涉及|出现|点名|点到|一共|总共|分工")
_WHICH_TASK = re.compile(r"(?:哪|什么)(?:一)?(?:项|条|个任务|些任务)|哪.{0,2}任务")
_NAMES = {"牵头": Role.LEAD, "配合": Role.SUPPORT, "责任": Role.RESPONSIBLE, "负责": Role.LEAD}
Row = tuple[Folio, Clause]


def counted(asked: Asked, desk: Desk) -> Outcome:
    """An answer over the whole table, or None where the question is about one clause or one unit."""
    cues = asked.cues
    if asked.address and not any(folio.children.get(clause.id) for folio, clause in desk.clause(asked.address)):
        return None
    if asked.topic.strong and not asked.topic.coverage("单位任务") > 0:
        return _of_part(asked, desk)
    if not asked.units and asked.role and (found := _THRESHOLD.search(asked.text)) and (asked.who or "单位" in cues):
        return _by_number(asked, desk, found)
    if found := _WITHOUT.search(cues):
        if re.search(r"(?:哪些|哪几个|几个|多少个?|什么)(?:单位|部门)", cues):
            return _only(asked, desk)
        return _without(asked, desk, _NAMES[found["role"]])
    if not asked.units and (found := _FEW.search(cues) or _FEW_BEFORE.search(cues)):
        return _with_few(asked, desk, _NAMES[found["role"]], number(found["number"]) or 1)
    if not asked.units and _SHARED.search(cues):
        return _shared(asked, desk)
    if not asked.units and _UNITS_ONLY.search(cues):
        return _only(asked, desk)
    if asked.most and asked.role and not asked.units and _WHICH_TASK.search(cues):
        return _fullest_task(asked, desk, asked.role)
    if asked.most and not asked.units and asked.role and (asked.who or re.search("单位|部门", cues)):
        return _most(asked, desk)
    if asked.count and not asked.units and asked.role and _TASKS_COUNTED.search(cues):
        return _how_many_tasks(asked, desk, asked.role)
    if asked.count and asked.who and asked.role and not asked.units:
        return _how_many_units(asked, desk, asked.role)
    if asked.count and asked.who and not asked.units and not asked.topic and _ANY_PART.search(cues):
        return _how_many_in_all(desk)
    return None


def _of_part(asked: Asked, desk: Desk) -> Outcome:
    """The tasks without a role, or with several units in one, of the part whose heading the topic is."""
    found = _WITHOUT.search(asked.cues)
    if asked.units or not (found or _SHARED.search(asked.cues)):
        return None
    inside = under_heading(asked, desk)
    rows = [(folio, clause) for folio, clause in _dutiful(desk) if (folio.id, clause.id) in inside]
    if not rows:
        return None
    if found:
        role = _NAMES[found["role"]]
        return _listed(asked, desk, [row for row in rows if not row[0].marks(row[1], role)], None, "")
    return None


def compared(asked: Asked, desk: Desk) -> Outcome:
    """Two or more units beside each other: how many tasks each has in the role asked for."""
    role = asked.role or Role.LEAD
    tallies = []
    for unit in asked.units:
        rows = [(folio, clause) for folio, clause, duty in held_by(desk, unit) if duty.role is role]
        surface = next((duty.surface for _, _, duty in held_by(desk, unit)), None)
        if surface is None:
            return None
        tallies.append((len(rows), surface, rows))
    parts = [say(asked.language, f"count.{role}", unit=name, count=count) for count, name, _ in tallies]
    counts = sorted({count for count, _, _ in tallies}, reverse=True)
    quotes = tuple(quote for _, _, rows in tallies for quote in _marks(rows, role))
    verdict = ""
    if len(tallies) == 2 and len(counts) == 2:
        tallies.sort(key=lambda item: -item[0])
        more = tallies[0][1]
        word = _word(role).replace("责任", "负责")
        verdict = f"{more}{word}的任务更多:" if asked.language == "zh" else f"{more} has more tasks: "
        parts = [say(asked.language, f"count.{role}", unit=name, count=count) for count, name, _ in tallies]
    elif len(tallies) == 2:
        verdict = "两者一样多:" if asked.language == "zh" else "Equal: "
    if not asked.compare and not asked.most:
        verdict = ""
    if len(tallies) == 2 and len(counts) == 2 and asked.language == "zh":
        parts.append(f"相差{counts[0] - counts[1]}项")
    end = "。" if asked.language == "zh" else "."
    return Draft((Line(verdict + ",".join(parts) + end, quotes),)) if quotes else None


def _marks(rows: list[Row], role: Role) -> list[Quote]:
    return [Quote(folio, clause, folio.mark_span(folio.marks(clause, role))) for folio, clause in rows]


def _tally(desk: Desk, role: Role) -> Counter[str]:
    return Counter(
        duty.unit
        for folio in desk.originals
        for duties in folio.duties.values()
        for duty in duties
        if duty.marked and duty.role is role
    )


def _surface(desk: Desk, unit: str) -> str:
    return next(duty.surface for _, _, duty in held_by(desk, unit))


def _rows(desk: Desk, unit: str, role: Role) -> list[Row]:
    return [(folio, clause) for folio, clause, duty in held_by(desk, unit) if duty.role is role]


def _items(asked: Asked, desk: Desk, rows: list[Row], role: Role | None) -> list[Line]:
    lines = []
    for folio, clause in rows:
        marks = folio.marks(clause, role)
        heading = f" {desk.heading(folio, clause)}"
        quote = Quote(folio, clause, folio.mark_span(marks))
        lines.append(
            Line(say(asked.language, "item.plain", label=desk.label(folio, clause), heading=heading), (quote,))
        )
    return lines


def _most(asked: Asked, desk: Desk) -> Outcome:
    role = asked.role or Role.LEAD
    tally = _tally(desk, role) or _tally(desk, Role.RESPONSIBLE)
    if not tally:
        return None
    fewest = "最少" in asked.cues
    edge = min(tally.values()) if fewest else max(tally.values())
    units = [unit for unit, count in tally.items() if count == edge]
    names = joined([_surface(desk, unit) for unit in units])
    word = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "负责"}[role]
    if asked.language == "en":
        verb = {Role.LEAD: "leads", Role.SUPPORT: "supports", Role.RESPONSIBLE: "is responsible for"}[role]
        head = f"{names} {verb} the {'fewest' if fewest else 'most'} tasks with {edge} tasks:"
    else:
        each = "各" if len(units) > 1 else "共"
        head = f"{names}{word}{'最少' if fewest else '最多'},{each}{edge}项:"
    lines = [line for unit in units for line in _items(asked, desk, _rows(desk, unit, role), role)]
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(head, quotes, lead=True), *lines))


def _by_number(asked: Asked, desk: Desk, found: re.Match[str]) -> Outcome:
    """The units with so many tasks in a role (只牵头一项, 超过5项)."""
    role, wanted = asked.role or Role.LEAD, number(found["number"])
    if wanted is None:
        return None
    above, least = bool(found["above"]), bool(found["least"] or found["from"])
    tally = _tally(desk, role)
    units = [u for u, c in tally.items() if (c > wanted if above else c >= wanted if least else c == wanted)]
    if not units:
        return None
    lines = [line for unit in units for line in _list_of(asked, desk, unit, role, tally[unit])]
    return Draft(tuple(lines))


def _list_of(asked: Asked, desk: Desk, unit: str, role: Role, count: int) -> list[Line]:
    rows = _rows(desk, unit, role)
    labels = "、".join(desk.label(folio, clause) for folio, clause in rows)
    text = say(asked.language, f"count.{role}", unit=_surface(desk, unit), count=count)
    return [Line(f"{text}({labels})", tuple(_marks(rows, role)))]


def _fullest_task(asked: Asked, desk: Desk, role: Role) -> Outcome:
    """The task with the most units in a role."""
    rows = [row for row in _dutiful(desk) if row[0].marks(row[1], role)]
    if not rows:
        return None
    edge = max(len(folio.marks(clause, role)) for folio, clause in rows)
    lines = []
    for folio, clause in rows:
        if len(marks := folio.marks(clause, role)) == edge:
            units = joined([duty.surface for duty in marks])
            parts = {"what": desk.what(folio, clause), "label": desk.label(folio, clause)}
            text = say(asked.language, f"who.count.{role}", count=edge, units=units, **parts)
            lines.append(Line(text, (Quote(folio, clause, folio.mark_span(marks)),)))
    return Draft(tuple(lines))


def _how_many_units(asked: Asked, desk: Desk, role: Role) -> Outcome:
    tally = _tally(desk, role)
    if not tally:
        return None
    names = [_surface(desk, unit) for unit in tally]
    quotes = tuple(mark for unit in tally for mark in _marks(_rows(desk, unit, role)[:1], role))
    text = say(asked.language, f"units.{role}", count=len(names), units=joined(names))
    return Draft((Line(text, quotes),))


def _how_many_in_all(desk: Desk) -> Outcome:
    """The units with any marked role, each once."""
    units = list(dict.fromkeys(unit for role in Role for unit in _tally(desk, role)))
    if not units:
        return None
    quotes = []
    for unit in units:
        folio, clause, duty = next(row for row in held_by(desk, unit))
        quotes.append(Quote(folio, clause, folio.mark_span(folio.marks(clause, duty.role))))
    names = joined([_surface(desk, unit) for unit in units])
    return Draft((Line(f"承担任务的单位共{len(units)}个:{names}。", tuple(quotes)),))


def _how_many_tasks(asked: Asked, desk: Desk, role: Role) -> Outcome:
    rows = [(folio, clause) for folio, clause in _dutiful(desk) if folio.marks(clause, role)]
    if not rows:
        return None
    text = f"有{_word(role)}单位的任务共{len(rows)}项。"
    return Draft(
        (Line(text if asked.language == "zh" else f"There are {len(rows)} in all.", tuple(_marks(rows, role))),)
    )


def _dutiful(desk: Desk) -> list[Row]:
    return [(folio, clause) for folio in desk.originals for clause in folio.clauses if folio.marks(clause)]


def _without(asked: Asked, desk: Desk, role: Role) -> Outcome:
    rows = [(folio, clause) for folio, clause in _dutiful(desk) if not folio.marks(clause, role)]
    return _listed(asked, desk, rows, None, f"没有{_word(role)}单位的任务")


def _with_few(asked: Asked, desk: Desk, role: Role, wanted: int) -> Outcome:
    """The tasks with exactly so many units in a role."""
    rows = [row for row in _dutiful(desk) if len(row[0].marks(row[1], role)) == wanted]
    lines = [_with_units(asked, desk, row, role) for row in rows]
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines)) if lines else None


def _with_units(asked: Asked, desk: Desk, row: Row, role: Role) -> Line:
    """A task and its units in a role."""
    folio, clause = row
    marks = folio.marks(clause, role)
    parts = {"label": desk.label(folio, clause), "heading": f" {desk.heading(folio, clause)}"}
    units = joined([duty.surface for duty in marks])
    text = say(asked.language, f"item.{role}", units=units, **parts)
    return Line(text, (Quote(folio, clause, folio.mark_span(marks)),))


def _shared(asked: Asked, desk: Desk) -> Outcome:
    role = asked.role or Role.LEAD
    rows = [(folio, clause) for folio, clause in _dutiful(desk) if len(folio.marks(clause, role)) > 1]
    if not rows:
        return None
    lines = [_with_units(asked, desk, row, role) for row in rows]
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines))


def _only(asked: Asked, desk: Desk) -> Outcome:
    """The units that only support, or only lead."""
    leads, supports = set(_tally(desk, Role.LEAD)), set(_tally(desk, Role.SUPPORT))
    only_lead = bool(re.search(r"只牵头|仅牵头|光牵头|(?:没有?|从不|不)配合", asked.cues))
    units = sorted(leads - supports) if only_lead else sorted(supports - leads)
    role = Role.LEAD if only_lead else Role.SUPPORT
    if not units:
        return None
    quotes = tuple(mark for unit in units for mark in _marks(_rows(desk, unit, role)[:1], role))
    names = joined([_surface(desk, unit) for unit in units])
    word = _word(role)
    other = "配合" if only_lead else "牵头"
    return Draft((Line(f"只{word}、不{other}的单位有{len(units)}个:{names}。", quotes),))


def _listed(asked: Asked, desk: Desk, rows: list[Row], role: Role | None, name: str) -> Outcome:
    if not rows:
        return None
    lines = _items(asked, desk, rows, role)
    quotes = tuple(quote for line in lines for quote in line.quotes)
    head = f"{name}共{len(lines)}项:" if name else say(asked.language, "list", count=len(lines))
    return Draft((Line(head, quotes, lead=True), *lines))


def _word(role: Role) -> str:
    return {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "责任"}[role]
