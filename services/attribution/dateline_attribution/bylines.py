"""Persons of a byline and of the closing credits; never an agency, a desk or an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.mentions import NAME, Mention, finder_of
from dateline_attribution.spelling import exact, letters, spelled
from dateline_schemas.credit import Author
from dateline_schemas.story import Story

_MOST = 20
_LONGEST = 300
_OPENING = 3
"""Paragraphs at the beginning that may hold a dateline."""
_LINE = 100
"""Characters of a paragraph above the text that is nothing but a byline."""
_CLOSING = 3
"""Paragraphs at the end that may hold closing credits."""
_PERSON = re.compile(r"^[^\W\d_a-z][^\d@#:：()<>!?\"“”]{1,60}$")
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
_PAPER = re.compile(r"\s[|\n]\s?[^|\n()]{2,50}\s\($")
"""The paper that a pool has a story from: ``Jane Roe | Oakhaven Ledger (TNS)``."""
_GIVEN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+ [^\W\d_a-z][^\W\d_A-Z]")
"""A word as names are written, and another behind it."""
_EAST = 0x2E80
"""Scripts from here on write a name without a gap."""


def authors(story: Story, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons, each once, at most 20: of the byline, else of the author statements; then of the text's own words.

    These are the reporters that a dateline names, and the closing credits.
    """
    found: dict[str, Author] = {}
    signing = _signing(story, book, words)
    named = [name for value in _stated(story, "publisher") for name in _APART.split(value)] if signing else ()
    outlets = set(map(letters, named))
    for author in signing:
        if not outlets or letters(author.name) not in outlets:
            found.setdefault(author.name.casefold(), author)
    for paragraph in story.paragraphs[:_OPENING]:
        if not found and len(paragraph) <= _LINE and paragraph.startswith(words.above):
            signing = _persons(paragraph, "author", book, words)
            found.update((author.name.casefold(), author) for author in signing)
        names = "" if paragraph.isascii() else words.opening(paragraph)
        for author in _persons(names, "reporter", book, words) if names else ():
            found.setdefault(author.name.casefold(), author)
    for paragraph in _closings(story):
        for author in _closing(paragraph, book, words):
            found.setdefault(author.name.casefold(), author)
    return tuple(found.values())[:_MOST]


def _signing(story: Story, book: AgencyBook, words: BylineWords) -> Sequence[Author]:
    """Persons of the byline, or of the author statements where there is none or it names nobody, an agency neither.

    A page's byline often goes on behind the name (``Jane Roe Fox News``): a person that the page states in an element
    of its own is called as it is there.
    """
    if not story.byline:
        return _persons_of(_stated(story, "byline", "author"), book, words)
    shown = _persons_of([story.byline], book, words)
    stated = _persons_of(_stated(story, "author"), book, words)
    if not stated:
        return shown
    if not shown and not _names_agency(story.byline[:_LONGEST], book):
        return stated
    named = {author.name: author for author in stated}
    return [next((named[name] for name in named if author.name.startswith(f"{name} ")), author) for author in shown]


def _persons_of(lines: Sequence[str], book: AgencyBook, words: BylineWords) -> list[Author]:
    return [author for line in lines for author in _persons(line, "author", book, words)]


@lru_cache(maxsize=1024)
def _names_agency(line: str, book: AgencyBook) -> bool:
    return bool(finder_of(book).find([spelled(exact(line))]).get(0))


def has_staff_author(story: Story, book: AgencyBook, words: BylineWords) -> bool:
    """Whether the message states a person as an author in an element of its own, apart from any agency."""
    named = [item.value for item in story.credits if item.where == "author" and "person" in item.role.lower()]
    return any(_is_person(value.strip(), words) for value in named if not book.by_code(value))


def _stated(story: Story, *wheres: str) -> list[str]:
    return [item.value for item in story.credits if item.where in wheres]


def _closings(story: Story) -> list[str]:
    marks = [item.value for item in story.credits if item.where == "endline"]
    return list(dict.fromkeys([*story.paragraphs[1:][-_CLOSING:], *marks]))


def _closing(paragraph: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Persons of a closing line; one that says who did what, or is nothing but initials."""
    if len(paragraph) <= _LONGEST:
        return _closing_line(paragraph, book, words)
    tail = paragraph[paragraph.rfind("(") :] if paragraph.rstrip(" .").endswith(")") else ""
    return _closing_line(tail, book, words) if 0 < len(tail) <= _LONGEST else ()


def _closing_line(line: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    if match := _INITIALS.match(line):
        return tuple(_initials(match[1], book))
    plain = exact(line)
    signed = (_BRACKETED if line.endswith((")", ").")) else _SIGNED).match(line)
    if signed and (put := _put(line, signed, book, words)):
        return put
    if ("contrib" in plain or "labor" in plain) and (names := words.contributors(plain)):
        return _persons(words.titled.sub("", names), "reporter", book, words)
    return _signed(plain, book, words) if plain.startswith("(") or words.may_label(plain) else ()


def _put(line: str, signed: re.Match[str], book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """The person of a signed line; nobody where what stands behind the name is no agency."""
    whom = re.split(r"[,(]", line[signed.end("name") :])[-1]
    return tuple([one for one in _persons(f"{signed['name']}, {whom}", "author", book, words) if one.agency])


def _initials(text: str, book: AgencyBook) -> Iterator[Author]:
    for part in re.split(r"\W+", text):
        if part and not book.by_code(part):
            yield Author(name=part, role="initials")


@lru_cache(maxsize=1024)
def _signed(line: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    return tuple(_clauses(line, book, words))


def _clauses(line: str, book: AgencyBook, words: BylineWords) -> Iterator[Author]:
    """A clause is what lies between two labels; the first one must begin the line or stand in brackets."""
    for clause in _CLAUSES.split(line):
        clause = _DESK.sub("", clause.strip(" *_-–—•"))
        if not words.label.match(clause):
            if line.startswith("(") and words.by.match(clause):
                yield from _persons(clause, "author", book, words)
            continue
        labels = list(words.label.finditer(clause))
        ends = [label.start() for label in labels[1:]] + [len(clause)]
        for label, end in zip(labels, ends, strict=True):
            yield from _persons(clause[label.end() : end].strip(" ,"), label.lastgroup or "author", book, words)


def _persons(line: str, role: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    return _persons_in(line[:_LONGEST], role, book, words)


@lru_cache(maxsize=2048)
def _persons_in(line: str, role: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Kept, because the same people write day after day."""
    plain = exact(line)
    mentions = [one for one in finder_of(book).find([spelled(plain)]).get(0, ()) if not _is_given(plain, one)]
    found = list(_named(plain, role, mentions, words))
    agency = _affiliation(plain, mentions)
    return tuple(replace(author, agency=agency) for author in found) if agency else tuple(found)


def _is_given(text: str, mention: Mention) -> bool:
    """Whether the abbreviation of an agency is somebody's given name: Petra, Hina, Efe, before another name."""
    return mention.sign != NAME and _GIVEN.match(text, mention.start) is not None


def _affiliation(text: str, mentions: Sequence[Mention]) -> str:
    """The agency that persons are put with: behind a comma or in brackets, not behind ``and`` or ``with``."""
    if len(mentions) != 1 or mentions[0].agency.kind != "agency":
        return ""
    before = text[: mentions[0].start].rstrip()
    before = re.sub(r"(?:the|l'|la|el|der|die)$", "", before, flags=re.IGNORECASE).rstrip()
    return mentions[0].agency.id if before.endswith((",", "(", "/", "|", "–", "—")) else ""


def _named(text: str, role: str, mentions: Sequence[Mention], words: BylineWords) -> Iterator[Author]:
    bare = words.by.sub("", _without(text, mentions))
    for chunk in words.split.split(bare):
        label = words.label.match(chunk)
        said, chunk = (label.lastgroup or role, chunk[label.end() :]) if label else (role, chunk)
        chunk = words.loose.sub("", chunk)
        at = words.at.search(chunk)
        joined, last = (chunk[: at.start()], at[1]) if at else (chunk, "")
        parts = words.joint.split(f" {joined}")  # what stood before the first word of joining may have been an agency
        for nth, part in enumerate(parts):
            place = last if nth == len(parts) - 1 else ""
            yield from (Author(name=name, role=said, place=where) for name, where in _placed(part, place, words))


def _placed(part: str, place: str, words: BylineWords) -> Iterator[tuple[str, str]]:
    """Names of a part, with the place that follows them."""
    name = words.behind.sub("", words.by.sub("", part.strip(" \t-–—.*()[]（）")))
    if match := words.place.search(name):
        name, place = name[: match.start()], match[1].strip()
    for person in _people(name, words):
        yield _cased(person), place


def _people(name: str, words: BylineWords) -> Iterator[str]:
    """The name; several where an East Asian line has nothing but a gap between them."""
    if name and ord(name[0]) >= _EAST and " " in name:
        for each in _untitled(name.split(), words):
            if _is_person(each, words):
                yield each
    elif _is_person(name, words):
        yield name


def _untitled(parts: list[str], words: BylineWords) -> list[str]:
    """The names among them: where some are called reporters, what stands before that word; addresses stand behind."""
    titled = [at for at, part in enumerate(parts) if words.behind.fullmatch(part)]
    return [*parts[: titled[0]], *(parts[at - 1] for at in titled[1:])] if titled else parts


def _without(text: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        before = text[: mention.start]
        before = before[: match.start()] if (match := _PAPER.search(before)) else before
        text = f"{before},{text[mention.end :]}"
    return text


def _is_person(name: str, words: BylineWords) -> bool:
    return _looks_personal(name) and not words.no_person.search(name)


def _looks_personal(name: str) -> bool:
    """Two words or more, or one in a script that writes a name without a gap."""
    if not _PERSON.match(name) or name[0].islower():
        return False
    parts = name.split()
    return 2 <= len(parts) <= 6 or (len(parts) == 1 and ord(name[0]) >= _EAST and 2 <= len(name) <= 8)


def _cased(name: str) -> str:
    """``JANE ROE`` as ``Jane Roe``; any other casing is the writer's own."""
    if not name.isupper() or ord(name[0]) >= _EAST:
        return name
    return " ".join(word if len(word) == 2 and word.endswith(".") else word.title() for word in name.split())
