"""The command line as programs use it: contracts, batches, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.command import PLAN, PLAN_ID, QUESTION, Run, failed, real
from zyqa.apps.cli.main import COMMANDS
from zyqa.settings import Settings

# ---------------------------------------------------------------- contracts


def test_ask_prints_one_object_and_nothing_else(settings: Settings) -> None:
    result = real(settings.library, "ask", QUESTION, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert list(answer) == [
        *("question", "answer", "refused", "confidence", "citations", "nearest", "notes", "elapsed_ms"),
    ]
    assert "市发改委" in answer["answer"]
    citation = answer["citations"][0]
    assert (citation["document"], citation["clause"], citation["label"]) == (PLAN_ID, "1.4.3", "一、(四)3")


def test_a_question_does_not_wait_for_what_it_does_not_need(settings: Settings) -> None:
    heavy = {
        "torch",
        "sentence_transformers",
        "transformers",
        "langchain_core",
        "gradio",
        "fastapi",
        "openpyxl",
        "docx",
    }
    heavy |= {"rich", "zyqa.ingest", "zyqa.policy.parse", "zyqa.evaluation", "zyqa.study.quiz"}
    script = "import sys\nfrom zyqa.apps.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    command = [sys.executable, "-c", script, "ask", QUESTION]
    environment = {**os.environ, "ZYQA_LIBRARY": str(settings.library)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    modules = set(result.stdout.splitlines()[-1].split())
    assert "zyqa.answer.assistant" in modules
    assert not modules & heavy


def test_citations_are_verbatim_at_their_offsets(zyqa: Run) -> None:
    text = json.loads(zyqa("show", PLAN_ID, "--json").stdout)["text"]
    for citation in json.loads(zyqa("ask", QUESTION, "--json").stdout)["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_for_people_shows_the_quote_under_the_answer(zyqa: Run) -> None:
    first, second, third = zyqa("ask", QUESTION).stdout.splitlines()[:3]
    assert "市发改委" in first
    assert second.strip().startswith("《张掖市推进质量振兴工作方案》")
    assert third.strip().startswith("[1] 一、(四)3 加快推进服务业标准化：“")


def test_search_finds_clauses(zyqa: Run) -> None:
    hits = json.loads(zyqa("search", "服务业标准化", "-k", 3, "--json").stdout)["hits"]
    assert len(hits) == 3
    assert list(hits[0]) == ["document", "clause", "label", "score"]
    assert (PLAN_ID, "1.4.3") in {(hit["document"], hit["clause"]) for hit in hits}
    assert len(zyqa("search", "服务业标准化", "-k", 3).stdout.splitlines()) == 3


def test_parse_touches_no_library(zyqa: Run, tmp_path: Path) -> None:
    document = json.loads(zyqa("parse", PLAN, "--json", "--library", tmp_path / "none").stdout)
    assert document["id"] == PLAN_ID
    assert not (tmp_path / "none").exists()
    fields = (
        "id",
        "title",
        "number",
        "issuers",
        "issued",
        "text",
        "clauses",
        "duties",
        "targets",
        "references",
        "notes",
    )
    assert set(fields) <= set(document)
    assert {"id", "marker", "label", "heading", "start", "end", "parent"} <= {*document["clauses"][0]}
    assert "加快推进服务业标准化" in zyqa("parse", PLAN).stdout


def test_documents_come_and_go(zyqa: Run, library: Path, tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("某市公园管理办法\n某政发〔2020〕9号\n一、公园每日早六时开放。\n二、公园由园林局管理。\n", "utf-8")
    place = ("--library", library)
    assert json.loads(zyqa("add", path, "--json", *place).stdout)["added"] == ["某政发〔2020〕9号"]
    assert json.loads(zyqa("add", path, "--json", *place).stdout)["added"] == []
    assert "某政发〔2020〕9号" in zyqa("list", *place).stdout
    assert "公园每日早六时开放" in zyqa("show", "某政发〔2020〕9号#1", *place).stdout
    assert json.loads(zyqa("show", "某政发〔2020〕9号#2", "--json", *place).stdout)["text"].startswith("二、公园")
    assert zyqa("remove", "某政发〔2020〕9号", *place).returncode == 0
    failed(zyqa("show", "某政发〔2020〕9号#1", *place), "某政发〔2020〕9号")


def test_list_names_what_is_held_and_what_is_missing(zyqa: Run) -> None:
    held = json.loads(zyqa("list", "--json").stdout)["documents"]
    assert PLAN_ID in {document["id"] for document in held}
    missing = json.loads(zyqa("list", "--missing", "--json").stdout)["missing"]
    assert missing
    assert all(document["cited"] for document in missing)
    assert len(zyqa("list", "--missing").stdout.splitlines()) == 2 * len(missing)


def test_unknown_addresses_offer_the_nearest(zyqa: Run) -> None:
    failed(zyqa("show", f"{PLAN_ID}#1.4.33"), "1.4.33", "1.4.3")
    failed(zyqa("show", "张政办发〔2011〕178号"), PLAN_ID)


@pytest.mark.parametrize(
    "name", ["张政办发[2011]187号", "张掖市推进质量振兴工作方案", "《张掖市推进质量振兴工作方案》"]
)
def test_documents_are_named_by_number_or_title_in_any_brackets(zyqa: Run, name: str) -> None:
    assert json.loads(zyqa("show", f"{name}#1.4.3", "--json").stdout)["document"] == PLAN_ID
    assert zyqa("ledger", "--document", name).stdout == zyqa("ledger", "--document", PLAN_ID).stdout


def test_digest_cards_are_nobodys_duties_unless_they_are_named(zyqa: Run) -> None:
    def sources(*arguments: str) -> set[str]:
        return {row["document"] for row in json.loads(zyqa("ledger", *arguments, "--json").stdout)["rows"]}

    assert sources("targets") == sources("timeline") == {PLAN_ID}
    assert sources("timeline", "--document", "中国驰名商标") == {"中国驰名商标"}


def test_a_table_without_rows_is_told(zyqa: Run) -> None:
    assert "nothing of the kind" in zyqa("ledger", "--unit", "渔业厅").stderr
    assert zyqa("ledger", "--unit", "市质监局").stderr == ""


def test_search_and_refusals_name_the_documents_of_the_clauses(zyqa: Run) -> None:
    for command in ("search", "ask"):
        assert re.search(r" 《[^》]+》.*  \[[^]]+#[^]]+\]", zyqa(command, "市长的电话是多少").stdout)


def test_every_command_is_told_in_a_whole_sentence(zyqa: Run) -> None:
    listed = zyqa("--help").stdout.partition("Commands:")[2].strip().splitlines()
    assert len(listed) == len(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_the_package_runs_as_a_module(settings: Settings) -> None:
    result = subprocess.run([sys.executable, "-m", "zyqa", "--help"], capture_output=True, encoding="utf-8")
    assert result.stdout.startswith("Usage: zyqa ")


@pytest.mark.parametrize(
    "arguments",
    [
        *(("ledger", view) for view in ("duties", "matrix", "targets", "timeline", "references")),
        ("ledger", "--unit", "发改委", "--role", "lead"),
        ("checklist", "化工企业"),
        ("quiz", "-n", "3", "--seed", "7"),
    ],
    ids=" ".join,
)
def test_study_tools_print_rows_and_tables(zyqa: Run, arguments: tuple[str, ...]) -> None:
    assert json.loads(zyqa(*arguments, "--json").stdout)["rows"]
    assert len(zyqa(*arguments).stdout.splitlines()) > 2


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv", "md"])
def test_study_tools_write_files_by_suffix(zyqa: Run, tmp_path: Path, suffix: str) -> None:
    for number, command in enumerate((["ledger", "-o"], ["export"])):
        path = tmp_path / f"{number}.{suffix}"
        assert zyqa(*command, path).returncode == 0
        assert path.stat().st_size > 1000
    failed(zyqa("ledger", "-o", tmp_path / "a.pdf"), ".pdf")


def test_doctor_finds_a_sound_library_sound(zyqa: Run) -> None:
    found = json.loads(zyqa("doctor", "--json").stdout)
    assert found["problems"] == []
    assert found["library"]["documents"] > 1
    assert "all is well" in zyqa("doctor").stdout


# ---------------------------------------------------------------- batches


def test_a_batch_answers_each_line_and_reports_the_bad_ones(zyqa: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": 1, "question": QUESTION},
        {"id": "two", "question": "那配合单位呢", "history": [QUESTION]},
        {"id": 3, "question": "  "},
        {"id": 4, "question": QUESTION, "history": "x"},
        [1],
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines) + "not JSON\n\n", "utf-8")
    result = zyqa("ask", "--batch", source, "--out", target)
    written = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["id"] for line in written] == [1, "two", 3, 4, None, None]
    assert "市发改委" in written[0]["answer"]
    assert "市质监局" in written[1]["answer"]
    assert [line["line"] for line in written if "error" in line] == [3, 4, 5, 6]
    assert [f"line {number}:" in result.stderr for number in range(1, 7)] == [False, False, True, True, True, True]
    assert result.returncode == 1


def test_a_search_batch_writes_hits(zyqa: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "question": "三包"}) + "\n", "utf-8")
    result = zyqa("search", "--batch", source, "-k", 2)
    assert result.returncode == 0
    assert len(json.loads(result.stdout)["hits"]) == 2


def test_a_search_brings_what_a_follow_up_leaves_out_and_understands_english(zyqa: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "question": "那配合单位呢?", "history": [QUESTION]}) + "\n", "utf-8")
    for arguments in (("--batch", source), ("who leads service standardization", "--json")):
        assert json.loads(zyqa("search", *arguments).stdout)["hits"][0]["clause"] == "1.4.3"


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "问", "--batch", "in.jsonl"),
        ("ask", "问", "--out", "out.jsonl"),
        ("ask", "--batch", str(PLAN), "--out", str(PLAN)),
        ("search", "问", "-k", "0"),
        ("add",),
        ("nothing",),
        ("ask", "问", "--no-such-option"),
        ("ledger", "poems"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(zyqa: Run, arguments: tuple[str, ...]) -> None:
    result = zyqa(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Usage:" in result.stderr
