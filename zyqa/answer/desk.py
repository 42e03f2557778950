"""What every kind of answer works with: the documents at hand, the register, and the ways to find a clause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from zyqa.answer.draft import Line, Quote
from zyqa.answer.mentions import Mention, find_mention
from zyqa.answer.phrases import say, spoken
from zyqa.answer.question import Asked, Place
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Match, Topic, Topics
from zyqa.answer.wording import Wording
from zyqa.patterns import compiled
from zyqa.policy.units import Register
from zyqa.text import fold
from zyqa.types import Clause, Role, Span

ENOUGH = 0.5  # share of the topic's weight that a clause must cover
_ANYONE = compiled("各|有关|相关")  # in a name that is none
_ANY_DOCUMENT = "方案"  # what the words that name a document are to the patterns and weights that read cues
_OF_FRAME = 0.3  # what a character of a word that many titles have tells of a document
_NEAR_TIE = 0.04
_HEADING_SHOWN = 24
_SHORT_NAME = 4


@lru_cache(maxsize=4096)
def plain(text: str | None) -> str:
    """A title or number without blanks, brackets and width, for comparing."""
    return re.sub(r"[\s\[\]()《》〈〉<>“”\"'‘’.,、-]", "", fold(text or ""))


def _is_named(folio: Folio, text: str, titles: list[str], numbers: Sequence[str]) -> bool:
    title = plain(folio.document.title)
    short = re.sub(r"^.*?关于|^(?:印发|转发)|的(?:通知|意见|决定)$", "", title)
    by_title = any(len(name) > 3 and (name in title or title in name) for name in titles)
    by_number = any(is_number(folio, number) for number in numbers)
    return by_title or by_number or (len(title) > 5 and title in text) or (len(short) > 7 and short in text)


def is_number(folio: Folio, number: str) -> bool:
    """Whether a number, or the end of one (117号), is that of a document."""
    own = fold(folio.document.number or "")
    tail = re.fullmatch(r"第?(\d+号)", number)
    return bool(own) and (plain(own) == plain(number) or bool(tail and re.search(rf"[]第]{tail[1]}$", own)))


def _is_short_for(name: str, full: str) -> bool:
    """Whether a name is another without the words before it (农业发展银行 for 中国农业发展银行)."""
    return len(name) >= _SHORT_NAME and full.endswith(name) and len(full) - len(name) <= len("中国")


@dataclass(eq=False)
class Desk:
    """The documents an answer may use (``folios``), originals before digest cards."""

    folios: Sequence[Folio]
    register: Register
    topics: Topics
    shown: bool = False  # whether labels name the document though only one is at hand

    @property
    def wording(self) -> Wording:
        return self.topics.wording

    @cached_property
    def originals(self) -> list[Folio]:
        return [folio for folio in self.folios if not folio.is_digest]

    @property
    def several(self) -> bool:
        return self.shown or len(self.originals) > 1

    # ------------------------------------------------------------ finding

    def find(self, topic: Topic, *, enough: float = ENOUGH, digests: bool = False) -> list[Match]:
        """The clauses that cover a topic well enough, best first; [] where none does."""
        if not topic.weight:
            return []
        folios = self.folios if digests else self.originals or self.folios
        return [match for match in self.topics.match(topic, folios) if match.coverage >= enough]

    def best(self, topic: Topic, *, enough: float = ENOUGH, digests: bool = False) -> list[Match]:
        """The best clause and those as good as it."""
        found = self.find(topic, enough=enough, digests=digests)
        return [match for match in found if match.score >= found[0].score - _NEAR_TIE]

    def clause(self, path: str) -> list[tuple[Folio, Clause]]:
        """The clauses an address names, one a document."""
        return [(folio, folio.by_id[path]) for folio in self.originals or self.folios if path in folio.by_id]

    def within(self, asked: Asked) -> Desk:
        """The same desk with only the originals that the question names by title, number or place, if it names any; for
        a follow-up with only the clauses that it is asked of.
        """
        if asked.scope:
            return self.at(asked.scope)
        text, titles = plain(asked.text), [plain(title) for title in asked.titles]
        named = [folio for folio in self.originals if _is_named(folio, text, titles, asked.numbers)]
        if not named and (mention := self.mention(asked.text)):
            named = [self.originals[place] for place in mention.places]
        named = named or [folio for folio in self.originals if any(word in text for word in self._coined[folio.id])]
        if not named:
            places = {place for place in self.wording.places if place in asked.text}
            named = [folio for folio in self.originals if any(place in folio.title for place in places)]
        if not named and not asked.yes_no:
            units = [pair for pair in zip(asked.units, asked.surfaces, strict=False) if not _ANYONE.search(pair[1])]
            named = [folio for folio in self.originals if units and all(folio.speaks_of(*pair) for pair in units)]
        if not named or len(named) == len(self.originals):
            return self
        return self._with(named)

    @cached_property
    def _coined(self) -> dict[str, set[str]]:
        """By document the names that it alone has for something, as it says itself."""
        return {
            folio.id: {
                word
                for word in folio.coined
                if not any(word in other.folded for other in self.originals if other is not folio)
            }
            for folio in self.originals
        }

    def called(self, asked: Asked) -> Asked:
        """The question with a name that may mean several bodies (发改委) as the one that the originals speak of."""
        if len(asked.units) != len(asked.surfaces):
            return asked
        units = (self._body(*pair) for pair in zip(asked.units, asked.surfaces, strict=True))
        return replace(asked, units=tuple(dict.fromkeys(units)))

    def _body(self, unit: str, name: str) -> str:
        if unit in self._held:
            return unit
        meant = (one for one in self._held if one in self.register.readings(name) or _is_short_for(name, one))
        return min(meant, key=len, default=unit)

    @cached_property
    def _held(self) -> frozenset[str]:
        """The units of the originals."""
        return frozenset(duty.unit for folio in self.originals for duties in folio.duties.values() for duty in duties)

    def _with(self, originals: Sequence[Folio]) -> Desk:
        """The same desk with only some originals, and names of units as these mean them."""
        folios = [*originals, *(folio for folio in self.folios if folio.is_digest)]
        narrow = replace(self, folios=folios, shown=self.several)
        return replace(narrow, register=self.register.extended(sorted(narrow._held)))

    def mention(self, text: str) -> Mention | None:
        """Where a folded question names originals by words of their titles."""
        return find_mention(text, [folio.title for folio in self.originals], self._worth)

    def _worth(self, word: str) -> float:
        if self.wording.is_filler(word):
            return 0.0
        return _OF_FRAME if word in self.wording.frame else 1.0

    def without_mention(self, asked: Asked) -> Asked:
        """The question without the words that only name the document it is asked of; offsets in its text hold."""
        mention = self.mention(asked.text)
        if mention is None:
            return asked
        words = mention.span.cut(asked.text)
        blanked = asked.text.replace(words, " " * len(words), 1)
        cues = asked.cues.replace(words, _ANY_DOCUMENT, 1)
        return replace(asked, text=blanked, cues=cues, topic=asked.topic.without(words, blanked))

    def at(self, scope: Iterable[Place]) -> Desk:
        """The same desk with only some clauses of the originals."""
        paths: dict[str, list[str]] = defaultdict(list)
        for doc_id, path in scope:
            paths[doc_id].append(path)
        kept = [
            folio if "" in paths[folio.id] else folio.narrowed(paths[folio.id])
            for folio in self.originals
            if folio.id in paths
        ]
        return replace(self, folios=[*kept, *(folio for folio in self.folios if folio.is_digest)], shown=self.several)

    # ------------------------------------------------------------ showing

    def label(self, folio: Folio, clause: Clause) -> str:
        """The clause's label, after its document's title where the library holds several documents."""
        title = f"《{folio.document.title}》" if self.several or folio.is_digest else ""
        part, item = spoken(clause.label or clause.id)
        return title + (part if folio.children.get(clause.id) else item)

    def what(self, folio: Folio, clause: Clause) -> str:
        """The clause as a noun: its heading in quotation marks, or how it begins."""
        return f"“{self.heading(folio, clause)}”"

    def heading(self, folio: Folio, clause: Clause) -> str:
        """The heading; for a clause without one, the first words of its text."""
        heading = clause.heading
        if not heading:
            body = folio.body_span(clause).cut(folio.text)
            heading = body.split("。")[0].split(",")[0].split("，")[0].strip()
        return heading if len(heading) <= _HEADING_SHOWN else heading[:_HEADING_SHOWN] + "…"

    def mark(self, folio: Folio, clause: Clause, role: Role) -> tuple[list[str], Quote] | None:
        """The units in a role of a clause as written, and their mark."""
        duties = folio.marks(clause, role)
        if not duties:
            return None
        units = [duty.surface for duty in duties]
        units[-1] += folio.joined_by(duties[-1])
        return units, Quote(folio, clause, folio.mark_span(duties))

    def quote(self, folio: Folio, span: Span) -> Quote:
        return Quote(folio, folio.clause_at(span.start), span)

    def prose(self, asked: Asked, folio: Folio, span: Span) -> Line:
        """A line that quotes the text as it stands."""
        clause = folio.clause_at(span.start)
        quoted = span.cut(folio.text).rstrip("。;；")
        text = say(asked.language, "prose", label=self.label(folio, clause), quote=quoted)
        return Line(text, (Quote(folio, clause, span),))
