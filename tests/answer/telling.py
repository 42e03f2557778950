"""One kind of answer asked alone: its words for a question, over documents at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.question import Asked, Intent
from zyqa.answer.reading import Reader
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topics
from zyqa.answer.wording import Wording
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.policy.units import Register

Told = Callable[[str], str]


def telling(handler: Callable[[Asked, Desk], Outcome], intent: Intent, folios: list[Folio]) -> Told:
    """What a handler says to a question; "无" and the reason where it refuses, "" where it has nothing."""
    topics, register = Topics(folios, Wording.with_files()), Register.shipped()
    reader, desk = Reader(register, topics), Desk(folios, register, topics)

    def told(question: str) -> str:
        outcome = handler(replace(reader.read(question), intent=intent), desk)
        if isinstance(outcome, Draft):
            return "\n".join(line.text for line in outcome.lines)
        return "" if outcome is None else "无:" + outcome.reason

    return told


def folio(text: str) -> Folio:
    return Folio(parse(text_source(text, id="样本", title="样本方案")))
