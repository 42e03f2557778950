"""The clause addresses that a question names.

A path is absolute (``1.4.3``, ``12-1``, ``c2``, ``a1/3``) or, where the question names no part or article to start
from, relative: ``*.8`` is an eighth item, ``*.-1`` a last one, ``*(5)`` one whose number stands in brackets.
:mod:`zyqa.answer.facts.places` finds the clauses that a path means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Span

ANY, LAST, PREFACE = "*", "-1", "0"
_N = rf"(?:{HAN_NUMERAL}|\d{{1,3}})"
_ITEM = r"(?:[大小]?[项款条点目]|个?(?:方面|措施|要点|任务|行业|产业)|个(?:阶段|步骤|环节|项目))"
_JOIN = r"\s*[,、.的里中下之面]*\s*"
_ASKED = (
    r"(?=\s*(?:说|讲|写|谈|提|是|主要|里|中|的?内容|谁|由|叫|这|那|$))"  # of an address written in a way of its own
)
_IN = r"(?:(?<![、.\w])|(?<=[的里中和与跟及务施骤分案件]))"  # what a number in brackets may follow
_GAP = compiled(_JOIN)
_HEAD = compiled(
    rf"附件\s*(?P<attachment>{_N})"
    rf"|第\s*(?P<chapter>{_N})\s*章(?:{_JOIN}第\s*(?P<section>{_N})\s*节)?"
    rf"|第\s*(?P<article>{_N})\s*条(?!(?:措施|任务))(?:之(?P<bis>{HAN_NUMERAL}))?"
    rf"|第\s*(?P<part>{_N})\s*(?:大)?部分|(?:^|(?<=[^㐀-鿿]))(?P<own>{HAN_NUMERAL})、(?=里|中|的|讲|说|是|下)"
    rf"|(?:^|(?<=[^㐀-鿿第、]))(?P<pair>{HAN_NUMERAL}、{HAN_NUMERAL}){_ASKED}"
    rf"|(?<![第\d])(?P<spoken>{_N}部分{_N}[项条](?:里|的|下)?(?:第?{_N}小?[点项条])?){_ASKED}"
    rf"|(?<![\d.-])(?P<dashed>\d{{1,2}}(?:-\d{{1,2}}){{1,3}}){_ASKED}"
    rf"|(?P<preface>前言|引言|序言|导语|开头(?:那)?(?:一)?段话?){_ASKED}"
    rf"|(?P<first>{HAN_NUMERAL})\s*[、.的之]?(?=\s*\((?:{HAN_NUMERAL}|\d{{1,2}})\))"
    r"|(?<![\da-z./])(?P<dotted>(?:a\d+/)?\d{1,3}(?:\.\d{1,3}){1,4}(?:~\d)?)(?![\d.%]|个|亿|万|倍|米|元)"
    rf"|(?=第\s*\(?{_N}\)?\s*{_ITEM}|{_IN}\({HAN_NUMERAL}\)|(?P<end>最后|倒数第))"
)
_STEP = compiled(
    rf"{_JOIN}(?:第?\s*\((?P<bracket>{_N})\)\s*(?:{_ITEM})?|第\s*(?P<ordinal>{_N})\s*{_ITEM}"
    rf"|(?<=[)\s的第之.、])(?P<digit>\d{{1,2}})(?!\d|\.\d|[%个家户种年月]|\s*项(?:任务|指标))\s*[点项款条目]?"
    rf"|最后(?:那|的)?一?个?(?P<last>{_ITEM}|部分)|倒数第(?P<back>{_N})\s*个?(?:{_ITEM}|部分))"
)
_MORE = compiled(r"(?<=\d)\s*[、和与跟及]\s*(?P<digit>\d{1,2})(?![\d.]|[%个家户种年月项条]|\()")
_NUMERALS = compiled(rf"{HAN_NUMERAL}|\d+")
_ALSO = compiled(r"\s*[,、和与跟及]\s*(?=第|\()")


@dataclass(frozen=True, slots=True)
class Named:
    """A path and where it stands in the question."""

    path: str
    span: Span

    @property
    def relative(self) -> bool:
        return self.path.startswith(ANY)


def find_addresses(text: str) -> tuple[Named, ...]:
    """The clause paths a folded question names, in any writing (一(四)3, 第一部分第四项第3点, 1.4.3, 第十二条)."""
    return tuple(_addresses(text))


def find_address(text: str) -> tuple[str | None, Span | None]:
    """The first path of a folded text, or None twice."""
    return next(((one.path, one.span) for one in _addresses(text)), (None, None))


def _addresses(text: str) -> Iterator[Named]:
    place, parent = 0, None
    while head := _HEAD.search(text, place):
        path, end = _followed(text, _begun(head), head.end())
        if path == ANY or not path:
            place = head.end() + 1
            continue
        also = _ALSO.match(text, place)
        if parent and path.startswith(ANY) and also and also.end() == head.start():
            above = parent.partition(".")[0] if path.startswith(f"{ANY}(") and "." in parent else parent
            path = f"{above}{path[len(ANY) :]}".replace("(", ".").replace(")", "")
        yield Named(path, Span(head.start(), end))
        parent, place = path.rpartition(".")[0], end
        while parent and (more := _MORE.match(text, place)):
            yield Named(f"{parent}.{more['digit']}", Span(more.start("digit"), more.end()))
            place = more.end()


def _begun(head: re.Match[str]) -> str:
    if head["attachment"]:
        return f"a{number(head['attachment'])}/"
    if head["chapter"]:
        return f"c{number(head['chapter'])}" + (f".s{number(head['section'])}" if head["section"] else "")
    if head["article"]:
        return f"{number(head['article'])}" + (f"-{number(head['bis'])}" if head["bis"] else "")
    if several := head["pair"] or head["spoken"] or head["dashed"]:
        return ".".join(str(number(one)) for one in _NUMERALS.findall(several))
    if head["preface"]:
        return PREFACE
    if part := head["part"] or head["own"] or head["first"]:
        return str(number(part))
    return head["dotted"] or ANY


def _followed(text: str, path: str, end: int) -> tuple[str, int]:
    """The path with the steps that follow, and where they end."""
    if path.startswith("c") or path.endswith("/"):
        gap = _GAP.match(text, end)
        article = _HEAD.match(text, gap.end() if gap else end)
        if article and (article["article"] or article["part"] or article["first"]):
            path = (path if path.endswith("/") else "") + _begun(article)
            end = article.end()
    while step := _STEP.match(text, end):
        listed = text[end] in ",、" and (
            step.group().endswith(text[end - 1]) or (step["digit"] and text[end - 1].isdigit())
        )
        if listed:  # 一(七)2、3
            break
        if step["last"] or step["back"]:
            path += f".-{number(step['back']) if step['back'] else 1}"
        elif path == ANY and step["bracket"]:
            path += f"({number(step['bracket'])})"
        else:
            path += f".{number(step['bracket'] or step['ordinal'] or step['digit'])}"
        end = step.end()
    return path.replace("/.", "/"), end
