import pytest

from zyqa.types import Span, address


def test_span_cuts_and_contains() -> None:
    assert Span(1, 3).cut("甲乙丙丁") == "乙丙"
    assert Span(1, 3).contains(Span(1, 2))
    assert not Span(1, 3).contains(Span(2, 4))


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(1, 2).start = 3  # type: ignore[misc]


def test_address() -> None:
    assert address("张政办发〔2011〕187号", "1.4.3") == "张政办发〔2011〕187号#1.4.3"
