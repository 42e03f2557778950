"""Counting over the whole duties table: conditions, orders, parts."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, folio, telling
from zyqa.answer.facts import counts, tally
from zyqa.answer.facts.tally import Limit
from zyqa.answer.question import Intent
from zyqa.types import Role

TEXT = """样本方案
一、主要任务
（一）监管。加强监管。（牵头单位：市质监局；配合单位：市环保局、市卫生局、市农业局）
（二）环境。治理环境。（牵头单位：市环保局；配合单位：市农业局）
（三）奖励。建立奖励。（牵头单位：市质监局、市统计局）
（四）农业。发展农业。（牵头单位：市农业局；配合单位：市环保局、市质监局）
二、其他任务
（一）宣传。开展宣传。（牵头单位：市质监局）
"""


@pytest.fixture(scope="module")
def told() -> Told:
    return telling(counts.counted, Intent.WHO, [folio(TEXT)])


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("没有配合单位的任务有几项", "没有配合单位的任务共2项", "监管"),
        ("未列配合单位的任务", "奖励", "农业"),
        ("配合单位超过2个的任务有哪些", "监管", "(四)"),
        ("哪些任务有两个以上配合单位", "农业", "环境"),
        ("只有一个配合单位的任务", "环境", "监管"),
        ("两家共同牵头的任务有哪些", "奖励", "宣传"),
        ("哪些任务由不止一家牵头", "奖励", "宣传"),
        ("哪项任务的配合单位最多", "3个配合单位", "环境"),
        ("配合单位数量排第二的任务是哪项", "有2个配合单位", "监管"),
        ("哪个单位牵头最多", "市质监局牵头最多,共3项", "统计"),
        ("牵头第二多的是谁", "市环保局牵头1项", "市质监局"),
        ("牵头任务前两名的单位", "市质监局牵头3项", "市卫生局"),
        ("牵头和配合加起来最多的单位是哪个", "市质监局牵头3项", "市统计局"),
        ("只牵头一项的单位有几个", "牵头1项的单位共3个", "市质监局"),
        ("牵头两项以上的单位有几个", "牵头不少于2项的单位共1个", "市统计局"),
        ("哪个单位只配合不牵头", "市卫生局", "市统计局"),
        ("一项都不牵头的单位", "市卫生局", "市统计局"),
        ("哪个单位从不给别人配合", "市统计局", "市卫生局"),
        ("既牵头又配合的单位有几个", "既牵头又配合的单位有3个", "市统计局"),
        ("质监局牵头的任务里哪项配合单位最多", "监管", "环境"),
        ("质监局牵头的任务里没有配合单位的有几项", "共2项", "环境"),
        ("除了质监局,谁牵头最多", "各1项", "市质监局"),
        ("第一部分有几项没有配合单位", "共1项", "宣传"),
        ("配合单位为空的任务有几项", "没有配合单位的任务共2项", "监管"),
        ("由两个单位一块儿牵头的任务", "奖励", "宣传"),
        ("哪些单位没有牵头任务", "只配合、不牵头", "市统计局"),
        ("只牵头一项任务的单位里头有没有统计局", "是。市统计局牵头1项", "市质监局"),
        ("统计局只牵头、不配合任何任务,对不对", "是。市统计局牵头1项", "市质监局"),
        ("质监局牵头5项,对吗", "不是。市质监局牵头3项", "市统计局"),
        ("统计局是不是牵头最多的", "不是。市质监局牵头最多", "市卫生局"),
        ("一共多少处写明了牵头单位", "有牵头单位的任务共", "市质监局"),
        ("只当过一回牵头的单位都有谁", "市统计局牵头1项", "市质监局"),
        ("光牵头没人配合的任务有几个", "没有配合单位的任务共2项", "监管"),
        ("有配合单位的一共几条", "有配合单位的任务共3项", "市质监局"),
        ("写着牵头单位的任务总计几项", "有牵头单位的任务共5项", "市质监局"),
        ("牵头单位一共有多少个", "牵头单位共4个", "市卫生局"),
    ],
)
def test_counted(told: Told, question: str, holds: str, lacks: str) -> None:
    assert holds in told(question)
    assert lacks not in told(question)


@pytest.mark.parametrize("question", ["质监局牵头几项", "监管由谁牵头", "一(一)有几个配合单位", "农业局配合什么"])
def test_one_unit_or_clause_is_no_count_over_the_table(told: Told, question: str) -> None:
    assert told(question) == ""


@pytest.mark.parametrize(
    ("limit", "holds", "fails"),
    [
        (Limit(Role.LEAD, "==", 2), 2, 3),
        (Limit(Role.LEAD, ">=", 2), 2, 1),
        (Limit(Role.LEAD, ">", 2), 3, 2),
        (Limit(Role.LEAD, "<=", 2), 2, 3),
        (Limit(Role.LEAD, "<", 2), 1, 2),
    ],
)
def test_limit(limit: Limit, holds: int, fails: int) -> None:
    assert limit.holds(holds)
    assert not limit.holds(fails)


def test_words_for_roles_are_made_plain() -> None:
    assert tally.plainly("从来没牵过头的") == "从来没牵头的"
    assert tally.plainly("谁挑头,谁协助,谁参加") == "谁牵头,谁配合,谁参与"
