"""What a story is about, in one call: text in, facts out. Pure; tables are loaded at the first call."""

from __future__ import annotations

from functools import lru_cache

from dateline_enrichment import copytext, counts, dated, organisations, places
from dateline_enrichment.authority import minted_id
from dateline_enrichment.capitals import in_sentence_case
from dateline_enrichment.clubs import is_sport
from dateline_enrichment.copytext import Copy
from dateline_enrichment.gazetteer import atlas
from dateline_enrichment.language import language as language_of
from dateline_enrichment.language import spoken
from dateline_enrichment.meanings import meanings
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.naming import Context, Person
from dateline_enrichment.people import PeopleFinder, rules_finder
from dateline_enrichment.runs import Runs, find_runs
from dateline_enrichment.topics import topics
from dateline_enrichment.wholewords import apostrophe_endings, endings_of
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Entity, Facts
from dateline_schemas.story import Story

PEOPLE_LIMIT = 40
SURNAME_FIRST = ("hu",)
"""Languages in Latin letters that write the given name last."""
CAPITAL_NOUNS = ("de", "lb")
"""Languages that capitalise all nouns: there a headline full of capitals is not one in title case."""
_TAKEN = bytearray(b"\1")
"""Marks a position of the text as taken. A bytearray, since bytes would be converted at each assignment."""


def facts(story: Story, credit: Credit, people: PeopleFinder = rules_finder) -> Facts:
    """Find the language, places, people, organisations and topics of a story.

    The same story and credit give the same facts. Raises TableError if a data table cannot be used.
    """
    copy = copytext.read(story, credit.dateline)
    words = counts.words(copy.body)
    language = language_of(story.language, copy.body or copy.headline, words or len(counts.tokens(copy.headline)))
    book = atlas()
    copy = in_sentence_case(copy, language.code, book)
    found = book.find(copy.text, language.code)
    tongue = spoken(language.code)
    cased_from = copy.body_start if copy.title_case and tongue not in CAPITAL_NOUNS else 0
    runs = find_runs(copy.text, cased_from, apostrophe_endings(tongue), tongue)
    subjects = topics(story, language.code, copy.headline, copy.body)
    sport = is_sport(subjects, copy.text)
    named = organisations.find(copy, language.code, runs, found.organisations, book, found.places, sport=sport)
    taken = bytearray(len(copy.text))
    for one in named:
        end = one.own or one.end
        taken[one.start : end] = _TAKEN * (end - one.start)
    persons = _not_authors(people(_context(copy, language.code, runs, found.places, taken)), credit, story)
    for person in persons:
        for start, end in person.spans:
            taken[start:end] = _TAKEN * (end - start)
    words_of_names = set(" ".join([person.name for person in persons]).split())
    seats = frozenset([one.own for one in named if one.own > one.start])
    located = places.find(copy, language.code, found, taken, words_of_names, book, seats=seats, sport=sport)
    return Facts(
        language=language,
        dateline=dated.fact(located.dated) if located.dated else None,
        places=places.facts(located.named),
        people=_people(persons),
        organisations=organisations.entities(copy, named, credit.agencies),
        topics=subjects,
        words=words,
        reading_seconds=counts.reading_seconds(words),
    )


def _context(copy: Copy, language: str, runs: Runs, found: list[Hit], by_organisations: bytearray) -> Context:
    """What the search for people starts from; organisations and places of several words hold their positions."""
    claimed, known = bytearray(by_organisations), meanings()
    written: dict[str, int] = {}
    for name, start, end in found:
        meaning = known[name]
        written[meaning.name] = meaning.strength
        if meaning.phrase:
            claimed[start:end] = _TAKEN * (end - start)
    tongue = spoken(language)
    inflected = _with_endings(copy.text, found) if len(endings_of(tongue)) > 1 else frozenset[int]()
    surname_first = tongue in SURNAME_FIRST
    return Context(copy, language, runs, bytes(claimed), written, inflected, surname_first)


def _with_endings(text: str, found: list[Hit]) -> frozenset[int]:
    """Starts of the names of places that have an ending of the language behind them."""
    return frozenset([start for _, start, end in found if text[end : end + 1].isalpha()])


def _not_authors(persons: tuple[Person, ...], credit: Credit, story: Story) -> tuple[Person, ...]:
    """The persons without the story's authors; an author whom the text names more than once stays."""
    if not story.byline and not credit.authors:
        return persons
    byline = story.byline.casefold()
    authors = {author.name.casefold() for author in credit.authors}
    return tuple(
        [
            person
            for person in persons
            if len(person.spans) > 1 or not ((name := person.name.casefold()) in authors or name in byline)
        ]
    )


def _people(persons: tuple[Person, ...]) -> tuple[Entity, ...]:
    order = sorted(persons, key=lambda person: (-len(person.spans), person.spans[0]))
    return tuple(
        [_entity(person.name, len(person.spans), person.method, person.confidence) for person in order[:PEOPLE_LIMIT]]
    )


@lru_cache(maxsize=1024)
def _entity(name: str, mentions: int, method: str, confidence: float) -> Entity:
    """A person as a fact. Cached, since the same people are named in many stories."""
    return Entity(
        id=minted_id("person", name),
        name=name,
        kind="person",
        mentions=mentions,
        method=method,
        confidence=confidence,
    )
