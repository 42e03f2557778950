"""A large library: what lies near a question answers it, in the words of the document it means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.ingest import ingest
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.engine import LocalEngine
from zyqa.settings import load
from zyqa.text import numeral
from zyqa.types import Verdict

ROOT = Path(__file__).parents[2]
CITIES = (
    "青山 白水 红岭 金川 银湖 石桥 柳河 松岗 梅园 竹溪 兰亭 菊潭 "
    "荷塘 桂林里 枫桥 榆关 槐荫 桑园 杏坛 桃源 梨树 枣强 栗林 橘洲 柿湾 椒江"
)
NOTICE = """{city}市人民政府关于做好冬季供暖工作的通知
一、供暖时间
全市供暖时间从2023年11月{day}日开始，到2024年3月31日结束，供暖企业不得擅自推迟。
二、补贴标准
低保家庭每户发放取暖补贴{money}元，特困人员每人发放800元。
三、管理方式
市供热办对供暖企业实行名单制管理，并动态调整。
"""
CODE = "青山市城市管理手册\n" + "".join(
    f"第{numeral(number)}条 第{number}号街区的{one}由街区管理站每{number}日检查一次，检查结果当天公布。\n"
    for number, one in ((number, "绿化路灯井盖围墙"[number % 4 * 2 :][:2]) for number in range(1, 900))
)
LAW = """供热用热管理条例
第一章 总则
第一条 为了规范供热用热行为，维护供热企业和热用户的合法权益，制定本条例。
第二条 热用户有下列行为之一的，由供热主管部门责令改正：
（一）擅自改装采暖设施；
（二）从采暖设施中取用热水。
第二章 法律责任
第三条 供热企业擅自停止供热的，应当退还相应的热费，并处一万元以上五万元以下的罚款。
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = load(library=tmp_path_factory.mktemp("large"))
    notices = [
        NOTICE.format(city=city, day=place + 1, money=1000 + 10 * place) for place, city in enumerate(CITIES.split())
    ]
    with LocalEngine.open(settings.library, settings, writable=True, create=True) as engine:
        engine.add([parse(text_source(text)) for text in (*notices, LAW, CODE)])
        ingest([ROOT / "corpus"], engine, settings)
    with Assistant.open(settings) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "holds", "document", "clauses"),
    [
        ("柳河市低保家庭每户发放取暖补贴多少元？", "1060元", "柳河市人民政府关于做好冬季供暖工作的通知", {"2"}),
        ("荷塘市的供暖时间从什么时候开始？", "2023年11月13日", "荷塘市人民政府关于做好冬季供暖工作的通知", {"1"}),
        ("《供热用热管理条例》第三条", "退还相应的热费", "供热用热管理条例", {"3"}),
        ("供热用热管理条例第2条规定了什么", "取用热水", "供热用热管理条例", {"2", "2.1", "2.2"}),
        ("供热企业擅自停止供热怎么处罚", "一万元以上五万元以下", "供热用热管理条例", {"3"}),
        ("第437号街区的路灯每多少日检查一次", "437日", "青山市城市管理手册", {"437"}),
        ("服务业标准化由谁牵头", "市发改委", "张政办发〔2011〕187号", {"1.4.3"}),
        ("服務業標準化誰牽頭", "市发改委", "张政办发〔2011〕187号", {"1.4.3"}),
        ("who leads service standardization", "市发改委", "张政办发〔2011〕187号", {"1.4.3"}),
        ("《张掖市推进质量振兴工作方案》一(四)3讲什么", "服务业", "张政办发〔2011〕187号", {"1.4.3"}),
    ],
)
def test_answered(large: Assistant, question: str, holds: str, document: str, clauses: set[str]) -> None:
    answer = large.ask(question)
    assert not answer.refused
    assert holds in answer.text
    assert {one.doc_id for one in answer.citations} == {document}
    assert {one.clause_id for one in answer.citations} == clauses
    assert all(one.verdict is Verdict.VERIFIED for one in answer.citations)
    assert all(one.span.cut(large.store.document(one.doc_id).text) == one.quote for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("《供热用热管理条例》第九十九条规定了什么", "没有第九十九条"),
        ("《没有的条例》第三条规定了什么", "资料库中没有《没有的条例》"),
        ("一(四)3", "哪一份文件"),
        ("周杰伦最新专辑叫什么", ""),
        ("谢谢", ""),
    ],
)
def test_refused(large: Assistant, question: str, reason: str) -> None:
    answer = large.ask(question)
    assert answer.refused
    assert reason in (answer.reason or "")


def test_a_follow_up_is_read_with_the_question_before(large: Assistant) -> None:
    answer = large.ask("那特困人员呢？", ["柳河市低保家庭每户发放取暖补贴多少元？"])
    assert {one.doc_id for one in answer.citations} == {"柳河市人民政府关于做好冬季供暖工作的通知"}
    assert "800元" in answer.text


def test_what_is_not_asked_for_is_not_read(large: Assistant) -> None:
    excerpt = large.store.excerpt("供热用热管理条例", "2")
    whole = large.store.document("供热用热管理条例")
    clause = next(one for one in excerpt.clauses if one.id == "2")
    assert [one.id for one in excerpt.clauses] == ["c1", "2", "2.1", "2.2"]
    assert clause.extent.cut(excerpt.text) == clause.extent.cut(whole.text)
    assert not excerpt.text[: clause.span.start].strip()
