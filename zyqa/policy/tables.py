"""Responsibility columns of tables: rows as ``| a | b |`` or tabs, or one cell on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyqa.policy.assignments import Assignment, label_role
from zyqa.policy.marks import Mark
from zyqa.policy.unitlists import list_like, split
from zyqa.types import Role, Span

_HEADED = re.compile(r"(?:单\s*位|部\s*门)(?:及时限)?\s*(?:[|\t\n]|$)")
_LINE = re.compile(r"[^\n]*")
_WIDEST = 12
_GROUP = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")  # a caption between rows
_FIRST_CELL = re.compile(r"\d|[一二三四五六七八九十]+、")
_HEADER_CELL = 12  # characters; a longer line is no column heading
_CAPTION = 24  # characters; a longer line ends a table
_DUE = re.compile(r"(?:完成|办理|工作|任务)?(?:时限|期限|时间)(?:要求|安排)?|时间节点")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cells of a row name units, with their role, and which one the time limit."""

    width: int
    roles: dict[int, Role]
    due: int | None


def find_tables(text: str) -> list[Mark]:
    """The rows of every table that has a column 牵头单位, 责任部门 …, as marks that span the row's unit cells."""
    if not _HEADED.search(text):
        return []
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if match.group().strip()]
    rows = [_cells(text, line) for line in lines]
    return [*_ruled(text, lines, rows), *_cell_by_line(text, lines)]


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a row parted by | or tabs, empty ones too; none where the line is no row."""
    words = line.cut(text)
    mark = "|" if "|" in words else "\t"
    if mark not in words:
        return []
    framed = mark == "|" and words.strip().startswith("|")
    start = line.start + (words.index("|") + 1 if framed else 0)
    end = line.start + (words.rindex("|") if framed else len(words))
    cells = []
    for piece in text[start:end].split(mark):
        cells.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    return cells


def _columns(text: str, cells: Sequence[Span]) -> _Columns | None:
    headings = [re.sub(r"\s", "", cell.cut(text)) for cell in cells]
    roles = {place: role for place, heading in enumerate(headings) if (role := label_role(heading))}
    due = next((place for place, heading in enumerate(headings) if _DUE.fullmatch(heading)), None)
    return _Columns(len(cells), roles, due) if roles else None


def _ruled(text: str, lines: Sequence[Span], rows: Sequence[Sequence[Span]]) -> Iterator[Mark]:
    columns: _Columns | None = None
    for line, cells in zip(lines, rows, strict=True):
        if not cells:  # a caption between the rows, or the end of the table
            columns = columns if line.end - line.start <= _CAPTION else None
        elif found := _columns(text, cells):
            columns = found
        elif columns and len(cells) == columns.width:
            yield from _row(text, cells, columns)


def _cell_by_line(text: str, lines: Sequence[Span]) -> Iterator[Mark]:
    """A heading 序号 … on consecutive lines; each row begins with its number."""
    for place, line in enumerate(lines):
        if re.sub(r"\s", "", line.cut(text)) != "序号":
            continue
        header = [line]
        for other in lines[place + 1 : place + _WIDEST]:
            words = other.cut(text).strip()
            if len(words) > _HEADER_CELL or _FIRST_CELL.match(words):
                break
            header.append(other)
        if columns := _columns(text, header):
            yield from _numbered_rows(text, lines[place + len(header) :], columns)


def _numbered_rows(text: str, lines: Sequence[Span], columns: _Columns) -> Iterator[Mark]:
    """The rows, each from its number to the next; a row of more lines than columns has a list cut into lines."""
    words = [line.cut(text).strip().rstrip(".．、") for line in lines]
    place = words.index("1") if "1" in words else len(lines)
    number = 1
    while place + columns.width <= len(lines):
        number += 1
        following = next((at for at in range(place + columns.width, len(lines)) if words[at] == str(number)), None)
        end = following if following is not None else place + columns.width
        end = next((at for at in range(place + columns.width, end) if _GROUP.match(words[at])), end)
        yield from _row(text, _folded_row(text, lines[place:end], columns), columns)
        if following is None:
            return
        place = following


def _folded_row(text: str, lines: Sequence[Span], columns: _Columns) -> Sequence[Span]:
    """One cell for each column: the last column of units takes the lines that are too many, if they hold units."""
    last, more = max(columns.roles), len(lines) - columns.width
    joined = Span(lines[last].start, lines[last + more].end)
    if more and list_like([unit.cut(text) for unit in split(text, joined)]):
        return [*lines[:last], joined, *lines[last + more + 1 :]]
    return lines


def _row(text: str, cells: Sequence[Span], columns: _Columns) -> Iterator[Mark]:
    assignments = []
    for place, role in columns.roles.items():
        units = tuple(split(text, cells[place]))
        if units and list_like([unit.cut(text) for unit in units]):
            assignments.append(Assignment(role, units))
    if assignments:
        units = tuple(unit for assignment in assignments for unit in assignment.units)
        due = cells[columns.due].cut(text).strip() if columns.due is not None else None
        yield Mark(Span(min(units).start, max(unit.end for unit in units)), tuple(assignments), due)
