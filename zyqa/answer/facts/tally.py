"""What a question counts over the whole table: tasks by their units or units by their tasks, which, in what order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zyqa.answer import signs
from zyqa.answer.frame import UNIT
from zyqa.answer.question import Asked
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number
from zyqa.types import Role

_N = rf"(?P<number>\d+|{HAN_NUMERAL})"
_ROLE = r"(?P<role>牵头|配合|责任|参与)"
_BODY = r"(?:单位|部门|机构)"
_OP = (
    r"(?P<op>不少于|至少|不低于|达到|不超过|不多于|至多|最多只|超过|多于|大于|不止|少于|不到|不足|低于"
    r"|只有|仅有|只|仅|光|恰好|刚好|正好)?"
)
_POST = r"(?P<post>及?以上|及?以下|以内|或更多|起)?"
_LINK = r"(?:的|数量?|个数|有|为|是|都|就|却|也|在|列了?|了|过|任务|工作)*"
_COUNTED_UNITS = (
    compiled(rf"{_ROLE}{_BODY}{_LINK}{_OP}{_N}[个家]{_POST}"),
    compiled(rf"{_OP}{_N}[个家]{_POST}的?{_BODY}?(?:来|都|共同|一起|一块儿?|一道|联手|合着|联合|同时|并列)*的?{_ROLE}"),
    compiled(rf"(?P<number>双|共同|并列|联合|一起|多头|多[个家]|好几[个家]|不止一[个家]){_BODY}?(?:来|都)?{_ROLE}"),
)  # fmt: skip
_COUNTED_TASKS = (
    compiled(rf"{_OP}(?:当|做|干)过?{_N}[回次](?:的|个)?{_ROLE}(?:的)?"),
    compiled(rf"{_OP.replace('op', 'op2')}{_ROLE}{_LINK}{_OP}{_N}(?:项|条|件|个任务|次){_POST}"),
    compiled(rf"{_OP}{_ROLE.replace('role', 'role2')}?(?:出现|提到|露面)过?{_OP.replace('op', 'op2')}{_N}次{_POST}"),
)
_NONE_TASK = compiled(
    rf"(?P<empty>牵头|配合){_BODY}?(?:那?一?[栏列格处])?(?:为|是|都)?空(?:着|白|缺)?的?|(?:没有?|无|缺|未|不(?:需要|用|带|设|含))(?:列|设|写|安排|明确|任何|单独|人|谁|别人|单位)*的?{_ROLE}(?:{_BODY}|的?任务(?!的?{_BODY}))"
)
_NONE_UNIT = compiled(
    r"(?:只|仅|光|单)(?P<own>牵头|配合)|(?:没有?|(?:从不|从未|从来(?:没有?|不|未))(?:给|为|跟|替)?(?:别人|别家|人家|别的单位|其他单位)?|不|未)(?:曾)?(?P<none>牵头|配合)(?:过)?(?:任何)?(?:任务)?"
)
_BOTH = compiled(r"(?:既|又|也)(?:有)?(?:牵头|配合).{0,4}(?:又|也|还)(?:有)?(?:牵头|配合)")
_FIRST_FEW = compiled(rf"前(?P<top>{HAN_NUMERAL}|\d)(?:名|位|家|个)")
_RANK = compiled(
    rf"最(?P<most>[多少])|榜首|居首|首位|第(?P<place>{HAN_NUMERAL}|\d)(?P<which>[多少位名])|[排居列](?:在|名)?第(?P<ranked>{HAN_NUMERAL}|\d)"
)
_WHICH_TASK = compiled(
    r"(?:哪|什么)(?:一|几|些)?(?:项|条|个任务|件)|哪.{0,2}任务|任务(?:是|为|有)?(?:哪|几|多少)|(?:几|多少)[项条个]?任务"
)
_BY_UNITS = compiled(rf"{_BODY}(?:数量?|个数)?(?:就|都)?(?:最|排|第|超|不|少|多)")
_BELONGS = compiled(
    rf"{UNIT}(?P<role>牵头|配合|参与|负责)(?:的)?(?:这|那)?(?:{HAN_NUMERAL}|\d*)[项条]?(?:任务|工作|事项)?(?:里|中|当中|之中|,)"
)
TOTAL = compiled(
    r"加(?:上?(?:牵头|配合)|起来)|一起算|算在?一起|合计|承担|涉及|参与|总共|一共|合起来|连牵头带配合|不管牵头"
)
_ASKED_WHETHER = compiled(r"有没有|是不是|有无|是否|对不对|会不会|算不算|没错|没有?(?=[?。]?$)")
_UNITS_ASKED = compiled(rf"(?:谁|哪[^,。?]{{0,4}}{_BODY}|{_BODY}.{{0,3}}(?:哪|谁)|哪[个家些][^项条件任务]{{0,3}})")
_SIGNS = (
    (">=", "不少于|至少|不低于|达到"),
    ("<=", "不超过|不多于|至多|最多只"),
    (">", "超过|多于|大于|不止"),
    ("<", "少于|不到|不足|低于"),
)
_OPS = {word: sign for sign, words in _SIGNS for word in words.split("|")}
ROLES = {"牵头": Role.LEAD, "配合": Role.SUPPORT, "责任": Role.RESPONSIBLE, "负责": Role.LEAD, "参与": None}


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on how many: ``op`` is one of == >= > <= <."""

    role: Role | None
    op: str
    value: int

    def holds(self, count: int) -> bool:
        return {
            "==": count == self.value,
            ">=": count >= self.value,
            ">": count > self.value,
            "<=": count <= self.value,
            "<": count < self.value,
        }[self.op]


@dataclass(frozen=True, slots=True)
class Rank:
    """The ``places`` of an order from the most, or the fewest: (0,) the first, (1,) the second, (0, 1) both."""

    places: tuple[int, ...]
    fewest: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is counted. ``tasks``: tasks by their units, else units by their tasks; ``of``: only tasks where the unit
    named has this role; ``only``: units with this role and not the other; ``both``: units with both."""

    tasks: bool
    role: Role | None
    limit: Limit | None = None
    rank: Rank | None = None
    of: tuple[Role | None, ...] = ()
    only: Role | None = None
    both: bool = False


def plainly(cues: str) -> str:
    """The cues with every word for a role as 牵头, 配合 or 参与."""
    text = re.sub(r"牵(?:过|的|了|个)头", "牵头", cues)
    text = signs.LEAD.sub("牵头", re.sub(r"参与|参加|掺和|涉及到?|承担", "参与", text))
    return re.sub(rf"(?:{signs.SUPPORT.pattern})", lambda found: "参与" if found.group() == "参与" else "配合", text)


def wanted(asked: Asked) -> Wanted | None:
    """What a question counts over whole tables, or None where it counts nothing of the kind."""
    text = _ASKED_WHETHER.sub("", plainly(asked.cues))
    of = tuple(ROLES[found["role"]] for found in _BELONGS.finditer(text))
    if of:
        text = _BELONGS.sub(" ", text)
    elif asked.units and not re.search(rf"除了?.{{0,4}}{UNIT}", text):
        return None
    return _counted(text, of)


def claimed(asked: Asked) -> Wanted | None:
    """The units among which those named are said to be, where that is asked (只牵头一项的单位里有没有建设局)."""
    if not (asked.units and asked.yes_no) or re.search(rf"除了?.{{0,4}}{UNIT}|比.{{0,6}}{UNIT}", asked.cues):
        return None
    found = _counted(_ASKED_WHETHER.sub("", plainly(asked.cues).replace(UNIT, "")), ())
    return found if found and not found.tasks else None


def _counted(text: str, of: tuple[Role | None, ...]) -> Wanted | None:
    rank = _rank(text)
    tasks = bool(_WHICH_TASK.search(text) and not re.search(r"谁|哪[个家些]单位", text)) or bool(_BY_UNITS.search(text))
    if rank:
        return Wanted(tasks, _role(text), rank=rank, of=of)
    if _BOTH.search(text):
        return Wanted(False, None, both=True)
    none = _NONE_UNIT.search(text) if not of else None
    if (found := _NONE_TASK.search(text)) and not (none and _UNITS_ASKED.search(text) and "任务" in found.group()):
        role = ROLES[found["role"] or found["empty"]]
        return Wanted(True, role, Limit(role, "==", 0), of=of)
    for patterns, of_tasks in ((_COUNTED_TASKS, False), (_COUNTED_UNITS, True)):
        for pattern in patterns:
            if (found := pattern.search(text)) and (limit := _limit(found)):
                return Wanted(of_tasks, limit.role, limit, of=of)
    if none:
        other = {"牵头": Role.SUPPORT, "配合": Role.LEAD}
        return Wanted(False, None, only=ROLES[none["own"]] if none["own"] else other[none["none"]])
    return None


def both_ends(one: Wanted, asked: Asked) -> list[Wanted]:
    """What is counted, from the other end of the order as well where both are asked for (最多和最少)."""
    if one.rank is None or not ("最多" in asked.cues and "最少" in asked.cues):
        return [one]
    return [replace(one, rank=replace(one.rank, fewest=fewest)) for fewest in (False, True)]


def _rank(text: str) -> Rank | None:
    if few := _FIRST_FEW.search(text):
        return Rank(tuple(range(number(few["top"]) or 1)), "最少" in text)
    found = _RANK.search(text)
    if not found:
        return None
    if place := found["place"] or found["ranked"]:
        return Rank(((number(place) or 1) - 1,), found["which"] == "少")
    return Rank((0,), found["most"] == "少")


def _role(text: str) -> Role | None:
    """The role whose units or tasks are ranked; None: every role together."""
    lead, support = "牵头" in text, "配合" in text
    return Role.LEAD if lead and not support else Role.SUPPORT if support and not lead else None


def _limit(found: re.Match[str]) -> Limit | None:
    named = found.groupdict()
    role, words = ROLES[named["role"]] if named.get("role") else None, named["number"]
    value = number(words)
    if value is None:  # 双, 共同, 多家
        return Limit(role, ">=", 2)
    op = _OPS.get(named.get("op") or named.get("op2") or "", "==")
    if post := named.get("post"):
        op = "<=" if re.search("下|内", post) else ">="
    return Limit(role, op, value)
