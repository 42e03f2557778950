"""docs/reference.md: the commands' own help, the settings, the errors and the export list."""

from __future__ import annotations

import typer

import zyqa
from zyqa import errors
from zyqa.apps.cli.main import COMMANDS, app
from zyqa.settings import Settings

_WIDTH = 100


def reference() -> str:
    """The page. It names every command, setting, error and exported name there is."""
    parts = ["# Reference", "Generated from the code by `make docs`; a test compares the two.", "## Commands"]
    parts.append(_help(""))
    parts += [f"### zyqa {name}\n\n{_help(name)}" for name in COMMANDS]
    parts += ["## Settings", _settings(), "## Errors", f"```\n{(errors.__doc__ or '').strip()}\n```"]
    parts += ["## Python", _exports()]
    return "\n\n".join(parts) + "\n"


def _help(name: str) -> str:
    group = typer.main.get_command(app)
    context = group.context_class(group, info_name="zyqa", terminal_width=_WIDTH)
    if not name:
        return f"```\n{group.get_help(context).strip()}\n```"
    command = group.get_command(context, name)  # type: ignore[attr-defined]
    inner = command.context_class(command, info_name=name, parent=context, terminal_width=_WIDTH)
    return f"```\n{command.get_help(inner).strip()}\n```"


def _settings() -> str:
    lines = ["Command options win over the environment, that over `zyqa.toml` in the working folder.", ""]
    lines += ["| setting | environment | default | |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        shown = field.default if isinstance(field.default, int | float) else str(field.default or "")
        default = f"`{shown}`" if shown not in ("", "()") else ""
        lines.append(f"| `{name}` | `ZYQA_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def _exports() -> str:
    lines = ["`import zyqa` loads none of these before it is used.", "", "| name | |", "|---|---|"]
    for name in zyqa.__all__:
        first = (getattr(zyqa, name).__doc__ or "").strip().splitlines()[0]
        lines.append(f"| `zyqa.{name}` | {first.replace('``', '`')} |")
    return "\n".join(lines)
