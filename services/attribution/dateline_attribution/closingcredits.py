"""Closing credits: the lines at the end of a text in which persons sign it, each by its way of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.mentions import finder_of
from dateline_attribution.persons import LONGEST, is_person, persons
from dateline_attribution.spelling import exact, spelled
from dateline_attribution.textends import tail_of
from dateline_schemas.credit import Author
from dateline_schemas.story import Story

LINE = 100
"""Characters of a paragraph that is nothing but a byline."""
SHORT = 40
"""Characters of a line that may be nothing but a name, an agency's or a person's, or what somebody did."""
ABOVE = "bylines.above"
_CLOSING = 3
"""Paragraphs at the end that may hold closing credits."""
_MOST_CLOSING = 12
"""The same where a page has more below its text."""
_BRACKETS = re.compile(r"\(([^()]{4,40})\)\.?")
"""A line in brackets, which may be nothing but a name."""
_LETTERS = re.compile(r"[a-z]{2,4}(?:\s?/\s?[a-z]{1,4}){0,3}")
"""Initials behind a label."""
_NOBODY: tuple[str, tuple[Author, ...]] = ("", ())
_WRITING = frozenset(("author", "writer", "reporter", "editor"))
_INITIALS = re.compile(r"^[\W_]*([a-z]{2,5}(?:\s?[/+,-]\s?(?:[a-z]{1,5}|[A-Z]{2,5}(?!\w))){1,7}|\([a-z]{2,4}\))[\W_]*$")
_NAME = r"\W{0,2}(?P<name>(?:[^\W\d_a-z][\w'’.-]*\s){1,3}[^\W\d_a-z][\w'’.-]*)"
_SIGNED = re.compile(rf"{_NAME},\s[^,.;:!?]{{2,40}}\W{{0,2}}$")
"""A name, a comma and whom he writes for, as ``Jane Roe, The Canadian Press``."""
_BRACKETED = re.compile(rf"{_NAME}(?:\s?/\s?[^\W\d_a-z][^/,.;:!?()\d]{{1,30}},?)?\s?\([^().;:!?]{{2,30}}\)\.?$")
"""The same in brackets, as ``Jan Kos (PAP)``, behind a place if there is one: ``Ayşe KAYA/İZMİR, (DHA)``."""
_CREDIT = re.compile(
    r"\([^.!?]+\)$|[^\W\d_]{2,14}(?:\s[^\W\d_]{2,14})?\s?[:：]|(?:[Ww]ith|[Mm]it|[Aa]vec|[Cc]o[mn]|[Mm]e[dt])\s[^.,!?]{2,40},"
)
"""A line that is nothing but credits: in brackets, or one that begins with a word and a colon, or with whom."""
_CLAUSES = re.compile(r"[;；()\[\]（）。]|\.(?=\s|$)(?<![\s.][A-Z]\.)")
_DESK = re.compile(r"^[A-Z]{2,4}\s[-–—]\s")
"""A desk's letters before the labels: ``AS - autor: Ion Pop``."""


def closing_credits(story: Story, book: AgencyBook, words: BylineWords) -> list[Author]:
    """Persons of the closing credits, in the last paragraphs and where the message states an end line."""
    signed: list[Author] = []
    count = len(story.paragraphs)
    first = min(count - _CLOSING, tail_of(story.paragraphs))
    first = max(first, 0 if count == 1 else 1, count - _MOST_CLOSING)
    for index in range(first, count):
        way, found = _closing(story.paragraphs[index], book, words)
        if not found and index + 1 < count and len(below := story.paragraphs[index + 1]) <= SHORT:
            way, found = "bylines.signed", _over_agency(story.paragraphs[index], below, book, words)
        if not found and index and len(story.paragraphs[index]) <= SHORT:
            signed += in_two_lines(story, index, book, words)
        if found:
            signed += shown(found, f"paragraphs[{index}]", story.paragraphs[index], way, words)
    for where, line in stated(story, "endline"):
        way, found = _closing(line, book, words) if line not in story.paragraphs[first:] else ("", ())
        if found:
            signed += shown(found, where, line, way, words)
    return signed


def shown(found: Sequence[Author], where: str, line: str, rule: str, words: BylineWords) -> list[Author]:
    """The persons of a line, which they are listed in the order of, with where they stand in it."""
    placed: list[Author] = []
    text, last, sure = exact(line), 0, words.confidence[rule]
    for author in found:
        name = author.text or author.name
        start = max(text.find(name, last), text.find(name)) if last else text.find(name)
        last = start + len(name)
        placed.append(replace(author, where=where, start=start, rule=rule, confidence=sure))
    return placed


def stated(story: Story, *wheres: str) -> list[tuple[str, str]]:
    """Statements of the message, each with the field that it is."""
    return [
        (f"credits[{index}].{item.where}", item.value)
        for index, item in enumerate(story.credits)
        if item.where in wheres
    ]


def all_persons(line: str, words: BylineWords) -> bool:
    """Whether a line is nothing but names with commas between them."""
    plain = line.strip(" .") if line[:1].isupper() else line.strip()  # without capitals a stop tells a sentence
    return all(is_person(name.strip(), words) for name in plain.split(","))


def in_two_lines(story: Story, index: int, book: AgencyBook, words: BylineWords) -> list[Author]:
    """The person of a paragraph who is called by the one before it, or is whom this paragraph says what they are.

    ``Oleh`` over ``Ana Kayu``, ``Editor:`` over ``Budi Laut``; ``Ana Kayu`` over ``Penulis``.
    """
    before = story.paragraphs[index - 1] if index else story.subheadline
    line = story.paragraphs[index]
    if not 0 < len(before) <= SHORT or not 0 < len(line) <= SHORT:
        return []
    both = f"{before} {line}"
    if words.calls(both, len(before)) and all_persons(line, words):
        return shown(persons(both, "author", book, words), f"paragraphs[{index}]", line, ABOVE, words)
    if words.is_title(line) and all_persons(before, words):
        where = f"paragraphs[{index - 1}]" if index else "subheadline"
        return shown(persons(before, "author", book, words), where, before, ABOVE, words)
    return []


def _closing(paragraph: str, book: AgencyBook, words: BylineWords) -> tuple[str, tuple[Author, ...]]:
    """In which way a closing line is signed, and by whom; nobody unless it says who did what, or is all initials."""
    way, found = _closing_line(paragraph, book, words) if 0 < len(paragraph) <= LONGEST else _NOBODY
    if found:
        return way, found
    if paragraph.endswith((")", ").")) and (behind := paragraph.rfind("(", -LONGEST)) >= 0:
        if not behind and (name := _BRACKETS.fullmatch(paragraph)) and all_persons(name[1], words):
            return "bylines.signed", persons(name[1], "author", book, words)
        return _closing_line(paragraph[behind:], book, words) if behind else _NOBODY
    found = signers(paragraph, book, words) if len(paragraph) <= LINE or not paragraph.isascii() else ()
    return ("bylines.signed", found) if found else _NOBODY


def signers(line: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons that a line ends with, by one of the shapes of those who sign behind a text."""
    names = words.closing(line) if "/" in line or not line.isascii() else ""
    return persons(names, "author" if "/" in names else "reporter", book, words) if names else ()


def _over_agency(line: str, below: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons of a line that holds nothing but names, over one that holds nothing but an agency."""
    if len(line) > LINE or not all_persons(line, words):
        return ()
    mentions = finder_of(book).find([spelled(exact(below))]).get(0, [])
    alone = bool(mentions) and mentions[0].end - mentions[0].start >= len(below.strip(" ()."))
    return persons(line, "author", book, words) if alone else ()


def _closing_line(line: str, book: AgencyBook, words: BylineWords) -> tuple[str, tuple[Author, ...]]:
    if match := _INITIALS.match(line):
        return "bylines.initials", tuple(_initials(match[1], book, words))
    plain = exact(line)
    begun = len(line) <= LINE and line.startswith(words.above) and not words.label.match(plain)
    if begun and (by := persons(line, "author", book, words)):
        return ABOVE, by
    signed = (_BRACKETED if line.endswith((")", ").")) else _SIGNED).match(line)
    if signed and (put := _put(line, signed, book, words)):
        return "bylines.signed", put
    if ("contrib" in plain or "labor" in plain) and (names := words.contributors(plain)):
        return "bylines.contributed", persons(words.titled.sub("", names), "reporter", book, words)
    says_who = plain.startswith("(") or words.may_label(plain)
    return "bylines.labelled", labelled(plain, book, words) if says_who else ()


def _put(line: str, signed: re.Match[str], book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """The person of a signed line; nobody where what stands behind the name is no agency, or the name is a sentence."""
    if not is_person(signed["name"], words):
        return ()
    whom = re.split(r"[,(]", line[signed.end("name") :])[-1]
    return tuple([one for one in persons(f"{signed['name']}, {whom}", "author", book, words) if one.agency])


def _initials(text: str, book: AgencyBook, words: BylineWords) -> Iterator[Author]:
    parts = re.split(r"\W+", text)
    if any(part.isupper() and not book.by_code(part) for part in parts):
        return
    for part in parts:
        if part and part not in words.no_initials and not book.by_code(part):
            yield Author(name=part, role="initials")


@lru_cache(maxsize=1024)
def labelled(line: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons of a line of labels of who did what, each with the role that his label gives."""
    return tuple(_clauses(line, book, words))


def _clauses(line: str, book: AgencyBook, words: BylineWords) -> Iterator[Author]:
    """A clause is what lies between two labels; the first one must begin the line or stand in brackets.

    In a line of credits a comma may stand between two (``Source: AFP, translated by Jane Roe``).
    """
    credits = len(line) <= LINE and _CREDIT.match(line) is not None
    for nth, clause in enumerate((words.clauses if credits else _CLAUSES).split(line)):
        label = words.bracketed if line.startswith("(") or (nth and credits) else words.label
        clause = _DESK.sub("", clause.strip(" *_-–—•"))
        if not label.match(clause):
            if line.startswith("(") and words.by.match(clause):
                yield from persons(clause, "author", book, words)
            continue
        said = list(label.finditer(clause))
        ends = [one.start() for one in said[1:]] + [len(clause)]
        for one, end in zip(said, ends, strict=True):
            named, role = clause[one.end() : end].strip(" ,"), one.lastgroup or "author"
            if role in _WRITING and _LETTERS.fullmatch(named):
                yield from _initials(named, book, words)
            yield from persons(named, role, book, words)
