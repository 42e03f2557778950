"""Web pages: title and body without the furniture around them. A doorway to lxml, the one to trafilatura."""

from __future__ import annotations

import re
from typing import Any

from zyqa.policy.reading.plain import decode

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_DROPPED = (
    "script", "style", "noscript", "iframe", "form", "button", "select", "nav", "footer", "aside", "header", "svg",
    "object", "template",
)  # fmt: skip
_BODIES = (
    "UCAP-CONTENT", "TRS_UEDITOR", "TRS_Editor", "pages_content", "zoom", "Zoom", "article-content", "article_content",
    "content_body", "news_content", "xxgk_content", "detail-content", "con_text", "view",
)  # fmt: skip
_FURNITURE = re.compile(
    r"bread|crumb|position|location|share|bdshare|menu|sidebar|footer|copyright|related|recommend|pagination|toolbar|qrcode|"
    r"\bnav|print|fontsize",
    re.I,
)
_FURNITURE_LINES = re.compile(
    r"(?:(?:您)?(?:当前|现在)(?:的)?位置\s*[:：].*|首页\s*(?:>|›|»|/).*|【?\s*(?:打印(?:本页)?|关闭(?:窗口)?|字体|大|中|小|分享到?)\s*】?"
    r"|分享(?:到|至)?\s*[:：].*|扫一扫.*|上一篇.*|下一篇.*|浏览次数.*|责任编辑\s*[:：].*)"
)
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_ENOUGH = 120
_CELL_CHARS = 1500  # a longer cell holds the page's body, not a value


def html_text(data: bytes, path: str) -> str:
    """Title and body of a page as lines; tables as rows ``| a | b |``."""
    import lxml.html
    from lxml.etree import ParserError

    page = _decoded(data, path)
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except ParserError:
        return ""
    title = _title(root)
    for element in root.xpath(" | ".join(f"//{name}" for name in _DROPPED) + " | //comment()"):
        element.drop_tree()
    body = _body(root)
    lines = [line for line in _lines(body) if not _FURNITURE_LINES.fullmatch(line)]
    text = "\n".join(lines)
    if len(text) < _ENOUGH and (extracted := _extracted(page)) and len(extracted) > len(text):
        text = extracted
    squeezed = "".join(text.split())
    return text if not title or "".join(title.split()) in squeezed[: 4 * _ENOUGH] else f"{title}\n{text}"


def _decoded(data: bytes, path: str) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("gb18030" if name.startswith("gb") else name).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, path)


def _title(root: Any) -> str:
    for query in (
        "//meta[@name='ArticleTitle']/@content",
        "//h1",
        "//*[contains(concat(' ', @class, ' '), ' title ')][self::div or self::p or self::h2]",
        "//title",
    ):
        for found in root.xpath(query):
            words = " ".join(str(found if isinstance(found, str) else found.text_content()).split())
            if words:
                return re.split(r"\s*[-_|]\s*(?=[^-_|]*(?:网|政府|门户)[^-_|]*$)", words)[0]
    return ""


def _body(root: Any) -> Any:
    """The element that holds the document: one of the names government sites use, else the densest."""
    for name in _BODIES:
        found = root.xpath(f"//*[@id='{name}' or contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
        full = [element for element in found if len("".join(element.text_content().split())) > _ENOUGH]
        if full:
            return max(full, key=lambda element: len(element.text_content()))
    for element in root.xpath("//*[@class or @id]"):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag not in ("html", "body") and _FURNITURE.search(named) and _mostly_links(element):
            element.drop_tree()
    for list_ in root.xpath("//ul | //ol"):
        if _mostly_links(list_):
            list_.drop_tree()
    bodies = root.xpath("//article | //main")
    return max(bodies, key=lambda element: len(element.text_content())) if bodies else root.find("body")


def _mostly_links(element: Any) -> bool:
    words = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return words < 30 or linked * 2 > words


def _lines(element: Any) -> list[str]:
    parts: list[str] = []
    if element is not None:
        _write(element, parts)
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip(" ") for line in "".join(parts).split("\n"))
    return [line for line in lines if line.strip()]


def _write(element: Any, parts: list[str]) -> None:
    """The text of an element: a line for each block, a row for each row of a table."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "table" and (rows := _rows(element)):
        parts.append("\n" + "\n".join(rows) + "\n")
        return
    if tag == "br" or tag in _BLOCKS:
        parts.append("\n")
    if element.text:
        parts.append(re.sub(r"[\r\n\t ]+", " ", element.text))
    for child in element:
        _write(child, parts)
        if child.tail:
            parts.append(re.sub(r"[\r\n\t ]+", " ", child.tail))
    if tag in _BLOCKS:
        parts.append("\n")


def _rows(table: Any) -> list[str]:
    """The rows of a data table; none of a table that only lays out the page."""
    if table.xpath(".//table") or not any(len(row.xpath("./td | ./th")) > 1 for row in table.iter("tr")):
        return []
    if any(len(cell.text_content()) > _CELL_CHARS for cell in table.iter("td", "th")):
        return []
    rows = []
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row.xpath("./td | ./th")]
        if any(cells):
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def _extracted(page: str) -> str:
    """What trafilatura takes for the body, for pages of no known make."""
    import trafilatura

    return trafilatura.extract(page, include_tables=True, favor_recall=True, include_comments=False) or ""
