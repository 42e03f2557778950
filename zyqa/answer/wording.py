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

_SHIPPED = ("synonyms.toml", "enterprises.toml", "wording.toml", "english.toml")
_LATIN = re.compile(r"[a-z]{2,}")
_HAN = re.compile(r"[㐀-鿿]")
_MANY_HAN, _MANY_LATIN = 2, 5
_COUNTED = re.compile(
    r"第?[一二两三四五六七八九十几\d]+(?:个|项|条|家|类|份|大|处|点|位|款|步|件|样|桩|码|块|大项|件事|回|遍|方|户|成)"
)


class Wording:
    """The wording tables, merged. Build it with :meth:`with_files`."""

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        self._others: dict[str, set[str]] = defaultdict(set)
        self._own: set[str] = set()
        self.english: dict[str, str] = {}
        self.typos: dict[str, str] = {}
        lists: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            for word, everyday in table.get("synonyms", {}).items():
                self._own.add(fold(word))
                for other in everyday:
                    self._others[fold(other)].add(fold(word))
            for sector in table.get("sectors", {}).values():
                for other in sector.get("said", ()):
                    self._others[fold(other)] |= {fold(word) for word in sector["words"]}
            self.typos |= {fold(wrong): fold(right) for wrong, right in table.get("typos", {}).items()}
            self.english |= {fold(word): fold(term) for word, term in table.get("english", {}).items()}
            for name in ("fillers", "frame", "content", "places"):
                lists[name] += [fold(word) for word in table.get(name, [])]
        self.fillers = frozenset(lists["fillers"])
        self.frame = frozenset(lists["frame"])
        self.content = frozenset(lists["content"])
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
        words = {word for word in self._others if len(word) > 1} | {word for word in self._own if len(word) > 2}
        return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")

    def everyday(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where a folded text has a phrase of the tables: (start, end, the documents' words for it)."""
        return [(m.start(), m.end(), self.others(m.group())) for m in self._everyday.finditer(text)]

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

    @staticmethod
    def is_english(text: str) -> bool:
        """Whether a folded question is asked in English: Latin words and hardly any Chinese beside them."""
        han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
        return latin > 1 and (han <= _MANY_HAN or latin > 2 * han or (latin > han and latin > _MANY_LATIN))

    def has_english(self, word: str) -> bool:
        """Whether an English word is in the glossary, alone or in a phrase, or says nothing."""
        return word in self.fillers or any(word in phrase.split() for phrase in self.english)

    @cached_property
    def _english(self) -> re.Pattern[str]:
        words = sorted(self.english, key=len, reverse=True)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?![a-z])")

    def chinese(self, text: str) -> str:
        """A folded English question in the documents' words; words the glossary lacks stay as they are."""
        translated = self._english.sub(lambda m: f" {self.english[m.group()]} ", text)
        kept = (word for word in translated.split() if not (word.isascii() and word.isalpha() and word in self.fillers))
        return " ".join(kept)
