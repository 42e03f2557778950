"""Whether a cited document is held: the answer cites where it is cited, and the check looks it up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.citations import check
from zyqa.types import Verdict


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("《意见》的原文在库里吗", "张政发〔2010〕123号"),
        ("国办47条的全文收录了没有", "国办47条"),
        ("GB/T23791入库了吗", "GB/T23791"),
        ("资料库里有没有甘肃省循环经济总体规划", "发改环资〔2010〕61号"),
    ],
)
def test_a_document_that_is_only_cited_is_not_held(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith("没有。")
    assert said in answer.text
    assert answer.citations


@pytest.mark.parametrize("question", ["《意见》第三条的原文是什么", "《意见》里农业的目标是多少"])
def test_what_it_says_is_still_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_the_check_looks_it_up(assistant: Assistant) -> None:
    statement = assistant.ask("《意见》的原文在库里吗").statements[0]
    cited = tuple(assistant.ask("《意见》的原文在库里吗").citations)
    assert check(statement.text, cited, assistant.store) is Verdict.VERIFIED
    other = statement.text.replace("张掖市人民政府", "兰州市人民政府")
    assert check(other, cited, assistant.store) is not Verdict.VERIFIED
    elsewhere = tuple(replace(one, clause_id="1.3") for one in cited)
    assert check(statement.text, elsewhere, assistant.store) is not Verdict.VERIFIED
