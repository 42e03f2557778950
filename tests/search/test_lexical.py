"""The inverted index: tokens, parts and their answers."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa import text
from zyqa.search import lexical
from zyqa.search.lexical import Lexicon, Part, bigram_tokens, mergeable, terms, top, word_tokens

TEXTS = [
    "食品安全应当保障，国家标准GB/T 19001-2016。",
    "",
    "服務業標準化\n由市發改委牽頭",
    "ＡＢ　安全生产　安全\u200b生产",
]


def part(first: int, texts: list[str]) -> Part:
    return lexical.part([(first, [first * 10 + place for place in range(len(texts))], terms("题名", texts, texts))])


@given(st.lists(st.text("安全生产 a，\n標\u200b", max_size=12), min_size=1, max_size=5))
def test_bigram_tokens_are_the_bigrams_of_each_text(texts: list[str]) -> None:
    tokens = bigram_tokens(text.fold_all(texts))
    for place, one in enumerate(texts):
        keys = Counter(tokens.keys[tokens.rows == place].tolist())
        assert keys == Counter(ord(pair[0]) << 32 | ord(pair[1]) for pair in text.bigrams(one))


def test_word_tokens_are_the_words_of_each_text() -> None:
    tokens = word_tokens(text.fold_all(TEXTS))
    assert np.bincount(tokens.rows, minlength=len(TEXTS)).tolist() == [len(text.words(one)) for one in TEXTS]
    assert len(set(tokens.keys.tolist())) == len({word for one in TEXTS for word in text.words(one)})


def test_repeated_headings_are_those_computed_one_by_one() -> None:
    headings = ["总则", "总则", "罚则", "", "总则"]
    repeated, plain = lexical._repeated(headings), lexical._both(headings)
    assert np.array_equal(repeated.rows, plain.rows)
    assert np.array_equal(repeated.keys, plain.keys)


def test_a_part_comes_back_from_its_arrays() -> None:
    one = part(1, TEXTS)
    other = lexical.from_arrays(one.arrays())
    assert all(np.array_equal(array, other.arrays()[name]) for name, array in one.arrays().items())


def test_without_a_document_is_as_if_it_had_never_been() -> None:
    both = lexical.merged([part(1, TEXTS), part(2, TEXTS[:2])])
    left = lexical.without(both, [1])
    assert all(np.array_equal(array, left.arrays()[name]) for name, array in part(2, TEXTS[:2]).arrays().items())


@pytest.mark.parametrize("question", ["服务业标准化", "服務業標準化", "标准化 服务业", "ＧＢ/Ｔ 19001-2016"])
def test_the_right_clause_comes_first(question: str) -> None:
    lexicon = Lexicon([part(1, TEXTS[:2]), part(2, TEXTS[2:])])
    scores = lexicon.match(question).scores({"words": 1, "bigrams": 1, "title": 0.5})
    wanted = 10 if "19001" in question or "１" in question else 20
    assert lexicon.clauses[top(scores, 1)].tolist() == [wanted]


def test_fused_scores_are_the_weighted_sum_of_the_fields() -> None:
    lexicon = Lexicon([part(1, TEXTS), part(2, TEXTS)])
    question = lexicon.match("安全生产标准的题名")
    fused = question.scores({"words": 1.0, "heading": 0.5, "title": 2.0})
    plain = question["words"].scores + 0.5 * question["heading"].scores + 2 * question["title"].scores[lexicon.owners]
    assert np.allclose(fused, plain, atol=1e-4)


def test_places_of_rowids() -> None:
    lexicon = Lexicon([part(2, TEXTS), part(1, TEXTS)])
    assert lexicon.places(np.array([20, 10, 99])).tolist() == [0, 4, -1]
    assert Lexicon([]).places(np.array([1])).tolist() == [-1]


def test_an_empty_lexicon_answers_nothing() -> None:
    assert not len(Lexicon([]).match("标准").scores({"words": 1.0, "title": 1.0}))


@given(st.lists(st.integers(0, 5), max_size=200), st.integers(1, 6))
def test_top_is_a_stable_sort(values: list[int], count: int) -> None:
    expected = [place for place in np.argsort(-np.array(values, float), kind="stable") if values[place] > 0][:count]
    assert top(np.array(values, float), count).tolist() == expected


def test_the_number_of_parts_stays_small() -> None:
    sizes: dict[str, int] = {}
    for step in range(500):
        merged = mergeable(sizes, 3)
        total = 3 + sum(sizes.pop(name) for name in merged)
        sizes[str(step)] = total
    assert len(sizes) <= 8
    assert sum(sizes.values()) == 1500
    assert mergeable({"full": 1 << 16}, 1 << 15) == []
