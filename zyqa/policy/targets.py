"""Targets: what is to reach which value by when (城市空气质量优良天数比例 ≥ 85 %, 2015).

A number is a target where a word of aiming governs it (达到, 提高, 新增, 不低于 …); other numbers are left alone.
"食品生产企业全部纳入生产许可" is a target without a number: comparator 全部, value 100, unit %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zyqa.policy.deadlines import deadlines
from zyqa.policy.quantities import Quantity, quantities
from zyqa.text import sentences, simplified
from zyqa.types import Clause, Span, Target

_CHANGES = {
    "提高": r"提高|提升|上升",
    "增长": r"增长|增加|扩大|递增",
    "下降": r"下降|降低|减少|压减|缩减|削减|回落",
}
_BOUNDS = {
    "≥": r"不低于|不少于|不小于|不得低于|不得少于|至少|最低|达到?不低于",
    "≤": r"不超过|不高于|不大于|不多于|不得超过|不得高于|控制在|压缩[至到]|压减[至到]|缩短[至到]|限制在|最多|至多",
    ">": r"超过|高于|突破|大于|超",
    "<": r"低于|少于|小于",
    "约": r"大约|约|接近|近",
}
_REACH = r"达到?|达标率达到?|实现|保持在?|稳定在|维持在|力争达到?"
_ADD = r"新增|新建|新创|新培育|新发展|新认定|净增"
_TOTAL = r"累计"
_MAKE = (
    r"争取引进|引进|创建|争创|创成|创|培育|培养|培训|建成|建设|建立|打造|形成|发布|实施|设置|制定|制订|修订|完成|开发|"
    r"发展|扶持|支持|认定|推广|改造|淘汰|获得|新获|选树|树立|组织|开展|布局|落地|推出|推进|组建|举办|评选|命名|申报|开工|投产"
)
_WORDS = "|".join(_CHANGES.values()), "|".join(_BOUNDS.values())
_WORD = (
    rf"(?:(?P<change>{_WORDS[0]})(?P<to>[到至为])?|(?P<level>[降减增升][到至])|(?P<bound>{_WORDS[1]})"
    rf"|(?P<add>{_ADD})|(?P<total>{_TOTAL})|(?P<reach>{_REACH})|(?P<make>{_MAKE}))"
)
_GOVERNS = re.compile(rf"{_WORD}(?:[了到至在为均都再各以]|分别|年均|逐步|力争|争取)*$")
_MAKES = re.compile(rf"(?:{_ADD}|{_MAKE}|和)+")
_BOUND = re.compile(rf"(?:{_WORDS[1]})$")
_ADDED = re.compile(rf"(?:{_ADD}|新划)[^，,。、等例]{{0,16}}$")
_CHANGE_ONLY = re.compile(rf"(?:年均|累计|同比|平均|每年)?(?:{_WORDS[0]})")
_SUFFIX = re.compile(r"(?P<least>及?以上|或以上)|(?P<most>及?以[下内]|之内)|(?P<about>左右)")
_PIECE = re.compile(r"[^，,。；;！!？?\n|\t]+")
_RATE = re.compile(
    r"(?:率|比例|比重|占比|指数|满意度|覆盖面|成本|时间|时限|周期|浓度|强度|密度|增速|增幅|总量|面积|规模|产值|增加值|收入|价格|[涨降]幅)$"
)
_ADVERBS = re.compile(
    r"(?:分别|均|都|要|应当?|须|必须|年均|每年|全年|年内|平均|再|总体|力争|争取|确保|较.{1,12}|比(?![例重率值]).{1,12}|[的到至了\s])+$"
)
_PLAN_END = r"[“\"]?(?:十[一二三四五]五|[一二三四]?十五)[”\"]?(?:规划)?(?:末|期末|期间|时期)"
_LEAD_IN = re.compile(
    r"(?:\s|的|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是|其中[:：]?|"
    r"同时|力争|争取|确保|努力|进一步|逐步|基本|计划|预计|推动|引导|使得?|将|把|要|并|且|及|和|与|、|[”’）)：:]|到时|届时|实现|全面|"
    rf"(?:到|至|截至|力争|争取|在)?(?:19|20)\d\d年(?:\d{{1,2}}月)?(?:年?[底末])?(?:之?前|以前)?|(?:到|在)?{_PLAN_END})+"
)
_FILLER = re.compile(
    r"(?:分别|均|都|也|要|应当?|须|必须|力争|争取|确保|年均|每年|全年|年内|逐年|平均|再|总体|整体上|进一步|稳步|全部|[的到至了\s])+$"
)
_COMPARED = re.compile(
    r"(?:较|同比|比(?=上年|去年|20|“|十|前|全|基)|与[^，]{1,12}相比|在[^，]{1,20}基础上|(?:由原?|从)(?=[^，]{0,8}\d)).*$"
)
_ALL = re.compile(
    r"全部(?=(?:分别)?(?:纳入|实现|达到|达标|完成|建立|通过|符合|建成|覆盖|落实|消除|取消|淘汰|实行|推行|执行|接入|取得|获得))"
)
_PREDICATE = re.compile(r"(?<=..)(?:要|应|须|必须|按照|根据|可以|得到|建立|提高|提升|达到|稳步|持续|逐步)")
_OUTER_VERBS = re.compile(rf"^(?:{_MAKE})+|(?:{_MAKE}|{_REACH})+$")
_SERIAL = re.compile(r"[、，,]|以及|[和及与]")
_PENALTY = re.compile(r"罚款|有期徒刑|拘[留役]|罚金|处以?[一二三四五六七八九十\d]|违法所得|周岁")
_HINT = re.compile(
    rf"[%％]|百分|{_WORDS[0]}|{_WORDS[1]}|{_ADD}|{_TOTAL}|达|全部|创|培[育训]|建[成设]|引进|完成|以[上内]|左右|稳定|保持"
)
_REPORTED = re.compile(
    r"截至|截止(?!日期|时间)|同比|环比|据(?:介绍|统计|了解|悉)|记者|已(?:达|有|全部|落实|实现|通过|累计|经|向|为|发放|完成|支持|帮助|超)|目前|日均|去年同期"
)
_CONDITION = re.compile(r"(?:及?以[上下内])?(?:[（(][^（()）]*[）)])?的(?:[，,。；;：:]|$)")
_HOLLOW = re.compile(
    r"(?:最[高长低多少大小]|原则上|可|给予|适当|方面|如果|每[年月日人户]|按|按照|总数|其|单[户个]|合计|补助|奖励|提供|组织|不)*"
)
_TIME = re.compile(r"个?工作日|个?小时|分钟|天|日|个月|周|年")
_PERCENTS = ("%", "‰", "个百分点", "百分点", "个基点", "基点")
_ACTOR = re.compile(r"(?<!全)(?:企业|县区?|单位|部门|医院|学校|机构)$")
_WEAK = re.compile(r"[分度条级次倍区市县镇乡村]")


@dataclass(frozen=True, slots=True)
class _Aim:
    """How a number is governed. ``made``: by a verb whose object it counts (培育3户…), else by one of reaching."""

    comparator: str | None
    subject_end: int
    made: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A target before its clause is known."""

    subject: str
    comparator: str | None
    value: str
    unit: str | None
    span: Span


def find_targets(text: str, clauses: Sequence[Clause]) -> tuple[Target, ...]:
    """The targets of a document in the order of the text.

    A deadline holds for its sentence, for the later sentences of its clause, and for the clauses below.
    Subjects and units are given in simplified characters.
    """
    text = simplified(text)
    dates: dict[str, str | None] = {}
    targets: list[Target] = []
    for clause in clauses:
        due = dates.get(clause.parent_id or "")
        for sentence in sentences(text, clause.span):
            stated = deadlines(text, sentence.start, sentence.end)
            for one, date in _in_sentence(text, sentence, stated, due, clause.heading):
                targets.append(
                    Target(clause.doc_id, clause.id, one.subject, one.comparator, one.value, one.unit, date, one.span)
                )
            due = stated[-1][1] if stated else due
        dates[clause.id] = due
    return tuple(sorted(targets, key=lambda target: target.span))


def _in_sentence(
    text: str, sentence: Span, stated: list[tuple[int, str]], due: str | None, heading: str
) -> Iterator[tuple[_Found, str | None]]:
    """The targets of a sentence, each with its deadline."""
    words = sentence.cut(text)
    if not _HINT.search(words) or _PENALTY.search(words) or _REPORTED.search(words):
        return
    previous = heading
    for match in _PIECE.finditer(text, sentence.start, sentence.end):
        piece = Span(*match.span())
        date = next((date for end, date in reversed(stated) if end <= piece.end), due)
        for found in _severally(piece.cut(text), list(_in_piece(text, piece, previous, date))):
            yield found, date
        subject = _stripped(text, piece.start, piece.end)
        previous = (subject and _topic(subject.cut(text))) or previous


def _topic(words: str) -> str:
    """What a piece speaks of, for the piece behind it: 完成固定资产投资40亿元 → 固定资产投资; "" for a mere number."""
    words = _PREDICATE.split(words)[0]
    number = next(quantities(words, Span(0, len(words))), None)
    return _OUTER_VERBS.sub("", words[: number.span.start] if number else words)


def _severally(words: str, found: list[_Found]) -> list[_Found]:
    """甲、乙分别达到1%、2%: give each number its own subject."""
    names = _SERIAL.split(found[0].subject) if len(found) > 1 and "分别" in words else []
    if len(names) != len(found) or not all(map(_RATE.search, names)):
        return found
    return [replace(one, subject=name) for one, name in zip(found, names, strict=True)]


def _in_piece(text: str, piece: Span, previous: str, date: str | None) -> Iterator[_Found]:
    every = _ALL.search(text, piece.start, piece.end)
    if every:
        noun = _stripped(text, piece.start, every.start())
        end = piece.start + len(piece.cut(text).rstrip())
        subject = (noun.cut(text) if noun else previous) + text[every.end() : end]
        yield _Found(subject, "全部", "100", "%", Span(noun.start if noun else every.start(), end))
        return
    numbers = list(quantities(text, piece))
    nouns = _nouns(text, piece, numbers)
    start, aim = piece.start, None
    for number, noun in zip(numbers, nouns, strict=True):
        before = Span(start, number.span.start)
        aim = _linked(text, before, number, aim) or _aim(text, before, number, date)
        if aim:
            found = _found(text, before, number, noun, aim, previous)
            previous = found.subject
            yield found
            start = found.span.end


def _nouns(text: str, piece: Span, numbers: Sequence[Quantity]) -> list[Span]:
    """What stands behind each number (3户龙头企业); where nothing does, what the next number counts."""
    nouns: list[Span] = []
    limit, following = piece.end, None
    for number in reversed(numbers):
        start = _number_end(text, number)
        cuts = [match.start() for match in _SERIAL.finditer(text, start, limit)] if limit < piece.end else []
        noun = Span(start, max(cuts, default=limit))
        if noun.cut(text).strip("的 ") and not _SERIAL.match(text, start):
            following = noun
        elif following is None:
            following = Span(start, start)
        nouns.append(following)
        limit = number.span.start
    return nouns[::-1]


def _number_end(text: str, number: Quantity) -> int:
    suffix = _SUFFIX.match(text, number.span.end)
    return suffix.end() if suffix else number.span.end


def _linked(text: str, before: Span, number: Quantity, aim: _Aim | None) -> _Aim | None:
    """Governed by the words that govern the number before: 新增10个甲、2个以上乙."""
    if aim is None or not before.cut(text).strip() or _SERIAL.sub("", before.cut(text)).strip():
        return None
    return _Aim(_suffixed(text, number) or aim.comparator, before.start, aim.made)


def _suffixed(text: str, number: Quantity) -> str | None:
    suffix = _SUFFIX.match(text, number.span.end)
    if suffix is None:
        return ">" if number.more else None
    return "≥" if suffix["least"] else "≤" if suffix["most"] else "约"


def _aim(text: str, before: Span, number: Quantity, date: str | None) -> _Aim | None:
    """What governs the number, or None where it is no target."""
    if text[number.span.start - 1 : number.span.start] == "第":
        return None
    if _is_attribute(text, before, number):
        return None
    if _CONDITION.match(text, number.span.end) or (number.value == "1" and text[number.span.start] == "一"):
        return None
    words = _governors(text, before)
    kinds = {match.lastgroup if match.lastgroup != "to" else "level" for match in words}
    unit, suffixed = number.unit or "", _suffixed(text, number)
    rate = bool(
        _RATE.search(_ADVERBS.sub("", text[before.start : before.end - sum(len(word.group()) for word in words)]))
    )
    if _TIME.fullmatch(unit):
        fits = bool(kinds & {"level", "change"} and rate) or bool(kinds & {"bound"} and date)
    elif kinds == {"bound"}:
        fits = bool(date) or (rate and words[0]["bound"] not in ("约", "大约", "近", "接近"))
    elif unit in _PERCENTS:
        fits = bool(kinds - {"make"}) or (rate and bool(suffixed or date))
    else:
        strong = unit != "条" and kinds & {"change", "level", "bound", "add", "total"}
        added = _ADDED.search(before.cut(text)) and not _WEAK.fullmatch(unit)
        weak = (kinds or _MAKES.search(before.cut(text))) and (date or suffixed) and not _WEAK.fullmatch(unit)
        fits = bool(strong or weak or added)
    if not fits:
        return None
    made = unit not in _PERCENTS and not kinds - {"make", "add"}
    return _compared(words, suffixed, before.end, made)


def _is_attribute(text: str, before: Span, number: Quantity) -> bool:
    """Said of whom, not what is aimed at: 年收入超过1亿元的企业 (but 组建不少于20人的队伍 is an aim)."""
    bound = _BOUND.search(before.cut(text))
    if bound is None or not text.startswith("的", _number_end(text, number)):
        return False
    return not _MAKES.search(text, max(before.start, before.start + bound.start() - 4), before.start + bound.start())


def _governors(text: str, before: Span) -> list[re.Match[str]]:
    """The words of aiming right before the number, the nearest first."""
    words: list[re.Match[str]] = []
    end = before.end
    while len(words) < 3 and (match := _GOVERNS.search(text[before.start : end])):
        if words and match["make"]:
            break
        words.append(match)
        end = before.start + match.start()
    return words


def _compared(words: list[re.Match[str]], suffixed: str | None, end: int, made: bool) -> _Aim:
    """The comparator and where the subject ends: a bound keeps 提高, 累计, 新增 in the subject, nothing is lost."""
    length = 0
    comparator = suffixed
    for match in words:
        length += len(match.group())
        bound = next(
            (sign for sign, names in _BOUNDS.items() if match["bound"] and re.fullmatch(names, match["bound"])), None
        )
        if comparator in (None, "=") and bound:
            comparator = bound
        elif match["change"] and not match["to"]:
            if comparator not in (None, "="):
                return _Aim(comparator, end - length + len(match["change"]), made)
            comparator = next(name for name, names in _CHANGES.items() if re.fullmatch(names, match["change"]))
        elif match["add"] or match["total"]:
            if comparator not in (None, "="):
                return _Aim(comparator, end - length + len(match["add"] or match["total"]), made)
            comparator = "新增" if match["add"] else "累计"
        elif comparator is None and (match["level"] or match["to"] or (match["reach"] or "").startswith("达")):
            comparator = "="
    return _Aim(comparator, end - length, made)


def _found(text: str, before: Span, number: Quantity, noun: Span, aim: _Aim, previous: str) -> _Found:
    end = _number_end(text, number)
    subject = _stripped(text, before.start, aim.subject_end)
    if aim.made:
        return _made(text, number, noun, aim, subject, previous)
    if subject is None and number.unit not in _PERCENTS and noun.start == end and noun.cut(text).strip():
        return _Found(
            noun.cut(text).strip(), aim.comparator, number.value, number.unit, Span(number.span.start, noun.end)
        )
    start = subject.start if subject else number.span.start
    name = subject.cut(text) if subject else previous
    if subject and _CHANGE_ONLY.fullmatch(name):  # …增加值达到100亿元，年均增长8%以上
        name = previous + name
    return _Found(name, aim.comparator, number.value, number.unit, Span(start, end))


def _made(text: str, number: Quantity, noun: Span, aim: _Aim, before: Span | None, previous: str) -> _Found:
    """The subject of a counted thing: what follows the number, else what stands between the verb and it."""
    end = _number_end(text, number)
    name = noun.cut(text).strip()
    actor = before.cut(text) if before else ""
    if name:
        name = actor + name if _ACTOR.search(actor) else name
        span = Span(number.span.start, noun.end if noun.start == end else end)
        return _Found(name, aim.comparator, number.value, number.unit, span)
    if before is None:
        return _Found(previous, aim.comparator, number.value, number.unit, Span(number.span.start, end))
    verbs = [match.end() for match in _MAKES.finditer(actor) if match.group() not in ("新增", "净增")]
    start = before.start + max((place for place in verbs if place < len(actor)), default=0)
    return _Found(text[start : before.end], aim.comparator, number.value, number.unit, Span(start, end))


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The noun phrase without dates, adverbs and comparisons around it; None where nothing is left."""
    if lead := _LEAD_IN.match(text, start, end):
        start = lead.end()
    words = _FILLER.sub("", _COMPARED.sub("", text[start:end]))
    blank = max(words.rfind(" "), words.rfind("\u3000")) + 1  # a line break of the page stood there
    start, words = start + blank, words[blank:]
    return Span(start, start + len(words)) if words and not _HOLLOW.fullmatch(words) else None
