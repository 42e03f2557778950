"""Blanks the free space of an SQLite file: ``secure_delete`` leaves copies of cells there that moved between pages.

Run as a program of its own, ``erasure.py (blank | check) FILE``: to close the file in a process that has it open as a
database would drop the locks of that process (sqlite.org/howtocorrupt.html, 2.2). Killing it does no harm: it holds
the database's write lock, and changes nothing but bytes that the format leaves unused.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_TREE_PAGES = {2: 12, 5: 12, 10: 8, 13: 8}  # type of a tree page → size of its header
_HEADER = 100  # bytes of the file's own header, on its first page
_PATIENCE = 5.0  # seconds
Gap = tuple[int, int]
"""Offsets in the file: where unused bytes begin and end."""


def run(action: str, path: Path) -> int | None:
    """``blank`` or ``check`` the free space, in another process.

    Returns how many stretches were not blank; None where the database was in use all the time.
    """
    command = [sys.executable, "-I", "-S", __file__, action, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 else None


def scrub(path: Path, *, blank: bool) -> int:
    """How many stretches of free space are not blank, or were not before.

    Raises:
        TimeoutError: the database was in use all the time.
    """
    with path.open("r+b" if blank else "rb") as file:  # opened before the database is, closed after it
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            _lock(connection, path.with_name(f"{path.name}-wal"))
            data = file.read()
            dirty = [(start, end) for start, end in gaps(data) if any(data[start:end])]
            for start, end in dirty if blank else []:
                file.seek(start)
                file.write(bytes(end - start))
            file.flush()
            connection.execute("ROLLBACK")
            return len(dirty)
        finally:
            connection.close()


def _lock(connection: sqlite3.Connection, log: Path) -> None:
    """Take the write lock with an empty write-ahead log, so that nobody else changes the file."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        if not log.exists() or not log.stat().st_size:
            return
        connection.execute("ROLLBACK")
        time.sleep(0.01)
    raise TimeoutError(f"{log} is in use")


def gaps(data: bytes) -> Iterator[Gap]:
    """The unused bytes of a database: leaves of the free list, and what the cells of tree pages leave free."""
    size = int.from_bytes(data[16:18])
    size = 1 << 16 if size == 1 else size
    for number in _free_pages(data, size):
        yield (number - 1) * size, number * size
    for page in range(0, len(data), size):
        start = page or _HEADER
        if data[start] in _TREE_PAGES:
            yield from _page_gaps(data, page, start)


def _free_pages(data: bytes, size: int) -> Iterator[int]:
    """The leaves of the free list. Its trunk pages hold the numbers of others and are therefore not blank."""
    trunk = int.from_bytes(data[32:36])
    while trunk:
        base = (trunk - 1) * size
        count = int.from_bytes(data[base + 4 : base + 8])
        yield from (int.from_bytes(data[base + 4 * place : base + 4 * place + 4]) for place in range(2, count + 2))
        trunk = int.from_bytes(data[base : base + 4])


def _page_gaps(data: bytes, page: int, start: int) -> Iterator[Gap]:
    """Of the tree page at ``page``: the gap before its cells, and its free blocks after their 4 bytes of linking."""
    cells = int.from_bytes(data[start + 3 : start + 5])
    content = int.from_bytes(data[start + 5 : start + 7]) or 1 << 16
    yield start + _TREE_PAGES[data[start]] + 2 * cells, page + content
    block = int.from_bytes(data[start + 1 : start + 3])
    while block:
        at = page + block
        yield at + 4, at + int.from_bytes(data[at + 2 : at + 4])
        block = int.from_bytes(data[at : at + 2])


if __name__ == "__main__":
    sys.stdout.write(str(scrub(Path(sys.argv[2]), blank=sys.argv[1] == "blank")))
