"""From a question, as read, to drafts: which kinds of answer are tried, and which draft is believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from zyqa.answer import evidence
from zyqa.answer.absent import foreign, missing
from zyqa.answer.beside import beside, opposed
from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Draft, Line, Outcome, Refusal
from zyqa.answer.evidence import Candidate
from zyqa.answer.facts import (
    aims,
    binds,
    cards,
    counts,
    goals,
    holding,
    kinds,
    lists,
    outline,
    places,
    pointed,
    prose,
    references,
    rivals,
    roles,
    targets,
    tasks,
    times,
    worded,
)
from zyqa.answer.facts.target_choice import measured
from zyqa.answer.facts.target_places import by_year
from zyqa.answer.intents import Intents
from zyqa.answer.question import EVERY, Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Clause

Handler = Callable[[Asked, Desk], Outcome]

_ITEMS = compiled(r"哪|几|多少(?:个|大|小)*(?:项|行业|领域|块|款|类|条|方面|点|部分|任务|措施|步|阶段)")
_BELOW = compiled(r"(?:下面|底下|项下|里面|之下)(?:共|一共|总共)?(?:列|有|分|是|包|几|多少)")
_MEASURED = compiled(r"指标(?!体系)|量化|数字|目标值|目标(?!任务|管理)|百分[比数]|[几两三四五六]个数(?![目字])")
_TWO = 2  # a single word that only a card has is no question about the card
_WHERE = compiled(r"[在是]哪一?(?:条|项|款|处|点|部分)")
_TIME = compiled(r"时候|何时|哪年|几年|几月|多久|时间|期限|阶段|频率|周期")
_LISTED = compiled(r"哪几?(?:些|类|种)(?!水平|程度|地步)")
_HEADED = 0.85
_BELIEVED = 0.5
_IN_YEAR = compiled(r"(?<=发)(?:19|20)\d\d(?=\d+号$)")  # 张政办发〔2011〕187号 is called 张政办发187号 as well
_JUST_NUMBER = compiled(r"\d+号文?件?")
_SERIAL = compiled(r"[\]〕)）]\s*(\d+号)$")
_SURE = 0.8  # from which on less likely readings are not tried
_TRIED, _UNLIKELY = 2, -5.0  # intents; log probability
_NUMERIC = compiled(r"多少|几(?:个|项|家|户|成|条|种|次|套|公里|吨|名)|百分之几")


def answer(readings: Sequence[Asked], desk: Desk, among: Set[Intent] = EVERY) -> list[Candidate] | Refusal:
    """The drafts that are believed to answer, the likeliest first; else the refusal that says best what is missing.

    ``readings``: the question as it may be meant, the likeliest first; ``among``: the intents that are tried.
    """
    found: list[tuple[float, Candidate]] = []
    refusals = []
    for place, asked in enumerate(readings):
        within = desk.within(asked)
        asked = places.located(of_itself(within.called(asked), within), within)
        if refusal := foreign(asked, within):
            refusals.append(refusal)
            continue
        drafts, refusal = candidates(asked, within, place, among)
        if reason := drafts and opposed(asked, drafts[0].draft, within):
            refusals.append(Refusal(reason))
            continue
        found += [(evidence.probability(one, within), one) for one in drafts]
        if any(worth >= _SURE for worth, _ in found):
            break
        refusals.append(refusal or _lacking(drafts, within) or missing(asked, within))
    believed = [item for item in found if item[0] >= _BELIEVED]
    return [one for _, one in sorted(believed, key=lambda item: -item[0])] or refusals[0]


def _lacking(drafts: Sequence[Candidate], desk: Desk) -> Refusal | None:
    """What the likeliest draft lacks, where none is believed."""
    reason = drafts and beside(drafts[0].asked, drafts[0].draft, desk)
    return Refusal(reason) if reason else None


def candidates(
    asked: Asked, desk: Desk, reading: int = 0, among: Set[Intent] = EVERY
) -> tuple[list[Candidate], Refusal | None]:
    """The different drafts of the likeliest intents; and the refusal of the likeliest that has one.

    What is said at an address answers whichever kind of question it answers best.
    """
    found: dict[tuple[tuple[Line, ...], Intent | None], Candidate] = {}
    refusal = None
    for place, (intent, likelihood) in enumerate(_tried(asked)):
        if intent not in among:
            continue
        one = replace(asked, intent=intent)
        outcome = drafted(one, desk)
        if isinstance(outcome, Draft):
            candidate = Candidate(one, outcome, likelihood, place == 0, refusal is not None, reading)
            found.setdefault((outcome.lines, intent if asked.address else None), candidate)
        else:
            refusal = refusal or outcome
    return list(found.values()), refusal


def _tried(asked: Asked) -> list[tuple[Intent, float]]:
    """The intent as read or inherited from the turn before, then others by likelihood."""
    likely = dict(asked.likely)
    first = (asked.intent, likely.pop(asked.intent, 0.0))
    return [first, *((intent, value) for intent, value in likely.items() if value > _UNLIKELY)][:_TRIED]


def drafted(asked: Asked, desk: Desk) -> Outcome:
    """The first draft that a kind of answer gives, believed or not."""
    refusal = None
    for handler in _handlers(asked):
        outcome = handler(asked, desk)
        if isinstance(outcome, Draft):
            return outcome
        refusal = refusal or outcome
        if isinstance(outcome, Refusal):
            break
    return refusal


def of_itself(asked: Asked, desk: Desk) -> Asked:
    """The question without the title, number and everyday name of the very document it is asked of."""
    told = desk.without_mention(asked)
    originals = [folio for folio in desk.originals if len(desk.originals) == 1]
    own = {plain(one) for folio in originals for one in (folio.document.title, folio.document.number) if one}
    own |= {_IN_YEAR.sub("", one) for one in own}
    own |= {found.group(1) for one in originals if (found := _SERIAL.search(one.document.number or ""))}
    titles = tuple(title for title in asked.titles if plain(title) not in own)
    numbers = tuple(number for number in asked.numbers if plain(number) not in own)
    if told is asked and (titles, numbers) == (asked.titles, asked.numbers):
        return asked
    rest = replace(told, titles=titles, numbers=numbers)
    named = titles or numbers or rest.units or rest.address or rest.dates or rest.values
    if _JUST_NUMBER.fullmatch(asked.text) or not (named or rest.asks or rest.topic):
        return replace(rest, intent=Intent.ABOUT, likely=((Intent.ABOUT, 0.0),), bare=True)
    likely = Intents.shipped().likely(rest)
    return replace(rest, intent=likely[0][0], likely=likely)


def _handlers(asked: Asked) -> list[Handler]:
    first: dict[Intent, list[Handler]] = {
        Intent.WHO: [counts.counted, _compared, _targets_of, roles.who, _tasks, _if_asked],
        Intent.TASKS: [counts.counted, _compared, _targets_of, tasks.tasks, roles.who],
        Intent.TARGET: [
            counts.counted,
            _compared,
            goals.section,
            _enumerated,
            _targets,
            _by_when,
            outline.parts,
            lists.listed,
            _cautious,
        ],
        Intent.WHEN: [times.when, targets.targets, outline.about, _said],
        Intent.CITES: [references.cites, outline.about, lists.listed, _said],
        Intent.MEANING: [references.meaning, _address, outline.about, lists.listed, _said, references.cites],
        Intent.STATUS: [cards.status, references.cites, _said],
        Intent.BINDS: [binds.binds],
        Intent.OUTLINE: [
            counts.counted,
            _valued,
            outline.parts,
            goals.section,
            _address,
            lists.listed,
            _said,
            targets.targets,
        ],
        Intent.ABOUT: [outline.about, references.cites],
        Intent.TEXT: [_address, counts.counted, lists.listed, _cautious, targets.targets],
    }
    named = [times.due, worded.demanded, aims.aimed, _parts_named, cards.of_card, pointed.pointed]
    handlers = [
        holding.unheld,
        references.unheld,
        references.called,
        kinds.divided,
        kinds.defined,
        *named,
        *first[asked.intent],
    ]
    if (
        asked.dates
        and not asked.topic.strong
        and not asked.units
        and not (asked.values or asked.titles or asked.numbers)
        and not _MEASURED.search(asked.cues)
    ):
        handlers = [times.due, times.when, *handlers]
    if asked.address:
        tables: dict[Intent, list[Handler]] = {
            Intent.WHO: [counts.counted, roles.who],
            Intent.TASKS: [counts.counted, *([roles.who] if asked.role else [])],
            Intent.TARGET: [counts.counted, _parts_named, *([targets.targets] if _aims(asked) else [])],
            Intent.OUTLINE: [counts.counted],
            Intent.CITES: [references.cites],
            Intent.STATUS: [cards.status],
        }
        return [holding.unheld, references.unheld, *tables.get(asked.intent, []), outline.at_address]
    return [*handlers, _from_cards]


def _aims(asked: Asked) -> bool:
    """Whether more is asked of a clause than what it says: a value, or targets by name."""
    measured = asked.values or asked.has(_MEASURED) or asked.has(_NUMERIC)
    return bool(measured or (asked.topic.strong and not asked.has(_LISTED)))


def _parts_named(asked: Asked, desk: Desk) -> Outcome:
    """The items under a heading that the question names as it is and asks the items of."""
    if asked.intent not in (Intent.OUTLINE, Intent.TARGET, Intent.TEXT, Intent.WHEN) or asked.units:
        return None
    if _MEASURED.search(asked.cues) or asked.values:
        return None
    if not _ITEMS.search(asked.cues):
        return None
    if _BELOW.search(asked.cues):
        return outline.parts(asked, desk)
    if asked.address:
        return outline.parts(asked, desk)
    named = outline.named_heading(asked.text, desk) or _best_heading(asked, desk)
    return outline.parts(asked, desk) if named else None


def _best_heading(asked: Asked, desk: Desk) -> tuple[Folio, Clause] | None:
    """The clause that the topic means, where the topic is in its heading."""
    best = desk.best(asked.topic)[:1]
    return next(((m.folio, m.clause) for m in best if asked.topic.coverage(m.folio.heads[m.clause.id]) > _HEADED), None)


def _said(asked: Asked, desk: Desk) -> Outcome:
    """What the text says; to an enterprise of some kind, what binds it."""
    ofkind = not (asked.units or asked.has(_WHERE)) and desk.wording.kinds.asker(asked.text)
    return (binds.binds(asked, desk) if ofkind else None) or prose.said(asked, desk)


def _address(asked: Asked, desk: Desk) -> Outcome:
    return outline.at_address(asked, desk) if asked.address else None


def _tasks(asked: Asked, desk: Desk) -> Outcome:
    return tasks.tasks(asked, desk) if asked.units and not asked.topic.strong else None


def _compared(asked: Asked, desk: Desk) -> Outcome:
    alone = len(asked.units) > 1 and not asked.topic.strong and not re.search("共同|一起(?!算)|都", asked.cues)
    if alone and (asked.compare or asked.most or asked.count):
        return counts.compared(asked, desk)
    return rivals.rivals(asked, desk)


def _targets_of(asked: Asked, desk: Desk) -> Outcome:
    """The targets in a unit's work, where they are asked for and not the work, nor who does it."""
    valued = asked.values or (measured(asked.topic) and asked.has(_NUMERIC))
    wanted = _MEASURED.search(asked.cues) or by_year(asked) or valued
    return targets.targets(asked, desk) if asked.units and wanted and not (asked.who or asked.titles) else None


def _valued(asked: Asked, desk: Desk) -> Outcome:
    """The targets with a value that is named, where those that have it are asked for and no part of the outline."""
    return targets.targets(asked, desk) if asked.values and asked.topic.strong and not asked.yes_no else None


def _if_asked(asked: Asked, desk: Desk) -> Outcome:
    """What the text says where a yes or no is asked and no table has it."""
    return _said(asked, desk) if asked.yes_no else None


def _targets(asked: Asked, desk: Desk) -> Outcome:
    """The targets; where a year has none with a number, what the text says is reached by then."""
    outcome = targets.targets(asked, desk)
    numeric = _NUMERIC.search(asked.cues)
    return (goals.of_year(asked, desk) if isinstance(outcome, Refusal) and not numeric else None) or outcome


def _enumerated(asked: Asked, desk: Desk) -> Outcome:
    """The items of a list inside a sentence, where things are asked for and no values."""
    valued = asked.values or asked.has(_MEASURED) or asked.has(_NUMERIC)
    return lists.listed(asked, desk) if asked.has(_LISTED) and not valued else None


def _by_when(asked: Asked, desk: Desk) -> Outcome:
    return times.when(asked, desk) if _TIME.search(asked.cues) else None


def _cautious(asked: Asked, desk: Desk) -> Outcome:
    """What the text says, unless a number is asked for: one that no target states is not stated."""
    numeric = _NUMERIC.search(asked.cues) or (asked.yes_no and _MEASURED.search(asked.cues))
    return None if numeric else _said(asked, desk)


def _from_cards(asked: Asked, desk: Desk) -> Outcome:
    if not any(folio.is_digest for folio in desk.folios) or len(asked.topic.strong) < _TWO:
        return None
    if asked.intent is Intent.TARGET and _NUMERIC.search(asked.cues):
        return None
    return prose.said(replace(asked), desk, digests=True, enough=0.85)
