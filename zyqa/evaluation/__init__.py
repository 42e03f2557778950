"""Metrics, the runner of evaluation sets, the scorer of the parser, and the report."""

from zyqa.evaluation.libraries import settings_for
from zyqa.evaluation.metrics import Figure, Gold, Outcome, Score
from zyqa.evaluation.report import table, write_report
from zyqa.evaluation.runner import Result, baseline_of, compare, load, run

__all__ = [
    "Figure",
    "Gold",
    "Outcome",
    "Result",
    "Score",
    "baseline_of",
    "compare",
    "load",
    "run",
    "settings_for",
    "table",
    "write_report",
]
