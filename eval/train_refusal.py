"""Train the decision whether a draft answers its question (``zyqa/data/refusal.json``).

    python eval/train_refusal.py [more-questions.jsonl …]

Learns from the tuning half of ``eval/questions.jsonl`` and further question files of that form, and, as questions that
the corpus does not answer, from ``laws_questions.jsonl`` in the folder ``ZYQA_BENCH``. The library (``ZYQA_LIBRARY``)
must hold the corpus alone. Before the weights are written,
each source is decided once by what the others teach.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from zyqa.answer.answering import drafted, of_itself
from zyqa.answer.assistant import Assistant
from zyqa.answer.dialogue import readings
from zyqa.answer.draft import Draft
from zyqa.answer.evidence import NAMES, features
from zyqa.evaluation.runner import load
from zyqa.ingest import open_library
from zyqa.settings import load as load_settings

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "zyqa" / "data" / "refusal.json"
FOREIGN = "laws_questions.jsonl"
FOREIGN_WEIGHT = 1.0  # of a foreign question, beside one about the documents
RIDGE = 1.0
ROUNDS = 50

Question = tuple[str, str, tuple[str, ...], bool]  # source, text, history, whether it can be answered


def questions(paths: list[Path]) -> Iterator[Question]:
    """The questions to learn from."""
    for path in [ROOT / "eval" / "questions.jsonl", *paths]:
        for gold in load(path):
            if path.parent != ROOT / "eval" or gold.split == "tune":
                yield path.stem, gold.question, gold.history, not gold.refuse
    bench = Path(os.environ.get("ZYQA_BENCH", ROOT.parent / "shared" / "bench"))
    for line in (bench / FOREIGN).read_text("utf-8").splitlines():
        yield FOREIGN, json.loads(line)["q"], (), False


def sample(assistant: Assistant, text: str, history: tuple[str, ...]) -> list[float] | None:
    """The features of the first draft; None where there is none, and nothing to decide."""
    desk, reader = assistant._desk()
    for read in readings(reader, text, list(history)):
        within = desk.within(read)
        one = of_itself(read, within)
        outcome = drafted(one, within)
        if isinstance(outcome, Draft):
            return features(one, outcome, within)
    return None


def fit(rows: np.ndarray, answerable: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Logistic regression with a ridge on all but the constant, by Newton's method."""
    ridge = np.eye(rows.shape[1]) * RIDGE
    ridge[0, 0] = 0.01
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        curve = weights * likely * (1 - likely) + 1e-6
        slope = rows.T @ (weights * (answerable - likely)) - ridge @ found
        found += np.linalg.solve((rows * curve[:, None]).T @ rows + ridge, slope)
    return found


def main() -> None:
    asked = list(questions([Path(name) for name in sys.argv[1:]]))
    settings = load_settings()
    with Assistant(open_library(settings), settings) as assistant:
        drafts = [
            (source, can, row)
            for source, text, history, can in asked
            if (row := sample(assistant, text, history)) is not None
        ]
    sources = np.array([source for source, _, _ in drafts])
    answerable = np.array([can for _, can, _ in drafts], float)
    rows = np.array([row for _, _, row in drafts])
    weights = np.where(sources == FOREIGN, FOREIGN_WEIGHT, 1.0)
    for source in sorted(set(sources)):
        rest, own = sources != source, sources == source
        believed = rows[own] @ fit(rows[rest], answerable[rest], weights[rest]) > 0
        truth = answerable[own] == 1
        lost, passed = int((truth & ~believed).sum()), int((~truth & believed).sum())
        print(f"{source}: {lost} of {truth.sum()} drafts lost, {passed} of {(~truth).sum()} wrongly believed")
    found = dict(zip(NAMES, np.round(fit(rows, answerable, weights), 3).tolist(), strict=True))
    WEIGHTS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
