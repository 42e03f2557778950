"""What binds an enterprise of a kind, in everyday words: of the whole question, else of the kind it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts import prose
from zyqa.answer.notes import terms_over
from zyqa.answer.question import Asked
from zyqa.answer.topic import Topic


def binds(asked: Asked, desk: Desk) -> Outcome:
    """The sentences about the enterprise, with a note where the time they are for is over.

    A word beside the kind of the enterprise (连锁药店) may be in no clause: then the kind alone is looked for.
    """
    kinds = tuple(term for term in asked.topic.terms if len(term.forms) > 1 and term.known)
    told = prose.said(asked, desk) or (prose.said(replace(asked, topic=Topic(kinds)), desk) if kinds else None)
    if not isinstance(told, Draft):
        return told
    return replace(told, notes=(*told.notes, *terms_over(told.lines, asked.language, date.today())))
