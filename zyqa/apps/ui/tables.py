"""Rows of the study tools as HTML tables with links into the source. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from zyqa.apps.ui.markup import badge, clause_link, kind_badge, notice, plain, status_badge, table, tag
from zyqa.search.records import DocumentInfo
from zyqa.study.checklist import Item, Strength
from zyqa.study.ledger import DutyRow, Node, TargetRow, UnitPage, Where, demand
from zyqa.study.messages import Messages
from zyqa.study.timeline import Event
from zyqa.types import Document, Kind, Note, Role, Status

SHOWN = 300  # rows; the export has all


def clause(place: Where) -> str:
    return clause_link(place.doc_id, place.clause_id, place.label or place.title)


def _more(rows: Sequence[object], words: Messages) -> str:
    return notice(words("page.more", shown=SHOWN, all=len(rows))) if len(rows) > SHOWN else ""


def documents(infos: Sequence[DocumentInfo], missing: Sequence[Node], words: Messages) -> str:
    """The library: what it holds, originals first, and what is cited but missing."""
    ordered = sorted(infos, key=lambda one: one.kind is Kind.DIGEST)
    rows = [_document(one, words) for one in ordered[:SHOWN]]
    absent = badge(words("library.missing"), "warn")
    rows += [(plain(one.title), "", "", absent, "") for one in missing[: max(0, SHOWN - len(rows))]]
    return table(words.columns("document", "issuer", "issued", "state", "holds"), rows) + _more(infos, words)


def _document(one: DocumentInfo, words: Messages) -> tuple[str, ...]:
    state = kind_badge(one.kind, words)
    if one.validity.status is not Status.UNKNOWN:
        state += status_badge(one.validity.status, words)
    counts = words(
        "library.counts", clauses=one.clauses, duties=one.duties, targets=one.targets, references=one.references
    )
    name = clause_link(one.id, "", one.title, "zy-doc")
    if one.number and one.number != one.title:
        name += tag("div", plain(one.number), "zy-small")
    return (
        name, plain("、".join(one.issuers)), _unbroken(one.issued) if one.issued else "", state,
        tag("span", plain(counts), "zy-small"),
    )  # fmt: skip


def duties(rows: Sequence[DutyRow], words: Messages) -> str:
    cells = [
        (
            clause(row.where) + " " + plain(row.where.topic),
            badge(words(f"role.{row.role}"), "" if row.role is Role.LEAD else "quiet"),
            plain(row.unit),
            plain(row.due or ""),
            tag("span", plain(row.where.title), "zy-small"),
        )
        for row in rows[:SHOWN]
    ]
    return table(words.columns("task", "role", "unit", "due", "document"), cells) + _more(rows, words)


def unit(page: UnitPage, words: Messages) -> str:
    """All a unit leads, answers for and supports."""
    parts = [tag("h3", plain(page.unit))]
    for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT):
        rows = page.rows[role]
        if rows:
            items = "".join(tag("li", clause(row.where) + " " + plain(row.where.topic)) for row in rows[:SHOWN])
            parts.append(tag("h4", plain(words(f"role.{role}")) + f" · {len(rows)}") + tag("ul", items))
    if page.targets:
        items = "".join(
            tag("li", clause(row.where) + " " + plain(f"{row.subject}：{row.demand}")) for row in page.targets[:SHOWN]
        )
        parts.append(tag("h4", plain(words("targets.tab")) + f" · {len(page.targets)}") + tag("ul", items))
    return tag("div", "".join(parts), "zy-unit")


def targets(rows: Sequence[TargetRow], words: Messages) -> str:
    cells = [
        (
            clause(row.where),
            plain(row.subject),
            tag("strong", plain(row.demand)),
            _unbroken(row.deadline or "—"),
            plain("、".join(row.units)),
            tag("span", plain(row.where.title), "zy-small"),
        )
        for row in rows[:SHOWN]
    ]
    names = ("clause", "subject", "demand", "deadline", "responsible", "document")
    return table(words.columns(*names), cells) + _more(rows, words)


def events(rows: Sequence[Event], words: Messages) -> str:
    cells = [
        (clause(row.where), badge(words(f"sort.{row.sort}")), plain(row.when), plain(row.what)) for row in rows[:SHOWN]
    ]
    return table(words.columns("clause", "sort", "when", "what"), cells) + _more(rows, words)


def items(rows: Sequence[Item], words: Messages) -> str:
    """The check-list as a form: a box to tick and a line to note in every row."""
    tones = {Strength.MUST: "", Strength.FORBID: "warn", Strength.ENCOURAGE: "good", Strength.STATE: "quiet"}
    cells = [
        (
            f'<input type="checkbox" value="☑" aria-label="{plain(words("column.done"))} {number}">',
            clause(row.where),
            plain(row.text) + (_conditions(row, words) if row.conditions else ""),
            badge(words(f"strength.{row.strength}"), tones[row.strength]) + _unbroken(row.modal),
            _unbroken(words(f"relation.{row.relation}")),
            plain("、".join(row.units)),
            f'<input type="text" aria-label="{plain(words("column.note"))} {number}">',
        )
        for number, row in enumerate(rows[:SHOWN], 1)
    ]
    names = ("done", "clause", "demand", "modal", "scope", "responsible", "note")
    form = tag("form", table(words.columns(*names), cells), data_live="")
    return form + _more(rows, words)


def _unbroken(text: str) -> str:
    return tag("span", plain(text), "zy-nowrap")


def _conditions(row: Item, words: Messages) -> str:
    return " " + badge(words("checklist.condition", what="、".join(row.conditions)), "warn")


def _note(note: Note, document: Document, words: Messages) -> str:
    """An oddity in the page's language, with the words it is about."""
    key = f"oddity.{note.code}"
    return words(key, what=note.span.cut(document.text)[:40]) if key in words else note.message


def preview(document: Document, words: Messages) -> str:
    """A parsed document before it is accepted."""
    facts = [document.number or words("library.no_number"), "、".join(document.issuers), document.issued or ""]
    counts = words(
        "library.counts", clauses=len(document.clauses), duties=len(document.duties), targets=len(document.targets),
        references=len(document.references),
    )  # fmt: skip
    parts = [
        tag("h3", plain(document.title)),
        tag("p", kind_badge(document.kind, words) + plain(" · ".join(filter(None, facts))), "zy-facts"),
        tag("p", plain(counts)),
    ]
    parts += [notice(_note(note, document, words), "warn") for note in document.notes[:20]]
    lists = {
        "library.outline": [f"{one.label}  {one.heading}" for one in document.clauses if one.label],
        "library.duties": [f"{words(f'role.{one.role}')}：{one.surface}（{one.clause_id}）" for one in document.duties],
        "library.targets": [f"{one.subject} {demand(one)}（{one.clause_id}）" for one in document.targets],
    }
    for name, lines in lists.items():
        if lines:
            listed = "".join(tag("li", plain(line)) for line in lines[:SHOWN])
            parts.append(tag("details", tag("summary", plain(words(name)) + f" · {len(lines)}") + tag("ul", listed)))
    if document.kind is Kind.DIGEST:
        parts.append(notice(words("source.digest"), "warn"))
    return tag("div", "".join(parts), "zy-preview")
