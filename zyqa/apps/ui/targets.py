"""指标: what is to be reached, in a table and a chart; stages, deadlines and reporting dates on a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from zyqa.apps.ui import charts, tables
from zyqa.apps.ui.bench import Workbench, download, guarded, scratch
from zyqa.apps.ui.markup import notice
from zyqa.study import ledger, timeline
from zyqa.study.export import Report, save
from zyqa.study.messages import Messages


@dataclass(frozen=True, slots=True)
class Targets:
    """The handlers of the tab, in one language."""

    bench: Workbench
    words: Messages

    def show(self, chosen: list[str] | None, unit: str | None, year: str | None) -> tuple[Any, ...]:
        """(choices of documents, units, years; table, chart, timeline, table of events)."""
        documents = self.bench.documents(chosen)
        every = ledger.targets(documents)
        units = sorted({one for row in every for one in row.units})
        years = ledger.years(every)
        rows = ledger.targets(documents, unit=unit or None, year=year or None)
        events = timeline.timeline(documents)
        return (
            gr.update(choices=self.bench.titles()),
            gr.update(choices=[(self.words("page.all"), ""), *((one, one) for one in units)]),
            gr.update(choices=[(self.words("page.all"), ""), *((one, one) for one in years)]),
            tables.targets(rows, self.words) if rows else notice(self.words("page.nothing")),
            charts.bars(rows, self.words),
            charts.dates(events, self.words),
            tables.events(events, self.words) if events else notice(self.words("page.nothing")),
        )

    def export(self, chosen: list[str] | None, unit: str | None, year: str | None) -> str:
        documents = self.bench.documents(chosen)
        listed = ledger.target_report(ledger.targets(documents, unit=unit or None, year=year or None), self.words)
        events = timeline.event_report(timeline.timeline(documents), self.words)
        return str(save(Report(listed.title, (*listed.blocks, *events.blocks)), scratch("targets.xlsx")))


def tab(bench: Workbench, words: Messages, item: gr.Tab) -> None:
    handlers = Targets(bench, words)
    with gr.Row():
        unit = gr.Dropdown([(words("page.all"), "")], value="", label=words("column.responsible"))
        year = gr.Dropdown([(words("page.all"), "")], value="", label=words("column.deadline"))
        chosen = gr.Dropdown([], label=words("page.scope"), multiselect=True)
    table = gr.HTML(notice(words("page.opening")), elem_id="zy-targets")
    export = gr.Button(words("page.xlsx"), size="sm", elem_classes="zy-export", elem_id="zy-targets-xlsx")
    with gr.Accordion(words("targets.chart"), open=True):
        chart = gr.Plot(show_label=False, container=False, elem_classes="zy-wide")
    with gr.Accordion(words("targets.timeline"), open=True):
        dates = gr.Plot(show_label=False, container=False, elem_classes="zy-wide")
        events = gr.HTML()
    asked = [chosen, unit, year]
    shown = [chosen, unit, year, table, chart, dates, events]
    item.select(guarded(words, handlers.show), asked, shown, api_visibility="private", show_progress="hidden")
    for one in asked:
        one.input(guarded(words, handlers.show), asked, shown, api_visibility="private", show_progress="hidden")
    download(words, export, handlers.export, asked, "targets")
