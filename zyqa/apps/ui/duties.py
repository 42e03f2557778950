"""责任: who does what — heat map, filterable table, a unit's page, export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from zyqa.apps.ui import charts, tables
from zyqa.apps.ui.bench import Workbench, download, guarded, scratch
from zyqa.apps.ui.markup import notice
from zyqa.study import ledger
from zyqa.study.export import Report, save
from zyqa.study.messages import Messages
from zyqa.types import Role


@dataclass(frozen=True, slots=True)
class Duties:
    """The handlers of the tab, in one language."""

    bench: Workbench
    words: Messages

    def rows(self, chosen: list[str] | None, unit: str | None, role: str | None) -> tuple[ledger.DutyRow, ...]:
        documents = self.bench.documents(chosen)
        return ledger.responsibilities(documents, unit=unit or None, role=Role(role) if role else None)

    def show(self, chosen: list[str] | None, unit: str | None, role: str | None) -> tuple[Any, ...]:
        """(choices of documents, of units, table, heat map, unit's page)."""
        documents = self.bench.documents(chosen)
        units = ledger.units(ledger.responsibilities(documents))
        unit = unit if unit in units else None
        rows = self.rows(chosen, unit, role)
        page = tables.unit(ledger.unit_page(documents, unit), self.words) if unit else ""
        return (
            gr.update(choices=self.bench.titles()),
            gr.update(choices=[(self.words("page.all"), ""), *((one, one) for one in units)], value=unit or ""),
            tables.duties(rows, self.words) if rows else notice(self.words("page.nothing")),
            charts.heat(ledger.matrix(rows), self.words),
            gr.update(value=page, visible=bool(page)),
        )

    def export(self, chosen: list[str] | None, unit: str | None, role: str | None) -> str:
        rows = self.rows(chosen, unit, role)
        listed = ledger.duty_report(rows, self.words)
        report = Report(listed.title, (*listed.blocks, ledger.matrix_table(ledger.matrix(rows), self.words)))
        return str(save(report, scratch("duties.xlsx")))


def tab(bench: Workbench, words: Messages, item: gr.Tab) -> None:
    handlers = Duties(bench, words)
    with gr.Row():
        unit = gr.Dropdown([], label=words("column.unit"), elem_id="zy-unit-choice")
        role = gr.Dropdown(
            [(words("page.all"), ""), *words.choices("role", *Role)], value="", label=words("column.role")
        )
        chosen = gr.Dropdown([], label=words("page.scope"), multiselect=True)
    page = gr.HTML(visible=False)
    table = gr.HTML(notice(words("page.opening")), elem_id="zy-duties")
    export = gr.Button(words("page.xlsx"), size="sm", elem_classes="zy-export", elem_id="zy-duties-xlsx")
    with gr.Accordion(words("duties.heat"), open=True):
        heat = gr.Plot(show_label=False, container=False, elem_classes="zy-wide")
    asked = [chosen, unit, role]
    shown = [chosen, unit, table, heat, page]
    item.select(guarded(words, handlers.show), asked, shown, api_visibility="private", show_progress="hidden")
    for one in asked:
        one.input(guarded(words, handlers.show), asked, shown, api_visibility="private", show_progress="hidden")
    download(words, export, handlers.export, asked, "duties")
