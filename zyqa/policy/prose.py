"""Duties that a text states in prose, without a mark: ``市质监局具体负责日常工作``, ``各县区政府要建立考核机制``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from zyqa.policy.assignments import Assignment
from zyqa.policy.unitlists import split, unit_like
from zyqa.types import Role, Span

_VERB = re.compile(
    r"(?P<lead>牵头(?!单位|部门|人|领导|机构|责任))|(?P<support>配合(?!单位|部门|比)|协助(?!单位))|"
    r"(?P<responsible>负责(?![人任编的同]|制(?![定订作造]))|承担(?=[^，,。；;：:\n]{2,40}(?:职责|工作|任务)))"
)
_IS = re.compile(
    r"(?:为|是)(?:[^，,。；;：:、\n]{1,24}?的)?(?:(?P<lead>牵头)|(?P<support>配合)|(?P<responsible>责任|(?:[核颁]发)?主管))(?:单位|部门)"
)
_WITH = re.compile(
    r"会同(?P<others>[^，,。；;：:！!？?\n（(）)“”]{2,50}?)"
    r"(?=[，,]?(?:适时|定期|抓紧|尽快|及时|共同)*(?:研究|制[定订]|提出|组织|开展|编制|起草|拟[定订]|审[核查定]|建立|完善|指导|督促|检查|确定|协商|推进|加强|做好|抓好|落实|清理|发布|公布))"
)
_MUST = re.compile(r"要(?![求素点闻害件塞紧么])|应当|(?<![相适反响对供回])应(?![急对用邀届付收变力聘税答声届])")
_PLEASE = re.compile(r"(?<![^。；;，,\n])请(?![示假求教柬])")
_ACTS = re.compile(
    r"(?:结合|根据|按照|依照|依法|统筹|组织|制[定订](?!的)|研究|指导|协调|定期|适时|及时|加强|加快|建立|开展|编制|督促|监督|审[核批查]|每年|推行|推进|印发|完成|公布|认定|落实|于20\d\d年)"
)
_ASKED_OF = re.compile(r"[^，,。；;：:！!？?\n（(）)“”《]{2,60}")
_NAME_END = re.compile(r"部(?!门)|[委局署办院厅行会]|政府|部门|机构|单位|地区|银行")
_ROLES = {role.value: role for role in Role}
_BREAK = re.compile(r"[，,。；;：:！!？?\n（(）)“”\"《》\s]")
_AREAS = re.compile(r"[（(][市州县区旗盟乡镇街道、，]+[）)]")  # 县（市、区）人民政府 is one name
_OPENS = re.compile(  # what may stand before the units: nothing, or a time (2019年3月底前，)
    r"(?:^|[。；;！？\n \u3000])(?:(?:到|自|从)?[^，,。；;\n]{0,4}(?:\d{1,4}年|\d{1,2}月)[^，,。；;\n]{0,8}[，,])?$"
)
_MODAL = re.compile(
    r"(?:要|应当?|须|必须|可以|也|均|都|分别|具体|统一|牵头|主要|共同|积极|主动|切实|认真|密切|依法|统筹|全面|直接|全力|充分|发挥|起到|"
    r"按照?(?:各自)?(?:的)?(?:职责|职能)(?:分工)?|根据(?:各自)?职责(?:分工)?|协同|做好|抓好|加强|组织|归口)+$"
)
_OPENING = re.compile(r"^(?:.*由(?!此|于)|请|并|同时|其中|今后|此外|另外|及时|在此期间|原则上|具体工作)")
_BETWEEN = re.compile(  # what may stand between the units and 负责: how they share it, the end of a heading
    r"(?:(?:按照?|根据)(?:各自)?(?:职责|职能)(?:分工)?|在(?:各自)?(?:的)?(?:职责|职权)范围内?)[，,](?:分别|共同)?$|(?<=[组室])。$"
    r"|(?<=[部委局署厅门府关])(?:按照?|依照|依据|根据|结合)[㐀-鿿]{2,12}$"
)
_PLACED = re.compile(r"[国中省市县区州各本]|领导小组|有关|相关")
_WORDY = re.compile(
    r"的|(?<!社会)(?<=.)组织(?![部办人])|要求|建立|^在|提升|实行|开展|和其他|干部|领导$|^(?:办公室|机构|单位|部门|小组|企业)$|^(?:可|要|通过)"
)
_LONGEST, _NEAR, _MANY = 60, 30, 3


def find_prose(text: str, taken: Sequence[Span], knows: Callable[[str], bool]) -> list[Assignment]:
    """What the text assigns outside ``taken`` (the marks). ``knows`` says whether the register has a name."""
    found: list[Assignment] = []
    marks = iter(sorted(taken))
    mark = next(marks, None)
    for match in sorted((*_VERB.finditer(text), *_IS.finditer(text), *_WITH.finditer(text)), key=re.Match.start):
        while mark and mark.end <= match.start():
            mark = next(marks, None)
        if not (mark and mark.start <= match.start()):
            found += _joined(text, match) if match.re is _WITH else _assigned(text, match)
    said = {unit for assignment in found for unit in assignment.units}
    for match in sorted((*_MUST.finditer(text), *_ACTS.finditer(text)), key=re.Match.start):
        assignment = _obliged(text, match.start(), knows)
        if assignment and not said.intersection(assignment.units):
            found.append(assignment)
            said.update(assignment.units)
    for match in _PLEASE.finditer(text):
        found += (one for one in _requested(text, match.end(), knows) if not said.intersection(one.units))
    return found


def _assigned(text: str, verb: re.Match[str]) -> Iterator[Assignment]:
    """The units before 负责, 牵头, 配合; those after 会同 support."""
    between = _BETWEEN.search(text, max(verb.start() - _NEAR, 0), verb.start())
    actor = _actor(text, between.start() if between else verb.start())
    if actor is None:
        return
    role = next(role for kind, role in _ROLES.items() if verb[kind])
    called = text.find("会同", actor.start, actor.end)
    parts = [(role, actor)]
    if called >= 0:
        parts = [(role, Span(actor.start, called)), (Role.SUPPORT, Span(called + 2, actor.end))]
    for role, part in parts:
        units = tuple(split(text, part))
        if units and all(_named(unit.cut(text)) for unit in units):
            yield Assignment(role, units)


def _joined(text: str, match: re.Match[str]) -> Iterator[Assignment]:
    """The units before and after 会同, of what they do together (财政部会同农业农村部研究提出…)."""
    rest = text[match.end() : match.end() + _NEAR]
    actor = _actor(text, match.start())
    if actor is None or _VERB.search(_BREAK.split(rest)[0]):
        return  # the verb has told of them
    for role, part in ((Role.RESPONSIBLE, actor), (Role.SUPPORT, Span(*match.span("others")))):
        units = tuple(split(text, part))
        if not units or not all(_named(unit.cut(text)) for unit in units):
            return
        yield Assignment(role, units)


def _obliged(text: str, place: int, knows: Callable[[str], bool]) -> Assignment | None:
    """The units that open a sentence and are to do something (质监、工商等部门要按照…, 县级以上人民政府组织…)."""
    actor = _actor(text, place)
    if actor is None or not _OPENS.search(text, max(actor.start - _NEAR, 0), actor.start):
        return None
    if _VERB.search(text, actor.start, actor.end) or _MUST.search(text, actor.start, actor.end):
        return None
    names = [unit.cut(text) for unit in split(text, actor)]
    departments = actor.cut(text).endswith("部门")
    known = sum(knows(name) for name in names)
    if departments and len(names) > _MANY and 2 * known > len(names):
        return Assignment(Role.RESPONSIBLE, tuple(split(text, actor)))
    if names and all(_sure(name, knows) or (departments and knows(name)) for name in names):
        return Assignment(Role.RESPONSIBLE, tuple(split(text, actor)))
    return None


def _requested(text: str, start: int, knows: Callable[[str], bool]) -> Iterator[Assignment]:
    """The units that a sentence asks to do something (请财政部会同有关部门研究提出…): the longest list behind 请."""
    asked = _ASKED_OF.match(text, start)
    ends = [start + end.end() for end in _NAME_END.finditer(asked.group())] if asked else []
    for end in reversed(ends):
        called = text.find("会同", start, end)
        parts = [(Role.RESPONSIBLE, Span(start, called if called >= 0 else end))]
        parts += [(Role.SUPPORT, Span(called + 2, end))] if called >= 0 else []
        found = [Assignment(role, tuple(split(text, part))) for role, part in parts]
        if all(one.units and all(_sure(unit.cut(text), knows) for unit in one.units) for one in found):
            yield from found
            return


def _sure(name: str, knows: Callable[[str], bool]) -> bool:
    return _named(name) and (knows(name) or bool(_PLACED.match(name)))


def _named(name: str) -> bool:
    return unit_like(name) and not _WORDY.search(name)


def _actor(text: str, end: int) -> Span | None:
    """The words between the last break and ``end``, without adverbs; None where they are too long for a list."""
    low = max(end - _LONGEST, 0)
    masked = _AREAS.sub(lambda match: "县" * len(match.group()), text[low:end])
    breaks = [low + match.end() for match in _BREAK.finditer(masked)]
    start = breaks[-1] if breaks else low
    if not breaks and low:
        return None
    words = _MODAL.sub("", text[start:end])
    if opening := _OPENING.match(words):
        start, words = start + opening.end(), words[opening.end() :]
    return Span(start, start + len(words)) if len(words) > 1 else None
