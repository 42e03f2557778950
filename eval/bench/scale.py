"""Fast, small and incremental: the library of all laws built, opened, asked and changed, beside jieba and a small one.

Each measurement is a process of its own, so that its memory is its own: ``python -m eval.bench.scale NAME FOLDER``.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import Any

from eval.bench.data import folder, law_questions, laws
from eval.bench.table import Table
from zyqa import text
from zyqa.answer.assistant import Assistant
from zyqa.ingest import ingest
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.engine import LocalEngine
from zyqa.settings import load

Figures = dict[str, float]
_SMALL = 10_000  # clauses of the small library, about
_QUESTIONS = 300


def run(work: Path) -> list[Table]:
    """The table of limits and what was measured."""
    text_bytes = sum(len(body.encode()) for _, body in laws())
    before = _measure("jieba", work)["seconds"]
    built = _measure("build", work / "scale-laws")
    segment = (before + _measure("jieba", work)["seconds"]) / 2
    _measure("build_small", work / "scale-small")
    big, small = (_measure("ask", work / name) for name in ("scale-laws", "scale-small"))
    opened, opened_small = (_measure("open", work / name)["seconds"] for name in ("scale-laws", "scale-small"))
    changed = _measure("change", work / "scale-laws")
    disk = sum(path.stat().st_size for path in (work / "scale-laws").rglob("*") if path.is_file())
    rows = [
        ("adding all, × jieba's segmentation in one process", "1.5", f"{built['seconds'] / segment:.2f}"),
        ("… seconds (jieba: seconds)", "", f"{built['seconds']:.0f} ({segment:.0f})"),
        ("peak memory of building, GB, all processes", "3", f"{built['memory']:.2f}"),
        ("disk, × the text", "5", f"{disk / text_bytes:.2f}"),
        ("an answer, median ms", "6", f"{big['median']:.1f}"),
        ("an answer, 99th percentile ms", "25", f"{big['high']:.1f}"),
        ("… × that in a library of 10,000 clauses", "3", f"{big['median'] / small['median']:.2f}"),
        ("peak memory of serving, GB", "1.2", f"{big['memory']:.2f}"),
        ("from cold, seconds more than the small library", "2", f"{opened - opened_small:.2f}"),
        ("adding a document, seconds", "1", f"{changed['add']:.2f}"),
        ("removing it, seconds", "1", f"{changed['remove']:.2f}"),
    ]
    note = f"{built['clauses']:,.0f} clauses of 3,214 laws, {text_bytes / 1e6:.0f} MB of text."
    return [Table("Fast and small: the library of all laws", ("", "at most", "measured"), rows, [note])]


def _measure(name: str, path: Path) -> Figures:
    done = subprocess.run([sys.executable, "-m", __name__, name, str(path)], check=True, stdout=subprocess.PIPE)
    figures: Figures = json.loads(done.stdout)
    return figures


# ---------------------------------------------------------------- each in its own process


def _jieba(path: Path) -> Figures:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    bodies = [body for _, body in laws()]
    return {"seconds": _seconds(lambda: [jieba.lcut(body) for body in bodies])}


def _build(path: Path) -> Figures:
    with _fresh(path) as engine:
        seconds = _seconds(lambda: ingest([folder() / "laws.jsonl.gz"], engine, engine.settings))
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (os.cpu_count() or 1)
        clauses = engine.store.query("SELECT count(*) FROM clauses")[0][0]
        return {"seconds": seconds, "memory": _memory() + children / 2**20, "clauses": clauses}


def _build_small(path: Path) -> Figures:
    with _fresh(path) as engine:
        file = path.with_suffix(".jsonl.gz")
        with gzip.open(file, "wt", encoding="utf-8") as lines:
            count = 0
            for title, body in laws():
                if (count := count + body.count("\n第")) > _SMALL:
                    break
                lines.write(json.dumps({"title": title, "text": body}, ensure_ascii=False) + "\n")
        ingest([file], engine, engine.settings)
    return {}


def _ask(path: Path) -> Figures:
    settings = load(library=path)
    with Assistant(LocalEngine.open(path, settings), settings) as assistant:
        questions = [one.text for one in law_questions()][:_QUESTIONS]
        for question in questions[:30]:
            assistant.ask(question)
        times = sorted(_seconds(partial(assistant.ask, question)) * 1000 for question in questions)
    return {"median": statistics.median(times), "high": times[int(len(times) * 0.99)], "memory": _memory()}


def _open(path: Path) -> Figures:
    command = [sys.executable, "-c", "from zyqa.apps.cli import main; main()", "ask", "定金不退怎么办"]
    environment = {**os.environ, "ZYQA_LIBRARY": str(path)}
    times = [
        _seconds(lambda: subprocess.run(command, env=environment, check=True, capture_output=True)) for _ in range(4)
    ]
    return {"seconds": min(times)}


def _change(path: Path) -> Figures:
    settings = load(library=path)
    added, removed = [], []
    with LocalEngine.open(path, settings, writable=True) as engine:
        engine.search("定金", 1)
        for place, (_, body) in enumerate(islice(laws(), 100, 600, 100)):
            document = parse(text_source(f"补充规定\n{body}第{text.numeral(place)}次", id=f"added-{place}"))
            added.append(_seconds(partial(engine.add, [document])))
            removed.append(_seconds(partial(engine.remove, document.id)))
    return {"add": statistics.median(added), "remove": statistics.median(removed)}


def _fresh(path: Path) -> LocalEngine:
    rmtree(path, ignore_errors=True)
    return LocalEngine.open(path, load(library=path), writable=True, create=True)


def _seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _memory() -> float:
    """The highest memory of this process so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _named(calls: Iterable[Callable[[Path], Figures]]) -> dict[str, Callable[[Path], Figures]]:
    return {call.__name__.lstrip("_"): call for call in calls}


if __name__ == "__main__":
    print(json.dumps(_named([_jieba, _build, _build_small, _ask, _open, _change])[sys.argv[1]](Path(sys.argv[2]))))
