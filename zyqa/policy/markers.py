"""Where a heading's number may stand: candidates for :mod:`zyqa.policy.outline`, which decides.

The scan runs over folded text (half-width, simplified), so one spelling of each mark is enough here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from zyqa.text import number
from zyqa.types import Style

_HAN = "[一二三四五六七八九十百千零〇]"
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
    sub: bool = False  # 分编, below 编

    @property
    def decimal(self) -> bool:
        """Whether this is a number of several levels, ``2.1.3``."""
        return self.style is Style.ARABIC and len(self.numbers) > 1

    @property
    def level(self) -> int:
        """The rank of the style, outermost smallest; each further place of a decimal number lies one deeper."""
        return _LEVELS[self.style] + (len(self.numbers) - 1 if self.decimal else self.sub)


_LEVELS = {style: 10 * place for place, style in enumerate(Style)}
_TOO_MANY = 10_000  # no count of clauses reaches this
_UNITS = "%‰℃万亿元米吨年月日个倍号公千度平立次人户项家名株亩条小时分秒升辆台套岁"
_KINDS: tuple[tuple[str, str, Style], ...] = (
    (
        "attachment",
        rf"附(?: ?[件录表])?[^\S\n]*(?:{_HAN}+|[0-9]{{1,2}}(?![0-9年月日个项]))?(?=[\s:.、]|$)",
        Style.ATTACHMENT,
    ),
    ("part", rf"第\s*{_ORDINAL}\s*分?编(?![制写排])", Style.PART),
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
    (
        "arabic",
        r"[0-9]{1,3}\s?(?:、(?!\s?[0-9]{1,3}[、和至月日])|\.(?![0-9]{1,3}(?![0-9]|[年月日]))\s?)|[⒈-⒛]",
        Style.ARABIC,
    ),
    ("arabic_paren", r"\(\s?[0-9]{1,3}\s?\)[、.]?|(?<![0-9])[0-9]{1,2}\)|[⑴-⒇]", Style.ARABIC_PAREN),
    ("circled", "[①-⑳]", Style.CIRCLED),
)
_STYLES = {name: style for name, _, style in _KINDS}
_SCAN = re.compile(
    r"(?:^|(?<=[\s。;:!?…)\]]))(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _KINDS) + ")", re.M
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


def find_candidates(folded: str) -> list[Candidate]:
    """All candidates of a folded text in order, but those of a table of contents and of table cells."""
    found = []
    for match in _SCAN.finditer(folded):
        style = _STYLES[match.lastgroup or ""]
        start, end = match.span()
        numbers = _numbers(match.group())
        if not all(0 < value < _TOO_MANY for value in numbers) or (not numbers and style is not Style.ATTACHMENT):
            continue
        boundary = _boundary(folded, start)
        if boundary is Boundary.BLANK and folded.startswith("|", folded.rfind("\n", 0, start) + 1):
            continue
        found.append(Candidate(style, numbers, start, end, boundary, style is Style.PART and "分编" in match.group()))
    if sum(candidate.decimal for candidate in found) >= 3:
        found = sorted([*found, *_bare(folded)], key=lambda candidate: candidate.start)
    return _without_contents(folded, found)


# ---------------------------------------------------------------- numbers without a mark, contents, tables

_BARE = re.compile(
    r"(?:^|(?<=\s))(?P<n>[0-9]{1,2})[^\S\n]*(?=[㐀-鿿][㐀-鿿、 ]{1,20}(?:$|\s+(?P=n)\.1(?![0-9])))", re.M
)
_CONTENTS = re.compile(r"(?:^|(?<=\s))目\s*[录次](?=\s)", re.M)
_COLUMNS = (
    "序号 编号 指标 任务 事项 单位 部门 内容 措施 备注 时限 时间 范围 说明 名称 类别 目标 标准 联系人 电话 坐标 项目 "
    "性质 举措"
)
_COLUMN = "|".join(r"\s?".join(column) for column in _COLUMNS.split())
_TABLE_HEAD = re.compile(
    rf"^(?:(?!第|[一二三四五六七八九十]+、)[^\n。;:,|]{{0,6}}(?:{_COLUMN})[^\n。;:,|]{{0,4}}\n){{3,}}", re.M
)
_TABLE_END = re.compile(r"^注\s?:", re.M)


def _bare(folded: str) -> Iterator[Candidate]:
    """The first level of decimal numbering, ``1 总则`` above ``1.1``."""
    for match in _BARE.finditer(folded):
        boundary = _boundary(folded, match.start())
        if boundary is Boundary.LINE or match.group("n"):
            yield Candidate(Style.ARABIC, (int(match["n"]),), match.start(), match.end(), boundary)


def _without_contents(folded: str, candidates: list[Candidate]) -> list[Candidate]:
    """Drops the entries of a table of contents: from 目录 to where its first entry occurs again."""
    contents = _CONTENTS.search(folded)
    if not contents:
        return candidates
    first = next((place for place, found in enumerate(candidates) if found.start >= contents.end()), None)
    if first is None or candidates[first].start - contents.end() > 80:
        return candidates
    entry = candidates[first]
    title = "".join(folded[entry.end : entry.end + 40].split())[:3]
    for place in range(first + 1, len(candidates)):
        other = candidates[place]
        same = (other.style, other.numbers) == (entry.style, entry.numbers)
        if same and "".join(folded[other.end : other.end + 40].split())[:3] == title:
            return candidates[:first] + candidates[place:]
    return candidates


def find_tables(folded: str) -> list[tuple[int, int]]:
    """Where a table stands cut into one cell per line: from the names of its columns to its notes or to the end."""
    found: list[tuple[int, int]] = []
    for head in _TABLE_HEAD.finditer(folded):
        if found and head.start() < found[-1][1]:
            continue
        end = _TABLE_END.search(folded, head.end())
        found.append((head.start(), end.start() if end else len(folded)))
    return found
