"""Lists of units as official documents write them: ``市农业局、市林业局，各市、县（区）人民政府等``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zyqa.types import Span

_SEPARATOR = re.compile(r"[、，,;；/／\s]+")
_OPEN, _CLOSE = "([（〔［【", ")]）〕］】"
_TAIL = re.compile(
    r"[、，,\s]*(?:等(?:等|多|各)?(?:\d+|[一二三四五六七八九十]+)?个?(?:国务院|中央|市直|省直|县直|区直|市级|省级|区级)?(?:有关|相关)?"
    r"(?:职能|成员|责任|行政|主管)?(?:部门|单位|机构|部委)?(?:[和、及](?:单位|部门|机构))?)$"
)
_LEAD = re.compile(r"^(?:[、，,;；:：\s]|\d{1,2}[.．、]|[①-⑳]|由|(?:以及|及|和|与|或)(?!田|平区|县|政县|静))+")
_IN_BRACKETS = r"[^（()）〔〕\[\]［］]*"
_CONTACT = re.compile(
    rf"[（(〔\[［]{_IN_BRACKETS}(?:电话|联系|\d{{6}}|排名|第一|牵头|下同|简称){_IN_BRACKETS}[）)〕\]］]$"
)
_JOIN = re.compile(r"以及|会同|[和及与暨]")
_AREA = (
    r"(?:省辖市|设区的?市|地级以上市|地级市|县级市|直管县|自治[州县区旗]|直辖市|计划单列市|"
    r"乡镇|镇街|街道|地区|市州|市县|县区|区县|[省市州盟县区旗乡镇])"
)
_ALSO = rf"(?:[（(〔\[]{_AREA}(?:[、，,]?{_AREA})*[）)〕\]])?"  # 县（市、区）
_OPEN_AREA = re.compile(rf"(?:各有关|有关|相关|所有|全[省市]各?|各){_AREA}+{_ALSO}(?:[、，,]{_AREA}+{_ALSO})*")
_CLOSED_AREA = re.compile(rf"{_AREA}+{_ALSO}(?:人民政府|政府|办事处|管委会|党委|人民法院)?")
_LEVEL = re.compile(rf"{_AREA}{_ALSO}(?:[、，,]{_AREA}{_ALSO})*")  # 市（州）、县（市、区）, before 人民政府
_LEVEL_BODY = re.compile(rf"{_AREA}{_ALSO}(?:(?:人民)?政府(?:[㐀-鿿]{{2,10}}部门)?|[㐀-鿿]{{2,10}}部门)?")
_ENDING = (
    r"(?:局|委|厅|部|署|院|会|办|府|行|社|处|科|(?<![A-Z])股|室|队|站|所|校|馆|台|网|团|组|厂|店|联|协|司|庭|中支|"
    r"公司|集团|中心|单位|部门|机构|企业|政府|银行|海关|小组|法院|医院|大学|学院|协会|委员会)"
)
_WHOLE = re.compile(rf"{_ENDING}(?:[（(〔\[][^（）()〔〕\[\]]*[）)〕\]])?$")
_GENERIC = re.compile(r"(?:单位|部门|机构|企业|组织|个人|地区|直属机构)$")
_FRESH = re.compile(r"(?:各|有关|相关|市直|省直|区直|县直|其他|其它|全市|全省|中央|国务院)")
UNIT_LIKE = re.compile(
    rf"^[㐀-鿿A-Za-z0-9·“”\"（）()〔〕\[\]、]{{1,40}}?(?:{_ENDING}|[省市州盟县区旗乡镇村]|街道|地方|社区|地区|园区|部委|院校|高校|"
    r"商会|学会|基金|理事会|事务所|分支|中支|办公厅|党委|党组|工委|纪委|支队|总队|大队|各地)"
    r"(?:[（(〔\[][^（）()〔〕\[\]]{1,20}[）)〕\]])?$"
)
_FUNCTION_WORD = re.compile(
    r"[由将把被须让与]|应(?!急)|对(?![外口台接俄])|使(?!馆)|向(?!阳)|从(?!化)|于(?!都|洪)|其(?!他)|按照|根据|可以|进行|不得|(?<!级)以上|以下|为了|已经"
)
"""Words that no name of a unit holds: with one of them the piece is prose."""


def split(text: str, within: Span) -> list[Span]:
    """The units of the list, without separators, conjunctions and a closing 等.

    Separators inside brackets do not count, and a collective name (``各市、县（区）人民政府``) stays one.
    """
    return list(_merged(text, (span for piece in _pieces(text, within) for span in _conjoined(text, piece))))


def unit_like(name: str) -> bool:
    """Whether the words can be the name of a unit: the right ending, and nothing that makes it a sentence."""
    return bool(UNIT_LIKE.match(name)) and not _FUNCTION_WORD.search(name)


def list_like(names: Sequence[str]) -> bool:
    """Whether the pieces can be a list of units; beside a whole one, others may lack their ending (市财政等部门)."""
    return (
        any(map(unit_like, names))
        and not any(_FUNCTION_WORD.search(name) for name in names)
        and all(unit_like(name) or len(name) <= 8 for name in names)
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    raw = _CONTACT.sub("", text[start:end].rstrip(" \t\r\n\u3000\xa0、，,;；。.：:"))
    tail = _TAIL.search(raw)
    if tail and tail.start() > 0:
        raw = raw[: tail.start()]
    if match := _LEAD.match(raw):
        start += match.end()
        raw = raw[match.end() :]
    return Span(start, start + len(raw)) if raw else None


def _pieces(text: str, within: Span) -> Iterator[Span]:
    whole = _trimmed(text, within.start, within.end)
    if whole is None:
        return
    start = whole.start
    for match in _SEPARATOR.finditer(text, whole.start, whole.end):
        blank = not match.group().strip()  # a separator only behind a whole name; else a line break inside one
        if depth(text, whole.start, match.start()) == 0 and not (blank and not unit_like(text[start : match.start()])):
            if piece := _trimmed(text, start, match.start()):
                yield piece
            start = match.end()
    if piece := _trimmed(text, start, whole.end):
        yield piece


def depth(text: str, start: int, end: int) -> int:
    """How many brackets are open at ``end``, counted from ``start``."""
    return sum((char in _OPEN) - (char in _CLOSE) for char in text[start:end])


def _merged(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    """Join the pieces of a collective name: 各市 + 县（区）人民政府."""
    held: Span | None = None
    for piece in pieces:
        if held and _is_one_name(held.cut(text), piece.cut(text)):
            held = Span(held.start, piece.end)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _is_one_name(held: str, piece: str) -> bool:
    """Whether both are parts of a collective name: 各市 + 县（区）人民政府, 市 + 县财政部门, 各县区党委 + 政府."""
    if held.endswith(("党委", "党工委")) and piece in ("政府", "人民政府", "政府（管委会）", "管委会"):
        return True
    if _LEVEL.fullmatch(held) and _LEVEL_BODY.fullmatch(piece):
        return True
    return bool(_OPEN_AREA.fullmatch(held) and _CLOSED_AREA.fullmatch(piece))


def _conjoined(text: str, piece: Span) -> Iterator[Span]:
    """Cut at 和, 及, 与 where whole names stand on both sides (发展和改革委员会 is one name)."""
    start = piece.start
    for match in _JOIN.finditer(text, piece.start, piece.end):
        left, right = text[start : match.start()], text[match.end() : piece.end]
        if not left or not right or depth(text, start, match.start()):
            continue
        if (_WHOLE.search(left) and unit_like(right) and not _GENERIC.fullmatch(right)) or _FRESH.match(right):
            yield _trimmed(text, start, match.start()) or Span(start, match.start())
            start = match.end()
    yield Span(start, piece.end)
