"""Who does what a question says without a word for a role (谁来验收): the sentences of running text that say so."""

from __future__ import annotations

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts import prose
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term
from zyqa.patterns import compiled
from zyqa.types import Clause, Role, Span

_ACTED = 0.85
SAID = 0.1  # what it counts that a sentence gives a unit something to do
_ACTOR = compiled(r"[^,]{0,12}(?:部门|政府|单位|机构|企业|委员会|小组)")
_ALL_ROLES = compiled(r"涉及|分工|角色|单位|部门|机构|哪家")
_ACTS = compiled(r"(?:谁|哪[个家些](?:单位|部门|机构)?|(?:什么|啥)(?:单位|部门))(?:来|去)?(?P<act>[㐀-鿿]{2,4})")


def acting(asked: Asked, desk: Desk) -> Outcome:
    """Who does what is asked without a word for a role (谁来验收): the sentence of running text that says so."""
    act = _act(asked)
    if (_ALL_ROLES.search(asked.cues) and not act) or (act and not act.known):
        return None
    rated = [
        (
            share
            + 0.2 * (bool(asked.units) and set(asked.units) <= _named(desk, match.folio, span))
            + SAID * assigns(match.folio, match.clause, span)
            + prose.worded(asked, span.cut(match.folio.folded)),
            match,
            span,
        )
        for match in desk.find(asked.topic)[:8]
        for share, span in desk.topics.best_sentences(asked.topic, match.folio, match.clause)[:3]
        if _named(desk, match.folio, span) or _has_actor(asked, span.cut(match.folio.folded))
    ]
    top = max((share for share, _, _ in rated), default=0.0)
    chosen = [(match.folio, span) for share, match, span in rated if share >= top - 0.02][:2]
    words = " ".join(span.cut(folio.folded) for folio, span in chosen)
    if asked.topic.coverage(words) < _ACTED:
        return None
    return Draft(tuple(desk.prose(asked, folio, prose.fitted(asked, desk, folio, span)) for folio, span in chosen))


def _has_actor(asked: Asked, sentence: str) -> bool:
    """Whether a sentence begins with who does what it says, and that is not what is asked of (检测机构要…)."""
    found = _ACTOR.match(sentence)
    return found is not None and not any(term.cover(found.group()) >= 1 for term in asked.topic.strong)


def _act(asked: Asked) -> Term | None:
    """What is done, where the question word is followed by it and not by a role (谁来验收, 哪个部门审批)."""
    found = _ACTS.search(asked.cues)
    return found and next(
        (term for term in (*asked.topic.strong, *asked.topic.strange) if found["act"].startswith(term.text)), None
    )


def holds(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether a clause speaks of what is done, so that its units may be who does it."""
    act = _act(asked)
    return act is None or act.cover(folio.own[clause.id]) > 0


def assigns(folio: Folio, clause: Clause, span: Span, role: Role | None = None) -> bool:
    """Whether words of running text give a unit something to do, in a role if one is named."""
    return any(span.contains(duty.span) for duty in folio.marks(clause, role, marked=False))


def _named(desk: Desk, folio: Folio, span: Span) -> set[str]:
    return {name for _, name in desk.register.find(span.cut(folio.text))}
