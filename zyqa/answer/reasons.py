"""Why a question is refused, in English: each sentence of a refusal beside its English one.

Refusals are written in Chinese where they arise; a sentence that the table lacks has no English reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zyqa.patterns import compiled

_SENTENCES = (
    ("请写明要问的事项。", "Please say what you would like to know."),
    ("这里只回答文件里写的内容。", "Only what the documents say is answered here."),
    ("{a}未涉及{b}。", "{a} does not concern {b}."),
    ("{a}未提及“{b}”。", "{a} does not mention “{b}”."),
    ("{a}未提及{b}。", "{a} does not name {b}."),
    ("{a}不涉及{b}年。", "{a} does not reach into the year {b}."),
    ("{a}没有以“{b}”计的数值。", "{a} states no value in “{b}”."),
    ("{a}没有规定“{b}”的目标值。", "{a} sets no target for “{b}”."),
    ("{a}没有规定{b}的目标值。", "{a} sets no target for {b}."),
    ("{a}没有写明“{b}”由谁负责。", "{a} does not say who is responsible for “{b}”."),
    ("{a}没有写明{b}是谁。", "{a} does not say who {b} is."),
    ("{a}没有写明{b}单位。", "{a} names no unit in the part of “{b}”."),
    ("{a}没有规定“{b}”的时间。", "{a} sets no time for “{b}”."),
    ("{a}没有关于“{b}”的规定。", "{a} has no provision on “{b}”."),
    ("{a}中找不到这个问题的答案。", "{a} holds no answer to this."),
    ("{a}没有写明{b}。", "{a} does not state what is asked for."),
    ("{a}写的是“{b}”,没有写“{c}”的情况。", "{a} speaks of “{b}”, not of “{c}”."),
    ("{a}写的是“{b}”,没有写这一行业。", "{a} speaks of “{b}”, not of this trade."),
    ("{a}没有列出成员单位。", "{a} does not list the members."),
    ("{a}只有{b}个{c},没有{d}。", "{a} has {b} of the kind “{c}”, and no “{d}”."),
    ("{a}没有规定{b}前报送的事项。", "{a} sets nothing to be reported before {b}."),
    ("{a}没有引用{b},库内也没有收录。", "{a} does not cite {b}, and it is not held."),
    ("{a}的原文未入库,库内只有摘要卡。", "The text of {a} is not held, only a digest card."),
    ("{a}的原文未入库,库内的摘要卡没有载明这一内容。", "The text of {a} is not held, and its digest card lacks this."),
    ("{a}的摘要卡没有载明这一内容。", "The digest card of {a} lacks this."),
    ("{a}只被引用,原文未入库,具体内容无从查起。", "{a} is only cited; its text is not held."),
    ("{a}只被引用,原文未入库。", "{a} is only cited; its text is not held."),
    ("{a}没有{b}这一处。", "{a} has no such place as {b}."),
    ("{a}没有{b}这一条。", "{a} has no such clause as {b}."),
    ("{a}规定的各阶段都不包括{b}。", "No stage of {a} covers {b}."),
    ("{a}没有引用{b}。", "{a} does not cite {b}."),
    ("{a}是{b}个阶段。", "{a} is the {b} stage."),
    ("{a}没有这些单位共同承担的任务。", "{a} has no task that these units share."),
    ("资料库中没有{a}。", "{a} is not held."),
    ("资料库中有许多文件,请写明是哪一份文件的条款。", "Many documents are held; please name the one meant."),
    ("资料库中有{a}份文件,请写明是哪一份,如{b}。", "{a} documents are held; please name the one meant, such as {b}."),
)
_WORDS = {"库内文件": "The collection", "第一": "first", "最后一": "last", "最后": "last"}


def _pattern(sentence: str) -> re.Pattern[str]:
    return compiled(re.sub(r"\\\{(\w)\\\}", r"(?P<\1>.+?)", re.escape(sentence)))


_PATTERNS = tuple((_pattern(chinese), english) for chinese, english in _SENTENCES)


def in_english(reason: str, words: Mapping[str, str]) -> str:
    """A reason in English; "" where the table lacks it.

    ``words``: the words of the question in Chinese, and as it was asked; they stand in the reason as asked.
    """
    for pattern, english in _PATTERNS:
        if found := pattern.fullmatch(reason):
            return english.format(**{name: _as_asked(part, words) for name, part in found.groupdict().items()})
    return ""


def _as_asked(part: str, words: Mapping[str, str]) -> str:
    """A part of a reason in the words of the question, where these make it up; else as it is."""
    if part in _WORDS:
        return _WORDS[part]
    known = "|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True)))
    if not known or not re.fullmatch(f"(?:{known}|、)+", part):
        return part
    return " ".join(words.get(found, ",") for found in re.findall(f"{known}|、", part)).replace(" ,", ",")
