"""The only road from evidence to answer: every statement against the clauses it cites.

A statement passes when its citations stand in the library word for word and everything it says is borne by them: each
quoted stretch, label, title and number; each unit in the role it is given; each count, recounted; and whether it says
yes or no. The check needs nothing but the statement's text, its citations and the store, and holds for a statement
that a model wrote as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from zyqa.answer import claims
from zyqa.answer.dates import When, find_dates, find_periods
from zyqa.answer.phrases import spoken
from zyqa.answer.wording import Wording
from zyqa.errors import NotFound
from zyqa.patterns import compiled
from zyqa.policy.units import Register
from zyqa.text import HAN_NUMERAL, fold, number, segments
from zyqa.types import Citation, Clause, Document, Duty, Kind, Role, Verdict

_QUOTED = compiled(r"“([^“”]*(?:“[^”]*”[^“”]*)*)”")
_TITLE = compiled(r"《([^《》]*(?:《[^》]*》[^《》]*)*)》")
_LABEL = compiled(
    rf"{HAN_NUMERAL}、(?:\({HAN_NUMERAL}\))?(?:\d{{1,2}}(?![\d.%]|[个项家]))?(?:\(\d{{1,2}}\))?|第{HAN_NUMERAL}(?:[编章节条项]|部分)(?:之{HAN_NUMERAL})?"
)
_NUMBER = compiled(r"\d+(?:\.\d+)?")
_AFTER = compiled(r"(?:%|个百分点|[㐀-鿿])?(?:以上|以下|以内|左右)?")
_BREAK = compiled(r"[,。;:()、\n]")
_NEGATION = compiled(r"不(?!断|仅|但|同|良)|未(?!来)|没有?|无(?!害|公害|缝|论)|禁止|杜绝|严禁|除外|非(?!常|金属)")
_DIFFERENCE = compiled(r"相差\d+个百分点")
_LASTS = compiled(r"历时(\d+)个月")
_LATIN = compiled(r"[a-z]{2,}")
_FALLS = compiled(r"^[^。]*?处于|^[^:]*: ")
_BEHEADED = compiled(r"\s*[,。;:、]")  # the word that says yes or no is gone
_UNHELD = compiled(r"只被引用,原文未入库|is only cited|its text is not held")
_ENOUGH = 0.6


class Library(Protocol):
    """Where the documents come from: the store, or what was read of it."""

    def document(self, doc_id: str) -> Document: ...


def check(statement: str, citations: Sequence[Citation], store: Library) -> Verdict:
    """Whether the citations stand as they claim, and bear the statement."""
    evidence = []
    for citation in dict.fromkeys(citations):
        found = _stands(citation, store)
        if isinstance(found, Verdict):
            return found
        evidence.append(found)
    if not evidence or _BEHEADED.match(fold(statement)):
        return Verdict.UNSUPPORTED
    if _squeezed(statement) == _squeezed("".join(citation.quote for citation in citations)):
        return Verdict.VERIFIED  # it says what is quoted, and nothing else
    return Verdict.VERIFIED if _Statement(statement, evidence, store).holds() else Verdict.UNSUPPORTED


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A citation that stands, with its document and clause."""

    citation: Citation
    document: Document
    clause: Clause

    def duties(self) -> list[Duty]:
        """The duties that the quoted words hold."""
        span = self.citation.span
        return [duty for duty in _duties(self.document, self.clause.id) if span.contains(duty.span)]


def _duties(document: Document, clause_id: str) -> list[Duty]:
    return [duty for duty in document.duties if duty.clause_id == clause_id]


def _stands(citation: Citation, store: Library) -> _Evidence | Verdict:
    try:
        document = store.document(citation.doc_id)
    except NotFound:
        return Verdict.UNKNOWN_CLAUSE
    clause = next((clause for clause in document.clauses if clause.id == citation.clause_id), None)
    if clause is None or citation.label != clause.label or citation.title != document.title:
        return Verdict.UNKNOWN_CLAUSE
    inside = clause.span.contains(citation.span) and citation.span.start < citation.span.end
    if not inside or citation.span.cut(document.text) != citation.quote:
        return Verdict.WRONG_QUOTE
    return _Evidence(citation, document, clause)


@cache
def _wording() -> Wording:
    return Wording.with_files()


class _Statement:
    """A statement beside its evidence. Each ``…_hold`` says whether one kind of thing in it is borne."""

    def __init__(self, text: str, evidence: list[_Evidence], store: Library) -> None:
        self.text = fold(text)
        self.evidence = evidence
        self.store = store

    def holds(self) -> bool:
        return (
            self.labels_hold()
            and self.quotes_hold()
            and self.titles_hold()
            and self.roles_hold()
            and self.numbers_hold()
            and self.unheld_holds()
            and self.words_hold()
        )

    # ------------------------------------------------------------ what the evidence says

    @cached_property
    def quotes(self) -> list[str]:
        """The quoted words and the headings they stand under."""
        return [fold(text) for item in self.evidence for text in (item.citation.quote, item.clause.heading) if text]

    @cached_property
    def own(self) -> list[str]:
        """The own texts of the cited clauses, and the titles of their documents."""
        return [
            fold(text)
            for item in self.evidence
            for text in (item.clause.span.cut(item.document.text), item.document.title, item.document.number or "")
        ]

    @cached_property
    def labels(self) -> set[str]:
        """The labels that the statement may name: those of the cited clauses and the ones above them."""
        allowed: set[str] = set()
        for item in self.evidence:
            clauses = {clause.id: clause for clause in item.document.clauses}
            clause: Clause | None = item.clause
            while clause is not None:
                for label in map(fold, (clause.label, *spoken(clause.label))):
                    allowed.update((label, label.rpartition(" ")[2]))  # 附件 第二项
                clause = clauses.get(clause.parent_id or "")
        return allowed

    # ------------------------------------------------------------ what the statement says

    @cached_property
    def bare(self) -> str:
        """The statement without its quoted stretches, titles and labels, all of which are checked by themselves."""
        text = _UNHELD.sub(" ", _LABEL.sub(" ", _TITLE.sub(" ", _QUOTED.sub(" ", self.text))))
        for label in sorted(self.labels, key=len, reverse=True):
            text = text.replace(label, " ")
        return re.sub(r"\.(?=\s|$)", "。", text)

    @cached_property
    def loose(self) -> list[str]:
        """The parts of the bare statement, between punctuation, that no quote holds as they are; not the dates."""
        text = self.bare
        for date in (date for date, holds in self._dates if holds):
            text = text.replace(date.span.cut(self.bare), " ")
        parts = (part.strip() for part in _BREAK.split(text))
        parts = (part for part in parts if part and not _LASTS.fullmatch(part))
        return [part for part in parts if not any(_within(part, quote) for quote in self.quotes)]

    def labels_hold(self) -> bool:
        text = _TITLE.sub(" ", _QUOTED.sub(" ", self.text))
        return all(found.group() in self.labels or self._verbatim(found.group()) for found in _LABEL.finditer(text))

    def quotes_hold(self) -> bool:
        return all(self._stands(found.group(1)) for found in _QUOTED.finditer(self.text))

    def titles_hold(self) -> bool:
        return all(self._stands(found.group(1), _squeezed) for found in _TITLE.finditer(self.text))

    def _stands(self, stretch: str, form: Callable[[str], str] = str) -> bool:
        """Whether the cited clauses have some words as they are, or (``form``: without blanks) as they are read."""
        words = form(stretch.rstrip("…").strip())
        return any(_within(words, form(text)) for text in (*self.quotes, *self.own))

    def _verbatim(self, words: str) -> bool:
        return any(words in quote for quote in self.quotes)

    # ------------------------------------------------------------ roles and counts

    @cached_property
    def scope(self) -> list[_Evidence]:
        """The evidence of the clauses the statement names by label; all of it where it names none."""
        named = {found.group() for found in _LABEL.finditer(self.text)}
        chosen = [item for item in self.evidence if named & {fold(item.clause.label), *spoken(item.clause.label)}]
        return chosen or self.evidence

    @cached_property
    def found(self) -> list[claims.Claim]:
        return claims.find(self.bare, self._register)

    @cached_property
    def _register(self) -> Register:
        return Register.shipped().extended(
            sorted({duty.unit for document in self.documents for duty in document.duties})
        )

    @cached_property
    def documents(self) -> list[Document]:
        return list({item.document.id: item.document for item in self.evidence}.values())

    def roles_hold(self) -> bool:
        return all(self._claim_holds(claim) for claim in self.found)

    def _claim_holds(self, claim: claims.Claim) -> bool:
        if claim.role is None:
            return claim.unit is None or claim.unit in self._quoted_units or claim.unit in self._named_units
        if claim.unit is None:
            return self._mark_holds(claim)
        roles = _roles(claim.role)
        if claim.denied:
            return not self._holds(claim.unit, roles, whole=self.scope is self.evidence and "任务" in self.text)
        return any(duty.unit == claim.unit and duty.role in roles for item in self.scope for duty in item.duties())

    def _holds(self, unit: str, roles: set[Role], *, whole: bool) -> bool:
        """Whether a unit has the role in the named clauses, or (``whole``) anywhere in the cited documents."""
        if whole:
            return any(d.unit == unit and d.role in roles and d.marked for doc in self.documents for d in doc.duties)
        return any(
            d.unit == unit and d.role in roles for item in self.scope for d in _duties(item.document, item.clause.id)
        )

    def _mark_holds(self, claim: claims.Claim) -> bool:
        """A role is spoken of without a unit: that a clause has, or lacks, units in it."""
        marked = [
            any(duty.role in _roles(claim.role) for duty in _duties(item.document, item.clause.id))
            for item in self.scope
        ]
        return not any(marked) if claim.denied else any(marked)

    @cached_property
    def _quoted_units(self) -> set[str]:
        return self._units_in(self.quotes)

    @cached_property
    def _named_units(self) -> set[str]:
        """The units that the cited clauses name anywhere."""
        return self._units_in(self.own)

    def _units_in(self, texts: Sequence[str]) -> set[str]:
        return {name for text in dict.fromkeys(texts) for _, name in self._register.find(text)}

    # ------------------------------------------------------------ numbers

    def numbers_hold(self) -> bool:
        text = self.bare
        if not all(holds for _, holds in self._dates):
            return False
        counts = claims.counts(text, self._register)
        for found in _NUMBER.finditer(text):
            if any(start <= found.start() < end for start, end, _ in counts) or self._dated(found.start()):
                continue
            if lasting := _LASTS.search(text, max(0, found.start() - 2), found.end() + 2):
                if int(lasting.group(1)) not in self._months:
                    return False
                continue
            denied = bool(re.search(r"(?:不是|not )$", text[: found.start()]))
            if self._number_stands(text, found) is denied:
                return False
        return all(self._recounted(count) for _, _, count in counts)

    @cached_property
    def _months(self) -> set[int]:
        """How many months the quoted periods last, the first and the last included."""
        periods = [period for quote in self.quotes for period in find_periods(_arabic(quote))]
        return {12 * (p.last.year - p.first.year) + p.last.month - p.first.month + 1 for p in periods}

    def _number_stands(self, text: str, found: re.Match[str]) -> bool:
        after = _AFTER.match(text, found.end())
        unit = after.group() if after else ""
        for quote in (_arabic(quote) for quote in self.quotes):
            for place in _NUMBER.finditer(quote):
                if place.group() == found.group() and _same_unit(quote, place.end(), unit):
                    return True
        return False

    @cached_property
    def _dates(self) -> list[tuple[When, bool]]:
        """The dates of the bare statement, and whether a quote has each, or a quoted period holds it (…处于…)."""
        quotes = [_arabic(quote) for quote in self.quotes]
        quoted = {(date.first, date.last) for quote in quotes for date in find_dates(quote)}
        periods = [period for quote in quotes for period in find_periods(quote)]
        falls = _FALLS.search(self.bare)
        dates = []
        for date in find_dates(self.bare):
            held = falls and date.span.end <= falls.end() and any(date.touches(p.first, p.last) for p in periods)
            dates.append((date, bool(held) or (date.first, date.last) in quoted))
        return dates

    def _dated(self, place: int) -> bool:
        """Whether a number is part of a date that holds."""
        return any(holds and date.span.start <= place < date.span.end for date, holds in self._dates)

    def _recounted(self, count: claims.Count) -> bool:
        return count.value in claims.recount(
            count, self.documents, [(i.document, i.clause) for i in self.scope], self.text
        )

    # ------------------------------------------------------------ what is not held

    def unheld_holds(self) -> bool:
        """That a document is only cited is so where the cited clauses name it, and the library has no original."""
        if not _UNHELD.search(self.text):
            return True
        cited = [one for item in self.evidence for one in item.document.references if one.clause_id == item.clause.id]
        named = [one for one in cited if any(part and fold(part) in self.text for part in (one.title, one.number))]
        return bool(named) and not any(one.resolved and self._is_original(one.resolved) for one in named)

    def _is_original(self, doc_id: str) -> bool:
        try:
            return self.store.document(doc_id).kind is Kind.ORIGINAL
        except (KeyError, NotFound):
            return True  # nothing is known of it

    # ------------------------------------------------------------ the remaining words

    def words_hold(self) -> bool:
        return all(self._part_holds(part) for part in self.loose)

    def _part_holds(self, part: str) -> bool:
        if claims.speaks_of_roles(part):
            part = claims.without_roles(part, self._register)
        part = _DIFFERENCE.sub(" ", part)  # recounted
        words = [word for word in segments(part) if not _wording().is_filler(word) and not _LATIN.fullmatch(word)]
        words = [word for word in words if not _NUMBER.fullmatch(word)]
        if not words:
            return True
        every = (*self.quotes, *self.own)
        total = sum(len(word) for word in words)
        covered = sum(len(word) for word in words if any(word in text for text in every))
        return covered / total >= _ENOUGH and self._same_parity(part)

    def _same_parity(self, part: str) -> bool:
        """Whether a part says yes where the stretch of a quote that it follows says yes, and no where it says no."""
        pairs = {part[place : place + 2] for place in range(len(part) - 1)}
        if len(pairs) < 4:
            return True
        stretches = [stretch for quote in self.quotes for stretch in _BREAK.split(quote)]
        share, nearest = max(
            ((sum(pair in stretch for pair in pairs) / len(pairs), stretch) for stretch in stretches), default=(0.0, "")
        )
        if share < _ENOUGH:
            return True
        return len(_NEGATION.findall(part)) % 2 == len(_NEGATION.findall(nearest)) % 2


def _within(words: str, text: str) -> bool:
    """Whether a text has the words as they are, and not cut off from a no before them."""
    place = text.find(words)
    while place >= 0:
        if not _NEGATION.search(_BREAK.split(text[:place])[-1]):
            return True
        place = text.find(words, place + 1)
    return False


def _roles(role: Role | None) -> set[Role]:
    """负责 may be said of a lead as well; the other roles are what they are."""
    return {Role.LEAD, Role.RESPONSIBLE} if role is Role.RESPONSIBLE else {role} if role else set()


def _same_unit(quote: str, place: int, unit: str) -> bool:
    """Whether what follows a number in the quote is what follows it in the statement."""
    if not unit:
        return True
    return quote.startswith(unit, place) or not re.match(r"%|个百分点|[㐀-鿿]", unit)


def _arabic(text: str) -> str:
    """Chinese numerals before 年 月 日 and 个 项 家 … written in digits."""
    return re.sub(rf"{HAN_NUMERAL}(?=[年月日个项家次种])", lambda found: _digits(found.group()), text)


def _digits(numeral: str) -> str:
    value = number(numeral)
    return numeral if value is None else str(value)
