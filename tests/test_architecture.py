"""The house rules, as data and checks over the syntax trees: layers, doorways, sizes, and what is exported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import zyqa

ROOT = Path(__file__).parents[1]
MAX_LINES = 400
MAX_EXPORTS = 15

GROUND = ("zyqa.text", "zyqa.patterns", "zyqa.types", "zyqa.settings", "zyqa.errors")
BELOW_APPS = ("zyqa.study", "zyqa.answer", "zyqa.ingest", "zyqa.evaluation", "zyqa.search", "zyqa.policy", *GROUND)

# A module may import its own package, and of zyqa's others only these (a prefix stands for all below it).
LAYERS: dict[str, tuple[str, ...]] = {
    "zyqa.errors": (),
    "zyqa.patterns": (),
    "zyqa.types": ("zyqa.errors",),
    "zyqa.text": ("zyqa.types", "zyqa.errors"),
    "zyqa.settings": ("zyqa.types", "zyqa.errors"),
    "zyqa.policy": GROUND,
    "zyqa.search": GROUND,
    "zyqa.answer": ("zyqa.search", "zyqa.policy.units", *GROUND),
    "zyqa.ingest": ("zyqa.search", "zyqa.policy", *GROUND),
    "zyqa.study": ("zyqa.answer", "zyqa.search", "zyqa.policy.units", *GROUND),
    "zyqa.evaluation": ("zyqa.ingest", "zyqa.answer", "zyqa.policy", "zyqa.search", *GROUND),
    "zyqa.langchain": BELOW_APPS,
    "zyqa.__main__": ("zyqa.apps",),
    "zyqa.apps": BELOW_APPS,
    "zyqa": BELOW_APPS,  # the export list
}

# Each foreign library and the only places that may import it.
DOORWAYS: dict[str, tuple[str, ...]] = {
    "jieba": ("zyqa.text",),
    "rjieba": ("zyqa.text",),
    "opencc": ("zyqa.text",),
    "faiss": ("zyqa.search.vectors",),
    "sentence_transformers": ("zyqa.search.transformer",),
    "torch": ("zyqa.search.transformer",),
    "pymilvus": ("zyqa.search.milvus",),
    "sqlite3": ("zyqa.search.store", "zyqa.search.access", "zyqa.search.erasure"),
    "langchain": ("zyqa.answer.writer", "zyqa.langchain"),
    "langchain_core": ("zyqa.answer.writer", "zyqa.langchain"),
    "langchain_openai": ("zyqa.answer.writer",),
    "langchain_text_splitters": ("zyqa.langchain",),
    "gradio": ("zyqa.apps.ui",),
    "plotly": ("zyqa.apps.ui",),
    "fastapi": ("zyqa.apps.api",),
    "starlette": ("zyqa.apps.api",),
    "uvicorn": ("zyqa.apps.api",),
    "typer": ("zyqa.apps.cli",),
    "openpyxl": ("zyqa.study.export",),
    "docx": ("zyqa.study.export", "zyqa.policy"),
    "lxml": ("zyqa.policy",),
    "trafilatura": ("zyqa.policy",),
    "pypdfium2": ("zyqa.policy",),
    "pdfplumber": ("zyqa.policy",),
    "pdfminer": ("zyqa.policy",),
    "pydantic_settings": ("zyqa.settings",),
}

# What may be imported inside a function: seconds to load, or needed by one command or one format only.
HEAVY = {
    *("jieba", "rjieba", "opencc", "unicodedata", "torch", "sentence_transformers", "langchain", "langchain_openai"),
    *("pymilvus", "openpyxl", "docx", "lxml", "trafilatura", "pypdfium2", "pdfplumber", "plotly", "uvicorn"),
    *("pdfminer", "zyqa.search.transformer", "zyqa.apps.api"),
    "zyqa.ingest",  # the parser and its readers, for a question that finds a library need not wait
}


@dataclass(frozen=True, slots=True)
class Import:
    """``module`` as named; ``line``; ``local``: inside a function; ``typing``: under ``if TYPE_CHECKING``."""

    module: str
    line: int
    local: bool
    typing: bool


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


MODULES = {_name(path): path for path in _files("zyqa")}


def _imports(path: Path) -> Iterator[Import]:
    yield from _walk(_tree(path), _name(path), local=False, typing=False)


def _walk(node: ast.AST, name: str, *, local: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, local, typing)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{name}:{child.lineno}: relative import"
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                yield Import(whole if whole in MODULES else str(child.module), child.lineno, local, typing)
        else:
            inner = local or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            guard = typing or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
            yield from _walk(child, name, local=inner, typing=guard)


def _under(module: str, prefixes: tuple[str, ...]) -> bool:
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)


def _layer(module: str) -> str:
    return max((layer for layer in LAYERS if _under(module, (layer,))), key=len)


def _top(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    layer = _layer(module)
    for found in _imports(MODULES[module]):
        if _top(found.module) == "zyqa":
            own = layer != "zyqa" and _under(found.module, (layer,))
            allowed = own or _under(found.module, LAYERS[layer])
            assert allowed, f"{module}:{found.line} imports {found.module}"


@pytest.mark.parametrize("module", MODULES)
def test_foreign_libraries_come_through_their_doorway(module: str) -> None:
    for found in _imports(MODULES[module]):
        doorway = DOORWAYS.get(_top(found.module))
        if doorway and not found.typing:
            assert _under(module, doorway), f"{module}:{found.line} imports {found.module}: only {doorway} may"


@pytest.mark.parametrize("module", MODULES)
def test_only_heavy_libraries_are_imported_inside_functions(module: str) -> None:
    for found in _imports(MODULES[module]):
        if found.local:
            known = _top(found.module) in HEAVY or found.module in HEAVY
            assert known, f"{module}:{found.line} imports {found.module} inside a function"


def test_there_is_no_import_cycle() -> None:
    graph = {
        module: {
            found.module
            for found in _imports(path)
            if found.module in MODULES and not found.typing and found.module != module
        }
        for module, path in MODULES.items()
    }
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", [*_files("zyqa", "eval", "tests"), ROOT / "app.py"], ids=_name)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints(module: str) -> None:
    if _under(module, ("zyqa.apps.cli",)):
        return
    calls = (node for node in ast.walk(_tree(MODULES[module])) if isinstance(node, ast.Call))
    prints = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert not prints, f"{module} prints in lines {prints}"


@pytest.mark.parametrize("path", _files("zyqa", "eval", "tests"), ids=_name)
def test_there_is_no_bare_except(path: Path) -> None:
    bare = [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.ExceptHandler) and node.type is None]
    assert not bare, f"bare except in lines {bare}"


def test_nothing_on_the_way_is_pickled() -> None:
    for module, path in MODULES.items():
        for found in _imports(path):
            assert _top(found.module) not in {"pickle", "marshal", "shelve", "dill"}, module


def test_the_export_list_equals_what_is_importable() -> None:
    assert len(zyqa.__all__) <= MAX_EXPORTS
    assert sorted(zyqa.__all__) == zyqa.__all__
    public = {name for name in dir(zyqa) if not name.startswith("_")}
    assert public == set(zyqa.__all__)
    for name in zyqa.__all__:
        assert getattr(zyqa, name).__name__ == name


def test_what_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        zyqa.no_such_name  # noqa: B018
