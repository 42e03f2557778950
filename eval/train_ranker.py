"""Learn the weights of the retriever's features: ``python -m eval.train_ranker``.

From laypeople's questions about laws and from the tuning half of our own questions about the corpus; neither from the
policy questions nor from what is held out.

The encoder knows the questions it was trained on, so each question's features come from a library whose encoder was
trained on the other half of them. The weights are a linear softmax over each question's candidates, with an L2 penalty;
features are added one group at a time and judged by ten-fold cross-validation and paired bootstrap.
About fifteen minutes on two cores. Needs the bench data (``ZYQA_BENCH``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench.data import LawQuestion, folder, law_questions
from zyqa.ingest import ingest
from zyqa.search.engine import LocalEngine
from zyqa.search.retriever import FEATURES, Retriever
from zyqa.settings import load
from zyqa.types import Question

Floats = NDArray[np.float64]
HALVES = ("even", "odd")
OWN_WEIGHT = 0.4  # of a case of our own beside one of the laws
PENALTY, STEPS, RATE, FOLDS = 0.01, 200, 0.05, 10
GROUPS = (
    ("words",),
    ("bigrams",),
    ("title", "heading"),
    ("local", "judicial", "national", "carries_out"),
    ("cited", "size", "title_length"),
    ("cosine",),
    ("digest",),
)
ROOT = Path(__file__).parents[1]
OUT = ROOT / "zyqa" / "data" / "ranker.json"


@dataclass(frozen=True, slots=True)
class Case:
    """A question's candidates: features (n, FEATURES), whether each is gold (n,), how many gold articles are."""

    table: Floats
    gold: Floats
    total: int
    weight: float = 1.0


def library(half: str, work: Path) -> LocalEngine:
    """The library of all laws with an encoder trained on one half of the questions; built if it is not there."""
    model = work / f"encoder_{half}"
    if not (model / "model.safetensors").exists():
        command = [sys.executable, "-m", "eval.train_encoder", "--half", half, "--out", str(model)]
        subprocess.run(command, check=True)
    settings = load(library=work / f"library_{half}", encoder=str(model))
    engine = LocalEngine.open(settings.library, settings, writable=True, create=True)
    if not engine.store.documents():
        ingest([folder() / "laws.jsonl.gz"], engine, settings)
    return engine


def cases(questions: list[LawQuestion], work: Path) -> list[Case]:
    """The features of each question's candidates, from the library of the other half."""
    retrievers = [Retriever(library(half, work)) for half in reversed(HALVES)]  # an even question: the odd half's
    found = []
    for place, question in enumerate(questions):
        retriever = retrievers[place % 2]
        candidates = retriever.candidates(Question(question.text))
        engine = retriever.engine
        rowids = engine.lexicon.clauses[candidates.places].tolist()
        titles = {info.id: info.title for info in engine.infos().values()}
        names = {one.rowid: (titles[one.doc_id], one.label) for one in engine.store.passages(rowids)}
        gold = set(question.gold)
        hit = np.array([names.get(rowid) in gold for rowid in rowids], np.float64)
        found.append(Case(candidates.table.astype(np.float64), hit, len(gold)))
    return found


def own_cases(work: Path) -> list[Case]:
    """The features of the candidates of our own questions (the tuning half, without dialogues)."""
    settings = load(library=work / "library_corpus")
    found = []
    with LocalEngine.open(settings.library, settings, writable=True, create=True) as engine:
        ingest([ROOT / "corpus"], engine, settings)
        retriever = Retriever(engine)
        for line in map(json.loads, (ROOT / "eval" / "questions.jsonl").read_text("utf-8").splitlines()):
            gold = {tuple(address.split("#")) for together in line["clauses"] for address in together}
            if gold and line["split"] == "tune" and not line["history"]:
                candidates = retriever.candidates(Question(line["question"]))
                passages = engine.store.passages(engine.lexicon.clauses[candidates.places].tolist())
                hit = np.array([(one.doc_id, one.clause_id) in gold for one in passages], np.float64)
                if len(hit):
                    found.append(Case(candidates.table.astype(np.float64), hit, len(gold), OWN_WEIGHT))
    return found


def fit(training: list[Case], columns: list[int]) -> Floats:
    """The weight of each column: gradient descent (Adam) on the listwise softmax loss."""
    useful = [case for case in training if case.gold.sum()]
    table = np.concatenate([case.table[:, columns] for case in useful])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    table = (table - mean) / scale
    target = np.concatenate([case.gold / case.gold.sum() for case in useful])
    starts = np.cumsum([0] + [len(case.gold) for case in useful[:-1]])
    lengths = [len(case.gold) for case in useful]
    share = np.repeat([case.weight for case in useful], lengths)
    weight, first, second = np.zeros(len(columns)), np.zeros(len(columns)), np.zeros(len(columns))
    for step in range(1, STEPS + 1):
        scores = table @ weight
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        chance = odds / np.repeat(np.add.reduceat(odds, starts), lengths)
        gradient = table.T @ ((chance - target) * share) / len(useful) + 2 * PENALTY * weight
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weight -= RATE * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return np.asarray(weight / scale)


def measured(case: Case, scores: Floats) -> tuple[float, float, float]:
    """hit@1, R@5 and R@100 of a ranking."""
    order = case.gold[np.argsort(-scores, kind="stable")]
    return float(order[0]), float(order[:5].sum() / case.total), float(order[:100].sum() / case.total)


def cross_validated(all_cases: list[Case], more: list[Case], columns: list[int]) -> Floats:
    """(questions, 3): the measures of each question by weights that were learned without it, but with ``more``."""
    found = np.zeros((len(all_cases), 3))
    order = np.random.default_rng(0).permutation(len(all_cases))
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        weight = fit([all_cases[place] for place in np.setdiff1d(order, held)] + more, columns)
        for place in held:
            found[place] = measured(all_cases[place], all_cases[place].table[:, columns] @ weight)
    return found


def bootstrap(difference: Floats) -> tuple[float, float]:
    """The 95 % interval of the mean of paired differences."""
    random = np.random.default_rng(1)
    means = [random.choice(difference, len(difference)).mean() for _ in range(5000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the two encoders and libraries")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    found, own = cases(law_questions(), options.work), own_cases(options.work)
    reach = np.mean([case.gold.sum() / case.total for case in found])
    print(f"candidates hold {reach:.3f} of the gold articles, {np.mean([len(case.gold) for case in found]):.0f} each")
    columns: list[int] = []
    before = None
    for group in GROUPS:
        columns += [FEATURES.index(name) for name in group]
        now = cross_validated(found, own, columns)
        gains = (
            ""
            if before is None
            else "  gain in hit@1, R@5: "
            + ", ".join(
                f"{(now - before)[:, one].mean():+.3f} [{low:+.3f}, {high:+.3f}]"
                for one in (0, 1)
                for low, high in [bootstrap((now - before)[:, one])]
            )
        )
        print(f"+ {', '.join(group):40} {now.mean(axis=0).round(3)}{gains}", flush=True)
        before = now
    weight = fit(found + own, columns)
    ours = np.mean([measured(case, case.table[:, columns] @ weight) for case in own], axis=0)
    print(f"our own questions, all weights (fitted): {ours.round(3)}; without them the laws have ", end="")
    print(cross_validated(found, [], columns).mean(axis=0).round(3))
    learned = {FEATURES[column]: round(float(one), 4) for column, one in zip(columns, weight, strict=True)}
    options.out.write_text(json.dumps({"weights": learned}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
