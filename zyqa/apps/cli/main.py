"""The commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from zyqa.apps.cli.common import say
from zyqa.errors import ZyqaError

COMMANDS = {
    "ask": "asking.ask",
    "search": "asking.search",
    "parse": "library.parse_file",
    "add": "library.add",
    "remove": "library.remove_documents",
    "list": "library.list_documents",
    "show": "library.show",
    "ledger": "study.show_ledger",
    "checklist": "study.show_checklist",
    "quiz": "study.make_quiz",
    "export": "study.export",
    "eval": "operate.run_eval",
    "serve": "operate.serve",
    "doctor": "operate.doctor",
}


class Commands(TyperGroup):
    """The commands, each imported when it is called: a question must not wait for what other commands need."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(".")
        one = typer.Typer(**_STYLE)
        one.command(cmd_name)(getattr(import_module(f"zyqa.apps.cli.{module}"), function))
        return get_command(one)


_STYLE: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
app = typer.Typer(cls=Commands, no_args_is_help=True, **_STYLE)


@app.callback()
def _zyqa() -> None:
    """Questions about policy documents, answered with a clause citation behind every fact."""


def main() -> None:
    """Exit codes: 0 done, 1 a ZyqaError or what the system refused, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="zyqa")
    except ZyqaError as error:
        say(f"{error} — {error.hint}")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        say(f"{place}{error.strerror or error} — check the path, its rights and the space left on the device")
    sys.exit(1)
