"""What the text says: of a clause by its address or heading, or in the sentences that cover a topic."""

from __future__ import annotations

import re

from zyqa.answer import signs
from zyqa.answer.dates import find_dates
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Match, Topic
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Clause, Span

ENOUGH = 0.5
LIMIT = 110
_HEADING = 12  # characters of a heading that is told beside the text
_OVER = 1.35  # a sentence a little too long stays whole
_MOST_LINES = 3
_HEADING_HELP = 0.12
_FORBIDS = compiled(r"禁止|杜绝|不得|严禁|不允许|不准|不许|不能|不可")
_DENIES = compiled(r"不(?!断|仅|但|同)|未(?!来)|没有|取消|停|废止")
HOW_MUCH = compiled(
    r"多少(?!种|方面|工作|任务)|百分之几|几[次座所名]|(?:率|满意度|指数|比例)(?:的?(?:目标|指标|要求|标准|是))*[?。]?$"
)
_FIGURE = compiled(r"\d|[一二三四五六七八九十百]+(?:项|个|家|次|倍|成)|全部|[一过大多]半|半数")
_SURE, _BESIDE = 0.8, 0.6
_TOLD = 0.52  # share of the question that a sentence and its headings cover: of two words not the one alone
_SEATED, _SEAT = compiled("设在"), 12  # characters of the name of a seat
_ANYONE = compiled("各|有关|相关")  # in a name that is none
_ECHO, _COUNTED, _LISTS = 0.15, 0.3, 0.1
_UNDONE = compiled(r"(?:不|没有?|未|非)(?P<done>[㐀-鿿]{2})")
_PLACE = compiled(
    r"[在写列归]哪(?:里|儿|一?(?:个|条|款|项|节|章|部分|块|处)?(?:产业|行业|领域|板块|任务|工作|条|项|块)?)"
)
_SEVERAL = compiled("哪[些几]|(?:几|多少)[个种类项条方]")
_SENTENCES = 3  # of a clause that are weighed
_ALLOWS = compiled(r"(?<!不)(?<!不得)可(?!能|持续|靠|行|操作|比|再)|允许|均能")
_AMOUNT = compiled(
    rf"(?<![第.\d])(?P<number>{HAN_NUMERAL}|\d+)(?P<unit>%|个百分点|个月|年|周|个工作日|天|日|小时|倍|[千万亿]*元|岁)"
)
_BOUND = compiled("超过|不少于|不低于|不高于|至少|最多|最低|最高|以[上下内]|多于|少于|低于|高于")
_TELLS = compiled(r"(?:讲|说|写|规定|要求)了?的?(?:都?是)?些?(?:什么|啥)|怎么(?:讲|说|写|规定)|(?:什么|啥|哪些)内容")
_WHOLE = 0.95
_MAY = compiled(r"可以|能不能|能否|可不可以|允许|准许|许不许|还?能.{0,10}吗|可否|行吗|行不行")


def pieces(folio: Folio, sentence: Span) -> list[Span]:
    """A sentence cut at its commas."""
    found, start = [], sentence.start
    for place in range(sentence.start, sentence.end):
        if folio.text[place] in ",，;；":
            found.append(Span(start, place))
            start = place + 1
    return [*found, Span(start, sentence.end)]


def clause_text(asked: Asked, desk: Desk, folio: Folio, clause: Clause) -> Draft:
    """What a clause is about: its heading, and how its text begins; of a part, its items."""
    children = folio.children.get(clause.id, [])
    body = folio.sentences(clause)
    label = desk.label(folio, clause)
    heading = folio.heading_span(clause)
    lines: list[Line] = []
    if heading.start < heading.end:
        text = say(asked.language, "clause", label=label, heading=clause.heading)
        lines.append(Line(text, (Quote(folio, clause, heading),), lead=False))
    if body:
        span = _fitting(folio, body)
        quoted = span.cut(folio.text)
        text = (
            say(asked.language, "prose", label=label, quote=quoted)
            if not lines
            else say(asked.language, "says", quote=quoted)
        )
        lines.append(Line(text, (Quote(folio, clause, span),)))
    for child in children:
        head = folio.heading_span(child)
        if head.start == head.end and folio.is_digest and (told := folio.sentences(child)):
            lines.append(desk.prose(asked, folio, _cut(folio, told[0], told[0].start)))
            continue
        if head.start == head.end:
            head = Span(folio.body_span(child).start, folio.body_span(child).start + min(20, len(folio.own[child.id])))
        text = say(
            asked.language, "item.plain", label=desk.label(folio, child), heading=f" {desk.heading(folio, child)}"
        )
        lines.append(Line(text, (Quote(folio, child, head),)))
    return Draft(tuple(lines))


def _fitting(folio: Folio, sentences: list[Span]) -> Span:
    """As many of the first sentences as fit; of a long first sentence, its beginning."""
    first = sentences[0]
    if first.end - first.start > LIMIT:
        return _cut(folio, first, first.start)
    end = first.end
    for span in sentences[1:]:
        if span.end - first.start > LIMIT:
            break
        end = span.end
    return Span(first.start, end)


def _cut(folio: Folio, sentence: Span, start: int) -> Span:
    """From ``start`` to the last pause that fits."""
    if sentence.end - start <= LIMIT:
        return Span(start, sentence.end)
    pauses = [p for p in range(start, min(start + LIMIT, sentence.end)) if folio.text[p] in ",，;；"]
    return Span(start, pauses[-1] if pauses else sentence.end)


# ------------------------------------------------------------ by topic


def said(asked: Asked, desk: Desk, *, digests: bool = False, enough: float = ENOUGH) -> Outcome:
    """The sentences that cover the topic; as yes or no where that is asked."""
    found = desk.find(asked.topic, enough=enough, digests=digests)
    if not found or all(len(term.text) < 2 for term in asked.topic.terms):
        return None
    top = found[0]
    if (top.heading >= 0.75 or asked.has(_TELLS)) and not asked.yes_no and _only_heading(asked.topic, top):
        return _beside_heading(asked, desk, top) or clause_text(asked, desk, top.folio, _headed(asked.topic, top))
    rated = [
        (share + _HEADING_HELP * match.heading + worded(asked, span.cut(match.folio.folded)), share, match, span)
        for match in found[:12]
        for share, span in desk.topics.best_sentences(asked.topic, match.folio, match.clause)[:_SENTENCES]
    ]
    if not rated:
        return clause_text(asked, desk, top.folio, top.clause)
    rated = [item for item in rated if not _of_other_years(asked, item[3].cut(item[2].folio.folded))]
    if not rated:
        return None
    most = max(worth for worth, _, _, _ in rated)
    chosen = [item[1:] for item in rated if item[0] >= most - 0.02][:_MOST_LINES]
    if max(_held(asked.topic, *one) for one in chosen) < _TOLD:
        return None
    if len(chosen) == 1 and (second := _completing(asked.topic, desk, *chosen[0])):
        chosen.append(second)
    lines = [_placed(asked, desk, match.folio, fitted(asked, desk, match.folio, span)) for _, match, span in chosen]
    if HOW_MUCH.search(asked.cues) and not any(_FIGURE.search(line.text.partition("“")[2]) for line in lines):
        return None
    if asked.yes_no and not (asked.intent is Intent.STATUS and asked.has(signs.STATUS)):
        told = denial(asked, desk, lines[0].quotes[-1]) or verdict(asked, lines[0].text)
        lines[0] = Line(told + lines[0].text, lines[0].quotes)
    return Draft(tuple(lines), confidence=min(0.9, chosen[0][0]))


def _placed(asked: Asked, desk: Desk, folio: Folio, span: Span) -> Line:
    """A line that quotes the text; with the heading of its clause where it is asked where something stands."""
    line, clause = desk.prose(asked, folio, span), folio.clause_at(span.start)
    head, label = folio.heading_span(clause), desk.label(folio, clause)
    if not (asked.has(_PLACE) and 0 < head.end - head.start <= _HEADING) or span.start < head.end:
        return line
    text = line.text.replace(label, f"{label} {head.cut(folio.text)}", 1)
    return Line(text, (Quote(folio, clause, head), *line.quotes))


def worded(asked: Asked, words: str) -> float:
    """What it counts that words are those of a question, list things where it asks for several, and have its numbers.

    Of sentences that hold a topic alike this tells the one that is meant (入围企业为2家的, not 3家及以上的).
    """
    pairs = [asked.text[place : place + 2] for place in range(len(asked.text) - 1)]
    share = _ECHO * sum([pair in words for pair in pairs]) / max(1, len(pairs))
    if asked.has(_SEVERAL) and not asked.units and words.count("、") > 1:
        share += _LISTS
    for done in _undone(asked):
        if done in words:
            share += _COUNTED if _is_undone(done, words) else -_COUNTED
    for value in asked.values:
        told = {number(found) for found in re.findall(rf"({HAN_NUMERAL}|\d+){re.escape(value.unit)}", words)}
        if told and value.value.isdecimal():
            share += _COUNTED if int(value.value) in told else -_COUNTED
    return share


def _undone(asked: Asked) -> list[str]:
    """The words that a question says no of (不执行任务时)."""
    found = (match["done"] for match in _UNDONE.finditer(asked.cues))
    return [done for done in found if any(done in term.text for term in asked.topic.terms)]


def _is_undone(done: str, words: str) -> bool:
    return bool(re.search(rf"(?:[非未不无]|没有){done}", words))


def _held(topic: Topic, share: float, match: Match, span: Span) -> float:
    """How much of the topic a sentence holds together with its headings."""
    folio = match.folio
    heads = [folio.heads[one.id] for one in (match.clause, *folio.ancestors(match.clause))]
    return max(share, topic.coverage("\n".join([span.cut(folio.folded), *heads])))


def _of_other_years(asked: Asked, words: str) -> bool:
    """Whether words name years, and the one asked about is neither of them nor between them."""
    years = [date.year for date in find_dates(words)]
    return bool(years) and bool(asked.dates) and not any(min(years) <= d.year <= max(years) for d in asked.dates)


def _completing(topic: Topic, desk: Desk, share: float, match: Match, span: Span) -> tuple[float, Match, Span] | None:
    """Another sentence of the clause that holds much of what the best one lacks."""
    words = span.cut(match.folio.folded) + match.folio.heads[match.clause.id]
    rest = Topic(tuple(term for term in topic.strong if term.cover(words) < 0.5))
    if rest.weight < 0.25 * topic.weight:
        return None
    for part, other in desk.topics.best_sentences(rest, match.folio, match.clause)[:1]:
        if part > 0.5:
            return share, match, other
    return None


def _beside_heading(asked: Asked, desk: Desk, match: Match) -> Outcome:
    """The sentences of a clause that hold what a question says beside its heading; None where that is nothing."""
    folio, clause = match.folio, match.clause
    heads = "\n".join(folio.heads[one.id] for one in (clause, *folio.ancestors(clause)))
    rest = Topic(tuple(term for term in asked.topic.terms if term.cover(heads) < ENOUGH))
    rated = desk.topics.best_sentences(rest, folio, clause) if rest.weight else []
    chosen = [span for share, span in rated if share >= max(_BESIDE, rated[0][0] - 0.02)][:_MOST_LINES]
    lines = tuple(desk.prose(asked, folio, trimmed(rest, folio, span)) for span in chosen)
    return Draft(lines) if lines else None


def _headed(topic: Topic, match: Match) -> Clause:
    """The clause, or the one above it where that one's heading has all of the topic as well (环境质量)."""
    folio, clause = match.folio, match.clause
    above = folio.by_id.get(clause.parent_id or "")
    return above if above and topic.coverage(folio.heads[above.id]) > _WHOLE else clause


def _only_heading(topic: Topic, match: Match) -> bool:
    head = match.folio.heads[match.clause.id]
    return topic.coverage(head) >= 0.8


def verdict(asked: Asked, evidence: str) -> str:
    if asked.has(_MAY) and _FORBIDS.search(evidence):
        return "不可以。" if asked.language == "zh" else "No. "
    if any(done in evidence and not _is_undone(done, evidence) for done in _undone(asked)):
        return ""
    if asked.has(_MAY) and _ALLOWS.search(evidence) and asked.topic.coverage(fold(evidence)) >= _SURE:
        return "可以。" if asked.language == "zh" else "Yes. "
    if asked.topic.coverage(fold(evidence)) >= _SURE and _has_other_amount(asked.text, fold(evidence)):
        return "" if asked.has(_BOUND) else say(asked.language, "no")
    if _DENIES.search(evidence) or asked.topic.coverage(fold(evidence)) < _SURE:
        return ""
    return say(asked.language, "yes")


def _has_other_amount(question: str, evidence: str) -> bool:
    """Whether the evidence counts in a measure in which the question does, and has another number (每3年, 每5年)."""
    told = _amounts(evidence)
    return any(unit in told and not numbers & told[unit] for unit, numbers in _amounts(question).items())


def _amounts(words: str) -> dict[str, set[int]]:
    """The numbers in folded words by their measure; dates are none."""
    for date in reversed([*find_dates(words)]):
        words = words[: date.span.start] + " " + words[date.span.end :]
    found: dict[str, set[int]] = {}
    for match in _AMOUNT.finditer(words):
        if (value := number(match["number"])) is not None:
            found.setdefault(match["unit"], set()).add(value)
    return found


def denial(asked: Asked, desk: Desk, quote: Quote) -> str:
    """That it is not the units asked about, where the words quoted name others and none of them."""
    folio, span = quote.folio, quote.span
    duties = [duty.unit for duty in folio.marks(quote.clause, marked=False) if span.contains(duty.span)]
    if asked.has(_SEATED) and (seat := _SEATED.search(folio.folded, span.start, span.end)):
        duties = []
        span = Span(seat.end(), min(seat.end() + _SEAT, span.end))
    named = duties or [name for _, name in desk.register.find(span.cut(folio.text))]
    if not named or not asked.units or any(map(_ANYONE.search, asked.units)):
        return ""
    held = {desk.register.canonical(unit) for unit in named}
    if held.intersection(asked.units):
        return ""
    here = {duty.unit for duty in folio.marks(quote.clause, marked=False)}  # of other work in the clause
    key = "not.responsible" if duties and not here.intersection(asked.units) else "no"
    return say(asked.language, key, units="、".join(asked.surfaces))


def fitted(asked: Asked, desk: Desk, folio: Folio, sentence: Span) -> Span:
    """A sentence trimmed to the topic; where it is asked who acts, of a long one the part that says so."""
    whole = sentence.end - sentence.start <= LIMIT * _OVER
    if whole or not (asked.who or (asked.yes_no and asked.units)):
        return trimmed(asked.topic, folio, sentence)
    return acting_part(asked.topic, desk, folio, sentence)


def acting_part(topic: Topic, desk: Desk, folio: Folio, sentence: Span) -> Span:
    """The part of a sentence from the unit that acts to the words of the topic, or from these to the unit."""
    parts = pieces(folio, sentence)
    duties = folio.marks(folio.clause_at(sentence.start), marked=False)
    rated = [topic.coverage(part.cut(folio.folded)) for part in parts]
    last = max(range(len(parts)), key=lambda place: rated[place])
    acting = [place for place, part in enumerate(parts) if any(part.contains(duty.span) for duty in duties)]
    acting = acting or [place for place, part in enumerate(parts) if desk.register.find(part.cut(folio.text))]
    first = max((place for place in acting if place <= last), default=None)
    if first is None:
        first, last = last, min(acting, default=last)
    return Span(parts[first].start, parts[last].end)


def trimmed(topic: Topic, folio: Folio, sentence: Span, limit: int = LIMIT) -> Span:
    """A sentence, or of one longer than ``limit`` and a little the part that bears the topic, whole between commas."""
    if sentence.end - sentence.start <= limit * _OVER:
        return sentence
    parts = pieces(folio, sentence)
    shares = [topic.coverage(part.cut(folio.folded)) for part in parts]
    first = next((place for place, share in enumerate(shares) if share > 0.15), 0)
    last = best = max(range(len(parts)), key=lambda place: shares[place])
    if first > best or parts[best].end - parts[first].start > limit:
        first = best
    while last + 1 < len(parts) and parts[last + 1].end - parts[first].start <= limit:
        last += 1
    while first and parts[last].end - parts[first - 1].start <= limit:
        first -= 1
    return Span(parts[first].start, parts[last].end)
