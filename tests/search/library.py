"""Small libraries for tests: documents by their text, and an encoder of eight dimensions that loads at once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search import arrays
from zyqa.search.engine import LocalEngine
from zyqa.settings import Settings, load
from zyqa.types import Document

PLAN = """标准化工作方案
为推进标准化,根据《质量振兴意见》(甘政发〔2010〕5号),制定本方案。
一、主要任务
(一)农业标准化。到2015年,标准覆盖率达到70%以上。(牵头单位:市农业局;配合单位:市林业局)
(二)服务业标准化。制定物流、旅游等服务业标准。(牵头单位:市发改委)
二、保障措施
(一)加强领导。市质监局负责日常工作。"""
RULES = """饮用水管理办法
第一条 为了保障饮用水安全,制定本办法。
第二条 供水单位应当:
(一)每日检测水质;
(二)公布检测结果。
第三条 违反本办法的,处一万元罚款。"""


def document(text: str, id: str | None = None, title: str | None = None) -> Document:
    return parse(text_source(text, id=id, title=title or text.partition("\n")[0]))


def encoder(folder: Path) -> Path:
    """A model of the shipped kind with random vectors for hashed bigrams."""
    folder.mkdir(parents=True, exist_ok=True)
    weight = np.random.default_rng(7).integers(-120, 120, (64, 8)).astype(np.int8)
    arrays.write(folder / "model.safetensors", {"weight": weight, "scale": np.full(64, 0.01, np.float16)})
    (folder / "config.json").write_text(json.dumps({"buckets": 64}))
    (folder / "vocabulary.txt").write_text("")
    return folder


def settings(folder: Path) -> Settings:
    """Settings of a library in ``folder / "library"``."""
    model = folder / "encoder"
    return load(library=folder / "library", encoder=str(model if model.exists() else encoder(model)))


def engine(folder: Path, *, writable: bool = True, create: bool = True) -> LocalEngine:
    chosen = settings(folder)
    return LocalEngine.open(chosen.library, chosen, writable=writable, create=create)
