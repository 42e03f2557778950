"""The retriever: what is named is found, authority and place decide, filters hold, and it never fails on a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.engine import LocalEngine
from zyqa.search.profile import places_in
from zyqa.search.retriever import FEATURES, Retriever, weights
from zyqa.settings import load
from zyqa.types import Document, Filters, Kind, Question, Status, Validity

ARTICLE = "第{}条 {}\n"
STATE = """中华人民共和国烟花管理法
第一条 为了加强烟花的安全管理，制定本法。
第二条 燃放烟花爆竹的，应当提前三日向公安机关申请许可。
第三条 未经许可燃放烟花的，由公安机关处五百元以下罚款：
（一）在医院门口燃放的；
（二）在加油站燃放的。
第三条之一 单位有前条行为的，处五千元以下罚款。
第十二条 本法自2020年1月1日起施行。
"""
CITY = """青山市烟花管理条例
第一条 为了加强本市烟花的安全管理，制定本条例。
第二条 在青山市燃放烟花爆竹的，应当提前五日向区公安机关申请许可。
第三条 未经许可燃放烟花的，由公安机关处三百元以下罚款。
"""
LANZHOU = CITY.replace("青山市", "兰州市").replace("五日", "七日")
OLD = """烟花燃放暂行规定
第一条 燃放烟花爆竹的，应当提前三日向公安机关申请许可。
"""
NEW = OLD.replace("暂行规定", "暂行办法")
HERDS = """草原放牧办法
第一条 放牧牛羊应当轮换草场，草原由牧民承包。
"""


def document(text: str, **changes: object) -> Document:
    made = parse(text_source(text, title=text.partition("\n")[0]))
    return replace(made, **changes) if changes else made  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    folder = tmp_path_factory.mktemp("library")
    with LocalEngine.open(folder, load(library=folder), writable=True, create=True) as opened:
        opened.add([document(text) for text in (STATE, CITY, LANZHOU, HERDS)])
        opened.add([document(OLD, validity=Validity(Status.REPEALED)), document(NEW)])
        yield opened


@pytest.fixture(scope="module")
def retriever(engine: LocalEngine) -> Retriever:
    return Retriever(engine)


def ids(retriever: Retriever, question: str, k: int = 5, **filters: object) -> list[tuple[str, str]]:
    asked = Question(question, filters=Filters(**filters))  # type: ignore[arg-type]
    return [(hit.doc_id, hit.clause_id) for hit in retriever.retrieve(asked, k)]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("《中华人民共和国烟花管理法》第二条", "2"),
        ("《烟花管理法》第2条规定了什么？", "2"),
        ("烟花管理法第二条", "2"),
        ("请问烟花管理法第 2 条的内容", "2"),
        ("《烟花管理法》（2020年修正）第十二条", "12"),
        ("烟花管理法(2020修正)12条", "12"),
        ("根据《烟花管理法》的第３条怎么罚", "3"),
        ("烟花管理法第三条之一", "3-1"),
        ("烟花管理法第3条之1", "3-1"),
        ("《中華人民共和國煙花管理法》第二條", "2"),
    ],
)
def test_an_article_is_found_by_its_number_in_any_writing(retriever: Retriever, question: str, clause: str) -> None:
    first = retriever.retrieve(Question(question), 1)[0]
    assert (first.doc_id, first.clause_id) == ("中华人民共和国烟花管理法", clause)
    assert first.ranks == (("address", 1),)


def test_several_articles_named_at_once(retriever: Retriever) -> None:
    found = ids(retriever, "烟花管理法第二条、第三条和青山市烟花管理条例第一条")
    assert found[:3] == [
        ("中华人民共和国烟花管理法", "2"),
        ("中华人民共和国烟花管理法", "3"),
        ("青山市烟花管理条例", "1"),
    ]


def test_a_number_that_is_not_there_is_searched_for(retriever: Retriever) -> None:
    assert all(
        rank[0] != "address" for hit in retriever.retrieve(Question("烟花管理法第99条"), 3) for rank in hit.ranks
    )


def test_national_before_local(retriever: Retriever) -> None:
    assert ids(retriever, "燃放烟花爆竹要提前几天申请许可？")[0] == ("中华人民共和国烟花管理法", "2")


def test_a_place_that_is_named_binds(retriever: Retriever) -> None:
    assert ids(retriever, "兰州燃放烟花爆竹要提前几天申请许可？")[0] == ("兰州市烟花管理条例", "2")


def test_in_force_before_repealed(retriever: Retriever) -> None:
    found = [doc for doc, _ in ids(retriever, "燃放烟花爆竹应当提前三日向公安机关申请许可", 6)]
    assert found.index("烟花燃放暂行办法") < found.index("烟花燃放暂行规定")


def test_original_before_digest(tmp_path: Path) -> None:
    with LocalEngine.open(tmp_path, load(library=tmp_path), writable=True, create=True) as engine:
        digest = document(OLD.replace("暂行规定", "规定摘要"), kind=Kind.DIGEST)
        engine.add([digest, document(OLD)])
        found = [doc for doc, _ in ids(Retriever(engine), "提前三日向公安机关申请许可")]
    assert found.index("烟花燃放暂行规定") < found.index("烟花燃放规定摘要")


def test_an_article_is_ranked_as_a_whole(retriever: Retriever) -> None:
    assert ids(retriever, "在加油站燃放烟花罚多少钱")[0] == ("中华人民共和国烟花管理法", "3")


def test_filters_hold_for_search_and_for_addresses(retriever: Retriever) -> None:
    only = ("青山市烟花管理条例",)
    assert {doc for doc, _ in ids(retriever, "燃放烟花许可", documents=only)} == set(only)
    assert {doc for doc, _ in ids(retriever, "烟花管理法第二条", documents=only)} <= set(only)
    assert [hit.doc_id for hit in retriever.documents(Question("燃放烟花许可", filters=Filters(only)), 5)] == list(only)


def test_hits_tell_where_each_search_had_them(retriever: Retriever) -> None:
    hit = retriever.retrieve(Question("燃放烟花爆竹要提前几天申请许可？"), 1)[0]
    assert dict(hit.ranks).keys() == {"lexical", "dense"}
    assert hit.label == "第二条"


def test_scores_fall_and_k_bounds(retriever: Retriever) -> None:
    hits = retriever.retrieve(Question("烟花许可罚款"), 4)
    assert len(hits) == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_documents_as_a_whole(retriever: Retriever) -> None:
    assert retriever.documents(Question("草原由谁承包"), 3)[0].doc_id == "草原放牧办法"
    assert retriever.documents(Question("兰州市燃放烟花爆竹的规定"), 3)[0].doc_id == "兰州市烟花管理条例"


def test_what_is_added_and_removed_is_noticed(tmp_path: Path) -> None:
    with LocalEngine.open(tmp_path, load(library=tmp_path), writable=True, create=True) as engine:
        retriever = Retriever(engine)
        assert ids(retriever, "草原") == [] and retriever.documents(Question("草原"), 3) == []
        engine.add([document(HERDS), document(CITY)])
        assert ids(retriever, "草原放牧办法第一条")[0] == ("草原放牧办法", "1")
        engine.remove("草原放牧办法")
        assert "草原放牧办法" not in {doc for doc, _ in ids(retriever, "草原放牧办法第一条")}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.text("烟花管理法第条之0123一二十（）《》 款", max_size=40))
def test_no_question_breaks_it(retriever: Retriever, question: str) -> None:
    hits = retriever.retrieve(Question(question), 5)
    assert len({(hit.doc_id, hit.clause_id) for hit in hits}) == len(hits) <= 5
    retriever.documents(Question(question), 3)


def test_places() -> None:
    assert places_in("兰州市和甘肃省的规定") == ["兰州", "甘肃"]
    assert places_in("劳动合同的期限") == []


def test_every_weight_has_its_feature() -> None:
    assert weights().shape == (len(FEATURES),) and weights().any()
