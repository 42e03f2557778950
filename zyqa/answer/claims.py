"""What a statement claims of units: in which role, how many, who more; and the counting again from the tables."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyqa.patterns import compiled
from zyqa.policy.units import Register
from zyqa.types import Clause, Document, Duty, Role, Span

_SAID = {
    Role.LEAD: ("牵头", "主办", "led", "leads", "lead"),
    Role.SUPPORT: ("配合", "协助", "协办", "supported", "supports", "supporting", "support"),
    Role.RESPONSIBLE: ("负责", "责任", "responsible", "responsibility"),
}
_WORDS = {word: role for role, words in _SAID.items() for word in words}
_ROLE = compiled("|".join(sorted(_WORDS, key=len, reverse=True)))
_LABELLED = compiled(
    r"\s*(?:单位|部门|units?|of|by)?\s*(?:主要)?(?:是|为|有|包括|:|by|of|are|is)?\s*(?:共?\d+个)?\s*:?\s*$"
)
_DENIED = compiled(r"不(?:是|由|是由)?|没有?列?|未|无|(?<!\d)0(?:项| tasks?\b)|\bno\b|\bnot\b")
_OF_UNITS = compiled(r"单位|\bunits\b")
_SEGMENT = compiled(r"[^,。;\n]+")
_LIMITED = compiled(r"(?P<op>不少于|超过|不超过|少于)?(?P<value>\d+)项的单位共(?P<total>\d+)个")
_LISTED = compiled(r"共\d+个。.*?“")  # the items of a list that is quoted
_RUN = compiled(r"[^,。;:“”]*、[^,。;:“”]*")
_ASIDE = compiled(r"\([^()]*\)")
_COMPARED = {"": operator.eq, "不少于": operator.ge, "超过": operator.gt, "不超过": operator.le, "少于": operator.lt}
_VALUES = compiled(r"(?<![\d.])(\d+)(?=%|[个项家户])")
_COUNT = compiled(r"(?P<value>\d+)(?=\s*(?:项|个|家|条|tasks?|units?|in all|more|lead|supporting|responsible))")


@dataclass(frozen=True, slots=True)
class Claim:
    """That a unit has (``denied``: has not) a role. Without role the unit is merely named; without unit, the role."""

    unit: str | None
    role: Role | None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number that counts tasks or units, with the role and the unit it is about."""

    value: int
    role: Role | None
    unit: str | None
    part: str


def find(text: str, register: Register) -> list[Claim]:
    """The claims about units and roles in a folded statement."""
    return [claim for found in _SEGMENT.finditer(text) for claim in _in_segment(found.group(), register)]


def _in_segment(part: str, register: Register) -> Iterator[Claim]:
    units = register.find(part)
    roles = list(_ROLE.finditer(part))
    if not roles:
        yield from (Claim(name, None) for _, name in units)
        return
    if not units:
        if not re.search(r"\d", part):
            yield from (Claim(None, _WORDS[role.group()], _denies(part, role.start())) for role in roles)
        return
    for span, name in units:
        if part[: span.start].endswith("会同"):
            yield Claim(name, None)
            continue
        role = _role_of(part, span, roles)
        yield Claim(name, _WORDS[role.group()], _denies(part, max(role.start(), span.start)))


def _role_of(part: str, unit: Span, roles: list[re.Match[str]]) -> re.Match[str]:
    """The role word that governs a unit: the label before it (牵头单位:…), else the verb after it, else the nearest."""
    before = [role for role in roles if role.end() <= unit.start]
    after = [role for role in roles if role.start() >= unit.end]
    if before and (not after or _labels(part, before[-1], unit)):
        return before[-1]
    return after[0] if after else min(roles, key=lambda role: abs(role.start() - unit.start))


def _labels(part: str, role: re.Match[str], unit: Span) -> bool:
    between = part[role.end() : unit.start]
    head = re.match(r"(?:单位|部门)(?:有|是|为|共|:)|\s*(?:by|of)\s", between)
    return bool(head or _LABELLED.fullmatch(between))


def _denies(part: str, place: int) -> bool:
    head = part if part.isascii() or re.search(r"[a-z]{3}", part) else part[: place + 4]
    return len(_DENIED.findall(head)) % 2 == 1


def speaks_of_roles(part: str) -> bool:
    return bool(_ROLE.search(part))


def without_roles(part: str, register: Register) -> str:
    """The part without units and role words."""
    for span, _ in reversed(register.find(part)):
        part = part[: span.start] + " " + part[span.end :]
    return _ROLE.sub(" ", part)


# ------------------------------------------------------------ counting


def counts(text: str, register: Register) -> list[tuple[int, int, Count]]:
    """The counts of a folded statement: (start, end, count). A number with another unit of measure is none."""
    found = []
    last: str | None = None
    for segment in _SEGMENT.finditer(text):
        part = segment.group()
        if not (_ROLE.search(part) or re.search(r"共\s*\d|in all|各\d|相差", part)):
            continue
        units = register.find(part)
        last = units[-1][1] if units else last
        for number in _COUNT.finditer(part):
            role = _ROLE.search(part)
            before = [name for span, name in units if span.end <= number.start()]
            unit = before[-1] if before else last if role and not _OF_UNITS.search(part) else None
            start = segment.start() + number.start()
            count = Count(int(number["value"]), _WORDS[role.group()] if role else None, unit, part)
            found.append((start, start + len(number["value"]), count))
    return found


def recount(
    count: Count, documents: Sequence[Document], cited: Sequence[tuple[Document, Clause]], text: str
) -> set[int]:
    """The values the count may have, from the tables of the documents and the clauses cited."""
    role = count.role
    places = {(document.id, clause.id) for document, clause in cited}
    if "相差" in count.part:
        before = text.partition("相差")[0]
        tallies = [int(n) for n in re.findall(r"(?:牵头|配合|负责)(\d+)项", before) or _VALUES.findall(before)]
        return {abs(tallies[0] - tallies[1])} if len(tallies) == 2 else set()
    if re.match(r"其中|of these", text) and count.unit:
        return {len(places)}
    if role is None and re.search(r"单位共|units in all", count.part):
        return {len({duty.unit for document in documents for duty in document.duties if duty.marked})}
    if role is None and _LISTED.match(text):
        return {size for run in _runs(text) for size in (run.count("、") + 1, run.count("、") + 2)}
    if role is None:
        edge = _edge(text, documents)
        return {edge} if edge is not None else {len(places), len(cited)}
    marked = [duty for document in documents for duty in document.duties if duty.marked]
    if found := _LIMITED.search(count.part):
        return {count.value} if int(found["total"]) == _within(marked, role, found) else set()
    if re.search(r"既|as well as", count.part):
        return {
            len({d.unit for d in marked if d.role is Role.LEAD} & {d.unit for d in marked if d.role is Role.SUPPORT})
        }
    if count.unit and not re.search(r"单位(?:共|有)", count.part):
        return {sum(duty.unit == count.unit and duty.role is role for duty in marked)}
    if re.search(r"有.{2}单位的任务", count.part) and "没有" not in count.part:
        return {len({(duty.doc_id, duty.clause_id) for duty in marked if duty.role is role})}
    if re.search(r"(?:没有|无)", count.part):
        return {_without(marked, role)}
    if re.search(r"只|不|that only", count.part):
        other = Role.SUPPORT if role is Role.LEAD else Role.LEAD
        return {len({d.unit for d in marked if d.role is role} - {d.unit for d in marked if d.role is other})}
    if re.search(r"单位共|in the document", count.part):
        return {len({duty.unit for duty in marked if duty.role is role})}
    return {
        sum(d.role is role and d.marked and d.clause_id == clause.id for d in document.duties)
        for document, clause in cited
    }


def _runs(text: str) -> list[str]:
    """The lists of a statement: remarks in brackets are no items, and 等 ends a list."""
    parts = _ASIDE.sub("", text).split("等")
    return _RUN.findall(text) + [run for part in parts for run in _RUN.findall(part)]


def _within(marked: Sequence[Duty], role: Role, found: re.Match[str]) -> int:
    """How many units have as many tasks in a role as a statement says."""
    tasks = Counter(unit for unit, _, _ in {(d.unit, d.doc_id, d.clause_id) for d in marked if d.role is role})
    holds = _COMPARED[found["op"] or ""]
    return sum(holds(number, int(found["value"])) for number in tasks.values())


def _without(marked: Sequence[Duty], role: Role) -> int:
    clauses: dict[str, set[Role]] = {}
    for duty in marked:
        clauses.setdefault(duty.clause_id, set()).add(duty.role)
    return sum(role not in roles for roles in clauses.values())


def _edge(text: str, documents: Sequence[Document]) -> int | None:
    """The highest or lowest count of tasks of any unit, where the statement speaks of it."""
    found = re.search(r"(牵头|配合|负责)(最多|最少)", text)
    if not found:
        return None
    tally = Counter(d.unit for doc in documents for d in doc.duties if d.marked and d.role is _WORDS[found.group(1)])
    return (max if found.group(2) == "最多" else min)(tally.values(), default=0)
