"""What kind of words answer a question (a time, an amount, a telephone number …), and how such words look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zyqa.patterns import compiled
from zyqa.text import fold

_NUMBER = r"(?:[0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千]+)"
_MORE = r"(?:余|多)?"
_COUNTED = (
    r"元|美元|人次|人|户次|户|家|个|件|只|台|吨|公斤|张|条|项|辆|所|名|批|次|套|箱|瓶|支|份|亩|公里|平方米|立方米|米|床|例|笔"
    r"|瓦|度|倍|折|届|期|本|头|种|类|部|座|处|万|亿"
)
_AMOUNT = rf"{_NUMBER}{_MORE}(?:%|‰|个百分点|[万亿千百]*{_MORE}(?:{_COUNTED}))"
_DATE = (
    r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号]|底|初|中旬|上旬|下旬)?|[0-9]{4}年|[0-9]{1,2}[日号](?!公告|文)"
    r"|即日起|发布之日|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}[时点](?:[0-9]{1,2}分|半)?"
)
_LASTING = rf"{_NUMBER}{_MORE}个?(?:小时|工作日|日|天|周|月|年|分钟)(?:内|以内|以上)?"
_CONTACT = r"[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])[0-9]{5,12}(?![0-9])|[a-z0-9._-]+@[a-z0-9.-]+|https?://\S+|www\.\S+"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: ``asked`` matches the questions for it, ``looks`` the words that answer."""

    name: str
    asked: re.Pattern[str]
    looks: re.Pattern[str]
    whole: bool  # the words up to the next comma belong to it


_KINDS = tuple(
    Kind(name, compiled(asked), compiled(looks), whole)
    for name, asked, looks, whole in (
        (
            "contact",
            r"(?:电话|热线|号码|邮箱|网址|微信号)(?:号码)?(?:分别)?(?:是|为|有)?(?:多少|什么|哪|几|\?|$)|联系方式|(?:怎么|如何)联系",
            _CONTACT,
            False,
        ),
        (
            "ratio",
            r"百分之几|百分比|比例|占比|利率|[率比重幅度]+(?:是|为|有|达到?)?多少|多少个百分点",
            r"[0-9.]+[%‰]|百分之|个百分点|[0-9]折|倍|减半|全额",
            False,
        ),
        (
            "lasting",
            r"多久|多长时间|几天|多少天|几个月|期限(?:是|为)?(?:多|几|什)|多少个?(?:小时|工作日|日|天|月|年)|有效期",
            _LASTING,
            False,
        ),
        (
            "time",
            r"什么时[候间]|何时|哪[天年月日]|几[月号日点时]|几时|时间(?:是|为|段)|时候|日期|截止|从什么|自什么",
            _DATE,
            True,
        ),
        ("amount", r"多少|几[个家项条人名次种万亿部位支批]|多大|多高|数量|金额", _AMOUNT, False),
        (
            "document",
            r"(?:哪|什么|何)[^,。]{0,6}(?:文件|通知|公告|办法|意见|通告|方案|法律|条例|指南|倡议书)(?:的|\?|$)|依据什么",
            r"《[^》]+》",
            True,
        ),
    )
)  # fmt: skip

_ASKING = compiled(
    r"请问|是否|能否|可否|可不可以|有没有|为什么|为何|什么样的?|什么|怎么样|怎么|怎样|如何|哪些|哪几个|哪[里个种]|哪|多少|多久"
    r"|多长时间|何时|何地|何种|几[个项条]?(?=[^月日年]|$)|[吗呢?]|具体|主要"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, folded.

    ``kind``: a fact that one piece of a sentence gives, or None. ``grams``: the character pairs of its content.
    ``before`` and ``after``: the two characters around the asking word, "" where there are none.
    """

    text: str
    kind: Kind | None
    grams: frozenset[str]
    before: str
    after: str
    counted: str  # what is counted: the character after the asking word


@lru_cache(maxsize=256)
def asked(question: str) -> Asked:
    """What a question asks for."""
    text = fold(question)
    kind = next((one for one in _KINDS if one.asked.search(text)), None)
    word = _ASKING.search(text)
    before = text[max(0, word.start() - 2) : word.start()] if word else ""
    after = re.sub(r"\W", "", text[word.end() : word.end() + 2]) if word else ""
    return Asked(text, kind, grams(_ASKING.sub(" ", text)), before, after, after[:1])


_RUN = compiled(r"[㐀-鿿a-z0-9]+")


def grams(string: str) -> frozenset[str]:
    """The pairs of neighbouring letters, digits or Han characters of folded text."""
    return frozenset(run[place : place + 2] for run in _RUN.findall(string) for place in range(len(run) - 1))
