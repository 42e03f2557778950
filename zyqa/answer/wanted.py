"""What is asked for: a count, a time that lasts, a rhythm, a place. An answer without such words is none."""

from __future__ import annotations

import re

from zyqa.answer.draft import Draft
from zyqa.answer.question import Asked

_NUMBER = r"(?:\d|[一二两三四五六七八九十百千万])\s*"
_THINGS = "个家户座处套所间台辆只头株支批"
_COUNT = re.compile(
    rf"(?<!目标有)(?<!指标有)(?:(?<![哪这那几])几|多少)多?[{_THINGS}](?![百分点人方月环部阶领步目指数要全“\"])"
)
_OFTEN = "定期|每|逐年|适时"
_COUNTED = re.compile(rf"{_NUMBER}(?:[{_THINGS}项种条]|以上|$)")
_WANTED = tuple(
    (re.compile(asked), re.compile(looks))
    for asked, looks in (
        (r"(?:几|多少)[次回遍]", rf"{_NUMBER}[次回遍]|{_NUMBER}项|{_OFTEN}"),
        (
            r"多久|多长时间|有效期|(?<![哪十])几(?:天|年(?!几)|小时|分钟|个工作日|个月|周)",
            rf"\d年|\d月|[\d半一二两三四五六七八九十](?:个?月|年)|天|\d日|工作日|周(?!期)|末|小时|分钟|{_OFTEN}",
        ),
        (r"几月|几号(?![文令])|哪天|哪一天|几日", r"\d月|\d[日号]|月底"),
        (r"哪一?年(?![度底])", r"\d{4}"),
        (r"(?:建|设|办|开|举行|召开|位)(?:在|于)哪|在哪[里儿个].{0,4}(?:建|办|开|举行|召开|设)", r"位于|设在|地点"),
        (r"哪(?:一|几)?家(?:公司|企业|机构|酒店|银行|医院|设计院|厂)", r"集团|有限|股份"),
        (r"几分(?![之成])|多少分(?![别线])", rf"{_NUMBER}分"),
        (r"(?:几|多少)份(?!文|通)", rf"{_NUMBER}份"),
        (r"文号|几号(?:文|通知)", r"\d+号|gb"),
    )
)


def is_lacking(asked: Asked, draft: Draft) -> bool:
    """Whether the question asks for a count, a time or a place in words of its own and no line of the draft has any.

    A list may be counted itself.
    """
    if asked.language != "zh":
        return False
    told = "\n".join(
        [line.text.rpartition("(")[0] or line.text for line in draft.lines]
        + [quote.span.cut(quote.folio.folded) for line in draft.lines for quote in line.quotes]
    )
    if any(question.search(asked.cues) and not looks.search(told) for question, looks in _WANTED):
        return True
    listed = any(line.lead for line in draft.lines)
    return not listed and asked.has(_COUNT) and not _COUNTED.search(told)
