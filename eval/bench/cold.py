"""How long a question takes: from a cold start beside bare imports, and warm. One run, the two taking turns."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from eval.bench.table import Table
from zyqa.answer.assistant import Assistant
from zyqa.ingest import open_library
from zyqa.settings import Settings, load
from zyqa.types import Question

QUESTION = "服务业标准化由谁牵头"
QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"
_BARE = [sys.executable, "-c", "import numpy, faiss, jieba; jieba.initialize()"]
_ASK = [sys.executable, "-c", "from zyqa.apps.cli import main; main()", "ask", QUESTION]


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def cold(library: Path, rounds: int = 15) -> dict[str, float]:
    """Seconds of the bare imports and of ``zyqa ask``: medians, and the ratio of the medians."""
    environment = {**os.environ, "ZYQA_LIBRARY": str(library)}
    pairs = [(_seconds(_BARE, environment), _seconds(_ASK, environment)) for _ in range(rounds + 1)][1:]
    bare, ask = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {"bare_s": round(bare, 3), "ask_s": round(ask, 3), "ratio": round(ask / bare, 2)}


def warm(settings: Settings) -> dict[str, float]:
    """Milliseconds of an answer, over the evaluation set, each question asked once before."""
    lines = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [Question(line["question"], tuple(line.get("history", ()))) for line in lines]
    with Assistant(open_library(settings), settings) as assistant:
        for question in asked:
            assistant.ask(question)
        times = sorted(assistant.ask(question).elapsed for question in asked)
    return {"median_ms": round(statistics.median(times), 2), "p99_ms": round(times[int(len(times) * 0.99)], 2)}


def run(work: Path) -> list[Table]:
    """The library of ``corpus/`` made in a folder under ``work``, and the times of a question."""
    with TemporaryDirectory(dir=work) as folder:
        settings = load(library=Path(folder))
        begun = time.perf_counter()
        open_library(settings).close()
        built = time.perf_counter() - begun
        start, answer = cold(Path(folder)), warm(settings)
    rows = [
        ("building the library of `corpus/`", f"{built:.1f} s"),
        ("`import numpy, faiss, jieba; jieba.initialize()`", f"{start['bare_s']:.2f} s"),
        ("`zyqa ask`, cold", f"{start['ask_s']:.2f} s"),
        ("… of the bare imports", f"{start['ratio']:.2f} ×"),
        ("an answer, warm: median", f"{answer['median_ms']:.1f} ms"),
        ("an answer, warm: 99th percentile", f"{answer['p99_ms']:.1f} ms"),
    ]
    return [Table("A question", ("", "measured"), rows)]


if __name__ == "__main__":
    print(run(Path(gettempdir()))[0].markdown())
