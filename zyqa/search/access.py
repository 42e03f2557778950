"""Getting at the files of a library: what SQLite and the operating system object to, as errors of ours, and a lock."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zyqa.errors import StoreDamaged, StoreError, StoreFull, StoreLocked

_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "SQLITE_CORRUPT_VTAB"}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's exceptions as ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translate(error, path) from error


def _translate(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorname", "") or ""
    if code in _FULL:
        return StoreFull(f"no space to write to {path}", hint="free some space and run the command again")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreLocked(f"another process is writing to {path.parent}", hint="wait until it is done, then try again")
    if code in _DAMAGED or "no such table" in str(error) or "malformed" in str(error):
        return StoreDamaged(
            f"{path} is damaged: {error}",
            hint=f"move {path.name} and parts/ out of {path.parent} and add the documents again, or put a copy back",
        )
    return StoreError(f"{path} cannot be used: {error}", hint="check that the folder can be read and written")


def full_or_unusable(error: OSError, path: Path) -> StoreError:
    """An operating system's error at writing, as ours."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(f"no space to write to {path}", hint="free some space and run the command again")
    return StoreError(f"{path} cannot be used: {error}", hint="check that the folder can be read and written")


@contextmanager
def alone(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock file ``path``; where another process holds it, wait so many seconds. Death lets go of it.

    Raises:
        StoreLocked: the other process still holds it.
    """
    with translated(path):
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        with translated(path):
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()
