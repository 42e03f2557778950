"""What anyone would try first: BM25 over jieba words, with and without bigrams, and the encoder alone in FAISS."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import faiss
import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from zyqa import text
from zyqa.search.encoder import Encoder

Ranking = list[int]
Tokenize = Callable[[str], list[str]]


def words_and_bigrams(string: str) -> list[str]:
    """jieba words and character bigrams as one bag."""
    return text.words(string) + text.bigrams(string)


class BM25:
    """Okapi BM25 (k1 1.2, b 0.75) over sparse columns; scores only what shares a term with the question."""

    def __init__(self, texts: Sequence[str], tokenize: Tokenize) -> None:
        self._tokenize = tokenize
        self._size = len(texts)
        ids: dict[str, int] = {}
        tokens = [[ids.setdefault(token, len(ids)) for token in tokenize(one)] for one in texts]
        self._ids = ids
        lengths = np.array([len(one) for one in tokens])
        rows = np.repeat(np.arange(len(tokens)), lengths)
        pairs, counts = np.unique(
            np.fromiter((one for row in tokens for one in row), np.int64) * len(tokens) + rows, return_counts=True
        )
        self._rows = pairs % len(tokens)
        self._starts = np.searchsorted(pairs // len(tokens), np.arange(len(ids) + 1))
        found = np.diff(self._starts)
        idf = np.log1p((len(tokens) - found + 0.5) / (found + 0.5))
        norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
        self._weights = np.repeat(idf, found) * counts * 2.2 / (counts + norm[self._rows])

    def scores(self, question: str) -> NDArray[np.float64]:
        """The score of every text."""
        scores = np.zeros(self._size)
        for token in set(self._tokenize(question)):
            if (place := self._ids.get(token)) is not None:
                piece = slice(self._starts[place], self._starts[place + 1])
                scores[self._rows[piece]] += self._weights[piece]
        return scores

    def rank(self, question: str, count: int) -> Ranking:
        """The places of the best texts."""
        scores = self.scores(question)
        return [int(place) for place in np.argsort(-scores, kind="stable")[:count] if scores[place] > 0]


class Dense:
    """The encoder alone: exact inner products in FAISS."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self._encoder = encoder
        self._index = faiss.IndexFlatIP(encoder.dimension)
        self._index.add(encoder.encode(texts))

    def rank(self, question: str, count: int) -> Ranking:
        """The places of the nearest texts."""
        return [int(place) for place in self._index.search(self._encoder.encode([question]), count)[1][0]]


def chunks(documents: Sequence[str], size: int = 500) -> tuple[list[str], list[int]]:
    """LangChain's default splitter: the chunks, and of which document each is."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=0)
    pieces = [(chunk, place) for place, one in enumerate(documents) for chunk in splitter.split_text(one)]
    return [chunk for chunk, _ in pieces], [place for _, place in pieces]
