"""What a file is, by its first bytes and its name, and what documents it holds."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zyqa.errors import CorpusError, EmptyDocument, FileTooLarge, UnreadableFile, UnsupportedFormat
from zyqa.policy.reading.html import html_text
from zyqa.policy.reading.pdf import pdf_text
from zyqa.policy.reading.plain import DAMAGE, decode, from_markdown, split_front
from zyqa.policy.reading.word import word_text
from zyqa.types import Source

_MEDIA = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".shtml": "html", ".xhtml": "html", ".docx": "docx", ".pdf": "pdf", ".jsonl": "records", ".zip": "zip",
}  # fmt: skip
_TEXTUAL = ("text", "markdown", "html", "records")
_FOREIGN = {
    "ole": ("a document of Word 97 or WPS", "open it in Word, WPS or LibreOffice and save it as .docx"),
    "locked": ("an encrypted Office document", "open it with its password and save it without one"),
    "ofd": ("an OFD document", "open it in its reader and export it as .pdf or .docx"),
    "office": ("a spreadsheet or a presentation", "export it as .pdf, or copy the text into a .txt file"),
    "rar": ("a RAR or 7z archive", "unpack it and add the files, or pack them as .zip"),
    "image": ("a picture", "run character recognition (OCR) over it and add the text"),
    "rtf": ("an RTF document", "open it in Word or WPS and save it as .docx"),
    "gzip": ("compressed data", "unpack it first; only .jsonl.gz is read as it is"),
}
_MAGIC = (
    (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0", "ole"), (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "rar"), (b"{\\rtf", "rtf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"II*\0", "image"),
    (b"MM\0*", "image"), (b"GIF8", "image"), (b"BM", "image"), (b"\x1f\x8b", "gzip"),
)  # fmt: skip
_OLE_SUFFIXES = (".doc", ".wps", ".dot", ".wpt")
_NESTING = 2
_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.I)


@dataclass(frozen=True, slots=True)
class _File:
    """A file or a member of an archive; ``limit``: bytes that it and what it unpacks to may have."""

    path: str
    data: bytes
    limit: int
    depth: int = 0

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path.lower().removesuffix(".gz")).suffix


def read(path: Path, *, max_bytes: int) -> Iterator[Source]:
    """The documents of a file. Of an archive or a .jsonl file, those that can be read come before the error.

    Raises:
        CorpusError: the file, or some part of it, cannot be taken in; the message says why, the hint what to do.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(str(path), size, max_bytes)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}", hint="check the path and the right to read it") from None
    yield from _documents(_File(str(path), data, max_bytes))


def text_source(text: str, *, path: str = "", id: str | None = None, title: str | None = None) -> Source:
    """A document given as text; lone surrogates, which no file can hold, become U+FFFD."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Source(path, "text/plain", text, hashlib.sha256(text.encode()).hexdigest(), id, title)


def _too_large(path: str, size: int, limit: int) -> FileTooLarge:
    return FileTooLarge(
        f"{path} has more than {limit:,} bytes, or unpacks to more (at least {size:,})",
        hint="split it, or raise the setting max_file_mb (ZYQA_MAX_FILE_MB)",
    )


# ---------------------------------------------------------------- what it is


def _kind(file: _File) -> str:
    """The format by content; by name where the content is text.

    Raises:
        UnreadableFile: the name says one thing and the content another.
        UnsupportedFormat: a format that is not read, or an unknown suffix.
    """
    found = next((kind for magic, kind in _MAGIC if file.data.startswith(magic)), None)
    if found == "zip":
        found = _zip_kind(file)
    if found == "ole" and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in file.data:
        found = "locked"
    claimed = _SUFFIXES.get(file.suffix)
    if found == "gzip" and file.path.lower().endswith(".jsonl.gz"):
        return "records"
    if found in _FOREIGN and (found == "locked" or claimed is None):
        what, hint = _FOREIGN[found]
        error = UnreadableFile if found == "locked" else UnsupportedFormat
        raise error(f"{file.path} is {what}", hint=hint)
    if found is None and file.suffix in (*_OLE_SUFFIXES, ".ofd"):
        raise _lies(file, "HTML" if _PAGE.match(file.data) else "something else")
    if claimed is None and found is None:
        raise UnsupportedFormat(
            f"{file.path}: files with the suffix {file.suffix or '(none)'} are not read",
            hint=f"zyqa reads {' '.join(sorted(_SUFFIXES))} .jsonl.gz; save it as one of these",
        )
    if claimed in _TEXTUAL and found is None:
        return "html" if claimed == "text" and _PAGE.match(file.data) else str(claimed)
    if claimed is not None and found != claimed:
        raise _lies(file, _FOREIGN[found][0] if found in _FOREIGN else found or "something else")
    return str(found)


def _lies(file: _File, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"{file.path} is named {file.suffix}, but its content is {what}",
        hint="give it the suffix of what it is, or save it again in the format it claims",
    )


def _zip_kind(file: _File) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(file.data)).namelist())
    except DAMAGE:
        raise UnreadableFile(f"{file.path} is a damaged archive or document", hint="fetch or save it again") from None
    if "word/document.xml" in names:
        return "docx"
    if "OFD.xml" in names:
        return "ofd"
    return "office" if "[Content_Types].xml" in names else "zip"


# ---------------------------------------------------------------- what it holds


def _documents(file: _File) -> Iterator[Source]:
    if not file.data.strip():
        raise _empty(file.path)
    kind = _kind(file)
    if kind == "records":
        yield from _records(file)
    elif kind == "zip":
        yield from _members(file)
    else:
        yield _document(file, kind)


def _empty(path: str) -> EmptyDocument:
    return EmptyDocument(f"{path} holds no text", hint="check that it was saved completely")


_TEXT_OF: dict[str, Callable[[bytes, str], str]] = {"text": decode, "html": html_text, "pdf": pdf_text}


def _document(file: _File, kind: str) -> Source:
    front: tuple[tuple[str, str], ...] = ()
    if kind == "docx":
        _guard(zipfile.ZipFile(io.BytesIO(file.data)), file)
        text = word_text(file.data, file.path)
    elif kind == "markdown":
        front, body = split_front(decode(file.data, file.path))
        text = from_markdown(body)
    else:
        text = _TEXT_OF[kind](file.data, file.path)
    if not text.strip():
        raise _empty(file.path)
    return Source(file.path, _MEDIA[kind], text, hashlib.sha256(file.data).hexdigest(), front=front)


def _records(file: _File) -> Iterator[Source]:
    data = _inflated(file) if file.path.lower().endswith(".gz") else file.data
    bad: list[str] = []
    for place, line in enumerate(decode(data, file.path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text, own, title = record["text"], record.get("id"), record.get("title")
        except (ValueError, KeyError, TypeError, AttributeError):
            bad.append(str(place))
            continue
        if not isinstance(text, str) or not text.strip():
            bad.append(str(place))
            continue
        own = None if own is None else str(own)
        yield text_source(text, path=f"{file.path}:{place}", id=own, title=title if isinstance(title, str) else None)
    if bad:
        raise UnreadableFile(
            f"{file.path}: no record in line {', '.join(bad[:10])}{' …' if len(bad) > 10 else ''}",
            hint='each line is one JSON object {"id"?, "title"?, "text"} with text in it',
        )


def _inflated(file: _File) -> bytes:
    """The content of a gzip file, not more than the limit."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(file.data)) as stream:
            data = stream.read(file.limit + 1)
    except DAMAGE:
        raise UnreadableFile(f"{file.path} is not a sound gzip file", hint="fetch or pack it again") from None
    if len(data) > file.limit:
        raise _too_large(file.path, len(data), file.limit)
    return data


def _guard(archive: zipfile.ZipFile, file: _File) -> None:
    """Refuses archives that unpack to more than the limit, before anything is unpacked."""
    total = sum(member.file_size for member in archive.infolist())
    if total > file.limit:
        raise _too_large(file.path, total, file.limit)


def _members(file: _File) -> Iterator[Source]:
    """The documents of a zip archive; what could not be read is named in one error at the end."""
    if file.depth >= _NESTING:
        raise UnreadableFile(f"{file.path}: archives within archives within archives", hint="unpack it by hand")
    archive = zipfile.ZipFile(io.BytesIO(file.data))
    _guard(archive, file)
    failed: list[CorpusError] = []
    for member in archive.infolist():
        name = _member_name(member)
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts):
            continue
        try:
            yield from _documents(
                _File(f"{file.path}/{name}", _unpacked(archive, member, file), file.limit, file.depth + 1)
            )
        except CorpusError as error:
            failed.append(error)
    if len(failed) == 1:
        raise failed[0]
    if failed:
        raise UnreadableFile("; ".join(map(str, failed)), hint="; ".join(dict.fromkeys(error.hint for error in failed)))


def _member_name(member: zipfile.ZipInfo) -> str:
    """The member's name; where not marked as UTF-8 it is what Chinese Windows wrote, GB18030."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: _File) -> bytes:
    path = f"{file.path}/{_member_name(member)}"
    if member.flag_bits & 0x1:
        raise UnreadableFile(f"{path} is encrypted", hint="unpack it with its password and add the files")
    try:
        with archive.open(member) as stream:
            data = stream.read(file.limit + 1)
    except DAMAGE:
        raise UnreadableFile(f"{path} cannot be unpacked", hint="pack the archive again") from None
    if len(data) > file.limit:
        raise _too_large(path, len(data), file.limit)
    return data
