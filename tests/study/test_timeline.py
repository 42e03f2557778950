"""Dates as written become ISO dates; stages, deadlines and reports are told apart."""

from __future__ import annotations

import pytest

from tests.study.conftest import Parse
from zyqa.study.timeline import Sort, event_report, iso, timeline
from zyqa.types import Document


@pytest.mark.parametrize(
    ("day", "last", "expected"),
    [
        ("2010年6月", False, "2010-06-01"),
        ("2011年7月", True, "2011-07-31"),
        ("2012年2月", True, "2012-02-29"),
        ("2015年", True, "2015-12-31"),
        ("2015年3月9日", True, "2015-03-09"),
        ("二〇一五年", False, "2015-01-01"),
        ("2015年13月", False, None),
        ("当年", False, None),
    ],
)
def test_iso(day: str, last: bool, expected: str | None) -> None:
    assert iso(day, last=last) == expected


def test_iso_takes_the_year_of_the_other_date() -> None:
    assert iso("9月", year_of="2011年3月", last=True) == "2011-09-30"


def test_the_plans_stages_and_reports(plan: Document) -> None:
    events = timeline([plan])
    stages = [(event.what, event.start, event.end) for event in events if event.sort is Sort.STAGE]
    assert stages == [
        ("启动阶段", "2010-06-01", "2011-07-31"),
        ("实施阶段", "2011-08-01", "2015-10-31"),
        ("总结阶段", "2015-11-01", "2015-12-31"),
    ]
    reports = {event.when for event in events if event.sort is Sort.REPORT}
    assert reports == {"2011年7月底前", "每年12月底前", "每季度", "每半年", "每年"}
    assert any(event.sort is Sort.DEADLINE and event.end == "2015-12-31" for event in events)


def test_dated_events_come_in_order_and_recurring_ones_last(plan: Document) -> None:
    ends = [event.end for event in timeline([plan])]
    dated = [end for end in ends if end]
    assert dated == sorted(dated) and ends[: len(dated)] == dated


def test_every_event_stands_in_its_sentence(plan: Document) -> None:
    assert all(event.when in event.span.cut(plan.text) for event in timeline([plan]))


@pytest.mark.parametrize(
    ("sentence", "sort", "when"),
    [
        ("各单位于2021年3月15日前将总结报送市政府办公室。", Sort.REPORT, "2021年3月15日前"),
        ("2020年6月底前完成改造。", Sort.DEADLINE, "2020年6月底前"),
        ("到2025年,覆盖率达到90%。", Sort.DEADLINE, "到2025年"),
        ("每季度第一个月上报进展情况。", Sort.REPORT, "每季度"),
    ],
)
def test_kinds_of_dates(parsed: Parse, sentence: str, sort: Sort, when: str) -> None:
    events = timeline([parsed(f"一、任务\n{sentence}\n二、保障\n加强领导。")])
    assert [(event.sort, event.when) for event in events] == [(sort, when)]


def test_the_report_has_a_cell_per_header(plan: Document) -> None:
    (table,) = event_report(timeline([plan])).tables
    assert {len(row) for row in table.rows} == {len(table.headers)}
