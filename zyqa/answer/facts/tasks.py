"""What a unit leads, supports or is responsible for: complete lists from the duties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from zyqa.answer.desk import ENOUGH, Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.frame import EXCEPT, UNIT
from zyqa.answer.phrases import joined, say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Duty, Role

_TOGETHER = compiled(r"共同|一起(?!算)|都|同时|一块|联合|共有的")
_ONE_LEADS = compiled(
    UNIT + r"(?:来)?牵头.{0,4}" + UNIT + r".{0,2}(?:配合|参与|协助)|" + UNIT + r"配合.{0,3}" + UNIT + r"牵头"
)
_OTHER_SIDE = compiled(
    UNIT
    + r"(?P<own>牵头|主抓|领头|配合|协助|参与)(?:的)?(?:那|这)?(?:些|几|两|一)?(?:项|个|条)?(?:任务|工作|事|条款)?,?"
    r"(?:都|各|分别)?(?:是|由|有|归)?(?:谁|哪[^,]{0,5})(?:来)?(?:单位|部门)?(?P<other>牵头|配合|协助|参与)"
    r"|" + UNIT + r"(?:都|主要)?(?:给|为|帮)(?:谁|哪[^,]{0,5})(?:打|做|当)?(?:配合|帮手|配角|下手|忙)"
)
_IN_ALL = compiled(r"承担|总共|一共|共(?:有|计)?(?:几|多少)|加起来|合计|参与|涉及")
_EVERY = compiled(r"全部|所有|一律|统统|都(?:有|是|负责)|(?<!主)管(?!理)")
_ANY_ROLE = compiled(r"^(?!.*(?:牵头|配合|协助|协办|主抓|挑头)).*(?:参与|参加|有份)")  # in whichever role
_COMPARES = compiled(r"孰|(?:哪[个样种边头]|谁)的?(?:任务)?[多少]|更[多少]|[多少]还是|相等|一样|相同|差[几多]")
_UNTOUCHED = compiled(
    r"既(?:不|没有?|无|未)[^,]{0,3}(?:牵头|配合).{0,2}(?:也|又)(?:不|没有?|无|未)[^,]{0,3}(?:牵头|配合)"
    r"|(?:哪些|哪几[项条个])(?:任务|工作)?.{0,6}(?:没有?|未|不)(?:参与|参加|涉及|有份)|(?:没有?|未|不)(?:参与|参加|涉及|有份)的?.{0,3}(?:哪|任务)"
)
_ROLES = (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)


Held = tuple[Folio, Clause, Duty]


def tasks(asked: Asked, desk: Desk) -> Outcome:
    """The unit's tasks in the role asked for (both where none is), or that it has none."""
    if len(asked.units) > 1 and (asked.has(_TOGETHER) or asked.has(_ONE_LEADS)):
        return _shared(asked, desk)
    if len(asked.units) == 1 and (found := _OTHER_SIDE.search(asked.cues)):
        return _other_side(asked, desk, Role.LEAD if found["own"] in ("牵头", "主抓", "领头") else Role.SUPPORT)
    if len(asked.units) == 1 and asked.has(_UNTOUCHED) and not asked.topic.strong:
        return _untouched(asked, desk)
    lines: list[Line] = []
    for unit, surface in zip(asked.units, asked.surfaces, strict=False):
        if not (held := held_by(desk, unit)):
            if prose := list(_prose(asked, desk, unit)):
                lines += prose
                continue
            if any(surface in folio.folded for folio in desk.originals):
                return None
            return Refusal(f"{subject(desk)}未提及{surface}。")
        told = list(_of_unit(asked, desk, unit, held))
        lines += [*_sum(asked, held, told), *told]
    return Draft(tuple(lines)) if lines else None


def _shared(asked: Asked, desk: Desk) -> Outcome:
    """The tasks that several units have together, each in the role the question gives it."""
    wanted = _roles_in_order(asked)
    rows = None
    for unit, role in zip(asked.units, wanted, strict=False):
        found = {
            (folio.id, clause.id): (folio, clause, duty)
            for folio, clause, duty in held_by(desk, unit)
            if role is None or duty.role is role
        }
        rows = found if rows is None else {key: row for key, row in rows.items() if key in found}
    if not rows:
        return Refusal(f"{subject(desk)}没有这些单位共同承担的任务。")
    lines = []
    for folio, clause, _ in rows.values():
        text = say(
            asked.language, "item.plain", label=desk.label(folio, clause), heading=f" {desk.heading(folio, clause)}"
        )
        roles = {duty.role for duty in folio.marks(clause) if duty.unit in asked.units}
        marks = tuple(
            Quote(folio, clause, folio.mark_span(folio.marks(clause, role))) for role in _ROLES if role in roles
        )
        lines.append(Line(text, marks))
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines))


def _untouched(asked: Asked, desk: Desk) -> Outcome:
    """The tasks in which a unit has no part."""
    rows = [(folio, clause) for folio in desk.originals for clause in folio.clauses if folio.marks(clause)]
    lines = []
    for folio, clause in rows:
        marks = folio.marks(clause)
        if all(duty.unit not in asked.units for duty in marks):
            parts = {"label": desk.label(folio, clause), "heading": f" {desk.heading(folio, clause)}"}
            mark = Quote(folio, clause, folio.mark_span(marks))
            lines.append(Line(say(asked.language, "item.plain", **parts), (mark,)))
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines)) if lines else None


def _other_side(asked: Asked, desk: Desk, own: Role) -> Outcome:
    """Who supports the tasks that a unit leads, or who leads those that it supports."""
    other = Role.SUPPORT if own is Role.LEAD else Role.LEAD
    held = [row for row in held_by(desk, asked.units[0]) if row[2].role is own]
    lines = []
    for folio, clause, _ in held:
        parts = {"what": desk.what(folio, clause), "label": desk.label(folio, clause)}
        if found := desk.mark(folio, clause, other):
            lines.append(Line(say(asked.language, f"who.{other}", units=joined(found[0]), **parts), (found[1],)))
        else:
            mark = Quote(folio, clause, folio.mark_span(folio.marks(clause, own)))
            lines.append(Line(say(asked.language, f"who.none.{other}", **parts), (mark,)))
    return Draft(tuple(lines)) if lines else None


def _roles_in_order(asked: Asked) -> list[Role | None]:
    """The role of each unit named: A牵头、B配合 gives each its own, 共同配合 gives all the same."""
    if asked.has(_ONE_LEADS) and not asked.has(_TOGETHER):
        words = re.findall(r"牵头|配合|参与|协助", asked.cues)
        return [Role.LEAD if word == "牵头" else Role.SUPPORT for word in words]
    role = asked.role if not re.search(r"参与|参加|涉及", asked.cues) else None
    return [role] * len(asked.units)


def subject(desk: Desk) -> str:
    """How a refusal names the documents at hand."""
    originals = desk.originals
    return f"《{originals[0].document.title}》" if len(originals) == 1 else "库内文件"


def held_by(desk: Desk, unit: str) -> list[Held]:
    """The marked duties of a unit, in document order."""
    return [
        (folio, folio.by_id[duty.clause_id], duty)
        for folio in desk.folios
        for duties in folio.duties.values()
        for duty in duties
        if duty.marked and duty.unit == unit
    ]


def _of_unit(asked: Asked, desk: Desk, unit: str, held: list[Held]) -> Iterable[Line]:
    name = held[0][2].surface
    present = [role for role in _ROLES if any(duty.role is role for _, _, duty in held)]
    wanted = _roles(asked, present)
    for role in wanted:
        own = [row for row in held if row[2].role is role]
        if rows := _on_topic(asked, desk, own):
            yield from _list(asked, desk, name, role, rows)
        elif own and asked.has(EXCEPT):
            first, *lines = _list(asked, desk, name, role, own)
            yield from (replace(first, text=say(asked.language, "none") + first.text), *lines)
        else:
            others = tuple(_mark(row) for row in held)
            yield Line(say(asked.language, f"tasks.none.{role}", unit=name), others[:1], lead=False)
            rest = [row for row in held if row[2].role is not role]
            if rest and asked.yes_no:
                yield from _list(asked, desk, name, rest[0][2].role, rest)
    if asked.role is None or (asked.role is Role.LEAD and "负责" in asked.text and not wanted):
        yield from _prose(asked, desk, unit)


def _sum(asked: Asked, held: list[Held], told: list[Line]) -> Iterable[Line]:
    """How many tasks a unit has in several roles taken together, where that is asked."""
    parts = [line.text.rstrip(":") for line in told if line.lead]
    compares = asked.has(_COMPARES)
    if not (asked.count or compares) or asked.topic.strong or len(parts) < 2 or asked.language != "zh":
        return
    quotes = tuple(dict.fromkeys(_mark(row) for row in held))
    places = {(folio.id, clause.id) for folio, clause, _ in held}
    verdict = f"{_more(held)},共" if compares else "共"
    yield Line(f"{','.join(parts)},{verdict}{len(places)}项。", quotes)


def _more(held: list[Held]) -> str:
    """Whether a unit leads more tasks than it supports."""
    led, helped = (sum(row[2].role is role for row in held) for role in (Role.LEAD, Role.SUPPORT))
    return "两者一样多" if led == helped else f"{'牵头' if led > helped else '配合'}的更多"


def _roles(asked: Asked, present: list[Role]) -> list[Role]:
    if (
        asked.role is None
        or asked.both
        or (asked.soft and (_IN_ALL.search(asked.cues) or _EVERY.search(asked.cues)))
        or asked.has(_ANY_ROLE)
        or (asked.soft and asked.role not in present)
    ):
        return present
    if asked.role is Role.LEAD and Role.LEAD not in present and Role.RESPONSIBLE in present:
        return [Role.RESPONSIBLE]
    return [asked.role]


def _on_topic(asked: Asked, desk: Desk, rows: list[Held]) -> list[Held]:
    """The tasks on the topic; of those asked for besides a topic (除了物流业), the others."""
    besides = asked.has(EXCEPT)
    topic = Topic(asked.topic.context) if besides else asked.topic
    if not topic.strong:
        return rows
    if asked.count and (inside := under_heading(asked, desk)):
        return [row for row in rows if (row[0].id, row[1].id) in inside]
    good = {(match.folio.id, match.clause.id) for match in desk.find(topic)}
    return [row for row in rows if ((row[0].id, row[1].id) in good) is not besides]


def under_heading(asked: Asked, desk: Desk) -> set[tuple[str, str]]:
    """The clauses under the heading, of several items, that holds the topic best; none where no heading does."""
    topic = Topic(asked.topic.strong)
    rated = [
        (topic.coverage(folio.heads[clause.id]), -len(folio.heads[clause.id]), folio, clause)
        for folio in desk.originals
        for clause in folio.clauses
        if folio.children.get(clause.id) and topic.coverage(folio.heads[clause.id]) >= ENOUGH
    ]
    if not rated:
        return set()
    _, _, folio, head = max(rated, key=lambda item: item[:2])
    return {(folio.id, clause.id) for clause in folio.descendants(head)}


def _mark(row: Held) -> Quote:
    folio, clause, duty = row
    return Quote(folio, clause, folio.mark_span(folio.marks(clause, duty.role)))


def _list(asked: Asked, desk: Desk, name: str, role: Role, rows: list[Held]) -> Iterable[Line]:
    quotes = tuple(_mark(row) for row in rows)
    if len(rows) < len([row for row in held_by(desk, rows[0][2].unit) if row[2].role is role]):
        head = say(asked.language, f"tasks.part.{role}", unit=name, count=len(rows))
    else:
        head = say(asked.language, f"tasks.{role}", unit=name, count=len(rows))
    yield Line(head, quotes, lead=True)
    for (folio, clause, _), quote in zip(rows, quotes, strict=True):
        heading = f" {desk.heading(folio, clause)}"
        yield Line(say(asked.language, "item.plain", label=desk.label(folio, clause), heading=heading), (quote,))


def _prose(asked: Asked, desk: Desk, unit: str) -> Iterable[Line]:
    """What running text says of the unit without a mark."""
    for folio in desk.originals or desk.folios:
        spans = []
        for duties in folio.duties.values():
            for duty in duties:
                if duty.unit == unit and not duty.marked:
                    spans.append(folio.sentence_at(duty.span.start))
        for span in dict.fromkeys(spans):
            yield desk.prose(asked, folio, span)
