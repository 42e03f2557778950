"""ledger, checklist, quiz, export: tables and papers, on the terminal, as JSON, or in a file by its suffix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from zyqa.answer.citations import check
from zyqa.apps import render
from zyqa.apps.cli.common import Json, Library, configured, document_id, library, put, put_json, say
from zyqa.policy.units import Register
from zyqa.search.store import Store
from zyqa.settings import Settings
from zyqa.study import checklist as checklists
from zyqa.study import feedback, ledger, quiz, timeline
from zyqa.study.export import Report, Table, save
from zyqa.study.makers import Difficulty, Form
from zyqa.types import Document, Kind, Role

Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write a file: .xlsx, .docx, .csv or .md")
]
Names = Annotated[
    list[str] | None, typer.Option("--document", metavar="DOC", help="Only this document, by id or title; repeatable")
]


_HELD = {Kind.ORIGINAL: "原文", Kind.DIGEST: "摘要", None: "缺"}


class View(StrEnum):
    """The tables of the ledger."""

    DUTIES = "duties"
    MATRIX = "matrix"
    TARGETS = "targets"
    TIMELINE = "timeline"
    REFERENCES = "references"


def show_ledger(
    view: Annotated[View, typer.Argument(help="Which table")] = View.DUTIES,
    unit: Annotated[str | None, typer.Option(help="Only this unit, by any of its names")] = None,
    role: Annotated[Role | None, typer.Option(help="Only this role")] = None,
    year: Annotated[str | None, typer.Option(help="Only targets due in this year")] = None,
    names: Names = None,
    out: Out = None,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Show who does what, by when, and what cites what. Digest cards only where they are named."""
    settings = configured(folder)
    documents = _documents(settings, names)
    body = _known(unit, documents, settings) if unit else None
    match view:
        case View.TARGETS:
            targets = ledger.targets(documents, unit=body, year=year)
            _deliver(targets, ledger.target_report(targets), out, as_json)
        case View.TIMELINE:
            events = timeline.timeline(documents)
            _deliver(events, timeline.event_report(events), out, as_json)
        case View.REFERENCES:
            edges, report = _citing(settings, documents)
            _deliver(edges, report, out, as_json)
        case View.MATRIX | View.DUTIES:
            rows = ledger.responsibilities(documents, unit=body, role=role)
            report = ledger.duty_report(rows)
            if view is View.MATRIX:
                table = ledger.matrix_table(ledger.matrix(rows))
                report = Report(table.title, (table,))
            _deliver(rows, report, out, as_json)


def show_checklist(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The enterprise, in a few words: 化工企业")],
    names: Names = None,
    out: Out = None,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Show the clauses that bind or encourage an enterprise."""
    items = checklists.checklist(_documents(configured(folder), names), profile)
    _deliver(items, checklists.report(items, profile), out, as_json)


def make_quiz(
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", min=1, max=500, help="How many tasks")] = 10,
    forms: Annotated[list[Form] | None, typer.Option("--form", help="Only this form; repeatable")] = None,
    difficulty: Annotated[Difficulty, typer.Option(help="How near the wrong options are")] = Difficulty.MEDIUM,
    seed: Annotated[int, typer.Option(help="The same seed gives the same quiz")] = 0,
    key: Annotated[bool, typer.Option(help="With the answers and their clauses")] = True,
    names: Names = None,
    out: Out = None,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Make a quiz from the clauses, with its key. Digest cards only where they are named."""
    with library(configured(folder)) as engine:
        documents = _chosen(engine.store, names)
        tasks = quiz.quiz(
            documents,
            partial(check, store=engine.store),
            number=number,
            forms=forms or tuple(Form),
            difficulty=difficulty,
            seed=seed,
        )
    _deliver(tasks, quiz.paper(tasks, key=key), out, as_json)


def export(
    out: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx, .docx, .csv or .md; .jsonl with --feedback")],
    praise: Annotated[bool, typer.Option("--feedback", help="The users' feedback as evaluation questions")] = False,
    names: Names = None,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Write the whole ledger to one file. Duties, matrix, targets, timeline and references."""
    settings = configured(folder)
    if praise:
        lines = [json.dumps(question, ensure_ascii=False) for question in feedback.as_questions(settings.library)]
        out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        _told(out, as_json)
        return
    documents = _documents(settings, names)
    duties = ledger.responsibilities(documents)
    reports = (
        ledger.duty_report(duties),
        ledger.target_report(ledger.targets(documents)),
        timeline.event_report(timeline.timeline(documents)),
        _citing(settings, documents)[1],
    )
    tables = [table for report in reports for table in report.tables]
    tables.insert(1, ledger.matrix_table(ledger.matrix(duties)))
    save(Report("责任与指标", tuple(tables)), out)
    _told(out, as_json)


# ---------------------------------------------------------------- shared


def _documents(settings: Settings, names: Sequence[str] | None) -> tuple[Document, ...]:
    with library(settings) as engine:
        return _chosen(engine.store, names)


def _chosen(store: Store, names: Sequence[str] | None) -> tuple[Document, ...]:
    """The documents named; without names all but the digest cards, which are nobody's duties."""
    found = [document_id(store, name) for name in names or ()]
    return tuple(map(store.document, found or [one.id for one in store.infos() if one.kind is Kind.ORIGINAL]))


def _citing(settings: Settings, documents: Iterable[Document]) -> tuple[list[ledger.Edge], Report]:
    """What these documents cite, and as a table; all documents of the library are known by their titles."""
    labels = {(document.id, clause.id): clause.label for document in documents for clause in document.clauses}
    with library(settings) as engine:
        graph = ledger.graph([engine.store.document(info.id) for info in engine.store.infos()])
    nodes = {node.id: node for node in graph.nodes}
    edges = [edge for edge in graph.edges if (edge.source, edge.clauses[0]) in labels]
    rows = tuple(
        (
            nodes[edge.source].title,
            "；".join(labels[edge.source, clause] for clause in edge.clauses),
            nodes[edge.target].title,
            _HELD[nodes[edge.target].kind],
        )
        for edge in edges
    )
    return edges, Report("引用关系", (Table("引用关系", ("文件", "条款", "被引用文件", "文库中"), rows),))


def _known(unit: str, documents: Iterable[Document], settings: Settings) -> str:
    """The canonical name that the documents use for a unit, by any of its names."""
    register = Register.with_files(settings.dictionaries)
    used = {duty.unit for document in documents for duty in document.duties}
    readings = (unit, register.canonical(unit), *register.readings(unit))
    return next((name for name in readings if name in used), register.canonical(unit))


def _deliver(rows: Iterable[Any], report: Report, out: Path | None, as_json: bool) -> None:
    """The rows as JSON, the report in a file, or, with neither asked, the report on the terminal."""
    rows = tuple(rows)
    if not rows:
        say("the documents hold nothing of the kind — ask less narrowly, or `zyqa add` documents")
    if out is not None:
        save(report, out)
        say(f"written: {out}")
    if as_json:
        put_json({"title": report.title, "rows": [render.row_json(row) for row in rows]})
    elif out is None and rows:
        put(render.report_plain(report))


def _told(out: Path, as_json: bool) -> None:
    if as_json:
        put_json({"written": str(out)})
    else:
        say(f"written: {out}")
