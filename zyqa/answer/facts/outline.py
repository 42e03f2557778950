"""Parts of a document: clauses by address, lists of items, the whole outline, and what the document is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts.cited import named
from zyqa.answer.facts.prose import clause_text
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.text import fold
from zyqa.types import Clause, Span

_ISSUED = re.compile(r"时间|日期|哪年|哪一年|何时|什么时候|啥时候|几月|几号|哪一?天|落款|成文")
_NUMBERED = re.compile(r"文号|编号|几号文|哪号|字号")
_ISSUER = re.compile(r"谁|机关|哪个(?:单位|部门)|哪里(?:发|印)")
_SENT_TO = re.compile(r"主送|发给|抄送|印发给")
_DATE_LINE = re.compile(
    r"^\s*(?:[一二]\s*[〇○零九]\s*[〇○零一二三四五六七八九]{2}\s*年.{1,8}[日号]|20\d\d年\d{1,2}月\d{1,2}日)\s*$",
    re.MULTILINE,
)
_NAMED = re.compile(r"全称|标题|全名|题目|名称|叫什么|什么文件")
_PERIOD_SHOWN = 40
_ENOUGH = 0.6


def at_address(asked: Asked, desk: Desk) -> Outcome:
    """What the clause at an address says."""
    found = desk.clause(asked.address or "")
    if not found:
        return Refusal(
            f"{subject(desk)}没有第{asked.address}条这一处。"
            if "." not in (asked.address or "")
            else f"{subject(desk)}没有{asked.address}这一条。"
        )
    if len(found) > 1:
        lines = tuple(line for folio, clause in found[:4] for line in clause_text(asked, desk, folio, clause).lines[:2])
        return Draft(lines, confidence=0.6)
    return clause_text(asked, desk, *found[0])


def named_heading(text: str, desk: Desk) -> tuple[Folio, Clause] | None:
    """The clause with the longest heading that stands in the question as it is."""
    found = [
        (len(head), folio, clause)
        for folio in desk.originals or desk.folios
        for clause in folio.clauses
        if len(head := fold(re.sub(r"[(（].*$", "", clause.heading))) >= 3 and head in text
    ]
    if not found:
        return None
    _, folio, clause = max(found, key=lambda item: item[0])
    return folio, clause


def parts(asked: Asked, desk: Desk) -> Outcome:
    """The items under the heading that the question names; without one, the parts of the document."""
    place = (
        desk.clause(asked.address)[0]
        if asked.address and desk.clause(asked.address)
        else named_heading(asked.text, desk)
    )
    if place is None and asked.topic.strong:
        best = [
            match
            for match in desk.find(asked.topic)
            if match.folio.children.get(match.clause.id)
            and asked.topic.coverage(match.folio.heads[match.clause.id]) >= _ENOUGH
        ]
        place = (best[0].folio, best[0].clause) if best else None
        if place is None:
            return None
    if place:
        folio, clause = place
        if asked.topic.strong and asked.topic.coverage(folio.heads[clause.id]) < _ENOUGH:
            return None
        children = folio.children.get(clause.id, [])
        return Draft(tuple(_listed(asked, desk, folio, children))) if children else None
    folios = desk.originals or list(desk.folios)
    if asked.intent is not Intent.OUTLINE or asked.units or len(folios) != 1:
        return None
    folio = folios[0]
    top = [clause for clause in folio.children[None] if clause.marker]
    return Draft(tuple(_listed(asked, desk, folio, top))) if top else None


def _listed(asked: Asked, desk: Desk, folio: Folio, clauses: list[Clause]) -> Iterable[Line]:
    lines = []
    for clause in clauses:
        head = folio.heading_span(clause)
        if head.start == head.end:
            body = folio.body_span(clause)
            head = Span(body.start, min(body.end, body.start + _PERIOD_SHOWN))
        heading = clause.heading or desk.heading(folio, clause)
        text = say(asked.language, "item.plain", label=desk.label(folio, clause), heading=f" {heading}")
        lines.append(Line(text, (Quote(folio, clause, head),)))
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return [Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines]


# ------------------------------------------------------------ the document itself


def about(asked: Asked, desk: Desk) -> Outcome:
    """Title, number, issuer, date and addressees of the document."""
    folios = desk.originals or list(desk.folios)
    if len(folios) != 1 or asked.intent is not Intent.ABOUT or (asked.topic.strong and named(asked, desk)):
        return None
    folio = folios[0]
    document = folio.document
    if asked.has(_SENT_TO):
        return _addressees(folio)
    if asked.has(_ISSUED) and document.issued and (line := _DATE_LINE.search(folio.text)):
        year, month, day = (int(part) for part in [*document.issued.split("-"), "1", "1"][:3])
        span = _stripped(folio, line.start(), line.end())
        return Draft(
            (Line(say(asked.language, "issued", year=year, month=month, day=day), (desk.quote(folio, span),)),)
        )
    if asked.has(_NUMBERED) and document.number and (place := _find(folio, document.number)):
        return Draft((Line(say(asked.language, "number", number=document.number), (desk.quote(folio, place),)),))
    if asked.has(_ISSUER) and document.issuers:
        quotes = [desk.quote(folio, place) for issuer in document.issuers if (place := _find(folio, issuer))]
        quotes = quotes or [desk.quote(folio, place) for place in (_find(folio, document.number or ""),) if place]
        if quotes:
            return Draft((Line(say(asked.language, "issuer", issuer="、".join(document.issuers)), tuple(quotes)),))
    if asked.has(_NAMED) and (place := _find(folio, document.title)):
        name = f"《{document.title}》" + (f"({document.number})" if document.number else "")
        quotes = [desk.quote(folio, place)]
        if document.number and (where := _find(folio, document.number)):
            quotes.append(desk.quote(folio, where))
        return Draft((Line(f"{name}。", tuple(quotes)),))
    return None


def _addressees(folio: Folio) -> Outcome:
    for line in re.finditer(r"^[^\n。]{4,80}[:：]\s*$", folio.text[:1500], re.MULTILINE):
        span = _stripped(folio, line.start(), line.end())
        return Draft(
            (Line(f"主送:{span.cut(folio.text).rstrip(':：')}。", (Quote(folio, folio.clause_at(span.start), span),)),)
        )
    return None


def _find(folio: Folio, words: str) -> Span | None:
    place = folio.folded.find(fold(words)) if words else -1
    return Span(place, place + len(words)) if place >= 0 else None


def _stripped(folio: Folio, start: int, end: int) -> Span:
    while start < end and folio.text[start].isspace():
        start += 1
    while end > start and folio.text[end - 1].isspace():
        end -= 1
    return Span(start, end)
