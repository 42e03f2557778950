"""How documents and people name enterprises: 规模以上食品生产企业 is a head with sectors and conditions."""

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
_HEAD: Final = (
    "厂|店|铺|商(?![标务业品])|业(?![务主态绩])|(?:这|那)?行业|这行|这?行当|老板|户|队|院|所|站|社|场|坊|矿|车间"
    "|的人|的$|的(?=[,。?!:;])"
)
"""What makes the words before it a kind of enterprise in a question, beside the documents' heads."""
_GAP: Final = 4  # characters between two parts of one description
_DOES: Final = (
    r"(?:做|搞|是|卖|干|跑|开|办|养|种|产|造|修|建|炼|经营|生产|销售|加工|从事|制造|批发)"
    r"(?:的是|着|了|点|些|个|家|一家|几家|一个)?(?:大型|小型|小|大)?$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An enterprise as named at ``span``. No ``sectors``: the words mean any enterprise."""

    name: str
    sectors: frozenset[str]
    conditions: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class Profile:
    """An enterprise as its owner describes it: its own sectors, the wider ones these are part of, what it meets.

    ``spans``: where ``text`` says so.
    """

    text: str
    sectors: frozenset[str]
    wider: frozenset[str]
    conditions: frozenset[str]
    spans: tuple[Span, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        return self.sectors | self.wider

    @property
    def branches(self) -> frozenset[str]:
        """The sectors whose clauses are about it: its own, and the wider ones but for the widest."""
        return self.kinds - frozenset(_data()["widest"])

    def __bool__(self) -> bool:
        return bool(self.sectors or self.conditions)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("zyqa").joinpath("data/enterprises.toml").read_text("utf-8"))


@cache
def _sectors_of() -> dict[str, frozenset[str]]:
    """The documents' word for a sector → the sectors."""
    found: dict[str, set[str]] = {}
    for name, sector in _data()["sectors"].items():
        for word in sector["words"]:
            found.setdefault(word.lower(), set()).add(name)
    for head, name in _data()["head_sectors"].items():
        found.setdefault(head, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _before() -> dict[str, frozenset[str]]:
    """The word that means a sector where a head follows → the sector: 能源企业, but not 能源消耗."""
    sectors = _data()["sectors"].items()
    return {word: frozenset({name}) for name, sector in sectors for word in sector.get("before", ())}


@cache
def _said() -> dict[str, frozenset[str]]:
    """The people's word for a sector → the sectors."""
    found: dict[str, set[str]] = {}
    for name, sector in _data()["sectors"].items():
        for word in sector.get("said", ()):
            found.setdefault(word.lower(), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _mention() -> re.Pattern[str]:
    data = _data()
    words = (word for word in (*_sectors_of(), *_before()) if word not in data["heads"])
    modifiers = _any([*data["conditions"], *data["plain"], *words])
    return re.compile(rf"(?P<modifiers>(?:(?:{modifiers}){_JOINED})*)(?P<head>{_any(data['heads'])})")


@cache
def _sector_words() -> re.Pattern[str]:
    return re.compile(_any(_sectors_of()), re.IGNORECASE)


@cache
def _condition_words() -> re.Pattern[str]:
    return re.compile(_any([*_data()["conditions"], *_data()["said_conditions"]]))


@cache
def _asker() -> re.Pattern[str]:
    """A kind of enterprise in a question: a word of its own, or a documents' word with a head."""
    data = _data()
    modifiers = _any([*data["conditions"], *data["plain"], *_sectors_of(), *_before()])
    head = f"{_any(data['heads'])}|{_HEAD}"
    return re.compile(
        rf"(?P<said>{_any([*_said(), *data['said_conditions']])})(?:的?(?:{head}))?"
        rf"|(?P<words>(?:(?:{modifiers}){_JOINED})+)(?P<head>[㐀-鿿]{{0,3}}?(?:{modifiers})*?的?(?:{head}))?"
    )


@cache
def _up_to_head() -> re.Pattern[str]:
    return re.compile(rf".*(?:{_any(_data()['heads'])})")


def mentions(text: str, within: Span) -> Iterator[Mention]:
    """The enterprises named in a part of ``text``."""
    for match in _mention().finditer(text, within.start, within.end):
        modifiers, head = match["modifiers"], match["head"]
        sectors = _modifying(modifiers) | _sectors_of().get(head, frozenset())
        yield Mention(match.group(), sectors, conditions_in(modifiers), Span(*match.span()))


def _modifying(text: str) -> frozenset[str]:
    """The sectors named before a head."""
    return sectors_in(text).union(*(names for word, names in _before().items() if word in text))


def sectors_in(text: str) -> frozenset[str]:
    """The sectors a heading or a description names in the documents' words."""
    return frozenset[str]().union(*(sectors for _, sectors in named_sectors(text)))


def named_sectors(text: str) -> Iterator[tuple[Span, frozenset[str]]]:
    """Where a text names sectors in the documents' words, the longest word at each place."""
    for match in _sector_words().finditer(text):
        yield Span(*match.span()), _sectors_of()[match.group().lower()]


def branches_in(heading: str) -> frozenset[str]:
    """The sectors a heading names, those of a word inside a longer one too (金融保险业 is 保险 as well)."""
    found = (names for word, names in _sectors_of().items() if word in heading)
    return frozenset[str]().union(*found)


def conditions_in(text: str) -> frozenset[str]:
    """The conditions a text names."""
    names: dict[str, str] = _data()["said_conditions"]
    return frozenset(names.get(word, word) for word in _condition_words().findall(text))


def wider(sectors: Iterable[str]) -> frozenset[str]:
    """The sectors these are part of, at any remove."""
    found: set[str] = set()
    waiting = list(sectors)
    while waiting:
        parents = set(_data()["sectors"][waiting.pop()].get("part_of", ())) - found
        found |= parents
        waiting += parents
    return frozenset(found)


def related(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of sectors share one, or one of theirs is part of one of the other's."""
    return bool((one | wider(one)) & other or (other | wider(other)) & one)


def profile(text: str) -> Profile:
    """What a free description ("我们是规模以上化工企业") says about an enterprise."""
    said = re.finditer(_any(_said()), text.lower())
    own = sectors_in(text).union(*(_said()[match.group()] for match in said))
    return _profile(text, own, (), text)


def asker(text: str) -> Profile:
    """The enterprise that a folded question is about ("做化工的要守啥规矩"); falsy where it names no kind."""
    own: set[str] = set()
    spans: list[Span] = []
    for match in _asker().finditer(text):
        end, named = _told(text, match)
        if not (named or (conditions_in(match.group()) and (match["said"] or match["head"]))):
            continue
        own |= named
        start = match.start()
        if spans and start - spans[-1].end <= _GAP and not re.search(r"[,。;:?!]", text[spans[-1].end : start]):
            start = spans.pop().start
        spans.append(Span(start, end))
    return _profile(text, frozenset(own), tuple(spans), " ".join(span.cut(text) for span in spans))


def _told(text: str, match: re.Match[str]) -> tuple[int, frozenset[str]]:
    """Where words that tell who asks end, and the sectors they name: none where no head and no doing shows it."""
    if match["said"]:
        return match.end(), _said().get(match["said"], frozenset())
    if match["head"]:
        return match.end(), _modifying(match.group())
    if inner := _up_to_head().match(text, match.start(), match.end()):
        return inner.end(), _modifying(inner.group())
    word = _sector_words().search(text, match.start(), match.end())
    does = word and re.search(_DOES, text[: word.start()])
    return match.end(), sectors_in(match.group()) if does else frozenset()


def _profile(text: str, own: frozenset[str], spans: tuple[Span, ...], described: str) -> Profile:
    above = wider(own)
    return Profile(text, own - above, above, conditions_in(described), spans)


def fits(mention: Mention, who: Profile) -> bool:
    """False where the words speak of small enterprises and the profile of a large one, or the reverse; and where they
    speak of exporters and the profile of a kind that does not say so."""
    small, large, apart = (set(_data()[name]) for name in ("small", "large", "apart"))
    clash = (mention.conditions & small and who.conditions & large) or (
        mention.conditions & large and who.conditions & small
    )
    return not clash and not (who.sectors and mention.conditions & apart and not who.conditions & apart)


def kinds(documents: Iterable[Document]) -> tuple[str, ...]:
    """The kinds of enterprise the documents name, the most frequent first; those that say no more than "企业" not."""
    counts: Counter[str] = Counter()
    for document in documents:
        for mention in mentions(document.text, Span(0, len(document.text))):
            if mention.sectors or mention.conditions:
                counts[mention.name] += 1
    return tuple(name for name, _ in counts.most_common())
