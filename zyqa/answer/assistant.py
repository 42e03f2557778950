"""The façade: open a library, ask it questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from zyqa.answer import citations
from zyqa.answer.answering import answer
from zyqa.answer.desk import Desk
from zyqa.answer.dialogue import readings
from zyqa.answer.draft import Draft, Line, Refusal
from zyqa.answer.question import Asked, Reader
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topics
from zyqa.answer.wording import Wording
from zyqa.errors import QuestionError
from zyqa.policy.units import Register
from zyqa.search.engine import Engine, LocalEngine
from zyqa.search.store import Store
from zyqa.settings import Settings
from zyqa.types import Answer, Citation, Filters, Hit, Question, Statement, Verdict

SORRY = {"zh": "文件中没有可以回答这个问题的内容。", "en": "The documents do not answer this question."}
_NEAREST = 3


class Assistant:
    """A library and the ways to ask it. Safe to use from several threads."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        self._register = Register.with_files(settings.dictionaries)
        self._wording = Wording.with_files(settings.dictionaries)
        self._held: tuple[int, Desk, Reader] | None = None

    @classmethod
    def open(cls, settings: Settings, engine: Engine | None = None) -> Self:
        """Open the library of the settings.

        Raises:
            StoreMissing, StoreDamaged, StoreStale: see the hint. SettingsError: a dictionary that cannot be read.
        """
        return cls(engine or LocalEngine.open(Path(settings.library), settings), settings)

    @property
    def store(self) -> Store:
        return self.engine.store

    def close(self) -> None:
        self.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ asking

    def search(self, text: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The k clauses nearest to a text, best first."""
        return self.engine.search(self._checked(text), k, filters)

    def ask(self, question: Question | str, history: Sequence[str] = ()) -> Answer:
        """The answer, every statement checked against its clause; or a refusal that says what is missing.

        Raises:
            QuestionError: the question is empty or too long.
        """
        begun = time.perf_counter()
        asked = question if isinstance(question, Question) else Question(question, tuple(history))
        text = self._checked(asked.text)
        desk, reader = self._desk()
        if asked.filters.documents:
            desk = replace(desk, folios=[folio for folio in desk.folios if folio.id in asked.filters.documents])
        read = readings(reader, text, [turn for turn in asked.history if turn.strip()])
        result = self._answered(text, read, desk)
        return replace(result, elapsed=(time.perf_counter() - begun) * 1000)

    def _answered(self, text: str, read: list[Asked], desk: Desk) -> Answer:
        refusal: Refusal | None = None
        for one in read:
            outcome = answer(one, desk)
            if isinstance(outcome, Draft):
                if checked := self._shown(text, one, outcome):
                    return checked
            else:
                refusal = refusal or outcome
        return self._refused(text, read[0], refusal)

    def _checked(self, text: str) -> str:
        text = "".join(char if char.isprintable() else " " for char in text).strip()
        if not text:
            raise QuestionError("the question is empty", hint="type a question, such as 服务业标准化由谁牵头?")
        if len(text) > self.settings.max_question_chars:
            raise QuestionError(
                f"the question has {len(text)} characters", hint=f"at most {self.settings.max_question_chars} are read"
            )
        return text

    def _desk(self) -> tuple[Desk, Reader]:
        """The desk for the library as it is now; made anew when the library has changed."""
        generation = self.store.generation
        if self._held is None or self._held[0] != generation:
            folios = [Folio(self.store.document(info.id)) for info in self.store.documents()]
            folios.sort(key=lambda folio: folio.is_digest)
            units = {duty.unit for folio in folios for duties in folio.duties.values() for duty in duties}
            topics = Topics(folios, self._wording)
            register = self._register.extended(sorted(units))
            self._held = generation, Desk(folios, register, topics), Reader(register, topics)
        return self._held[1], self._held[2]

    # ------------------------------------------------------------ showing

    def _shown(self, text: str, asked: Asked, draft: Draft) -> Answer | None:
        """The draft with its citations numbered and checked; None where nothing is left of it."""
        cited: dict[Citation, int] = {}
        statements = []
        for line in draft.lines:
            checked = self._statement(line, cited)
            if checked.verdict is Verdict.VERIFIED:
                statements.append(checked)
        if not any(not line.lead for line in draft.lines) or not statements:
            return None
        used = sorted({place for statement in statements for place in statement.citations})
        renumbered = {place: new for new, place in enumerate(used)}
        every = list(cited)
        return Answer(
            question=text,
            text="\n".join(statement.text for statement in statements),
            statements=tuple(
                replace(statement, citations=tuple(renumbered[place] for place in statement.citations))
                for statement in statements
            ),
            citations=tuple(replace(every[place], verdict=Verdict.VERIFIED) for place in used),
            notes=draft.notes,
            confidence=draft.confidence,
            follow_ups=draft.follow_ups,
        )

    def _statement(self, line: Line, cited: dict[Citation, int]) -> Statement:
        found = [quote.citation() for quote in line.quotes]
        verdict = citations.check(line.text, found, self.store)
        places = tuple(dict.fromkeys(cited.setdefault(citation, len(cited)) for citation in found))
        return Statement(line.text, places, verdict)

    def _refused(self, text: str, asked: Asked, refusal: Refusal | None) -> Answer:
        nearest = self.engine.search(text, _NEAREST)
        reason = refusal.reason if refusal else ""
        sorry = SORRY[asked.language]
        return Answer(
            question=text,
            text=f"{sorry}{reason}" if asked.language == "zh" else f"{sorry} ({reason})",
            refused=True,
            reason=reason,
            nearest=tuple(nearest),
            confidence=0.9,
        )
