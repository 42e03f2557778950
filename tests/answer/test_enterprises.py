"""How enterprises are named, and what a description says."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.enterprises import Kinds
from zyqa.types import Span

KINDS = Kinds.shipped()


@pytest.mark.parametrize(
    ("text", "name", "sectors", "conditions"),
    [
        ("各工业企业要组织力量", "工业企业", {"工业"}, set()),
        ("鼓励食品、农产品出口企业获得注册", "食品、农产品出口企业", {"食品", "农业"}, {"出口"}),
        ("规模以上食品生产企业", "规模以上食品生产企业", {"食品"}, {"规模以上"}),
        ("三级甲等医院要建立", "三级甲等医院", {"医疗卫生"}, {"三级甲等"}),
        ("县区和企业给予奖励", "企业", set(), set()),
        ("督促化工企业整改", "化工企业", {"化工"}, set()),
    ],
)
def test_mentions(text: str, name: str, sectors: set[str], conditions: set[str]) -> None:
    (found,) = KINDS.mentions(text, Span(0, len(text)))
    assert (found.name, set(found.sectors), set(found.conditions)) == (name, sectors, conditions)
    assert found.span.cut(text) == name


def test_a_profile_knows_the_wider_sector() -> None:
    who = KINDS.profile("我们是一家规模以上化工企业")
    assert (set(who.sectors), set(who.wider), set(who.conditions)) == ({"化工"}, {"工业"}, {"规模以上"})


@pytest.mark.parametrize(
    ("named", "described", "expected"),
    [("小微企业", "大型超市", False), ("大中型企业", "小微企业", False), ("小型超市", "超市", True)],
)
def test_sizes_exclude_each_other(named: str, described: str, expected: bool) -> None:
    (mention,) = KINDS.mentions(named, Span(0, len(named)))
    assert KINDS.fits(mention, KINDS.profile(described)) is expected


def test_the_plans_kinds_are_found(assistant: Assistant) -> None:
    found = KINDS.named(assistant.store.document(info.id) for info in assistant.store.documents())
    assert {"化工企业", "食品生产企业", "三级甲等医院", "规模以上工业企业", "旅行社"} <= set(found)
    assert "企业" not in found


@pytest.mark.parametrize(
    ("question", "sectors", "conditions", "described"),
    [
        ("我开连锁药店,有啥硬性要求", {"药品经营"}, {"连锁"}, ["连锁药店"]),
        ("做化工的要守什么规矩", {"化工"}, set(), ["化工"]),
        ("光伏组件制造企业有何安排", {"机械"}, set(), ["光伏组件制造企业"]),
        ("卖化肥农药的农资店写到没有", {"农资"}, set(), ["卖化肥农药的农资店"]),
        ("三甲医院要做什么", {"医疗卫生"}, {"三级甲等"}, ["三甲医院"]),
        ("规上工业企业要做什么", {"工业"}, {"规模以上"}, ["规上工业企业"]),
        ("做罐头生意,质量上有啥规定", {"食品"}, set(), ["罐头"]),
        ("哪种标准最高", set(), set(), []),
        ("景区和导游都要改进什么", {"旅游"}, set(), ["景区和导游"]),
        ("企业质量培训有什么要求", set(), set(), []),
        ("食品安全由谁负责", set(), set(), []),
        ("建立健全物流体系归谁管", set(), set(), []),
    ],
)
def test_the_asker_is_told_from_what_is_asked(
    question: str, sectors: set[str], conditions: set[str], described: list[str]
) -> None:
    who = KINDS.asker(question)
    assert (set(who.sectors), set(who.conditions)) == (sectors, conditions)
    assert [span.cut(question) for span in who.spans] == described
    assert bool(who) is bool(described)


def test_tables_of_the_users_extend_the_kinds() -> None:
    own = {
        "sectors": {"宠物": {"words": ["宠物"], "said": ["宠物店", "猫舍"], "part_of": ["服务业"]}},
        "heads": ["诊疗站"],
    }
    kinds = Kinds([{"sectors": {"服务业": {"words": ["服务业"]}}, "heads": ["企业"]}, own])
    who = kinds.asker("我开猫舍的要做什么")
    assert (set(who.sectors), set(who.wider)) == ({"宠物"}, {"服务业"})
    assert [mention.name for mention in kinds.mentions("宠物诊疗站和企业", Span(0, 8))] == ["宠物诊疗站", "企业"]
