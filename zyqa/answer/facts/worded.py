"""Goals by how they are worded: those that write 不发生, 杜绝 or 争创, as the question quotes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Outcome
from zyqa.answer.facts.goals import stretch
from zyqa.answer.facts.prose import pieces
from zyqa.answer.question import Asked, Intent
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topic
from zyqa.patterns import compiled
from zyqa.text import part_of_speech, segments
from zyqa.types import Clause, Span

_QUOTED = compiled(r"[“\"‘「]([^”\"’」]{2,8})[”\"’」]")
_GOALS = compiled(r"指标(?!体系)|目标")
_LISTING = compiled(r"哪[几些]|各是|都有|列[出举]|所有|全部")
_TABLED = compiled(r"^(?:全部|量化|个?百分[点比])$|[率度]$")
_ENOUGH, _ABOUT = 0.9, 0.5
_MOST = 6  # phrases; what more of them have is no word to choose by
_DEMANDED = compiled(
    r"(?:哪[些几]|什么|啥|谁)[^,。?]*?(?:要求|必须|需要|应当|[要须应得是])(?P<after>[㐀-鿿]{2,8}?)(?:的|[?。,]|$)"
    r"|(?:^(?!要|必须|需|应)|要求|必须|需要|应当|[要须应得])(?P<before>[㐀-鿿]{2,8}?)(?:[类型性])?的[^,。?]{0,6}?(?:有?哪[些几]|是?什么|有?啥|有谁)"
    r"|[“\"](?P<quoted>[㐀-鿿]{2,8})[”\"]的[^,。?]{0,6}?(?:有?哪[些几]|是?什么|有?啥|有谁)"
)
_PLAIN = compiled(r"(?:达到|实现|完成|提高|提升|建立|[做达办]到|落实|要求|制定|执行)*")
_ACTS = ("v", "d", "i", "l", "p", "nr")
_OF_TEXT = (Intent.TARGET, Intent.OUTLINE, Intent.CITES, Intent.TEXT)


def worded(asked: Asked, desk: Desk, *, counted: bool = False) -> Draft | None:
    """The phrases on goals that hold a word which the question quotes; ``counted``: those with a value alone."""
    words = _QUOTED.findall(asked.text)
    plain = not (asked.values or asked.units or asked.address or any(map(_TABLED.search, words)))
    if not (words and plain and asked.has(_GOALS) and asked.has(_LISTING)):
        return None
    some = [(folio, span) for folio, clause, span in phrases(desk) if not counted or _has_value(folio, clause, span)]
    spoken = compiled("|".join(map(_spaced, words)))
    written = [(folio, span) for folio, span in some if spoken.search(span.cut(folio.folded))]
    meant = Topic(tuple(term for term in asked.topic.terms if len(words) == 1 and term.text in words[0]))
    if not written and meant:  # 重大质量安全事故 for 重大事故
        written = [(folio, span) for folio, span in some if meant.coverage(span.cut(folio.folded)) >= _ENOUGH]
    return Draft(tuple(desk.prose(asked, folio, span) for folio, span in written)) if written else None


def _spaced(quoted: str) -> str:
    """A pattern of the quoted words, with as much as 全部分别通过 has between them."""
    return ".{0,2}".join(map(re.escape, segments(quoted)))


def demanded(asked: Asked, desk: Desk) -> Outcome:
    """The phrases on goals with the very verb of a question (哪些污染物要逐年下降, 全部纳入许可的有哪些)."""
    found = _DEMANDED.search(asked.cues)
    if (
        not found
        or asked.values
        or asked.units
        or asked.address
        or asked.yes_no
        or asked.who
        or asked.intent not in _OF_TEXT
    ):
        return None
    verb = found["quoted"] or found["before"] or found["after"]
    if not _is_predicate(verb):
        return None
    rest = [term for term in asked.topic.strong if term.text not in verb]
    written = [
        (folio, span)
        for folio, clause, span in phrases(desk)
        if verb in span.cut(folio.folded)
        and (not rest or any(term.cover(_above(folio, clause)) >= _ABOUT for term in rest))
    ]
    if not 0 < len(written) <= _MOST:
        return None
    return Draft(tuple(desk.prose(asked, folio, span) for folio, span in written))


def _is_predicate(words: str) -> bool:
    """Whether words say what is done, and more than that it is reached; jieba takes 杜绝 for a name."""
    return not _PLAIN.fullmatch(words) and any(part_of_speech(word)[0] in _ACTS for word in segments(words))


def _above(folio: Folio, clause: Clause) -> str:
    """The text of a clause and of those above it."""
    return "\n".join(folio.own[one.id] for one in (clause, *folio.ancestors(clause)))


def phrases(desk: Desk) -> Iterator[tuple[Folio, Clause, Span]]:
    """What stands between two commas where a clause says what is to be reached."""
    for folio in desk.originals or desk.folios:
        yield from ((folio, clause, span) for clause, span in _of_folio(folio))


@lru_cache(maxsize=32)
def _of_folio(folio: Folio) -> tuple[tuple[Clause, Span], ...]:
    return tuple(
        (clause, span)
        for clause in folio.clauses
        if (goals := stretch(folio, clause))
        for sentence in folio.sentences(clause)
        for span in pieces(folio, sentence)
        if goals.start <= span.start < goals.end or folio.targets.get(clause.id)
    )


def _has_value(folio: Folio, clause: Clause, span: Span) -> bool:
    return any(span.start <= target.span.start < span.end for target in folio.targets.get(clause.id, ()))
