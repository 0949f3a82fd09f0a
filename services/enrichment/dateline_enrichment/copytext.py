"""The text for the analysers: headline, then the lines that are copy, without the dateline."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.boilerplate import copy_lines
from dateline_enrichment.counts import encoded
from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story

LONGEST = 60_000
"""Characters of a text that are looked at; a wire story of 9,000 words is shorter."""
PARAGRAPHS = 2_000
CAPITALISED = 3
"""How many longer words a headline must have to be judged; with three quarters of them capitalised it is in title case.
"""

_DATELINE = re.compile(r"(?=[^\W\d_])([^\n–—]{2,90}?)\s*(?:(?!(?<=\d)[–—]\d)[–—]|--|\.-|\s-)\s*(?=\S)")
_DATED = re.compile(r"([A-ZА-ЯЁІЇЄ][A-ZА-ЯЁІЇЄ \-]{2,40}, \d{1,2} [а-яіє]{3,9})\. (?:/[^/]{2,20}/\.? ?)?")
"""``МОСКВА, 20 ноября. /ТАСС/.``"""
_MARKS = re.compile(r"^[\W\d_]*\b[A-ZÀ-ÞĀ-Ž]{3,}|\([^)]{2,40}\)|\b\d{1,2}\b")
_LIKE_TITLE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HEAD = re.compile(r"\s*[,(/;]|\s+\d|\s[-–—]")
_PARTS = re.compile(r"[,()/]")
_LONE = re.compile("[\ud800-\udfff]")


class Copy(Struct, frozen=True):
    """A story's text, made ready."""

    headline: str
    body: str
    """Lines of the story, a line break between them."""
    text: str
    """Headline, line break, body; all positions are in this text."""
    dateline: Dateline | None
    """The dateline that attribution found, else the story's own field, else what the first line begins with."""
    title_case: bool
    """The headline is in title case, so its capitals say nothing about names."""

    @property
    def body_start(self) -> int:
        """Where the body begins in ``text``."""
        return len(self.headline) + 1


def read(story: Story, dateline: Dateline | None = None) -> Copy:
    """The copy of a story; its summary where there is no body.

    ``dateline`` is the one that attribution found: it is left out of the copy, and no other is looked for.
    """
    lines = copy_lines(_undated(story.paragraphs[:PARAGRAPHS], dateline)) or copy_lines((story.summary,))
    written = story.dateline
    if dateline is None and lines:
        cut, rest = split_dateline(lines[0])
        if cut:
            written, lines[0] = written or cut, rest
    headline = _encodable(story.headline.replace("\n", " ")[:500])
    if (
        len(headline) > 3
        and headline.isupper()
        and 2 * sum(map(str.isupper, headline)) > sum(map(str.isalpha, headline))
    ):
        # Korean and Japanese have no capitals: theirs are abbreviations.
        headline = headline.title()
    body = _encodable("\n".join(lines)[:LONGEST])
    return Copy(headline, body, f"{headline}\n{body}", dateline or _taken_apart(written[:120]), is_title_case(headline))


def _undated(paragraphs: tuple[str, ...], dateline: Dateline | None) -> tuple[str, ...]:
    """The paragraphs without the dateline that one of them begins with."""
    if dateline is None or not dateline.cut:
        return paragraphs
    for nth, text in enumerate(paragraphs):
        if dateline.where == f"paragraphs[{nth}]":
            return (*paragraphs[:nth], text[dateline.cut :], *paragraphs[nth + 1 :])
    return paragraphs


def _taken_apart(written: str) -> Dateline | None:
    """A dateline that attribution has not parsed; its place ends before the first comma, bracket or number."""
    if not written.strip():
        return None
    place = _HEAD.split(written.strip(), maxsplit=1)[0]
    region = ", ".join(part.strip() for part in _PARTS.split(written)[1:])
    return Dateline(text=written, where="dateline", place=place, region=region)


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no encoder takes."""
    try:
        encoded(text)
    except UnicodeEncodeError:
        return _LONE.sub(" ", text)
    return text


def split_dateline(line: str) -> tuple[str, str]:
    """(dateline, rest) of a first line; ("", line) if it has none.

    A dateline is what stands before the first dash, if it has capitals, an agency in brackets, or a day in it.
    """
    if dated := _DATED.match(line):
        return dated[1], line[dated.end() :]
    found = _DATELINE.match(line[:110])
    if not found or not _MARKS.search(found[1]) or not found[1][:1].isupper():
        return "", line
    return found[1].strip(), line[found.end() :]


def is_title_case(headline: str) -> bool:
    """Whether a headline is in title case, so that its capitals do not show names."""
    if headline[1:].islower() or sum(map(str.isupper, headline)) < CAPITALISED:
        return False
    first = [word[0] for word in _LIKE_TITLE.findall(headline) if len(word) > 3]
    return len(first) >= CAPITALISED and sum(map(str.isupper, first)) >= 0.75 * len(first)
