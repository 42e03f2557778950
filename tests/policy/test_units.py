"""The organ register: one canonical name for every way to write a unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.errors import SettingsError
from zyqa.policy.units import Register

REGISTER = Register.shipped()

SAME = [
    ("市质监局", ["市质量技术监督局", "质监局", "质监部门", "市质监部门", "张掖市质监局", "质监系统", "市質監局"]),
    ("市发改委", ["发改委", "市发展和改革委员会", "市发展改革委", "发改局", "市发改局", "市发展改革委员会"]),
    ("市工信委", ["工信委", "市工业和信息化委员会", "市工信局", "工信部门"]),
    ("市交通运输局", ["市交通局", "交通局", "交通部门", "市交通运输局"]),
    ("市食品药品监管局", ["食药监", "食药监局", "市食品药品监督管理局", "食品药品监管部门"]),
    ("市卫生局", ["卫生局", "卫生部门", "市卫生局"]),
    ("市畜牧兽医局", ["畜牧局", "畜牧兽医局"]),
    ("市环保局", ["环保局", "市环境保护局", "环保部门"]),
    ("张掖银监分局", ["市银监局", "张掖银监局", "中国银监会张掖监管分局"]),
    (
        "各县区政府",
        ["各县(区)政府", "各县（区）人民政府", "县区政府", "各县区", "各县〔区〕人民政府", "各县区人民政府"],
    ),
    ("国家发展改革委", ["发展改革委", "国家发展和改革委员会", "国家发改委"]),
    ("工业和信息化部", ["工信部"]),
    ("财政部", ["财政部"]),
    ("税务总局", ["国家税务总局"]),
    ("人民银行", ["中国人民银行"]),
    ("省财政厅", ["财政厅", "甘肃省财政厅"]),
    ("省工业和信息化厅", ["省工信厅"]),
    ("县住房城乡建设局", ["县住建局"]),
]


@pytest.mark.parametrize(("canonical", "names"), SAME)
def test_names_of_one_body_have_one_canonical_name(canonical: str, names: list[str]) -> None:
    assert {REGISTER.canonical(name) for name in names} == {canonical}
    assert REGISTER.canonical(canonical) == canonical


@pytest.mark.parametrize("canonical", [canonical for canonical, _ in SAME])
def test_every_alias_leads_back(canonical: str) -> None:
    said = {alias for alias in REGISTER.aliases(canonical) if REGISTER.knows(alias)}
    assert said
    assert all(canonical in REGISTER.readings(alias) for alias in said)


def test_unknown_names_stay_as_they_are() -> None:
    assert REGISTER.canonical("湘潭银保监分局") == "湘潭银保监分局"
    assert not REGISTER.knows("湘潭银保监分局")


@pytest.mark.parametrize(
    ("surface", "level", "canonical"),
    [
        ("发改委", "国家", "国家发展改革委"),
        ("发展改革委", "省", "省发改委"),
        ("财政局", "县", "县财政局"),
        ("市财政局", "省", "市财政局"),
        ("卫生健康委", "国家", "国家卫生健康委"),
        ("财政部", "市", "财政部"),
    ],
)
def test_the_context_gives_the_level_that_a_name_leaves_out(surface: str, level: str, canonical: str) -> None:
    assert REGISTER.canonical(surface, level=level) == canonical


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("市质监局", "市"),
        ("省财政厅", "省"),
        ("财政部", "国家"),
        ("税务总局", "国家"),
        ("质监局", ""),
        ("某某公司", ""),
    ],
)
def test_level_is_what_the_name_states(name: str, level: str) -> None:
    assert REGISTER.level(name) == level


def test_family_is_the_body_without_its_level() -> None:
    assert len({REGISTER.family(name) for name in ("市发改委", "省发改委", "国家发展改革委", "发改部门")}) == 1


def test_heirs_and_forebears() -> None:
    assert REGISTER.heirs("市环保局") == ("市生态环境局",)
    assert "市环保局" in REGISTER.forebears("市生态环境局")
    assert REGISTER.heirs("某公司") == ()


FOUND = [
    ("发改委要干啥", ["市发改委"]),
    ("质监部门牵头哪些", ["市质监局"]),
    ("环保那边有什么任务", ["市环保局"]),
    ("工信和科技配合哪些", ["市工信委", "市科技局"]),
    ("农业、畜牧、商务、质监、工商、食品药品监管等部门要按照", [
        "市农业局", "市畜牧兽医局", "市商务局", "市质监局", "市工商局", "市食品药品监管局",
    ]),
    ("市发改、工信、质监等相关部门", ["市发改委", "市工信委", "市质监局"]),
    ("發改委牽頭哪些", ["市发改委"]),
    ("市质监局和市质量技术监督局", ["市质监局", "市质监局"]),
    ("银监局牵头什么", ["张掖银监分局"]),
    ("各县(区)政府牵头什么", ["各县区政府"]),
    ("领导小组办公室要做什么", ["市推进质量振兴工作领导小组办公室"]),
    ("质量振兴领导小组成员单位配合什么", ["市推进质量振兴工作领导小组各成员单位"]),
    ("人行要做什么", ["人民银行"]),
    ("团市委和市委宣传部", ["共青团市委", "市委宣传部"]),
    ("那工商呢", ["市工商局"]),
    ("发改和质监都管什么", ["市发改委", "市质监局"]),
    ("工商管理领域的应用", []),
    ("工商银行", ["工商银行"]),
    ("农业标准化由谁牵头", []),
    ("获得国外卫生注册", []),
    ("服务业标准化由谁牵头?", []),
    ("人行道旁的环保标志", []),
    ("环保方面有什么目标", []),
    ("发展旅游业的质量目标", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "units"), FOUND)
def test_find_names_the_units_of_a_question(text: str, units: list[str]) -> None:
    assert [canonical for _, canonical in REGISTER.find(text)] == units


@given(st.text(alphabet="市省县质监局发改委工信和、牵头负责各部门环保农业标准化\u200b （）abc", max_size=40))
def test_found_spans_are_ordered_disjoint_and_readable(text: str) -> None:
    end = 0
    for span, canonical in REGISTER.find(text):
        assert end <= span.start < span.end <= len(text)
        assert canonical
        end = span.end


@given(st.text(max_size=30))
def test_canonical_names_are_stable(name: str) -> None:
    canonical = REGISTER.canonical(name)
    assert REGISTER.canonical(canonical) == canonical


OF_LIBRARY = REGISTER.extended(
    ["市质监局", "市旅游局", "市交通运输局", "市畜牧兽医局", "市水务局", "市商务局", "市食品药品监管局", "市工商局",
     "市环保局", "市建设局", "张掖银监分局", "国家发展改革委", "某某集团公司"]
)  # fmt: skip
SLIPS = [
    ("市质兼局", ["市质监局"]),
    ("旅油局", ["市旅游局"]),
    ("交通运书局", ["市交通运输局"]),
    ("畜木兽医局", ["市畜牧兽医局"]),
    ("水雾局", ["市水务局"]),
    ("食品药平监管局", ["市食品药品监管局"]),
    ("银监分菊", ["张掖银监分局"]),
    ("工伤局", ["市工商局"]),
    ("某某集图公司", ["某某集团公司"]),
    ("市体育局", ["市体育局"]),  # a body of its own
    ("市审计局", ["市审计局"]),
    ("交警局", []),  # another word, and no slip
    ("物流局", []),
    ("商业局", []),
    ("医务局", []),  # 水务局 or 商务局
]
MEANT = [
    ("药监局", "市食品药品监管局"),
    ("生态环境局", "市环保局"),
    ("住建局", "市建设局"),
    ("发改委", "国家发展改革委"),
    ("市场监管局", "市市场监管局"),  # two bodies of the library became it
    ("市教育局", "市教育局"),
]


@pytest.mark.parametrize(("surface", "units"), SLIPS)
def test_the_register_of_a_library_forgives_a_slip_of_the_pen(surface: str, units: list[str]) -> None:
    found = OF_LIBRARY.find(f"请问{surface}负责什么")
    assert [canonical for _, canonical in found] == units
    assert all(span.cut(f"请问{surface}负责什么") == surface for span, _ in found)


@pytest.mark.parametrize(("surface", "canonical"), MEANT)
def test_the_register_of_a_library_reads_a_name_as_a_body_that_the_library_has(surface: str, canonical: str) -> None:
    assert [name for _, name in OF_LIBRARY.find(surface)] == [canonical]


def test_the_register_of_documents_takes_names_as_they_stand() -> None:
    assert REGISTER.find("市质兼局") == []
    assert [name for _, name in REGISTER.find("药监局")] == ["市药监局"]


def test_a_users_file_extends_the_register(tmp_path: Path) -> None:
    table = tmp_path / "units.toml"
    table.write_text(
        '[[organ]]\nlocal = "经研金融办"\nstems = ["经研金融"]\n'
        '[[unit]]\nname = "产业集团"\naliases = ["市产业集团"]\n',
        "utf-8",
    )
    register = Register.with_files([table])
    assert register.canonical("市产业集团") == "产业集团"
    assert register.canonical("市经研金融办公室") == "市经研金融办"
    assert register.canonical("质监局") == "市质监局"


def test_the_units_of_a_library_can_be_found_too() -> None:
    register = REGISTER.extended(["湘潭银保监分局", "市质监局"])
    assert [name for _, name in register.find("湘潭银保监分局和质监局")] == ["湘潭银保监分局", "市质监局"]


@pytest.mark.parametrize(
    "table",
    [
        "[[unit]]\naliases = []",
        '[[organ]]\nlocal = "甲局"\nwhat = 1',
        "[[unit]\n",
        '[[organ]]\nlocal = "甲局"\nstems = 5',
        '[[unit]]\nname = "甲"\naliases = [1]',
    ],
)
def test_a_bad_register_is_a_settings_error(table: str, tmp_path: Path) -> None:
    path = tmp_path / "units.toml"
    path.write_text(table, "utf-8")
    with pytest.raises(SettingsError) as caught:
        Register.with_files([path])
    assert caught.value.hint


def test_a_register_that_is_not_there_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Register.with_files([tmp_path / "none.toml"])


def test_a_ministry_is_not_in_a_meeting_between_ministries() -> None:
    assert Register.with_files(()).find("职业教育部际联席会议") == []
