"""The head of a plain text: slug, headline, byline and source among the lines before its body. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.formats.anpa_1312.envelope import codes
from dateline_ingest.formats.text.times import says_published, states_moment
from dateline_ingest.formats.textwire.conventions import puts_right
from dateline_ingest.formats.textwire.head import is_byline, is_release_label
from dateline_ingest.formats.textwire.slugs import has_marks, slug_of
from dateline_ingest.formats.textwire.table import kinds_alone
from dateline_ingest.formats.values.dateline import agency_in, dateline_of
from dateline_ingest.formats.values.endline import is_called_agency, is_plain_credit
from dateline_ingest.formats.values.words import bare, letters

_SLUG = re.compile(
    r"[^\s]{3,60}|\d{1,2} [A-Z]{3,12}(?: [A-Z][\w'-]{2,20}){1,3}"
    r"|[A-Z0-9ÀÉÈÇÜÖÄ /&,.:'()-]{3,50}|[\w.-]+(?:[-/][\w.]+)+(?:\s*[,(].{1,30})?"
)
NAMING = re.compile(r"[^\W_][\w.]*(?:\s?[-/]{1,2}\s?[\w.]+)+/?")
"""A slug of several parts: it names one story of a day, where a single word names a subject."""
_CYCLED = re.compile(r"(?:BC|AM|PM|AP|BP)-[A-Z]{2,3}--\S")
_HEAD = 12
"""Lines among which the story's head is looked for."""
_BEGINNING, _LETTERS = 40, 4
"""Characters of a line, and letters of these, by which most lines are told from one another."""
_LEAST = 30
_AGENCY = 40
"""Characters that the name of an agency has at most."""
_POINTS = ("* ", "• ", "- ", "– ")
"""How points over a text begin, which are none of its headlines; nor is a sentence."""
_SIGNED = 5
"""Lines among which the byline of a text without a dateline stands."""
PARAGRAPH = 140
"""Characters from which a line is body rather than head."""


def undoubled(lines: list[str]) -> list[str]:
    """A line that stands twice within the head is the headline: what is before it and its double go."""
    seen: dict[str, int] = {}
    openings = [bare(line[:_BEGINNING])[:_LETTERS] for line in lines[:_HEAD]]
    if len(set(openings)) == len(openings) and all(len(some) == _LETTERS for some in openings):
        return lines
    for at, line in enumerate(lines[:_HEAD]):
        key = bare(line)
        if (first := seen.get(key)) is not None and len(key) > 12:
            if first and (
                line.endswith(".") or lines[first].endswith(".")
            ):  # a summary that is the first sentence, too
                return [*lines[:first], *lines[first + 1 :]]
            return [*lines[first:at], *lines[at + 1 :]]
        seen.setdefault(key, at)
    return lines


def lead(lines: list[str]) -> tuple[int, str]:
    """Where the body begins, and its dateline.

    A short first line that looks dated is the headline where an agency's dateline follows: ``Harbour (Oakhaven): ...``.
    """
    dated = _dated(lines)
    if (first := next(dated, None)) is not None:
        titled = first[0] == 0 and len(lines[0]) < PARAGRAPH
        return next((later for later in dated if agency_in(later[1])), first) if titled else first
    for at, line in enumerate(lines[:_HEAD]):
        if at and letters(line) >= PARAGRAPH:
            return at, ""
    signed = next((at for at, line in enumerate(lines[:_SIGNED]) if at and is_byline(line)), 0)
    if signed and signed + 1 < len(lines):
        return signed + 1, ""
    head = (at for at, line in enumerate(lines[:-1], 1) if not (kinds_alone(line) or _is_note(line)))
    return next(head, min(1, len(lines) - 1)), ""


def _dated(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines of the head that open with a dateline, each with it."""
    for at, line in enumerate(lines[:_HEAD]):
        dateline = dateline_of(line)
        if dateline and (line == dateline or letters(line) > len(dateline) + _least(at, dateline)):
            yield at, dateline


def _least(at: int, dateline: str) -> int:
    """Characters that follow a dateline at least: it opens a headline, too, but not one that names an agency below."""
    return 0 if at and agency_in(dateline) else _LEAST


def _is_note(line: str) -> bool:
    """Whether a line over the text is for editors: in brackets, what it is, a sentence about what was put right."""
    if (line[0] == "(" and line[-1] == ")" and " " in line) or is_release_label(line):
        return True
    return line[-1] == "." and puts_right(line)


def _is_marked_slug(line: str) -> bool:
    """Whether a line is a slug with a mark or AP's cycle beside it: ``River-festival LEAD 2``, ``BC-XX--Ferry,310``."""
    slug = slug_of(line) if len(line) <= PARAGRAPH else None
    if slug is None:
        return False
    return (bool(slug.parts) and NAMING.fullmatch(slug.name) is not None) or _CYCLED.match(line) is not None


def _is_agency(line: str, agency: str, dateline: str) -> bool:
    """Whether a line beside the headline is an agency: called one, or the dateline's, perhaps with its place behind."""
    if len(line) > _AGENCY:
        return False
    if not agency or not line.casefold().startswith(agency.casefold()):
        return is_called_agency(line)
    behind = line[len(agency) :]
    return (not behind[:1].isalnum() and bare(behind) in bare(dateline)) or is_called_agency(line)


class Head:
    """Slug, headline, further headline, byline and source among the lines before the body, and notes in brackets.

    ``left`` are the lines that are none of these: captions, a credit, a name, what a page had beside its headline.
    """

    def __init__(self, lines: list[str], headline: str, agency: str, dateline: str) -> None:
        self.slug = self.byline = self.source = self.subheadline = ""
        self.notes: tuple[str, ...] = ()
        self.left: tuple[str, ...] = ()
        rest = []
        before = ""
        for line in lines:
            if not self.byline and is_byline(line):
                self.byline = line
            elif self.byline and before == self.byline and codes().agency.fullmatch(line):
                self.source = line
            elif not states_moment(line) and not says_published(line):
                rest.append(line)
            before = line
        notes = [line for line in rest if _is_note(line)] if len(rest) > 1 else ()
        if notes and len(notes) < len(rest):
            self.notes, rest = tuple(notes), [line for line in rest if line not in notes]
        if len(rest) > 1 and not self.source and _is_agency(rest[0], agency, dateline):
            self.source = rest.pop(0)
        while len(rest) > 1 and len(rest[0]) <= PARAGRAPH and (_SLUG.fullmatch(rest[0]) or _is_marked_slug(rest[0])):
            self.slug = f"{self.slug} {rest.pop(0)}".strip()
        self.headline = headline or (rest.pop(0) if rest else "")
        told = self.headline if _CYCLED.match(self.headline) or has_marks(self.headline) else ""  # no "Part 2"
        if not self.slug and _is_marked_slug(told):
            self.slug = self.headline
        while rest and (is_plain_credit(rest[0]) or _is_agency(rest[0], agency, dateline)):
            self.source = ", ".join(filter(None, (self.source, rest.pop(0))))
        begun = bool(rest) and (rest[0].startswith(_POINTS) or rest[0].endswith("."))
        self.subheadline = "" if begun or not rest else rest.pop(0)
        self.left = tuple(rest)
