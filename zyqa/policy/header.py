"""What stands around the clauses: title, 文号, issuers, date of issue, validity."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Status, Validity

_HEAD_CHARS = 1500
_TITLE_PIECES = 6
_TITLE_CHARS = 160

KINDS = (
    "通知|意见|方案|办法|规定|条例|决定|决议|命令|令|公告|通告|通报|批复|复函|函|报告|请示|纪要|规划|计划|纲要|预案|细则|"
    "规则|规程|规范|标准|制度|措施|指引|指南|准则|倡议书|公开信|答复|解释|章程|清单|目录|要点|说明|提示|解读|法|告知书|公示"
)
_SUFFIX = r"(?:\((?:试行|暂行|修订|修订版|征求意见稿|草案|第.{1,3}批|[0-9]{4}.{0,12})\))?"
_KIND = re.compile(rf"(?:{KINDS}){_SUFFIX}[)》]?$")
_ORGAN = re.compile(
    r"(?:政府|办公厅|办公室|委员会|国务院|中央|委|[厅局部署院会行]|总局|法院|检察院|指挥部|领导小组|机制|中心|集团|公司|大学|"
    r"学校|协会|党组|分局|支队|总队|管理处|联社)$"
)
_DATE = rf"(?P<year>[0-9]{{4}}|[{HAN_NUMERAL[1:-2]}]{{4}})\s?(?:年|[-/.])\s?(?P<month>[0-9]{{1,2}}|{HAN_NUMERAL})" + (
    rf"\s?(?:月|[-/.])\s?(?P<day>[0-9]{{1,2}}|{HAN_NUMERAL})\s?日?"
)
_DATED = re.compile(rf"(?:^|(?<=[\s(])){_DATE}(?=\)|\s|$)", re.M)
_ANY_DATE = re.compile(_DATE)
_NUMBER = re.compile(
    r"(?P<organ>[㐀-鿿]{1,20})?\s?[\[(]\s?(?P<year>(?:19|20)[0-9]{2})\s?[\])]\s?(?P<serial>第?\s?[0-9]{1,5})\s?号"
)
_SERIAL = re.compile(r"(?:[㐀-鿿 ]{2,40})?(?:(?:19|20)[0-9]{2}\s?年\s?)?第\s?[0-9]{1,4}\s?号")
_FURNITURE = re.compile(
    r"^(?:首页|当前位置|您的位置|您现在的位置|索\s?引\s?号|发布机构|发文机关|主题分类|发文日期|成文日期|发布日期|发布时间|信息来源|来源|"
    r"字体|浏览次数|打印|分享|有效性|时\s?效|公文种类|文\s?号|发文字号|主题词|组配分类|附加码|点击数|作者|责任编辑|扫一扫)|.*>.*>"
)
_LABELLED_TITLE = re.compile(r"(?:^|\s)(?:名\s*称|标\s*题|题\s*名)\s?:\s?(?P<title>\S+)")
_LABELLED_DATE = re.compile(rf"(?:成文日期|发文日期|发布日期|发布时间|印发日期)\s?:\s?{_DATE}")
_PROMULGATED = re.compile(
    r"《(?P<title>[^《》]{4,60}(?:〈[^〉]*〉[^《》]*)?)》.{0,40}?(?:现予?|予以|给你们)[^。]{0,8}?(?:印发|发布|公布)"
)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; ``issued`` is an ISO date. What is not stated is None or empty."""

    title: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: str | None = None
    validity: Validity = field(default_factory=Validity)


def find_header(text: str) -> Header:
    """Reads the header from the text's first lines and its signature."""
    folded = fold(text)
    flat = "\n" not in text.strip()
    head = _pieces(text[:_HEAD_CHARS], flat)
    title = _title(text, head)
    return Header(title, _number(head), _issuers(title, text, folded), _issued(folded), _validity(folded))


def _pieces(text: str, flat: bool) -> list[str]:
    """The lines of the head; where blanks stand for line breaks, what they part."""
    return [piece.strip() for piece in (text.split() if flat else text.splitlines()) if piece.strip()]


# ---------------------------------------------------------------- title


def _title(text: str, head: list[str]) -> str | None:
    folded = [fold(piece) for piece in head]
    if match := _LABELLED_TITLE.search(text[:_HEAD_CHARS]):
        return match["title"]
    block: list[str] = []
    for piece, plain in zip(head, folded, strict=True):
        if not block and (_FURNITURE.match(plain) or _is_number(plain) or _DATED.fullmatch(plain)):
            if _is_number(plain):
                break
            continue
        if _ends_title(plain, block):
            break
        block.append(piece)
    title = _joined(block)
    if title:
        return title
    if match := _PROMULGATED.search(text[: 2 * _HEAD_CHARS]):
        return _BLANK.sub("", match["title"])
    return head[0] if head and len(head[0]) <= _TITLE_CHARS else None


def _ends_title(plain: str, block: list[str]) -> bool:
    return bool(
        len(block) >= _TITLE_PIECES
        or _is_number(plain)
        or plain.endswith((":", "。", ";"))
        or _FURNITURE.match(plain)
        or _DATED.fullmatch(plain)
        or plain.startswith(("(", "第一条", "第一章", "一、"))
        or len(plain) > 80
    )


def _joined(block: list[str]) -> str | None:
    """The pieces up to the one that completes the title with its kind; else the first piece."""
    for end in range(1, len(block) + 1):
        following = fold(block[end]) if end < len(block) else ""
        whole = "".join(block[:end])
        if _KIND.search(fold(block[end - 1])) and not following.startswith("的") and len(whole) <= _TITLE_CHARS:
            return _BLANK.sub("", _once(block[:end]))
    return _BLANK.sub("", block[0]) if block else None


def _once(block: list[str]) -> str:
    """A website prints the title above the document's own: keep the last that is complete."""
    for start in range(len(block) - 1, 0, -1):
        whole = "".join(block[start:])
        if "".join(block[:start]).endswith(whole) or (fold(block[start]).startswith("关于") and "关于" in block[0]):
            return whole
    return "".join(block)


# ---------------------------------------------------------------- number


def _is_number(plain: str) -> bool:
    plain = plain.strip("() ").removeprefix("文号:")
    return bool(_NUMBER.fullmatch(plain) or _SERIAL.fullmatch(plain))


def _number(head: list[str]) -> str | None:
    for piece in head:
        plain = fold(piece).strip("() ")
        for label in ("发文字号", "文号"):
            plain = plain.removeprefix(label).lstrip(": ")
        if match := _NUMBER.fullmatch(plain):
            return canonical_number(match)
        if _SERIAL.fullmatch(plain):
            return _BLANK.sub("", plain)
    return None


def canonical_number(match: re.Match[str]) -> str:
    """文号 with brackets and blanks normalised: ``张政办发〔2011〕187号``."""
    serial = _BLANK.sub("", match["serial"])
    return f"{match['organ'] or ''}〔{match['year']}〕{serial}号"


# ---------------------------------------------------------------- issuers, date, validity


def _issuers(title: str | None, text: str, folded: str) -> tuple[str, ...]:
    named = re.split(r"关于|印发|转发|批转|对", title or "", maxsplit=1)
    if len(named) == 2 and _ORGAN.search(named[0]):
        return tuple(name for name in re.split(r"[、\s]", named[0]) if name)
    if match := _DATED.search(folded):
        before = text[max(0, match.start() - 120) : match.start()].split()
        names: list[str] = []
        for piece in reversed(before):
            if not _ORGAN.search(piece) or len(piece) > 40 or re.search(r"[。，；：:]", piece):
                break
            names.insert(0, piece)
        return tuple(names)
    return ()


def _issued(folded: str) -> str | None:
    for match in _DATED.finditer(folded):
        if found := iso_date(match):
            return found
    labelled = _LABELLED_DATE.search(folded[:_HEAD_CHARS])
    return iso_date(labelled) if labelled else None


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match with the groups year, month and day; None where it is no date."""
    year, month, day = (number(match[part]) for part in ("year", "month", "day"))
    if year is None or month is None or day is None or not (1949 <= year <= 2100 and 1 <= month <= 12):
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else None


_GONE = re.compile(r"(?:有效性|时\s*效|效力状态|状态)\s*:\s*(?:已?(?P<gone>失效|废止)|(?P<valid>有效|现行))")
_FROM = re.compile(rf"自{_DATE}起(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"(?:有效期(?:限)?|执行期限|期限|试行期)[^。]{{0,20}}?至\s?{_DATE}")


def _validity(folded: str) -> Validity:
    status = Status.UNKNOWN
    if match := _GONE.search(folded[:_HEAD_CHARS]):
        status = Status.IN_FORCE if match["valid"] else {"失效": Status.EXPIRED, "废止": Status.REPEALED}[match["gone"]]
    start = _FROM.search(folded)
    end = _UNTIL.search(folded)
    return Validity(status, iso_date(start) if start else None, iso_date(end) if end else None)
