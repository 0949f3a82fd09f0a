"""Persons of one line: a byline, or what stands behind a label; never an agency, a desk or an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.bylinewords import BylineWords
from dateline_attribution.mentions import WEAK, WORD, Mention, finder_of
from dateline_attribution.spelling import exact, spelled
from dateline_schemas.credit import Author

LONGEST = 300
"""Characters of a line that are looked at."""
_PERSON = re.compile(r"^(?![\u3400-\u9fff]{6})[^\W\d_a-z](?:[^\d@#:：()<>=＝!?。।።۔،؛\"“”ـ.]|(?<![가-힣])\.){1,60}$")
"""Six Chinese characters in a row are a sentence, and so are Korean syllables with a stop."""
_PAPER = re.compile(r"\s[|\n]\s?[^|\n()]{2,50}\s\($")
"""The paper that a pool has a story from: ``Jane Roe | Oakhaven Ledger (TNS)``."""
_GIVEN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+ [^\W\d_a-z][^\W\d_A-Z]")
"""A word as names are written, and another behind it."""
_ARTICLE = re.compile(r"(?:the|l'|la|el|der|die|d[aeo]|dell['a]|van|von der)$", re.IGNORECASE)
"""Between a comma and the agency: ``Ana Kos, da Lusa``."""
_WORD = re.compile(r"([^\W\d_])([^\W\d_]*)")
_DOTS = str.maketrans("Iİ", "ıi")
_SHORTENED = 4
"""Characters of the longest word of a name that is shortened with a stop: ``Jnr.``."""
_EAST = 0x2E80
"""Scripts from here on write a name without a gap."""


def persons(line: str, role: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """The persons in the order of the line, in ``role`` where the line does not say another one.

    ``Author.text`` is set where the line has a name in other letters than ``Author.name``.
    """
    return _persons_in(line[:LONGEST], role, book, words)


@lru_cache(maxsize=2048)
def _persons_in(line: str, role: str, book: AgencyBook, words: BylineWords) -> tuple[Author, ...]:
    """Kept, because the same people write day after day."""
    plain = words.aside.sub(r" \1", words.rest.split(exact(line), maxsplit=1)[0])
    mentions = [one for one in finder_of(book).find([spelled(plain)]).get(0, ()) if not _is_given(plain, one)]
    found = list(_named(plain, role, mentions, words))
    agency = _affiliation(plain, mentions, words)
    return tuple(replace(author, agency=agency) for author in found) if agency else tuple(found)


def _is_given(text: str, mention: Mention) -> bool:
    """Whether the abbreviation of an agency is somebody's given name: Petra, Hina, Efe, before another name."""
    capital = text[mention.start].isupper()
    return capital and mention.sign in (WEAK, WORD) and _GIVEN.match(text, mention.start) is not None


def _affiliation(text: str, mentions: Sequence[Mention], words: BylineWords) -> str:
    """The agency that persons are put with: behind a comma or in brackets, not behind ``and`` or ``with``."""
    if len({mention.agency.id for mention in mentions}) != 1 or mentions[0].agency.kind != "agency":
        return ""
    before = text[: mentions[0].start].rstrip()
    before = _ARTICLE.sub("", before).rstrip()
    name, _, title = before.rpartition(", ")
    before = f"{name}," if name and words.is_title(title) else before
    return mentions[0].agency.id if before.endswith((",", "(", "/", "|", "–", "—")) else ""


def _named(text: str, role: str, mentions: Sequence[Mention], words: BylineWords) -> Iterator[Author]:
    said_by, bare = words.begun(_without(text, mentions))
    chunks = words.split.split(bare)
    posted = _posted([said_by, *chunks], words) if words.posted.search(text) else ""
    for chunk in chunks:
        label = words.label.match(chunk)
        said, chunk = (label.lastgroup or role, chunk[label.end() :]) if label else (role, chunk)
        chunk = words.loose.sub("", chunk)
        at = words.at.search(chunk)
        joined, last = (chunk[: at.start()], at[1]) if at else (chunk, posted)
        double = words.double.search(joined) is not None and is_person(joined.strip(), words)
        # what stood before the first word of joining may have been an agency
        parts = [joined] if double else words.joint.split(f" {joined}")
        for nth, part in enumerate(parts):
            place = last if nth == len(parts) - 1 else posted
            for name, where in _placed(part, place, words):
                cased = _cased(name)
                yield Author(name=cased, role=said, place=where, text="" if cased == name else name)


def _posted(parts: Sequence[str], words: BylineWords) -> str:
    """Where the correspondents of a line are: by the part that calls them so, else behind the last comma."""
    *before, last = parts
    last = last.strip(" .)")
    for nth, part in enumerate(parts):
        if words.posted.search(part):
            at = words.place.search(part.rstrip(" ,:"))
            if not at and nth < len(before):
                at = words.place.fullmatch(f" {last}") or words.place.fullmatch(f" in {last}")
            return at[1].strip() if at and _is_place(at[1], words) else ""
    return ""


def _is_place(name: str, words: BylineWords) -> bool:
    return not name[0].islower() and not is_person(name, words) and not words.no_person.search(name)


def _placed(part: str, place: str, words: BylineWords) -> Iterator[tuple[str, str]]:
    """Names of a part, with the place that follows them."""
    name = words.behind.sub("", words.by.sub("", part.strip(" \t\u3000-–—.*()[]（）")))
    if match := words.place.search(name):
        name, place = name[: match.start()], match[1].strip()
    for person in _people(name, words):
        yield person, place


def _people(name: str, words: BylineWords) -> Iterator[str]:
    """The name; several where an East Asian line has nothing but a gap between them."""
    if name and ord(name[0]) >= _EAST and len(apart := name.split()) > 1:
        for each in _untitled(apart, words):
            if is_person(each, words):
                yield each
    elif is_person(name, words):
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


def is_person(name: str, words: BylineWords) -> bool:
    """Whether it is called as persons are, and by no word for what is no person."""
    return _looks_personal(name, words.particles) and not words.no_person.search(name)


def _looks_personal(name: str, particles: frozenset[str]) -> bool:
    """Two words or more, not all of them a letter and none small but particles; one in a script that leaves no gaps."""
    if not _PERSON.match(name) or name[0].islower():
        return False
    parts = name.split()
    if len(parts) > 1 and all(len(part.strip(".")) < 2 for part in parts):
        return False
    if any(part.islower() and part not in particles for part in parts):
        return False
    if parts[-1].islower() and not parts[-1].startswith("jr"):
        return False  # Unter Verwendung von
    if len(parts[-1]) > _SHORTENED and name.endswith("."):
        return False  # a sentence, in a script that has no capitals
    if len(parts) == 3 and len(parts[1]) == 1 and parts[1].islower():
        return False  # Juan y María
    return 2 <= len(parts) <= 6 or (len(parts) == 1 and ord(name[0]) >= _EAST and 2 <= len(name) <= 8)


def in_turkish(author: Author) -> Author:
    """The author of a Turkish or Azerbaijani text, whose ``I`` is a ``ı``: ``BARIŞ`` as ``Barış``."""
    name = _WORD.sub(lambda word: word[1] + word[2].translate(_DOTS).lower(), " ".join(author.text.split()))
    return replace(author, name=name) if name else author


def _cased(name: str) -> str:
    """``JANE ROE`` as ``Jane Roe``; any other casing is the writer's own."""
    if not name.isupper() or ord(name[0]) >= _EAST:
        return name
    cased = [word if len(word) == 2 and word.endswith(".") else word.title() for word in name.split()]
    return " ".join(cased).replace("i\u0307", "i")  # the small letter of a Turkish İ
