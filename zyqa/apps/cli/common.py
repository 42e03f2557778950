"""What the commands share: options, settings, and where output goes (results: stdout; all else: stderr)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from zyqa.answer.assistant import Assistant
from zyqa.apps.render import plain
from zyqa.errors import StoreMissing, UnknownDocument
from zyqa.search.engine import LocalEngine
from zyqa.search.store import Store
from zyqa.settings import Settings, load
from zyqa.text import digest

Library = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The library's folder [default: index, or ZYQA_LIBRARY]")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object")]
OWN = Settings.model_fields["library"].default  # the checkout's library
_LINE = 79  # characters


def put(text: str) -> None:
    """A result, to standard output."""
    print(text, flush=True)  # at once: a reader at the other end of a pipe may be waiting


def put_json(value: Any) -> None:
    put(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """A message or progress, to standard error."""
    print(plain(message), file=sys.stderr, flush=True)


def progress(*shown: object) -> None:
    """How far something has come, in one line of the terminal that the next call replaces; nothing into a file."""
    if sys.stderr.isatty():
        print("\r\x1b[K" + plain("  ".join(map(str, shown)))[-_LINE:], end="", file=sys.stderr, flush=True)


@contextmanager
def library(settings: Settings, *, writable: bool = False, build: bool = True) -> Iterator[LocalEngine]:
    """The library, open; a fresh checkout's is built first, unless ``build`` is off."""
    with opened(settings, writable=writable, build=build) as engine:
        yield engine


def opened(settings: Settings, *, writable: bool = False, build: bool = True) -> LocalEngine:
    """See :func:`library`. Only the checkout's own library is built; one that was named must be there."""
    try:
        return LocalEngine.open(settings.library, settings, writable=writable)
    except StoreMissing:
        if not (build and settings.library == OWN and settings.corpus.exists()):
            raise
    from zyqa.ingest import open_library  # the parser and its readers: a question need not wait for them

    say(f"there is no library in {settings.library} yet: building it from {settings.corpus} …")
    engine = open_library(settings, writable=writable)
    say(f"{len(engine.store.documents())} documents are in the library")
    return engine


def open_assistant(settings: Settings) -> Assistant:
    """The assistant over the library; a fresh checkout's is built first, and stale or damaged indexes anew."""
    return Assistant(opened(settings, writable=True), settings)


@contextmanager
def assistant(settings: Settings) -> Iterator[Assistant]:
    """:func:`open_assistant`, closed at the end."""
    with open_assistant(settings) as answerer:
        yield answerer


def document_id(store: Store, name: str) -> str:
    """The id of a document that is named by its id or its title, in whatever brackets and widths.

    Raises:
        UnknownDocument: no document has that name, or several have it.
    """
    try:
        return store.info(name).id
    except UnknownDocument:
        found = [info.id for info in store.infos() if digest(name) in map(digest, (info.id, info.title))]
        if len(found) != 1:
            raise
        return found[0]


def configured(folder: Path | None, **options: Any) -> Settings:
    """The settings in force; options that are None were not given."""
    return load(library=folder, **options)
