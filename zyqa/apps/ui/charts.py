"""The pictures: heat map, bars, timeline and reference graph. Pure; every text is escaped. The doorway to plotly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

import plotly.graph_objects as go

from zyqa.study.ledger import Graph, Matrix, Node, TargetRow
from zyqa.study.messages import Messages
from zyqa.study.timeline import Event, Sort
from zyqa.types import Kind, Role

_INK = "#7a8794"  # readable on the light and on the dark page
_GRID = "rgba(128,140,155,.28)"
_ROLE_COLOURS = {Role.LEAD: "#1f6fb5", Role.SUPPORT: "#9cc4e8", Role.RESPONSIBLE: "#2f9e6e"}
_SORT_COLOURS = {Sort.STAGE: "#1f6fb5", Sort.DEADLINE: "#d98324", Sort.REPORT: "#2f9e6e"}
_KIND_COLOURS = {Kind.ORIGINAL: "#1f6fb5", Kind.DIGEST: "#d98324", None: "#8d99a6"}
_ROWS = 60  # a picture shows no more; the table does
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


def short(text: str, size: int) -> str:
    """Escaped text of at most ``size`` characters."""
    return escape(text if len(text) <= size else text[: size - 1] + "…", quote=False)  # plotly knows no &quot;


def distinct(names: Iterable[str]) -> list[str]:
    """The names made different by invisible characters: equal names are one line to plotly."""
    return [name + "\u200b" * number for number, name in enumerate(names)]


def _figure(height: int, *traces: go.Trace, **layout: object) -> go.Figure:
    figure = go.Figure(traces)
    figure.update_layout(
        height=height, paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", autosize=True,
        font={"family": _FONT, "size": 12, "color": _INK}, margin={"l": 8, "r": 12, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom"}, hoverlabel={"align": "left"},
    )  # fmt: skip
    figure.update_xaxes(gridcolor=_GRID, zerolinecolor=_GRID, automargin=True)
    figure.update_yaxes(gridcolor=_GRID, zerolinecolor=_GRID, automargin=True)
    return figure.update_layout(**layout)


def heat(matrix: Matrix, words: Messages) -> go.Figure:
    """Clause × unit, a colour per role."""
    rows = matrix.rows[:_ROWS]
    lines = distinct(f"{short(row.label, 12)} {short(row.topic, 14)}" for row in rows)
    units = distinct(short(unit, 16) for unit in matrix.units[:_ROWS])
    traces = []
    for role in Role:
        spots = [(m, n) for (n, m), held in matrix.cells.items() if held is role and n < _ROWS and m < _ROWS]
        told = [[escape(matrix.units[m]), escape(rows[n].label), short(rows[n].topic, 40)] for m, n in spots]
        traces.append(
            go.Scatter(
                x=[units[m] for m, _ in spots],
                y=[lines[n] for _, n in spots],
                mode="markers",
                name=words(f"role.{role}"),
                marker={"symbol": "square", "size": 13, "color": _ROLE_COLOURS[role]},
                customdata=told,
                hovertemplate="%{customdata[0]}<br>%{customdata[1]} %{customdata[2]}",
                showlegend=bool(spots),
            )
        )
    figure = _figure(max(260, 150 + 19 * len(lines)), *traces)
    figure.update_xaxes(side="top", tickangle=-50, categoryarray=units, categoryorder="array")
    figure.update_yaxes(autorange="reversed", categoryarray=lines, categoryorder="array")
    return figure.update_layout(legend={"orientation": "h", "y": 0, "yanchor": "top"})


def bars(rows: Sequence[TargetRow], words: Messages) -> go.Figure:
    """The targets in percent: one bar each."""
    chosen = [row for row in rows if row.measure == "%" and row.value is not None][:_ROWS]
    names = distinct(short(row.subject, 22) for row in chosen)
    bar = go.Bar(
        x=[row.value for row in chosen], y=names, orientation="h", marker={"color": "#1f6fb5"},
        text=[escape(row.demand) for row in chosen], textposition="auto",
        customdata=[[escape(row.where.label), short(row.where.topic, 30)] for row in chosen],
        hovertemplate="%{customdata[0]} %{customdata[1]}<br>%{text}<extra></extra>",
    )  # fmt: skip
    figure = _figure(max(200, 70 + 26 * len(chosen)), bar)
    figure.update_xaxes(title=words("targets.percent"), rangemode="tozero")
    return figure.update_yaxes(autorange="reversed")


def dates(events: Sequence[Event], words: Messages) -> go.Figure:
    """Stages as bars and deadlines as points on one axis of time; what is due on one day is one point."""
    groups: dict[tuple[Sort, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.end is not None:
            groups[event.sort, event.what if event.sort is Sort.STAGE else event.end].append(event)
    held = list(groups.values())[:_ROWS]
    names = distinct(
        short(group[0].what, 16)
        if group[0].sort is Sort.STAGE
        else escape(words("targets.due", when=group[0].when, n=len(group)))
        for group in held
    )
    traces = [_dated(group, name, words) for group, name in zip(held, names, strict=True)]
    shown: set[str] = set()
    for trace in traces:
        trace.showlegend = trace.legendgroup not in shown
        shown.add(trace.legendgroup)
    figure = _figure(max(200, 100 + 34 * len(names)), *traces)
    figure.update_xaxes(type="date")
    return figure.update_yaxes(autorange="reversed", categoryarray=names, categoryorder="array")


def _dated(group: Sequence[Event], name: str, words: Messages) -> go.Scatter:
    first = group[0]
    return go.Scatter(
        x=[first.start or first.end, first.end],
        y=[name, name],
        mode="lines+markers",
        name=words(f"sort.{first.sort}"),
        legendgroup=str(first.sort),
        line={"width": 12, "color": _SORT_COLOURS[first.sort]},
        marker={"size": 13, "color": _SORT_COLOURS[first.sort], "symbol": "diamond"},
        text="<br>".join(f"{escape(one.where.label)} {short(one.what, 36)}" for one in group[:12]),
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )


def references(graph: Graph, words: Messages) -> go.Figure:
    """What cites what: the citing documents in the middle, what they cite in a ring."""
    linked = {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges}
    nodes = [node for node in graph.nodes if node.id in linked][:_ROWS]
    places = _ring(nodes, {edge.source for edge in graph.edges})
    lines_x: list[float | None] = []
    lines_y: list[float | None] = []
    for edge in graph.edges:
        if edge.source in places and edge.target in places:
            (x, y), (to_x, to_y) = places[edge.source], places[edge.target]
            lines_x += [x, to_x, None]
            lines_y += [y, to_y, None]
    line = {"color": "rgba(128,140,155,.55)", "width": 1.4}
    traces = [go.Scatter(x=lines_x, y=lines_y, mode="lines", line=line, hoverinfo="skip", showlegend=False)]
    for kind, name in ((Kind.ORIGINAL, "kind.original"), (Kind.DIGEST, "kind.digest"), (None, "library.missing")):
        group = [node for node in nodes if node.kind is kind]
        if group:
            traces.append(_nodes(group, places, words(name), _KIND_COLOURS[kind]))
    figure = _figure(520, *traces)
    figure.update_xaxes(visible=False, range=[-1.75, 1.75])
    return figure.update_yaxes(visible=False, range=[-1.25, 1.25])


def _ring(nodes: Sequence[Node], sources: set[str]) -> dict[str, tuple[float, float]]:
    inner = [node for node in nodes if node.id in sources]
    outer = [node for node in nodes if node.id not in sources]
    places = {}
    for group, radius in ((inner, 0.0 if len(inner) == 1 else 0.42), (outer, 1.0)):
        for number, node in enumerate(group):
            angle = 2 * math.pi * (number + 0.5) / len(group)
            places[node.id] = (1.25 * radius * math.cos(angle), radius * math.sin(angle))
    return places


def _nodes(group: Sequence[Node], places: dict[str, tuple[float, float]], name: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[places[node.id][0] for node in group], y=[places[node.id][1] for node in group], mode="markers+text",
        name=name, text=[short(node.title, 11) for node in group],
        textposition=["bottom center" if places[node.id][1] <= 0 else "top center" for node in group],
        marker={"size": [30 if not node.cited else 16 + 3 * min(node.cited, 6) for node in group], "color": colour},
        hovertext=[short(node.title, 60) for node in group], hoverinfo="text",
    )  # fmt: skip
