"""What a story is about, in one call: text in, facts out. Pure; tables are loaded at the first call."""

from __future__ import annotations

from itertools import chain

from dateline_enrichment import copytext, counts, organisations, places
from dateline_enrichment.authority import minted_id
from dateline_enrichment.gazetteer import apostrophe_endings, atlas
from dateline_enrichment.language import language as language_of
from dateline_enrichment.naming import Context, Person
from dateline_enrichment.people import PeopleFinder, rules_finder
from dateline_enrichment.runs import find_runs
from dateline_enrichment.topics import topics
from dateline_schemas.story import Credit, Entity, Facts, Story

__all__ = ["facts", "rules_finder"]

PEOPLE_LIMIT = 40


def facts(story: Story, credit: Credit, people: PeopleFinder = rules_finder) -> Facts:
    """Find the language, places, people, organisations and topics of a story.

    The same story and credit give the same facts. Raises TableError if a data table cannot be used.
    """
    copy = copytext.read(story)
    words = counts.words(copy.body)
    language = language_of(story.language, copy.body or copy.headline, words or len(counts.tokens(copy.headline)))
    book = atlas()
    found = book.find(copy.text, language.code)
    runs = find_runs(copy.text, copy.body_start if copy.title_case else 0, apostrophe_endings(language.code))
    named = organisations.find(copy, language.code, runs, found, book)
    claimed = frozenset(chain.from_iterable(range(one.start, one.end) for one in named))
    taken_words = claimed.union(
        *(
            range(one.start, one.end)
            for one in found
            if one.name < book.first_organisation and " " in copy.text[one.start : one.end]
        )
    )
    known_places = frozenset(copy.text[one.start : one.end] for one in found if one.name < book.first_organisation)
    persons = _not_authors(people(Context(copy, language.code, runs, taken_words, known_places)), credit, story)
    taken = claimed.union(*(range(*span) for person in persons for span in person.spans))
    words_of_names = frozenset(word for person in persons for word in person.name.split())
    return Facts(
        language=language,
        places=places.facts(places.find(copy, language.code, found, taken, words_of_names, book), book),
        people=_people(persons),
        organisations=organisations.entities(copy, named, credit.agencies),
        topics=topics(story, language.code, copy.headline, copy.body),
        words=words,
        reading_seconds=counts.reading_seconds(words),
    )


def _not_authors(persons: tuple[Person, ...], credit: Credit, story: Story) -> tuple[Person, ...]:
    """Without the people who wrote the story, unless it names them more than once."""
    authors = {author.name.casefold() for author in credit.authors}
    byline = story.byline.casefold()
    return tuple(
        person
        for person in persons
        if len(person.spans) > 1 or not (person.name.casefold() in authors or person.name.casefold() in byline)
    )


def _people(persons: tuple[Person, ...]) -> tuple[Entity, ...]:
    order = sorted(persons, key=lambda person: (-len(person.spans), person.spans[0]))
    return tuple(
        Entity(
            id=minted_id("person", person.name),
            name=person.name,
            kind="person",
            mentions=len(person.spans),
            method=person.method,
            confidence=person.confidence,
        )
        for person in order[:PEOPLE_LIMIT]
    )
