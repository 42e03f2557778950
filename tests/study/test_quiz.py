"""Every key is borne by its clause, no task has two right answers, and the same seed gives the same quiz."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.answer.assistant import Assistant
from zyqa.study.export import Heading
from zyqa.study.makers import BLANK, Difficulty, Form, Material, Task
from zyqa.study.quiz import Check, answer, cards, checker, grade, holds, paper, quiz
from zyqa.text import fold
from zyqa.types import Document, Role


@pytest.fixture(scope="session")
def check(assistant: Assistant) -> Check:
    return checker(assistant.store)


@pytest.fixture(scope="session")
def everything(plan: Document, check: Check) -> tuple[Task, ...]:
    """All tasks of three difficulties and seeds."""
    made = [quiz([plan], check, number=200, difficulty=level, seed=seed) for seed, level in enumerate(Difficulty)]
    return tuple(task for tasks in made for task in tasks)


def test_all_forms_are_asked(plan: Document, check: Check) -> None:
    assert {task.form for task in quiz([plan], check, number=10)} == set(Form)


@pytest.mark.parametrize("form", Form)
def test_one_form_alone(plan: Document, check: Check, form: Form) -> None:
    assert {task.form for task in quiz([plan], check, number=5, forms=[form])} == {form}


def test_the_seed_decides(plan: Document, check: Check) -> None:
    assert quiz([plan], check, seed=7) == quiz([plan], check, seed=7)
    assert quiz([plan], check, seed=7) != quiz([plan], check, seed=8)


def test_a_quiz_has_the_number_asked_for_and_no_task_twice(plan: Document, check: Check) -> None:
    tasks = quiz([plan], check, number=40)
    assert len(tasks) == len({(task.stem, task.left) for task in tasks}) == 40
    with pytest.raises(ValueError, match="at least one"):
        quiz([plan], check, number=0)


def test_every_key_passes_the_citation_check(everything: tuple[Task, ...], check: Check) -> None:
    assert all(holds(task, check) for task in everything)


def test_a_wrong_key_does_not_pass(plan: Document, check: Check) -> None:
    (task,) = quiz([plan], check, number=1, forms=[Form.SINGLE], seed=3)
    right = task.options[task.key[0]]
    wrong = next(option for option in task.options if option != right)
    forged = replace(task, claims=tuple(claim.replace(right, wrong) for claim in task.claims))
    assert not holds(forged, check)


def test_no_lead_task_has_two_right_answers(everything: tuple[Task, ...], plan: Document) -> None:
    for task in everything:
        if "牵头单位是哪一个" in task.stem:
            leads = {
                duty.surface
                for duty in plan.duties
                if duty.clause_id == task.places[0].clause_id and duty.role is Role.LEAD and duty.marked
            }
            assert [option for option in task.options if option in leads] == [task.options[task.key[0]]]


def test_the_key_of_a_multiple_choice_is_all_that_is_right(everything: tuple[Task, ...], plan: Document) -> None:
    for task in everything:
        if task.form is Form.MULTIPLE:
            support = {
                duty.surface
                for duty in plan.duties
                if duty.clause_id == task.places[0].clause_id and duty.role is Role.SUPPORT and duty.marked
            }
            assert {place for place, option in enumerate(task.options) if option in support} == set(task.key)
            assert len(task.key) < len(task.options)


def test_options_are_distinct_and_no_collective_is_offered_as_wrong(everything: tuple[Task, ...]) -> None:
    for task in everything:
        assert len({fold(option) for option in task.options}) == len(task.options)
        if task.form in (Form.SINGLE, Form.MULTIPLE):
            wrong = [option for place, option in enumerate(task.options) if place not in task.key]
            assert not [option for option in wrong if option.startswith("各")]


def test_matched_units_lead_one_task_each(everything: tuple[Task, ...]) -> None:
    for task in everything:
        if task.form is Form.MATCH:
            assert sorted(task.key) == list(range(len(task.options))) == list(range(len(task.left)))


def test_a_blank_is_the_words_left_out(everything: tuple[Task, ...]) -> None:
    for task in everything:
        if task.form is Form.BLANK:
            sentence = re.search(r"：“(.*)”$", task.stem, re.DOTALL)
            assert sentence and sentence[1].replace(BLANK, task.options[0]) in task.citations[0].quote


def test_hard_options_are_nearer_than_easy_ones(plan: Document, check: Check) -> None:
    def supporting(level: Difficulty) -> int:
        """How many wrong options support the very clause that is asked about."""
        count = 0
        for task in quiz([plan], check, number=25, forms=[Form.SINGLE], difficulty=level):
            near = {duty.surface for duty in plan.duties if duty.clause_id == task.places[0].clause_id}
            count += sum(option in near for place, option in enumerate(task.options) if place not in task.key)
        return count

    assert supporting(Difficulty.HARD) > supporting(Difficulty.EASY) == 0


@given(seed=st.integers(0, 2**32), level=st.sampled_from(Difficulty))
def test_right_answers_score_full_and_none_score_nothing(
    plan: Document, check: Check, seed: int, level: Difficulty
) -> None:
    tasks = quiz([plan], check, number=5, difficulty=level, seed=seed)
    right = [[task.options[place] for place in task.key] for task in tasks]
    assert grade(tasks, right).score == 100
    assert grade(tasks, [[] for _ in tasks]).score == 0


@pytest.mark.parametrize(
    ("said", "right"), [("85%", True), (" 85％ ", True), ("85", False), ("58%", False), ("", False)]
)
def test_what_is_written_in_a_blank_may_differ_in_width(everything: tuple[Task, ...], said: str, right: bool) -> None:
    task = next(task for task in everything if task.form is Form.BLANK and task.options == ("85%",))
    assert grade([task], [[said]]).right == (right,)


def test_cards_have_a_back_from_the_clause(plan: Document, check: Check) -> None:
    held = cards([plan], check, number=8)
    assert len(held) == 8
    assert all(card.back and card.citation.span.cut(plan.text) == card.citation.quote for card in held)


def test_the_paper_has_every_task_and_the_key_on_its_own_page(plan: Document, check: Check) -> None:
    tasks = quiz([plan], check, number=10)
    report = paper(tasks)
    text = "\n".join(getattr(block, "text", "\f") for block in report.blocks)
    sheet, key = text.split("\f")
    assert all(task.stem in sheet for task in tasks)
    assert all(answer(task) in key for task in tasks)
    assert Heading("参考答案", 1) not in paper(tasks, key=False).blocks


def test_documents_without_facts_give_no_tasks(check: Check) -> None:
    assert quiz([], check) == ()


def test_material_knows_how_units_are_written(plan: Document) -> None:
    from random import Random

    assert Material([plan], Random(0), Difficulty.EASY).names["市质监局"] == "市质监局"
