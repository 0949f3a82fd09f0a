"""Lines above the text that are nothing but a byline: how each shows that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.closingcredits import all_persons, labelled, signers
from dateline_attribution.mentions import finder_of
from dateline_attribution.persons import is_person, persons
from dateline_attribution.spelling import exact, spelled
from dateline_attribution.textends import lead_of
from dateline_schemas.credit import Author
from dateline_schemas.story import Story

_BARRED = re.compile(r"([^|\d:]{4,60}?)\s?\|(?:\s?[^|.!?]{0,24}\d{4}[^|.!?]{0,16})?\s*$")
"""A name and a bar, and the day behind it or nothing: ``Jane Roe | March 26, 2026``."""
_DAY = re.compile(
    r"[^\w]+(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?(?:,?\s(?:de\s)?\d{4})?"
    r"|[^\W\d_]{3,10}\.?\s\d{1,2},\s\d{4}|\d{1,2}[:.h]\d{2})(?:\W.*)?$"
)
"""The day and the time behind a name: ``Jane Roe, March 26, 2026 at 10:15``."""
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}|[|·•]")
"""What no place and day have: then the name before them is a person's without any word that says so."""
_SET_APART = re.compile(r"\s[–—]\s|\s[-|·•]\s(?=[^-|·•]*$)")
"""Before what a line has behind its names: a place, a weekday."""
_APART = re.compile(r"\s?[,|]\s?|\s[-–—]\s|\s(?=[^\W\d_A-Z]|[A-Z])")
"""Between a name and what somebody is."""
_DASHES = "–—-"
"""What joins an outlet to an agency where no gap is before it: ``HARBOUR NEWS–STT``."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM, _ENDING = 4, 2
"""Fewest letters of a word that are compared, and letters that an inflection may change at its end."""
_WRITTEN_ON = 5
"""Most letters behind a stem: ``Noki-assa`` and ``Bahn-chef``, while ``Roble`` is not of ``Roblepuerto``."""
_LEADING = 2
"""Paragraphs of the text that say what it is of."""
_JOINT = re.compile(r"\W*\w{0,3}\W*")
"""Between two agencies: a sign or a short word."""


@lru_cache(maxsize=1024)
def above(line: str, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Persons of a line above the text, if it is nothing but a byline.

    It begins as one, a bar or the time ends the name, what somebody is or whom they write for follows it, it says who
    published it, or it is nothing but the names of several.
    """
    if words.label.match(line) and (signed := labelled(exact(line), book, words)):
        return signed
    day = _DAY.search(line) if any(map(str.isdigit, line)) else None
    undated = words.dating.sub("", line[: day.start()]) if day else line
    if line.startswith(words.above):
        undated = _unglued(undated, book)
        begun = next(filter(line.startswith, words.above))
        said = undated[len(begun) :].strip() or line[len(begun) :]
        return persons(_SET_APART.split(said)[0], "author", book, words) or persons(said, "author", book, words)
    if barred := _BARRED.match(line):
        return persons(barred[1], "author", book, words)
    if undated != line:
        return _dated(line, undated, book, words)
    if found := _titled(line, book, words) or _with_agency(line, book, words):
        return found
    if signed := signers(line, book, words):
        return signed
    listed = "," in line and not line.endswith(".") and all_persons(line, words)
    return persons(line, "author", book, words) if listed else ()


def is_said(line: str, text: Sequence[str], words: BylineWords) -> bool:
    """Whether the words of a line without any word of authorship are the text's: a title in capitals, no names."""
    if line.startswith(words.above):
        return False
    used = set(_WORD.findall(" ".join(text)))
    return any(word.lower() in used for word in _WORD.findall(line) if word[0].isupper())


def is_told_of(names: Iterable[str], line: str, story: Story) -> bool:
    """Whether the headline or the beginning of the text tells of those whom a line names: it is a heading then.

    ``Red Cross and AFP`` over a text of the Red Cross. One word that both have is enough, however it is inflected.
    """
    lead = lead_of(story.paragraphs)
    said = " ".join([story.headline, *(text for text in story.paragraphs[lead : lead + _LEADING] if text != line)])
    words = [word for name in names for word in _WORD.findall(name) if not word.islower()]
    stems = [word[: max(_STEM, len(word) - _ENDING)] for word in words]
    begun = "|".join([*stems, *map(str.upper, stems)])
    return bool(stems) and re.search(rf"(?<!\w)(?:{begun})\w{{0,{_WRITTEN_ON}}}(?!\w)", said) is not None


def _unglued(line: str, book: AgencyBook) -> str:
    """The line without an agency that its reader left no gap before: ``By Jane RoeAFP``."""
    mentions = finder_of(book).find([spelled(exact(line))]).get(0, ())
    start = mentions[-1].start if mentions else 0
    return line[:start] if start and (line[start - 1].islower() or line[start - 1].isupper()) else line


def _dated(line: str, undated: str, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Whoever stands before a time; behind a word of publishing, whoever stands behind the day."""
    if published := words.published.match(line):
        return persons(published["names"], "author", book, words) if all_persons(published["names"], words) else ()
    names = _SET_APART.split(undated)[0]
    named = names[:1].isupper() and _CLOCK.search(line[len(names) :]) is not None and all_persons(names, words)
    return persons(names, "author", book, words) if named else ()


def _titled(line: str, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Persons and what they are: ``Jane Roe, Staff Writer``."""
    for gap in _APART.finditer(line):
        names = line[: gap.start()]
        behind = line[gap.end() :]
        told = behind and (words.is_title(behind) or words.place.fullmatch(f" {behind}") is not None)
        if told and all_persons(names, words):
            return persons(names, "author", book, words)
    return ()


def _with_agency(line: str, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """A person and the agency that they write for, or those whose copy they use (``Jane Roe and AFP``), and nothing
    else: behind a slash it would be who took a picture.
    """
    mentions = finder_of(book).find([spelled(exact(line))]).get(0, ())
    if not mentions or mentions[-1].end < len(line.rstrip(" .)")):
        return ()
    joints = [line[one.end : following.start] for one, following in pairwise(mentions)]
    if any(one.agency.kind != "agency" for one in mentions) or not all(map(_JOINT.fullmatch, joints)):
        return ()
    before = line[: mentions[0].start].rstrip(" ,(|–—-")
    name = words.loose.sub("", before).rstrip(" ,")
    if "/" in name or line[len(before)] in _DASHES or not is_person(name, words):
        return ()
    put = mentions[0].agency.id if name == before and not joints else ""
    return [replace(one, agency=put) for one in persons(name, "author", book, words)]
