"""What the static model is made of: its tokens, and its table of vectors as stored."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from zyqa import text
from zyqa.search.arrays import Array

Vectors = NDArray[np.float32]


class Vocabulary:
    """The tokens of the static model: its known words, and hashed character bigrams of the others."""

    def __init__(self, known: Sequence[str], buckets: int) -> None:
        self.known = tuple(known)
        self.buckets = buckets
        self._ids = {word: place for place, word in enumerate(self.known)}

    def __len__(self) -> int:
        return len(self.known) + self.buckets

    def ids(self, string: str) -> list[int]:
        """The tokens of a text, in its order."""
        return self.ids_of(text.words(string))

    def ids_of(self, words: Sequence[str]) -> list[int]:
        """The tokens of a text's words, in their order."""
        places = list(map(self._ids.get, words))
        if None not in places:
            return cast(list[int], places)
        found: list[int] = []
        for word, place in zip(words, places, strict=True):
            if place is None:
                found += self._hashed(word)
            else:
                found.append(place)
        return found

    def _hashed(self, word: str) -> Iterator[int]:
        for piece in text.bigrams(word) or [word]:
            yield len(self.known) + zlib.crc32(piece.encode()) % self.buckets


def dequantised(weight: Array, scale: Array) -> Vectors:
    """The float table of an int8 one (tokens, dimension) and the scale of each row (tokens,), stored as float16."""
    return cast(Vectors, weight.astype(np.float32) * scale.astype(np.float32)[:, None])
