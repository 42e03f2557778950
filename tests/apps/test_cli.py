"""The command line as programs use it: contracts, exit codes, batches, and every kind of bad input."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zyqa.apps.cli import main
from zyqa.settings import Settings

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "corpus/张掖市推进质量振兴工作方案.txt"
PLAN_ID = "张政办发〔2011〕187号"
QUESTION = "服务业标准化由谁牵头"
ZYQA = Path(sys.executable).parent / "zyqa"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the shipped library, to be written to or damaged."""
    return Path(shutil.copytree(settings.library, tmp_path / "library"))


@pytest.fixture
def zyqa(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: same entry, same output, without a second of start."""
    monkeypatch.setenv("ZYQA_LIBRARY", str(settings.library))

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["zyqa", *words])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        code = end.value.code
        return subprocess.CompletedProcess(words, code if isinstance(code, int) else 0, out, err)

    return run


def real(library: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """The installed command, in a process of its own."""
    return subprocess.run(
        [str(ZYQA), *map(str, arguments)],
        env={**os.environ, "ZYQA_LIBRARY": str(library)},
        cwd=options.pop("cwd", ROOT),
        capture_output=True,
        text=True,
        encoding="utf-8",
        **options,
    )


def failed(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 1, nothing on standard output, and one line ``message — hint`` that holds the words."""
    assert (result.returncode, result.stdout) == (1, ""), result
    line = result.stderr.splitlines()[-1]
    assert " — " in line, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in line


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


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("question", ["", "  \n\t ", "\x07\x1b", "？"])
def test_an_empty_question(zyqa: Run, question: str) -> None:
    result = zyqa("ask", question)
    if question == "？":
        assert result.returncode == 0
    else:
        failed(result, "question")


def test_a_question_of_100_000_characters(settings: Settings, tmp_path: Path) -> None:
    failed(real(settings.library, "ask", "who " * 25_000), "characters")
    source = tmp_path / "in.jsonl"  # in Chinese, an argument of that length is more than the system takes
    source.write_text(json.dumps({"question": "谁" * 100_000}), "utf-8")
    result = real(settings.library, "ask", "--batch", source)
    assert result.returncode == 1
    assert "line 1: the question has 100000 characters — " in result.stderr


def test_control_characters_in_a_question(settings: Settings) -> None:
    result = real(settings.library, "ask", "服务业\x1b[31m标准化\x07由谁\u202e牵头\udcff", errors="surrogateescape")
    assert result.returncode == 0
    assert "\x1b" not in result.stdout


def test_a_missing_library_outside_a_checkout(tmp_path: Path) -> None:
    failed(real(tmp_path / "none", "ask", QUESTION, cwd=tmp_path), "none")


def test_a_fresh_checkout_builds_its_library_first(tmp_path: Path) -> None:
    result = real(tmp_path / "new", "ask", QUESTION, "--json")
    assert "市发改委" in json.loads(result.stdout)["answer"]
    assert "building" in result.stderr


def test_a_locked_library_still_answers_and_says_who_must_wait(library: Path) -> None:
    writer = sqlite3.connect(library / "library.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    failed(real(library, "remove", PLAN_ID), "another process")
    assert real(library, "ask", QUESTION).returncode == 0
    writer.execute("ROLLBACK")
    writer.close()
    assert real(library, "remove", PLAN_ID).returncode == 0


def test_a_damaged_store_is_named(library: Path) -> None:
    (library / "library.sqlite").write_bytes(b"nonsense" * 1000)
    failed(real(library, "ask", QUESTION), "library.sqlite")
    doctor = real(library, "doctor")
    assert doctor.returncode == 1
    assert "problem: " in doctor.stdout


def test_damaged_indexes_are_built_anew(library: Path) -> None:
    for part in (library / "parts").rglob("*"):
        if part.is_file():
            part.write_bytes(part.read_bytes()[:100])
    result = real(library, "search", "服务业标准化")
    assert result.returncode == 0, result.stderr
    assert real(library, "doctor").returncode == 0


def test_a_library_of_another_version_is_named(library: Path) -> None:
    with sqlite3.connect(library / "library.sqlite") as store:
        store.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    failed(real(library, "ask", QUESTION), "version")


def test_a_full_disk_leaves_the_library_as_it_was(library: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("某市办法\n" + "".join(f"第{n}条　各单位负责第{n}项工作。\n" for n in range(1, 5000)), "utf-8")
    before = real(library, "list", "--json").stdout
    limit = (library / "library.sqlite").stat().st_size + 4096

    def no_space() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = real(library, "add", big, preexec_fn=no_space)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert " — " in result.stderr.splitlines()[-1]
    assert real(library, "list", "--json").stdout == before
    assert real(library, "doctor").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_output_to_a_full_device(settings: Settings, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"question": QUESTION}) + "\n", "utf-8")
    failed(real(settings.library, "ask", "--batch", source, "--out", "/dev/full"), "space")


def test_a_port_in_use(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed(real(settings.library, "serve", "--port", port), str(port), "--port")


def test_a_closed_pipe_is_no_error(settings: Settings) -> None:
    command = f"{ZYQA} list --json | head -c 1"
    result = subprocess.run(
        command, shell=True, capture_output=True, text=True, env={**os.environ, "ZYQA_LIBRARY": str(settings.library)}
    )
    assert (result.stdout, result.stderr) == ("{", "")


def test_ctrl_c_ends_a_batch_without_a_trace(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [ZYQA, "ask", "--batch", "-", "--out", target],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "ZYQA_LIBRARY": str(settings.library)},
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(json.dumps({"id": 1, "question": QUESTION}) + "\n")
    process.stdin.flush()
    while not (target.exists() and target.read_bytes().endswith(b"\n")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, "")
    assert json.loads(target.read_text("utf-8"))["id"] == 1


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("a.xyz", b"x", ".xyz"), ("a.txt", b"", "no text"), ("a.txt", None, "a.txt")],
)
def test_a_file_that_cannot_be_read(zyqa: Run, tmp_path: Path, name: str, content: bytes | None, word: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    failed(zyqa("parse", path), word)
