"""Which clause a place of the text belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from zyqa.types import Clause


class Owners:
    """The clauses of one document by place; their own spans partition its text."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = sorted(clauses, key=lambda clause: clause.span.start)
        self._starts = [clause.span.start for clause in self._clauses]

    def at(self, offset: int) -> Clause:
        """The clause whose own span holds ``offset`` (the first one for a place before all). There must be one."""
        return self._clauses[max(bisect_right(self._starts, offset) - 1, 0)]
