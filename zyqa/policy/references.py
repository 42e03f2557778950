"""The documents and standards a text cites: 《…》（文号，以下简称《…》）, GB/T 19001-2016, 文号 alone, and short names.

``resolved`` stays None: only the library knows what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyqa.policy.locate import Owners
from zyqa.text import simplified
from zyqa.types import Clause, Reference, Span

_TITLE = re.compile(r"《((?:[^《》]|《(?:[^《》]|《[^《》]*》)*》){2,200})》")
_BRACKET = re.compile(r"\s*[（(〔\[]((?:[^（）()〔〕\[\]]|[（(〔\[【][^（）()〔〕\[\]】]*[）)〕\]】])*)[）)〕\]]")
_YEAR_AND_NUMBER = r"[〔\[【（(﹝［]\s*(?:19|20)\d\d\s*年?\s*[〕\]】）)﹞］]\s*第?\s*\d+\s*(?:-\d+\s*)?号"
_NUMBER = re.compile(
    r"[㐀-鿿]{0,14}(?:令|公告|通告)\s*(?:(?:19|20)\d\d\s*年)?\s*第\s*[\d零〇一二三四五六七八九十百]+\s*号"
    r"|[㐀-鿿]{0,14}(?:19|20)\d\d\s*年\s*第\s*\d+\s*号(?:令|公告|通告)?"
    r"|第\s*[\d零〇一二三四五六七八九十百]+\s*号\s*令"
)
_ORDER = re.compile(r"(?:令|公告|通告)\s*(?:(?:19|20)\d\d\s*年)?\s*第\s*[\d零〇一二三四五六七八九十百]+\s*号\Z")
_BARE_NUMBER = re.compile(_YEAR_AND_NUMBER)
_ISSUER_CODE = re.compile(r"[㐀-鿿]{1,16}\s*$")
_NOT_CODE = re.compile(
    r".*(?:按照?|根据|依据|依照|贯彻|执行|落实|转发|印发|下发|发布|颁布|文件|通知|规定|意见|精神|关于|参照|遵照|符合|"
    r"废止|国务院(?=国)|我[省市县区]|即|原|以|和|及|与|见|在|由|的|是|为)(?!改|办发|函|字)"
)
_STANDARD = re.compile(
    r"(?<![A-Za-z/])(?:GB[/ ]?[TZ]?|GBZ(?:/T)?|GBJ|DB\s?\d{2}(?:\d{2})?(?:/T)?|ISO(?:/(?:IEC|TS|TR))?|IEC|"
    r"(?:HJ|NY|NB|SB|SN|SY|SL|JGJ|JG|JC|JB|JT|JTG|CJJ|CJ|QB|QC|QX|YY|YD|YZ|WS|WB|WH|MT|AQ|TY|LY|LB|LD|HG|DL|DZ|TD|RB|GA|CAS|XF)(?:/[TZ])?|"
    r"TSG|T/[A-Z]{2,8}|Q/[A-Z]{2,8})[\s\u3000\xa0]?[A-Z]{0,3}(?:\d{2,6}|(?<=GB/T)\d|(?<=GB/T.)\d)(?:\.\d{1,3})*(?:\s?[-—–－:：]\s?(?:19|20)?\d{2}(?!\d))?(?:系列)?"
)
_ALIAS = re.compile(
    r"(?:以下|下)?(?:统一)?(?:简称|下称)(?:为)?\s*[:：]?\s*[“\"‘《〈「『]?([^”\"’》〉」』，,；;。]{1,24})[”\"’》〉」』]?"
)
_ARTICLE = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?(?:第[零〇一二三四五六七八九十\d]+款)?(?:第?[（(]?[一二三四五六七八九十\d]+[）)]?项)?"
)
_ACRONYM = re.compile(
    r"(?<![A-Za-z])([A-Z][A-Za-z]{2,7})(法规|指令|标准|认证|规范)?\s*[（(]([㐀-鿿、，,和及与]{4,40})[）)]"
)
_RULE_WORDS = re.compile(r"(?:规范|标准|准则|条例|办法|规定|制度|体系|法规|指令|公约|协定|协议|限制|原则)$")
_NICKNAME = re.compile(
    r"(?<![㐀-鿿])(?:国办|国务院|国|中央|省|市|甘肃|我省|我市)\s*\d{1,3}\s*条|(?:国办|国务院)\s*\d{1,3}\s*条(?!款)"
)
_FORMS = re.compile(r"(?:证|证书|执照|表|单|书|牌|报|日报|晚报|网|证明|声明|手册附页)$")
_CARRIED = re.compile(
    r"\s*(?:》|[）)])?(?:已|业)?(?:经.{0,30}?(?:同意|通过|批准|审定|审议)|.{0,4}现予?(?:以)?(?:印发|发布|公布)|印发给)"
)
_KINDS = re.compile("通知|意见|办法|方案|规定|(?:若干)?措施|指引|指南|计划|规划|纲要|决定|公告|通告|条例|细则|标准")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation before its clause is known."""

    span: Span
    title: str | None = None
    number: str | None = None
    alias: str | None = None


def find_references(text: str, clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """The citations of a text, in order; titles and numbers in simplified characters.

    From where an alias is introduced, 《意见》 has the full title and number.
    """
    if not clauses:
        return ()
    text = simplified(text)
    owners = Owners(clauses)
    covered = bytearray(len(text))
    references: list[Reference] = []
    for finder in (_titles, _standards, _numbers, _short_names):
        for found in finder(text):
            if any(covered[found.span.start : found.span.end]):
                continue
            covered[found.span.start : found.span.end] = b"1" * (found.span.end - found.span.start)
            clause = owners.at(found.span.start)
            if _folded(found.number) != _folded(clause.doc_id):
                references.append(
                    Reference(clause.doc_id, clause.id, found.title, found.number, found.alias, found.span)
                )
    return tuple(sorted(references, key=lambda reference: reference.span))


# ---------------------------------------------------------------- 《…》


def _titles(text: str) -> Iterator[_Found]:
    if "《" not in text:
        return
    aliases: dict[str, _Found | None] = {}  # None: the document that the text itself carries
    full: list[_Found] = []
    end = 0
    for match in _TITLE.finditer(text):
        if match.start() < end:
            continue
        title = _BLANKS.sub("", match[1])
        if title in aliases or (len(title) <= 4 and (_KINDS.fullmatch(title) or _kind_of(title, full))):
            known = aliases[title] if title in aliases else _kind_of(title, full)
            if known:
                yield _Found(_with_article(text, match), known.title, known.number, title)
            continue
        found = _cited(text, match, title)
        end = found.span.end
        carried = bool(_CARRIED.match(text, end))
        if found.alias:
            aliases.setdefault(found.alias, None if carried else found)
        if carried or _FORMS.search(title):
            continue
        if found.alias:
            yield from _quoted_uses(text, found)
        full.append(found)
        yield found


def _cited(text: str, match: re.Match[str], title: str) -> _Found:
    """A title in book brackets with the 文号 and the alias in the brackets behind it."""
    span, number, alias = Span(*match.span()), None, None
    for bracket in _brackets_after(text, match.end()):
        named, called = _number_in(bracket[1]), _ALIAS.search(bracket[1])
        if not named and not called:
            break
        span = Span(match.start(), bracket.end())
        number, alias = number or named, alias or (called[1].strip() if called else None)
    if number is None and (beside := _number_before(text, match.start()) or _number_after(text, span.end)):
        span = Span(min(beside.start, span.start), max(beside.end, span.end))
        number = beside.cut(text).strip()
    if span.end == match.end():
        span = Span(span.start, _with_article(text, match).end)
    return _Found(span, title, number, alias)


def _kind_of(title: str, full: list[_Found]) -> _Found | None:
    """The latest full title that ends with a bare 《通知》, 《意见》 … of which no one said what it stands for."""
    return next((one for one in reversed(full) if one.title and one.title != title and one.title.endswith(title)), None)


def _brackets_after(text: str, place: int) -> Iterator[re.Match[str]]:
    while match := _BRACKET.match(text, place):
        yield match
        place = match.end()


def _with_article(text: str, match: re.Match[str]) -> Span:
    article = _ARTICLE.match(text, match.end())
    return Span(match.start(), article.end() if article else match.end())


def _number_in(words: str) -> str | None:
    """The 文号 or the standard's number in a bracket behind a title."""
    if match := _BARE_NUMBER.search(words):
        return words[_code_start(words, match.start()) : match.end()].strip()
    if match := _NUMBER.search(words) or _STANDARD.search(words):
        return match.group().strip()
    return None


def _number_before(text: str, end: int) -> Span | None:
    """A 文号 that stands directly before the title: 国办发〔2011〕5号《…》."""
    start = max(end - 24, 0)
    for match in _BARE_NUMBER.finditer(text, start, end):
        if match.end() == end:
            return Span(_code_start(text, match.start()), end)
    order = _ORDER.search(text, start, end)
    standard = next((match for match in _STANDARD.finditer(text, start, end) if match.end() >= end - 1), None)
    if order:
        return Span(_code_start(text, order.start()), end)
    return Span(standard.start(), end) if standard else None


def _number_after(text: str, start: int) -> Span | None:
    """A number that follows the title without bracket: 《…》国发〔2010〕5号, 《…》GB/T 19001-2016."""
    if standard := _STANDARD.match(text, start + (text[start : start + 1] == " ")):
        return Span(start, standard.end())
    number = _BARE_NUMBER.search(text, start, start + 28)
    if number and start < number.start() == start + len(text[start : number.start()].strip()):
        return Span(start, number.end()) if _code_start(text, number.start()) == start else None
    return None


def _quoted_uses(text: str, found: _Found) -> Iterator[_Found]:
    """The later places where an alias stands in quotation marks: “通知”."""
    for quoted in (f"“{found.alias}”", f"「{found.alias}」"):
        place = text.find(quoted, found.span.end)
        while place >= 0:
            yield _Found(Span(place, place + len(quoted)), found.title, found.number, found.alias)
            place = text.find(quoted, place + 1)


# ---------------------------------------------------------------- numbers, standards, short names


def _numbers(text: str) -> Iterator[_Found]:
    for match in _BARE_NUMBER.finditer(text):
        start = _code_start(text, match.start())
        alone = not text[start - 1 : start].strip() and not text[match.end() : match.end() + 1].strip()
        if start < match.start() and not alone:  # alone on its line it is the document's own
            yield _Found(Span(start, match.end()), None, text[start : match.end()])


def _code_start(text: str, end: int) -> int:
    """Where the issuer's code (国办发) before a bracketed year begins."""
    code = _ISSUER_CODE.search(text, max(end - 12, 0), end)
    if code is None:
        return end
    prose = _NOT_CODE.match(code.group())
    return code.start() + (prose.end() if prose else 0)


def _standards(text: str) -> Iterator[_Found]:
    for match in _STANDARD.finditer(text):
        yield _Found(Span(*match.span()), None, match.group())


def _short_names(text: str) -> Iterator[_Found]:
    for match in _ACRONYM.finditer(text):
        if match[2] == "法规" or _RULE_WORDS.search(match[3]):
            title = match[1] + match[2] if match[2] == "法规" else match[3]
            yield _Found(Span(*match.span()), title, None, match[1])
    for match in _NICKNAME.finditer(text):
        yield _Found(Span(*match.span()), match.group(), None, match.group())


def _folded(number: str | None) -> str | None:
    return None if number is None else re.sub(r"[\s〔\[【（(﹝［〕\]】）)﹞］第]", "", number)
