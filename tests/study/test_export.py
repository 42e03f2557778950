"""Whatever a text looks like, it is text in every format."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from zyqa.errors import StoreFull, UnsupportedFormat
from zyqa.study.export import Heading, PageBreak, Paragraph, Report, Table, conversation, inert, save, table_report
from zyqa.types import Answer, Citation, Kind, Span

NASTY = ("=1+1", "+A1", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "<script>", "**粗**|表", "坏\x00字\x0b符", "正常")


@pytest.mark.parametrize("text", NASTY)
def test_no_workbook_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    path = save(table_report("=危险[表]", ("甲", text), [(text, "乙")]), tmp_path / "a.xlsx")
    (sheet,) = load_workbook(path).worksheets
    assert [cell.data_type for cell in sheet[2]] == ["s", "s"]
    assert sheet["A2"].value == text.replace("\x00", "").replace("\x0b", "")
    assert sheet["A2"].quotePrefix


@pytest.mark.parametrize("text", NASTY)
def test_csv_cells_do_not_begin_like_a_formula(tmp_path: Path, text: str) -> None:
    path = save(table_report("表", ("甲",), [(text,)]), tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (_, (cell,)) = list(csv.reader(file))
    assert cell.lstrip()[:1] not in tuple("=+-@")
    assert cell.removeprefix("'") == text


@given(st.text(st.characters(codec="utf-8")))
def test_an_inert_cell_is_no_formula(text: str) -> None:
    assert inert(text).lstrip()[:1] not in tuple("=+-@")
    assert inert(text).removeprefix("'") == text.removeprefix("'") or inert(text) == text


def test_a_word_file_has_chinese_fonts_and_plain_text(tmp_path: Path) -> None:
    blocks = (Heading("标题"), Paragraph("坏\x00字<b>"), PageBreak(), Table("表", ("甲",), (("=1",),)))
    word = Word(str(save(Report("报告", blocks), tmp_path / "a.docx")))
    assert [line.text for line in word.paragraphs][:3] == ["报告", "标题", "坏字<b>"]
    assert word.tables[0].cell(1, 0).text == "=1"
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia") == "Microsoft YaHei"


def test_markdown_marks_are_escaped(tmp_path: Path) -> None:
    report = Report("<报告>", (Paragraph("1. **粗** [链](javascript:x)"), Table("表", ("甲|乙",), (("<b>\n二",),))))
    text = save(report, tmp_path / "a.md").read_text("utf-8")
    assert "**粗**" not in text and "[链](" not in text and "<b>" not in text and "<报告>" not in text
    assert "| 甲\\|乙 |" in text and "| &lt;b&gt; 二 |" in text


def test_a_report_without_a_table_becomes_lines(tmp_path: Path) -> None:
    report = Report("报告", (Heading("一"), Paragraph("二")))
    (sheet,) = load_workbook(save(report, tmp_path / "a.xlsx")).worksheets
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["报告", "一", "二"]


def test_an_unknown_suffix_and_an_unwritable_place_say_what_to_do(tmp_path: Path) -> None:
    report = table_report("表", ("甲",), [])
    with pytest.raises(UnsupportedFormat) as unknown:
        save(report, tmp_path / "a.exe")
    assert ".xlsx" in unknown.value.hint
    with pytest.raises(StoreFull):
        save(report, tmp_path / "missing" / "a.csv")


def test_a_conversation_keeps_its_citations(tmp_path: Path) -> None:
    cited = Citation("甲〔1〕", "1", "方案", "甲〔1〕", "一、", "任务", "引文", Span(0, 2), Kind.DIGEST)
    answer = Answer("问?", "答。", citations=(cited,), notes=("期限已过",))
    text = save(conversation([answer], "记录"), tmp_path / "a.md").read_text("utf-8")
    assert "问?" in text and "答。" in text and "期限已过" in text and "《方案》（甲〔1〕）（摘要）一、：“引文”" in text


def test_a_citation_is_written_in_the_official_form() -> None:
    cited = Citation("甲", "1", "方案", "甲发〔2020〕1号", "一、", "", "引文", Span(0, 2))
    assert cited.official == "《方案》（甲发〔2020〕1号）一、：“引文”"
