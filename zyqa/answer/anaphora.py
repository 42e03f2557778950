"""What the words of a follow-up point at: the clause they count to, or a unit spoken of before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zyqa.answer import signs
from zyqa.answer.desk import Desk, plain
from zyqa.answer.facts import facets
from zyqa.answer.facts.cited import STANDARD
from zyqa.answer.question import Asked, Intent, Place
from zyqa.answer.turns import Turn, as_before, leaders, meaning, of_clauses, uncounted
from zyqa.patterns import compiled

_UNIT_MEANT = compiled(
    r"(?:这|那|该|此|前面|刚才|上面|同一)(?:那|的|说的)?(?:个|一?家)?(?:单位|部门|局|委|机构)"
    r"|(?:这|那|同一)(?:一)?家|(?<!其)[它他]们?(?!的(?:帮手|搭档|助手|(?:牵头|配合|协助)(?:单位|部门|方)))"
)
_LEADERS = compiled(r"(?:牵头|责任|负责|主管)(?:的那?个?)?(?:单位|部门|局)(?=还|也|又)")
_BOTH_MEANT = compiled(
    r"两家|[两俩二](?:个|者)|他们俩|(?:谁|哪(?:个|家))(?:的|牵头的?|配合的?)?(?:任务)?(?:更|比较)?[多少]"
    r"|[前后]者.{0,6}(?:更?[多少]|差|比)|^(?:那么?)?相?[差多少](?:了|出)?(?:几|多少)[项个件家]?[呢?。]*$"
)
_LEVEL = compiled(r"[省市县](?:里|上|级|政府)?(?=的|那|这|发|出|印)")
_OF_TARGETS = compiled(r"指标|目标|数字|要求|任务")
_DOCUMENT_WISHES = (signs.STATUS, signs.SUCCEEDED, signs.ABOUT, signs.CITES)
_OF_DOCUMENTS = {Intent.CITES, Intent.STATUS, Intent.MEANING, Intent.ABOUT}


def at(now: Asked, before: Turn, place: Place, desk: Desk) -> Iterator[Asked]:
    """第二条呢, 下一个阶段什么时候: the wish, else that of the turn before, of the clause counted to."""
    folio = desk.at([place]).originals[0]
    words = "\n".join(folio.own[clause.id] for clause in folio.clauses)
    if any(term.cover(words) < 0.5 for term in now.topic.strong if term.known):
        return  # a subject of its own
    bare = replace(now, address=None, scope=(place,))
    asks = signs.wishes(uncounted(now.cues))
    if now.topic.strong:
        yield bare if asks else replace(as_before(bare, before.asked), units=(), surfaces=())
        return
    wish = now if asks else replace(as_before(now, before.asked), units=(), surfaces=(), yes_no=False)
    wish = meaning(wish, Intent.WHO) if now.who else wish
    if wish.intent in (Intent.WHO, Intent.TARGET, Intent.WHEN):
        yield of_clauses(wish, (place,))
    if not now.who and not (asks and now.yes_no):
        yield of_clauses(meaning(bare, Intent.TEXT), (place,))


def both(now: Asked, before: Turn) -> Asked | None:
    """两家谁多: the two units spoken of last."""
    units = before.spoken[1::-1] if len(before.spoken) > 1 else before.units[:2]
    if now.units or now.topic.strong or len(units) < 2 or not _BOTH_MEANT.search(now.text):
        return None
    role = now.role or before.asked.role
    return replace(meaning(now, Intent.TASKS), units=units, surfaces=units, role=role, compare=True)


def with_units(now: Asked, before: Turn, desk: Desk) -> Asked | None:
    """它还牵头什么, 农业也是这家吗: the unit of the turn before, or of its answer."""
    if not now.units and _LEADERS.search(now.text) and (units := leaders(before.places, desk)):
        return replace(meaning(now, Intent.TASKS), units=units, surfaces=units, role=None, soft=True)
    units = before.asked.units or before.units
    does = now.yes_no or (not now.who and (now.role is not None or bool(signs.TASKS.search(now.cues))))
    if now.units or not does or not 0 < len(units) <= 2 or not _UNIT_MEANT.search(now.text):
        return None
    intent = Intent.WHO if now.topic.strong else Intent.TASKS
    role = now.role or (before.asked.role if now.topic.strong else None)
    return replace(meaning(now, intent), units=units, surfaces=units, role=role, soft=now.soft and not now.yes_no)


def of_documents(now: Asked, before: Turn, *, alone: bool = False) -> Asked | None:
    """这个标准还有效吗, 什么时候批复的: of the documents that the answer before named.

    ``alone``: only where the words point at a document and have no other subject.
    """
    if not before.documents or _OF_TARGETS.search(now.cues):
        return None
    pointed = facets.of_document(now, subject=before.asked.intent in _OF_DOCUMENTS)
    if alone and (not pointed or now.units or now.titles or now.numbers or facets.subject(now)):
        return None
    if not pointed and not any(pattern.search(now.cues) for pattern in _DOCUMENT_WISHES):
        return None
    intent = Intent.STATUS if signs.STATUS.search(now.cues) or facets.any_asked(now) else Intent.CITES
    level = _LEVEL.search(now.text)
    named = [one for one in before.documents if level and level.group()[0] in one] or list(before.documents)
    numbers = [one for one in named if one.endswith("号") or STANDARD.match(one)]
    titles = tuple(one for one in named if one not in numbers)
    return replace(meaning(now, intent), titles=titles, numbers=tuple(map(plain, numbers)))
