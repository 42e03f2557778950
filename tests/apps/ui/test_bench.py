"""Errors become banners in the page's language; what the banner says is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
LEADS = {
    "服务业标准化": "市发改委",
    "空气环境质量": "市环保局",
    "土壤环境质量": "市农业局",
    "生态环境质量": "市林业局",
    "交通运输业": "市交通运输局",
    "旅游业": "市旅游局",
    "医疗卫生业": "市卫生局",
    "商贸流通业": "市商务局",
    "重点工程建设质量": "市建设局",
    "宏观质量考核评价指标体系": "市统计局",
}
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


def test_ten_people_at_once_each_get_their_own_right_answer(assistant: Assistant) -> None:
    bench = Workbench(lambda: assistant, assistant.settings)
    with ThreadPoolExecutor(len(LEADS)) as people:
        answers = people.map(bench.ask, [Question(f"{topic}由谁牵头?") for topic in LEADS])
    for answer, (topic, unit) in zip(answers, LEADS.items(), strict=True):
        assert topic in answer.question
        assert unit in answer.text, topic
