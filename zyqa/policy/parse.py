"""Source → Document: header, clauses and facts composed. Resolves nothing: the library knows what it holds."""

from __future__ import annotations

from pathlib import Path

from zyqa.policy.duties import find_duties
from zyqa.policy.header import find_header
from zyqa.policy.outline import find_clauses
from zyqa.policy.references import find_references
from zyqa.policy.targets import find_targets
from zyqa.policy.units import Register
from zyqa.text import digest
from zyqa.types import Document, Kind, Source, Status, Validity

_TITLE_CHARS = 30


def parse(source: Source, register: Register | None = None) -> Document:
    """The document of a source. Any text parses; what is odd about it becomes a Note.

    ``register`` resolves the units; the shipped one where none is given.
    """
    header = find_header(source.text)
    front = dict(source.front)
    number = front.get("number") or header.number
    title = front.get("title") or source.title or header.title or _stand_in(source)
    doc_id = source.id or number or title
    clauses, oddities = find_clauses(source.text, doc_id)
    duties, doubts = find_duties(source.text, clauses, register)
    issuer = front.get("issuer")
    return Document(
        id=doc_id,
        title=title,
        number=number,
        issuers=(issuer,) if issuer else header.issuers,
        issued=front.get("issued") or header.issued,
        validity=_validity(front) if front else header.validity,
        kind=Kind(front.get("kind", Kind.ORIGINAL)),
        digest=digest(f"{source.id or ''} {source.text}"),  # records of their own ids stay apart
        text=source.text,
        clauses=clauses,
        duties=duties,
        targets=find_targets(source.text, clauses),
        references=find_references(source.text, clauses),
        notes=tuple(sorted((*oddities, *doubts), key=lambda note: note.span)),
        source_digest=source.digest,
        path=source.path,
        aliases=tuple(filter(None, (words.strip() for words in front.get("cited_as", "").split(";")))),
    )


def _stand_in(source: Source) -> str:
    """What names a document without a title: its file, else its first words."""
    return Path(source.path).stem or source.text.strip()[:_TITLE_CHARS]


def _validity(front: dict[str, str]) -> Validity:
    status = front.get("status", "")
    known = status in Status.__members__.values()
    return Validity(
        Status(status) if known else Status.UNKNOWN,
        front.get("start") or None,
        front.get("end") or None,
        front.get("replaced_by") or None,
    )
