"""The check-list: which clauses bind or encourage an enterprise of this kind, in which words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from zyqa.answer.enterprises import Kinds, Mention, Profile
from zyqa.study.export import Heading, Paragraph, Report, Table
from zyqa.study.ledger import Where, responsible, where
from zyqa.study.messages import CHINESE, Messages
from zyqa.text import sentences
from zyqa.types import Clause, Document, Kind, Span

_KINDS: Final = Kinds.shipped()
COLUMNS: Final = (
    "document", "clause", "demand", "strength", "modal", "named", "conditions", "responsible", "done", "note",
)  # fmt: skip


class Strength(StrEnum):
    """How strictly a clause speaks."""

    MUST = "must"
    FORBID = "forbid"
    ENCOURAGE = "encourage"
    STATE = "state"


class Relation(StrEnum):
    """Why a clause concerns the enterprise: it names its kind, its sector, a wider sector, or all enterprises."""

    KIND = "kind"
    SECTOR = "sector"
    WIDER = "wider"
    GENERAL = "general"


_WORDS: Final = {
    Strength.FORBID: r"不得|禁止|严禁|不准|不许|杜绝",
    Strength.ENCOURAGE: r"鼓励|支持|引导|倡导|扶持|奖励|优先|可以|给予",
    Strength.MUST: r"必须|应当|应(?=[^对用急届聘邀变])|须(?!知)|全部|一律|严格|确保|切实|符合|不低于|达到"
    r"|(?<![主重需摘纲概只必不紧])要(?![求素点件害闻义职领道目么])",
    Strength.STATE: r"建立|执行|实行|贯彻|落实|完善|开展|实施|制定|加强|提高|采用|推行|获得|通过|完成|做到|提供",
}
_MODAL = re.compile("|".join(f"(?P<{strength}>{words})" for strength, words in _WORDS.items()))
_VERB = "|".join(_WORDS.values())
_SUBJECT = re.compile(  # what follows an enterprise that is the subject
    rf"[^,，、的]{{0,4}}?(?:{_VERB})|[、和及与]"
    rf"|的[^,，;；。]{{1,20}}?(?:{_WORDS[Strength.MUST]})"
    rf"|(?:按|依|根据|在|到)[^;；。]*?(?:{_VERB})"
)
_PIECE = re.compile(r"[^,，;；。]+[,，;；。]?")
_NEW_SUBJECT = re.compile(r"\s*(?:鼓励|支持|引导|督促|各级|有关部门|市|县)")


@dataclass(frozen=True, slots=True)
class Item:
    """``text`` is verbatim at ``span``; ``modal`` its governing word; ``conditions`` what the enterprise must meet."""

    where: Where
    text: str
    span: Span
    modal: str
    strength: Strength
    named: str
    relation: Relation
    conditions: tuple[str, ...]
    units: tuple[str, ...]

    def cells(self, words: Messages) -> tuple[str, ...]:
        place = self.where
        return (
            place.title, place.label, self.text, words(f"strength.{self.strength}"), self.modal, self.named,
            "、".join(self.conditions), "、".join(self.units),
        )  # fmt: skip


def checklist(documents: Iterable[Document], described: str) -> tuple[Item, ...]:
    """The items for the enterprise ``described`` in free words: what names its kind first, then the wider ones.

    Digest cards bind nobody and are left out.
    """
    who = _KINDS.profile(described)
    originals = (document for document in documents if document.kind is Kind.ORIGINAL)
    found = [item for document in originals for clause in document.clauses for item in _items(document, clause, who)]
    order = list(Relation)
    found.sort(key=lambda item: order.index(item.relation))
    unique: dict[tuple[str, Span], Item] = {}
    for item in found:
        unique.setdefault((item.where.doc_id, item.span), item)
    return tuple(unique.values())


def report(
    items: Sequence[Item],
    described: str,
    ticked: Sequence[bool] = (),
    notes: Sequence[str] = (),
    words: Messages = CHINESE,
) -> Report:
    """The check-list to print or to keep: a box to tick and room for a note; both one per item, or none given."""
    rows = tuple(
        (*item.cells(words), "☑" if done else "☐", note)
        for item, done, note in zip(items, ticked or [False] * len(items), notes or [""] * len(items), strict=True)
    )
    title = words("report.checklist")
    body = Table(title, words.columns(*COLUMNS), rows) if rows else Paragraph(words("checklist.nothing"))
    return Report(title, (Heading(words("report.who", who=described), 2), body))


def _items(document: Document, clause: Clause, who: Profile) -> Iterator[Item]:
    heading = _KINDS.sectors_in(clause.heading)
    units = responsible(document, clause.id)
    for sentence in sentences(document.text, clause.span):
        named = list(_KINDS.mentions(document.text, sentence))
        for mention in named:
            relation = _relation(mention, who, heading)
            if relation is None or not _KINDS.fits(mention, who):
                continue
            span = _reach(document.text, sentence, mention.span, [other.span.start for other in named])
            strength, modal = _governing(document.text, span, mention.span)
            if modal or (relation is Relation.KIND and not _is_heading(clause, span, document.text)):
                conditions = tuple(sorted(mention.conditions - who.conditions))
                text = span.cut(document.text)
                yield Item(
                    where(document, clause), text, span, modal, strength, mention.name, relation, conditions, units
                )


def _is_heading(clause: Clause, span: Span, text: str) -> bool:
    return bool(clause.heading) and span.cut(text).rstrip("。").endswith(clause.heading)


def _relation(mention: Mention, who: Profile, heading: frozenset[str]) -> Relation | None:
    if mention.sectors:
        if mention.sectors & who.sectors:
            return Relation.KIND
        return Relation.WIDER if mention.sectors & who.wider else None
    if heading:
        return Relation.SECTOR if heading & who.sectors else None
    return Relation.GENERAL


def _reach(text: str, sentence: Span, mention: Span, named: Sequence[int]) -> Span:
    """From the piece of the sentence that names the enterprise to where another one is named or another subject begins.

    ``named``: where the sentence names enterprises.
    """
    start = end = sentence.start
    for piece in _PIECE.finditer(text, sentence.start, sentence.end):
        if piece.end() <= mention.start:
            start = end = piece.end()
            continue
        later = piece.start() > mention.start
        if later and (_NEW_SUBJECT.match(piece.group()) or any(0 <= at - piece.start() < 6 for at in named)):
            break
        end = piece.end()
    body = text[start:end]
    return Span(start + len(body) - len(body.lstrip()), start + len(body.rstrip(" ,，;；。\n")))


def _governing(text: str, span: Span, mention: Span) -> tuple[Strength, str]:
    """The modal word that governs, or "" where the enterprise is only mentioned.

    Either the words before it make it the object ("鼓励…企业", "督促企业…"), or it is the subject: the modal follows
    at once, or after what is measured ("企业的建档率达到…") or a condition ("企业按照行业要求,全部…").
    """
    before = _modal_at_start(text[span.start : mention.start])
    if before and before[0] is not Strength.STATE:
        return before
    tail = text[mention.end : span.end]
    if not _SUBJECT.match(tail):
        return Strength.STATE, ""
    return _strictest(tail) or (Strength.STATE, "")


def _modal_at_start(text: str) -> tuple[Strength, str] | None:
    match = _MODAL.match(text)
    return (Strength(str(match.lastgroup)), match.group()) if match else None


def _strictest(text: str) -> tuple[Strength, str] | None:
    order = (Strength.FORBID, Strength.MUST, Strength.ENCOURAGE, Strength.STATE)
    found = [(Strength(str(match.lastgroup)), match.group()) for match in _MODAL.finditer(text)]
    return min(found, key=lambda pair: order.index(pair[0])) if found else None
