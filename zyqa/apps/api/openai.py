"""/v1: the chat completions of OpenAI's interface, so that any client of it can ask. The replies are cited answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse, Response

from zyqa.answer.assistant import Assistant
from zyqa.apps import render
from zyqa.errors import QuestionError
from zyqa.types import Answer, Question

MODEL = "zyqa"


class Part(BaseModel):
    """A part of a message; only texts are read."""

    type: str
    text: str = ""


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatRequest(BaseModel):
    """The fields that matter here; sampling parameters are accepted and have no effect."""

    model_config = ConfigDict(extra="allow")

    messages: list[Message]
    model: str = MODEL
    stream: bool = False
    stream_options: StreamOptions | None = None

    def question(self) -> Question:
        """The last user message, with the earlier ones as its dialogue.

        Raises:
            QuestionError: there is none.
        """
        asked = [message.text for message in self.messages if message.role == "user"]
        if not asked:
            raise QuestionError("there is no user message", hint='send one: {"role": "user", "content": "…"}')
        return Question(asked[-1], tuple(asked[:-1]))


def router(opened: Callable[[], Assistant]) -> APIRouter:
    """The routes; ``opened`` gives the assistant."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

    @routes.get("/models")
    def models() -> render.Json:
        """The one model there is."""
        return {"object": "list", "data": [_model()]}

    @routes.get("/models/zyqa")
    def model() -> render.Json:
        return _model()

    @routes.post("/chat/completions")
    def complete(request: ChatRequest) -> Response:
        """Answer the last user message; the citations stand below the answer and, as data, under ``zyqa``."""
        question = request.question()
        answer = opened().ask(question)
        reply = Reply(question, answer)
        if not request.stream:
            return JSONResponse(reply.whole())
        usage = bool(request.stream_options and request.stream_options.include_usage)
        return StreamingResponse(reply.events(usage), media_type="text/event-stream")

    return routes


def _model() -> render.Json:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": "zyqa"}


class Reply:
    """An answer in OpenAI's shapes."""

    def __init__(self, question: Question, answer: Answer) -> None:
        self.question = question
        self.answer = answer
        self.content = render.answer_markdown(answer)
        self.id = f"chatcmpl-{uuid4().hex}"
        self.created = int(time.time())

    def whole(self) -> render.Json:
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._frame("chat.completion", [choice]) | {"usage": self._usage(), "zyqa": self._data()}

    def events(self, usage: bool) -> Iterator[str]:
        """Server-sent events: one for each paragraph of the reply, then the end, and the usage where it was asked."""
        yield self._event({"role": "assistant", "content": ""})
        for paragraph in self.content.splitlines(keepends=True):
            yield self._event({"content": paragraph})
        yield self._event({}, finish="stop", zyqa=self._data())
        if usage:
            yield _sent(self._frame("chat.completion.chunk", []) | {"usage": self._usage()})
        yield "data: [DONE]\n\n"

    def _event(self, delta: render.Json, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _sent(self._frame("chat.completion.chunk", [choice]) | more)

    def _frame(self, kind: str, choices: list[render.Json]) -> render.Json:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL, "choices": choices}

    def _usage(self) -> render.Json:
        """Characters: there are no tokens here."""
        asked = len(self.question.text) + sum(map(len, self.question.history))
        return {
            "prompt_tokens": asked,
            "completion_tokens": len(self.content),
            "total_tokens": asked + len(self.content),
        }

    def _data(self) -> render.Json:
        return render.answer_json(self.answer)


def _sent(value: render.Json) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
