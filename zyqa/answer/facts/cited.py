"""What the originals cite, which of it a question names, and the digest cards that the library holds of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Quote
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import fold
from zyqa.types import Clause, Reference, Span

_SHELL = compiled(r"^.*?关于(?:印发)?")
_NAMED_BY = 0.8
_KIND = compiled(r"(?:卫生|质量|水质)*(?:标准|规范|通则|条例|规定|纲要|规划)+.*$")
_LEVEL = compiled(r"[省市]|总体")
_SHORT = 3
_OF_KIND = compiled(r"([㐀-鿿]{2,})(纲要|规划|条例|通则)")
_BY_WHOM = compiled(r"^(?:国家|中国|全国|[㐀-鿿]{2,3}[省市])")
_COINED = compiled(r"“([^”]+)”")  # a name in quotation marks: “三包”, “飞天奖”
_ORDINAL, _IN_YEAR, _TAIL = compiled(r"^第"), compiled(r"\[\d{4}\]"), compiled(r"\d+号")
_FORMAL = compiled(
    r"版|编号|现行|替|取代|取消|停|评选|认定|批|印发|效|年|月|期|国标|国家标准|(?:当|那|旧|原|现|近|这)[时在今来]"
)  # of any document
KINDS = {"标准号", "编号", "gb", "gb/t", "正文", "国标", "上级", "省里", "省上", "国家", "推荐性", "强制性"}
KINDS |= {"国家标准", "行业标准", "国家级", "省级", "市级"}  # how documents are called, whichever
STANDARD = compiled(r"^(?:gb|db|iso|hj|ny|jgj)", re.IGNORECASE)
_ISSUED = compiled(r"发的?|印发|出台|颁布|制定")
_BY_LEVEL = r"(?:发|印|出台|下|制定|颁布|文件|规定|政策|法规|通知|意见|规划|纲要|的)"
_PLAN = r"(?:工作)?方案"  # of a higher level; the city's may be the document itself
_LEVELS = {  # what a question says of a level, and how the issuers at it are called
    "province": (
        compiled(
            rf"省(?:里|上|级|内|政府|人民政府|委|一级|层面)(?:的|所|层面)?.{{0,4}}{_BY_LEVEL}|省(?:发|级文件)|省[里上].{{0,2}}{_PLAN}"
        ),
        compiled(r"^[^、]{2,4}(?:省|自治区)"),
    ),
    "city": (
        compiled(rf"市(?:里|上|级|内|政府|人民政府|委|一级|层面)(?:的|所|自己|层面)?.{{0,4}}{_BY_LEVEL}"),
        compiled(r"^[^、]{2,6}市"),
    ),
    "state": (
        compiled(rf"(?:国家(?!标准|级)|中央|部委|部里|国家级|全国性)(?:的|所|部委|层面|一级|部门)*.{{0,4}}{_BY_LEVEL}"),
        compiled(r"^(?:国|中华|中国|中共中央|[^、省市]{1,6}部)"),
    ),
}
_MATCHING, _CITING, _TIE = 0.65, 0.85, 0.05
_LONG, _MOST_OF = 8, 0.7  # how much of a title names it
_DESKS, _CARDS = 16, 256  # for how many choices of documents, and cards, what they cite is kept


Row = tuple[Folio, Clause, Reference]
_Rows = tuple[Row, ...]
_Folios = tuple[Folio, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Cited:
    """A citation with its names as they are compared with a question's."""

    row: Row
    title: str
    alias: str
    number: str
    official: str  # number of the reference or of its card, folded
    alone: re.Pattern[str] | None  # the alias where it is no part of a longer word
    telling: frozenset[str]  # stretches of the title that are enough to name it


def all_references(desk: Desk) -> list[Row]:
    """What the originals cite, themselves left out: a decree names what it publishes."""
    return list(_references(tuple(desk.originals or desk.folios)))


@lru_cache(maxsize=_DESKS)
def _references(folios: _Folios) -> _Rows:
    return tuple(
        (folio, folio.by_id[reference.clause_id], reference)
        for folio in folios
        for references in folio.references.values()
        for reference in references
        if not _is_own(folio, reference)
    )


def _is_own(folio: Folio, reference: Reference) -> bool:
    """Whether a document cites itself, what it publishes, or what is attached to it."""
    title, number = plain(reference.title), plain(reference.number)
    own = plain(folio.document.title)
    titled = title == own or f"印发{title}" in own or _is_attached(folio.text, reference.title or "")
    return bool(title) and titled and number in ("", plain(folio.document.number))


@lru_cache(maxsize=1024)
def _is_attached(text: str, title: str) -> bool:
    """Whether a title stands on lines of its own, as that of an attachment does."""
    words = r"\s*".join(map(re.escape, re.sub(r"\s", "", title)))
    return bool(re.search(rf"\n\s*(?:附件\d*[:：]\s*)?{words}\s*\n", text))


def inside(rows: list[Row], found: Sequence[tuple[Folio, Clause]]) -> list[Row]:
    """The citations in the clauses themselves; where those have none, in what stands below them."""
    own = [row for row in rows if any(row[:2] == place for place in found)]
    return own or [
        row for row in rows if any(row[0] is folio and clause.extent.contains(row[1].span) for folio, clause in found)
    ]


def named(asked: Asked, desk: Desk) -> list[Row]:
    """The citations a question names by title, number or alias."""
    return list(_named(asked.text, asked.titles, asked.numbers, _comparable(desk)))


def _comparable(desk: Desk) -> tuple[_Cited, ...]:
    return _with_names(tuple(desk.originals or desk.folios), tuple(desk.folios))


@lru_cache(maxsize=_DESKS)
def _with_names(citing: _Folios, held: _Folios) -> tuple[_Cited, ...]:
    return tuple(_with_name(row, held) for row in _references(citing))


def _with_name(row: Row, held: _Folios) -> _Cited:
    reference = row[2]
    title, alias, number = plain(reference.title), plain(reference.alias), plain(reference.number)
    card = None if number else card_of(reference, held)
    official = fold(reference.number or (card.document.number if card else None) or "")
    boundary = "" if alias.isascii() else "(?<![㐀-鿿])"
    alone = compiled(boundary + re.escape(alias)) if alias else None
    return _Cited(row, title, alias, number, official, alone, _telling(reference.title or ""))


def _telling(title: str) -> frozenset[str]:
    """The title without its shell (…关于印发…的通知) and brackets, or most of it in one piece."""
    short = plain(re.sub(r"[(（].*$", "", _SHELL.sub("", title)))
    size = max(_LONG, int(_MOST_OF * len(short)))
    return frozenset(short[place : place + size] for place in range(len(short) - size + 1))


@lru_cache(maxsize=_DESKS)
def _named(text: str, titles: Sequence[str], numbers: Sequence[str], cited: tuple[_Cited, ...]) -> _Rows:
    text, wanted = plain(text), [plain(title) for title in titles]
    codes = [_ORDINAL.sub("", plain(number)) for number in numbers]
    return tuple(
        one.row
        for one in cited
        if _by_title(one, wanted) or _by_number(one, text, codes) or _by_words(one, text, wanted)
    )


def _by_title(one: _Cited, wanted: Sequence[str]) -> bool:
    return any(name and (name in (one.alias, one.title) or (len(name) > 3 and name in one.title)) for name in wanted)


def _by_number(one: _Cited, text: str, codes: Sequence[str]) -> bool:
    short = _IN_YEAR.sub("", one.official)
    if short.endswith("号") and (short in text or plain(one.official) in text):
        return True
    tails = (code for code in codes if _TAIL.fullmatch(code))
    return any(one.official.endswith("]" + code) for code in tails) or any(
        code and one.number and (code.startswith(one.number) or one.number.startswith(code)) for code in codes
    )


def _by_words(one: _Cited, text: str, wanted: Sequence[str]) -> bool:
    if len(one.title) > 4 and one.title in text:
        return True
    alone = not wanted and len(one.alias) > 1 and one.alone and one.alone.search(text)
    return bool(alone) or any(part in text for part in one.telling)


def cards_about(asked: Asked, desk: Desk) -> list[Folio]:
    """The digest cards whose matter the question names: their titles without what makes them a standard or rule.

    Or with it, and without the middle (旅游纲要).
    """
    text = _LEVEL.sub("", plain(asked.text))
    cards = [folio for folio in desk.folios if folio.is_digest]
    found = [folio for folio in cards if len(core := _core(folio)) > _SHORT and core in text]
    return found or [folio for folio in cards if _is_shortened(plain(asked.text), plain(folio.document.title))]


def _is_shortened(text: str, title: str) -> bool:
    """Whether a text has the beginning of a title and what kind of document that is, nothing between them."""
    title = _BY_WHOM.sub("", title)
    return any(
        kind in title and any(title.startswith(words[start:]) for start in range(len(words) - 1))
        for words, kind in _OF_KIND.findall(text)
    )


@lru_cache(maxsize=_CARDS)
def _core(card: Folio) -> str:
    return _LEVEL.sub("", _KIND.sub("", plain(card.document.title)))


def cards_matching(asked: Asked, desk: Desk) -> list[Folio]:
    """The digest cards that the words of a question mean: they are in the card's names or in the sentence citing it."""
    terms = [term for term in (*asked.topic.terms, *asked.topic.strange) if not _FORMAL.search(term.text)]
    total = sum(term.weight for term in terms)
    rated = []
    for card, names, cited in _described(tuple(desk.folios)) if total else ():
        by_name = [term.cover(names) for term in terms]
        named = sum(term.weight * share for term, share in zip(terms, by_name, strict=True))
        if not named:
            continue
        shares = (max(share, _CITING * term.cover(cited)) for term, share in zip(terms, by_name, strict=True))
        share = sum(term.weight * one for term, one in zip(terms, shares, strict=True)) / total
        if share >= _MATCHING:
            rated.append((share + named / total, card))
    top = max((share for share, _ in rated), default=0.0)
    return [card for share, card in rated if share >= top - _TIE]


def issued_at(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row] | None:
    """The citations of documents issued at the level, or by the organ, that a question names; None without one."""
    at = next(
        ((level, match[0]) for level, (wanted, _) in _LEVELS.items() if (match := wanted.search(asked.cues))), None
    )
    if at:
        level, words = at
        if any(term.text not in KINDS and term.text not in words for term in asked.topic.strong):
            return None
        issued = [row for row in rows if _level(_issuer(row[2], desk)) == level]
        if not words.endswith("文件") and re.search(
            rf"{re.escape(words)}(?:[那这]?[个份])?{_PLAN}|{_PLAN}$", f"{asked.cues}\n{words}"
        ):
            return [row for row in issued if re.search(_PLAN, row[2].title or "")] or None
        return issued
    organs = [*asked.units, *(term.text for term in asked.topic.strong)]
    if not asked.has(_ISSUED) or not organs:
        return None
    return [row for row in rows if all(organ in fold(_issuer(row[2], desk)) for organ in organs)] or None


def _level(issuer: str) -> str | None:
    return next((level for level, (_, made) in _LEVELS.items() if made.search(issuer)), None)


def _issuer(reference: Reference, desk: Desk) -> str:
    """Who issued a cited document: by its card, else by its title; of a standard, nobody."""
    card = card_of(reference, desk.folios)
    by_card = "、".join(card.document.issuers) if card else ""
    return by_card or ("" if STANDARD.search(plain(reference.number)) else reference.title or "")


@lru_cache(maxsize=_DESKS)
def _described(folios: _Folios) -> tuple[tuple[Folio, str, str], ...]:
    """The digest cards with their names and the sentence that cites them, folded."""
    found = []
    for card in folios:
        if card.is_digest:
            names = fold(" ".join((card.document.title, *card.document.aliases)))
            cited = (
                quote.folio.sentence_at(quote.span.start).cut(quote.folio.folded) for quote in _citing(card, folios)
            )
            found.append((card, names, " ".join(cited)))
    return tuple(found)


def citing(card: Folio, desk: Desk) -> list[Quote]:
    """Where the originals cite the document of a card first: by a reference, else in the words the card names."""
    return list(_citing(card, tuple(desk.folios)))


@lru_cache(maxsize=_CARDS)
def _citing(card: Folio, folios: _Folios) -> tuple[Quote, ...]:
    originals = tuple(folio for folio in folios if not folio.is_digest)
    for row in _references(originals or folios):
        if row[1].marker is not None and card_of(row[2], folios) is card:
            return (quote_of(row),)
    for folio in originals:
        for alias in card.document.aliases:
            if (place := folio.folded.find(fold(alias))) >= 0:
                return (Quote(folio, folio.clause_at(place), Span(place, place + len(alias))),)
    return ()


def name(reference: Reference) -> str:
    """《title》(number)."""
    title = f"《{reference.title}》" if reference.title else ""
    number = reference.number or ""
    if title and not number and reference.alias and reference.alias.isascii() and reference.alias not in title:
        number = reference.alias
    return f"{title}({number})" if title and number else title or number or reference.alias or ""


def fullest(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: (bool(row[2].title) + bool(row[2].number), row[2].span.end - row[2].span.start))


def quote_of(row: Row) -> Quote:
    folio, clause, reference = row
    return Quote(folio, clause, reference.span)


def on_topic(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    """The citations in the clause and sentence that the topic means."""
    weighed = [term for term in asked.topic.terms if term.text not in KINDS and len(term.text) > 1]
    topic = Topic(tuple(weighed)) if weighed else asked.topic
    if not topic.weight:
        return []
    rated = []
    for row in rows:
        folio, clause, reference = row
        sentence = folio.sentence_at(reference.span.start).cut(folio.folded)
        head = folio.heads[clause.id]
        path = "\n".join(folio.heads[one.id] for one in (*folio.ancestors(clause), *folio.children.get(clause.id, ())))
        share = sum(
            term.weight
            * max(
                term.cover(sentence), term.cover(head), 0.7 * term.cover(path), 0.5 * term.cover(folio.own[clause.id])
            )
            for term in topic.terms
        )
        rated.append((share / topic.weight, row))
    top = max((share for share, _ in rated), default=0.0)
    return [row for share, row in rated if share >= max(0.6, top - 0.05)]


def card_of(reference: Reference, folios: Sequence[Folio]) -> Folio | None:
    """The digest card, or the document itself, that the library holds of a cited document."""
    return _card_of(reference, tuple(folios))


@lru_cache(maxsize=1024)
def _card_of(reference: Reference, folios: tuple[Folio, ...]) -> Folio | None:
    title, number, alias = plain(reference.title), plain(reference.number), plain(reference.alias)
    for folio in folios:
        document = folio.document
        own = plain(document.title), plain(document.number)
        if folio.id == reference.resolved or (title and title == own[0]) or (number and number == own[1]):
            return folio
    for folio in folios:
        own = plain(folio.document.title), plain(folio.document.number)
        if folio.is_digest and (
            (alias and alias in (*own, plain(folio.text)[:200])) or (alias and f"“{reference.alias}”" in folio.text)
        ):
            return folio
    return None


_SAID_BESIDE = compiled(r"\([^()]*\)")  # in a title, to explain it


def cards_named(asked: Asked, desk: Desk) -> list[Folio]:
    """The digest cards of the documents that a question names."""
    rows, text = named(asked, desk), plain(asked.text)
    held = [card for row in rows if (card := card_of(row[2], desk.folios))]
    for folio in desk.folios:
        if not folio.is_digest:
            continue
        meant = not rows and asked.topic.strong and asked.topic.coverage(_SAID_BESIDE.sub("", folio.title)) > _NAMED_BY
        if meant or is_titled(folio, text):
            held.append(folio)
    return [folio for folio in dict.fromkeys(held) if folio.is_digest]


def is_titled(card: Folio, text: str) -> bool:
    """Whether a plain text has the title of a card, its number, or a name that is coined."""
    return any(name in text for name in _names(card))


@lru_cache(maxsize=_CARDS)
def _names(card: Folio) -> tuple[str, ...]:
    titles = (name for one in (card.document.title, card.document.number) if len(name := plain(one)) > 2)
    coined = (fold(one) for one in _COINED.findall(card.document.title + "".join(card.document.aliases)))
    return (*titles, *coined)
