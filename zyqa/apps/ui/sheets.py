"""A quiz as a form, graded, and flash cards. Pure; every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from zyqa.apps.ui.markup import badge, clause_link, notice, plain, tag
from zyqa.study.makers import Form, Task
from zyqa.study.messages import Messages
from zyqa.study.quiz import LETTERS, Card, Result, answer


def exam(tasks: Sequence[Task], words: Messages) -> str:
    """The form: a fieldset per task."""
    button = tag("button", plain(words("training.hand_in")), "zy-submit lg primary", type="submit")
    return tag("form", "".join(_task(n, task, words) for n, task in enumerate(tasks)) + button, "zy-exam")


def _task(number: int, task: Task, words: Messages) -> str:
    legend = tag("legend", badge(words(f"form.{task.form}"), "quiet") + plain(f"{number + 1}. {task.stem}"))
    return tag("fieldset", legend + _fields(f"q{number}", task, words))


def _fields(name: str, task: Task, words: Messages) -> str:
    if task.form is Form.BLANK:
        return f'<input type="text" autocomplete="off" name="{name}" aria-label="{plain(task.stem)}">'
    if task.form is Form.MATCH:
        return "".join(tag("label", tag("span", plain(line)) + _select(task, words), "zy-pair") for line in task.left)
    kind = "checkbox" if task.form is Form.MULTIPLE else "radio"
    return "".join(
        tag("label", f'<input type="{kind}" name="{name}" value="{plain(option)}">' + plain(_option(task, place)))
        for place, option in enumerate(task.options)
    )


def _option(task: Task, place: int) -> str:
    return task.options[place] if task.form is Form.JUDGE else f"{LETTERS[place]}. {task.options[place]}"


def _select(task: Task, words: Messages) -> str:
    options = tag("option", plain(words("training.pick")), value="")
    options += "".join(tag("option", plain(option), value=option) for option in task.options)
    return tag("select", options)


def graded(tasks: Sequence[Task], given: Sequence[Sequence[str]], result: Result, words: Messages) -> str:
    """The score, and per task what was said, the key, and the clause behind it."""
    head = words("training.score", score=result.score, right=sum(result.right), all=len(tasks))
    parts = [tag("div", plain(head), "zy-score", role="status")]
    for number, (task, said, right) in enumerate(zip(tasks, given, result.right, strict=True), 1):
        verdict = badge(words("training.right"), "good") if right else badge(words("training.wrong"), "warn")
        lines = [tag("p", verdict + plain(f"{number}. {task.stem}"))]
        lines += [tag("p", plain(f"（{place}）{line}"), "zy-small") for place, line in enumerate(task.left, 1)]
        if not right:
            lines.append(tag("p", plain(words("training.yours", said="、".join(filter(None, said)) or "—"))))
        key = _matched(task) if task.form is Form.MATCH else answer(task)
        lines.append(tag("p", tag("strong", plain(words("training.key", right=key)))))
        lines += [
            tag("p", clause_link(cited.doc_id, cited.clause_id, cited.label or cited.title) + " " + plain(cited.quote))
            for cited in task.citations
        ]
        parts.append(tag("section", "".join(lines), "zy-graded"))
    return "".join(parts)


def _matched(task: Task) -> str:
    return "；".join(f"（{number}）{task.options[place]}" for number, place in enumerate(task.key, 1))


def cards(held: Sequence[Card], words: Messages) -> str:
    """Cards that turn when they are opened."""
    hint = notice(words("training.turn"))
    return hint + tag("div", "".join(map(_card, held)), "zy-deck")


def _card(card: Card) -> str:
    cited = card.citation
    back = tag("strong", plain(card.back)) + tag("p", plain(cited.quote), "zy-small")
    link = clause_link(cited.doc_id, cited.clause_id, cited.label or cited.title)
    return tag("details", tag("summary", plain(card.front)) + tag("div", back + link, "zy-back"), "zy-flash")
