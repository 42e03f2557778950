"""Dates and periods as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from zyqa.answer.dates import find_dates, find_periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012年5月处于哪个阶段", date(2012, 5, 1), date(2012, 5, 31)),
        ("2011年6月28日", date(2011, 6, 28), date(2011, 6, 28)),
        ("到2015年", date(2015, 1, 1), date(2015, 12, 31)),
        ("2014年底", date(2014, 12, 1), date(2014, 12, 31)),
        ("2012年上半年", date(2012, 1, 1), date(2012, 6, 30)),
        ("2014年元旦", date(2014, 1, 1), date(2014, 1, 1)),
    ],
)
def test_a_date_spans_its_days(text: str, first: date, last: date) -> None:
    (found,) = find_dates(text)
    assert (found.first, found.last) == (first, last)


def test_a_month_that_does_not_exist_is_no_date() -> None:
    assert list(find_dates("2011年13月")) == []


def test_a_period_joins_two_dates() -> None:
    (found,) = find_periods("启动阶段(2010年6月-2011年7月)")
    assert (found.first, found.last) == (date(2010, 6, 1), date(2011, 7, 31))
