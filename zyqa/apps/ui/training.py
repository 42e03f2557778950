"""培训: a quiz to take and have graded, flash cards, and the printable paper with its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from zyqa.apps.ui import sheets
from zyqa.apps.ui.bench import Workbench, asset, download, guarded, nothing_yet, scratch
from zyqa.apps.ui.markup import notice
from zyqa.study import quiz
from zyqa.study.export import save
from zyqa.study.makers import Difficulty, Form, Task
from zyqa.study.messages import Messages

MOST = 50


@dataclass(frozen=True, slots=True)
class Training:
    """The handlers of the tab, in one language."""

    bench: Workbench
    words: Messages

    def choices(self) -> Any:
        return gr.update(choices=self.bench.titles())

    def start(
        self, chosen: list[str] | None, forms: list[str], difficulty: str, number: float, seed: float | None
    ) -> tuple[str, tuple[Task, ...]]:
        """(the exam, its tasks)."""
        tasks = quiz.quiz(
            self.bench.documents(chosen),
            quiz.checker(self.bench.assistant.store),
            number=int(number),
            forms=[Form(form) for form in forms] or list(Form),
            difficulty=Difficulty(difficulty),
            seed=int(seed or 0),
        )
        if not tasks:
            return notice(self.words("training.nothing"), "warn"), ()
        few = notice(self.words("training.few", n=len(tasks))) if len(tasks) < int(number) else ""
        return few + sheets.exam(tasks, self.words), tasks

    def grade(self, tasks: tuple[Task, ...], event: gr.EventData) -> str:
        """The exam again, graded, with the clause behind every key."""
        given = [[str(field) for field in line] for line in event.value]
        return sheets.graded(tasks, given, quiz.grade(tasks, given), self.words)

    def cards(self, chosen: list[str] | None, number: float, seed: float | None) -> str:
        check = quiz.checker(self.bench.assistant.store)
        held = quiz.cards(self.bench.documents(chosen), check, number=int(number), seed=int(seed or 0))
        return sheets.cards(held, self.words) if held else notice(self.words("training.nothing"), "warn")

    def export(self, tasks: tuple[Task, ...]) -> str:
        """The paper and its key as a file; returns its path."""
        if not tasks:
            raise nothing_yet(self.words, "training.first")
        return str(save(quiz.paper(tasks, self.words), scratch("quiz.docx")))


def tab(bench: Workbench, words: Messages, item: gr.Tab) -> None:
    handlers = Training(bench, words)
    tasks = gr.State(())
    with gr.Row():
        forms = gr.CheckboxGroup(
            words.choices("form", *Form), value=list(Form), label=words("training.forms"), scale=3, elem_id="zy-forms"
        )
        difficulty = gr.Radio(
            words.choices("difficulty", *Difficulty),
            value=Difficulty.MEDIUM,
            label=words("training.difficulty"),
            scale=2,
        )
    with gr.Row():
        chosen = gr.Dropdown([], label=words("page.scope"), multiselect=True, scale=3)
        number = gr.Slider(
            1, MOST, value=10, step=1, label=words("training.number"), scale=2, min_width=230, elem_id="zy-number"
        )
        seed = gr.Number(1, precision=0, label=words("training.seed"), scale=1, min_width=100)
    with gr.Row(elem_classes="zy-asked"):
        start = gr.Button(words("training.start"), variant="primary", elem_id="zy-start")
        flash = gr.Button(words("training.cards"), elem_id="zy-cards-button")
        paper = gr.Button(words("training.paper"), elem_id="zy-paper")
    exam = gr.HTML(notice(words("training.hint")), js_on_load=asset("form.js"), elem_id="zy-exam")
    asked = [chosen, forms, difficulty, number, seed]
    item.select(guarded(words, handlers.choices), None, chosen, api_visibility="private", show_progress="hidden")
    start.click(guarded(words, handlers.start), asked, [exam, tasks], api_visibility="private", show_progress_on=exam)
    flash.click(
        guarded(words, handlers.cards), [chosen, number, seed], exam, api_visibility="private", show_progress_on=exam
    )
    exam.submit(guarded(words, handlers.grade), tasks, exam, api_visibility="private", show_progress="hidden")
    download(words, paper, handlers.export, [tasks], "paper")
