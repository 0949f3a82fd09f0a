"""Where persons sign a story: its byline, the lines around its text, its closing credits; each with what shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.mentions import finder_of
from dateline_attribution.persons import LONGEST, is_person, persons
from dateline_attribution.spelling import exact, letters, spelled
from dateline_schemas.credit import Author
from dateline_schemas.story import Story

_MOST = 20
_OPENING = 3
"""Paragraphs at the beginning that may hold a dateline."""
_LINE = 100
"""Characters of a paragraph above the text that is nothing but a byline."""
_CLOSING = 3
"""Paragraphs at the end that may hold closing credits."""
_INITIALS = re.compile(r"^[\W_]*([a-z]{2,5}(?:\s?[/+,-]\s?[a-z]{1,5}){1,7}|\([a-z]{2,4}\))[\W_]*$")
_NAME = r"\W{0,2}(?P<name>(?:[^\W\d_a-z][\w'’.-]*\s){1,3}[^\W\d_a-z][\w'’.-]*)"
_SIGNED = re.compile(rf"{_NAME},\s[^,.;:!?]{{2,40}}\W{{0,2}}$")
"""A name, a comma and whom he writes for, as ``Jane Roe, The Canadian Press``."""
_BRACKETED = re.compile(rf"{_NAME}(?:\s?/\s?[^\W\d_a-z][^/,.;:!?()\d]{{1,30}},?)?\s?\([^().;:!?]{{2,30}}\)\.?$")
"""The same in brackets, as ``Jan Kos (PAP)``, behind a place if there is one: ``Ayşe KAYA/İZMİR, (DHA)``."""
_DESK = re.compile(r"^[A-Z]{2,4}\s[-–—]\s")
"""A desk's letters before the labels: ``AS - autor: Ion Pop``."""
_CLAUSES = re.compile(r"[;；()\[\]（）。]|\.(?=\s|$)(?<![A-Z]\.)")
_APART = re.compile(r"\s[-–—|·]\s")
"""Between an outlet's name and what it says of itself."""


def authors(story: Story, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons, each once, at most 20: of the byline, else of the author statements; then of the text's own words.

    These are the reporters that a dateline names, and the closing credits. Each says where the name stands, by which
    way of signing it was found, and how sure that is.
    """
    found: dict[str, Author] = {}
    signing = _signing(story, book, words)
    named = [name for _, said in _stated(story, "publisher") for name in _APART.split(said)] if signing else ()
    outlets = set(map(letters, named))
    for author in signing:
        if not outlets or letters(author.name) not in outlets:
            found.setdefault(author.name.casefold(), author)
    for index, paragraph in enumerate(story.paragraphs[:_OPENING]):
        if not found and len(paragraph) <= _LINE and paragraph.startswith(words.above):
            above = persons(paragraph, "author", book, words)
            _add(found, _shown(above, f"paragraphs[{index}]", paragraph, "bylines.above", words))
        names = "" if paragraph.isascii() else words.opening(paragraph)
        if names and (reporters := persons(names, "reporter", book, words)):
            _add(found, _shown(reporters, f"paragraphs[{index}]", paragraph, "bylines.dateline", words))
    _add(found, _below(story, book, words))
    return tuple(found.values())[:_MOST]


def _add(found: dict[str, Author], more: Iterable[Author]) -> None:
    for author in more:
        found.setdefault(author.name.casefold(), author)


def _shown(found: Sequence[Author], where: str, line: str, rule: str, words: BylineWords) -> list[Author]:
    """The persons of a line, which they are listed in the order of, with where they stand in it."""
    shown: list[Author] = []
    text, last, sure = exact(line), 0, words.confidence[rule]
    for author in found:
        name = author.text or author.name
        start = max(text.find(name, last), text.find(name)) if last else text.find(name)
        last = start + len(name)
        shown.append(replace(author, where=where, start=start, rule=rule, confidence=sure))
    return shown


def _signing(story: Story, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Persons of the byline, or of the author statements where there is none or it names nobody, an agency neither.

    A page's byline often goes on behind the name (``Jane Roe Fox News``): a person that the page states in an element
    of its own is called as it is there.
    """
    if not story.byline:
        return _stating(story, ("byline", "author"), book, words)
    shown = _signers("byline", story.byline, "bylines.byline", book, words)
    stated = _stating(story, ("author",), book, words)
    if not stated:
        return shown
    if not shown and not _names_agency(story.byline[:LONGEST], book):
        return stated
    named = {author.name: author for author in stated}
    return [next((named[name] for name in named if author.name.startswith(f"{name} ")), author) for author in shown]


def _stating(story: Story, wheres: Sequence[str], book: AgencyBook, words: BylineWords) -> list[Author]:
    """Persons of the message's statements."""
    return [
        author
        for where, value in _stated(story, *wheres)
        for author in _signers(where, value, "bylines.stated", book, words)
    ]


@lru_cache(maxsize=2048)
def _signers(where: str, line: str, rule: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons of a field that holds nothing else. Kept, because the same people write day after day."""
    return tuple(_shown(persons(line, "author", book, words), where, line, rule, words))


@lru_cache(maxsize=1024)
def _names_agency(line: str, book: AgencyBook) -> bool:
    return bool(finder_of(book).find([spelled(exact(line))]).get(0))


def has_staff_author(story: Story, book: AgencyBook, words: BylineWords) -> bool:
    """Whether the message states a person as an author in an element of its own, apart from any agency."""
    named = [item.value for item in story.credits if item.where == "author" and "person" in item.role.lower()]
    return any(is_person(value.strip(), words) for value in named if not book.by_code(value))


def _stated(story: Story, *wheres: str) -> list[tuple[str, str]]:
    """Statements of the message, each with the field that it is."""
    return [
        (f"credits[{index}].{item.where}", item.value)
        for index, item in enumerate(story.credits)
        if item.where in wheres
    ]


def _below(story: Story, book: AgencyBook, words: BylineWords) -> list[Author]:
    """Persons of the closing credits, in the last paragraphs and where the message states an end line."""
    signed: list[Author] = []
    count = len(story.paragraphs)
    first = max(1, count - _CLOSING)
    for index in range(first, count):
        way, found = _closing(story.paragraphs[index], book, words)
        if found:
            signed += _shown(found, f"paragraphs[{index}]", story.paragraphs[index], way, words)
    for where, line in _stated(story, "endline"):
        way, found = _closing(line, book, words) if line not in story.paragraphs[first:] else ("", ())
        if found:
            signed += _shown(found, where, line, way, words)
    return signed


def _closing(paragraph: str, book: AgencyBook, words: BylineWords) -> tuple[str, tuple[Author, ...]]:
    """In which way a closing line is signed, and by whom; nobody unless it says who did what, or is all initials."""
    if len(paragraph) > LONGEST:
        paragraph = paragraph[paragraph.rfind("(") :] if paragraph.rstrip(" .").endswith(")") else ""
    return _closing_line(paragraph, book, words) if 0 < len(paragraph) <= LONGEST else ("bylines.labelled", ())


def _closing_line(line: str, book: AgencyBook, words: BylineWords) -> tuple[str, tuple[Author, ...]]:
    if match := _INITIALS.match(line):
        return "bylines.initials", tuple(_initials(match[1], book, words))
    plain = exact(line)
    signed = (_BRACKETED if line.endswith((")", ").")) else _SIGNED).match(line)
    if signed and (put := _put(line, signed, book, words)):
        return "bylines.signed", put
    if ("contrib" in plain or "labor" in plain) and (names := words.contributors(plain)):
        return "bylines.contributed", persons(words.titled.sub("", names), "reporter", book, words)
    labelled = plain.startswith("(") or words.may_label(plain)
    return "bylines.labelled", _signed(plain, book, words) if labelled else ()


def _put(line: str, signed: re.Match[str], book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """The person of a signed line; nobody where what stands behind the name is no agency."""
    whom = re.split(r"[,(]", line[signed.end("name") :])[-1]
    return tuple([one for one in persons(f"{signed['name']}, {whom}", "author", book, words) if one.agency])


def _initials(text: str, book: AgencyBook, words: BylineWords) -> Iterator[Author]:
    for part in re.split(r"\W+", text):
        if part and part not in words.no_initials and not book.by_code(part):
            yield Author(name=part, role="initials")


@lru_cache(maxsize=1024)
def _signed(line: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    return tuple(_clauses(line, book, words))


def _clauses(line: str, book: AgencyBook, words: BylineWords) -> Iterator[Author]:
    """A clause is what lies between two labels; the first one must begin the line or stand in brackets."""
    label = words.bracketed if line.startswith("(") else words.label
    for clause in _CLAUSES.split(line):
        clause = _DESK.sub("", clause.strip(" *_-–—•"))
        if not label.match(clause):
            if line.startswith("(") and words.by.match(clause):
                yield from persons(clause, "author", book, words)
            continue
        said = list(label.finditer(clause))
        ends = [one.start() for one in said[1:]] + [len(clause)]
        for one, end in zip(said, ends, strict=True):
            yield from persons(clause[one.end() : end].strip(" ,"), one.lastgroup or "author", book, words)
