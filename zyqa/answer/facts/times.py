"""When: stages and the one a date falls in, deadlines, reporting rhythms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from zyqa.answer.dates import Period, find_dates, find_periods
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts.prose import clause_text, pieces, trimmed
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.types import Clause, Span

_RHYTHM_ASKED = re.compile(r"多久|多长时间|频率|频次|周期|几次|每(?:季度|半年|年|月)|间隔|隔多|季报|月报")
_RHYTHM = re.compile(r"每(?:个|一)?(?:季度|半年|年|月|周|日|两年)|逐年|逐月|按(?:季度?|月|年)|定期|(?:一|两|三)年一次")
_TIME = re.compile(
    r"\d{4}\s*年|每(?:季度|半年|年|月)|\d+\s*个?(?:工作日|日内|天内|月内|年内)|年底|月底|即日|自.{1,12}起"
)
_STAGE = re.compile(r"阶段|步骤|时期|进度|分几步")
_WHICH_STAGE = re.compile(r"(?:哪个|哪一|什么|哪)(?:个)?(?:阶段|时期|步骤)")
_WORK = re.compile(r"(?:做|干|搞|抓|办)(?:些|点)?(?:什么|啥|哪)|任务|要求|内容|工作|怎么|如何|讲|说")
_EDGE = re.compile(r"结束|截止|到期|为止|完成|开始|启动|起(?!止)")
_END = re.compile(r"结束|截止|到期|为止|完成")
_COUNTED = re.compile(r"多少|几(?:次|个|名|人|项)")
_TIME_ASKED = re.compile(r"时间|什么时候|何时|几年|几个?月|多久|多长|哪(?:几|两|一)?个?(?:年|月|天)|期|阶段(?:是|$)")
_SPAN = re.compile(r"期限|从.{0,8}到|几年|多久|多长|起止|时间安排|进度|时间表|执行期|实施期")
_NOW = re.compile(r"现在|目前|如今|当前|眼下|今天")
_AFTER = re.compile(r"之后|以后|下一|接下来|紧接|完了|结束后|后面|(?:阶段|期)(?:的)?后")
_BEFORE = re.compile(r"之前|以前|上一|前一|前面|(?:阶段|期)(?:的)?前")
_LASTING = re.compile(r"多久|多长|几个月|多少个?月|历时|持续|为期")
_DATED = re.compile(r"\d{1,2}月|\d{4}年|年底|月底|每(?:季度|半年|年|月)")
_LINK = re.compile(r"[\s,，]*(?:并且?|同时|以及)?")
_ACTOR_ASKED = re.compile(r"谁|哪些?(?:单位|部门)")
_NAMED = 0.85
_ENOUGH = 0.6

Stage = tuple[Folio, Clause, Span]


def when(asked: Asked, desk: Desk) -> Outcome:
    """The stage, rhythm or date a question asks for."""
    stages = list(_stages(desk))
    if asked.dates and stages and (asked.has(_STAGE) or not asked.topic.strong):
        return _falls(asked, desk, stages)
    if stages and (beside := _beside(asked, desk, stages)):
        return beside
    if stages and not asked.dates and asked.has(_NOW) and asked.has(_STAGE):
        return _now(asked, desk, stages)
    if stages and (chosen := _stage_named(asked, desk, stages)):
        return chosen
    if stages and not asked.topic.strong:
        if asked.has(_EDGE) and not asked.has(_STAGE):
            return Draft((_stage_line(asked, desk, *stages[-1 if asked.has(_END) else 0]),))
        if asked.has(_STAGE) or asked.has(_SPAN):
            return _all_stages(asked, desk, stages)
    return _sentence(asked, desk)


def _beside(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stage after or before the one that the question names."""
    step = 1 if asked.has(_AFTER) else -1 if asked.has(_BEFORE) else 0
    strong = Topic((*asked.topic.strong, *asked.topic.context))
    places = [
        place
        for place, (folio, clause, _) in enumerate(stages)
        if _is_called(asked, folio, clause) or (strong and strong.coverage(folio.heads[clause.id]) > _NAMED)
    ]
    if not step or len(places) != 1 or not asked.has(_STAGE):
        return None
    if not 0 <= (place := places[0] + step) < len(stages):
        edge = "最后" if step > 0 else "第一"
        return Refusal(f"{_name(*stages[places[0]][:2])}是{edge}一个阶段。")
    return Draft((_stage_line(asked, desk, *stages[place]),))


def _now(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stage of today; when all are over, the last one with a note."""
    today = date.today()
    last = max(stages, key=lambda stage: _period(stage).last)
    running = [stage for stage in stages if _period(stage).first <= today <= _period(stage).last]
    if running:
        return Draft(tuple(_stage_line(asked, desk, *stage) for stage in running))
    if today <= _period(last).last:
        return None
    note = "All stages are over." if asked.language == "en" else "各阶段都已结束。"
    return Draft((_stage_line(asked, desk, *last),), notes=(note,))


def _period(stage: Stage) -> Period:
    folio, _, span = stage
    return next(find_periods(span.cut(folio.folded)))


def _all_stages(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    lines = [_stage_line(asked, desk, *stage) for stage in stages]
    quotes = tuple(quote for line in lines for quote in line.quotes)
    return Draft((Line(say(asked.language, "list", count=len(lines)), quotes, lead=True), *lines))


def _stages(desk: Desk) -> Iterable[Stage]:
    """The clauses whose heading (or first words) name a period."""
    for folio in desk.originals or desk.folios:
        for clause in folio.clauses:
            if clause.marker is None:
                continue
            head = Span(clause.span.start, min(clause.span.end, clause.span.start + 60))
            for period in find_periods(head.cut(folio.folded)):
                yield folio, clause, Span(head.start + period.span.start, head.start + period.span.end)
                break


def _name(folio: Folio, clause: Clause) -> str:
    return re.split(r"[(（]", clause.heading or "")[0] or clause.label


def _stage_line(asked: Asked, desk: Desk, folio: Folio, clause: Clause, span: Span) -> Line:
    label = desk.label(folio, clause)
    head = folio.heading_span(clause)
    quote = head if head.start <= span.start < head.end else Span(clause.span.start, span.end)
    written = span.cut(folio.text)
    if asked.has(_LASTING) and asked.language == "zh":
        period = _period((folio, clause, span))
        months = 12 * (period.last.year - period.first.year) + period.last.month - period.first.month + 1
        written += f",历时{months}个月"
    text = say(asked.language, "stage", name=_name(folio, clause), span=written, label=label)
    return Line(text, (Quote(folio, clause, quote),))


def _stage_named(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    strong = Topic(asked.topic.strong)
    named = [stage for stage in stages if strong and strong.coverage(stage[0].heads[stage[1].id]) > _NAMED]
    named = named or [stage for stage in stages if _is_called(asked, *stage[:2])]
    named = named or [stage for stage in stages if _opens(asked, *stage[:2])]
    if named and _COUNTED.search(asked.cues) and not _TIME_ASKED.search(asked.cues):
        return None
    if named and _WORK.search(asked.cues) and not _TIME_ASKED.search(asked.cues):
        return clause_text(asked, desk, *named[0][:2])
    if named:
        return Draft(tuple(_stage_line(asked, desk, *stage) for stage in named))
    if not asked.has(_WHICH_STAGE) or not asked.topic:
        return None
    folio, clause, span = max(stages, key=lambda stage: asked.topic.coverage(stage[0].own[stage[1].id]))
    if asked.topic.coverage(folio.own[clause.id]) < _ENOUGH:
        return None
    _, sentence = desk.topics.best_sentences(asked.topic, folio, clause)[0]
    shown = trimmed(asked.topic, folio, sentence)
    return Draft((_stage_line(asked, desk, folio, clause, span), desk.prose(asked, folio, shown)))


def _is_called(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether an everyday word of the question stands for the stage's name."""
    return any(_name(folio, clause) in term.forms for term in asked.topic.terms)


def _opens(asked: Asked, folio: Folio, clause: Clause) -> bool:
    """Whether the question asks when what the stage is named after begins or ends (什么时候开始启动)."""
    stem = re.escape(_name(folio, clause).removesuffix("阶段"))
    edge = r"(?:开始|结束|完成|正式)"
    return not asked.topic.strong and bool(re.search(rf"{edge}{stem}|{stem}{edge}|{stem}阶段|时候{stem}", asked.text))


def _falls(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    asked_for = asked.dates[0]
    written = asked_for.span.cut(asked.text)
    hits = []
    for folio, clause, span in stages:
        period = next(find_periods(span.cut(folio.folded)))
        if asked_for.touches(period.first, period.last):
            hits.append((folio, clause, span))
    if not hits:
        return Refusal(f"{subject(desk)}规定的各阶段都不包括{written}。")
    lines = [_stage_line(asked, desk, *hit) for hit in hits]
    names = "和".join(_name(folio, clause) for folio, clause, _ in hits)
    if asked.language == "en":
        head = f"{written}: {names}. "
    elif asked.yes_no:
        named = [hit for hit in hits if _name(hit[0], hit[1]) in asked.text or _name(hit[0], hit[1])[:2] in asked.text]
        head = f"{'是' if named else '不是'},{written}处于{names}。"
    else:
        head = f"{written}处于{names}。"
    return Draft((Line(head + lines[0].text, lines[0].quotes), *lines[1:]))


def _sentence(asked: Asked, desk: Desk) -> Outcome:
    """The sentence that covers the topic and names a time or a rhythm."""
    rhythm = asked.has(_RHYTHM_ASKED)
    pattern = _RHYTHM if rhythm else _TIME
    topic = asked.topic
    if not topic.weight:
        return None
    rated = []
    for match in desk.topics.match(topic, desk.originals or desk.folios):
        for span in match.folio.sentences(match.clause):
            words = span.cut(match.folio.folded)
            if found := pattern.search(words):
                head = match.folio.heads[match.clause.id]
                share = topic.coverage(words + "\n" + head)
                vague = 0.05 if found.group() == "定期" else 0.0
                rated.append((share - vague, -found.start(), match.folio, span))
    if not rated or max(rated, key=lambda item: item[0])[0] < _ENOUGH:
        return None
    top = max(item[0] for item in rated)
    best = [item for item in rated if item[0] >= top - 0.02][:3]
    lines = tuple(desk.prose(asked, folio, _timed(asked, desk, folio, span, pattern)) for _, _, folio, span in best)
    return Draft(lines, confidence=top)


def _timed(asked: Asked, desk: Desk, folio: Folio, sentence: Span, pattern: re.Pattern[str]) -> Span:
    """The part of a sentence with both the topic and the time."""
    several = len(_DATED.findall(sentence.cut(folio.folded))) > 1 and not asked.has(_ACTOR_ASKED)
    if several and (own := _own_date(asked, folio, sentence, pattern)):
        return own
    if sentence.end - sentence.start <= 110:
        return sentence
    shown = trimmed(asked.topic, folio, sentence)
    if pattern.search(shown.cut(folio.folded)):
        return shown
    found = pattern.search(sentence.cut(folio.folded))
    start = min(shown.start, sentence.start + found.start()) if found else shown.start
    return Span(start, shown.end)


def _own_date(asked: Asked, folio: Folio, sentence: Span, pattern: re.Pattern[str]) -> Span | None:
    """Of a sentence with several times the phrase that has the topic and its time, where one alone has them."""
    rated = [(asked.topic.coverage(part.cut(folio.folded)), part) for part in pieces(folio, sentence)]
    share, best = max(rated, key=lambda item: item[0])
    rivals = [part for other, part in rated if other >= share - 0.05 and part != best]
    if rivals or share < _ENOUGH or not pattern.search(best.cut(folio.folded)):
        return None
    start = best.start + len(_LINK.match(best.cut(folio.text)).group())  # type: ignore[union-attr]
    return Span(start, best.end)


def dated(asked: Asked, text: str) -> bool:
    """Whether a text names the years a question names."""
    years = {when.year for when in find_dates(text)}
    return all(one.year in years for one in asked.dates)


def without_dates(asked: Asked) -> Asked:
    return replace(asked, dates=())
