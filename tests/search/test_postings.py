"""Posting lists: merged, thinned out and scored, they are those of a plain computation."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zyqa.search.postings import Keys, Postings, build, mean_length, merge, score, thin

Rows = list[list[int]]
ROWS = st.lists(st.lists(st.integers(0, 12), max_size=8), min_size=1, max_size=12)


def of(rows: Rows) -> Postings:
    keys = np.array([key for row in rows for key in row], np.uint64)
    numbers = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    order = np.argsort(keys, kind="stable")
    return build(keys[order], numbers[order], len(rows))


def same(one: Postings, other: Postings) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Postings.__slots__)


@given(ROWS, ROWS, ROWS)
def test_merged_is_as_if_built_at_once(one: Rows, two: Rows, three: Rows) -> None:
    assert same(merge([of(one), of(two), of(three)]), of(one + two + three))


@given(ROWS, st.data())
def test_thinned_is_as_if_the_others_had_never_been(rows: Rows, data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    assert same(thin(of(rows), np.array(keep)), of([row for row, kept in zip(rows, keep, strict=True) if kept]))


@given(ROWS, ROWS, st.sets(st.integers(0, 15), min_size=1))
def test_scores_do_not_depend_on_the_division_into_parts(one: Rows, two: Rows, query: set[int]) -> None:
    keys: Keys = np.array(sorted(query), np.uint64)
    apart = [of(one), of(two)]
    whole = [of(one + two)]
    found = score(apart, keys, mean_length(apart))
    assert np.allclose(found.scores, score(whole, keys, mean_length(whole)).scores)
    table = found.table(np.arange(len(one + two)))
    assert np.allclose(table.sum(axis=1), found.scores, atol=1e-4)


@given(ROWS, st.sets(st.integers(0, 15), min_size=1))
def test_scores_are_bm25_but_for_the_classes_of_length(rows: Rows, query: set[int]) -> None:
    keys: Keys = np.array(sorted(query), np.uint64)
    found = score([of(rows)], keys, mean_length([of(rows)]), b=0).scores
    for row, value in zip(rows, found, strict=True):
        expected = 0.0
        for key, count in Counter(row).items():
            if key in query and count <= 4:
                df = sum(key in other for other in rows)
                expected += math.log1p((len(rows) - df + 0.5) / (df + 0.5)) * count * 2.2 / (count + 1.2)
        if all(count <= 4 for count in Counter(row).values()):
            assert math.isclose(value, expected, rel_tol=1e-4, abs_tol=1e-4)


def test_rows_beyond_16_bits_are_told_apart() -> None:
    rows: Rows = [[1]] + [[]] * (1 << 16) + [[1]]
    assert np.flatnonzero(score([of(rows)], np.array([1], np.uint64), 1.0).scores).tolist() == [0, 65537]
