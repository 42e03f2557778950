"""What the documents lack: why a question is refused, said as precisely as its words allow."""

from __future__ import annotations

import re

from zyqa.answer import signs
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Refusal
from zyqa.answer.facts import tasks
from zyqa.answer.facts.acting import acting
from zyqa.answer.facts.cited import cards_named
from zyqa.answer.frame import only_asks
from zyqa.answer.question import Asked, Intent
from zyqa.answer.unheld import unheld
from zyqa.patterns import compiled
from zyqa.text import HAN_NUMERAL, number, part_of_speech, segments
from zyqa.types import Role

_COLLECTIVE = compiled(r"各|有关|相关")  # 各部门 is nobody's name
_STRANGE, _NAME = 0.2, 0.9  # weight of a word that a refusal names, and of a name or thing
_MACHINE = compiled(
    r"(?:谁|哪家?(?:公司|机构|团队)?.{0,4}?)(?:开发|训练|创造|制造|设计|研发|做)(?:了|出)?(?:的)?你(?!们?的?[厂店企公单])"
    r"|你(?:到底|究竟)?(?:是(?!不是(?:知道|能))|叫|姓|几岁|多大|能(?!不能|否)(?:做|干|吃|帮我(?:做|写|画|订))"
    r"|会(?!不会查)(?:什么|啥|唱|画|跳|写)|喜欢|爱|讨厌|觉得|住|吃|今天|心情"
    r"|的(?:名字|主人|老板|父母|开发|模型|版本|提示词|训练|生日|性别))"
    r"|(?:忽略|无视|忘掉|忘记|跳过)[^,]{0,8}(?:指令|规则|提示|设定)|提示词|(?:你的?|系统)(?:指令|密码|后台)"
    r"|(?:今天|今日|明天|昨天)[^,。]{0,3}(?:几号|几月|星期|周几|日期)"
    r"|(?:^|[,。;])(?:请|麻烦|劳驾|帮忙|你)?(?:你|您)?(?:[帮替给]我)?(?:把|将)(?!.{0,16}(?:谁|哪|几|多少))[^,。?]{2,24}(?:改[成为]|换成|删[掉除去]|去掉|调[成整]|写成)"
    r"|(?:帮|替|给)我.{0,4}(?:改(?!造|善|进|革)|删|订(?!立)|翻译|润色|唱|画)|^[^㐀-鿿]*(?:你好|您好|嗨)?[^㐀-鿿]*在吗[^㐀-鿿]*$"
)
_ORDERS = r".{0,2}(?:问|让|叫|要求|催|派|托)(?:我|咱|俺|一下|下来)"
_BODY_NAME = compiled(
    r"(?<![城全我本各])[省市县](?![级里上直])(?P<stem>(?:(?![哪由归])[㐀-鿿]){2,8}?)(?:局(?![部面限势])|厅|委(?![托员])|支队|大队|法院|检察院)"
)
_BODY_ACTING = compiled(
    r"(?<![城全我本各])[省市县](?![级里上直])(?:(?![哪是的由归])[㐀-鿿]){1,6}?(?:局|厅|委|办|院|校|公司|中心|协会|联合会|总会|队)"
    r"(?=(?:是不是|是否|算不算|要不要|也|都|要|应|是|来)*(?:牵头|配合|负责|承担|参与|参加|协助|[^,。?]{0,14}(?:牵头|配合)单位))"
)
_FIRST = r"(?:^|[,。;:])(?:(?!谁|哪|什么|啥|几)[^,。;:])*"
_ACTS = (
    r"(?:(?:在|对|就)[^,]{1,20}(?:里|中|上|方面))?(?:要|应|得|是|来|也|都|都有)?(?:牵头|配合|负责|承担|参与|参加|协助)"
)
_ROLES = compiled(r"(?:牵头|配合|负责)(?:单位|的)?(?:还是|或)(?:牵头|配合|负责)")
_EITHER = compiled(r"还是|或者?")
_BODY = r"(?:单位|部门|机构|主体|方(?![案面式向]))"
_CAST = compiled(
    rf"(?P<after>[㐀-鿿]{{2}}){_BODY}(?:一共|总共|都|分别)?(?:是|有|为|由)?(?:谁|哪|什么|啥|几|多少|[?。]|$)"
    rf"|(?:谁|哪[个家些]?{_BODY}?)(?:是|当|担任|算|做)(?P<before>[㐀-鿿]{{2}}){_BODY}"
)
_PERSON = compiled(
    r"(?P<who>[㐀-鿿]{0,2}(?:领导|专家|发言人|负责人|联[系络][人员]|起草人|执笔人|签发人))"
    r"(?:同志)?(?:是|为|有|叫|由|让)*(?:谁|哪[位几些]|什么名|啥名)|(?<=的)人(?:是|叫|姓)(?:谁|什么|啥)"
)
_PART = compiled(r"有关|相关|涉及|对应|组织|实施|执行|完成|发文|印发|制定|起草|出台|颁布|发布|报送|成员|.属|合作")
_QUOTED = compiled(r"[“\"‘「『](?P<words>[㐀-鿿][㐀-鿿a-z0-9]{1,7})[”\"’」』]")
_GROUPED = compiled(r"[两二三四五六七八九几][㐀-鿿]$|几|多少|一是")  # “三化”, “提高几个百分点”
_STANDARD = compiled(r"gb(?:/?\s?t)?\s?(?P<number>\d{3,6})")
_OF_YEAR = compiled(r"[㐀-鿿]{1,6}\s*[\[(]\s*(?P<year>(?:19|20)\d\d)\s*[\])]\s*第?\s*(?P<nth>\d+)\s*号")
_NTH = compiled(rf"第(?P<nth>{HAN_NUMERAL}|\d{{1,2}})个?(?P<kind>阶段|步骤|部分|环节)")
_MEMBERS = compiled(
    r"成员单位(?:一共|总共|都|共|分别|的)*(?:有|是|包括|名单)?(?:[几谁哪]|多少|名单)|(?:[几哪]|多少|哪些)[个家些]?成员单位(?![㐀-鿿]*任务)"
)
_MEMBERS_TOLD = compiled(
    r"(?:\d|[一二三四五六七八九十])\s*[个家]?成员单位|成员单位(?:[:有为]|包括|共|名单)|成员(?:由|包括|为|:)"
)
_LEVEL = compiled(r"(?P<level>国家|[省市县乡镇村])级(?P<thing>[㐀-鿿]{4})")
_MEASURE = compiled(
    r"(?:多少|几)(?:个|多)?(?:平方|立方)?"
    r"(?P<unit>亿|万|元|吨|公斤|[微毫千]克|公里|千?米|亩|公顷|人次|[微毫]?升|小时|分钟|座|所|台|辆|株|度|赫|瓦|千瓦|分贝)"
    r"|(?P<money>(?:[费款价奖金]|预算|投资|补贴)(?:标准|总额|一共|总共|共|是|有|要|为|达到?|到|在)*(?:多少|几)(?!年|次|项|条|个|家|种)"
    r"|(?:(?<!哪些)(?<!什么)(?<!哪类)费用|收费(?:标准)?|价格|投资额?|预算|奖金)$|(?:什么|啥)价|多贵)|(?P<clock>几点(?:钟|上|下|开|关|到|半|了|$))"
)


def foreign(asked: Asked, desk: Desk) -> Refusal | None:
    """A refusal where the question names a thing that no document knows, whatever is asked of it."""
    for lacks in _LACKS:
        if reason := lacks(asked, desk):
            return Refusal(reason)
    return None


def _nothing(asked: Asked, _: Desk) -> str | None:
    """Nothing is asked (你好)."""
    named = asked.topic or asked.units or asked.address or asked.titles or asked.numbers or asked.dates or asked.values
    return (
        None if named or asked.asks or asked.bare or asked.scope or asked.has(signs.OUTLINE) else "请写明要问的事项。"
    )


def _machine(asked: Asked, _: Desk) -> str | None:
    """The answering program itself is asked about."""
    return "这里只回答文件里写的内容。" if _MACHINE.search(asked.text) else None


def _place(asked: Asked, desk: Desk) -> str | None:
    named = (place for place in desk.wording.places if place in asked.text)
    named_in = (match.group() for place in named for match in re.finditer(rf"{place}[省市]?", asked.text))
    found = next((place for place in named_in if not any(place in folio.folded for folio in desk.folios)), None)
    return f"{tasks.subject(desk)}未涉及{found}。" if found else None


def _unit(asked: Asked, desk: Desk) -> str | None:
    """A unit that no document names; not one that only asks, or is one of several (…还是…)."""
    named_units = [surface for surface in asked.surfaces if not only_asks(surface, asked.text)]
    named_units = [surface for surface in named_units if not _COLLECTIVE.match(surface)]
    strangers = [surface for surface in named_units if not _is_known(surface, desk)]
    strangers += [body for body in _bodies(asked, desk) if body not in strangers]
    either = asked.has(_EITHER) and not _ROLES.search(asked.cues)
    if not strangers or (either and (len(strangers) < len(named_units) or asked.role is Role.LEAD)):
        return None
    return f"{tasks.subject(desk)}未提及{'、'.join(strangers)}。"


def _bodies(asked: Asked, desk: Desk) -> list[str]:
    """Bodies that neither the register nor any document knows: of a level (市水文局), or said to act (海关承担什么)."""
    named_so = [
        found.group()
        for found in _BODY_NAME.finditer(asked.cues)
        if not desk.topics.known(found["stem"])
        and not any(desk.wording.is_filler(word) for word in segments(found["stem"]))
    ]
    named_so += [
        found.group()
        for found in _BODY_ACTING.finditer(asked.cues)
        if not any(found.group() in folio.folded for folio in desk.folios)
    ]
    acting = [
        term.text
        for term in asked.topic.strange
        if term.weight >= _NAME and re.search(_FIRST + re.escape(term.text) + _ACTS, asked.cues)
    ]
    return named_so or ([] if asked.units else acting)


def _is_known(surface: str, desk: Desk) -> bool:
    unit = next((unit for _, unit in desk.register.find(surface)), surface)
    held = (duty.unit for folio in desk.folios for duties in folio.duties.values() for duty in duties)
    if unit in held:
        return True
    aliases = (one for one in desk.register.aliases(unit) if desk.register.canonical(one) == unit)
    names = {surface, unit, *aliases}
    return any(one in folio.folded for folio in desk.folios for one in names)


def _cast(asked: Asked, desk: Desk) -> str | None:
    """Who plays a part that the documents do not give away (监理单位, 督办单位), and no sentence tells."""
    found = _CAST.search(asked.cues)
    part = found and (found["after"] or found["before"])
    if not part or part_of_speech(part)[0][:1] != "v" or _PART.search(part):
        return None
    given = any(pattern.search(part) for pattern in (signs.LEAD, signs.SUPPORT, signs.RESPONSIBLE))
    if given or any(part + body in folio.folded for folio in desk.folios for body in ("单位", "部门", "机构")):
        return None
    return None if acting(asked, desk) else f"{tasks.subject(desk)}没有写明{part}单位。"


def _members(asked: Asked, desk: Desk) -> str | None:
    """The members of a body, where no document lists or counts them."""
    if not _MEMBERS.search(asked.text) or any(_MEMBERS_TOLD.search(folio.folded) for folio in desk.folios):
        return None
    return f"{tasks.subject(desk)}没有列出成员单位。"


def _person(asked: Asked, desk: Desk) -> str | None:
    """A person, whom no document tells."""
    found = _PERSON.search(asked.cues)
    if not found or (found["who"] and any(found["who"] in folio.folded for folio in desk.folios)):
        return None
    return f"{tasks.subject(desk)}没有写明{found['who'] or '这个人'}是谁。"


def _level(asked: Asked, desk: Desk) -> str | None:
    """A thing of a level (国家级…示范单位) that the documents have of another level only (省级…示范单位)."""
    for found in _LEVEL.finditer(asked.text):
        same = compiled(rf"(国家|[省市县乡镇村])级{found['thing']}")
        levels = {one for folio in desk.folios for one in same.findall(folio.folded)}
        if levels and found["level"] not in levels:
            return f"{tasks.subject(desk)}未提及{found.group()}…。"
    return None


def _other_year(asked: Asked, desk: Desk) -> str | None:
    """A year asked about that lies outside all years the documents name; questions of time tell that themselves."""
    if asked.intent not in (Intent.WHO, Intent.TASKS, Intent.TEXT, Intent.BINDS) or not asked.dates:
        return None
    years = {when.year for folio in desk.folios for when in folio.dates}
    other = next((one.year for one in asked.dates if years and not min(years) <= one.year <= max(years)), None)
    return f"{tasks.subject(desk)}不涉及{other}年。" if other else None


def _wished(asked: Asked, desk: Desk) -> str | None:
    wishes = [wish for wish in asked.wishes if not re.search(rf"^.{{0,6}}{re.escape(wish)}{_ORDERS}", asked.text)]
    return f"{tasks.subject(desk)}未提及“{'、'.join(wishes)}”。" if wishes else None


def _measure(asked: Asked, desk: Desk) -> str | None:
    """A quantity asked for in a measure in which no document states any."""
    found = _MEASURE.search(asked.cues)
    if not found or asked.address:  # 一(六)有几点 asks for its items
        return None
    unit = found["unit"] or ("元" if found["money"] else "点")
    stated = compiled(rf"[\d一二三四五六七八九十百千万亿两]\s*(?:平方|立方)?{unit}")
    named_cards = {card.id for card in cards_named(asked, desk)}
    if any(stated.search(folio.folded) for folio in desk.folios if not folio.is_digest or folio.id in named_cards):
        return None
    return f"{tasks.subject(desk)}没有以“{unit}”计的数值。"


def _quoted(asked: Asked, desk: Desk) -> str | None:
    """A name or phrase in quotation marks that no document has and that no everyday word stands for."""
    for found in _QUOTED.finditer(asked.text):
        words = found["words"]
        if _GROUPED.search(words) or desk.wording.others(words) or words in asked.titles or words in asked.surfaces:
            continue
        if not any(words in text for folio in desk.folios for text in (folio.folded, folio.title)):
            return f"{tasks.subject(desk)}未提及“{words}”。"
    return None


def _standard(asked: Asked, desk: Desk) -> str | None:
    """A standard, or a document of a year, by a number that no document cites or bears."""
    for found in _OF_YEAR.finditer(asked.text):
        same = compiled(rf"{found['year']}\D{{1,4}}{found['nth']}\s*号")
        if not any(same.search(folio.folded) for folio in desk.folios):
            return f"{tasks.subject(desk)}没有引用{found.group()}。"
    for found in _STANDARD.finditer(asked.text):
        if not asked.has(_EITHER) and not any(found["number"] in folio.folded for folio in desk.folios):
            return f"{tasks.subject(desk)}没有引用{found.group().upper()}。"
    return None


def _nth(asked: Asked, desk: Desk) -> str | None:
    """A stage beyond the last one that a document has."""
    found = _NTH.search(asked.text)
    if not found:
        return None
    kind, nth = found["kind"], number(found["nth"]) or 0
    siblings = [
        sum(kind in folio.heads[child.id] for child in children)
        for folio in desk.folios
        for children in folio.children.values()
    ]
    most = max(siblings, default=0)
    return f"{tasks.subject(desk)}只有{most}个{kind},没有{found.group()}。" if 1 < most < nth else None


def missing(asked: Asked, desk: Desk) -> Refusal:
    """What the documents lack, in the terms of the question."""
    subject = tasks.subject(desk)
    topic = str(asked.topic)
    if strange := [term.text for term in asked.topic.strange if term.weight >= _STRANGE]:
        return Refusal(f"{subject}未提及“{'、'.join(strange)}”。")
    if asked.intent is Intent.TARGET and topic:
        return Refusal(f"{subject}没有规定“{topic}”的目标值。")
    if asked.intent is Intent.WHO and topic:
        return Refusal(f"{subject}没有写明“{topic}”由谁负责。")
    if asked.intent is Intent.WHEN and topic:
        return Refusal(f"{subject}没有规定“{topic}”的时间。")
    if topic:
        return Refusal(f"{subject}没有关于“{topic}”的规定。")
    return Refusal(f"{subject}中找不到这个问题的答案。")


_LACKS = (
    _machine,
    _nothing,
    _place,
    _unit,
    _cast,
    _members,
    _person,
    _level,
    _other_year,
    _wished,
    unheld,
    _measure,
    _quoted,
    _nth,
    _standard,
)
