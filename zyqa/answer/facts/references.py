"""What is cited where, what an alias means, and whether a cited document is held, in force or replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import prose
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.text import fold
from zyqa.types import Clause, Reference, Span

_STANDARD = re.compile(r"^(?:gb|db|iso|hj|ny|jgj)", re.IGNORECASE)
_STANDARDS_ASKED = re.compile(r"标准|gb|规范")
_NUMBER_ASKED = re.compile(r"文号|编号|几号|标准号")
_BASIS = re.compile(r"依据|根据|为何制定|凭什么")
_WHERE = re.compile(r"哪(?:一)?(?:条|里|处|项|款|部分)|何处|在哪")
_WITH_NUMBER = re.compile(r"(?:带|有)文号")
_WHOLE = re.compile(r"全文|第.{1,6}[条款]|具体|里的|内容")
_ITS = re.compile(r"(?:规定|确定|设定|提出|要求)的|有(?:哪些|什么)|包括(?:哪些|什么)")
_CONTENT = re.compile(
    r"全文|原文|(?:里|中|里面|当中)(?:面)?(?:的|规定|怎么)|第.{1,6}[条款]|怎么(?:规定|说|写)|讲了?(?:些)?(?:什么|啥)|规定了?(?:什么|哪些)|具体(?:内容|数值|指标)|内容"
)
_REPLACED_ASKED = re.compile(r"替代|代替|取代|接续|更新|后来|新版|最新|被(?:什么|哪)|换成")
_KINDS = {"国家标准", "行业标准", "推荐性", "强制性", "国标", "上级", "省里", "省上", "国家"}
_ACTS = re.compile(r"生效|实施|施行|发布|取消|废止|批复|批准|印发|修订|公布")
_PUBLISHED = re.compile(r"期|设立|批|发布|实施|施行|印发|起|修订|版")
_NEWEST = re.compile(r"新|现行|现在|目前")
_CURRENT_ASKED = re.compile(r"现在(?:是|用|执行|的)|现行|版本|新")
_CURRENT = re.compile(r"现行|取代|代替|接续")
_FIRM = re.compile(r"废止|取消|有效(?!期)|是否|未查到|没有查到|现行|失效|停评|停办|效力")
_ENDS_ASKED = re.compile(r"到期|期满|几年|规划期|期限|什么时候")
_ENDS = re.compile(r"期限|期满|到期|过期|(?:19|20)\d\d年?(?:-|至|到)(?:19|20)\d\d")
_REPLACED = re.compile(r"取代|代替|替代|接续|换成|改为|现行|更名")
_STANDING = re.compile(r"废止|取消|有效|现行|停止|停评|停办|期满|过期|到期|失效|核实|取代|代替|照旧|仍")
_YEAR = re.compile(r"\d{4}\s*(?:年|-)")
_TERM = re.compile(r"期限|规划期|有效期|\d{4}年?\s*(?:-|至|到)\s*\d{4}")
_SHELL = re.compile(r"^.*?关于(?:印发)?")
_SAID = 0.7
_NAMED_BY = 0.8

Row = tuple[Folio, Clause, Reference]


def all_references(desk: Desk) -> list[Row]:
    return [
        (folio, folio.by_id[reference.clause_id], reference)
        for folio in desk.originals or desk.folios
        for references in folio.references.values()
        for reference in references
    ]


def named(asked: Asked, desk: Desk) -> list[Row]:
    """The citations a question names by title, number or alias."""
    wanted = [plain(title) for title in asked.titles]
    numbers = [re.sub(r"^第", "", plain(number)) for number in asked.numbers]
    found = []
    for row in all_references(desk):
        reference = row[2]
        title, alias, number = plain(reference.title), plain(reference.alias), plain(reference.number)
        by_title = any(name and (name in (alias, title) or (len(name) > 3 and name in title)) for name in wanted)
        by_tail = any(
            re.fullmatch(r"\d+号", code) and fold(reference.number or "").endswith("]" + code) for code in numbers
        )
        by_number = by_tail or any(
            code and number and (code == number or code.startswith(number) or number.startswith(code))
            for code in numbers
        )
        text = plain(asked.text)
        free = alias and re.search(rf"(?<![㐀-鿿]){re.escape(alias)}", text)
        by_words = bool(title) and len(title) > 4 and title in text
        by_words = by_words or (not wanted and len(alias) > 1 and bool(free))
        by_words = by_words or (len(short := plain(_SHELL.sub("", reference.title or ""))) > 7 and short in text)
        if by_title or by_number or by_words:
            found.append(row)
    return found


def name(reference: Reference) -> str:
    """《title》(number)."""
    title = f"《{reference.title}》" if reference.title else ""
    number = reference.number or ""
    return f"{title}({number})" if title and number else title or number or reference.alias or ""


def _fullest(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: (bool(row[2].title) + bool(row[2].number), row[2].span.end - row[2].span.start))


def _quote(row: Row) -> Quote:
    folio, clause, reference = row
    return Quote(folio, clause, reference.span)


# ------------------------------------------------------------ what is cited


def cites(asked: Asked, desk: Desk) -> Outcome:
    """The documents a clause cites, those of a kind, or where one document is cited."""
    if rows := named(asked, desk):
        return _of_one(asked, desk, rows)
    if asked.titles or asked.numbers:
        return _unknown(asked, desk)
    rows = all_references(desk)
    kinds_only = all(term.text in _KINDS for term in asked.topic.strong)
    if asked.has(_STANDARDS_ASKED) and kinds_only:
        rows = [row for row in rows if row[2].number and _STANDARD.match(row[2].number)] or rows
    if not kinds_only:
        rows = _on_topic(asked, desk, rows)
    elif asked.has(_BASIS) and (preamble := [row for row in rows if row[1].marker is None]):
        rows = preamble
    elif asked.has(_WITH_NUMBER):
        rows = [row for row in rows if row[2].number and not _STANDARD.match(row[2].number)]
    return _listed(asked, desk, rows) if rows else None


def _on_topic(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    """The citations in the clause and sentence that the topic means."""
    if not asked.topic.weight:
        return []
    rated = []
    for row in rows:
        folio, clause, reference = row
        sentence = folio.sentence_at(reference.span.start).cut(folio.folded)
        head = folio.heads[clause.id]
        path = "\n".join(folio.heads[up.id] for up in folio.ancestors(clause))
        share = sum(
            term.weight
            * max(
                term.cover(sentence), term.cover(head), 0.7 * term.cover(path), 0.5 * term.cover(folio.own[clause.id])
            )
            for term in asked.topic.terms
        )
        rated.append((share / asked.topic.weight, row))
    top = max((share for share, _ in rated), default=0.0)
    return [row for share, row in rated if share >= max(0.6, top - 0.05)]


def _of_one(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    """One cited document: its name, and where it is cited, in whose words."""
    fullest = _fullest(rows)
    if (
        fullest[2].number is None
        and (card := card_of(fullest[2], desk.folios))
        and (told := _identity(asked, desk, card))
    ):
        lines = [told]
    else:
        lines = [Line(f"{name(fullest[2])}。", (_quote(fullest),))]
    seen: set[tuple[str, str]] = set()
    for folio, clause, reference in rows:
        if (folio.id, clause.id) in seen or (clause.marker is None and len(rows) > 1 and not asked.has(_WHERE)):
            continue
        seen.add((folio.id, clause.id))
        sentence = folio.sentence_at(reference.span.start)
        start = (
            sentence.start if reference.span.end - sentence.start < 90 else folio.phrase_around(reference.span).start
        )
        end = min(sentence.end, max(reference.span.end, start + 100))
        shown = prose.trimmed(asked.topic, folio, Span(start, sentence.end)) if asked.topic.strong else Span(start, end)
        if not (shown.start <= reference.span.start and reference.span.end <= shown.end):
            shown = Span(start, end)
        if clause.marker is not None:
            heading = desk.heading(folio, clause)
            lines.append(
                Line(
                    f"见{desk.label(folio, clause)} {heading}:“{_whole(folio, shown)}”",
                    (Quote(folio, clause, _span(folio, shown)),),
                )
            )
    return Draft(tuple(lines[:4]))


def _identity(asked: Asked, desk: Desk, card: Folio) -> Line | None:
    """The sentence of a card that gives its document's number."""
    number = plain(card.document.number)
    for clause in card.clauses:
        for span in card.sentences(clause):
            if number and number in plain(span.cut(card.text)):
                return desk.prose(asked, card, span)
    return None


def _span(folio: Folio, span: Span) -> Span:
    """Cut back to the last pause, so that no phrase is torn."""
    end = span.end
    if end < len(folio.text) and folio.text[end] not in ",，。;；\n":
        while end > span.start and folio.text[end] not in ",，。;；":
            end -= 1
    return Span(span.start, end) if end > span.start else span


def _whole(folio: Folio, span: Span) -> str:
    return _span(folio, span).cut(folio.text)


def _listed(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        reference = row[2]
        groups.setdefault(plain(reference.number) or plain(reference.title) or plain(reference.alias), []).append(row)
    lines = []
    for group in groups.values():
        fullest = _fullest(group)
        labels = "、".join(dict.fromkeys(desk.label(folio, clause) for folio, clause, _ in group))
        quotes = tuple(_quote(row) for row in group)
        if fullest[2].alias and (defining := _defining(fullest, desk)):
            quotes += (_quote(defining),)
        lines.append(Line(say(asked.language, "cited", name=name(fullest[2]), labels=labels), quotes))
    if len(lines) > 1:
        quotes = tuple(line.quotes[0] for line in lines)
        return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines))
    return Draft((Line(lines[0].text + "。", lines[0].quotes),)) if lines else None


def _defining(row: Row, desk: Desk) -> Row | None:
    """Where a document cited by its alias is named in full, unless the row does."""
    same = [one for one in all_references(desk) if one[2].title == row[2].title and one[0] is row[0]]
    longest = max(same, key=lambda one: one[2].span.end - one[2].span.start)
    return None if longest[2].span == row[2].span else longest


def _unknown(asked: Asked, desk: Desk) -> Outcome:
    names = [f"《{title}》" for title in asked.titles] or list(asked.numbers)
    return Refusal(f"{subject(desk)}没有引用{names[0]},库内也没有收录。")


# ------------------------------------------------------------ meaning, status


def meaning(asked: Asked, desk: Desk) -> Outcome:
    """What an alias stands for."""
    rows = named(asked, desk)
    if not rows:
        return _explained(asked, desk)
    fullest = _fullest(rows)
    reference = fullest[2]
    if reference.alias and reference.title and not reference.title.startswith(reference.alias):
        text = say(asked.language, "alias", alias=f"《{reference.alias}》", name=name(reference))
        return Draft((Line(text, (_quote(fullest),)),))
    return _of_one(asked, desk, rows)


def _explained(asked: Asked, desk: Desk) -> Outcome:
    """How a card begins to tell of what it is about."""
    for card in _cards(asked, desk):
        for clause in card.clauses:
            if spans := card.sentences(clause):
                return Draft((desk.prose(asked, card, spans[0]),))
    return None


def unheld(asked: Asked, desk: Desk) -> Outcome:
    """A refusal where the question wants the content of a document that is cited but not in the library."""
    if not (asked.titles or asked.numbers) or asked.intent is Intent.STATUS:
        return None
    if asked.intent is Intent.MEANING and not _WHOLE.search(asked.cues):
        return None
    rows = named(asked, desk)
    if asked.titles and not rows and not any(_knows(folio, asked) for folio in desk.folios):
        return _unknown(asked, desk)
    wants = bool(_CONTENT.search(asked.cues)) or (bool(asked.topic) and bool(_ITS.search(asked.cues)))
    if not wants:
        return None
    if not rows and not any(_is_titled(asked, folio) for folio in desk.folios):
        return _unknown(asked, desk)
    if rows and not any(card_of(row[2], desk.folios) for row in rows):
        return Refusal(f"{name(_fullest(rows)[2])}只被引用,原文未入库,具体内容无从查起。")
    if rows and _ITS.search(asked.cues) and asked.topic.strong:
        return of_card(asked, desk, only=True) or Refusal(f"{name(_fullest(rows)[2])}的摘要卡没有载明这一内容。")
    return None


def _knows(folio: Folio, asked: Asked) -> bool:
    """Whether a document is, or speaks of, what the question puts into 《》."""
    return _is_titled(asked, folio) or any(title in folio.folded for title in asked.titles)


def _is_titled(asked: Asked, folio: Folio) -> bool:
    names = [plain(one) for one in (*asked.titles, *asked.numbers)]
    own = [plain(folio.document.title), plain(folio.document.number)]
    return any(one and mine and (one in mine or mine in one) for one in names for mine in own)


def card_of(reference: Reference, folios: Sequence[Folio]) -> Folio | None:
    """The digest card, or the document itself, that the library holds of a cited document."""
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


def _cards(asked: Asked, desk: Desk) -> list[Folio]:
    """The digest cards of the documents that a question names."""
    held = [card for row in named(asked, desk) if (card := card_of(row[2], desk.folios))]
    text = plain(asked.text)
    for folio in desk.folios:
        names = [plain(folio.document.title), plain(folio.document.number)]
        if not folio.is_digest:
            continue
        meant = asked.topic.strong and asked.topic.coverage(folio.title) > _NAMED_BY
        if meant or any(len(one) > 2 and one in text for one in names):
            held.append(folio)
    return [folio for folio in dict.fromkeys(held) if folio.is_digest]


def status(asked: Asked, desk: Desk) -> Outcome:
    """Whether a cited document is held, in force or replaced, from its digest card."""
    if cards := _cards(asked, desk):
        return _from_cards(asked, desk, cards)
    if rows := named(asked, desk):
        return Refusal(f"{name(_fullest(rows)[2])}只被引用,原文未入库。")
    topic = Topic((*asked.topic.strong, *asked.topic.context))
    for row in _on_topic(replace(asked, topic=topic), desk, all_references(desk)) if topic else []:
        if (card := card_of(row[2], desk.folios)) and card.is_digest:
            return _from_cards(replace(asked, topic=Topic(())), desk, [card])
    return None


def of_card(asked: Asked, desk: Desk, *, only: bool = False) -> Outcome:
    """What the card of a named document says of something that the citing clause does not (``only``: or does)."""
    if asked.intent in (Intent.STATUS, Intent.WHO, Intent.TASKS) or not (cards := _cards(asked, desk)):
        return None
    titles = "".join(fold(card.document.title) for card in cards)
    rest = Topic(tuple(term for term in asked.topic.terms if not any(form in titles for form in term.forms)))
    if asked.intent is Intent.WHEN and not rest.strong:
        if not named(asked, desk) and not _PUBLISHED.search(asked.cues):
            return None
        return _dated(asked, desk, cards)
    if not rest.strong or not rest.weight:
        return None
    citing = " ".join(row[0].own[row[1].id] for row in named(asked, desk))
    if not only and rest.coverage(citing) > _SAID:
        return None
    inner = Desk(cards, desk.register, desk.topics)
    return prose.said(replace(asked, topic=rest), inner, digests=True, enough=0.6)


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
    return Draft((desk.prose(asked, card, span),))


def _from_cards(asked: Asked, desk: Desk, cards: list[Folio]) -> Outcome:
    """The sentences of a card that tell its standing."""
    asked_for = ((_REPLACED_ASKED, _REPLACED), (_CURRENT_ASKED, _CURRENT), (_ENDS_ASKED, _ENDS))
    wanted = next((words for cue, words in asked_for if asked.has(cue)), _STANDING)
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
    return Draft((desk.prose(asked, card, span),))
