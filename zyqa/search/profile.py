"""What ranking knows of each document before any question: authority, place, size, how often it is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from zyqa.search.records import DocumentInfo
from zyqa.text import fold
from zyqa.types import Kind, Status

Floats = NDArray[np.float32]

_JUDICIAL = re.compile(r"最高人民(?:法院|检察院)")
_LOCAL = re.compile(r"(?!中华人民共和国)[㐀-鿿]{1,12}?(?:省|市|自治区|自治州|自治县|县|经济特区|特别行政区)")
_CARRIES_OUT = re.compile(r"实施.*(?:办法|条例|细则|规定)")
_LAW = re.compile(r"(?:法典?|条例|规定|办法|解释|细则|规则)(?:\(.*\))?$")
_STATUTE = re.compile(rf"{_LAW.pattern}|最高人民|人民代表大会|^中华人民共和国|(?:决定|批复|复函|答复)$")
_USUAL = (0.7, 3.8, 2.9)  # what stands for the last three features of a document that is no law: a law's usual values
_PAST = (Status.REPEALED, Status.REPLACED, Status.EXPIRED)
FEATURES = ("national", "judicial", "local", "carries_out", "cited", "size", "title_length", "digest")


@cache
def places() -> tuple[str, ...]:
    """The names of provinces and prefectures, longest first."""
    lines = files("zyqa").joinpath("data/places.txt").read_text("utf-8").splitlines()
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _place() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, places())) + r"|(?<=[省市州])[㐀-鿿]{2,3}(?=[市县区])")


def places_in(question: str) -> list[str]:
    """The places that a question names, without 省, 市, 县 and the like."""
    return list(dict.fromkeys(_place().findall(fold(question))))


@dataclass(frozen=True, slots=True)
class Profiles:
    """Arrays over the documents (by place in the lexicon). ``table``: (documents, FEATURES); ``standing``: 0, or
    less for what is no longer in force; ``titles``: folded; ``statutes``: laws and the like."""

    table: Floats
    standing: Floats
    titles: tuple[str, ...]
    statutes: NDArray[np.bool_]

    @property
    def local(self) -> NDArray[np.bool_]:
        return self.table[:, FEATURES.index("local")] > 0

    def titled(self, place: str) -> NDArray[np.bool_]:
        """Which documents have the place in their title."""
        return np.fromiter((place in title for title in self.titles), bool, len(self.titles))


def profiles(infos: Sequence[DocumentInfo], clauses: Sequence[int], cited: Mapping[int, int]) -> Profiles:
    """``clauses``: the size of each document; ``cited``: in how many other documents each (by rowid) is cited."""
    titles = tuple(fold(info.title) for info in infos)
    rows = [
        (
            title.startswith("中华人民共和国"),
            bool(_JUDICIAL.search(title)),
            bool(_LOCAL.match(title)),
            bool(_CARRIES_OUT.search(title)),
            *_weight_of_law(title, cited.get(info.rowid, 0), size),
            info.kind == Kind.DIGEST,
        )
        for info, title, size in zip(infos, titles, clauses, strict=True)
    ]
    standing = [-0.15 * (info.validity.status in _PAST) for info in infos]  # as a share of a whole match
    statutes = np.array([is_statute(title) for title in titles], bool)
    table = np.array(rows, np.float32).reshape(-1, len(FEATURES))
    return Profiles(table, np.array(standing, np.float32), titles, statutes)


def is_statute(title: str) -> bool:
    """Whether this is the title of a law, a regulation, a judicial interpretation or the like."""
    return bool(_STATUTE.search(fold(title)))


def _weight_of_law(title: str, cited: int, size: int) -> tuple[float, float, float]:
    return (np.log1p(cited), np.log1p(size), np.log1p(len(title))) if _LAW.search(title) else _USUAL
