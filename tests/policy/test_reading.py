"""Every format through the one door, and every way in which a file can fail to be a document."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

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


# ---------------------------------------------------------------- Word


def value(tag: str, content: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), content)
    return element


def numbered(levels: Iterable[tuple[str, str]]) -> Any:
    """A Word document with one list of these levels: (number format, text of the number)."""
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for place, (style, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(place))
        level.extend([value("w:start", "1"), value("w:numFmt", style), value("w:lvlText", text)])
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    number.append(value("w:abstractNumId", "77"))
    root.append(number)
    return document


def item(document: Any, text: str, level: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    number.extend([value("w:ilvl", str(level)), value("w:numId", "77")])
    properties.append(number)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word_document_with_its_printed_numbers(tmp_path: Path) -> None:
    document = numbered([("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    document.add_paragraph("某市方案")
    for text, level in [
        ("任务", 0),
        ("标准", 1),
        ("农业", 2),
        ("工业", 2),
        ("品牌", 1),
        ("农业", 2),
        ("保障", 0),
        ("领导", 1),
    ]:
        item(document, text, level)
    assert only(write(tmp_path, "a.docx", saved(document))).text.split("\n") == [
        "某市方案", "一、任务", "（一）标准", "1.农业", "2.工业", "（二）品牌", "1.农业", "二、保障", "（一）领导",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "text", "printed"),
    [
        ("decimal", "%1.%2", ["1.1", "1.2"]),
        ("decimalEnclosedCircle", "%2", ["①", "②"]),
        ("upperRoman", "%2.", ["I.", "II."]),
        ("lowerLetter", "%2)", ["a)", "b)"]),
        ("decimalFullWidth", "（%2）", ["（１）", "（２）"]),
        ("decimalZero", "%2", ["01", "02"]),
        ("bullet", "•", ["", ""]),
    ],
)
def test_word_number_formats(tmp_path: Path, style: str, text: str, printed: list[str]) -> None:
    document = numbered([("decimal", "%1"), (style, text)])
    for words, level in [("甲", 0), ("乙", 1), ("丙", 1)]:
        item(document, words, level)
    assert only(write(tmp_path, "a.docx", saved(document))).text == f"1甲\n{printed[0]}乙\n{printed[1]}丙"


def test_word_number_that_comes_from_the_style(tmp_path: Path) -> None:
    document = numbered([("chineseCounting", "第%1条 ")])
    style = document.styles.add_style("条", WD_STYLE_TYPE.PARAGRAPH)
    properties = style.element.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    number.append(value("w:numId", "77"))
    properties.append(number)
    for words in ("为了甲。", "本法乙。"):
        document.add_paragraph(words, style="条")
    assert only(write(tmp_path, "a.docx", saved(document))).text == "第一条 为了甲。\n第二条 本法乙。"


def test_word_tables_breaks_and_revisions(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("一、甲")
    revised = (
        f"<w:ins {nsdecls('w')}><w:r><w:t>新</w:t></w:r></w:ins>",
        f"<w:del {nsdecls('w')}><w:r><w:delText>旧</w:delText></w:r></w:del>",
    )
    paragraph._p.extend([parse_xml(xml) for xml in revised])
    table = document.add_table(2, 2)
    for row, cells in enumerate([("任务", "单位"), ("制定\n标准", "市局")]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph("二、乙")
    assert (
        only(write(tmp_path, "a.docx", saved(document))).text
        == "一、甲新\n| 任务 | 单位 |\n| 制定 标准 | 市局 |\n二、乙"
    )


# ---------------------------------------------------------------- PDF


def pdf(*pages: str) -> bytes:
    """A PDF file of pages of drawing commands; its font needs no embedding: Adobe-GB1 and a predefined map."""
    count = len(pages)
    kids = " ".join(f"{place} 0 R" for place in range(10, 10 + 2 * count, 2))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
        "/DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        5: "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    }
    for place, commands in enumerate(pages):
        first = 10 + 2 * place
        resources = "/Resources << /Font << /F 3 0 R >> >> /MediaBox [0 0 595 842]"
        objects[first] = f"<< /Type /Page /Parent 2 0 R {resources} /Contents {first + 1} 0 R >>"
        objects[first + 1] = f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream"
    body, table = "%PDF-1.4\n", {}
    for number, content in objects.items():
        table[number] = len(body)
        body += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{number} 1\n{offset:010} 00000 n \n" for number, offset in table.items())
    return f"{body}xref\n{rows}trailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode("ascii")


def shown(text: str, x: float, y: float) -> str:
    return f"BT /F 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def page(*lines: tuple[str, float], number: int = 1) -> str:
    """Lines (text, indent in characters) between a running head and a page number; 30 characters fill a line."""
    drawn = shown("某市人民政府公报", 90, 800) + shown(f"— {number} —", 280, 40)
    return drawn + "".join(shown(text, 90 + 12 * indent, 760 - 20 * row) for row, (text, indent) in enumerate(lines))


def test_pdf_lines_are_joined_and_running_heads_dropped(tmp_path: Path) -> None:
    long = "（一）加强领导。各级政府要加强组织领导，落实工作责任，完善政策措施，建立长效机制，全面推进工作。"
    first = page(("某市质量工作方案", 10), ("一、主要任务", 2), (long[:28], 2), (long[28:], 0), number=1)
    second = page(("（二）健全制度。制定办法。", 2), ("二、保障措施", 2), number=2)
    assert only(write(tmp_path, "a.pdf", pdf(first, second))).text.split("\n") == [
        "某市质量工作方案", "一、主要任务", long, "（二）健全制度。制定办法。", "二、保障措施",
    ]  # fmt: skip


def test_pdf_ruled_table_becomes_rows(tmp_path: Path) -> None:
    rules = "".join(f"90 {y} m 410 {y} l S\n" for y in (700, 670, 640)) + "".join(
        f"{x} 640 m {x} 700 l S\n" for x in (90, 250, 410)
    )
    cells = (
        shown("任务", 100, 680) + shown("单位", 260, 680) + shown("制定标准", 100, 650) + shown("市质监局", 260, 650)
    )
    body = shown("一、分工如下", 114, 760) + rules + cells + shown("二、其他事项", 114, 600)
    assert only(write(tmp_path, "a.pdf", pdf(body))).text.split("\n") == [
        "一、分工如下", "| 任务 | 单位 |", "| 制定标准 | 市质监局 |", "二、其他事项",
    ]  # fmt: skip


def test_scanned_pdf_is_named(tmp_path: Path) -> None:
    picture = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
    with pytest.raises(UnreadableFile, match="scanned") as caught:
        sources(write(tmp_path, "a.pdf", pdf(picture)))
    assert "OCR" in caught.value.hint


def test_encrypted_pdf_is_named(tmp_path: Path) -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<01> <01>] /Root"
    with pytest.raises(UnreadableFile, match="encrypted"):
        sources(write(tmp_path, "a.pdf", pdf(page(("一、甲", 2))).replace(b"/Root", lock.encode())))


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
