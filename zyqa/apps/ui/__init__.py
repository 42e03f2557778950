"""The web page, one file per tab: ``mount`` puts it into a FastAPI application. The doorway to gradio."""

from zyqa.apps.ui.page import build, mount

__all__ = ["build", "mount"]
