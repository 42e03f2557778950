"""Word documents: paragraphs with their printed numbers, tables as rows, footnotes last. The door to python-docx."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zyqa.errors import UnreadableFile
from zyqa.policy.reading.plain import DAMAGE
from zyqa.text import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIDDEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText", f"{_W}delText"})
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DEPTH = 20  # of styles that are based on each other


def word_text(data: bytes, path: str) -> str:
    """The text as printed: a line for each paragraph, ``| a | b |`` for each row of a table.

    Raises:
        UnreadableFile: the package is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
        numbering = _Numbering.of(document)
        notes = _footnotes(document)
        lines = list(_blocks(document.element.body, numbering))
    except (PackageNotFoundError, XMLSyntaxError, *DAMAGE) as error:
        raise UnreadableFile(f"{path} is a damaged Word document: {error}", hint="open and save it again") from None
    lines += [f"[{number}] {note}" for number, note in notes if note]
    return "\n".join(lines)


def _blocks(body: Any, numbering: _Numbering) -> Iterator[str]:
    for child in body:
        if child.tag == f"{_W}p":
            if (line := numbering.mark(child) + _words(child)).strip():
                yield line
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, numbering)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child, numbering)


def _words(element: Any) -> str:
    """The text of a paragraph's runs, without what was struck out; ``[1]`` where a footnote is called."""
    parts: list[str] = []
    for child in element:
        if child.tag in _HIDDEN or child.tag.endswith("}Fallback"):
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag == f"{_W}footnoteReference":
            parts.append(f"[{child.get(f'{_W}id')}]")
        elif child.tag != f"{_W}pPr":
            parts.append(_words(child))
    return "".join(parts)


def _rows(table: Any, numbering: _Numbering) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            below = merged is not None and merged.get(f"{_W}val") != "restart"
            cells.append("" if below else " ".join(" ".join(_blocks(cell, numbering)).split()))
        if any(cells):
            yield f"| {' | '.join(cells)} |"


def _footnotes(document: Any) -> list[tuple[str, str]]:
    """(number, text) of each footnote."""
    from lxml import etree

    for relation in document.part.rels.values():
        if not relation.is_external and relation.target_part.content_type == _FOOTNOTES:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            notes = [note for note in root if note.get(f"{_W}type") in (None, "normal")]
            return [(note.get(f"{_W}id"), " ".join("".join(map(_words, note)).split())) for note in notes]
    return []


# ---------------------------------------------------------------- automatic numbers


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class _Numbering:
    """The automatic numbers of a document: its lists, its styles' lists, and how far each list has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)  # numId → (abstract id, levels)
    styles: dict[str, tuple[str | None, int | None, str | None]] = field(default_factory=dict)  # numId, level, based on
    default: str | None = None
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    restarted: set[str] = field(default_factory=set)
    overrides: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, document: Any) -> _Numbering:
        found = cls()
        for style in document.styles.element.iter(f"{_W}style"):
            name = style.get(f"{_W}styleId")
            number, level = _list_of(style.find(f"{_W}pPr"))
            base = style.find(f"{_W}basedOn")
            found.styles[name] = (number, level, None if base is None else base.get(f"{_W}val"))
            if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph":
                found.default = name
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return found
        found._read(root)
        return found

    def _read(self, root: Any) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        for entry in root.iter(f"{_W}abstractNum"):
            abstract[entry.get(f"{_W}abstractNumId")] = dict(map(_level, entry.iter(f"{_W}lvl")))
        for entry in root.iter(f"{_W}num"):
            name, base = entry.get(f"{_W}numId"), entry.find(f"{_W}abstractNumId").get(f"{_W}val")
            levels = dict(abstract.get(base, {}))
            for override in entry.iter(f"{_W}lvlOverride"):
                place = int(override.get(f"{_W}ilvl"))
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self.overrides[name][place] = int(start.get(f"{_W}val"))
                levels.update(map(_level, override.iter(f"{_W}lvl")))
            self.lists[name] = (base, levels)

    def mark(self, paragraph: Any) -> str:
        """The number that Word prints before a paragraph, or ""."""
        number, place = self._list(paragraph)
        if number is None or number == "0" or number not in self.lists:
            return ""
        base, levels = self.lists[number]
        level = levels.get(place)
        if level is None or level.format in ("bullet", "none"):
            return ""
        counts = self.counts[base]
        if number not in self.restarted:
            self.restarted.add(number)
            for other, start in self.overrides[number].items():
                counts[other] = start - 1
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [other for other in counts if other > place]:
            del counts[deeper]
        printed = level.text
        for other in range(place + 1):
            outer = levels.get(other, level)
            value = counts.setdefault(other, outer.start)
            printed = printed.replace(f"%{other + 1}", _printed(value, outer.format))
        return printed

    def _list(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{_W}pPr")
        number, level = _list_of(properties)
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        name = style.get(f"{_W}val") if style is not None else self.default
        for _ in range(_DEPTH):
            if name not in self.styles or (number is not None and level is not None):
                break
            inherited, place, name = self.styles[name]
            number = number if number is not None else inherited
            level = level if level is not None else place
        return number, level or 0


def _list_of(properties: Any) -> tuple[str | None, int | None]:
    """numId and level that paragraph properties name."""
    found = properties.find(f"{_W}numPr") if properties is not None else None
    if found is None:
        return None, None
    number, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
    return (
        number.get(f"{_W}val") if number is not None else None,
        int(level.get(f"{_W}val")) if level is not None else None,
    )


def _level(entry: Any) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        found = entry.find(f"{_W}{name}")
        return default if found is None else found.get(f"{_W}val", default)

    return int(entry.get(f"{_W}ilvl")), _Level(
        value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1"))
    )


def _printed(value: int, style: str) -> str:
    """A count as Word writes it in this number format."""
    if style.lower().startswith(("chinese", "taiwanese", "ideograph", "japanese")):
        digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
        return digits if "digital" in style.lower() else numeral(value)
    if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x245F + value)
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if style == "decimalZero":
        return f"{value:02}"
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style in ("upperRoman", "lowerRoman"):
        return _roman(value) if style == "upperRoman" else _roman(value).lower()
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for size, mark in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, value = divmod(value, size)
        written += mark * count
    return written
