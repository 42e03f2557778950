"""Nothing that comes from outside becomes HTML, Markdown or a link of its own."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.apps.ui.markup import clause_anchor, plain, read_anchor, table, tag

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


@given(TEXTS)
def test_plain_text_has_no_mark_that_means_anything(text: str) -> None:
    made = plain(text)
    bare = re.sub(r"&#\d+;|<br>", "", made)
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)
    assert unescape(made.replace("<br>", "\n")) == re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)


@pytest.mark.parametrize("text", ["<script>", "**粗**", "[a](b)", "$x$", "`c`", "&lt;", "www.a.cn", "__x__", "# 一"])
def test_plain_text_reads_as_written(text: str) -> None:
    assert unescape(plain(text)) == text


@given(TEXTS, TEXTS)
def test_anchors_are_read_back(doc_id: str, clause_id: str) -> None:
    assert read_anchor(clause_anchor(doc_id, clause_id)) == ("clause", doc_id, clause_id)


@given(TEXTS)
def test_attributes_cannot_be_left(text: str) -> None:
    class Reader(HTMLParser):
        def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
            found.append((name, [key for key, _ in attributes]))

    found: list[tuple[str, list[str]]] = []
    Reader().feed(tag("a", plain(text), text, href=text))
    assert found[0][1] in (["class", "href"], ["href"])
    assert all(name in ("a", "br") for name, _ in found)


def test_every_cell_names_its_column() -> None:
    assert table(["甲<"], [("乙",)]).count('data-head="甲&#60;"') == 1
