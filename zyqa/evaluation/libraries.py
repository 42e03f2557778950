"""The library an evaluation set is asked of: the one in use, or a passing one with the bench documents it names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from zyqa.errors import UnreadableFile
from zyqa.evaluation.parsing import bench_folder
from zyqa.evaluation.runner import load
from zyqa.ingest import ingest
from zyqa.search.engine import LocalEngine
from zyqa.settings import Settings


@contextmanager
def settings_for(path: Path, settings: Settings) -> Iterator[Settings]:
    """The settings under which a set is asked. A set whose questions name documents of the bench folder is asked of
    the corpus and these, in a library that is removed afterwards.

    Raises:
        UnreadableFile: the set cannot be read, or its documents are not here.
    """
    documents = sorted({name for gold in load(path) for name in gold.documents})
    if not documents:
        yield settings
        return
    bench = bench_folder()
    if bench is None:
        raise UnreadableFile(f"the documents of {path} are not here", hint="name their folder in ZYQA_BENCH")
    with TemporaryDirectory(prefix="zyqa-eval-") as folder:
        passing = settings.model_copy(update={"library": Path(folder)})
        with LocalEngine.open(passing.library, passing, writable=True, create=True) as engine:
            report = ingest([settings.corpus, *(bench / name for name in documents)], engine, passing)
        for _, error in report.failed:
            raise error
        yield passing
