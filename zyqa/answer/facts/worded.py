"""Goals by how they are worded: those that write 不发生, 杜绝 or 争创, as the question quotes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft
from zyqa.answer.facts.goals import stretch
from zyqa.answer.facts.prose import pieces
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.types import Clause, Span

_QUOTED = re.compile(r"[“\"‘「]([^”\"’」]{2,8})[”\"’」]")
_GOALS = re.compile(r"指标(?!体系)|目标")
_LISTING = re.compile(r"哪[几些]|各是|都有|列[出举]|所有|全部")
_TABLED = re.compile(r"^(?:全部|量化|个?百分[点比])$")
_ENOUGH = 0.9


def worded(asked: Asked, desk: Desk, *, counted: bool) -> Draft | None:
    """The phrases on goals that hold a word which the question quotes; ``counted``: those with a value alone."""
    words = _QUOTED.findall(asked.text)
    plain = not (asked.values or asked.units or asked.address or any(map(_TABLED.search, words)))
    if not (words and plain and asked.has(_GOALS) and asked.has(_LISTING)):
        return None
    phrases = [
        (folio, span) for folio, clause, span in _phrases(desk) if not counted or _has_value(folio, clause, span)
    ]
    written = [(folio, span) for folio, span in phrases if any(word in span.cut(folio.folded) for word in words)]
    meant = Topic(tuple(term for term in asked.topic.terms if len(words) == 1 and term.text in words[0]))
    if not written and meant:  # 重大质量安全事故 for 重大事故
        written = [(folio, span) for folio, span in phrases if meant.coverage(span.cut(folio.folded)) >= _ENOUGH]
    return Draft(tuple(desk.prose(asked, folio, span) for folio, span in written)) if written else None


def _phrases(desk: Desk) -> Iterator[tuple[Folio, Clause, Span]]:
    """What stands between two commas where a clause says what is to be reached."""
    for folio in desk.originals or desk.folios:
        for clause in folio.clauses:
            if goals := stretch(folio, clause):
                for sentence in folio.sentences(clause):
                    for span in pieces(folio, sentence):
                        if goals.start <= span.start < goals.end or folio.targets.get(clause.id):
                            yield folio, clause, span


def _has_value(folio: Folio, clause: Clause, span: Span) -> bool:
    return any(span.start <= target.span.start < span.end for target in folio.targets.get(clause.id, ()))
