"""The kind of question."""

from __future__ import annotations

import re

from zyqa.answer import signs
from zyqa.answer.question import Asked, Intent

_PUBLISHING = {"印发", "发布", "出台", "下发", "颁布", "公布", "制定", "标题", "题目", "名称", "发给"}


def acts_on(cues: str) -> bool:
    """Whether roles are asked about, beyond a word like 执行 or 落实 that a document may be the object of."""
    return bool(re.search(r"牵头|配合|负责|主抓|主办|协办", cues))


def _part_of(asked: Asked, acts: bool) -> bool:
    """Whether it asks for the part that a unit has in a topic."""
    if not (asked.units and asked.topic.strong):
        return False
    return asked.capacity or (asked.yes_no and (acts or bool(signs.CONCERNS.search(asked.cues))))


def _is_own(name: str, cues: str) -> bool:
    """Whether a word names the document itself (这个通知)."""
    return bool(re.search(rf"(?:这个?|这份|本|该){re.escape(name)}", cues))


def intent_of(asked: Asked) -> Intent:
    """The kind of question; the order settles what two cues mean together."""
    cues = asked.cues
    if (asked.titles or asked.numbers) and not (acts_on(cues) or asked.units):
        if signs.STATUS.search(cues):
            return Intent.STATUS
        if signs.WHEN.search(cues) and not signs.CITES.search(cues):
            return Intent.WHEN
        return Intent.MEANING if signs.MEANING.search(cues) and not signs.CITES.search(cues) else Intent.CITES
    if signs.SUCCEEDED.search(cues):
        return Intent.STATUS
    acts = bool(signs.LEAD.search(cues) or signs.SUPPORT.search(cues) or signs.RESPONSIBLE.search(cues))
    if (
        signs.ABOUT.search(cues)
        and all(term.text in _PUBLISHING or _is_own(term.text, cues) for term in asked.topic.strong)
        and not re.search(r"引用|哪些|引了|提到", cues)
    ):
        return Intent.ABOUT
    if asked.who and (acts or signs.BOTH.search(cues) or not asked.units or asked.topic.strong):
        if signs.ABOUT.search(cues) and not acts:
            return Intent.ABOUT
        return Intent.WHO
    if signs.BOTH.search(cues) or _part_of(asked, acts):
        return Intent.WHO
    if asked.units and not asked.yes_no and re.search(r"指标(?!体系)|目标值|数字|量化", cues):
        return Intent.TARGET
    if len(asked.units) == 1 and asked.topic.strong and asked.soft and signs.DOES_WHAT.search(cues):
        return Intent.WHO
    if asked.units and (signs.TASKS.search(cues) or (acts and not asked.topic.strong)):
        return Intent.TASKS
    if asked.units and asked.yes_no and (acts or signs.CONCERNS.search(cues)):
        return Intent.WHO
    if signs.STATUS.search(cues):
        return Intent.STATUS
    if signs.CITES.search(cues) or asked.numbers:
        return Intent.CITES
    if (asked.titles or re.search(r"意见|通知|国办", cues)) and signs.MEANING.search(cues):
        return Intent.MEANING
    if signs.BINDS.search(cues) and signs.ENTERPRISE.search(cues):
        return Intent.BINDS
    if signs.WHEN.search(cues) or (asked.dates and signs.STAGE.search(cues)):
        return Intent.WHEN
    if signs.OUTLINE.search(cues) and not signs.TARGET.search(re.sub(signs.COUNT, "", cues)):
        return Intent.OUTLINE
    if asked.units and not asked.topic.strong and not re.search(r"指标|目标|%", cues):
        return Intent.TASKS
    if signs.TARGET.search(cues) or asked.values:
        return Intent.TARGET
    if acts and not asked.topic.strong and asked.units:
        return Intent.TASKS
    if acts and re.search(r"牵头|配合|负责$", cues):
        return Intent.WHO
    if signs.MEANING.search(cues):
        return Intent.MEANING
    return Intent.TEXT
