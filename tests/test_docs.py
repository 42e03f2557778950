"""What the documentation shows is what happens. ``make docs`` writes it anew where it differs.

In ``console`` blocks each ``$ zyqa …`` is run and its output compared; ``python`` blocks of a page are run one after
the other, and a ``text`` block after one holds what it prints. The reference is compared as a whole.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import zyqa
from tests.reference import reference
from zyqa import errors
from zyqa.apps.cli.main import COMMANDS
from zyqa.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh.md", "docs/tutorial.md", "docs/langchain.md"]
WRITE = bool(os.environ.get("ZYQA_WRITE_DOCS"))
_CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
_PYTHON = re.compile(r"(```python\n(.*?)```)(?:(\n+```text\n).*?```)?", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def same(path: Path, found: str, wanted: str) -> None:
    """The page as it should be is the page as it is, or becomes it."""
    if WRITE and found != wanted:
        path.write_text(wanted, "utf-8")
    assert WRITE or found == wanted, f"{path.name} is out of date: run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_the_page_shows(page: str, settings: Settings) -> None:
    path = ROOT / page
    text = path.read_text("utf-8")
    same(path, text, _CONSOLE.sub(lambda block: session(block.group(), settings), text))


def test_the_architecture_page_names_every_part_of_the_house() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    packages = {path.parent.name for path in ROOT.glob("zyqa/*/**/__init__.py")}
    modules = {path.stem for path in ROOT.glob("zyqa/[a-z]*.py")}
    missing = [name for name in packages if f"{name}/" not in page] + [name for name in modules if name not in page]
    assert not missing


def session(block: str, settings: Settings) -> str:
    """The block with the output that its commands have now; where the page leaves off with ``…``, so does this."""
    shown = []
    for part in re.split(r"^(?=\$ zyqa )", block, flags=re.MULTILINE)[1:]:
        line, *before = part.rstrip().splitlines()
        command = [str(Path(sys.executable).parent / "zyqa"), *shlex.split(line)[2:]]
        environment = {**os.environ, "ZYQA_LIBRARY": str(settings.library)}
        result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
        now = (result.stdout + result.stderr).rstrip().splitlines()
        shown += [line, *([*now[: len(before) - 1], "…"] if before[-1:] == ["…"] else now)]
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize("page", PAGES)
def test_python_prints_what_the_page_shows(page: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZYQA_LIBRARY", str(settings.library))
    monkeypatch.chdir(ROOT)
    path, names = ROOT / page, dict[str, Any]()
    text = path.read_text("utf-8")

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block[2], page, "exec"), names)  # the page's own code
        return block[1] if block[3] is None else f"{block[1]}{block[3]}{printed.getvalue()}```"

    same(path, text, _PYTHON.sub(run, text))


def test_the_reference_is_up_to_date() -> None:
    path = ROOT / "docs/reference.md"
    same(path, path.read_text("utf-8") if path.exists() else "", reference())


def test_the_reference_names_everything() -> None:
    text = (ROOT / "docs/reference.md").read_text("utf-8")
    kinds = [name for name, kind in vars(errors).items() if isinstance(kind, type)]
    for name in (*COMMANDS, *Settings.model_fields, *kinds, *zyqa.__all__):
        assert re.search(rf"\b{name}\b", text), name


@pytest.mark.parametrize("page", [*PAGES, "docs/architecture.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in _LINK.findall(path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{page}: {target}"
