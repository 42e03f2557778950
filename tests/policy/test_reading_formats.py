"""Word documents and PDF files, written here byte by byte, read as they are printed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.policy.test_reading import only, sources, write
from zyqa.errors import UnreadableFile

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
