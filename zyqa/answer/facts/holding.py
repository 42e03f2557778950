"""Whether a document that is cited is in the library itself."""

from __future__ import annotations

import re

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome
from zyqa.answer.facts.cited import Row, card_of, fullest, name, named, quote_of
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.patterns import compiled
from zyqa.text import fold

_PLACE = r"库[里内中]|资料库"
_KEPT = compiled(rf"原文|全文|入库|收录|收(?:没收|了没)|{_PLACE}")
_WHETHER = compiled(r"([收有在])没\1|了没|没有?[?。呢啊]*$")
_NAMED = 0.5  # how far the name of the document must cover every word of the topic


def asked_for(asked: Asked, desk: Desk) -> Row | None:
    """The citation of a document that a question only wants to know to be held or not, and that is not held."""
    if not (asked.yes_no or asked.has(_WHETHER)) or not _KEPT.search(asked.cues):
        return None
    rows = named(asked, desk)
    if not rows:
        return None
    row = fullest(rows)
    words = fold(f"{name(row[2])}{row[2].alias or ''}{row[0].own[row[1].id]}")
    rest = (term for term in asked.topic.strong if not re.fullmatch(_PLACE, term.text))
    kept = card_of(row[2], desk.folios)
    if any(term.cover(words) < _NAMED for term in rest) or (kept is not None and not kept.is_digest):
        return None
    return row


def unheld(asked: Asked, desk: Desk) -> Outcome:
    """That a cited document is not held, with where it is cited."""
    if (row := asked_for(asked, desk)) is None:
        return None
    said = say(asked.language, "unheld", name=name(row[2]), label=desk.label(row[0], row[1]))
    return Draft((Line(said, (quote_of(row),)),), confidence=0.95)
