import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyqa import text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("測試ＡＢ", "测试ab"),
        ("（一）〔2011〕【1】", "(一)[2011][1]"),
        ("後馀", "后余"),
        ("⽂⾦", "文金"),
        ("2—3户", "2-3户"),
        ("二○○四", "二〇〇四"),
        ("标\u200b准\ufeff化", "标准化"),
        ("a\u3000b\u00a0c", "a b c"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert text.fold(written) == folded


@given(st.text(alphabet="標準化Ａ（一\u200b⽂abc", max_size=30))
def test_simplified_keeps_every_place(written: str) -> None:
    plain = text.simplified(written)
    assert len(plain) == len(written)
    assert text.simplified("牽頭單位（Ａ）\u200b⽂") == "牵头单位（Ａ）\u200b文"
    assert text.simplified(plain) == plain


@given(st.text(alphabet="标準化ＡA（一\u200b\ufeff 　。", max_size=30), st.integers(0, 29), st.integers(0, 29))
def test_fold_with_offsets_leads_back(written: str, start: int, end: int) -> None:
    folded = text.fold_with_offsets(written)
    assert folded.text == text.fold(written)
    start, end = sorted((start, end))
    if start < end <= len(folded.text):
        span = folded.span(start, end)
        assert text.fold(span.cut(written)) == folded.text[start:end]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两百", 200),
        ("三万五千", 35000),
        ("一亿", 10**8),
        ("二〇一一", 2011),
        ("二○○四", 2004),
        ("１２", 12),
        ("12", 12),
        ("①", None),
        ("1.5", None),
        ("", None),
        ("甲", None),
    ],
)
def test_number(numeral: str, value: int | None) -> None:
    assert text.number(numeral) == value


@given(st.integers(0, 9999))
def test_numeral_and_number_are_inverse(value: int) -> None:
    assert text.number(text.numeral(value)) == value


def test_numeral_refuses_what_it_cannot_write() -> None:
    with pytest.raises(ValueError, match="10000"):
        text.numeral(10_000)


def test_sentences_end_at_stops_and_line_breaks() -> None:
    written = "一是抓紧。 二是“落实!”三是;\n\n四"
    assert [span.cut(written) for span in text.sentences(written)] == ["一是抓紧。", "二是“落实!”", "三是;", "四"]


@given(st.text(alphabet="甲乙。；!\n ”", max_size=40))
def test_sentences_lose_no_word(written: str) -> None:
    joined = "".join(span.cut(written) for span in text.sentences(written))
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", written)


def test_words_keep_numbers_and_standards_whole() -> None:
    assert text.words("通过GB/T19000-2016认证,达到85%") == ["通过", "gb/t19000-2016", "认证", "达到", "85"]


def test_words_are_those_of_the_simplified_text() -> None:
    assert text.words("服務業標準化") == text.words("服务业标准化")


def test_words_of_both_segmenters_are_equal() -> None:
    pytest.importorskip("rjieba")
    python, rust = text._jieba()[0], text._segmenter()[1]
    for run in (
        "服务业标准化由市发改委牵头",
        "放管服改革和专精特新企业",
        "张掖银监分局",
        "一",
        "促进全市经济社会实现跨越发展",
    ):
        assert python(run) == rust(run)


def test_bigrams_do_not_cross_punctuation() -> None:
    assert text.bigrams("标准化,质量") == ["标准", "准化", "质量"]


def test_digest_ignores_blanks_widths_and_brackets() -> None:
    assert text.digest("（一）标准 化。") == text.digest("(一)标准化")
    assert text.digest("(一)标准化") != text.digest("(二)标准化")


@given(st.text("標准Ａ，\u200b\u3000a\ud800𠀀\0", min_size=1, max_size=8))
def test_a_long_text_folds_like_its_characters(piece: str) -> None:
    assert text.fold(piece * 1001) == text.fold(piece) * 1001
    assert text.simplified(piece * 1001) == text.simplified(piece) * 1001


@given(st.lists(st.text("標Ａ\u200b a", max_size=4)))
def test_texts_fold_together_as_one_by_one(texts: list[str]) -> None:
    assert text.fold_all(texts) == [text.fold(one) for one in texts]


@pytest.mark.parametrize(
    ("word", "tag"), [("质量", "n"), ("一", "m"), ("提高", "v"), ("龟裂", "v"), ("网约车", ""), ("gdp", ""), ("", "")]
)
def test_part_of_speech(word: str, tag: str) -> None:
    assert text.part_of_speech(word)[0] == tag
