"""Passages: the words that answer, verbatim, trimmed, typed, and cut where clauses begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zyqa.answer.asked import asked
from zyqa.answer.passages import Passage, answer_documents, answer_sentences, find
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.engine import LocalEngine
from zyqa.settings import load
from zyqa.types import Document, Hit

NOTICE = """青山市人民政府关于做好冬季供暖工作的通知
各县区人民政府，市直各部门：
为切实做好冬季供暖工作，保障群众温暖过冬，现将有关事项通知如下：
一、供暖时间
全市供暖时间从2023年11月1日开始，到2024年3月31日结束，供暖企业不得擅自推迟。
二、室内温度
居民住宅供暖期间的室内温度应当不低于18摄氏度，学校教室不低于20摄氏度。
三、补贴标准
低保家庭每户发放取暖补贴1200元，特困人员每人发放800元。全市共安排补贴资金3.5亿元。
四、企业要求
供暖企业应当落实二十四小时值班制度，每日将运行情况向市供热办报告，发生停热事故的立即抢修。
五、申请材料
申请取暖补贴应当提交下列材料：
（一）身份证复印件；
（二）低保证明；
（三）取暖费发票。
六、投诉渠道
群众可拨打供暖服务热线0936-8212345，也可关注“青山供热”微信公众号反映问题。
七、管理方式
市供热办对供暖企业实行名单制管理，并动态调整。
"""


def document(text: str = NOTICE) -> Document:
    return parse(text_source(text))


def words(question: str, text: str = NOTICE) -> str:
    made = document(text)
    found = find(question, made)
    return found[0].span.cut(made.text) if found else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("低保家庭每户发放取暖补贴多少元？", "1200元"),
        ("全市共安排多少补贴资金？", "3.5亿元"),
        ("供暖服务热线电话是多少？", "0936-8212345"),
        ("市供热办对供暖企业实行什么管理？", "名单制"),
        ("居民住宅供暖期间的室内温度有什么要求？", "应当不低于18摄氏度，学校教室不低于20摄氏度。"),
        ("供暖企业如何落实二十四小时值班制度？", "每日将运行情况向市供热办报告，发生停热事故的立即抢修。"),
    ],
)
def test_what_is_asked_is_cut_out(question: str, answer: str) -> None:
    assert words(question) == answer


@pytest.mark.parametrize(
    ("question", "inside"),
    [
        ("全市供暖什么时候开始？", "2023年11月1日"),
        ("申请取暖补贴要提交哪些材料？", "身份证复印件"),
    ],
)
def test_the_answer_is_among_the_words(question: str, inside: str) -> None:
    found = words(question)
    assert inside in found and len(found) < 60


def test_a_list_is_joined() -> None:
    found = words("申请取暖补贴应当提交哪些材料？")
    assert all(item in found for item in ("身份证复印件", "低保证明", "取暖费发票"))


def test_the_lead_in_is_not_the_answer() -> None:
    assert "为切实做好" not in words("冬季供暖工作对企业有什么要求？")


def test_nothing_shared_is_no_passage() -> None:
    assert find("爨龘麤", document()) == []
    assert find("", document()) == []


def test_parts_lie_in_their_clauses() -> None:
    made = document()
    for one in find("申请取暖补贴应当提交哪些材料？", made):
        for clause_id, span in one.parts:
            clause = next(clause for clause in made.clauses if clause.id == clause_id)
            assert clause.span.contains(span) and span.cut(made.text).strip() == span.cut(made.text) != ""


def test_documents_are_taken_in_their_order() -> None:
    other = NOTICE.replace("1200元", "900元").replace("青山市", "绿水市")
    found = answer_documents("低保家庭每户发放取暖补贴多少元？", [document(other), document()])
    assert [one.doc_id for one in found] == [
        "绿水市人民政府关于做好冬季供暖工作的通知",
        "青山市人民政府关于做好冬季供暖工作的通知",
    ]


def test_clauses_that_were_found(tmp_path: Path) -> None:
    with LocalEngine.open(tmp_path, load(library=tmp_path), writable=True, create=True) as engine:
        engine.add([made := document()])
        hits = [Hit(made.id, "2", "二、", 2.0), Hit(made.id, "3", "三、", 1.0)]
        found = answer_sentences("特困人员每人发放多少元？", hits, engine.store)
    assert found[0].parts[0][0] == "3" and found[0].span.cut(made.text) == "800元"
    assert all(one.parts[0][0] in ("2", "3") for one in found)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("什么时候开始", "time"),
        ("补贴多少元", "amount"),
        ("咨询电话是多少", "contact"),
        ("比例是多少", "ratio"),
        ("期限为多久", "lasting"),
        ("如何处理", None),
        ("热线提供哪些服务", None),
        ("什麼時候開始", "time"),
    ],
)
def test_kinds(question: str, kind: str | None) -> None:
    found = asked(question).kind
    assert (found.name if found else None) == kind


@settings(max_examples=80, deadline=None)
@given(
    st.text("供暖补贴多少元什么时候如何 ，。：；（一）1.、有哪些\n\u200b", max_size=60),
    st.text("供暖补贴元1200，。：；（一）二、\n 　\u200b的", min_size=1, max_size=200),
)
def test_spans_are_of_the_text_whatever_it_is(question: str, text: str) -> None:
    made = document(f"标题\n{text}")
    for one in find(question, made):
        assert isinstance(one, Passage) and one.parts
        places = [place for _, span in one.parts for place in (span.start, span.end)]
        assert places == sorted(places) and places[0] >= 0 and places[-1] <= len(made.text)
