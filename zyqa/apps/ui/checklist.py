"""对照: choose or describe an enterprise, get the clauses that bind or encourage it, tick and note, export."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from zyqa.answer.enterprises import Kinds
from zyqa.apps.ui import tables
from zyqa.apps.ui.bench import Workbench, asset, download, guarded, nothing_yet, scratch
from zyqa.apps.ui.markup import notice
from zyqa.study import checklist
from zyqa.study.checklist import Item
from zyqa.study.export import save
from zyqa.study.messages import Messages

TICKED = "☑"
FILLED = "filled"  # in turn: an export holds what was noted just before it
_KINDS = 60


@dataclass(frozen=True, slots=True)
class Checklist:
    """The handlers of the tab, in one language."""

    bench: Workbench
    words: Messages

    def choices(self) -> Any:
        """The kinds of enterprise found in the documents."""
        return gr.update(choices=list(Kinds.shipped().named(self.bench.documents())[:_KINDS]))

    def show(self, described: str | None) -> tuple[str, tuple[Item, ...], list[list[str]]]:
        """(form, items, what is filled in)."""
        if not described or not described.strip():
            return notice(self.words("checklist.choose")), (), []
        items = checklist.checklist(self.bench.documents(), described)
        if not items:
            return notice(self.words("checklist.nothing")), (), []
        general = not Kinds.shipped().profile(described).sectors
        warning = notice(self.words("checklist.general"), "warn") if general else ""
        return warning + tables.items(items, self.words), items, []

    def fill(self, event: gr.EventData) -> list[list[str]]:
        """What is ticked and noted, line by line."""
        return [[str(field) for field in line] for line in event.value]

    def export(self, suffix: str, described: str | None, items: tuple[Item, ...], filled: list[list[str]]) -> str:
        """The check-list as a file, with ticks and notes; returns its path."""
        if not items:
            raise nothing_yet(self.words, "checklist.choose")
        lines = filled + [[]] * (len(items) - len(filled))
        ticked = [line[:1] == [TICKED] for line in lines]
        notes = [line[-1] if line else "" for line in lines]
        report = checklist.report(items, described or "", ticked, notes, self.words)
        return str(save(report, scratch(f"checklist.{suffix}")))


def tab(bench: Workbench, words: Messages, item: gr.Tab) -> None:
    handlers = Checklist(bench, words)
    items = gr.State(())
    filled = gr.State([])
    with gr.Row(equal_height=True, elem_classes="zy-asked"):
        kind = gr.Dropdown(
            [], value=None, label=words("checklist.kind"), allow_custom_value=True, scale=5, elem_id="zy-kind"
        )
        run = gr.Button(words("checklist.run"), variant="primary", scale=1, min_width=120, elem_id="zy-check")
    listed = gr.HTML(notice(words("checklist.choose")), js_on_load=asset("form.js"), elem_id="zy-checklist")
    with gr.Row(elem_classes="zy-actions"):
        word = gr.Button(words("page.docx"), size="sm", elem_id="zy-checklist-docx")
        sheet = gr.Button(words("page.xlsx"), size="sm", elem_id="zy-checklist-xlsx")
    shown = [listed, items, filled]
    item.select(guarded(words, handlers.choices), None, kind, api_visibility="private", show_progress="hidden")
    run.click(guarded(words, handlers.show), kind, shown, api_visibility="private", show_progress="hidden")
    kind.input(guarded(words, handlers.show), kind, shown, api_visibility="private", show_progress="hidden")
    listed.input(
        handlers.fill, None, filled, api_visibility="private", show_progress="hidden",
        concurrency_id=FILLED, concurrency_limit=1, trigger_mode="multiple",
    )  # fmt: skip
    asked = [kind, items, filled]
    download(words, word, partial(handlers.export, "docx"), asked, "checklist-docx", after=FILLED)
    download(words, sheet, partial(handlers.export, "xlsx"), asked, "checklist-xlsx", after=FILLED)
