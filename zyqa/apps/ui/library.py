"""文库: what the library holds, upload with a preview before it is accepted, removal, and what cites what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from zyqa.apps.ui import charts, tables
from zyqa.apps.ui.bench import Workbench, download, guarded, nothing_yet, scratch, told
from zyqa.apps.ui.markup import notice
from zyqa.errors import ZyqaError
from zyqa.policy.parse import parse
from zyqa.policy.reading import read
from zyqa.study import feedback, ledger
from zyqa.study.messages import Messages

_PREVIEWED = 5  # documents of an upload; the rest is counted


@dataclass(frozen=True, slots=True)
class Library:
    """The handlers of the tab, in one language."""

    bench: Workbench
    words: Messages

    def show(self) -> tuple[Any, ...]:
        """(table, graph, choices of what to remove)."""
        infos = self.bench.assistant.store.documents()
        graph = ledger.graph(self.bench.everything())
        missing = [node for node in graph.nodes if node.kind is None]
        listed = tables.documents(infos, missing, self.words)
        choices = [(f"{info.title}（{info.number}）" if info.number else info.title, info.id) for info in infos]
        return listed, charts.references(graph, self.words), gr.update(choices=choices, value=None)

    def preview(self, files: list[str] | None, progress: gr.Progress) -> tuple[Any, ...]:
        """Parses the uploaded files without touching the library: (preview, buttons)."""
        if not files:
            return "", gr.update(visible=False)
        parts: list[str] = []
        readable = 0
        for path in progress.tqdm([Path(file) for file in files], desc=self.words("library.reading")):
            try:
                for source in read(path, max_bytes=self.bench.settings.max_file_mb << 20):
                    readable += 1
                    if readable <= _PREVIEWED:
                        parts.append(tables.preview(parse(source), self.words))
            except ZyqaError as error:
                parts.append(notice(f"{path.name}：{told(self.words, error)}", "warn"))
        if readable > _PREVIEWED:
            parts.append(notice(self.words("library.and_more", n=readable - _PREVIEWED)))
        return "".join(parts), gr.update(visible=bool(readable))

    def accept(self, files: list[str] | None, progress: gr.Progress) -> tuple[Any, ...]:
        """Takes the uploaded files in: (files, preview, buttons, table, graph, choices)."""
        report = self.bench.add([Path(file) for file in files or []], progress)
        lines = [notice(self.words("library.added", n=len(report.added) + len(report.replaced)), "good")]
        if report.unchanged:
            lines.append(notice(self.words("library.unchanged", n=len(report.unchanged))))
        lines += [notice(f"{Path(path).name}：{told(self.words, error)}", "warn") for path, error in report.failed]
        return None, "".join(lines), gr.update(visible=False), *self.show()

    def remove(self, doc_id: str | None) -> tuple[Any, ...]:
        """Removes a document: (confirmation, table, graph, choices)."""
        if doc_id:
            self.bench.remove(doc_id)
            gr.Info(self.words("library.removed"), duration=4)
        return gr.update(visible=False), *self.show()

    def ask_removal(self, doc_id: str | None) -> tuple[Any, ...]:
        """The question before a removal: (confirmation, its text)."""
        if not doc_id:
            return gr.update(visible=False), ""
        title = self.bench.assistant.store.document(doc_id).title
        return gr.update(visible=True), notice(self.words("library.sure", title=title), "warn")

    def feedback(self) -> str:
        """The feedback as evaluation questions, in a file."""
        library = self.bench.settings.library
        if next(feedback.recorded(library), None) is None:
            raise nothing_yet(self.words, "library.no_feedback")
        return str(feedback.export(library, scratch("feedback-questions.jsonl")))


def tab(bench: Workbench, words: Messages, item: gr.Tab) -> None:
    handlers = Library(bench, words)
    listed = gr.HTML(notice(words("page.opening")))
    with gr.Accordion(words("library.upload"), open=False, elem_id="zy-upload"):
        files = gr.File(file_count="multiple", label=words("library.files"), elem_id="zy-files")
        preview = gr.HTML()
        with gr.Row(visible=False) as decision:
            accept = gr.Button(words("library.accept"), variant="primary", elem_id="zy-accept")
            discard = gr.Button(words("library.discard"))
    with gr.Accordion(words("library.remove"), open=False, elem_id="zy-remove"):
        doomed = gr.Dropdown([], label=words("library.which"), elem_id="zy-doomed")
        remove = gr.Button(words("library.remove_button"), elem_id="zy-remove-button")
        with gr.Group(visible=False) as sure:
            question = gr.HTML()
            with gr.Row():
                yes = gr.Button(words("library.yes"), variant="stop", elem_id="zy-remove-yes")
                no = gr.Button(words("library.no"))
    with gr.Accordion(words("library.graph"), open=True):
        graph = gr.Plot(show_label=False, container=False, elem_classes="zy-wide")
    saved = gr.Button(words("library.feedback"), size="sm", elem_classes="zy-export")
    shown = [listed, graph, doomed]

    def on_preview(held: list[str] | None, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        return handlers.preview(held, progress)

    def on_accept(held: list[str] | None, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        return handlers.accept(held, progress)

    item.select(guarded(words, handlers.show), None, shown, api_visibility="private", show_progress="hidden")
    files.upload(
        guarded(words, on_preview), files, [preview, decision], api_visibility="private", show_progress_on=preview
    )
    accept.click(
        guarded(words, on_accept), files, [files, preview, decision, *shown], api_visibility="private",
        show_progress_on=preview, concurrency_id="write", concurrency_limit=1,
    )  # fmt: skip
    gr.on(
        [discard.click, files.clear], lambda: (None, "", gr.update(visible=False)), None, [files, preview, decision],
        api_visibility="private",
    )  # fmt: skip
    remove.click(guarded(words, handlers.ask_removal), doomed, [sure, question], api_visibility="private")
    no.click(lambda: gr.update(visible=False), None, sure, api_visibility="private")
    yes.click(guarded(words, handlers.remove), doomed, [sure, *shown], api_visibility="private", concurrency_id="write")
    download(words, saved, handlers.feedback, [], "feedback")
