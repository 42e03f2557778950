"""Ask an evaluation set and compare with what was measured before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from zyqa.errors import UnreadableFile, ZyqaError
from zyqa.evaluation.metrics import Gold, Outcome, Score, faults, score
from zyqa.types import Answer, Citation, Document, Question, address

Baseline = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Name of the set → name of the group → name of the rate → value."""
_LOWER_IS_BETTER = ("false_refusal",)
_ONE_QUESTION = 1.5  # of a small group, one question more or less is noise whatever the interval says


class _Store(Protocol):
    def document(self, doc_id: str, /) -> Document: ...


class _Engine(Protocol):
    @property
    def store(self) -> _Store: ...


class Asked(Protocol):
    """What is evaluated: :class:`zyqa.answer.assistant.Assistant`, or anything that answers like it."""

    @property
    def engine(self) -> _Engine: ...

    def ask(self, question: Question, /) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Result:
    """A set, asked. ``groups``: ``all``, ``tune``, ``held``, each kind, and each kind's halves (``lead/held``)."""

    name: str
    outcomes: tuple[Outcome, ...]
    groups: dict[str, Score]

    def to_json(self) -> dict[str, Any]:
        """The figures and the wrong answers, for ``--json``."""
        return {
            "set": self.name,
            "groups": {name: _figures(group) for name, group in self.groups.items()},
            "wrong": [
                {
                    "id": one.gold.id,
                    "kind": one.gold.kind,
                    "split": one.gold.split,
                    "history": list(one.gold.history),
                    "question": one.gold.question,
                    "answer": one.text,
                    "refused": one.refused,
                    "cited": list(one.cited),
                    "faults": list(one.faults),
                }
                for one in self.outcomes
                if not one.right
            ],
        }


def _figures(group: Score) -> dict[str, Any]:
    rates = {
        name: {"value": round(figure.value, 4), "low": round(figure.low, 4), "high": round(figure.high, 4)}
        for name, figure in group.rates().items()
    }
    times = {"latency_ms": round(group.latency, 2), "latency_p99_ms": round(group.latency_p99, 2)}
    return {"count": group.count, **rates, **times, "length": group.length}


def load(path: Path) -> list[Gold]:
    """The questions of a JSON-lines file.

    Raises:
        UnreadableFile: the file is missing, or a line of it is not a question.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise UnreadableFile(
            f"cannot read the evaluation set {path}: {error.strerror}", hint="name an existing .jsonl file"
        ) from None
    found = []
    for place, line in enumerate(lines, 1):
        try:
            found.append(_gold(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(
                f"{path}, line {place} is not a question: {error}",
                hint='a line needs at least "id", "kind" and "question"',
            ) from None
    return found


def _gold(row: dict[str, Any]) -> Gold:
    return Gold(
        id=row["id"],
        kind=row["kind"],
        split=row.get("split", "held"),
        question=row["question"],
        history=tuple(row.get("history", ())),
        facts=tuple(tuple(fact) for fact in row.get("facts", ())),
        wrong=tuple(row.get("wrong", ())),
        clauses=tuple(frozenset(clauses) for clauses in row.get("clauses", ())),
        refuse=row.get("refuse", False),
        lang=row.get("lang", "zh"),
        documents=tuple(row.get("documents", ())),
    )


def run(assistant: Asked, path: Path, *, clock: Callable[[], float] = perf_counter) -> Result:
    """Ask every question of a set. ``clock`` returns seconds.

    Raises:
        UnreadableFile: see :func:`load`.
    """
    questions = load(path)
    if questions:
        assistant.ask(Question(questions[0].question))  # the first question pays for loading; it is not timed
    return summarise(path.stem, [_ask(assistant, gold, clock) for gold in questions])


def _ask(assistant: Asked, gold: Gold, clock: Callable[[], float]) -> Outcome:
    begun = clock()
    try:
        answer = assistant.ask(Question(gold.question, gold.history))
    except ZyqaError as error:
        elapsed = (clock() - begun) * 1000
        return Outcome(gold, str(error), False, (), (), elapsed, (f"error: {type(error).__name__}",))
    elapsed = (clock() - begun) * 1000
    citations = () if answer.refused else answer.citations
    return Outcome(
        gold=gold,
        text=answer.text,
        refused=answer.refused,
        cited=tuple(dict.fromkeys(address(one.doc_id, one.clause_id) for one in citations)),
        verbatim=tuple(_verbatim(one, assistant.engine.store) for one in citations),
        elapsed=elapsed,
        faults=faults(gold, answer),
    )


def _verbatim(citation: Citation, store: _Store) -> bool:
    return citation.span.cut(store.document(citation.doc_id).text) == citation.quote != ""


def summarise(name: str, outcomes: Iterable[Outcome]) -> Result:
    """The figures of answered questions, by kind and half."""
    groups: dict[str, list[Outcome]] = {}
    kept = tuple(outcomes)
    for one in kept:
        kind, split = one.gold.kind, one.gold.split
        for group in ("all", split, kind, f"{kind}/{split}"):
            groups.setdefault(group, []).append(one)
    order = sorted(groups, key=lambda group: (group not in ("all", "tune", "held"), "/" in group))
    return Result(name, kept, {group: score(groups[group]) for group in order})


def baseline_of(results: Sequence[Result], before: Baseline | None = None) -> dict[str, Any]:
    """The baseline to write: these results, and the sets of ``before`` that were not run again."""
    now = {
        result.name: {
            group: {name: round(figure.value, 4) for name, figure in scores.rates().items()}
            for group, scores in result.groups.items()
            if "/" not in group
        }
        for result in results
    }
    return {**(before or {}), **now}


def compare(result: Result, baseline: Baseline) -> tuple[str, ...]:
    """The drops beyond noise: rates whose earlier value lies outside the better end of today's interval.

    Groups and rates that the baseline does not know are passed over; latency is never compared.
    """
    drops = []
    for group, rates in baseline.get(result.name, {}).items():
        today = result.groups[group].rates() if group in result.groups else {}
        for name, before in rates.items():
            if name not in today:
                continue
            figure = today[name]
            worse = figure.low > before if name in _LOWER_IS_BETTER else figure.high < before
            if worse and abs(before - figure.value) * figure.count > _ONE_QUESTION:
                drops.append(f"{result.name}, {group}: {name} was {before:.3f}, is {figure.value:.3f}")
    return tuple(drops)
