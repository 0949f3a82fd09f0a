"""Persons of a byline and of the closing credits; never an agency, a desk or an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import Mention, finder_of
from dateline_attribution.spelling import exact, spelled
from dateline_schemas.story import Author, Story

_MOST = 20
_LONGEST = 300
_BY = re.compile(
    r"^\W*(?:(?:(?:story|text|tekst|words|report|reported|written|analysis|analyse|reportage)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|de|από|oleh|yazan|od)[\s:]+(?=\S)|(?:text|tekst|autor|autorin|author|haber)\s*:\s*)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[,;|/•·、]\s*|\s+(?:and|und|et|y|e|och|og|en|i|ja|ve|и|та|και|dan|với|with|mit|avec|con|com|met|med|sowie)\s+|\s*&\s*|\n"
)
_PLACE = re.compile(r"\s+(?:in|à|au|en|aus|i|w|из|em|a)\s+((?:[^\W\d_][\w.'-]*\s?){1,4})$")
_PERSON = re.compile(r"^[^\W\d_a-z][^\d@#:()<>]{1,60}$")
_NO_PERSON = re.compile(
    r"(?<!\w)(?:redaktion|redakcja|redacci[oó]n|r[ée]daction|redazione|redactie|redaksjon\w*|staff|desk|news|agenc\w+|agentur\w*|"
    r"editors?|writers?|reporters?|correspondents?|correspondent\w*|journalist\w*|team|media|press|online|web|magazine|times|post|"
    r"university|institute|ltd|inc|gmbh|llc|corp|www|http\w*|video|photos?|senior|chief|bureau|services?|contributor|business|"
    r"political|sports?|newsroom|exclusive|updated)(?!\w)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*\(?(?=(?:Additional )?(?:Reporting|Writing|Editing|Compiled|Translated|Reportaje|Reporte|Edición|Editado)\b)"
)
_CLAUSE = re.compile(
    r"(?P<role>(?:[Aa]dditional )?[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslat\w+|"
    r"[Rr]eportaje|[Rr]eporte|[Ee]dición|[Ee]ditado)"
    r"(?: and (?P<second>editing|writing))?\s+(?:by|de|por)\s+(?P<names>[^;.()]{2,240})"
)
_ROLES = {
    "reporting": "reporter",
    "reporte": "reporter",
    "reportaje": "reporter",
    "writing": "writer",
    "editing": "editor",
    "edición": "editor",
    "editado": "editor",
    "compiled": "writer",
}


def authors(story: Story, book: AgencyBook) -> tuple[Author, ...]:
    """Persons, each once, at most 20: of the byline, else of the author statements; then of the closing credits."""
    found: dict[str, Author] = {}
    lines = (
        [story.byline] if story.byline else [item.value for item in story.credits if item.where in ("byline", "author")]
    )
    for line in lines:
        for author in _persons(line, "author", book):
            found.setdefault(author.name.casefold(), author)
    for paragraph in story.paragraphs[-3:]:
        if _CLOSING.search(paragraph):
            for author in _closing(paragraph, book):
                found.setdefault(author.name.casefold(), author)
    return tuple(found.values())[:_MOST]


def has_staff_author(story: Story, book: AgencyBook) -> bool:
    """Whether the message states a person as an author in an element of its own, apart from any agency."""
    named = [item.value for item in story.credits if item.where == "author" and "person" in item.role.lower()]
    return any(_is_person(value.strip()) for value in named if not book.by_code(value))


def _closing(paragraph: str, book: AgencyBook) -> Iterator[Author]:
    for clause in _CLAUSE.finditer(exact(paragraph[:1000])):
        role = _ROLES.get(clause["role"].lower().removeprefix("additional "), "translator")
        yield from _persons(clause["names"], role, book)


def _persons(line: str, role: str, book: AgencyBook) -> tuple[Author, ...]:
    return _persons_in(line[:_LONGEST], role, book)


@lru_cache(maxsize=1024)
def _persons_in(line: str, role: str, book: AgencyBook) -> tuple[Author, ...]:
    """Kept, because the same people write day after day."""
    return tuple(_named(line, role, book))


def _named(line: str, role: str, book: AgencyBook) -> Iterator[Author]:
    plain = exact(line)
    mentions = finder_of(book).find([spelled(plain)]).get(0, [])
    text = _BY.sub("", _without(plain, mentions))
    for part in _SPLIT.split(text):
        name, place = part.strip(" \t-–—.*()[]"), ""
        name = _BY.sub("", name)
        if match := _PLACE.search(name):
            name, place = name[: match.start()], match[1].strip()
        if _is_person(name):
            yield Author(name=_cased(name), role=role, place=place)


def _without(text: str, mentions: list[Mention]) -> str:
    for mention in reversed(mentions):
        text = f"{text[: mention.start]},{text[mention.end :]}"
    return text


def _is_person(name: str) -> bool:
    """Two words or more, or one in a script that writes a name without a gap."""
    if not _PERSON.match(name) or _NO_PERSON.search(name):
        return False
    words = name.split()
    return 2 <= len(words) <= 6 or (len(words) == 1 and ord(name[0]) >= 0x2E80 and len(name) <= 8)


def _cased(name: str) -> str:
    """``JANE ROE`` as ``Jane Roe``; any other casing is the writer's own."""
    if not name.isupper() or ord(name[0]) >= 0x2E80:
        return name
    return " ".join(word if len(word) == 2 and word.endswith(".") else word.title() for word in name.split())
