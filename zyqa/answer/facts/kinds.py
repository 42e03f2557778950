"""What a text says a thing is, and into how many it is divided: 夜间施工是指…; 专用号牌分为汽车号牌和摩托车号牌两种."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome
from zyqa.answer.facts.prose import LIMIT
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.patterns import compiled
from zyqa.types import Span

_ASKED = compiled(
    r"(?P<subject>[㐀-鿿“”\"、]{2,20}?)(?:可以?|一?共|要|应)?(?:分(?:为|成|了)?|下设)(?:哪?[几些]|多少|哪)个?"
)
_SAID = compiled(r"分(?:为|成)|下设")
_NUMBER = compiled(r"[两二三四五六七八九十\d]+个?[㐀-鿿]")
_IS_MEANT = compiled(r"(?:是指|系指|指的是)")
_COINED = compiled(
    r"(?:统称|简称|合称|称)(?:为|作)?[“\"]?(?P<said>[㐀-鿿a-z0-9+]{2,12})|[“\"](?P<quoted>[㐀-鿿a-z0-9+]{2,12})[”\"]"
    r"[㐀-鿿]{0,4}[(（](?=[^)）]{8})"
)
_BEFORE, _BETWEEN = 24, 5  # characters before 是指 that may hold the name, and between the two
_LONG = 160  # characters
_HOW_MANY = compiled("几|多少")
_PAIR = compiled(r"分(?:为|成)[^、,，。两二三四五六七八九十\d]+和[^、,，。和]+$")
_MEANT = compiled(
    r"(?:什么|啥)(?:叫(?:做|作)?|是)(?P<after>[㐀-鿿a-z0-9+“”\"]{2,16})"
    r"|(?P<before>[㐀-鿿a-z0-9+“”\"]{2,24}?)(?:到底|究竟|具体|都|各)?(?:是|指|说)?(?:的是|的)?"
    r"(?:(?:什么|啥)(?:意思|含义)|(?:什么|啥|哪[几些两三四五])[个种类项库]?(?=[?。呢]|$)|怎么(?:理解|定义|界定))"
)
_SHARED = 0.7  # of the pairs of neighbouring characters of what is asked of


def divided(asked: Asked, desk: Desk) -> Outcome:
    """The sentence that says what the thing asked of is divided into."""
    found = _ASKED.search(asked.text)
    if found is None:
        return None
    subject = re.sub(r"[“”\"]", "", found["subject"])
    rated = [(_share(subject, folio, span), folio, span) for folio in desk.originals for span in _said(folio)]
    share, folio, span = max(rated, key=lambda item: item[0], default=(0.0, None, None))
    if folio is None or span is None or share < _SHARED:
        return None
    line = desk.prose(asked, folio, span)
    if asked.has(_HOW_MANY) and _PAIR.search(span.cut(folio.folded)) and asked.language == "zh":
        line = Line(f"共2个。{line.text}", line.quotes)
    return Draft((line,), confidence=share)


def defined(asked: Asked, desk: Desk) -> Outcome:
    """The sentence that says what the thing asked of means: …是指…, （统称“…”）, “…”（…）."""
    found = None if asked.units or asked.address or asked.titles else _MEANT.search(asked.text)
    if found is None:
        return None
    name = re.sub(r"[“”\"]", "", found["after"] or found["before"])
    names = [name[start:] for start in range(len(name) - 1)] if found["before"] else [name]
    for one in names:
        for folio in desk.originals:
            if (place := _definition(folio, one)) is not None:
                sentence = folio.sentence_at(place)
                span = (
                    sentence if sentence.end - sentence.start <= _LONG else folio.phrase_around(Span(place, place + 1))
                )
                return Draft((desk.prose(asked, folio, span),), confidence=1.0)
    return None


def _definition(folio: Folio, name: str) -> int | None:
    """Where a document says what a name means."""
    for before, coined, place in _definitions(folio):
        found = before.rfind(name)
        if coined == name or (found >= 0 and len(before) - found - len(name) <= _BETWEEN):
            return place
    return None


@lru_cache(maxsize=64)
def _definitions(folio: Folio) -> tuple[tuple[str, str, int], ...]:
    """Of each definition the words before 是指, or the name that is coined, and where it stands."""
    text = folio.folded
    meant = [(text[max(0, found.start() - _BEFORE) : found.start()], "", found) for found in _IS_MEANT.finditer(text)]
    coined = [("", found["said"] or found["quoted"], found) for found in _COINED.finditer(text)]
    return tuple((re.split("[。;；\n]", before)[-1], name, found.start()) for before, name, found in (*meant, *coined))


def _said(folio: Folio) -> Iterator[Span]:
    """The short sentences that divide something, by a number or a list."""
    for verb in _SAID.finditer(folio.folded):
        sentence = folio.sentence_at(verb.start())
        told = folio.folded[verb.end() : sentence.end]
        if sentence.end - sentence.start <= LIMIT and (_NUMBER.search(told) or "、" in told or "和" in told):
            yield sentence


def _share(subject: str, folio: Folio, span: Span) -> float:
    words = re.sub(r"[“”\"]", "", span.cut(folio.folded))
    pairs = [subject[place : place + 2] for place in range(len(subject) - 1)]
    return sum(pair in words for pair in pairs) / len(pairs)
