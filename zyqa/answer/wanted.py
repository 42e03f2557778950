"""What is asked for: a count, a time that lasts, a penalty, a place. An answer without such words is none."""

from __future__ import annotations

import re

from zyqa.answer.draft import Draft
from zyqa.answer.question import Asked, Intent
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

_NUMBER = r"(?:\d|[一二两三四五六七八九十百千万])\s*"
_THINGS = "个家户座处套所间台辆只头株支批"
_COUNT = compiled(
    rf"(?<!目标有)(?<!指标有)(?:(?<![哪这那几])几|多少)多?[{_THINGS}](?![百分点人方月环部阶领步目指数要全“\"])"
)
_OFTEN = "定期|每|逐年|适时"
_COUNTED = compiled(rf"{_NUMBER}(?:[{_THINGS}项种条a-z](?<!一批)|以上|$)")
_COMPANIES = "公司|企业|厂家|商场|酒店|机构|银行|医院|设计院|媒体|厂"
_PENALTIES = "处罚|处分|罚款|判刑|判几年|坐牢|拘留|扣分|通报批评|撤职|开除|吊销|没收|停业"
_EACH = ("没收", "停业", "吊销", "拘留", "判刑", "坐牢", "扣分", "开除", "撤职", "罚款")  # each for itself
_AMISS = "逾期|迟报|不报|瞒报|没报|完不成|没完成|未完成|不达标|没达标|不合格|垫底|违反|违规|报晚|晚报|弄虚作假|造假"
_TREATED = "处理|处罚|追究|通报|问责|查处|打击|责令|整改|召回|淘汰|退出|罚|惩|禁止|取缔|控制"
_HOW_MANY = compiled(r"(?:多少|(?<![哪这那])几)(?:个|家|项|条|户|种|件|座|处|套|所|名|份|张|位)")
_PEOPLE = compiled(r"多少(?:名|位|个)?(?P<who>游客|旅客|顾客|用户|客人|病人|患者|学生|职工|居民|人次?)(?:[?。]|$)")
_BEYOND_SHARES = compiled(r"[百千万]|(?<![\d年.])\d+(?![\d.%年月日级]|个百分点)")
_OTHER = r"(?:(?!谁|哪|几|多少|什么|啥|何|怎|如|吗|是否|有没|不)[^,。;?])*"
_WHEN_ALONE = compiled(rf"{_OTHER}(?:什么时[候间]|何时|哪天|几时|啥时候|哪一?年|[几哪]个?月)(?:的事)?[?。]?")
_TIMED = compiled(r"\d年|\d月|定期|适时|每[年月季]|[年月季][底末]")
_HOW_MUCH, _WHICH = compiled("多少"), compiled(r"哪(?:几|一)?[个家些种类项]?|什么|啥")
_PAID = r"(?<![理先])(?<!先行)赔(?!(?:付|款|得|钱)?(?:快|慢|速度|效率))"  # 理赔 is an insurer's, 先赔 a rule
_HARM = compiled(rf"{_PENALTIES}|{_PAID}")
_WEIGHS, _NAME = 0.2, 0.9  # weights of a word that says something, and of a name that no document has
_TOLD = 0.5  # how far an answer holds what the penalty is for
_Rows = tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]


def _rows(*rows: tuple[str, str, str]) -> _Rows:
    return tuple((name, compiled(asked), compiled(looks)) for name, asked, looks in rows)


_WANTED = _rows(
    ("次数", r"(?:几|多少)[次回遍]", rf"{_NUMBER}[次回遍]|{_NUMBER}项|每|逐年"),
    ("字数", r"多少(?:个)?字(?![母号])|字数", r"\d字"),
    ("多久一次", r"多(?:久|长时间)[^,。?]{0,8}[一1][次回遍]|频次|频率", rf"{_NUMBER}次|{_OFTEN}|年度"),
    (
        "多长时间",
        r"多久|多长时间|有效期|(?<![哪十])几(?:天|年(?!几)|小时|分钟|个工作日|个月|周)",
        rf"(?<!\d\d\d)\d年|\d个?月|[半一二两三四五六七八九十](?:个?月|年)|天|\d日|工作日|周(?!期)|[年月季]末|小时|分钟|{_OFTEN}",
    ),
    ("月份和日期", r"几月|几号(?![文令])|哪[一几]?天|几日", r"\d月|\d[日号]|月底"),
    ("年份", r"哪一?年(?![度底])", r"\d{4}|每年"),
    ("设立的时间", r"(?:哪一?年|什么时候|何时)(?:设立|成立|创立|创办|诞生|开办)", "设立|成立|创立|创办|起"),
    (
        "地点",
        r"(?:建|设|办|开|举行|召开|位)(?:在|于)哪(?![里儿]?(?:一?[条处章节])?(?:提|说|写|规定|讲|出现))|在哪[里儿个].{0,4}(?:建|办|开|举行|召开|设)",
        "位于|设在|地点",
    ),
    ("是哪家", rf"哪(?:一|几)?家(?:{_COMPANIES})|哪(?:些|几家)(?:{_COMPANIES})的", "集团|有限|股份|报社|电视台"),
    (
        "所在的县区或楼层",
        r"在哪个?(?:县|市|区|省|乡|镇|村|地方|位置)|几(?:楼|层)",
        "位于|设在|地点|[㐀-鿿]{2}县(?![区城级(])|楼",
    ),
    (
        "街道",
        r"在哪(?:一?条|个)?(?:大?街|马?路|巷|胡同)(?:上|边|口)?(?=[?。]|$)|门牌|(?:坐|乘)[几哪]路",
        r"\d号|[街路]\d",
    ),
    (
        "推荐",
        r"哪(?:一?[家个]|里|儿)[^,。?]{0,8}(?:(?<![最良更友])好(?:吃|玩|喝|用|些|点)?|最好[吃玩喝用]?|便宜|靠谱|实惠|划算)(?=[?。啊呢]|$)",
        "推荐",
    ),
    (
        "现有的数目",
        r"(?:(?<!出)现在|目前|如今|当前|眼下|现有|已有|已经)[^,。?]{0,12}(?:多少|几)(?![成年期月])",
        "现有|目前|已|现",
    ),
    ("是哪些人", r"哪(?:些|几位|位|几个)(?:专家|领导|教授|委员|干部|老师)", "教授|院士|研究员|同志"),
    (
        "怎样处理",
        rf"(?:{_AMISS})[^,。?]*(?:怎么(?:办|处[理置])|如何处[理置]|会怎样|后果|受到?什么|咋办|咋处理)",
        _TREATED,
    ),
    ("是哪几家", rf"(?:{_COMPANIES})(?:(?!单位|部门|局)[^,。?]){{0,6}}哪几家(?!单位|部门)", "集团|有限|股份"),
    ("分数", r"几分(?![之成])|多少分(?![别线])", rf"{_NUMBER}分"),
    ("星级", "几(?:颗)?星", r"[一二三四五\d]星"),
    ("份数", r"(?:(?<!哪)几|多少)份(?![㐀-鿿]{0,5}(?:文|通知|标准|规划|意见|依据))", rf"{_NUMBER}份"),
    ("类别", r"几[类级](?:水|标准)|水质[^,。?]{0,8}几[类级]|哪一?类(?:水|标准)", "[一二三四五ⅰⅱⅲⅳⅴ][类级]"),
    ("是否合法", "(?:合法|违法|犯法|犯罪)吗|才合法|(?:违|犯)不(?:违|犯)法|算不算(?:违法|犯法|犯罪)", "合法|违法|犯罪"),
    ("文号", r"文号|几号(?:文|通知)", r"\d+号|gb"),
    (
        "第几条",
        r"(?:》|\d条|条例|办法|规划|通知|意见|纲要|法)的?第几[条章款页]",
        "第.{1,4}[条章款页]",
    ),
    ("签发人", r"谁(?:来)?(?:签发|签字|签署|签的|执笔|撰写|拟稿|盖章)", "签"),
)
_OF_THINGS = _rows(  # where no unit is asked for
    ("名称", rf"(?:{_COMPANIES})[^,。?]{{0,2}}(?:叫什么|名单)", "集团|有限|股份"),
    ("选的哪一家", "(?:选|请|用|委托)(?:的是|了)?哪(?:一|几)?家", "集团|有限|股份"),
    ("是哪些国家", r"哪(?:些|几个|个)国家?(?![标家])", "[美英法德韩泰俄日]国|日本|欧盟|东南亚|中亚"),
    (
        "时间",
        r"什么时[候间]|何时|哪天|几时|啥时候",
        r"\d|[年月日季期前后末起时]|定期|适时|及时|动态|逐步|每|阶段|尽快|抓紧|先行",
    ),
    ("证照", r"(?:什么|哪些|啥|哪种)(?:证(?![明据])|执照|手续)", "证(?![券明据])|许可|执照|注册"),
    ("处分", "处分|撤职|开除|通报批评", "处分|追究|撤职|开除|通报|问责"),
    ("处罚", _PENALTIES + "|罚多少", rf"{_PENALTIES}|罚|查处|追究|打击|惩|通报|取缔|问责"),
    ("赔偿", _PAID, "(?<!理)赔|退货"),
    ("收费标准", "收费标准|收(?:费)?多少|怎么收费", "元|收费标准"),
    ("费用", r"(?<![消经免浪自])费(?!者|用者|时|电|油)", "费(?!者)"),
    (
        "表格或材料",
        r"(?:什么|哪些|哪种|啥)表|表格|(?:带|交|备|提交|提供|准备|需要|要)(?:些|什么|哪些|啥|点)+(?:材料|资料|证件|手续)",
        "表(?![示明现彰])|材料|证件|手续",
    ),
)


def lacking(asked: Asked, draft: Draft) -> str | None:
    """What the question asks for in words of its own and no line of the draft has; None where nothing is.

    A list may be counted itself.
    """
    quoted = [quote.span.cut(quote.folio.folded) for line in draft.lines for quote in line.quotes]
    told = "\n".join([*(line.text.rpartition("(")[0] or line.text for line in draft.lines), *quoted])
    things = () if asked.intent in (Intent.WHO, Intent.TASKS) else _OF_THINGS
    for name, question, looks in (*_WANTED, *things):
        if question.search(asked.cues) and not looks.search(told):
            return name
    if not things and _WHEN_ALONE.fullmatch(asked.cues) and not _TIMED.search(told):
        return "时间"
    if things and not asked.who and _is_for_another(asked, draft, told):
        return "对这种情形的处理"
    if things and (thing := _punishment(asked, told) or _thing(asked, told)):
        return f"“{thing}”"
    if things and (found := _PEOPLE.search(asked.cues)) and not _BEYOND_SHARES.search(told):
        return f"{found['who']}的数量"
    listed = any(line.lead for line in draft.lines)
    return "数量" if not listed and asked.has(_COUNT) and not _COUNTED.search(told) else None


def _punishment(asked: Asked, told: str) -> str | None:
    return next((word for word in _EACH if word in asked.cues and word not in told), None)


def _thing(asked: Asked, told: str) -> str | None:
    """The thing that is counted (几个等次), or the unknown one that is asked for (哪个科目), where it is not told."""
    if asked.language != "zh":
        return None
    for pattern, terms in ((_HOW_MUCH, asked.topic.terms), (_HOW_MANY, ()), (_WHICH, ())):
        for found in pattern.finditer(asked.text):
            after = asked.text[found.end() :]
            known = (term for term in terms if term.weight >= _WEIGHS and term.cover(told) < _TOLD)
            strange = (term for term in asked.topic.strange if term.weight >= _NAME)
            for term in (*known, *strange):
                if len(term.text) > 1 and after.startswith(term.text) and part_of_speech(term.text)[0][:1] in ("", "n"):
                    return term.text
    return None


def _is_for_another(asked: Asked, draft: Draft, told: str) -> bool:
    """Whether a penalty or compensation is asked for and what is told is not about what it is for.

    A clause that itself speaks of the penalty says elsewhere what it is for.
    """
    found = _HARM.search(asked.cues)
    if not found:
        return False
    quotes = [quote for line in draft.lines for quote in line.quotes]
    around = ((one.folio, clause) for one in quotes for clause in (one.clause, *one.folio.ancestors(one.clause)))
    penal = (clause.extent.cut(folio.folded) for folio, clause in around if found.group() in folio.own[clause.id])
    told = "\n".join((told, *dict.fromkeys(penal)))
    terms = (*asked.topic.terms, *asked.topic.strange)
    rest = [term for term in terms if term.text not in found.group() and found.group() not in term.text]
    weight = sum(term.weight for term in rest)
    return bool(weight) and sum(term.weight * term.cover(told) for term in rest) < _TOLD * weight
