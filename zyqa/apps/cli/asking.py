"""ask and search: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from zyqa.apps import render
from zyqa.apps.cli.common import Json, Library, assistant, configured, put, put_json, say
from zyqa.errors import QuestionError, ZyqaError
from zyqa.search.store import Store
from zyqa.types import Hit, Question

Text = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question", show_default=False)]
Batch = Annotated[
    Path | None,
    typer.Option(
        metavar="IN.jsonl", help='Take each line {"id", "question", "history": [earlier questions]}; - is stdin'
    ),
]
Out = Annotated[Path | None, typer.Option(metavar="OUT.jsonl", help="Where --batch writes [default: standard output]")]
Count = Annotated[int, typer.Option("-k", metavar="N", min=1, max=1000, help="How many clauses")]
_HINT = 'a line is {"id": …, "question": "…", "history": ["…"]}'


def ask(
    question: Text = None, batch: Batch = None, out: Out = None, as_json: Json = False, folder: Library = None
) -> None:
    """Answer a question, every fact with its clause."""
    _check_usage(question, batch, out)
    with assistant(configured(folder)) as answerer:
        if batch is not None:
            _run_batch(batch, out, lambda asked: render.answer_json(answerer.ask(asked)))
            return
        answer = answerer.ask(Question(question or ""))
        if as_json:
            put_json(render.answer_json(answer))
        else:
            put(render.answer_plain(answer, _places(answerer.store, answer.nearest)))


def search(
    question: Text = None,
    count: Count = 10,
    batch: Batch = None,
    out: Out = None,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Find the clauses that a question is about. The best first, and no answer."""
    _check_usage(question, batch, out)
    with assistant(configured(folder)) as answerer:
        if batch is not None:
            _run_batch(batch, out, lambda asked: render.hits_json(answerer.search(asked, count)))
            return
        hits = answerer.search(question or "", count)
        if as_json:
            put_json(render.hits_json(hits))
        else:
            put(render.hits_plain(hits, _places(answerer.store, hits)))


def _places(store: Store, hits: Sequence[Hit]) -> list[str]:
    """The clauses found, as people name them: 《title》, label and heading."""
    return [
        f"《{store.info(hit.doc_id).title}》{hit.label} {store.clause(hit.doc_id, hit.clause_id).heading}".rstrip()
        for hit in hits
    ]


def _check_usage(question: str | None, batch: Path | None, out: Path | None) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch")
    if out is not None and batch is None:
        raise typer.BadParameter("--out goes with --batch")
    if out is not None and batch is not None and out.exists() and batch.exists() and out.samefile(batch):
        raise typer.BadParameter("--out would overwrite what --batch reads")


def _run_batch(source: Path, target: Path | None, handle: Callable[[Question], dict[str, Any]]) -> None:
    """Writes a line for each line read, as soon as it is known. A bad line is reported, and the rest goes on."""
    failed = 0
    with _reading(source) as lines, _writing(target) as results:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            record: dict[str, Any] = {}
            try:
                record = _record(line)
                result = {"id": record.get("id"), **handle(_question(record))}
            except ZyqaError as error:
                say(f"{source}, line {number}: {error} — {error.hint}")
                result = {"id": record.get("id"), "line": number, "error": str(error), "hint": error.hint}
                failed += 1
            results.write(json.dumps(result, ensure_ascii=False) + "\n")
            results.flush()
    if failed:
        say(f"{failed} lines failed; their lines in the output say why")
        raise typer.Exit(1)


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"not JSON: {error}", hint=_HINT) from None
    if not isinstance(record, dict):
        raise QuestionError("not a JSON object", hint=_HINT)
    return record


def _question(record: dict[str, Any]) -> Question:
    text, history = record.get("question"), record.get("history") or []
    if not isinstance(text, str):
        raise QuestionError("no question in it", hint=_HINT)
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise QuestionError("history is no list of questions", hint=_HINT)
    return Question(text, tuple(history))


@contextmanager
def _reading(source: Path) -> Iterator[Iterator[str]]:
    if str(source) == "-":
        yield iter(sys.stdin)
    else:
        with source.open(encoding="utf-8-sig", errors="replace") as file:
            yield iter(file)


@contextmanager
def _writing(target: Path | None) -> Iterator[IO[str]]:
    if target is None:
        yield sys.stdout
    else:
        with target.open("w", encoding="utf-8", errors="replace") as file:
            yield file
