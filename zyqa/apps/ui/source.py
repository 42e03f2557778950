"""The source panel: a whole document with the cited clause in view and the quoted words marked. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zyqa.apps.ui.markup import kind_badge, notice, plain, status_badge, tag
from zyqa.study.messages import Messages
from zyqa.types import Citation, Clause, Document, Kind, Span, Status, address


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an answer's citations a citation stands: the ``index``-th (from 0) of ``total`` of a ``turn``."""

    turn: int
    index: int
    total: int

    def anchor(self, step: int = 0) -> str:
        return f"#cite/{self.turn}/{(self.index + step) % self.total}"


def panel(document: Document, clause: Clause, words: Messages, citation: Citation | None, place: Place | None) -> str:
    """The panel's HTML, opened at ``clause``; with a citation, its quote is marked and can be copied."""
    numbered = enumerate(document.clauses)
    parts = [
        _head(document, words),
        _tools(document, clause, words, citation, place),
        _outline(document, words),
        tag("div", "".join(_clause(n, document, one, clause, citation) for n, one in numbered), "zy-text"),
    ]
    title = words("source.label", title=document.title)
    return tag("article", "".join(parts), "zy-source", tabindex="-1", aria_label=title)


def _head(document: Document, words: Messages) -> str:
    facts = [document.number or "", "、".join(document.issuers), document.issued or ""]
    badges = kind_badge(document.kind, words)
    if document.validity.status is not Status.UNKNOWN:
        badges += status_badge(document.validity.status, words)
    close = tag("button", "✕", "zy-close", data_close="", aria_label=words("source.close"), type="button")
    lines = [
        tag("div", tag("h2", plain(document.title)) + close, "zy-title"),
        tag("p", badges + plain(" · ".join(fact for fact in facts if fact)), "zy-facts"),
    ]
    if document.kind is Kind.DIGEST:
        lines.append(notice(words("source.digest"), "warn"))
    if document.validity.replaced_by:
        lines.append(notice(words("source.replaced", by=document.validity.replaced_by), "warn"))
    return tag("header", "".join(lines))


def _tools(document: Document, clause: Clause, words: Messages, citation: Citation | None, place: Place | None) -> str:
    where = tag("strong", plain(clause.label or words("source.preamble")))
    tools = [tag("span", where + " " + plain(clause.heading), "zy-where")]
    if place and place.total > 1:
        tools.append(tag("a", "‹", "zy-tool", href=place.anchor(-1), aria_label=words("source.previous")))
        tools.append(tag("span", f"{place.index + 1} / {place.total}", "zy-count"))
        tools.append(tag("a", "›", "zy-tool", href=place.anchor(1), aria_label=words("source.next")))
    tools.append(_copy(address(document.id, clause.id), words("source.copy_address")))
    if citation:
        tools.append(_copy(citation.official, words("source.copy_citation")))
    return tag("div", "".join(tools), "zy-tools")


def _copy(text: str, label: str) -> str:
    return tag("button", plain(label), "zy-tool", data_copy=text, type="button")


def _outline(document: Document, words: Messages) -> str:
    parents = {clause.id: clause.parent_id for clause in document.clauses}
    entries = [
        tag(
            "a", plain(f"{clause.label}  {clause.heading}"), f"zy-depth-{depth(clause.id, parents)}", href=f"#in/zy-{n}"
        )
        for n, clause in enumerate(document.clauses)
        if clause.label
    ]
    if len(entries) < 2:
        return ""
    summary = tag("summary", plain(words("source.outline", n=len(entries))))
    return tag("details", summary + tag("nav", "".join(entries)), "zy-outline")


def depth(clause_id: str, parents: dict[str, str | None]) -> int:
    """How many ancestors a clause has, at most 4."""
    steps, parent = 0, parents.get(clause_id)
    while parent is not None and steps < 4:
        steps, parent = steps + 1, parents.get(parent)
    return steps


def _clause(number: int, document: Document, clause: Clause, cited: Clause, citation: Citation | None) -> str:
    body = _body(document.text, clause, citation.span if citation else None)
    return tag("section", body, "zy-clause zy-cited" if clause.id == cited.id else "zy-clause", id=f"zy-{number}")


def _body(text: str, clause: Clause, quote: Span | None) -> str:
    own = clause.span
    found = text.find(clause.heading, own.start, own.end) if clause.heading else -1
    lead = found + len(clause.heading) if 0 <= found - own.start < 20 else own.start
    pieces = [_marked(text, Span(own.start, lead), quote), _marked(text, Span(lead, own.end), quote)]
    return (tag("b", pieces[0]) if pieces[0] else "") + pieces[1]


def _marked(text: str, span: Span, quote: Span | None) -> str:
    """``span`` as HTML, its part inside ``quote`` marked."""
    if quote is None or quote.end <= span.start or span.end <= quote.start:
        return plain(span.cut(text))
    start, end = max(span.start, quote.start), min(span.end, quote.end)
    return plain(text[span.start : start]) + tag("mark", plain(text[start:end])) + plain(text[end : span.end])
