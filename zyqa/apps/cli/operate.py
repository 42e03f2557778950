"""eval, serve, doctor: measuring, running and looking after zyqa."""

from __future__ import annotations

import json
import os
import platform
import socket
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

import typer

from zyqa import evaluation
from zyqa.answer.assistant import Assistant
from zyqa.apps import render
from zyqa.apps.cli.common import (
    Json,
    Library,
    assistant,
    configured,
    library,
    open_assistant,
    progress,
    put,
    put_json,
    say,
)
from zyqa.errors import SettingsError, UnreadableFile, ZyqaError
from zyqa.evaluation import parsing
from zyqa.settings import Settings

QUESTIONS = Path("eval/questions.jsonl")
BASELINE = Path("eval/baseline.json")
PARSER = Path("eval/parser")
_PARTS = ("numpy", "faiss-cpu", "jieba", "rjieba", "torch", "sentence-transformers", "langchain-core", "gradio")


def run_eval(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The evaluation set")] = QUESTIONS,
    baseline: Annotated[Path, typer.Option(help="What was measured before")] = BASELINE,
    keep: Annotated[bool, typer.Option("--keep", help="Write the figures to the baseline")] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write the wrong answers")] = None,
    parser: Annotated[bool, typer.Option("--parser", help="Score the parser on the annotated documents")] = False,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Run an evaluation set. Its figures are compared with the baseline; a drop beyond noise is an error."""
    if parser:
        _score_parser(as_json)
        return
    with evaluation.settings_for(file, configured(folder)) as settings, assistant(settings) as answerer:
        result = evaluation.run(answerer, file)
    before = _read_baseline(baseline)
    drops = evaluation.compare(result, before)
    if report:
        evaluation.write_report(result, report, drops)
    if as_json:
        put_json(result.to_json() | {"drops": list(drops)})
    else:
        put(render.table_plain(evaluation.table(result)))
    for drop in drops:
        say(f"drop: {drop}")
    if keep:
        text = json.dumps(evaluation.baseline_of([result], before), ensure_ascii=False, indent=1, sort_keys=True)
        baseline.write_text(text + "\n", "utf-8")
    elif drops:
        raise typer.Exit(1)


def _read_baseline(path: Path) -> dict[str, Any]:
    if not path.exists():
        say(f"no baseline at {path}: nothing to compare with")
        return {}
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except ValueError as error:
        raise UnreadableFile(f"{path} is no baseline: {error}", hint="write it anew with --keep") from None


def _score_parser(as_json: bool) -> None:
    bench = parsing.bench_folder()
    if bench is None:
        say("the annotated documents are not here, the parser is not scored — name their folder in ZYQA_BENCH")
        return
    result = parsing.run_parser(PARSER, bench)
    if as_json:
        put_json(result.to_json())
    else:
        put(render.table_plain(parsing.parser_table(result)))


class Shared:
    """One assistant for all threads of the server, opened at the first call."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._assistant: Assistant | None = None

    def __call__(self) -> Assistant:
        with self._lock:
            if self._assistant is None:
                self._assistant = open_assistant(self._settings)
            return self._assistant


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [default: 127.0.0.1, or ZYQA_HOST]")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0: any free one [default: 7860, or ZYQA_PORT]")] = None,
    folder: Library = None,
) -> None:
    """Serve the page, REST and OpenAI's interface. All on one port, at /, /api and /v1."""
    settings = configured(folder, host=host, port=port)
    bound = _listen(settings.host, settings.port)
    opened = Shared(settings)
    opened()  # a library that cannot be opened is told here, not to the first visitor
    from zyqa.apps import api  # gradio and fastapi take seconds, and only this command needs them

    app = api.create_app(opened, settings)
    say(f"zyqa: http://{settings.host}:{bound.getsockname()[1]}  (Ctrl-C stops)")
    api.run(app, bound)
    opened().close()


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address.

    Raises:
        SettingsError: the port is in use or not ours to take, or the host is none of this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise SettingsError(
            f"cannot listen on {host}:{port}: {reason}",
            hint="stop what uses that port, or choose another: --host, --port N (0: any free one)",
        ) from error


def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Also look for traces of removed documents")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the indexes anew from the store")] = False,
    as_json: Json = False,
    folder: Library = None,
) -> None:
    """Say whether all is well. What is installed, what the library holds, what is amiss, and what to do."""
    settings = configured(folder)
    found: dict[str, Any] = {"python": platform.python_version(), "installed": _installed()}
    problems: list[str] = []
    try:
        with library(settings, writable=rebuild, build=False) as engine:
            if rebuild:
                engine.rebuild(lambda done, whole: progress(done, "of", whole, "clauses"))
                progress()
            infos = engine.store.documents()
            counts = {name: sum(getattr(info, name) for info in infos) for name in ("clauses", "duties", "targets")}
            found["library"] = {"folder": str(settings.library), "documents": len(infos), **counts}
            problems = list(engine.check(deep))
    except ZyqaError as error:
        problems.append(f"{error} — {error.hint}")
    found["problems"] = problems
    if as_json:
        put_json(found)
    else:
        put(render.findings_plain(found))
    if problems:
        raise typer.Exit(1)


def _installed() -> dict[str, str | None]:
    return {part: _version(part) for part in ("zyqa", *_PARTS, "langchain-openai")}


def _version(part: str) -> str | None:
    try:
        return version(part)
    except PackageNotFoundError:
        return None
