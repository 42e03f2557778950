"""What the tabs share: the assistant, opened in the background, and how errors and files reach the browser."""

from __future__ import annotations

import functools
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import gradio as gr

from zyqa.apps.ui.markup import plain
from zyqa.errors import ZyqaError
from zyqa.ingest import Report, ingest, remove
from zyqa.search.engine import LocalEngine
from zyqa.settings import Settings
from zyqa.study.follow_ups import follow_ups
from zyqa.study.ledger import Where, where
from zyqa.study.messages import Messages
from zyqa.types import Answer, Document, Kind, Question

if TYPE_CHECKING:
    from zyqa.answer.assistant import Assistant

_log = logging.getLogger(__name__)
MOST = 200  # documents that the tables cover where none are chosen
P = ParamSpec("P")
R = TypeVar("R")


class Workbench:
    """The library behind the page. The page is shown at once; the first handler that needs the library waits for it."""

    def __init__(self, opener: Callable[[], Assistant], settings: Settings) -> None:
        self.settings = settings
        self._opening: Future[Assistant] = Future()
        Thread(target=self._open, args=(opener,), name="open-library", daemon=True).start()

    def _open(self, opener: Callable[[], Assistant]) -> None:
        try:
            self._opening.set_result(opener())
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            self._opening.set_exception(error)

    @property
    def assistant(self) -> Assistant:
        """The open assistant.

        Raises:
            StoreError: what hindered the opening.
        """
        return self._opening.result()

    def ask(self, question: Question) -> Answer:
        """The answer, with what to ask next."""
        assistant = self.assistant
        answer = assistant.ask(question)
        more = follow_ups(answer, assistant.store.document, lambda text: not assistant.ask(text).refused)
        return replace(answer, follow_ups=answer.follow_ups or more)

    def nearest(self, answer: Answer, most: int = 5) -> tuple[Where, ...]:
        """The clauses that a refusal offers, with their headings."""
        store = self.assistant.store
        return tuple(
            where(store.document(hit.doc_id), store.clause(hit.doc_id, hit.clause_id)) for hit in answer.nearest[:most]
        )

    def documents(self, chosen: Sequence[str] | None = None) -> tuple[Document, ...]:
        """The chosen documents; without a choice all but the digest cards, in a large library the first ``MOST``."""
        store = self.assistant.store
        names = chosen or [info.id for info in store.documents() if info.kind is Kind.ORIGINAL][:MOST]
        return tuple(store.document(name) for name in names)

    def everything(self) -> tuple[Document, ...]:
        """All documents, digest cards too; in a large library the first ``MOST``."""
        return self.documents([info.id for info in self.assistant.store.documents()[:MOST]])

    def titles(self) -> list[tuple[str, str]]:
        """(title, id) of all documents, for a choice."""
        return [(info.title, info.id) for info in self.assistant.store.documents()]

    def add(self, paths: Sequence[Path], progress: gr.Progress) -> Report:
        """Takes files into the library. Questions are answered from the old state until it is done."""
        with self._writer() as engine:
            return ingest(paths, engine, self.settings, lambda done, name: progress((done, None), desc=Path(name).name))

    def remove(self, doc_id: str) -> None:
        with self._writer() as engine:
            remove([doc_id], engine)

    def _writer(self) -> LocalEngine:
        self.assistant  # noqa: B018 - a library that is still being built is not written to
        return LocalEngine.open(self.settings.library, self.settings, writable=True)


def guarded(words: Messages, handler: Callable[P, R]) -> Callable[P, R]:
    """A handler whose ZyqaErrors become a banner: what happened and what to do."""

    @functools.wraps(handler)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return handler(*args, **kwargs)
        except ZyqaError as error:
            raise banner(words, error) from error

    return run


def guarded_stream(words: Messages, handler: Callable[P, Iterator[R]]) -> Callable[P, Iterator[R]]:
    """:func:`guarded` for a generator."""

    @functools.wraps(handler)
    def run(*args: P.args, **kwargs: P.kwargs) -> Iterator[R]:
        try:
            yield from handler(*args, **kwargs)
        except ZyqaError as error:
            raise banner(words, error) from error

    return run


def banner(words: Messages, error: ZyqaError) -> gr.Error:
    """The error as a banner."""
    return gr.Error(plain(told(words, error)), duration=8, print_exception=False)


def nothing_yet(words: Messages, key: str) -> gr.Error:
    """A banner instead of an empty file: what to do first."""
    return gr.Error(words(key), duration=6, print_exception=False)


def told(words: Messages, error: ZyqaError) -> str:
    """What happened and what to do, in the page's language; the library's own words, paths among them, are logged."""
    _log.warning("%s: %s — %s", type(error).__name__, error, error.hint)
    kind = next(one.__name__ for one in type(error).__mro__ if f"error.{one.__name__}" in words)
    return words(f"error.{kind}")


def asset(name: str) -> str:
    """A data file of the page: its style or a script."""
    return files("zyqa").joinpath(f"data/{name}").read_text("utf-8")


def scratch(name: str) -> Path:
    """A file of this name in a new temporary folder, to be written and handed to the browser."""
    return Path(tempfile.mkdtemp(prefix="zyqa-")) / name


def download(
    words: Messages, button: gr.Button, make: Callable[..., str], inputs: list[Any], name: str, after: str = ""
) -> None:
    """Clicking ``button`` runs ``make(*inputs)``, which returns a file's path, and the browser saves that file.

    ``after``: events with this ``concurrency_id`` that came before are finished first.
    """
    carrier = gr.DownloadButton(visible="hidden", elem_id=f"zy-save-{name}")
    ready = button.click(guarded(words, make), inputs, carrier, api_visibility="private", concurrency_id=after or None)
    ready.success(None, None, None, js=f"() => document.querySelector('#zy-save-{name}').click()")
