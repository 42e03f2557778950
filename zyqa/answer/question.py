"""What is asked: the kind of question, the units, roles, addresses, documents and dates it names, and its topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from zyqa.answer.dates import When, find_dates
from zyqa.answer.frame import UNIT, unframed
from zyqa.answer.topic import Topic, Topics
from zyqa.policy.units import Register
from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Role, Span


class Intent(StrEnum):
    WHO = "who"  # which units, in which role
    TASKS = "tasks"  # what a unit does
    TARGET = "target"  # a value to reach
    WHEN = "when"  # dates, deadlines, stages, rhythms
    CITES = "cites"  # documents and standards cited
    MEANING = "meaning"  # what an alias or abbreviation means
    STATUS = "status"  # held, in force, replaced
    BINDS = "binds"  # what an enterprise has to do
    OUTLINE = "outline"  # parts, headings, lists of clauses
    ABOUT = "about"  # title, number, issuer, date of the document
    TEXT = "text"  # anything else the text says


_WHO = re.compile(
    r"谁|(?:别的|其他|其它)(?:单位|部门)|(?<!示范)(?<!试点)(?:单位|部门)(?:一共|总共|共)?(?:有)?(?:多少|几)个?|(?:哪|什么|啥|几|多少)(?:些|个|一个|家|几个|几家)?(?:市直|市级|政府|职能|责任|牵头|配合|主管|相关|有关)?(?:单位|部门|机构|局|委办|职能部门)"
    r"|哪(?:个|家|位)?[^,。?]{0,6}(?:牵头|领头|挑头|主抓|挂帅)|几位帮手|哪(?:个|家|位)[^,。?]{0,2}管(?!理)|哪[家边](?!企业)|归(?:哪|口)|找哪|哪个局|(?:牵头|配合|责任|主责|主抓|支持|协作|主办|协办|参与)(?:单位|部门|方)(?!的?(?:职责|任务|工作))"
)
_LEAD = re.compile(
    r"牵头|主抓|挑头|领头|带头|抓总|主办|主管(?!部门)|主责|负总责|挂帅|主导|主要负责|总负责|谁(?:来)?负责|谁(?:来)?(?:管|抓)"
)
_RESPONSIBLE = re.compile(
    r"负责|责任(?:单位|部门|主体)|归.{0,6}管|(?<!主)管(?![理道网控])|分管|经办|承办|承担|来抓|落实|来做|来干|来搞|操心"
)
_SUPPORT = re.compile(
    r"配合|协助|协办|参与|参加|掺和|帮腔|助阵|助攻|搭台|帮手|配角|搭档|敲边鼓|协同|打下手|搭把手|辅助|支持单位|帮忙|帮着|协作"
)
_BOTH = re.compile(
    r"涉及(?:到)?(?:哪些|什么|几个|多少)(?:个|家)?(?:单位|部门)|(?:职责)?分工(?!方案)|参与(?:的|进来的)?(?:全部|所有)(?:单位|部门)|各(?:单位|部门).{0,4}(?:角色|职责)|都有(?:谁|哪些(?:单位|部门))|什么角色|哪些(?:单位|部门)(?:有关|相关)|有关(?:的)?(?:单位|部门)(?:有|是)"
)
_CAPACITY = re.compile(
    r"角色|身份|名分|算牵头|算配合|担任|充当|扮演|" + UNIT + r".{0,3}(?:的)?(?:事|份|活|任务)(?:吗|么|没有|没|$)"
    r"|(?:什么|啥|哪种)(?:责任|作用|职责)|算(?:是)?(?:什么|啥)|牵头还是配合|配合还是牵头|主办还是协办|还是(?:配合|牵头)|还是算(?:配合|牵头)|真有.{0,2}的?事|什么名分"
)
_CONCERNS = re.compile(r"涉及|有关|关系|有份|相干|沾边|老大|管")
_DOES_WHAT = re.compile(
    r"(?:在|对|就|于).{1,30}(?:里|中|上|方面|工作|这块|这项).{0,6}(?:做|干|管|负责|承担|担负)(?:些)?(?:什么|啥|哪)"
)
_TASKS = re.compile(
    r"任务|职责|(?:哪|几|多少|什么|啥)(?:些|几|个|一)?(?:项|条|块|件|方面)?(?:工作|事|活|职责|责任|任务|分工)|(?:牵头|配合|负责|参与|主抓|管|承担|协助)(?:的(?:都)?(?:有|是))?(?:了)?(?:哪|什么|啥|几|多少)"
    r"|(?:哪|几|多少)(?:些|几)?(?:项|条|个|块|件)?(?:是|由|归)?.{0,2}"
    + UNIT
    + r".{0,4}(?:牵头|配合|负责|参与)|(?:干|做|管)(?:些|点)?(?:什么|啥)|要做(?:的|哪|什么|啥)|职能|分内|全部工作"
)
_YES_NO = re.compile(
    r"是不是|是否|有没有|有无|能不能|能否|可不可以|要不要|需不需要|会不会|算不算|对不对|对吗|对吧|是吗|没错吧|吗|(?<![什怎这那多])么[?。]?$|(?:没有|没|否|吧)[?。]?$|([㐀-鿿]{1,2})不\1|牵不牵头|管不管|归不归|负不负责|参不参|可以.{0,12}(?:不|没)$|行不行|属实|有吗|判断题|对错|对还是错|真有|莫非|难道|莫不是|真假|是真是假|当真"
)
_TARGET = re.compile(
    r"(?:哪|数|量化)[些几两三]?个?(?:数字|百分)|数字(?:目标|指标)|多少|(?<!哪)几(?:个|项|家|户|成|条|种|点)|百分之|目标|指标|百分之|%|比例|(?<!质量信用)等级要求|达到|数量|(?:合格|优良|处理|覆盖|满意|正点|准点|准时|及时|检定|受检|配备|建档|达标|普及|完成|增长|合格|好天|利用|下降|转化|受理|贡献|通过|优秀|签约|参保|入学|就业|升学|提高|控制|化)率|满意度|多高|多大|百分点|数值|要求值|最低要求|不低于|至少"
)
_WHEN = re.compile(
    r"哪.{0,2}个月|什么时候|何时|啥时候|时间|从哪.{0,4}到哪|哪个?月|几时|啥时间|啥时|哪年|哪一年|几月|哪天|几号|多久|多长|期限|截止|阶段|时期|周期|频率|频次|每(?:季度|半年|年|月)|几次|哪个月|日期|到期|起止|进度安排|几年|时限|年底前|多少年|什么日子|节点"
)
_RHYTHM = re.compile(r"多久|多长时间|频率|频次|周期|几次|每(?:季度|半年|年|月)|间隔|隔多")
_STAGE = re.compile(r"属于|阶段|时期|处于|处在|步骤|进度|哪(?:一)?步|进行到|进展到")
_CITES = re.compile(
    r"(?:哪|什么|啥|几)(?:些|个|份|几个|几份|部|项|一个|条|几项)?(?:的)?(?:国家|上级|省里?的?|行业|推荐性|强制性)?(?:文件|标准|依据|法规|规划|纲要|通知|意见|法律|规范|指南|通则|文|制度)(?!化)|依据(?!.{0,4}(?:谁|哪个部门))|根据(?:什么|啥|哪)|引用|援引|引(?:了|到|的)|参照(?:什么|哪)|出处|文号|字号|标准号|编号|哪号文|几号文|提到.{0,3}(?:标准|文件)|gb/?t|执行(?:的)?(?:什么|哪)"
)
_MEANING = re.compile(
    r"(?:是|指)(?:的是)?(?:什么|啥|哪个|哪份|哪)(?:意思|含义|文件|标准|$|[?。呢])?|什么意思|啥意思|含义|全称|全名|简称|代表(?:什么|啥)|指(?:代|的)|是什么|叫什么|何意|怎么理解|什么叫|什么.{0,16}指(?!标)"
)
_STATUS = re.compile(
    r"后来(?:怎|呢|如何|咋)|哪(?:一|年的?)?版|换新|换了|有效|失效|废止|现行|替代|代替|取代|更新|过期|作废|最新|新版|旧版|还(?:在)?(?:执行|适用|能用|评|认证|搞|算数|管用|有)|入库|收录|原文(?:在|有|能|库|全文)?|(?:库|资料)里?(?:有没有|有无|有)|状态|停(?:评|止|用)|取消|效力|版本|到期|现在还|如今还|被(?:什么|哪|谁)"
)
_SUCCEEDED = re.compile(r"[被由](?:谁|什么|哪.{0,4})(?:所)?(?:接替|取代|替代|代替|接续)")
_COUNT = re.compile(
    r"次数|几(?:个|项|家|条|份|部分|大|类|种|户|处|次|款|点|步|方面|块)|多少(?:个|项|家|条|份|部分|类|种|处|次|款|方面)?|数量|共有|总数|一共|总共"
)
_MOST = re.compile(r"居首|首位|最多|榜首|第一多|最少|最高|最低|最大|最严|最早|最晚|最长|最短|排(?:名)?第一|数量第一")
_COMPARE = re.compile(
    UNIT
    + r".{0,3}(?:和|与|跟|同|比|、|还是|vs).{0,3}"
    + UNIT
    + r".{0,14}(?:谁|哪个|多|少|相比|比较|区别|不同|异同|差|共同|一样|一起|都)"
    r"|(?:谁|哪个).{0,8}(?:更|比).{0,3}(?:多|少|高|低)|比.{0,12}(?:多|少|高|低|长|短)|(?:多|少|高|低)(?:几|多少)|区别|不同|异同|差别|差异|相比|一样(?!.{0,2}的)|相同|谁更|哪个更|哪个高|哪个低|更高|更低|更严|共同点|高还是|相差|差几|差多少"
)
_OUTLINE = re.compile(
    r"目录|大纲|提纲|框架|结构|分(?:为|成|作|哪)?(?:几|哪几|哪些|多少)(?:大)?(?:个)?(?:部分|块|章|方面|步|阶段)|(?:几|哪几|哪些|多少|哪)(?:个)?(?:大)?(?:部分|章|板块|主要任务|保障措施|阶段|实施步骤|措施)|有哪些(?:内容|方面|任务|措施|阶段|部分)|包(?:括|含)(?:哪|什么|几)|(?:下面|下|底下|里面|项下)(?:有|分|都有|包含|包括)(?:哪|几|什么|多少)|标题|子项|小项|下设"
)
_BINDS = re.compile(
    r"(?:我们?|咱们?|本|俺们?|自己|家里?)(?:这)?(?:家|个|们)?(?:是|开|办|做|搞|公司|企业|厂|单位|店)|(?:符合|遵守|达到|满足|注意|承担|执行)(?:些)?(?:什么|哪些|啥|哪)|(?:有|提出)(?:了)?(?:什么|哪些|啥|何)(?:样的)?(?:要求|义务|规定|责任)|有何要求|什么要求|啥要求|哪些要求|要(?:做到|做)(?:些)?(?:什么|哪些|啥)|该(?:做|干|怎么)(?:些)?(?:什么|啥|哪些|做)?|对.{1,12}(?:要求|规定)|必须(?:做|达到)(?:什么|哪些|啥)"
)
_ENTERPRISE = re.compile(
    r"企业|公司|工厂|[^工]厂|店|超市|商场|医院|药房|作坊|银行|饭店|酒店|宾馆|旅行社|景区|商户|加工户|合作社|市场(?=要|应|该|有)|施工|建筑(?=公司|企业|队|商|业|单位)|化工|食品|农场|种植户|养殖户|屠宰场|商家|商店|门店|单位(?=要)"
)
_ABOUT = re.compile(
    r"哪(?:一)?天.{0,3}(?:印|发)|文号|(?:文件|方案|通知|意见)(?:是)?(?:哪一?年|什么时候|何时|哪天|几号|几月)(?!.{0,3}(?:结束|开始|完成))|(?:谁|哪个(?:单位|机关|部门)|哪里)(?:发(?:布|出|文|的)?|印发|出台|制定(?:的|了)?(?:这|本|该)|下发)|发文(?:机关|单位|日期|时间|字号)|(?:什么时候|何时|哪年|哪一年|哪天|几时|啥时候).{0,10}?(?:印发|发布|出台|下发|发(?:的|出)|颁布|公布|成文|制定)|(?:印发|发布|出台|下发|成文|落款|颁布|公布|发文)(?:的)?(?:日期|时间|日子|机关|单位)|落款|(?:方案|文件|意见)(?:的)?(?:全称|标题|名称|名字|全名|题目)|叫什么名|主送|发给(?:谁|哪)|抄送|什么文件$|编号"
)
_PUBLISHING = {"印发", "发布", "出台", "下发", "颁布", "公布", "制定", "标题", "题目", "名称", "发给"}
_ENGLISH_YES_NO = re.compile(r"^(?:is|are|was|were|does|do|did|must|should|can|has|have|will)\b")
_NEGATED = re.compile(
    r"(?:没有|没|不|未|无)(?:用|需|再|被|要)?(?:去)?(?:单独)?(?:牵头|配合|负责|参与|承担|涉及|设|列|写|明确|安排)|无(?:配合|牵头)|缺(?:少)?(?:配合|牵头)|不(?:是|由|归|属)(?!.{0,2}是)"
)
_ONLY = re.compile(r"只(?:牵头|配合|负责|参与|做|有|当|担任)|仅(?:牵头|配合|负责|作|有)|光(?:牵头|配合)|从不|从未|从来")
_OTHERS = re.compile(r"除了?.{1,20}(?:外|还|以外|之外)|还有(?:谁|哪)|其他|别的|另外")
_ADDRESS = re.compile(
    rf"(?:第\s*(?P<part>{HAN_NUMERAL}|\d{{1,2}})\s*(?:大)?部分|(?P<first>{HAN_NUMERAL})\s*[、.]?(?=\s*\())"
    rf"\s*[,、的里中]?\s*(?:(?:第\s*)?\(?(?P<second>{HAN_NUMERAL}|\d{{1,2}})\)?\s*(?:项|款|条|点)?)?"
    rf"\s*[,、的里中]?\s*(?:(?:第\s*)?\(?(?P<third>{HAN_NUMERAL}|\d{{1,2}})\)?\s*(?:项|款|条|点|小项|小点|目)?)?"
)
_DOTTED = re.compile(r"(?<![\da-z./])(?:a\d+/)?\d{1,3}(?:\.\d{1,3}){1,4}(?:~\d)?(?![\d.%]|个|亿|万|倍|米|元)")
_ARTICLE = re.compile(
    rf"第\s*(?P<article>{HAN_NUMERAL}|\d{{1,4}})\s*条(?:之(?P<bis>{HAN_NUMERAL}))?(?:\s*第?\s*\(?(?P<item>{HAN_NUMERAL}|\d{{1,2}})\)?\s*[项款])?"
)
_BARE_SECOND = re.compile(rf"(?<![、.\w])\((?P<second>{HAN_NUMERAL})\)\s*(?:的)?(?:第)?(?P<third>\d{{1,2}})?")
_TITLE = re.compile(r"《([^《》]{1,80})》?")
_NUMBER = re.compile(
    r"[㐀-鿿]{2,8}\s*[\[(]\s*(?:19|20)\d\d\s*[\])]\s*第?\s*\d+\s*号|gb/?\s?t?\s?\d{3,6}(?:-\d{4})?|(?<![\d第])\d{1,4}号(?=文|通知|意见)"
)
_ALIAS = re.compile(r"[“\"'‘](意见|通知|办法|规划|纲要|方案|决定|指导意见|条例)[”\"'’]")
_VALUE = re.compile(
    rf"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%|个百分点|项|个|家|户|种|条|万|亿|元|天|小时)|百分之(?P<han>{HAN_NUMERAL})|(?P<whole>百分百|百分之百)"
)
_PERSONAL = re.compile(
    r"组长|秘书长|局长|市长|区长|县长|省长|主任|书记|科长|联系人|小组的?(?:成员|人员)(?!单位)|设在|到哪(?:儿|里)?了|(?:我|我们)(?:想|要)(?:投诉|举报|办理|申请|报名|购买)|(?:怎么|如何|咋|怎样|哪里|在哪|哪儿)(?:能|可以|去|才能)?(?:去|走|坐车|联系|办理|办(?!法)|申请|申报|提取|领取|领|缴纳|缴|交|报名|预约|查询|投诉|举报|买|报销|注册)"
    r"|电话|手机号|邮箱|网址|联系方式|地址|工资|待遇|多少钱|价格|房价|罚款|罚多少|(?:多少|几)个?(?:名|人)|(?:局长|市长|主任|领导|负责人|县长|区长|书记|他|她|谁).{0,4}(?:叫|姓)|姓什么|是男是女|多大年纪|人口"
)
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_GRADE = re.compile(r"[一二三四五]级[甲乙丙丁]等")  # another grade is another thing
_MONTH = re.compile(r"(?<![年\d])\d{1,2}月(?:底|初)?")
_HISTORY_CUE = re.compile(
    r"^(?:那|那么|它|他们?|其|该|这个?|上述|还有|哦|嗯|好的?|再|以及|换成|如果是|至于)|呢[?。]?$|^(?:配合|牵头|负责)(?:单位|部门)?[?。]?$|它|该(?:单位|项|条|任务|工作|局|指标)|这(?:项|条|个|一)|那(?:项|条|个|一)|上(?:一|面|述)|前(?:一|面|述)|同一|此"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A number a question names, with its unit."""

    value: str
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read. ``text`` is folded (and Chinese); ``cues`` the same with each unit masked."""

    text: str
    cues: str
    language: str
    intent: Intent
    topic: Topic
    role: Role | None = None  # None: every role
    units: tuple[str, ...] = ()  # canonical
    surfaces: tuple[str, ...] = ()  # … as the question writes them
    address: str | None = None
    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[When, ...] = ()
    values: tuple[Value, ...] = ()
    yes_no: bool = False
    count: bool = False
    most: bool = False
    compare: bool = False
    negated: bool = False
    others: bool = False  # "who else"
    both: bool = False  # every role is wanted
    soft: bool = False  # the role is only guessed from a word like 负责
    capacity: bool = False  # in which role a unit takes part
    who: bool = False
    wishes: tuple[str, ...] = ()  # what only a text with the same words fulfils, and none has
    follows: bool = False  # reads like a follow-up

    def has(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.cues))


def role_of(text: str) -> Role | None:
    """The role a question asks for; None where it asks for more than one or none."""
    lead, support = bool(_LEAD.search(text)), bool(_SUPPORT.search(text))
    if lead and support:
        return None
    if support:
        return Role.SUPPORT
    return Role.LEAD if lead or _RESPONSIBLE.search(text) else None


class Reader:
    """Reads questions with the register of units and the words of the library."""

    def __init__(self, register: Register, topics: Topics) -> None:
        self._register = register
        self._topics = topics

    def read(self, text: str) -> Asked:
        """A single question, without its dialogue."""
        folded = re.sub(r"\s+", " ", fold(text)).strip()
        folded = re.sub(r"(?<=\d)[。·](?=\d)", ".", folded)
        yes_no = bool(_ENGLISH_YES_NO.search(folded))
        language = "en" if self._topics.wording.is_english(folded) else "zh"
        names: list[str] = []
        if language == "en":
            names = [name for name in map(fold, _PROPER.findall(text)) if not self._topics.wording.has_english(name)]
            folded = self._topics.wording.chinese(folded)
        folded = re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "", folded) if language == "zh" else folded
        asked = self._read(self._topics.wording.mended(folded), language, names)
        return replace(asked, yes_no=True) if yes_no else asked

    def _read(self, text: str, language: str, names: Sequence[str]) -> Asked:
        titles = tuple(match.group(1) for match in _TITLE.finditer(text))
        titles += tuple(match.group(1) for match in _ALIAS.finditer(text))
        numbers = tuple(match.group() for match in _NUMBER.finditer(text))
        hidden = [(m.start(), m.end()) for m in (*_TITLE.finditer(text), *_NUMBER.finditer(text))]
        found = [(span, name) for span, name in self._register.find(text) if not _inside(span, hidden)]
        dates = tuple(when for when in find_dates(text) if not _inside(when.span, hidden))
        path, place = find_address(_masked(text, hidden + [(w.span.start, w.span.end) for w in dates]))
        values = tuple(_values(text))
        taken = [(span.start, span.end) for span, _ in found] + [(w.span.start, w.span.end) for w in dates]
        taken += hidden + ([(place.start, place.end)] if place else [])
        taken += [(value.span.start, value.span.end) for value in values]
        cues = _masked(text, [(span.start, span.end) for span, _ in found], UNIT)
        wishes = [*names, *_PERSONAL.findall(text), *_MONTH.findall(text), *_GRADE.findall(text)]
        asked = Asked(
            text=text,
            cues=cues,
            language=language,
            intent=Intent.TEXT,
            topic=self._topics.read(_masked(text, taken), strange=wishes, english=language == "en"),
            wishes=tuple(wish for wish in wishes if not self._topics.known(wish)),
            role=role_of(cues),
            units=tuple(dict.fromkeys(name for _, name in found)),
            surfaces=tuple(dict.fromkeys(span.cut(text) for span, _ in found)),
            address=path,
            titles=titles,
            numbers=numbers,
            dates=dates,
            values=values,
            yes_no=bool(_YES_NO.search(cues)),
            count=bool(_COUNT.search(cues)),
            most=bool(_MOST.search(cues)),
            compare=bool(_COMPARE.search(cues)),
            negated=bool(_NEGATED.search(cues) or _ONLY.search(cues)),
            others=bool(_OTHERS.search(cues)),
            both=bool(_BOTH.search(cues) or (_LEAD.search(cues) and _SUPPORT.search(cues))),
            soft=not (
                _LEAD.search(re.sub(r"主要负责|总负责|谁(?:来)?(?:负责|管|抓)", "", cues)) or _SUPPORT.search(cues)
            ),
            capacity=bool(_CAPACITY.search(cues) or _DOES_WHAT.search(cues)),
            who=bool(_WHO.search(cues)),
            follows=bool(_HISTORY_CUE.search(text)),
        )
        exact = bool(asked.address or asked.titles or asked.numbers)
        asked = replace(asked, topic=unframed(asked.topic, cues, exact=exact, who=asked.who))
        return replace(asked, intent=intent_of(asked))


def acts_on(cues: str) -> bool:
    """Whether roles are asked about, beyond a word like 执行 or 落实 that a document may be the object of."""
    return bool(re.search(r"牵头|配合|负责|主抓|主办|协办", cues))


def _part_of(asked: Asked, acts: bool) -> bool:
    """Whether it asks for the part that a unit has in a topic."""
    if not (asked.units and asked.topic.strong):
        return False
    return asked.capacity or (asked.yes_no and (acts or bool(_CONCERNS.search(asked.cues))))


def _is_own(name: str, cues: str) -> bool:
    """Whether a word names the document itself (这个通知)."""
    return bool(re.search(rf"(?:这个?|这份|本|该){re.escape(name)}", cues))


def intent_of(asked: Asked) -> Intent:
    """The kind of question; the order settles what two cues mean together."""
    cues = asked.cues
    if (asked.titles or asked.numbers) and not (acts_on(cues) or asked.units):
        if _STATUS.search(cues):
            return Intent.STATUS
        if _WHEN.search(cues) and not _CITES.search(cues):
            return Intent.WHEN
        return Intent.MEANING if _MEANING.search(cues) and not _CITES.search(cues) else Intent.CITES
    if _SUCCEEDED.search(cues):
        return Intent.STATUS
    acts = bool(_LEAD.search(cues) or _SUPPORT.search(cues) or _RESPONSIBLE.search(cues))
    if (
        _ABOUT.search(cues)
        and all(term.text in _PUBLISHING or _is_own(term.text, cues) for term in asked.topic.strong)
        and not re.search(r"引用|哪些|引了|提到", cues)
    ):
        return Intent.ABOUT
    if asked.who and (acts or _BOTH.search(cues) or not asked.units or asked.topic.strong):
        if _ABOUT.search(cues) and not acts:
            return Intent.ABOUT
        return Intent.WHO
    if _BOTH.search(cues) or _part_of(asked, acts):
        return Intent.WHO
    if asked.units and not asked.yes_no and re.search(r"指标(?!体系)|目标值|数字|量化", cues):
        return Intent.TARGET
    if len(asked.units) == 1 and asked.topic.strong and asked.soft and _DOES_WHAT.search(cues):
        return Intent.WHO
    if asked.units and (_TASKS.search(cues) or (acts and not asked.topic.strong)):
        return Intent.TASKS
    if asked.units and asked.yes_no and (acts or _CONCERNS.search(cues)):
        return Intent.WHO
    if _STATUS.search(cues):
        return Intent.STATUS
    if _CITES.search(cues) or asked.numbers:
        return Intent.CITES
    if (asked.titles or re.search(r"意见|通知|国办", cues)) and _MEANING.search(cues):
        return Intent.MEANING
    if _BINDS.search(cues) and _ENTERPRISE.search(cues):
        return Intent.BINDS
    if _WHEN.search(cues) or (asked.dates and _STAGE.search(cues)):
        return Intent.WHEN
    if _OUTLINE.search(cues) and not _TARGET.search(re.sub(_COUNT, "", cues)):
        return Intent.OUTLINE
    if asked.units and not asked.topic.strong and not re.search(r"指标|目标|%", cues):
        return Intent.TASKS
    if _TARGET.search(cues) or asked.values:
        return Intent.TARGET
    if acts and not asked.topic.strong and asked.units:
        return Intent.TASKS
    if acts and re.search(r"牵头|配合|负责$", cues):
        return Intent.WHO
    if _MEANING.search(cues):
        return Intent.MEANING
    return Intent.TEXT


def find_address(text: str) -> tuple[str | None, Span | None]:
    """The clause path a folded question names, in any writing (一(四)3, 第一部分第四项第3点, 1.4.3, 第十二条)."""
    for pattern, path in ((_ADDRESS, _nested), (_DOTTED, re.Match.group), (_ARTICLE, _article), (_BARE_SECOND, _bare)):
        if found := pattern.search(text):
            return path(found), Span(found.start(), found.end())
    return None, None


def _nested(found: re.Match[str]) -> str:
    steps = (found["part"] or found["first"], found["second"], found["third"])
    return ".".join(str(number(step)) for step in steps if step)


def _article(found: re.Match[str]) -> str:
    bis = f"-{number(found['bis'])}" if found["bis"] else ""
    item = f".{number(found['item'])}" if found["item"] else ""
    return f"{number(found['article'])}{bis}{item}"


def _bare(found: re.Match[str]) -> str:
    return str(number(found["second"])) + (f".{found['third']}" if found["third"] else "")


def _values(text: str) -> list[Value]:
    found = []
    for match in _VALUE.finditer(text):
        if match["whole"] or match["han"]:
            value, unit = str(number(match["han"]) if match["han"] else 100), "%"
        else:
            value, unit = match["value"], match["unit"]
        found.append(Value(value, unit, Span(match.start(), match.end())))
    return found


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
