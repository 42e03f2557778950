"""What stands around the clauses: title, 文号, issuers, date of issue, validity."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Status, Validity

_HEAD_CHARS = 1500
_HEAD_PIECES = 24
_TITLE_PIECES = 6
_TITLE_CHARS = 160

_KINDS = (
    "通知|意见|方案|办法|规定|条例|决定|决议|命令|令|公告|通告|通报|批复|复函|函|报告|请示|纪要|规划|计划|纲要|预案|细则|"
    "规则|规程|规范|标准|制度|措施|指引|指南|准则|倡议书|公开信|答复|解释|章程|清单|目录|要点|说明|提示|解读|法|告知书|公示"
)
_SUFFIX = r"(?:\((?:试行|暂行|修订版?|征求意见稿|草案|第.{1,3}[批号]|[一二三四五六七八九十]{1,3}|[0-9]{4}.{0,12})\))*"
_KIND = re.compile(rf"(?:{_KINDS}){_SUFFIX}$")
_ORGAN = re.compile(
    r"(?:政府|办公厅|办公室|委员会|国务院|中央|委|[厅局部署院会行]|总局|法院|检察院|指挥部|领导小组|机制|中心|集团|公司|大学|"
    r"学校|协会|党组|支队|总队|管理处|联社|部门|办)(?:\s*(?:印发|转发|批转))?$"
)
_YEAR = rf"(?P<year>[0-9]{{4}}|[{HAN_NUMERAL[1:-2]}]{{4}})"
_DATE = rf"{_YEAR}\s?年\s?(?P<month>[0-9]{{1,2}}|{HAN_NUMERAL})\s?月\s?(?P<day>[0-9]{{1,2}}|{HAN_NUMERAL})\s?日"
_DIGITAL = r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
_DATED = re.compile(rf"(?:^|(?<=[\s(府厅局委院部室会])){_DATE}(?=\)|\s|$)", re.M)
_PASSED = re.compile(rf"\({_DATE}[^()]{{0,60}}?(?:通过|公布|发布|修订)")
_NUMBER = re.compile(
    r"(?P<organ>[㐀-鿿]{1,20})?\s?[\[(]\s?(?P<year>(?:19|20)[0-9]{2})\s?[\])]\s?(?P<serial>第?\s?[0-9]{1,5})\s?号"
)
_LEADING_NUMBER = re.compile(rf"{_NUMBER.pattern}[-:\s]*(?=[㐀-鿿])")
_TRAILING_NUMBER = re.compile(
    rf"(?:(?<=通知)|(?<=意见)|(?<=公告)|(?<=方案)|(?<=办法)|(?<=决定)|(?<=[\s(]))\(?(?P<number>{_NUMBER.pattern}|"
    r"[㐀-鿿]{2,12}公告[0-9]{4}年第\s?[0-9]{1,4}号|(?<=[公通]告\()[0-9]{4}年第\s?[0-9]{1,4}号)\)?$"
)
_SERIAL = re.compile(r"(?:(?!.*(?:关于|的))[㐀-鿿 ]{2,40})?(?:(?:19|20)[0-9]{2}\s?年\s?)?第\s?[0-9]{1,4}\s?号")
_SERIES = re.compile(r"(?!.*(?:关于|的)).{0,18}(?:令|公告|通告)")
_NUMBER_LABEL = re.compile(r"^(?:发文字号|文\s*号)[: ]*")
_FURNITURE = re.compile(
    r"(?:首页|当前位置|您的位置|您现在的位置|索\s?引\s?号|发布机构|发文机关|主题分类|发文日期|成文日期|发布日期|发布时间|信息来源|来源|"
    r"字体|浏览次数|打印|分享|有效性|时\s?效|公文种类|文\s?号|发文字号|主题词|组配分类|附加码|点击数|作者|责任编辑|扫一扫)|(?:标题|名称):|.*>.*>|.{0,24}(?:政府|办公[厅室]|[会厅局部委院])文件$|"
    r"[^㐀-鿿]+$"
)
_LABELLED_TITLE = re.compile(r"(?:^|\s)(?:名\s*称|标\s*题|题\s*名)\s?[:：]\s?(?P<title>\S{4,})")
_LABELLED_DATE = re.compile(
    rf"(?:成文日期|发文日期|发布日期|发布时间|印发日期)\s?[\]:]\s?(?:{_DATE}|{_DIGITAL.replace('?P<', '?P<digital_')})"
)
_PROMULGATED = re.compile(
    r"(?:现将[^《》。]{0,8}《(?P<new>[^《》]{4,80})》|《(?P<title>[^《》]{4,80})》[^。]{0,80}?(?:现予?|予以|现将|给你们))"
    r"[^。]{0,24}?(?:印发|发布|公布|施行)"
)
_DECREED = re.compile(rf"\(\s?{_DATE}(?P<number>[㐀-鿿]{{2,16}}(?:令|公告)\s?第\s?[0-9]{{1,4}}\s?号)")
_TRAIL = re.compile(r"[^\S\n]*[>＞›»]+[^\S\n]*")  # between the steps of 首页 > 政务公开 > 正文
_SPACED_LABEL = re.compile(r"(?:索\s+引\s+号|[文字]\s+号|标\s+题|名\s+称|时\s+效)\s*(?=[:：])")
_BLANK = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")


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
    head = _pieces(text)
    lines = _title_lines(text, head)
    title = _squeezed("".join(lines)) if lines else None
    number = _number(head)
    issuers = _title_issuers(lines) or _signatures(text, folded) or _issuer_by_number(number, title)
    return Header(title, number, issuers, _issued(folded, issuers), _validity(folded))


def _pieces(text: str) -> list[str]:
    """The lines of the head; where blanks stand for line breaks, what they part."""
    flat = "\n" not in text.strip()
    head = _SPACED_LABEL.sub(lambda match: _squeezed(match.group()), _TRAIL.sub(">", text[:_HEAD_CHARS]))
    return [piece.strip() for piece in (head.split() if flat else head.splitlines()) if piece.strip()][:_HEAD_PIECES]


# ---------------------------------------------------------------- title


def _title_lines(text: str, head: list[str]) -> list[str]:
    """The lines that make up the title, issuers' names included."""
    if match := _LABELLED_TITLE.search(text[:_HEAD_CHARS]):
        return [match["title"]]
    block: list[str] = []
    for piece in head:
        plain = _squeezed(fold(piece))
        if _is_number(plain) and not _complete("".join(map(fold, block))):
            continue
        if _is_number(plain) or _ends_title(plain, block):
            break
        if block or not (_FURNITURE.match(plain) or _DATED.fullmatch(plain)):
            bare = _without_number(piece)
            block.append(bare)
            if len(bare) + 6 < len(piece):
                break
    lines = _chosen(block)
    if lines and not fold(lines[-1]).endswith("令"):
        return lines
    if match := _PROMULGATED.search(text[: 2 * _HEAD_CHARS]):
        return [match["new"] or match["title"]]
    return lines or [piece for piece in head[:1] if len(piece) <= _TITLE_CHARS]


def _squeezed(piece: str) -> str:
    return _BLANK.sub("", piece)


def _without_number(piece: str) -> str:
    """The words of a line that also holds the 文号."""
    plain = fold(piece)
    if len(plain) != len(piece):
        return piece
    if match := _LEADING_NUMBER.match(plain):
        return piece[match.end() :]
    match = _TRAILING_NUMBER.search(plain)
    return piece[: match.start()] if match and match.start() > 8 else piece


def _ends_title(plain: str, block: list[str]) -> bool:
    if plain.endswith((":", "。", ";")):
        return True
    return bool(block) and bool(
        sum(not _ORGAN.search(fold(piece)) for piece in block) >= _TITLE_PIECES
        or len(plain) > 80
        or plain.startswith(("(", "第一条", "第一章", "一、"))
        or _FURNITURE.match(plain)
        or _DATED.fullmatch(plain)
    )


def _chosen(block: list[str]) -> list[str]:
    """The title among the lines before the number or the addressee: the last that is complete.

    A website often prints its own headline, or the title without the issuer, above the document's.
    """
    folded = [_squeezed(fold(piece)) for piece in block]
    ends = [end for end in range(len(block)) if _complete("".join(folded[: end + 1]))]
    if not ends:
        return block[:1]
    start, end = 0, ends[-1]
    for place in range(1, end + 1):
        before = "".join(folded[start:place])
        if before == "".join(folded[place : end + 1]) or (_complete(before) and "关于" in folded[place]):
            start = place
        elif folded[place].startswith(("关于", "印发", "转发", "批转")):
            start = _with_issuers(folded, place)
    if start == 0 and _complete(folded[0]) and "关于" not in "".join(folded[1 : end + 1]):
        end = end if folded[1:2] and folded[1].startswith("的") else 0
    kept = [place for place in range(start, end + 1) if place == start or folded[place] != folded[place - 1]]
    whole = [block[place] for place in kept]
    return whole if len("".join(whole)) <= _TITLE_CHARS else block[:1]


def _complete(folded: str) -> bool:
    return bool(_KIND.search(folded)) and folded.count("《") == folded.count("》")


def _with_issuers(folded: list[str], place: int) -> int:
    """Where the title that goes on with 关于 at ``place`` begins: with the issuers' names on the lines before it."""
    first = place
    while first > 0 and _ORGAN.search(folded[first - 1]) and folded[first - 1] not in folded[first:place]:
        first -= 1
    return first


# ---------------------------------------------------------------- number


def _is_number(plain: str) -> bool:
    plain = plain.strip("() ").removeprefix("文号:")
    return bool(_NUMBER.fullmatch(plain) or _SERIAL.fullmatch(plain))


def _number(head: list[str]) -> str | None:
    for place, piece in enumerate(head):
        plain = _NUMBER_LABEL.sub("", fold(piece).strip("() "))
        if _SERIAL.fullmatch(plain):
            return _squeezed(_serial_organ(head[:place], plain) + plain).removeprefix("中华人民共和国")
        if found := _number_in(plain) or _number_behind(fold(piece)):
            return found
        if len(plain) > _TITLE_CHARS or (plain.endswith(("。", ":")) and not _FURNITURE.match(_squeezed(plain))):
            break
    decree = _DECREED.search(fold("\n".join(head[:4])))
    return _squeezed(decree["number"]) if decree else None


def _number_in(plain: str) -> str | None:
    """The number that the piece is, or begins with."""
    match = _NUMBER.fullmatch(plain) or _LEADING_NUMBER.match(plain)
    return canonical_number(match) if match and match["organ"] else None


def _number_behind(folded: str) -> str | None:
    """The number that follows the title in one piece: ``关于…的通知(人社厅函[2020]22号)``."""
    trailing = _TRAILING_NUMBER.search(folded) if len(folded) < _TITLE_CHARS else None
    if trailing is None:
        return None
    match = _NUMBER.fullmatch(trailing["number"])
    if match is None:
        return trailing["number"]
    return canonical_number(match) if match["organ"] else None


def _serial_organ(before: list[str], plain: str) -> str:
    """What the lines before add to ``第706号`` (国务院令) or to ``税务总局公告2020年第9号`` (财政部)."""
    if plain.startswith("第"):
        last = fold(before[-1]) if before else ""
        return last if _SERIES.fullmatch(last) else ""
    place = len(before)
    while place and _ORGAN.search(fold(before[place - 1])) and len(before[place - 1]) <= 12:
        place -= 1
    return "".join(before[place:])


def canonical_number(match: re.Match[str]) -> str:
    """文号 with brackets and blanks normalised: ``张政办发〔2011〕187号``."""
    return f"{match['organ'] or ''}〔{match['year']}〕{_squeezed(match['serial'])}号"


# ---------------------------------------------------------------- issuers, date, validity


_PASSES_ON = re.compile("印发|转发|批转")
_ACTS = re.compile(r"印发|转发|批转|(?<![应针])对(?![外口应])")


def _title_issuers(lines: list[str]) -> tuple[str, ...]:
    """The names before 关于 in the title, on lines of their own or parted by 、 or a blank."""
    names = "\n".join(lines)
    before, acts, _ = names.partition("关于") if "关于" in names else (*_ACTS.split(names, maxsplit=1), "", "")[:3]
    found = tuple(_squeezed(name) for name in re.split(r"[、\s]", _PASSES_ON.split(before)[0]) if _squeezed(name))
    return found if acts and all(_ORGAN.search(fold(name)) for name in found) else ()


def _signatures(text: str, folded: str) -> tuple[str, ...]:
    """The names above the first date that stands alone."""
    match = _DATED.search(folded)
    if not match or len(folded) != len(text):
        return ()
    names: list[str] = []
    for piece in reversed(_SPACED.sub("", text[max(0, match.start() - 120) : match.start()]).split()):
        if not _ORGAN.search(fold(piece)) or len(piece) > 40 or re.search(r"[。，；：:]", piece):
            break
        names.insert(0, piece)
    return tuple(names)


_SPACED = re.compile(r"(?<=\s[㐀-鿿])[^\S\n]+(?=[㐀-鿿]\s)|(?<=\s[㐀-鿿][^\S\n])[^\S\n]*(?=[㐀-鿿]\s)")


def _issuer_by_number(number: str | None, title: str | None) -> tuple[str, ...]:
    """The government whose sign stands in the number: 张政办发 with a title of 张掖市 is its government's office."""
    sign = re.match(r"(?P<place>[㐀-鿿])(?:政|府)(?P<office>办)?[发字函]", number or "")
    if not sign:
        return ()
    place = re.match(rf"{sign['place']}[㐀-鿿]{{1,4}}?(?P<level>省|市|县|区|州|旗)", title or "")
    if not place:
        return ()
    office = ("办公厅" if place["level"] == "省" else "办公室") if sign["office"] else ""
    return (f"{place.group()}人民政府{office}",)


def _issued(folded: str, issuers: tuple[str, ...]) -> str | None:
    """The date of the issuer's signature, else of another, of the page's label, alone, or below the title."""
    dated = [(match, found) for match in _DATED.finditer(folded) if (found := iso_date(match))]
    signed = [
        (_squeezed(folded[max(0, match.start() - 60) : match.start()]), found)
        for match, found in dated
        if _ORGAN.search(folded[max(0, match.start() - 40) : match.start()].strip())
    ]
    for before, found in signed:
        if before.endswith(tuple(map(fold, issuers))):
            return found
    if signed:
        return signed[0][1]
    if labelled := _LABELLED_DATE.search(folded[:_HEAD_CHARS]):
        return iso_date(labelled)
    if dated:
        bare = [found for match, found in dated if folded[match.start() - 1 : match.start()] != "("]
        return bare[-1] if bare else dated[-1][1]
    passed = _PASSED.search(folded[:_HEAD_CHARS])
    return iso_date(passed) if passed else None


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match with the groups year, month and day; None where it is no date."""
    groups = match.groupdict()
    parts = [groups[name] or groups.get(f"digital_{name}") or "" for name in ("year", "month", "day")]
    year, month, day = (number(part) for part in parts)
    if year is None or month is None or day is None or not (1949 <= year <= 2100 and 1 <= month <= 12):
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else None


_GONE = re.compile(
    r"(?:有效性|时\s*效|效力状态|状态|是否有效)\s*[\]:]\s*(?:全文)?(?:已?(?P<gone>失效|废止)|(?P<valid>有效|现行))|\(已?(?P<mark>失效|废止)\)"
)
_FROM = re.compile(rf"自{_DATE}起(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"(?:有效期(?:限)?|执行期限|执行至|试行期)[^。]{{0,24}}?至?\s?{_DATE}")


def _validity(folded: str) -> Validity:
    status = Status.UNKNOWN
    if match := _GONE.search(folded[:_HEAD_CHARS]):
        gone = match["gone"] or match["mark"]
        status = {"失效": Status.EXPIRED, "废止": Status.REPEALED}[gone] if gone else Status.IN_FORCE
    start = _FROM.search(folded)
    end = _UNTIL.search(folded)
    return Validity(status, iso_date(start) if start else None, iso_date(end) if end else None)
