"""Responsibility marks in every form, the rules that reach over a document, and duties in prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.whole import whole
from zyqa.policy.duties import find_duties
from zyqa.policy.marks import find_marks
from zyqa.policy.outline import find_clauses
from zyqa.types import Duty

PLAN = Path(__file__).parents[2] / "corpus" / "张掖市推进质量振兴工作方案.txt"


def read(text: str, *, marked: bool = True) -> str:
    """The duties as ``l:甲局 s:乙局 r:丙局``: role letter and surface, in order."""
    duties = find_duties(text, whole(text))[0]
    return " ".join(f"{duty.role[0]}:{duty.surface}" for duty in duties if duty.marked is marked)


FORMS = [
    # labels
    ("(牵头单位:市质监局;配合单位:市发改委、市财政局)", "l:市质监局 s:市发改委 s:市财政局"),
    ("(牵头单位:市质监局,各县区政府)", "l:市质监局 l:各县区政府"),
    ("（责任单位：省财政厅，各设区市政府）", "r:省财政厅 r:各设区市政府"),
    ("（牵头单位：市工信局；责任单位：市财政局）", "l:市工信局 r:市财政局"),
    ("[牵头部门：市教育局；协办部门：市财政局]", "l:市教育局 s:市财政局"),
    ("【责任部门：市教育局、市财政局】", "r:市教育局 r:市财政局"),
    ("（牵头单位：市教育局 责任单位：市财政局）", "l:市教育局 r:市财政局"),
    ("（主办：市教育局，协办：市财政局）", "l:市教育局 s:市财政局"),
    ("（责任领导：张三；责任单位：市教育局；责任人：李四）", "r:市教育局"),
    ("（主要责任单位：市司法局；参加单位：市公安局）", "l:市司法局 s:市公安局"),
    ("（责任单位为市教育局、市财政局）", "r:市教育局 r:市财政局"),
    ("(牵头单位市教育局，配合单位市财政局)", "l:市教育局 s:市财政局"),
    ("（责任分工：市司法局牵头，市公安局配合）", "l:市司法局 s:市公安局"),
    # verbs
    ("（体育总局、民政部负责）", "r:体育总局 r:民政部"),
    ("（发展改革委牵头，财政部、人力资源社会保障部按职责分工负责）", "l:发展改革委 r:财政部 r:人力资源社会保障部"),
    ("（生态环境部牵头，国家统计局参与）", "l:生态环境部 s:国家统计局"),
    ("（省税务局牵头，省财政厅、省国资委等配合）", "l:省税务局 s:省财政厅 s:省国资委"),
    ("（省教育厅、卫生健康委牵头，各地级以上市政府负责）", "l:省教育厅 l:卫生健康委 r:各地级以上市政府"),
    ("（农业农村部、工业和信息化部牵头负责）", "l:农业农村部 l:工业和信息化部"),
    ("（市教育局牵头落实，市财政局、市民政局等单位协助）", "l:市教育局 s:市财政局 s:市民政局"),
    ("（市教育局、市财政局分别负责）", "r:市教育局 r:市财政局"),
    ("（国家发展改革委会同有关部门负责）", "r:国家发展改革委 s:有关部门"),
    ("（市教育局牵头，会同市财政局负责）", "l:市教育局 s:市财政局"),
    ("（由市教育局牵头，市财政局配合）", "l:市教育局 s:市财政局"),
    ("（市农委牵头，市财政、市商务等部门参加）", "l:市农委 s:市财政 s:市商务"),
    ("（各相关部门按职责分工，各区县政府负责）", "r:各相关部门 r:各区县政府"),
    ("（市司法局负总责，市公安局具体负责）", "l:市司法局 r:市公安局"),
    ("（市教育局为牵头单位，市财政局为配合单位）", "l:市教育局 s:市财政局"),
    ("（由市教育局负责具体实施）", "r:市教育局"),
    ("（市教育局会同市财政局制定，各县区落实）", "r:市教育局 s:市财政局 r:各县区"),
    ("（责任单位（部门）∶市教育局）", "r:市教育局"),
    # names and separators
    ("（牵头单位：市教育局、市财政局（排名第一的为第一牵头单位））", "l:市教育局 l:市财政局"),
    ("（责任单位：县农业农村局，各乡（镇）人民政府、街道办事处）", "r:县农业农村局 r:各乡（镇）人民政府 r:街道办事处"),
    ("（市人社局牵头，各县〔市、区〕人民政府配合）", "l:市人社局 s:各县〔市、区〕人民政府"),
    ("（各市、县〔区〕人民政府、赣江新区管委会负责）", "r:各市、县〔区〕人民政府 r:赣江新区管委会"),
    ("（各省、自治区、直辖市人民政府负责）", "r:各省、自治区、直辖市人民政府"),
    ("（有关市、县人民政府负责）", "r:有关市、县人民政府"),
    ("（各县(区)人民政府，各有关部门负责）", "r:各县(区)人民政府 r:各有关部门"),
    ("（省粮食和物资储备局、工业和信息化部负责）", "r:省粮食和物资储备局 r:工业和信息化部"),
    ("（市发展和改革委员会及市住房和城乡建设局负责）", "r:市发展和改革委员会 r:市住房和城乡建设局"),
    ("（责任单位：各县区和市直有关部门）", "r:各县区 r:市直有关部门"),
    ("（市发改委/市财政局 市民政局负责）", "r:市发改委 r:市财政局 r:市民政局"),
    ("（人行南昌中心支行、国网遂宁供电公司、北京海关负责）", "r:人行南昌中心支行 r:国网遂宁供电公司 r:北京海关"),
    ("（责任单位：拖欠账款的所有部门和单位）", "r:拖欠账款的所有部门和单位"),
    ("（市推进质量振兴工作领导小组各成员单位负责）", "r:市推进质量振兴工作领导小组各成员单位"),
    # places
    ("健全机制。责任单位：市财政局、税务局\n下一条", "r:市财政局 r:税务局"),
    ("健全机制。 责任单位:市财政局、税务局 2.下一条", "r:市财政局 r:税务局"),
    ("（责任单位：园区管委会、区国资委 2.下一条（一）另行规定", "r:园区管委会 r:区国资委"),
    ("健全机制。（省税务局牵头，省财政厅配合\n（二）推进改革。（省教育厅负责）", "l:省税务局 s:省财政厅 r:省教育厅"),
    ("（责任单位：市教育局 2.推广（责任单位：市财政局）1）另行", "r:市教育局 r:市财政局"),
    ("支持返乡创业（市人社局牵头）。给予贴息（市财政局负责）。", "l:市人社局 r:市财政局"),
    ("（市教育局负责）推广。（市民政局负责）", "r:市教育局 r:市民政局"),
    ("牵头单位：市教育局\n配合单位：市财政局\n", "l:市教育局 s:市财政局"),
    ("| 序号 | 任务 | 牵头单位 | 配合单位 |\n| 1 | 甲 | 市教育局 | 市财政局、市民政局 |",
     "l:市教育局 s:市财政局 s:市民政局"),
    ("序号\n改革举措\n指导部门\n范围\n1\n甲\n科技部、财政部\n全国\n2\n乙\n教育部\n全国\n",
     "r:科技部 r:财政部 r:教育部"),
    ("（牽頭單位：市質監局；責任單位：各縣（區）政府）", "l:市質監局 r:各縣（區）政府"),
    # a document's habit, and sentences that hold nothing else
    ("甲。（省商务厅、省财政厅）乙。（省商务厅）丙（省公安厅、省税务局）。",
     "r:省商务厅 r:省财政厅 r:省商务厅 r:省公安厅 r:省税务局"),
    ("甲。（省商务厅、省财政厅）乙。", ""),
    ("健全机制。\n省科技厅牵头，省教育厅、省财政厅配合。\n", "l:省科技厅 s:省教育厅 s:省财政厅"),
    ("健全机制。市建设局牵头，市水务局参与。", "l:市建设局 s:市水务局"),
    ("三、分工 （一）市建设局牵头，市水务局配合。 ", "l:市建设局 s:市水务局"),
    ("（一）市建设局牵头，市水务局参与。", "l:市建设局 s:市水务局"),
    ("健全机制。\n市公安局、市城管局负责\n", "r:市公安局 r:市城管局"),
    # roles said beside the unit, labels in brackets or with a level
    ("（责任部门：市教育局（牵头）、市财政局）", "l:市教育局 r:市财政局"),
    ("（市教育局［牵头］，市财政局）", "l:市教育局 s:市财政局"),
    ("健全机制。【牵头单位】市教育局【配合单位】市财政局", "l:市教育局 s:市财政局"),
    ("（市级牵头单位：市教育局；县级责任单位：各县区教育局）", "l:市教育局 r:各县区教育局"),
    ("（主管部门：市卫生局）（责任站所：镇城建中心）", "l:市卫生局 r:镇城建中心"),
    ("（市水务局为主，市财政局予以配合）", "l:市水务局 s:市财政局"),
    ("（责任单位：省公安厅、省教育厅，各市州均为责任单位，以下不再列出）", "r:省公安厅 r:省教育厅 r:各市州"),
    ("（省教育厅负责。以下均需各地区落实，不再列出）", "r:省教育厅"),
    ("（交通运输部等国务院相关部门及各地区按职责分工负责）", "r:交通运输部 r:各地区"),
    ("（责任单位：各市、县（区）党委、政府，各高校）", "r:各市、县（区）党委、政府 r:各高校"),
    ("| 任务 | 牵头单位 | 配合单位 |\n| 甲 |  | 市财政局 |\n| 乙 | 市教育局 | |", "s:市财政局 l:市教育局"),
    ("序号\t任务\t责任单位\n一、民生\n1\t甲\t市教育局\n\t乙\t市财政局\n", "r:市教育局 r:市财政局"),
    ("序号\n任务\n责任单位\n1\n甲\n市教育局\n市财政局\n2\n乙\n市民政局\n", "r:市教育局 r:市财政局 r:市民政局"),
    # no marks
    ("住宅小区，由业主委托的物业服务企业负责；未聘请的，由村民委员会负责。", ""),
    ("（纳税人对其真实性负责）", ""),
    ("（技工院校内由人力资源社会保障行政部门负责）", ""),
    ("（负责美洲、大洋洲）（参与采写：某某）（含已参与市场交易用户）", ""),
    ("明确牵头部门和责任单位，落实责任分工。", ""),
    ("（教育部，2018年）", ""),
    ("主办单位：市人民政府 承办单位：市信息中心", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_form_of_mark(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("（教育部牵头，2020年6月底前完成）", "2020年6月底前完成"),
        ("（教育部、财政部按职责分工负责，持续推进）", "持续推进"),
        ("（责任单位：市教育局；完成时限：2020年底）", "2020年底"),
        ("（市发展改革委、市财政局，2020年底前完成）", "2020年底前完成"),
        ("（市教育局负责，2020年9月底前出台实施方案）", "2020年9月底前出台实施方案"),
        ("序号\t任务\t责任单位\t完成时限\n1\t甲\t市教育局\t2012年底\n", "2012年底"),
        ("（市教育局负责 2020年底前完成）", "2020年底前完成"),
        ("（市教育局负责）", None),
    ],
)
def test_time_limit_of_a_mark(text: str, due: str | None) -> None:
    duties = find_duties(text, whole(text))[0]
    assert duties
    assert {duty.due for duty in duties} == {due}


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头单位，下同",
        "排在第一位的部门为牵头部门，下同",
        "列首位的为牵头单位，下同。各项任务不再单独列出",
        "第一个单位为牵头单位",
    ],
)
def test_a_rule_makes_the_first_unit_the_lead_from_then_on(rule: str) -> None:
    text = f"（丙局负责）甲。（甲局、乙局等负责。{rule}）乙。（责任单位：丙局、丁局）丙。（戊局、己局牵头负责）"
    assert read(text) == "r:丙局 l:甲局 r:乙局 l:丙局 r:丁局 l:戊局 l:己局"


def test_a_rule_at_the_end_holds_for_all() -> None:
    assert read("（甲局、乙局负责）\n注：排在第一位的为牵头单位。") == "l:甲局 r:乙局"


def test_invisible_characters_hide_no_mark() -> None:
    text = "健全机制。\u200b（市教育局牵头，\u200b市财\ufeff政局配合）"
    assert read(text) == "l:市教育局 s:市财\ufeff政局"


def test_an_omitted_level_is_the_neighbours() -> None:
    text = "（省教育厅、卫生健康委牵头）"
    assert [duty.unit for duty in find_duties(text, whole(text))[0]] == ["省教育厅", "省卫生健康委"]
    text = "（税务总局、市财政局、发改委负责）"
    assert [duty.unit for duty in find_duties(text, whole(text))[0]] == ["税务总局", "市财政局", "市发改委"]
    text = "（工业和信息化部、发展改革委、统计局负责）"
    assert [duty.unit for duty in find_duties(text, whole(text))[0]] == [
        "工业和信息化部", "国家发展改革委", "国家统计局",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("领导小组负责全市统筹规划,市质监局具体负责日常工作。", "r:领导小组 r:市质监局"),
        ("财政部会同农业部、水利部等部门研究提出了意见。", "r:财政部 s:农业部 s:水利部"),
        ("联席会议由教育部、财政部组成,教育部为牵头单位。", "l:教育部"),
        ("日常工作由市质监局负责。", "r:市质监局"),
        ("市农业农村局会同市商务局负责政策解释。", "r:市农业农村局 s:市商务局"),
        ("科技部门要积极配合质量主管部门做好评审。", "s:科技部门"),
        ("市质监局要组织有关部门制定考核办法。", "r:市质监局"),
        ("市（州）、县（市、区）人民政府林业主管部门负责监督。", "r:市（州）、县（市、区）人民政府林业主管部门"),
        ("质监、工商等部门要按照各自的职能监管。", "r:质监 r:工商"),
        ("各部门负责人要对结果负责，落实产品质量先行负责制。", ""),
        ("主要负责同志负责。只要符合条件的企业要提出申请。", ""),
        ("司法部负责制定统一的文书格式。", "r:司法部"),
        ("国家医保局承担制定试点方案的职责。", "r:国家医保局"),
        ("林业部、商务部按照各自职能分工，负责苗木供应工作。", "r:林业部 r:商务部"),
        ("应急部为专用号牌的核发主管单位。", "r:应急部"),
        ("1.监督组。负责对采购工作进行监督。", "r:监督组"),
        ("办公室承担日常工作。", ""),
        (
            "请教育部会同有关部门提出名单。请水利部、农业农村部等部门于年底前办结。",
            "r:教育部 s:有关部门 r:水利部 r:农业农村部",
        ),
        ("请示应当在会前提交。", ""),
        ("交通运输部、公安部在各自职责范围内，分别负责货车管理。", "r:交通运输部 r:公安部"),
        ("应急管理部依照国家标准牵头编制预案。", "l:应急管理部"),
        ("财政部会同有关部门，定期公布清单。", "r:财政部 s:有关部门"),
        ("县级以上人民政府根据当地条件制定年度计划。", "r:县级以上人民政府"),
        ("农业农村主管部门应当公开名录，企业应按期申报。", "r:农业农村主管部门"),
        ("国务院部门制定的规章由本部门解释。", ""),
        ("2020年5月底前，交通运输部推行统一的编码。", "r:交通运输部"),
        ("财政、教育、水利、外事、侨务部门研究建立共享机制。", "r:财政 r:教育 r:水利 r:外事 r:侨务部门"),
        ("各地组织三级医院完成转换。", ""),
    ],
)
def test_duty_in_prose(text: str, expected: str) -> None:
    assert read(text, marked=False) == expected
    assert read(text) == ""


def test_the_plan_has_34_marks_with_canonical_units() -> None:
    text = PLAN.read_text("utf-8")
    clauses, _ = find_clauses(text, "plan")
    duties, notes = find_duties(text, clauses)
    marked = [duty for duty in duties if duty.marked]
    assert len({duty.clause_id for duty in marked}) == 34
    assert not notes
    assert _units(marked, "1.4.3") == {
        "lead": ["市发改委"],
        "support": [
            "市工信委",
            "市质监局",
            "市商务局",
            "市交通运输局",
            "市卫生局",
            "市旅游局",
            "市邮政局",
            "张掖银监分局",
        ],
    }
    assert _units(marked, "1.2") == {"lead": ["市质监局", "各县区政府"]}
    assert "市交通运输局" in _units(marked, "1.7.5")["support"]
    assert [duty.surface for duty in marked if duty.clause_id == "1.7.5"][4] == "市交通局"
    assert all(duty.surface == text[duty.span.start : duty.span.end] for duty in duties)


def _units(duties: list[Duty], clause_id: str) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for duty in duties:
        if duty.clause_id == clause_id:
            roles.setdefault(duty.role.value, []).append(duty.unit)
    return roles


def test_notes_on_odd_marks() -> None:
    text = "（责任单位：市教育局、关于做好的若干事宜 2.下一条"
    assert {note.code for note in find_duties(text, whole(text))[1]} == {"unclosed_mark", "unknown_unit"}


def test_no_clauses_no_duties() -> None:
    assert find_duties("（甲局负责）", ()) == ((), ())


@given(
    st.text(alphabet="（）()〔〕牵头负责配合单位：；，、。市质监局教育各县区和及\n 责任2020年底前完成要由", max_size=80)
)
def test_spans_hold_for_any_text(text: str) -> None:
    duties, notes = find_duties(text, whole(text))
    end = 0
    for mark in find_marks(text):
        assert end <= mark.span.start < mark.span.end <= len(text)
        end = mark.span.end
        assert all(mark.span.contains(unit) for assignment in mark.assignments for unit in assignment.units)
    for duty in duties:
        assert duty.surface == duty.span.cut(text)
        assert duty.surface.strip() == duty.surface != ""
    assert all(0 <= note.span.start <= note.span.end <= len(text) for note in notes)
