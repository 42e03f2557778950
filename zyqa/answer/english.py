"""Questions in English, put into the documents' Chinese words.

The tables are data (``data/english.toml``): phrases of the glossary, verbs, organs of government, frames of questions.
A word that no table holds stays as it is, so that what the documents lack is noticed and named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any

from zyqa.answer.english_dates import counted, is_dated, numbered
from zyqa.patterns import compiled
from zyqa.text import fold

_TOKEN = compiled(r"[^\sa-z]*[㐀-鿿][^\sa-z]*|gb/?t ?\d*(?:-\d{4})?|[a-z]+|\d+(?:\.\d+)*%?|\S")
_LATIN = compiled(r"[a-z]{2,}")
_HAN = compiled(r"[㐀-鿿]")
_MANY_HAN, _MANY_LATIN = 2, 5
_FREE = r"(?<! of)(?<! for)(?<! in)(?<! by)(?<! on)(?<! to)(?<!^is)(?<!^are)"  # not within a phrase
_CONTRACTED = (
    (compiled(r"\b(?:can't|cannot)\b"), "can not"),
    (compiled(r"\bwon't\b"), "will not"),
    (compiled(r"n't\b"), " not"),
    (compiled(r"\b(who|what|when|where|how|which|that|there|it)'s\b"), r"\1 is"),
    (compiled(r"'(?:re|ve|ll|d|m)\b"), ""),
    (compiled(r"'s\b|(?<=s)'(?!\w)"), ""),
    (compiled(r"(?<=[a-z])[-/](?=[a-z])(?<!gb/)"), " "),
    (compiled(r"\bthis (?=(?:work )?(?:plan|document|notice|circular)\b)"), ""),
    (compiled(rf"^((?:is|are|was|were) .+?{_FREE}) (?:the|an?|one of) "), r"\1 是 "),
    (compiled(r"\b(?:the|an)\b|(?<!grade )(?<!class )(?<!part )\ba\b(?![-.])"), " "),
)
_MARKED = compiled(  # what a text has that any of these changes
    r"['‘’´`/-]|\b(?:the|an?|this|cannot)\b|^(?:is|are|was|were)\b|\s\s|[^\S ]|^\s|\s$"
)
_CLOSED = compiled(r"(?<=[㐀-鿿]) (?=[㐀-鿿])| (?=[?,.;:!)])|(?<=[,(]) ")
_DOUBLED = compiled(r"([bdgklmnprt])\1$")
_YEAR = compiled(r"(?:19|20)\d\d")


class _Kind(Enum):
    NOUN = auto()
    ORGAN = auto()  # a noun that nothing tells more of
    VERB = auto()
    LINK = auto()  # of, for, in …: what follows belongs before what precedes
    JOIN = auto()  # and, or
    BREAK = auto()  # a word that says nothing
    OTHER = auto()  # figures, marks, Chinese, and words that no table holds


_NAMES = (_Kind.NOUN, _Kind.ORGAN, _Kind.JOIN)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: _Kind


_Entry = tuple[tuple[str, ...], _Piece]


class English:
    """The tables of one or more files of the form of ``data/english.toml``, merged."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._irregular: dict[str, str] = {}
        self._frames: list[tuple[re.Pattern[str], str]] = []
        self._organs: dict[tuple[str, ...], str] = {}
        self._heads: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        for table in tables:
            self._add(table)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, table: Mapping[str, Any]) -> None:
        for name, kind in (("english", _Kind.NOUN), ("english_verbs", _Kind.VERB)):
            for term, phrases in table.get(name, {}).items():
                for phrase in phrases:
                    self._enter(phrase, _Piece(fold(term), kind))
        for name, kind in (("english_idle", _Kind.BREAK), ("english_links", _Kind.LINK)):
            for word in table.get(name, []):
                self._enter(word, _Piece("", kind))
        for term, words in table.get("english_joins", {}).items():
            for word in words:
                self._enter(word, _Piece(term, _Kind.JOIN))
        for base, forms in table.get("english_forms", {}).items():
            self._irregular |= dict.fromkeys(forms, base)
        self._frames += [(compiled(old), new) for old, new in table.get("english_frames", {}).items()]
        organs = table.get("english_organs", {})
        self._heads |= {word: term for term, words in organs.get("heads", {}).items() for word in words}
        self._levels |= {word: term for term, words in organs.get("levels", {}).items() for word in words}
        for term, phrases in organs.get("names", {}).items():
            self._organs |= {tuple(_words(phrase)): term for phrase in phrases}

    def _enter(self, phrase: str, piece: _Piece) -> None:
        words = tuple(_words(phrase))
        self._entries[words[0]].append((words, piece))

    # ------------------------------------------------------------ asked

    @staticmethod
    def is_english(text: str) -> bool:
        """Whether a folded question is asked in English: Latin words and hardly any Chinese beside them."""
        han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
        return latin > 1 and (han <= _MANY_HAN or latin > 2 * han or (latin > han and latin > _MANY_LATIN))

    def names(self, text: str) -> bool:
        """Whether a folded text is one English word that names something."""
        word = text.strip(" ?.!")
        return bool(_LATIN.fullmatch(word)) and any(
            phrase == (form,) and piece.kind is _Kind.NOUN
            for form in self._forms(word)
            for phrase, piece in self._entries.get(form, ())
        )

    def knows(self, word: str) -> bool:
        """Whether a folded English word is in a table, alone or in a phrase, or says nothing."""
        return is_dated(word) or any(form in self._every_word for form in self._forms(word))

    @cached_property
    def _every_word(self) -> frozenset[str]:
        phrases = [words for entries in self._entries.values() for words, _ in entries]
        single = {*self._heads, *self._levels, *self._irregular}
        return frozenset(word for words in (*phrases, *self._organs) for word in words) | single

    def chinese(self, text: str) -> str:
        """A folded English question in Chinese words, in Chinese order as far as nouns go."""
        return _joined(_ordered([piece for piece, _ in self._pieces(self._framed(text))]))

    def glossed(self, text: str) -> dict[str, str]:
        """The Chinese words of a folded English question, and the English each is for."""
        pieces = self._pieces(self._framed(text))
        return {name: words for piece, words in pieces for name in piece.text.split("|") if name}

    # ------------------------------------------------------------ words

    def _framed(self, text: str) -> list[str]:
        """The words of a question after its frames are put into Chinese."""
        text = _plain(text).rstrip(" .?!")
        for old, new in self._frames:
            text = old.sub(new, text)
        return _words(numbered(re.sub(r"\s+", " ", text)))

    def _forms(self, word: str) -> tuple[str, ...]:
        """A word and what it may be a form of, the likeliest first."""
        return tuple(
            dict.fromkeys((word, *([self._irregular[word]] if word in self._irregular else ()), *_bases(word)))
        )

    def _pieces(self, words: list[str]) -> Iterator[tuple[_Piece, str]]:
        """The pieces of a question, each with the words it is for."""
        place = 0
        while place < len(words):
            length, piece = self._organ(words, place) or self._phrase(words, place)
            yield piece, " ".join(words[place : place + length])
            place += length

    def _phrase(self, words: list[str], place: int) -> tuple[int, _Piece]:
        """The longest phrase that begins at a place; of equally long ones that with the most words as they stand."""
        best: tuple[int, int] = (0, 0)
        found: _Piece | None = None
        for form in self._forms(words[place]):
            for phrase, piece in self._entries.get(form, ()):
                near = words[place : place + len(phrase)]
                rank = len(phrase), sum(map(str.__eq__, phrase, near))
                if rank > best and self._matches(phrase, near):
                    best, found = rank, piece
        if found is None:
            word = words[place]
            number = f"{word}个" if self._counts(words, place) else counted(word)
            return 1, _Piece(number or word, _Kind.OTHER)
        return best[0], found

    def _matches(self, phrase: Sequence[str], words: Sequence[str]) -> bool:
        return len(phrase) == len(words) and all(
            wanted in self._forms(word) for wanted, word in zip(phrase, words, strict=True)
        )

    def _counts(self, words: list[str], place: int) -> bool:
        """Whether a number counts what follows it (5 demonstration units)."""
        follows = words[place + 1] if place + 1 < len(words) else ""
        before = words[place - 1] if place else ""
        counts = words[place].isdecimal() and not _YEAR.fullmatch(words[place])
        return counts and before != "第" and follows.isascii() and follows.isalpha() and self.knows(follows)

    # ------------------------------------------------------------ organs

    def _organ(self, words: list[str], place: int) -> tuple[int, _Piece] | None:
        """An organ that is named at a place: level, field and head (municipal health bureau, ministry of health)."""
        level, start = "", place
        while start < len(words) and words[start] in self._levels:
            level += self._levels[words[start]]
            start += 1
        head = self._heads.get(words[start], "") if words[start + 1 : start + 2] in (["of"], ["for"]) else ""
        start += 2 * bool(head)
        if (found := self._field(words, start)) is None:
            return None
        length, name, whole = found
        end = start + length
        if not (whole or head) and end < len(words):
            head = self._heads.get(words[end], "")
            end += 1
        return (end - place, _Piece(_named(level, name, "" if whole else head), _Kind.ORGAN)) if whole or head else None

    def _field(self, words: list[str], place: int) -> tuple[int, str, bool] | None:
        """The field of an organ at a place: (words, Chinese, whether that is the organ's whole name)."""
        for length in range(min(8, len(words) - place), 0, -1):
            phrase = tuple("and" if word == "&" else word for word in words[place : place + length])
            if name := self._organs.get(phrase):
                return length, name.removesuffix("*"), name.endswith("*")
        return None


def _named(level: str, name: str, head: str) -> str:
    """A Chinese name of an organ from its parts: the city's where no level is said."""
    if not head:
        return level + name.removeprefix("市") if level else name
    if head in ("部", "总局"):
        return ("国家" if head == "总局" else "") + name + head
    if head == "部门":
        return level + name + ("厅" if level.endswith("省") else "部门")
    return (level or "市" if head in ("局", "委") else level) + name + head


def _words(text: str) -> list[str]:
    return _TOKEN.findall(_plain(fold(text)))


def _plain(text: str) -> str:
    """Folded English without contractions, articles and hyphens."""
    if not _MARKED.search(text):
        return text
    text = re.sub("[‘’´`]", "'", text)
    for old, new in _CONTRACTED:
        text = old.sub(new, text)
    return re.sub(r"\s+", " ", text).strip()


def _bases(word: str) -> Iterator[str]:
    """What an inflected or British word may come from: policies → policy, standardised → standardize."""
    for american in (
        re.sub(r"is(e[sdr]?|ing|ation|ations)$", r"iz\1", word),
        re.sub(r"our(s|ed|ing)?$", r"or\1", word),
    ):
        if american != word and len(word) > len("rise") + 1:
            yield american
            yield from _bases(american)
    if len(word) <= len("its"):
        return
    if word.endswith("ly"):
        yield word[:-2]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith(("ses", "xes", "ches", "shes", "zes", "oes")):
            yield word[:-2]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem, stem + "e")
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            if _DOUBLED.search(stem):
                yield stem[:-1]


# ------------------------------------------------------------ order


def _ordered(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces in Chinese order: what follows a link (quality OF water) goes before what it tells more of."""
    while (place := _last_link(pieces)) is not None:
        left, right = place, place + 1
        while left > 0 and pieces[left - 1].kind is _Kind.NOUN:
            left -= 1
        while right < len(pieces) and pieces[right].kind in _NAMES:
            right += 1
        before, after = pieces[left:place], pieces[place + 1 : right]
        gap = [] if before and after else [_Piece("", _Kind.BREAK)]
        pieces = [*pieces[:left], *after, *gap, *before, *pieces[right:]]
    return pieces


def _last_link(pieces: list[_Piece]) -> int | None:
    return max((place for place, piece in enumerate(pieces) if piece.kind is _Kind.LINK), default=None)


def _joined(pieces: Iterable[_Piece]) -> str:
    """Nouns side by side written as one, everything else apart; of 行业|业 the second after a noun."""
    text, last = "", _Kind.BREAK
    for piece in pieces:
        close = piece.kind in _NAMES and last in _NAMES
        alone, _, ending = piece.text.partition("|")
        text += (ending or alone) if close or not alone else f" {alone}"
        last = piece.kind
    return _CLOSED.sub("", re.sub(r"\s+", " ", text)).strip(" .!")
