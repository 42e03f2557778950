"""What a reader should know beside an answer: digest cards, periods that are over, cited standards replaced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zyqa.answer.draft import Line, Quote
from zyqa.answer.facts.cited import card_of, name
from zyqa.answer.shelf import Folio
from zyqa.types import Status

_STANDING = {
    Status.EXPIRED: ("已过期", "has expired"),
    Status.REPLACED: ("已被取代", "has been replaced"),
    Status.REPEALED: ("已废止", "has been repealed"),
}


def notes(lines: Iterable[Line], folios: Iterable[Folio], language: str, today: date) -> tuple[str, ...]:
    """The notes for an answer made of these lines, each once."""
    english = language == "en"
    folios = list(folios)
    quotes = [quote for line in lines for quote in line.quotes]
    cited = list(dict.fromkeys(quote.folio for quote in quotes))
    found = [note for folio in cited for note in _of_document(folio, english, today)]
    found += [note for quote in quotes for note in _of_references(quote, folios, english)]
    return tuple(dict.fromkeys(found))


def terms_over(lines: Iterable[Line], language: str, today: date) -> tuple[str, ...]:
    """Of the originals quoted those whose last target was due before today: for answers on what applies now."""
    found = []
    for folio in dict.fromkeys(quote.folio for line in lines for quote in line.quotes):
        due = max((t.deadline for rows in folio.targets.values() for t in rows if t.deadline), default="")
        if not folio.is_digest and due and due < today.isoformat()[: len(due)]:
            title = f"《{folio.document.title}》"
            year = due[:4]
            found.append(
                f"The targets of {title} were due by {year}; that time is over."
                if language == "en"
                else f"{title}的目标期限为{year}年,已过。"
            )
    return tuple(found)


def _of_document(folio: Folio, english: bool, today: date) -> Iterable[str]:
    document = folio.document
    title = f"《{document.title}》"
    if folio.is_digest:
        yield f"{title} is a digest card, not the original text." if english else f"{title}是摘要卡,不是原文。"
        return
    if document.validity.status in _STANDING:
        word = _STANDING[document.validity.status][english]
        yield f"{title} {word}." if english else f"{title}{word}。"
    elif document.validity.end and document.validity.end < today.isoformat()[: len(document.validity.end)]:
        end = document.validity.end
        yield f"The period of {title} ended in {end}." if english else f"{title}的实施期到{end}为止,已经结束。"


def _of_references(quote: Quote, folios: list[Folio], english: bool) -> Iterable[str]:
    """Of documents that the quoted words cite and that no longer stand."""
    if quote.folio.is_digest:
        return
    for reference in quote.folio.references.get(quote.clause.id, ()):
        if not quote.span.contains(reference.span) or not (card := card_of(reference, folios)):
            continue
        status = card.document.validity.status
        if status in _STANDING:
            word = _STANDING[status][english]
            yield f"{name(reference)} {word} (digest card)." if english else f"{name(reference)}{word}(据摘要卡)。"
