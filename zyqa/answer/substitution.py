"""The question before with one part replaced: 市上主管部门呢 after 县区主管部门多久报一次 asks how often those do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from zyqa.patterns import compiled
from zyqa.text import part_of_speech, segments

_OPENS = compiled(
    r"^(?:好的?|嗯|哦|那么?|那|再|还有|至于|而|如果|要是|假如|若|换成?|改成?|换做|就|说|是|问|看|一下|,|，|\s)+"
)
_CLOSES = compiled(r"(?:的?话)?(?:的那个|的)?(?:又|该)?(?:呢|如何|怎么样|怎样|咋样)?[?。!\s]*$")
_ASKS = compiled(r"谁|哪|多少|几[^十]|什么|啥|怎|如何|咋|何时|吗|是否|有没有|是不是")
_LONGEST = 16
_NAMING = ("n", "j", "b", "m", "q", "x", "f", "s", "l", "i", "a", "eng")
_LEVEL = compiled(r"(?:国家|省|市|县区|区县|县|乡镇|乡)(?:上|里|级|直)?")
_FREE = compiled(rf"(?:^|(?<=[,。?!;:的由请问]))(?:{_LEVEL.pattern})(?=[㐀-鿿]{{2}})")
_REPEATED = compiled(r"^(?P<part>[^,，?]{1,16}呢)[,，?]+(?P<wish>.+)$")
_WISH = compiled(r"谁|多少|多久|多长|几[㐀-鿿]|时候|何时|什么|啥|怎|如何|哪[㐀-鿿]")
_LINKS = frozenset("及与和或")
_DATE = compiled(r"\d+年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?")


def substituted(text: str, before: str) -> str | None:
    """The folded question ``before`` with the name in it replaced that a folded follow-up is the counterpart of.

    None where the follow-up has a wish of its own, or no name ends or begins as it does.
    """
    part = _part(text, before)
    if not 0 < len(part) <= _LONGEST or _ASKS.search(part) or part in before:
        return None
    rated = [
        (likeness, -start, end)
        for run in _runs(before)
        for start, end, likeness in _counterparts(part, before, run)
        if likeness
    ]
    if not rated:
        return None
    _, start, end = max(rated)
    return before[:-start] + part + before[end:]


def at_level(text: str, before: str) -> str | None:
    """The folded question ``before`` at the level of government that a folded follow-up names alone (市上的呢)."""
    part = _part(text, before)
    level = _FREE.search(before) if _LEVEL.fullmatch(part) else None
    return before[: level.start()] + part + before[level.end() :] if level else None


def _part(text: str, before: str) -> str:
    """What a follow-up says but for the words around it, and for a wish that it only repeats (市里呢,多久报一次)."""
    repeated = _REPEATED.match(text)
    if repeated and (wishes := _WISH.findall(repeated["wish"])) and all(wish in before for wish in wishes):
        text = repeated["part"]
    return _CLOSES.sub("", _OPENS.sub("", text))


def _counterparts(part: str, text: str, run: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """The stretches of a run of words that may be replaced: start, end, and how like the part each is."""
    first, last = run[0][0], run[-1][1]
    for start, end in run:
        yield first, end, 2 * _common(part[::-1], text[first:end][::-1])
        beginning = _common(part, text[start:last])
        yield start, last, beginning if beginning > 1 else 0


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with in common; part of a number counts nothing."""
    shared = one[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))]
    cut = shared.rstrip("0123456789.")
    rest = (one[len(shared) :] + " ")[0] + (other[len(shared) :] + " ")[0]
    return len(cut) if any(char.isdecimal() for char in rest) else len(shared)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """The places of the words that stand side by side and may be one name; a date is one by itself."""
    last = 0
    for date in _DATE.finditer(text):
        yield from _names(text, last, date.start())
        yield [date.span()]
        last = date.end()
    yield from _names(text, last, len(text))


def _names(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    words = []
    for word in segments(text[start:end]):
        start = text.find(word, start)
        words.append((start, start + len(word), _kind(word)))
        start += len(word)
    run: list[tuple[int, int]] = []
    for place, (begin, close, kind) in enumerate(words):
        before = place > 0 and words[place - 1][1] == begin
        after = place + 1 < len(words) and words[place + 1][0] == close and words[place + 1][2] != ""
        inside = kind == "verb" and after and (bool(run) or not before)
        if run and not (before and (kind == "name" or inside)):
            yield run
            run = []
        if kind == "name" or inside:
            run.append((begin, close))
    if run:
        yield run


def _kind(word: str) -> str:
    """What a word may be in a name: "name", "verb" between others, or "" for nothing."""
    tag = part_of_speech(word)[0]
    if _ASKS.search(word):
        return ""
    if word in _LINKS or not tag or tag == "vn" or tag.startswith(_NAMING):
        return "name"
    return "verb" if tag.startswith("v") and len(word) > 1 else ""
