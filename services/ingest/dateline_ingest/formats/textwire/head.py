"""The head of a text wire's message: headline, further headline, byline and notes among the lines before the body."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.dateline import agency_in, dateline_of
from dateline_kernel.remembering import remembered_word

_OPENERS = ("by ", "par ", "von ", "por ", "di ", "door ", "av ", "af ", "oleh ", "de notre ")
_BYLINE = re.compile(
    rf"(?:{'|'.join(map(str.strip, _OPENERS))})\s+(?!the end\b)[^\W\d_].{{1,80}}"
    r"|(?-i:[^\W\d_a-z].{2,59}\s+with\s+[^\W\d_a-z]\S*\s[^\W\d_a-z].{0,57}\s+in\s+[^\W\d_a-z].{2,30})",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:מאת|بقلم|автор|автори)\s?:\s*[^\W\d_][^.!?:]{1,60}", re.IGNORECASE)
"""The same with a colon, which tells it from a sentence where letters have no case, or its opener is a word."""
_STAFF = re.compile(
    r"\b(?:correspondents?|staff|reporters?|writers?|korrespondent\w*|redaktion|rédaction|redac\w+|redazione)$",
    re.IGNORECASE,
)
_SHORT = 24
"""Characters up to which a line in capitals is no headline."""
_JOINED = 55
"""Characters from which a line of a headline is taken to run on in the next one."""


_HEAD = 12
"""Lines among which the end of a head is looked for."""
_TITLES = 4
"""Lines that a headline with its byline has at most."""


class Head(Struct, frozen=True):
    """What the lines say."""

    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    notes: tuple[str, ...] = ()
    """Lines in brackets, for editors."""


def is_release_label(line: str) -> bool:
    """Whether a line says no more than that this is a press release: ``FOR IMMEDIATE RELEASE``."""
    return len(line) <= _JOINED and marks().release.fullmatch(line) is not None


@remembered_word
def is_byline(line: str) -> bool:
    """Whether a line says who wrote the story: ``By Jo Sample``, ``Von Ada Muster, dpa``."""
    if not line.isascii() and _LABELLED.fullmatch(line):
        return True
    if not line[:10].lower().startswith(_OPENERS) and " with " not in line.lower():
        return False
    if not _BYLINE.fullmatch(line) or line.endswith((".", "!", "?", ":")):
        return False
    rest = line.split(maxsplit=1)[1] if " " in line else ""
    return rest[:1].isupper() or " with " in line or _STAFF.search(rest) is not None


def set_apart(text: str) -> str:
    """The text with blank lines where its head has none: before the agency's dateline that opens the text below it.

    So are bylines and notes in brackets set apart, also under a headline alone, and, in a head that no blank line ends,
    a line that does not fill the measure from the next one.
    """
    lines = text.split("\n", _HEAD)
    end = next((at for at, line in enumerate(lines[1:_HEAD], 1) if agency_in(dateline_of(line.strip()))), 0)
    parted = not end or not lines[end - 1].strip()
    end = end or next((at for at, line in enumerate(lines[: _TITLES + 1]) if at and not line.strip()), 0)
    if not end:
        return text
    out = [lines[0]]
    for before, line in pairwise(map(str.strip, lines[:end])):
        if before and line and (_stands_alone(before) or _stands_alone(line) or not (parted or len(before) >= _JOINED)):
            out.append("")
        out.append(line)
    return "\n".join((*out, *([] if parted else [""]), *lines[end:]))


def _stands_alone(line: str) -> bool:
    return is_byline(line) or (line.startswith("(") and line.endswith(")"))


def bracketed(lines: list[str]) -> list[str]:
    """The lines, those of a bracket that goes over several made one."""
    out: list[str] = []
    for line in lines:
        if out and out[-1].startswith("(") and out[-1].count("(") > out[-1].count(")"):
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def _in_capitals(lines: tuple[str, ...], spent: frozenset[str]) -> list[str]:
    """Short lines in capitals over a headline that is not: they say what the message is (``EXTRA``, ``3RD NET``)."""
    found: list[str] = []
    for line in lines:
        if not line.isupper() or len(line) > _SHORT:
            return found if found and not line.startswith("(") and not is_byline(line) else []
        if line not in spent:
            found.append(line)
    return []


def head_of(lines: tuple[str, ...], spent: frozenset[str], *, wrapped: bool) -> Head:
    """Tell the lines apart. ``spent`` are those that conventions account for; ``wrapped`` says that lines were broken
    at a measure, so that a long line of the headline goes on in the next one."""
    byline = ""
    rest: list[str] = []
    notes = _in_capitals(lines, spent) if wrapped else []
    before = ""
    for line in lines:
        if line in spent or line in notes:
            continue
        if not byline and is_byline(line):
            byline = line
        elif line.startswith("(") and line.endswith(")"):
            notes.append(line)
        elif rest and (label := marks().subheadline.match(line)):
            rest.append(line[label.end() :])
        elif wrapped and len(rest) == 1 and before == rest[0] and (len(before) >= _JOINED or before.endswith(":")):
            rest[0] += f" {line}"
        else:
            rest.append(line)
        before = line
    if not rest and notes and not marks().note.begins(notes[0]):
        rest.append(notes.pop(0))
    return Head(rest[0] if rest else "", " ".join(rest[1:]), byline, tuple(notes))
