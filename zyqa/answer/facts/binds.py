"""What binds an enterprise of a kind: the sentences that name it, its branch or all enterprises, by what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zyqa.answer import signs
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Line, Outcome, Quote
from zyqa.answer.enterprises import Profile
from zyqa.answer.facts import prose
from zyqa.answer.facts.demands import Demand, demands
from zyqa.answer.frame import ASKS
from zyqa.answer.notes import terms_over
from zyqa.answer.phrases import say
from zyqa.answer.question import Asked
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.text import fold, part_of_speech
from zyqa.types import Span

_HEADING = 12  # characters of a heading that is shown
_MOST, _LONGEST = 6, 420  # sentences of an answer, and their characters
_WHOLE = 230  # characters of a sentence that a list keeps whole
_SAME = 0.03
_CONCERN, _HEADED, _OWN, _FIGURE, _EXACT = 0.35, 0.3, 0.1, 0.25, 0.8
_DEMAND = compiled(r"要(?!求|素|点)|应|须|不得|禁止|杜绝|严禁|全部|符合|达到|执行|鼓励|引导|建立|实现|提高|\d")
_MENTIONED = compiled(r"提没提|有没有(?:提|管|说|写|讲)|点名|(?:提到|管到|说到|写到)[^,。?]{0,6}(?:没|吗)|管不管")
_ASKING = compiled(
    r"遵守|约束|适用|硬性|条款|注意|规矩|盘算|说法|态度|安排|打算|对照|忙|沾边|有关|关系|相关|做到|方面|怎么办|符合|满足|扶持|发展|定位|\d{4}"
)
_BETTER = r"(?:改进|改善|提升|提高|加强|完善|健全|建立健全|建立|落实|做好|强化|优化)"
_BETTERED = compiled(  # asked what is to be bettered: the verb says nothing of it
    rf"{_BETTER}(?:和{_BETTER})?(?:些|哪|什么|啥)|(?:哪[些几]?个?|什么|啥)(?:方面|地方|上)?(?:得到|有所|进行|作出?|做出?)?{_BETTER}(?=[?。]|$)"
    rf"|(?:怎[么样]?|如何|咋样?)(?:去|来|才能|地)?{_BETTER}"
)
_OFFICIAL = compiled(r"^[^,]{0,60}(?:部门|政府|机制|领导小组|办公室)[^,]{0,4}(?:要|应|按|定期|负责|切实)")
_PREAMBLE = compiled("指导思想|基本原则|总体要求|重大意义|重要意义|目的")
_ANY = compiled("(?:^|各|所有|全部|每个|一般|我们|咱们?|俺们?|本|全市|家|个|[,。:的对由让给要])(?:企业|公司|工厂|厂子)")
_ALL = compiled(
    "^(?:[^,]{0,12}、)?(?:各|所有|全部|全市)?(?:企业|用人单位|生产者|经营者)(?:也|都)?(?:要|应|须|必须|不得)"
)
_FIGURE_SHOWN = compiled(r"\d(?:[—-]\d+)?(?:%|个|项|家|户|万|亿)|全部|所有")
_AMOUNT = compiled(r"多少|几(?!个(?:方面|制度|体系|园区))|百分|指标|数字|满意度|程度|硬指标")
_SEVERAL = compiled(r"[?]\S|两|都|分别|[和、及与]|以及")
_GROUPED = compiled(r"[“\"]?([两二三四五六])([㐀-鿿])[”\"]?(?=$|[^㐀-鿿]|是|指|分|有|都)")
_FORMAL = compiled(r"标准|制度|体系|认证|措施|计划|办法|机制|档案|服务|奖励|规划")
_NAME = 0.9  # strangeness of a word that is a name or thing
_TRADE = compiled("(?:做|搞|卖|开|养|种|生产|经营)[^,。?]{1,8}的")
_DOING = compiled(
    "(?:我|俺|咱|自己)?们?(?:家里?|厂里?|公司)?(?:是|专门|打算|准备|想)?"
    "(?:做|搞|卖|干|开|办|养|种|收|产|造|生产|经营|加工|销售)"
)
_PAUSE = compiled(r"[,;:。?!]")
_MEANT, _MET = 0.7, 0.8  # concern of a sentence, and share of the question
_ASKED_OF = compiled(r".{0,3}(?:怎|如何|哪|什么|啥|吗|多少|几|有)")
_ASKED_HOW = compiled(r"(?:怎[么样]?|如何|咋|能|可以|是否|会|应|该|须|被|要求[㐀-鿿]{0,4})(?:去|来)?$")
_MORE = 2  # characters beside the description that say more than who asks
_HAN = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an enterprise asks: ``rest``, the topic beside the words ``own`` that say who asks."""

    asked: Asked
    who: Profile
    rest: Topic
    own: Topic

    def worth(self, demand: Demand) -> float:
        """How well a sentence answers."""
        words = demand.words
        share = self.rest.coverage(words)
        head = self.rest.coverage(demand.folio.heads[demand.clause.id])
        return (
            share
            + _HEADED * head * (1 - share)
            + _CONCERN * demand.concern(self.who)
            + _OWN * self.own.coverage(words)
            + self.rest.richness(words)
            + _FIGURE * (self.asked.has(_AMOUNT) and bool(_FIGURE_SHOWN.search(words)))
            + _EXACT * self.exactly(words)
        )

    def trust(self, chosen: Sequence[Demand]) -> float:
        """How sure the sentences make us: by how much they are about the asker, and hold what is asked."""
        concern = max(demand.concern(self.who) for demand in chosen) if self.who else 0.5
        share = self.rest.coverage("\n".join(one.words for one in chosen)) if self.rest.terms else 1.0
        return round(0.4 + 0.3 * max(concern, 0.0) + 0.25 * share, 3)

    def exactly(self, words: str) -> bool:
        """Whether the sentence cites the number that is asked about, or lists what is counted by a shared character
        (哪“三化”: 社会化、市场化、集团化)."""
        if any(_plain(number) in _plain(words) for number in self.asked.numbers):
            return True
        if any(re.search(rf"(?<!\d){value.value}{value.unit}", words) for value in self.asked.values):
            return True
        for match in _GROUPED.finditer(self.asked.text):
            char, more = re.escape(match[2]), _HAN[match[1]] - 1
            item = rf"(?:[㐀-鿿]{{1,6}}{char}|{char}[㐀-鿿]{{1,6}})"
            if re.search(rf"{item}(?:[、和及与]{item}){{{more}}}", words):
                return True
        return False


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def binds(asked: Asked, desk: Desk) -> Outcome:
    """The sentences about the enterprise, with a note where the time they are for is over."""
    kinds = desk.wording.kinds
    who = kinds.asker(asked.text)
    every = [demand for folio in desk.originals for demand in demands(folio, kinds)]
    wish = _Wish(asked, who, *_parted(asked, who))
    told = _told(wish, desk, every) if who or asked.has(signs.ENTERPRISE) or asked.has(_TRADE) else None
    if told is None and wish.rest.terms and _is_held(who, every):
        told = prose.said(asked, desk)
    if not isinstance(told, Draft):
        return told
    return replace(told, notes=(*told.notes, *terms_over(told.lines, asked.language, date.today())))


def _is_held(who: Profile, every: Sequence[Demand]) -> bool:
    """Whether the documents say anything of the asker's kind, if the question tells it."""
    return not who.sectors or any(one.sectors & who.sectors or one.home & who.branches for one in every)


def _told(wish: _Wish, desk: Desk, every: Sequence[Demand]) -> Outcome:
    asked, who = wish.asked, wish.who
    if not _is_held(who, every):
        every = [one for one in every if one.concern(who) >= 0.5]
    chosen, limit = _narrow(wish, every), prose.LIMIT
    if not chosen and not _stranger(wish):
        chosen, limit = _broad(wish, every) if who else _general(wish, every), _WHOLE
    if not chosen or (asked.has(prose.HOW_MUCH) and not any(_FIGURE_SHOWN.search(one.words) for one in chosen)):
        return None
    topic = Topic((*wish.rest.terms, *wish.own.terms))
    lines = [_line(asked, desk, one, prose.trimmed(topic, one.folio, one.span, limit)) for one in chosen]
    if asked.has(_MENTIONED):
        lines[0] = replace(lines[0], text=say(asked.language, "have") + lines[0].text)
    elif asked.yes_no:
        lines[0] = replace(lines[0], text=prose.verdict(asked, lines[0].text) + lines[0].text)
    return Draft(tuple(lines), confidence=wish.trust(chosen), explained=_explained(wish, chosen))


def _explained(wish: _Wish, chosen: Sequence[Demand]) -> frozenset[str]:
    """Words no document holds that only ask, or tell of an asker whose kind the sentences are about.

    Where all that is known of the question is met, a verb beside it (产生, 供给) asks for nothing else.
    """
    meant = bool(wish.who) and any(one.concern(wish.who) >= _MEANT for one in chosen)
    met = wish.rest.coverage("\n".join(one.words for one in chosen)) >= _MET
    strange = [term for term in wish.asked.topic.strange if not _only_asks(term.text)]
    told = {term.text for term in strange if meant and _tells(wish, term)}
    left = [term for term in strange if term.text not in told]
    if len(left) == 1 and (met or (meant and not wish.rest.terms)) and _acts(left[0], wish.asked.text):
        told.add(left[0].text)
    return frozenset(told | {term.text for term in wish.asked.topic.strange if term not in strange})


def _only_asks(word: str) -> bool:
    """Whether most of a word only asks (关系, not 医患关系)."""
    return 2 * sum(len(found) for found in _ASKING.findall(word)) > len(word)


def _acts(term: Term, text: str) -> bool:
    """Whether a word is a verb beside what is asked, and not what is asked of."""
    verb = term.weight < _NAME or part_of_speech(term.text)[0].startswith("v")
    before, _, after = text.partition(term.text)
    return verb and not (_ASKED_OF.match(after) or _ASKED_HOW.search(before))


def _tells(wish: _Wish, term: Term) -> bool:
    """Whether a word stands where who asks is told: up to where the words for its kind end, in a part of the question
    that begins with what one does (做蛋白粉、鱼油这类保健品的厂), or in those words."""
    text = wish.asked.text
    told = [span.cut(text) for span in wish.who.spans]
    for span in wish.who.spans:
        start = max((match.end() for match in _PAUSE.finditer(text, 0, span.start)), default=0)
        told += [text[start : span.end]] if _DOING.match(text, start) else []
    return any(term.text in part for part in told)


def _stranger(wish: _Wish) -> bool:
    """Whether a part of the question that asks something asks of what no document holds."""
    asking = [part for part in _PAUSE.split(wish.asked.text) if ASKS.search(part)]
    names = [term for term in wish.asked.topic.strange if term.weight >= _NAME and not _tells(wish, term)]
    return any(term.text in part for term in names for part in asking)


def _line(asked: Asked, desk: Desk, demand: Demand, span: Span) -> Line:
    """The words of a sentence, with the short heading of its clause."""
    head = demand.folio.heading_span(demand.clause)
    if not 0 < head.end - head.start <= _HEADING:
        return desk.prose(asked, demand.folio, span)
    label = f"{desk.label(demand.folio, demand.clause)} {head.cut(demand.folio.text)}"
    text = say(asked.language, "prose", label=label, quote=span.cut(demand.folio.text).rstrip("。;；"))
    return Line(text, (Quote(demand.folio, demand.clause, span), Quote(demand.folio, demand.clause, head)))


def _parted(asked: Asked, who: Profile) -> tuple[Topic, Topic]:
    """What is asked, and the words that say who asks."""
    bare = asked.text
    bettered = "".join(_BETTERED.findall(bare))
    for span in who.spans:
        bare = bare[: span.start] + " " * (span.end - span.start) + bare[span.end :]
    rest: list[Term] = []
    own: list[Term] = []
    for term in asked.topic.terms:
        if not _only_asks(term.text) and term.text not in bettered:
            (own if _is_own(term.text, asked.text, bare, who) else rest).append(term)
    return Topic(tuple(rest), asked.topic.runs), Topic(tuple(own))


def _is_own(word: str, text: str, bare: str, who: Profile) -> bool:
    """Whether a word stands in the description of the asker alone, but for a character (小超市)."""
    if word in bare or word not in text:
        return False
    left = min((word.replace(span.cut(text), "") for span in who.spans if span.cut(text) in word), key=len, default="")
    return len(left) < _MORE


def _narrow(wish: _Wish, every: Sequence[Demand]) -> list[Demand]:
    """The sentences that say what is asked, best first, those of the asker's kind before others."""
    rest = wish.rest
    least = 0.3 if rest.strong else 0.5
    rated = [
        (wish.worth(demand), demand)
        for demand in every
        if not (wish.who.sectors and _OFFICIAL.search(demand.words))
        if rest.coverage(demand.words) >= least or wish.exactly(demand.words)
    ]
    if not rest.strong:  # only such words as 标准 or 制度: of the sentences about the asker
        if not any(_FORMAL.search(term.text) for term in rest.terms):
            return []
        rated = [(worth, demand) for worth, demand in rated if demand.concern(wish.who) >= 0.5]
    if not rated:
        return []
    rated.sort(key=lambda item: -item[0])
    chosen = [demand for worth, demand in rated if worth >= rated[0][0] - _SAME][:3]
    if wish.asked.has(_SEVERAL):
        while len(chosen) < 3 and (more := _completing(wish, chosen, every)):
            chosen.append(more)
    if wish.asked.has(_AMOUNT) and not any(_FIGURE_SHOWN.search(one.words) for one in chosen):
        chosen += [one for _, one in rated if _FIGURE_SHOWN.search(one.words) and one.concern(wish.who) > 0][:1]
    return chosen


def _completing(wish: _Wish, chosen: Sequence[Demand], every: Sequence[Demand]) -> Demand | None:
    """The sentence that holds most of what those chosen lack."""
    words = "\n".join(one.words + one.folio.heads[one.clause.id] for one in chosen)
    left = Topic(tuple(term for term in wish.rest.terms if term.cover(words) < _MEANT))
    if left.weight < 0.25 * wish.rest.weight:
        return None
    covers = [
        (left.coverage(one.words), wish.worth(one), one)
        for one in every
        if left.coverage(one.words) > 0.6 and one.concern(wish.who) >= 0
    ]
    return max(covers, key=lambda item: item[:2])[2] if covers else None


def _broad(wish: _Wish, every: Sequence[Demand]) -> list[Demand]:
    """All that concerns a kind of enterprise: what names it, and the clause about its branch."""
    who, strictly = wish.who, bool(wish.who.sectors)
    told = [one for one in every if not (_OFFICIAL.search(one.words) or _PREAMBLE.search(one.clause.heading))]
    rated = [(one.concern(who, strictly=strictly), one) for one in told]
    named = [demand for worth, demand in rated if worth >= 0.9]
    home = [demand for worth, demand in rated if demand.home & who.sectors and worth > 0.3]
    words = [demand for worth, demand in rated if worth >= 0.8]
    found = named + home or words or [one for worth, one in rated if one.home & who.branches and worth > 0.3]
    clauses = {(id(demand.folio), demand.clause.id) for demand in found}
    found = [
        demand
        for worth, demand in rated
        if demand in found or (demand.of(who.branches, worth) and (id(demand.folio), demand.clause.id) in clauses)
    ]
    return _fitting(found, wish)


def _general(wish: _Wish, every: Sequence[Demand]) -> list[Demand]:
    """What enterprises of whatever kind have to do, where they are the subject, with what the clause goes on to say."""
    found = [one for one in every if _ALL.search(one.words)]
    if (
        wish.rest.strong
        or not wish.asked.has(_ANY)
        or any(not _only_asks(one.text) for one in wish.asked.topic.strange)
    ):
        return []
    clauses = {(id(one.folio), one.clause.id) for one in found}
    return _fitting(
        [
            one
            for one in every
            if one in found or (one.words.startswith("要") and (id(one.folio), one.clause.id) in clauses)
        ],
        wish,
    )


def _fitting(found: list[Demand], wish: _Wish) -> list[Demand]:
    """As many as an answer holds, what names the kind and demands something first, in the order of the text."""
    ranked = sorted(
        found,
        key=lambda one: (
            -one.concern(wish.who, strictly=True) - wish.own.coverage(one.words),
            not _DEMAND.search(one.words),
        ),
    )
    kept: list[Demand] = []
    room = _LONGEST
    for one in ranked:
        room -= one.span.end - one.span.start
        if kept and (room < 0 or len(kept) >= _MOST):
            break
        kept.append(one)
    return [one for one in found if one in kept]
