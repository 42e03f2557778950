"""What is cited where, what an alias means, and which cited documents are not held."""

from __future__ import annotations

from dataclasses import replace

from zyqa.answer.desk import Desk, plain
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import facets, outline, places, prose
from zyqa.answer.facts.cards import explained, of_card, standing, told
from zyqa.answer.facts.cited import (
    KINDS,
    STANDARD,
    Row,
    all_references,
    card_of,
    cards_named,
    fullest,
    inside,
    is_titled,
    issued_at,
    name,
    named,
    on_topic,
    quote_of,
)
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import fold
from zyqa.types import Span

_CITED = compiled(
    r"引|据|文件|标准|gb|规[范划定]|(?<![违非合执司])法(?![人定院])|纲要|通知|意见|通则|国标|政策|上位|出处|参照|文号|简称"
)
_STANDARDS_ASKED = compiled(r"标准|gb|规范")
_BASIS = compiled(r"依据|根据|为何制定|凭什么")
_MADE_BY = compiled(r"(?:根据|依据|依照|按照?).{0,12}(?:制定|出台|起草)|制定.{0,4}(?:根据|依据)|上位法")
_GOES_BY = compiled(r"(?:根据|依据|依照|按照?|遵照)(?:的是)?(?:什么|啥|哪)")
_BY, _MADE = compiled(r"(?:根据|依据|依照|按照)[^。;]*$"), compiled(r"制定本|,制定|现提出|提出以下")
_WHERE = compiled(r"哪[一几]?(?:条|里|处|项|款|部分)|何处|在哪|(?:几|多少)[次处]")
_NUMBER = compiled(r"文件?号|编号|字号|第几号")
_OWN_NUMBER = compiled(  # of the document that is to be cited (引用本方案时文号怎么写)
    r"引用?[了到]?(?:这|本|该|此)[份个部件篇]?(?:工作)?(?:方案|文件|通知|意见|办法)(?!中|里)[^。?]{0,10}(?:文件?号|编号|字号)"
    r"|(?:方案|文件|通知|意见|办法)(?:自己|本身|自身)的?[^。?]{0,4}(?:文件?号|编号|字号)"
)
_CALLED = compiled(
    r"全称|全名|缩写|什么意思|啥意思|含义|代表(?:什么|啥)|字母|(?:是|指)(?:的是|个)?(?:什么|啥|哪)(?:奖|意思|东西)?(?=[?。呢啊]|$)"
    r"|是哪[两三四五六几](?![年天月日])"
)
_ORIGINAL = compiled(
    r"(?:原文|全文)[^,。?]{0,4}(?:有|在|能|可)[^,。?]{0,6}(?:吗|没|不|看|查|库)|有(?:没有|无)?[^,。?]{0,14}(?:原文|全文)(?:吗|$|[?。])"
)
_OF_CONTENT = compiled(r"目标|指标|要求|任务|期限|措施|内容")
_CITING = compiled(r"引|依据|根据|提到|提及|参照|执行|按照|哪些|几[个份部]|都|[带有]文号|标准")
_OFTEN = compiled(r"(?:几|多少)[次处]")
_OF_EDITIONS = {"succession", "edition", "changes"}
_MOST, _FEW = 9, 4
_WITH_NUMBER = compiled(r"(?:带|有)文号")
_WHOLE = compiled(r"全文|第.{1,6}[条款]|具体|里的|内容")
_ITS = compiled(r"(?:规定|确定|设定|提出|要求)的|有(?:哪些|什么)|包括(?:哪些|什么)")
_FIGURES = compiled(r"数值|数字|多少")
_ISSUED = compiled(r"谁(?:发|印|制定|出台|颁布)")
_WHO = compiled(r"谁|哪[些类]|什么(?:企业|单位)")
_CONTENT = compiled(
    r"具体.{0,8}(?:数值|数字|指标|内容)|全文|原文|(?:里|中|里面|当中)(?:面)?(?:的|规定|怎么|一共|总共|列|写)|第.{1,6}[条款]|怎么(?:规定|说|写)|讲了?(?:些)?(?:什么|啥)|规定了?(?:什么|哪些)|具体(?:内容|数值|指标)|内容"
)

# ------------------------------------------------------------ what is cited


def cites(asked: Asked, desk: Desk) -> Outcome:
    """The documents a clause cites, those of a kind, or where one document is cited."""
    if rows := named(asked, desk):
        return _bases(asked, desk, rows) or _of_one(asked, desk, rows)
    if asked.titles or asked.numbers:
        return _unknown(asked, desk)
    if asked.has(_OWN_NUMBER):
        return outline.about(replace(asked, intent=Intent.ABOUT, topic=Topic(())), desk)
    rows = all_references(desk)
    issued = None if asked.address else issued_at(asked, desk, rows)
    if not asked.topic.strong and asked.has(_NUMBER) and not asked.has(_CITING) and not issued:
        return None  # the number of the document itself
    if of_standing := standing(asked, desk):
        return of_standing
    if asked.address:
        return _listed(asked, desk, inside(rows, places.places(asked, desk)))
    if issued is not None:
        return _listed(asked, desk, issued)
    kinds_only = all(any(term.text in kind for kind in KINDS) for term in asked.topic.strong)
    if not asked.has(_CITED):
        return None
    if asked.has(_STANDARDS_ASKED) and kinds_only:
        rows = [row for row in rows if row[2].number and STANDARD.match(row[2].number)] or rows
    if asked.has(_MADE_BY) and (bases := [row for row in rows if _is_basis(row)]):
        rows = bases
    elif not kinds_only:
        rows = on_topic(asked, desk, rows)
    elif asked.has(_BASIS) and (preamble := [row for row in rows if row[1].marker is None]):
        rows = preamble
    elif asked.has(_WITH_NUMBER):
        rows = [row for row in rows if row[2].number and not STANDARD.match(row[2].number)]
    return _listed(asked, desk, rows)


def _is_basis(row: Row) -> bool:
    """Whether a document says that it was made by what it cites (根据《…》,制定本条例)."""
    folio, _, reference = row
    sentence = folio.sentence_at(reference.span.start)
    before, after = folio.folded[sentence.start : reference.span.start], folio.folded[reference.span.end : sentence.end]
    return bool(_BY.search(before) and _MADE.search(after))


def _bases(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    """What else a sentence that names a document says that it goes by (按照《…》提出对《…》的修订建议)."""
    if not asked.has(_GOES_BY):
        return None
    sentences = [(row[0], row[0].sentence_at(row[2].span.start)) for row in rows]
    named_here = {plain(row[2].title) for row in rows}
    others = [
        row
        for row in all_references(desk)
        if plain(row[2].title) not in named_here
        and any(row[0] is folio and sentence.contains(row[2].span) for folio, sentence in sentences)
        and _BY.search(row[0].folded[row[0].sentence_at(row[2].span.start).start : row[2].span.start])
    ]
    return _listed(asked, desk, others)


def _of_one(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    """One cited document: its name, and where it is cited, in whose words."""
    best = fullest(rows)
    if best[2].number is None and (card := card_of(best[2], desk.folios)) and (known := _identity(asked, desk, card)):
        lines = [known]
    else:
        lines = [Line(say(asked.language, "named", name=name(best[2])), (quote_of(best),))]
        own = fold(f"{name(best[2])}{best[2].alias}")
        more = any(not term.cover(own) for term in asked.topic.strong)
        where = asked.has(_WHERE) or (asked.has(_WHO) and not asked.has(_ISSUED))
        if best[2].number and not more and not where:
            return Draft(tuple(lines))
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
    if asked.has(_OFTEN) and len(lines) > 1:
        quotes = tuple(quote for line in lines[1:] for quote in line.quotes)
        lines.insert(0, Line(say(asked.language, "list", count=len(lines) - 1), quotes, lead=True))
    return Draft(tuple(lines[: _MOST if asked.has(_WHERE) else _FEW]))


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
        best = fullest(group)
        labels = "、".join(dict.fromkeys(desk.label(folio, clause) for folio, clause, _ in group))
        quotes = tuple(quote_of(row) for row in group)
        if best[2].alias and (defining := _defining(best, desk)):
            quotes += (quote_of(defining),)
        lines.append(Line(say(asked.language, "cited", name=name(best[2]), labels=labels), quotes))
    if len(lines) > 1:
        quotes = tuple(line.quotes[0] for line in lines)
        lines = [Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines]
    elif lines:
        lines = [Line(lines[0].text + "。", lines[0].quotes)]
    return Draft(tuple(lines), explained=frozenset(KINDS)) if lines else None


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
        return explained(asked, desk)
    best = fullest(rows)
    reference = best[2]
    if reference.alias and reference.title and not reference.title.startswith(reference.alias):
        text = say(asked.language, "alias", alias=f"《{reference.alias}》", name=name(reference))
        return Draft((Line(text, (quote_of(best),)),))
    return _of_one(asked, desk, rows)


def called(asked: Asked, desk: Desk) -> Outcome:
    """What a document, an award or a rule stands for whose name is all that the question has."""
    if not asked.has(_CALLED) or asked.has(_OF_CONTENT) or asked.units or asked.address:
        return None
    cards = [card for card in cards_named(asked, desk) if is_titled(card, plain(asked.text))]
    names = [f"{name(row[2])}{row[2].alias}" for row in named(asked, desk)]
    names += [part for card in cards for part in (card.document.title, *card.document.aliases)]
    own = fold("".join(names))
    more = any(not term.cover(own) for term in (*asked.topic.strong, *asked.topic.strange))
    if not names or more:
        return None
    of_edition = any(facet.name in _OF_EDITIONS for card in cards for facet in facets.asked_of(asked, card))
    return told(asked, desk, cards) if of_edition else meaning(asked, desk)


def unheld(asked: Asked, desk: Desk) -> Outcome:
    """A refusal where the question wants the content of a document that is cited but not in the library."""
    if asked.has(_ORIGINAL) and (rows := named(asked, desk)):
        held = card_of(rows[0][2], desk.folios)
        if held is None or held.is_digest:
            return Refusal(f"{name(fullest(rows)[2])}只被引用,原文未入库。")
    if not (asked.titles or asked.numbers) or asked.intent is Intent.STATUS:
        return None
    if asked.intent is Intent.MEANING and not _WHOLE.search(asked.cues):
        return None
    rows = named(asked, desk)
    if asked.titles and not rows and not any(_knows(folio, asked) for folio in desk.folios):
        return _unknown(asked, desk)
    wants = bool(_CONTENT.search(_after_name(asked))) or (bool(asked.topic) and bool(_ITS.search(asked.cues)))
    if not wants:
        return None
    if not rows and not any(_is_titled(asked, folio) for folio in desk.folios):
        return _unknown(asked, desk)
    if rows and not any(card_of(row[2], desk.folios) for row in rows):
        return Refusal(f"{name(fullest(rows)[2])}只被引用,原文未入库,具体内容无从查起。")
    if rows and asked.topic.strong and (_ITS.search(asked.cues) or _FIGURES.search(asked.cues)):
        return of_card(asked, desk, only=True) or Refusal(f"{name(fullest(rows)[2])}的摘要卡没有载明这一内容。")
    return None


def _after_name(asked: Asked) -> str:
    """What a question says after the last document that it names."""
    names = (*asked.titles, *asked.numbers)
    return asked.cues[max((asked.cues.rfind(one) + len(one) for one in names if one in asked.cues), default=0) :]


def _knows(folio: Folio, asked: Asked) -> bool:
    """Whether a document is, or speaks of, what the question puts into 《》."""
    return _is_titled(asked, folio) or any(title in folio.folded for title in asked.titles)


def _is_titled(asked: Asked, folio: Folio) -> bool:
    names = [plain(one) for one in (*asked.titles, *asked.numbers)]
    own = [plain(folio.document.title), plain(folio.document.number)]
    return any(one and mine and (one in mine or mine in one) for one in names for mine in own)
