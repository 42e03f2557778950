"""Files become :class:`Source`: one for each document in them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from zyqa.errors import EmptyDocument, FileTooLarge, UnreadableFile, UnsupportedFormat
from zyqa.types import Source

_ENCODINGS = ("utf-8-sig", "gb18030", "big5")


def read(path: Path, *, max_bytes: int) -> Iterator[Source]:
    """The documents of a file.

    Raises:
        CorpusError: the file cannot be taken in; the message says why and the hint what to do.
    """
    size = path.stat().st_size
    if size > max_bytes:
        raise FileTooLarge(f"{path} has {size:,} bytes, the limit is {max_bytes:,}", hint="raise max_file_mb")
    data = path.read_bytes()
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz")):
        yield from _records(path, gzip.decompress(data) if name.endswith(".gz") else data)
    elif name.endswith((".txt", ".md")):
        yield _document(str(path), data)
    else:
        raise UnsupportedFormat(f"{path}: cannot read {path.suffix} files", hint="save it as .docx, .pdf or .txt")


def text_source(text: str, *, path: str = "", id: str | None = None, title: str | None = None) -> Source:
    """A document given as text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(path, "text/plain", text, digest, id, title)


def _document(path: str, data: bytes) -> Source:
    text = decode(data, path)
    front, body = _front(text)
    if not body.strip():
        raise EmptyDocument(f"{path} holds no text", hint="check the file")
    return Source(path, "text/plain", body, hashlib.sha256(data).hexdigest(), front=front)


def decode(data: bytes, path: str) -> str:
    """The text of bytes in UTF-8, UTF-16, GB18030 or Big5; line breaks become ``\\n``."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16").replace("\r\n", "\n").replace("\r", "\n")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{path} is no text in a known encoding", hint="save it as UTF-8")


def _front(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Front matter between two ``---`` lines: pairs, and the text after it."""
    if not text.startswith("---\n"):
        return (), text
    head, found, body = text[4:].partition("\n---\n")
    if not found:
        return (), text
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    return tuple((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs), body.lstrip("\n")


def _records(path: Path, data: bytes) -> Iterator[Source]:
    for place, line in enumerate(decode(data, str(path)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text = record["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(f"{path}, line {place}: {error}", hint='each line is {"text": …}') from None
        yield text_source(text, path=f"{path}:{place}", id=record.get("id"), title=record.get("title"))
