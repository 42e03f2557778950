"""The pictures hold the tables' rows, and no text in them is markup."""

from __future__ import annotations

import json

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.apps.ui import charts
from zyqa.study import ledger, timeline
from zyqa.study.messages import Messages
from zyqa.types import Document, Kind

WORDS = Messages("zh")


@pytest.fixture(scope="module")
def documents(assistant: Assistant) -> list[Document]:
    return [assistant.store.document(info.id) for info in assistant.store.documents()]


@pytest.fixture(scope="module")
def originals(documents: list[Document]) -> list[Document]:
    return [document for document in documents if document.kind is Kind.ORIGINAL]


def test_the_heat_map_has_a_mark_per_cell(originals: list[Document]) -> None:
    matrix = ledger.matrix(ledger.responsibilities(originals))
    figure = charts.heat(matrix, WORDS)
    assert sum(len(trace.x) for trace in figure.data) == len(matrix.cells)


def test_the_bars_are_the_targets_in_percent(originals: list[Document]) -> None:
    rows = ledger.targets(originals)
    (bar,) = charts.bars(rows, WORDS).data
    assert list(bar.x) == [row.value for row in rows if row.measure == "%"]
    assert len(set(bar.y)) == len(bar.y)


def test_the_timeline_has_a_line_per_stage_and_date(originals: list[Document]) -> None:
    events = timeline.timeline(originals)
    lines = {(event.sort, event.what if event.sort == "stage" else event.end) for event in events if event.end}
    assert len(charts.dates(events, WORDS).data) == len(lines)


def test_the_graph_has_a_point_per_linked_document(documents: list[Document]) -> None:
    graph = ledger.graph(documents)
    linked = {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges}
    points = [trace for trace in charts.references(graph, WORDS).data if "markers" in trace.mode]
    assert sum(len(trace.x) for trace in points) == len(linked)


def test_nothing_to_show_is_an_empty_picture() -> None:
    assert json.loads(charts.heat(ledger.matrix(()), WORDS).to_json())
    assert json.loads(charts.bars((), WORDS).to_json())
    assert json.loads(charts.dates((), WORDS).to_json())
    assert json.loads(charts.references(ledger.Graph((), ()), WORDS).to_json())


def test_text_in_pictures_is_escaped_and_short() -> None:
    assert charts.short("<b>粗</b>", 20) == "&lt;b&gt;粗&lt;/b&gt;"
    assert charts.short("长" * 50, 10) == "长" * 9 + "…"
