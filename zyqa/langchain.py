"""zyqa for LangChain users: its splitter, embeddings, retriever and cited answers behind LangChain's own interfaces.

Every chunk and every retrieved document carries its clause address as ``id`` and in its metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangDocument
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel, LangSmithParams
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.retrievers import BaseRetriever
from langchain_text_splitters import TextSplitter
from pydantic import ConfigDict, Field

from zyqa.answer.assistant import Assistant
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.encoder import open_encoder
from zyqa.text import sentences
from zyqa.types import Answer, Clause, Document, Filters, Hit, Question, Span, address

__all__ = ["ClauseRetriever", "ClauseSplitter", "ZyqaChat", "ZyqaEmbeddings"]

_UNLIMITED = 1 << 31


def _metadata(document: Document, clause: Clause, span: Span) -> dict[str, Any]:
    """``start`` and ``end`` are offsets of the chunk into the document's text."""
    return {
        "document": document.id,
        "title": document.title,
        "number": document.number,
        "kind": document.kind.value,
        "clause": clause.id,
        "label": clause.label,
        "heading": clause.heading,
        "start": span.start,
        "end": span.end,
    }


def _trimmed(text: str, span: Span) -> Span:
    body = span.cut(text)
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, start + len(body.strip()))


class ClauseSplitter(TextSplitter):
    """Cuts a policy document at its clauses; a chunk is one clause's own text, without its sub-clauses.

    A clause longer than ``chunk_size`` is cut further, between sentences; its chunks share its address. Chunks never
    overlap: a clause is complete in itself.
    """

    def __init__(self, chunk_size: int = _UNLIMITED, **kwargs: Any) -> None:
        super().__init__(chunk_size=chunk_size, chunk_overlap=0, **kwargs)

    def split_text(self, text: str) -> list[str]:
        """The clauses' texts, in order."""
        return [chunk.page_content for chunk in self.create_documents([text])]

    def create_documents(self, texts: list[str], metadatas: list[dict[Any, Any]] | None = None) -> list[LangDocument]:
        """A document for each chunk. Metadata given are kept; a ``title`` among them names the document."""
        given = metadatas or [{}] * len(texts)
        return [chunk for text, more in zip(texts, given, strict=True) for chunk in self._chunks(text, more)]

    def _chunks(self, text: str, given: dict[Any, Any]) -> Iterator[LangDocument]:
        document = parse(text_source(text, title=given.get("title")))
        for clause in document.clauses:
            for span in self._pieces(text, _trimmed(text, clause.span)):
                metadata = {**given, **_metadata(document, clause, span)}
                if self._add_start_index:
                    metadata["start_index"] = span.start
                yield LangDocument(span.cut(text), id=address(document.id, clause.id), metadata=metadata)

    def _pieces(self, text: str, span: Span) -> Iterator[Span]:
        """The clause, cut between sentences into pieces of at most ``chunk_size``; a longer sentence stays whole."""
        if span.start == span.end:
            return
        if self._length_function(span.cut(text)) <= self._chunk_size:
            yield span
            return
        piece: Span | None = None
        for sentence in sentences(text, span):
            longer = Span(piece.start, sentence.end) if piece else sentence
            if piece and self._length_function(longer.cut(text)) > self._chunk_size:
                yield piece
                longer = sentence
            piece = longer
        if piece:
            yield piece


class ZyqaEmbeddings(Embeddings):
    """zyqa's encoder: the shipped one, or a sentence-transformers model in a folder. Vectors have length 1."""

    def __init__(self, model: str = "") -> None:
        self._encoder = open_encoder(model)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._encoder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class ClauseRetriever(BaseRetriever):
    """The clauses of a zyqa library that a question is about, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = Field(default=10, ge=1)
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[LangDocument]:
        hits = self.assistant.search(query, k or self.k, self.filters)
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> LangDocument:
        document = self.assistant.store.document(hit.doc_id)
        clause = self.assistant.store.clause(hit.doc_id, hit.clause_id)
        span = _trimmed(document.text, clause.span)
        metadata = {**_metadata(document, clause, span), "score": hit.score}
        return LangDocument(span.cut(document.text), id=address(hit.doc_id, hit.clause_id), metadata=metadata)


class ZyqaChat(BaseChatModel):
    """A chat model whose replies are zyqa's cited answers: no generation, and a refusal where the library is silent.

    The last human message is the question and the earlier ones its dialogue; other messages have no effect. The reply's
    ``response_metadata`` holds ``refused``, ``confidence`` and ``citations`` (address, quote, start, end).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant

    @property
    def _llm_type(self) -> str:
        return "zyqa"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": "zyqa"}

    def _get_ls_params(self, stop: list[str] | None = None, **kwargs: Any) -> LangSmithParams:
        params = super()._get_ls_params(stop, **kwargs)
        params["ls_model_name"] = kwargs.get("model", "zyqa")
        return params

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        answer = self._ask(messages)
        content = _cut("".join(_pieces(answer)), stop)
        message = AIMessage(content, response_metadata=_response_metadata(answer))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        answer = self._ask(messages)
        left = len(_cut("".join(_pieces(answer)), stop))
        for piece in _pieces(answer):
            if shown := piece[:left]:
                left -= len(shown)
                yield self._chunk(AIMessageChunk(content=shown), run_manager)
        end = AIMessageChunk(content="", response_metadata=_response_metadata(answer), chunk_position="last")
        yield self._chunk(end, run_manager)

    @staticmethod
    def _chunk(message: AIMessageChunk, run_manager: CallbackManagerForLLMRun | None) -> ChatGenerationChunk:
        chunk = ChatGenerationChunk(message=message)
        if run_manager and message.content:
            run_manager.on_llm_new_token(str(message.content), chunk=chunk)
        return chunk

    def _ask(self, messages: Sequence[BaseMessage]) -> Answer:
        asked = [message.text for message in messages if isinstance(message, HumanMessage)]
        if not asked:
            raise ValueError("there is no human message to answer")
        return self.assistant.ask(Question(asked[-1], tuple(asked[:-1])))


def _pieces(answer: Answer) -> Iterator[str]:
    """The reply, piece by piece: the answer's lines with citation numbers, then a line for each source and note."""
    yield from answer.marked_text.splitlines(keepends=True)
    if answer.citations:
        yield "\n"
    for number, citation in enumerate(answer.citations, 1):
        yield f"\n[{number}] {citation.source}：“{citation.quote}”"
    for note in answer.notes:
        yield f"\n\n{note}"


def _cut(content: str, stop: Sequence[str] | None) -> str:
    ends = [place for word in stop or () if word and (place := content.find(word)) >= 0]
    return content[: min(ends)] if ends else content


def _response_metadata(answer: Answer) -> dict[str, Any]:
    citations = [
        {
            "address": address(citation.doc_id, citation.clause_id),
            "quote": citation.quote,
            "start": citation.span.start,
            "end": citation.span.end,
        }
        for citation in answer.citations
    ]
    return {
        "model_name": "zyqa",
        "refused": answer.refused,
        "confidence": answer.confidence,
        "citations": citations,
    }
