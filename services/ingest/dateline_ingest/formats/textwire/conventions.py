"""Conventions that text wires share: what a message says of itself in words. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from dateline_ingest.formats.textwire.embargo import may_hold, stands_alone
from dateline_ingest.formats.textwire.embargobeside import asides_in, is_label
from dateline_ingest.formats.textwire.lines import (
    LONGEST_LINE,
    behind_dateline,
    is_prose,
    kinds_told,
    may_state_kind,
)
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.slugs import is_keyword, kills_alone, parts_of, slug_of
from dateline_ingest.formats.textwire.statements import FIRST, Statements
from dateline_ingest.formats.textwire.table import marks, may_open
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_kernel.remembering import remembered_word

_SHORT = 40
_ITEM = re.compile(r"\A\d{1,2}[.)]\s+")
_OPENING = 80
"""Characters in which a paragraph names an embargo, if it says little else."""
_UNDER = 6
"""Paragraphs under a story among which an embargo stands, as notes to editors have it."""


def said_in(
    keyword: str,
    lines: tuple[str, ...],
    paragraphs: tuple[str, ...],
    *,
    sent: datetime | None,
    agency: str = "",
    notes: tuple[str, ...] = (),
    quoted: tuple[str, ...] = (),
) -> Said:
    """Read a message: its keyword line, the other lines of its head, its body, when it was sent, by whom.

    ``notes`` are lines for editors that stand elsewhere, such as a notebook under the story; ``quoted`` are those
    of a message that this one answers, where only a line that begins so states an embargo.
    """
    if lines and is_keyword(lines[0]) and keyword in ("", lines[0]):
        keyword, lines = lines[0], lines[1:]
    slug, table = slug_of(keyword), marks()
    lined, parts = _followed(lines), slug.parts + (parts_of(lines[0]) if lines else ())
    heads = [at for at, line in enumerate(lines) if line[:1] in ("(", "$") or may_open(line.replace("’", "'"))]
    asides = [_is_aside(text, paragraphs[:at]) for at, text in enumerate(paragraphs[:FIRST])]
    first = [at for at, aside in enumerate(asides) if aside or may_state_kind(paragraphs[at])]
    notice = behind_dateline((*lines, *paragraphs[:1]))
    titles = [
        *lined,
        *((text, "") for text in paragraphs[:1] if not ((lines and len(paragraphs) == 1) or is_prose(text))),
    ]
    beside = [(part, after) for line, after in (*titles, (keyword, "")) for part in asides_in(line)]
    beside += [(keyword, "")] if ":" in keyword and may_hold(keyword) else []
    more = [text for text in paragraphs[-2:] if len(text) <= _SHORT and table.more.fullmatch(text)]
    shut = [text for text in paragraphs[FIRST:][-1:] if len(text) <= _SHORT and text.isupper() and kills_alone(text)]
    last = paragraphs[FIRST:][-_UNDER:]
    low = "\n".join([text[:_OPENING] for text in last]).lower() if last else ""
    named = low and any(map(low.__contains__, table.embargo.named))
    under = [text for text in (_ITEM.sub("", one) for one in last) if stands_alone(text)] if named else []
    if not (shut or under or parts or slug.reference or heads or first or notice or beside or notes or quoted or more):
        return Said(slug=slug)
    reading = Statements(slug, sent, agency, lines, paragraphs)
    for part in parts:
        reading.part(part)
    for at in heads:
        reading.line(*lined[at], head=True, aside=_is_aside(lines[at]))
    for at in first:
        reading.line(paragraphs[at], "".join(paragraphs[at + 1 : at + 2]), head=not lines and not at, aside=asides[at])
    for text in shut:
        reading.doubt(text, kills=True)
    if notice:
        reading.sentence(notice)
        if is_label(notice):
            reading.held(notice, "", anywhere=False)
    for part, after in beside:
        reading.held(part, after, anywhere=False)
    for note, after in _followed(notes):
        reading.held(note, after)
        if note.startswith("#"):
            reading.heading(note, after)
    for line, after in (*_followed(tuple(under)), *_followed(quoted)):
        reading.held(line, after, anywhere=False)
    if more and len(paragraphs) > 1:
        reading.more(more)
    return reading.result()


def _followed(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each of them with the next one, where the time of an embargo may stand."""
    return list(pairwise((*texts, "")))


def is_mark(line: str) -> bool:
    """Whether a line in capitals or brackets is one that text wires have: then it is no noise of a page."""
    if len(line) > _SHORT or not (line.isupper() or line.startswith(("(", "-", "+"))):
        return False
    return marks().more.fullmatch(line) is not None or may_open(line)


@remembered_word
def puts_right(line: str) -> bool:
    """Whether a line for editors begins as those do that say what a message corrects."""
    plain = line[:LONGEST_LINE].replace("’", "'")
    return may_open(plain) and any(told.kind.name == "correction" for told in kinds_told(plain, True))


def _is_aside(text: str, above: tuple[str, ...] = ()) -> bool:
    """Whether a line or paragraph over the copy is one bracket, as notes for editors are, that may state an embargo."""
    if not (text.startswith("(") and text.rstrip(" =").endswith(")") and may_hold(text)):
        return False
    return not any(is_prose(one) or dateline_of(one) for one in above)
