"""``python -m eval.bench``: run the benchmarks, print their tables and write them to docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from eval.bench import cold, laws, policies, scale, speed
from eval.bench.data import folder
from eval.bench.table import Table

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "benchmarks.md"
SECTIONS: dict[str, Callable[[Path], list[Table]]] = {
    "cold": cold.run,
    "laws": laws.run,
    "policies": policies.run,
    "speed": speed.run,
    "scale": scale.run,
}
_LIBRARIES = ("numpy", "faiss-cpu", "jieba", "rjieba", "sentence-transformers", "torch")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB of memory, Python {platform.python_version()}"
    )


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("zyqa", *_LIBRARIES))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", default=list(SECTIONS), choices=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where the libraries are built")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if not (folder() / "laws.jsonl.gz").is_file():
        print(f"skipped: no bench data in {folder()} (set ZYQA_BENCH to its folder)", file=sys.stderr)
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    head = f"# Benchmarks\n\nWritten by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {_machine()}; {_versions()}.\n"
    head += "What was tried, and what each part adds: [retrieval.md](retrieval.md).\n"
    pieces = [head]
    for name in options.sections:
        for table in SECTIONS[name](options.work):
            pieces.append(table.markdown())
            print(pieces[-1], flush=True)
    options.out.write_text("\n".join(pieces), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
