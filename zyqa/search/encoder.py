"""Texts as vectors. The shipped model is a table of word vectors, read with numpy alone; any other one is a folder of
sentence-transformers, whose import costs seconds and happens only then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from zyqa import text
from zyqa.errors import SettingsError, StoreDamaged
from zyqa.search import arrays
from zyqa.search.vocabulary import Vectors, Vocabulary, dequantised

SHIPPED = Path(__file__).parents[2] / "index" / "encoder"
_BATCH = 32  # texts whose vectors stay in the cache while they are added up


class Encoder(Protocol):
    """What turns texts into vectors. ``stamp`` names the model: vectors of two stamps must not be compared."""

    @property
    def dimension(self) -> int: ...

    @property
    def stamp(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(texts, dimension), rows of length 1; a text without a known word is the zero vector."""
        ...


class StaticEncoder:
    """The mean of the word vectors, normalised. The table is stored as int8 rows with a scale for each."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreDamaged where the folder does not hold a whole model."""
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            known = (folder / "vocabulary.txt").read_text("utf-8").splitlines()
            held = arrays.read(folder / "model.safetensors")
            self.vocabulary = Vocabulary(known, int(config["buckets"]))
            self.table = dequantised(held["weight"], held["scale"])
        except (OSError, ValueError, KeyError) as error:
            raise StoreDamaged(
                f"the embedding model in {folder} cannot be read: {error}",
                hint="restore index/encoder/ as it was shipped, or train it anew with eval/train_encoder.py",
            ) from error
        if len(self.table) != len(self.vocabulary):
            raise StoreDamaged(
                f"the embedding model in {folder} has {len(self.table)} vectors for {len(self.vocabulary)} tokens",
                hint="restore index/encoder/ as it was shipped",
            )
        self.dimension = int(self.table.shape[1])
        self.stamp = f"static-{arrays.checksum(folder / 'model.safetensors'):08x} {text.segmenter_stamp()}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _BATCH):
            folded = text.fold_all(texts[start : start + _BATCH])
            tokens = [self.vocabulary.ids_of(text.folded_words(one)) for one in folded]
            filled = [place for place, ids in enumerate(tokens) if ids]
            if filled:
                starts = np.cumsum([0] + [len(tokens[place]) for place in filled[:-1]])
                rows = self.table[np.fromiter(chain.from_iterable(tokens), np.int64)]
                found[start + np.array(filled)] = np.add.reduceat(rows, starts, axis=0)
        return cast(Vectors, found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12))


def open_encoder(model: str | Path = "") -> Encoder:
    """The shipped encoder, or the sentence-transformers model in a folder (``settings.encoder``).

    Raises:
        SettingsError: there is no such folder, or no sentence-transformers model in it.
        StoreDamaged: the shipped model cannot be read.
    """
    folder = Path(model) if str(model) else SHIPPED
    if not str(model) or is_static(folder):
        return StaticEncoder(folder)
    if not (folder / "modules.json").is_file():
        raise SettingsError(
            f"setting 'encoder' = {str(model)!r}: no sentence-transformers model in this folder",
            hint="name a folder that holds modules.json, or leave the setting empty for the shipped model",
        )
    from zyqa.search.transformer import TransformerEncoder  # imports torch and sentence-transformers: seconds

    return TransformerEncoder(folder)


def is_static(folder: Path) -> bool:
    """Whether the folder holds a model of the shipped kind."""
    return (folder / "vocabulary.txt").is_file() and (folder / "config.json").is_file()
