"""Every reason of a refusal can be said in English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files

import pytest

from zyqa.answer.reasons import in_english


def _sentences() -> Iterator[str]:
    """The sentences of refusals as the modules write them, with X in each gap."""
    root = files("zyqa").joinpath("answer")
    for folder in (root, root.joinpath("facts")):
        for module in folder.iterdir():
            if module.name.endswith(".py"):
                for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                        yield from (_written(argument) for argument in node.args)
                    if isinstance(node, ast.Return) and module.name in ("absent.py", "beside.py", "unheld.py"):
                        value = node.value.body if isinstance(node.value, ast.IfExp) else node.value
                        yield _written(value)


def _written(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.IfExp):
        return _written(node.body)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in parts)


@pytest.mark.parametrize("sentence", sorted({one for one in _sentences() if one.endswith("。")}))
def test_each_reason_has_its_english(sentence: str) -> None:
    said = in_english(sentence, {})
    assert said.endswith(".")
    assert not any("㐀" <= char <= "鿿" for char in said)


def test_the_words_of_the_question_stand_as_asked() -> None:
    words = {"宽带": "broadband", "市体育局": "municipal sports bureau"}
    assert in_english("《方案》未提及“宽带”。", words) == "《方案》 does not mention “broadband”."
    assert in_english("《方案》未提及市体育局。", words) == "《方案》 does not name municipal sports bureau."
    assert in_english("《方案》未提及“宽带、市体育局”。", words).endswith("“broadband, municipal sports bureau”.")
    assert in_english("《方案》未提及“文艺”。", words) == "《方案》 does not mention “文艺”."


def test_a_reason_without_english_is_left_out() -> None:
    assert in_english("没有这样的句子", {}) == ""
