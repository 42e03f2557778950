"""What the documents lack: why a question is refused, said as precisely as its words allow."""

from __future__ import annotations

from zyqa.answer.desk import Desk
from zyqa.answer.draft import Refusal
from zyqa.answer.facts import tasks
from zyqa.answer.question import Asked, Intent

_STRANGE = 0.2  # weight of a word that a refusal names


def foreign(asked: Asked, desk: Desk) -> Refusal | None:
    """A refusal where the question names a place or a thing that no document knows."""
    text = asked.text
    for place in desk.wording.places:
        if place in text and not any(place in folio.folded for folio in desk.folios):
            return Refusal(f"{tasks.subject(desk)}未涉及{place}。")
    if year := _other_year(asked, desk):
        return Refusal(f"{tasks.subject(desk)}不涉及{year}年。")
    if asked.wishes:
        return Refusal(f"{tasks.subject(desk)}未提及“{'、'.join(asked.wishes)}”。")
    return None


def _other_year(asked: Asked, desk: Desk) -> int | None:
    """A year asked about that lies outside all years the documents name; questions of time tell that themselves."""
    if asked.intent not in (Intent.WHO, Intent.TASKS, Intent.TEXT, Intent.BINDS) or not asked.dates:
        return None
    years = {when.year for folio in desk.folios for when in folio.dates}
    return next((one.year for one in asked.dates if years and not min(years) <= one.year <= max(years)), None)


def missing(asked: Asked, desk: Desk) -> Refusal:
    """What the documents lack, in the terms of the question."""
    subject = tasks.subject(desk)
    topic = str(asked.topic)
    if strange := [term.text for term in asked.topic.strange if term.weight >= _STRANGE]:
        return Refusal(f"{subject}未提及“{'、'.join(strange)}”。")
    if asked.intent is Intent.TARGET and topic:
        return Refusal(f"{subject}没有规定“{topic}”的目标值。")
    if asked.intent is Intent.WHO and topic:
        return Refusal(f"{subject}没有写明“{topic}”由谁负责。")
    if asked.intent is Intent.WHEN and topic:
        return Refusal(f"{subject}没有规定“{topic}”的时间。")
    if topic:
        return Refusal(f"{subject}没有关于“{topic}”的规定。")
    return Refusal(f"{subject}中找不到这个问题的答案。")
