"""parse, add, remove, list, show, doctor: what the library holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zyqa.apps import render
from zyqa.apps.cli.common import Json, Library, configured, document_id, library, opened, progress, put, put_json, say
from zyqa.apps.outline_view import document_json, outline
from zyqa.errors import StoreMissing
from zyqa.ingest import Report, ingest, remove
from zyqa.policy.parse import parse
from zyqa.policy.reading import read
from zyqa.search.engine import LocalEngine
from zyqa.search.store import Store
from zyqa.settings import Settings
from zyqa.study import ledger

Files = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, folders, .jsonl[.gz] of records, .zip")]
Names = Annotated[list[str], typer.Argument(metavar="DOC…", help="Documents, by id or title")]


def parse_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to parse")],
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Show how a file parses. No library is touched; with --json, a line for each document in the file."""
    limit = configured(folder).max_file_mb << 20
    for source in read(file, max_bytes=limit):
        document = parse(source)
        if as_json:
            put_json(document_json(document))
        else:
            put(outline(document))


def add(paths: Files, as_json: Json = False, folder: Library = None) -> None:
    """Take documents into the library. Those already in it, unchanged, are skipped."""
    settings = configured(folder)
    with _for_adding(settings) as engine:
        report = ingest(paths, engine, settings, progress)
    progress()
    for path, error in report.failed:
        say(f"{error if path in str(error) else f'{path}: {error}'} — {error.hint}")
    if as_json:
        put_json(_report_json(report))
    else:
        put(
            f"{len(report.added)} added, {len(report.replaced)} replaced, "
            f"{len(report.unchanged)} unchanged, {len(report.failed)} failed"
        )
    if report.failed:
        raise typer.Exit(1)


def _for_adding(settings: Settings) -> LocalEngine:
    """The library; a new one where there is none. Only the checkout's own begins with the shipped corpus."""
    try:
        return opened(settings, writable=True)
    except StoreMissing:
        return LocalEngine.open(settings.library, settings, writable=True, create=True)


def _report_json(report: Report) -> render.Json:
    failed = [
        {"path": path, "type": type(error).__name__, "message": str(error), "hint": error.hint}
        for path, error in report.failed
    ]
    return {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "failed": failed,
    }


def remove_documents(names: Names, as_json: Json = False, folder: Library = None) -> None:
    """Remove documents, with every trace of them."""
    with library(configured(folder), writable=True) as engine:
        found = [document_id(engine.store, name) for name in names]
        remove(found, engine)
    if as_json:
        put_json({"removed": found})
    else:
        put(f"{len(names)} removed")


def list_documents(
    missing: Annotated[bool, typer.Option("--missing", help="What is cited but not in the library, and where")] = False,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """List the documents of the library."""
    with library(configured(folder)) as engine:
        if missing:
            _list_missing(engine.store, as_json)
        elif as_json:
            put_json({"documents": [render.info_json(info) for info in engine.store.documents()]})
        else:
            for info in engine.store.documents():
                put(render.info_plain(info))


def _list_missing(store: Store, as_json: bool) -> None:
    held = ledger.graph([store.document(info.id) for info in store.documents()])
    found = [
        (node, [edge for edge in held.edges if edge.target == node.id]) for node in held.nodes if node.kind is None
    ]
    if as_json:
        put_json({"missing": [render.missing_json(node, edges) for node, edges in found]})
    else:
        put("\n".join(render.missing_plain(node, edges) for node, edges in found) or "nothing is missing")


def show(
    where: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="DOC#CLAUSE, or DOC for its outline; DOC: id or title")
    ],
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Show a clause, or a document's outline."""
    name, _, clause_id = where.rpartition("#") if "#" in where else (where, "", "")
    with library(configured(folder)) as engine:
        document = engine.store.document(document_id(engine.store, name))
        if not clause_id:
            if as_json:
                put_json(document_json(document))
            else:
                put(outline(document))
            return
        clause = engine.store.clause(document.id, clause_id)
    if as_json:
        put_json(render.clause_json(document, clause))
    else:
        put(render.clause_plain(document, clause))
