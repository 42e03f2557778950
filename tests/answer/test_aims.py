"""Goals in words, of several things side by side."""

from __future__ import annotations

import pytest

from tests.answer.telling import folio, telling
from zyqa.answer.assistant import Assistant
from zyqa.answer.facts.aims import aimed
from zyqa.answer.question import Intent

TEXT = """一、重点任务
(一)园林绿化。改善公园环境。到2030年,公园和景区土壤达到清洁标准,苗圃土壤(除砂土外)达到种植标准,街巷绿化达到乡土树种标准,城区基本消除裸土。
(二)公园服务。公园土壤定期检测。
"""


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("公园、苗圃的土壤目标都说一下", ["公园和景区", "苗圃土壤"], ["裸土", "定期检测"]),
        ("街巷绿化要达到什么标准", ["乡土树种标准"], ["苗圃"]),
        ("苗圃和街巷的绿化目标", ["苗圃", "乡土树种"], []),
        ("公园和车站的土壤目标", [], ["土壤"]),
        ("公园土壤合格率要达到什么标准", [], ["土壤"]),
    ],
)
def test_each_thing_has_its_goal(question: str, said: list[str], unsaid: list[str]) -> None:
    told = telling(aimed, Intent.TARGET, [folio(TEXT)])(question)
    assert [words for words in said if words not in told] == [], told
    assert [words for words in unsaid if words in told] == [], told


def test_what_the_plan_sets_goes_before_what_a_card_tells(assistant: Assistant) -> None:
    assert "农田灌溉水质标准" in assistant.ask("灌溉河流的水质要符合什么标准").text
