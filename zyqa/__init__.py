"""Questions about Chinese government policy documents, answered with a clause citation behind every fact."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zyqa.answer.assistant import Assistant
    from zyqa.errors import ZyqaError
    from zyqa.policy.parse import parse
    from zyqa.policy.reading import read
    from zyqa.settings import Settings
    from zyqa.types import Answer, Citation, Clause, Document, Duty, Filters, Hit, Question, Reference, Target

_HOMES = {"Assistant": "answer.assistant", "ZyqaError": "errors", "Settings": "settings"}
_HOMES |= {"parse": "policy.parse", "read": "policy.reading"}

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Clause",
    "Document",
    "Duty",
    "Filters",
    "Hit",
    "Question",
    "Reference",
    "Settings",
    "Target",
    "ZyqaError",
    "parse",
    "read",
]


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used, so that ``import zyqa`` takes no time (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'zyqa' has no attribute {name!r}")
    return getattr(import_module(f"zyqa.{_HOMES.get(name, 'types')}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__all__", "__doc__"]
