"""Who does what in a list of units: labels hold for what follows (牵头单位：A), verbs for what precedes (A牵头).

:mod:`zyqa.policy.marks` finds where such lists stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zyqa.policy.unitlists import depth, split
from zyqa.types import Role, Span

BODIES = r"(?:单位|部门|机构|处室|科室|股室|站所|主体|县区|地区|乡镇)"
LABELS = (  # each branch is a role, or "person" and "due": what follows names no unit
    r"(?:(?P<person>(?:责任|负责|分管|牵头|主管|包抓|联系|配合|协助)(?:领导|人员|人))"
    rf"|(?P<lead>(?:总?牵头|主办|主责|主管|主要责任|首要责任|第一责任)(?:责任|负责|落实)?{BODIES}+|牵头|主办)"
    rf"|(?P<support>(?:配合|协办|参加|参与|协助|协同|协作|支持|会办)(?:责任|落实)?{BODIES}+|配合|协办|参加|参与)"
    rf"|(?P<responsible>(?:责任|负责|承办|落实|实施|承担|完成|执行|具体责任|指导)(?:落实)?{BODIES}+(?:分工)?"
    r"|责任分工|任务分工|责任|负责)"
    r"|(?P<due>(?:完成|办理|工作|任务|时间)?(?:时限|期限|时间|节点)(?:要求|进度|安排)?))"
)
_PREFIX = r"[【〔\[]?(?:[国省市州县区镇]级)?"
COLON = r"\s{0,4}(?:[：:∶︰]|(?<=单位|部门|机构)[】〕\]][：:∶︰]?)"  # 牵头单位： or 【牵头单位】
LABEL = re.compile(rf"{_PREFIX}{LABELS}(?:及(?:完成)?(?:时限|单位|部门)|[（(][㐀-鿿]{{1,6}}[）)])?{COLON}\s{{0,8}}")
_COLUMN = re.compile(rf"{LABELS}(?<=单位|部门)(?:及(?:完成)?(?:时限|单位|部门))?")
_BARE_LABEL = re.compile(rf"(?<![^\s，,；;（(〔\[【]){LABELS}(?<=单位|部门)(?:为(?!主)|是|\s+|(?=[市省县区各]))")
_HOW = (  # adverbs before a verb: 按职责分工, 分别, 共同
    r"(?:(?:按照?|根据|依据|依照|依|结合|在)?(?:各自|部门|工作|本部门|有关|相关)?"
    r"(?:职责|职能|权限|分工|任务)(?:和|及)?(?:任务|权限|职责)?(?:分工|范围内?)?(?:内|，|,)?|"
    r"分别|共同|均|具体|统筹|统一|联合|协同|密切|积极|主要|予以|给予|分级|分头|全面|认真|抓好|做好|组织|依法|负责)*"
)
_VERB = re.compile(  # at the end of what it governs: a separator, a blank before a date, or the list's end follows
    rf"(?P<how>{_HOW})"
    r"(?:(?P<lead>总?牵头(?:负责|组织实施|组织落实|组织|抓总|落实|推进|实施|协调|办理|制定|承担|开展|指导)*"
    r"|主办|主责|抓总|负总责|牵总|主抓|指导|为主|为(?:牵头|主办|第一责任)(?:单位|部门))"
    r"|(?P<support>(?:协同|协助|积极|密切)?(?:配合|参与|参加|协助|协办|会办|协同|支持|协作|协抓)(?:落实|实施|推进|做好|配合|负责)*"
    r"|为(?:配合|协办|参与)(?:单位|部门))"
    r"|(?P<responsible>(?:负责|落实|实施|承办|推进|推动|承担|执行|抓好|完成|办理|开展|制定|提出|出台)+"
    r"(?:落实|实施|到位|指导|监督|督促|推进|具体|组织|协调)*"
    r"|为责任(?:单位|部门)"
    r"|(?:按照?|根据)(?:各自)?职[责能](?:分工)?))"
    r"(?=\s{0,8}(?:[，,；;。.、）)〕\]】\n]|$|会同|商|(?<=\s)(?:\d|持续|长期)))"
)
RULE = re.compile(  # 排在第一位的为牵头单位, in its wordings
    r"(?:排名?在?|排列在?|列在?|位列|位于|居于?)?(?:第一个?|第1位?|首个|首位|首列|居首|最前面?)(?:的|者|责任|单位|部门|地区|即|位){0,4}"
    r"(?:为|是|系)(?:该项\w{0,6})?"
    r"(?:牵头|主办|主责|第一责任)(?:责任)?(?:单位|部门|者)?"
    r"|(?:牵头|主办)(?:单位|部门)(?:排|列|位列)(?:名|在)?(?:第一位?|首位)"
)
_ASIDE = re.compile(  # what a list says beside its units; "rest": of those that it leaves out
    r"下同|(?P<rest>不再(?:单独|一一|另行)?(?:列|标|注|说明)|以下(?:均|各|同|简称)|均(?:需|须|要|涉及))|" + RULE.pattern
)
_DUE = re.compile(  # 2020年6月底前完成
    r"(?:(?:到|于|在|至)?(?:20\d\d|[12]\d)年|[\d一二三四五六七八九十]{1,2}月|每年|每季度|[今明当次]年|年内|年底|[上下]半年"
    r"|第[一二三四1-4]季度)[^、；;。]{0,24}"
)
_LIMIT = re.compile(r"完成|[底末]?前$|持续|长期")
_ONGOING = re.compile(
    r"(?:长期|持续|常年|常态化?|适时|立即|全年|年内|分阶段|逐年|每年|有序)"
    r"(?:坚持|推进|推动|实施|开展|落实|执行|完成|任务|工作|整改|抓好|更新)*"
)
_MEETING = re.compile(r"会同|(?<=[部委局署厅会])商(?=[㐀-鿿]{2,12}[部委局署厅])")
_PART_END = re.compile(r"[；;。]")
_COMMA = re.compile("[，,]")
_ITEM = re.compile(r"[^，,\s]+")
_LED = re.compile(r"\s*[（(〔\[［]牵头(?:单位|部门)?[）)〕\]］]")
_HAN = re.compile("[㐀-鿿]")
_PROSE = re.compile(r"[。！？：:]|以下简称")
_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who, in one role."""

    role: Role
    units: tuple[Span, ...]


def label_role(words: str) -> Role | None:
    """The role that a label without its colon (a table's column heading) gives."""
    match = _COLUMN.fullmatch(words)
    return next((role for kind, role in _ROLES.items() if match[kind]), None) if match else None


def parts(text: str, body: Span) -> Iterator[Span]:
    """The body cut at ；。 and line breaks, without asides (下同, 不再列出, the rule that the first one leads)."""
    start = body.start
    for match in [*_PART_END.finditer(text, body.start, body.end), None]:
        end = match.start() if match else body.end
        if aside := _ASIDE.search(text, start, end):
            end = _before_aside(text, start, aside)
        if text[start:end].strip():
            yield Span(start, end)
        start = match.end() if match else end


def _before_aside(text: str, start: int, aside: re.Match[str]) -> int:
    """Where the list before the aside ends: a remark on the rest (以下不再列出) takes its clause, or the part."""
    if aside["rest"] is None:
        return aside.start()
    if not LABEL.match(text, start):
        return start
    return max(start, *(text.rfind(comma, start, aside.start()) for comma in "，,"))


def read(text: str, body: Span) -> Reading:
    """What the list says, part by part."""
    reading = Reading(text)
    for part in parts(text, body):
        reading.take_in(part)
    return reading


class Reading:
    """What has been read of a mark's body so far; a label holds until the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.assignments: list[Assignment] = []
        self.due: str | None = None
        self.labelled = False
        self._label: str | None = None  # the kind of the label in force: a role, "person" or "due"

    def take_in(self, part: Span) -> None:
        """Take in one part: lists before verbs, lists after labels, time limits between."""
        start, verb = part.start, None
        for kind, place, end in self._events(part):
            if kind == "when":
                words = self.text[place:end].strip()
                self._take(start, place, self._label or _after(verb) or _before(verb, words))
                self.due = self.due or words
            elif kind.startswith("label:"):
                self._take(start, place, self._label or _after(verb))
                self._label, self.labelled, verb = kind[6:], True, None
            else:
                verb = kind
                self._take(start, place, self._label if self._label and kind == "responsible" else kind)
            start = end
        led = _LED.search(self.text, part.start, part.end)
        self._take(start, part.end, self._label or _after("lead" if led and verb is None else verb))

    def _events(self, part: Span) -> list[tuple[str, int, int]]:
        """(kind, start, end) of the labels, verbs and time limits at bracket depth 0, in order."""
        text = self.text
        whens = [("when", *span) for span in _whens(text, part)]
        labels = [
            (f"label:{match.lastgroup}", *match.span())
            for grammar in (LABEL, _BARE_LABEL)
            for match in grammar.finditer(text, part.start, part.end)
        ]
        verbs = [(_verb_kind(match), *match.span()) for match in _VERB.finditer(text, part.start, part.end)]
        events: list[tuple[str, int, int]] = []
        for event in sorted([*whens, *labels, *verbs], key=lambda one: (one[1], one[0] != "when")):
            if (not events or event[1] >= events[-1][2]) and depth(text, part.start, event[1]) == 0:
                events.append(event)
        return events

    def _take(self, start: int, end: int, kind: str | None) -> None:
        """Give the units of ``text[start:end]`` the role, those after 会同 a supporting one."""
        if kind == "due" and self.text[start:end].strip():
            self.due = self.due or self.text[start:end].strip(" 　，,、")
        if kind not in _ROLES:
            return
        role = _ROLES[kind]
        meeting = _MEETING.search(self.text, start, end)
        if meeting is None:
            self._assign(role, Span(start, end))
            return
        comma = _COMMA.search(self.text, meeting.end(), end)
        called = comma.start() if comma else end
        self._assign(role, Span(start, meeting.start()))
        self._assign(Role.SUPPORT, Span(meeting.end(), called))
        self._assign(role, Span(called, end))

    def _assign(self, role: Role, within: Span) -> None:
        units = [span for span in split(self.text, within) if _plausible(span.cut(self.text))]
        leads = tuple(unit for unit in units if _LED.match(self.text, unit.end))
        others = tuple(unit for unit in units if unit not in leads)
        self.assignments += [Assignment(*one) for one in ((Role.LEAD, leads), (role, others)) if one[1]]


def _after(verb: str | None) -> str | None:
    """The role of units that follow a verb and have none of their own: A牵头，B、C."""
    return "support" if verb == "lead" else None


def _before(verb: str | None, due: str) -> str | None:
    """The role of units that stand before a time limit only: A、B，2020年底前完成."""
    return "responsible" if verb is None and _LIMIT.search(due) else None


def _verb_kind(match: re.Match[str]) -> str:
    return next(kind for kind in _ROLES if match[kind])


def _whens(text: str, part: Span) -> Iterator[tuple[int, int]]:
    for match in _ITEM.finditer(text, part.start, part.end):
        words = match.group().strip()
        if _ONGOING.fullmatch(words) or _DUE.fullmatch(words):
            yield match.span()


def _plausible(name: str) -> bool:
    return 2 <= len(name) <= 40 and bool(_HAN.search(name)) and not _PROSE.search(name)
