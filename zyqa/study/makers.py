"""Quiz tasks out of facts: one maker per form. Wrong options are real units and values of other clauses.

No task has two right answers: what could also be right (another lead of the clause, a unit that "各…" may include,
an equal value of the same subject) is never offered as wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Final

from zyqa.study.ledger import Where, where
from zyqa.study.messages import CHINESE
from zyqa.text import fold
from zyqa.types import Citation, Clause, Document, Duty, Kind, Role, Span, Target

OPTIONS: Final = 4
PAIRS: Final = 4
BLANK: Final = "______"
YES, NO = "正确", "错误"
_COLLECTIVE = re.compile(r"各|有关|相关|成员单位|其他|等")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\s*[-—~～至]+\s*\d+(?:\.\d+)?)?")


class Form(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"
    BLANK = "blank"
    MATCH = "match"


class Difficulty(StrEnum):
    """How near the wrong options are: units and values of elsewhere, of the document, of the same part."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Task:
    """``key`` are places in ``options``; for MATCH, one per line of ``left``; for BLANK the one option is the answer.

    ``claims`` are the sentences that make the key right, one per citation.
    """

    form: Form
    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    places: tuple[Where, ...]
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The responsibility mark of a clause."""

    document: Document
    clause: Clause
    duties: tuple[Duty, ...]

    def units(self, role: Role) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.role is role)

    @property
    def all(self) -> frozenset[str]:
        return frozenset(duty.unit for duty in self.duties)

    @property
    def collective(self) -> bool:
        """Whether a unit stands for many, so that nobody outside can be called wrong."""
        return any(_COLLECTIVE.search(duty.surface) for duty in self.duties)

    def claim(self, role: Role, units: str) -> str:
        """The sentence behind the key, in the words of the clause."""
        heading = where(self.document, self.clause).heading
        return f"{heading}由{units}{CHINESE(f'role.{role}')}。"

    def subject(self) -> str:
        place = where(self.document, self.clause)
        return (
            f"《{place.title}》{place.label}“{place.heading}”" if place.heading else f"《{place.title}》{place.label}"
        )


@dataclass
class Material:
    """The facts of the documents in scope, and what is needed to choose wrong options among them."""

    documents: Sequence[Document]
    random: Random
    difficulty: Difficulty
    marks: list[Mark] = field(init=False)
    names: dict[str, str] = field(init=False)  # unit → how it is written most often

    def __post_init__(self) -> None:
        self.marks = [mark for document in self.documents for mark in _marks(document)]
        written: dict[str, Counter[str]] = {}
        for mark in self.marks:
            for duty in mark.duties:
                written.setdefault(duty.unit, Counter())[duty.surface] += 1
        self.names = {unit: count.most_common(1)[0][0] for unit, count in written.items()}

    def shuffled(self, things: Iterable[object]) -> list[object]:
        listed = list(things)
        self.random.shuffle(listed)
        return listed

    def wrong_units(self, mark: Mark, wrong_for: Role, number: int) -> list[str]:
        """Units (as written) that do not have this role in the clause; [] where there are not ``number`` of them."""
        right = {duty.unit for duty in mark.units(wrong_for)}
        pool = [unit for unit, name in self.names.items() if unit not in right and not _COLLECTIVE.search(name)]
        self.random.shuffle(pool)
        near = {duty.unit for duty in mark.duties}
        if self.difficulty is Difficulty.HARD:
            pool.sort(key=lambda unit: unit not in near)
        else:
            pool = [unit for unit in pool if unit not in near]
        if self.difficulty is not Difficulty.EASY:
            home = {duty.unit for other in self.marks if other.document is mark.document for duty in other.duties}
            pool.sort(key=lambda unit: (unit not in near, unit not in home))
        names = [self.names[unit] for unit in pool[:number]]
        return names if len(names) == number else []


def _marks(document: Document) -> Iterator[Mark]:
    for clause in document.clauses:
        duties = tuple(duty for duty in document.duties if duty.clause_id == clause.id and duty.marked)
        if duties:
            yield Mark(document, clause, duties)


def cite(document: Document, clause_id: str, span: Span) -> Citation:
    clause = next(one for one in document.clauses if one.id == clause_id)
    return Citation(
        document.id, clause_id, document.title, document.number, clause.label, clause.heading,
        span.cut(document.text), span, document.kind,
    )  # fmt: skip


def _over(duties: Sequence[Duty], text: str) -> Span:
    """The words of a mark from its label to the last of these units: 牵头单位:市发改委."""
    start = min(duty.span.start for duty in duties)
    floor = max(text.rfind(mark, 0, start) for mark in "(（。;；\n")
    return Span(floor + 1 if start - floor <= 12 else start, max(duty.span.end for duty in duties))


def _placed(options: Sequence[str], right: set[str]) -> tuple[int, ...]:
    return tuple(place for place, option in enumerate(options) if option in right)


# ---------------------------------------------------------------- units


def single_lead(held: Material) -> Iterator[Task]:
    """Who leads? For clauses with exactly one leading unit."""
    for mark in held.marks:
        leads = mark.units(Role.LEAD)
        if len(leads) != 1 or _COLLECTIVE.search(leads[0].surface) or mark.units(Role.RESPONSIBLE):
            continue
        wrong = held.wrong_units(mark, Role.LEAD, OPTIONS - 1)
        if wrong:
            right = leads[0].surface
            options = tuple(map(str, held.shuffled([right, *wrong])))
            stem = f"{mark.subject()}的牵头单位是哪一个？"
            yield _unit_task(Form.SINGLE, mark, stem, options, leads, mark.claim(Role.LEAD, right))


def _unit_task(form: Form, mark: Mark, stem: str, options: tuple[str, ...], duties: Sequence[Duty], claim: str) -> Task:
    right = {duty.surface for duty in duties}
    citation = cite(mark.document, mark.clause.id, _over(duties, mark.document.text))
    place = where(mark.document, mark.clause)
    return Task(form, stem, options, _placed(options, right), (place,), (claim,), (citation,))


def multiple_support(held: Material) -> Iterator[Task]:
    """Which units support? All right ones among the options are in the key."""
    for mark in held.marks:
        support = mark.units(Role.SUPPORT)
        if len(support) < 2 or mark.collective:
            continue
        chosen = support[: OPTIONS - 1] if len(support) > OPTIONS - 1 else support
        wrong = held.wrong_units(mark, Role.SUPPORT, OPTIONS + 1 - len(chosen))
        if wrong:
            options = tuple(map(str, held.shuffled([*(duty.surface for duty in chosen), *wrong])))
            names = "、".join(duty.surface for duty in chosen)
            stem = f"下列单位中，哪些是{mark.subject()}的配合单位？（多选）"
            yield _unit_task(Form.MULTIPLE, mark, stem, options, chosen, mark.claim(Role.SUPPORT, names))


def judge_lead(held: Material) -> Iterator[Task]:
    """True or false: who leads."""
    for mark in held.marks:
        leads = mark.units(Role.LEAD)
        if len(leads) != 1 or _COLLECTIVE.search(leads[0].surface):
            continue
        wrong = held.wrong_units(mark, Role.LEAD, 1)
        true = held.random.random() < 0.5 or not wrong
        said = leads[0].surface if true else wrong[0]
        citation = cite(mark.document, mark.clause.id, _over(leads, mark.document.text))
        claim = mark.claim(Role.LEAD, leads[0].surface)
        stem = f"判断：{mark.subject()}由{said}牵头。"
        place = where(mark.document, mark.clause)
        yield Task(Form.JUDGE, stem, (YES, NO), (0 if true else 1,), (place,), (claim,), (citation,))


def match_leads(held: Material) -> Iterator[Task]:
    """Units to tasks: each unit leads exactly one of the tasks, each task has exactly one lead."""
    single = [mark for mark in held.marks if len(mark.units(Role.LEAD)) == 1 and not mark.units(Role.RESPONSIBLE)]
    single = [mark for mark in single if not _COLLECTIVE.search(mark.units(Role.LEAD)[0].surface)]
    held.random.shuffle(single)
    group: list[Mark] = []
    for mark in single:
        unit = mark.units(Role.LEAD)[0].unit
        if unit not in {other.units(Role.LEAD)[0].unit for other in group}:
            group.append(mark)
        if len(group) == PAIRS:
            yield _match(held, group)
            group = []


def _match(held: Material, group: Sequence[Mark]) -> Task:
    leads = [mark.units(Role.LEAD) for mark in group]
    options = tuple(map(str, held.shuffled(lead[0].surface for lead in leads)))
    return Task(
        Form.MATCH,
        "将下列任务与牵头单位配对。",
        options,
        tuple(options.index(lead[0].surface) for lead in leads),
        tuple(where(mark.document, mark.clause) for mark in group),
        tuple(mark.claim(Role.LEAD, lead[0].surface) for mark, lead in zip(group, leads, strict=True)),
        tuple(
            cite(mark.document, mark.clause.id, _over(lead, mark.document.text))
            for mark, lead in zip(group, leads, strict=True)
        ),
        left=tuple(mark.subject() for mark in group),
    )


# ---------------------------------------------------------------- targets


@dataclass(frozen=True, slots=True)
class Figure:
    """A target whose number stands in its words: ``surface`` is number and unit as written, at ``span``."""

    document: Document
    target: Target
    surface: str
    span: Span

    @property
    def number(self) -> float:
        return float(re.split(r"\s*[-—~～至]+\s*", self.target.value)[0])


def figures(documents: Iterable[Document]) -> Iterator[Figure]:
    """The targets that can be asked for: number and unit are found in the text, once."""
    for document in documents:
        if document.kind is not Kind.ORIGINAL:
            continue
        for target in document.targets:
            text = target.span.cut(document.text)
            unit = target.unit or ""
            written = [match for match in _NUMBER.finditer(text) if text.startswith(unit, match.end())]
            written = [match for match in written if match.group() == target.value]
            if unit and len(written) == 1 and target.subject:
                start = target.span.start + written[0].start()
                span = Span(start, start + len(written[0].group()) + len(unit))
                yield Figure(document, target, span.cut(document.text), span)


def _sentence(figure: Figure) -> Span:
    """The words around the figure: between the commas of its sentence that keep the subject in."""
    text, span = figure.document.text, figure.target.span
    start = max(text.rfind(mark, 0, min(span.start, figure.span.start)) for mark in "。；;\n") + 1
    stops = [text.find(mark, figure.span.end) for mark in "，,。；;\n"]
    return Span(start, min((stop for stop in stops if stop >= 0), default=len(text)))


def single_target(held: Material) -> Iterator[Task]:
    """How much? Wrong values are those of other targets in the same unit."""
    found = list(figures(held.documents))
    for figure in found:
        wrong = _wrong_values(held, figure, found, OPTIONS - 1)
        if not wrong:
            continue
        place = where(figure.document, _clause(figure))
        blanked = _blanked(figure)
        options = tuple(map(str, held.shuffled([figure.surface, *wrong])))
        stem = f"《{place.title}》{place.label}：“{blanked}” 空格处应为？"
        yield _figure_task(Form.SINGLE, figure, stem, options, _placed(options, {figure.surface}))


def _clause(figure: Figure) -> Clause:
    return next(clause for clause in figure.document.clauses if clause.id == figure.target.clause_id)


def _blanked(figure: Figure) -> str:
    text, around = figure.document.text, _sentence(figure)
    return (text[around.start : figure.span.start] + BLANK + text[figure.span.end : around.end]).strip()


def _wrong_values(held: Material, figure: Figure, found: Sequence[Figure], number: int) -> list[str]:
    """Other figures in the same unit; never one that the same clause sets. Near ones where it is to be hard."""
    same = {fold(other.surface) for other in found if other.target.clause_id == figure.target.clause_id}
    pool: dict[str, float] = {}
    for other in found:
        if other.target.unit == figure.target.unit and fold(other.surface) not in same:
            pool.setdefault(other.surface, other.number)
    step = 5.0 if figure.target.unit == "%" else max(1.0, round(figure.number / 4))
    for offset in (step, -step, 2 * step, -2 * step, 3 * step, -3 * step):  # where other clauses offer too few
        value = figure.number + offset
        surface = f"{value:g}{figure.target.unit}"
        if value > 0 and not (figure.target.unit == "%" and value > 100) and fold(surface) not in same:
            pool.setdefault(surface, value)
    names = [str(name) for name in held.shuffled(pool)]
    if held.difficulty is not Difficulty.MEDIUM:
        sign = 1 if held.difficulty is Difficulty.HARD else -1
        names.sort(key=lambda name: sign * abs(pool[name] - figure.number))
    return names[:number] if len(names) >= number else []


def _figure_task(form: Form, figure: Figure, stem: str, options: tuple[str, ...], key: tuple[int, ...]) -> Task:
    around = _sentence(figure)
    claim = around.cut(figure.document.text).strip()
    citation = cite(figure.document, figure.target.clause_id, around)
    return Task(form, stem, options, key, (where(figure.document, _clause(figure)),), (claim,), (citation,))


def blank_target(held: Material) -> Iterator[Task]:
    """The figure is left out of its sentence."""
    for figure in figures(held.documents):
        place = where(figure.document, _clause(figure))
        stem = f"填空：《{place.title}》{place.label}：“{_blanked(figure)}”"
        yield _figure_task(Form.BLANK, figure, stem, (figure.surface,), (0,))


def judge_target(held: Material) -> Iterator[Task]:
    """True or false: the figure."""
    found = list(figures(held.documents))
    for figure in found:
        wrong = _wrong_values(held, figure, found, 1)
        true = held.random.random() < 0.5 or not wrong
        place = where(figure.document, _clause(figure))
        said = _blanked(figure).replace(BLANK, figure.surface if true else wrong[0])
        stem = f"判断：《{place.title}》{place.label}规定：“{said}”"
        yield _figure_task(Form.JUDGE, figure, stem, (YES, NO), (0 if true else 1,))


MAKERS: Final = {
    Form.SINGLE: (single_lead, single_target),
    Form.MULTIPLE: (multiple_support,),
    Form.JUDGE: (judge_lead, judge_target),
    Form.BLANK: (blank_target,),
    Form.MATCH: (match_leads,),
}
