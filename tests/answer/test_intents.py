"""The learned intents: what they are recognised by, how likelihoods are made, and what the weights were learned for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.answer.assistant import Assistant
from zyqa.answer.intents import Intents, traits
from zyqa.answer.question import Asked, Intent
from zyqa.answer.topic import Topic

_PLAIN = Asked(text="谁牵头", cues="谁牵头", language="zh", intent=Intent.TEXT, topic=Topic(()))


def test_traits_are_form_signs_and_characters() -> None:
    found = traits(_PLAIN)
    assert found["sign who"] == found["sign lead"] == found["in zh"] == 1.0
    assert {"“谁牵头”", "“^谁”", "“头$”"} <= set(found)
    assert "names units" not in found


def test_likelihoods_are_those_of_the_weights() -> None:
    weights = {"constant": [0.0] * len(Intent), "sign lead": [2.0 if one is Intent.WHO else 0.0 for one in Intent]}
    likely = Intents(weights).likely(_PLAIN)
    expected = 2.0 - math.log(math.exp(2.0) + len(Intent) - 1)
    assert likely[0][0] is Intent.WHO
    assert likely[0][1] == pytest.approx(expected)


@given(st.text(alphabet="谁哪几多少牵头配合目标时候依据吗的0123456789", max_size=20))
def test_likelihoods_fall_and_are_probabilities(cues: str) -> None:
    asked = Asked(text=cues, cues=cues, language="zh", intent=Intent.TEXT, topic=Topic(()))
    values = [value for _, value in Intents.shipped().likely(asked)]
    assert values == sorted(values, reverse=True)
    assert sum(map(math.exp, values)) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("邮政这一摊,主心骨是哪家衙门", Intent.WHO),
        ("水务那边都揽了些啥差事", Intent.TASKS),
        ("林子比例得涨几个点才算数", Intent.TARGET),
        ("收尾那阵子从几月忙到几月", Intent.WHEN),
        ("旅游那条抬出来的是哪个文件", Intent.CITES),
        ("GB/T19004老版本眼下还作数不", Intent.STATUS),
        ("开饭馆的得守哪些规矩", Intent.BINDS),
        ("整篇东西拢共分成几大块", Intent.OUTLINE),
    ],
)
def test_wordings_never_seen_are_understood(assistant: Assistant, text: str, intent: Intent) -> None:
    assert intent in dict(assistant._desk()[1].read(text).likely[:2])
