"""Errors become banners in the page's language; what the banner says is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

import zyqa.errors
from zyqa.answer.assistant import Assistant
from zyqa.apps.ui.bench import Workbench, guarded, guarded_stream, told
from zyqa.errors import StoreLocked, StoreMissing, ZyqaError
from zyqa.settings import load
from zyqa.study.messages import LANGUAGES, Messages
from zyqa.types import Kind, Question

WORDS = Messages("zh")
ERRORS = [one for one in vars(zyqa.errors).values() if isinstance(one, type) and issubclass(one, ZyqaError)]


@pytest.mark.parametrize("kind", ERRORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_banner(kind: type[ZyqaError], language: str) -> None:
    words = Messages(language)
    shown = told(words, kind("/srv/library/甲.db is <b>bad</b>", hint="**try**"))
    assert "/srv" not in shown and "<" not in shown and "*" not in shown
    assert shown == words(f"error.{kind.__name__}")


def test_handlers_are_guarded() -> None:
    def fail() -> None:
        raise StoreLocked("busy", hint="wait")

    def fail_later() -> Iterator[int]:
        yield 1
        raise StoreLocked("busy", hint="wait")

    with pytest.raises(gr.Error, match="正在被写入"):
        guarded(WORDS, fail)()
    stream = guarded_stream(WORDS, fail_later)()
    assert next(stream) == 1
    with pytest.raises(gr.Error, match="正在被写入"):
        next(stream)


def test_a_library_that_does_not_open_is_told_when_it_is_needed(tmp_path: Path) -> None:
    settings = load(library=tmp_path / "none")
    bench = Workbench(lambda: Assistant.open(settings), settings)
    with pytest.raises(StoreMissing):
        bench.titles()


def test_tables_are_of_originals_unless_others_are_chosen(assistant: Assistant) -> None:
    bench = Workbench(lambda: assistant, assistant.settings)
    assert {document.kind for document in bench.documents()} == {Kind.ORIGINAL}
    assert len(bench.everything()) == len(bench.titles()) > len(bench.documents())
    digest = next(info.id for info in assistant.store.documents() if info.kind is Kind.DIGEST)
    assert [document.id for document in bench.documents([digest])] == [digest]


def test_an_answer_comes_with_what_to_ask_next(assistant: Assistant) -> None:
    bench = Workbench(lambda: assistant, assistant.settings)
    assert bench.ask(Question("服务业标准化由谁牵头?")).follow_ups
