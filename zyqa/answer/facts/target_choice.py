"""Which targets a subject means: how well a target's phrase, sentence and headings hold the words of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from zyqa.answer.facts.target_lines import Row, around, same
from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.text import part_of_speech, segments
from zyqa.types import Span, Target

ENOUGH = 0.62  # share of the topic that a target must cover
_LOOSE = 0.4
_SLACK, _LISTED_SLACK = 0.03, 0.25  # below the best, and still as good
_MOST = 40
_NAMED, _STRANGE = 0.3, 0.9  # weights from which a word names a thing, and a thing that no document knows
_PAIR = 2
_CORE = 3  # characters of a measure that name its kind (竣工验收合格率)
_SAME, _NEARLY = 0.97, 0.6  # what a measure counts by another word, and one of its kind only
_MEASURE = compiled(r"率$|度$|指数$|数$|(?<![质计])量$|比例$|比重$|天数$|值$|规模$|面积$|收入$|产值$")
_RATES = ("率", "度", "及时率")  # 满意率, 满意度; 处理率, 处理及时率
_AND = compiled(r"以及|还有|或者|还是|[、和与跟或()]|及(?![时格])")
_TOGETHER = compiled(r"一起|一并|分别|各[是要有]?(?:多|几|定|达)|都[给说列要报讲]|全[给说列要报]|(?:目标|指标)[?。]?$")
_BLANK = compiled(r"(?<=[㐀-鿿]) (?=[㐀-鿿])")  # parts what is asked for together (污水 垃圾 一起说)
_AND_COMMA = compiled(rf"{_AND.pattern}|,")  # a single comma parts the subject from what is asked of it
_WHOLE = compiled(r"全[市县区省]")
_BESIDE = compiled(r"比(?!例|重|率|对|较)|同(?![比样时期等步一])|较之|相较于?|对比")
_AT_LAST = compiled(r"(?:相比|相较|比较|对比|比)(?:起来|一下|之下)?(?=,|$)")

Rated = tuple[tuple[float, float, bool], Row]


def is_measure(term: Term) -> bool:
    """Whether a word names what is measured (正点率, 满意度, 收入)."""
    return len(term.text) > 1 and bool(_MEASURE.search(term.text))


def measured(topic: Topic) -> bool:
    return any(is_measure(term) for term in topic.terms)


def chosen(asked: Asked, rows: list[Row], *, listing: bool) -> list[Row]:
    """The targets that the topic means; ``listing``: all of a kind are wanted, and not the best alone."""
    topic = asked.topic
    if not topic.weight or all(len(term.text) < 2 for term in topic.terms) or _of_the_unknown(topic):
        return []
    if len(asked.values) < 2 and (both := _conjuncts(asked, rows)):
        return _completed(asked, rows, both) if listing else both
    if several := _measures_side_by_side(asked):
        return _of_each(topic, rows, several, listing=listing)
    rated = [(rate, row) for row in rows if (rate := _score(topic, row))[0] >= ENOUGH and rate[2]]
    if asked.values:
        if not rated or len(asked.values) > 1:
            return _loosely(asked, rows, [row for _, row in rated])
        rated = [item for item in rated if same(item[1][2], asked.values[0].value, asked.values[0].unit)] or rated
    if not rated:
        return []
    rated = _of_measure(topic, rated)
    top = max(rate[1] for rate, _ in rated)
    best = [row for rate, row in rated if rate[1] >= top - (_LISTED_SLACK if listing else _SLACK)][:_MOST]
    return _completed(asked, rows, best) if listing else best


def side_by_side(asked: Asked, rows: list[Row]) -> list[Row]:
    """The best target of each of the subjects that a question compares, 比 and 高 between them aside."""
    text = _BESIDE.sub("和", _AT_LAST.sub("", asked.text))
    return _conjuncts(replace(asked, text=text), rows) or chosen(asked, rows, listing=False)


def _of_the_unknown(topic: Topic) -> bool:
    """Whether a measure is asked of a thing that no document names (高铁正点率)."""
    known = [term for term in topic.terms if term.weight >= _NAMED and not is_measure(term)]
    return measured(topic) and not known and any(term.weight >= _STRANGE for term in topic.strange)


def nearness(topic: Topic, row: Row, *, before: bool = False) -> float:
    """The share of the topic with the target itself, in the headings above it and (``before``) the phrase before it.

    What is measured may be named a sentence before.
    """
    told = [_words(row).near, *([_words(row).before] if measured(topic) else [])] if before else []
    return topic.coverage("\n".join((*told, _shown_words(row))))


def _loosely(asked: Asked, rows: list[Row], meant: list[Row]) -> list[Row]:
    """The targets with each value asked about: of those meant, else where the clause has something of the topic."""
    best: list[Row] = []
    for value in asked.values:
        exact = [row for row in meant if same(row[2], value.value, value.unit)]
        near = (row for row in rows if same(row[2], value.value, value.unit))
        best += exact or [row for row in near if asked.topic.coverage(_shown_words(row) + _context(row)) >= _LOOSE]
    return best


def _completed(asked: Asked, rows: list[Row], best: list[Row]) -> list[Row]:
    """With the other targets of the one clause they stand in that name any word of the topic."""
    places = {(row[0].id, row[1].id) for row in best}
    if len(places) > 1 or measured(asked.topic):
        return best
    words = [term.text for term in asked.topic.terms if len(term.text) > 1] + _WHOLE.findall(asked.text)
    return [
        row
        for row in rows
        if row in best or ((row[0].id, row[1].id) in places and any(word in _phrase(row) for word in words))
    ]


# ------------------------------------------------------------ several subjects or measures


def _conjuncts(asked: Asked, rows: list[Row]) -> list[Row]:
    """The targets of several subjects named side by side (污水和垃圾的处理率), where each has one of its own."""
    groups, shared = groups_of(asked)
    if len(groups) < 2:
        return []
    best: dict[int, Row] = {}
    for group in groups:
        topic = Topic(tuple(dict.fromkeys((*group, *(term for term in shared if term not in group)))))
        rated = [(_score(topic, row), place) for place, row in enumerate(rows)]
        top = max((score for (share, score, fits), _ in rated if share >= ENOUGH and fits), default=0.0)
        if not top:
            return []
        best |= {place: rows[place] for (_, score, fits), place in rated if fits and score >= top - 0.02}
    return [best[place] for place in sorted(best)]


def groups_of(asked: Asked) -> tuple[list[list[Term]], list[Term]]:
    """The terms of each of the subjects that a question names side by side, and those that belong to all of them.

    To all belongs what stands behind the last 的, before a single comma, or measures the last; 全市 is a subject.
    """
    text, before = asked.text, ""
    if _TOGETHER.search(text):
        text = _BLANK.sub("、", text)
    if text.count(",") == 1 and not _AND.search(text.partition(",")[0]):
        before, _, text = text.partition(",")
    parts = (_AND_COMMA if text.count(",") > 1 else _AND).split(text)
    last, _, after = parts[-1].rpartition("的")
    if _WHOLE.search(last) or any(term.text in last for term in asked.topic.strong):
        parts[-1] = last
    else:
        after = ""
    groups: list[list[Term]] = []
    for part in parts:
        group = [term for term in asked.topic.terms if term.text in part]
        bare = all(is_measure(term) and len(term.text) <= _CORE for term in group)
        if groups and group and bare and not any(map(is_measure, groups[-1])):
            groups[-1] += group  # 游客,满意度: what is measured of the subject before
        elif strong := [*_wholes(part), *(term for term in group if term.weight >= 0.3)]:
            groups.append(strong)
    shared = [term for term in asked.topic.terms if term.text in before or term.text in after]
    kinds = [_kind(term) for term in (groups[-1] if groups else []) if is_measure(term)]
    return [group if any(map(is_measure, group)) else group + kinds for group in groups], shared


def _wholes(part: str) -> list[Term]:
    return [Term(found, (found,), 0.5, True) for found in _WHOLE.findall(part)]


def _kind(measure: Term) -> Term:
    """The kind of a measure: 满意度 of 游客满意度."""
    if len(measure.text) <= _CORE or measure.text[-1] not in "率度":
        return measure
    kind = measure.text[-_CORE:-1]
    return replace(measure, text=kind + measure.text[-1], forms=(kind + "率", kind + "度"))


def _measures_side_by_side(asked: Asked) -> list[Term]:
    """The measures of a question that names several in a row (合格率、建档率)."""
    measures = [term for term in asked.topic.terms if is_measure(term)]
    if len(measures) < 2:
        return []
    first = re.escape(measures[0].text)
    others = "|".join(re.escape(term.text) for term in measures[1:])
    return measures if re.search(rf"{first}的?\s*(?:{_AND.pattern})+.{{0,6}}(?:{others})", asked.text) else []


def _of_each(topic: Topic, rows: list[Row], measures: list[Term], *, listing: bool) -> list[Row]:
    """The targets of several measures asked for in one breath."""
    rest = tuple(term for term in topic.terms if term not in measures)
    best: dict[int, Row] = {}
    for measure in measures:
        near = [
            (place, row)
            for place, row in enumerate(rows)
            if _score(Topic((measure,)), row)[1] >= ENOUGH or _measures(measure, _phrase(row))
        ]
        fit = [(place, row) for place, row in near if not rest or Topic(rest).coverage(_context(row)) >= ENOUGH]
        best |= dict(fit or (near if listing else []))
    return [best[place] for place in sorted(best)]


# ------------------------------------------------------------ scores


@dataclass(frozen=True, slots=True)
class _Words:
    """The folded words around a target: its phrase, with the phrase before, its sentence, the one before, headings."""

    phrase: str
    near: str
    sentence: str
    before: str
    path: str

    @property
    def of_clause(self) -> tuple[str, str, str, str]:
        """What stands in the clause itself."""
        return self.phrase, self.near, self.sentence, self.before


_words_of: WeakKeyDictionary[Folio, dict[Target, _Words]] = WeakKeyDictionary()


def _words(row: Row) -> _Words:
    """The words around a target, which are the same for every question."""
    folio, clause, target = row
    held = _words_of.setdefault(folio, {})
    if target not in held:
        sentence, text = folio.sentence_at(target.span.start), folio.folded
        held[target] = _Words(
            around(folio, target).cut(text),
            _nearby(folio, target).cut(text),
            sentence.cut(text),
            _sentence_before(folio, sentence).cut(text),
            "\n".join(folio.heads[up.id] for up in (clause, *folio.ancestors(clause))),
        )
    return held[target]


def _score(topic: Topic, row: Row) -> tuple[float, float, bool]:
    """(share of the topic covered, the same with the target's words weighing most, whether the measure is right)."""
    words, own = _words(row), row[0].own[row[1].id]
    covered = scored = 0.0
    fits, here, elsewhere = True, False, False
    for term in topic.terms:
        in_own = term.cover(own)
        phrase, near, sentence, before = map(term.cover, words.of_clause) if in_own else (0.0,) * 4
        shares = (max(phrase, _likeness(term, words.phrase)), near, term.cover(words.path), sentence, in_own)
        covered += term.weight * max(shares[0], shares[1], shares[2], 0.8 * shares[3], 0.6 * shares[4])
        scored += term.weight * max(shares[0], 0.9 * shares[1], 0.85 * shares[2], 0.6 * shares[3], 0.3 * shares[4])
        if max(shares[:2] if is_measure(term) else shares) < 0.5 and (is_measure(term) or term.weight >= 0.3):
            fits = False
        if term.weight >= _NAMED and not is_measure(term):
            fits = fits and not (max(shares[:3]) < 0.5 and _is_of_a_sibling(term, words.phrase))
            headed = len(term.text) > _CORE and shares[4] >= 0.5 and term.text[:_PAIR] in words.path  # 商贸企业
            spoken_of = headed or max(*shares[:4], before) >= 0.5
            here, elsewhere = here or spoken_of, elsewhere or not spoken_of
    fits = fits and (here or not elsewhere)  # of what a sentence farther off speaks of, the target is not
    return covered / topic.weight, scored / topic.weight + topic.nearness(words.path, own), fits


def _is_of_a_sibling(term: Term, phrase: str) -> bool:
    """Whether a phrase has another thing of the same kind (客运 for 货运)."""
    if len(term.text) != _PAIR or not _is_thing(term.text):
        return False
    alike = (word for word in segments(phrase) if len(word) == _PAIR and word[-1] == term.text[-1])
    return any(word != term.text and _is_thing(word) for word in alike)


def _is_thing(word: str) -> bool:
    return part_of_speech(word)[0] == "n"


def _sentence_before(folio: Folio, sentence: Span) -> Span:
    clause = folio.clause_at(sentence.start)
    if sentence.start - 2 <= clause.span.start:
        return Span(sentence.start, sentence.start)
    return folio.sentence_at(sentence.start - 2)


def _of_measure(topic: Topic, rated: list[Rated]) -> list[Rated]:
    """Without the targets that have the measure asked for only in the phrase before theirs, where others are of it."""
    return [item for item in rated if measures_all(topic, _phrase(item[1]))] or rated


def measures_all(topic: Topic, phrase: str) -> bool:
    """Whether a phrase has every measure of the topic."""
    return all(_measures(term, phrase) for term in topic.terms if is_measure(term))


def _measures(term: Term, phrase: str) -> bool:
    """Whether a phrase has a measure, as a rate or as a degree (满意率, 满意度)."""
    return term.cover(phrase) >= 0.5 or any(_has_rate(phrase, form[:-1]) for form in term.forms)


def _has_rate(phrase: str, kind: str) -> bool:
    return any(kind + rate in phrase for rate in _RATES) or f"全{kind[-_PAIR:]}" in phrase


def _likeness(term: Term, phrase: str) -> float:
    """How far a phrase has a measure: by a rate for a degree (满意率, 满意度), or one of its kind (for 游客满意度)."""
    kind = term.text[-_CORE:-1]
    if not is_measure(term) or len(kind) < 2 or not _has_rate(phrase, kind):
        return 0.0
    return _SAME if len(term.text) <= _CORE else _NEARLY


def _phrase(row: Row) -> str:
    return _words(row).phrase


def _shown_words(row: Row) -> str:
    return _words(row).phrase + "\n" + _words(row).path


def _context(row: Row) -> str:
    folio, clause, _ = row
    return folio.own[clause.id] + "\n".join(folio.heads[up.id] for up in folio.ancestors(clause))


def _nearby(folio: Folio, target: Target) -> Span:
    """The target's phrase and the one before it, where subjects often stand."""
    phrase = around(folio, target)
    start = phrase.start
    own = _WHOLE.match(folio.folded, start)  # another subject than that of the phrase before
    if start > 1 and not own and folio.text[start - 1] in ",，":
        start = folio.phrase_around(Span(start - 2, start - 1)).start
    return Span(start, phrase.end)
