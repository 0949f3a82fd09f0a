"""What single lines of text wires state: kinds of message, notes for editors, numbers of leads and takes. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline_ingest.beginnings import bracket_behind
from dateline_ingest.formats.remembering import remembered
from dateline_ingest.formats.textwire.kinds import How, Kind
from dateline_ingest.formats.textwire.partnumbers import is_number_mark
from dateline_ingest.formats.textwire.slugs import is_loud, is_quiet, slug_of
from dateline_ingest.formats.textwire.table import kinds_alone, marks, may_open
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_kernel.remembering import remembered_word

LONGEST_LINE = 2000
"""Characters of a line that may hold a mark; a longer one is a paragraph."""
_QUOTES = ('"', "“", "„", "«", "»")
_SENTENCE = 40
MARK_LINE = 160
"""Characters of a line that may be nothing but a mark."""
_LABEL = re.compile(r"[^:]{3,40}:\s")
_LEAD_LINE = re.compile(r"[\s(+*=-]*([^:–—]{2,30}?)(?:\)|\s*[:–—]|\s+-|-(?=\S)|\s*$)")


class Told(NamedTuple):
    """A kind that a line states, and how."""

    kind: Kind
    whole: bool
    """The line is nothing but that."""
    said: bool
    """It says so in a sentence."""
    how: How = "sure"


@remembered_word
def is_note(plain: str) -> bool:
    """Whether a line of the head begins as notes for editors do."""
    return marks().note.begins(plain) is not None


@remembered
def kinds_told(plain: str, head: bool) -> tuple[Told, ...]:
    """The kinds that a line states, one of the head or a paragraph, which only a sentence or a mark alone makes one."""
    found = _told(plain, head)
    if head and (beside := bracket_behind(plain)):  # Town opens festival (CORRECTED)
        kinds, how = [kind for kind in kinds_alone(beside) if not kind.number], _behind(beside)
        found += tuple([Told(kind, False, False, how if kind.name == "kill" else "sure") for kind in kinds])
    if call := marks().call.begins(plain):
        return found + _told(plain[call.end() :], head)
    first = _LEAD_LINE.match(plain) if found and head else None  # REFILE-CORRECTED-
    return found + _told(plain[first.end() :], head) if first and kinds_alone(first[1]) else found


def _told(plain: str, head: bool) -> tuple[Told, ...]:
    found: list[Told] = []
    for kind in marks().kinds_of(plain):
        whole = len(plain) <= MARK_LINE and kind.whole.fullmatch(plain) is not None
        said = kind.said.begins(plain) is not None
        if whole or said or (head and kind.opens.begins(plain)):
            curt, titled = said and kind.curt.begins(plain), not (whole or said) and kind.titles.begins(plain)
            found.append(Told(kind, whole, said, "curt" if curt else "titled" if titled else "sure"))
        elif head and kind.news.begins(plain):
            found.append(Told(kind, whole, said, "news"))
        elif head and (loud := kind.loud.begins(plain)) and is_loud(loud[1], plain[loud.end() :]):
            found.append(Told(kind, whole, said, "loud"))
        elif head and kind.name == "kill" and (label := _LABEL.match(plain)) and kind.whole.fullmatch(label[0]):
            found.append(Told(kind, whole, said, "labelled"))
    return tuple(found)


def _behind(bracket: str) -> How:
    return "quiet" if is_quiet(bracket) else "loud"


@remembered_word
def numbers_opening(plain: str) -> tuple[str, bool] | None:
    """The number of a lead or take that opens a line, as ``UPDATE 2-``, and whether the line is nothing but that."""
    bare = plain.strip(" ()+*=.")
    if is_number_mark(bare):
        return bare, True
    opening = _LEAD_LINE.match(plain) if marks().mark.match(plain.lstrip(" ()[+*=-")) else None
    if opening is not None and kinds_alone(opening[1]) and (numbers := numbers_opening(plain[opening.end() :])):
        return numbers  # REFILE-UPDATE 3-
    if opening is None or (slug_of(opening[1]).name and not marks().mark.fullmatch(opening[1].strip(" ()"))):
        return None
    return opening[1], not plain[opening.end() :].strip(" )*+=-.")


def may_state_kind(paragraph: str) -> bool:
    """Whether a paragraph may state anything of the message: it begins so, and not with what somebody said."""
    return not paragraph.startswith(_QUOTES) and may_open(paragraph.replace("’", "'"))


def is_prose(line: str) -> bool:
    """Whether a line over a dateline is a sentence: what the dateline opens is quoted there."""
    return len(line) > _SENTENCE and line.endswith((".", ":"))


def behind_dateline(texts: tuple[str, ...]) -> str:
    """What follows the first dateline, if it may state anything of the message and no sentence leads up to it."""
    for at, text in enumerate(texts):
        if dateline := dateline_of(text):
            rest = text[len(dateline) : LONGEST_LINE].lstrip().replace("’", "'")
            return rest if may_open(rest) and not any(map(is_prose, texts[:at])) else ""
    return ""
