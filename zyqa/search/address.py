"""The exact route: an article named by law and number (《民法典》第12条, 刑法一百三十三条之一), without a search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyqa.search.records import DocumentInfo, number_key
from zyqa.text import HAN_NUMERAL, fold, number
from zyqa.types import Status

_NUMERAL = rf"(?:[0-9]+|{HAN_NUMERAL})"
_ARTICLE = re.compile(rf"第?({_NUMERAL})条(?:之({_NUMERAL}))?")
_YEAR = re.compile(
    r"[(\[](?:[0-9]{4}年?)?(?:[^()\[\]]{0,6}(?:修[正订改]|公布|施行|版|本)|[0-9]{4}年?)[)\]]|[0-9]{4}年?(?:修[正订]|版)"
)
_DRAFT = re.compile(r"[(\[](?:试行|草案|暂行)[)\]]")
_NOISE = re.compile(r"[\s\"'“”‘’《》<>〈〉()\[\],，、:：·]")
_INNER_BLANK = re.compile(r"(?<=[第0-9])\s+|\s+(?=[条0-9])")
_JOINING = re.compile(r"[\s、,和及与或第款项之一二三四五六0-9()]*")
_TAILS = tuple(map(re.compile, ("^$", "[的中里之]$", "(?:规定|所说|里面|当中)的?$")))
_STATE = "中华人民共和国"
_LONGEST = 120  # characters of a title looked for before 第N条
_TITLE = re.compile(r"《([^《》]+)》")
_NUMBER = re.compile(r"[㐀-鿿]{1,10}[\[(](?:19|20)\d\d[\])]第?\d+号")
_TELLING, _FIRST = 8, 4  # characters of a title that is known without 《》; by which titles are looked up


@dataclass(frozen=True, slots=True)
class Named:
    """An article that a question names: the document's id and the clause's."""

    doc_id: str
    clause_id: str


class Titles:
    """The documents of a library by the names that people use for them."""

    def __init__(self, infos: Sequence[DocumentInfo]) -> None:
        self._known: dict[str, DocumentInfo] = {}
        self._ids: dict[str, list[str]] = {}  # of a title or 文号
        self._starts: dict[str, list[str]] = {}  # long titles by how they begin
        for info in infos:
            for name in {*_names(info.title), number_key(info.number)} - {""}:
                self._ids.setdefault(name, []).append(info.id)
                if len(name) >= _TELLING:
                    self._starts.setdefault(name[:_FIRST], []).append(name)
            for name in _names(info.title):
                held = self._known.get(name)
                if held is None or _preference(info, name) > _preference(held, name):
                    self._known[name] = info

    def named(self, question: str) -> list[Named]:
        """The articles that a question names with a title of the library before the number, in its order."""
        text = _INNER_BLANK.sub("", fold(question))
        found: dict[Named, None] = {}
        held: DocumentInfo | None = None
        end = 0
        for match in _ARTICLE.finditer(text):
            before, end = text[end : match.start()], match.end()
            held = self._ending(before) or (held if _JOINING.fullmatch(before) else None)
            if held and (clause := _clause_id(match)):
                found[Named(held.id, clause)] = None
        return list(found)

    def documents(self, question: str) -> list[str]:
        """The ids of the documents that a question names: by 《title》, by a title as it stands, or by 文号."""
        text = fold(question)
        names = [_NOISE.sub("", title) for title in _TITLE.findall(text)]
        names += map(number_key, _NUMBER.findall(re.sub(r"\s", "", text)))
        plain = _NOISE.sub("", text)
        for start in range(len(plain)):
            for name in self._starts.get(plain[start : start + _FIRST], ()):
                if plain.startswith(name, start):
                    names.append(name)
        return list(dict.fromkeys(one for name in names for one in self._ids.get(name, ())))

    def _ending(self, before: str) -> DocumentInfo | None:
        """The document whose name ends this text; the longest name counts, and one that needs nothing taken away."""
        for edition in (before, _YEAR.sub("", before), _DRAFT.sub("", _YEAR.sub("", before))):
            for tail in _TAILS:
                text = tail.sub("", _NOISE.sub("", edition))[-_LONGEST:]
                for start in range(len(text) - 1):
                    if text[start:] in self._known:
                        return self._known[text[start:]]
        return None


def _names(title: str) -> Iterator[str]:
    full = _NOISE.sub("", fold(title))
    dated = _NOISE.sub("", _YEAR.sub("", fold(title)))
    plain = _NOISE.sub("", _DRAFT.sub("", _YEAR.sub("", fold(title))))
    yield from dict.fromkeys((full, dated, plain, plain.removeprefix(_STATE)))


def _preference(info: DocumentInfo, name: str) -> tuple[bool, bool, str]:
    repealed = info.validity.status in (Status.REPEALED, Status.REPLACED, Status.EXPIRED)
    return not repealed, _NOISE.sub("", fold(info.title)) == name, info.issued or ""


def _clause_id(match: re.Match[str]) -> str | None:
    article, insert = (number(part) if part else None for part in match.groups())
    if article is None:
        return None
    return f"{article}-{insert}" if insert else str(article)
