"""Posting lists as flat arrays: built, merged, thinned out and scored (BM25) by whole-array operations.

A term is a 64-bit key: the two code points of a character bigram, or a hash of a word. A posting is the number of a row
(a clause, or a document) and one byte, which holds the class of the term's frequency (3 bits) and of the row's
length (5 bits), about as fine as Lucene's norms. That byte does not depend on the other rows, so that lists which
were merged, thinned out or built at once are the same, and what was removed leaves nothing behind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_FREQUENCIES = np.array([1, 2, 3, 4, 6, 9, 15, 30], np.float32)  # what the eight classes stand for
_FREQUENCY_CLASS = np.abs(np.arange(256)[:, None] - _FREQUENCIES).argmin(axis=1).astype(np.uint8)
_LENGTHS = np.float32(4) * np.float32(1.4) ** np.arange(32, dtype=np.float32)  # 4 … 136,000 tokens
_LARGE, _COMMON = 10_000, 0.2  # in so many rows, a term in a fifth of them costs time and tells nothing


@dataclass(frozen=True, slots=True)
class Postings:
    """One field of some rows.

    ``terms``: sorted keys (t,); ``offsets`` (t + 1,): where the postings of each begin; ``rows`` and ``codes`` (p,);
    ``lengths`` (rows,): tokens in each row.
    """

    terms: Keys
    offsets: NDArray[np.uint32]
    rows: NDArray[np.unsignedinteger]
    codes: NDArray[np.uint8]
    lengths: NDArray[np.uint32]

    @property
    def size(self) -> int:
        return len(self.lengths)


def build(keys: Keys, rows: Ints, size: int) -> Postings:
    """The postings of ``size`` rows from their tokens, by key and then by row: ``keys[i]`` stands in ``rows[i]``."""
    lengths = np.bincount(rows, minlength=size).astype(np.uint32)
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
    starts = np.flatnonzero(first)
    counts = np.diff(np.append(starts, len(keys)))
    keys, rows = keys[starts], rows[starts]
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(new)
    classes = np.abs(np.log(_LENGTHS) - np.log(np.maximum(lengths, 1))[:, None]).argmin(axis=1).astype(np.uint8)
    codes = _FREQUENCY_CLASS[np.minimum(counts, 255)] << 5 | classes[rows]
    offsets = np.append(begins, len(keys)).astype(np.uint32)
    return Postings(keys[begins], offsets, _fitting(rows, size), codes.astype(np.uint8), lengths)


def merge(lists: Sequence[Postings]) -> Postings:
    """Several postings as one; the rows of each follow those of the one before it."""
    terms, inverse = np.unique(np.concatenate([one.terms for one in lists]), return_inverse=True)
    places = np.split(inverse, np.cumsum([len(one.terms) for one in lists])[:-1])
    counts = np.zeros(len(terms), np.int64)
    for one, place in zip(lists, places, strict=True):
        counts[place] += np.diff(one.offsets)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    size = sum(one.size for one in lists)
    rows = _fitting(np.zeros(offsets[-1], np.uint16), size)
    codes = np.empty(offsets[-1], np.uint8)
    cursor, base = offsets[:-1].copy(), 0
    for one, place in zip(lists, places, strict=True):
        lengths = np.diff(one.offsets).astype(np.int64)
        target = np.repeat(cursor[place] - one.offsets[:-1], lengths) + np.arange(len(one.rows))
        rows[target] = one.rows.astype(rows.dtype) + rows.dtype.type(base)
        codes[target] = one.codes
        cursor[place] += lengths
        base += one.size
    return Postings(terms, offsets.astype(np.uint32), rows, codes, np.concatenate([one.lengths for one in lists]))


def thin(postings: Postings, keep: NDArray[np.bool_]) -> Postings:
    """The postings of the rows where ``keep`` is true, numbered anew; terms that occur nowhere else are gone."""
    alive = keep[postings.rows]
    counts = np.add.reduceat(alive, postings.offsets[:-1], dtype=np.int64) if len(alive) else np.zeros(0, np.int64)
    used = np.flatnonzero(counts)
    numbers = np.cumsum(keep) - 1
    size = int(keep.sum())
    return Postings(
        postings.terms[used],
        np.concatenate([[0], np.cumsum(counts[used])]).astype(np.uint32),
        _fitting(numbers[postings.rows[alive]], size),
        postings.codes[alive],
        postings.lengths[keep],
    )


def _fitting(rows: NDArray[Any], size: int) -> NDArray[np.unsignedinteger]:
    """Row numbers in the smallest type that reaches all rows."""
    return rows.astype(np.uint16 if size <= 1 << 16 else np.uint32)


@dataclass(frozen=True)
class Matches:
    """What a query met in one field of all ``size`` rows.

    ``idf`` (terms,): the weight of each query term, 0 where it occurs nowhere or nearly everywhere.
    ``rows`` and ``weights`` (postings,): every meeting of a row with a query term, and its BM25 weight, term after term
    within each part; ``runs``: (term, its postings here).
    """

    size: int
    idf: Floats
    rows: Ints
    weights: Floats
    runs: tuple[tuple[int, slice], ...]

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """BM25 of every row (size,)."""
        return np.asarray(np.bincount(self.rows, self.weights, self.size), np.float64)

    def table(self, rows: Ints) -> Floats:
        """The BM25 weight of each term in each of these (distinct) rows: (rows, terms), 0 where it does not occur."""
        slots = np.full(self.size, -1, np.int32)
        slots[rows] = np.arange(len(rows))
        slot = slots[self.rows]
        table = np.zeros((len(rows), len(self.idf)), np.float32)
        for term, run in self.runs:
            met = slot[run]
            found = np.flatnonzero(met >= 0)
            table[met[found], term] = self.weights[run][found]
        return table


def mean_length(parts: Sequence[Postings]) -> float:
    """The mean number of tokens in a row."""
    size = sum(part.size for part in parts)
    return sum(int(part.lengths.sum()) for part in parts) / size if size else 1.0


def score(parts: Sequence[Postings], keys: Keys, mean: float, *, k1: float = 1.2, b: float = 0.75) -> Matches:
    """BM25 of the distinct query terms ``keys`` in all rows of all parts; ``mean``: their :func:`mean_length`."""
    size = sum(part.size for part in parts)
    found = [_find(part, keys) for part in parts]
    counts = sum((ends - starts for starts, ends in found), np.zeros(len(keys), np.int64))
    telling = (counts > 0) & ((counts <= size * _COMMON) | (size < _LARGE))
    idf = np.where(telling, np.log1p((size - counts + 0.5) / (counts + 0.5)), 0).astype(np.float32)
    tables = idf[:, None] * _saturation(mean, k1, b)
    rows, weights = np.empty(counts.sum(), np.int64), np.empty(counts.sum(), np.float32)
    runs, place, base = [], 0, 0
    for part, (starts, ends) in zip(parts, found, strict=True):
        first = place
        for term, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            if start < end and idf[term]:
                run = slice(place, place := place + end - start)
                rows[run] = part.rows[start:end]
                tables[term].take(part.codes[start:end], out=weights[run], mode="clip")
                runs.append((term, run))
        rows[first:place] += base
        base += part.size
    return Matches(size, idf, rows[:place], weights[:place], tuple(runs))


def _find(part: Postings, keys: Keys) -> tuple[Ints, Ints]:
    """Where the postings of each key begin and end; equal where there are none."""
    if not len(part.terms):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    places = np.minimum(np.searchsorted(part.terms, keys), len(part.terms) - 1)
    known = part.terms[places] == keys
    starts = part.offsets[places].astype(np.int64)
    return starts, np.where(known, part.offsets[places + 1], starts)


def _saturation(mean: float, k1: float, b: float) -> Floats:
    """The part of BM25 that depends on frequency and length, for each of the 256 codes."""
    codes = np.arange(256)
    frequency, length = _FREQUENCIES[codes >> 5], _LENGTHS[codes & 31]
    norm = k1 * (1 - b + b * length / max(mean, math.ulp(1.0)))
    return np.asarray(frequency * (k1 + 1) / (frequency + norm), np.float32)
