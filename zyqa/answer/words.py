"""The content words of a question: cut, compounds parted, slips of the pen put right by the documents' words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from zyqa.answer.wording import Wording
from zyqa.patterns import compiled
from zyqa.text import part_of_speech, segments

_PAUSE = compiled(r"[、,;:。?!]")
_COINED = 3  # characters of a coined word
_SUFFIXES = frozenset("性化型式率度")  # of the word before: 推荐性, 标准
_RATE, _SELDOM = "率", 100  # a word seldom used before 率 is likelier a slip of the pen (正电率) than a rate
_NAMED = frozenset("人者权物金罪")  # what makes a person, a right or a thing of the word before it (保证人, 租赁物)
_RANKS = "甲乙丙丁一二三四五六七八九十上下左右前后东西南北男女"  # one in the place of another is no slip
_FRAMES = "的和与及或由在对从被把有是不未无也都各等中"  # another wording, not a slip
_WINDOW = 5  # characters
_PARTICLES = frozenset("的了着过在是和与或及由把被呢吗吧啊呀嘛")  # between or behind words, never a slip in one
_CHANCE = 5  # how often jieba's corpus has a word that is none
_CHANCE_TAGS = frozenset("vnma")
_SHORT_FORM = "j"
EMPTY_TAGS, LIGHT_TAGS = frozenset("cdefhkmopqrtuwxy"), frozenset("vadzlis")
"""Tags of words that say nothing, and of verbs and the like."""


class Words:
    """Finds the content words of questions. ``held``: the folded texts of the documents, a line between two."""

    def __init__(self, held: str, wording: Wording) -> None:
        self._held = held
        self._wording = wording

    def known(self, word: str) -> bool:
        """Whether any document has a word."""
        return word in self._held

    def written_out(self, text: str) -> str:
        """A text in which a short form that no document has stands as the two words that one has (集采: 集中采购)."""
        words = list(segments(text))
        pairs = ["".join(two) for two in pairwise(words) if len(two[0]) == len(two[1]) == 1]
        for short in (*pairs, *(word for word in words if part_of_speech(word)[0] == _SHORT_FORM)):
            if len(short) == 2 and self._strange(short) and (whole := self._whole(short)):
                text = text.replace(short, whole)
        return text

    def _whole(self, short: str) -> str:
        """The only two words of the documents that begin with the characters of a short form; or nothing."""
        if any(char in _RANKS + _FRAMES or not "㐀" <= char <= "鿿" or self._wording.is_filler(char) for char in short):
            return ""
        found = set(re.findall(f"{short[0]}.{short[1]}.", self._held))
        wholes = [whole for whole in found if whole.isalpha() and [whole[:2], whole[2:]] == list(segments(whole))]
        return wholes[0] if len(wholes) == 1 else ""

    def righted(self, text: str) -> str:
        """A text in which a character that is of no word is put right, where the documents have another in its place.

        Four of five characters in a row, and not the first nor the last of them, are enough evidence (污水处里率).
        """
        for place in self._left_over(text):
            for start in range(max(0, place - _WINDOW + 2), min(place, len(text) - _WINDOW + 1)):
                window = text[start : start + _WINDOW]
                if window in self._held or not all("㐀" <= char <= "鿿" for char in window):
                    continue
                found = set(_wildcard(self._held, window[: place - start], window[place - start + 1 :]))
                if len(found) == 1:
                    text = text[:start] + found.pop() + text[start + _WINDOW :]
                    break
        return text

    @staticmethod
    def _left_over(text: str) -> Iterator[int]:
        """The places of characters that stand alone or in a chance word, and may be slips of the pen."""
        place = 0
        for word in segments(text):
            place = text.find(word, place)
            if len(word) == 1 or not part_of_speech(word)[0]:
                yield from (place + n for n, char in enumerate(word) if char not in _RANKS + _FRAMES)
            place += len(word)

    def of(self, text: str) -> list[str]:
        """The content words of a folded text, in order."""
        mended = []
        for piece in _PAUSE.split(text):  # a slip of the pen does not reach over a pause
            words = [part for word in segments(piece) for part in self._split(word)]
            mended += [part for word in self._mended(words) for part in self._parted(word)]
        words = self._coined(self._named(self._compounds(mended), text), text)
        return [word for word in words if not self._wording.is_filler(word)]

    def _compounds(self, words: list[str]) -> list[str]:
        """A character and the word after it as the one word that the documents have (水, 环境 → 水环境)."""
        joined: list[str] = []
        for word in words:
            before = joined[-1] if joined else ""
            head, char = before[:-1], before[-1:]
            apart = not head or (self._strange(before) and len(head) == 1 and self._wording.is_filler(head))
            whole = char + word
            if apart and len(word) > 1 and char and not self._wording.is_filler(char) and self._is_compound(whole):
                joined[-1:] = [*filter(None, [head]), whole]
            else:
                joined.append(word)
        return joined

    def _is_compound(self, word: str) -> bool:
        tag = part_of_speech(word[1:])[0]
        return (
            word[0] not in _SUFFIXES
            and (tag == "vn" or tag[:1] == "n")
            and self.known(word)
            and not self._wording.is_filler(word[1:])
        )

    def _split(self, word: str) -> Iterable[str]:
        """A word that hardly anybody uses is a chance meeting of characters (整份, 摊到), and no name."""
        if len(word) > 2 or not self._strange(word):
            return (word,)
        tag, count = part_of_speech(word)
        return word if count <= _CHANCE and tag[:1] in _CHANCE_TAGS else (word,)

    def _named(self, words: list[str], text: str) -> list[str]:
        """A person, a right or a thing that no document has, named by what it does (保证人), as one word."""
        joined: list[str] = []
        for word in words:
            before = joined[-1] if joined else ""
            acts = part_of_speech(before)[0].startswith("v") and not self._wording.is_filler(before)
            if word in _NAMED and acts and before + word in text and self._strange(before + word):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _coined(self, words: list[str], text: str) -> list[str]:
        """Single characters in a row that no document has so are a word too new for the dictionary (网约车)."""
        joined: list[str] = []
        for single, run in groupby(words, key=lambda word: len(word) == 1 and not self._wording.is_filler(word)):
            row = list(run)
            whole = "".join(row)
            new = single and len(row) >= _COINED and whole in text and not self.known(whole)
            joined += [whole] if new else row
        return joined

    def _parted(self, word: str) -> list[str]:
        """A compound that no document holds, as two parts that one does (污水处理 → 污水, 处理; 创名牌 → 创, 名牌).

        A rate (增长率) is a thing of its own.
        """
        if len(word) > 2 and not word.endswith(_RATE) and self._strange(word):
            for place in (*range(2, len(word) - 1), 1, len(word) - 1):
                left, right = word[:place], word[place:]
                if self._part(left) and self._part(right):
                    return [left, right]
        return [word]

    def _part(self, word: str) -> bool:
        return len(word) == 1 or self.known(word) or self._wording.is_filler(word)

    def _mended(self, words: list[str]) -> list[str]:
        """Words that no document holds, joined with their neighbours and put right where one character is wrong."""
        mended: list[str] = []
        place = 0
        while place < len(words):
            word = words[place]
            if not self._strange(word) and (len(word) > 1 or self._is_apart(word, mended)):
                mended.append(word)
                place += 1
                continue
            after = words[place + 1] if place + 1 < len(words) else ""
            for lefts, right in self._neighbours(mended, after):
                if found := self._slip("".join(lefts), word, right):
                    del mended[len(mended) - len(lefts) :]
                    mended.append(found)
                    place += 2 if right else 1
                    break
            else:
                mended.append(word)
                place += 1
        return mended

    def _is_apart(self, char: str, before: list[str]) -> bool:
        """Whether a character only frames: it says nothing, and none stands before it that is left over (论谈)."""
        if char in _PARTICLES:
            return True
        left_over = before and len(before[-1]) == 1 and not self._wording.is_filler(before[-1])
        return self._wording.is_filler(char) and not left_over

    def _neighbours(self, before: list[str], after: str) -> list[tuple[list[str], str]]:
        """What may be of one word with the next one: words before it and the word after it, most first."""
        last = before[-1:]
        content = [] if last and self._wording.is_filler(last[0]) else last
        right = "" if self._wording.is_filler(after) else after
        pair = before[-2:] if len(before) > 1 and not self._wording.is_filler(before[-2]) else last
        framed = "" if part_of_speech(after)[0][:1] in EMPTY_TAGS else after
        found = [(pair, right), (pair, ""), (last, framed), (content, right), (content, ""), ([], right), ([], "")]
        return found if content or right else found[-1:]

    def _slip(self, left: str, word: str, right: str) -> str | None:
        """What a word and its neighbours are in the documents when one character of it is wrong, or None."""
        whole = left + word + right
        tag, count = part_of_speech(word)
        own = len(word) > 1 and tag[:1] not in EMPTY_TAGS | LIGHT_TAGS and (right != _RATE or count > _SELDOM)
        if any(char in _RANKS for char in word) or (own and len(left) < 2):
            return None  # a word of its own, and no slip
        if len(whole) < (3 if self._strange(word) else 4) or whole in self._held:
            return None
        if not all("㐀" <= char <= "鿿" for char in whole):
            return None
        for place in range(len(left), len(left) + len(word)):
            if place == 0 and whole[0] in self._wording.fillers:
                continue
            found = set(_wildcard(self._held, whole[:place], whole[place + 1 :]))
            if len(found) == 1 or (found and len(whole) > 3 and not own):
                return min(found)
        return None

    def _strange(self, word: str) -> bool:
        return not self._wording.is_filler(word) and not self.known(word) and not self._wording.others(word)


def _wildcard(text: str, before: str, after: str) -> Iterator[str]:
    """The stretches of a text that are ``before``, one Han character, ``after``."""
    anchor, shift = (before, 0) if len(before) >= len(after) else (after, len(before) + 1)
    length = len(before) + 1 + len(after)
    place = text.find(anchor)
    while place >= 0:
        found = text[place - shift : place - shift + length] if place >= shift else ""
        if found.startswith(before) and found.endswith(after) and "㐀" <= found[len(before)] <= "鿿":
            yield found
        place = text.find(anchor, place + 1)
