"""What a turn of a dialogue leaves to the next: how it was meant; the clauses, units and documents of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Draft, Quote
from zyqa.answer.question import Asked, Intent, Place
from zyqa.answer.shelf import Folio
from zyqa.answer.substitution import substituted
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Clause, Role

_COUNTER = r"(?:大|小)?(?:个|项|条|点|款|步|章|节|类|(?=阶段))"
_WHICH = r"(?:的|就)?(?:是|到)?(?:什么|哪一?个)?(?:阶段|步骤|步)?(?:呢|[?。]?$)"
_NTH = compiled(
    rf"第\s*(?P<number>{HAN_NUMERAL}|\d{{1,2}})\s*{_COUNTER}"
    rf"|^(?:那么?)?\(?(?P<sibling>{HAN_NUMERAL}|\d{{1,2}})\)?(?=呢|的(?:牵头|配合|呢|内容))"
    rf"|(?P<next>(?:下|后)面?的?那?一?{_COUNTER}|(?:紧接着|接下来|再往[下后])的?那?一?(?:{_COUNTER}|{_WHICH})"
    rf"|^(?:那么?)?(?:之后|以后|然后|接着){_WHICH})"
    rf"|(?P<before>(?:上|前)面?的?那?一{_COUNTER}|再往[上前]的?那?一?(?:{_COUNTER}|{_WHICH})"
    rf"|^(?:那么?)?(?:之前|以前){_WHICH})"
    rf"|(?P<last>最后)的?那?一?{_COUNTER}"
)
_KIND = compiled(r"阶段|步骤|措施")
_MEASURE = 3  # characters of a word for what is measured
_WISH = compiled(r"谁|哪|多少|几|什么(?!的)|啥|怎么(?!样)|咋(?!样)|如何|何时")
_ADDRESSED = {Intent.WHO, Intent.TARGET, Intent.TEXT}
_COUNTED = compiled(rf"(?:{_NTH.pattern})(?:阶段|步骤|任务|措施)?")


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with its answer.

    ``places``: the clauses that the answer cites, in its order; ``units``: those it names; ``documents``: those it
    names by title, alias or number; ``spoken``: the units asked about so far, the last first; ``whole``: the question
    with what it left out.
    """

    asked: Asked
    places: tuple[Place, ...] = ()
    units: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    whole: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the turn was about, if only by what it left out."""
        return self.asked.topic.terms or self.asked.topic.context


def turn(asked: Asked, draft: Draft | None, before: Turn | None, desk: Desk) -> Turn:
    """The turn that was meant so and answered so; None is a refusal."""
    spoken = tuple(dict.fromkeys((*reversed(asked.units), *(before.spoken if before else ()))))
    whole = (before and substituted(asked.text, before.whole)) or asked.text
    if draft is None:
        return Turn(asked, spoken=spoken, whole=whole)
    quotes = [(line.text, quote) for line in draft.lines if not line.lead for quote in line.quotes]
    places = dict.fromkeys((quote.folio.id, quote.clause.id) for _, quote in quotes if not quote.folio.is_digest)
    units = dict.fromkeys(name for line in draft.lines for _, name in desk.register.find(line.text))
    documents = dict.fromkeys(name for text, quote in quotes for name in _documents(text, quote))
    return Turn(asked, tuple(places), tuple(units), tuple(documents), spoken, whole)


def _documents(text: str, quote: Quote) -> Iterator[str]:
    if quote.folio.is_digest:
        yield quote.folio.document.title
    for reference in quote.folio.references.get(quote.clause.id, ()):
        names = (reference.title, reference.alias, reference.number)
        if found := next((name for name in names if name and plain(name) in plain(text)), None):
            yield found


def joined(now: Topic, before: Topic) -> Topic:
    """What the turn before was about, with the little that this one adds."""
    terms = tuple(dict.fromkeys((*before.terms, *now.terms)))
    return replace(before, terms=terms, strange=tuple(dict.fromkeys((*before.strange, *now.strange))))


def measures(asked: Asked) -> bool:
    """Whether only a word for what is measured is asked of, whatever it is measured of (满意度要做到多少)."""
    return asked.intent is Intent.TARGET and [len(term.text) <= _MEASURE for term in asked.topic.terms] == [True]


# ------------------------------------------------------------ where a follow-up looks


def within(places: Iterable[Place], desk: Desk) -> tuple[Place, ...]:
    """Those of the clauses that are at hand."""
    return tuple((folio.id, clause.id) for folio, clause in _clauses(places, desk))


def around(places: Iterable[Place], desk: Desk) -> tuple[Place, ...]:
    """The clauses that the clauses stand under: there their neighbours are."""
    found = dict.fromkeys((folio.id, clause.parent_id) for folio, clause in _clauses(places, desk))
    return tuple((doc_id, path) for doc_id, path in found if path)


def documents(places: Iterable[Place]) -> tuple[Place, ...]:
    """The whole documents that the clauses are from."""
    return tuple(dict.fromkeys((doc_id, "") for doc_id, _ in places))


def leaders(places: Iterable[Place], desk: Desk) -> tuple[str, ...]:
    """The units that lead, or alone are responsible for, what the clauses say."""
    marks = [duty for folio, clause in _clauses(places, desk) for duty in folio.marks(clause)]
    led = [duty.unit for duty in marks if duty.role is Role.LEAD] or [duty.unit for duty in marks]
    return tuple(dict.fromkeys(led))


def gap(topic: Topic, scope: Sequence[Place], desk: Desk) -> float:
    """How much better a topic is covered elsewhere than in a scope; infinite where the scope has nothing of it."""
    inside = desk.topics.match(topic, desk.at(scope).originals) if scope and topic.weight else []
    if not inside:
        return float("inf")
    return desk.topics.match(topic, desk.originals)[0].score - inside[0].score


def counted(asked: Asked, places: Sequence[Place], desk: Desk) -> Place | None:
    """The clause that a follow-up counts to (第二条, 下一项): among those of the answer, or beside its only one."""
    if not (found := _NTH.search(asked.text)):
        return None
    row, here = _row(found, places, desk)
    wanted = _wanted(found, row, here)
    return (row[wanted][0].id, row[wanted][1].id) if wanted is not None and 0 <= wanted < len(row) else None


def uncountable(asked: Asked, places: Sequence[Place], desk: Desk) -> Asked | None:
    """A follow-up that counts past the last of its kind (第四个阶段), asked of the clause that there is not."""
    found = _NTH.search(asked.text)
    written = found and (found["number"] or found["sibling"])
    kind = found and _KIND.match(asked.text, found.end())
    row, _ = _row(found, places, desk) if found and written and (kind or found["sibling"]) else ([], 0)
    if not row or (number(written or "") or 0) <= len(row):
        return None
    heads = ("\n".join(folio.heads[up.id] for up in (one, *folio.ancestors(one))) for folio, one in row)
    if kind and any(kind.group() not in head for head in heads):
        return None
    folio, clause = row[0]
    above = clause.parent_id or ""
    path = ".".join(filter(None, (above, str(number(written or "")))))
    return replace(meaning(asked, Intent.TEXT), address=path, scope=((folio.id, above),))


def _row(found: re.Match[str], places: Sequence[Place], desk: Desk) -> tuple[list[tuple[Folio, Clause]], int]:
    """The clauses that are counted: those of the answer, or those beside its only one; and the place of the last."""
    told = list(_clauses(places, desk))
    above = {(folio.id, up.id) for folio, clause in told for up in folio.ancestors(clause)}
    if (found["next"] or found["before"]) and told and len(told) > 1 and places[0] in above:
        told = told[:1]  # a clause told with its items
    told = [(folio, clause) for folio, clause in told if len(told) == 1 or (folio.id, clause.id) not in above]
    if len(told) == 1:
        folio, clause = told[0]
        row = [(folio, one) for one in folio.children[clause.parent_id] if one.marker]
        here = row.index(told[0]) if told[0] in row else 0
    else:
        row, here = told, len(told) - 1
    return row, here


def uncounted(text: str) -> str:
    """A question without the words that count to a clause (第二个阶段)."""
    return _COUNTED.sub("", text)


def _wanted(found: re.Match[str], row: list[tuple[Folio, Clause]], here: int) -> int | None:
    if found["last"]:
        return len(row) - 1
    if found["next"] or found["before"]:
        return here + (1 if found["next"] else -1)
    count = number(found["number"] or found["sibling"])
    same_parent = len({clause.parent_id for _, clause in row}) == 1
    by_number = [place for place, (_, one) in enumerate(row) if one.marker and one.marker.number == str(count)]
    return by_number[0] if by_number and same_parent else count - 1 if count else None


def _clauses(places: Iterable[Place], desk: Desk) -> Iterator[tuple[Folio, Clause]]:
    folios = {folio.id: folio for folio in desk.originals}
    for doc_id, path in places:
        if doc_id in folios and path in folios[doc_id].by_id:
            yield folios[doc_id], folios[doc_id].by_id[path]


# ------------------------------------------------------------ questions made of turns


def of_clauses(asked: Asked, scope: Sequence[Place], context: Sequence[Term] = ()) -> Asked:
    """The question asked of some clauses as a whole, whatever they are about."""
    addressed = len(scope) == 1 and asked.intent in _ADDRESSED
    topic = Topic((), context=tuple(context), strange=asked.topic.strange)
    return replace(asked, topic=topic, scope=tuple(scope), address=scope[0][1] if addressed else None)


def asks(asked: Asked) -> bool:
    """Whether it says itself what it wants."""
    return bool(asked.asks or _WISH.search(asked.text)) or (asked.yes_no and len(asked.topic.terms) > 1)


def meaning(asked: Asked, intent: Intent) -> Asked:
    return replace(asked, intent=intent, likely=((intent, 0.0),))


def as_before(now: Asked, before: Asked) -> Asked:
    """The wish of the turn before with what this one names."""
    return replace(
        now,
        intent=before.intent,
        likely=before.likely,
        role=now.role or before.role,
        who=now.who or before.who,
        yes_no=now.yes_no or before.yes_no,
        count=before.count,
        most=before.most,
        compare=before.compare,
        negated=before.negated,
        cues=now.cues + " " + before.cues,
        units=now.units or (before.units if before.intent is Intent.TASKS else ()),
        surfaces=now.surfaces or (before.surfaces if before.intent is Intent.TASKS else ()),
    )
