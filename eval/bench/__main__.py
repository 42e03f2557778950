"""``python -m eval.bench``: run the benchmarks, print their tables and write them to docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from eval.bench.data import folder, missing
from eval.bench.table import Table

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "benchmarks.md"
_LAWS = ("laws.jsonl.gz", "laws_questions.jsonl")
SECTIONS: dict[str, tuple[str, ...]] = {
    "laws": _LAWS,
    "policies": ("policies.jsonl", "policies_questions.jsonl"),
    "speed": _LAWS,
    "scale": _LAWS,
    "cold": (),
}  # each with the bench data that it needs
_LIBRARIES = (
    "numpy",
    "faiss-cpu",
    "jieba",
    "rjieba",
    "bm25s",
    "langchain-text-splitters",
    "sentence-transformers",
    "torch",
)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB of memory, Python {platform.python_version()}"
    )


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("zyqa", *_LIBRARIES))


def _run(section: str, work: Path) -> list[Table]:
    """The tables of a section; none where data or a package is absent, which is said."""
    if absent := missing(SECTIONS[section]):
        reason = f"no {', '.join(absent)} in {folder()} (set ZYQA_BENCH to the folder of the bench data)"
    else:
        try:
            tables: list[Table] = import_module(f"eval.bench.{section}").run(work)
            return tables
        except ModuleNotFoundError as error:
            reason = f"the package {error.name} is not installed (pip install -r requirements.lock)"
    print(f"skipped {section}: {reason}", file=sys.stderr)
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)} [default: all]")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where the libraries are built")
    parser.add_argument("--out", type=Path, default=OUT, help="written when all sections have run")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}")
    options.work.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Table]] = {}
    for section in options.sections or SECTIONS:
        if tables := _run(section, options.work):
            found[section] = tables
            print("\n".join(table.markdown() for table in tables), flush=True)
    if set(found) != set(SECTIONS):
        print(f"{options.out} stays as it is: not all sections have run", file=sys.stderr)
        return 0
    head = f"# Benchmarks\n\nWritten by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {_machine()}; {_versions()}.\n"
    head += "What was tried, and what each part adds: [retrieval.md](retrieval.md).\n"
    pieces = [head, *(table.markdown() for section in SECTIONS for table in found[section])]
    options.out.write_text("\n".join(pieces), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
