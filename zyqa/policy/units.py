"""The organ register: which names mean one body (市质监局 = 市质量技术监督局 = 质监部门), and where a text names one.

A name is level word + stem + suffix; ``data/units.toml`` holds the stems, this module the rules. A name without
level word (质监局) is read as the city's, unless only the nation uses its form (财政部, 税务总局) or ``level`` says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any, Self, TypeVar

from zyqa.errors import SettingsError
from zyqa.policy.slips import Slips
from zyqa.text import fold, fold_with_offsets
from zyqa.types import Span

NATION = "国家"
_REMEMBERED, _LIBRARIES = 256, 64  # texts, and sets of units
_compiled = lru_cache(maxsize=64)(re.compile)  # registers of many libraries share most patterns
_READINGS = ("市", NATION, "省", "县", "区")  # how a name without level word is read, most likely first
_SUFFIXES = (
    "行政主管部门", "行业主管部门", "行政管理部门", "委员会办公室", "主管部门", "行政部门", "管理部门",
    "委员会", "办公室", "总局", "总署", "部门", "系统", "局", "委", "厅", "部", "办", "署",
)  # fmt: skip
_ROUND = str.maketrans("[]", "()")
_NATIONAL_SUFFIXES = ("总局", "总署", "署", "部")
_LEVEL = rf"(?:(?P<level>(?<!城)市|省|自治区|州|盟|县|区|旗|{NATION}|中央)(?:级|直属?|上)?)?"
_SHORT = re.compile(
    r"[^㐀-鿿]|[牵配负等和与及跟的要有是由在还也都应该能可会需须参担协做承呢吗干抓]|管(?!理)|这?[两几俩][家个]|$"
)
_CUE = (
    r"(?=那边|这边|(?:牵头|配合)(?!单位|部门|方)|负责(?![人任])|管(?![理道网控])|要干|口(?![号径岸罩岗])|"
    r"等?(?:相关|有关|主管|行政|这些|几个|各)*(?:部门|单位|系统))"
)


@dataclass(frozen=True, slots=True)
class Organ:
    """A line of government found at several levels; ``data/units.toml`` says what the fields mean."""

    local: str
    stems: tuple[str, ...] = ()
    nation: str = ""
    province: str = ""
    suffixes: tuple[str, ...] = _SUFFIXES
    bare: tuple[str, ...] | None = None
    aliases: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    since: tuple[str, ...] = ()

    @property
    def below(self) -> tuple[str, ...]:
        """Its names below the nation, without level word."""
        return (self.local, self.province, *self.aliases)

    def at(self, level: str) -> str:
        """Its canonical name at a level."""
        if level == NATION:
            return self.nation or NATION + self.local
        return level + (self.province if level == "省" and self.province else self.local)


@dataclass(frozen=True, slots=True)
class Unit:
    """A body of its own: its name, its other names, and what it is called in questions only."""

    name: str
    aliases: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


_Entry = TypeVar("_Entry", Organ, Unit)


@dataclass(frozen=True, slots=True)
class _Reading:
    organ: Organ
    level: str  # "" where the name does not say it


class Register:
    """Names to canonical names, and back. Build it with :meth:`shipped`, :meth:`from_text` or :meth:`with_files`."""

    def __init__(
        self,
        organs: Iterable[Organ],
        units: Iterable[Unit],
        home: Sequence[str] = (),
        alike: Sequence[str] = (),
        held: Iterable[str] = (),
    ) -> None:
        self._organs = {organ.local: organ for organ in organs}
        self._units = {unit.name: unit for unit in units}
        self._home = tuple(home)
        self._alike = tuple(alike)
        self._held = frozenset(held)
        lines = self._organs.values()
        self._locals = {
            fold(name): line for line in lines for name in (line.local, line.province, *line.aliases) if name
        }
        self._nations = {fold(name): line for line in lines for name in (line.nation, *line.national) if name}
        self._exact = {fold(name): unit for unit in self._units.values() for name in (unit.name, *unit.aliases)}
        self._said = {fold(name): unit for unit in self._units.values() for name in unit.said} | self._exact
        self._bare = {fold(stem): line for line in lines for stem in (line.stems if line.bare is None else line.bare)}
        self._short = {fold(stem): line for line in lines for stem in line.short}
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._find)  # answers are checked against the same texts
        self._extended = lru_cache(maxsize=_LIBRARIES)(self._extend)
        self._stems: list[dict[str, Organ]] = []
        self._name = _compiled(self._pattern())
        self._fixed = _compiled(_either([*self._said, *self._nations, *self._short]))
        item = f"[市省县区]?(?:{_either(self._bare)})"
        self._listed = _compiled(f"{item}(?:(?:[、和与及跟,]|以及){item})*{_CUE}")
        self._item = _compiled(f"([市省县区]?)({_either(self._bare)})")

    def _pattern(self) -> str:
        groups: dict[tuple[str, ...], dict[str, Organ]] = {}
        for organ in self._organs.values():
            groups.setdefault(organ.suffixes, {}).update({fold(stem): organ for stem in organ.stems})
        self._stems = list(groups.values())
        shapes = [f"(?P<local>{_either(self._locals)})"]
        for place, (suffixes, stems) in enumerate(groups.items()):
            shapes.append(f"(?P<stem{place}>{_either(stems)})(?P<suffix{place}>{_either(suffixes)})")
        home = f"(?P<home>{_either(map(fold, self._home))})?"
        return f"{home}{_LEVEL}(?:{'|'.join(reversed(shapes))})"

    # ------------------------------------------------------------ building

    @classmethod
    def shipped(cls) -> Register:
        """The register that comes with zyqa."""
        return _shipped()

    @classmethod
    def from_text(cls, *tables: str) -> Self:
        """From the text of TOML tables; a later entry replaces an earlier one of the same name.

        Raises:
            SettingsError: the text is not TOML, or an entry lacks its name or has an unknown field.
        """
        organs: list[Organ] = []
        units: list[Unit] = []
        home: list[str] = []
        alike: list[str] = []
        for data in map(_load, tables):
            home += data.get("home", [])
            alike += data.get("alike", [])
            organs += [_entry(Organ, entry) for entry in data.get("organ", [])]
            units += [_entry(Unit, entry) for entry in data.get("unit", [])]
        return cls(organs, units, home, alike)

    @classmethod
    def with_files(cls, paths: Sequence[Path]) -> Register:
        """The shipped register extended by the user's files.

        Raises:
            SettingsError: a file cannot be read, or is no register.
        """
        if not paths:
            return _shipped()
        tables = [_shipped_text()]
        for path in paths:
            try:
                tables.append(path.read_text("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise _bad(f"unit register {path}: {error}") from None
        return cls.from_text(*tables)

    def extended(self, names: Iterable[str]) -> Register:
        """A register for questions about a library that has these units.

        It finds them as they stand, reads a name that may mean several bodies as one of them, takes a later body for
        the one whose work it took over, and forgives a slip of the pen.
        """
        return self._extended(tuple(dict.fromkeys(names)))

    def _extend(self, held: tuple[str, ...]) -> Register:
        new = [Unit(name) for name in held if len(name) > 1 and not self.knows(name)]
        return Register(self._organs.values(), [*self._units.values(), *new], self._home, self._alike, held)

    # ------------------------------------------------------------ one name

    def canonical(self, surface: str, *, level: str = "") -> str:
        """The canonical name, or ``surface`` itself where the register does not know it.

        ``level`` (国家, 省, 市 …) is what a name without level word means in its context.
        """
        folded = _key(surface)
        if unit := self._exact.get(folded):
            return unit.name
        reading = self._reading(folded)
        if folded in self._nations and (level in ("", NATION) or not reading or reading.level == NATION):
            return self._nations[folded].nation
        return reading.organ.at(reading.level or level or _READINGS[0]) if reading else surface

    def knows(self, surface: str) -> bool:
        """Whether the register has this name, as an entry or by its rules."""
        folded = _key(surface)
        return folded in self._exact or folded in self._nations or self._reading(folded) is not None

    def level(self, surface: str) -> str:
        """The level that the name itself states (国家, 省, 市, 县 …), or ""."""
        folded = _key(surface)
        if (reading := self._reading(folded)) and reading.level:
            return reading.level
        if folded in self._nations:
            return NATION
        return folded[0] if folded[:1] in ("省", "市", "县", "州") else ""

    def readings(self, surface: str) -> tuple[str, ...]:
        """Every canonical name that ``surface`` may stand for, likeliest first: 质监局 → 市质监局, 国家质检总局 …"""
        first = self.canonical(surface)
        reading = self._reading(_key(surface))
        if reading is None or reading.level:
            return (first,)
        return tuple(dict.fromkeys([first, *(reading.organ.at(level) for level in _READINGS)]))

    def family(self, name: str) -> str:
        """What a body is called without its level: one name for 市发改委, 省发改委 and 国家发展改革委."""
        folded = _key(name)
        if organ := self._nations.get(folded):
            return organ.local
        reading = self._reading(folded)
        return reading.organ.local if reading else self.canonical(name)

    def heirs(self, name: str) -> tuple[str, ...]:
        """The bodies that took over its work later: 市环保局 → 市生态环境局."""
        reading = self._reading(_key(name))
        if reading is None:
            return ()
        level = reading.level or _READINGS[0]
        return tuple(self._organs[heir].at(level) for heir in reading.organ.since if heir in self._organs)

    def forebears(self, name: str) -> tuple[str, ...]:
        """The bodies whose work it took over: 市生态环境局 → 市环保局."""
        reading = self._reading(_key(name))
        if reading is None:
            return ()
        level = reading.level or _READINGS[0]
        return tuple(organ.at(level) for organ in self._organs.values() if reading.organ.local in organ.since)

    def aliases(self, canonical: str) -> tuple[str, ...]:
        """The other names that may mean a body, those that state its level first."""
        if unit := self._units.get(canonical):
            return tuple(dict.fromkeys(unit.aliases + unit.said))
        reading = self._reading(_key(canonical))
        organ = self._nations.get(_key(canonical)) or (reading.organ if reading else None)
        if organ is None:
            return ()
        level = NATION if _key(canonical) in self._nations or reading is None else reading.level
        suffixes = (canonical[-1], *(("委员会",) if canonical.endswith("委") else ()), "部门")
        shapes = [stem + suffix for stem, suffix in product(organ.stems, suffixes) if suffix in organ.suffixes]
        names = [*organ.below, *shapes]
        placed = [] if level == NATION else [level + name for name in names]
        candidates = [*organ.national, *placed, *names]
        return tuple(
            name for name in dict.fromkeys(candidates) if name != canonical and canonical in self.readings(name)
        )

    def _reading(self, folded: str) -> _Reading | None:
        if match := self._name.fullmatch(folded):
            return self._read(match)
        item = self._item.fullmatch(folded)  # a bare stem, as in 市财政、质监等部门
        return _Reading(self._bare[item[2]], item[1]) if item else None

    def _read(self, match: re.Match[str]) -> _Reading:
        level = match["level"] or (match["home"] or "")[-1:]
        level = NATION if level in ("中央", NATION) else level if level in ("省", "市") or match["level"] else ""
        if match["local"]:
            return _Reading(self._locals[match["local"]], level)
        place, stem = next((place, stem) for place in range(len(self._stems)) if (stem := match[f"stem{place}"]))
        organ, suffix = self._stems[place][stem], match[f"suffix{place}"]
        if not level and suffix in _NATIONAL_SUFFIXES and organ.nation.endswith(suffix) and organ.nation[:2] != "中央":
            level = NATION
        return _Reading(organ, level or ("省" if suffix == "厅" else ""))

    # ------------------------------------------------------------ any text

    def find(self, text: str) -> list[tuple[Span, str]]:
        """The units named in a text, in order: where, and the canonical name. Of two that overlap the longer counts."""
        return list(self._remembered(text))

    def _find(self, text: str) -> list[tuple[Span, str]]:
        folded = fold_with_offsets(text)
        words = folded.text.translate(_ROUND)
        found = sorted(self._candidates(words), key=lambda one: (one[0] - one[1], one[0]))
        kept: list[tuple[int, int, str]] = []
        for start, end, name in found:
            if all(end <= other[0] or other[1] <= start for other in kept):
                kept.append((start, end, self._meant(name, words[start:end])))
        if self._held:
            kept += self._slips.find(words, [(start, end) for start, end, _ in kept])
        return [(folded.span(start, end), name) for start, end, name in sorted(kept)]

    def _meant(self, name: str, surface: str) -> str:
        """Of the bodies that a surface may mean one that the library has, or the only one whose work it took over."""
        if not self._held or name in self._held:
            return name
        if held := next((one for one in self.readings(surface) if one in self._held), None):
            return held
        forebears = [one for one in self.forebears(name) if one in self._held]
        return forebears[0] if len(forebears) == 1 else name

    @cached_property
    def _slips(self) -> Slips:
        names = {fold(name): held for held in sorted(self._held) for name in (*self.aliases(held), held)}
        return Slips(names, self._alike)

    def _candidates(self, folded: str) -> Iterator[tuple[int, int, str]]:
        for match in self._name.finditer(folded):
            if not folded.startswith("际", match.end()):  # 职业教育部际联席会议 is not of 教育部
                yield match.start(), match.end(), self.canonical(match.group())
        for match in self._fixed.finditer(folded):
            if folded.startswith("际", match.end()):
                continue
            if len(match.group()) > 2 or _SHORT.match(folded, match.end()):
                yield match.start(), match.end(), self._fixed_name(match.group())
        for match in self._listed.finditer(folded):
            for item in self._item.finditer(match.group()):
                start = match.start() + item.start()
                yield start, start + len(item.group()), self._bare[item[2]].at(item[1] or _READINGS[0])

    def _fixed_name(self, folded: str) -> str:
        if folded in self._said:
            return self._said[folded].name
        if folded in self._nations:
            return self._nations[folded].nation
        return self._short[folded].at(_READINGS[0])


@cache
def _shipped() -> Register:
    return Register.from_text(_shipped_text())


def _shipped_text() -> str:
    return files("zyqa").joinpath("data/units.toml").read_text("utf-8")


def _key(surface: str) -> str:
    return re.sub(r"\s+", "", fold(surface)).translate(_ROUND)


def _either(names: Iterable[str]) -> str:
    """An alternation, longest first; one that never matches where there are no names."""
    return "|".join(map(re.escape, sorted(set(names), key=len, reverse=True))) or "(?!)"


def _load(table: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(table)
    except tomllib.TOMLDecodeError as error:
        raise _bad(f"unit register is not valid TOML: {error}") from None


def _entry(kind: type[_Entry], entry: Mapping[str, Any]) -> _Entry:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    try:
        made = kind(**values)
    except TypeError:
        known = ", ".join(field.name for field in fields(kind))
        raise _bad(f"unit register: {entry} is no [[{kind.__name__.lower()}]] (fields: {known})") from None
    texts = [text for value in values.values() for text in (value if isinstance(value, tuple) else (value,))]
    if not all(isinstance(text, str) for text in texts):
        raise _bad(f"unit register: {entry} holds something that is no text")
    return made


def _bad(message: str) -> SettingsError:
    return SettingsError(message, hint="see zyqa/data/units.toml for the form of a unit register")
