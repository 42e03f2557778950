"""The inverted index: jieba words and character bigrams of clauses and of whole documents, headings and titles.

It lies in immutable part files. Adding builds a small part and merges it with parts of its size; removing writes the
part anew without the document. So nothing removed stays behind, and a part is either there or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import cast

import numpy as np
from numpy.typing import NDArray

from zyqa import text
from zyqa.search.arrays import Array
from zyqa.search.postings import Ints, Keys, Matches, Postings, build, mean_length, merge, score, thin

FORMAT = "lexical-2"
CLAUSE_FIELDS = ("words", "bigrams", "heading")
DOCUMENT_FIELDS = ("document_words", "document_bigrams", "title")
_LENGTH_WEIGHT = {"heading": 0.4, "title": 0.4}  # BM25's b; 0.75 for running text
_BLOCK = 32  # scores that are looked at as one
_KEPT = 1 << 19  # words
_PART_ROWS = 1 << 16  # parts do not grow beyond what a 16-bit row number reaches


def stamp() -> str:
    """What made the terms. Parts of another stamp cannot be asked."""
    return f"{FORMAT} {text.segmenter_stamp()}"


# ---------------------------------------------------------------- terms


class _Hashes(dict[str, int]):
    """Word → key, computed when first met. Kept for the next text, until there are too many."""

    def __missing__(self, word: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        key = self[word] = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        return key


_hashes = _Hashes()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of ``size`` rows: ``keys[i]`` stands in row ``rows[i]``, ascending."""

    keys: Keys
    rows: Ints
    size: int


def word_tokens(folded: Sequence[str]) -> Tokens:
    """The jieba words of each of these folded texts."""
    found = [text.folded_words(one) for one in folded]
    keys = np.fromiter(map(_hashes.__getitem__, chain.from_iterable(found)), np.uint64)
    return Tokens(keys, _numbered([len(words) for words in found]), len(folded))


def bigram_tokens(folded: Sequence[str]) -> Tokens:
    """The character bigrams of each of these folded texts, as :func:`zyqa.text.bigrams` finds them."""
    codes = np.frombuffer("".join(f"{one}\n" for one in folded).encode("utf-32-le", "replace"), np.uint32)
    codes = codes.astype(np.uint64)
    rows = _numbered([len(one) + 1 for one in folded])
    han = (codes >= 0x3400) & (codes < 0xA000)
    first = np.flatnonzero(han[:-1] & han[1:])
    return Tokens(codes[first] << np.uint64(32) | codes[first + 1], rows[first], len(folded))


def _numbered(lengths: list[int]) -> Ints:
    return np.repeat(np.arange(len(lengths)), lengths)


def _both(texts: Sequence[str]) -> Tokens:
    """Words and bigrams of short texts in one field."""
    folded = text.fold_all(texts)
    one, two = word_tokens(folded), bigram_tokens(folded)
    rows = np.concatenate([one.rows, two.rows])
    order = np.argsort(rows, kind="stable")
    return Tokens(np.concatenate([one.keys, two.keys])[order], rows[order], len(texts))


def _repeated(texts: Sequence[str]) -> Tokens:
    """Like :func:`_both`, for texts of which most are the same as the one before."""
    distinct = list(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(distinct)}
    tokens = _both(distinct)
    bounds = np.searchsorted(tokens.rows, np.arange(len(distinct) + 1))
    wanted = np.array([places[text] for text in texts], np.int64)
    lengths = np.diff(bounds)[wanted]
    rows = np.repeat(np.arange(len(texts)), lengths)
    starts = np.cumsum(lengths) - lengths
    return Tokens(tokens.keys[bounds[wanted][rows] + np.arange(len(rows)) - starts[rows]], rows, len(texts))


# ---------------------------------------------------------------- parts


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents' rows. ``clauses`` (c,) and ``documents`` (d,): rowids in the store; ``owners`` (c,): the
    document's rowid of each clause; ``fields``: the postings by name."""

    clauses: Ints
    owners: Ints
    documents: Ints
    fields: Mapping[str, Postings]

    def arrays(self) -> dict[str, Array]:
        """The part as named arrays, to be written."""
        flat: dict[str, Array] = {"clauses": self.clauses, "owners": self.owners, "documents": self.documents}
        for name, field in self.fields.items():
            flat |= {f"{name}.{slot}": getattr(field, slot) for slot in Postings.__slots__}
        return flat


def from_arrays(arrays: Mapping[str, Array]) -> Part:
    """The part that :meth:`Part.arrays` took apart."""
    fields = {
        name: Postings(*(arrays[f"{name}.{slot}"] for slot in Postings.__slots__))  # type: ignore[arg-type]
        for name in CLAUSE_FIELDS + DOCUMENT_FIELDS
    }
    clauses, owners, documents = (cast(Ints, arrays[name]) for name in ("clauses", "owners", "documents"))
    return Part(clauses, owners, documents, fields)


@dataclass(frozen=True, slots=True)
class Terms:
    """The tokens of one document's clauses (words, bigrams, heading) and of its title."""

    fields: Mapping[str, Tokens]


def terms(title: str, texts: Sequence[str], headings: Sequence[str]) -> Terms:
    """The terms of a document: its title, its clauses' texts and the heading path of each."""
    folded = text.fold_all(texts)
    fields = {"words": word_tokens(folded), "bigrams": bigram_tokens(folded)}
    return Terms(fields | {"heading": _repeated(headings), "title": _both([title])})


def part(documents: Iterable[tuple[int, Sequence[int], Terms]]) -> Part:
    """A part of documents, each with its rowid, its clauses' rowids and its terms."""
    entries = list(documents)
    lengths = [len(clauses) for _, clauses, _ in entries]
    ids = np.array([rowid for rowid, _, _ in entries], np.int64)
    clauses = np.array([rowid for _, rowids, _ in entries for rowid in rowids], np.int64)
    fields = {}
    places = np.repeat(np.arange(len(ids)), lengths)
    for name in (*CLAUSE_FIELDS, "title"):
        keys, rows, size = _ordered([found.fields[name] for _, _, found in entries])
        fields[name] = build(keys, rows, size)
        if (whole := f"document_{name}") in DOCUMENT_FIELDS:
            fields[whole] = build(keys, places[rows], len(ids))
    return Part(clauses, np.repeat(ids, lengths), ids, fields)


def _ordered(tokens: Sequence[Tokens]) -> tuple[Keys, Ints, int]:
    """The tokens of several documents by key, those of a key by row: keys, rows, and how many rows there are."""
    bases = np.cumsum([0, *(one.size for one in tokens)])
    keys = np.concatenate([one.keys for one in tokens])
    order = np.argsort(keys, kind="stable")
    rows = np.concatenate([one.rows + base for one, base in zip(tokens, bases[:-1], strict=True)])
    return keys[order], rows[order], int(bases[-1])


def merged(parts: Sequence[Part]) -> Part:
    """Several parts as one."""
    return Part(
        np.concatenate([one.clauses for one in parts]),
        np.concatenate([one.owners for one in parts]),
        np.concatenate([one.documents for one in parts]),
        {name: merge([one.fields[name] for one in parts]) for name in CLAUSE_FIELDS + DOCUMENT_FIELDS},
    )


def without(one: Part, documents: Iterable[int]) -> Part:
    """The part less the documents with these rowids."""
    gone = np.fromiter(documents, np.int64)
    clauses, kept = ~np.isin(one.owners, gone), ~np.isin(one.documents, gone)
    fields = {name: thin(one.fields[name], clauses) for name in CLAUSE_FIELDS}
    fields |= {name: thin(one.fields[name], kept) for name in DOCUMENT_FIELDS}
    return Part(one.clauses[clauses], one.owners[clauses], one.documents[kept], fields)


def mergeable(sizes: Mapping[str, int], new: int) -> list[str]:
    """Which parts (name → clauses) to merge with a new one, so that their number grows with the logarithm."""
    chosen, total = [], new
    for name, size in sorted(sizes.items(), key=lambda item: item[1]):
        if size > 2 * total or size + total > _PART_ROWS:
            break
        chosen.append(name)
        total += size
    return chosen


# ---------------------------------------------------------------- asking


class Lexicon:
    """All parts, ready to be asked. Clauses and documents are named by their places, 0 … len - 1.

    ``clauses`` and ``documents``: rowids by place, a document's clauses side by side, in its order;
    ``owners`` (clauses,): the place of each clause's document; ``counts`` (documents,): its clauses.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.clauses = _concatenate([one.clauses for one in parts])
        self.documents = _concatenate([one.documents for one in parts])
        self._means: dict[str, float] = {}
        self.owners = _places(self.documents, _concatenate([one.owners for one in parts]))
        self.counts = np.bincount(self.owners, minlength=len(self.documents))

    def __len__(self) -> int:
        return len(self.clauses)

    def places(self, rowids: Ints) -> Ints:
        """The places of clauses by rowid (-1: none)."""
        order, ordered = self._by_rowid
        if not len(ordered):
            return np.full(len(rowids), -1)
        found = np.minimum(np.searchsorted(ordered, rowids), len(ordered) - 1)
        return np.where(ordered[found] == rowids, order[found], -1)

    @cached_property
    def _by_rowid(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.clauses)
        return order, self.clauses[order]

    def mean(self, field: str) -> float:
        """The mean length of a field, in tokens."""
        if field not in self._means:
            self._means[field] = mean_length([one.fields[field] for one in self.parts])
        return self._means[field]

    def match(self, question: str) -> Question:
        """The question's terms against every field; a field is scored when it is first looked at."""
        return Question(self, question)


class Question:
    """A question's scores in each field: ``question["words"].scores`` and so on."""

    def __init__(self, lexicon: Lexicon, question: str) -> None:
        self.lexicon = lexicon
        folded = text.fold_all([question])
        self._words = np.unique(word_tokens(folded).keys)
        self._bigrams = np.unique(bigram_tokens(folded).keys)
        self._fields: dict[str, Matches] = {}

    def __getitem__(self, field: str) -> Matches:
        """The matches in a field of CLAUSE_FIELDS (rows: clauses) or DOCUMENT_FIELDS (rows: documents)."""
        if field not in self._fields:
            parts = [one.fields[field] for one in self.lexicon.parts]
            self._fields[field] = score(
                parts, self._keys(field), self.lexicon.mean(field), b=_LENGTH_WEIGHT.get(field, 0.75)
            )
        return self._fields[field]

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """The weighted sum over fields for every clause; a document's fields count for each of its clauses."""
        fields = {name: self[name] for name in weights}
        small = [name for name in weights if name in CLAUSE_FIELDS]
        rows = np.concatenate([fields[name].rows for name in small])
        values = np.concatenate([fields[name].weights * np.float32(weights[name]) for name in small])
        scores = np.asarray(np.bincount(rows, values, len(self.lexicon)), np.float64)
        for name in weights.keys() & set(DOCUMENT_FIELDS):
            scores += np.repeat(self[name].scores * weights[name], self.lexicon.counts)
        return scores

    def _keys(self, field: str) -> Keys:
        if field.endswith("words"):
            return self._words
        return self._bigrams if field.endswith("bigrams") else np.concatenate([self._words, self._bigrams])


def top(scores: NDArray[np.floating], count: int) -> Ints:
    """The places of the ``count`` best scores above 0, best first; equal ones in their order."""
    bound = 0.0
    if len(scores) > _BLOCK * count > 0:
        blocks = scores[: len(scores) // _BLOCK * _BLOCK].reshape(-1, _BLOCK).max(axis=1)
        bound = np.partition(blocks, len(blocks) - count)[len(blocks) - count]  # that many blocks reach it
    places = np.flatnonzero((scores >= bound) & (scores > 0))
    return places[np.argsort(-scores[places], kind="stable")][:count]


def _concatenate(pieces: list[Ints]) -> Ints:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def _places(known: Ints, wanted: Ints) -> Ints:
    order = np.argsort(known)
    return order[np.searchsorted(known[order], wanted)] if len(known) else wanted
