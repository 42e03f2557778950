"""Goals asked for by the very verb they have."""

from __future__ import annotations

import pytest

from tests.answer.telling import folio, telling
from zyqa.answer.facts.worded import demanded
from zyqa.answer.question import Intent

TEXT = """一、重点任务
(一)冷链物流业。到2030年,冷链运输基本实现“零断链”,货损率逐年降低,不发生重大变质事故。
(二)粮食仓储业。到2030年,储粮全部达到绿色标准,虫害发生率逐年降低,杜绝使用禁用药剂。
"""


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("哪些指标要逐年降低?", ["货损率", "虫害发生率"], ["零断链"]),
        ("粮食仓储有哪些要逐年降低?", ["虫害发生率"], ["货损率"]),
        ("基本实现的有哪些", ["零断链"], ["货损率"]),
        ("必须杜绝的是什么", ["禁用药剂"], ["变质"]),
        ("哪些指标要提高?", [], ["率"]),
        ("哪些指标要达到?", [], ["率"]),
        ("货损率要逐年降低吗", [], ["率"]),
    ],
)
def test_a_verb_chooses_the_goals(question: str, said: list[str], unsaid: list[str]) -> None:
    told = telling(demanded, Intent.OUTLINE, [folio(TEXT)])(question)
    assert [words for words in said if words not in told] == [], told
    assert [words for words in unsaid if words in told] == [], told
