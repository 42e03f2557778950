"""The content of documents that are cited and not held: it is asked for, and cannot be told."""

from __future__ import annotations

import re

from zyqa.answer import signs
from zyqa.answer.desk import Desk
from zyqa.answer.facts import facets, holding
from zyqa.answer.facts.cited import Row, card_of, fullest, name, named
from zyqa.answer.facts.tasks import subject
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term
from zyqa.patterns import compiled
from zyqa.text import fold, part_of_speech

_TOLD = 0.5  # how far a clause or sentence holds a word that is asked of the cited document
_AMOUNT = compiled(r"多少|几(?!年|月|号(?!令)|时|点|日)")
_FIGURE = compiled(r"\d|[一二三四五六七八九十百]+[项个条类种大家次倍档级]")
_NUMBERED = compiled(r"[\[(](?:19|20)\d\d[\])]\s*\d+号|(?:19|20)\d\d|gb/?\s?t?\s?\d+(?:-\d+)?|^\s*\d+\.")
_YEARS = compiled(r"起止|起讫|年份|年限|期限|哪[几一些]?年|几年|多少年")
_SPAN = compiled(r"(?:19|20)\d\d年?\s*(?:-|~|至|到)\s*(?:19|20)\d\d")
_CITING = compiled(
    r"标准号|国标号|号码|号是多少|全[称名]|题名|名称|叫什么|什么文|谁(?:发|印|制)|入库|为什么|提到|用到|意思|含义|缩写"
    r"|作用|(?:标准|国标|文件|依据|规划|纲要)(?:就|也)?是(?:不是|否)? "
    r"|哪(?:一|几|些)?[条处里项款份部]|(?:什么|啥|哪).{0,3}(?:标准|国标)"
)
_NAMED = r"(?:《[^》]*》|[^,。?]{2,14}[\])]?\d+号|gb/?t?\s?\d+(?:-\d+)?)(?:文件?|这份文件)?,?"
_PLACE = r"(?:正文)?第.{1,4}(?:[章条款项节页]|部分)"
_OF_CITED = compiled(
    rf"^(?:请问|那个?|省里?的?|市里?的?|国家的?|[,。])*{_NAMED}(?:里[头边面]?|当中|(?:总共|一共|共|都|各)*"
    rf"(?:列|部署|规定|确定|设定|提出|要求|明确|安排|讲|分成|分为|包括|把|{_PLACE}))"
)
_LAW = compiled(
    r"(?P<law>[㐀-鿿]{2}(?:管理办法|管理条例|实施细则|暂行规定|条例))(?:里|中|是|都)*(?:怎么|如何|咋)?(?:规定|说|写)"
)


def unheld(asked: Asked, desk: Desk) -> str | None:
    """Why what is asked of a cited document cannot be told: an amount, an article, or what its citations leave out."""
    rows = named(asked, desk)
    if not rows:
        return _unknown_law(asked, desk)
    if holding.asked_for(asked, desk):
        return None
    cues = re.sub(_NAMED, " ", asked.cues)
    leads = asked.role is not None and not asked.soft and not _OF_CITED.search(asked.text)
    if asked.units or leads or any(one.search(cues) for one in (_CITING, signs.CITES, signs.STATUS, signs.SUCCEEDED)):
        return None
    cards = [card for row in rows if (card := card_of(row[2], desk.folios))]
    if any(not card.is_digest or facets.asked_of(asked, card) for card in cards):
        return None
    cited = name(fullest(rows)[2])
    if asked.has(_YEARS) and _SPAN.search(fold(cited)):
        return None  # its name tells
    if not cards:
        wanted = asked.has(_AMOUNT) or _OF_CITED.search(asked.text) or _lacks(asked, rows, cards)
        return f"{cited}只被引用,原文未入库,具体内容无从查起。" if wanted else None
    article = re.search(rf"{_NAMED}{_PLACE}", asked.text)
    if article or _lacks(asked, rows, cards) or (asked.has(_AMOUNT) and not _figured(asked, rows, cards)):
        return f"{cited}的原文未入库,库内的摘要卡没有载明这一内容。"
    return None


def _lacks(asked: Asked, rows: list[Row], cards: list[Folio]) -> bool:
    """Whether a word asked for is neither where the document is cited nor on its card."""
    told = "\n".join([*(row[0].own[row[1].id] for row in rows), *(card.folded for card in cards)])
    return any(_says(term) and term.cover(told) < _TOLD for term in asked.topic.strong)


def _says(term: Term) -> bool:
    return len(term.text) > 1 and part_of_speech(term.text)[0][:1] in ("", "n", "v", "j", "l", "i")


def _figured(asked: Asked, rows: list[Row], cards: list[Folio]) -> bool:
    """Whether a sentence about what is asked, where the document is cited or on its card, has a figure."""
    spans = [(row[0], span) for row in rows for span in row[0].sentences(row[1])]
    spans += [(card, span) for card in cards for clause in card.clauses for span in card.sentences(clause)]
    words = (span.cut(folio.folded) for folio, span in spans)
    return any(_FIGURE.search(_NUMBERED.sub("", one)) and asked.topic.coverage(one) >= _TOLD for one in words)


def _unknown_law(asked: Asked, desk: Desk) -> str | None:
    """A regulation that is called by its name without 《》 and that no document speaks of."""
    found = _LAW.search(asked.text)
    if not found or any(found["law"] in folio.folded for folio in desk.folios):
        return None
    return f"{subject(desk)}没有引用{found['law']},库内也没有收录。"
