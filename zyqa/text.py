"""Text as all modules see it: folded characters, numerals, sentences, words. The doorway to jieba and OpenCC."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zyqa.types import Span

# ---------------------------------------------------------------- folding

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r"
_BRACKETS = {"【": "[", "】": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]"}
_MARKS = dict.fromkeys("—–―－‐‑−", "-") | dict.fromkeys("～〜", "~") | dict.fromkeys("○◯", "〇") | {"馀": "余"}
_LONG = 1000  # characters from which a text is a document, not a phrase
_CODE_POINTS = 0x110000
_RUNS = 1 << 15  # whose words are kept: the encoder asks for those that the index has just asked for
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


@cache
def _simplified() -> dict[str, str]:
    """Each traditional character's simplified one; a character without one of its own length is left out.

    Traditional to simplified is OpenCC's character table; Kangxi radicals (U+2F00–2FD5), which PDF files
    hold in place of the characters they look like, are Unicode's compatibility mapping.
    """
    import unicodedata

    import opencc

    han = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {old: new for old, new in zip(han, simple, strict=True) if len(new) == 1 and old != new}
    radicals = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return table | {old: table.get(new, new) for old, new in radicals.items()}


@cache
def _simplified_table() -> dict[int, str]:
    return str.maketrans(_simplified())


@cache
def _fold_table() -> dict[int, str]:
    """Character to character, so that folding keeps every offset."""
    table = _simplified() | dict.fromkeys(_BLANKS, " ") | _FULL_WIDTH | _BRACKETS | _MARKS
    table |= {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF21, 0xFF3B)}
    return str.maketrans(table)


@cache
def _arrayed(table: Callable[[], dict[int, str]]) -> NDArray[np.uint32]:
    codes = np.arange(_CODE_POINTS, dtype=np.uint32)
    for old, new in table().items():
        codes[old] = ord(new)
    return codes


def _translated(text: str, table: Callable[[], dict[int, str]]) -> str:
    """``text.translate(table())``; for a document by way of an array, in a tenth of the time."""
    if len(text) <= _LONG:
        return text.translate(table())
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _arrayed(table)[codes].tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=2)  # each part of the parser asks for the document at hand
def simplified(text: str) -> str:
    """The text in simplified characters, each in its old place; nothing else is changed."""
    return _translated(text, _simplified_table)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back. ``offsets`` is None where every character kept its place."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> Span:
        """The span of the original text that ``text[start:end]`` came from."""
        if self.offsets is None or start >= end:
            return Span(start, end)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str) -> str:
    """Simplified, half-width, lower-case text without invisible characters; for comparing, not for showing."""
    return _fold_document(text) if len(text) > _LONG else _INVISIBLE.sub("", text.translate(_fold_table()))


@lru_cache(maxsize=2)
def _fold_document(text: str) -> str:
    """Each part of the parser folds the document at hand; once is enough."""
    return _INVISIBLE.sub("", _translated(text, _fold_table))


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded (and NUL made a blank); all at one go, which is quicker."""
    return fold("\0".join(one.replace("\0", " ") for one in texts)).split("\0") if texts else []


def fold_with_offsets(text: str) -> Folded:
    """Like :func:`fold`, with the way back to the original offsets."""
    if not _INVISIBLE.search(text):
        return Folded(fold(text), None)
    kept = [place for place, char in enumerate(text) if not _INVISIBLE.match(char)]
    return Folded(fold(text), tuple(kept))


_HALF_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def visible(text: str) -> Folded:
    """The text in simplified characters and half-width digits, without invisible characters, with the way back."""
    plain = simplified(text).translate(_HALF_WIDTH_DIGITS)
    if not _INVISIBLE.search(plain):
        return Folded(plain, None)
    kept = [place for place, char in enumerate(plain) if not _INVISIBLE.match(char)]
    return Folded(_INVISIBLE.sub("", plain), tuple(kept))


def digest(text: str) -> str:
    """sha256 (hex) of the text without blanks, widths, brackets and punctuation: equal for two website versions."""
    return hashlib.sha256(re.sub(r"[\W_]+", "", fold(text)).encode()).hexdigest()


# ---------------------------------------------------------------- numerals

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERIC = frozenset(_DIGITS | _UNITS | _MYRIADS)
HAN_NUMERAL = "[零〇○一二两三四五六七八九十百千万亿]+"


def number(numeral: str) -> int | None:
    """The value of a Chinese or Arabic numeral (``十二``, ``二〇一一``, ``１２``), or None."""
    if numeral.isdecimal():  # not isdigit: ① is a digit but no decimal
        return int(numeral)
    if not numeral or not _NUMERIC.issuperset(numeral):
        return None
    if all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


_HAN_DIGITS = "零一二三四五六七八九"


def numeral(value: int) -> str:
    """A number from 0 to 9999 as a Chinese numeral: 12 → 十二."""
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} is not between 0 and 9999")
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if gap and written else "") + _HAN_DIGITS[digit] + name
        gap = digit == 0
    return (written or "零").removeprefix("一") if written.startswith("一十") else written or "零"


# ---------------------------------------------------------------- sentences

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)】]*|\n|$)")


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """The sentences of ``text`` (or of a part of it), ended by 。！？； or a line break; blanks trimmed, none empty."""
    start, end = (within.start, within.end) if within else (0, len(text))
    for match in _SENTENCE.finditer(text, start, end):
        piece = match.group()
        lead = len(piece) - len(piece.lstrip())
        if body := piece.strip():
            yield Span(match.start() + lead, match.start() + lead + len(body))


# ---------------------------------------------------------------- words

_RUN = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*|[㐀-鿿]+")
Cut = Callable[[str], list[str]]


@cache
def dictionary() -> tuple[str, ...]:
    """The words of the shipped user dictionary (``data/words.txt``)."""
    lines = files("zyqa").joinpath("data/words.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _segmenter() -> tuple[str, Cut, Cut]:
    """jieba's search mode and its precise mode without guessed words; by its Rust port where that is installed."""
    try:
        import rjieba
    except ImportError:
        return "jieba", *_jieba()
    for word in dictionary():
        rjieba.add_word(word, None, None)  # the module's own instance: another takes as long to make as to import it
    return "rjieba", lru_cache(_RUNS)(rjieba.cut_for_search), lambda run: rjieba.cut(run, False)


def _jieba() -> tuple[Cut, Cut]:
    import jieba

    jieba.setLogLevel(60)  # it writes to standard error at DEBUG
    python = jieba.Tokenizer()  # an instance of our own: the module's stays as the user has it
    for word in dictionary():
        python.add_word(word)
    return lru_cache(_RUNS)(python.lcut_for_search), lambda run: python.lcut(run, HMM=False)


def words(text: str) -> list[str]:
    """The jieba words of ``text``, search mode, folded; digits and Latin stay whole (``gb/t``, ``19001-2016``)."""
    return folded_words(fold(text))


def folded_words(text: str) -> list[str]:
    """:func:`words` of a text that is folded already."""
    cut = _segmenter()[1]
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] >= "㐀":
            found += cut(run)
        else:
            found.append(run)
    return found


def segments(text: str) -> list[str]:
    """The words of a folded text in order, none inside another (jieba's precise mode; no guessed words)."""
    cut = _segmenter()[2]
    return [word for run in _RUN.findall(text) for word in (cut(run) if run[0] >= "㐀" else [run])]


_RETAGGED = {"合同": "n"}  # an adjective in jieba's dictionary


@lru_cache(maxsize=4096)
def part_of_speech(word: str) -> tuple[str, int]:
    """The tag of a word in jieba's dictionary ("n", "v", "vn" …), and how often its corpus has it; ("", 0) if new.

    A binary search in the file as it is: "word count tag" a line, the Han words in the order of their bytes.
    """
    lexicon, wanted = _lexicon(), word.encode()
    low, high = 0, len(lexicon)
    while low < high:
        start = lexicon.rfind(b"\n", 0, (low + high) // 2) + 1
        end = lexicon.index(b"\n", start)
        found, count, tag = lexicon[start:end].split(b" ")
        if found == wanted:
            return _RETAGGED.get(word, tag.decode()), int(count)
        low, high = (end + 1, high) if found < wanted else (low, start)
    return "", 0


@cache
def _lexicon() -> bytes:
    """The Han words of jieba's dictionary as shipped; importing the package takes longer than reading the file."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    lines = Path(spec.origin).with_name("dict.txt").read_bytes()
    return lines[lines.index("\n一 ".encode()) + 1 :]


def bigrams(text: str) -> list[str]:
    """The overlapping two-character pieces of each Han run of the folded text."""
    runs = (run for run in _RUN.findall(fold(text)) if run[0] >= "㐀")
    return [run[place : place + 2] for run in runs for place in range(len(run) - 1)]


def segmenter_stamp() -> str:
    """What made the words: segmenter and dictionary. Two indexes with different stamps must not be mixed."""
    listing = hashlib.sha256("\n".join(dictionary()).encode()).hexdigest()[:12]
    return f"{_segmenter()[0]}+{listing}"
