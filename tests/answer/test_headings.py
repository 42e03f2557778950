"""What a clause called by its heading says, its items, and the form of the document."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("环境质量写的是什么", "一、(十) 着力改善和提升环境质量"),
        ("奖励制度怎么规定", "一、(二) 健全完善推进质量振兴奖励制度"),
        ("经费投入说了些什么", "三、(四) 保障经费投入"),
        ("土壤环境质量有什么内容", "一、(十)3 土壤环境质量"),
        ("标准化战略包括哪几项", "共4项"),
        ("第三部分“保障措施”底下有多少个大项", "共5个"),
        ("服务质量那条,底下几个行业,旅游啊邮政啊这些", "共6个"),
        ("整个方案的框架", "共3项"),
        ("方案的提纲是啥", "共3项"),
        ("乡镇政府的考核机制怎么建", "三、(三):“各县区政府要建立"),
    ],
)
def test_headings_say_what_is_told(assistant: Assistant, question: str, begins: str) -> None:
    assert assistant.ask(question).text.startswith(begins)
