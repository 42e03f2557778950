"""What is asked of a clause called by its heading (农业那一项要建成哪些基地): sentences of that clause alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts import prose
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_THAT = compiled(
    r"(?P<heading>[^,。;:?!、]{2,18}?)(?:(?:这|那)(?:个|一)?(?:条款|条|项|款|节|段|块|点|部分)(?:任务|工作|内容)?|条款)[里中下]?"
)
_ASKS = compiled(r"什么|哪|怎|如何|啥|几|多少|谁")
_VERB = compiled(r"[要应须得]?[㐀-鿿]{2}")
_PARTS = compiled(r"[、,,;?]|以及|并且")
_NUMERIC = compiled(r"多少|几(?!项|类|种|条|方面)|百分|数值|数字目标|量化")
_OF_TEXT = (Intent.TEXT, Intent.OUTLINE, Intent.MEANING, Intent.BINDS, Intent.TARGET)
_HEADED, _ENOUGH = 0.8, 0.5


def pointed(asked: Asked, desk: Desk) -> Outcome:
    """The sentence of the clause for each thing that is asked; None where no clause is pointed at or none has it."""
    found = _THAT.search(asked.text)
    if asked.intent not in _OF_TEXT or asked.units or asked.address or not found:
        return None
    if asked.intent is Intent.TARGET and asked.has(_NUMERIC):
        return None
    place = _headed(_of(asked, found["heading"]), desk)
    if place is None:
        return None
    folio, clause = place
    rest = asked.text[: found.start()] + asked.text[found.end() :]
    wanted = list(_asking(_PARTS.split(rest)))
    if any(not _of(asked, part).strong for part in wanted):
        wanted = [rest]
    chosen: dict[Span, Topic] = {}
    for part in wanted:
        topic = _beyond(_of(asked, part), folio, clause)
        if span := _sentence(topic, desk, folio, clause):
            chosen.setdefault(span, topic)
    lines = [desk.prose(asked, folio, prose.trimmed(topic, folio, span)) for span, topic in chosen.items()]
    return Draft(tuple(lines)) if lines else None


def _asking(parts: list[str]) -> Iterator[str]:
    """The parts that ask, and the bare verbs before one that does (禁止、杜绝些什么)."""
    for place, part in enumerate(parts):
        after = next((other for other in parts[place:] if not _VERB.fullmatch(other)), "")
        if _ASKS.search(part) or (_VERB.fullmatch(part) and _ASKS.search(after)):
            yield part


def _of(asked: Asked, words: str) -> Topic:
    """The terms that stand in some words of the question."""
    return replace(asked.topic, terms=tuple(term for term in asked.topic.terms if term.text in words), strange=())


def _headed(topic: Topic, desk: Desk) -> tuple[Folio, Clause] | None:
    """The clause whose heading says most nearly what a topic does."""
    found = [match for match in desk.find(topic) if topic.coverage(_head(match.folio, match.clause)) >= _HEADED]
    best = max(found, key=lambda match: match.heading, default=None)
    return (best.folio, best.clause) if best else None


def _head(folio: Folio, clause: Clause) -> str:
    """The heading of a clause; the first sentence of one that has none."""
    first = folio.sentences(clause)[:1]
    return folio.heads[clause.id] or "".join(span.cut(folio.folded) for span in first)


def _beyond(topic: Topic, folio: Folio, clause: Clause) -> Topic:
    """What a topic has beside the heading of the clause; all of it where that is nothing."""
    head = _head(folio, clause)
    rest = Topic(tuple(term for term in topic.terms if term.cover(head) < _ENOUGH))
    return rest if rest.strong else topic


def _sentence(topic: Topic, desk: Desk, folio: Folio, clause: Clause) -> Span | None:
    """The sentence of a clause, or of what stands below it, that holds a topic best."""
    if not topic.strong:
        return None
    below = [one for one in folio.clauses if clause.extent.contains(one.span)]
    rated = [item for one in below for item in desk.topics.best_sentences(topic, folio, one)[:1]]
    share, span = max(rated, key=lambda item: item[0], default=(0.0, None))
    return span if share >= _ENOUGH else None
