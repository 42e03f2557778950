"""Answers that come from text: which words of a document answer a question, as spans of its text, verbatim.

A text falls into sentences and these into pieces, between commas. The sentence that shares most with the question, by
how rare its character pairs are in the document, holds the answer or, if it is a heading, stands before it. What the
sentence merely repeats from the question is left out; where a time, an amount or a telephone number is asked, the piece
that has one is enough. The constants are set by hand; rules and constants were compared on the visible policy questions
of the bench (docs/retrieval.md), no weights were trained on them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log1p

from zyqa.answer.asked import Asked, Kind, asked
from zyqa.patterns import compiled
from zyqa.search.store import Store
from zyqa.text import Folded, fold_with_offsets
from zyqa.types import Document, Hit, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that answer. ``parts``: (clause id, span) in the order of the text, one for each clause that
    they touch; ``score``: how well they fit, about the share of the question that is met."""

    doc_id: str
    parts: tuple[tuple[str, Span], ...]
    score: float

    @property
    def span(self) -> Span:
        """From the first to the last of the words."""
        return Span(self.parts[0][1].start, self.parts[-1][1].end)


def answer_sentences(question: str, hits: Sequence[Hit], store: Store) -> list[Passage]:
    """The best words of each clause found, best first; a clause's rank counts a little."""
    found: list[Passage] = []
    for rank, hit in enumerate(hits):
        document, clause = store.document(hit.doc_id), store.clause(hit.doc_id, hit.clause_id)
        found += (replace(one, score=one.score - 0.02 * rank) for one in find(question, document, clause.extent))
    return sorted(found, key=lambda one: -one.score)


def answer_documents(
    question: str, documents: Iterable[Document], before: str = "", within: Mapping[str, Sequence[Span]] | None = None
) -> list[Passage]:
    """The best words of each document, best first; the documents come best first, and their rank counts.

    ``before``: the question that this one follows; ``within``: by id, the parts of a document that are read.
    """
    found = [
        replace(one, score=one.score - _DOCUMENT_RANK * rank)
        for rank, document in enumerate(documents)
        for part in (within or {}).get(document.id, (None,))
        for one in find(question, document, part, before)
    ]
    return sorted(found, key=lambda one: -one.score)


def find(question: str, document: Document, within: Span | None = None, before: str = "") -> list[Passage]:
    """The words of a document, or of a part of it, that answer: one passage, or none where nothing is shared.

    ``before``: the question that this one follows; what it alone has counts little.
    """
    layout, own = _layout(document.text, within), asked(question).grams
    if layout.sentences and (best := _Search(asked(f"{before} {question}"), layout, own).best()):
        start, end, score = best
        span = layout.folded.span(start, end)
        return [Passage(document.id, _parts(document, Span(layout.base + span.start, layout.base + span.end)), score)]
    return []


def _parts(document: Document, span: Span) -> tuple[tuple[str, Span], ...]:
    """The span, cut where clauses begin; what is only blank is left out."""
    starts = [clause.span.start for clause in document.clauses]
    found: list[tuple[str, Span]] = []
    for clause in document.clauses[max(0, bisect_right(starts, span.start) - 1) : bisect_right(starts, span.end - 1)]:
        start, end = max(span.start, clause.span.start), min(span.end, clause.span.end)
        words = document.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start < end:
            found.append((clause.id, Span(start, end)))
    return tuple(found) or (("0", span),)


# ---------------------------------------------------------------- the text

_PIECE = compiled(r"[^,。;:!?\s]+(?:[,。;:!?]+[”’」』)\]\"]*)?")
_STOPS = "。!?;"
_CLOSING = '”’」』)]"'
_MARK = compiled(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、.条]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、](?![0-9])|[①-⑳]"
    r"|[一二三四五六七八九十](?:是|要)|答:|-{1,2})+"
)
_DUTY = compiled(r"\((?:牵头|责任|配合|主办|负责)(?:单位|部门)[^)]*$")
_LEAD = compiled(r":$|^(?:为|根据|按照|依据|近日|日前|各(?:有关|市|县|区|省|单位))")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``pieces``: (start, end) of each; ``heading``: it ends without a stop, as a heading or a lead-in does."""

    pieces: tuple[tuple[int, int], ...]
    heading: bool

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A folded stretch of a text, which begins at ``base``, and its sentences."""

    base: int
    folded: Folded
    sentences: tuple[_Sentence, ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=64)
def _layout(text: str, within: Span | None) -> _Layout:
    base = within.start if within else 0
    folded = fold_with_offsets(within.cut(text) if within else text)
    sentences = tuple(_sentences(folded.text))
    return _Layout(base, folded, sentences, tuple(one.start for one in sentences))


def _sentences(text: str) -> Iterable[_Sentence]:
    """A stop ends a sentence; so does a blank that stands after no comma, and a colon before a blank or a list."""
    pieces: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        pieces.append(match.span())
        last = match.group().rstrip(_CLOSING)[-1:]
        blank = text[match.end() : match.end() + 1].isspace()
        stopped = last in _STOPS and last != ""
        if stopped or (blank and last not in ",、") or (last == ":" and _MARK.match(text, match.end())):
            yield _Sentence(tuple(pieces), heading=not stopped)
            pieces = []
    if pieces:
        yield _Sentence(tuple(pieces), heading=True)


# ---------------------------------------------------------------- the search

_DOCUMENT_RANK = 0.1  # what a document's place costs its passages
_NEAR, _UNDER, _FAR = 0.35, 0.7, 0.14  # a pair in the sentence before, in the heading above, in the one before that
_BEFORE = 0.3  # a pair that only the question before has
_OF_TITLE = 0.5  # a pair that the first sentence has: the whole document is about it
_LONG, _LENGTH = 60, 0.12  # sentences longer than this lose that much for each such length more
_LOOKS = 0.2  # it has what looks like the fact asked for
_HEADING, _LEAD_IN = 0.6, 0.35  # a short heading, a lead-in: the answer comes after it
_SHORT, _ENOUGH, _AT_MOST = 5, 70, 105  # characters: too short for an answer; no further sentence; with it
_GAP = 45  # between the words before and after the asking word
_REPEATS = 0.6  # how much a new character counts against passing over a repeated one
_PAIRS = {"《": "》", "“": "”", "(": ")"}


class _Search:
    """One question in one text. Offsets are of the folded text."""

    def __init__(self, question: Asked, layout: _Layout, own: frozenset[str]) -> None:
        self.asked = question
        self.own = own or question.grams  # without those of the question before
        self.text = layout.folded.text
        self.sentences = layout.sentences
        self.shared = [frozenset[str]()] * len(self.sentences)
        self.repeated: set[int] = set()  # characters that stand in the question, too
        self._meet(layout.starts)
        self.weight = self._weights()
        self.total = sum(self.weight.values())

    def _meet(self, starts: tuple[int, ...]) -> None:
        found: dict[int, set[str]] = {}
        end = self.sentences[-1].end
        for gram in self.asked.grams:
            place = self.text.find(gram, starts[0], end)
            while place >= 0:
                found.setdefault(bisect_right(starts, place) - 1, set()).add(gram)
                self.repeated.update((place, place + 1))
                place = self.text.find(gram, place + 1, end)
        for number, grams in found.items():
            self.shared[number] = frozenset(grams)

    def _weights(self) -> dict[str, float]:
        counts: dict[str, int] = {}
        for grams in self.shared:
            for gram in grams:
                counts[gram] = counts.get(gram, 0) + 1
        title = self.shared[0] if len(self.sentences) > 3 else frozenset()
        return {
            gram: log1p(len(self.sentences) / count)
            * (_OF_TITLE if gram in title else 1)
            * (1 if gram in self.own else _BEFORE)
            for gram, count in counts.items()
        }

    def _sum(self, grams: Iterable[str]) -> float:
        return sum(self.weight[gram] for gram in grams)

    def best(self) -> tuple[int, int, float] | None:
        """Start, end and score of the words that answer."""
        if not self.total:
            return None
        scores = self._scores()
        chosen = max(range(len(scores)), key=scores.__getitem__)
        start, end = self._fact(chosen) or self._slot(chosen) or self._rest(chosen)
        end = self._closed(start, end)
        return start, end, scores[chosen] * self._known()

    def _known(self) -> float:
        """The share of the question, by weight, that occurs in the text at all."""
        missing = len(self.asked.grams) - len(self.weight)
        return self.total / (self.total + missing * log1p(len(self.sentences)))

    def _scores(self) -> list[float]:
        scores, above, nothing = [], frozenset[str](), frozenset[str]()
        for number, sentence in enumerate(self.sentences):
            own = self.shared[number]
            before = self.shared[number - 1] if number else nothing
            further = self.shared[number - 2] if number > 1 else nothing
            score = self._sum(own) if own else 0.0
            if before:
                score += self._sum(before - own) * (_UNDER if self.sentences[number - 1].heading else _NEAR)
            if above:
                score += self._sum(above - before - own) * _NEAR
            if further:
                score += self._sum(further - before - own - above) * _FAR
            length = (sentence.end - sentence.start) / _LONG
            scores.append(score / self.total / (1 + _LENGTH * max(0.0, length - 1)) - self._not_an_answer(number))
            above = own if sentence.heading else above
        if kind := self.asked.kind:
            bound = max(scores) - _LOOKS
            for number, score in enumerate(scores):
                if score >= bound and self._looks(number, kind):
                    scores[number] += _LOOKS
        return scores

    def _looks(self, number: int, kind: Kind) -> bool:
        return kind.looks.search(self.text, self.sentences[number].start, self.sentences[number].end) is not None

    def _not_an_answer(self, number: int) -> float:
        sentence = self.sentences[number]
        loss = _LEAD_IN if number == 0 and len(self.sentences) > 3 else 0.0
        if sentence.heading and number + 1 < len(self.sentences):
            kind = self.asked.kind
            if sentence.end - sentence.start < 40 and not (kind and self._looks(number, kind)):
                loss += _HEADING
            elif _LEAD.search(self.text[sentence.start : sentence.end]):
                loss += _LEAD_IN
        return loss

    # ------------------------------------------------------------ which of its words

    def _fact(self, number: int) -> tuple[int, int] | None:
        """The piece with the fact asked for: from what it says after the question's words."""
        kind = self.asked.kind
        if kind is None:
            return None
        best: tuple[float, int, int, int] | None = None
        pieces = self.sentences[number].pieces
        for place, (start, end) in enumerate(pieces):
            for match in kind.looks.finditer(self.text, start, end):
                fit = self._fit(pieces, place) + self._counted(match) - 0.0002 * (match.start() - pieces[0][0])
                if best is None or fit > best[0]:
                    best = fit, place, *match.span()
        if best is None:
            return None
        _, place, begin, stop = best
        start, end = pieces[place]
        start = next((one + 1 for one in range(begin - 1, start - 1, -1) if one in self.repeated), start)
        if not kind.whole or (kind.name == "time" and any(one in self.repeated for one in range(stop, end))):
            end = stop
        if kind.name == "contact":
            for after in pieces[place + 1 : place + 3]:
                if kind.looks.search(self.text, *after):
                    end = after[1]
        return self._trimmed(start, end)

    def _fit(self, pieces: Sequence[tuple[int, int]], place: int) -> float:
        """How much of the question stands in a piece, and half of that in the one before it."""
        found = 0.0
        for share, (start, end) in zip((1.0, 0.5), reversed(pieces[max(0, place - 1) : place + 1]), strict=False):
            piece = self.text[start:end]
            found += share * self._sum(gram for gram in self.weight if gram in piece)
        return found / self.total

    def _counted(self, match: re.Match[str]) -> float:
        """Whether what is counted is what the question counts; a number that the question itself states is none."""
        stated = -1.0 if match.group() in self.asked.text else 0.0
        near = match.group()[-2:] + self.text[match.end() : match.end() + 4]
        if self.asked.counted and self.asked.counted in near[:3]:
            stated += 0.3
        return stated + (0.3 if len(self.asked.after) == 2 and self.asked.after in near else 0.0)

    def _slot(self, number: int) -> tuple[int, int] | None:
        """The words between those that stand before and after the asking word (实行〔什么〕管理)."""
        if len(self.asked.before) < 2 or len(self.asked.after) < 2:
            return None
        sentence = self.sentences[number]
        start = self.text.find(self.asked.before, sentence.start, sentence.end) + 2
        end = self.text.find(self.asked.after, start, sentence.end) if start > 1 else -1
        return self._trimmed(start, end) if 2 < end - start < _GAP else None

    def _rest(self, number: int) -> tuple[int, int]:
        """The sentence less what it repeats from the question at its head; if nothing is left, the next one."""
        sentence = self.sentences[number]
        start, end = self._trimmed(self._past_repetition(sentence), sentence.end)
        lead_in = sentence.heading and self.text[sentence.end - 1] == ":"
        if end - start >= _SHORT and not lead_in:
            return self._extended(start, end, number)
        if number + 1 == len(self.sentences):
            return self._trimmed(sentence.start, sentence.end)
        after = self.sentences[number + 1]
        return self._extended(*self._trimmed(after.start, after.end), number + 1)

    def _past_repetition(self, sentence: _Sentence) -> int:
        """Where to begin so that most of what is passed over repeats the question."""
        run, best, reached = 0.0, 0.0, sentence.start
        for place in range(sentence.start, sentence.end):
            if place in self.repeated:
                run += 1
            elif self.text[place].isalnum():
                run -= _REPEATS
                continue
            if run > 0 and run >= best:
                best, reached = run, place + 1
        return reached

    def _extended(self, start: int, end: int, number: int) -> tuple[int, int]:
        """With the sentences that go on, as long as the answer is short; all items of a list that has been begun."""
        while number + 1 < len(self.sentences) and not self.sentences[number].heading:
            after = self.sentences[number + 1]
            listed = self.text[end - 1] == ";"
            item = _MARK.match(self.text, after.start) is not None
            most = 2 * _AT_MOST if listed else _AT_MOST
            if (
                after.heading
                or (item and not listed)
                or end - start >= _ENOUGH * (1 + listed)
                or after.end - start > most
            ):
                break
            number, end = number + 1, after.end
        return start, end

    def _closed(self, start: int, end: int) -> int:
        """The end, or where a bracket that was opened before it closes."""
        for opening, closing in _PAIRS.items():
            if self.text.count(opening, start, end) > self.text.count(closing, start, end):
                place = self.text.find(closing, end, end + _GAP)
                end = place + 1 if place >= 0 else end
        return end

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without marks, commas and closing brackets before it, and without open ends and duties after it."""
        if duty := _DUTY.search(self.text, start, end):
            end = duty.start() if duty.start() > start else end
        start = self._past(start, end, ",。、:;”’)-的")
        if (mark := _MARK.match(self.text, start, end)) and mark.end() < end:
            start = self._past(mark.end(), end, ",、:;”’)-")
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in ",、:“‘("):
            end -= 1
        return start, end

    def _past(self, start: int, end: int, characters: str) -> int:
        while start < end and (self.text[start].isspace() or self.text[start] in characters):
            start += 1
        return start
