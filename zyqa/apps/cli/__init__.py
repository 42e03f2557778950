"""The command line. Parse, one call, render; the doorway to typer."""

from zyqa.apps.cli.main import app, main

__all__ = ["app", "main"]
