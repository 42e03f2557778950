"""People's words and the documents' words: synonyms, fillers, and the tables for questions in English."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

from zyqa.answer.contrasts import Contrasts
from zyqa.answer.english import English
from zyqa.answer.enterprises import Kinds
from zyqa.errors import SettingsError
from zyqa.patterns import compiled
from zyqa.text import fold, fold_all, segments

_SHIPPED = ("synonyms.toml", "enterprises.toml", "wording.toml", "contrasts.toml")
_ENGLISH = "english.toml"
_SHORT = 2  # characters
_COUNTED = compiled(
    r"第?[一二两三四五六七八九十几\d]+(?:个|项|条|家|类|份|大|处|点|位|款|步|件|样|桩|码|块|大项|件事|回|遍|方|户|成)"
)


class Wording:
    """The wording tables, merged. Build it with :meth:`with_files`."""

    def __init__(self, tables: Sequence[dict[str, Any]]) -> None:
        self._tables = tables
        self.kinds = Kinds(tables)
        self.contrasts = Contrasts(tables)
        self._others: dict[str, set[str]] = defaultdict(set)
        self._own: set[str] = set()
        self.typos: dict[str, str] = {}
        lists: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            for row in table.get("synonyms", {}).items():
                word, *everyday = fold_all([row[0], *row[1]])
                self._own.add(word)
                for other in everyday:
                    self._others[other].add(word)
            for sector in table.get("sectors", {}).values():
                words = set(fold_all(sector["words"]))
                for other in fold_all(sector.get("said", ())):
                    self._others[other] |= words
            self.typos |= {fold(wrong): fold(right) for wrong, right in table.get("typos", {}).items()}
            for name in ("fillers", "frame", "casual", "content", "places"):
                lists[name] += fold_all(table.get(name, ()))
        self.fillers = frozenset(lists["fillers"])
        self.frame = frozenset(lists["frame"])
        self.casual = frozenset(lists["casual"])
        self.content = frozenset(lists["content"])
        self.places = frozenset(lists["places"])

    @classmethod
    def with_files(cls, paths: Sequence[Path] = ()) -> Wording:
        """The shipped tables extended by the user's.

        Raises:
            SettingsError: a file cannot be read, or is not TOML.
        """
        if not paths:
            return _shipped()
        tables = [_table(name) for name in _SHIPPED]
        for path in paths:
            try:
                tables.append(tomllib.loads(path.read_text("utf-8")))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise SettingsError(
                    f"dictionary {path}: {error}", hint="mend the file or take it off the list"
                ) from None
        return cls(tables)

    @cached_property
    def _phrases(self) -> dict[str, list[str]]:
        """The phrases of the tables by their first two characters, the longest first; sooner made than a pattern."""
        words = {word for word in self._others if len(word) > 1} | {word for word in self._own if len(word) > 2}
        phrases: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            phrases[word[:2]].append(word)
        return phrases

    def everyday(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where a folded text has a phrase of the tables: (start, end, the documents' words for it)."""
        found = []
        place = 0
        while place < len(text) - 1:
            near = self._phrases.get(text[place : place + 2], ())
            phrase = next((one for one in near if text.startswith(one, place)), "")
            if not phrase or (len(phrase) == _SHORT and _is_chance(text, place)):
                place += 1
                continue
            found.append((place, place + len(phrase), self.others(phrase)))
            place += len(phrase)
        return found

    def others(self, word: str) -> tuple[str, ...]:
        """The documents' words for one everyday word; () where none is known."""
        return tuple(sorted(self._others.get(word, ())))

    def is_filler(self, word: str) -> bool:
        """Whether a word says nothing of the subject: it, or each of its characters (那条, 查看)."""
        if word in self.fillers or _COUNTED.fullmatch(word):
            return True
        return word not in self.content and all(char in self.fillers for char in word)

    def mended(self, text: str) -> str:
        """A folded text with common slips of the pen put right."""
        for wrong, right in self.typos.items():
            text = text.replace(wrong, right)
        return text

    # ------------------------------------------------------------ English

    @cached_property
    def english(self) -> English:
        """The tables for questions in English, read when the first is asked."""
        return English([_table(_ENGLISH), *self._tables])

    def is_english(self, text: str) -> bool:
        """Whether a folded question is asked in English."""
        return English.is_english(text) or (text.isascii() and self.english.names(text))

    def has_english(self, word: str) -> bool:
        """Whether a folded English word is in a table, alone or in a phrase, or says nothing."""
        return self.english.knows(word)

    def chinese(self, text: str) -> str:
        """A folded English question in the documents' words; words that no table holds stay as they are."""
        return self.english.chinese(text)


def _is_chance(text: str, place: int) -> bool:
    """Whether two characters only meet where two longer words do (黑河水质 speaks of no 河水)."""
    start = place
    while start and "㐀" <= text[start - 1] <= "鿿":
        start -= 1
    bounds = set(accumulate(map(len, segments(text[start:])), initial=start))
    return place + 1 in bounds and not {place, place + _SHORT} <= bounds


@cache
def _shipped() -> Wording:
    return Wording([_table(name) for name in _SHIPPED])


@cache
def _table(name: str) -> dict[str, Any]:
    """A table that comes with zyqa."""
    return tomllib.loads(files("zyqa").joinpath(f"data/{name}").read_text("utf-8"))
