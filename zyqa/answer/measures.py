"""A rate, or an amount in a year, is asked of one thing: a draft about another thing or year is no answer."""

from __future__ import annotations

import re

from zyqa.answer.draft import Draft, Line
from zyqa.answer.facts.target_choice import is_measure, measures_all
from zyqa.answer.question import Asked, Intent
from zyqa.answer.topic import Term, Topic
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

_RATE = compiled(r"率|满意度|指数|比例|百分比")
_AMOUNT = compiled(r"多少|几(?!年|月|号|点|时)|百分之几|率(?:目标|指标)?[?。]?$")
_PERCENT, _PERCENTAGE = compiled(r"百分之[几多]|几个百分点"), compiled(r"%|百分|全部|全面")
_MEASURES = (  # what is asked in, and what an answer then has
    (r"(?:几|多少)[家户](?!单位|部门)", r"(?:\d|[一二两三四五六七八九十])\s*[家户个]"),
    (
        r"(?:几|多少)(?:个)?(位|名|级|档|岁|亩|公里|吨|人)(?![㐀-鿿]?员)",
        r"(?:\d|[一二两三四五六七八九十百千万])\s*(?:个)?{0}",
    ),
    (
        r"(?:达到|增加|新增|引进|完成|培育|建成|创建|创办|不少于|至少|打造)(?:了|到|出)?(几|多少)[个项家户件座条]",
        r"\d(?!\d*年)|[一二三四五六七八九十两]+[个项家户件座条]|全部",
    ),
    (r"多少(元|钱|经费|资金|投资|预算|补贴|奖金)|几(万|块|百|千)(?:元|钱)?", r"元"),
)
_FIGURE_ASKED = compiled(
    r"(?:数值|指标|数字|目标值|产出率|率|满意度|指数)[^,。?]{0,12}(?:多少|百分之几|几个百分点|多高|多大)|(?:数值|目标值)[,是为]*多少"
)
_FIGURE = compiled(r"\d|[一二两三四五六七八九十]+[个项家户件座条]|百分|全部|逐年|平均水平")
_NUMBERS = compiled(r"《[^》]*》|[\[(]\d{4}[\])]\d+号|gb/?t?\s*\d+|(?:19|20)\d\d(?:-\d+)?年?|\d+条")  # of documents
_LEVEL = compiled(r"(?:末|现在|目前|当前|原来|总共|绝对值|现状|如今)[^,]{0,24}(?:多少|百分之(?:几|多少))")
_PERCENT_REACHED = compiled(r"达到了?百分之(?:几|多少)")
_RISE = compiled(r"提高|[增涨升降]|较|比")
_LINK = frozenset("的之")
_BEARS, _COVERED = 0.45, 0.5  # weight of a name that must be spoken of, and how far it is then
_WORD = 2  # characters of the word before 率


def of_another(asked: Asked, draft: Draft) -> bool:
    """Whether no line of a draft is about the thing whose rate is asked, in that year and in per cent if so asked.

    A list is of many things.
    """
    if _is_without_figure(asked, draft) or _is_rise_alone(asked, draft):
        return True
    if any(line.lead for line in draft.lines) or asked.language != "zh":
        return False
    names, years = _of_rate(asked), [str(when.year) for when in asked.dates if when.grain == "year"]
    percent = asked.has(_PERCENT)
    if (wanted := _measure(asked)) and not any(wanted.search(words) for words in _quoted(draft)):
        return True
    for line in draft.lines:
        told = _around(line)
        of_year = not asked.has(_AMOUNT) or all(year in told for year in years)
        of_unit = not percent or bool(_PERCENTAGE.search(line.text))
        if of_year and of_unit and all(_is_told(term, told) for term in names):
            return False
    return True


def _is_told(term: Term, told: str) -> bool:
    """Whether words speak of a name; of a rate also where they have it by a little more (处理及时率 for 处理率)."""
    return term.cover(told) >= _COVERED or (is_measure(term) and measures_all(Topic((term,)), told))


def _is_without_figure(asked: Asked, draft: Draft) -> bool:
    """Whether the value of a rate or goal is asked for and the draft quotes no figure but numbers of documents."""
    if asked.intent in (Intent.WHO, Intent.TASKS) or not asked.has(_FIGURE_ASKED):
        return False
    return not any(_FIGURE.search(_NUMBERS.sub("", words)) for words in _quoted(draft))


def _is_rise_alone(asked: Asked, draft: Draft) -> bool:
    """Whether it is asked what a rate is, was or comes to, and the draft only has by how much it rises."""
    if not (asked.has(_LEVEL) or asked.has(_PERCENT_REACHED)) or asked.has(_RISE):
        return False
    words = "\n".join(_quoted(draft))
    return "个百分点" in words and "%" not in words


def _measure(asked: Asked) -> re.Pattern[str] | None:
    """How an amount in the measure that is asked for looks; None where no such measure is asked for."""
    if asked.intent in (Intent.WHO, Intent.TASKS):
        return None  # 几位帮手
    for question, answer in _MEASURES:
        if found := re.search(question, asked.cues):
            return compiled(answer.format(found[found.lastindex or 0]))
    return None


def _quoted(draft: Draft) -> list[str]:
    return [quote.span.cut(quote.folio.folded) for line in draft.lines for quote in line.quotes]


def _around(line: Line) -> str:
    """The clauses that a line quotes, and those above them."""
    return "\n".join(
        quote.folio.own[clause.id] + "\n" + quote.folio.heads[clause.id]
        for quote in line.quotes
        for clause in (quote.clause, *quote.folio.ancestors(quote.clause))
    )


def _of_rate(asked: Asked) -> list[Term]:
    """The names that say what the rate is of: those in one piece with the word for it (农产品抽检合格率)."""
    rate = _RATE.search(asked.text)
    if not rate:
        return []
    terms = [term for term in (*asked.topic.terms, *asked.topic.strange) if len(term.text) > 1]
    inside = [char in _LINK for char in asked.text]
    for term in terms:
        for found in re.finditer(re.escape(term.text), asked.text):
            inside[found.start() : found.end()] = [True] * len(term.text)
    start = max(0, rate.start() - _WORD)
    while start > 0 and inside[start - 1]:
        start -= 1
    phrase = asked.text[start : rate.end()]
    return [term for term in terms if term.weight >= _BEARS and term.text in phrase and _is_name(term.text)]


def _is_name(word: str) -> bool:
    tag = part_of_speech(word)[0]
    return not tag or tag[0] in "njb" or tag == "vn"
