"""The message table: complete in both languages, and nothing in it unused."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import zyqa.apps.ui
import zyqa.policy
import zyqa.study
from zyqa.study.messages import LANGUAGES, Messages, table


def _source(*packages: ModuleType) -> str:
    folders = [Path(package.__path__[0]) for package in packages]
    return "\n".join(path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.py")))


SOURCE = _source(zyqa.apps.ui, zyqa.study)


@pytest.mark.parametrize("key", table())
def test_every_message_is_there_in_both_languages(key: str) -> None:
    words = table()[key]
    assert set(words) == set(LANGUAGES)
    holes = {language: set(re.findall(r"{(\w+)}", text)) for language, text in words.items()}
    assert holes["zh"] == holes["en"]
    assert not re.search("[一-鿿]", words["en"]) or key in ("page.other", "ask.placeholder")


def test_every_message_used_exists() -> None:
    used = set(re.findall(r'words\("([a-z_.]+)"', SOURCE))
    assert used and used <= set(table())


@pytest.mark.parametrize("key", table())
def test_no_message_is_left_over(key: str) -> None:
    section, name = key.split(".")
    direct = f'"{key}"' in SOURCE or f'"{name}"' in SOURCE
    by_kind = f'"{section}.{{' in SOURCE or f'"{section}"' in SOURCE
    assert direct or by_kind or name == "tab"


def test_every_oddity_of_a_document_has_its_words() -> None:
    codes = set(re.findall(r'Note\("([a-z_-]+)"|"(numbering-[a-z]+)"', _source(zyqa.policy)))
    assert codes
    assert {f"oddity.{plain or numbered}" for plain, numbered in codes} <= set(table())


def test_choices_are_labels_and_values() -> None:
    assert Messages("en").choices("difficulty", "easy") == [("Easy", "easy")]
