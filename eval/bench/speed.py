"""How long the retriever takes beside the baseline's retrieval, in turns, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from eval.bench.baselines import BM25
from eval.bench.data import articles, law_questions
from eval.bench.laws import library
from eval.bench.table import Table
from zyqa import text
from zyqa.search.retriever import Retriever
from zyqa.types import Question


def run(work: Path) -> list[Table]:
    """Milliseconds of a question in the library of all laws."""
    questions = [one.text for one in law_questions()]
    engine = library(work)
    retriever = Retriever(engine)
    plain = BM25([one.text for one in articles()], text.words)
    asked: dict[str, Callable[[str], object]] = {
        "zyqa": lambda one: retriever.retrieve(Question(one), 10),
        "jieba, bm25s over articles": lambda one: plain.rank(one, 10),
    }
    times: dict[str, list[float]] = {name: [] for name in asked}
    for question in questions[:20] + questions:  # the first ones warm up
        for name, ask in asked.items():
            begun = time.perf_counter()
            ask(question)
            times[name].append((time.perf_counter() - begun) * 1000)
    engine.close()
    rows = [(name, f"{statistics.median(taken[20:]):.1f}", f"{_high(taken[20:]):.1f}") for name, taken in times.items()]
    return [Table("Speed: retrieval in the library of all laws", ("", "median ms", "99th percentile ms"), rows)]


def _high(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]
