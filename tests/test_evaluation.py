"""Metrics, runner, report and parser scorer; the evaluation sets agree with the plan; the baseline holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa.answer.assistant import Assistant
from zyqa.errors import QuestionError, UnreadableFile
from zyqa.evaluation import Gold, Outcome, Result, baseline_of, compare, load, run, settings_for, table, write_report
from zyqa.evaluation.metrics import bootstrap, faults, score
from zyqa.evaluation.parsing import Annotation, Tally, bench_folder, common_subsequence, judge, load_annotations
from zyqa.evaluation.runner import summarise
from zyqa.ingest import open_library
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.search.engine import LocalEngine
from zyqa.settings import load as load_settings
from zyqa.text import number
from zyqa.types import Answer, Citation, Document, Question, Span

ROOT = Path(__file__).parent.parent
PLAN = (ROOT / "corpus/张掖市推进质量振兴工作方案.txt").read_text("utf-8")
PLAN_ID = "张政办发〔2011〕187号"
QUESTIONS = load(ROOT / "eval/questions.jsonl")
GAZETTE = load(ROOT / "eval/gazette_questions.jsonl")
MARK = re.compile(r"\(牵头单位:([^;)]*)(?:;配合单位:([^)]*))?\)")

# ---------------------------------------------------------------- metrics

ANSWER = Answer(question="?", text="服务业标准化由市发改委牵头。")


def gold(**given: object) -> Gold:
    return Gold(id="1", kind="lead", split="tune", question="?", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "answer", "found"),
    [
        (gold(facts=(("市发改委",),)), ANSWER, ()),
        (gold(facts=(("市發改委",),)), ANSWER, ()),  # compared after folding
        (gold(facts=(("发展和改革", "市发改委"),)), ANSWER, ()),  # any of the alternatives
        (gold(facts=(("市 发改委",),)), ANSWER, ()),  # … without blanks
        (gold(facts=(("市质监局",),)), ANSWER, ("lacks 市质监局",)),
        (gold(wrong=("市发改委",)), ANSWER, ("holds 市发改委",)),
        (gold(refuse=True), ANSWER, ("not refused",)),
        (gold(), Answer("?", "没有依据。", refused=True), ("refused",)),
        (gold(refuse=True), Answer("?", "没有依据。", refused=True), ()),
        (gold(refuse=True, facts=(("教育局",),)), Answer("?", "无", refused=True, reason="未见市教育局"), ()),
        (gold(lang="en"), ANSWER, ("not in English",)),
        (gold(lang="en"), Answer("?", "It is led by 市发改委."), ()),
    ],
)
def test_faults_names_what_is_wrong(wanted: Gold, answer: Answer, found: tuple[str, ...]) -> None:
    assert faults(wanted, answer) == found


def outcome(wanted: Gold, cited: tuple[str, ...] = (), *, refused: bool = False, wrong: bool = False) -> Outcome:
    return Outcome(wanted, "答", refused, cited, tuple(True for _ in cited), 1.0, ("refused",) if wrong else ())


def test_citation_precision_and_recall_take_the_best_gold_set() -> None:
    sets = gold(clauses=(frozenset({"a#1", "a#2"}), frozenset({"a#3"})))
    assert outcome(sets, ("a#3",)).recall == 1
    assert outcome(sets, ("a#1", "a#9")).recall == 0.5
    assert outcome(sets, ("a#1", "a#9")).precision == 0.5
    assert outcome(sets).recall == 0
    assert outcome(sets).precision is None
    assert outcome(gold(refuse=True)).recall is None


def test_an_empty_gold_set_asks_for_no_citation() -> None:
    assert outcome(gold(clauses=(frozenset({"a#1"}), frozenset()))).recall == 1


def test_score_tells_refusals_from_false_refusals() -> None:
    asked = [
        outcome(gold(refuse=True), refused=True),
        outcome(gold(refuse=True), wrong=True),
        outcome(gold(), refused=True, wrong=True),
        outcome(gold()),
        outcome(gold()),
        outcome(gold()),
    ]
    figures = score(asked)
    assert figures.refusal and figures.refusal.value == 0.5
    assert figures.false_refusal and figures.false_refusal.value == 0.25
    assert figures.accuracy and figures.accuracy.value == pytest.approx(4 / 6)
    assert figures.precision is None


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_bootstrap_interval_holds_the_mean_and_is_the_same_every_time(values: list[bool]) -> None:
    figure = bootstrap([float(value) for value in values])
    assert figure and figure == bootstrap([float(value) for value in values])
    assert 0 <= figure.low <= figure.value + 1e-9 and figure.value <= figure.high + 1e-9 <= 1 + 2e-9


# ---------------------------------------------------------------- runner and report


@dataclass(frozen=True)
class OneDocument:
    """A store of one document, an engine and an assistant that always cites its words 1 to 4."""

    text: str = "服务业标准化<b>"

    @property
    def engine(self) -> OneDocument:
        return self

    @property
    def store(self) -> OneDocument:
        return self

    def document(self, doc_id: str) -> Document:
        return parse(text_source(self.text, id=doc_id))

    def ask(self, question: Question) -> Answer:
        if not question.text:
            raise QuestionError("nothing asked", hint="ask something")
        quote = self.text[1:4] if "错" not in question.text else "别的"
        cited = Citation("甲", "1", "甲", None, "一、", "", quote, Span(1, 4))
        return Answer(question.text, f"<script>{self.text}", citations=(cited,))


def evaluation_set(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


ROWS: tuple[dict[str, object], ...] = (
    {"id": "1", "kind": "a", "split": "tune", "question": "对", "facts": [["服务业"]], "clauses": [["甲#1"]]},
    {"id": "2", "kind": "b", "split": "held", "question": "错<i>", "facts": [["没有"]], "clauses": [["甲#2"]]},
)


def test_run_measures_every_question(tmp_path: Path) -> None:
    ticks = count()
    result = run(OneDocument(), evaluation_set(tmp_path, *ROWS), clock=lambda: next(ticks) / 1000)
    assert list(result.groups) == ["all", "tune", "held", "a", "b", "a/tune", "b/held"]
    assert [one.right for one in result.outcomes] == [True, False]
    assert [one.verbatim for one in result.outcomes] == [(True,), (False,)]
    assert result.groups["all"].latency == pytest.approx(1)
    assert [wrong["id"] for wrong in result.to_json()["wrong"]] == ["2"]
    json.dumps(result.to_json())


def test_run_counts_an_error_as_a_wrong_answer(tmp_path: Path) -> None:
    result = run(OneDocument(), evaluation_set(tmp_path, ROWS[0], {"id": "3", "kind": "a", "question": ""}))
    assert result.outcomes[1].faults == ("error: QuestionError",)


def test_report_shows_wrong_answers_escaped(tmp_path: Path) -> None:
    result = run(OneDocument(), evaluation_set(tmp_path, *ROWS))
    write_report(result, tmp_path / "report.html", ["a drop"])
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "&lt;script&gt;" in page and "<script>" not in page
    assert "错&lt;i&gt;" in page and "a drop" in page and "1 wrong of 2" in page
    assert len({len(row) for row in table(result)}) == 1


@pytest.mark.parametrize("content", ["{", '{"id": "1"}', "[]"])
def test_load_names_the_line_that_is_no_question(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n" + content, "utf-8")
    with pytest.raises(UnreadableFile, match="line 2"):
        load(path)


def test_load_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.jsonl"):
        load(tmp_path / "none.jsonl")


def results(right: int, wrong: int) -> Result:
    one = outcome(gold())
    return summarise("set", [one] * right + [outcome(gold(), wrong=True)] * wrong)


def test_compare_passes_noise_and_reports_drops() -> None:
    before = baseline_of([results(95, 5)])
    assert compare(results(95, 5), before) == ()
    assert compare(results(94, 6), before) == ()
    assert compare(results(100, 0), before) == ()
    drops = compare(results(70, 30), before)
    assert any(drop.startswith("set, all: accuracy was 0.950, is 0.700") for drop in drops)
    assert compare(results(70, 30), {"other": {}}) == ()


def test_compare_takes_one_question_of_a_small_group_for_noise() -> None:
    before = baseline_of([results(1, 3)])
    assert compare(results(0, 4), before) == ()
    assert compare(results(0, 4), baseline_of([results(3, 1)])) != ()


def test_baseline_keeps_the_sets_that_were_not_run() -> None:
    assert set(baseline_of([results(1, 0)], {"other": {"all": {"accuracy": 1.0}}})) == {"set", "other"}


# ---------------------------------------------------------------- parser scorer


def test_common_subsequence_counts_ids_in_order() -> None:
    assert common_subsequence(["1", "2", "3"], ["1", "3", "2"]) == 2
    assert common_subsequence([], ["1"]) == 0


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_common_subsequence_is_symmetric_and_bounded(first: list[str], second: list[str]) -> None:
    length = common_subsequence(first, second)
    assert length == common_subsequence(second, first) <= min(len(first), len(second))
    assert common_subsequence(first, first) == len(first)


def test_tally_of_nothing_wanted_and_nothing_found_is_perfect() -> None:
    assert (Tally(0, 0, 0).precision, Tally(0, 0, 0).recall, Tally(0, 0, 0).f1) == (1, 1, 1)
    assert Tally(1, 2, 4).f1 == pytest.approx(1 / 3)


def test_judge_finds_what_is_missed_and_invented() -> None:
    text = "市政府关于某事的意见\n一、甲。(牵头单位:市质监局)\n二、乙。(牵头单位:市工商局)\n"
    wanted = Annotation("x", ("form",), (), None, None, ("1", "3"), (("1", "lead", "市质监局"),))
    judged = judge(wanted, parse(text_source(text)))
    assert (judged.clauses, judged.duties) == (Tally(1, 2, 2), Tally(1, 2, 1))
    assert judged.missed == ("3",)
    assert judged.invented == ("2", "2 lead 市工商局")


def test_annotations_are_complete_and_hold_no_text() -> None:
    annotated = load_annotations(ROOT / "eval/parser")
    assert len(annotated) >= 12
    assert sum("flattened" in one.forms for one in annotated) >= 4
    for one in annotated:
        assert len(set(one.clauses)) == len(one.clauses)
        assert {clause for clause, _, _ in one.duties} <= set(one.clauses)
        assert all(role in ("lead", "support", "responsible") for _, role, _ in one.duties)
        assert all(re.fullmatch(r"[0-9a-f]{64}", title) for title in one.titles)
        assert all(len(unit) <= 25 for _, _, unit in one.duties)


# ---------------------------------------------------------------- the evaluation sets


def plan_marks() -> dict[str, tuple[list[str], list[str]]]:
    """Clause id → (lead units, supporting units), read from the plan's lines without the parser."""
    marks, path = {}, [""]
    for line in PLAN.splitlines():
        if part := re.match("([一二三])、", line):
            path = [str(number(part[1]))]
        elif item := re.match(r"\(([一二三四五六七八九十]+)\)", line):
            path = [path[0], str(number(item[1]))]
        elif item := re.match(r"(\d)\.", line):
            path = [*path[:2], item[1]]
        if mark := MARK.search(line):
            marks[".".join(path)] = re.split("[、,]", mark[1]), re.split("[、,]", mark[2]) if mark[2] else []
    return marks


MARKS = plan_marks()
ANSWERABLE = [one for one in QUESTIONS if not one.refuse]


def test_the_plan_has_34_marks() -> None:
    assert len(MARKS) == 34


def test_question_sets_are_large_and_split_in_halves() -> None:
    assert len(QUESTIONS) >= 400
    assert sum(one.refuse for one in QUESTIONS) >= 80
    assert sum(bool(one.history) for one in QUESTIONS) >= 40
    assert len(GAZETTE) >= 60
    for asked in (QUESTIONS, GAZETTE):
        assert len({one.id for one in asked}) == len({(one.question, one.history) for one in asked}) == len(asked)
        for kind in {one.kind for one in asked}:
            halves = Counter(one.split for one in asked if one.kind == kind)
            assert min(halves["tune"], halves["held"]) >= 0.2 * halves.total()  # whole batches of a writer go to a half
        whole = Counter(one.split for one in asked)
        assert whole["held"] >= 0.33 * whole.total()


def test_nothing_that_is_learned_from_is_kept_back() -> None:
    learned = {(one.question, one.history) for one in load(ROOT / "eval/tuning.jsonl")}
    assert learned
    assert not learned & {(one.question, one.history) for one in QUESTIONS if one.split == "held"}


def test_gold_clauses_exist() -> None:
    plan = parse(text_source(PLAN))
    ids = {f"{PLAN_ID}#{clause.id}" for clause in plan.clauses}
    cited = {address for one in QUESTIONS for clauses in one.clauses for address in clauses}
    assert {address for address in cited if address.startswith(PLAN_ID)} <= ids
    assert all("#" in address for address in cited)


def one_mark(one: Gold) -> tuple[list[str], list[str]] | None:
    """The units of the one mark that answers a question of who leads or supports."""
    sets = {clause for clauses in one.clauses for clause in clauses}
    plain = one.kind in ("lead", "support") and len(sets) == 1 and not re.search("[没不未]", one.question)
    return MARKS.get(sets.pop().rpartition("#")[2]) if plain else None


@pytest.mark.parametrize("one", [one for one in ANSWERABLE if one_mark(one)], ids=lambda one: one.id)
def test_gold_of_who_questions_agrees_with_the_marks(one: Gold) -> None:
    leads, supports = one_mark(one) or ([], [])
    for ways in one.facts:
        if any(re.search("[局委府]$", way) for way in ways):
            assert any(way in unit or unit in way for way in ways for unit in leads + supports)


@pytest.mark.parametrize("one", [one for one in ANSWERABLE if one.lang == "zh"], ids=lambda one: one.id)
def test_gold_facts_are_not_among_the_wrong(one: Gold) -> None:
    for ways in one.facts:
        assert not set(ways) & set(one.wrong)


# ---------------------------------------------------------------- the library of a set


def test_a_set_without_documents_is_asked_of_the_library_in_use(tmp_path: Path) -> None:
    settings = load_settings(library=tmp_path / "library")
    with settings_for(evaluation_set(tmp_path, *ROWS), settings) as used:
        assert used is settings


def test_a_set_with_documents_gets_a_passing_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench/one.txt").write_text("关于甲的意见\n一、乙。(牵头单位:市质监局)\n", "utf-8")
    monkeypatch.setenv("ZYQA_BENCH", str(tmp_path / "bench"))
    path = evaluation_set(tmp_path, {**ROWS[0], "documents": ["one.txt"]})
    settings = load_settings(library=tmp_path / "library", corpus=tmp_path / "corpus")
    with settings_for(path, settings) as used, LocalEngine.open(used.library, used) as engine:
        assert [info.id for info in engine.store.documents()] == ["关于甲的意见"]
    assert not used.library.exists() and not settings.library.exists()
    monkeypatch.setenv("ZYQA_BENCH", str(tmp_path / "nothing"))
    with pytest.raises(UnreadableFile, match="not here"), settings_for(path, settings):
        pass


# ---------------------------------------------------------------- the baseline


@pytest.mark.parametrize("name", ["questions", "gazette_questions"])
def test_the_baseline_holds(name: str, tmp_path: Path) -> None:
    """An answer engine that has become worse beyond noise fails here; ``zyqa eval --report`` shows the answers."""
    path = ROOT / f"eval/{name}.jsonl"
    if any(one.documents for one in load(path)) and bench_folder() is None:
        pytest.skip("the bench documents are not here (ZYQA_BENCH)")
    settings = load_settings(library=tmp_path / "library", corpus=ROOT / "corpus")
    with settings_for(path, settings) as used, Assistant(open_library(used), used) as assistant:
        result = run(assistant, path)
    assert compare(result, json.loads((ROOT / "eval/baseline.json").read_text("utf-8"))) == ()
    verbatim = result.groups["all"].verbatim
    assert verbatim and verbatim.value == 1
