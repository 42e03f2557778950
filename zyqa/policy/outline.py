"""The clause tree of a document: which numbers are headings, and how they nest.

A number heads a clause when it continues its style's count or starts it again at 1; a gap or a repeat that stands
on a line of its own is taken as a misprint and noted. Everything else is a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from zyqa.policy.markers import Boundary, Candidate, find_candidates, find_tables
from zyqa.text import Folded, fold_with_offsets, numeral
from zyqa.types import Clause, Marker, Note, Span, Style

_ROOT = "0"
_HEADING_CHARS = 60
_SENTENCE_HEADING_CHARS = 40
_AFTER_CHARS = 40  # looked at behind 附件
_LISTING_CHARS = 120
_BODY_CHARS = 200  # of an attachment, at least, to tell its heading from its mention
_CITED = re.compile(r"第.{1,4}[款项]|规定|所[列称指规]|之规定|至第|[、和或及]第|的规定|,|中的|罪|款")
_FIRST = re.compile(r"\s*:\s*1\s?[.、]")


@dataclass(slots=True)
class _Node:
    """An accepted heading. ``parent`` is its place among the nodes; ``path`` the parts of its id; ``scope``: a1/."""

    candidate: Candidate
    parent: int | None
    scope: str
    path: tuple[str, ...]
    label: str


@dataclass(slots=True)
class _Walk:
    """Reads candidates from first to last; ``stack`` holds the places of the open nodes, outermost first."""

    folded: str
    candidates: list[Candidate]
    flat: bool  # blanks stand for line breaks
    tables: list[tuple[int, int]]
    chaptered: bool = False  # 一、 runs on across chapters, and so stands for 条
    nodes: list[_Node] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    last: dict[int, tuple[int, ...]] = field(default_factory=dict)  # by level
    notes: list[tuple[str, str, Candidate]] = field(default_factory=list)
    attachments: int = 0
    listing: tuple[int, int] | None = None  # the last number of a list of attachments, and where it ended
    attaching: list[Candidate] = field(default_factory=list)
    mentions: dict[tuple[int, ...], list[int]] = field(default_factory=dict)  # of attachments by number: where

    def run(self) -> None:
        self.attaching = [candidate for candidate in self.candidates if candidate.style is Style.ATTACHMENT]
        for candidate in self.attaching:
            self.mentions.setdefault(candidate.numbers, []).append(candidate.start)
        for place, candidate in enumerate(self.candidates):
            if candidate.style is Style.ATTACHMENT:
                self._attachment(candidate)
            elif not self._listed(candidate) and self._heads(candidate):
                self._fill(candidate)
                self._open(candidate, place)

    # -------------------------------------------------------------- attachments

    def _attachment(self, candidate: Candidate) -> None:
        """``附件1`` alone on its line (or before a blank) opens an attachment; ``附件:…`` names what follows later."""
        after = self.folded[candidate.end : candidate.end + _AFTER_CHARS].partition("\n")[0]
        alone = not after.strip(" :.、")
        mark = after.lstrip()[:1]
        if candidate.boundary is Boundary.SENTENCE:
            return
        if not alone and mark in ":.、" and not self._begins_body(candidate):
            numbered = mark == "." and candidate.numbers
            if numbered or _FIRST.match(self.folded, candidate.end):
                self.listing = (candidate.numbers[0] if numbered else 0, candidate.end)
            return
        short = self._is_short(candidate)
        if not alone and (short or not (self.flat or candidate.boundary is Boundary.LINE)):
            return
        self.attachments = candidate.numbers[0] if candidate.numbers else self.attachments + 1
        label = f"附件{self.attachments}" if candidate.numbers else "附件"
        self.nodes.append(_Node(candidate, None, f"a{self.attachments}/", (), label))
        self.stack = [len(self.nodes) - 1]
        self.last = {}
        self.listing = None

    def _is_short(self, candidate: Candidate) -> bool:
        return self.folded[candidate.start : candidate.end].strip() == "附"

    def _begins_body(self, candidate: Candidate) -> bool:
        """Whether ``附件1:标题`` heads the attachment itself: it was named before, and a body follows."""
        if self.flat or candidate.boundary is not Boundary.LINE or self._is_short(candidate) or not candidate.numbers:
            return False
        following = bisect_right(self.attaching, candidate.start, key=lambda other: other.start)
        end = self.attaching[following].start if following < len(self.attaching) else len(self.folded)
        same = self.mentions[candidate.numbers]
        named = min(same[0], self.mentions.get((), same)[0]) < candidate.start
        return named and same[-1] == candidate.start and end - candidate.end > _BODY_CHARS

    def _listed(self, candidate: Candidate) -> bool:
        """Whether this number is an entry of a list of attachments: ``附件:1.… 2.…``."""
        if self.listing is None or candidate.style is not Style.ARABIC:
            return False
        number, end = self.listing
        between = self.folded[end : candidate.start]
        if candidate.numbers != (number + 1,) or len(between) > _LISTING_CHARS or "。" in between:
            return False
        self.listing = (number + 1, candidate.end)
        return True

    # -------------------------------------------------------------- headings

    def _heads(self, candidate: Candidate) -> bool:
        if candidate.boundary is Boundary.SENTENCE:
            return candidate.style in _STRONG and self._goes_straight_on(candidate)
        if candidate.style in _CITABLE and _CITED.match(self.folded, candidate.end):
            return False
        expected = self._expected(candidate)
        if candidate.decimal:
            return expected
        table = next((table for table in self.tables if table[0] <= candidate.start < table[1]), None)
        if table:
            goes_on = expected and candidate.level in self.last and candidate.numbers[-1] > 1
            if goes_on and candidate.level <= self._outermost():
                self.tables.remove(table)  # the text goes on: the table has ended before
            return goes_on
        return expected or self.flat or candidate.boundary is Boundary.LINE

    def _outermost(self) -> int:
        return min((node.candidate.level for node in self.nodes if node.candidate.numbers), default=0)

    def _expected(self, candidate: Candidate) -> bool:
        """Whether the number continues its style's count or starts it."""
        last = self.last.get(candidate.level)
        if candidate.decimal and last and len(last) == len(candidate.numbers) and last[:-1] == candidate.numbers[:-1]:
            return last[-1] < candidate.numbers[-1] <= last[-1] + 2
        return candidate.numbers[-1] == 1 or (last is not None and _follows(last, candidate.numbers))

    def _goes_straight_on(self, candidate: Candidate) -> bool:
        """Whether the number is the next of an open count, at a sentence's start: its line break was lost."""
        open_ = any(self.nodes[node].candidate.level == candidate.level for node in self.stack)
        after_stop = self.folded[candidate.start - 1] in "。)]"
        return open_ and after_stop and _follows(self.last[candidate.level], candidate.numbers)

    def _fill(self, candidate: Candidate) -> None:
        """Looks for the numbers missing before ``candidate`` in places too weak to head a clause by themselves."""
        last = self.last.get(candidate.level)
        first = last[0] if last else 0
        if candidate.style not in _FILLS or not 1 < candidate.numbers[0] - first <= 3:
            return
        start = self.nodes[-1].candidate.end if self.nodes else 0
        for number in range(first + 1, candidate.numbers[0]):
            mark = numeral(number) if candidate.style in (Style.HAN, Style.HAN_PAREN) else str(number)
            match = re.compile(_FILLS[candidate.style].format(mark)).search(self.folded, start, candidate.start)
            if match:
                self._open(Candidate(candidate.style, (number,), match.start(), match.end(), Boundary.SENTENCE), -1)
                start = match.end()

    def _open(self, candidate: Candidate, place: int) -> None:
        self._note(candidate)
        self._close(candidate, place)
        parent = self.stack[-1] if self.stack else None
        above = self.nodes[parent] if parent is not None else None
        path, label = self._address(candidate, above)
        self.nodes.append(_Node(candidate, parent, above.scope if above else "", path, label))
        self.stack.append(len(self.nodes) - 1)
        self.last[candidate.level] = candidate.numbers

    def _close(self, candidate: Candidate, place: int) -> None:
        """Takes from the stack what the new heading ends."""
        levels = [self.nodes[node].candidate.level for node in self.stack]
        if candidate.level in levels:
            del self.stack[levels.index(candidate.level) :]
            return
        cut = next((depth for depth, level in enumerate(levels) if level > candidate.level), len(levels))
        nested = candidate.style in _NESTABLE and candidate.numbers == (1,)
        if cut < len(levels) and not (nested and self._goes_on(self.stack[cut], place)):
            del self.stack[cut:]

    def _goes_on(self, node: int, place: int) -> bool:
        """Whether the count of an open node goes on after this candidate: then 一、 stands inside 1., not above it."""
        open_ = self.nodes[node].candidate
        if open_.decimal or place < 0:
            return False
        for later in self.candidates[place + 1 :]:
            if later.style is Style.ATTACHMENT:
                return False
            if later.level == open_.level and later.boundary is not Boundary.SENTENCE:
                return later.numbers > open_.numbers
        return False

    def _note(self, candidate: Candidate) -> None:
        last = self.last.get(candidate.level)
        if self._expected(candidate) or candidate.decimal:
            return
        printed = _printed(candidate)
        if last is None:
            self.notes.append(("numbering-start", f"{printed} has no number 1 before it", candidate))
        elif candidate.numbers == last:
            self.notes.append(("numbering-repeat", f"{printed} occurs twice in a row", candidate))
        else:
            self.notes.append(("numbering-gap", f"{printed} follows number {last[0]}", candidate))

    def _address(self, candidate: Candidate, above: _Node | None) -> tuple[tuple[str, ...], str]:
        """The path of numbers and the label for people, below the node ``above``."""
        printed, style = _printed(candidate), candidate.style
        base = above.path if above else ()
        label = above.label if above else ""
        if style is Style.ARTICLE or (style is Style.HAN and self.chaptered):
            scope = "附件" in label and label.split(" ")[0] + " "
            return ("-".join(map(str, candidate.numbers)),), (scope or "") + printed
        if style in _LETTERS:
            base = tuple(part for part in base if part[0] in "pc")
            return (*base, f"{_LETTERS[style]}{candidate.numbers[0]}"), label + printed
        if candidate.decimal:
            return tuple(map(str, candidate.numbers)), printed
        if above and (above.candidate.style in _LETTERS or above.candidate.style is Style.ATTACHMENT):
            label += " "
        return (*base, str(candidate.numbers[0])), label + printed


_NESTABLE = (Style.HAN, Style.HAN_PAREN, Style.ARABIC, Style.ARABIC_PAREN)
_STRONG = (Style.HAN, Style.HAN_PAREN, Style.ARTICLE)
_CITABLE = (Style.ARTICLE, Style.CHAPTER, Style.SECTION)
_FILLS = {
    Style.HAN: r"(?<=[。;:,)!?\s]){0}、",
    Style.HAN_PAREN: r"(?<![第按照至和见及、(])\({0}\)(?!项)",
    Style.ARABIC: r"(?<=[。;:,)!?\s]){0}[.、]",
}
_LETTERS = {Style.PART: "p", Style.CHAPTER: "c", Style.SECTION: "s"}


def _follows(last: tuple[int, ...], numbers: tuple[int, ...]) -> bool:
    """Whether ``numbers`` is the next in the count after ``last`` (3 after 2, 12-1 after 12, 13 after 12-1)."""
    if len(last) == len(numbers):
        return numbers[-1] == last[-1] + 1 and (len(numbers) == 1 or numbers[:-1] == last[:-1])
    if len(numbers) > len(last):
        return numbers[:-1] == last and numbers[-1] == 1
    return numbers[0] == last[0] + 1


def _printed(candidate: Candidate) -> str:
    """The number as a label writes it: 一、 (四) 3 (1) ① 第十二条之一."""
    value, style = candidate.numbers[0], candidate.style
    if style is Style.HAN:
        return f"{numeral(value)}、"
    if style is Style.HAN_PAREN:
        return f"({numeral(value)})"
    if style is Style.ARABIC_PAREN:
        return f"({value})"
    if style is Style.CIRCLED:
        return chr(0x245F + value)
    if style is Style.ARABIC:
        return ".".join(map(str, candidate.numbers))
    further = "".join(f"之{numeral(number)}" for number in candidate.numbers[1:])
    return f"第{numeral(value)}{'分' if candidate.sub else ''}{style.value}{further}"


def find_clauses(text: str, doc_id: str) -> tuple[tuple[Clause, ...], tuple[Note, ...]]:
    """The clauses of ``text`` in order, their own spans a partition of it, and the oddities of its numbering."""
    if not text:
        return (), ()
    folded = fold_with_offsets(text)
    candidates = find_candidates(folded.text)
    walk = _Walk(folded.text, candidates, _is_flat(folded.text), find_tables(folded.text))
    walk.run()
    if _runs_on(walk.nodes):
        walk = _Walk(folded.text, candidates, walk.flat, find_tables(folded.text), chaptered=True)
        walk.run()
    return _clauses(text, doc_id, folded, walk.nodes), tuple(
        Note(code, message, folded.span(candidate.start, candidate.end)) for code, message, candidate in walk.notes
    )


def _runs_on(nodes: list[_Node]) -> bool:
    """Whether 一、 counts on across chapters without articles: it stands for 条 then."""
    seen: set[int] = set()
    for node in nodes:
        if node.candidate.style is Style.ARTICLE:
            return False
        if node.candidate.style is Style.HAN and node.parent is not None:
            if node.parent not in seen and nodes[node.parent].candidate.style in _LETTERS and seen:
                return node.candidate.numbers[0] > 1
            seen.add(node.parent)
    return False


def _is_flat(folded: str) -> bool:
    """Whether blanks stand for the line breaks of this text."""
    return folded.strip().count("\n") * 400 < len(folded)


def _clauses(text: str, doc_id: str, folded: Folded, nodes: list[_Node]) -> tuple[Clause, ...]:
    starts = [folded.span(node.candidate.start, node.candidate.end).start for node in nodes]
    clauses: list[Clause] = []
    if not starts or text[: starts[0]].strip():
        first = starts[0] if starts else len(text)
        label = "前言" if starts else "全文"
        clauses.append(Clause(_ROOT, doc_id, None, label, "", Span(0, first), Span(0, first), None))
    else:
        starts[0] = 0
    ends = [*starts[1:], len(text)]
    extents = list(ends)
    for place in range(len(nodes) - 1, -1, -1):
        parent = nodes[place].parent
        if parent is not None:
            extents[parent] = max(extents[parent], extents[place])
    ids = _ids(nodes)
    for place, node in enumerate(nodes):
        candidate, parent = node.candidate, node.parent
        mark = folded.span(candidate.start, candidate.end)
        clauses.append(
            Clause(
                ids[place],
                doc_id,
                Marker(candidate.style, node.path[-1] if node.path else node.scope[1:-1], mark.cut(text).strip()),
                node.label,
                _heading(text, mark.end, ends[place], holds=extents[place] > ends[place]),
                Span(starts[place], ends[place]),
                Span(starts[place], extents[place]),
                ids[parent] if parent is not None else None,
            )
        )
    return tuple(clauses)


def _ids(nodes: list[_Node]) -> list[str]:
    seen: Counter[str] = Counter()
    ids = []
    for node in nodes:
        path = node.scope + (".".join(node.path) or _ROOT)
        seen[path] += 1
        ids.append(path if seen[path] == 1 else f"{path}~{seen[path]}")
    return ids


_STOP = re.compile(r"[。；;！!？?]")
# a blank parts heading and text, but not the single characters of 总　　则
_BREAK = re.compile(
    r"\n|(?<=\S\S)[ \u3000\u00a0\u2002\u2003]+(?=\S)|(?<=\s\S)[ \u3000\u00a0\u2002\u2003]+(?=\S\S)"
)  # not 总　则


def _heading(text: str, start: int, end: int, *, holds: bool) -> str:
    """The words of the heading: its line where that holds no sentence, else a short first sentence before more text.

    ``holds``: whether there are clauses under this one, so that a sentence alone (基本原则。) is their heading.
    """
    body = text[start:end].strip()
    line = _BREAK.split(body, maxsplit=1)[0]
    stop = _STOP.search(line)
    if not stop:
        return line if len(line) <= _HEADING_CHARS else ""
    first = line[: stop.start()]
    alone = len(body) <= stop.end() and not holds
    return "" if alone or stop.group() != "。" or len(first) > _SENTENCE_HEADING_CHARS else first
