"""What many tests share: the library of ``corpus/``, built once, and an assistant over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.ingest import open_library
from zyqa.settings import Settings, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose library is built from the shipped corpus. Tests that write take a copy of its folder."""
    settings = load(library=tmp_path_factory.mktemp("library"), corpus=ROOT / "corpus")
    open_library(settings).close()
    return settings


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(settings, open_library(settings)) as assistant:
        yield assistant
