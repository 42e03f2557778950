"""Score the parser on documents annotated by hand (``eval/parser/*.json``: ids, units and digests, no text)."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zyqa.errors import UnreadableFile
from zyqa.policy.parse import parse
from zyqa.policy.reading import read, text_source
from zyqa.text import digest, fold
from zyqa.types import Document, Source

DutyKey = tuple[str, str, str]
"""Clause id, role, unit as written (folded)."""
_MAX_BYTES = 10**8


@dataclass(frozen=True, slots=True)
class Tally:
    """Found and wanted, and what is both."""

    both: int
    found: int
    wanted: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.both + other.both, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        return self.both / self.wanted if self.wanted else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.both / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a person read in a document.

    ``document``: ``gazette/013.txt``, or a record ``policies.jsonl#ID``, below the bench folder.
    ``titles``: the :func:`zyqa.text.digest` of each fair title (a notice's, and that of what it carries);
    ``issued``: ISO date. ``optional``: duties that may be found or not (有关部门).
    ``forms``: what is particular about the document.
    """

    document: str
    forms: tuple[str, ...]
    titles: tuple[str, ...]
    number: str | None
    issued: str | None
    clauses: tuple[str, ...]
    duties: tuple[DutyKey, ...]
    optional: tuple[DutyKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parser on one annotated document. ``missed`` and ``invented``: clauses and duties, to look at."""

    annotation: Annotation
    clauses: Tally
    duties: Tally
    header: tuple[tuple[str, bool], ...]
    missed: tuple[str, ...]
    invented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParserResult:
    """All annotated documents."""

    documents: tuple[Parsed, ...]

    def clauses(self, form: str | None = None) -> Tally:
        return sum((one.clauses for one in self._of(form)), Tally(0, 0, 0))

    def duties(self, form: str | None = None) -> Tally:
        return sum((one.duties for one in self._of(form)), Tally(0, 0, 0))

    def header(self, field: str) -> float:
        """The share of the documents whose title, number or date is right."""
        return sum(dict(one.header)[field] for one in self.documents) / len(self.documents)

    def forms(self) -> list[str]:
        return sorted({form for one in self.documents for form in one.annotation.forms})

    def _of(self, form: str | None) -> Iterable[Parsed]:
        return (one for one in self.documents if form is None or form in one.annotation.forms)

    def to_json(self) -> dict[str, Any]:
        """The figures, for ``--json``."""
        return {
            "all": _figures(self.clauses(), self.duties()),
            "header": {field: round(self.header(field), 4) for field in ("title", "number", "issued")},
            "forms": {form: _figures(self.clauses(form), self.duties(form)) for form in self.forms()},
            "documents": [
                {
                    "document": one.annotation.document,
                    **_figures(one.clauses, one.duties),
                    "header": dict(one.header),
                    "missed": list(one.missed),
                    "invented": list(one.invented),
                }
                for one in self.documents
            ],
        }


def _figures(clauses: Tally, duties: Tally) -> dict[str, dict[str, float]]:
    return {
        name: {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4)}
        for name, one in (("clauses", clauses), ("duties", duties))
    }


def bench_folder() -> Path | None:
    """The folder named by ``ZYQA_BENCH``, else ``../shared/bench``; None where there is none."""
    folder = Path(os.environ.get("ZYQA_BENCH", "../shared/bench"))
    return folder if folder.is_dir() else None


def load_annotations(folder: Path) -> list[Annotation]:
    """The annotations of a folder, by file name."""
    found = []
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        found.append(
            Annotation(
                document=row["document"],
                forms=tuple(row["forms"]),
                titles=tuple(row["title"]),
                number=row["number"],
                issued=row["issued"],
                clauses=tuple(row["clauses"]),
                duties=_duties(row["duties"]),
                optional=_duties(row["optional"]),
            )
        )
    return found


def _duties(rows: Iterable[Sequence[str]]) -> tuple[DutyKey, ...]:
    return tuple((clause, role, fold(unit)) for clause, role, unit in rows)


def bench_source(document: str, bench: Path) -> Source:
    """A document of the bench folder: a file, or a record of a .jsonl file.

    Raises:
        UnreadableFile: the file has no such record.
    """
    name, _, record = document.partition("#")
    for source in read(bench / name, max_bytes=_MAX_BYTES):
        if not record or source.id == record:
            return text_source(source.text, path=document, id=source.id)
    raise UnreadableFile(f"{bench / name} holds no record {record}", hint="check the bench folder (ZYQA_BENCH)")


def run_parser(folder: Path, bench: Path, *, parser: Callable[[Source], Document] = parse) -> ParserResult:
    """Parse every annotated document and compare."""
    return ParserResult(
        tuple(judge(one, parser(bench_source(one.document, bench))) for one in load_annotations(folder))
    )


def judge(annotation: Annotation, document: Document) -> Parsed:
    """Compare a parsed document with its annotation. Text before a first heading (``0``) and attachments as such
    (``a1``) are no numbered clauses and are left out on both sides."""
    ids = [clause.id for clause in document.clauses if _numbered(clause.id)]
    wanted = [id for id in annotation.clauses if _numbered(id)]
    duties = Counter((duty.clause_id, duty.role.value, fold(duty.surface)) for duty in document.duties if duty.marked)
    expected = Counter(annotation.duties)
    for duty in annotation.optional:
        duties[duty] = min(duties[duty], expected[duty])
    header = (
        ("title", digest(document.title) in annotation.titles),
        ("number", fold(document.number or "") == fold(annotation.number or "")),
        ("issued", document.issued == annotation.issued),
    )
    return Parsed(
        annotation=annotation,
        clauses=Tally(common_subsequence(ids, wanted), len(ids), len(wanted)),
        duties=Tally((duties & expected).total(), duties.total(), expected.total()),
        header=header,
        missed=(*_less(wanted, ids), *_shown(expected - duties)),
        invented=(*_less(ids, wanted), *_shown(duties - expected)),
    )


def _numbered(clause_id: str) -> bool:
    last = clause_id.rpartition("/")[2].partition("~")[0]
    return last != "0" and not (last.startswith("a") and last[1:].isdecimal())


def _less(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return list((Counter(some) - Counter(others)).elements())


def _shown(duties: Counter[DutyKey]) -> list[str]:
    return [" ".join(duty) for duty in duties.elements()]


def common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence: how many ids are right and in order."""
    row = [0] * (len(second) + 1)
    for one in first:
        corner = 0
        for place, other in enumerate(second, 1):
            corner, row[place] = row[place], corner + 1 if one == other else max(row[place], row[place - 1])
    return row[-1]


def parser_table(result: ParserResult) -> list[tuple[str, ...]]:
    """The figures as rows of cells, the headings first: documents, forms, all."""
    rows: list[tuple[str, ...]] = [
        ("document", "clauses P", "R", "F1", "duties P", "R", "F1", "title", "number", "date")
    ]
    for one in result.documents:
        header = tuple("yes" if right else "no" for _, right in one.header)
        rows.append((one.annotation.document, *_cells(one.clauses), *_cells(one.duties), *header))
    for form in result.forms():
        rows.append((form, *_cells(result.clauses(form)), *_cells(result.duties(form)), "", "", ""))
    shares = tuple(f"{result.header(field):.2f}" for field in ("title", "number", "issued"))
    rows.append(("all", *_cells(result.clauses()), *_cells(result.duties()), *shares))
    return rows


def _cells(tally: Tally) -> tuple[str, str, str]:
    return f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}"
