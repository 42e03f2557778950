"""What digest cards say of cited documents: whether they are held, in force or replaced, and since when."""

from __future__ import annotations

import re
from dataclasses import replace

from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import facets, places, prose
from zyqa.answer.facts.cited import (
    STANDARD,
    all_references,
    card_of,
    cards_about,
    cards_matching,
    cards_named,
    citing,
    fullest,
    inside,
    name,
    named,
    on_topic,
    quote_of,
)
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import fold
from zyqa.types import Span, Status

_HELD = compiled(r"入库|收录|原文|库里|库内|库中")
_IDENTITY = compiled(
    r"文号|标准号|编号|字号|几号|哪号|全称|全名|题名|叫(?:做|作)?(?:什么|啥)|名字|名称|(?:哪|什么)(?:一)?(?:个|份)?(?:文件|标准|规划|纲要)"
)
_MEANING = compiled(
    r"(?:是|指)(?:的是|个)?(?:什么|啥|哪)(?:意思|东西|文件|标准|法规|规定|奖|玩意)?(?:[呢啊呀?。,]|$)|指的?是?哪|是哪[两三四五几](?![年天月日])|什么意思|啥意思|含义|缩写|代表(?:什么|啥)"
)
_GOAL = compiled(r"目标|指标|要求|任务|期限|措施")
_WHERE = compiled(r"哪[一几]?(?:条|里|处|项|款|部分)|何处|在哪")
_KIND = compiled(r"纲要|标准|规范|规定|条例|规划|法规|通则|认证|商标|名牌|意见|奖")
_LISTED = compiled(rf"(?:哪些|哪?几[个种份项部类])(?:国家|行业|地方)?(?:{_KIND.pattern})")
_WHICH = compiled(r"哪[些几]|有没有|几[个份部]|多少")
_STANDINGS = (
    ("废止|失效|作废", Status.REPEALED),
    ("过期|到期|期满|失效", Status.EXPIRED),
    ("取代|代替|替代|换|失效", Status.REPLACED),
)
_COUNTED = compiled(r"(?:几|多少)个?([项条种类款吨天])")
_UNITS = {"天": "[天日]"}  # how texts write what people say
_SAID, _PARTLY = 0.7, 0.4
_ISSUER = compiled(r"(?:谁|哪里|哪儿|哪[个级一]?(?:部门|单位|机关|政府)?)(?:印发|发布|发|颁布|制定|出台|下发)")
_GOES_BY = compiled(
    r"(?:按照?|依照?|依据|根据|对照|参照|比照|执行|达到?|符合|衡量)(?:的是|的)?(?:什么|啥|哪)[^,。?]{0,6}标准"
)
_UNKNOWN = compiled(r"没有查到|未核实")  # what a card says that it does not say


def status(asked: Asked, desk: Desk) -> Outcome:
    """What is asked of the standing of a cited document, from its digest card."""
    if of_standing := standing(asked, desk):
        return of_standing
    if cards := meant(asked, desk):
        if asked.has(_HELD) and not facets.asked_of(asked, cards[0]):
            return Refusal(f"《{cards[0].document.title}》的原文未入库,库内只有摘要卡。")
        return told(asked, desk, cards)
    rows = named(asked, desk)
    if not rows or asked.has(_ISSUER):  # whom its title tells
        return None
    return Refusal(f"{name(fullest(rows)[2])}只被引用,原文未入库。")


def standing(asked: Asked, desk: Desk) -> Outcome:
    """Which of the cited documents are repealed, over or replaced, where several are asked for."""
    if not asked.has(_WHICH) or asked.topic.strong:
        return None
    wanted = {status for words, status in _STANDINGS if re.search(words, asked.cues)}
    cards = [card for card in desk.folios if card.is_digest and card.document.validity.status in wanted]
    lines = []
    for card in cards:
        if span := facets.standing_of(card, asked):
            line = desk.prose(asked, card, span)
            lines.append(Line(line.text, (*line.quotes, *citing(card, desk))))
    return Draft(tuple(lines)) if lines else None


def meant(asked: Asked, desk: Desk) -> list[Folio]:
    """The digest cards of the documents that a question names, means by their matter, or finds at an address."""
    if held := cards_named(asked, desk) or cards_about(asked, desk):
        return held
    if named(asked, desk):
        return []
    rows = all_references(desk)
    if asked.address:
        rows = inside(rows, places.places(asked, desk))
    else:
        topic = Topic((*asked.topic.strong, *asked.topic.context))
        rows = on_topic(replace(asked, topic=topic), desk, rows) if topic else []
    found = [card for row in rows if (card := card_of(row[2], desk.folios)) and card.is_digest]
    return list(dict.fromkeys(found)) or cards_matching(asked, desk)


def told(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    """The sentences of the cards that answer each thing asked of their documents; or how they begin to tell of it."""
    lines: list[Line] = []
    for card in cards:
        identity = _identity(asked, card, desk) if asked.has(_IDENTITY) else []
        nameless = asked.has(_IDENTITY) and not identity
        spans = facets.answers(card, asked, exact=not nameless)
        if not spans and asked.has(_MEANING) and not (asked.has(_GOAL) or asked.has(_IDENTITY)):
            spans, identity = _opening(card), _identity(asked, card, desk)
        if not spans and nameless and STANDARD.match(plain(card.document.number)):
            spans = _numbered(card)
        if spans:
            lines += identity
        for place, span in enumerate(spans):
            line = desk.prose(asked, card, span)
            lines.append(Line(line.text, (*line.quotes, *(citing(card, desk) if place == 0 else ()))))
        if spans and asked.has(_WHERE):
            lines += [_place(asked, quote, desk) for quote in citing(card, desk)]
    return Draft(tuple(dict.fromkeys(lines)), explained=facets.explained(asked)) if lines else None


def _place(asked: Asked, quote: Quote, desk: Desk) -> Line:
    """Where a document is cited."""
    label, heading = desk.label(quote.folio, quote.clause), desk.heading(quote.folio, quote.clause)
    return Line(say(asked.language, "item.plain", label=label, heading=f" {heading}"), (quote,))


def _opening(card: Folio) -> list[Span]:
    return next((spans[:1] for clause in card.clauses if (spans := card.sentences(clause))), [])


def _numbered(card: Folio) -> list[Span]:
    """The sentence of a card that gives its document's number, that of what is in force before others."""
    number = plain(card.document.number)
    found = [span for clause in card.clauses for span in card.sentences(clause) if number in plain(span.cut(card.text))]
    return sorted(found, key=lambda span: "现行" not in span.cut(card.text))[:1] if number else []


def _identity(asked: Asked, card: Folio, desk: Desk) -> list[Line]:
    """The title and number of a card's document as the originals cite it."""
    rows = [row for row in all_references(desk) if card_of(row[2], desk.folios) is card]
    if not rows:
        return []
    return [Line(say(asked.language, "named", name=name(fullest(rows)[2])), (quote_of(fullest(rows)),))]


def of_card(asked: Asked, desk: Desk, *, only: bool = False) -> Outcome:
    """What the card of a named document says of something that the citing clause does not (``only``: or does)."""
    if asked.intent in (Intent.STATUS, Intent.TASKS):
        return None
    cards = cards_named(asked, desk) or cards_about(asked, desk)
    if not cards:
        return _of_matching(asked, desk)
    if figured := _figured(asked, desk, cards):
        return figured
    found = [one for card in cards for one in facets.asked_of(asked, card)]
    if asked.intent is not Intent.WHO and any(not one.exact or asked.intent is not Intent.TARGET for one in found):
        return told(asked, desk, cards)
    titles = "".join(fold(card.document.title) for card in cards)
    rest = Topic(tuple(term for term in asked.topic.terms if not any(form in titles for form in term.forms)))
    if not rest.strong or not rest.weight:
        return told(asked, desk, cards) if asked.intent is not Intent.TARGET else None
    if asked.intent is Intent.WHO:
        return None
    said = " ".join(row[0].own[row[1].id] for row in named(asked, desk))
    said += " ".join(quote.folio.own[quote.clause.id] for card in cards for quote in citing(card, desk))
    if not only and rest.coverage(said) > _SAID:
        return None
    inner = Desk(cards, desk.register, desk.topics)
    draft = prose.said(replace(asked, topic=rest), inner, digests=True, enough=0.6)
    if isinstance(draft, Draft) and all(_UNKNOWN.search(line.text) for line in draft.lines):
        return Refusal(f"《{cards[0].document.title}》的摘要卡没有载明这一内容。")
    return _with_citing(draft, desk)


def _figured(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    """The sentences of cards that hold the figures of a question (7天内), or how many are in the edition it names."""
    names = fold("".join(name for card in cards for name in (card.document.title, *card.document.aliases)))
    values = [value for value in asked.values if value.span.cut(asked.text) not in names]
    wanted = [rf"(?<!\d){re.escape(value.value)}\s*{_UNITS.get(value.unit, value.unit)}" for value in values]
    if not wanted and (counted := _COUNTED.search(asked.cues)):
        wanted = [rf"{year}[\s\S]*\d{counted[1]}" for year in facets.editions(asked)]
        if not wanted:
            return _counted(asked, desk, cards, _UNITS.get(counted[1], counted[1]))
    lines = [
        desk.prose(asked, card, span)
        for card in cards
        for clause in (card.clauses if wanted else ())
        for span in card.sentences(clause)
        if all(re.search(one, span.cut(card.folded)) for one in wanted)
    ]
    return _with_citing(Draft(tuple(lines)), desk) if lines else None


def _counted(asked: Asked, desk: Desk, cards: list[Folio], unit: str) -> Outcome:
    """The sentence of the cards that tells how many of a unit, of what is asked beside the document."""
    told = "".join(one for card in cards for one in (card.title, *card.document.aliases))
    rest = Topic(tuple(term for term in asked.topic.terms if not term.cover(fold(told)))) or asked.topic
    rated = [
        (rest.coverage(words), -place, card, span)
        for card in cards
        for clause in card.clauses
        for place, span in enumerate(card.sentences(clause))
        if re.search(rf"\d\s*{unit}", words := span.cut(card.folded))
    ]
    share, _, card, span = max(rated, key=lambda item: item[:2], default=(0.0, 0, None, None))
    if not rest.strong or card is None or span is None or share < _PARTLY:
        return None
    return _with_citing(Draft((desk.prose(asked, card, span),)), desk)


def _of_matching(asked: Asked, desk: Desk) -> Outcome:
    """What is asked of a document that is only described (浇地的水质标准现在用哪版), by what kind it is."""
    if asked.intent is Intent.WHO or named(asked, desk):
        return None
    kinds = set(_KIND.findall(asked.text.replace("国标", "标准")))
    if asked.has(_LISTED):
        return None
    known = asked.has(_MEANING) or asked.has(_IDENTITY)
    if not kinds or not (known or facets.any_asked(asked)):
        return None
    cards = [card for card in cards_matching(asked, desk) if kinds & _kinds(card)]
    outcome = told(asked, desk, [card for card in cards if known or facets.asked_of(asked, card)])
    if not isinstance(outcome, Draft) or not asked.has(_GOES_BY) or facets.any_asked(asked):
        return outcome
    quotes = [quote for card in cards for quote in citing(card, desk)]
    cited = (desk.prose(asked, one.folio, one.folio.phrase_around(one.span)) for one in quotes)
    return replace(outcome, lines=(*dict.fromkeys(cited), *outcome.lines))


def _kinds(card: Folio) -> set[str]:
    """What kinds of document, award or licence a card is about, by its title and headings."""
    return set(_KIND.findall("\n".join((card.title, *(card.heads[clause.id] for clause in card.clauses)))))


def _with_citing(draft: Outcome, desk: Desk) -> Outcome:
    """The draft, its first line also borne by the clause that cites the document of the card."""
    if not isinstance(draft, Draft):
        return draft
    first, *rest = draft.lines
    card = first.quotes[0].folio
    return replace(draft, lines=(Line(first.text, (*first.quotes, *citing(card, desk)), first.lead), *rest))


def explained(asked: Asked, desk: Desk) -> Outcome:
    """How a card begins to tell of what it is about."""
    for card in cards_named(asked, desk):
        if spans := _opening(card):
            return _with_citing(Draft((desk.prose(asked, card, spans[0]),)), desk)
    return None
