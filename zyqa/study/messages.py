"""Every text that the page and the files it writes show, in one table (``data/messages.toml``).

Key → language → words. Reports are in Chinese where no other language is asked for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("zh", "en")


@cache
def table() -> dict[str, dict[str, str]]:
    """``{"ask.tab": {"zh": "问答", "en": "Ask"}, …}``."""
    sections = tomllib.loads(files("zyqa").joinpath("data/messages.toml").read_text("utf-8"))
    return {f"{section}.{key}": words for section, keys in sections.items() for key, words in keys.items()}


@dataclass(frozen=True, slots=True)
class Messages:
    """The table in one language: ``messages("ask.tab")``; ``{name}`` in a text is filled in from ``values``."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        words = table()[key][self.language]
        return words.format(**values) if values else words

    def __contains__(self, key: str) -> bool:
        return key in table()

    def choices(self, prefix: str, *names: str) -> list[tuple[str, str]]:
        """(label, value) pairs for a choice component: the messages ``prefix.name``."""
        return [(self(f"{prefix}.{name}"), name) for name in names]

    def columns(self, *names: str) -> tuple[str, ...]:
        """The headers of a table: the messages ``column.name``."""
        return tuple(self(f"column.{name}") for name in names)


CHINESE: Final = Messages("zh")
