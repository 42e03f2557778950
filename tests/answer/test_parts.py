"""Where a text asks several questions."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.parts import divisions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("谁牵头?什么时候完成?", [["谁牵头", "什么时候完成"]]),
        ("听说有变化。谁牵头?", []),
        ("谁牵头?谢谢", []),
        ("旅游业谁牵头,满意度要多少", [["旅游业谁牵头", "满意度要多少"]]),
        ("哪几条有要求,分别是什么", []),
        ("开药店的,要符合什么", []),
        ("旅游业和邮政业各要达到多少", [["旅游业各要达到多少", "邮政业各要达到多少"]]),
        ("旅游、交通两项分别由谁牵头", [["旅游两项分别由谁牵头", "交通两项分别由谁牵头"]]),
        ("各县区和各部门要做什么", []),
        ("林业局和环保局牵头的一样多吗,各几项", []),
        ("旅游局和农业局谁牵头得多,各是几项", []),
        (
            "诚信、物流各有几家配合?是谁?",
            [["诚信各有几家配合", "物流各有几家配合"], ["诚信、物流各有几家配合", "是谁"]],
        ),
    ],
)
def test_divisions(text: str, found: list[list[str]]) -> None:
    assert list(divisions(text)) == found


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("旅游业由谁牵头?游客满意度要达到多少?", ("市旅游局", "85%")),
        ("旅游业谁牵头,游客满意度要到多少", ("市旅游局", "85%")),
        ("旅游业和医疗卫生业分别由哪个局牵头", ("市旅游局", "市卫生局")),
    ],
)
def test_each_question_is_answered(assistant: Assistant, text: str, holds: tuple[str, ...]) -> None:
    answer = assistant.ask(text).text
    assert all(fact in answer for fact in holds)
