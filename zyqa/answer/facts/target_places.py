"""The clauses whose targets a question asks for by their headings (邮政通信业的指标, 空气质量和水质的目标)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from zyqa.answer.desk import Desk
from zyqa.answer.facts import goals, target_choice
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.types import Clause

ALL = compiled(
    r"哪些|所有|全部(?![达纳实通完建符要得必做])|列出|都有|都是|各(?:是|项|行|类|定|有|要|多)|汇总|一览|哪个行业|分别|几个.*(?:指标|目标)|数字|量化|(?:指标|目标)(?:有(?!没|无)|是)|有(?:什么|啥)|[几两三四五六]个数(?![字目])"
)
COLLECTIVE = compiled(
    r"指标(?!体系)|数字|量化|目标|百分比|百分数|定量|数值|[几两三四五六]个数(?!目)|[要需]求?(?:达到|做到|实现)的|(?:什么|啥)数(?![目据量])"
)
STATE = compiled(
    r"(?:什么|啥|怎么|咋)个?样子?|怎样|(?:什么|啥|何种|哪种)(?:地步|程度)"
    r"|(?:完成|实现|达成|办成|干成)些?(?:什么|啥)|要求(?:有|是|都|包|[,。?]|$)"
)
"""How things are to stand by a year."""
_DONE = compiled(r"[做弄搞办干]到个?(?:什么|啥|哪)")
_SEVERAL = compiled(r"哪(?:几|两|三|四)个?|(?:几|两|三|四)(?:个|项)(?:百分|数|指标|目标)|各(?:有|定|设|要|多少)")
_HEADED = 0.85
_AND = compiled(r"以及|[、,和与跟]|及(?![时格])")
_CUE = compiled(
    r"(?:规定|确定|设定|设置|明确|提出|写明|列明|载明|实现|达到|完成)?的?(?:各项|具体|全部|所有|主要)*"
    r"(?:总体|总的?|数量|考核|量化|定量|约束性|预期性|硬性?|数字|核心|关键)*(?:指标(?!体系)|目标|数字|数值)"
)

Place = tuple[Folio, Clause]


def by_year(asked: Asked) -> bool:
    """Whether a question wants to know how things are to stand by a year."""
    return bool(asked.dates) and asked.has(STATE)


def without_cue(asked: Asked) -> Topic:
    """The topic without the words that only speak of targets (确定的各项数量目标, 考核指标)."""
    topic, text = asked.topic, asked.text
    for cue in _CUE.finditer(asked.text):
        text = text.replace(cue.group(), " " * len(cue.group()))
        topic = topic.without(cue.group(), text)
    return topic


def under_headings(asked: Asked, desk: Desk) -> list[Place]:
    """The clauses whose headings the question names, where it asks for targets and for no measure."""
    listing = asked.has(ALL) or asked.has(_SEVERAL) or not asked.yes_no
    wanted = by_year(asked) or asked.has(_DONE) or (asked.has(COLLECTIVE) and listing)
    if not wanted or asked.values or asked.address or target_choice.measured(Topic(asked.topic.strong)):
        return []
    groups = [
        tuple(
            term
            for term in asked.topic.terms
            if (term.text in part or term.text not in asked.text) and not COLLECTIVE.search(term.text)
        )
        for part in _up_to_cue(_AND.split(asked.text))
    ]
    groups = [group for group in groups if any(len(term.text) > 1 or len(groups) > 1 for term in group)]
    candidates = list(_with_goals(desk))
    named: list[Place] = []
    for group in groups:
        if not (found := _headed(Topic(group, asked.topic.runs), candidates)):
            return []
        named += [place for place in found if place not in named]
    return sorted(named, key=lambda place: (place[0].id, place[0].order[place[1].id]))


def _up_to_cue(parts: list[str]) -> list[str]:
    """The parts of a question up to the last that speaks of targets, without what a comma sets off behind it."""
    last = max((place for place, part in enumerate(parts) if COLLECTIVE.search(part)), default=len(parts))
    if last == len(parts):
        return parts
    cue = list(COLLECTIVE.finditer(parts[last]))[-1]
    return [*parts[:last], parts[last][: cue.end()] + parts[last][cue.end() :].partition(",")[0]]


def _with_goals(desk: Desk) -> Iterable[Place]:
    for folio in desk.originals or desk.folios:
        for clause in folio.clauses:
            if folio.targets.get(clause.id) or goals.stretch(folio, clause):
                yield folio, clause


def _headed(topic: Topic, candidates: list[Place]) -> list[Place]:
    """The candidates in or under the shortest heading that holds the whole topic, of the topmost such.

    A heading with the very words of the question goes before (水环境质量, not 环境质量).
    """
    holders: dict[tuple[str, str], list[Place]] = defaultdict(list)
    heads: dict[tuple[str, str], Place] = {}
    for folio, clause in candidates:
        for up in (clause, *folio.ancestors(clause)):
            if _heads(topic, folio, up) >= _HEADED:
                holders[folio.id, up.id].append((folio, clause))
                heads[folio.id, up.id] = folio, up
    literal = {key: place for key, place in heads.items() if _is_literal(topic, _head(*place))}
    heads = literal or heads
    if not heads:
        return []
    topmost = [
        (len(folio.heads[up.id]), key)
        for key, (folio, up) in heads.items()
        if not any((folio.id, one.id) in heads for one in folio.ancestors(up))
    ]
    return holders[min(topmost)[1]]


def _is_literal(topic: Topic, head: str) -> bool:
    """Whether a heading has several words of the topic side by side as the question does."""
    return any(run in head for run in topic.runs if sum(term.text in run for term in topic.terms) > 1)


def _head(folio: Folio, clause: Clause) -> str:
    """The heading of a clause; the first sentence of one that has none."""
    return folio.heads[clause.id] or "".join(span.cut(folio.folded) for span in folio.sentences(clause)[:1])


def _heads(topic: Topic, folio: Folio, clause: Clause) -> float:
    """The share of a topic that a heading holds, a word of four characters also by its halves (工程…质量)."""
    head = _head(folio, clause)
    shares = (
        (
            term.weight,
            1.0 if len(term.text) == 4 and all(half in head for half in (term.text[:2], term.text[2:])) else 0,
        )
        for term in topic.terms
    )
    halved = sum(weight * share for weight, share in shares)
    own = max(topic.coverage(head), halved / topic.weight if topic.weight else 0.0)
    if any(term.cover(head) >= 1 for term in topic.strong):
        path = "\n".join((head, *(folio.heads[up.id] for up in folio.ancestors(clause))))
        return max(own, topic.coverage(path))
    return own
