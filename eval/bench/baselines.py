"""What anyone would try first: bm25s over jieba words, with and without bigrams, and the encoder alone in FAISS."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import bm25s
import faiss
from langchain_text_splitters import RecursiveCharacterTextSplitter

from zyqa import text
from zyqa.search.encoder import Encoder

Ranking = list[int]
Tokenize = Callable[[str], list[str]]


def words_and_bigrams(string: str) -> list[str]:
    """jieba words and character bigrams as one bag."""
    return text.words(string) + text.bigrams(string)


class BM25:
    """bm25s as it comes (Lucene's formula, k1 1.2, b 0.75), over the tokens of a text."""

    def __init__(self, texts: Sequence[str], tokenize: Tokenize) -> None:
        self._tokenize = tokenize
        self._size = len(texts)
        self._index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._index.index([tokenize(one) for one in texts], show_progress=False)

    def rank(self, question: str, count: int) -> Ranking:
        """The places of the best texts."""
        tokens = list(dict.fromkeys(self._tokenize(question)))
        places, scores = self._index.retrieve([tokens], k=min(count, self._size), show_progress=False)
        return [int(place) for place, score in zip(places[0], scores[0], strict=True) if score > 0]


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
