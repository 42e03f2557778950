"""Fixtures of the command line's tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.command import Run
from zyqa.apps.cli import main
from zyqa.settings import Settings


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the shipped library, to be written to or damaged."""
    return Path(shutil.copytree(settings.library, tmp_path / "library"))


@pytest.fixture
def zyqa(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: same entry, same output, without a second of start."""
    monkeypatch.setenv("ZYQA_LIBRARY", str(settings.library))

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["zyqa", *words])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        code = end.value.code
        return subprocess.CompletedProcess(words, code if isinstance(code, int) else 0, out, err)

    return run
