"""Who leads, supports or is responsible for a topic; and whether a unit does."""

from __future__ import annotations

from collections.abc import Iterable

from zyqa.answer import signs
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.facts import prose, tasks
from zyqa.answer.facts.acting import SAID, acting, assigns, holds
from zyqa.answer.facts.places import places as addressed
from zyqa.answer.frame import EXCEPT, UNIT
from zyqa.answer.phrases import joined, say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Match
from zyqa.patterns import compiled
from zyqa.types import Clause, Duty, Role

_ROLES = (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)
_MOST_CLAUSES = 6
_FEW = 3  # units that are all named where one of them is asked about
_NEARLY = 0.06
_TAKES_PART = compiled(r"参与|参加|涉及|有份|的份|相关|有关|承担|关系|掺和|插手|的事")
_WHO_ELSE = compiled(r"还有|除了?|其他|其它|别的|另外")
_WHICH = compiled(r"谁|哪(?:一|几)?[个家]")
_ALONE = compiled(rf"(?:只|仅|光)(?:有|是|由|靠)?|一家|单独|独自|就(?:是|由)?{UNIT}")
_DENIED = compiled(
    r"(?<![要用需是会该能合头责与加助牵参配负有])(?:没有?|不|未)(?:用|需要?|再|被|去)*(?:牵头|配合|负责|参与|协助|参加)"
)
_CLAIMED, _PAUSE = compiled(r"[,。?;]"), compiled(r"[,。?; ]")
_EITHER = compiled(r"还是|或者?")
_MUCH = 0.25  # of the topic that a clause with the duty asked for may lack


def who(asked: Asked, desk: Desk) -> Outcome:
    """The units in the role asked for, of the clause that the topic or the address means."""
    if asked.has(signs.WHOM) and not (asked.who or asked.role):
        return None  # whom others invite or reward
    unspoken = asked.role is None and not (asked.both or asked.capacity or (asked.units and asked.yes_no))
    if unspoken and not asked.address and (actors := acting(asked, desk)):
        return actors
    if asked.units and (asked.has(EXCEPT) or (asked.count and asked.role and not (asked.who or asked.yes_no))):
        return tasks.tasks(asked, desk)
    places = _places(asked, desk)
    if not places or (unspoken and not holds(asked, *places[0])):
        return None
    if (asked.others or _gives_lead(asked)) and asked.units and (left := _others(asked, desk, *places[0])):
        return left
    if asked.negated and len(asked.units) > 1 and (asked.has(_EITHER) or asked.has(_WHICH)):
        return _left_out(asked, desk, *places[0])
    one_role = asked.role is not None and not asked.both  # 算不算配合单位
    if asked.capacity and asked.units and not (asked.yes_no and (one_role or asked.has(_TAKES_PART))):
        return _capacity(asked, desk, *places[0])
    if asked.yes_no and asked.units:
        return _is_it(asked, desk, *places[0])
    if asked.units and not (asked.who or asked.has(_EITHER)) and not any(_bears(asked, *place) for place in places):
        return None
    if asked.units and len(places) > 1:
        places = [(folio, clause) for folio, clause in places if _has(asked, folio, clause)] or places
    if len(places) > 1:
        return _several(asked, desk, places)
    return _one(asked, desk, *places[0])


def _has(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether the units that a question names all have a part in a clause."""
    return set(asked.units) <= {duty.unit for duty in folio.marks(clause)}


def _bears(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether a clause, or one below it, has a unit that the question names; or has no units at all."""
    duties = [duty for one in (clause, *folio.descendants(clause)) for duty in folio.marks(one)]
    return not duties or any(duty.unit in asked.units for duty in duties)


def _others(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Outcome:
    """The units beside those that the question names, in the role that it asks of them (质监局牵头,还有谁出力)."""
    rest = _asking(asked.cues)
    rest = rest[max((found.start() for found in _WHO_ELSE.finditer(rest)), default=0) :]
    unsaid = asked.role is None or asked.soft or signs.role_of(rest) is None
    lines = []
    for role in _present(folio, clause) if unsaid else _wanted(asked, folio, clause):
        if found := desk.mark(folio, clause, role):
            units = [unit for unit in found[0] if desk.register.canonical(unit) not in asked.units]
            label, what = desk.label(folio, clause), desk.what(folio, clause)
            if units:
                text = say(asked.language, f"who.{role}", what=what, units=joined(units), label=label)
                lines.append(Line(text, (found[1],)))
    if lines or not (duties := folio.marks(clause)):
        return Draft(tuple(lines)) if lines else None
    line = next(iter(_evidence(asked, desk, folio, clause, duties, {duties[0].role})))
    return Draft((Line(say(asked.language, "no.others") + line.text, line.quotes),))


def _asking(cues: str) -> str:
    """The part of a question between two pauses that asks for units; all of it where none does."""
    return next((part for part in reversed(_PAUSE.split(cues)) if len(part) > 2 and signs.WHO.search(part)), cues)


def _gives_lead(asked: Asked) -> bool:
    """Whether a lead is only named in passing, and units are asked for behind it (质监局带头,哪几家一块弄)."""
    return bool(asked.who and asked.role is Role.LEAD and UNIT not in (part := _asking(asked.cues))) and (
        part != asked.cues and signs.role_of(part) is None
    )


def _places(asked: Asked, desk: Desk) -> list[tuple[Folio, Clause]]:
    if asked.address:
        return addressed(asked, desk) or desk.clause(asked.address)
    if asked.scope and not asked.topic:
        return [(folio, clause) for folio in desk.originals for clause in folio.clauses if folio.marks(clause)]
    if asked.units and all(len(term.text) == 1 for term in asked.topic.terms):
        return []  # of the unit alone: 林业局给谁打配合
    best = _dutiful_best(asked, desk)
    if not best:
        return []
    if len(asked.units) > 1:  # together they tell which of the clauses on the topic is meant
        alike = [match for match in desk.find(asked.topic) if match.coverage >= best[0].coverage]
        best = [match for match in alike if _has(asked, match.folio, match.clause)] or best
    return [(match.folio, match.clause) for match in _settled(best, asked, desk)]


def _dutiful_best(asked: Asked, desk: Desk) -> list[Match]:
    """The best clauses; where they lie in running text without a duty, those nearly as good that have one.

    Whoever asks for a role in so many words means a mark, be the clause that has it less good.
    """
    best = desk.best(asked.topic)
    plainly = asked.both or (asked.role is not None and not asked.soft)
    if below := _below_text(asked, best, desk):
        return below
    if not best or best[0].heading >= 0.5 or any(_dutiful(match.folio, match.clause, plainly) for match in best):
        return best
    found = desk.find(asked.topic)
    lacking = _MUCH if plainly else _NEARLY
    marked = [m for m in found if _given(m.folio, m.clause, asked) and m.coverage >= best[0].coverage - lacking]
    return [match for match in marked if match.score >= marked[0].score - _NEARLY] or best


def _below_text(asked: Asked, best: list[Match], desk: Desk) -> list[Match]:
    """The clauses with a mark below one that only speaks of the topic in its text, where they speak of it as well."""
    if not best or best[0].heading or best[0].folio.marks(best[0].clause):
        return []
    whole = best[0].clause.extent
    below = [
        match
        for match in desk.find(asked.topic)
        if match.folio is best[0].folio and whole.contains(match.clause.span) and match.folio.marks(match.clause)
    ]
    alone = len(below) == 1 or (below and below[0].coverage >= best[0].coverage - _NEARLY)
    return [match for match in below if match.score >= below[0].score - _NEARLY] if alone else []


def _given(folio: Folio, clause: Clause, asked: Asked) -> bool:
    """Whether a clause has a mark, or gives in running text the very role that is asked for in so many words."""
    told = folio.marks(clause, asked.role, marked=False) if asked.role and not asked.soft else []
    return bool(folio.marks(clause) or told)


def _settled(best: list[Match], asked: Asked, desk: Desk) -> list[Match]:
    """Of equally good clauses those that carry a duty; one alone where its heading or a sentence decides."""
    best = [m for m in best if m.heading or m.folio.marks(m.clause) or not _below(m, best)]
    family = {match.clause.id for match in best}
    best = [match for match in best if match.clause.parent_id not in family or match.heading > 0.9]
    if best[0].heading >= 0.5:
        return list({match.folio.id: match for match in reversed(best)}.values())[::-1]
    dutiful = [match for match in best if _dutiful(match.folio, match.clause)]
    rated = sorted(
        ((_sentence_share(match, asked, desk), -place, match) for place, match in enumerate(dutiful or best)),
        key=lambda item: (-item[0], -item[1]),
    )
    return [match for share, _, match in rated if share >= rated[0][0] - 0.05][:_MOST_CLAUSES]


def _below(match: Match, others: list[Match]) -> bool:
    """Whether a clause below it that names units is among the others."""
    return any(match.clause.extent.contains(o.clause.span) and o.folio.marks(o.clause) for o in others)


def _sentence_share(match: Match, asked: Asked, desk: Desk) -> float:
    rated = desk.topics.best_sentences(asked.topic, match.folio, match.clause)
    return rated[0][0] if rated else 0.0


def _dutiful(folio: Folio, clause: Clause, marked: bool = False) -> bool:
    """Whether a clause or one below it has a duty (``marked``: not one that is only said in prose)."""
    own = folio.marks(clause) if marked else folio.duties.get(clause.id)
    return bool(own) or any(folio.marks(child) for child in folio.descendants(clause))


# ------------------------------------------------------------ one clause


def _one(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Outcome:
    if folio.marks(clause):
        return Draft(tuple(_marked(asked, desk, folio, clause)))
    if children := [child for child in folio.descendants(clause) if folio.marks(child)]:
        if asked.units:
            children = [child for child in children if _has(asked, folio, child)] or children
        return Draft(tuple(_by_item(asked, desk, folio, clause, children)))
    if not (asked.units or asked.who):
        return None  # no unit is asked for, and no mark tells of any
    if lines := list(_prose(asked, desk, folio, clause)):
        return Draft(tuple(lines), confidence=0.75)
    for parent in folio.ancestors(clause):
        if folio.marks(parent):
            return Draft(tuple(_marked(asked, desk, folio, parent)), confidence=0.75)
    for match in desk.find(asked.topic)[:_MOST_CLAUSES] if asked.who else ():
        if match.folio.marks(match.clause, marked=False) and (
            lines := list(_prose(asked, desk, match.folio, match.clause))
        ):
            return Draft(tuple(lines), confidence=0.7)
    return None


def _wanted(asked: Asked, folio: Folio, clause: Clause) -> list[Role]:
    """The roles to tell: those asked for, as the document calls them (谁牵头 of a clause that only says 负责)."""
    present = [role for role in _ROLES if folio.marks(clause, role)]
    if asked.both or (asked.yes_no and asked.units and (asked.soft or _TAKES_PART.search(asked.cues))):
        return present
    if asked.soft and {Role.LEAD, Role.RESPONSIBLE} <= set(present):
        return [Role.LEAD, Role.RESPONSIBLE]  # 谁负责, of a text that tells a lead from the others
    if asked.role is None:
        return present[:1]
    if asked.role is Role.LEAD and Role.LEAD not in present and Role.RESPONSIBLE in present:
        return [Role.RESPONSIBLE]
    return [asked.role]


def _marked(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Iterable[Line]:
    label, what = desk.label(folio, clause), desk.what(folio, clause)
    for role in _wanted(asked, folio, clause):
        if found := desk.mark(folio, clause, role):
            units, quote = found
            if asked.count:
                text = say(
                    asked.language, f"who.count.{role}", what=what, count=len(units), units=joined(units), label=label
                )
                yield Line(text, (quote,))
                continue
            if asked.others:
                units = [unit for unit in units if desk.register.canonical(unit) not in asked.units] or units
            yield Line(say(asked.language, f"who.{role}", what=what, units=joined(units), label=label), (quote,))
        else:
            marks = tuple(
                Quote(folio, clause, folio.mark_span(folio.marks(clause, r))) for r in _present(folio, clause)
            )
            yield Line(say(asked.language, f"who.none.{role}", what=what, label=label), marks)
            if asked.others or asked.yes_no:
                yield from _evidence(asked, desk, folio, clause, folio.marks(clause), set(_present(folio, clause)))


def _present(folio: Folio, clause: Clause) -> list[Role]:
    return [role for role in _ROLES if folio.marks(clause, role)]


def _by_item(asked: Asked, desk: Desk, folio: Folio, clause: Clause, children: list[Clause]) -> Iterable[Line]:
    lines = []
    for child in children:
        for role in _wanted(asked, folio, child):
            if found := desk.mark(folio, child, role):
                units, quote = found
                lines.append(Line(_item(asked, desk, folio, child, role, units), (quote,)))
    label, what = desk.label(folio, clause), desk.what(folio, clause)
    quotes = tuple(quote for line in lines for quote in line.quotes)
    if not lines:
        marks = tuple(Quote(folio, c, folio.mark_span(folio.marks(c))) for c in children)
        role = asked.role or Role.LEAD
        return [Line(say(asked.language, f"who.none.{role}", what=what, label=label), marks)]
    return [Line(say(asked.language, "who.children", what=what, label=label), quotes, lead=True), *lines]


def _item(asked: Asked, desk: Desk, folio: Folio, clause: Clause, role: Role, units: list[str]) -> str:
    heading = desk.heading(folio, clause)
    return say(
        asked.language, f"item.{role}", label=desk.label(folio, clause), heading=f" {heading}", units=joined(units)
    )


def _several(asked: Asked, desk: Desk, places: list[tuple[Folio, Clause]]) -> Outcome:
    lines: list[Line] = []
    for folio, clause in places:
        for role in _wanted(asked, folio, clause):
            if found := desk.mark(folio, clause, role):
                lines.append(Line(_item(asked, desk, folio, clause, role, found[0]), (found[1],)))
    if not lines:
        return _one(asked, desk, *places[0])
    if len(lines) == 1:
        return _one(asked, desk, *places[0])
    quotes = tuple(quote for line in lines for quote in line.quotes)
    named = say(asked.language, "who.several", topic=str(asked.topic)) if asked.topic else ""
    head = Line(named or say(asked.language, "list", count=len(lines)), quotes, lead=True)
    return Draft((head, *lines), confidence=0.7)


def _prose(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Iterable[Line]:
    """The sentence that says in running text who does what; the headings over it may say of what."""
    head, rated = "\n".join(folio.heads[one.id] for one in (clause, *folio.ancestors(clause))), []
    for place, span in enumerate(folio.sentences(clause)):
        inline = assigns(folio, clause, span)
        share = asked.topic.coverage(f"{span.cut(folio.folded)}\n{head}")
        if share >= 0.5 and (inline or desk.register.find(span.cut(folio.text))):
            meant = bool(asked.role) and assigns(folio, clause, span, asked.role)
            rated.append((share + SAID * (inline + meant) + prose.worded(asked, span.cut(folio.folded)), -place, span))
    if rated:
        yield desk.prose(asked, folio, prose.acting_part(asked.topic, desk, folio, max(rated)[2]))


# ------------------------------------------------------------ is it?


def _capacity(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Outcome:
    """The role in which a unit takes part."""
    duties = folio.marks(clause)
    roles = {duty.role for duty in duties if duty.unit in asked.units}
    if not roles:
        return _is_it(asked, desk, folio, clause)
    parts = [part for part in _CLAIMED.split(asked.cues) if UNIT not in part and signs.WHO.search(part)]
    roles |= {role for part in parts if (role := signs.role_of(part))}  # 谁牵头,县区是牵头还是配合
    return Draft(tuple(_evidence(asked, desk, folio, clause, duties, roles)))


def _is_it(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Outcome:
    """Yes or no, with the mark that says so."""
    duties = folio.marks(clause)
    if not duties:
        children = [child for child in folio.descendants(clause) if folio.marks(child)]
        return _among(asked, desk, folio, clause, children) if children else None
    roles = {duty.role for duty in duties if duty.unit in asked.units}
    wanted = _wanted(asked, folio, clause)
    truth = bool(roles & set(wanted)) and all(
        any(duty.unit == unit and duty.role in wanted for duty in duties) for unit in asked.units
    )
    if truth and asked.has(_ALONE) and len(wanted) == 1:
        holders = {duty.unit for duty in duties if duty.role in wanted}
        return _alone(asked, desk, folio, clause, wanted[0], holders == set(asked.units))
    lines = list(_evidence(asked, desk, folio, clause, duties, roles if truth else set(wanted) | roles))
    told = say(asked.language, "no" if asked.has(_DENIED) else "yes")
    first = (told if truth else _denial(asked, desk, duties, wanted)) + lines[0].text
    return Draft((Line(first, lines[0].quotes), *lines[1:]))


def _alone(asked: Asked, desk: Desk, folio: Folio, clause: Clause, role: Role, truth: bool) -> Outcome:
    """Whether the units named are all that have a role (配合的只有财政局一家吗), with all that have it."""
    if not (found := desk.mark(folio, clause, role)):
        return None
    parts = {"what": desk.what(folio, clause), "label": desk.label(folio, clause)}
    told = say(asked.language, f"who.{role}", units=joined(found[0]), **parts)
    return Draft((Line(say(asked.language, "yes" if truth else "no") + told, (found[1],)),))


def _among(asked: Asked, desk: Desk, folio: Folio, clause: Clause, children: list[Clause]) -> Draft:
    """Yes with the items under a heading that the units have in the role asked for; else who has each."""
    lines: list[Line] = []
    for child in children:
        duties, wanted = folio.marks(child), _wanted(asked, folio, child)
        if roles := {duty.role for duty in duties if duty.unit in asked.units and duty.role in wanted}:
            lines += _evidence(asked, desk, folio, child, duties, roles)
    if not lines:
        return Draft(tuple(_by_item(asked, desk, folio, clause, children)))
    return Draft((Line(say(asked.language, "yes") + lines[0].text, lines[0].quotes), *lines[1:]))


def _left_out(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Outcome:
    """Which of several units has not the role (谁不是配合单位:A还是B): who has it, and that the others have not."""
    duties = folio.marks(clause)
    if not duties:
        return None
    wanted = _wanted(asked, folio, clause)
    lines = list(_evidence(asked, desk, folio, clause, duties, set(wanted)))
    return Draft((Line(_denial(asked, desk, duties, wanted) + lines[0].text, lines[0].quotes), *lines[1:]))


def _denial(asked: Asked, desk: Desk, duties: list[Duty], wanted: list[Role]) -> str:
    """That the units asked about which have not the role do not have it."""
    holders = {duty.unit for duty in duties if duty.role in wanted}
    strangers = [unit for unit in asked.units if unit not in holders]
    return say(asked.language, f"not.{(wanted or [Role.LEAD])[0]}", units=joined(strangers))


def _evidence(
    asked: Asked, desk: Desk, folio: Folio, clause: Clause, duties: list[Duty], roles: set[Role]
) -> Iterable[Line]:
    label, what = desk.label(folio, clause), desk.what(folio, clause)
    present = {duty.role for duty in duties}
    for role in _ROLES:
        if role in roles and role not in present:
            marks = Quote(folio, clause, folio.mark_span(duties))
            yield Line(say(asked.language, f"who.none.{role}", what=what, label=label), (marks,))
        elif role in roles and (found := desk.mark(folio, clause, role)):
            units, quote = found
            named = [unit for unit in units if desk.register.canonical(unit) in asked.units]
            told = units if len(units) <= _FEW else named or units
            yield Line(say(asked.language, f"who.{role}", what=what, units=joined(told), label=label), (quote,))
