"""Which clauses the addresses of a question mean: an absolute one names them, a relative one needs its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zyqa.answer.addresses import ANY, Named, find_addresses
from zyqa.answer.desk import ENOUGH, Desk
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Clause, Span, Style

Place = tuple[Folio, Clause]

_BRACKETS = (Style.HAN_PAREN, Style.ARABIC_PAREN)
_ARTICLE = compiled(r"\d+")
_STEPS = compiled(r"-?\d+")
_LISTED = compiled(rf"(?:^|(?<=[。;；:：,，\s])){HAN_NUMERAL}(?:是|要)")
_KIND = compiled(r"阶段|步骤|措施|任务|环节")
_TIE = 0.05
_SAME, _ITSELF = 0.8, 0.9


def located(asked: Asked, desk: Desk) -> Asked:
    """The question with its address as the id of the one clause that it means, where there is one."""
    if asked.address is None or len(found := places(asked, desk)) != 1:
        return asked
    return replace(asked, address=found[0][1].id)


def places(asked: Asked, desk: Desk) -> list[Place]:
    """The clauses that the addresses of a question mean, in its order; [] where there is no such clause."""
    found = [_below(place, asked) for named in _named(asked) for place in _of_path(named, asked, desk)]
    return list({(folio.id, clause.id): (folio, clause) for folio, clause in found}.values())


def _below(place: Place, asked: Asked) -> Place:
    """The one item below a clause whose heading the question names as well (第七项里那个农业), else the clause."""
    folio, clause = place
    rest = Topic(tuple(term for term in asked.topic.terms if not term.cover(folio.heads[clause.id])))
    named = [child for child in folio.children.get(clause.id, []) if rest.coverage(folio.heads[child.id]) >= _SAME]
    return (folio, named[0]) if len(named) == 1 else place


def words(asked: Asked) -> str:
    """How the question writes its addresses."""
    return "、".join(named.span.cut(asked.text).strip() or f"第{named.path}条" for named in _named(asked))


def enumerated(asked: Asked, desk: Desk) -> tuple[Folio, Span] | None:
    """The item that a relative address means of an enumeration (一是…二是…) in the clause that is asked about."""
    for named in _named(asked):
        steps = _STEPS.findall(named.path)
        within: list[Place] = []
        if not named.relative and len(steps) > 1:  # 一(九)第四点
            within = desk.clause(named.path.rpartition(".")[0])
        elif named.relative and len(steps) == 1:
            within = [(match.folio, match.clause) for match in desk.best(_before(named, asked))]
        for folio, clause in within:
            items = list(items_of(folio, clause))
            place = int(steps[-1])
            if -len(items) <= place <= len(items) and place:
                return folio, items[place - 1 if place > 0 else place]
    return None


def items_of(folio: Folio, clause: Clause) -> Iterator[Span]:
    """The items of an enumeration inside a clause, each to the end of its last sentence; none where it has none."""
    body = folio.body_span(clause)
    starts: list[int] = []
    for found in _LISTED.finditer(folio.folded, body.start, body.end):
        if number(re.sub(r"[是要]$", "", found.group())) == len(starts) + 1:
            starts.append(found.start())
    for place, start in enumerate(starts):
        last = place + 1 == len(starts)
        end = folio.folded.find("。", start, body.end) if last else starts[place + 1]
        yield Span(start, end if end > start else body.end)


def _named(asked: Asked) -> list[Named]:
    """The addresses of the question itself, else the one it has from the turn before."""
    found = [] if asked.scope else list(find_addresses(asked.text))
    if asked.address and not found:
        found = [Named(asked.address, Span(0, 0))]
    return found if asked.address else []


def _of_path(named: Named, asked: Asked, desk: Desk) -> list[Place]:
    if not named.relative:
        exact = desk.clause(named.path) or _from_end(named, desk)
        article = _ARTICLE.fullmatch(named.path) and "条" in named.span.cut(asked.text)
        if not article or any(not _holds_items(*place) for place in exact):
            return exact
        named = replace(named, path=f"{ANY}.{named.path}")
    found = [place for folio in desk.originals or desk.folios for place in _matching(named, folio, asked)]
    kin = _of_kind(named, asked, found)
    counted, found = len(kin) < len(found), kin
    before = _before(named, asked)
    rated = [(_surrounded(place, before, asked.text[: named.span.start]), place) for place in found]
    top = max((share for share, _ in rated), default=0.0)
    if before.weight or top or (named.path.startswith(f"{ANY}.-") and not (counted or _is_part(named, asked))):
        found = [place for share, place in rated if share >= max(ENOUGH, top - _TIE)]
    if top <= _ITSELF:  # 建设工程第三条措施 is no third item that is called so, where its text counts to three
        found = [place for place in found if not _counts_to(place, named)]
    shallowest = min((_depth(*place) for place in found), default=0)
    return [place for place in found if _depth(*place) == shallowest]


def _from_end(named: Named, desk: Desk) -> list[Place]:
    """The clauses that an address counts to from the end of a part (第一部分最后一项)."""
    above, _, last = named.path.rpartition(".")
    if not last.startswith("-"):
        return []
    rows = [
        (folio, [one for one in folio.children.get(clause.id, []) if one.marker])
        for folio, clause in desk.clause(above)
    ]
    return [(folio, row[int(last)]) for folio, row in rows if -len(row) <= int(last)]


def _of_kind(named: Named, asked: Asked, found: list[Place]) -> list[Place]:
    """Those under a heading that says what is counted (第一个阶段, 第二条措施), where there are any."""
    kind = _KIND.search(asked.text, named.span.start, named.span.end + 2)
    under = [
        (folio, clause)
        for folio, clause in found
        if kind and any(kind.group() in folio.heads[one.id] for one in (clause, *folio.ancestors(clause)))
    ]
    return under or found


def _matching(named: Named, folio: Folio, asked: Asked) -> Iterator[Place]:
    """The clauses with such numbers at the end of theirs; a part that only holds items is none."""
    steps, part = _STEPS.findall(named.path), _is_part(named, asked)
    bracket = "(" in named.path and any(clause.marker and clause.marker.style in _BRACKETS for clause in folio.clauses)
    for clause in folio.clauses:
        top = clause.parent_id is None
        if clause.marker is None or (_holds_items(folio, clause) and not part) or (part and not top):
            continue
        if bracket and len(steps) == 1 and clause.marker.style not in _BRACKETS:
            continue
        own = re.sub(r"~\d+$", "", clause.id).rpartition("/")[2].split(".")
        siblings = folio.children[clause.parent_id]
        if own[-len(steps) :] == steps or steps == [str(siblings.index(clause) - len(siblings))]:
            yield folio, clause


def _holds_items(folio: Folio, clause: Clause) -> bool:
    """Whether a clause is a part that only holds items, and itself nobody's item."""
    return clause.parent_id is None and bool(folio.children.get(clause.id)) and not folio.sentences(clause)


def _counts_to(place: Place, named: Named) -> bool:
    *_, last = _STEPS.findall(named.path)
    return 0 < int(last) <= len(list(items_of(*place)))


def _is_part(named: Named, asked: Asked) -> bool:
    return "部分" in named.span.cut(asked.text)


def _before(named: Named, asked: Asked) -> Topic:
    """What the question says before the address: what the numbers are counted in (主要任务第八项)."""
    head = asked.text[: named.span.start]
    return Topic(tuple(term for term in asked.topic.terms if term.text in head))


def _surrounded(place: Place, before: Topic, head: str) -> float:
    """How far those above a clause, or less well the clause itself, are what the words before the address name."""
    folio, clause = place
    own, above = folio.heads[clause.id], [folio.heads[one.id] for one in folio.ancestors(clause)]
    if any(len(one) > 1 and one in head for one in above):
        return 1.0
    if len(own) > 1 and own in head:
        return _ITSELF
    named_above = before.coverage("\n".join((*above, folio.title)))
    return max(named_above, _ITSELF * before.coverage("\n".join((own, *above, folio.title))))


def _depth(folio: Folio, clause: Clause) -> int:
    return sum(1 for _ in folio.ancestors(clause))
