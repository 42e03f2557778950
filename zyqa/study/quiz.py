"""Quizzes for training: tasks with keys that are checked against the clause, grading, flash cards, paper and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Final

from zyqa.answer import citations
from zyqa.search.store import Store
from zyqa.study.export import Block, Heading, PageBreak, Paragraph, Report
from zyqa.study.makers import MAKERS, Difficulty, Form, Material, Task
from zyqa.study.messages import CHINESE, Messages
from zyqa.text import fold
from zyqa.types import Citation, Document, Verdict

LETTERS: Final = "ABCDEFGHIJ"
Check = Callable[[str, Sequence[Citation]], Verdict]


@dataclass(frozen=True, slots=True)
class Card:
    """A flash card: a question, its answer, and the clause."""

    front: str
    back: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Result:
    """A graded exam: one verdict per task."""

    right: tuple[bool, ...]

    @property
    def score(self) -> int:
        """0 to 100, rounded."""
        return round(100 * sum(self.right) / len(self.right)) if self.right else 0


def checker(store: Store) -> Check:
    """The citation check of answers, for the keys of tasks."""
    return lambda claim, cited: citations.check(claim, cited, store)


def quiz(
    documents: Sequence[Document],
    check: Check,
    *,
    number: int = 10,
    forms: Sequence[Form] = tuple(Form),
    difficulty: Difficulty = Difficulty.MEDIUM,
    seed: int = 0,
) -> tuple[Task, ...]:
    """Up to ``number`` tasks in the order of ``forms``; the same arguments give the same quiz.

    ``check`` says whether a sentence is supported by its citations; a task whose key does not pass is left out.
    """
    if number < 1:
        raise ValueError("a quiz has at least one task")
    random = Random(seed)
    material = Material(documents, random, difficulty)
    queues = {form: _mixed(form, material) for form in dict.fromkeys(forms)}
    chosen: list[Task] = []
    asked: set[tuple[str, tuple[str, ...]]] = set()
    while queues and len(chosen) < number:
        for form in list(queues):
            task = next((one for one in queues[form] if (one.stem, one.left) not in asked and holds(one, check)), None)
            if task is None:
                del queues[form]
            elif len(chosen) < number:
                asked.add((task.stem, task.left))
                chosen.append(task)
    order = list(Form)
    return tuple(sorted(chosen, key=lambda task: order.index(task.form)))


def _mixed(form: Form, material: Material) -> Iterator[Task]:
    tasks = list(chain.from_iterable(maker(material) for maker in MAKERS[form]))
    if form is not Form.MATCH:  # its stems are alike, and it is shuffled already
        material.random.shuffle(tasks)
    return iter(tasks)


def holds(task: Task, check: Check) -> bool:
    """Whether every claim behind the key passes the citation check, and the options are distinct."""
    distinct = len({fold(option) for option in task.options}) == len(task.options)
    checked = (check(claim, [one]) for claim, one in zip(task.claims, task.citations, strict=True))
    return distinct and all(verdict is Verdict.VERIFIED for verdict in checked)


def cards(documents: Sequence[Document], check: Check, *, number: int = 20, seed: int = 0) -> tuple[Card, ...]:
    """Flash cards from the same facts."""
    tasks = quiz(documents, check, number=number, forms=(Form.SINGLE, Form.BLANK), seed=seed)
    return tuple(Card(task.stem.removeprefix("填空："), task.options[task.key[0]], task.citations[0]) for task in tasks)


def grade(tasks: Sequence[Task], given: Sequence[Sequence[str]]) -> Result:
    """``given``: per task the options chosen (for MATCH one per line; for BLANK the words written)."""
    return Result(tuple(_is_right(task, list(said)) for task, said in zip(tasks, given, strict=True)))


def _is_right(task: Task, said: Sequence[str]) -> bool:
    right = [task.options[place] for place in task.key]
    if task.form is Form.BLANK:
        return len(said) == 1 and _bare(said[0]) == _bare(right[0])
    if task.form is Form.MATCH:
        return list(said) == right
    return sorted(said) == sorted(right)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", fold(text)).replace("-", "~")


def answer(task: Task) -> str:
    """The key as people read it: A、C, or the words."""
    if task.form is Form.MATCH:
        return "；".join(f"{number}—{LETTERS[place]}" for number, place in enumerate(task.key, 1))
    if task.form in (Form.BLANK, Form.JUDGE):
        return task.options[task.key[0]]
    return "、".join(f"{LETTERS[place]} {task.options[place]}" for place in task.key)


# ---------------------------------------------------------------- paper and key


def paper(tasks: Sequence[Task], words: Messages = CHINESE, *, key: bool = True) -> Report:
    """The printable paper; with ``key``, the answers and the clauses behind them on a page of their own."""
    blocks: list[Block] = [Paragraph(words("report.paper_head"))]
    blocks += list(_sheet(tasks, words))
    if key:
        blocks += [
            PageBreak(),
            Heading(words("report.key"), 1),
            *chain.from_iterable(map(_key, tasks, range(1, len(tasks) + 1))),
        ]
    return Report(words("report.paper"), tuple(blocks))


def _sheet(tasks: Sequence[Task], words: Messages) -> Iterator[Block]:
    form = None
    for number, task in enumerate(tasks, 1):
        if task.form is not form:
            form = task.form
            yield Heading(words(f"form.{form}"), 2)
        yield Paragraph(f"{number}. {task.stem}")
        yield from (Paragraph(f"    （{place}）{line}") for place, line in enumerate(task.left, 1))
        if task.form is not Form.BLANK:
            yield Paragraph("    " + "    ".join(f"{LETTERS[n]}. {option}" for n, option in enumerate(task.options)))


def _key(task: Task, number: int) -> Iterable[Block]:
    yield Paragraph(f"{number}. {answer(task)}")
    for cited in task.citations:
        yield Paragraph(cited.official, quote=True)
