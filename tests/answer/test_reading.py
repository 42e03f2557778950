"""What a question is read as: kinds, units, roles, typos, English."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.question import Asked, Intent
from zyqa.types import Role


def _read(assistant: Assistant, text: str) -> Asked:
    return assistant._desk()[1].read(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("服务业标准化由谁牵头?", Intent.WHO),
        ("市发改委牵头哪些任务", Intent.TASKS),
        ("空气优良天数要达到多少", Intent.TARGET),
        ("总结阶段是什么时候", Intent.WHEN),
        ("方案引用了哪些标准", Intent.CITES),
        ("GB/T23791现在还有效吗", Intent.STATUS),
        ("方案什么时候印发的", Intent.ABOUT),
        ("方案分几部分", Intent.OUTLINE),
        ("who leads service standardization", Intent.WHO),
    ],
)
def test_kind_of_question(assistant: Assistant, text: str, intent: Intent) -> None:
    assert intent in dict(_read(assistant, text).likely[:2])


def test_unit_and_role_are_no_part_of_the_topic(assistant: Assistant) -> None:
    asked = _read(assistant, "服务业标准化是不是市质监局配合?")
    assert asked.units == ("市质监局",)
    assert asked.role is Role.SUPPORT
    assert asked.yes_no
    assert {term.text for term in asked.topic.terms} == {"服务业标准化"}


@pytest.mark.parametrize("text", ["水环境归谁抓", "谁给水环境打下手"])
def test_a_character_and_the_word_after_it_are_one_word_of_the_document(assistant: Assistant, text: str) -> None:
    assert "水环境" in {term.text for term in _read(assistant, text).topic.terms}


def test_a_word_that_only_denies_is_no_subject(assistant: Assistant) -> None:
    assert not _read(assistant, "哪几项任务没安排协办单位").topic


def test_what_is_set_aside_is_not_asked_of(assistant: Assistant) -> None:
    asked = _read(assistant, "信用社除了理赔,还要支持什么")
    assert "理赔" not in asked.text and "信用社" in asked.text
    assert "市旅游局" in _read(assistant, "市旅游局除了旅游还要配合什么").units


def test_an_enterprise_is_no_unit_where_no_role_is_asked(assistant: Assistant) -> None:
    assert not _read(assistant, "移动公司投诉处理及时率是多少").units
    assert _read(assistant, "移动公司配合哪些任务").units


def test_the_end_of_a_word_is_no_beginning(assistant: Assistant) -> None:
    assert "性标准" not in [term.text for term in _read(assistant, "推荐性标准有哪几个").topic.terms]


@pytest.mark.parametrize("text", ["服務業標準化由誰牽頭", "服务业标准化　由谁牵头？", "请问服务业标准化到底由谁牵头呀"])
def test_writing_does_not_change_the_topic(assistant: Assistant, text: str) -> None:
    asked = _read(assistant, text)
    assert (asked.intent, asked.role) == (Intent.WHO, Role.LEAD)
    assert [term.text for term in asked.topic.terms] == ["服务业标准化"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("放心良店归谁管", ["放心粮店"]),
        ("服务业标准华的牵头部门", ["服务业标准化"]),
        ("现代物溜业归谁管", ["现代物流业"]),
        ("循还经济的责任单位", ["循环经济"]),
    ],
)
def test_a_slip_of_the_pen_is_mended(assistant: Assistant, text: str, terms: list[str]) -> None:
    assert [term.text for term in _read(assistant, text).topic.terms] == terms


@pytest.mark.parametrize("text", ["环境质量有什么讲究", "服务业标准化的门道", "邮政通信业的规矩"])
def test_words_of_everyday_asking_weigh_little_where_no_document_has_them(assistant: Assistant, text: str) -> None:
    assert all(term.weight < 0.2 for term in _read(assistant, text).topic.strange)


@pytest.mark.parametrize("text", ["发改 打配合的 都哪些", "发 改 委 配 合 哪 些"])
def test_blanks_part_words_but_not_single_characters(assistant: Assistant, text: str) -> None:
    assert _read(assistant, text).units == ("市发改委",)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("磅秤的配备率要多高", "计量器具"),
        ("寄包裹的满意度", "邮政"),
        ("江河湖泊归谁管", "水环境"),
        ("晚点多不多", "正点"),
        ("仓储超市要做什么", "大型超市"),
    ],
)
def test_everyday_words_find_the_documents_words(assistant: Assistant, text: str, held: str) -> None:
    assert held in {form for term in _read(assistant, text).topic.terms for form in term.forms}


def test_two_characters_that_only_meet_are_no_phrase(assistant: Assistant) -> None:
    wording = assistant._desk()[1]._topics.wording
    assert not wording.everyday("白河水质")
    assert wording.everyday("河水脏")
