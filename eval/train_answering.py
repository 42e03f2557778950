"""Learn which kind of question is asked, and which draft answers it (``zyqa/data/intents.json``, ``evidence.json``).

    python eval/train_answering.py [more-questions.jsonl …]

Learns from the tuning halves of ``eval/questions.jsonl`` and ``eval/gazette_questions.jsonl``, from
``eval/tuning.jsonl`` and further question files of that form, and, as questions that the corpus does not answer, from
``laws_questions.jsonl``; the documents and these are in the folder ``ZYQA_BENCH``. The library (``ZYQA_LIBRARY``) must
hold the corpus alone.

The right intents of a question are those whose draft holds the gold facts. A softmax learns them from the traits of
the question; the drafts of the likeliest intents then compete in a second softmax, with the refusal as one of the
choices. So that the second learns from likelihoods as they are on new questions, each fifth of the questions is read
with intents that the other four fifths taught.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from zyqa.answer import signs
from zyqa.answer.absent import foreign
from zyqa.answer.answering import candidates, drafted, of_itself
from zyqa.answer.assistant import Assistant
from zyqa.answer.beside import beside
from zyqa.answer.desk import Desk
from zyqa.answer.dialogue import readings
from zyqa.answer.draft import Draft
from zyqa.answer.evidence import NAMES, features
from zyqa.answer.intents import Intents, traits
from zyqa.answer.near import Proposal
from zyqa.answer.question import Asked, Intent
from zyqa.answer.reading import Reader
from zyqa.evaluation.libraries import settings_for
from zyqa.evaluation.metrics import Gold, faults
from zyqa.evaluation.runner import load
from zyqa.ingest import open_library
from zyqa.settings import load as load_settings

ROOT = Path(__file__).parents[1]
DATA = ROOT / "zyqa" / "data"
OWN, OTHERS = ROOT / "eval" / "questions.jsonl", ROOT / "eval" / "gazette_questions.jsonl"
MORE = ROOT / "eval" / "tuning.jsonl"  # about the corpus, to learn from alone
FOREIGN = "laws_questions.jsonl"
FOREIGN_WEIGHT = 0.6  # of a foreign question, beside one about the documents
RIDGE = 1.0
OF_KIND = {
    "lead": {Intent.WHO},
    "support": {Intent.WHO},
    "role_check": {Intent.WHO},
    "unit_tasks": {Intent.TASKS},
    "target": {Intent.TARGET},
    "target_list": {Intent.TARGET},
    "reference": {Intent.CITES, Intent.MEANING, Intent.STATUS},
    "enterprise": {Intent.BINDS},
    "clause": {Intent.TEXT, Intent.OUTLINE},
}
"""The intents that a kind of question means; others whose draft is right only happen to be."""
HAPPENED = 0.3  # what an intent counts that only happens to be right
SIGNS = {intent: signs.ALL[intent.value] for intent in Intent if intent.value in signs.ALL}
SELDOM = 3  # traits of fewer questions are not learned
FOLDS = 5
TRIFLE = 0.02  # weights of an intent that are not kept


def questions(paths: Sequence[Path]) -> list[Gold]:
    """The questions about the corpus to learn from; the foreign ones have the split ``foreign``."""
    found = [*tuning(OWN), *(gold for path in (MORE, *paths) for gold in load(path))]
    bench = Path(os.environ.get("ZYQA_BENCH", ROOT.parent / "shared" / "bench"))
    lines = (bench / FOREIGN).read_text("utf-8").splitlines()
    asked = enumerate(json.loads(line)["q"] for line in lines)
    return found + [Gold(f"foreign-{place}", "foreign", "foreign", text, refuse=True) for place, text in asked]


def tuning(path: Path) -> list[Gold]:
    return [gold for gold in load(path) if gold.split == "tune"]


@dataclass(frozen=True, slots=True)
class Trainer:
    """An assistant whose drafts are tried, with a question."""

    assistant: Assistant
    desk: Desk
    gold: Gold

    def readings(self, intents: Intents) -> list[Asked]:
        reader = Reader(self.desk.register, self.desk.topics, intents)
        return readings(reader, self.gold.question, list(self.gold.history), self.desk)

    def is_right(self, asked: Asked, draft: Draft, desk: Desk) -> bool:
        shown = self.assistant._shown(self.gold.question, Proposal(draft, asked.language, desk.folios))
        return shown is not None and not faults(self.gold, shown)

    def labelled(self, intents: Intents) -> tuple[Asked, list[float]]:
        """The likeliest reading, and how far each intent answers it: 1 where it is meant, 0 where it does not."""
        asked = self.readings(intents)[0]
        desk = self.desk.within(asked)
        asked = of_itself(asked, desk)
        tried = [(one, drafted(one, desk)) for one in (replace(asked, intent=intent) for intent in Intent)]
        right = {one.intent for one, d in tried if isinstance(d, Draft) and self.is_right(one, d, desk)}
        meant = meant_of(self.gold.kind, asked, right)
        return asked, [1.0 if intent in meant else HAPPENED * (intent in right) for intent in Intent]

    def rivals(self, intents: Intents) -> tuple[list[list[float]], list[bool]]:
        """The features of each draft that competes, and whether it is right."""
        rows, right = [], []
        for place, read in enumerate(self.readings(intents)):
            desk = self.desk.within(read)
            asked = of_itself(read, desk)
            if foreign(asked, desk):
                continue
            for one in candidates(asked, desk, place)[0]:
                if beside(one.asked, one.draft, desk) is not None:
                    continue
                rows.append(features(one, desk))
                right.append(not self.gold.refuse and self.is_right(one.asked, one.draft, desk))
        return rows, right


def meant_of(kind: str, asked: Asked, right: set[Intent]) -> set[Intent]:
    """Of the intents whose drafts are right, those of the kind of question, and of these the ones that show."""
    of_kind = right & OF_KIND.get(kind, right) or right
    return {intent for intent in of_kind if intent in SIGNS and SIGNS[intent].search(asked.cues)} or of_kind


def learn_intents(labels: Sequence[tuple[Asked, list[float]]]) -> Intents:
    """Multinomial logistic regression with a ridge; a question counts as right with any of its right intents."""
    found = [(traits(asked), right) for asked, right in labels if any(right)]
    counts = Counter(trait for one, _ in found for trait in one)
    places = {trait: place for place, trait in enumerate(trait for trait, n in counts.items() if n >= SELDOM)}
    rows = np.zeros((len(found), len(places)), np.float32)
    for row, (one, _) in zip(rows, found, strict=True):
        for trait, value in one.items():
            if trait in places:
                row[places[trait]] = value
    right = np.array([one for _, one in found], float)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(places), len(Intent))
        worth = rows @ weights
        likely = np.exp(worth - worth.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        together = np.maximum((likely * right).sum(1), 1e-12)
        slope = rows.T @ (likely - likely * right / together[:, None]) + RIDGE * weights
        return -np.log(together).sum() + RIDGE / 2 * (weights**2).sum(), slope.ravel()

    start = np.zeros(len(places) * len(Intent))
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    rounded = np.round(weights.reshape(len(places), len(Intent)), 2)
    return Intents({t: rounded[p].tolist() for t, p in places.items() if np.abs(rounded[p]).max() > TRIFLE})


def learn_evidence(rivals: Sequence[tuple[list[list[float]], list[bool]]], weights: np.ndarray) -> np.ndarray:
    """Conditional logistic regression with a ridge: of the drafts of a question and its refusal (worth 0) the right."""
    owner = np.repeat(np.arange(len(rivals)), [len(rows) for rows, _ in rivals])
    rows = np.array([row for found, _ in rivals for row in found])
    right = np.array([one for _, found in rivals for one in found])
    refuse = np.array([not any(found) for _, found in rivals])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        worth = np.exp(np.clip(rows @ flat, -30, 30))
        total = 1 + np.bincount(owner, worth, len(rivals))
        good = np.maximum(refuse + np.bincount(owner, worth * right, len(rivals)), 1e-300)
        share = worth / total[owner] - worth * right / good[owner]
        slope = rows.T @ (share * weights[owner]) + RIDGE * flat
        return float((weights * np.log(total / good)).sum() + RIDGE / 2 * (flat**2).sum()), slope

    found: np.ndarray = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def report(name: str, rivals: Sequence[tuple[list[list[float]], list[bool]]], weights: np.ndarray) -> None:
    """How the drafts of some questions fare."""
    answered = wrong = refused = 0
    for rows, right in rivals:
        worth = np.array(rows) @ weights if rows else np.zeros(0)
        if not len(worth) or worth.max() < 0:
            refused += 1
        elif right[int(worth.argmax())]:
            answered += 1
        else:
            wrong += 1
    print(f"{name}: {answered} answered rightly, {wrong} wrongly, {refused} refused")


@contextmanager
def trainers(paths: Sequence[Path]) -> Iterator[dict[str, Trainer]]:
    """The questions by their ids, each with the assistant whose library they are asked of."""
    with ExitStack() as stack:
        found: dict[str, Trainer] = {}
        for path, golds in ((OWN, questions(paths)), (OTHERS, tuning(OTHERS))):
            settings = stack.enter_context(settings_for(path, load_settings()))
            assistant = stack.enter_context(Assistant(open_library(settings), settings))
            found |= {gold.id: Trainer(assistant, assistant._desk()[0], gold) for gold in golds}
        yield found


def main() -> None:
    with trainers([Path(name) for name in sys.argv[1:]]) as asked:
        own = {name: one for name, one in asked.items() if not one.gold.refuse}
        intents = learn_intents([one.labelled(Intents({})) for one in own.values() if not one.gold.history])
        labels = {name: one.labelled(intents) for name, one in own.items()}
        intents = learn_intents(list(labels.values()))
        rivals: dict[str, tuple[list[list[float]], list[bool]]] = {}
        for fold in range(FOLDS):
            here = set(list(asked)[fold::FOLDS])
            rest = learn_intents([label for name, label in labels.items() if name not in here])
            rivals |= {name: asked[name].rivals(rest) for name in here}
        golds = [one.gold for one in asked.values()]
    weights = np.array([FOREIGN_WEIGHT if gold.split == "foreign" else 1.0 for gold in golds])
    evidence = learn_evidence([rivals[gold.id] for gold in golds], weights)
    for name in sorted({gold.kind for gold in golds}):
        report(name, [rivals[gold.id] for gold in golds if gold.kind == name], evidence)
    rows = ",\n ".join(f"{json.dumps(t, ensure_ascii=False)}: {json.dumps(w)}" for t, w in intents.weights.items())
    (DATA / "intents.json").write_text(f"{{\n {rows}\n}}\n", "utf-8")
    named = dict(zip(NAMES, np.round(evidence, 3).tolist(), strict=True))
    (DATA / "evidence.json").write_text(json.dumps(named, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
