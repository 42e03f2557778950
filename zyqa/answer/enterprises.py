"""How documents and people name enterprises: 规模以上食品生产企业 is a head with sectors and conditions."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, Self

from zyqa.patterns import compiled
from zyqa.types import Document, Span

_JOINED: Final = "[、和及与]?"
_HEAD: Final = (
    "厂|店|铺|商(?![标务业品])|业(?![务主态绩])|(?:这|那)?行业|这行|这?行当|老板|户|队|院|所|站|社|场|坊|矿|车间"
    "|的人|的$|的(?=[,。?!:;])"
)
"""What makes the words before it a kind of enterprise in a question, beside the documents' heads."""
_GAP: Final = 4  # characters between two parts of one description
_PAUSE: Final = compiled(r"[,。;:?!]")
_DOES: Final = compiled(
    r"(?:做|搞|是|卖|干|跑|开|办|养|(?<![哪几这那各两一二三多])种|产|造|修|建|炼|经营|生产|销售|加工|从事|制造|批发)"
    r"(?:的是|着|了|点|些|个|家|一家|几家|一个)?(?:大型|小型|小|大)?$"
)


_DONE: Final = compiled(r"的|生意|买卖|[,。;:?!]|$")
"""What ends the words for a trade that no head ends (做豆腐的, 卖家电生意)."""


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

    ``branches``: the sectors whose clauses are about it, its own and the wider ones but for the widest; ``spans``:
    where ``text`` says so.
    """

    text: str
    sectors: frozenset[str]
    wider: frozenset[str]
    conditions: frozenset[str]
    branches: frozenset[str]
    spans: tuple[Span, ...] = ()

    @property
    def every(self) -> frozenset[str]:
        return self.sectors | self.wider

    def __bool__(self) -> bool:
        return bool(self.sectors or self.conditions)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


_LISTS: Final = ("heads", "conditions", "small", "large", "apart", "plain", "widest")


class Kinds:
    """The kinds of enterprise of some tables of the form of ``enterprises.toml``, merged."""

    def __init__(self, tables: Sequence[Mapping[str, Any]]) -> None:
        merged = {name: [word for table in tables for word in table.get(name, ())] for name in _LISTS}
        self._heads, self._conditions, self._plain = merged["heads"], merged["conditions"], merged["plain"]
        self._small, self._large, self._apart, self._widest = (
            frozenset(merged[name]) for name in ("small", "large", "apart", "widest")
        )
        self._met: dict[str, str] = {}  # a condition as people say it → as documents do
        self._sectors: dict[str, set[str]] = defaultdict(set)  # documents' word → sectors
        self._before: dict[str, set[str]] = defaultdict(set)  # word that means a sector before a head → sectors
        self._said: dict[str, set[str]] = defaultdict(set)  # people's word → sectors
        self._parents: dict[str, set[str]] = defaultdict(set)
        for table in tables:
            self._met |= table.get("said_conditions", {})
            for head, name in table.get("head_sectors", {}).items():
                self._sectors[head].add(name)
            for name, sector in table.get("sectors", {}).items():
                self._parents[name].update(sector.get("part_of", ()))
                for words, key in ((self._sectors, "words"), (self._before, "before"), (self._said, "said")):
                    for word in sector.get(key, ()):
                        words[word.lower()].add(name)

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """The kinds of the package."""
        return cls([tomllib.loads(files("zyqa").joinpath("data/enterprises.toml").read_text("utf-8"))])

    # ------------------------------------------------------------ patterns

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        words = (word for word in (*self._sectors, *self._before) if word not in self._heads)
        modifiers = _any([*self._conditions, *self._plain, *words])
        return compiled(rf"(?P<modifiers>(?:(?:{modifiers}){_JOINED})*)(?P<head>{_any(self._heads)})")

    @cached_property
    def _sector_words(self) -> re.Pattern[str]:
        return compiled(_any(self._sectors), re.IGNORECASE)

    @cached_property
    def _telling_words(self) -> re.Pattern[str]:
        return compiled(_any([*self._sectors, *self._before]), re.IGNORECASE)

    @cached_property
    def _said_words(self) -> re.Pattern[str]:
        return compiled(_any(self._said))

    @cached_property
    def _condition_words(self) -> re.Pattern[str]:
        return compiled(_any([*self._conditions, *self._met]))

    @cached_property
    def _up_to_head(self) -> re.Pattern[str]:
        return compiled(rf".*(?:{_any(self._heads)})")

    @cached_property
    def _asker(self) -> re.Pattern[str]:
        """A kind of enterprise in a question: a word of its own, or a documents' word with a head."""
        modifiers = _any([*self._conditions, *self._plain, *self._sectors, *self._before])
        head = f"{_any(self._heads)}|{_HEAD}"
        return compiled(
            rf"(?P<said>{_any([*self._said, *self._met])})(?:的?(?:{head}))?"
            rf"|(?P<words>(?:(?:{modifiers}){_JOINED})+)(?P<head>[㐀-鿿]{{0,3}}?(?:{modifiers})*?的?(?:{head}))?"
        )

    # ------------------------------------------------------------ documents

    def mentions(self, text: str, within: Span) -> Iterator[Mention]:
        """The enterprises named in a part of ``text``."""
        for match in self._mention.finditer(text, within.start, within.end):
            modifiers, head = match["modifiers"], match["head"]
            sectors = self._modifying(modifiers) | self._sectors.get(head, set())
            yield Mention(match.group(), sectors, self._conditions_in(modifiers), Span(*match.span()))

    def named(self, documents: Iterable[Document]) -> tuple[str, ...]:
        """The kinds the documents name, the most frequent first; those that say no more than "企业" not."""
        counts: Counter[str] = Counter()
        for document in documents:
            for mention in self.mentions(document.text, Span(0, len(document.text))):
                if mention.sectors or mention.conditions:
                    counts[mention.name] += 1
        return tuple(name for name, _ in counts.most_common())

    def sectors_in(self, text: str) -> frozenset[str]:
        """The sectors a text names in the documents' words."""
        return frozenset[str]().union(*(sectors for _, sectors in self.places(text)))

    def places(self, text: str) -> Iterator[tuple[Span, frozenset[str]]]:
        """Where a text names sectors in the documents' words, the longest word at each place."""
        for match in self._sector_words.finditer(text):
            yield Span(*match.span()), frozenset(self._sectors[match.group().lower()])

    def branches_in(self, heading: str) -> frozenset[str]:
        """The sectors a heading names, those of a word inside a longer one too (金融保险业 is 保险 as well)."""
        return frozenset[str]().union(*(names for word, names in self._sectors.items() if word in heading))

    def related(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether two sets of sectors share one, or one of theirs is part of one of the other's."""
        return bool((one | self._wider(one)) & other or (other | self._wider(other)) & one)

    # ------------------------------------------------------------ people

    def profile(self, text: str) -> Profile:
        """What a free description ("我们是规模以上化工企业") says about an enterprise."""
        said = (self._said[match.group()] for match in self._said_words.finditer(text.lower()))
        return self._profile(text, self.sectors_in(text).union(*said), (), text)

    def asker(self, text: str) -> Profile:
        """The enterprise that a folded question is about ("做化工的要守啥规矩"); falsy where it names no kind."""
        own: set[str] = set()
        spans: list[Span] = []
        place = 0
        while match := self._asker.search(text, place):
            end, named = self._told(text, match)
            place = max(end, match.start() + 1) if named else match.end()
            if not (named or (self._conditions_in(match.group()) and (match["said"] or match["head"]))):
                continue
            own |= named
            start = match.start()
            if spans and start - spans[-1].end <= _GAP and not _PAUSE.search(text[spans[-1].end : start]):
                start = spans.pop().start
            spans.append(Span(start, end))
        return self._profile(text, frozenset(own), tuple(spans), " ".join(span.cut(text) for span in spans))

    def fits(self, mention: Mention, who: Profile) -> bool:
        """False where the words speak of small enterprises and the profile of a large one, or the reverse; and where
        they speak of exporters and the profile of a kind that does not say so."""
        small, large, apart = self._small, self._large, self._apart
        clash = (mention.conditions & small and who.conditions & large) or (
            mention.conditions & large and who.conditions & small
        )
        return not clash and not (who.sectors and mention.conditions & apart and not who.conditions & apart)

    def _told(self, text: str, match: re.Match[str]) -> tuple[int, frozenset[str]]:
        """Where words that tell who asks end, and the sectors they name: none where no head and no doing shows it."""
        if match["said"]:
            return match.end(), frozenset(self._said.get(match["said"], ())) or self._modifying(match.group())
        if match["head"]:
            return match.end(), self._modifying(match.group())
        if inner := self._up_to_head.match(text, match.start(), match.end()):
            return inner.end(), self._modifying(inner.group())
        word = self._telling_words.search(text, match.start(), match.end())
        if word is None or not _DOES.search(text[: word.start()]):
            return match.end(), frozenset()
        named = self.sectors_in(match.group())
        return match.end(), named or (self._modifying(match.group()) if _DONE.match(text, match.end()) else named)

    def _profile(self, text: str, own: frozenset[str], spans: tuple[Span, ...], described: str) -> Profile:
        above = self._wider(own)
        branches = (own | above) - self._widest
        return Profile(text, own - above, above, self._conditions_in(described), branches, spans)

    def _modifying(self, text: str) -> frozenset[str]:
        """The sectors named before a head."""
        return self.sectors_in(text).union(*(names for word, names in self._before.items() if word in text))

    def _conditions_in(self, text: str) -> frozenset[str]:
        return frozenset(self._met.get(word, word) for word in self._condition_words.findall(text))

    def _wider(self, sectors: Iterable[str]) -> frozenset[str]:
        """The sectors these are part of, at any remove."""
        found: set[str] = set()
        waiting = list(sectors)
        while waiting:
            parents = self._parents.get(waiting.pop(), set()) - found
            found |= parents
            waiting += parents
        return frozenset(found)
