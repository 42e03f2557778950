"""/api: ask, search, documents, clause. Handlers are plain functions, so each runs in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Query

from zyqa.answer.assistant import Assistant
from zyqa.apps import render
from zyqa.apps.api.models import (
    AnswerModel,
    AskModel,
    ClauseModel,
    DocumentsModel,
    ErrorModel,
    HealthModel,
    HitsModel,
    SearchModel,
)

_ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorModel} for status in (400, 404, 422, 503)}


def router(opened: Callable[[], Assistant]) -> APIRouter:
    """The routes; ``opened`` gives the assistant."""
    routes = APIRouter(responses=_ERRORS)

    @routes.post("/api/ask", response_model=AnswerModel, tags=["zyqa"])
    def ask(asked: AskModel) -> render.Json:
        """Answer a question, every fact with its clause."""
        return render.answer_json(opened().ask(asked.value()))

    @routes.post("/api/search", response_model=HitsModel, tags=["zyqa"])
    def search(asked: SearchModel) -> render.Json:
        """The clauses that a question is about, best first."""
        return render.hits_json(opened().search(asked.value(), asked.k))

    @routes.get("/api/documents", response_model=DocumentsModel, tags=["zyqa"])
    def documents() -> render.Json:
        """What the library holds."""
        return {"documents": [render.info_json(info) for info in opened().store.documents()]}

    @routes.get("/api/clause", response_model=ClauseModel, tags=["zyqa"])
    def clause(document: str = Query(), clause: str = Query()) -> render.Json:
        """A clause by its document's id and its own."""
        store = opened().store
        found = store.clause(document, clause)
        return render.clause_json(store.document(document), found)

    @routes.get("/healthz", response_model=HealthModel, tags=["zyqa"])
    def health() -> render.Json:
        """Whether questions can be answered."""
        return {"status": "ok", "documents": len(opened().store.documents())}

    return routes
