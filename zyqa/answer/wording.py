"""People's words and the documents' words: synonyms, fillers, and a glossary for questions in English."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from zyqa.errors import SettingsError
from zyqa.text import fold

_SHIPPED = ("synonyms.toml", "wording.toml", "english.toml")
_LATIN = re.compile(r"[a-z]{2,}")
_HAN = re.compile(r"[㐀-鿿]")
_MANY_HAN = 2


class Wording:
    """The wording tables, merged. Build it with :meth:`with_files`."""

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        self._others: dict[str, set[str]] = defaultdict(set)
        self.english: dict[str, str] = {}
        lists: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            for word, everyday in table.get("synonyms", {}).items():
                for other in everyday:
                    self._others[fold(other)].add(fold(word))
            self.english |= {fold(word): fold(term) for word, term in table.get("english", {}).items()}
            for name in ("fillers", "frame", "places"):
                lists[name] += [fold(word) for word in table.get(name, [])]
        self.fillers = frozenset(lists["fillers"])
        self.frame = frozenset(lists["frame"])
        self.places = frozenset(lists["places"])

    @classmethod
    def with_files(cls, paths: Iterable[Path] = ()) -> Self:
        """The shipped tables extended by the user's.

        Raises:
            SettingsError: a file cannot be read, or is not TOML.
        """
        tables = [tomllib.loads(files("zyqa").joinpath(f"data/{name}").read_text("utf-8")) for name in _SHIPPED]
        for path in paths:
            try:
                tables.append(tomllib.loads(path.read_text("utf-8")))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise SettingsError(
                    f"dictionary {path}: {error}", hint="mend the file or take it off the list"
                ) from None
        return cls(tables)

    @cached_property
    def _everyday(self) -> re.Pattern[str]:
        words = sorted((word for word in self._others if len(word) > 1), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    def everyday(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where a folded text uses a word that documents say otherwise: (start, end, the documents' words)."""
        return [(m.start(), m.end(), tuple(sorted(self._others[m.group()]))) for m in self._everyday.finditer(text)]

    def others(self, word: str) -> tuple[str, ...]:
        """The documents' words for one everyday word; () where none is known."""
        return tuple(sorted(self._others.get(word, ())))

    # ------------------------------------------------------------ English

    @staticmethod
    def is_english(text: str) -> bool:
        """Whether a folded question is asked in English: Latin words and hardly any Chinese."""
        return len(_HAN.findall(text)) <= _MANY_HAN and bool(_LATIN.search(text))

    @cached_property
    def _english(self) -> re.Pattern[str]:
        words = sorted(self.english, key=len, reverse=True)
        return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, words)) + r")(?![a-z])")

    def chinese(self, text: str) -> str:
        """A folded English question in the documents' words; words the glossary lacks stay as they are."""
        return re.sub(r"\s+", " ", self._english.sub(lambda m: f" {self.english[m.group()]} ", text)).strip()
