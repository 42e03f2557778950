"""Reads a question: the units, roles, addresses, documents and dates it names, its topic and its intent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zyqa.answer import signs
from zyqa.answer.addresses import find_addresses
from zyqa.answer.dates import When, find_dates
from zyqa.answer.figures import in_figures
from zyqa.answer.frame import UNIT, only_asks, unframed
from zyqa.answer.intents import Intents
from zyqa.answer.question import Asked, Intent, Value
from zyqa.answer.topic import Topic, Topics
from zyqa.patterns import compiled
from zyqa.policy.units import Register
from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Span

_ENGLISH_YES_NO = compiled(r"^(?:is|are|was|were|does|do|did|must|should|can|has|have|will)\b")
_PLAINLY = compiled(r"主要负责|总负责|谁(?:来)?(?:负责|管|抓)")  # a lead, or any part
_TITLE = compiled(r"《([^《》]{1,80})》?")
_NUMBER = compiled(
    r"[㐀-鿿]{2,8}\s*[\[(]\s*(?:19|20)\d\d\s*[\])]\s*第?\s*\d+\s*号|[㐀-鿿]{1,6}发\d{1,4}号|gb/?\s?t?\s?\d{3,6}(?:-\d{4})?|(?<![\d第])\d{1,4}号(?=文|通知|意见)"
)
_ALIAS = compiled(r"[“\"'‘](意见|通知|办法|规划|纲要|方案|决定|指导意见|条例)[”\"'’]")
_VALUE = compiled(
    rf"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%|个百分点|项|个|家|户|种|条|万|亿|元|天|小时)|百分之(?P<han>{HAN_NUMERAL})|(?P<whole>百分百|百分之百)"
    r"|(?:不[少低]于|至少|超过|[大多低少]于|不到)(?P<bare>\d+)(?=[的,。?]|$)"
)
_PERSONAL = compiled(
    r"组长|秘书长|局长|市长|区长|县长|省长|主任|书记|科长|联系人|小组的?(?:成员|人员)(?!单位)|(?<!建)设在|到哪(?:儿|里)?了|(?:我|我们)(?:想|要)(?:投诉|举报|办理|申请|报名|购买)|(?!(?<=[到往])哪[里儿]去)(?:怎么|如何|咋|怎样|哪里|在哪|哪儿)(?:能|可以|去|才能)?(?:去|走|坐车|联系|办理|办(?![法?。,]|$)|申请|申报|提取|领取|领|缴纳|缴|交|报名|预约|查询|投诉|举报|买|报销|注册)"
    r"|(?<!打)电话(?!费|计[费时]|收费|通[信话]|业务|网|服务|[和、及与](?:网|上网|寄|宽带|快递|邮[政寄]))|手机号|邮箱|网址|联系方式|地址|工资|待遇|价格|房价|罚款|罚(?=多少)|(?:多少|几)个?(?:名|人|内设机构|编制)|科室|处室|股室|(?:局长|市长|主任|领导|负责人|县长|区长|书记|他|她|谁).{0,4}(?:叫|姓)|姓什么|是男是女|多大年纪|人口"
)
_EXCEPTED = compiled(
    rf"除(?:了|去|开)?[^,。?还{UNIT}]{{0,10}}(?:牵头|配合|主办|协办|责任)[^,。?还{UNIT}]{{0,6}}?(?:以外|之外|外|(?=,?(?:还|别的|其他|其它|另)))"
)
"""A role that is set aside (除两家牵头单位外,还有谁配合): not the one that is asked for."""
_OF_TARGETS = compiled(
    r"(?:考核|约束性|预期性|核心|关键)(?:哪些|什么|啥|几个|的)?(?=(?:指标(?!体系)|数字|数值|目标))"
    r"|(?<=[”\"])(?:字样?|[一二三]字|一词|这个?词)(?![㐀-鿿]?量)|(?<=[个项户家])计(?=的|算)|(?<=[给报])个数(?![字目量据])"
)
"""Words that speak of targets or of wording, and of no subject."""
_GLOSS = compiled(r"\([^()]{2,16}\)")
_WHETHER = compiled(r"([㐀-鿿])不(?=\1[㐀-鿿])")  # 满不满意 asks of 满意
_LABEL = compiled(r"^(?!判断)[^:,。?]{0,6}(?:题|测验|小测|测试|问答|抢答|速答|回我|答我|告诉我):")  # over a question
_HAN_MONTH = compiled(r"(?<![〇零○一二三四五六七八九十年个第几])(十[一二]?|[一二三四五六七八九])月(?=[底末初份之以前])")
_GAPS = compiled(  # blanks that part no words: between single characters, beside brackets and digits
    r"(?<=(?<![㐀-鿿])[㐀-鿿]) (?=[㐀-鿿](?![㐀-鿿]))|(?<=[()、\d]) (?=[㐀-鿿()、])|(?<=[㐀-鿿()、]) (?=[()、\d])"
    r"|(?<=[谁给帮由归]) (?=[㐀-鿿])|(?<=[㐀-鿿]) (?=[谁给帮由归])"
)
_ROLES = compiled(r"牵头|配合|负责|角色|承担|参与|参加|职责|任务|分工|谁|哪个?(?:单位|部门)")
_BESIDES = compiled(r"(?P<who>[㐀-鿿]{2,10}?)除了?[^,。?]{1,14}?(?:以外|之外|外)?,?(?=还[要应须得能需在该])")
_PROPER = compiled(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_GRADE = compiled(r"[一二三四五]级[甲乙丙丁]等")  # another grade is another thing
_MONTH = compiled(r"(?<![年\d])\d{1,2}月(?:底|初)?")
_HISTORY_CUE = compiled(
    r"^(?:那|那么|它|他们?|其|该|这个?|上述|还有|哦|嗯|好的?|再|以及|换成|如果是|至于)|呢[?。]?$|^(?:配合|牵头|负责)(?:单位|部门)?[?。]?$|它|该(?:单位|项|条|任务|工作|局|指标)|这(?:项|条|个|一)|那(?:项|条|个|一)|上(?:一|面|述)|前(?:一|面|述)|同一|此"
)


class Reader:
    """Reads questions with the register of units and the words of the library."""

    def __init__(self, register: Register, topics: Topics, intents: Intents | None = None) -> None:
        self._register = register
        self._topics = topics
        self._intents = intents or Intents.shipped()

    def read(self, text: str) -> Asked:
        """A single question, without its dialogue."""
        folded = re.sub(r"\s+", " ", fold(text)).strip()
        folded = _HAN_MONTH.sub(lambda found: f"{number(found.group(1))}月", folded)
        folded = _LABEL.sub("", re.sub(r"(?<=\d)[。·](?=\d)", ".", folded))
        yes_no = bool(_ENGLISH_YES_NO.search(folded))
        language = "en" if self._topics.wording.is_english(folded) else "zh"
        names: list[str] = []
        if language == "en":
            names = [name for name in map(fold, _PROPER.findall(text)) if not self._topics.wording.has_english(name)]
            folded = self._topics.wording.chinese(folded)
        folded = _GAPS.sub("", folded) if language == "zh" else folded
        folded = self._unglossed(folded)
        asked = self._read(self._unexcepted(in_figures(self._topics.wording.mended(folded))), language, names)
        return replace(asked, yes_no=True) if yes_no else asked

    def _without_asker(self, text: str, found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
        """The units without those that name an enterprise as one of its kind (移动公司的满意度)."""
        spans = self._topics.wording.kinds.asker(text).spans
        own = (
            span for span, _ in found if span.cut(text).endswith("公司") and any(one.contains(span) for one in spans)
        )
        return [(span, name) for span, name in found if span not in set(own)]

    def _unglossed(self, text: str) -> str:
        """The question without brackets that only name the unit before them anew: 市交通运输局(又作市交通局)."""
        for gloss in reversed(list(_GLOSS.finditer(text))):
            before = [name for span, name in self._register.find(text[: gloss.start()]) if span.end == gloss.start()]
            again = self._register.find(gloss.group())
            more = sum(span.end - span.start for span, _ in again) < len(gloss.group()) - 2
            if before and more and {name for _, name in again} == set(before):
                text = text[: gloss.start()] + text[gloss.end() :]
        return text

    def _unexcepted(self, text: str) -> str:
        """The question without what is set aside (银行除了满意度,还要做什么); not where units are."""
        found = _BESIDES.match(text)
        if found is None or self._register.find(found.group()):
            return text
        return found["who"] + text[found.end() :]

    def _read(self, text: str, language: str, names: Sequence[str]) -> Asked:
        titles = tuple(match.group(1) for match in _TITLE.finditer(text))
        titles += tuple(match.group(1) for match in _ALIAS.finditer(text))
        numbers = tuple(match.group() for match in _NUMBER.finditer(text))
        hidden = [(m.start(), m.end()) for m in (*_TITLE.finditer(text), *_NUMBER.finditer(text))]
        found = [(span, name) for span, name in self._register.find(text) if not _inside(span, hidden)]
        if not _ROLES.search(text):
            found = self._without_asker(text, found)
        dates = tuple(when for when in find_dates(text) if not _inside(when.span, hidden))
        addresses = find_addresses(_masked(text, hidden + [(w.span.start, w.span.end) for w in dates]))
        places = [(one.span.start, one.span.end) for one in addresses]
        values = tuple(value for value in _values(text) if not _inside(value.span, places))
        taken = [(span.start, span.end) for span, _ in found] + [(w.span.start, w.span.end) for w in dates]
        taken += hidden + places
        taken += [(value.span.start, value.span.end) for value in values]
        if not (signs.LEAD.search(text) or signs.SUPPORT.search(text)):
            taken += [match.span() for match in _OF_TARGETS.finditer(text)]
        cues = _EXCEPTED.sub("除此之外", _masked(text, [(span.start, span.end) for span, _ in found], UNIT))
        wishes = [*names, *_PERSONAL.findall(text), *_months(text, dates), *_GRADE.findall(text)]
        asked = Asked(
            text=text,
            cues=cues,
            language=language,
            intent=Intent.TEXT,
            topic=self._topics.read(_WHETHER.sub("", _masked(text, taken)), strange=wishes),
            wishes=tuple(wish for wish in wishes if not self._topics.known(wish)),
            role=signs.role_of(cues),
            units=tuple(dict.fromkeys(name for _, name in found)),
            surfaces=tuple(dict.fromkeys(span.cut(text) for span, _ in found)),
            address=addresses[0].path if addresses else None,
            titles=titles,
            numbers=numbers,
            dates=dates,
            values=values,
            yes_no=bool(signs.YES_NO.search(cues)) or signs.claims(cues),
            count=bool(signs.COUNT.search(cues)),
            most=bool(signs.MOST.search(cues)),
            compare=bool(signs.COMPARE.search(cues)),
            negated=bool(signs.NEGATED.search(cues) or signs.ONLY.search(cues)),
            others=bool(signs.OTHERS.search(cues)),
            both=bool(signs.BOTH.search(cues) or all(signs.roles_of(cues))),
            soft=not (signs.LEAD.search(_PLAINLY.sub("", cues)) or signs.SUPPORT.search(cues)),
            capacity=bool(signs.CAPACITY.search(cues) or signs.DOES_WHAT.search(cues)),
            who=bool(signs.WHO.search(signs.WHOM.sub("", cues))),
            follows=bool(_HISTORY_CUE.search(text)),
            asks=signs.wishes(cues),
        )
        exact = bool(asked.address or asked.titles or asked.numbers)
        asked = replace(asked, topic=unframed(_undenied(asked.topic, cues), cues, exact=exact, who=asked.who))
        asked = _without_asker(asked)
        likely = self._intents.likely(asked)
        return replace(asked, intent=likely[0][0], likely=likely)


def _undenied(topic: Topic, cues: str) -> Topic:
    """The topic without strange words that only deny (没有安排配合单位): they are no subject."""
    denied = "".join(match.group() for match in signs.NEGATED.finditer(cues))
    return replace(topic, strange=tuple(term for term in topic.strange if term.text not in denied))


def _without_asker(asked: Asked) -> Asked:
    """The question without a unit that only asks it, where it is asked of others."""
    told = [
        (unit, name) for unit, name in zip(asked.units, asked.surfaces, strict=False) if not only_asks(name, asked.text)
    ]
    of_more = asked.topic.strong and (asked.who or asked.has(signs.TARGET))
    if len(asked.units) != len(asked.surfaces) or not (told or of_more):
        return asked
    return replace(asked, units=tuple(unit for unit, _ in told), surfaces=tuple(name for _, name in told))


def _values(text: str) -> list[Value]:
    found = []
    for match in _VALUE.finditer(text):
        if match["whole"] or match["han"]:
            value, unit = str(number(match["han"]) if match["han"] else 100), "%"
        elif match["bare"]:
            found.append(Value(match["bare"], "", Span(*match.span("bare"))))
            continue
        else:
            value, unit = match["value"], match["unit"]
        found.append(Value(value, unit, Span(match.start(), match.end())))
    return found


def _months(text: str, dates: Sequence[When]) -> list[str]:
    """The months that are of no year."""
    places = [(when.span.start, when.span.end) for when in dates]
    return [m.group() for m in _MONTH.finditer(text) if not _inside(Span(m.start(), m.end()), places)]


def _inside(span: Span, places: list[tuple[int, int]]) -> bool:
    return any(start <= span.start < end for start, end in places)


def _masked(text: str, places: list[tuple[int, int]], mark: str = " ") -> str:
    """The text with some stretches blanked; offsets hold when ``mark`` is a blank."""
    chars = list(text)
    for start, end in places:
        chars[start:end] = [mark if mark == " " else ""] * (end - start)
        if mark != " ":
            chars[start] = mark
    return "".join(chars)
