"""The application and the server that runs it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from zyqa import errors
from zyqa.answer.assistant import Assistant
from zyqa.apps import ui
from zyqa.apps.api import openai, rest
from zyqa.settings import Settings

# The class of an error or the nearest of its bases that stands here.
STATUS: Final[dict[type[errors.ZyqaError], HTTPStatus]] = {
    errors.ZyqaError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.QuestionError: HTTPStatus.BAD_REQUEST,
    errors.CorpusError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedFormat: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreFull: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.BackendError: HTTPStatus.BAD_GATEWAY,
    errors.BackendTimeout: HTTPStatus.GATEWAY_TIMEOUT,
    errors.NotFound: HTTPStatus.NOT_FOUND,
}


def create_api(opened: Callable[[], Assistant]) -> FastAPI:
    """REST and OpenAI's interface, without the page. ``opened`` gives the assistant, the same one at every call."""
    app = FastAPI(
        title="zyqa",
        description="Questions about policy documents, answered with clause citations",
        docs_url=None,  # these pages load scripts from the network; /openapi.json says the same
        redoc_url=None,
    )
    app.add_exception_handler(errors.ZyqaError, _failed)
    app.add_exception_handler(RequestValidationError, _misread)
    app.include_router(rest.router(opened))
    app.include_router(openai.router(opened))
    return app


def create_app(opened: Callable[[], Assistant], settings: Settings) -> FastAPI:
    """Everything on one port: :func:`create_api`, and the page at the root."""
    return ui.mount(create_api(opened), opened, settings)


def _failed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.ZyqaError)
    detail = {"type": type(error).__name__, "message": str(error), "hint": error.hint}
    return JSONResponse({"error": detail}, status(error))


def _misread(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    detail = {
        "type": "RequestError",
        "message": f"{'.'.join(map(str, first['loc']))}: {first['msg']}",
        "hint": "send what /openapi.json describes, as JSON, with the header Content-Type: application/json",
    }
    return JSONResponse({"error": detail}, HTTPStatus.UNPROCESSABLE_ENTITY)


def status(error: errors.ZyqaError) -> HTTPStatus:
    """The HTTP status that an error becomes."""
    return next(STATUS[base] for base in type(error).__mro__ if base in STATUS)


def run(app: FastAPI, bound: socket.socket) -> None:
    """Serve until interrupted."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3))
    with suppress(KeyboardInterrupt):  # raised again by uvicorn after it has shut down
        server.run(sockets=[bound])
