"""The text that the analysers look at: headline, then the lines that are copy, with the dateline taken off."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_enrichment.boilerplate import copy_lines
from dateline_schemas.story import Story

LONGEST = 60_000
"""Characters of a text that are looked at; a wire story of 9,000 words is shorter."""
PARAGRAPHS = 2_000

_DATELINE = re.compile(r"(?=[^\W\d_])([^\n–—]{2,90}?)\s*(?:[–—]|--|\.-|\s-)\s*(?=\S)")
_DATED = re.compile(r"([A-ZА-ЯЁІЇЄ][A-ZА-ЯЁІЇЄ \-]{2,40}, \d{1,2} [а-яіє]{3,9})\. (?:/[^/]{2,20}/\.? ?)?")
"""``МОСКВА, 20 ноября. /ТАСС/.``"""
_MARKS = re.compile(r"^[\W\d_]*\b[A-ZÀ-ÞĀ-Ž]{3,}|\([^)]{2,40}\)|\b\d{1,2}\b")
_LIKE_TITLE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONE = re.compile("[\ud800-\udfff]")


class Copy(Struct, frozen=True):
    """A story's text, made ready."""

    headline: str
    body: str
    """Lines of the story, a line break between them."""
    text: str
    """Headline, line break, body: what positions count in."""
    dateline: str
    """``NIAMEY, March 26 (AFP)``, from its own field or cut off the first line."""
    title_case: bool
    """The headline has its words capitalised, so that capitals in it say nothing."""

    @property
    def body_start(self) -> int:
        """Where the body begins in ``text``."""
        return len(self.headline) + 1


def read(story: Story) -> Copy:
    """The copy of a story; where there is no body its summary stands in."""
    lines = copy_lines(story.paragraphs[:PARAGRAPHS]) or copy_lines((story.summary,))
    dateline = story.dateline
    if lines:
        cut, rest = split_dateline(lines[0])
        if cut:
            dateline, lines[0] = dateline or cut, rest
    headline = _encodable(story.headline.replace("\n", " ")[:500])
    if len(headline) > 3 and headline.isupper():
        headline = headline.title()
    body = _encodable("\n".join(lines)[:LONGEST])
    return Copy(headline, body, f"{headline}\n{body}", dateline[:120], is_title_case(headline))


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no encoder takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub(" ", text)
    return text


def split_dateline(line: str) -> tuple[str, str]:
    """A first line as its dateline and what follows; ("", line) where it has none.

    A dateline is what stands before the first dash, if it has capitals, an agency in brackets, or a day in it.
    """
    if dated := _DATED.match(line):
        return dated[1], line[dated.end() :]
    found = _DATELINE.match(line[:110])
    if not found or not _MARKS.search(found[1]) or not found[1][:1].isupper():
        return "", line
    return found[1].strip(), line[found.end() :]


def is_title_case(headline: str) -> bool:
    """Whether nearly all longer words of a headline have capitals: its capitals do not show names then."""
    words = [word for word in _LIKE_TITLE.findall(headline) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
