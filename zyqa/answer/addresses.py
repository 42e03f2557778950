"""The clause address that a question names."""

from __future__ import annotations

import re

from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Span

_ADDRESS = re.compile(
    rf"(?:第\s*(?P<part>{HAN_NUMERAL}|\d{{1,2}})\s*(?:大)?部分|(?P<first>{HAN_NUMERAL})\s*[、.]?(?=\s*\())"
    rf"\s*[,、的里中]?\s*(?:(?:第\s*)?\(?(?P<second>{HAN_NUMERAL}|\d{{1,2}})\)?\s*(?:项|款|条|点)?)?"
    rf"\s*[,、的里中]?\s*(?:(?:第\s*)?\(?(?P<third>{HAN_NUMERAL}|\d{{1,2}})\)?\s*(?:项|款|条|点|小项|小点|目)?)?"
)
_DOTTED = re.compile(r"(?<![\da-z./])(?:a\d+/)?\d{1,3}(?:\.\d{1,3}){1,4}(?:~\d)?(?![\d.%]|个|亿|万|倍|米|元)")
_ARTICLE = re.compile(
    rf"第\s*(?P<article>{HAN_NUMERAL}|\d{{1,4}})\s*条(?:之(?P<bis>{HAN_NUMERAL}))?(?:\s*第?\s*\(?(?P<item>{HAN_NUMERAL}|\d{{1,2}})\)?\s*[项款])?"
)
_BARE_SECOND = re.compile(rf"(?<![、.\w])\((?P<second>{HAN_NUMERAL})\)\s*(?:的)?(?:第)?(?P<third>\d{{1,2}})?")


def find_address(text: str) -> tuple[str | None, Span | None]:
    """The clause path a folded question names, in any writing (一(四)3, 第一部分第四项第3点, 1.4.3, 第十二条)."""
    for pattern, path in ((_ADDRESS, _nested), (_DOTTED, re.Match.group), (_ARTICLE, _article), (_BARE_SECOND, _bare)):
        if found := pattern.search(text):
            return path(found), Span(found.start(), found.end())
    return None, None


def _nested(found: re.Match[str]) -> str:
    steps = (found["part"] or found["first"], found["second"], found["third"])
    return ".".join(str(number(step)) for step in steps if step)


def _article(found: re.Match[str]) -> str:
    bis = f"-{number(found['bis'])}" if found["bis"] else ""
    item = f".{number(found['item'])}" if found["item"] else ""
    return f"{number(found['article'])}{bis}{item}"


def _bare(found: re.Match[str]) -> str:
    return str(number(found["second"])) + (f".{found['third']}" if found["third"] else "")
