"""Parts of a document: clauses by address, lists of items, the whole outline, and what the document is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from zyqa.answer import signs
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import places
from zyqa.answer.facts.cited import named
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Match, Topic
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Clause, Span, Style

_ISSUED = compiled(r"时间|日期|哪年|哪一年|何时|什么时候|啥时候|几月|几号|哪一?天|落款|成文")
_RUNS_OUT = compiled(r"到期|期满|截止|截至|结束|收尾|为止|失效")
_NUMBERED = compiled(r"文件?号|编号|[几多]少?号(?:文|令)|第几号|令.{0,2}[几多]少?号|哪号|字号")
_ISSUER = compiled(r"谁|机关|哪个(?:单位|部门)|哪里(?:发|印)")
_SENT_TO = compiled(r"主送|发给|抄送|印发给")
_DATE_LINE = compiled(
    r"^\s*(?:[一二]\s*[〇○零九]\s*[〇○零一二三四五六七八九]{2}\s*年.{1,8}[日号]|20\d\d年\d{1,2}月\d{1,2}日)\s*$",
    re.MULTILINE,
)
_NAMED = compiled(r"全称|标题|全名|题目|名称|叫什么|什么文件")
_ITEMS = compiled(
    r"(?:几|多少|哪些?|什么)(?:个|大|小|几)*(?:条|项|款|点|方面|部分|措施|阶段|行业|内容|产业|标题)|小标题|子项|小项|[下里]面?[^,。]{0,4}(?:分别|各|都)"
)
_MEASURE = compiled(r"(?:几|多少)(个|家|条|项)")
_ARTICLES = compiled(r"(?:几|多少)条")
_SENTENCE = compiled(rf"最后(?:那|的)?一?句|末句|第(?P<place>{HAN_NUMERAL}|\d)句")
_TITLE = compiled(r"(?:标题|题目|名称)(?![下里那])|叫(?:做|作)?(?:什么|啥)")
_THINGS = compiled(  # whose names are asked for, and not that of the clause
    r"(?<![第十])[两二三四五六七八九十几些]大?[个条家项座种类处][^,。?]{1,12}(?:叫|名称)|(?:要|列|点名|提到?)[^,。?]{0,10}的[^,。?]{1,8}(?:叫|名称)"
)
_EXAMPLES = compiled(r"[,;](?:[㐀-鿿]{1,6}?[啊呀啦、]){2,}(?:这些|那些|什么)?的?[?。]?$")  # 空气啊水啊
_PERIOD_SHOWN = 40
_MOST = 4  # clauses told at once
_SHORT = 110  # characters of a text that is told whole, whatever is asked of it
_TIE = 0.1
_MOSTLY, _SAME = (
    0.5,
    0.8,
)  # shares: of a heading that is named; of a topic that the title says, so that no heading tells
_ENOUGH = 0.6
_OPENING = compiled(r"\s*[^。；;]{2,28}?[。:：](?=[^\n]{8})")  # of a paragraph: what it is about
_COMPETING = 6  # as many documents are told of at once
_ISO = 10  # characters of a whole date
_HEADINGS = 4096  # kept


def at_address(asked: Asked, desk: Desk) -> Outcome:
    """What the clauses at the addresses of a question say."""
    found = places.places(asked, desk)
    if found:
        lines = [line for place in found[:_MOST] for line in _told(asked, desk, *place, short=len(found) > 1)]
        return Draft(tuple(lines))
    if item := places.enumerated(asked, desk):
        return Draft((desk.prose(asked, *item),))
    words = places.words(asked)
    return Refusal(f"{subject(desk)}没有{words}这一处。") if words else None


def _told(asked: Asked, desk: Desk, folio: Folio, clause: Clause, *, short: bool) -> Iterable[Line]:
    """A clause's heading, then what of its text is asked for (all of it, where nothing is), then its items."""
    heading = folio.heading_span(clause)
    label = desk.label(folio, clause)
    children = folio.children.get(clause.id, [])
    spans, whole = _asked_of(asked, folio, clause)
    if whole and children and asked.has(_ITEMS):
        yield from _listed(asked, desk, folio, children)
        return
    if heading.start < heading.end:
        text = say(asked.language, "clause", label=label, heading=clause.heading)
        yield Line(text, (Quote(folio, clause, heading),))
        if asked.has(_TITLE) and not _asks_more(asked, folio, clause):
            return
    for span in spans[:1] if short else spans:
        key = "says" if heading.start < heading.end else "prose"
        quoted = span.cut(folio.text).strip()
        yield Line(say(asked.language, key, label=label, quote=quoted), (Quote(folio, clause, span),))
    if whole:
        yield from _items(asked, desk, folio, children)


def _asks_more(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether a thing of the clause is named that its heading does not have (那三个园区叫什么)."""
    own, head = folio.own[clause.id], folio.heads[clause.id]
    return bool(asked.has(_THINGS)) or any(
        term.cover(own) > max(_ENOUGH, term.cover(head)) for term in asked.topic.strong
    )


def _asked_of(asked: Asked, folio: Folio, clause: Clause) -> tuple[list[Span], bool]:
    """The sentences of a clause that are asked for; and whether that is all it says."""
    sentences = folio.sentences(clause)
    if not sentences:
        return [], True
    if found := _SENTENCE.search(asked.text):
        place = number(found["place"]) if found["place"] else len(sentences)
        return ([sentences[place - 1]] if place and place <= len(sentences) else []), False
    heads = "\n".join(folio.heads[one.id] for one in (clause, *folio.ancestors(clause)))
    rest = Topic(tuple(term for term in asked.topic.strong if term.cover(heads) < 1))
    if rest.weight and sentences[-1].end - sentences[0].start > _SHORT:
        rated = [(rest.coverage(span.cut(folio.folded)), span) for span in sentences]
        top = max(share for share, _ in rated)
        if top >= _ENOUGH:
            return [span for share, span in rated if share >= top - _TIE], False
    return [Span(sentences[0].start, sentences[-1].end)], True


@lru_cache(maxsize=_HEADINGS)
def _unbracketed(heading: str) -> str:
    return fold(re.sub(r"[(（].*$", "", heading))


def named_heading(text: str, desk: Desk) -> tuple[Folio, Clause] | None:
    """The clause with the longest heading that stands in the question as it is; of several the one whose title does."""
    found = [
        (len(head), _shared(text, folio.title), folio, clause)
        for folio in desk.originals or desk.folios
        for clause in folio.clauses
        if len(head := _unbracketed(clause.heading)) >= 3 and head in text
    ]
    return max(found, key=lambda item: item[:2])[2:] if found else None


def _shared(text: str, title: str) -> int:
    """How many pairs of neighbouring characters a question has of a title."""
    return sum(title[place : place + 2] in text for place in range(len(title) - 1))


def parts(asked: Asked, desk: Desk) -> Outcome:
    """The items under the heading that the question names; without one, the parts of the document."""
    if examples := _EXAMPLES.search(asked.text):
        asked = replace(asked, topic=asked.topic.without(examples.group(), asked.text[: examples.start()]))
    place = next(iter(places.places(asked, desk)), None) or named_heading(asked.text, desk)
    if place is None and asked.yes_no and not asked.has(signs.OUTLINE):
        return None
    if place is None and asked.topic.strong:
        if not (asked.has(signs.OUTLINE) or asked.has(_ITEMS) or asked.has(signs.COUNT)):
            return None
        best = [
            match
            for match in desk.find(asked.topic)
            if match.folio.children.get(match.clause.id) and _is_headed(asked, match.folio, match.clause)
            if match.heading >= _MOSTLY or asked.topic.coverage(match.folio.title) < _SAME
        ]
        if not best or _is_named_better(asked, desk, best[0]):
            return None
        place = (best[0].folio, best[0].clause)
    if place:
        folio, clause = place
        if not _is_headed(asked, folio, clause):
            return None
        children = folio.children.get(clause.id, [])
        lines = list(_items(asked, desk, folio, children)) or list(_points(asked, desk, folio, clause))
        return Draft((_counted(asked, lines), *lines)) if lines else None
    folios = desk.originals or list(desk.folios)
    of_another = asked.units or asked.titles or asked.numbers or any(path for _, path in asked.scope)
    if asked.intent is not Intent.OUTLINE or of_another or len(folios) != 1:
        return None
    folio = folios[0]
    top = (asked.has(_ARTICLES) and _numbered_on(folio)) or [one for one in folio.children[None] if one.marker]
    return Draft(tuple(_listed(asked, desk, folio, top))) if top else None


def _numbered_on(folio: Folio) -> list[Clause]:
    """The clauses whose numbers run on from part to part: articles, or （一） to （二十） under 一 to 七."""
    for style in (Style.ARTICLE, Style.HAN_PAREN, Style.ARABIC):
        found = [one for one in folio.clauses if one.marker and one.marker.style is style and "/" not in one.id]
        runs_on = [one.marker.number for one in found if one.marker] == [str(n) for n in range(1, len(found) + 1)]
        if runs_on and len({one.parent_id for one in found}) > 1:
            return found
    return []


def _is_named_better(asked: Asked, desk: Desk, best: Match) -> bool:
    """Whether the heading of a clause without items has more of what is asked than that of the best with items."""
    share = asked.topic.coverage(best.folio.heads[best.clause.id]) + _TIE
    return any(
        asked.topic.coverage(match.folio.heads[match.clause.id]) > share
        for match in desk.find(asked.topic)
        if match.folio is best.folio and not match.folio.children.get(match.clause.id)
    )


def _is_headed(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether a clause's heading has what the question asks of the document that it names."""
    topic = asked.topic.beyond(folio.title)
    return not topic.strong or topic.coverage(folio.heads[clause.id]) >= _ENOUGH


def _points(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Iterable[Line]:
    """The items of a clause that have no numbers: its paragraphs where each begins with a short sentence of its own."""
    body, opening = folio.body_span(clause), []
    paragraphs = list(re.finditer(r"[^\n]*\S[^\n]*", folio.text[body.start : body.end]))
    for paragraph in paragraphs:
        if first := _OPENING.match(paragraph.group()):
            start = body.start + paragraph.start() + len(first.group()) - len(first.group().lstrip())
            opening.append(Span(start, body.start + paragraph.start() + first.end()))
    if len(opening) < max(2, len(paragraphs) - 1):  # one may lead in
        return
    for span in opening:
        heading = f" {span.cut(folio.text).rstrip('。:：')}"
        text = say(asked.language, "item.plain", label=desk.label(folio, clause), heading=heading)
        yield Line(text, (Quote(folio, clause, span),))


def _counted(asked: Asked, lines: list[Line]) -> Line:
    """The line that says how many items there are."""
    measure = found.group(1) if (found := _MEASURE.search(asked.cues)) else "项"
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Line(say(asked.language, "list.of", count=len(lines), measure=measure), quotes, lead=True)


def _listed(asked: Asked, desk: Desk, folio: Folio, clauses: list[Clause]) -> Iterable[Line]:
    lines = list(_items(asked, desk, folio, clauses))
    return [_counted(asked, lines), *lines]


def _items(asked: Asked, desk: Desk, folio: Folio, clauses: list[Clause]) -> Iterable[Line]:
    for clause in clauses:
        head = folio.heading_span(clause)
        if head.start == head.end:
            body = folio.body_span(clause)
            head = Span(body.start, min(body.end, body.start + _PERIOD_SHOWN))
        heading = clause.heading or desk.heading(folio, clause)
        text = say(asked.language, "item.plain", label=desk.label(folio, clause), heading=f" {heading}")
        yield Line(text, (Quote(folio, clause, head),))


# ------------------------------------------------------------ the document itself


def about(asked: Asked, desk: Desk) -> Outcome:
    """Title, number, issuer, date and addressees of the document; of each where several may be meant."""
    folios = desk.originals or list(desk.folios)
    own = asked.intent is Intent.ABOUT or (not asked.topic.strong and (asked.has(_NUMBERED) or asked.has(_NAMED)))
    if not own or ((asked.topic.strong or asked.titles) and (len(folios) > 1 or named(asked, desk))):
        return None
    if len(folios) == 1 and asked.has(_ISSUED) and len(asked.topic.beyond(folios[0].title).strong) > 1:
        return None  # the day of something else
    if len(folios) > _COMPETING:
        titles = "".join(f"《{folio.document.title}》" for folio in folios[:_COMPETING])
        return Refusal(f"资料库中有{len(folios)}份文件,请写明是哪一份,如{titles}。")
    lines = [line for folio in folios for line in [_identity(asked, desk, folio)] if line]
    return Draft(tuple(lines)) if lines else None


def _identity(asked: Asked, desk: Desk, folio: Folio) -> Line | None:
    """What is asked of one document; after its title where several are at hand."""
    document = folio.document
    if asked.has(_SENT_TO):
        found = _addressees(asked, folio)
    elif asked.has(_NUMBERED) and document.number and (quotes := _quotes(desk, folio, document.number)):
        found = say(asked.language, "number", number=document.number), quotes
    elif asked.has(_ISSUED) and not asked.has(_RUNS_OUT) and (day := issued(asked, folio)):
        found = day.text, list(day.quotes)
    elif asked.has(_ISSUER) and document.issuers:
        quotes = _quotes(desk, folio, *document.issuers) or _quotes(desk, folio, document.number or "")
        found = say(asked.language, "issuer", issuer="、".join(document.issuers)), quotes
    elif asked.has(_NAMED) or asked.bare:
        name = f"《{document.title}》" + (f"({document.number})" if document.number else "")
        return _line(
            say(asked.language, "named", name=name), _quotes(desk, folio, document.title, document.number or "")
        )
    else:
        return None
    if found is None or not found[1]:
        return None
    return _line((f"《{document.title}》" if desk.several else "") + found[0], found[1])


def issued(asked: Asked, folio: Folio) -> Line | None:
    """The day of issue of a document, where its text has it."""
    if not folio.document.issued or not (quotes := _date_quotes(folio)):
        return None
    year, month, day = (int(part) for part in [*folio.document.issued.split("-"), "1", "1"][:3])
    return Line(say(asked.language, "issued", year=year, month=month, day=day), tuple(quotes))


def _line(text: str, quotes: list[Quote]) -> Line | None:
    return Line(text, tuple(quotes)) if quotes else None


def _date_quotes(folio: Folio) -> list[Quote]:
    """Where the date of issue stands: in a line of its own, or wherever the text names it."""
    written = folio.document.issued or ""
    issued = date.fromisoformat(written) if len(written) == _ISO else None
    spans = [Span(line.start(), line.end()) for line in _DATE_LINE.finditer(folio.text)][:1]
    spans += [when.span for when in folio.dates if when.first == issued == when.last]
    stripped = [_stripped(folio, span.start, span.end) for span in spans[:1]]
    return [Quote(folio, folio.clause_at(span.start), span) for span in stripped]


def _addressees(asked: Asked, folio: Folio) -> tuple[str, list[Quote]] | None:
    for line in re.finditer(r"^[^\n。]{4,80}[:：]\s*$", folio.text[:1500], re.MULTILINE):
        span = _stripped(folio, line.start(), line.end())
        text = say(asked.language, "sent", units=span.cut(folio.text).rstrip(":："))
        return text, [Quote(folio, folio.clause_at(span.start), span)]
    return None


def _quotes(desk: Desk, folio: Folio, *words: str) -> list[Quote]:
    """Where the first of each of some words stand, blanks and line breaks aside."""
    found = []
    for one in filter(None, words):
        pattern = r"\s*".join(map(re.escape, re.sub(r"\s", "", fold(one))))
        if place := re.search(pattern, folio.folded):
            found.append(desk.quote(folio, Span(place.start(), place.end())))
    return found


def _stripped(folio: Folio, start: int, end: int) -> Span:
    while start < end and folio.text[start].isspace():
        start += 1
    while end > start and folio.text[end - 1].isspace():
        end -= 1
    return Span(start, end)
