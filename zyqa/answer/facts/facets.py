"""What people ask of a cited document that its digest card tells: successor, standing, term and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zyqa.answer.question import Asked
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import fold
from zyqa.types import Clause, Span

_YEAR = compiled(r"\d{4}\s*(?:年|-)")
_SEVERAL = compiled(r"[,、;]|\?(?=.)|还有|并且|以及|和|又")
_ASIDE = compiled(r"与张掖方案|与.{1,12}方案的关系")  # what a card says of the citing document, not of its own
_AND_NOW = compiled(r"现[在行]|如今|目前|新|替|取代|代替")
_EDITION = compiled(r"(\d{4})\s*年?(?:修订)?版|(?<=\d-)(\d{4})(?!\d)")
_ACTS = compiled(r"生效|实施|施行|发布|取消|废止|批复|批准|印发|修订|公布|通过")


@dataclass(frozen=True, slots=True)
class Facet:
    """``asked`` matches the questions, ``said`` the sentences that can answer, ``firm`` those that do so plainly."""

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]
    firm: re.Pattern[str]
    exact: bool = False  # only of the document itself: a question with another subject means that


_FACETS = tuple(
    Facet(name, compiled(asked), compiled(said), compiled(firm), exact)
    for name, asked, said, firm, exact in (
        (
            "changes",
            r"(?:增加|新增|加|多|删|减少?|去掉|调整|变|改)了(?:些|几个?|多少)?(?:什么|啥|哪|几|多少)|变化|不同|区别|差别|改动",
            r"增加了|删去|减为|增为|改为|变化|调整为",
            r"增加|删去|减为|增为",
            False,
        ),
        (
            "succession",
            r"替代|代替|取代|替换|接续|接替|接班|接上|后继|更新|升级|新版|最新|新的?(?: |标准|版|是|叫|$)|现行"
            r"|换(?:成|为|了|新|代|掉|版)|改(?:成|为|名)|后.{0,6}新"
            r"|(?:后|[满废停]了?|了),?(?:就|再|又|该)?(?:[由归按靠用]|接着|改用|执行|适用)[^,。?]{0,6}(?:什么|啥|哪|谁)|接着(?:管|用|执行)"
            r"|(?:现在|如今|目前|眼下)(?:是(?!否|不)|用|执行|的|叫|该看|看|按|要?看)|哪(?:一|个|年的?)?(?:年)?版|版本|被(?:什么|哪|谁)|沿用",
            r"取代|代替|替代|接续|现行版本|换成|改为|更名|替代件",
            r"现行版本|取代了|接续了|代替",
            False,
        ),
        (
            "standing",
            r"(?:生效|实施|施行)(?:了|没)|有效(?!期)|失效|作废|废|过期|停|取消|效力|存续|存在不存在|是否存在|存不存在|作数|算数|状态|在不在|后来(?:怎|呢|如何|咋)|还(?:在|存|能|要|需|用|有|管|评|搞|办|认|行|执行|适用|发)[^什哪啥谁多几]{0,8}(?:吗|么|不|没|否|[?。]|$)"
            r"|(?:现在|如今|目前|眼下)(?:还|仍)|仍(?:然)?(?:在|有效|适用|执行)|评(?:不评|吗|么)",
            r"废止|取消|有效(?!期)|现行|停|不再|已满|期满|核实|取代|接续|照旧|没有查到|最近",
            r"废止|取消|停办|不再|已满|期满|现行有效|照旧",
            False,
        ),
        ("edition", r"(?:当时|那时|印发时|原先|原来)[^,。?]{0,14}版|旧版", r"印发时", r"版本", False),
        (
            "issuer",
            r"(?:谁|哪个(?:部门|单位|机关)|哪里|哪儿)(?:来)?(?:印发|发布|发的|颁布|制定|出台|批(?:复|准|的)|评选?|公布)|发文机关"
            r"|(?:哪里|哪儿|谁)的|(?:哪|什么)(?:一?个)?(?:国家|地区|地方|国|省)",
            r"印发|发布|批复|发出|通过|公布|评选",
            r"由|总局|办公厅|发展改革委|旅游局|人大|厅",
            True,
        ),
        (
            "term",
            r"期限|规划期|适用期|有效期|起止|起讫|期满|到期|管(?:到|几年|多久)|到(?:哪|几)(?:一)?年|(?:哪|几)(?:几)?年|多(?:久|长)|几天|多少天|截止",
            r"期限|规划期|有效期|适用期|\d{4}年?\s*(?:-|至|到)\s*\d{4}|期满|\d+日内|起到|\d年",
            r"规划期|有效期|适用期|期限",
            True,
        ),
        (
            "start",
            r"何时|几时|[啥什]么?时[候间]|哪(?:一|些|几)?[年天日]|时间|日期|几月|几号",
            r"\d{4}\s*年",
            r"发布|实施|施行|印发|生效|通过|批复|修订|首次",
            True,
        ),
    )
)

_NAMED = compiled(
    r"(?:这|那|该|此)(?:一?[个项部份款]|里的?)?(?:国家|行业|省里的?)?"
    r"(?:国标|标准|规定|法规|法(?![子人])|纲要|规划|条例|规范|通则|指南|意见|通知|文件|认证|奖|评选)(?!化)"
)
_DONE_TO = compiled(rf"{_ACTS.pattern}|颁布|出台|制定|批(?=的|了)|到期|期满|过期|有效期|规划期|适用期")
_STANDING = tuple(facet for name in ("standing", "succession") for facet in _FACETS if facet.name == name)


def _cues(asked: Asked) -> str:
    """What a question says, without the blanks between its words (现在 用 哪个号)."""
    return asked.cues.replace(" ", "")


def explained(asked: Asked) -> frozenset[str]:
    """The words of a question by which it asks: no document need hold them (期满后由什么接续)."""
    spans = [match.group() for facet in _FACETS for match in facet.asked.finditer(_cues(asked))]
    return frozenset(term.text for term in asked.topic.strange if any(term.text in words for words in spans))


def any_asked(asked: Asked) -> bool:
    """Whether a question asks anything of the kind, of whatever document."""
    return any(facet.asked.search(_cues(asked)) for facet in _FACETS)


def of_document(asked: Asked, *, subject: bool) -> bool:
    """Whether a follow-up asks such a thing of a document spoken of before (这个标准是哪里的, 它什么时候生效).

    ``subject``: whether the turn before was about documents, so that nothing need point at them (什么时候批复的).
    """
    if not any_asked(asked):
        return False
    return bool(_NAMED.search(asked.text) or ((subject or "它" in asked.text) and _DONE_TO.search(asked.text)))


def subject(asked: Asked) -> bool:
    """Whether a question is about more than what it asks of a document that it points at (这个国标)."""
    words = [match.group() for one in (_NAMED, _DONE_TO) for match in one.finditer(asked.text)]
    words += [match.group() for facet in _FACETS for match in facet.asked.finditer(_cues(asked))]
    return any(not any(term.text in told for told in words) for term in (*asked.topic.strong, *asked.topic.strange))


def asked_of(asked: Asked, card: Folio) -> list[Facet]:
    """What a question asks of the document of a card; its own name is no part of that."""
    cues = _cues(asked)
    for name in (card.title, *asked.titles):
        cues = cues.replace(name, " ")
    found = [facet for facet in _FACETS if facet.asked.search(cues)]
    names = {facet.name for facet in found}
    if "changes" in names or ("edition" in names and not _AND_NOW.search(cues)):
        found = [facet for facet in found if facet.name != "succession"]
    return [facet for facet in found if not facet.exact or sentence(card, facet, asked)]


def editions(asked: Asked) -> list[str]:
    """The years of the editions that a question names (2010版, GB 5749-2022)."""
    return [year for match in _EDITION.finditer(asked.text) for year in match.groups() if year]


def _rest(card: Folio, asked: Asked) -> Topic:
    """What a question is about beside the document and its facets."""
    terms = (*asked.topic.terms, *asked.topic.strange)
    asking = [match.group() for facet in _FACETS for match in facet.asked.finditer(_cues(asked))]
    strong = [term for term in terms if term in asked.topic.strong and not any(term.text in words for words in asking)]
    own = [card.own[clause.id] for clause in card.clauses if not _is_aside(card, clause)]
    told = fold("".join((card.title, card.document.number or "", *card.document.aliases, *own)))
    return Topic(tuple(term for term in strong if not any(form in told for form in term.forms)))


def standing_of(card: Folio, asked: Asked) -> Span | None:
    """The sentence of a card that tells whether its document stands."""
    return next((span for facet in _STANDING if (span := sentence(card, facet, asked))), None)


def _is_aside(card: Folio, clause: Clause) -> bool:
    return any(_ASIDE.search(card.heads[one.id]) for one in (clause, *card.ancestors(clause)))


def answers(card: Folio, asked: Asked, *, exact: bool = True) -> list[Span]:
    """The sentences of a card that answer; one with a date leaves nothing to say of the mere time.

    ``exact``: whether issuer, term and dates are told as well.
    """
    found: list[Span] = []
    for facet in asked_of(asked, card):
        told = any(_YEAR.search(span.cut(card.folded)) for span in found)
        if (facet.exact and not exact) or (told and facet.exact and not _SEVERAL.search(asked.cues)):
            continue
        span = sentence(card, facet, asked)
        found += [span] if span and span not in found else []
    return found


def sentence(card: Folio, facet: Facet, asked: Asked) -> Span | None:
    """The sentence of a card that answers best, or None."""
    rated, rest, years = [], _rest(card, asked), editions(asked)
    title = fold(card.title)
    beside = Topic(tuple(term for term in asked.topic.terms if not any(form in title for form in term.forms)))
    for clause in card.clauses:
        aside = _is_aside(card, clause)
        if aside and facet.exact:
            continue
        for span in card.sentences(clause):
            words = span.cut(card.folded)
            issuer = facet.name == "issuer" and any(fold(one) in words for one in card.document.issuers)
            if (issuer or facet.said.search(words)) and not (
                facet.exact and any(not term.cover(words) for term in rest.terms)
            ):
                acts = sum(act in words for act in _ACTS.findall(asked.text))
                firm, dated = bool(facet.firm.search(words)), bool(_YEAR.search(words))
                edition = any(year in words for year in years)
                worth = beside.coverage(words) + acts + (firm or issuer) + 0.3 * dated + 2 * edition - aside
                rated.append((worth, -span.start, span))
    return max(rated, key=lambda item: item[:2])[2] if rated else None
