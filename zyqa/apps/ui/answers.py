"""An answer as the chat shows it. Pure: every text is escaped, and a message is one line of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from zyqa.apps.ui.markup import badge, clause_link, plain, tag
from zyqa.study.ledger import Where
from zyqa.study.messages import Messages
from zyqa.types import Answer, Citation, Kind, Statement

SHOWN_QUESTION = 400  # characters of a question that the chat repeats


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer (None while it is sought); ``nearest``: the clauses a refusal offers."""

    question: str
    answer: Answer | None = None
    nearest: tuple[Where, ...] = ()


def question_message(turn: Turn) -> str:
    text = turn.question
    return tag("div", plain(text if len(text) <= SHOWN_QUESTION else text[:SHOWN_QUESTION] + "…"), "zy-question")


def answer_message(
    turn: int, answer: Answer, words: Messages, shown: int | None = None, nearest: Sequence[Where] = ()
) -> str:
    """The answer of the ``turn``-th question (from 0); only the first ``shown`` statements while it streams in."""
    if shown is not None and shown < len(answer.statements):
        return tag("div", _statements(turn, answer, shown), "zy-answer")
    body = _refusal(answer, nearest, words) if answer.refused else _statements(turn, answer, len(answer.statements))
    notes = "".join(tag("p", plain(note), "zy-note") for note in answer.notes)
    return tag("div", body + notes + _follow_ups(answer, words) + _footer(turn, answer, words), "zy-answer")


def _statements(turn: int, answer: Answer, shown: int) -> str:
    if not answer.statements:
        chips = "".join(chip(turn, n, one) for n, one in enumerate(answer.citations))
        return tag("p", plain(answer.text) + chips)
    head = answer.statements[0].text
    announced = head.endswith((":", "："))  # the lines of the list have the citations
    lines = [_statement(turn, answer, statement) for statement in answer.statements[announced:shown]]
    listed = announced or len(answer.statements) > 2
    body = tag("ul", "".join(tag("li", line) for line in lines)) if listed else "".join(tag("p", one) for one in lines)
    return (tag("p", plain(head)) if announced else "") + body


def _statement(turn: int, answer: Answer, statement: Statement) -> str:
    """The sentence and its chips; a label that a chip shows is not said a second time."""
    text, chips = statement.text, []
    for number in _one_per_clause(statement, answer):
        cited = answer.citations[number]
        if cited.label:
            text = text.replace(f"({cited.label})", "").removeprefix(f"{cited.label} ")
            text = text.replace(f"》{cited.label} ", "》 ").replace(f"》{cited.label})", "》)")
        chips.append(chip(turn, number, cited))
    return plain(text) + "".join(chips)


def _one_per_clause(statement: Statement, answer: Answer) -> Iterable[int]:
    """The statement's citations, the first of each clause; the panel leads on to the others."""
    first: dict[tuple[str, str], int] = {}
    for number in statement.citations:
        first.setdefault((answer.citations[number].doc_id, answer.citations[number].clause_id), number)
    return first.values()


def chip(turn: int, number: int, citation: Citation) -> str:
    """A citation as a chip that opens the source panel."""
    css = "zy-chip zy-digest" if citation.kind is Kind.DIGEST else "zy-chip"
    hint = f"《{citation.title}》{citation.label} {citation.heading}"
    return tag("a", plain(citation.label or citation.title), css, href=f"#cite/{turn}/{number}", title=hint)


def _refusal(answer: Answer, nearest: Sequence[Where], words: Messages) -> str:
    reason = tag("p", plain(answer.reason), "zy-reason") if answer.reason and answer.reason not in answer.text else ""
    parts = [tag("p", badge(words("ask.refused"), "warn") + " " + plain(answer.text)), reason]
    if nearest:
        near = "".join(tag("li", _nearest(place)) for place in nearest)
        parts.append(tag("p", plain(words("ask.nearest")), "zy-small") + tag("ul", near, "zy-nearest"))
    return "".join(parts)


def _nearest(place: Where) -> str:
    link = clause_link(place.doc_id, place.clause_id, place.label or place.clause_id)
    return link + " " + plain(place.heading) + " " + tag("span", plain(f"《{place.title}》"), "zy-small")


def _follow_ups(answer: Answer, words: Messages) -> str:
    if not answer.follow_ups:
        return ""
    links = "".join(ask_link(question) for question in answer.follow_ups)
    return tag("div", tag("span", plain(words("ask.more")), "zy-small") + links, "zy-follow")


def ask_link(question: str) -> str:
    """A link that asks ``question``."""
    return tag("a", plain(question), "zy-ask", href=f"#ask/{quote(question, safe='')}")


def _footer(turn: int, answer: Answer, words: Messages) -> str:
    copied = quote(plain_answer(answer), safe="")
    links = [
        tag("a", plain(words("ask.like")), "zy-rate", href=f"#like/{turn}"),
        tag("a", plain(words("ask.dislike")), "zy-rate", href=f"#dislike/{turn}"),
        tag("a", plain(words("ask.copy")), "zy-rate", href=f"#copy/{copied}"),
    ]
    checked = "" if answer.refused else tag("span", plain(words("ask.checked", n=len(answer.citations))), "zy-checked")
    return tag("div", "".join(links) + checked, "zy-foot")


def plain_answer(answer: Answer) -> str:
    """The answer and its citations as text, for the clipboard."""
    cited = [f"[{n}] {one.official}" for n, one in enumerate(answer.citations, 1)]
    return "\n".join([answer.marked_text, *cited])
