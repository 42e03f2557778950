"""The kind of question, learned: its form, the signs it shows and its characters, weighed.

A softmax over the intents. The weights (``zyqa/data/intents.json``) are made by ``eval/train_answering.py`` from
questions with known answers; the right intents of a question are those whose draft answers it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from zyqa.answer import signs
from zyqa.answer.enterprises import Kinds
from zyqa.answer.question import Asked, Intent

_KEPT = 3  # likeliest intents
_GRAMS = (1, 2, 3)
_GRAM = 0.5
_FLAGS = ("yes_no", "count", "most", "compare", "negated", "others", "both", "soft", "capacity", "who", "follows")
_NAMES = ("units", "address", "titles", "numbers", "dates", "values")
_MANY = 4


def traits(asked: Asked) -> dict[str, float]:
    """What an intent is recognised by: name → value, 0 where it is left out."""
    found = {"constant": 1.0, f"role {asked.role}": 1.0, f"in {asked.language}": 1.0}
    found |= {f"is {name}": 1.0 for name in _FLAGS if getattr(asked, name)}
    found |= {f"names {name}": 1.0 for name in _NAMES if getattr(asked, name)}
    found |= {"names several units": 1.0} if len(asked.units) > 1 else {}
    found |= {"names a kind of enterprise": 1.0} if Kinds.shipped().asker(asked.text) else {}
    found |= {f"topic {min(len(asked.topic.strong), _MANY)}": 1.0}
    found |= {f"sign {name}": 1.0 for name, pattern in signs.ALL.items() if pattern.search(asked.cues)}
    return found | dict.fromkeys(_grams(asked.cues), _GRAM)


def _grams(cues: str) -> Iterator[str]:
    text = f"^{re.sub(r'[0-9]+', '0', cues)}$"
    for length in _GRAMS:
        yield from (f"“{text[place : place + length]}”" for place in range(len(text) - length + 1))


@dataclass(frozen=True, slots=True)
class Intents:
    """``weights``: for each trait one for each of :class:`Intent`, in order."""

    weights: Mapping[str, Sequence[float]]

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """The weights of the package."""
        return cls(json.loads(files("zyqa").joinpath("data/intents.json").read_text("utf-8")))

    def likely(self, asked: Asked) -> tuple[tuple[Intent, float], ...]:
        """The likeliest intents of a question with their log probabilities, best first."""
        worth = [0.0] * len(Intent)
        for trait, value in traits(asked).items():
            for place, weight in enumerate(self.weights.get(trait, ())):
                worth[place] += weight * value
        top = max(worth)
        total = top + math.log(sum(math.exp(one - top) for one in worth))
        ranked = sorted(zip(Intent, worth, strict=True), key=lambda item: -item[1])
        return tuple((intent, one - total) for intent, one in ranked[:_KEPT])
