"""The server: REST, OpenAI's interface and the page on one port, and errors as statuses."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from zyqa import errors
from zyqa.answer.assistant import Assistant
from zyqa.apps import render
from zyqa.apps.api import create_api
from zyqa.apps.api.server import STATUS, status
from zyqa.settings import Settings

PLAN_ID = "张政办发〔2011〕187号"
QUESTION = "服务业标准化由谁牵头"


class Client:
    """Requests to an application in this process."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send(method, path, options))

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://zyqa") as client:
            return await client.request(method, path, **options)


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Client:
    return Client(create_api(lambda: assistant))


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def test_ask_answers_as_the_command_line_does(client: Client, assistant: Assistant) -> None:
    reply = client("POST", "/api/ask", json={"question": QUESTION})
    assert reply.status_code == 200
    assert without_time(reply.json()) == without_time(render.answer_json(assistant.ask(QUESTION)))


def test_ask_follows_a_dialogue(client: Client) -> None:
    reply = client("POST", "/api/ask", json={"question": "那配合单位呢", "history": [QUESTION]})
    assert "市质监局" in reply.json()["answer"]


def test_search_keeps_to_its_filters(client: Client) -> None:
    asked = {"question": "质量", "k": 5, "filters": {"documents": [PLAN_ID]}}
    hits = client("POST", "/api/search", json=asked).json()["hits"]
    assert len(hits) == 5
    assert {hit["document"] for hit in hits} == {PLAN_ID}


def test_documents_and_clauses(client: Client) -> None:
    documents = client("GET", "/api/documents").json()["documents"]
    assert PLAN_ID in {document["id"] for document in documents}
    clause = client("GET", "/api/clause", params={"document": PLAN_ID, "clause": "1.4"}).json()
    assert clause["children"] == ["1.4.1", "1.4.2", "1.4.3", "1.4.4"]
    assert clause["text"].startswith("（四）") or clause["text"].startswith("(四)")


def test_health(client: Client) -> None:
    assert client("GET", "/healthz").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("method", "path", "options", "code", "kind"),
    [
        ("POST", "/api/ask", {"json": {"question": " "}}, 400, "QuestionError"),
        ("POST", "/api/ask", {"json": {"question": "谁" * 100_000}}, 400, "QuestionError"),
        ("POST", "/api/search", {"json": {"question": ""}}, 400, "QuestionError"),
        ("GET", "/api/clause", {"params": {"document": "x", "clause": "1"}}, 404, "UnknownDocument"),
        ("GET", "/api/clause", {"params": {"document": PLAN_ID, "clause": "9.9"}}, 404, "UnknownClause"),
        ("POST", "/v1/chat/completions", {"json": {"messages": []}}, 400, "QuestionError"),
    ],
)
def test_errors_say_what_to_do(
    client: Client, method: str, path: str, options: dict[str, Any], code: int, kind: str
) -> None:
    reply = client(method, path, **options)
    assert reply.status_code == code
    error = reply.json()["error"]
    assert error["type"] == kind
    assert error["message"]
    assert error["hint"]


@pytest.mark.parametrize("body", [{}, {"question": 1}, {"question": "问", "history": "x"}, {"question": "问", "k": 0}])
def test_what_does_not_fit_the_schema_is_refused(client: Client, body: dict[str, Any]) -> None:
    reply = client("POST", "/api/search", json=body)
    assert reply.status_code == 422
    assert set(reply.json()["error"]) == {"type", "message", "hint"}


def test_a_library_that_cannot_be_opened_is_a_503() -> None:
    def opened() -> Assistant:
        raise errors.StoreMissing("there is no library", hint="build one")

    app = create_api(opened)
    for path in ("/healthz", "/api/documents"):
        assert Client(app)("GET", path).status_code == 503


def test_every_error_has_a_status() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ZyqaError)]
    assert len(kinds) > len(STATUS)
    assert all(status(kind("message", hint="hint")) >= 400 for kind in kinds)


# ---------------------------------------------------------------- OpenAI's interface


def chat(*turns: str, **more: Any) -> dict[str, Any]:
    """A request whose messages are user, assistant, user …"""
    roles = ("user", "assistant")
    messages = [{"role": roles[place % 2], "content": text} for place, text in enumerate(turns)]
    return {"model": "zyqa", "messages": messages, **more}


def test_a_chat_completion_is_the_cited_answer(client: Client) -> None:
    reply = client("POST", "/v1/chat/completions", json=chat(QUESTION, temperature=0.2)).json()
    content = reply["choices"][0]["message"]["content"]
    assert "市发改委" in content
    assert "[1] 《张掖市推进质量振兴工作方案》" in content
    assert reply["zyqa"]["citations"][0]["clause"] == "1.4.3"
    assert reply["usage"]["total_tokens"] > reply["usage"]["completion_tokens"] > 0


def test_a_chat_completion_follows_the_dialogue(client: Client) -> None:
    reply = client("POST", "/v1/chat/completions", json=chat(QUESTION, "市发改委。", "那配合单位呢")).json()
    assert "市质监局" in reply["choices"][0]["message"]["content"]


def test_content_may_come_in_parts(client: Client) -> None:
    parts = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": "data:,"}}]
    body = {"model": "any", "messages": [{"role": "user", "content": parts}]}
    assert "市发改委" in client("POST", "/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]


def test_a_stream_gives_the_same_text_in_pieces(client: Client) -> None:
    whole = client("POST", "/v1/chat/completions", json=chat(QUESTION)).json()
    options = {"stream": True, "stream_options": {"include_usage": True}}
    reply = client("POST", "/v1/chat/completions", json=chat(QUESTION, **options))
    assert reply.headers["content-type"].startswith("text/event-stream")
    *events, end = [line.removeprefix("data: ") for line in reply.text.split("\n\n") if line]
    assert end == "[DONE]"
    *chunks, usage = map(json.loads, events)
    text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    assert text == whole["choices"][0]["message"]["content"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert usage["choices"] == []
    assert usage["usage"] == whole["usage"]


def test_the_models_are_listed(client: Client) -> None:
    listed = client("GET", "/v1/models").json()["data"]
    assert [model["id"] for model in listed] == ["zyqa"]
    assert client("GET", "/v1/models/zyqa").json() == listed[0]


# ---------------------------------------------------------------- the real server


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The address of ``zyqa serve`` in a process of its own."""
    process = subprocess.Popen(
        [Path(sys.executable).parent / "zyqa", "serve", "--port", "0"],
        env={**os.environ, "ZYQA_LIBRARY": str(settings.library)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    yield process.stderr.readline().split()[1]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err


def test_all_faces_are_on_one_port(address: str) -> None:
    for path in ("/", "/en/", "/healthz", "/openapi.json", "/v1/models"):
        with urllib.request.urlopen(address + path) as reply:
            assert reply.status == 200, path


def test_openai_s_own_client_is_served(address: str) -> None:
    openai = pytest.importorskip("openai")
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        asked = chat(QUESTION)["messages"]
        whole = client.chat.completions.create(model="zyqa", messages=asked).choices[0].message.content
        with client.chat.completions.create(model="zyqa", messages=asked, stream=True) as stream:
            streamed = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert whole == streamed
    assert "市发改委" in whole
