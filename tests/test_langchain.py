"""The LangChain adapters: LangChain's own standard tests, and what is ours: addresses, citations, dialogue."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import (
    ChatModelIntegrationTests,
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
)
from langchain_tests.unit_tests import ChatModelUnitTests, EmbeddingsUnitTests

from zyqa.answer.assistant import Assistant
from zyqa.langchain import ClauseRetriever, ClauseSplitter, ZyqaChat, ZyqaEmbeddings
from zyqa.types import Filters

ROOT = Path(__file__).parents[1]
PLAN = (ROOT / "corpus/张掖市推进质量振兴工作方案.txt").read_text("utf-8")
PLAN_ID = "张政办发〔2011〕187号"
QUESTION = "服务业标准化由谁牵头"


@pytest.fixture(scope="class", autouse=True)
def _shared(request: pytest.FixtureRequest, assistant: Assistant) -> None:
    """The standard suites read constructor arguments from properties; this hands them the assistant."""
    if request.cls is not None:
        request.cls.assistant = assistant


# ---------------------------------------------------------------- LangChain's own tests


class TestEmbeddingsUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return ZyqaEmbeddings


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return ZyqaEmbeddings


class TestRetriever(RetrieversIntegrationTests):
    assistant: Assistant

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClauseRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self.assistant}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


class _Chat:
    """What both suites for chat models need to know of ours."""

    assistant: Assistant

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ZyqaChat

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {"assistant": self.assistant}

    @property
    def returns_usage_metadata(self) -> bool:
        return False  # there are no tokens

    @property
    def has_tool_calling(self) -> bool:
        return False

    @property
    def has_structured_output(self) -> bool:
        return False


class TestChatUnit(_Chat, ChatModelUnitTests):
    pass


class TestChat(_Chat, ChatModelIntegrationTests):
    pass


# ---------------------------------------------------------------- splitter


def test_chunks_are_clauses_with_their_addresses() -> None:
    chunks = ClauseSplitter().create_documents([PLAN], [{"source": "plan.txt"}])
    chunk = next(chunk for chunk in chunks if chunk.metadata["clause"] == "1.4.3")
    assert chunk.id == f"{PLAN_ID}#1.4.3"
    assert chunk.metadata["label"] == "一、(四)3"
    assert chunk.metadata["heading"] == "加快推进服务业标准化"
    assert chunk.metadata["source"] == "plan.txt"
    assert chunk.page_content.startswith("3.加快推进服务业标准化")
    assert "牵头单位:市发改委" in chunk.page_content


def test_chunks_stand_where_they_say_and_lose_no_word() -> None:
    chunks = ClauseSplitter(add_start_index=True).create_documents([PLAN])
    for chunk in chunks:
        place = chunk.metadata
        assert PLAN[place["start"] : place["end"]] == chunk.page_content
        assert place["start_index"] == place["start"]
    assert "".join("".join(chunk.page_content.split()) for chunk in chunks) == "".join(PLAN.split())
    assert ClauseSplitter().split_text(PLAN) == [chunk.page_content for chunk in chunks]


def test_long_clauses_are_cut_between_sentences() -> None:
    chunks = ClauseSplitter(chunk_size=200).create_documents([PLAN])
    whole = ClauseSplitter().create_documents([PLAN])
    assert len(chunks) > len(whole)
    assert {chunk.id for chunk in chunks} == {chunk.id for chunk in whole}
    assert all(len(chunk.page_content) <= 200 or chunk.page_content.count("。") <= 1 for chunk in chunks)
    assert "".join("".join(chunk.page_content.split()) for chunk in chunks) == "".join(PLAN.split())


def test_documents_are_split_with_their_metadata() -> None:
    given = Document("一、甲。\n二、乙。", metadata={"title": "某办法", "page": 1})
    chunks = ClauseSplitter().split_documents([given])
    assert [(chunk.id, chunk.metadata["page"]) for chunk in chunks] == [("某办法#1", 1), ("某办法#2", 1)]


def test_empty_texts_give_no_chunk() -> None:
    assert ClauseSplitter().split_text("") == ClauseSplitter().split_text(" \n") == []


# ---------------------------------------------------------------- embeddings


def test_related_words_lie_nearer_than_unrelated_ones() -> None:
    first, near, far = ZyqaEmbeddings().embed_documents(["食品安全监管", "药品和食品的监督管理", "公路绿化"])

    def cosine(one: list[float], other: list[float]) -> float:
        return sum(a * b for a, b in zip(one, other, strict=True))

    assert cosine(first, first) == pytest.approx(1, abs=1e-5)
    assert cosine(first, near) > cosine(first, far)


# ---------------------------------------------------------------- retriever


def test_the_retriever_brings_clauses_with_their_addresses(assistant: Assistant) -> None:
    found = ClauseRetriever(assistant=assistant, k=3).invoke("服务业标准化")
    assert len(found) == 3
    clause = next(document for document in found if document.id == f"{PLAN_ID}#1.4.3")
    text = assistant.store.document(PLAN_ID).text
    assert text[clause.metadata["start"] : clause.metadata["end"]] == clause.page_content


def test_the_retriever_is_the_same_when_awaited(assistant: Assistant) -> None:
    retriever = ClauseRetriever(assistant=assistant)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == retriever.invoke(QUESTION)


def test_the_retriever_keeps_to_its_filters(assistant: Assistant) -> None:
    retriever = ClauseRetriever(assistant=assistant, filters=Filters(documents=(PLAN_ID,)))
    assert {document.metadata["document"] for document in retriever.invoke("质量")} == {PLAN_ID}


# ---------------------------------------------------------------- chat


def test_the_reply_is_the_cited_answer(assistant: Assistant) -> None:
    reply = ZyqaChat(assistant=assistant).invoke(QUESTION)
    first, *_, last = reply.text.splitlines()
    assert first == assistant.ask(QUESTION).marked_text
    assert last.startswith("[1] 《张掖市推进质量振兴工作方案》")
    citation = reply.response_metadata["citations"][0]
    assert citation["address"] == f"{PLAN_ID}#1.4.3"
    text = assistant.store.document(PLAN_ID).text
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_stream_adds_up_to_the_reply(assistant: Assistant) -> None:
    chat = ZyqaChat(assistant=assistant)
    pieces = list(chat.stream(QUESTION))
    assert len(pieces) > 2
    whole = pieces[0]
    for piece in pieces[1:]:
        whole += piece
    reply = chat.invoke(QUESTION)
    assert whole.text == reply.text
    assert whole.response_metadata["citations"] == reply.response_metadata["citations"]


def test_the_dialogue_carries_over(assistant: Assistant) -> None:
    turns = [SystemMessage("x"), HumanMessage(QUESTION), AIMessage("市发改委。"), HumanMessage("那配合单位呢")]
    assert "市质监局" in ZyqaChat(assistant=assistant).invoke(turns).text


def test_a_refusal_says_that_it_is_one(assistant: Assistant) -> None:
    reply = ZyqaChat(assistant=assistant).invoke("明天会下雨吗")
    assert reply.response_metadata["refused"] is True
    assert reply.response_metadata["citations"] == []


def test_stop_words_cut_the_reply(assistant: Assistant) -> None:
    chat = ZyqaChat(assistant=assistant)
    assert "[1]" not in chat.invoke(QUESTION, stop=["[1]"]).text
    assert (
        "".join(piece.text for piece in chat.stream(QUESTION, stop=["[1]"])) == chat.invoke(QUESTION, stop=["[1]"]).text
    )


def test_without_a_human_message_there_is_nothing_to_answer(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="human"):
        ZyqaChat(assistant=assistant).invoke([SystemMessage("x")])
