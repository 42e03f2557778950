"""An evaluation as a page for people: the figures by kind, then every wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from zyqa.evaluation.metrics import RATES, Figure, Outcome, Score
from zyqa.evaluation.runner import Result

_STYLE = """
body { font: 14px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem }
div { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { white-space: nowrap; padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd }
th:first-child, td:first-child { text-align: left } small { color: #767676 }
article { border-left: 3px solid #b3261e; margin: 1rem 0; padding: .1rem 1rem }
article p { margin: .2rem 0; white-space: pre-wrap } .fault { color: #b3261e }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6 } .fault { color: #ff897d } }
"""
_HEADINGS = ("group", "questions", *(rate.replace("_", " ") for rate in RATES), "ms", "p99 ms", "characters")


def table(result: Result) -> list[tuple[str, ...]]:
    """The figures as rows of cells, the headings first."""
    return [_HEADINGS, *(_row(name, group) for name, group in result.groups.items())]


def _row(name: str, group: Score) -> tuple[str, ...]:
    rates = group.rates()
    length = "" if group.length is None else f"{group.length:.0f}"
    times = (f"{group.latency:.1f}", f"{group.latency_p99:.1f}")
    return (name, str(group.count), *(_cell(rates.get(rate)) for rate in RATES), *times, length)


def _cell(figure: Figure | None) -> str:
    return f"{figure.value:.3f} ({figure.low:.2f}-{figure.high:.2f})" if figure else ""


def write_report(result: Result, path: Path, drops: Sequence[str] = ()) -> None:
    """Write the page. Everything that came from questions and answers is escaped."""
    headings, *rows = table(result)
    wrong = [one for one in result.outcomes if not one.right]
    body = [
        f"<h1>{escape(result.name)}</h1>",
        *(f'<p class="fault">{escape(drop)}</p>' for drop in drops),
        "<div><table><thead>",
        _table_row("th", headings),
        "</thead><tbody>",
        *(_table_row("td", row) for row in rows),
        "</tbody></table></div>",
        f"<h2>{len(wrong)} wrong of {len(result.outcomes)}</h2>",
        *(_article(one) for one in wrong if one.gold.split != "held"),
        "<details><summary>The held half, which is only reported: nothing is tuned on it</summary>",
        *(_article(one) for one in wrong if one.gold.split == "held"),
        "</details>",
    ]
    head = f'<meta charset="utf-8"><title>{escape(result.name)}</title><style>{_STYLE}</style>'
    path.write_text(f"<!doctype html><html><head>{head}</head><body>" + "\n".join(body) + "</body></html>\n", "utf-8")


def _table_row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _article(one: Outcome) -> str:
    gold = one.gold
    asked = " → ".join((*gold.history, gold.question))
    wanted = "refusal" if gold.refuse else "; ".join("/".join(fact) for fact in gold.facts)
    lines = [
        f"<small>{escape(f'{gold.id} · {gold.kind} · {gold.split}')}</small>",
        f"<strong>{escape(asked)}</strong>",
        escape(one.text),
        f"<small>cited: {escape(', '.join(one.cited) or 'nothing')}</small>",
        f"<small>wanted: {escape(wanted)} · {escape(' or '.join(map(_addresses, gold.clauses)))}</small>",
        f'<span class="fault">{escape("; ".join(one.faults))}</span>',
    ]
    return "<article>" + "".join(f"<p>{line}</p>" for line in lines) + "</article>"


def _addresses(clauses: frozenset[str]) -> str:
    return ", ".join(sorted(clauses)) or "nothing"
