"""Which document answers, and with which words: policy documents of 2020. Measured here, never trained on.

The rules that choose an answer's words were compared on the questions with even places; those with odd places were only
looked at in the end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rapidfuzz.distance import LCSseq

from eval.bench.baselines import BM25, Dense, chunks, words_and_bigrams
from eval.bench.data import PolicyQuestion, folder, policies, policy_questions
from eval.bench.table import Table
from zyqa import text
from zyqa.answer.assistant import Assistant
from zyqa.answer.passages import answer_documents
from zyqa.ingest import ingest
from zyqa.search.engine import LocalEngine
from zyqa.search.retriever import Retriever
from zyqa.settings import load
from zyqa.types import Answer, Question, Verdict


def rouge_l(answer: str, gold: str) -> float:
    """The F1 of the longest common subsequence of characters, blanks left out."""
    answer, gold = (re.sub(r"\s", "", one) for one in (answer, gold))
    common = LCSseq.similarity(answer, gold)
    return 2.0 * int(common) / (len(answer) + len(gold)) if common else 0.0


def library(work: Path) -> LocalEngine:
    """The library of the policy documents; built if it is not there."""
    settings = load(library=work / "policies")
    engine = LocalEngine.open(settings.library, settings, writable=True, create=True)
    if not engine.store.infos():
        ingest([folder() / "policies.jsonl"], engine, settings)
    return engine


def run(work: Path) -> list[Table]:
    """Documents found, and answers."""
    questions = policy_questions()
    ids = [one["id"] for one in policies()]
    texts = [one["text"] for one in policies()]
    engine = library(work)
    retriever = Retriever(engine)
    ours = [[hit.doc_id for hit in retriever.documents(Question(one.text), 5)] for one in questions]
    rows = [("zyqa", *_documents(ours, questions))]
    pieces, owners = chunks(texts)
    by_chunk = BM25(pieces, text.words)
    found = [[ids[owners[place]] for place in by_chunk.rank(one.text, 60)] for one in questions]
    rows.append(("LangChain's splitter (500 characters), jieba, bm25s", *_documents(found, questions)))
    whole = BM25(texts, words_and_bigrams)
    found = [[ids[place] for place in whole.rank(one.text, 5)] for one in questions]
    rows.append(("whole documents, jieba and bigrams, bm25s", *_documents(found, questions)))
    if engine.encoder:
        dense = Dense(pieces, engine.encoder)
        found = [[ids[owners[place]] for place in dense.rank(one.text, 60)] for one in questions]
        rows.append(("FAISS, the encoder alone, 500 characters", *_documents(found, questions)))
    with Assistant(LocalEngine.open(engine.folder, engine.settings), engine.settings) as assistant:
        answers = [assistant.ask(one.text) for one in questions]
    given = [_answer(engine, [one.document], one.text) for one in questions]
    sentences = [text.sentences(texts[whole.rank(one.text, 1)[0]]) for one in questions]
    plain = [
        max((span.cut(texts[whole.rank(one.text, 1)[0]]) for span in spans), key=lambda piece: _shared(one.text, piece))
        for spans, one in zip(sentences, questions, strict=True)
    ]
    engine.close()
    return [
        Table(f"Policies: {len(ids)} documents, {len(questions)} questions", ("", "hit@1", "R@5"), rows),
        Table("Policies: asked and cited", ("", "share"), _shares(answers, questions)),
        Table(
            "Policies: the answer's words",
            ("", "character ROUGE-L", "median length, as a share of the gold's"),
            [
                ("zyqa, as asked", *_answers(list(map(_text, answers)), questions)),
                ("… even places", *_answers(list(map(_text, answers[0::2])), questions[0::2])),
                ("… odd places", *_answers(list(map(_text, answers[1::2])), questions[1::2])),
                ("zyqa, in the right document", *_answers(given, questions)),
                ("the sentence that shares most, in bm25s's best document", *_answers(plain, questions)),
            ],
        ),
    ]


def _text(answer: Answer) -> str:
    return "" if answer.refused else answer.text


def _shares(answers: Sequence[Answer], questions: Sequence[PolicyQuestion]) -> list[tuple[str, str]]:
    cited = [
        any(citation.doc_id == one.document for citation in answer.citations)
        for answer, one in zip(answers, questions, strict=True)
    ]
    verified = [one.verdict is Verdict.VERIFIED for answer in answers for one in answer.citations]
    return [
        ("answered", f"{np.mean([not answer.refused for answer in answers]):.3f}"),
        ("the right document cited", f"{np.mean(cited):.3f}"),
        ("citations verified", f"{np.mean(verified):.3f}"),
        ("refused by the library of the shipped corpus", f"{_refused(questions):.3f}"),
    ]


def _refused(questions: Sequence[PolicyQuestion]) -> float:
    """The share of the questions that the library of the plan and its cards refuses, as it should."""
    with TemporaryDirectory(prefix="zyqa-bench-") as folder:
        settings = load(library=Path(folder))
        with LocalEngine.open(settings.library, settings, writable=True, create=True) as engine:
            ingest([settings.corpus], engine, settings)
        with Assistant.open(settings) as assistant:
            return float(np.mean([assistant.ask(one.text).refused for one in questions]))


def _answer(engine: LocalEngine, documents: Sequence[str], question: str) -> str:
    passages = answer_documents(question, [engine.store.document(one) for one in documents[:3]])
    return passages[0].span.cut(engine.store.document(passages[0].doc_id).text) if passages else ""


def _shared(question: str, sentence: str) -> float:
    asked, said = set(text.bigrams(question)), set(text.bigrams(sentence))
    return len(asked & said) / (1 + math.sqrt(len(said)))


def _documents(rankings: list[list[str]], questions: list[PolicyQuestion]) -> tuple[str, str]:
    distinct = [list(dict.fromkeys(one)) for one in rankings]
    first = np.mean([one[:1] == [question.document] for one, question in zip(distinct, questions, strict=True)])
    fifth = np.mean([question.document in one[:5] for one, question in zip(distinct, questions, strict=True)])
    return f"{first:.3f}", f"{fifth:.3f}"


def _answers(answers: list[str], questions: list[PolicyQuestion]) -> tuple[str, str]:
    pairs = [(answer, question.answer) for answer, question in zip(answers, questions, strict=True)]
    return (
        f"{np.mean([rouge_l(answer, gold) for answer, gold in pairs]):.3f}",
        f"{np.median([len(answer) / len(gold) for answer, gold in pairs]):.2f}",
    )
