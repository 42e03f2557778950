"""The doorway to sentence-transformers. Importing this module takes seconds: do so only where a model needs it."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self, cast

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a wrong path would be looked up on the network for a minute

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize

from zyqa.errors import SettingsError
from zyqa.search import arrays
from zyqa.search.vocabulary import Vectors, Vocabulary, dequantised

_BATCH = 64


class JiebaStatic(InputModule):
    """The shipped model's first module: jieba words and hashed bigrams, the mean of their vectors."""

    config_keys = ["buckets", "dimension"]  # noqa: RUF012 (the base class declares it so)

    def __init__(self, vocabulary: Vocabulary, dimension: int, weight: Vectors | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.vocabulary, self.buckets, self.dimension = vocabulary, vocabulary.buckets, dimension
        self.embedding = torch.nn.EmbeddingBag(len(vocabulary), dimension, mode="mean")
        if weight is not None:
            self.embedding.weight.data = torch.from_numpy(weight)

    @property
    def max_seq_length(self) -> float:
        return float("inf")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        tokens = [self.vocabulary.ids((prompt or "") + one) for one in inputs]
        offsets = torch.tensor(np.cumsum([0] + [len(ids) for ids in tokens])[:-1], dtype=torch.long)
        return {"input_ids": torch.tensor([one for ids in tokens for one in ids], dtype=torch.long), "offsets": offsets}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return features | {"sentence_embedding": self.embedding(features["input_ids"], features["offsets"])}

    def get_embedding_dimension(self) -> int:
        return self.dimension

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Write the table as int8 rows, each with a float16 scale; :meth:`load` and numpy read the same values."""
        folder = Path(output_path)
        table = self.embedding.weight.detach().numpy()
        scale = (np.abs(table).max(axis=1) / 127).astype(np.float16)
        weight = np.rint(table / np.maximum(scale.astype(np.float32), 1e-8)[:, None]).clip(-127, 127).astype(np.int8)
        arrays.write(folder / "model.safetensors", {"weight": weight, "scale": scale})
        (folder / "vocabulary.txt").write_text("\n".join(self.vocabulary.known) + "\n", "utf-8")
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> Self:  # type: ignore[override]
        folder = Path(model_name_or_path, subfolder)
        config = json.loads((folder / "config.json").read_text("utf-8"))
        vocabulary = Vocabulary((folder / "vocabulary.txt").read_text("utf-8").splitlines(), config["buckets"])
        held = arrays.read(folder / "model.safetensors")
        return cls(vocabulary, config["dimension"], dequantised(held["weight"], held["scale"]))


def static_model(module: JiebaStatic) -> SentenceTransformer:
    """The shipped kind of model: the module and a normalisation.

    The modules are named, not looked up by the folder: sentence-transformers would run code found there.
    """
    return SentenceTransformer(modules=[module, Normalize()], device="cpu")


class TransformerEncoder:
    """Any sentence-transformers model in a folder, on the CPU and without the network."""

    def __init__(self, folder: Path) -> None:
        """Raises SettingsError where sentence-transformers cannot load the folder."""
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise SettingsError(
                f"the sentence-transformers model in {folder} cannot be loaded: {error}",
                hint="check the folder, or leave the setting 'encoder' empty for the shipped model",
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.stamp = f"sentence-transformers {folder.name} {_digest(folder):08x}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        found = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=len(texts) > 4 * _BATCH
        )
        return cast(Vectors, np.asarray(found, np.float32))


def _digest(folder: Path) -> int:
    """A CRC over the names and contents of the model's files."""
    crc = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            crc = zlib.crc32(f"{path.relative_to(folder)} {arrays.checksum(path)}".encode(), crc)
    return crc
