"""Where a heading's number may stand: candidates for :mod:`zyqa.policy.outline`, which decides.

The scan runs over folded text (half-width, simplified), so one spelling of each mark is enough here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from zyqa.text import number
from zyqa.types import Style

_HAN = "[一二三四五六七八九十百零〇]"
_ORDINAL = f"(?:{_HAN}+|[0-9]{{1,4}})"


class Boundary(IntEnum):
    """What stands before a candidate, weakest first."""

    SENTENCE = 1  # a sentence's end, without a blank
    BLANK = 2
    LINE = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may head a clause. ``numbers``: ``(4,)``; ``(12, 1)`` for 第十二条之一 and for ``12.1``."""

    style: Style
    numbers: tuple[int, ...]
    start: int
    end: int
    boundary: Boundary

    @property
    def decimal(self) -> bool:
        """Whether this is a number of several levels, ``2.1.3``."""
        return self.style is Style.ARABIC and len(self.numbers) > 1

    @property
    def level(self) -> int:
        """The rank of the style, outermost smallest; each further place of a decimal number lies one deeper."""
        return _LEVELS[self.style] + len(self.numbers) - 1 if self.decimal else _LEVELS[self.style]


_LEVELS = {style: 10 * place for place, style in enumerate(Style)}
_UNITS = "%‰℃万亿元米吨年月日个倍号公千度平立次人户项家名株亩条小时分秒升辆台套岁"
_KINDS: tuple[tuple[str, str, Style], ...] = (
    (
        "attachment",
        rf"附(?: ?[件录表])?[^\S\n]*(?:{_HAN}+|[0-9]{{1,2}}(?![0-9年月日个项]))?(?=[\s:.、]|$)",
        Style.ATTACHMENT,
    ),
    ("part", rf"第\s*{_ORDINAL}\s*(?:编|分编)(?![制写排])", Style.PART),
    ("chapter", rf"第\s*{_ORDINAL}\s*章(?!第)", Style.CHAPTER),
    ("section", rf"第\s*{_ORDINAL}\s*节(?!第)", Style.SECTION),
    ("article", rf"第\s*{_ORDINAL}\s*条(?:之{_HAN}+)?", Style.ARTICLE),
    ("han", rf"{_HAN}{{1,4}}\s?[、.．](?!{_HAN}+(?:[、类级批期线产档型组区者次]|季度|等))", Style.HAN),
    ("han_paren", rf"\(\s?{_HAN}{{1,4}}\s?\)[、.]?|[㈠-㈩]", Style.HAN_PAREN),
    (
        "decimal",
        rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,4}}[.、]?(?=\s*[㐀-鿿《“\"])(?!\s?[{_UNITS}])",
        Style.ARABIC,
    ),
    ("arabic", r"[0-9]{1,3}\s?(?:、|\.(?![0-9]{1,3}(?![0-9]|[年月日]))\s?)|[⒈-⒛]", Style.ARABIC),
    ("arabic_paren", r"\(\s?[0-9]{1,3}\s?\)[、.]?|(?<![0-9])[0-9]{1,2}\)|[⑴-⒇]", Style.ARABIC_PAREN),
    ("circled", "[①-⑳]", Style.CIRCLED),
)
_STYLES = {name: style for name, _, style in _KINDS}
_SCAN = re.compile(
    r"(?:^|(?<=[\s。;:!?…]))(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _KINDS) + ")", re.M
)
_NUMERAL = re.compile(rf"{_HAN}+|[0-9]+")
_ENCLOSED = {"㈠": 0x3220, "⒈": 0x2488, "⑴": 0x2474, "①": 0x2460}


def _enclosed(mark: str) -> int | None:
    """The value of a mark that is one character: ㈠ ⒈ ⑴ ①."""
    for first in sorted(_ENCLOSED.values(), reverse=True):
        if len(mark) == 1 and first <= ord(mark) < first + 20:
            return ord(mark) - first + 1
    return None


def _numbers(mark: str) -> tuple[int, ...]:
    if (value := _enclosed(mark)) is not None:
        return (value,)
    return tuple(value for numeral in _NUMERAL.findall(mark) if (value := number(numeral)) is not None)


def _boundary(text: str, start: int) -> Boundary:
    place = start - 1
    if place >= 0 and text[place] not in " \n\r\f\v\x85\u2028\u2029":
        return Boundary.SENTENCE
    while place >= 0 and text[place] == " ":
        place -= 1
    return Boundary.LINE if place < 0 or text[place] in "\n\r\f\v\x85\u2028\u2029" else Boundary.BLANK


def find_candidates(folded: str, accept: Callable[[Candidate], bool] = lambda _: True) -> list[Candidate]:
    """All candidates of a folded text, in order, that ``accept`` lets pass."""
    found = []
    for match in _SCAN.finditer(folded):
        style = _STYLES[match.lastgroup or ""]
        start, end = match.span()
        numbers = _numbers(match.group())
        if not numbers and style is not Style.ATTACHMENT:
            continue
        candidate = Candidate(style, numbers, start, end, _boundary(folded, start))
        if accept(candidate):
            found.append(candidate)
    return found
