"""What counts as a right answer, and the figures made of many of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from zyqa.text import fold
from zyqa.types import Answer

LONG_LIST = 4
"""A question with at least so many required facts asks for a list; its answer may be long."""
_RESAMPLES = 1000
_ENGLISH_WORDS = 2  # "leads 8 tasks" is English
_LATIN_WORD = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and what a right answer must hold.

    ``facts``: of each inner tuple at least one string occurs in the answer; ``wrong``: none of these does.
    ``clauses``: the sets of full addresses, each of which would be complete evidence.
    ``documents``: files of the bench folder that must be in the library besides the corpus.
    """

    id: str
    kind: str
    split: str
    question: str
    history: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    clauses: tuple[frozenset[str], ...] = ()
    refuse: bool = False
    lang: str = "zh"
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked. ``faults``: what is wrong with the answer; none: it is right. ``elapsed``: ms."""

    gold: Gold
    text: str
    refused: bool
    cited: tuple[str, ...]
    verbatim: tuple[bool, ...]
    elapsed: float
    faults: tuple[str, ...]

    @property
    def right(self) -> bool:
        return not self.faults

    @property
    def precision(self) -> float | None:
        """The share of the cited clauses that some gold set holds; None where nothing is cited or known."""
        known = frozenset[str]().union(*self.gold.clauses)
        cited = set(self.cited)
        return len(cited & known) / len(cited) if cited and known and not self.gold.refuse else None

    @property
    def recall(self) -> float | None:
        """The share of the best-matched gold set that is cited; None for questions to be refused."""
        if self.gold.refuse or not self.gold.clauses:
            return None
        cited = set(self.cited)
        return max(len(cited & gold) / len(gold) if gold else 1.0 for gold in self.gold.clauses)


def compact(text: str) -> str:
    """Folded and without blanks: how facts and answers are compared."""
    return re.sub(r"\s+", "", fold(text))


def faults(gold: Gold, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer, in words; empty when it is right."""
    text = compact(f"{answer.text}\n{answer.reason or ''}" if answer.refused else answer.text)
    found = []
    if answer.refused != gold.refuse:
        found.append("refused" if answer.refused else "not refused")
    found += ["lacks " + " | ".join(fact) for fact in gold.facts if not any(compact(way) in text for way in fact)]
    found += [f"holds {wrong}" for wrong in gold.wrong if compact(wrong) in text]
    if gold.lang == "en" and not answer.refused and len(_LATIN_WORD.findall(fold(answer.text))) < _ENGLISH_WORDS:
        found.append("not in English")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over ``count`` questions and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    count: int


def bootstrap(values: Sequence[float]) -> Figure | None:
    """The mean with a percentile interval from resampled questions (fixed seed); None where there are none."""
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(0).integers(0, len(sample), (_RESAMPLES, len(sample)))
    low, high = np.percentile(sample[draws].mean(axis=1), [2.5, 97.5])
    return Figure(fmean(values), float(low), float(high), len(values))


RATES = ("accuracy", "precision", "recall", "verbatim", "refusal", "false_refusal")


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a group of questions. None: no question of the group has a say.

    ``refusal``: of the unanswerable, the share refused; ``false_refusal``: of the answerable, the share refused;
    ``latency`` and ``latency_p99`` in milliseconds; ``length``: median characters of answers that are no lists.
    """

    count: int
    accuracy: Figure | None
    precision: Figure | None
    recall: Figure | None
    verbatim: Figure | None
    refusal: Figure | None
    false_refusal: Figure | None
    latency: float
    latency_p99: float
    length: float | None

    def rates(self) -> dict[str, Figure]:
        found = ((name, getattr(self, name)) for name in RATES)
        return {name: figure for name, figure in found if figure is not None}


def score(outcomes: Sequence[Outcome]) -> Score:
    """The figures of a group of at least one question."""

    def over(value: Callable[[Outcome], float | None], chosen: Iterable[Outcome] = outcomes) -> Figure | None:
        return bootstrap([float(one) for one in map(value, chosen) if one is not None])

    times = [outcome.elapsed for outcome in outcomes]
    lengths = [len(one.text) for one in outcomes if not one.refused and len(one.gold.facts) < LONG_LIST]
    return Score(
        count=len(outcomes),
        accuracy=over(lambda one: one.right),
        precision=over(lambda one: one.precision),
        recall=over(lambda one: one.recall),
        verbatim=bootstrap([float(same) for one in outcomes for same in one.verbatim]),
        refusal=over(lambda one: one.refused, (one for one in outcomes if one.gold.refuse)),
        false_refusal=over(lambda one: one.refused, (one for one in outcomes if not one.gold.refuse)),
        latency=median(times),
        latency_p99=float(np.percentile(times, 99)),
        length=median(lengths) if lengths else None,
    )
