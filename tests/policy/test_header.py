"""Titles, numbers, issuers and dates in the forms they have on paper and on websites."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zyqa.policy.header import Header, find_header
from zyqa.types import Status

LETTER = "各县（区）人民政府：\n现将有关事项通知如下。\n一、甲。\n"

TITLES = {
    "one line": ("某市人民政府关于推进质量工作的意见\n" + LETTER, "某市人民政府关于推进质量工作的意见"),
    "broken over lines": (
        "国务院办公厅关于全面推行\n公示制度记录制度\n审核制度的指导意见\n国办发〔2018〕118号\n" + LETTER,
        "国务院办公厅关于全面推行公示制度记录制度审核制度的指导意见",
    ),
    "broken within 《》": (
        "国务院关于调整《药品管理法\n实施条例》有关规定的决定\n国发〔2018〕43号\n" + LETTER,
        "国务院关于调整《药品管理法实施条例》有关规定的决定",
    ),
    "spaced letters": (
        "国务院关于奖售粮\n几 个 问 题 的 通 知\n国发〔1981〕88号\n" + LETTER,
        "国务院关于奖售粮几个问题的通知",
    ),
    "issuers on lines of their own": (
        "国务院办公厅、中央军委办公厅\n关于加强管理工作的通知\n" + LETTER,
        "国务院办公厅、中央军委办公厅关于加强管理工作的通知",
    ),
    "flattened": (
        "某省人民政府办公厅关于印发若干措施的通知 各市人民政府： 现印发给你们。 一、甲",
        "某省人民政府办公厅关于印发若干措施的通知",
    ),
    "website's headline above": (
        "关于用电成本的通知 国家发展改革委 关于用电成本的通知 发改价格〔2020〕258号 各省： 一、甲",
        "国家发展改革委关于用电成本的通知",
    ),
    "headline and broken title": (
        "某厅关于落实责任措施的通知 某厅关于落实 责任措施的通知 黔工信〔2020〕9号 各市： 甲",
        "某厅关于落实责任措施的通知",
    ),
    "number before": ("成银发〔2020〕15号 关于加强金融服务的通知 各分行： 甲", "关于加强金融服务的通知"),
    "number joined": (
        "石政发〔2020〕3号-某区人民政府关于印发若干措施的通知 各街道： 甲",
        "某区人民政府关于印发若干措施的通知",
    ),
    "breadcrumb, title only in the letter": (
        "首页 > 政务公开 > 公报\n张政办发〔2011〕187号\n各县(区)人民政府:\n"
        "《某市推进质量工作方案》已经市政府同意,现予印发,请执行。\n"
        "二〇一一年六月二十八日\n某市推进质量工作方案\n一、甲",
        "某市推进质量工作方案",
    ),
    "letterhead": (
        "某市人民政府文件\n某政发〔2019〕5号\n某市人民政府\n关于某事的通知\n" + LETTER,
        "某市人民政府关于某事的通知",
    ),
    "breadcrumb, flattened": (
        "首页 > 政务公开 > 正文 关于做好春耕工作的通知 某农发[2020]8号 各县： 甲",
        "关于做好春耕工作的通知",
    ),
    "counted interpretation": (
        "某法院\n关于审理案件适用法律\n若干问题的解释（一）\n某释〔2020〕14号\n甲",
        "某法院关于审理案件适用法律若干问题的解释（一）",
    ),
    "letterhead without 文件": (
        "某市人民政府\n某政发〔2019〕5号\n关于某事的通知\n" + LETTER,
        "某市人民政府关于某事的通知",
    ),
    "decree": (
        "中华人民共和国国务院令\n第706号\n现将修订后的《专利代理条例》公布，自2019年3月1日起施行。\n第一章 总则",
        "专利代理条例",
    ),
    "label": ("索引号：1234 名 称：关于暂停办理业务的公告 发文日期：2020-02-10 甲", "关于暂停办理业务的公告"),
    "law": ("上海口岸服务条例\n第一条 为了规范口岸，制定本条例。", "上海口岸服务条例"),
    "news": ("深圳推广不见面办理 就业服务不打烊 为减少聚集，深圳市推广不见面办理。", "深圳推广不见面办理"),
}


@pytest.mark.parametrize("name", TITLES)
def test_title(name: str) -> None:
    text, title = TITLES[name]
    assert find_header(text).title == title


NUMBERS = {
    "〔〕": ("国发〔2019〕5号", "国发〔2019〕5号"),
    "[]": ("国发[2019]5号", "国发〔2019〕5号"),
    "【】": ("国发【2019】5号", "国发〔2019〕5号"),
    "()": ("国发(2019)5号", "国发〔2019〕5号"),
    "（）": ("国发（2019）5号", "国发〔2019〕5号"),
    "blanks": ("国办发 〔 2019 〕 5 号", "国办发〔2019〕5号"),
    "full width": ("国发〔２０１９〕５号", "国发〔2019〕5号"),
    "announcement": ("财政部公告2020年第9号", "财政部公告2020年第9号"),
    "label": ("文号：国发〔2019〕5号", "国发〔2019〕5号"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_with_its_brackets_normalised(name: str) -> None:
    printed, number = NUMBERS[name]
    assert find_header(f"关于某事的通知\n{printed}\n{LETTER}").number == number


def test_number_of_a_decree_names_its_kind() -> None:
    assert find_header("中华人民共和国国务院令\n第706号\n现公布《甲条例》。").number == "国务院令第706号"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("关于某政策的公告\n财政部 税务总局公告2020年第12号\n现公告如下：\n", "财政部税务总局公告2020年第12号"),
        ("某县关于社区管理的通告\n（第8号）\n现通告如下：\n", "第8号"),
        ("某局关于发布目录（第二批）的通告（2020年第15号）\n现发布如下。\n", "2020年第15号"),
        ("标　　题：\n关于某事的通知\n文　　号：\n某政办发〔2019〕61号\n各县区：\n", "某政办发〔2019〕61号"),
        ("标　　题： 关于某事的通知 文　　号： 某政办发〔2019〕61号 各县区：", "某政办发〔2019〕61号"),
    ],
)
def test_number_below_a_label_behind_the_title_or_of_a_series(text: str, number: str) -> None:
    assert find_header(text).number == number


def test_number_of_a_decree_in_the_brackets_below_the_title() -> None:
    header = find_header("某办法\n（2015年3月2日某市人民政府令第33号发布 自2015年5月1日起施行）\n第一条 甲")
    assert (header.number, header.issued, header.validity.start) == ("某市人民政府令第33号", "2015-03-02", "2015-05-01")


def test_number_of_several_issuers() -> None:
    header = find_header(
        "财政部 税务总局 关于捐赠政策的公告 财政部 税务总局公告2020年第9号 为支持工作，公告如下： 一、甲"
    )
    assert header.number == "财政部税务总局公告2020年第9号"
    assert header.issuers == ("财政部", "税务总局")


def test_number_cited_in_the_text_is_not_the_documents() -> None:
    assert find_header("关于某事的通知\n各单位：\n根据国发〔2019〕5号\n制定。").number is None


@pytest.mark.parametrize(
    ("printed", "issued"),
    [
        ("二〇一一年六月二十八日", "2011-06-28"),
        ("二○○四年十一月四日", "2004-11-04"),
        ("一九九六年七月十七日", "1996-07-17"),
        ("2018年12月30日", "2018-12-30"),
        ("２０２０年２月３日", "2020-02-03"),
        ("2020 年 2 月 3 日", "2020-02-03"),
        ("2020年月日", None),
        ("2020年13月3日", None),
    ],
)
def test_date_of_issue(printed: str, issued: str | None) -> None:
    assert find_header(f"某局关于某事的通知\n{LETTER}某局\n{printed}\n").issued == issued


def test_date_is_that_of_the_issuer_not_of_what_it_passes_on() -> None:
    title = "国务院办公厅转发国家教委关于扩大规模请示的通知"
    text = f"{title}\n各省：\n国家教委\n1996年5月13日\n附：\n国务院办公厅\n1996年7月17日\n"
    assert find_header(text).issued == "1996-07-17"


def test_date_on_a_line_of_its_own_before_one_in_brackets() -> None:
    text = (
        "某区转发区教育局意见的通知\n各乡镇：\n现转发。\n二〇一二年八月十三日\n意见\n区教育局\n（2012年8月1日）\n一、甲"
    )
    assert find_header(text).issued == "2012-08-13"


def test_date_of_a_label_where_none_is_signed() -> None:
    assert find_header("关于某事的通知 【发文日期】 2020-01-30 【是否有效】 全文有效 甲").issued == "2020-01-30"


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("国务院办公厅、中央军委办公厅\n关于加强管理工作的通知\n" + LETTER, ("国务院办公厅", "中央军委办公厅")),
        ("国务院办公厅转发民政部关于清理整顿意见的通知\n" + LETTER, ("国务院办公厅",)),
        ("某省应对疫情应急指挥部 关于做好工作的通知 各市： 甲", ("某省应对疫情应急指挥部",)),
        ("关于某事的通知\n各单位：\n甲。\n财 政 部\n2020年1月31日", ("财政部",)),
        ("张政办发〔2011〕187号\n各县：\n《张掖市工作方案》已经同意,现予印发。", ("张掖市人民政府办公室",)),
        ("随便一段话。", ()),
    ],
)
def test_issuers(text: str, issuers: tuple[str, ...]) -> None:
    assert find_header(text).issuers == issuers


def test_validity_as_far_as_the_text_says() -> None:
    validity = find_header("关于某事的通知\n本办法自2019年1月1日起施行，有效期至2023年12月31日。").validity
    assert (validity.status, validity.start, validity.end) == (Status.UNKNOWN, "2019-01-01", "2023-12-31")


@pytest.mark.parametrize(
    ("label", "status"),
    [("有效性：失效", Status.EXPIRED), ("效力状态：已废止", Status.REPEALED), ("是否有效：有效", Status.IN_FORCE)],
)
def test_status_of_a_websites_label(label: str, status: Status) -> None:
    assert find_header(f"关于某事的通知\n{label}\n甲").validity.status is status


def test_empty_text_has_an_empty_header() -> None:
    assert find_header("") == Header()


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("〔〕号年月日关于通知《》：。 \n"), max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_header(text: str) -> None:
    find_header(text)
