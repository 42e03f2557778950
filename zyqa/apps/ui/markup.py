"""HTML pieces. Every text that comes from a document, a file name or a user goes through :func:`plain`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote

from zyqa.study.messages import Messages
from zyqa.types import Kind, Status

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(text: str) -> str:
    """Text that is neither HTML nor Markdown nor LaTeX: all ASCII punctuation as character references."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", _CONTROL.sub("", text)).replace("\n", "<br>")


def tag(name: str, body: str, css: str = "", **attributes: str) -> str:
    """An element around ``body``, which is HTML already; attribute values are escaped, ``data_x`` is ``data-x``."""
    named = {"class": css, **attributes} if css else attributes
    written = "".join(f' {key.replace("_", "-")}="{plain(value)}"' for key, value in named.items())
    return f"<{name}{written}>{body}</{name}>"


def badge(text: str, tone: str = "") -> str:
    return tag("span", plain(text), f"zy-badge {tone}".strip())


def clause_link(doc_id: str, clause_id: str, text: str, css: str = "zy-chip") -> str:
    """A link that opens the source panel at a clause."""
    return tag("a", plain(text), css, href=clause_anchor(doc_id, clause_id))


def clause_anchor(doc_id: str, clause_id: str) -> str:
    return f"#clause/{quote(doc_id, safe='')}/{quote(clause_id, safe='')}"


def read_anchor(anchor: str) -> tuple[str, ...]:
    """The parts of an anchor made here: ``#cite/0/2`` → ("cite", "0", "2")."""
    return tuple(unquote(part) for part in anchor.rpartition("#")[2].split("/"))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A table; cells are HTML already, headers are plain text. Each cell knows its header, for narrow screens."""
    head = "".join(tag("th", plain(header), scope="col") for header in headers)
    body = "".join(
        tag("tr", "".join(tag("td", cell, data_head=header) for header, cell in zip(headers, row, strict=True)))
        for row in rows
    )
    inner = tag("thead", tag("tr", head)) + tag("tbody", body)
    return tag("div", tag("table", inner), f"zy-table {css}".strip(), tabindex="0")


def notice(text: str, tone: str = "") -> str:
    return tag("div", plain(text), f"zy-notice {tone}".strip(), role="status")


def kind_badge(kind: Kind, words: Messages) -> str:
    return badge(words(f"kind.{kind}"), "quiet" if kind is Kind.ORIGINAL else "warn")


def status_badge(status: Status, words: Messages) -> str:
    tone = {Status.IN_FORCE: "good", Status.UNKNOWN: "quiet"}.get(status, "warn")
    return badge(words(f"status.{status}"), tone)
