"""Answers, hits, documents and tables as JSON, plain text and Markdown. Pure; nothing quoted is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from html import escape
from typing import Any
from unicodedata import east_asian_width

from zyqa.search.records import DocumentInfo
from zyqa.study.export import Heading, Paragraph, Report, Table
from zyqa.study.ledger import Edge, Node, Where
from zyqa.types import Answer, Citation, Clause, Document, Hit, Kind, Span, address

Json = dict[str, Any]
_CELL = 40  # characters of a cell on the terminal
_CHINESE = {"note": "注：", "nearest": "最接近的条款："}
_ENGLISH = {"note": "Note: ", "nearest": "The nearest clauses:"}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKDOWN = re.compile(r"([\\`*_~$])")
_LINK = re.compile(r"\](?=[(:])")  # not by a backslash: chat pages take \[ and \( for formulas
_LINE_START = re.compile(r"^(\s*)(?:(\d+)([.)])(?=\s)|([-+=#|]))", re.MULTILINE)


# ---------------------------------------------------------------- JSON


def answer_json(answer: Answer) -> Json:
    """The contract of ``ask --json``."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "confidence": round(answer.confidence, 4),
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [hit_json(hit) for hit in answer.nearest],
        "notes": list(answer.notes),
        "elapsed_ms": round(answer.elapsed, 2),
    }


def citation_json(citation: Citation) -> Json:
    """``start`` and ``end`` are offsets into the document's text: ``text[start:end] == quote``."""
    return {
        "document": citation.doc_id,
        "title": citation.title,
        "clause": citation.clause_id,
        "label": citation.label,
        "heading": citation.heading,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def hit_json(hit: Hit) -> Json:
    return {"document": hit.doc_id, "clause": hit.clause_id, "label": hit.label, "score": round(hit.score, 6)}


def hits_json(hits: Iterable[Hit]) -> Json:
    """The contract of ``search --json``."""
    return {"hits": [hit_json(hit) for hit in hits]}


# ---------------------------------------------------------------- plain text


def plain(text: str) -> str:
    """The text without control characters, which a terminal would obey."""
    return _CONTROL.sub("", text)


def answer_plain(answer: Answer, nearest: Sequence[str] = ()) -> str:
    """The answer, its citations by document with the quoted words, the notes; for a refusal the nearest clauses.

    ``nearest``: what people call the clauses of ``answer.nearest``, where that is more than their labels.
    """
    words = _CHINESE if _HAN.search(answer.question) else _ENGLISH
    lines = [answer.marked_text, *_reason(answer)]
    works = dict.fromkeys(citation.work for citation in answer.citations)
    for work in works:
        lines.append(f"  {work}")
        for number, citation in enumerate(answer.citations, 1):
            if citation.work == work:
                place = f"{citation.label} {citation.heading}".strip()
                lines.append(f"    [{number}] {place}：“{_inline(citation.quote)}”")
    lines += [f"  {words['note']}{note}" for note in answer.notes]
    if answer.refused and answer.nearest:
        named = zip(nearest or [hit.label for hit in answer.nearest], answer.nearest, strict=True)
        lines += [f"  {words['nearest']}", *(f"    {place}  [{_address(hit)}]" for place, hit in named)]
    return plain("\n".join(lines))


def hits_plain(hits: Iterable[Hit], names: Iterable[str]) -> str:
    """One line for each hit: rank, score, what people call it, address, its ranks in the searches that found it."""
    lines = []
    for rank, (hit, name) in enumerate(zip(hits, names, strict=True), 1):
        ranks = " ".join(f"{search}:{place}" for search, place in hit.ranks)
        lines.append(f"{rank:>3}  {hit.score:8.4f}  {name}  [{_address(hit)}]" + (f"  ({ranks})" if ranks else ""))
    return plain("\n".join(lines))


def _address(hit: Hit) -> str:
    return address(hit.doc_id, hit.clause_id)


def _nearest(hit: Hit) -> str:
    return f"{hit.label}  {_address(hit)}".lstrip()


def _reason(answer: Answer) -> list[str]:
    return [answer.reason] if answer.refused and answer.reason and answer.reason not in answer.text else []


def _inline(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- Markdown


def markdown(text: str) -> str:
    """The text as Markdown that shows it letter for letter: neither HTML nor Markdown in it takes effect."""
    escaped = _LINK.sub("&#93;", escape(_MARKDOWN.sub(r"\\\1", plain(text)), quote=False))
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[1]}\\{m[4]}", escaped)


def answer_markdown(answer: Answer) -> str:
    """The answer with numbered citations, each with the quoted words, and the notes."""
    blocks = [_breaks(answer.marked_text), *map(_breaks, _reason(answer))]
    blocks += [citation_markdown(number, citation) for number, citation in enumerate(answer.citations, 1)]
    blocks += [f"*{markdown(_inline(note))}*" for note in answer.notes]
    if answer.refused and answer.nearest:
        blocks.append("\n".join(f"- {markdown(_nearest(hit))}" for hit in answer.nearest))
    return "\n\n".join(blocks)


def citation_markdown(number: int, citation: Citation) -> str:
    """``[1] 《…》一、(四)3 heading: “quote”`` as a quotation."""
    heading = f" {citation.heading}" if citation.heading else ""
    return f"> {markdown(f'[{number}] {citation.source}{heading}：“{_inline(citation.quote)}”')}"


def _breaks(text: str) -> str:
    return "  \n".join(map(markdown, text.splitlines()))


# ---------------------------------------------------------------- the library


def info_json(info: DocumentInfo) -> Json:
    """A document of the library, without its text."""
    return {
        "id": info.id,
        "title": info.title,
        "number": info.number,
        "issuers": list(info.issuers),
        "issued": info.issued,
        "status": info.validity.status.value,
        "kind": info.kind.value,
        "clauses": info.clauses,
        "duties": info.duties,
        "targets": info.targets,
        "references": info.references,
    }


def info_plain(info: DocumentInfo) -> str:
    """Two lines: what it is, and where it stands."""
    facts = [info.issued or "日期不详", *info.issuers, "摘要" if info.kind is Kind.DIGEST else "原文"]
    counts = f"条款{info.clauses} 责任{info.duties} 指标{info.targets} 引用{info.references}"
    return plain(f"{info.id}  《{info.title}》\n    {' · '.join(facts)} · {counts}")


def clause_json(document: Document, clause: Clause) -> Json:
    """A clause with its own text and its place in the tree."""
    return {
        "document": document.id,
        "title": document.title,
        "clause": clause.id,
        "label": clause.label,
        "heading": clause.heading,
        "text": clause.span.cut(document.text),
        "start": clause.span.start,
        "end": clause.span.end,
        "parent": clause.parent_id,
        "children": [child.id for child in document.clauses if child.parent_id == clause.id],
    }


def clause_plain(document: Document, clause: Clause) -> str:
    """The clause with all that is below it, under its document's name."""
    digest = "（摘要，非原文）" if document.kind is Kind.DIGEST else ""
    number = f"（{document.number}）" if document.number and document.number != document.title else ""
    head = f"《{document.title}》{number}{digest}{clause.label}  [{address(document.id, clause.id)}]"
    return plain(f"{head}\n{clause.extent.cut(document.text).strip()}")


def missing_json(node: Node, edges: Iterable[Edge]) -> Json:
    """A document that is cited and not held; ``id`` is its number, else its title, folded."""
    cited = [{"document": edge.source, "clauses": list(edge.clauses)} for edge in edges]
    return {"id": node.id, "title": node.title, "cited": cited}


def missing_plain(node: Node, edges: Iterable[Edge]) -> str:
    places = "  ".join(address(edge.source, clause) for edge in edges for clause in edge.clauses)
    return plain(f"{node.title}\n    {places}")


# ---------------------------------------------------------------- tables


def row_json(value: Any) -> Any:
    """A row of the study tools: a clause's place and a span become fields of the row, a citation its contract."""
    if isinstance(value, Citation):
        return citation_json(value)
    if isinstance(value, Where):
        return {"document": value.doc_id, "clause": value.clause_id, "title": value.title, "label": value.label}
    if is_dataclass(value):
        row: Json = {}
        for one in fields(value):
            held = getattr(value, one.name)
            if isinstance(held, Span):
                row |= {"start": held.start, "end": held.end}
            elif isinstance(held, Where):
                row |= row_json(held)
            else:
                row[one.name] = row_json(held)
        return row
    if isinstance(value, list | tuple):
        return [row_json(one) for one in value]
    return value


def report_plain(report: Report) -> str:
    """A report for the terminal: its lines of text, and its tables in columns."""
    blocks = [plain(report.title)]
    for block in report.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                blocks.append(plain(text))
            case Table(title, headers, rows):
                named = [] if title == report.title else [f"\n{plain(title)}"]
                blocks += [*named, table_plain([headers, *rows])]
    return "\n".join(blocks)


def table_plain(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells in columns; a Chinese character counts two. Long cells are cut: files hold them whole."""
    cells = [[_short(plain(_inline(cell))) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    padded = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in cells
    )
    return "\n".join(line.rstrip() for line in padded)


def _short(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def findings_plain(found: Json) -> str:
    """What ``doctor`` found, for people."""
    lines = [f"python {found['python']}"]
    lines += [f"{part} {version or 'not installed'}" for part, version in found["installed"].items()]
    if held := found.get("library"):
        counts = ", ".join(f"{count} {name}" for name, count in held.items() if name != "folder")
        lines.append(f"library {held['folder']}: {counts}")
    lines += [f"problem: {problem}" for problem in found["problems"]] or ["all is well"]
    return plain("\n".join(lines))
