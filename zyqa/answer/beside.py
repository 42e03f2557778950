"""What makes a draft no answer: it is of another thing, year or kind than asked, or lacks what is asked for."""

from __future__ import annotations

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft
from zyqa.answer.facts.tasks import subject
from zyqa.answer.measures import of_another
from zyqa.answer.question import Asked
from zyqa.answer.wanted import lacking


def beside(asked: Asked, draft: Draft, desk: Desk) -> str | None:
    """Why a draft cannot be the answer, as a sentence, which may be empty; None where nothing speaks against it."""
    if name := lacking(asked, draft):
        return f"{subject(desk)}没有写明{name}。"
    return "" if of_another(asked, draft) else opposed(asked, draft, desk)


def opposed(asked: Asked, draft: Draft, desk: Desk) -> str | None:
    """The sentence that a draft tells of what the question's words exclude; None where it does not."""
    quotes = [quote for line in draft.lines for quote in line.quotes]
    quoted = [quote.span.cut(quote.folio.folded) for quote in quotes]
    above = [(quote.folio, one) for quote in quotes for one in (quote.clause, *quote.folio.ancestors(quote.clause))]
    terms = [term.text for term in asked.topic.terms]
    heads = [folio.heads[clause.id] for folio, clause in above]
    pair = desk.wording.contrasts.opposed(asked.text, terms, quoted, heads)
    return f"{subject(desk)}写的是“{pair[1]}”,没有写“{pair[0]}”的情况。" if pair else None
