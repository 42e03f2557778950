"""Bytes of text files: encodings, front matter, Markdown."""

from __future__ import annotations

import re
import zipfile
import zlib

from zyqa.errors import UnreadableFile

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError, RuntimeError,
)  # fmt: skip
"""What zipfile, python-docx and pdfminer raise on bytes that are not what they seem."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HAN = re.compile("[㐀-鿿]")
_SAMPLE = 20_000


def decode(data: bytes, path: str) -> str:
    """The text of bytes in UTF-8, UTF-16, GB18030 or Big5; line breaks become ``\\n``.

    Raises:
        UnreadableFile: the bytes are no text in any of these.
    """
    text = _decoded(data) or _mended(data)
    if text is None or "\0" in text:
        raise UnreadableFile(
            f"{path} is not text in UTF-8, UTF-16, GB18030 or Big5",
            hint="if it is a document of another format give it its own suffix, else save it as UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _try(data, encoding)
    if (text := _try(data, "utf-8")) is not None and "\0" not in text:
        return text
    if b"\0" in data:
        guesses = [text for encoding in ("utf-16-le", "utf-16-be") if (text := _try(data, encoding)) is not None]
        return max(guesses, key=lambda text: _common(text, "gb2312", 0xB0, 0xD7), default=None)
    mainland, taiwan = _try(data, "gb18030"), _try(data, "big5")
    if mainland is None or taiwan is None:
        return taiwan if mainland is None else mainland
    return mainland if _common(mainland, "gb2312", 0xB0, 0xD7) >= _common(taiwan, "big5", 0xA4, 0xC6) else taiwan


def _mended(data: bytes) -> str | None:
    """Text with a few broken bytes, as a cut-off download has: they become U+FFFD."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 500 <= len(text):
            return text
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _common(text: str, encoding: str, first: int, last: int) -> float:
    """The share of characters that are Chinese and among the frequent ones: level 1 of their standard, by lead byte."""
    sample = [char for char in text[:_SAMPLE] if char > "\x7f"]
    leads = [code[0] for char in sample if _HAN.match(char) and len(code := char.encode(encoding, "ignore")) == 2]
    return sum(first <= lead <= last for lead in leads) / max(len(sample), 1)


def split_front(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Front matter between two ``---`` lines as pairs, and the text after it."""
    if not text.startswith("---\n"):
        return (), text
    head, found, body = text[4:].partition("\n---\n")
    if not found:
        return (), text
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line and not line.startswith("#"))
    return tuple((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs), body.lstrip("\n")


_MARKUP = re.compile(
    r"^#{1,6}[ \t]+|[ \t]+#+[ \t]*$|^>[ \t]?|\*\*|^(?:-{3,}|\*{3,})[ \t]*$|^\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+.*$\n?", re.M
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:https?:|/|\.|#)[^)\n]*\)")


def from_markdown(text: str) -> str:
    """The words of a Markdown text: without heading marks, emphasis, links' addresses and table rules."""
    return _LINK.sub(r"\1", _MARKUP.sub("", text))
