"""Whether a draft answers what was asked: what speaks for it against the words of the question that no document holds.

A logistic decision over a few features; its weights are data (``zyqa/data/refusal.json``) that
``eval/train_refusal.py`` makes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Quote
from zyqa.answer.question import Asked, Intent
from zyqa.answer.topic import Term
from zyqa.text import part_of_speech

_NAME, _VERB = 0.9, 0.2  # strangeness from which a word is a name or thing, or a verb
_PROSE = (Intent.TEXT, Intent.BINDS, Intent.MEANING)
_HELD = 0.5
_DUTIES = (Intent.WHO, Intent.TASKS)
_FORWARD = re.compile(r"^.{0,3}(?:的|由|归|是谁|谁|哪|多少|几|怎|如何|有|包|什么|吗)")
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
)


def features(asked: Asked, draft: Draft, desk: Desk) -> list[float]:
    """What speaks for and against a draft, in the order of ``NAMES``."""
    topic = asked.topic
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
    held = json.loads(files("zyqa").joinpath("data/refusal.json").read_text("utf-8"))
    return tuple(held[name] for name in NAMES)


def probability(asked: Asked, draft: Draft, desk: Desk) -> float:
    """How likely the draft answers the question, in [0, 1]."""
    worth = sum(weight * value for weight, value in zip(_weights(), features(asked, draft, desk), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, worth))))
