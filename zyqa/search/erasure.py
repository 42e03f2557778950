"""Whether deleted rows are still to be read in the free space of an SQLite file (its documented format, version 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_TREE_PAGES = {2: 12, 5: 12, 10: 8, 13: 8}  # page type → size of its header
_HEADER = 100  # bytes of the file's own header, on its first page


def check(path: Path) -> list[str]:
    """What is left over, in words: pages of the free list, gaps inside pages, and the write-ahead log."""
    found = []
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        found.append("the write-ahead log is not empty (another process may be using the library)")
    data = path.read_bytes()
    size = int.from_bytes(data[16:18]) or 0
    size = 1 << 16 if size == 1 else size
    free = set(_free_pages(data, size))
    dirty = sum(any(_page(data, size, number)) for number in free)
    gaps = 0
    for number in range(1, len(data) // size + 1):
        page = _page(data, size, number)
        if page[_start(number)] in _TREE_PAGES:
            gaps += any(any(gap) for gap in _gaps(page, _start(number)))
    if dirty:
        found.append(f"{dirty} free pages of the store are not blank")
    if gaps:
        found.append(f"{gaps} pages of the store have free space that is not blank")
    return found


def _page(data: bytes, size: int, number: int) -> bytes:
    return data[(number - 1) * size : number * size]


def _start(number: int) -> int:
    return _HEADER if number == 1 else 0


def _free_pages(data: bytes, size: int) -> Iterator[int]:
    """The leaves of the free list; its trunk pages hold page numbers and are therefore not blank."""
    trunk = int.from_bytes(data[32:36])
    while trunk:
        page = _page(data, size, trunk)
        count = int.from_bytes(page[4:8])
        yield from (int.from_bytes(page[8 + 4 * place : 12 + 4 * place]) for place in range(count))
        trunk = int.from_bytes(page[:4])


def _gaps(page: bytes, start: int) -> Iterator[bytes]:
    """The unused stretches of a tree page: before its cells, and its free blocks less their 4 bytes of linking."""
    cells = int.from_bytes(page[start + 3 : start + 5])
    content = int.from_bytes(page[start + 5 : start + 7]) or 1 << 16
    yield page[start + _TREE_PAGES[page[start]] + 2 * cells : content]
    block = int.from_bytes(page[start + 1 : start + 3])
    while block:
        length = int.from_bytes(page[block + 2 : block + 4])
        yield page[block + 4 : block + length]
        block = int.from_bytes(page[block : block + 2])
