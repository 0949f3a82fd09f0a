"""Where texts name an agency: one pass of an Aho-Corasick automaton, then the characters around each hit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.agencies import Agency, AgencyBook
from dateline_attribution.spelling import exact, spelled
from dateline_attribution.wordends import case_ending, is_clitic, is_word

NAME, WEAK, UNNAMED, OWNER, SIGNATURE, PICTURE, WORD = (chr(code) for code in range(0xE000, 0xE007))
"""What stands for a mention in the text that shapes are matched against (see rules.toml)."""
_INITIALS = 2
_QUOTES = {'"': '"', "«": "»", "„": '“”"', "“": '”"', "”": "”", "「": "」", "『": "』"}
"""Marks before a name, and what closes each."""
_MARKS = "(/・"
"""What a spelling may ask for before a name that means other things elsewhere."""
_LETTERS = re.compile(r"[A-Z]{2}")
_DESK = re.compile(r"\W{0,3}[A-Z]{2}(?:\s?/{1,2}\s?[A-Z]{2}){1,3}\W{0,3}")
"""A line of initials, two letters each."""
_SURNAME = re.compile(r" (?:[^\W\d_]\. )?(?!(?:PHOTOS?|FOTOS?|NEWS|POOL|FILE|VIDEO|AND|VIA)\b)([^\W\d_][\w'-]{2,})")
"""The next word, which makes a given name of an abbreviation where it is in capitals as well: ANA LINDE."""


_BY = re.compile(r"(?:By|BY|Par|Von|Por|Di|Door|Av|Af) [^.!?:]{4,80}$")
"""A line of a byline and nothing else."""
_NO_NAME = re.compile(r"(?!PP|BB|DD|GG|KK)[^AEIOUYLMNRSW][BDGKP](?!\w)")
"""Letters with which no family name ends: AFP, NTB."""
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff가-힣”」』》]\s?$")
"""What stands before a word that completes a name in East Asia: ``橡港新闻APP`` is a program for telephones."""
_QUARTER = ("社区", "社區")
"""A part of a town, which begins with the last sign of an agency's name."""
_AROUND = "()[]/ .-–—"
"""What may stand around a name that is all there is of a line."""


class Mention(Struct, frozen=True, gc=False):
    """An agency named at ``text[start:end]``."""

    start: int
    end: int
    agency: Agency
    sign: str
    namesakes: tuple[str, ...] = ()
    """Ids of all agencies that the abbreviation may mean, if several; the one that it means only where that is at home,
    or, of a given name, only in a language that the agency writes."""


class Finder:
    """Finds the agencies of a book in texts."""

    def __init__(self, book: AgencyBook) -> None:
        """Compile the names of the book."""
        spellings = dict(_spellings(book))
        for name, agencies in book.namesakes.items():
            spelling = spelled(exact(name))
            if spellings[spelling][0] in agencies:
                spellings[spelling] = (agencies[0], spellings[spelling][1])
        shared = {spelled(exact(name)): tuple(one.id for one in agencies) for name, agencies in book.namesakes.items()}
        inside = {name: (agency.id,) for name, (agency, sign) in spellings.items() if _in_brackets(name, sign)}
        given = {spelled(exact(name)): (one.id,) for one in book.agencies for name in one.given}
        shared |= inside
        self._meaning = tuple(
            (*meaning, shared.get(name, ()), given.get(name, ()), *_marks(name)) for name, meaning in spellings.items()
        )
        self._short = frozenset(name for name in spellings if len(name) == _INITIALS)
        self._automaton = AhoCorasick(
            list(spellings), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )

    def find(self, texts: Sequence[str]) -> dict[int, list[Mention]]:
        """Mentions by index of the text they stand in, in order; texts without the letters of any name are left out.

        Letters that are part of other words name nobody: a text with nothing but such has an empty list. A word for
        agencies right before a name ("the agency Reuters") says what the name is and names nobody itself, and an
        abbreviation in brackets right behind a name belongs to it ("African News Agency (ANA)"), and so do the
        quotation marks around it, as the east of Europe writes names.
        """
        joined = "\n".join(texts)
        hits = self._automaton.find_matches_as_indexes(joined)
        found: dict[int, list[Mention]] = {}
        if not hits:
            return found
        starts = _starts(texts)
        for pattern, start, end in hits:
            index = bisect_right(starts, start) - 1
            here, began = found.setdefault(index, []), starts[index]
            agency, sign, namesakes, given, before_it, behind_it = self._meaning[pattern]
            start, end = start + before_it, end - behind_it
            if sign == NAME and is_word(joined[end : end + 1] or " "):
                end += case_ending(joined, start, end)
            if not _stands_alone(joined, start, end) and not _glued(texts[index], start - began, end - began):
                continue
            if (before := joined[start - 1 : start]) in _QUOTES or before == " ":
                start, end = _quoted(joined, start, end)
            if sign == WEAK and end - start == _INITIALS and self._is_initials(texts[index]):
                continue
            if sign == WEAK and agency.apart and _EAST_ASIAN.search(joined, max(began, start - 2), start):
                continue
            if given:
                if _before_surname(joined, end):
                    if sign == WEAK:
                        continue
                    namesakes = given
                elif not joined[start:end].isupper() or texts[index].strip(_AROUND) == joined[start:end]:
                    namesakes = namesakes or given
            if here and here[-1].sign == UNNAMED and here[-1].end + 1 == start - began:
                here.pop()
            short = sign in (WEAK, WORD) or (here and here[-1].agency is agency)
            if here and short and _abbreviates(joined, here[-1].end + began, start, end):
                here[-1] = replace(here[-1], end=end + 1 - began)
                continue
            here.append(Mention(start - began, end - began, agency, sign, namesakes))
        return found

    def _is_initials(self, line: str) -> bool:
        """Whether a line is nothing but two letters each of several people (``RL/CP``): not all are agencies'."""
        if not _DESK.fullmatch(line):
            return False
        return not all(part in self._short for part in _LETTERS.findall(line))


@lru_cache(maxsize=4)
def finder_of(book: AgencyBook) -> Finder:
    """The compiled finder of a book; kept, because compiling takes milliseconds."""
    return Finder(book)


def mask(text: str, mentions: Sequence[Mention]) -> str:
    """The text with one character for each mention, as shapes see it."""
    parts: list[str] = []
    done = 0
    for mention in mentions:
        parts += (text[done : mention.start], mention.sign)
        done = mention.end
    return "".join((*parts, text[done:]))


def signs_at(mentions: Sequence[Mention]) -> list[int]:
    """Where the characters for the mentions stand in the masked text."""
    signs, shorter = [], 0
    for mention in mentions:
        signs.append(mention.start - shorter)
        shorter += mention.end - mention.start - 1
    return signs


def _starts(texts: Sequence[str]) -> list[int]:
    return [0, *accumulate([len(text) + 1 for text in texts[:-1]])]


def _spellings(book: AgencyBook) -> Iterator[tuple[str, tuple[Agency, str]]]:
    """Every spelling with what it means; weaker ones first, so that a stronger one of the same letters replaces it."""
    for sign, columns in _COLUMNS:
        for agency in book.agencies:
            for column in columns:
                for name in getattr(agency, column):
                    yield from _cased(spelled(exact(name)), agency, sign)


def _before_surname(text: str, end: int) -> bool:
    """Whether an abbreviation that is a given name stands before a family name in capitals."""
    behind = _SURNAME.match(text, end)
    return behind is not None and behind[1].isupper()


def _in_brackets(name: str, sign: str) -> bool:
    """Whether a weak spelling counts in brackets only."""
    return sign == WEAK and name.startswith("(") and name.endswith(")")


def _marks(name: str) -> tuple[int, int]:
    """How many marks a spelling asks for before and behind the name, which are none of the mention."""
    before = int(name[0] in _MARKS)
    return before, int(name[-1] == "/" or bool(before and name[-1] in ",)"))


_COLUMNS = (
    (WORD, ("domains", "words")),
    (WEAK, ("weak",)),
    (OWNER, ("holder",)),
    (NAME, ("names", "short")),
    (SIGNATURE, ("signature",)),
)


def _cased(name: str, agency: Agency, sign: str) -> Iterator[tuple[str, tuple[Agency, str]]]:
    if agency.kind == "picture":
        sign = PICTURE
        if len(name) > 5:
            yield name.upper(), (agency, PICTURE)
        if " " in name:
            yield name.lower(), (agency, PICTURE)
    elif agency.kind == "generic":
        sign = UNNAMED
    if sign == NAME and len(name) > 5:
        yield name.lower(), (agency, WORD)
        yield name.upper(), (agency, NAME)
    yield name, (agency, sign)


_LAST = ("", "\n")
"""Behind the last word of a part: ``sagte er.dpa`` is no address there."""


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A name with the marks of quotation around it, as the French set them too: with a gap."""
    gap = text[start - 1] == " "
    mark, behind = text[start - 1 - gap : start - gap], text[end + gap : end + gap + 1]
    if mark in _QUOTES and behind and behind in _QUOTES[mark] and (not gap or (mark == "«" and text[end] == " ")):
        return start - 1 - gap, end + 1 + gap
    return start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    first, after = text[start], text[end : end + 1]
    if text[end - 1 : end + 1] in _QUARTER:
        return False
    if after and is_word(after):
        if is_word(text[end - 1]):
            return False
    elif after == "@" or after == "_" or (after == "." and text[end + 1 : end + 2].islower() and first.islower()):
        return False
    before = text[start - 1] if start else ""
    if before == " " or not before or not is_word(first):
        return True
    if before in "@#_" or (before == "." and first.islower() and (after not in _LAST or "." in text[start:end])):
        return False
    return not is_word(before) or is_clitic(text, start)


def _glued(line: str, start: int, end: int) -> bool:
    """Whether a name ends a byline whose reader left out the gap: ``By Jane RoeAFP``, ``By JANE ROEReuters``."""
    if not start or end - start <= _INITIALS or not line[start].isupper():
        return False
    before = line[start - 1]
    capitals = before.isupper() and (not line[start:end].isupper() or _NO_NAME.match(line, end - 2))
    if not before.islower() and not capitals:
        return False
    return end == len(line.rstrip(_AROUND)) and _BY.match(line) is not None


def _abbreviates(text: str, named: int, start: int, end: int) -> bool:
    """Whether what stands at [start, end) is in brackets behind the name that ends at ``named``."""
    return start - named == 2 and text[named:start] == " (" and text[end : end + 1] == ")"
