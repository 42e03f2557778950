"""Questions in English: words, organs, order, frames, dates."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.answer.english import English
from zyqa.answer.english_dates import numbered
from zyqa.answer.wording import Wording
from zyqa.policy.units import Register
from zyqa.text import fold

_TABLE = tomllib.loads(files("zyqa").joinpath("data/english.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def english() -> English:
    return Wording.with_files().english


def test_no_phrase_has_two_meanings() -> None:
    phrases = [one for name in ("english", "english_verbs") for row in _TABLE[name].values() for one in row]
    assert not [one for one, count in Counter([*phrases, *_TABLE["english_idle"]]).items() if count > 1]


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("Who leads service standardization?", "服务业标准化由谁牵头"),
        ("who's in charge of the standardisation of agriculture", "农业标准化由谁负责"),
        ("Which departments support logistics parks?", "哪些部门配合物流园区"),
        ("What is the pass rate of spot checks?", "监督抽查合格率达到多少"),
        ("How often do county departments report on quality?", "多久一次县区主管部门报送质量"),
        ("What must chemical companies comply with?", "化工企业要符合什么规定"),
        ("Are GMP certificates still issued today?", "gmp 现在还有效吗"),
        ("In which phase does March 2014 fall?", "哪个阶段 2014年3月"),
        ("When was this plan issued?", "方案什么时候印发的"),
        ("What does clause 1.7.4 say?", "条款 1.7.4 讲了什么"),
        ("Which clause mentions defective products?", "哪一条规定缺陷产品"),
        ("What share of garbage must be treated harmlessly?", "垃圾无害化处理比例达到多少"),
        ("Is the Finance Bureau a lead unit of key projects?", "市财政局是重点工程牵头单位吗"),
        ("How many famous brands should be introduced?", "多少个名牌产品引进"),
        ("And what about tourism?", "那旅游呢"),
        ("Is anyone supporting it?", "谁配合"),
        ("What is the fine for fake goods?", "罚款假冒伪劣是什么"),
        ("How many fine air days are required?", "多少个空气质量优良天数要求"),
        ("Is forestry headed by the Tourism Bureau?", "市旅游局牵头林业吗"),
        ("Does the Commerce Bureau lead or only assist logistics?", "市商务局在物流中牵头还是配合"),
        ("How satisfied must bank customers be?", "银行顾客满意度达到多少"),
        ("What happens during the launch phase?", "启动阶段做什么"),
        ("What is the successor of the tourism outline?", "旅游服务质量提升纲要被什么取代"),
        ("Do insurers lend a hand?", "保险公司配合吗"),
        ("What does item thirteen say?", "第13项讲了什么"),
        ("Which documents were released by the State Council?", "引用的文件里哪些是国务院印发的"),
    ],
)
def test_a_question_in_chinese(english: English, question: str, chinese: str) -> None:
    assert english.chinese(fold(question)) == chinese


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("the Municipal Health Bureau", "市卫生局"),
        ("Weisheng ju", "市卫生局"),
        ("fagaiwei", "市发改委"),
        ("Bureau of Health", "市卫生局"),
        ("Zhangye Municipal Bureau of Quality and Technical Supervision", "市质监局"),
        ("Provincial Department of Commerce", "省商务厅"),
        ("Ministry of Finance", "财政部"),
        ("National Development and Reform Commission", "国家发展改革委"),
        ("Industry and Information Technology Commission", "市工信委"),
        ("county education bureau", "县教育局"),
        ("forestry authorities", "市林业局"),
        ("Municipal Sports Bureau", "市体育局"),
        ("EPB", "市环保局"),
        ("the leading group office", "市推进质量振兴工作领导小组办公室"),
    ],
)
def test_organs_are_built_from_level_field_and_head(english: English, name: str, unit: str) -> None:
    found = Register.shipped().find(english.chinese(fold(f"What does {name} lead?")))
    assert [one for _, one in found] == [unit]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("standards", "标准"),
        ("policies", "政策"),
        ("standardising", "标准化"),
        ("standardised", "标准化"),
        ("stopped", "停止"),
        ("planning", "规划"),
        ("beaches", "beaches"),
        ("companies", "企业"),
        ("led", "牵头"),
        ("long-distance buses", "长途客运班车"),
        ("long distance bus", "长途客运班车"),
    ],
)
def test_forms_of_a_word(english: English, written: str, said: str) -> None:
    assert english.chinese(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("june 28, 2011", "2011年6月28日"),
        ("28th of june 2011", "2011年6月28日"),
        ("in may 2013", "in 2013年5月"),
        ("by the end of 2012", "by the 2012年底"),
        ("may it be 2015", "may it be 2015年"),
        ("10 percentage points", "10个百分点"),
        ("85 per cent", "85%"),
        ("part two", "第2部分"),
        ("the second phase", "the 第二阶段"),
        ("gb/t 19004-2011", "gb/t 19004-2011"),
        ("[2011]187", "[2011]187"),
    ],
)
def test_dates_shares_and_addresses(written: str, said: str) -> None:
    assert " ".join(numbered(written).split()) == said


def test_an_unknown_word_stays(english: English) -> None:
    assert "broccoli" in english.chinese("who leads broccoli farming?")
    assert not english.knows("broccoli")
    assert english.knows("farming")


def test_the_words_that_chinese_words_are_for(english: English) -> None:
    assert english.glossed("what is the target for broadband coverage")["宽带"] == "broadband"


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("who leads it", True),
        ("gb/t 19001是什么", False),
        ("what does 《意见》 mean", True),
        ("谁牵头reach法规", False),
    ],
)
def test_language(english: English, text: str, is_english: bool) -> None:
    assert english.is_english(text) is is_english


@pytest.mark.parametrize(("text", "names"), [("tourism?", True), ("reach", False), ("gmp", False), ("旅游", False)])
def test_one_word_that_names_something(english: English, text: str, names: bool) -> None:
    assert english.names(text) is names


@given(st.text(alphabet="abcdefgh '-,.?()/0123456789《》市局", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(_ENGLISH.chinese(fold(text)), str)


_ENGLISH = Wording.with_files().english
