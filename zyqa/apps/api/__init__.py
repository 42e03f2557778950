"""One application on one port: the web page, REST under /api, OpenAI's interface under /v1. The doorway to fastapi."""

from zyqa.apps.api.server import create_api, create_app, run

__all__ = ["create_api", "create_app", "run"]
