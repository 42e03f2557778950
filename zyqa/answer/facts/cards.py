"""What digest cards say of cited documents: whether they are held, in force or replaced, and since when."""

from __future__ import annotations

import re
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Refusal
from zyqa.answer.facts import places, prose
from zyqa.answer.facts.cited import (
    all_references,
    card_of,
    cards_about,
    cards_named,
    citing,
    fullest,
    inside,
    name,
    named,
    on_topic,
)
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.text import fold
from zyqa.types import Span

_REPLACED_ASKED = re.compile(r"替代|代替|取代|接续|更新|后来(?!怎|咋|呢|如何)|接替|新版|最新|被(?:什么|哪)|换成")
_ACTS = re.compile(r"生效|实施|施行|发布|取消|废止|批复|批准|印发|修订|公布")
_PUBLISHED = re.compile(r"期|设立|批|发布|实施|施行|印发|起|修订|版")
_NEWEST = re.compile(r"新|现行|现在|目前")
_CURRENT_ASKED = re.compile(r"现在(?:是|用|执行|的)|现行|版本|哪(?:一|年的?)?版|新")
_CURRENT = re.compile(r"现行|取代|代替|接续")
_FIRM = re.compile(r"废止|取消|有效(?!期)|是否|未查到|没有查到|现行|失效|停评|停办|效力")
_ENDS_ASKED = re.compile(r"过期|到期|期满|几年|规划期|期限|什么时候")
_ENDS = re.compile(r"期限|期满|到期|过期|(?:19|20)\d\d年?(?:-|至|到)(?:19|20)\d\d")
_REPLACED = re.compile(r"取代|代替|替代|接续|换成|改为|现行|更名")
_STANDING = re.compile(r"废止|取消|有效|现行|停止|停评|停办|期满|过期|到期|失效|核实|取代|代替|照旧|仍")
_YEAR = re.compile(r"\d{4}\s*(?:年|-)")
_TERM = re.compile(r"期限|规划期|有效期|\d{4}年?\s*(?:-|至|到)\s*\d{4}")
_HELD = re.compile(r"入库|收录|原文|库里|库内|库中")
_SAID = 0.7


def status(asked: Asked, desk: Desk) -> Outcome:
    """Whether a cited document is held, in force or replaced, from its digest card."""
    if cards := cards_named(asked, desk) or cards_about(asked, desk):
        if asked.has(_HELD) and not asked.has(_STANDING):
            return Refusal(f"《{cards[0].document.title}》的原文未入库,库内只有摘要卡。")
        return _from_cards(asked, desk, cards)
    if rows := named(asked, desk):
        return Refusal(f"{name(fullest(rows)[2])}只被引用,原文未入库。")
    if asked.address:
        rows = inside(all_references(desk), places.places(asked, desk))
        held = [card for row in rows if (card := card_of(row[2], desk.folios)) and card.is_digest]
        return _from_cards(asked, desk, held) if held else None
    topic = Topic((*asked.topic.strong, *asked.topic.context))
    for row in on_topic(replace(asked, topic=topic), desk, all_references(desk)) if topic else []:
        if (card := card_of(row[2], desk.folios)) and card.is_digest:
            return _from_cards(replace(asked, topic=Topic(())), desk, [card])
    return None


def of_card(asked: Asked, desk: Desk, *, only: bool = False) -> Outcome:
    """What the card of a named document says of something that the citing clause does not (``only``: or does)."""
    if asked.intent in (Intent.STATUS, Intent.WHO, Intent.TASKS) or not (
        cards := cards_named(asked, desk) or cards_about(asked, desk)
    ):
        return None
    titles = "".join(fold(card.document.title) for card in cards)
    rest = Topic(tuple(term for term in asked.topic.terms if not any(form in titles for form in term.forms)))
    if asked.intent is Intent.WHEN and not rest.strong:
        if not named(asked, desk) and not _PUBLISHED.search(asked.cues):
            return None
        return _dated(asked, desk, cards)
    if not rest.strong or not rest.weight:
        return None
    said = " ".join(row[0].own[row[1].id] for row in named(asked, desk))
    if not only and rest.coverage(said) > _SAID:
        return None
    inner = Desk(cards, desk.register, desk.topics)
    return _with_citing(prose.said(replace(asked, topic=rest), inner, digests=True, enough=0.6), desk)


def _with_citing(draft: Outcome, desk: Desk) -> Outcome:
    """The draft, its first line also borne by the clause that cites the document of the card."""
    if not isinstance(draft, Draft):
        return draft
    first, *rest = draft.lines
    card = first.quotes[0].folio
    return replace(draft, lines=(Line(first.text, (*first.quotes, *citing(card, desk)), first.lead), *rest))


def _dated(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    """The sentence of a card that gives its document's time, preferably that of its term."""
    dated = [
        (
            bool(asked.has(_NEWEST)) and "现行" not in words,
            not any(act in words for act in _ACTS.findall(asked.text)),
            not _TERM.search(words),
            place,
            card,
            span,
        )
        for card in cards
        for place, span in enumerate(span for clause in card.clauses for span in card.sentences(clause))
        if _YEAR.search(words := span.cut(card.folded))
    ]
    if not dated:
        return None
    *_, card, span = min(dated, key=lambda item: item[:4])
    return _with_citing(Draft((desk.prose(asked, card, span),)), desk)


def _from_cards(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    """The sentence of a card that tells its standing: of the kind asked for, else of any."""
    asked_for = ((_REPLACED_ASKED, _REPLACED), (_CURRENT_ASKED, _CURRENT), (_ENDS_ASKED, _ENDS))
    wanted = [words for cue, words in asked_for if asked.has(cue)][:1]
    for words in (*wanted, _STANDING, _ENDS, _REPLACED):
        if found := _best_of(asked, cards, words):
            return _with_citing(Draft((desk.prose(asked, *found),)), desk)
    return None


def _best_of(asked: Asked, cards: list[Folio], wanted: re.Pattern[str]) -> tuple[Folio, Span] | None:
    firm = _FIRM if wanted is _STANDING else wanted
    rated = [
        (bool(firm.search(words := span.cut(card.folded))) + asked.topic.coverage(words), -place, card, span)
        for card in cards
        for place, span in enumerate(span for clause in card.clauses for span in card.sentences(clause))
        if wanted.search(span.cut(card.folded))
    ]
    if not rated:
        return None
    _, _, card, span = max(rated, key=lambda item: item[:2])
    return card, span


def explained(asked: Asked, desk: Desk) -> Outcome:
    """How a card begins to tell of what it is about."""
    for card in cards_named(asked, desk):
        for clause in card.clauses:
            if spans := card.sentences(clause):
                return _with_citing(Draft((desk.prose(asked, card, spans[0]),)), desk)
    return None
