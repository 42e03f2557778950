"""A parsed document for people and programs: outline with duties, targets and notes; the JSON contract. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from zyqa.types import Clause, Document, Duty, Kind, Reference, Role, Span, Status, Target

Json = dict[str, Any]

_ROLES = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "责任"}
_STATUS = {Status.EXPIRED: "已过期", Status.REPLACED: "已被取代", Status.REPEALED: "已废止", Status.IN_FORCE: "有效"}
_OPENING = 36  # characters shown of a clause without a heading
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


# ---------------------------------------------------------------- JSON


def document_json(document: Document) -> Json:
    """The contract of ``parse --json``; offsets are into ``text``. Duties said in prose are ``inline_duties``.

    A clause's ``start`` and ``end`` bound its own text; ``extent_end`` is where its last descendant ends.
    """
    return {
        "id": document.id,
        "title": document.title,
        "number": document.number,
        "issuers": list(document.issuers),
        "issued": document.issued,
        "kind": document.kind.value,
        "validity": {**asdict(document.validity), "status": document.validity.status.value},
        "digest": document.digest,
        "text": document.text,
        "clauses": [_clause_json(clause) for clause in document.clauses],
        "duties": [_duty_json(duty) for duty in document.duties if duty.marked],
        "inline_duties": [_duty_json(duty) for duty in document.duties if not duty.marked],
        "targets": [_target_json(target) for target in document.targets],
        "references": [_reference_json(reference) for reference in document.references],
        "notes": [{"code": note.code, "message": note.message, **_offsets(note.span)} for note in document.notes],
    }


def _offsets(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _clause_json(clause: Clause) -> Json:
    return {
        "id": clause.id,
        "marker": clause.marker.raw if clause.marker else None,
        "label": clause.label,
        "heading": clause.heading,
        **_offsets(clause.span),
        "extent_end": clause.extent.end,
        "parent": clause.parent_id,
    }


def _duty_json(duty: Duty) -> Json:
    return {
        "clause": duty.clause_id,
        "role": duty.role.value,
        "unit": duty.unit,
        "surface": duty.surface,
        **_offsets(duty.span),
        "due": duty.due,
    }


def _target_json(target: Target) -> Json:
    return {
        "clause": target.clause_id,
        "subject": target.subject,
        "comparator": target.comparator,
        "value": target.value,
        "unit": target.unit,
        "deadline": target.deadline,
        **_offsets(target.span),
    }


def _reference_json(reference: Reference) -> Json:
    return {
        "clause": reference.clause_id,
        "title": reference.title,
        "number": reference.number,
        "alias": reference.alias,
        **_offsets(reference.span),
        "resolved": reference.resolved,
    }


# ---------------------------------------------------------------- terminal


def outline(document: Document) -> str:
    """The clause tree, one clause a line, below each its duties and targets; the notes at the end."""
    duties, targets = _by_clause(document.duties), _by_clause(document.targets)
    depths: dict[str, int] = {}
    lines = [*_head(document), ""]
    width = min(max((len(clause.id) for clause in document.clauses), default=1), 14)
    for clause in document.clauses:
        depth = depths[clause.id] = depths.get(clause.parent_id or "", -1) + 1
        indent = "  " * depth
        lines.append(f"{clause.id:<{width}}  {indent}{_words(document, clause)}".rstrip())
        margin = " " * (width + 2) + indent + "    "
        lines += [margin + line for line in (*_duty_lines(duties[clause.id]), *map(_target_line, targets[clause.id]))]
    if document.notes:
        lines += ["", "Notes:"]
        lines += [f"  {note.code}: {note.message} — {_around(document.text, note.span)}" for note in document.notes]
    return "\n".join(lines)


def _by_clause(facts: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        found[fact.clause_id].append(fact)
    return found


def _head(document: Document) -> list[str]:
    number = f"  {document.number}" if document.number and document.number != document.title else ""
    about = ["、".join(document.issuers), document.issued or "", _STATUS.get(document.validity.status, "")]
    if document.kind is Kind.DIGEST:
        about.append("摘要卡，非原文")
    marked = sum(duty.marked for duty in document.duties)
    counts = (
        f"{len(document.clauses)} clauses, {marked} duties ({len(document.duties) - marked} inline), "
        f"{len(document.targets)} targets, {len(document.references)} references, {len(document.notes)} notes"
    )
    return [_clean(document.title + number), *([_clean(" · ".join(filter(None, about)))] if any(about) else []), counts]


def _words(document: Document, clause: Clause) -> str:
    mark = clause.marker.raw.strip() if clause.marker else f"[{clause.label}]"
    body = clause.span.cut(document.text)
    opening = clause.heading or body[body.find(mark) + len(mark) if clause.marker else 0 :].strip()
    return _clean(f"{mark} {_cut(opening)}")


def _duty_lines(duties: list[Duty]) -> list[str]:
    """A line for each role, marked and inline apart: ``牵头: 市发改委``."""
    groups: dict[tuple[bool, Role, str | None], list[str]] = defaultdict(list)
    for duty in duties:
        same = duty.unit == duty.surface
        groups[not duty.marked, duty.role, duty.due].append(duty.surface if same else f"{duty.surface}→{duty.unit}")
    return [
        _clean(f"{_ROLES[role]}{'（文中）' if inline else ''}: {'、'.join(units)}{f'（{due}）' if due else ''}")
        for (inline, role, due), units in groups.items()
    ]


def _target_line(target: Target) -> str:
    value = f"{target.comparator or ''} {target.value}{target.unit or ''}".strip()
    return _clean(f"目标: {target.subject} {value}{f'（{target.deadline}）' if target.deadline else ''}")


def _around(text: str, span: Span) -> str:
    return _clean(text[max(0, span.start - 12) : span.end + 12])


def _cut(words: str) -> str:
    return words if len(words) <= _OPENING else words[: _OPENING - 1] + "…"


def _clean(words: str) -> str:
    """One line without control characters: a document must not be able to write to the terminal as it likes."""
    return _CONTROL.sub(" ", words)
