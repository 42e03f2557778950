"""What is offered to ask next can be answered and was not asked."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.study.follow_ups import follow_ups


@pytest.mark.parametrize("question", ["服务业标准化由谁牵头?", "医疗卫生业的内容是什么?", "游客满意度要达到多少?"])
def test_follow_ups_can_be_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    offered = follow_ups(answer, assistant.store.document, lambda text: not assistant.ask(text).refused)
    assert 0 < len(offered) <= 3
    assert question not in offered
    assert not any(assistant.ask(text).refused for text in offered)


def test_what_cannot_be_answered_is_not_offered(assistant: Assistant) -> None:
    answer = assistant.ask("服务业标准化由谁牵头?")
    assert follow_ups(answer, assistant.store.document, lambda text: False) == ()


def test_a_refusal_offers_nothing(assistant: Assistant) -> None:
    refusal = assistant.ask("市质监局的电话号码是多少?")
    assert refusal.refused
    assert follow_ups(refusal, assistant.store.document, lambda text: True) == ()
