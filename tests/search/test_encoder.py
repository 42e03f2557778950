"""The encoder: both ways to the shipped model agree, other models load, broken ones are named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zyqa.errors import SettingsError, StoreDamaged
from zyqa.search import encoder
from zyqa.search.encoder import SHIPPED, Encoder, StaticEncoder, open_encoder
from zyqa.search.vocabulary import Vocabulary

TEXTS = [
    "服务业标准化由谁牵头？",
    "牵头单位：市发改委；配合单位：市质监局、市商务局",
    "GB/T 19001-2016",
    "爨龘麤",
    "",
    "，。！",
    "Ｓｅｒｖｉｃｅ standard",
    "張掖市質監局",
]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return open_encoder()


def test_the_light_path_equals_sentence_transformers(shipped: Encoder) -> None:
    from zyqa.search.transformer import JiebaStatic, static_model

    model = static_model(JiebaStatic.load(str(SHIPPED)))
    heavy = model.encode(TEXTS, convert_to_numpy=True)
    assert np.abs(heavy - shipped.encode(TEXTS)).max() <= 1e-6
    assert model.get_embedding_dimension() == shipped.dimension


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) <= 24 * 2**20


def test_saving_and_loading_keeps_the_vectors(shipped: Encoder, tmp_path: Path) -> None:
    from zyqa.search.transformer import JiebaStatic, static_model

    static_model(JiebaStatic.load(str(SHIPPED))).save(str(tmp_path), create_model_card=False)
    again = StaticEncoder(tmp_path)
    assert np.abs(again.encode(TEXTS) - shipped.encode(TEXTS)).max() <= 2e-3  # int8 rows, rounded a second time
    assert json.loads((tmp_path / "modules.json").read_text())[0]["type"].endswith("JiebaStatic")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_rows_are_of_length_one_or_zero_and_do_not_depend_on_their_neighbours(texts: list[str]) -> None:
    model = open_encoder()
    found = model.encode(texts)
    assert found.shape == (len(texts), model.dimension) and found.dtype == np.float32
    lengths = np.linalg.norm(found, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
    for row, text in zip(found, texts, strict=True):
        assert np.abs(model.encode([text])[0] - row).max(initial=0) <= 1e-6


def test_more_texts_than_a_batch(shipped: Encoder) -> None:
    texts = [f"第{number}条" for number in range(1100)]
    assert np.abs(shipped.encode(texts)[1050] - shipped.encode([texts[1050]])[0]).max() <= 1e-6


def test_width_and_script_do_not_matter(shipped: Encoder) -> None:
    one, two = shipped.encode(["张掖市质监局ABC", "張掖市質監局ＡＢＣ"])
    assert np.allclose(one, two)


def test_meaning_is_nearer_than_something_else(shipped: Encoder) -> None:
    asked, near, far = shipped.encode(
        ["老板不发工资怎么办", "用人单位应当按时足额支付劳动者劳动报酬", "在海上航行的船舶应当悬挂国旗"]
    )
    assert asked @ near > asked @ far


def test_unknown_words_become_hashed_bigrams() -> None:
    words = Vocabulary(["标准化"], buckets=16)
    assert words.ids("标准化") == [words.known.index("标准化")] or 0 in words.ids("标准化")
    assert all(1 <= one < len(words) for one in words.ids("爨龘麤"))


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(SettingsError, match="nowhere") as caught:
        open_encoder("nowhere/at/all")
    assert caught.value.hint


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no sentence-transformers model"):
        open_encoder(tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "vocabulary.txt", "config.json"])
def test_a_damaged_shipped_model_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:40])
    monkeypatch.setattr(encoder, "SHIPPED", folder)
    with pytest.raises(StoreDamaged) as caught:
        open_encoder()
    assert caught.value.hint


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real transformer with random weights, made here."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    letters = sorted(set("".join(TEXTS)) - {" "})
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]), "utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(letters) + 5, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[transformer, Pooling(transformer.get_embedding_dimension())], device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def test_another_model_named_in_the_settings_works(tiny: Path) -> None:
    model = open_encoder(tiny)
    found = model.encode(TEXTS)
    assert found.shape == (len(TEXTS), 32) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert model.encode([]).shape == (0, 32)
    assert model.stamp == open_encoder(tiny).stamp != open_encoder().stamp


def test_a_model_that_does_not_load_is_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]')
    with pytest.raises(SettingsError, match="cannot be loaded"):
        open_encoder(tmp_path)
