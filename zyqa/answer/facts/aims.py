"""Goals in words, of one subject or of several side by side (水库、黑河的水质要达到什么标准)."""

from __future__ import annotations

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts import goals
from zyqa.answer.facts.target_choice import groups_of, measured
from zyqa.answer.facts.worded import phrases
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_STANDARD = compiled(r"(?:达到?|做?到|符合)个?(?:什么|啥|哪个|哪种|何种|怎样的?)标准")
_GOALS = compiled(r"目标(?!任务|管理)|标准(?!化)|要求")
_FIGURES = compiled(r"数[字值量]|量化|定量|百分|多少|几|指标|[(（]")
_TIME = compiled(r"期限|时限|截止|何时|什么时候|啥时候|哪一?年|几年|几月|多久|节点")
_SAID = 0.9  # of a subject in the words that tell its goal
_WORDS = 2  # of a subject that is no field
_MOST = 3  # goals of one subject; what has more is a field

Place = tuple[Folio, Span]


def aimed(asked: Asked, desk: Desk) -> Outcome:
    """The words between two commas that say what each subject is to reach; None where one has none."""
    subjects = _subjects(asked) if _is_plain(asked) else []
    if not (asked.has(_STANDARD) or (len(subjects) > 1 and asked.has(_GOALS))):
        return None
    some = _goals(desk)
    found = [next((one for topic in readings if (one := _told(topic, some))), []) for readings in subjects]
    return _draft(asked, desk, found)


def of_one(asked: Asked, desk: Desk) -> Outcome:
    """What one subject of several words is to reach (河流的水质目标), to the end of the sentence that says so."""
    topic = Topic(tuple(term for term in asked.topic.terms if not _is_bare(term)))
    if not _is_plain(asked) or len(topic.strong) < _WORDS:
        return None
    told = _told(topic, _goals(desk))
    whole = {(folio.id, end): (folio, span) for folio, span in told[::-1] if (end := folio.sentence_at(span.start).end)}
    return _draft(asked, desk, [[(folio, Span(span.start, end)) for (_, end), (folio, span) in whole.items()][::-1]])


def _goals(desk: Desk) -> list[Place]:
    return [(folio, span) for folio, clause, span in phrases(desk) if _is_goal(folio, clause, span)]


def _draft(asked: Asked, desk: Desk, found: list[list[Place]]) -> Draft | None:
    """The goals of each subject, of one clause where one has all of them; None where a subject has none or many."""
    clauses = [{folio.clause_at(span.start).id for folio, span in told} for told in found]
    if shared := set.intersection(*clauses) if clauses else set():
        found = [[one for one in told if one[0].clause_at(one[1].start).id in shared] for told in found]
    if not all(0 < len(told) <= _MOST for told in found):
        return None
    lines = {(folio.id, span): desk.prose(asked, folio, span) for told in found for folio, span in told}
    return Draft(tuple(lines.values())) if lines else None


def _is_plain(asked: Asked) -> bool:
    """Whether nothing but the goals of things is asked for."""
    other = asked.values or asked.units or asked.address or asked.titles or asked.topic.strange
    shaped = asked.yes_no or asked.compare or asked.who or asked.has(_FIGURES) or asked.has(_TIME)
    return not (other or shaped or measured(Topic(asked.topic.strong)))


def _subjects(asked: Asked) -> list[list[Topic]]:
    """Each subject with as much of the last as may be said of all (农村和城镇饮用水的水质), most first."""
    groups, common = groups_of(asked)
    if len(groups) < 2:
        return [[Topic(tuple(term for term in asked.topic.terms if not _is_bare(term)))]]
    *firsts, last = [[term for term in group if not _is_bare(term)] for group in groups]
    said = [term for term in common if not _is_bare(term)]
    tails = [last[place:] + said for place in range(1, len(last) + 1)]
    subjects = [[Topic((*first, *tail)) for tail in [*tails, []]] for first in firsts]
    return [*subjects, [Topic((*last, *said)), Topic(tuple(last))]]


def _is_bare(term: Term) -> bool:
    return bool(_GOALS.fullmatch(term.text))


def _is_goal(folio: Folio, clause: Clause, span: Span) -> bool:
    reached = goals.stretch(folio, clause)
    return reached is not None and reached.start <= span.start


def _told(topic: Topic, some: list[Place]) -> list[Place]:
    """The words that hold all of a subject."""
    return [one for one in some if topic.coverage(one[1].cut(one[0].folded)) >= _SAID]
