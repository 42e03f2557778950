"""The façade: open a library, ask it questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Self

from zyqa.answer import citations
from zyqa.answer.answering import answer
from zyqa.answer.desk import Desk
from zyqa.answer.dialogue import readings
from zyqa.answer.draft import Draft, Line, Refusal
from zyqa.answer.near import Excerpts, Near, Proposal
from zyqa.answer.notes import notes
from zyqa.answer.parts import divisions
from zyqa.answer.question import Asked
from zyqa.answer.reading import Reader
from zyqa.answer.reasons import in_english
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topics
from zyqa.answer.wording import Wording
from zyqa.errors import QuestionError
from zyqa.policy.units import Register
from zyqa.search.engine import LocalEngine
from zyqa.search.retriever import Retriever
from zyqa.search.store import Store
from zyqa.settings import Settings
from zyqa.text import fold
from zyqa.types import Answer, Citation, Filters, Hit, Kind, Question, Statement, Verdict

SORRY = {"zh": "文件中没有可以回答这个问题的内容。", "en": "The documents do not answer this question."}
_NEAREST = 3
_SMALL, _FEW = 4000, 24  # clauses, and originals, up to which all documents are at hand


class Assistant:
    """A library and the ways to ask it. Safe to use from several threads."""

    def __init__(self, engine: LocalEngine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings
        self._register = Register.with_files(settings.dictionaries)
        self._wording = Wording.with_files(settings.dictionaries)
        self._retriever = Retriever(engine)
        self._held: tuple[int, Desk, Reader] | None = None
        self._size = -1, False  # generation, whether large
        self._near = Near(engine, self._retriever, self._wording, self._register, self._set)

    @classmethod
    def open(cls, settings: Settings, engine: LocalEngine | None = None) -> Self:
        """Open the library of the settings.

        Raises:
            StoreMissing, StoreDamaged, StoreStale: see the hint. SettingsError: a dictionary that cannot be read.
        """
        return cls(engine or LocalEngine.open(settings.library, settings, repair=True), settings)

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

    def search(self, question: Question | str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The k clauses nearest to a question, best first; a follow-up brings the question before it."""
        asked = question if isinstance(question, Question) else Question(question, filters=filters or Filters())
        return self._retriever.retrieve(self._near.searched(replace(asked, text=self._checked(asked.text))), k)

    def ask(self, question: Question | str, history: Sequence[str] = ()) -> Answer:
        """The answer, every statement checked against its clause; or a refusal that says what is missing.

        Raises:
            QuestionError: the question is empty or too long.
        """
        begun = time.perf_counter()
        asked = question if isinstance(question, Question) else Question(question, tuple(history))
        text = self._checked(asked.text)
        asked = replace(asked, text=text)
        if self._is_large():
            result = self._from_near(asked)
        else:
            desk, reader = self._desk()
            if asked.filters.documents:
                desk = replace(desk, folios=[folio for folio in desk.folios if folio.id in asked.filters.documents])
            history = [turn for turn in asked.history if turn.strip()]
            joined = self._joined(asked, history, desk, reader)
            result = joined or self._answered(asked, readings(reader, text, history, desk), desk)
        return replace(result, elapsed=(time.perf_counter() - begun) * 1000)

    def _from_near(self, question: Question) -> Answer:
        language = self._near.language(question.text)
        for proposal in self._near.proposals(question):
            if isinstance(proposal, Refusal):
                return self._refused(question, language, proposal)
            if checked := self._shown(question.text, proposal):
                return checked
        return self._refused(question, language, None)

    def _joined(self, question: Question, history: list[str], desk: Desk, reader: Reader) -> Answer | None:
        """The answers to several questions in one, where each has one."""
        for parts in divisions(question.text):
            best = []
            for place, part in enumerate(parts):
                outcome = answer(readings(reader, part, [*history, *parts[:place]], desk), desk)
                if isinstance(outcome, Refusal):
                    break
                best.append(outcome[0])
            lines = tuple({line.text: line for one in best for line in one.draft.lines}.values())
            if len(best) == len(parts) and len(lines) >= len(parts):
                notes = tuple(note for one in best for note in one.draft.notes)
                draft = Draft(lines, notes, min(one.draft.confidence for one in best))
                return self._shown(question.text, Proposal(draft, best[0].asked.language, desk.folios))
        return None

    def _answered(self, question: Question, read: list[Asked], desk: Desk) -> Answer:
        outcome = answer(read, desk)
        if isinstance(outcome, Refusal):
            return self._refused(question, read[0].language, outcome)
        for one in outcome:
            if checked := self._shown(question.text, Proposal(one.draft, one.asked.language, desk.folios)):
                return checked
        return self._refused(question, read[0].language, None)

    def _checked(self, text: str) -> str:
        text = "".join(char if char.isprintable() else " " for char in text).strip()
        if not text:
            raise QuestionError("the question is empty", hint="type a question, such as 服务业标准化由谁牵头?")
        if len(text) > self.settings.max_question_chars:
            raise QuestionError(
                f"the question has {len(text)} characters", hint=f"at most {self.settings.max_question_chars} are read"
            )
        return text

    def _is_large(self) -> bool:
        """Whether the library is too large to have all of it at hand for every question."""
        generation = self.store.generation
        if self._size[0] != generation:
            infos = self.store.documents()
            originals = sum(info.kind is Kind.ORIGINAL for info in infos)
            self._size = generation, sum(info.clauses for info in infos) > _SMALL or originals > _FEW
        return self._size[1]

    def _desk(self) -> tuple[Desk, Reader]:
        """The desk for all of a small library, as it is now."""
        generation = self.store.generation
        if self._held is None or self._held[0] != generation:
            folios = [Folio(self.store.document(info.id)) for info in self.store.infos()]
            self._held = (generation, *self._set(folios))
        return self._held[1], self._held[2]

    def _set(self, folios: list[Folio]) -> tuple[Desk, Reader]:
        folios = sorted(folios, key=lambda folio: folio.is_digest)
        units = {duty.unit for folio in folios for duties in folio.duties.values() for duty in duties}
        topics = Topics(folios, self._wording)
        register = self._register.extended(sorted(units))
        return Desk(folios, register, topics), Reader(register, topics)

    # ------------------------------------------------------------ showing

    def _shown(self, text: str, proposal: Proposal) -> Answer | None:
        """The draft with its citations numbered and checked; None where nothing is left of it."""
        draft, source = proposal.draft, proposal.source
        cited: dict[Citation, int] = {}
        statements = []
        for line in draft.lines:
            checked = self._statement(line, cited, source)
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
            notes=(*draft.notes, *notes(draft.lines, proposal.folios, proposal.language, date.today())),
            confidence=draft.confidence,
            follow_ups=draft.follow_ups,
        )

    @staticmethod
    def _statement(line: Line, cited: dict[Citation, int], source: Excerpts) -> Statement:
        found = [quote.citation() for quote in line.quotes]
        verdict = citations.check(line.text, found, source)
        places = tuple(dict.fromkeys(cited.setdefault(citation, len(cited)) for citation in found))
        return Statement(line.text, places, verdict)

    def _refused(self, question: Question, language: str, refusal: Refusal | None) -> Answer:
        near = self._near.searched(question) if language == "en" else question
        nearest = self._retriever.retrieve(near, _NEAREST)
        reason = refusal.reason if refusal else ""
        if language == "en":
            reason = in_english(reason, self._wording.english.glossed(fold(question.text)))
        sorry = SORRY[language]
        return Answer(
            question=question.text,
            text=f"{sorry}{reason}" if language == "zh" else f"{sorry} {reason}".strip(),
            refused=True,
            reason=reason,
            nearest=tuple(nearest),
            confidence=0.9,
        )
