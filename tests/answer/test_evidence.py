"""What speaks against an answer: foreign names do, the frame of a question does not."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.text import part_of_speech


@pytest.mark.parametrize(
    "text",
    [
        "写材料急用:服务业标准化由谁牵头",
        "换个话题,服务业标准化谁牵头",
        "老汉问一句,服务业标准化这一摊归谁挂帅",
        "服务业标准化的牵头单位,请开列",
        "我在饭馆当掌柜,想弄清服务业标准化由谁牵头",
    ],
)
def test_a_frame_says_nothing_against_an_answer(assistant: Assistant, text: str) -> None:
    assert "市发改委" in assistant.ask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "网约车平台由谁牵头",
        "三级乙等医院什么时候通过认证",
        "全市GDP增长率目标是多少",
        "教育行业由谁牵头",
        "幼儿园归谁管",
        "企业的保证人要承担什么责任",
    ],
)
def test_a_foreign_name_is_refused(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).refused


def test_several_questions_are_all_answered(assistant: Assistant) -> None:
    answer = assistant.ask("旅游业由谁牵头?游客满意度要达到多少?")
    assert "市旅游局" in answer.text
    assert "85%" in answer.text


@pytest.mark.parametrize(("word", "tag"), [("教育", "vn"), ("话题", "n"), ("合同", "n"), ("莫须有之词", "")])
def test_part_of_speech(word: str, tag: str) -> None:
    assert part_of_speech(word)[0] == tag
