"""问答: the chat, its citations and the source panel they open, feedback, and the conversation as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from zyqa.apps.ui.answers import SHOWN_QUESTION, Turn, answer_message, ask_link, question_message
from zyqa.apps.ui.bench import Workbench, download, guarded, guarded_stream, nothing_yet, scratch
from zyqa.apps.ui.markup import notice, plain, read_anchor, tag
from zyqa.apps.ui.source import Place, panel
from zyqa.errors import ZyqaError
from zyqa.study.export import conversation, save
from zyqa.study.feedback import Feedback, record
from zyqa.study.messages import Messages
from zyqa.types import Question

Turns = list[Turn]
GROUPS = ("staff", "business", "trainer")
REMEMBERED = 30  # questions that a browser keeps
REASONS = ("citation", "wrong", "incomplete", "outdated", "refused", "other")


@dataclass(frozen=True, slots=True)
class Chat:
    """The handlers of the chat, in one language."""

    bench: Workbench
    words: Messages

    def messages(self, turns: Turns, shown: int | None = None) -> list[dict[str, Any]]:
        """``turns`` for the chat component; ``shown``: how many statements of the last answer have come in."""
        listed = []
        for number, turn in enumerate(turns):
            last = number == len(turns) - 1
            answer = (
                answer_message(number, turn.answer, self.words, shown if last else None, turn.nearest)
                if turn.answer
                else tag("div", plain(self.words("ask.searching")), "zy-answer zy-waiting")
            )
            listed += [
                {"role": "user", "content": question_message(turn)},
                {"role": "assistant", "content": answer},
            ]
        return listed

    def ask(self, text: str, turns: Turns, past: list[str]) -> Iterator[tuple[Any, ...]]:
        """Answers ``text``; yields (chat, turns, question box, questions of this browser) while the answer comes in."""
        if not text.strip():
            yield gr.skip(), gr.skip(), "", gr.skip()
            return
        history = tuple(turn.question for turn in turns)
        asked = [*turns, Turn(text)]
        yield self.messages(asked), gr.skip(), "", gr.skip()
        try:
            answer = self.bench.ask(Question(text.strip(), history))
        except ZyqaError:  # the banner says why; the question is there to be mended
            yield self.messages(turns), gr.skip(), text, gr.skip()
            raise
        answered = [*turns, Turn(text, answer, self.bench.nearest(answer))]
        for shown in range(1, len(answer.statements)):
            yield self.messages(answered, shown), gr.skip(), gr.skip(), gr.skip()
        yield self.messages(answered), answered, gr.skip(), _remembered(text.strip(), past)

    def ask_event(self, turns: Turns, past: list[str], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """A suggested question was clicked."""
        yield from self.ask(read_anchor(event.value)[1], turns, past)

    def past(self, questions: list[str]) -> str:
        """The earlier questions of this browser as links."""
        if not questions:
            return notice(self.words("ask.no_past"))
        return tag("div", "".join(map(ask_link, reversed(questions))), "zy-follow")

    def open_source(self, turns: Turns, event: gr.EventData) -> str:
        """The source panel for the anchor that was clicked."""
        verb, *where = read_anchor(event.value)
        if verb == "clause":
            return self._open(where[0], where[1])
        turn, index = int(where[0]), int(where[1])
        answer = turns[turn].answer
        if answer is None:
            return ""
        citation = answer.citations[index]
        store = self.bench.assistant.store
        clause = store.clause(citation.doc_id, citation.clause_id)
        place = Place(turn, index, len(answer.citations))
        return panel(store.document(citation.doc_id), clause, self.words, citation, place)

    def _open(self, doc_id: str, clause_id: str) -> str:
        """The panel without a quote; at the document's beginning where no clause is named."""
        store = self.bench.assistant.store
        document = store.document(doc_id)
        clause = store.clause(doc_id, clause_id) if clause_id else document.clauses[0]
        return panel(document, clause, self.words, None, None)

    def rate(self, turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        """👍 is kept at once; 👎 first asks for the reason. Returns (reason form, the turn it is about)."""
        verb, number = read_anchor(event.value)
        if verb == "dislike":
            return gr.update(visible=True), int(number)
        self._keep(turns, int(number), good=True, reason="", comment="")
        return gr.update(visible=False), None

    def complain(self, turns: Turns, number: int | None, reason: str, comment: str) -> tuple[Any, ...]:
        """Keeps a 👎 with its reason. Returns (reason form, comment box)."""
        if number is not None:
            self._keep(turns, number, good=False, reason=reason, comment=comment)
        return gr.update(visible=False), ""

    def _keep(self, turns: Turns, number: int, *, good: bool, reason: str, comment: str) -> None:
        answer = turns[number].answer
        if answer is None:
            return
        history = tuple(turn.question for turn in turns[:number])
        record(self.bench.settings.library, Feedback.of(answer, history, good=good, reason=reason, comment=comment))
        gr.Info(self.words("ask.thanks"), duration=4)

    def export(self, suffix: str, turns: Turns) -> str:
        """The conversation as a file; returns its path."""
        answers = [turn.answer for turn in turns if turn.answer]
        if not answers:
            raise nothing_yet(self.words, "ask.no_past")
        return str(save(conversation(answers, self.words("ask.conversation")), scratch(f"zyqa-conversation.{suffix}")))


def _remembered(question: str, past: list[str]) -> list[str]:
    """``past`` with the question as its newest."""
    return [*(one for one in past if one != question), question[:SHOWN_QUESTION]][-REMEMBERED:]


def welcome(words: Messages) -> str:
    """What the empty chat shows: examples by user group."""
    cards = "".join(
        tag("div", tag("h3", plain(words(f"ask.{group}"))) + "".join(map(ask_link, examples(words, group))), "zy-card")
        for group in GROUPS
    )
    title = tag("h2", plain(words("ask.welcome"))) + tag("p", plain(words("ask.promise")))
    return tag("div", title + tag("div", cards, "zy-cards"), "zy-welcome")


def examples(words: Messages, group: str) -> list[str]:
    """The example questions for a group of users."""
    return words(f"ask.{group}_examples").split("|")


def tab(bench: Workbench, words: Messages, source: gr.HTML) -> None:
    """Builds the tab; ``source`` is the panel, which lies outside it and serves all tabs."""
    chat = Chat(bench, words)
    turns = gr.State([])
    rated = gr.State(None)
    past = gr.BrowserState([], storage_key="zyqa_questions", secret="zyqa")  # no secret: it stays in the browser
    board = gr.Chatbot(
        label=words("ask.conversation"), show_label=False, placeholder=welcome(words), elem_id="zy-chat",
        height="calc(100dvh - 352px)", min_height=320, buttons=[], layout="bubble", latex_delimiters=[],
        feedback_options=None, group_consecutive_messages=False,
    )  # fmt: skip
    with gr.Group(visible=False, elem_id="zy-complaint") as complaint:
        reason = gr.Radio(words.choices("reason", *REASONS), value=REASONS[0], label=words("ask.why"))
        comment = gr.Textbox(label=words("ask.comment"), lines=1, max_length=1000)
        send = gr.Button(words("ask.send_feedback"), variant="primary", size="sm")
    with gr.Row(elem_id="zy-bar", equal_height=True):
        box = gr.Textbox(
            placeholder=words("ask.placeholder"), show_label=False, label=words("ask.placeholder"), scale=9,
            lines=1, max_lines=4, autofocus=True, submit_btn=words("ask.send"), elem_id="zy-box",
        )  # fmt: skip
    with gr.Row(elem_classes="zy-actions", elem_id="zy-actions"):
        fresh = gr.Button(words("ask.new"), size="sm", min_width=96)
        word = gr.Button(words("ask.export_docx"), size="sm", min_width=96)
        mark = gr.Button(words("ask.export_md"), size="sm", min_width=96)
    with gr.Accordion(words("ask.past"), open=False, elem_id="zy-past"):
        earlier = gr.HTML()
    gr.on(None, chat.past, past, earlier, api_visibility="private", show_progress="hidden")
    outputs = [board, turns, box, past]
    gr.on(
        box.submit, guarded_stream(words, chat.ask), [box, turns, past], outputs,
        concurrency_id="ask", show_progress="hidden", api_visibility="private",
    )  # fmt: skip
    gr.on(
        source.submit, guarded_stream(words, chat.ask_event), [turns, past], outputs,
        concurrency_id="ask", show_progress="hidden", api_visibility="private",
    )  # fmt: skip
    source.select(
        guarded(words, chat.open_source), turns, source, api_visibility="private", queue=False, show_progress="hidden"
    )
    source.like(guarded(words, chat.rate), turns, [complaint, rated], api_visibility="private", show_progress="hidden")
    send.click(
        guarded(words, chat.complain), [turns, rated, reason, comment], [complaint, comment], api_visibility="private"
    )
    fresh.click(lambda: ([], [], ""), None, [board, turns, box], api_visibility="private", show_progress="hidden")
    download(words, word, partial(chat.export, "docx"), [turns], "talk-docx")
    download(words, mark, partial(chat.export, "md"), [turns], "talk-md")
