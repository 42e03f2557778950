"""Vectors: ids kept through changes, exact and listed search, files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zyqa.errors import StoreDamaged
from zyqa.search import vectors
from zyqa.search.vectors import Floats, Vectors

DIMENSION = 16


def unit(count: int) -> Floats:
    rows = np.random.default_rng(3).standard_normal((count, DIMENSION)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(params=["exact", "inverted"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Vectors:
    if request.param == "inverted":
        monkeypatch.setattr(vectors, "_EXACT", 50)
    made = Vectors(DIMENSION)
    made.add([(np.arange(100), unit(400)[:100]), (np.arange(1000, 1300), unit(400)[100:])])
    return made


def test_each_vector_finds_itself(held: Vectors) -> None:
    for row in (3, 99, 120, 399):
        ids, products = held.search(unit(400)[row], 3)
        assert ids[0] == (row if row < 100 else row + 900)
        assert products[0] == pytest.approx(1, abs=0.05)
        assert all(np.diff(products) <= 0)


def test_scores_are_inner_products(held: Vectors) -> None:
    scores = held.scores(np.array([7, 1005]), unit(400)[7])
    assert scores == pytest.approx(unit(400)[[7, 105]] @ unit(400)[7], abs=0.02)
    assert not len(held.scores(np.zeros(0, np.int64), unit(1)[0]))


def test_removed_ids_are_gone_and_the_others_stay(held: Vectors) -> None:
    held.remove(np.arange(0, 100, 2))
    assert held.ids().tolist() == [*range(1, 100, 2), *range(1000, 1300)]
    assert held.search(unit(400)[4], 400)[0].tolist().count(4) == 0
    with pytest.raises(RuntimeError):
        held.rows(np.array([4]))
    held.add([(np.array([4]), unit(400)[4:5])])
    assert held.search(unit(400)[4], 1)[0].tolist() == [4]


def test_search_among_allowed_ids(held: Vectors) -> None:
    ids, _ = held.search(unit(400)[0], 10, np.array([5, 1002]))
    assert sorted(ids.tolist()) == [5, 1002]


def test_a_file_holds_it_all(held: Vectors, tmp_path: Path) -> None:
    held.write(tmp_path / "x")
    again = Vectors.read(tmp_path / "x")
    assert again.ids().tolist() == held.ids().tolist()
    assert np.array_equal(again.rows(held.ids()), held.rows(held.ids()))
    assert again.search(unit(400)[9], 1)[0].tolist() == [9]


def test_what_is_no_index_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nonsense")
    with pytest.raises(StoreDamaged):
        Vectors.read(tmp_path / "x")


def test_nothing_is_found_in_nothing() -> None:
    assert not len(Vectors(DIMENSION).search(unit(1)[0], 5)[0])
