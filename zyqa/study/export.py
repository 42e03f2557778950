"""Reports as files: xlsx, docx, csv and md. Whatever a text looks like (formula, markup, macro), it stays text.

The doorway to openpyxl and python-docx.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from zyqa.errors import StoreFull, UnsupportedFormat
from zyqa.types import Answer

FONT: Final = "Microsoft YaHei"  # the font's name in Chinese Windows; elsewhere the system's own is taken
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$])")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_CELL = 32_767  # characters a cell of a spreadsheet holds


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    quote: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` hold as many cells as ``headers``; ``title`` names the sheet of a workbook."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | PageBreak | Table


@dataclass(frozen=True, slots=True)
class Report:
    """What is written to a file, whatever its format."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


def save(report: Report, path: Path) -> Path:
    """Writes ``report`` in the format of the path's suffix (xlsx, docx, csv, md); returns ``path``.

    csv holds the first table and xlsx all tables; either holds the lines of text where there is no table.

    Raises:
        UnsupportedFormat: another suffix.
        StoreFull: the file could not be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnsupportedFormat(
            f"cannot write {path.suffix or 'a file without suffix'}", hint=f"use one of {', '.join(_WRITERS)}"
        )
    try:
        writer(report, path)
    except OSError as error:
        raise StoreFull(f"cannot write {path}: {error}", hint="choose another folder, or free some space") from error
    return path


def table_report(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Report:
    """A report of one table."""
    return Report(title, (Table(title, tuple(headers), tuple(tuple(row) for row in rows)),))


def conversation(answers: Sequence[Answer], title: str) -> Report:
    """Questions, answers and the text they cite."""
    blocks: list[Block] = []
    for answer in answers:
        blocks += [Heading(answer.question, 2), *map(Paragraph, answer.marked_text.splitlines())]
        blocks += map(Paragraph, answer.notes)
        blocks += [Paragraph(f"[{n}] {cited.official}", quote=True) for n, cited in enumerate(answer.citations, 1)]
    return Report(title, tuple(blocks))


# ---------------------------------------------------------------- one writer per format


def inert(text: str) -> str:
    """The text for a csv cell: what a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def _lines(report: Report) -> Table:
    lines = tuple((block.text,) for block in report.blocks if isinstance(block, Heading | Paragraph))
    return Table(report.title, (report.title,), lines)


def _write_csv(report: Report, path: Path) -> None:
    table = (report.tables or [_lines(report)])[0]
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes spreadsheets read it as UTF-8
        csv.writer(file).writerows([inert(cell) for cell in row] for row in (table.headers, *table.rows))


def _write_md(report: Report, path: Path) -> None:
    path.write_text("\n\n".join([f"# {_md(report.title)}", *map(_md_block, report.blocks)]) + "\n", encoding="utf-8")


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", escape(" ".join(text.split()), quote=False))


def _md_block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_md(text)}"
        case Paragraph(text, quote):
            return ("> " if quote else "") + re.sub(r"^(\d+)\.|^([-+])", r"\1\\.\2", _md(text))
        case PageBreak():
            return "---"
        case Table(_, headers, rows):
            lines = [headers, ("---",) * len(headers), *rows]
            return "\n".join("| " + " | ".join(c if c == "---" else _md(c) for c in line) + " |" for line in lines)


def _write_xlsx(report: Report, path: Path) -> None:
    from openpyxl import Workbook  # heavy, and needed by exports only

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for table in report.tables or [_lines(report)]:
        name = _SHEET_NAME.sub(" ", _NOT_XML.sub("", table.title))[:31].strip() or "1"
        _fill_sheet(book.create_sheet(name), table)
    book.save(path)


def _fill_sheet(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    wrap = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate((table.headers, *table.rows), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = _NOT_XML.sub("", text)[:_CELL]
            cell.data_type = "s"  # openpyxl takes "=…" for a formula
            cell.quotePrefix = True
            cell.font = Font(name=FONT, size=11, bold=number == 1, color="FFFFFF" if number == 1 else None)
            cell.alignment = wrap
            if number == 1:
                cell.fill = PatternFill("solid", fgColor="1F4E79")
    for letter, width in zip(_letters(sheet, table), _widths(table), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _letters(sheet: Any, table: Table) -> list[str]:
    return [sheet.cell(1, column).column_letter for column in range(1, len(table.headers) + 1)]


def _widths(table: Table) -> list[int]:
    """Column widths in characters: the longest cell's, between 8 and 60; a Han character counts two."""
    columns = zip(*(table.headers, *table.rows), strict=True)
    return [min(60, max(8, *(len(text.encode("gb18030", "replace")) + 2 for text in column))) for column in columns]


def _write_docx(report: Report, path: Path) -> None:
    from docx import Document  # heavy, and needed by exports only
    from docx.shared import Pt

    document = Document()
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Intense Quote"):
        _chinese(document.styles[name])
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = _NOT_XML.sub("", report.title)[:255]
    document.core_properties.author = "zyqa"
    document.add_heading(_NOT_XML.sub("", report.title), 0)
    for block in report.blocks:
        _docx_block(document, block)
    document.save(str(path))


def _docx_block(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(_NOT_XML.sub("", text), level)
        case Paragraph(text, quote):
            document.add_paragraph(_NOT_XML.sub("", text), style="Intense Quote" if quote else None)
        case PageBreak():
            document.add_page_break()
        case Table():
            _docx_table(document, block)


def _docx_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.headers), style="Light Grid Accent 1")
    for row in (table.headers, *table.rows):
        cells = grid.rows[0].cells if row is table.headers else grid.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = _NOT_XML.sub("", text)


def _chinese(style: Any) -> None:
    """Names the font for Latin and, in the attribute of its own that Word keeps, for East Asian text."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


_WRITERS: Final[dict[str, Callable[[Report, Path], None]]] = {
    ".xlsx": _write_xlsx,
    ".docx": _write_docx,
    ".csv": _write_csv,
    ".md": _write_md,
}
