"""A pattern that is compiled late is a pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.patterns import compiled


@given(st.text(alphabet="谁牵头配合 ab", max_size=30))
def test_it_finds_what_the_pattern_finds(text: str) -> None:
    late, plain = compiled(r"谁|(牵头|配合)+|A", re.I), re.compile(r"谁|(牵头|配合)+|A", re.I)
    assert [found.span() for found in late.finditer(text)] == [found.span() for found in plain.finditer(text)]
    assert late.sub("x", text) == plain.sub("x", text)
    assert late.split(text) == plain.split(text)


def test_an_ill_formed_pattern_shows_when_used() -> None:
    late = compiled("(")
    with pytest.raises(re.error):
        late.search("a")
