"""Which draft answers what was asked, if any: what speaks for each against the words that no document holds.

Drafts of the likeliest intents compete with each other and with the refusal, whose worth is 0; a draft's worth is a
weighted sum of the features below. The weights (``zyqa/data/evidence.json``) are made by ``eval/train_answering.py``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from zyqa.answer.asked import asked as kind_of
from zyqa.answer.beside import beside
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Quote
from zyqa.answer.question import Asked, Intent
from zyqa.answer.topic import Term
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

_NAME, _VERB = 0.9, 0.2  # strangeness from which a word is a name or thing, or a verb
_PROSE = (Intent.TEXT, Intent.BINDS, Intent.MEANING)
_HELD = 0.5
_DUTIES = (Intent.WHO, Intent.TASKS)
_FORWARD = compiled(r"^.{0,3}(?:的|由|归|是谁|谁|哪|多少|几|怎|如何|有|包|什么|吗)")
_UNLIKELY = -6.0
_PAUSE = compiled(r"[,，。;；:：]")
_SEVERAL = compiled(r"哪些|哪几|列|都有|分别|各|所有|全部|清单|汇总")
_VERDICT = compiled(r"不?是|有|没有|yes|no", re.I)
_LONG, _ONE = 200, 2
NAMES = (
    "constant",
    "strange names",
    "strange verbs",
    "strange characters",
    "strange share",
    "strange word before the question word",
    "known weight",
    "one known word",
    "quoted",
    "held by the clause",
    "side by side",
    "heading",
    "units",
    "exact",
    "duties",
    "prose",
    "confidence",
    "strange beside units",
    "strange beside an exact name",
    "strange beside the known",
    "known names missing",
    "prose for one known word",
    "duties for one known word",
    "prose not quoted",
    "amount not quoted",
    "what is asked for not quoted",
    "what is asked for not beside the topic",
    "length",
    "several for one",
    "role asked for not told",
    "no unit where who is asked for",
    "no yes or no",
    "likelihood",
    "not the likeliest",
    "after a refusal",
    "a later reading",
    *(f"intent {intent}" for intent in Intent),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft and how it came about.

    ``asked``: the question with the intent that was tried; ``likelihood``: log probability of that intent; ``first``:
    whether no other was likelier; ``refused``: whether a likelier one has a refusal; ``reading``: 0 for the likeliest
    reading of the question.
    """

    asked: Asked
    draft: Draft
    likelihood: float = 0.0
    first: bool = True
    refused: bool = False
    reading: int = 0


def features(candidate: Candidate, desk: Desk) -> list[float]:
    """What speaks for and against a draft, in the order of ``NAMES``."""
    asked = candidate.asked
    return [
        *_of_words(asked, candidate.draft, desk),
        *_of_form(asked, candidate.draft, desk),
        max(candidate.likelihood, _UNLIKELY),
        float(not candidate.first),
        float(candidate.refused),
        float(candidate.reading > 0),
        *(float(asked.intent is intent) for intent in Intent),
    ]


def _of_words(asked: Asked, draft: Draft, desk: Desk) -> list[float]:
    topic = replace(asked.topic, strange=tuple(t for t in asked.topic.strange if t.text not in draft.explained))
    names = sum(term.weight for term in topic.strange if term.weight >= _NAME)
    verbs = sum(term.weight for term in topic.strange if _VERB <= term.weight < _NAME)
    small = sum(term.weight for term in topic.strange if term.weight < _VERB)
    strange, known = names + verbs + small, topic.weight
    exact = bool(asked.address or asked.titles or asked.numbers or asked.dates or asked.values)
    single = float(sum(term.weight >= 0.3 for term in topic.terms) < 2)
    quotes = [quote for line in draft.lines for quote in line.quotes][:12]
    quoted = "\n".join(fold for quote in quotes for fold in _words(quote))
    whole = quoted + "\n".join(quote.folio.own[quote.clause.id] for quote in quotes)
    heads = [quote.folio.heads[quote.clause.id] for quote in quotes]
    length = sum(len(run) for run in topic.runs)
    return [
        1.0,
        min(names, 3.0),
        min(verbs, 3.0),
        min(small, 1.0),
        strange / (strange + known) if strange else 0.0,
        float(any(_asked_of(term, asked.text) for term in topic.strange if term.weight >= _VERB)),
        min(known, 3.0),
        single,
        topic.coverage(quoted) if known else 1.0,
        topic.coverage(whole) if known else 1.0,
        sum(len(run) for run in topic.runs if run in whole) / length if length else 1.0,
        max((topic.coverage(head) for head in heads), default=0.0),
        float(bool(asked.units)),
        float(exact),
        float(asked.intent in _DUTIES),
        float(asked.intent in _PROSE),
        draft.confidence,
        float(bool(asked.units)) * min(strange, 2.0),
        float(exact) * min(strange, 2.0),
        min(known, 3.0) * min(strange, 2.0),
        min(sum(term.weight for term in topic.terms if term.cover(whole) < _HELD and _is_name(term)), 2.0),
        single * (asked.intent in _PROSE),
        single * (asked.intent in _DUTIES) * (not asked.units),
        (1.0 - topic.coverage(quoted)) * (asked.intent in _PROSE) if known else 0.0,
        (1.0 - topic.coverage(quoted)) * (asked.intent is Intent.TARGET) if known else 0.0,
    ]


def _of_form(asked: Asked, draft: Draft, desk: Desk) -> list[float]:
    """Whether the draft has the form that is asked for: an amount, a time, a document; one or several."""
    quoted = [quote.span.cut(quote.folio.folded) for line in draft.lines for quote in line.quotes][:12]
    pieces = [piece for words in quoted for piece in _PAUSE.split(words)]
    nearest = max(pieces, key=lambda piece: asked.topic.coverage(piece), default="")
    kind = kind_of(asked.text).kind
    return [
        float(kind is not None and not any(kind.looks.search(words) for words in quoted)),
        float(kind is not None and not kind.looks.search(nearest)),
        min(sum(len(line.text) for line in draft.lines) / _LONG, 2.0),
        float(len(draft.lines) > _ONE and not _SEVERAL.search(asked.cues)),
        float(asked.role is not None and asked.intent not in _DUTIES),
        float(
            asked.who
            and not any(map(desk.register.find, [*(line.text for line in draft.lines[:_ONE]), *quoted[:_ONE]]))
        ),
        float(asked.yes_no and not _VERDICT.match(draft.lines[0].text)),
    ]


def _words(quote: Quote) -> Iterable[str]:
    folio = quote.folio
    yield quote.span.cut(folio.folded)
    yield folio.heads[quote.clause.id]
    for parent in folio.ancestors(quote.clause):
        yield folio.heads[parent.id]


def _is_name(term: Term) -> bool:
    tag = part_of_speech(term.text)[0]
    return not tag or tag[0] in "njb" or tag == "vn"


def _asked_of(term: Term, text: str) -> bool:
    """Whether the question word follows the term: it is what the question is asked of."""
    place = text.find(term.text)
    return place >= 0 and bool(_FORWARD.match(text[place + len(term.text) :]))


@cache
def _weights() -> tuple[float, ...]:
    held = json.loads(files("zyqa").joinpath("data/evidence.json").read_text("utf-8"))
    return tuple(held.get(name, 0.0) for name in NAMES)


def probability(candidate: Candidate, desk: Desk) -> float:
    """How likely the draft answers the question, in [0, 1], were it the only one."""
    if beside(candidate.asked, candidate.draft, desk) is not None:
        return 0.0
    worth = sum(weight * value for weight, value in zip(_weights(), features(candidate, desk), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, worth))))
