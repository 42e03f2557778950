"""The stages of a document: those a question names, and those that a date or a work falls in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from zyqa.answer.dates import Period, When, find_periods
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote, Refusal
from zyqa.answer.facts import outline
from zyqa.answer.facts.prose import clause_text, trimmed
from zyqa.answer.facts.tasks import subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.types import Clause, Span

_RHYTHM_ASKED = compiled(r"多久|多长时间|频率|频次|周期|几次|每(?:季度|半年|年|月)|间隔|隔多|季报|月报")
_STAGE = compiled(r"阶段|步骤|时期|进度|分几步|[动备施进结收坚员尾固传行]期(?![间限])")
_WHICH_STAGE = compiled(r"(?:哪个|哪一|什么|哪)(?:个)?(?:段(?:时间|时期)?|阶段|时期|步骤|时段)")
_WORK = compiled(r"(?:做|干|搞|抓|办)(?:些|点)?(?:什么|啥|哪|嘛)|任务|要求|内容|工作|怎么|如何|讲|说")
_TO_DO = compiled(r"(?:做|干|搞|抓|办|完成|忙|开展)(?:些|点)?(?:什么|啥|哪|嘛)|任务(?:是|有)|怎么(?:做|干)")
_START = compiled(r"开始|启动|起(?!草)|从(?:什么|哪|几|何|啥)")
_END = compiled(r"结束|截止|到期|为止|完成|收尾|止$|止[?,。]|到(?:什么|哪|几|何|啥)")
_RUNS = compiled(r"执行|实施|推进|进行|推行|落实|进入")  # what the whole document is
_HAPPENS = compiled(r"发生|进行|开展|举行|处于|安排")
_GOALS = compiled(r"指标|目标")
_COUNTED = compiled(r"多少|几(?:次|个|名|人|项)")
_TIME_ASKED = compiled(
    r"时间|什么时候|何时|几年|(?:几|多少)个?月|多久|多长|哪(?:几|两|一)?个?(?:年|月|天)|期|阶段(?:是|$)"
)
_SPAN = compiled(r"时间安排|进度|时间表|分几步")
_WHOLE = compiled(r"(?:执行|实施|工作|有效|适用)?期限?(?!间)|几年|多少年|多久|多长|起止|时?间?跨度")
_NOW = compiled(r"现在|目前|如今|当前|眼下|今天|[今去明前]年")
_LONGEST = compiled(r"最(?:长|久)|时间最多")
_SHORTEST = compiled(r"最短|时间最少")
_MONTHS = compiled(r"[几哪].{0,2}月|月份")
_NOT_YET = compiled(r"(?:还|尚)?(?:没有?|未|不)(?:到|进入|在|属于|处于|轮到|开始)")
_ISSUED = compiled(
    r"(?:印发|发布|出台|下发|成文|发文|公布|落款|签发)(?:的|这|那)?(?:时|(?:一|个)?[天月日]|会儿|当[天日时月]|之[日时])(?!(?:是|为)?(?:哪|几|什么|啥))"
)
_ISSUING = r"印发|发布|出台|下发|成文|发文|公布|落款|签发"
_ORDER = compiled(
    rf"比(?P<than>[^,。;?]+?)(?:还|更|要)?(?P<how>[早晚迟])|(?P<of>[早晚])于(?P<after>[^,。;?]+)"
    rf"|(?P<when>(?:{_ISSUING}|\d[年月日]?|[㐀-鿿]{{2}}阶段)(?:的时候)?)(?:之|以)?(?P<side>[前后])(?!面)"
)
_NOT_OVER = compiled(r"(?:没有?|未|不).{0,2}(?:结束|完|收尾)")
_UNLIKE, _ALIKE = compiled(r"不同|分属|两个|不(?:是|在)?(?:同一|一)个"), compiled(r"同一|同属|同在|一个阶段")
_OVER, _BEGUN = compiled(r"结束|完了|过(?:去)?了|收尾"), compiled(r"开始|启动了|开启")
_AFTER = compiled(r"之后|以后|下一|接下来|紧接|完了|结束后|后面|(?:阶段|期)(?:的)?后")
_BEFORE = compiled(r"之前|以前|上一|前一|前面|(?:阶段|期)(?:的)?前")
_LASTING = compiled(r"多久|多长|几个月|多少个?月|历时|持续|为期")
_MONTH = 4  # characters of a month without its year
_NAMED = 0.85
_ENOUGH = 0.6

Stage = tuple[Folio, Clause, Span]


def stage(asked: Asked, desk: Desk) -> Outcome:
    """The stages that a question means; None where it means none, or no document has any."""
    stages = list(_stages(desk))
    if not stages:
        return None
    if ordered := _ordered(asked, desk, stages):
        return ordered
    if asked.dates or asked.has(_ISSUED):
        if asked.has(_STAGE) or (asked.dates and not _apart(asked, stages)):
            return _placed(asked, desk, stages)
        return _named(asked, desk, stages)
    if beside := _beside(asked, desk, stages):
        return beside
    if asked.has(_STAGE) and asked.has(_NOW):
        return _now(asked, desk, stages)
    if (asked.has(_STAGE) or _name_several(asked, stages)) and (longest := _longest(asked, desk, stages)):
        return longest
    return _named(asked, desk, stages) or _whole(asked, desk, stages)


def _apart(asked: Asked, stages: list[Stage]) -> bool:
    """Whether a question speaks of more than the names of stages."""
    names = "".join(_name(folio, clause) for folio, clause, _ in stages)
    return any(not _calls(term, names) and not _RUNS.fullmatch(term.text) for term in asked.topic.strong)


def _calls(term: Term, names: str) -> bool:
    """Whether a term is a stage's name, or short or everyday for it (启动期)."""
    return any(form.removesuffix("期") in names for form in term.forms)


def _whole(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The time from the first stage to the last, where either is asked for and nothing else is."""
    spoken = "".join(found.group() for found in _WHOLE.finditer(asked.cues))
    if any(term.text not in spoken and len(term.text) > 1 for term in asked.topic.strong) or asked.has(_GOALS):
        return None
    if asked.has(_TO_DO) and not asked.has(_TIME_ASKED):
        return clause_text(asked, desk, *stages[0][:2]) if len(stages) == 1 else None
    if asked.has(_STAGE) or asked.has(_SPAN):
        return _all_stages(asked, desk, stages)
    first, last = bool(asked.has(_START)), bool(asked.has(_END))
    if first is not last:
        return Draft((_stage_line(asked, desk, *stages[0 if first else -1]),))
    if first or asked.has(_WHOLE):
        return Draft(tuple(_stage_line(asked, desk, *stages[end], lasting=False) for end in (0, -1)))
    return None


def _longest(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stage that lasts longest, or shortest."""
    if not (asked.has(_LONGEST) or asked.has(_SHORTEST)):
        return None
    chosen = (max if asked.has(_LONGEST) else min)(stages, key=_months)
    return Draft((_stage_line(asked, desk, *chosen, lasting=True),))


def _name_several(asked: Asked, stages: list[Stage]) -> bool:
    """Whether a question names several stages, if only by what they are named after (启动、实施、总结)."""
    stems = {_name(folio, clause).removesuffix("阶段") for folio, clause, _ in stages}
    return sum(stem in asked.text for stem in stems) > 1


def _months(stage: Stage) -> int:
    period = _period(stage)
    return 12 * (period.last.year - period.first.year) + period.last.month - period.first.month + 1


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
        edge = "最后一" if step > 0 else "第一"
        return Refusal(f"{_name(*stages[places[0]][:2])}是{edge}个阶段。")
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
    if len(lines) == 1:
        return Draft(tuple(lines))
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


def _stage_line(
    asked: Asked, desk: Desk, folio: Folio, clause: Clause, span: Span, *, lasting: bool | None = None
) -> Line:
    label = desk.label(folio, clause)
    head = folio.heading_span(clause)
    quote = head if head.start <= span.start < head.end else Span(clause.span.start, span.end)
    written = span.cut(folio.text)
    if (asked.has(_LASTING) if lasting is None else lasting) and asked.language == "zh":
        written += f",历时{_months((folio, clause, span))}个月"
    text = say(asked.language, "stage", name=_name(folio, clause), span=written, label=label)
    return Line(text, (Quote(folio, clause, quote),))


def _named(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stages that a question names, or whose work it speaks of."""
    strong = Topic(asked.topic.strong)
    named = [stage for stage in stages if _name(*stage[:2]) in asked.text]
    named = named or [stage for stage in stages if strong and strong.coverage(stage[0].heads[stage[1].id]) > _NAMED]
    named = named or [stage for stage in stages if _is_called(asked, *stage[:2])]
    named = named or [stage for stage in stages if _opens(asked, *stage[:2])]
    timed = _TIME_ASKED.search(asked.cues)
    if named and (_COUNTED.search(asked.cues) or asked.who) and not timed:
        return None
    if named and _WORK.search(asked.cues) and not timed:
        return clause_text(asked, desk, *named[0][:2])
    if named:
        return Draft(tuple(_stage_line(asked, desk, *stage) for stage in named))
    return _working(asked, desk, stages) if asked.topic.strong else None


def _working(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stage whose work a question speaks of, with what is said of it."""
    if not asked.has(_WHICH_STAGE) and (asked.has(_RHYTHM_ASKED) or not asked.has(_TIME_ASKED)):
        return None
    told = tuple(term for term in asked.topic.terms if not _HAPPENS.fullmatch(term.text))
    asked = replace(asked, topic=replace(asked.topic, terms=told))
    if not asked.topic.strong:
        return None
    folio, clause, span = max(stages, key=lambda stage: asked.topic.coverage(stage[0].own[stage[1].id]))
    share = asked.topic.coverage(folio.own[clause.id])
    best = desk.best(asked.topic)
    rival = not asked.has(_WHICH_STAGE) and not asked.has(_MONTHS) and all(m.clause.id != clause.id for m in best)
    if share < (_ENOUGH if asked.has(_WHICH_STAGE) else _NAMED) or rival:
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
    return not asked.topic.strong and bool(
        re.search(rf"{edge}{stem}|{stem}{edge}|{stem}(?:阶段|时?期)|时候{stem}", asked.text)
    )


def _placed(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """The stages that the dates asked about fall in, or the date of issue; of several dates whether in the same."""
    dates = [(when, _written(when, asked)) for when in asked.dates] or list(_issued(stages))
    if len(dates) < 2 or (asked.yes_no and not (asked.has(_UNLIKE) or asked.has(_ALIKE))):
        return _falls(asked, desk, stages, *dates[0]) if dates else _named(asked, desk, stages)
    plain = replace(asked, yes_no=False)
    told = [_falls(plain, desk, stages, *date) for date in dates]
    drafts = [one for one in told if isinstance(one, Draft)]
    if len(drafts) < len(told):
        return next(one for one in told if not isinstance(one, Draft))
    lines = tuple(dict.fromkeys(line for draft in drafts for line in draft.lines))
    if not asked.yes_no:
        return Draft(lines)
    alike = len({tuple(quote.clause.id for line in draft.lines for quote in line.quotes) for draft in drafts}) == 1
    verdict = say(asked.language, "yes" if alike is not asked.has(_UNLIKE) else "no")
    return Draft((Line(verdict + lines[0].text, lines[0].quotes), *lines[1:]))


def _ordered(asked: Asked, desk: Desk, stages: list[Stage]) -> Outcome:
    """Whether a stage begins, or ends, before or after a date or the day of issue (实施阶段比印发还早吗)."""
    named = [stage for stage in stages if _name(*stage[:2])[:2] in asked.text]
    moment = [(when, _written(when, asked)) for when in asked.dates] or list(_issued(stages))
    found = _ORDER.search(asked.text)
    if not (found and asked.yes_no and len(named) == len(moment) == 1 and asked.language == "zh"):
        return None
    if not (asked.dates or re.search(_ISSUING, asked.text)):
        return None
    when, ends = moment[0][0], bool(asked.has(_OVER) or asked.has(_END))
    edge = _period(named[0]).last if ends else _period(named[0]).first
    earlier, later = edge < when.first, edge > when.last
    than = found["than"] or found["after"] or found["when"]
    swapped = _name(*named[0][:2])[:2] in than
    wants_earlier = ((found["how"] or found["of"] or found["side"]) in "早前") is not swapped
    line = _stage_line(asked, desk, *named[0])
    verdict = say(asked.language, "yes" if (earlier if wants_earlier else later) else "no")
    issued = None if asked.dates else outline.issued(asked, named[0][0])
    return Draft((Line(verdict + line.text, line.quotes), *([issued] if issued else [])))


def _written(when: When, asked: Asked) -> str:
    """A date as the question writes it, with its year."""
    words = when.span.cut(asked.text)
    return words if re.match(r"[\d一二]+(?:月|$)", words) is None or len(words) > _MONTH else f"{when.year}年{words}"


def _issued(stages: list[Stage]) -> Iterable[tuple[When, str]]:
    """The day on which the document of the stages was issued."""
    if issued := stages[0][0].document.issued:
        day = date.fromisoformat(issued)
        written = f"{day.year}年{day.month}月{day.day}日"
        yield When(day, day, Span(0, 0), "day"), written


def _falls(asked: Asked, desk: Desk, stages: list[Stage], when: When, written: str) -> Outcome:
    """The stages that a date falls in; yes or no where one is named, or said to be over or begun."""
    hits = [stage for stage in stages if when.touches(_period(stage).first, _period(stage).last)]
    if not hits:
        return _outside(asked, desk, stages, when, written)
    lines = [_stage_line(asked, desk, *hit) for hit in hits]
    names = "和".join(_name(folio, clause) for folio, clause, _ in hits)
    if asked.language == "en":
        head = f"{written}: {names}. "
    elif asked.yes_no:
        named = [stage for stage in stages if _name(*stage[:2])[:2] in asked.text]
        head = f"{'是' if _is_so(asked, named, hits, when) else '不是'},{written}处于{names}。"
    else:
        head = f"{written}处于{names}。"
    if len(hits) == 1 and asked.has(_TO_DO) and not asked.yes_no:
        lines += clause_text(asked, desk, *hits[0][:2]).lines
    return Draft((Line(head + lines[0].text, lines[0].quotes), *lines[1:]))


def _is_so(asked: Asked, named: list[Stage], hits: list[Stage], when: When) -> bool:
    """Whether the stages named are as the question says on a date: running, not yet, over, or begun."""
    if named and asked.has(_OVER):
        return all(_period(stage).last < when.first for stage in named) is not asked.has(_NOT_OVER)
    if named and asked.has(_BEGUN) and not asked.has(_NOT_YET):
        return all(_period(stage).first <= when.last for stage in named)
    return (not named or any(stage in hits for stage in named)) is not asked.has(_NOT_YET)


def _outside(asked: Asked, desk: Desk, stages: list[Stage], when: When, written: str) -> Outcome:
    """That a date lies before or after all stages."""
    if not asked.yes_no:
        return Refusal(f"{subject(desk)}规定的各阶段都不包括{written}。")
    late = when.first > max(_period(stage).last for stage in stages)
    line = _stage_line(asked, desk, *stages[-1 if late else 0])
    return Draft((Line(say(asked.language, "no") + line.text, line.quotes),))
