"""Values to reach: by subject, by clause, by unit, by value, by year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Refusal
from zyqa.answer.facts import aims, amounts, contrast, goals, places, target_choice, values, worded
from zyqa.answer.facts.target_lines import Row, affirmed, around, deadline_of, listed
from zyqa.answer.facts.target_places import ALL, COLLECTIVE, Place, by_year, under_headings, without_cue
from zyqa.answer.facts.tasks import held_by, subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.types import Role

_LISTED = compiled(r"指标|量化|数字|数值|目标值|有哪些")
_FIGURES = compiled(r"数字|数值|量化|百分|数量|比率|多少|(?:[几两三四五六给报说]个|什么|啥)数(?!目|[据量字])")
_MORE_THAN_FIGURES = compiled(r"(?:事情?|任务|工作|要求|内容|举措)(?:和|与|以?及|、)(?:数字|数值|量化|指标)")
_UNNUMBERED = compiled(
    r"(?:没有?|不带|无|非)(?:具体|明确)?(?:数字|数值|量化|数|百分)|定性|文字(?:性|类|型)?的?(?:描述|表述|叙述|写|目标|要求)|用文字|(?:不是|非)数字"
)
_OPEN = compiled(
    r"(?:做到|做成|达成|实现|完成|达到|交出|干成|要做|得做)(?:些|成|的是)?(?:何种|什么(?!程度|水平|标准)|啥(?!程度|水平|标准)|哪)"
    r"|任务|成绩|成效|(?:哪(?:几|些)|几)(?:件|条|样|点)"
)
_INDICATORS = compiled(r"指标(?!体系)")
_FEW = 2  # clauses whose goals are told in full
_GOALS = compiled(r"指标|目标|任务")
_NUMBER = compiled(r"多少|几(?!样|条|件|点)|百分之")
_UNIT_ASKED = (
    (
        "%",
        compiled(r"[以用按带写成]{0,2}百分[比数率](?:来|的形式)?(?:表[示述达现]|计算?|衡量|体现|[定设说讲写算给])?"),
    ),
    (
        "个百分点",
        compiled(
            r"[以用按带写成]{0,2}[“\"]?个?百分点[”\"]?(?:来|的形式)?(?:表[示述达现]|计算?|衡量|体现|[定设说讲写算给])?"
        ),
    ),
)
_PARTS_COUNTED = compiled(r"(?:几|多少)(?:个|大|类|条|项)*(?:[大小子][项类块点款]|行业|方面|领域|部分|条目|行当)")
_CHANGE = compiled(r"提[高升]|上升|增[长加]|变化|改善|幅度|提升幅度|涨幅|增幅")
_NAMED = 0.9
_BETTER = 0.2  # so much more of the topic must words without a number hold to answer instead of one
_LEAST = 0.45  # of the topic with the targets themselves, or they are about something else
_EVERY = compiled(r"[“\"]全部[”\"]|全部(?:要|得|都|必须)?(?:做到|纳入|达[到标]|实现|通过|完成|建立|符合|覆盖)")
_OR_FIGURES = compiled(
    r"(?:量化|数字|数值|数量)[^,。]{0,3}[和与或及、]|[和与或及、](?:有|带|其他|其它)?(?:量化|数字|数值|数量)"
)
_COUNTED = compiled(
    r"数量(?:类|型|性|的?目标|的?指标)|[带以用按][“\"]?(?P<unit>[个项户家])[”\"]?(?:为单位|的|来|计|字)"
)
_SEVERAL = compiled(r"哪[些几]|都有|所有|列")
_EXCEPTED = compiled(
    r"(?:除(?:了|去|开)?)?[^,。?除]{2,12}?(?:之外|以外|除外),?|除(?:了|去|开)?[^,。?]{2,12}?外(?!资|商),?"
)
_EXAMPLES = compiled(
    r"[,。?;:](?:就是|也就是|比如|譬如|例如|像|如)[^?]*[?。]?$"
    r"|[,;][^,]*(?:这些|那些|之类|等等|什么的|[都也]算|[这那]种|[这那]几样)(?:的)?[?。]?$"
)
_BARE = compiled(r"(?:指标|目标)(?:值|数)?|数[字值]?|字|百分[数比点]|领域|行业|方面")


def targets(asked: Asked, desk: Desk) -> Outcome:
    """The targets a question means, each in the words of its clause; of a clause asked for as a whole, all goals."""
    valued = asked.values or asked.has(_GOALS) or asked.has(_LISTED) or target_choice.measured(asked.topic)
    if asked.has(_PARTS_COUNTED) and not valued:
        return None
    if asked.intent is Intent.WHEN and not asked.topic.strong and (told := _deadlines(asked, desk)):
        return told
    if asked.dates and not _year_known(asked, desk):
        year = asked.dates[0].span.cut(asked.text)
        return Refusal(f"{subject(desk)}没有规定{year}的目标值。")
    if said := worded.worded(asked, desk, counted=asked.has(_COUNTED) or "多少" in asked.cues):
        return said
    asked = _without_examples(asked)
    asked = replace(asked, topic=without_cue(asked))
    asked, rows = _of_kind(_without(asked, _BARE), list(_rows(asked, desk)))
    asked, rows = _without_excepted(asked, rows)
    if asked.units:
        rows = _of_units(asked, desk, rows) or ([] if not asked.topic.strong else rows)
    if asked.values and not asked.topic.strong and not asked.address:
        return listed(asked, desk, values.fitting(asked, rows))
    if asked.has(_SEVERAL) and values.bounded(asked) and (fit := values.fitting(asked, rows)):
        return listed(asked, desk, target_choice.chosen(replace(asked, values=()), fit, listing=True))
    if asked.address and not asked.topic.strong:
        return _of_places(asked, desk, _addressed(asked, desk), rows)
    if not asked.topic.strong and asked.units:
        return _of_places(asked, desk, list(dict.fromkeys((folio, clause) for folio, clause, _ in rows)), rows)
    if not asked.topic and asked.most:
        return listed(asked, desk, values.extreme(asked, rows))
    if not asked.topic:
        every = asked.has(ALL) or asked.has(_EVERY) or (asked.has(_SEVERAL) and _is_of_kind(asked))
        return listed(asked, desk, rows) if every and rows else None
    if beside := contrast.contrasted(asked, desk, rows):
        return beside
    if headed := under_headings(asked, desk):
        return _of_places(asked, desk, headed, rows)
    if asked.has(_GOALS) and (told := aims.of_one(asked, desk)):
        return told
    if _is_open(asked) and not asked.has(_FIGURES) and not asked.values and (told := _openly(asked, desk)):
        return told
    return _by_subject(asked, desk, rows) or _openly(asked, desk) or amounts.amount(asked, desk) or _unset(asked, desk)


def _unset(asked: Asked, desk: Desk) -> Refusal | None:
    """That a measure of something known has no value, where one is asked for."""
    bare = any(asked.text.rstrip("?。").endswith(term.text) for term in asked.topic.terms)
    valued = bare or asked.has(_NUMBER) or asked.has(_GOALS)
    if not valued or not target_choice.measured(asked.topic) or asked.topic.strange:
        return None
    return Refusal(f"{subject(desk)}没有规定“{asked.topic}”的目标值。")


def due(asked: Asked, desk: Desk) -> Outcome:
    """By when a measure, or a thing that a value is named of, is to reach its value."""
    if not target_choice.measured(asked.topic) and not asked.values:
        return None
    rows = target_choice.chosen(asked, list(_rows(asked, desk)), listing=False)
    dated = [row for row in rows if row[2].deadline]
    return listed(asked, desk, dated) if dated and target_choice.nearness(asked.topic, dated[0]) >= _NAMED else None


def _openly(asked: Asked, desk: Desk) -> Outcome:
    """All that the clause of the topic is to reach, where no measure and no number is asked for."""
    if target_choice.measured(Topic(asked.topic.strong)) or (asked.has(_NUMBER) and not _is_open(asked)):
        return None
    return goals.of_topic(asked, desk) if asked.has(_GOALS) or _is_open(asked) else None


def _is_open(asked: Asked) -> bool:
    """Whether a question wants whatever is to be reached."""
    return asked.has(_OPEN) or by_year(asked)


def _by_subject(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    listing = asked.has(ALL) or asked.has(_LISTED)
    rows = target_choice.chosen(asked, rows, listing=listing)
    if not rows or (asked.values and asked.has(_NUMBER) and not values.fitting(asked, rows)):
        return None  # a value named beside the one asked for is a case, and no target
    near = max(target_choice.nearness(asked.topic, row) for row in rows)
    one = len(rows) == 1 or len(target_choice.groups_of(asked)[0]) == 1
    if one and not (listing or asked.values or asked.has(_NUMBER)) and (said := _said(asked, desk, near + _BETTER)):
        return said
    if not asked.values and all(target_choice.nearness(asked.topic, row, before=True) < _LEAST for row in rows):
        return None
    if listing and len(rows) > 1 and asked.has(COLLECTIVE) and not target_choice.measured(asked.topic):
        return _of_places(asked, desk, [row[:2] for row in rows], rows)
    return listed(asked, desk, rows)


def _said(asked: Asked, desk: Desk, enough: float) -> Draft | None:
    """The words between two commas that hold more of the topic than ``enough``, and every measure of it."""
    found = goals.phrase(asked, desk)
    if found is None or found[0] <= enough:
        return None
    _, folio, span = found
    measured = target_choice.measures_all(asked.topic, span.cut(folio.folded))
    return Draft((affirmed(asked, desk.prose(asked, folio, span)),)) if measured else None


def _of_places(asked: Asked, desk: Desk, meant: list[Place], rows: list[Row]) -> Outcome:
    """The targets of some clauses; of one clause, or two asked for their goals, all goals unless numbers are wanted."""
    ids = {(folio.id, clause.id) for folio, clause in meant}
    rows = [row for row in rows if (row[0].id, row[1].id) in ids]
    holders = list(dict.fromkeys(row[:2] for row in rows))
    whole = (not asked.has(_FIGURES) or asked.has(_MORE_THAN_FIGURES)) and len(holders) <= (
        1 if asked.has(_INDICATORS) else _FEW
    )
    if asked.has(_UNNUMBERED) or not rows or (len(holders) > _FEW and by_year(asked) and not asked.has(COLLECTIVE)):
        whole, holders = True, meant[:1]
    return (goals.told(asked, desk, holders) if whole else None) or listed(asked, desk, rows)


def _addressed(asked: Asked, desk: Desk) -> list[Place]:
    """The clause that is addressed and those below it."""
    return [
        (folio, below) for folio, clause in places.places(asked, desk) for below in (clause, *folio.descendants(clause))
    ]


def _without(asked: Asked, empty: re.Pattern[str], cue: str = "") -> Asked:
    """The question without the words that say nothing of a subject, or stand in a cue."""
    topic = asked.topic
    terms = tuple(term for term in topic.terms if not (empty.fullmatch(term.text) or term.text in cue))
    strange = tuple(term for term in topic.strange if not (empty.fullmatch(term.text) or term.text in cue))
    return replace(asked, topic=replace(topic, terms=terms, strange=strange))


def _without_examples(asked: Asked) -> Asked:
    """The question without the words that only give examples of what it asks for all of (…,满意度啊正点率啊这些)."""
    found = _EXAMPLES.search(asked.text)
    head = asked.text[: found.start()] if found else ""
    said = any(value.span.end <= len(head) for value in asked.values) or any(t.text in head for t in asked.topic.strong)
    if not found or not said or not (ALL.search(head) or COLLECTIVE.search(head)):
        return asked
    return replace(asked, topic=asked.topic.without(found.group(), head))


def _without_excepted(asked: Asked, rows: list[Row]) -> tuple[Asked, list[Row]]:
    """The question and the targets without what it sets aside (飞天奖以外,工程质量还有哪些指标)."""
    found = _EXCEPTED.search(asked.text)
    if not found or asked.units or asked.values:
        return asked, rows
    rest = asked.text.replace(found.group(), "")
    named = [term for term in asked.topic.strong if term.text in found.group() and term.text not in rest]
    kept = [
        row for row in rows if not any(term.cover(around(row[0], row[2]).cut(row[0].folded)) >= 1 for term in named)
    ]
    return replace(asked, text=rest, topic=asked.topic.without(found.group(), rest)), kept


def _is_of_kind(asked: Asked) -> bool:
    return any(cue.search(asked.cues) for _, cue in _UNIT_ASKED)


def _of_kind(asked: Asked, rows: list[Row]) -> tuple[Asked, list[Row]]:
    """The question and the targets, where it asks for those in per cent, in points, in numbers, or of all things."""
    cues = {unit: found.group() for unit, cue in _UNIT_ASKED if (found := cue.search(asked.cues))}
    if fit := [row for row in rows if row[2].unit in cues and row[2].comparator != "全部"]:
        return _without(asked, _CHANGE, " ".join(cues.values())), fit
    if counted := _COUNTED.search(asked.cues):
        fit = [row for row in rows if row[2].unit == counted["unit"]]
        return asked, fit or [row for row in rows if row[2].unit not in ("%", "个百分点")]
    if asked.has(_EVERY) and not asked.values and not asked.has(_OR_FIGURES):
        return asked, [row for row in rows if row[2].comparator == "全部"]
    return asked, rows


# ------------------------------------------------------------ by time, address, unit


def _deadlines(asked: Asked, desk: Desk) -> Outcome:
    """By when most targets are to be reached."""
    spans = [
        (folio, span) for folio, _, target in _rows(asked, desk) if (span := deadline_of(folio, target, target.span))
    ]
    written = Counter(span.cut(folio.text) for folio, span in spans)
    if not written or not asked.has(_GOALS):
        return None
    most = written.most_common(1)[0][0]
    quotes = tuple(dict.fromkeys(desk.quote(folio, span) for folio, span in spans if span.cut(folio.text) == most))
    return Draft((Line(say(asked.language, "deadline", deadline=most), quotes),), confidence=0.7)


def _year_known(asked: Asked, desk: Desk) -> bool:
    """Whether every year asked for is one that the documents set something for."""
    return all(
        any(re.search(rf"{when.year}年", folio.text) and _reaches(folio, when.year) for folio in desk.folios)
        for when in asked.dates
    )


def _reaches(folio: Folio, year: int) -> bool:
    return any(str(year) == str(target.deadline or "")[:4] for rows in folio.targets.values() for target in rows)


def _rows(asked: Asked, desk: Desk) -> Iterable[Row]:
    whole = ((folio, clause) for folio in desk.originals or desk.folios for clause in folio.clauses)
    for folio, clause in _addressed(asked, desk) if asked.address else whole:
        for target in folio.targets.get(clause.id, ()):
            yield folio, clause, target


def _of_units(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    """The targets of what the units lead, or have the role in that is named; without a lead, of all their work."""
    held = [
        (duty.role, folio.id, clause.id)
        for unit in asked.units
        for folio, clause, duty in held_by(desk, unit)
        if asked.role is None or duty.role is asked.role
    ]
    led = [row for row in rows if (Role.LEAD, row[0].id, row[1].id) in held]
    return led or [row for row in rows if any(tuple(place) == (row[0].id, row[1].id) for _, *place in held)]
