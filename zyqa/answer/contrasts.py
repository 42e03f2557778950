"""Words that exclude each other before the same thing: what is said of 规模以上企业 is not said of 小微企业."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from zyqa.patterns import compiled

_PAUSE: Final = compiled(r"[,，。;；:：]")
_NEAR: Final = 8  # characters between a word and the thing that it is said of
_LONG: Final = 4  # characters of another form that means the same
_LINK: Final = compiled(r"[的之]?(?P<head>[㐀-鿿]{2})")


class Contrasts:
    """The classes of some tables of the form of ``contrasts.toml``, merged."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        merged: dict[str, list[Sequence[str]]] = defaultdict(list)
        for table in tables:
            for name, groups in table.get("contrasts", {}).items():
                merged[name] += groups
        self._classes = [[compiled("|".join(words)) for words in groups] for groups in merged.values()]

    def opposed(
        self,
        question: str,
        terms: Mapping[str, Sequence[str]],
        quoted: Sequence[str],
        heads: Sequence[str],
        *,
        nearby: bool = False,
    ) -> tuple[str, str] | None:
        """A word of a question that no quote and no heading has, and the word that excludes it and stands instead of
        it, in a quote, before the same thing; None where there is none.

        All is folded; ``terms``: the content words of the question and their other forms; ``nearby``: the
        thing stands with the word, no pause between.
        """
        told = "\n".join((*quoted, *heads))
        pieces = [piece for words in quoted for piece in _PAUSE.split(words)]
        for groups in self._classes:
            named = [group for group in groups if group.search(question)]
            if len(named) != 1 or named[0].search(told):
                continue
            rivals = [group for group in groups if group is not named[0]]
            for own in named[0].finditer(question):
                after = question[own.end() :]
                things = _following(_PAUSE.split(after)[0] if nearby else after, terms)
                if rival := _before(things, rivals, pieces):
                    return own.group(), rival
        return None


def _following(after: str, terms: Mapping[str, Sequence[str]]) -> set[str]:
    """The things that a word may stand before: the content words that follow it, and what does at once."""
    head = _LINK.match(after)
    following = [(term, forms) for term, forms in terms.items() if len(term) > 1 and term in after]
    things = {form for term, forms in following for form in (term, *(one for one in forms if len(one) >= _LONG))}
    return things | ({head["head"]} if head else set())


def _before(things: set[str], rivals: Sequence[re.Pattern[str]], pieces: Sequence[str]) -> str | None:
    """The first rival before one of the things in a piece, up to that thing where it stands near."""
    found = ((rival, piece) for piece in pieces for group in rivals for rival in group.finditer(piece))
    for rival, piece in found:
        ends = [place + len(one) for one in things if (place := piece.find(one, rival.start())) >= 0]
        if ends:
            return (
                piece[rival.start() : max(rival.end(), min(ends))] if min(ends) < rival.end() + _NEAR else rival.group()
            )
    return None
