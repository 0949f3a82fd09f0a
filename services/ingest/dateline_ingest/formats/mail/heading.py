"""What stands above the copy of a mail: its headline, a greeting, whose release it is. Pure."""

from __future__ import annotations

import re

from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.textwire.embargo import is_about_copy
from dateline_ingest.formats.textwire.head import is_release_label
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.formats.values.words import bare

TOP = 4
"""Paragraphs among which a byline and the like are looked for."""
_SOURCE = re.compile(r"(?:source|quelle|fuente|fonte|bron|källa|kilde)\s?:\s*(\S.{1,80})", re.IGNORECASE)
_TITLE = 3
"""Words of a title at least."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)


def untitled(lines: list[str], headline: str) -> list[str]:
    """The lines without a first one that repeats the headline."""
    return lines[1:] if len(lines) > 1 and bare(lines[0]) == bare(headline) else lines


def under_greeting(lines: list[str]) -> list[str]:
    """The lines about an embargo between a greeting and the dateline below it."""
    if not (lines and mail_marks().greeting.match(lines[0])):
        return []
    at = next((at for at, line in enumerate(lines[:TOP]) if dateline_of(line)), 1)
    return list(filter(is_about_copy, lines[1:at]))


def sourced(lines: list[str]) -> tuple[str, list[str]]:
    """Whose release it is where a line says so above the text (``Source: Orefield Ltd.``), and the lines without it."""
    for at, line in enumerate(lines[:TOP]):
        if dateline_of(line):
            break
        if found := _SOURCE.fullmatch(line):
            return found[1], [*lines[:at], *lines[at + 1 :]]
    return "", lines


def titled(headline: str, said: Said, body: Body) -> str:
    """The headline; where it is a mark, as an embargo is, what stands behind its colon, else the text's first line."""
    if headline not in said.marks or not body.paragraphs:
        return headline
    _, _, title = headline.partition(": ")
    if len(title.split()) >= _TITLE and when(title, sent=None).day is None and not _CLOCK.search(title):
        return title.strip()
    return next((line for line in body.paragraphs if not is_release_label(line)), headline)
