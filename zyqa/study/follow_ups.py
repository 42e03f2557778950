"""What to ask next: questions that the clauses of an answer can answer and that were not asked yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from zyqa.types import Answer, Clause, Document, Kind, Role

_LONGEST = 20  # characters of a subject that reads well in a question
_ASKED: Final[dict[str, dict[str, str]]] = {
    "zh": {
        Role.LEAD: "{}由谁牵头？",
        Role.SUPPORT: "{}的配合单位有哪些？",
        "target": "{}要达到多少？",
        "tasks": "{}牵头哪些工作？",
    },
    "en": {
        Role.LEAD: "Who leads {}?",
        Role.SUPPORT: "Which units support {}?",
        "target": "What is the target for {}?",
        "tasks": "Which tasks does {} lead?",
    },
}
Look = Callable[[str], Document]
Answers = Callable[[str], bool]


def follow_ups(answer: Answer, look: Look, answers: Answers, most: int = 3) -> tuple[str, ...]:
    """Up to ``most`` questions about the first clause the answer cites, each of them one that ``answers`` is true of.

    ``look`` finds a document by its id.
    """
    if answer.refused or not answer.citations or answer.citations[0].kind is Kind.DIGEST:
        return ()
    first = answer.citations[0]
    document = look(first.doc_id)
    clause = next(one for one in document.clauses if one.id == first.clause_id)
    fresh = (question for question in _questions(document, clause, answer) if question != answer.question)
    return tuple(islice((question for question in dict.fromkeys(fresh) if answers(question)), most))


def _questions(document: Document, clause: Clause, answer: Answer) -> Iterator[str]:
    """Who leads, who supports, how much, and what else the lead does; what the answer says already is left out."""
    say = _ASKED["zh" if re.search("[㐀-鿿]", answer.question) else "en"]
    about = clause.heading or clause.label
    duties = [duty for duty in document.duties if duty.clause_id == clause.id and duty.marked]
    for role in (Role.LEAD, Role.SUPPORT):
        units = [duty.surface for duty in duties if duty.role is role]
        if units and not any(unit in answer.text for unit in units):
            yield say[role].format(about)
    for target in document.targets:
        short = len(target.subject) <= _LONGEST
        if target.clause_id == clause.id and short and target.subject not in answer.text:
            yield say["target"].format(target.subject)
    leads = [duty.surface for duty in duties if duty.role is Role.LEAD]
    if leads and leads[0] not in answer.question:
        yield say["tasks"].format(leads[0])
