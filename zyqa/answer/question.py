"""What is asked: the kind of question, the units, roles, addresses, documents and dates it names, and its topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from zyqa.answer.dates import When
from zyqa.answer.topic import Topic
from zyqa.types import Role, Span


class Intent(StrEnum):
    WHO = "who"  # which units, in which role
    TASKS = "tasks"  # what a unit does
    TARGET = "target"  # a value to reach
    WHEN = "when"  # dates, deadlines, stages, rhythms
    CITES = "cites"  # documents and standards cited
    MEANING = "meaning"  # what an alias or abbreviation means
    STATUS = "status"  # held, in force, replaced
    BINDS = "binds"  # what an enterprise has to do
    OUTLINE = "outline"  # parts, headings, lists of clauses
    ABOUT = "about"  # title, number, issuer, date of the document
    TEXT = "text"  # anything else the text says


EVERY = frozenset(Intent)
Place = tuple[str, str]  # document id, clause id


@dataclass(frozen=True, slots=True)
class Value:
    """A number a question names, with its unit."""

    value: str
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read. ``text`` is folded (and Chinese); ``cues`` the same with each unit masked."""

    text: str
    cues: str
    language: str
    intent: Intent
    topic: Topic
    role: Role | None = None  # None: every role
    units: tuple[str, ...] = ()  # canonical
    surfaces: tuple[str, ...] = ()  # … as the question writes them
    address: str | None = None
    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    values: tuple[Value, ...] = ()
    yes_no: bool = False
    count: bool = False
    most: bool = False
    compare: bool = False
    negated: bool = False
    others: bool = False  # "who else"
    both: bool = False  # every role is wanted
    soft: bool = False  # the role is only guessed from a word like 负责
    capacity: bool = False  # in which role a unit takes part
    who: bool = False
    wishes: tuple[str, ...] = ()  # what only a text with the same words fulfils, and none has
    follows: bool = False  # reads like a follow-up
    scope: tuple[Place, ...] = ()  # where alone to look, after the turns before; clause "": all of the document
    asks: bool = False  # says itself what it wants
    bare: bool = False  # only names the document that it is asked of
    likely: tuple[tuple[Intent, float], ...] = ()  # the likeliest intents and their log probabilities

    def has(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.cues))
