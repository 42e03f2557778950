"""A follow-up inherits what it leaves out from the turns before it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zyqa.answer.question import Asked, Intent
from zyqa.answer.reading import Reader
from zyqa.answer.topic import Topic
from zyqa.text import fold

_ENDS = re.compile(r"[?？;；\n]+")
_ASKS = re.compile(
    r"谁|哪|多少|几|什么|啥|吗|怎|如何|咋|何|是否|是不是|有没有|多[久长大高]"
    r"|\b(?:who|what|which|when|how|is|are|does|do|must)\b"
)
_CITED = (Intent.CITES, Intent.MEANING, Intent.STATUS)
_OWN_SUBJECT = {Intent.ABOUT, Intent.OUTLINE}


def readings(reader: Reader, text: str, history: Sequence[str]) -> list[Asked]:
    """The question as it may be meant, the likeliest first; alone it has one reading."""
    now = reader.read(text)
    before: Asked | None = None
    for turn in history:
        read = reader.read(turn)
        before = _meant(read, before)[0]
    return _meant(now, before)


def pieces(text: str) -> list[str]:
    """The questions that a text asks one after the other (谁牵头?满意度要达到几成?); the text itself if it asks one."""
    found = [piece.strip() for piece in _ENDS.split(text) if piece.strip()]
    asking = [piece for piece in found if _ASKS.search(fold(piece))]
    return found if len(found) > 1 and len(asking) == len(found) else [text]


def _meant(now: Asked, before: Asked | None) -> list[Asked]:
    if before is None:
        return [now]
    merged = _merged(now, before)
    if merged is None:
        return [now]
    return [merged] if now.follows and not _whole(now) else [merged, now]


def _whole(asked: Asked) -> bool:
    """Whether a question can stand alone: it has a subject of its own."""
    return bool(asked.topic.strong or asked.units or asked.address or asked.titles or asked.numbers or asked.dates)


def _asks(asked: Asked) -> bool:
    """Whether it says itself what it wants."""
    return asked.asks or (asked.yes_no and len(asked.topic.terms) > 1)


def _merged(now: Asked, before: Asked) -> Asked | None:
    if now.topic.strong:
        return _new_topic(now, before)
    if now.units:
        return _new_unit(now, before)
    if now.address or now.titles or now.numbers or now.dates:
        return None if _asks(now) else _as_before(now, before)
    return _new_wish(now, before)


def _new_topic(now: Asked, before: Asked) -> Asked | None:
    """农业的呢: the wish of the turn before, its topic as context. A question with a wish of its own stands alone."""
    if _asks(now) and not now.follows:
        return None
    context = tuple(term for term in before.topic.terms if term.text not in {own.text for own in now.topic.terms})
    topic = replace(now.topic, context=context)
    if _asks(now):
        return replace(now, topic=topic) if context else None
    if not now.follows and len(now.text) > 12:
        return None
    return replace(_as_before(now, before), topic=topic)


def _new_unit(now: Asked, before: Asked) -> Asked | None:
    """那质监局呢: the wish before, about another unit; 它配合的呢 has the unit of the turn before."""
    if now.compare and before.units and before.intent is Intent.TASKS:
        units = tuple(dict.fromkeys((*before.units, *now.units)))
        role = now.role or before.role
        return replace(now, units=units, surfaces=(*before.surfaces, *now.surfaces), role=role, intent=Intent.TASKS)
    if before.intent is Intent.WHO and before.topic and (now.yes_no or now.follows) and len(now.text) < 14:
        role = before.role if now.role is None or now.soft else now.role
        return replace(now, topic=before.topic, intent=Intent.WHO, yes_no=True, role=role, address=before.address)
    if (now.intent is Intent.TASKS and now.role is not None) or now.yes_no:
        return replace(now, topic=before.topic) if before.topic.strong and now.yes_no else None
    if now.intent is Intent.TASKS and not now.follows and len(now.text) > 8:
        return None
    wish = _as_before(now, before)
    topic = before.topic if before.intent is Intent.WHO else Topic(())
    role = now.role or before.role
    intent = before.intent
    if intent is Intent.WHO:
        return replace(wish, topic=topic, role=role, yes_no=(bool(before.units) and before.yes_no) or True)
    return replace(wish, topic=topic, role=role, intent=intent)


def _new_wish(now: Asked, before: Asked) -> Asked | None:
    """那配合单位呢: the subject of the turn before."""
    if not (before.topic or before.units or before.address or before.titles or before.numbers):
        return None
    if now.most and not now.follows:
        return None  # 哪个单位牵头最多: of all, whatever was talked of before
    if now.intent is Intent.ABOUT and (before.titles or before.numbers):
        return replace(now, intent=Intent.CITES, titles=before.titles, numbers=before.numbers)
    if now.intent is Intent.ABOUT and before.intent in _CITED and before.topic.strong:
        return replace(now, intent=Intent.CITES, topic=before.topic, address=before.address)
    if now.intent in _OWN_SUBJECT and not now.follows:
        return None
    wish = now if _asks(now) or now.role else replace(now, intent=before.intent, likely=before.likely, role=before.role)
    if wish.intent is Intent.WHO and before.intent is Intent.TASKS and before.units:
        wish = replace(wish, intent=Intent.TASKS, role=now.role or before.role)
    if now.count and before.units and now.role is None and before.intent is Intent.TASKS:
        wish = replace(wish, intent=Intent.TASKS, role=before.role)
    if wish.role is not None and wish.intent is Intent.TEXT:
        wish = replace(wish, intent=Intent.WHO)
    return replace(
        wish,
        topic=before.topic,
        units=now.units or (before.units if wish.intent is Intent.TASKS or before.intent is not Intent.WHO else ()),
        surfaces=now.surfaces or before.surfaces,
        address=before.address,
        titles=before.titles,
        numbers=before.numbers,
    )


def _as_before(now: Asked, before: Asked) -> Asked:
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
