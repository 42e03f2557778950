"""What a question is about: its terms, and how well a clause covers them.

A clause can only bear an answer when it holds the question's content words, each weighed by its rarity (inverse clause
frequency) and found literally, through a synonym, or with a slip of the pen. Words that no document knows weigh most:
that is how a question about something else is noticed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from zyqa.answer.shelf import Folio
from zyqa.answer.wording import Wording
from zyqa.answer.words import EMPTY_TAGS, LIGHT_TAGS, Words
from zyqa.patterns import compiled
from zyqa.text import part_of_speech, segments
from zyqa.types import Clause, Span

_FRAME_WEIGHT = 0.2
_SINGLE_WEIGHT = 0.3
_LIGHT, _RARE, _LATIN, _SINGLE = 0.25, 0.5, 0.29, 0.15  # unknown common and rare verbs, English words, characters
_COMMON = 500  # how often jieba's corpus has a common verb
_BRANCH = ("行业", "业")
_HEADING, _BODY, _PATH = 1.0, 0.85, 0.7  # what a term found there counts
_MIN_PARTIAL = 0.5
_NAMED = compiled('[“"]([㐀-鿿a-z0-9+]{2,8})[”"]')
_REMEMBERED = 8  # topics whose matches are kept: several kinds of answer look for the same


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question, its rarity, and the documents' words for it (itself first)."""

    text: str
    forms: tuple[str, ...]
    weight: float
    known: bool  # whether any document has it

    def cover(self, text: str) -> float:
        """How far a folded text holds the term, 0 to 1."""
        for place, form in enumerate(self.forms):
            if form in text:
                return 1.0 if place == 0 else 0.97
        return _partial(self.text, text) if len(self.text) > 2 else 0.0


def _partial(term: str, text: str) -> float:
    """The share of the term's bigrams that the text holds, where it is at least half."""
    pairs = _pairs(term)
    share = sum([pair in text for pair in pairs]) / len(pairs)
    return 0.8 * share if share >= _MIN_PARTIAL else 0.0


@lru_cache(maxsize=1024)
def _pairs(term: str) -> tuple[str, ...]:
    return tuple(term[place : place + 2] for place in range(len(term) - 1))


def _runs(text: str, terms: Iterable[str]) -> tuple[str, ...]:
    """The stretches of the question that the terms cover."""
    mask = [False] * len(text)
    for term in filter(None, terms):
        start = text.find(term)
        while start >= 0:
            mask[start : start + len(term)] = [True] * len(term)
            start = text.find(term, start + len(term))
    runs, run = [], ""
    for char, inside in zip(text + " ", [*mask, False], strict=True):
        if inside:
            run += char
        elif run:
            runs.append(run)
            run = ""
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class Match:
    """A clause and how well it covers a topic: ``coverage`` of the terms' weight, and a ``score`` to rank by."""

    folio: Folio
    clause: Clause
    coverage: float
    score: float
    heading: float = 0.0  # share of the heading's weight that the topic covers
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """The terms of a question, and the runs of text they were cut from."""

    terms: tuple[Term, ...]
    runs: tuple[str, ...] = ()
    context: tuple[Term, ...] = ()  # of the turn before: they help to rank, and need not be covered
    strange: tuple[Term, ...] = ()  # what no document holds: the weight says how much that speaks against an answer

    @cached_property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @property
    def strong(self) -> tuple[Term, ...]:
        """The terms that say what the question is about."""
        return tuple(term for term in (*self.terms, *self.strange) if term.weight >= 0.3)

    def coverage(self, text: str) -> float:
        """The share of the terms' weight that a folded text covers; 0 without terms."""
        total = self.weight
        return sum([term.weight * term.cover(text) for term in self.terms]) / total if total else 0.0

    def richness(self, text: str) -> float:
        """A little for every further form of a term that a text has."""
        return 0.03 * sum(max(0, sum(form in text for form in term.forms[1:]) - 1) for term in self.terms)

    def nearness(self, head: str, own: str) -> float:
        """What the context adds to a clause's score."""
        total = sum(term.weight for term in self.context)
        if not total:
            return 0.0
        shares = (term.weight * max(term.cover(head), 0.5 * term.cover(own)) for term in self.context)
        return 0.6 * sum(shares) / total

    def without(self, words: str, rest: str) -> Topic:
        """The topic less the terms that stand only in some words of the question, of which ``rest`` is left."""
        terms, strange = (
            tuple(term for term in some if term.text in rest or term.text not in words)
            for some in (self.terms, self.strange)
        )
        return replace(self, terms=terms, strange=strange, runs=_runs(rest, [term.text for term in (*terms, *strange)]))

    def beyond(self, title: str) -> Topic:
        """The topic less what the title of the document says already; all of it where nothing telling is left."""
        rest = replace(self, terms=tuple(term for term in self.terms if term.cover(title) < _MIN_PARTIAL))
        return rest if rest.strong else self

    def __bool__(self) -> bool:
        return bool(self.terms or self.strange)

    def __str__(self) -> str:
        return "".join(self.runs) if self.runs else "".join(term.text for term in (*self.terms, *self.strange))


_Sought = tuple[Topic, tuple[tuple[str, frozenset[str] | None], ...]]  # … among which clauses of which documents


@dataclass
class Topics:
    """Reads topics and matches them with the clauses of a library."""

    folios: Sequence[Folio]
    wording: Wording
    _rarity: dict[str, float] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _matched: dict[_Sought, list[Match]] = field(default_factory=dict)
    _headings: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._texts = [text for folio in self.folios for text in folio.own.values()]
        self._words = Words("\n".join(self._texts), self.wording)
        named = {name for text in self._texts for name in _NAMED.findall(text) if len(list(segments(name))) > 1}
        self._names = compiled("|".join(map(re.escape, sorted(named, key=len, reverse=True))) or "(?!)")

    def rarity(self, word: str) -> float:
        """Inverse clause frequency, scaled to (0, 1]; 1 for a word no clause holds."""
        if word not in self._rarity:
            if not self.known(word):
                self._rarity[word] = 1.0
            else:
                count, among = sum(word in text for text in self._texts), max(len(self._texts), 50)
                self._rarity[word] = math.log(1 + (among - count + 0.5) / (count + 0.5)) / math.log(1 + 2 * among)
        return self._rarity[word]

    def known(self, word: str) -> bool:
        return self._words.known(word)

    # ------------------------------------------------------------ reading

    def read(self, text: str, *, strange: Sequence[str] = ()) -> Topic:
        """The topic of a folded question; ``strange``: wishes in it that only a text with the same words fulfils."""
        terms = [Term(wish, (wish,), 1.0, self.known(wish)) for wish in strange]
        text = self._words.righted(self._words.written_out(text))
        for piece, forms in self._pieces(text):
            if forms:
                terms.append(self._term(piece, forms))
                continue
            terms += [self._term(word, self._forms(word)) for word in self._branches(self._words.of(piece), piece)]
        unique = {term.text: term for term in terms if term.weight > 0}
        known = tuple(term for term in unique.values() if term.known)
        unknown = tuple(
            replace(term, weight=1.0)
            if term.text.isascii() and term.text.isalnum() and not term.text.isdecimal()
            else term
            for term in unique.values()
            if not term.known
        )
        return Topic(known, _runs(text, unique), strange=unknown)

    def _pieces(self, text: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The text cut at phrases of the tables and at names that the documents put into quotation marks (“两库”)."""
        last = 0
        names = [(match.start(), match.end(), ()) for match in self._names.finditer(text)]
        for start, end, forms in sorted([*names, *self.wording.everyday(text)]):
            if start < last or (forms and self.known(text[start:end]) and end - start <= 2):
                continue  # the documents use the short word as well: leave it to the words
            yield text[last:start], ()
            yield text[start:end], (text[start:end], *forms)
            last = end
        yield text[last:], ()

    def _branches(self, words: list[str], text: str) -> list[str]:
        """A word before 行业 or 产业 is a branch of the economy, and means nothing else: 教育行业 is not 质量教育."""
        joined: list[str] = []
        for word in words:
            branch = joined[-1] if joined else ""
            if word in _BRANCH and len(branch) > 1 and branch + word in text and not self._is_branch(branch):
                joined[-1] = branch + word
            else:
                joined.append(word)
        return joined

    def _is_branch(self, word: str) -> bool:
        return any(word in head for folio in self.folios for head in folio.heads.values()) or any(
            self.known(word + ending) for ending in ("业", "产业", "行业", "企业", "工程")
        )

    def _forms(self, word: str) -> tuple[str, ...]:
        apart = "、".join(word)  # 市县 where the documents have 市、县
        enumerated = (apart,) if len(word) == 2 and not self.known(word) and self.known(apart) else ()
        return (word, *self.wording.others(word), *enumerated)

    def _term(self, word: str, forms: tuple[str, ...]) -> Term:
        known = [form for form in forms if self.known(form)]
        weight = min((self.rarity(form) for form in known), default=self._strangeness(word))
        if word in self.wording.frame or word.isdecimal():
            weight *= _FRAME_WEIGHT
        if len(word) == 1 and known:
            weight *= _SINGLE_WEIGHT
        return Term(word, forms, weight, bool(known))

    def _strangeness(self, word: str) -> float:
        """The weight of a word no document holds: a name or a thing weighs in full, a common verb little."""
        if len(word) == 1 or word.isdecimal() or word in self.wording.frame or word in self.wording.casual:
            return _SINGLE
        if word.isascii():
            return _LATIN
        tag, count = part_of_speech(word)
        if tag[:1] in EMPTY_TAGS:
            return 0.0
        if tag[:1] in LIGHT_TAGS and tag != "vn":
            return _LIGHT if count > _COMMON else _RARE
        return 1.0

    # ------------------------------------------------------------ matching

    def match(self, topic: Topic, folios: Iterable[Folio] | None = None) -> list[Match]:
        """The clauses that hold anything of the topic, best first."""
        chosen = tuple(self.folios if folios is None else folios)
        if not topic:
            return []
        key = topic, tuple((folio.id, folio.scope) for folio in chosen)
        found = self._matched.get(key)
        if found is None:
            rated = (match for folio in chosen for match in self._matches(topic, folio))
            found = sorted((match for match in rated if match.coverage > 0.2), key=lambda match: -match.score)
            if len(self._matched) >= _REMEMBERED:
                self._matched.clear()
            self._matched[key] = found
        return list(found)

    def _matches(self, topic: Topic, folio: Folio) -> Iterator[Match]:
        above: dict[str, list[float]] = {}  # many clauses stand under the same headings
        for clause in folio.clauses:
            path = folio.paths[clause.id]
            if path not in above:
                above[path] = [term.cover(path) for term in topic.terms]
            yield self._match(topic, folio, clause, above[path])

    def _match(self, topic: Topic, folio: Folio, clause: Clause, above: Sequence[float]) -> Match:
        head, own = folio.heads[clause.id], folio.own[clause.id]
        total = topic.weight
        covered = scored = 0.0
        missing = []
        for term, in_path in zip(topic.terms, above, strict=True):
            in_own = term.cover(own)
            in_head = term.cover(head) if in_own else 0.0  # the heading is part of the text
            best = max(in_head, in_own, 0.9 * in_path)
            covered += term.weight * best
            scored += term.weight * max(_HEADING * in_head, _BODY * in_own, _PATH * in_path)
            if best < _MIN_PARTIAL:
                missing.append(term.text)
        if covered == 0:
            return Match(folio, clause, 0.0, 0.0)
        heading = self._heading_share(topic, head)
        score = scored / total + 0.3 * heading + 0.15 * self._together(topic, own) + topic.nearness(head, own)
        return Match(folio, clause, covered / total, score, heading, tuple(missing))

    def _heading_share(self, topic: Topic, head: str) -> float:
        """How much of a heading's weight the topic names: 1 where they say the same."""
        words, weights = self._weighed(head)
        forms = [form for term in topic.terms for form in term.forms]
        named = sum(
            weight
            for word, weight in zip(words, weights, strict=True)
            if any(word in form or (form in word and len(form) > 1) for form in forms)
        )
        return named / sum(weights) if weights and sum(weights) else 0.0

    def _weighed(self, head: str) -> tuple[list[str], list[float]]:
        """The words of a heading and their weights."""
        if head not in self._headings:
            words = [word for word in segments(head) if word not in self.wording.fillers]
            weights = [self.rarity(word) * (_FRAME_WEIGHT if word in self.wording.frame else 1) for word in words]
            self._headings[head] = words, weights
        return self._headings[head]

    @staticmethod
    def _together(topic: Topic, own: str) -> float:
        """The share of the question's words that stand side by side in the clause as they do in the question."""
        total = sum(len(run) for run in topic.runs)
        return sum(len(run) for run in topic.runs if run in own) / total if total else 0.0

    def best_sentences(self, topic: Topic, folio: Folio, clause: Clause) -> list[tuple[float, Span]]:
        """The clause's sentences by how much of the topic each covers, best first."""
        rated = [
            (topic.coverage(words := span.cut(folio.folded)) + topic.richness(words), span)
            for span in folio.sentences(clause)
        ]
        return sorted(rated, key=lambda item: -item[0])
