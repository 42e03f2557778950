"""Amounts as people say them, in figures."""

from __future__ import annotations

import pytest

from zyqa.answer.figures import in_figures


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("百分之七十、七十五的指标", "百分之七十、75%的指标"),
        ("百分之六十、八十五和九十八各是什么", "百分之六十、85%和98%各是什么"),
        ("百分之九十和五个标准", "百分之九十和五个标准"),
        ("百分之六十五的是哪项,还有九十二的呢", "百分之六十五的是哪项,还有92%的呢"),
        ("六项、二十家各是什么指标", "6项、20家各是什么指标"),
        ("三个以上的数量指标", "3个以上的数量指标"),
        ("指标要到八十几", "指标要到80%到89%之间"),
        ("有几项指标过了九成", "有几项指标过了90%"),
        ("八成半的目标", "85%的目标"),
        ("建成一批六成新的房", "建成一批六成新的房"),
        ("三十家以上的", "30家以上的"),
        ("两个以上单位牵头", "两个以上单位牵头"),
        ("开了二十几个店", "开了二十几个店"),
    ],
)
def test_amounts_are_put_in_figures(said: str, figures: str) -> None:
    assert in_figures(said) == figures
