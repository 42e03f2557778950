"""How documents name enterprises: 规模以上食品生产企业 is a head, its sectors and conditions (enterprises.toml)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from zyqa.types import Document, Span

_JOINED: Final = "[、和及与]?"


@dataclass(frozen=True, slots=True)
class Mention:
    """An enterprise as named at ``span``. No ``sectors``: the words mean any enterprise."""

    name: str
    sectors: frozenset[str]
    conditions: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class Profile:
    """An enterprise as its owner describes it: its own sectors, the wider ones these are part of, what it meets."""

    text: str
    sectors: frozenset[str]
    wider: frozenset[str]
    conditions: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("zyqa").joinpath("data/enterprises.toml").read_text("utf-8"))


@cache
def _sector_of() -> dict[str, str]:
    """The word for a sector → the sector."""
    return {word: name for name, sector in _data()["sectors"].items() for word in sector["words"]}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _mention() -> re.Pattern[str]:
    data = _data()
    modifiers = _any([*data["conditions"], *data["plain"], *_sector_of()])
    return re.compile(rf"(?P<modifiers>(?:(?:{modifiers}){_JOINED})*)(?P<head>{_any(data['heads'])})")


@cache
def _sector_words() -> re.Pattern[str]:
    return re.compile(_any(_sector_of()))


@cache
def _condition_words() -> re.Pattern[str]:
    return re.compile(_any(_data()["conditions"]))


def mentions(text: str, within: Span) -> Iterator[Mention]:
    """The enterprises named in a part of ``text``."""
    for match in _mention().finditer(text, within.start, within.end):
        modifiers, head = match["modifiers"], match["head"]
        sectors = {_sector_of()[word] for word in _sector_words().findall(modifiers)}
        if head in _data()["head_sectors"]:
            sectors.add(_data()["head_sectors"][head])
        conditions = frozenset(_condition_words().findall(modifiers))
        yield Mention(match.group(), frozenset(sectors), conditions, Span(*match.span()))


def sectors_in(text: str) -> frozenset[str]:
    """The sectors a heading or a description names."""
    found = {_sector_of()[word] for word in _sector_words().findall(text)}
    heads = _data()["head_sectors"]
    return frozenset(found | {sector for head, sector in heads.items() if head in text})


def profile(text: str) -> Profile:
    """What a free description ("我们是规模以上化工企业") says about an enterprise."""
    own = sectors_in(text)
    wider = {wide for name in own for wide in _data()["sectors"][name]["part_of"]}
    return Profile(text, own, frozenset(wider - own), frozenset(_condition_words().findall(text)))


def fits(mention: Mention, who: Profile) -> bool:
    """False where the words speak of small enterprises and the profile of a large one, or the reverse."""
    small, large = set(_data()["small"]), set(_data()["large"])
    clash = (mention.conditions & small and who.conditions & large) or (
        mention.conditions & large and who.conditions & small
    )
    return not clash


def kinds(documents: Iterable[Document]) -> tuple[str, ...]:
    """The kinds of enterprise the documents name, the most frequent first; those that say no more than "企业" not."""
    counts: Counter[str] = Counter()
    for document in documents:
        for mention in mentions(document.text, Span(0, len(document.text))):
            if mention.sectors or mention.conditions:
                counts[mention.name] += 1
    return tuple(name for name, _ in counts.most_common())
