"""PDF files with a text layer: lines joined to paragraphs, running heads dropped, ruled tables as rows.

The doorway to pypdfium2 (text) and pdfplumber (tables).
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zyqa.errors import UnreadableFile
from zyqa.policy.reading.plain import DAMAGE

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*"
)
_EDGE = 2  # lines at the top and the bottom of a page that may be a running head or foot
_RULES = 6  # path objects from which a page may hold a ruled table
_Table = tuple[float, float, list[str]]  # top and bottom, in points from the page's lower edge; rows
_NEW = re.compile(
    r"(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,3}[.．、]|第[一二三四五六七八九十百千]+[章节条]|[附①-⑳])"
)
_RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(
        zip(
            "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺝⻌⺮⺼",
            "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟月辶竹肉",
            strict=True,
        )
    )
)


@dataclass(slots=True)
class _Line:
    """A line of a page; ``left``, ``right``, ``top`` in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    top: float


def pdf_text(data: bytes, path: str) -> str:
    """The text of all pages, a line for each paragraph and for each row of a table.

    Raises:
        UnreadableFile: encrypted, damaged, or scanned: pictures of pages without text.
    """
    import pypdfium2

    try:
        pages, pictures = _pages(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(f"{path} is encrypted", hint="open it with its password and save it without") from None
        raise UnreadableFile(f"{path} is a damaged PDF file: {error}", hint="fetch or export it again") from None
    if pictures and sum(len(line.text) for lines, _ in pages for line in lines) < 20 * len(pages):
        raise UnreadableFile(
            f"{path} is scanned: it holds pictures of pages, no text",
            hint="run character recognition (OCR) over it first",
        )
    tables = _tables(data, [place for place, (_, ruled) in enumerate(pages) if ruled])
    kept = _without_edges([lines for lines, _ in pages])
    return "\n".join(_paragraphs([_with_tables(lines, tables.get(place, [])) for place, lines in enumerate(kept)]))


def _pages(data: bytes) -> tuple[list[tuple[list[_Line], bool]], int]:
    """Of each page its lines and whether it may hold a ruled table; and the number of pictures."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages, pictures = [], 0
        for page in document:
            kinds = Counter(thing.type for thing in page.get_objects(max_depth=3))
            pictures += kinds[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
            pages.append((_page_lines(page), kinds[pypdfium2.raw.FPDF_PAGEOBJ_PATH] >= _RULES))
            page.close()
    finally:
        document.close()
    return pages, pictures


def _page_lines(page: Any) -> list[_Line]:
    text = page.get_textpage()
    lines: list[_Line] = []
    place = 0
    whole = text.get_text_range()
    exact = len(whole) == text.count_chars()
    for raw in whole.split("\n"):
        words = raw.rstrip("\r")
        body = words.strip()
        if body:
            first = place + len(words) - len(words.lstrip())
            box = _box(text, first, first + len(body) - 1) if exact else (0.0, 0.0, 0.0)
            lines.append(_Line(body.translate(_RADICALS).replace("\ufffe", "-"), *box))
        place += len(raw) + 1
    text.close()
    return lines


def _box(text: Any, first: int, last: int) -> tuple[float, float, float]:
    left, _, _, top = text.get_charbox(first)
    _, _, right, _ = text.get_charbox(last)
    return left, right, top


# ---------------------------------------------------------------- running heads


def _without_edges(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers, and without the lines that many pages begin or end with."""
    seen = Counter(key for lines in pages for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    often = max(2, (len(pages) + 1) // 2)
    return [_page_without(lines, {key for key, count in seen.items() if count >= often}) for lines in pages]


def _key(line: _Line) -> str:
    return re.sub(r"[0-9０-９\s]+", "#", line.text)


def _page_without(lines: list[_Line], running: set[str]) -> list[_Line]:
    def furniture(line: _Line) -> bool:
        return _key(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text))

    first, last = 0, len(lines)
    while first < min(_EDGE, last) and furniture(lines[first]):
        first += 1
    while last > max(first, len(lines) - _EDGE) and furniture(lines[last - 1]):
        last -= 1
    return lines[first:last]


# ---------------------------------------------------------------- tables


def _tables(data: bytes, places: list[int]) -> dict[int, list[_Table]]:
    """The ruled tables of each page that has any."""
    if not places:
        return {}
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        return dict(_ruled(data, places))
    except (PSException, *DAMAGE):
        return {}  # PDFium is more tolerant than pdfminer: such a file keeps its cells as lines


def _ruled(data: bytes, places: list[int]) -> Iterator[tuple[int, list[_Table]]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data), pages=[place + 1 for place in places]) as document:
        for place, page in zip(places, document.pages, strict=True):
            height = float(page.height)
            found: list[_Table] = []
            for table in page.find_tables():
                rows = [["".join((cell or "").split()) for cell in row] for row in table.extract()]
                if len(rows) > 1 and max(map(len, rows)) > 1:
                    lines = [f"| {' | '.join(row)} |".translate(_RADICALS) for row in rows if any(row)]
                    found.append((height - table.bbox[1], height - table.bbox[3], lines))
            yield place, found


def _with_tables(lines: list[_Line], tables: list[_Table]) -> list[_Line]:
    """The lines of a page in order, those within a table replaced by its rows."""
    for top, bottom, rows in tables:
        inside = [line for line in lines if bottom <= line.top <= top + 1]
        place = lines.index(inside[0]) if inside else len(lines)
        lines = [line for line in lines if not bottom <= line.top <= top + 1]
        lines[place:place] = [_Line(row, 0, 0, 0) for row in rows]
    return lines


# ---------------------------------------------------------------- paragraphs


def _paragraphs(pages: list[list[_Line]]) -> list[str]:
    """Joins the lines that were broken at the right margin; a paragraph may run over to the next page."""
    lines = [line for page in pages for line in page]
    plain = [line for line in lines if not line.text.startswith("|")]
    if not plain:
        return [line.text for line in lines]
    margin = _margin(plain)
    paragraphs: list[str] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and _continues(before, line, margin):
            paragraphs[-1] += _glue(paragraphs[-1], line.text) + line.text
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _margin(lines: list[_Line]) -> tuple[float, float, float]:
    """Left edge, right edge and the width of a character, as most lines of the document have them."""
    long = [line for line in lines if len(line.text) > 15] or lines
    lefts = Counter(round(line.left) for line in long)
    width = sorted((line.right - line.left) / max(len(line.text), 1) for line in long)[len(long) // 2]
    return (
        float(min(left for left, count in lefts.items() if count * 5 >= len(long)))
        if any(count * 5 >= len(long) for count in lefts.values())
        else min(line.left for line in long),
        sorted(line.right for line in long)[len(long) * 3 // 4],
        width,
    )


def _continues(before: _Line, line: _Line, margin: tuple[float, float, float]) -> bool:
    left, right, width = margin
    if before.text.startswith("|") or line.text.startswith("|") or right <= 0:
        return False
    full = before.right >= right - 2.5 * width
    indented = line.left > left + 1.2 * width
    ended = before.text[-1] in "。：:；;！？" and bool(_NEW.match(line.text))
    return full and not indented and not ended


def _glue(before: str, after: str) -> str:
    """A blank between two Latin words, nothing between Chinese ones or within a number."""
    return (
        " " if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha() else ""
    )
