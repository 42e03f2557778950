"""The command line under test: in a process of its own, or by its entry in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "corpus/张掖市推进质量振兴工作方案.txt"
PLAN_ID = "张政办发〔2011〕187号"
QUESTION = "服务业标准化由谁牵头"
ZYQA = Path(sys.executable).parent / "zyqa"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def real(library: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """The installed command, in a process of its own."""
    return subprocess.run(
        [str(ZYQA), *map(str, arguments)],
        env={**os.environ, "ZYQA_LIBRARY": str(library)},
        cwd=options.pop("cwd", ROOT),
        capture_output=True,
        text=True,
        encoding="utf-8",
        **options,
    )


def failed(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 1, nothing on standard output, and one line ``message — hint`` that holds the words."""
    assert (result.returncode, result.stdout) == (1, ""), result
    line = result.stderr.splitlines()[-1]
    assert " — " in line, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in line
