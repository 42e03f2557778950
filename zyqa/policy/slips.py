"""Names with a slip of the pen: one character in the place of another (市质兼局, 旅油局, 畜木兽医局)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from zyqa.text import segments

_SHORT = 4  # characters of a name up to which only a character that sounds or looks alike is a slip
_LEAST = 3


class Slips:
    """Finds misspelt names. ``names``: folded name → canonical name; ``alike``: characters taken for each other."""

    def __init__(self, names: Mapping[str, str], alike: Iterable[str]) -> None:
        self._alike: dict[str, set[str]] = defaultdict(set)
        for group in alike:
            for char in group:
                self._alike[char].update(group)
        self._shapes: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name, canonical in names.items():
            for place in range(len(name) if len(name) >= _LEAST else 0):
                self._shapes[name[:place], name[place + 1 :]][name[place]].add(canonical)
        shapes = [before + char + after for (before, after), chars in self._shapes.items() for char in chars]
        self._opening = {(len(name), name[: len(name) // 2]) for name in shapes}
        self._ending = {(len(name), name[len(name) // 2 :]) for name in shapes}
        self._lengths = sorted({len(before) + 1 + len(after) for before, after in self._shapes}, reverse=True)
        ends = {name[-1] for name in names}
        self._ends = ends.union(*(self._alike[char] for char in ends if char in self._alike))

    def find(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> Iterator[tuple[int, int, str]]:
        """(start, end, canonical name) of the misspelt names outside the stretches ``taken``, the longest first."""
        kept = list(taken)
        ends = [place + 1 for place, char in enumerate(text) if char in self._ends]
        for length in self._lengths:
            for end in ends:
                start = end - length
                if start < 0 or any(start < other and first < end for first, other in kept):
                    continue
                if name := self._meant(text[start:end]):
                    kept.append((start, end))
                    yield start, end, name

    def _meant(self, written: str) -> str | None:
        """The one name that a stretch is but for one character, or None."""
        if not self._is_half_right(written):
            return None
        meant: set[str] = set()
        for place, char in enumerate(written):
            rights = self._shapes.get((written[:place], written[place + 1 :]), {})
            for right, names in rights.items():
                if self._is_slip(written, place, char, right):
                    meant |= names
        return meant.pop() if len(meant) == 1 else None

    def _is_half_right(self, written: str) -> bool:
        """Whether one half of a stretch is that of a name: the slip can be in the other only."""
        length, half = len(written), len(written) // 2
        return (length, written[:half]) in self._opening or (length, written[half:]) in self._ending

    def _is_slip(self, written: str, place: int, char: str, right: str) -> bool:
        """Whether ``char`` may stand for ``right``: alike, or in a long name where it makes no word of its own."""
        if char in self._alike.get(right, ()):
            return True
        if len(written) <= _SHORT or not "㐀" <= char <= "鿿" or place in (0, len(written) - 1):
            return False
        start = 0
        for word in segments(written[:-1]):
            if start <= place < start + len(word):
                return len(word) == 1
            start += len(word)
        return False
