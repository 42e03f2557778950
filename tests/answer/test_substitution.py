"""A follow-up's counterpart in the question before is replaced by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.answer.substitution import at_level, substituted


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("服务业标准化由谁牵头?", "农业的呢", "农业标准化由谁牵头?"),
        ("县区主管部门多久报一次报告", "那市上主管部门呢?", "市上主管部门多久报一次报告"),
        ("公路竣工验收合格率是多少", "大型工程综合优良率呢", "大型工程综合优良率是多少"),
        ("国家融资担保基金承担的比例是多少", "省级基金的呢", "省级基金承担的比例是多少"),
        ("金额500万元及以下的企业费率不超过多少", "那500万元以上的呢", "金额500万元以上的企业费率不超过多少"),
        ("专利代理机构泄露了内容,罚款多少", "要是代理师呢", "专利代理师泄露了内容,罚款多少"),
        ("到2020年农机总动力要达到多少", "2025年呢", "到2025年农机总动力要达到多少"),
        ("农产品标准覆盖率2015年要多少", "2012年呢", "农产品标准覆盖率2012年要多少"),
        ("农业农村部负责的是哪几项", "那科技部呢", "科技部负责的是哪几项"),
        ("空气环境质量由谁牵头", "水的呢", None),
        ("空气环境质量由谁牵头", "谁配合", None),
        ("空气环境质量由谁牵头", "空气环境质量呢", None),
    ],
)
def test_substituted(before: str, text: str, whole: str | None) -> None:
    assert substituted(text, before) == whole


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("县区主管部门多久报一次报告", "市上的呢", "市上主管部门多久报一次报告"),
        ("市上主管部门多久报一次报告?", "那县区呢?", "县区主管部门多久报一次报告?"),
        ("园区在哪个县区", "市上的呢", None),
        ("县区主管部门多久报一次报告", "市上的物流园区呢", None),
    ],
)
def test_at_another_level(before: str, text: str, whole: str | None) -> None:
    assert at_level(text, before) == whole


@given(
    st.text("农业服务标准化由谁牵头2015年的呢那,?", max_size=12), st.text("农业服务标准化由谁牵头2015年,?", max_size=20)
)
def test_any_text_is_taken(text: str, before: str) -> None:
    whole = substituted(text, before)
    assert whole is None or whole != before
