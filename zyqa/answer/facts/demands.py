"""What a document demands of whom: its sentences, the enterprises they name, and the branches they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from zyqa.answer.enterprises import Kinds, Mention, Profile
from zyqa.answer.facts import prose
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.text import segments
from zyqa.types import Clause, Span

_OPENING = 14  # characters in which a piece names its subject
_REMARK = compiled(r"\([^()]*\)[。;\s]*")
_ORGAN = compiled(
    r"(?<![㐀-鿿])[㐀-鿿]{2,14}(?:部(?![分门件署])|委|委员会|局|厅|署|监会|人民银行)(?=[^㐀-鿿]|等|负责|牵头|指导|会同|按)"
)
_HOME = 0.7  # concern of a sentence of the branch's own clause
_DOCUMENTS = 64  # kept


@dataclass(frozen=True, slots=True)
class Demand:
    """A sentence, the enterprises it names, and the sectors that its words and its headings are about."""

    kinds: Kinds
    folio: Folio
    clause: Clause
    span: Span
    named: tuple[Mention, ...]
    sectors: frozenset[str]
    home: frozenset[str]

    @property
    def words(self) -> str:
        return self.span.cut(self.folio.folded)

    def of(self, branches: frozenset[str], concern: float) -> bool:
        """Whether the sentence, of some concern, is about one of the branches."""
        return concern >= _HOME or (concern > 0 and any(mention.sectors & branches for mention in self.named))

    def concern(self, who: Profile, *, strictly: bool = False) -> float:
        """How far the sentence concerns an enterprise: from 1 (by name) to less than 0 (another kind).

        ``strictly``: what it meets (规模以上) does not make it concerned.
        """
        fitting = [mention for mention in self.named if self.kinds.fits(mention, who)]
        if any(mention.sectors & who.sectors for mention in fitting):
            return 1.0
        met = [mention for mention in fitting if mention.conditions & who.conditions and mention.sectors <= who.every]
        if met and not strictly:
            return 0.9
        foreign = self._is_foreign(who, fitting)
        misfit = len(fitting) < len(self.named) and any(m.sectors & who.sectors for m in self.named)
        if self.sectors & who.sectors and not misfit:
            return 0.3 if foreign else 0.8
        if self.home & who.branches:
            beside = self.sectors and not self.kinds.related(self.sectors, who.every)
            return 0.2 if foreign or beside else 0.7
        if any(mention.sectors & who.wider for mention in fitting):
            return 0.5
        if foreign or (self.home and who.sectors and not self.home & who.wider):
            return -0.5
        return 0.3 if any(not mention.sectors for mention in fitting) else 0.0

    def _is_foreign(self, who: Profile, fitting: Sequence[Mention]) -> bool:
        """Whether the enterprises named are all of other sectors; of an asker without one, under other conditions."""
        if who.sectors:
            return bool(self.named) and not any(not one.sectors or one.sectors & who.every for one in fitting)
        met = any(not one.conditions or one.conditions & who.conditions for one in self.named)
        return bool(self.named and who.conditions) and not met


def demands(folio: Folio, kinds: Kinds) -> tuple[Demand, ...]:
    """The sentences of a document, or of some of its clauses, with whom they are about."""
    every = _demands(folio.whole, kinds)
    if folio.scope is None:
        return every
    return tuple(replace(one, folio=folio) for one in every if one.clause.id in folio.scope)


@lru_cache(maxsize=_DOCUMENTS)
def _demands(folio: Folio, kinds: Kinds) -> tuple[Demand, ...]:
    """An organ's name (工业和信息化部) tells of no sector."""
    text = _ORGAN.sub(lambda match: " " * len(match.group()), folio.folded)
    found = []
    for clause in folio.clauses:
        path = [clause, *folio.ancestors(clause)]
        home = frozenset[str]().union(*(kinds.branches_in(one.heading) for one in path))
        for sentence in map(partial(_told, folio), folio.sentences(clause)):
            for span in _subjects(folio, sentence, kinds) if sentence else ():
                named = tuple(kinds.mentions(text, span))
                found.append(Demand(kinds, folio, clause, span, named, _sectors(span.cut(text), kinds), home))
    return tuple(found)


def _sectors(text: str, kinds: Kinds) -> frozenset[str]:
    """The sectors that whole words of a sentence name: 绿化工程 is no 化工."""
    edges = {0, len(text)}
    place = 0
    for word in segments(text):
        place = text.index(word, place)
        edges |= {place, place + len(word)}
        place += len(word)
    return frozenset[str]().union(*(sectors for span, sectors in kinds.places(text) if {span.start, span.end} <= edges))


def _told(folio: Folio, sentence: Span) -> Span | None:
    """The sentence without the remark in brackets that stands before it and belongs to the one before."""
    remark = _REMARK.match(folio.folded, sentence.start, sentence.end)
    start = remark.end() if remark else sentence.start
    return Span(start, sentence.end) if sentence.end - start > 1 else None


def _subjects(folio: Folio, sentence: Span, kinds: Kinds) -> list[Span]:
    """A sentence cut where it turns to other enterprises (…的认证,鼓励…出口企业获得注册,化工企业符合…)."""
    long = sentence.end - sentence.start > prose.LIMIT
    found: list[Span] = []
    for piece in prose.pieces(folio, sentence):
        opening = Span(piece.start, min(piece.end, piece.start + _OPENING))
        if found and not _turns(folio.folded, found[-1], opening, kinds, long=long):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _turns(text: str, before: Span, opening: Span, kinds: Kinds, *, long: bool) -> bool:
    """Whether the words after the enterprises named ``before`` name others; in a long sentence, any."""
    old, new = list(kinds.mentions(text, before)), list(kinds.mentions(text, opening))
    if long or not (old and new):
        return bool(old and new)
    sectors = frozenset[str]().union(*(mention.sectors for mention in old))
    others = frozenset[str]().union(*(mention.sectors for mention in new))
    return bool(sectors and others) and not kinds.related(sectors, others)
