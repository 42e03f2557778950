"""The documents that a question names as people do: by words of the title and the kind of document (农机意见)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zyqa.patterns import compiled
from zyqa.text import fold, segments
from zyqa.types import Span

_KIND = compiled(
    r"通知|意见|方案|条例|办法|规定|决定|纲要|规划|计划|批复|复函|公告|通告|通报|报告|细则|规则|章程|指南|预案|清单|函"
)
_ANY_KIND = r"文件|政策"
_NAMED = compiled(rf"(?:{_KIND.pattern}|{_ANY_KIND})")
_ITEMS = r"(?:的?(?:这|那)?[0-9零一二三四五六七八九十]*[个项条]?(?:措施|事项|规定|条款|要求|文件)?)"
_INSIDE = compiled(rf"{_ITEMS}(?:里面|里头|里边|里|当中|中(?!介|心|央|小|国|型|等|学|期))")
_SUBJECT_OF = compiled(r"的|(?=由?(?:谁|哪))")  # after what is spoken of: 政务新媒体的工作目标
_LINK = compiled(
    r"(?:的|关于|有关|印发|实施|指导|若干|管理|工作|暂行|这个|那个|这份|那份|这部|那部"
    r"|这|那|该|个|份|部|[《》“”\"〈〉、 ])+$"
)
_SHELL = compiled(r"^.*?关于(?:印发|转发|同意|对)?|^.{2,30}?(?:印发|转发)|[\s《》〈〉“”\"、，,()（）]")
_PAUSE = "，,。;；:：?？!！\n"
_LONGEST, _ABBREVIATED, _GAPS = 12, (3, 2), (1, 2)
_ENOUGH = 1.0  # of worth: two characters of a telling word, or four of words that many titles have
_SUBJECT = 4.0  # of worth: two telling words of a title name it without more
_KIND_WORTH = 0.5

Worth = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a question names documents, and which of those it was looked for among, by place."""

    span: Span
    places: tuple[int, ...]


def find_mention(text: str, titles: Sequence[str], worth: Worth) -> Mention | None:
    """The documents that a folded question names by words of their titles; None where it names none so.

    ``worth``: what a character of a word tells: 1, less for one that many titles have (发展), 0 for one that any has.
    """
    best, span, places = 0.0, Span(0, 0), list[int]()
    for place, title in enumerate(titles):
        for told, stretch in _named(text, title, worth):
            if told > best:
                best, span, places = told, stretch, [place]
            elif told == best and place not in places:
                places.append(place)
    return Mention(span, tuple(places)) if places else None


def _named(text: str, title: str, worth: Worth) -> Iterator[tuple[float, Span]]:
    """The stretches of a question that may name a document, and how much of its title they tell."""
    parts = _parts(title)
    for match in _NAMED.finditer(text):
        if match.group() in parts.kinds or re.fullmatch(_ANY_KIND, match.group()):
            told, start = _backwards(text, match.start(), parts, worth)
            if told >= _ENOUGH:
                yield told + _KIND_WORTH * (match.group() in parts.kinds), Span(start, match.end())
    for match in _INSIDE.finditer(text):
        told, start = _backwards(text, match.start(), parts, worth)
        if told >= _ENOUGH and not any(map(worth, segments(re.split(f"[{_PAUSE}]", text[:start])[-1]))):
            yield told, Span(start, match.end())
    for match in _SUBJECT_OF.finditer(text):
        told, start = _backwards(text, match.start(), parts, worth, gaps=())
        if told >= _SUBJECT and not any(map(worth, segments(re.split(f"[{_PAUSE}]", text[:start])[-1]))):
            yield told, Span(start, match.start())


@dataclass(frozen=True, slots=True)
class _Title:
    """``words``: without the issuer; ``kinds``: of document that it names; ``starts``: the words' first characters."""

    words: str
    kinds: frozenset[str]
    starts: str


@lru_cache(maxsize=256)
def _parts(title: str) -> _Title:
    words = _SHELL.sub("", fold(title))
    return _Title(words, frozenset(_KIND.findall(words)), "".join(word[0] for word in segments(words)))


def _backwards(text: str, end: int, title: _Title, worth: Worth, gaps: Sequence[int] = _GAPS) -> tuple[float, int]:
    """From ``end`` back over words of a title: what they tell, and where they begin.

    ``gaps``: how many characters may stand between the title's words and ``end``.
    """
    told, start, place = 0.0, end, end
    while place > 0 and text[place - 1] not in _PAUSE:
        if piece := _piece(text, place, title):
            told += sum(len(word) * worth(word) for word in segments(piece))
            start = place = place - len(piece)
        elif link := _LINK.search(text, max(0, place - _LONGEST), place):
            place = link.start()
        elif start == place and (wider := next((gap for gap in gaps if _goes_on(text, place - gap, title)), 0)):
            place -= wider
        else:
            break
    return told, start


def _goes_on(text: str, end: int, title: _Title) -> bool:
    """Whether more of a title stands before a word that it has not (真抓实干督查激励)."""
    return end > 0 and len(_piece(text, end, title)) > _ABBREVIATED[0]


def _piece(text: str, end: int, title: _Title) -> str:
    """The longest stretch of a title that a text has before ``end``; or its words cut short (职教 for 职业教育)."""
    for size in range(min(_LONGEST, end), 1, -1):
        if (piece := text[end - size : end]) in title.words and not _NAMED.fullmatch(piece):
            return piece
    short = (text[end - size : end] for size in _ABBREVIATED if size <= end)
    return next((piece for piece in short if piece in title.starts), "")
