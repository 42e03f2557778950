"""From a question to ranked clauses and documents: candidates by words, bigrams and vectors, ordered by a learned sum.

The weights (``data/ranker.json``) come from ``eval/train_ranker.py``. Authority counts (a country's law before a
region's), and so does a place that the question names. An article named by its number is found without a search.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from zyqa.errors import NotFound
from zyqa.search import lexical
from zyqa.search.address import Named, Titles
from zyqa.search.encoder import Encoder
from zyqa.search.engine import LocalEngine, matches
from zyqa.search.lexical import Lexicon
from zyqa.search.postings import Matches
from zyqa.search.profile import FEATURES as PROFILE
from zyqa.search.profile import Profiles, is_statute, places_in, profiles
from zyqa.search.records import DocumentInfo
from zyqa.types import Filters, Hit, Question

Ints = NDArray[np.int64]
Floats = NDArray[np.floating]

FEATURES = ("words", "bigrams", "title", "heading", "cosine", *PROFILE)
_LEXICAL, _DENSE = 150, 100  # candidates of each search
_LOCAL = 0.75  # what a match in a local regulation counts among the candidates, unless its place is named
_PLACE, _PLACE_OF_DOCUMENT = 0.2, 0.15  # a match of all places named, against a match of all words
_WHOLE, _FEW = 6.0, 0.1  # of clauses: what their document is behind the best one; share of documents that are no laws
_MEANING, _NEAREST = 0.7, 300  # of documents: the clause nearest in meaning, among so many

_ASKING = re.compile(
    r"请问|什么样的?|什么|怎么样|怎么|怎样|如何|哪些|哪几个|哪[里个种]|哪|多少|多久|多长时间|何时|何地|何种|几个|有何|是否|[?？吗呢]"
)


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document found, with its score."""

    doc_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Clauses to be ranked. ``places`` in the lexicon (n,); ``table`` (n, FEATURES); ``bonus`` (n,): what binds.

    ``ranks``: the places that each search found, best first.
    """

    places: Ints
    table: Floats
    bonus: Floats
    ranks: Mapping[str, Ints]


@cache
def weights() -> Floats:
    """The learned weight of each of FEATURES."""
    learned = json.loads(files("zyqa").joinpath("data/ranker.json").read_text("utf-8"))["weights"]
    return np.array([learned.get(name, 0.0) for name in FEATURES], np.float32)


@dataclass(frozen=True, slots=True)
class _View:
    """What is worked out once for a state of the library; documents by their place in the lexicon.

    ``damping`` (clauses,): what a match counts where no place is named.
    """

    lexicon: Lexicon
    infos: tuple[DocumentInfo, ...]
    profiles: Profiles
    titles: Titles
    damping: Floats


class Retriever:
    """Searches a library. Safe to use from several threads."""

    def __init__(self, engine: LocalEngine) -> None:
        self.engine = engine
        self._guard = threading.Lock()
        self._held: _View | None = None
        self._encoded: tuple[str, Floats] | None = None  # the last question and its vector

    # ------------------------------------------------------------ clauses

    def retrieve(self, question: Question, k: int) -> list[Hit]:
        """The k best clauses, best first; what the question names by its number before all others."""
        view = self._view()
        hits = self._named(view, question)
        if len(view.lexicon) and len(hits) < k:
            known = {(hit.doc_id, hit.clause_id) for hit in hits}
            found = self.candidates(question)
            scores = found.table @ weights() + found.bonus
            order = np.argsort(-scores, kind="stable")[:k]
            hits += [hit for hit in self._hits(view, found, order, scores) if (hit.doc_id, hit.clause_id) not in known]
        return hits[:k]

    def candidates(self, question: Question) -> Candidates:
        """The clauses that may answer, and the features of each."""
        view = self._view()
        lexicon, matched = view.lexicon, view.lexicon.match(_plain(question.text))
        allowed = self.engine.allowed(question.filters, lexicon)
        clauses = {name: _share(matched[name]) for name in lexical.CLAUSE_FIELDS}
        title, binding = _share(matched["title"]), self._binding(view, question.text)
        local = view.profiles.local & (binding < 1)
        scores = clauses["words"] + clauses["bigrams"]
        if len(matched["heading"].rows):
            scores += 0.3 * clauses["heading"]
        scores += np.repeat(0.3 * title + _PLACE * binding, lexicon.counts)
        scores *= _damping(local, lexicon) if binding.any() else view.damping
        if allowed is not None:
            scores = np.where(allowed, scores, 0)
        by_words = lexical.top(scores, _LEXICAL)
        by_meaning, query = self._near(view, question.text, _DENSE, allowed)
        places = np.unique(np.concatenate([by_words, by_meaning]))
        owners = lexicon.owners[places]
        profile = view.profiles.table[owners]
        profile[:, PROFILE.index("local")] = local[owners]
        columns = [clauses["words"][places], clauses["bigrams"][places], title[owners], clauses["heading"][places]]
        table = np.column_stack([*columns, self._cosine(view, places, query), profile])
        whole = weights()[FEATURES.index("words")] + weights()[FEATURES.index("bigrams")]
        bonus = whole * (_PLACE * binding + view.profiles.standing)
        bonus += _WHOLE * self._setback(view, matched, question.text)
        return Candidates(places, table, bonus[owners], {"lexical": by_words, "dense": by_meaning})

    def _near(
        self, view: _View, text: str, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Ints, Floats | None]:
        """The places of the clauses nearest in meaning, best first, and the question's vector."""
        vectors, encoder = self.engine.vectors, self.engine.encoder
        if vectors is None or encoder is None:
            return np.zeros(0, np.int64), None
        query = self._vector(encoder, text)
        among = None if allowed is None else view.lexicon.clauses[allowed]
        rowids, _ = vectors.search(query, count, among)
        places = view.lexicon.places(rowids)
        return places[places >= 0], query

    def _vector(self, encoder: Encoder, text: str) -> Floats:
        held = self._encoded
        if held is None or held[0] != text:
            held = self._encoded = text, encoder.encode([text])[0]
        return held[1]

    def _cosine(self, view: _View, places: Ints, query: Floats | None) -> Floats:
        vectors = self.engine.vectors
        if vectors is None or query is None:
            return np.zeros(len(places), np.float32)
        return vectors.scores(view.lexicon.clauses[places], query.astype(np.float32))

    def _hits(self, view: _View, found: Candidates, order: Ints, scores: Floats) -> list[Hit]:
        chosen = found.places[order]
        rowids = view.lexicon.clauses[chosen].tolist()
        score = dict(zip(rowids, scores[order].tolist(), strict=True))
        ranks: dict[int, list[tuple[str, int]]] = {rowid: [] for rowid in rowids}
        for name, places in found.ranks.items():
            for rank, rowid in enumerate(view.lexicon.clauses[places].tolist(), 1):
                if rowid in ranks:
                    ranks[rowid].append((name, rank))
        return [
            Hit(one.doc_id, one.clause_id, one.label, score[one.rowid], tuple(ranks[one.rowid]))
            for one in self.engine.store.passages(rowids)
        ]

    # ------------------------------------------------------------ documents

    def documents(self, question: Question, k: int) -> list[DocumentHit]:
        """The k best documents, best first: words, bigrams and places of the whole text, and the nearest clause.

        Scores are less by what no document of the library knows of the question.
        """
        view = self._view()
        lexicon, matched = view.lexicon, view.lexicon.match(_plain(question.text))
        if not len(lexicon):
            return []
        scores = self._documents(view, matched, question.text) * _known(matched["document_bigrams"])
        if question.filters != Filters():
            scores = np.where([matches(info, question.filters) for info in view.infos], scores, 0)
        return [DocumentHit(view.infos[place].id, float(scores[place])) for place in lexical.top(scores, k).tolist()]

    def _documents(self, view: _View, matched: lexical.Question, question: str) -> Floats:
        """The score of every document, 0 where it has none of the question's terms."""
        words, bigrams = matched["document_words"], matched["document_bigrams"]
        scores = _share(words) + _share(bigrams) + 0.5 * (_coverage(words) + _coverage(bigrams))
        scores = scores + _PLACE_OF_DOCUMENT * self._binding(view, question) + view.profiles.standing
        near, query = self._near(view, question, _NEAREST)
        if query is not None and len(near):
            cosine = self._cosine(view, near, query)
            scores += _MEANING * np.maximum(_best(cosine, view.lexicon.owners[near], len(scores)), cosine.min())
        return np.where(_coverage(bigrams) + _coverage(words) > 0, scores, 0)

    def _setback(self, view: _View, matched: lexical.Question, question: str) -> Floats:
        """How far each document is behind the best as a whole.

        A statute's articles stand for themselves: 0; in a collection of statutes, so do the clauses of the others.
        """
        plain = ~view.profiles.statutes
        if plain.mean() < _FEW:
            return np.zeros(len(plain))
        scores = self._documents(view, matched, question)
        return np.where(plain, scores - scores[plain].max(), 0)

    def _binding(self, view: _View, question: str) -> Floats:
        """For each document the share of the places named in the question that its title names, or (half) its text."""
        found = np.zeros(len(view.infos), np.float32)
        named = places_in(question)
        for place in named:
            inside = _coverage(view.lexicon.match(place)["document_bigrams"]) > 0.99
            found += np.maximum(0.5 * inside, view.profiles.titled(place))
        return found / max(1, len(named))

    # ------------------------------------------------------------ what is known before

    def titled(self, question: Question) -> list[str]:
        """The documents that the question names by title or number."""
        view = self._view()
        named = view.titles.documents(question.text)
        if not named or question.filters == Filters():
            return named
        allowed = {info.id for info in view.infos if matches(info, question.filters)}
        return [one for one in named if one in allowed]

    def cosine(self, question: Question, hit: Hit) -> float:
        """How near a clause is to the question in meaning; 0 without an encoder."""
        rowid = self.engine.store.rowid(hit.doc_id, hit.clause_id)
        if rowid is None or self.engine.vectors is None or self.engine.encoder is None:
            return 0.0
        query = self._vector(self.engine.encoder, question.text)
        return float(self.engine.vectors.scores(np.array([rowid]), query.astype(np.float32))[0])

    def is_statute(self, doc_id: str) -> bool:
        """Whether a document is a law or the like, whose articles stand for themselves."""
        return is_statute(self.engine.store.info(doc_id).title)

    def _named(self, view: _View, question: Question) -> list[Hit]:
        found = [hit for one in view.titles.named(question.text) if (hit := self._hit(one))]
        if not found or question.filters == Filters():
            return found
        allowed = {info.id for info in view.infos if matches(info, question.filters)}
        return [hit for hit in found if hit.doc_id in allowed]

    def _hit(self, named: Named) -> Hit | None:
        try:
            clause = self.engine.store.clause(named.doc_id, named.clause_id)
        except NotFound:
            return None
        return Hit(named.doc_id, clause.id, clause.label, float("inf"), (("address", 1),))

    def _view(self) -> _View:
        lexicon = self.engine.lexicon
        held = self._held
        if held is None or held.lexicon is not lexicon:
            with self._guard:
                held = self._held = self._look(lexicon)
        return held

    def _look(self, lexicon: Lexicon) -> _View:
        known = self.engine.infos()
        infos = tuple(known[rowid] for rowid in lexicon.documents.tolist())
        made = profiles(infos, lexicon.counts.tolist(), self.engine.store.citations())
        return _View(lexicon, infos, made, Titles(infos), _damping(made.local, lexicon))


def _damping(local: NDArray[np.bool_], lexicon: Lexicon) -> Floats:
    """What a match in each clause counts among the candidates: less in a local regulation."""
    return np.repeat(np.where(local, _LOCAL, 1.0), lexicon.counts)


def _plain(question: str) -> str:
    """The question without the words that only ask; documents in the form of questions would attract them."""
    return _ASKING.sub(" ", question)


def _share(matched: Matches) -> Floats:
    """A field's scores as a share of what a match of all terms weighs."""
    total = float(matched.idf.sum())
    weights = matched.weights * np.float32(1 / total) if total else matched.weights
    return np.asarray(np.bincount(matched.rows, weights, matched.size), np.float64)


def _coverage(matched: Matches) -> Floats:
    """The share of the terms, by their weight, that occur in each row."""
    found, total = np.zeros(matched.size, np.float32), float(matched.idf.sum())
    for term, run in matched.runs:
        found[matched.rows[run]] += matched.idf[term]
    return found / total if total else found


def _known(matched: Matches) -> float:
    """The share of the terms, by their weight, that occur in any row."""
    total, strange = float(matched.idf.sum()), np.log1p(matched.size) * int((matched.idf == 0).sum())
    return total / (total + strange) if total else 0.0


def _best(scores: Floats, owners: Ints, count: int) -> Floats:
    """The best score of each document's rows, 0 where it has none."""
    best = np.zeros(count, np.float32)
    np.maximum.at(best, owners, scores)
    return best
