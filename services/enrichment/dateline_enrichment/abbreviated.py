"""Bodies that a text gives with their abbreviations: ``Northern Relief Council (NRC)``, ``NRC (Northern ...)``."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.bodywords import shapes

_FARTHEST = 160
"""Characters before the bracket in which the name is looked for."""
_WORDS = 14
"""Words of the longest name."""
_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:['’][^\W_]+)*")
_ENDS = re.compile(r"[.:;!?\n()«»“”\"]")
_LONGEST = 12
"""Characters of the longest abbreviation."""
_SHORTEST = 4
"""Letters of the shortest one that is written like a name: ``Conaf``."""
_SYLLABLE = 4
"""Letters that a word may give to an abbreviation made of syllables."""
_SMALL = 4
"""Longest small word between the others that may give no letter to the abbreviation."""


class Abbreviated(Struct, frozen=True, gc=False):
    """A body's name in full, with its abbreviation."""

    name: str
    start: int
    end: int
    """Where the name in full stands in the text."""
    short: str

    def mentions(self, text: str) -> list[tuple[int, int]]:
        """Where the text has the abbreviation as a word of its own."""
        word, found, at = self.short, list[tuple[int, int]](), text.find(self.short)
        while at >= 0:
            end = at + len(word)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                found.append((at, end))
            at = text.find(word, end)
        return found


def abbreviated(text: str) -> list[Abbreviated]:
    """The bodies that a text gives with an abbreviation, in its order: ``Full Name (FN)`` or ``FN (Full Name)``."""
    found = []
    for match in _BRACKETS.finditer(text) if "(" in text else ():
        inside = match[1]
        one = _name_before(text, match.start(), inside) if inside.isalnum() else _name_inside(text, match)
        if one:
            found.append(one)
    return found


def _name_before(text: str, end: int, short: str) -> Abbreviated | None:
    if len(short) > _LONGEST or (sum(map(str.isupper, short)) < 2 and not _is_acronym(short)):
        return None
    at = _begins(text, end, short)
    name = text[at:end].rstrip()
    return Abbreviated(name, at, at + len(name), short) if at >= 0 else None


def _name_inside(text: str, brackets: re.Match[str]) -> Abbreviated | None:
    first = max(0, brackets.start() - _LONGEST - 1)
    short = text[first : brackets.start()].rstrip().rpartition(" ")[2]
    if not (len(short) > 1 and short.isalpha() and short.isupper()):
        return None
    words = list(_WORD.finditer(text, brackets.start(1), brackets.end(1)))
    if len(words) > _WORDS or not _spells(words, short.casefold()) or not any(_is_body(word[0]) for word in words):
        return None
    return Abbreviated(brackets[1], brackets.start(1), brackets.end(1), short)


def _is_acronym(short: str) -> bool:
    return short[0].isupper() and len(short) >= _SHORTEST


def _begins(text: str, end: int, short: str) -> int:
    """Where the full name before ``end`` begins whose initials ``short`` is made of; -1 if there is no such body."""
    first = max(0, end - _FARTHEST)
    for stop in _ENDS.finditer(text, first, end):
        first = stop.end()
    words = list(_WORD.finditer(text, first, end))[-_WORDS:]
    letters = short.casefold()
    for count in range(1, len(words) + 1):
        taken = words[-count:]
        if taken[0][0][0].isupper() and taken[0][0][0].casefold() == letters[0] and _spells(taken, letters):
            return taken[0].start() if any(_is_body(word[0]) for word in taken) else -1
    return -1


def _spells(words: list[re.Match[str]], letters: str) -> bool:
    """Whether an abbreviation's letters are the beginnings of the words, in their order.

    Each word gives its first letter, some give more (``Conaf``). Small words give no letter or one.
    """
    reached = {0}
    for word in words:
        small = word[0].casefold()
        skipped = reached if word[0][0].islower() and len(small) <= _SMALL else set[int]()
        longest = 1 if skipped or word[0].isupper() else _SYLLABLE
        reached = skipped | {
            at + count for at in reached for count in range(1, longest + 1) if letters.startswith(small[:count], at)
        }
        if not reached:
            return False
    return len(letters) in reached and len(words) > 1


def _is_body(word: str) -> bool:
    return word.casefold() in shapes().bodies
