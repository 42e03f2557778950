"""What is cited where, what an alias means, whether a cited document is held or in force, and what binds an enterprise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import prose
from zyqa.answer.facts.tasks import subject
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.text import fold
from zyqa.types import Clause, Reference, Span, Status

_STANDARD = re.compile(r"^(?:gb|db|iso|hj|ny|jgj)", re.IGNORECASE)
_STANDARDS_ASKED = re.compile(r"标准|gb|规范")
_NUMBER_ASKED = re.compile(r"文号|编号|几号|标准号")
_BASIS = re.compile(r"依据|根据|为何制定|凭什么")
_WHERE = re.compile(r"哪(?:一)?(?:条|里|处|项|款|部分)|何处|在哪")
_WITH_NUMBER = re.compile(r"(?:带|有)文号")
_STATUS_WORDS = {
    Status.IN_FORCE: "现行有效",
    Status.EXPIRED: "已过期",
    Status.REPLACED: "已被取代",
    Status.REPEALED: "已废止",
}

Row = tuple[Folio, Clause, Reference]


def all_references(desk: Desk) -> list[Row]:
    return [
        (folio, folio.by_id[reference.clause_id], reference)
        for folio in desk.originals or desk.folios
        for references in folio.references.values()
        for reference in references
    ]


def plain(text: str | None) -> str:
    """A title or number without blanks, brackets and width, for comparing."""
    return re.sub(r"[\s\[\]()《》〈〉<>“”\"'‘’.,、-]", "", fold(text or ""))


def named(asked: Asked, desk: Desk) -> list[Row]:
    """The citations a question names by title, number or alias."""
    wanted = [plain(title) for title in asked.titles]
    numbers = [re.sub(r"^第", "", plain(number)) for number in asked.numbers]
    found = []
    for row in all_references(desk):
        reference = row[2]
        title, alias, number = plain(reference.title), plain(reference.alias), plain(reference.number)
        by_title = any(
            name and (name == alias or name == title or (len(name) > 3 and name in title)) for name in wanted
        )
        by_number = any(
            code and number and (code == number or code.startswith(number) or number.startswith(code))
            for code in numbers
        )
        text = plain(asked.text)
        by_words = (bool(title) and len(title) > 4 and title in text) or (
            bool(alias) and not wanted and len(alias) > 1 and alias in text
        )
        if by_title or by_number or by_words:
            found.append(row)
    return found


def name(reference: Reference) -> str:
    """《title》(number)."""
    title = f"《{reference.title}》" if reference.title else ""
    number = reference.number or ""
    return f"{title}({number})" if title and number else title or number or reference.alias or ""


def _fullest(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: (bool(row[2].title) + bool(row[2].number), row[2].span.end - row[2].span.start))


def _quote(row: Row) -> Quote:
    folio, clause, reference = row
    return Quote(folio, clause, reference.span)


# ------------------------------------------------------------ what is cited


def cites(asked: Asked, desk: Desk) -> Outcome:
    """The documents a clause cites, those of a kind, or where one document is cited."""
    if rows := named(asked, desk):
        return _of_one(asked, desk, rows)
    if asked.titles or asked.numbers:
        return _unknown(asked, desk)
    rows = all_references(desk)
    if asked.has(_STANDARDS_ASKED) and not asked.topic.strong:
        rows = [row for row in rows if row[2].number and _STANDARD.match(row[2].number)] or rows
    if asked.topic.strong:
        rows = _on_topic(asked, desk, rows)
    elif asked.has(_BASIS) and (preamble := [row for row in rows if row[1].marker is None]):
        rows = preamble
    elif asked.has(_WITH_NUMBER):
        rows = [row for row in rows if row[2].number and not _STANDARD.match(row[2].number)]
    return _listed(asked, desk, rows) if rows else None


def _on_topic(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    """The citations in the clause and sentence that the topic means."""
    if not desk.explained(asked.topic):
        return []
    rated = []
    for row in rows:
        folio, clause, reference = row
        sentence = folio.sentence_at(reference.span.start).cut(folio.folded)
        head = folio.heads[clause.id]
        path = "\n".join(folio.heads[up.id] for up in folio.ancestors(clause))
        share = sum(
            term.weight
            * max(
                term.cover(sentence), term.cover(head), 0.7 * term.cover(path), 0.5 * term.cover(folio.own[clause.id])
            )
            for term in asked.topic.terms
        )
        rated.append((share / asked.topic.weight, row))
    top = max((share for share, _ in rated), default=0.0)
    return [row for share, row in rated if share >= max(0.6, top - 0.05)]


def _of_one(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    """One cited document: its name, and where it is cited, in whose words."""
    fullest = _fullest(rows)
    lines = [Line(f"{name(fullest[2])}。", (_quote(fullest),))]
    seen: set[tuple[str, str]] = set()
    for folio, clause, reference in rows:
        if (folio.id, clause.id) in seen or (clause.marker is None and len(rows) > 1 and not asked.has(_WHERE)):
            continue
        seen.add((folio.id, clause.id))
        sentence = folio.sentence_at(reference.span.start)
        start = (
            sentence.start if reference.span.end - sentence.start < 90 else folio.phrase_around(reference.span).start
        )
        end = min(sentence.end, max(reference.span.end, start + 100))
        shown = prose.trimmed(asked.topic, folio, Span(start, sentence.end)) if asked.topic.strong else Span(start, end)
        if not (shown.start <= reference.span.start and reference.span.end <= shown.end):
            shown = Span(start, end)
        if clause.marker is not None:
            heading = desk.heading(folio, clause)
            lines.append(
                Line(
                    f"见{desk.label(folio, clause)} {heading}:“{_whole(folio, shown)}”",
                    (Quote(folio, clause, _span(folio, shown)),),
                )
            )
    return Draft(tuple(lines[:4]))


def _span(folio: Folio, span: Span) -> Span:
    """Cut back to the last pause, so that no phrase is torn."""
    end = span.end
    if end < len(folio.text) and folio.text[end] not in ",，。;；\n":
        while end > span.start and folio.text[end] not in ",，。;；":
            end -= 1
    return Span(span.start, end) if end > span.start else span


def _whole(folio: Folio, span: Span) -> str:
    return _span(folio, span).cut(folio.text)


def _listed(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        reference = row[2]
        groups.setdefault(plain(reference.number) or plain(reference.title) or plain(reference.alias), []).append(row)
    lines = []
    for group in groups.values():
        fullest = _fullest(group)
        labels = "、".join(dict.fromkeys(desk.label(folio, clause) for folio, clause, _ in group))
        quotes = tuple(_quote(row) for row in group)
        lines.append(Line(f"{name(fullest[2])}({labels})", quotes))
    if len(lines) > 1:
        quotes = tuple(quote for line in lines for quote in line.quotes)
        return Draft((Line(f"共{len(lines)}个:", quotes, lead=True), *lines))
    return Draft((Line(lines[0].text + "。", lines[0].quotes),)) if lines else None


def _unknown(asked: Asked, desk: Desk) -> Outcome:
    names = [f"《{title}》" for title in asked.titles] or [number for number in asked.numbers]
    return Refusal(f"{subject(desk)}没有引用{names[0]},库内也没有收录。")


# ------------------------------------------------------------ meaning, status


def meaning(asked: Asked, desk: Desk) -> Outcome:
    """What an alias stands for."""
    rows = named(asked, desk)
    if not rows:
        return None
    fullest = _fullest(rows)
    reference = fullest[2]
    if reference.alias:
        return Draft((Line(f"《{reference.alias}》指{name(reference)}。", (_quote(fullest),)),))
    return _of_one(asked, desk, rows)


def status(asked: Asked, desk: Desk) -> Outcome:
    """Whether a cited document is held or in force, from its digest card."""
    cards = list(_cards(asked, desk))
    if cards:
        return _from_card(asked, desk, cards)
    rows = named(asked, desk)
    if rows:
        return Refusal(f"{name(_fullest(rows)[2])}只在方案中被引用,原文未入库。")
    return None


def _cards(asked: Asked, desk: Desk) -> Iterable[Folio]:
    """The digest cards of the documents that a question names."""
    held = {row[2].resolved for row in named(asked, desk) if row[2].resolved}
    text = plain(asked.text)
    for folio in desk.folios:
        if not folio.is_digest:
            continue
        document = folio.document
        names = [plain(document.title), plain(document.number)]
        if folio.id in held or any(len(one) > 3 and one in text for one in names):
            yield folio


def _from_card(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    from dataclasses import replace

    inner = Desk(cards, desk.register, desk.topics)
    outcome = prose.said(replace(asked, yes_no=False), inner, digests=True, enough=0.4)
    if isinstance(outcome, Draft):
        return outcome
    folio = cards[0]
    for clause in folio.clauses:
        if "效力" in clause.heading or "状态" in clause.heading or "现状" in clause.heading:
            spans = [span for child in folio.descendants(clause) for span in folio.sentences(child)][:2]
            if spans:
                return Draft(tuple(desk.prose(asked, folio, span) for span in spans))
    return None
