"""The documents of the shipped corpus, and a way to parse a text written in a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.types import Document, Kind

Parse = Callable[[str], Document]


@pytest.fixture(scope="session")
def documents(assistant: Assistant) -> tuple[Document, ...]:
    return tuple(assistant.store.document(info.id) for info in assistant.store.documents())


@pytest.fixture(scope="session")
def plan(documents: tuple[Document, ...]) -> Document:
    return next(document for document in documents if document.kind is Kind.ORIGINAL)


@pytest.fixture(scope="session")
def parsed() -> Parse:
    return lambda text: parse(text_source(text, title="测试方案"))
