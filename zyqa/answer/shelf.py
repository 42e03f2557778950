"""The documents of a library, prepared for answering: folded text, clause tree and facts by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import TypeVar

from zyqa.answer.dates import When, find_dates
from zyqa.patterns import compiled
from zyqa.text import fold, fold_with_offsets, sentences
from zyqa.types import Clause, Document, Duty, Kind, Reference, Role, Span, Style, Target

_STOP = "。;；\n"
_PAUSE = "。;；,，\n:："
_ROLE_LABEL = compiled(
    r"(?:牵头|配合|责任|主办|协办|负责|参加|参与|主管|协助)(?:单位|部门|领导|人|机构)\s*[:：为]?\s*$"
)
_MARK_OPENS = compiled(r"(?:[(（\[〔]\s*|^)(?:牵头|责任|配合|主办|协办|负责)(?:单位|部门|领导)?")
_JOINED_BY = compiled(r"(?:会同|商)(?:有关|相关)(?:部门|单位|方面)")
_COINED = compiled('(?:以下|[(（])(?:统|简|合)?称(?:为)?[“"]?([㐀-鿿]{2,12})[”"]?(?=[,，)）])')
_ROLE_VERB = compiled(
    r"\s*(?:等?(?:有关|相关)?(?:部门|单位)|(?:会同|商)(?:有关|相关)(?:部门|单位|方面))?(?:共同|分别|按(?:照)?(?:各自)?职责(?:分工)?|具体|会同|积极)*(?:牵头|负责|配合|参与|参加|协助|落实|主办|协办)"
)


def _is_furniture(line: str) -> bool:
    """Whether a line above the first heading is a trail of links, an addressee or a number, and not a sentence."""
    return " > " in line or not line.rstrip().endswith(("。", "；", ";", "！"))


_Fact = TypeVar("_Fact")


def _of(facts: dict[str, list[_Fact]], kept: set[str]) -> dict[str, list[_Fact]]:
    return {path: found for path, found in facts.items() if path in kept}


class Folio:
    """One document with everything that is looked up in it again and again."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.id = document.id
        self.is_digest = document.kind is Kind.DIGEST
        self.text = document.text
        self.title = fold(document.title)
        self.clauses = document.clauses
        self.whole = self  # the document of which this is a part
        self.scope: frozenset[str] | None = None  # the clauses that anything is found in; None: all
        self.by_id = {clause.id: clause for clause in document.clauses}
        self.order = {clause.id: place for place, clause in enumerate(document.clauses)}
        self.children: dict[str | None, list[Clause]] = defaultdict(list)
        for clause in document.clauses:
            self.children[clause.parent_id].append(clause)
        self.duties: dict[str, list[Duty]] = defaultdict(list)
        self.targets: dict[str, list[Target]] = defaultdict(list)
        self.references: dict[str, list[Reference]] = defaultdict(list)
        for duty in document.duties:
            self.duties[duty.clause_id].append(duty)
        for target in document.targets:
            self.targets[target.clause_id].append(target)
        for reference in document.references:
            self.references[reference.clause_id].append(reference)

    @cached_property
    def folded(self) -> str:
        """The whole text folded character by character: same offsets as the text."""
        folded = fold_with_offsets(self.text)
        if folded.offsets is None:
            return folded.text
        kept = [" "] * len(self.text)
        for char, place in zip(folded.text, folded.offsets, strict=True):
            kept[place] = char
        return "".join(kept)

    @cached_property
    def coined(self) -> frozenset[str]:
        """What the text says it will call something by (以下统称“三项制度”), folded."""
        return frozenset(_COINED.findall(self.folded))

    @cached_property
    def dates(self) -> list[When]:
        """The dates the text names; of a digest card none, as it looks on from a later time."""
        return [] if self.is_digest else list(find_dates(self.folded))

    @cached_property
    def own(self) -> dict[str, str]:
        """The folded own text of each clause."""
        return {clause.id: clause.span.cut(self.folded) for clause in self.clauses}

    @cached_property
    def heads(self) -> dict[str, str]:
        """The folded heading of each clause; a clause that has none is known by its first sentence."""
        return {clause.id: self.heading_span(clause).cut(self.folded) for clause in self.clauses}

    @cached_property
    def paths(self) -> dict[str, str]:
        """The folded title and headings above each clause."""
        return {
            clause.id: "\n".join((self.title, *(self.heads[above.id] for above in self.ancestors(clause))))
            for clause in self.clauses
        }

    def heading_span(self, clause: Clause) -> Span:
        """Where the words of the heading stand; for a clause without heading an empty span at its start.

        The first sentence of an article, or of a clause whose neighbours have no heading, is none, but what it rules.
        """
        none = Span(clause.span.start, clause.span.start)
        start = self.text.find(clause.heading, clause.span.start, clause.span.end) if clause.heading else -1
        end = start + len(clause.heading)
        ruled = self.text[end : end + 1] == "。" and self._rules(clause)
        return none if start < 0 or ruled else Span(start, end)

    def _rules(self, clause: Clause) -> bool:
        """Whether a clause's first sentence says what holds and is no heading."""
        style = clause.marker and clause.marker.style
        if style is Style.ARTICLE or style is None:
            return style is not None
        beside = [one for one in self.children[clause.parent_id] if one.marker and one.marker.style is style]
        return 2 * sum(bool(one.heading) for one in beside) < len(beside)

    def body_span(self, clause: Clause) -> Span:
        """The clause's own text after its marker and heading."""
        head = self.heading_span(clause)
        start = max(head.end, clause.span.start)
        if head.start < head.end < clause.span.end and self.text[head.end] in " \u3000\u00a0":
            start = head.start  # a blank parts heading and text of a flattened page, or the words of a sentence
        if head.start == head.end and clause.marker:
            start += len(clause.marker.raw)
        while start < clause.span.end and self.text[start] in "。.．:： \n\u3000":
            start += 1
        return Span(start, max(start, clause.span.end))

    def ancestors(self, clause: Clause) -> Iterator[Clause]:
        """What a clause stands under, innermost first; in an attachment at last its opening with its title."""
        own = clause.id
        while clause.parent_id is not None and clause.parent_id in self.by_id:
            clause = self.by_id[clause.parent_id]
            yield clause
        attachment, inside, _ = own.partition("/")
        opening = self.by_id.get(f"{attachment}/0") if inside else None
        if opening is not None and opening.id not in (own, clause.id):
            yield opening

    def narrowed(self, paths: Iterable[str]) -> Folio:
        """The same document with only some of its clauses, and those under them, to find anything in."""
        chosen = [self.by_id[path] for path in paths]
        kept = {one.id for clause in chosen for one in (clause, *self.descendants(clause))}
        narrow = copy(self)
        narrow.scope = frozenset(kept)
        narrow.clauses = tuple(clause for clause in self.clauses if clause.id in kept)
        narrow.duties = _of(self.duties, kept)
        narrow.targets = _of(self.targets, kept)
        narrow.references = _of(self.references, kept)
        return narrow

    def descendants(self, clause: Clause) -> Iterator[Clause]:
        for child in self.children.get(clause.id, ()):
            yield child
            yield from self.descendants(child)

    def speaks_of(self, unit: str, surface: str) -> bool:
        """Whether the document names a unit, as a question does or by its own name."""
        return surface in self.folded or any(duty.unit == unit for duties in self.duties.values() for duty in duties)

    def clause_at(self, place: int) -> Clause:
        """The clause whose own span holds a character of the text."""
        return next(c for c in self.document.clauses if c.span.start <= place < c.span.end)

    def marks(self, clause: Clause, role: Role | None = None, *, marked: bool = True) -> list[Duty]:
        """The clause's own duties, in order."""
        return [d for d in self.duties.get(clause.id, ()) if d.marked is marked and (role is None or d.role is role)]

    def mark_span(self, duties: list[Duty]) -> Span:
        """The words of a responsibility mark: label or verb and the units, ``牵头单位:市发改委``."""
        start, end = min(d.span.start for d in duties), max(d.span.end for d in duties)
        if label := _ROLE_LABEL.search(self.text, max(0, start - 12), start):
            return Span(label.start(), end)
        if verb := _ROLE_VERB.match(self.text, end):
            return Span(start, verb.end())
        return Span(start, end)

    def joined_by(self, duty: Duty) -> str:
        """The words that say that a unit acts with others unnamed (会同有关部门), or nothing."""
        found = _JOINED_BY.match(self.text, duty.span.end)
        return found.group() if found else ""

    def sentence_at(self, place: int) -> Span:
        return self._bounded(place, place + 1, _STOP)

    def phrase_around(self, span: Span) -> Span:
        """The sub-sentence (between commas) that holds a span."""
        return self._bounded(span.start, span.end, _PAUSE)

    def _bounded(self, start: int, end: int, stops: str) -> Span:
        clause = self.clause_at(start)
        low = self.body_span(clause).start if start >= self.body_span(clause).start else clause.span.start
        while start > low and self.text[start - 1] not in stops:
            start -= 1
        while end < clause.span.end and self.text[end] not in stops:
            end += 1
        while start < end and self.text[start] in " \u3000(（":
            start += 1
        while end > start and self.text[end - 1] in " \u3000":
            end -= 1
        return Span(start, end)

    def sentences(self, clause: Clause) -> list[Span]:
        """The sentences of the clause's own body, without its responsibility mark."""
        found = []
        for span in sentences(self.text, self.body_span(clause)):
            start, end = span.start, span.end
            duties = [d for d in self.marks(clause) if start <= d.span.start < end]
            if duties and (opening := _MARK_OPENS.search(self.text[start:end])):
                end = start + opening.start()
            if end - start > 1 and not (clause.marker is None and _is_furniture(self.text[start:end])):
                found.append(Span(start, end))
        return found
