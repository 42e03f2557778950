"""What only frames a question: who asks (老汉问一句), what for (写材料急用), what was talked of before (换个话题)."""

from __future__ import annotations

import re
from dataclasses import replace

from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

UNIT = "\ue000"  # stands for a unit in the text
EXCEPT = compiled(rf"{UNIT}除了?(?!{UNIT}).+(?:还|外)")
"""The tasks of a unit are asked for but those on a topic (商务局除了物流业还牵头什么)."""
_FORM = compiled(r"大?(?:框架|结构|目录|大纲|提纲|骨架|脉络)")  # of a document, where nothing else is named
_PAUSE = compiled(r"[,;:。!?()\n…~]|--")
ASKS = compiled(r"谁|哪|多少|几|什么|啥|吗|怎|如何|咋|何|是否|有没有|多[久长大高]|要不要|能不能|能否|可以|百分")
_SELF = compiled(r"(?:我|俺|咱|本人|作为|鄙人)")
_SPEAKER = compiled(
    r"^[^\n]{1,8}(?:来问|提问|想问|问一[下句]|求证|核实|请教|咨询|打听|想确认|想知道|想了解|问(?![题号答责世]))", re.M
)
_SELF_UNIT = compiled(r"(?:(?:我|咱|俺)们?(?:是|在|来自)|本人(?:是|在)?|作为|替|受|帮)$")
_SPEAKS = compiled(
    r"(?:的|这边|那边)?.{0,6}?(?:来问|提问|想问|问一?[下句]|求证|核实|请教|咨询|打听|想确认|想知道|想了解)"
)
_SENDS = compiled(
    r"(?:那边|这边)?的?(?:同志|领导|人|同事)?(?:要|来|催|让|打电话|发函)(?!求)(?!.*(?:牵头|配合|负责|参与|任务|工作))"
)
_WRITES = compiled(
    r"[,。;](?:我|俺|咱|本人)们?(?:要|想|得|在|正在?|需要?)(?:写|做|准备|整理|报|编|弄|交)[^,。?]*"
    r"(?:材料|报告|总结|汇报|台账|稿子?|题|表|清单|课件)[。]?$"
)
_OURS = compiled(r"(?:我|咱|俺)们|本(?:局|委|单位|部门|系统)|自己")
_BEARS, _FRAME = 0.3, 14  # weight of a word that says what is asked of; length of what only frames


def unframed(topic: Topic, cues: str, *, exact: bool, who: bool) -> Topic:
    """The topic without the strange words of the frame.

    ``cues``: the folded question, units as ``UNIT``; ``exact``: an address or document is named; ``who``: units are
    asked for, so that the words that say who asks only help to rank.
    """
    if EXCEPT.search(cues):
        return replace(topic, terms=(), runs=(), context=topic.terms)
    if topic.strong and all(_FORM.fullmatch(term.text) for term in topic.strong):
        return replace(topic, terms=(), runs=(), strange=())
    parts = [part for part in _PAUSE.split(cues) if part.strip()]
    things = [term.text for term in topic.terms if term.weight >= _BEARS and not _is_verb(term.text)]
    bearing = [UNIT in part or any(thing in part for thing in things) for part in parts]
    if who and parts:
        topic = _without_asker(topic, parts, bearing)
    if not topic.strange or not (any(bearing) or exact):
        return topic
    told = "\n".join(
        "" if place in (0, len(parts) - 1) and _is_frame(part, bears) else part
        for place, (part, bears) in enumerate(zip(parts, bearing, strict=True))
    )
    told = _SPEAKER.sub("", told)
    return replace(topic, strange=tuple(term for term in topic.strange if not term.text.isalpha() or term.text in told))


def _without_asker(topic: Topic, parts: list[str], bearing: list[bool]) -> Topic:
    """The topic where the first part only says who asks (种玉米的,农业标准化谁牵头): its words only help to rank."""
    first, rest = parts[0], "\n".join(parts[1:])
    if not any(bearing[1:]) or ASKS.search(first) or not (_SELF.match(first) or first.endswith("的")):
        return topic
    asker = tuple(term for term in topic.terms if term.text in first and term.text not in rest)
    return replace(topic, terms=tuple(term for term in topic.terms if term not in asker), context=asker)


def _is_verb(word: str) -> bool:
    return part_of_speech(word)[0] == "v"


def _is_frame(part: str, bears: bool) -> bool:
    """Whether a part of a question only says who asks or why."""
    return len(part) <= _FRAME and not ASKS.search(part) and (not bears or bool(_SELF.match(part)))


def only_asks(unit: str, text: str) -> bool:
    """Whether a unit is named only as who asks (我是审计局的,…; 审计局要材料,…), and is not 我们 after that."""
    if (purpose := _WRITES.search(text)) and unit in purpose.group():
        return unit not in text[: purpose.start()]
    before, _, after = text.partition(unit)
    if _OURS.search(after):
        return False
    if _SELF_UNIT.search(before) or (not before and _SPEAKS.match(after)):
        return True
    first, *rest = _PAUSE.split(after)
    return not before and bool(_SENDS.match(first)) and any(part.strip() for part in rest)
