"""Every kind of bad input, through the real command: a clear message with what to do, and nothing lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.apps.command import PLAN, PLAN_ID, QUESTION, ROOT, ZYQA, Run, failed, real
from zyqa.settings import Settings


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


def test_a_missing_library(tmp_path: Path) -> None:
    for arguments in (("ask", QUESTION), ("list",), ("serve", "--port", "0"), ("remove", "x"), ("ledger",)):
        failed(real(tmp_path / "none", *arguments), "none", "zyqa add")
    assert not (tmp_path / "none").exists()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a corpus and no library, as a fresh checkout is."""
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout/corpus").symlink_to(ROOT / "corpus")
    return tmp_path / "checkout"


def test_a_fresh_checkout_builds_its_library_first(checkout: Path) -> None:
    result = real(Path("index"), "ask", QUESTION, "--json", cwd=checkout)
    assert "市发改委" in json.loads(result.stdout)["answer"]
    assert "building" in result.stderr
    assert real(Path("index"), "doctor", "--deep", cwd=checkout).returncode == 0


def test_what_is_killed_while_building_leaves_no_half_a_library(checkout: Path) -> None:
    environment = {**os.environ, "ZYQA_LIBRARY": "index"}
    process = subprocess.Popen([ZYQA, "list"], cwd=checkout, env=environment, stderr=subprocess.DEVNULL)
    while not list(checkout.glob("index/.making-*/parts/*")):
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert not (checkout / "index/library.sqlite").exists()
    documents = json.loads(real(Path("index"), "list", "--json", cwd=checkout).stdout)["documents"]
    assert len(documents) == len(list((ROOT / "corpus").rglob("*.*")))


def test_a_new_library_holds_what_is_added_and_nothing_else(zyqa: Run, tmp_path: Path) -> None:
    assert zyqa("add", PLAN, "--library", tmp_path / "new").returncode == 0
    documents = json.loads(zyqa("list", "--json", "--library", tmp_path / "new").stdout)["documents"]
    assert [document["id"] for document in documents] == [PLAN_ID]


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
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a runner in the background passes on that it is ignored
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
