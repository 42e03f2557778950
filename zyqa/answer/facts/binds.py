"""What binds an enterprise of a kind, in everyday words: of the whole question, else of the kind it names."""

from __future__ import annotations

from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Outcome
from zyqa.answer.facts import prose
from zyqa.answer.question import Asked
from zyqa.answer.topic import Topic


def binds(asked: Asked, desk: Desk) -> Outcome:
    """The sentences about the enterprise; a word beside its kind (连锁药店, 做生意的厂子) may be in none."""
    if told := prose.said(asked, desk):
        return told
    kinds = tuple(term for term in asked.topic.terms if len(term.forms) > 1 and term.known)
    return prose.said(replace(asked, topic=Topic(kinds)), desk) if kinds else None
