"""What users thought of answers: one JSON line each in the library's folder, and back as evaluation questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from zyqa.errors import StoreDamaged
from zyqa.types import Answer

FILE = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A 👍 or a 👎. ``clauses``: the addresses the answer cited; ``reason``: a word of the page's list, or ""."""

    question: str
    history: tuple[str, ...]
    answer: str
    refused: bool
    clauses: tuple[str, ...]
    good: bool
    reason: str
    comment: str
    at: str

    @classmethod
    def of(cls, answer: Answer, history: tuple[str, ...], *, good: bool, reason: str, comment: str) -> Self:
        cited = dict.fromkeys(f"{citation.doc_id}#{citation.clause_id}" for citation in answer.citations)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(
            answer.question, history, answer.text, answer.refused, tuple(cited), good, reason, comment[:1000], now
        )


def record(library: Path, feedback: Feedback) -> None:
    """Appends one line to the library's feedback."""
    library.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(feedback), ensure_ascii=False) + "\n"
    with (library / FILE).open("a", encoding="utf-8") as file:
        file.write(line)


def recorded(library: Path) -> Iterator[Feedback]:
    """All feedback, oldest first; none where the file is missing.

    Raises:
        StoreDamaged: a line that is no feedback.
    """
    path = library / FILE
    if not path.exists():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            held = json.loads(line)
            held |= {"history": tuple(held["history"]), "clauses": tuple(held["clauses"])}
            yield Feedback(**held)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(
                f"{path}, line {number}, is no feedback: {error}", hint="mend or remove that line"
            ) from error


def as_questions(library: Path) -> Iterator[dict[str, object]]:
    """Feedback as lines of an evaluation set. What was praised is gold; what was not waits for a person (``todo``)."""
    for number, held in enumerate(recorded(library), 1):
        line: dict[str, object] = {
            "id": f"feedback-{number}",
            "kind": "feedback",
            "question": held.question,
            "history": list(held.history),
            "refused": held.refused,
            "clauses": list(held.clauses),
        }
        if not held.good:
            line["todo"] = " ".join(filter(None, (held.reason, held.comment))) or "unsatisfactory"
        yield line


def export(library: Path, path: Path) -> Path:
    """Writes :func:`as_questions` as JSON lines; returns ``path``."""
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in as_questions(library))
    path.write_text("".join(lines), encoding="utf-8")
    return path
