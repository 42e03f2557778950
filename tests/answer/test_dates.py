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
        ("2013年国庆节那会儿", date(2013, 10, 1), date(2013, 10, 7)),
        ("2013年十一期间", date(2013, 10, 1), date(2013, 10, 7)),
        ("2012年的夏天", date(2012, 6, 1), date(2012, 8, 31)),
        ("2012年第一季度", date(2012, 1, 1), date(2012, 3, 31)),
        ("2011年2月下旬", date(2011, 2, 21), date(2011, 2, 28)),
        ("15年11月中旬", date(2015, 11, 11), date(2015, 11, 20)),
        ("14年春节算哪一步", date(2014, 1, 21), date(2014, 3, 5)),
        ("一三年底", date(2013, 12, 1), date(2013, 12, 31)),
        ("到15年的目标", date(2015, 1, 1), date(2015, 12, 31)),
        ("到2015要实现什么", date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_a_date_spans_its_days(text: str, first: date, last: date) -> None:
    (found,) = find_dates(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2011年13月",
        "在10年内",
        "第15年底",
        "干了15年中专",
        "十五年国庆",
        "到15个",
        "2015个",
        "〔2015〕187号",
        "到2015%",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(find_dates(text)) == []


def test_a_period_joins_two_dates() -> None:
    (found,) = find_periods("启动阶段(2010年6月-2011年7月)")
    assert (found.first, found.last) == (date(2010, 6, 1), date(2011, 7, 31))


def test_a_month_beside_one_of_a_year_is_of_that_year() -> None:
    assert [(one.first, one.span.cut("2015年10月和11月")) for one in find_dates("2015年10月和11月")] == [
        (date(2015, 10, 1), "2015年10月"),
        (date(2015, 11, 1), "11月"),
    ]
    assert len(list(find_dates("2015年10月和11个单位"))) == 1
