"""The ledger: who does what, what is to be reached, by when, and what cites what. Complete tables, no ranking.

Pure functions over documents; every row names the clause it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zyqa.study.export import Report, Table, table_report
from zyqa.study.messages import CHINESE, Messages
from zyqa.text import fold
from zyqa.types import Clause, Document, Duty, Kind, Reference, Role, Span, Target


@dataclass(frozen=True, slots=True)
class Where:
    """A clause and its document, as tables name them."""

    doc_id: str
    clause_id: str
    title: str
    label: str
    heading: str

    @property
    def topic(self) -> str:
        """What the clause is about: its heading, else its label."""
        return self.heading or self.label


@dataclass(frozen=True, slots=True)
class DutyRow:
    where: Where
    role: Role
    unit: str
    surface: str
    due: str | None
    span: Span

    def cells(self, words: Messages) -> tuple[str, ...]:
        where = self.where
        return (where.title, where.label, where.topic, words(f"role.{self.role}"), self.unit, self.due or "")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """``units``: who leads or answers for the clause; its supporting units where nobody does."""

    where: Where
    subject: str
    demand: str  # comparator, value and unit as one: ≥85%
    value: float | None  # the (first) number of the value
    measure: str | None
    deadline: str | None
    units: tuple[str, ...]
    span: Span

    def cells(self) -> tuple[str, ...]:
        where = self.where
        return (where.title, where.label, self.subject, self.demand, self.deadline or "", "、".join(self.units))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who does what in which clause: ``cells[row, column]`` is a role; missing where a unit has no part."""

    rows: tuple[Where, ...]
    units: tuple[str, ...]
    cells: dict[tuple[int, int], Role]


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: str
    rows: dict[Role, tuple[DutyRow, ...]]
    targets: tuple[TargetRow, ...]

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the reference graph. ``kind`` is None where it is cited but not in the library."""

    id: str
    title: str
    kind: Kind | None
    cited: int


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def where(document: Document, clause: Clause) -> Where:
    return Where(document.id, clause.id, document.title, clause.label, topic(document, clause))


def topic(document: Document, clause: Clause) -> str:
    """The clause's heading; where it has none, the beginning of its text."""
    if clause.heading:
        return clause.heading
    text = clause.span.cut(document.text).removeprefix(clause.marker.raw if clause.marker else "").strip()
    first = text.replace("\n", "。").split("。")[0]
    return first if len(first) <= 30 else first[:30] + "…"


# ---------------------------------------------------------------- responsibilities


def responsibilities(
    documents: Iterable[Document], *, unit: str | None = None, role: Role | None = None, inline: bool = True
) -> tuple[DutyRow, ...]:
    """Every duty, in the order of the texts; only one ``unit``'s (canonical name), one ``role``'s.

    ``inline``: also those said in prose. What is said twice in a clause, marked and in prose, is one row.
    """
    rows = (
        DutyRow(place, duty.role, duty.unit, duty.surface, duty.due, duty.span)
        for document in documents
        for place, duty in _placed(document)
        if (unit is None or duty.unit == unit) and (role is None or duty.role == role) and (inline or duty.marked)
    )
    return tuple({(row.where, row.role, row.unit): row for row in rows}.values())


def _placed(document: Document) -> Iterable[tuple[Where, Duty]]:
    clauses = {clause.id: clause for clause in document.clauses}
    return ((where(document, clauses[duty.clause_id]), duty) for duty in document.duties)


def units(rows: Iterable[DutyRow]) -> tuple[str, ...]:
    """The units of ``rows``, those with the most duties first."""
    return tuple(unit for unit, _ in Counter(row.unit for row in rows).most_common())


def matrix(rows: Sequence[DutyRow]) -> Matrix:
    """Clause × unit. Where a unit has two roles in one clause, leading stands before the others."""
    places = tuple(dict.fromkeys(row.where for row in rows))
    columns = units(rows)
    row_of = {place: number for number, place in enumerate(places)}
    column_of = {unit: number for number, unit in enumerate(columns)}
    cells: dict[tuple[int, int], Role] = {}
    for row in sorted(rows, key=lambda row: row.role is not Role.LEAD):
        cells.setdefault((row_of[row.where], column_of[row.unit]), row.role)
    return Matrix(places, columns, cells)


def unit_page(documents: Sequence[Document], unit: str) -> UnitPage:
    """All that a unit leads, supports and answers for, and the targets in those clauses it leads or answers for."""
    rows = responsibilities(documents, unit=unit)
    by_role = {role: tuple(row for row in rows if row.role is role) for role in Role}
    return UnitPage(unit, by_role, tuple(row for row in targets(documents, unit=unit) if unit in row.units))


def duty_report(rows: Iterable[DutyRow], words: Messages = CHINESE) -> Report:
    headers = words.columns("document", "clause", "task", "role", "unit", "due")
    return table_report(words("report.duties"), headers, (row.cells(words) for row in rows))


def matrix_table(held: Matrix, words: Messages = CHINESE) -> Table:
    """The matrix as a table: a line per clause, a column per unit."""
    roles = {spot: words(f"role.{role}") for spot, role in held.cells.items()}
    lines = tuple(
        (place.title, place.label, place.topic, *(roles.get((n, m), "") for m in range(len(held.units))))
        for n, place in enumerate(held.rows)
    )
    return Table(words("report.matrix"), (*words.columns("document", "clause", "task"), *held.units), lines)


# ---------------------------------------------------------------- targets


def targets(
    documents: Iterable[Document], *, unit: str | None = None, year: str | None = None
) -> tuple[TargetRow, ...]:
    """Every target, in the order of the texts; only those of clauses a ``unit`` has a part in, or due in a ``year``."""
    found = []
    for document in documents:
        clauses = {clause.id: clause for clause in document.clauses}
        for target in document.targets:
            duties = _duties_over(document, clauses, target.clause_id)
            if unit is not None and unit not in {duty.unit for duty in duties}:
                continue
            if year is not None and not (target.deadline or "").startswith(year):
                continue
            found.append(
                TargetRow(
                    where(document, clauses[target.clause_id]),
                    target.subject,
                    demand(target),
                    _first_number(target.value),
                    target.unit,
                    target.deadline,
                    _answering(duties),
                    target.span,
                )
            )
    return tuple(found)


def _duties_over(document: Document, clauses: dict[str, Clause], clause_id: str) -> list[Duty]:
    """The duties of a clause; where it has none, those of the nearest clause above that has."""
    at: str | None = clause_id
    while at is not None:
        if found := [duty for duty in document.duties if duty.clause_id == at and duty.marked]:
            return found
        at = clauses[at].parent_id
    return []


def demand(target: Target) -> str:
    """A target's value as people write it: ≥85%, 新增10个; 全部 alone says 100%."""
    if target.comparator == "全部":
        return "全部"
    comparator = "" if target.comparator == "=" else target.comparator or ""
    return f"{comparator}{target.value}{target.unit or ''}"


def responsible(document: Document, clause_id: str) -> tuple[str, ...]:
    """Who leads or answers for a clause (or the nearest above that says so); its supporting units where nobody does."""
    return _answering(_duties_over(document, {clause.id: clause for clause in document.clauses}, clause_id))


def _answering(duties: Sequence[Duty]) -> tuple[str, ...]:
    chosen = [duty.unit for duty in duties if duty.role is not Role.SUPPORT] or [duty.unit for duty in duties]
    return tuple(dict.fromkeys(chosen))


def _first_number(value: str) -> float | None:
    head = value.replace("—", "-").split("-")[0]
    try:
        return float(head)
    except ValueError:
        return None


def years(rows: Iterable[TargetRow]) -> tuple[str, ...]:
    """The years that targets are due in."""
    return tuple(sorted({row.deadline[:4] for row in rows if row.deadline}))


def target_report(rows: Iterable[TargetRow], words: Messages = CHINESE) -> Report:
    headers = words.columns("document", "clause", "subject", "demand", "deadline", "responsible")
    return table_report(words("report.targets"), headers, (row.cells() for row in rows))


# ---------------------------------------------------------------- references


def graph(documents: Sequence[Document]) -> Graph:
    """What cites what. A document that an original cites and the library does not hold is a node without kind."""
    held = {document.id: document for document in documents}
    titles: dict[str, str] = {}
    clauses: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        for reference in document.references:
            target = _target(reference, held)
            unknown = target not in held and document.kind is Kind.DIGEST  # a card's asides are no need of the library
            if target is None or target == document.id or unknown:
                continue
            titles.setdefault(target, reference.title or reference.number or target)
            clauses.setdefault((document.id, target), []).append(reference.clause_id)
    cited = Counter(target for _, target in clauses)
    nodes = [Node(one.id, one.title, one.kind, cited[one.id]) for one in documents]
    nodes += [Node(key, title, None, cited[key]) for key, title in titles.items() if key not in held]
    edges = [Edge(source, target, tuple(dict.fromkeys(where))) for (source, target), where in clauses.items()]
    return Graph(tuple(nodes), tuple(edges))


def _target(reference: Reference, held: dict[str, Document]) -> str | None:
    """What a reference points at: a document of the library, else its number or title without blanks and widths."""
    if reference.resolved in held:
        return reference.resolved
    name = reference.number or reference.title
    return "".join(fold(name).split()) if name else None


def missing(documents: Sequence[Document]) -> tuple[Node, ...]:
    """The documents that are cited but not held."""
    return tuple(node for node in graph(documents).nodes if node.kind is None)
