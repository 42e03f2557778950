"""Values to reach: by subject, by clause, by unit, by value, by year."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Refusal
from zyqa.answer.facts import prose
from zyqa.answer.facts.target_lines import Row, around, deadline_of, listed, same
from zyqa.answer.facts.tasks import held_by, subject
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term, Topic
from zyqa.types import Span, Target

_MEASURE = re.compile(r"率$|度$|指数$|数$|(?<![质计])量$|比例$|比重$|天数$|值$|规模$|面积$|收入$|产值$")
_ALL = re.compile(
    r"哪些|所有|全部|列出|都有|各(?:是|项|行业|定|有|要)|汇总|哪个行业|分别|几个.*(?:指标|目标)|数字|量化|(?:指标|目标)(?:有|是)|有(?:什么|啥)"
)
ENOUGH = 0.62  # share of the topic that a target must cover
_LOOSE = 0.4
_LISTED = re.compile(r"指标|量化|数字|目标值|有哪些")
_OVER = re.compile(r"超过|大于|高于|多于")
_LEAST = re.compile(r"不低于|不少于|不小于|至少")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_GOALS = re.compile(r"指标|目标|任务")
_NUMBER = re.compile(r"多少|几|百分之")
_MOST = 40
_SEVERAL = re.compile(r"哪(?:几|两|三|四)个?|(?:几|两|三|四)(?:个|项)(?:百分|数|指标|目标)|各(?:有|定|设|要|多少)")
_COLLECTIVE = re.compile(r"指标(?!体系)|数字|量化|目标|百分比|百分数|定量|数值")
_UNIT_ASKED = (("%", re.compile(r"百分[比数率]")), ("个百分点", re.compile(r"百分点")))
_WHOLE = re.compile(r"全[市县区省]")
_HEADED = 0.85
_AND = re.compile(r"[、,和与及跟]|以及")

Rated = tuple[tuple[float, float, bool], Row]


def targets(asked: Asked, desk: Desk) -> Outcome:
    """The targets a question means, each in the words of its clause."""
    if asked.intent is Intent.WHEN and not asked.topic.strong and (told := _deadlines(asked, desk)):
        return told
    if asked.dates and not _year_known(asked, desk):
        year = asked.dates[0].span.cut(asked.text)
        return Refusal(f"{subject(desk)}没有规定{year}的目标值。")
    rows = list(_rows(asked, desk))
    asked, rows = _in_unit(asked, rows)
    if asked.units and not asked.topic.strong:
        rows = _of_units(asked, desk, rows)
        return listed(asked, desk, rows) if rows else None
    if asked.values and not asked.topic.strong and not asked.address:
        rows = [row for row in rows if _meets(asked, row[2])]
        return listed(asked, desk, rows) if rows else None
    if not asked.topic and not asked.address:
        return listed(asked, desk, rows) if asked.has(_ALL) and rows else None
    if headed := _under_headings(asked, desk, rows):
        return listed(asked, desk, headed)
    return _by_subject(asked, desk, rows)


def _in_unit(asked: Asked, rows: list[Row]) -> tuple[Asked, list[Row]]:
    """The question and the targets, where it asks for those in per cent or percentage points."""
    for unit, cue in _UNIT_ASKED:
        if asked.has(cue) and (fit := [row for row in rows if row[2].unit == unit and row[2].comparator != "全部"]):
            terms = tuple(term for term in asked.topic.terms if "百分" not in term.text)
            return replace(asked, topic=replace(asked.topic, terms=terms)), fit
    return asked, rows


def _under_headings(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    """All targets of the clauses whose headings the question names, where it asks for targets and for no measure."""
    wanted = asked.has(_COLLECTIVE) and (asked.has(_ALL) or asked.has(_SEVERAL) or not asked.yes_no)
    if not wanted or asked.values or asked.address or any(_is_measure(term) for term in asked.topic.strong):
        return []
    groups = [
        tuple(term for term in asked.topic.terms if term.text in part and not _COLLECTIVE.search(term.text))
        for part in _up_to_cue(_AND.split(asked.text))
    ]
    groups = [group for group in groups if any(len(term.text) > 1 or len(groups) > 1 for term in group)]
    places: set[tuple[str, str]] = set()
    for group in groups:
        if not (found := _headed(Topic(group), rows)):
            return []
        places |= found
    return [row for row in rows if (row[0].id, row[1].id) in places]


def _up_to_cue(parts: list[str]) -> list[str]:
    """The parts of a question up to the last that speaks of targets."""
    last = max((place for place, part in enumerate(parts) if _COLLECTIVE.search(part)), default=len(parts))
    return parts[: last + 1]


def _headed(topic: Topic, rows: list[Row]) -> set[tuple[str, str]]:
    """The clauses with targets in or under the shortest heading that holds the whole topic, of the topmost such."""
    holders: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for folio, clause, _ in rows:
        for up in (clause, *folio.ancestors(clause)):
            if _heads(topic, folio.heads[up.id]) >= _HEADED:
                holders[folio.id, up.id].add((folio.id, clause.id))
    if not holders:
        return set()
    heads = {(folio.id, up.id): (folio, up) for folio, c, _ in rows for up in (c, *folio.ancestors(c))}
    topmost = [
        (len(folio.heads[up.id]), place)
        for place in holders
        if (found := heads[place]) and not any((found[0].id, one.id) in holders for one in found[0].ancestors(found[1]))
        for folio, up in (found,)
    ]
    return holders[min(topmost)[1]]


def _heads(topic: Topic, head: str) -> float:
    """The share of a topic that a heading holds, a word of four characters also by its halves (工程…质量)."""
    shares = (
        (
            term.weight,
            1.0 if len(term.text) == 4 and all(half in head for half in (term.text[:2], term.text[2:])) else 0,
        )
        for term in topic.terms
    )
    halved = sum(weight * share for weight, share in shares)
    return max(topic.coverage(head), halved / topic.weight if topic.weight else 0.0)


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
    for folio in desk.originals or desk.folios:
        for clause in folio.clauses:
            if asked.address and clause.id != asked.address and not clause.id.startswith(asked.address + "."):
                continue
            for target in folio.targets.get(clause.id, ()):
                yield folio, clause, target


def _meets(asked: Asked, target: Target) -> bool:
    """Whether a target's value is one asked about, or beyond it where 不低于 or 超过 is said."""
    over, least = asked.has(_OVER), asked.has(_LEAST)
    for value in asked.values:
        if same(target, value.value, value.unit):
            return not over
        if (over or least) and (target.unit or "") == value.unit and _NUMERAL.fullmatch(target.value):
            return float(target.value) > float(value.value)
    return False


def _of_units(asked: Asked, desk: Desk, rows: list[Row]) -> list[Row]:
    held = {
        (folio.id, clause.id)
        for unit in asked.units
        for folio, clause, duty in held_by(desk, unit)
        if asked.role is None or duty.role is asked.role
    }
    return [row for row in rows if (row[0].id, row[1].id) in held]


# ------------------------------------------------------------ by subject


def _by_subject(asked: Asked, desk: Desk, rows: list[Row]) -> Outcome:
    if not asked.topic:
        return listed(asked, desk, rows) if rows else None
    if not asked.topic.weight:
        return None
    if both := _conjuncts(asked, rows):
        return listed(asked, desk, _completed(asked, rows, both) if asked.has(_ALL) or asked.has(_LISTED) else both)
    measures = [term for term in asked.topic.terms if _is_measure(term)]
    if len(measures) > 1 and re.search(f"{re.escape(measures[0].text)}.{{0,4}}[、和与及跟,]", asked.text):
        return _by_measures(asked, desk, rows, measures)
    rated = [(_score(asked.topic, row), row) for row in rows]
    rated = [(rate, row) for rate, row in rated if rate[0] >= ENOUGH and rate[2]]
    if asked.values and not any(rate >= ENOUGH for rate, *_ in [item[0] for item in rated]):
        rows = [row for row in rows if any(same(row[2], v.value, v.unit) for v in asked.values)]
        loose = [row for row in rows if asked.topic.coverage(_shown_words(row) + _context(row)) >= _LOOSE]
        return listed(asked, desk, loose) if loose else None
    if asked.values:
        exact = [item for item in rated if any(same(item[1][2], v.value, v.unit) for v in asked.values)]
        rated = exact or rated
    if not rated:
        return None
    rated = _of_measure(asked, rated)
    top = max(rate[1] for rate, _ in rated)
    said = None if asked.has(_NUMBER) or asked.has(_LISTED) else prose.piece(asked, desk)
    near = max(asked.topic.coverage(_shown_words(row)) for rate, row in rated if rate[1] == top)
    if said and said[0] > 0.95 and near < 0.75:
        return Draft((desk.prose(asked, said[1], said[2]),))
    slack = 0.25 if asked.has(_ALL) else 0.03
    chosen = [row for rate, row in rated if rate[1] >= top - slack][:_MOST]
    return listed(asked, desk, _completed(asked, rows, chosen) if asked.has(_ALL) or asked.has(_LISTED) else chosen)


def _completed(asked: Asked, rows: list[Row], chosen: list[Row]) -> list[Row]:
    """With the other targets of the one clause they stand in that name any word of the topic."""
    places = {(row[0].id, row[1].id) for row in chosen}
    if len(places) > 1 or any(_is_measure(term) for term in asked.topic.terms):
        return chosen
    words = [term.text for term in asked.topic.terms if len(term.text) > 1] + _WHOLE.findall(asked.text)
    return [
        row
        for row in rows
        if row in chosen
        or (
            (row[0].id, row[1].id) in places
            and any(word in around(row[0], row[2]).cut(row[0].folded) for word in words)
        )
    ]


def _of_measure(asked: Asked, rated: list[Rated]) -> list[Rated]:
    """Without the targets that have the measure asked for only in the phrase before theirs, where others are of it."""
    measures = [term for term in asked.topic.terms if _is_measure(term)]
    own = [
        item
        for item in rated
        if all(_measured(term, around(item[1][0], item[1][2]).cut(item[1][0].folded)) for term in measures)
    ]
    return own or rated


def _measured(term: Term, phrase: str) -> bool:
    """Whether a phrase has a measure, as a rate or as a degree (满意率, 满意度)."""
    return term.cover(phrase) >= 0.5 or any(re.search(f"{re.escape(form[:-1])}[率度]", phrase) for form in term.forms)


def _conjuncts(asked: Asked, rows: list[Row]) -> list[Row]:
    """The targets of several subjects named side by side (污水和垃圾的处理率), where each has one of its own."""
    parts = _AND.split(asked.text)
    groups = [[term for term in asked.topic.terms if term.text in part] for part in parts]
    groups = [group for group in groups if any(term.weight >= 0.3 for term in group)]
    if len(groups) < 2:
        return []
    tail = [term for term in groups[-1] if _is_measure(term)]
    chosen: dict[int, Row] = {}
    for group in groups:
        topic = Topic(tuple(dict.fromkeys((*group, *tail))))
        rated = [(_score(topic, row), place) for place, row in enumerate(rows)]
        top = max((score for (share, score, fits), _ in rated if share >= ENOUGH and fits), default=0.0)
        if not top:
            return []
        chosen |= {place: rows[place] for (_, score, fits), place in rated if fits and score >= top - 0.02}
    return [chosen[place] for place in sorted(chosen)]


def _by_measures(asked: Asked, desk: Desk, rows: list[Row], measures: list[Term]) -> Outcome:
    """The targets of several measures asked for in one breath."""
    rest = tuple(term for term in asked.topic.terms if term not in measures)
    chosen: dict[int, Row] = {}
    for measure in measures:
        near = [
            (place, row)
            for place, row in enumerate(rows)
            if _score(Topic((measure,)), row)[1] >= ENOUGH
            or _measured(measure, around(row[0], row[2]).cut(row[0].folded))
        ]
        fit = [(place, row) for place, row in near if not rest or Topic(rest).coverage(_context(row)) >= ENOUGH]
        chosen |= dict(fit or (near if asked.has(_ALL) else []))
    return listed(asked, desk, [chosen[place] for place in sorted(chosen)])


def _shown_words(row: Row) -> str:
    folio, clause, target = row
    path = "\n".join(folio.heads[up.id] for up in (clause, *folio.ancestors(clause)))
    return around(folio, target).cut(folio.folded) + "\n" + path


def _context(row: Row) -> str:
    folio, clause, _ = row
    return folio.own[clause.id] + "\n".join(folio.heads[up.id] for up in folio.ancestors(clause))


def _score(topic: Topic, row: Row) -> tuple[float, float, bool]:
    """(share of the topic covered, the same with the target's words weighing most, whether the measure is right)."""
    folio, clause, target = row
    phrase = around(folio, target).cut(folio.folded)
    near = _nearby(folio, target).cut(folio.folded)
    sentence = folio.sentence_at(target.span.start).cut(folio.folded)
    path = folio.heads[clause.id] + "\n" + "\n".join(folio.heads[up.id] for up in folio.ancestors(clause))
    covered = scored = 0.0
    fits = True
    for term in topic.terms:
        shares = (
            term.cover(phrase),
            term.cover(near),
            term.cover(path),
            term.cover(sentence),
            term.cover(folio.own[clause.id]),
        )
        covered += term.weight * max(shares[0], shares[1], shares[2], 0.8 * shares[3], 0.6 * shares[4])
        scored += term.weight * max(shares[0], 0.9 * shares[1], 0.85 * shares[2], 0.6 * shares[3], 0.3 * shares[4])
        if max(shares[:2] if _is_measure(term) else shares) < 0.5 and (_is_measure(term) or term.weight >= 0.3):
            fits = False
    return covered / topic.weight, scored / topic.weight + topic.nearness(path, folio.own[clause.id]), fits


def _is_measure(term: Term) -> bool:
    return len(term.text) > 1 and bool(_MEASURE.search(term.text))


def _nearby(folio: Folio, target: Target) -> Span:
    """The target's phrase and the one before it, where subjects often stand."""
    phrase = around(folio, target)
    start = phrase.start
    if start > 1 and folio.text[start - 1] in ",，":
        start = folio.phrase_around(Span(start - 2, start - 1)).start
    return Span(start, phrase.end)
