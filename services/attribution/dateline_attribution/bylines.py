"""Where persons sign a story: its byline, the lines around its text; each with what shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dateline_attribution.abovelines import above, is_said, is_told_of
from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.closingcredits import (
    ABOVE,
    LINE,
    SHORT,
    closing_credits,
    in_two_lines,
    shown,
    stated,
)
from dateline_attribution.mentions import finder_of
from dateline_attribution.persons import LONGEST, in_turkish, is_person, persons
from dateline_attribution.spelling import exact, letters, spelled
from dateline_attribution.takings import Finding
from dateline_attribution.textends import lead_of
from dateline_schemas.credit import Author
from dateline_schemas.story import Story

_MOST = 20
_OPENING = 3
"""Paragraphs at the beginning that may hold a dateline."""
_TEXT = 6
"""Paragraphs whose words tell a title from names."""
_DOTLESS = ("tr", "az")
"""Languages whose capital I has no dot as a small letter either."""
_APART = re.compile(r"\s[-–—|·]\s")
"""Between an outlet's name and what it says of itself."""


def authors(story: Story, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons, each once, at most 20: of the byline, else of the author statements; then of the text's own words.

    These are the reporters that a dateline names, and the closing credits. Each says where the name stands, by which
    way of signing it was found, and how sure that is.
    """
    found: dict[str, Author] = {}
    signing = _signing(story, book, words)
    named = [name for _, said in stated(story, "publisher") for name in _APART.split(said)] if signing else ()
    outlets = set(map(letters, named))
    for author in signing:
        if not outlets or letters(author.name) not in outlets:
            found.setdefault(author.name.casefold(), author)
    if story.subheadline and not found and len(story.subheadline) <= LINE:
        signers = signing_line(story.subheadline, story, book, words)
        _add(found, shown(signers, "subheadline", story.subheadline, ABOVE, words))
    if not found and 0 < len(story.subheadline) <= SHORT and story.paragraphs:
        _add(found, in_two_lines(story, 0, book, words))
    lead = lead_of(story.paragraphs)
    for index, paragraph in enumerate(story.paragraphs[: lead + 1 if lead >= _OPENING else _OPENING]):
        if paragraph == story.headline:
            continue
        more = not found or (index < lead and words.label.match(paragraph) is not None)
        if more and len(paragraph) <= LINE:
            _add(found, _in_line(story, index, book, words))
        if not found and len(paragraph) <= SHORT and index:
            _add(found, in_two_lines(story, index, book, words))
        names = "" if paragraph.isascii() else words.opening(paragraph)
        if names and (reporters := persons(names, "reporter", book, words)):
            _add(found, shown(reporters, f"paragraphs[{index}]", paragraph, "bylines.dateline", words))
    _add(found, closing_credits(story, book, words))
    signers = tuple(found.values())[:_MOST]
    return tuple(map(in_turkish, signers)) if story.language[:2] in _DOTLESS else signers


def _in_line(story: Story, index: int, book: AgencyBook, words: BylineWords) -> Iterable[Author]:
    """The persons of a line above the text, unless its words are the text's."""
    line = story.paragraphs[index]
    signers = signing_line(line, story, book, words)
    if not signers or is_said(line, story.paragraphs[index + 1 :][:_TEXT], words):
        return ()
    return shown(signers, f"paragraphs[{index}]", line, ABOVE, words)


def signing_line(line: str, story: Story, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """The persons of a line above the text; beside an agency that is not theirs only those that no text is of."""
    signers = above(line, book, words)
    bare = signers and not signers[0].agency and not line.startswith(words.above) and _names_agency(line, book)
    return () if bare and is_told_of([one.name for one in signers], line, story) else signers


def without_headings(
    found: list[Finding], story: Story, book: AgencyBook, words: BylineWords, signed: frozenset[str]
) -> list[Finding]:
    """The findings without those of ``signed`` rules whose line names nobody, or somebody that the text tells of."""
    return [one for one in found if one.rule not in signed or _is_signed(one.text, story, book, words)]


def _is_signed(line: str, story: Story, book: AgencyBook, words: BylineWords) -> bool:
    signers = above(line, book, words)
    return bool(signers) and not is_told_of([one.name for one in signers], line, story)


def _add(found: dict[str, Author], more: Iterable[Author]) -> None:
    for author in more:
        found.setdefault(author.name.casefold(), author)


def _signing(story: Story, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Persons of the byline, or of the author statements where there is none or it names nobody, an agency neither.

    Where it names an agency, a page may have others that name persons.
    A page's byline often goes on behind the name (``Jane Roe Fox News``): a person that the page states in an element
    of its own is called as it is there.
    """
    if not story.byline:
        return _stating(story, ("byline", "author"), book, words)
    signers = _signers("byline", story.byline, "bylines.byline", book, words)
    if not signers and _names_agency(story.byline[:LONGEST], book):
        return _stating(story, ("byline",), book, words)
    stating = _stating(story, ("author",), book, words)
    if not signers or not stating:
        return signers or stating
    named = {author.name: author for author in stating}
    return [next((named[name] for name in named if author.name.startswith(f"{name} ")), author) for author in signers]


def _stating(story: Story, wheres: Sequence[str], book: AgencyBook, words: BylineWords) -> list[Author]:
    """Persons of the message's statements."""
    return [
        author
        for where, value in stated(story, *wheres)
        for author in _signers(where, value, "bylines.stated", book, words)
    ]


@lru_cache(maxsize=2048)
def _signers(where: str, line: str, rule: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons of a field that holds nothing else. Kept, because the same people write day after day."""
    return tuple(shown(persons(line, "author", book, words), where, line, rule, words))


@lru_cache(maxsize=1024)
def _names_agency(line: str, book: AgencyBook) -> bool:
    return bool(finder_of(book).find([spelled(exact(line))]).get(0))


def has_staff_author(story: Story, book: AgencyBook, words: BylineWords) -> bool:
    """Whether the message states a person as an author in an element of its own, apart from any agency."""
    named = [item.value for item in story.credits if item.where == "author" and "person" in item.role.lower()]
    return any(is_person(value.strip(), words) for value in named if not book.by_code(value))
