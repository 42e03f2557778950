"""Several questions in one: asked one after the other, in one sentence, or of several subjects at once."""

from __future__ import annotations

from collections.abc import Iterator

from zyqa.patterns import compiled
from zyqa.text import fold

_ENDS = compiled(r"[?？;；\n]+")
_COMMAS = compiled(r"[,，。]+")
_ASKS = compiled(
    r"谁|哪|多少|几|什么|啥|吗|怎|如何|咋|何|是否|是不是|有没有|多[久长大高]"
    r"|\b(?:any(?:one|body)|who|what|which|when|how|is|are|does|do|must)\b"
)
_OF_BEFORE = compiled(
    r"^(?:分别|各|都|具体|其中|它们|那些|这些|又?是|(?:这|本|该)?[份个]?(?:方案|文件|通知|意见|规划)[里中上]?(?:到底)?(?:咋|怎|如何|啥|什么|有没有))"
)
_SHORTEST = 4
_EACH = compiled(
    r"[,，]?(?:到?\d{4}年)?(?:分别|各自|各(?:(?![县级类市项有单部家行界地种])|(?=有(?:几|多少|哪|什么|啥|谁)))|[两三四](?:处|条|项|者|个行业)(?:各|分别)?)"
)
_NO_SUBJECT = compiled(
    r"[,，。]|\d\s*(?:[%％]|个?百分点)|^[\d一二两三四五六七八九十百]+[个家户项]$|一样|相[同等比]|谁|哪"
)
"""Values are told in one answer (90%、75%各是什么指标), and what is compared (甲和乙谁多,各几项)."""
_AND = compiled(r"、|以及|和|与|跟|及(?![时格])")


def divisions(text: str) -> Iterator[list[str]]:
    """The ways in which a text may be several questions, the plainest first; none where it asks one.

    One after the other (谁牵头?满意度要达到几成?), in one sentence (谁牵头,满意度要达到几成), of several subjects
    (旅游业和邮政业各要达到多少).
    """
    found = [piece.strip() for piece in _ENDS.split(text) if piece.strip()]
    if len(found) > 1 and all(map(_OF_BEFORE.match, found[1:])):
        yield from _of_subjects(found[0])  # 甲和乙各有几家?是谁?
    if len(found) > 1 and all(map(_asks, found)):
        yield found
    if len(found) == 1:
        yield from _in_one_sentence(found[0])
        yield from _of_subjects(found[0])


def _asks(text: str) -> bool:
    return bool(_ASKS.search(fold(text)))


def _in_one_sentence(text: str) -> Iterator[list[str]]:
    found = [piece.strip() for piece in _COMMAS.split(text) if piece.strip()]
    whole = all(_asks(piece) and len(piece) >= _SHORTEST and not _OF_BEFORE.match(piece) for piece in found)
    if len(found) > 1 and whole:
        yield found


def _of_subjects(text: str) -> Iterator[list[str]]:
    each = _EACH.search(text)
    subjects = [one.strip() for one in _AND.split(text[: each.start()])] if each else []
    if each and len(subjects) > 1 and all(len(one) > 1 and not _NO_SUBJECT.search(one) for one in subjects):
        yield [subject + text[each.start() :] for subject in _completed(subjects)]


def _completed(subjects: list[str]) -> list[str]:
    """The subjects with what is said of all of them behind the last (农村和城镇饮用水的水质)."""
    *firsts, last = subjects
    _, of, rest = last.partition("的")
    return subjects if any("的" in one for one in firsts) else [*(one + of + rest for one in firsts), last]
