"""What makes a draft no answer: it is of another thing, year or kind than asked, or lacks what is asked for."""

from __future__ import annotations

import re

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Quote
from zyqa.answer.enterprises import Profile
from zyqa.answer.facts.demands import demands
from zyqa.answer.facts.tasks import subject
from zyqa.answer.measures import of_another
from zyqa.answer.question import Asked, Intent
from zyqa.answer.topic import Term
from zyqa.answer.wanted import lacking
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

_COUNT = compiled(r"(?:多少|几)[个家项条户种件座处套所]")
_DOCUMENT = "的?(?:工作|实施|行动)?(?:方案|办法|规划|意见|通知|计划)"
_CONCERNED, _SAYS, _BEARS, _TOLD = 0.1, 0.2, 0.45, 0.5
_DUTIES = (Intent.WHO, Intent.TASKS)


def beside(asked: Asked, draft: Draft, desk: Desk) -> str | None:
    """Why a draft cannot be the answer, as a sentence, which may be empty; None where nothing speaks against it."""
    if name := lacking(asked, draft):
        return f"{subject(desk)}没有写明{name}。"
    if of_another(asked, draft) or _counts_another(asked, draft, desk) or _of_another_document(asked, desk):
        return ""
    return opposed(asked, draft, desk) or _of_another_sector(asked, draft, desk)


def opposed(asked: Asked, draft: Draft, desk: Desk) -> str | None:
    """The sentence that a draft tells of what the question's words exclude; None where it does not."""
    quotes = [quote for line in draft.lines for quote in line.quotes]
    duties = asked.intent in _DUTIES
    quoted = [quote.folio.own[quote.clause.id] if duties else _phrase(quote) for quote in quotes]
    above = [(quote.folio, one) for quote in quotes for one in (quote.clause, *quote.folio.ancestors(quote.clause))]
    terms = {term.text: term.forms for term in asked.topic.terms if term.weight >= _SAYS}
    heads = [folio.heads[clause.id] for folio, clause in above]
    pair = desk.wording.contrasts.opposed(asked.text, terms, quoted, heads, nearby=duties)
    return f"{subject(desk)}写的是“{pair[1]}”,没有写“{pair[0]}”的情况。" if pair else None


def _of_another_document(asked: Asked, desk: Desk) -> bool:
    """Whether title, date or issuer is asked of a document called by what it is about, as no original is."""
    if asked.intent is not Intent.ABOUT:
        return False
    titles = [folio.title for folio in desk.originals]
    named = [term for term in asked.topic.terms if term.weight >= _BEARS and len(term.text) > 1]
    called = [term for term in named if re.search(rf"{re.escape(term.text)}{_DOCUMENT}", asked.text)]
    return bool(called) and not any(term.cover(title) >= _TOLD for term in called for title in titles)


def _phrase(quote: Quote) -> str:
    return quote.folio.phrase_around(quote.span).cut(quote.folio.folded)


def _of_another_sector(asked: Asked, draft: Draft, desk: Desk) -> str | None:
    """The sentence that a draft tells only of enterprises of other sectors than the question names."""
    who = desk.wording.kinds.asker(asked.text)
    if asked.intent in _DUTIES or not who.sectors or any(line.lead for line in draft.lines):
        return None
    others: list[str] = []
    for quote in (quote for line in draft.lines for quote in line.quotes):
        named = _others_named(quote, who, desk)
        if not named:
            return None
        others += named
    return f"{subject(desk)}写的是“{'、'.join(dict.fromkeys(others))}”,没有写这一行业。" if others else None


def _others_named(quote: Quote, who: Profile, desk: Desk) -> list[str]:
    """The enterprises named where words are quoted that are none of ``who``; none named where any of it is."""
    every = demands(quote.folio, desk.wording.kinds)
    told = [one for one in every if one.span.start < quote.span.end and quote.span.start < one.span.end]
    if any(one.concern(who) > _CONCERNED for one in told):
        return []
    return [mention.name for one in told for mention in one.named if mention.sectors]


def _counts_another(asked: Asked, draft: Draft, desk: Desk) -> bool:
    """Whether a number is asked for and what is told is of a thing that shares but a part of its name.

    循环经济标准化示范单位 are no 服务业标准化示范单位.
    """
    if asked.intent in _DUTIES or asked.units or asked.address or asked.language != "zh" or not asked.has(_COUNT):
        return False
    if any(line.lead for line in draft.lines) or desk.wording.kinds.asker(asked.text):
        return False
    told = "\n".join(_sentence(quote) for line in draft.lines for quote in line.quotes)
    return any(_is_in_part(run, asked, told, desk) for run in _names(asked))


def _names(asked: Asked) -> list[str]:
    """The stretches of the question that its content words cover, those that 的 links as one."""
    names: list[str] = []
    for run in asked.topic.runs:
        if names and f"{names[-1]}的{run}" in asked.text:
            names[-1] += f"的{run}"
        else:
            names.append(run)
    return names


def _is_in_part(run: str, asked: Asked, told: str, desk: Desk) -> bool:
    """Whether words hold a part of a name, and not another part that the documents have."""
    parts = [term for term in asked.topic.terms if len(term.text) > 1 and term.text in run]
    missing = [term for term in parts if term.cover(told) < _TOLD]
    return 0 < len(missing) < len(parts) and any(_is_name(term) and desk.topics.known(term.text) for term in missing)


def _is_name(term: Term) -> bool:
    tag = part_of_speech(term.text)[0]
    return term.weight >= _BEARS and (not tag or tag[0] in "njb" or tag == "vn")


def _sentence(quote: Quote) -> str:
    """The sentence that is quoted, with the headings above it."""
    folio = quote.folio
    heads = (folio.heads[one.id] for one in (quote.clause, *folio.ancestors(quote.clause)))
    return "\n".join((folio.sentence_at(quote.span.start).cut(folio.folded), *heads))
