"""Every format through the one door, and every way in which a file can fail to be a document."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from zyqa.errors import CorpusError, EmptyDocument, FileTooLarge, UnreadableFile, UnsupportedFormat
from zyqa.policy.reading import read, text_source
from zyqa.types import Source

LIMIT = 1_000_000
TEXT = "某市工作方案\n一、主要任务\n（一）加强领导。各级政府要加强组织领导，落实工作责任。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def sources(path: Path, limit: int = LIMIT) -> list[Source]:
    return list(read(path, max_bytes=limit))


def only(path: Path) -> Source:
    (source,) = sources(path)
    return source


def zipped(*members: tuple[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


# ---------------------------------------------------------------- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gb2312"])
def test_text_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    assert only(write(tmp_path, "a.txt", TEXT.encode(encoding))).text == TEXT


def test_text_in_big5(tmp_path: Path) -> None:
    text = "某市工作方案\n一、主要任務\n（一）加強領導。各級政府要加強組織領導。\n"
    assert only(write(tmp_path, "a.txt", text.encode("big5"))).text == text


def test_traditional_text_in_gb18030(tmp_path: Path) -> None:
    text = "某市工作方案\n一、主要任務\n（一）加強領導。各級政府要加強組織領導。\n"
    assert only(write(tmp_path, "a.txt", text.encode("gb18030"))).text == text


def test_text_cut_off_within_a_character_is_read(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.txt", (TEXT * 20).encode()[:-3])).text == (TEXT * 20)[:-2] + "\ufffd"


def test_line_breaks_are_unified_and_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    first = only(write(tmp_path, "a.txt", TEXT.replace("\n", "\r\n")))
    assert first.text == TEXT
    assert first.digest != only(write(tmp_path, "b.txt", TEXT)).digest


def test_markdown_without_its_marks(tmp_path: Path) -> None:
    source = only(
        write(
            tmp_path,
            "a.md",
            "# 方案\n\n## 一、任务\n**重点**工作见[通知](https://a.cn/b)。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n",
        )
    )
    assert source.text == "方案\n\n一、任务\n重点工作见通知。\n\n| 甲 | 乙 |\n| 1 | 2 |\n"
    assert source.media_type == "text/markdown"


def test_front_matter_of_a_card(tmp_path: Path) -> None:
    source = only(write(tmp_path, "a.md", "---\nkind: digest\ntitle: 某标准\nnumber: GB/T 1\n---\n一、版本\n1.甲\n"))
    assert source.front == (("kind", "digest"), ("title", "某标准"), ("number", "GB/T 1"))
    assert source.text == "一、版本\n1.甲\n"


def test_text_source_is_a_document_given_as_text() -> None:
    source = text_source("一、甲", id="k", title="题")
    assert (source.text, source.id, source.title, len(source.digest)) == ("一、甲", "k", "题", 64)


def test_text_source_mends_lone_surrogates() -> None:
    assert text_source("一\ud800甲").text == "一\ufffd甲"


# ---------------------------------------------------------------- records and archives


@pytest.mark.parametrize("packed", [False, True])
def test_records_keep_their_ids_and_titles(tmp_path: Path, packed: bool) -> None:
    lines = "\n".join(json.dumps(record) for record in ({"id": 7, "text": "甲"}, {"title": "题", "text": "乙\n丙"}))
    path = write(tmp_path, "a.jsonl.gz" if packed else "a.jsonl", gzip.compress(lines.encode()) if packed else lines)
    found = sources(path)
    assert [(source.id, source.title, source.text) for source in found] == [("7", None, "甲"), (None, "题", "乙\n丙")]
    assert found[1].path.endswith(":2")


def test_bad_records_are_named_after_the_good_ones(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"text": "甲"}\nnonsense\n{"body": 1}\n["x"]\n{"text": "乙"}\n')
    found: list[str] = []
    with pytest.raises(UnreadableFile, match="line 2, 3, 4"):
        found.extend(source.text for source in read(path, max_bytes=LIMIT))
    assert found == ["甲", "乙"]


def test_archive_holds_documents_of_any_format(tmp_path: Path) -> None:
    inner = zipped(("深处/二.txt", TEXT))
    data = zipped(("一.txt", TEXT), ("里面.zip", inner), ("__MACOSX/._一.txt", b"\0\1"), (".DS_Store", b"\0"))
    found = sources(write(tmp_path, "a.zip", data))
    assert [source.path.partition("a.zip/")[2] for source in found] == ["一.txt", "里面.zip/深处/二.txt"]


def test_archive_names_what_it_cannot_read_and_reads_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zipped(("甲.doc", OLE), ("乙.txt", TEXT), ("丙.png", b"\x89PNG")))
    found: list[str] = []
    with pytest.raises(UnreadableFile, match=r"甲\.doc.*丙\.png"):
        found.extend(source.text for source in read(path, max_bytes=LIMIT))
    assert found == [TEXT]


def test_member_names_of_chinese_windows(tmp_path: Path) -> None:
    data = zipped(("XXXX.txt", TEXT)).replace(b"XXXX.txt", "方案".encode("gb18030") + b".txt")
    assert only(write(tmp_path, "a.zip", data)).path.endswith("a.zip/方案.txt")


# ---------------------------------------------------------------- web pages

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某市方案 - 某市人民政府网</title>
<style>p {{color: red}}</style><script>var menu = 1;</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="breadcrumb">当前位置：<a>首页</a> &gt; <a>公报</a></div><h1>某市方案</h1>
<div class="share">分享到：<a>微信</a></div><div class="{body}"><p>　　一、主要<b>任务</b></p>
<p>（一）加强领导。各级政府要加强组织领导，<br>落实工作责任。{filler}</p>
<table><tr><th>任务</th><th>单位</th></tr><tr><td>制定
标准</td><td>市质监局</td></tr></table></div>
<div class="related"><ul><li><a href="/x">相关链接</a></li></ul></div><div class="footer">版权所有</div>
</body></html>"""
LINES = [
    "某市方案",
    "一、主要任务",
    "（一）加强领导。各级政府要加强组织领导，",
    "| 任务 | 单位 |",
    "| 制定 标准 | 市质监局 |",
]


@pytest.mark.parametrize("body", ["TRS_Editor", "unknown"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_page_keeps_title_body_and_table_without_furniture(tmp_path: Path, body: str, charset: str) -> None:
    page = PAGE.format(charset=charset, body=body, filler="按期完成各项工作。" * 20).encode(charset)
    lines = [line.strip("\u3000") for line in only(write(tmp_path, "a.html", page)).text.split("\n")]
    assert [line for line in lines if line in LINES] == LINES
    for furniture in ("首页", "分享", "相关链接", "版权", "menu", "red"):
        assert not any(furniture in line for line in lines)


def test_page_named_txt_is_read_as_a_page(tmp_path: Path) -> None:
    source = only(write(tmp_path, "a.txt", "<html><body><p>一、甲</p><p>二、乙</p></body></html>"))
    assert source.text == "一、甲\n二、乙"


# ---------------------------------------------------------------- what is no document

REFUSED: dict[str, tuple[str, bytes, type[CorpusError]]] = {
    "empty": ("a.txt", b"", EmptyDocument),
    "blank": ("a.txt", b" \n\t", EmptyDocument),
    "binary": ("a.txt", bytes(range(256)) * 4, UnreadableFile),
    "Word 97": ("a.doc", OLE, UnsupportedFormat),
    "WPS": ("a.wps", OLE, UnsupportedFormat),
    "page named doc": ("a.doc", b"<html><body>x</body></html>", UnreadableFile),
    "OFD": ("a.ofd", zipped(("OFD.xml", "<a/>")), UnsupportedFormat),
    "spreadsheet": ("a.xlsx", zipped(("[Content_Types].xml", "x")), UnsupportedFormat),
    "encrypted Word": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), UnreadableFile),
    "damaged PDF": ("a.pdf", b"%PDF-1.4\nbroken", UnreadableFile),
    "RAR": ("a.rar", b"Rar!\x1a\x07", UnsupportedFormat),
    "picture": ("a.jpg", b"\xff\xd8\xff\xe0", UnsupportedFormat),
    "unknown suffix": ("a.xyz", b"text", UnsupportedFormat),
    "text named pdf": ("a.pdf", TEXT.encode(), UnreadableFile),
    "pdf named txt": ("a.txt", b"%PDF-1.4 x", UnreadableFile),
    "zip named docx": ("a.docx", zipped(("a.txt", "x")), UnreadableFile),
    "damaged zip": ("a.zip", zipped(("a.txt", TEXT))[:60], UnreadableFile),
    "damaged Word": ("a.docx", zipped(("word/document.xml", "<broken")), UnreadableFile),
    "damaged gzip": ("a.jsonl.gz", b"\x1f\x8bxxxx", UnreadableFile),
    "bomb": ("a.zip", zipped(("a.txt", b"0" * (LIMIT + 1))), FileTooLarge),
    "gzip bomb": ("a.jsonl.gz", gzip.compress(b"0" * (LIMIT + 1)), FileTooLarge),
    "Word bomb": ("a.docx", zipped(("word/document.xml", b"0" * (LIMIT + 1))), FileTooLarge),
    "too large": ("a.txt", b"a" * (LIMIT + 1), FileTooLarge),
    "archives too deep": ("a.zip", zipped(("b.zip", zipped(("c.zip", zipped(("d.txt", TEXT)))))), UnreadableFile),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_has_a_name_and_a_hint(tmp_path: Path, name: str) -> None:
    filename, data, error = REFUSED[name]
    with pytest.raises(error) as caught:
        sources(write(tmp_path, filename, data))
    assert filename in str(caught.value)
    assert caught.value.hint


def test_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", TEXT)))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match=r"a\.txt is encrypted"):
        sources(write(tmp_path, "a.zip", bytes(data)))


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        sources(tmp_path / "none.txt")
