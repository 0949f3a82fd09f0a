from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slowness import in_time

import dateline_enrichment
from dateline_enrichment import counts
from dateline_enrichment.analyse import facts
from dateline_enrichment.copytext import LONGEST, read
from dateline_enrichment.people_model import MODELS, ModelMissing, model_finder
from dateline_schemas.credit import Author, Credit
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story, Subject

sys.path.insert(0, str(Path(__file__).parent))
from evaluate import evaluate, labelled

FLOORS = {"places": 0.93, "people": 0.9, "organisations": 0.88, "topics": 0.85}
TEXT = st.text(st.characters(), max_size=400)
LANGUAGES = st.sampled_from(["", "en", "fr", "de", "ar", "ja", "zh", "ko", "fi", "swe", "x", "\x00"])


def test_the_version_of_the_rules_comes_from_the_tables() -> None:
    """``enrichment/1.`` and eight hex digits."""
    assert re.fullmatch(r"enrichment/\d+\.[0-9a-f]{8}", dateline_enrichment.RULES)


@settings(max_examples=60, deadline=None)
@given(TEXT, st.lists(TEXT, max_size=5), LANGUAGES, TEXT)
def test_any_text_has_facts(headline: str, paragraphs: list[str], language: str, code: str) -> None:
    """Whatever characters come in, facts come out that the contract allows."""
    story = Story(
        guid="x",
        headline=headline,
        paragraphs=tuple(paragraphs),
        language=language,
        dateline=headline[:60],
        subjects=(Subject(code=code, scheme="medtop"),),
    )
    found = facts(story, Credit())
    assert msgspec.json.decode(msgspec.json.encode(found), type=Facts) == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([story.text for story in labelled()]), min_size=1, max_size=3), LANGUAGES)
def test_people_and_shaped_organisations_are_words_of_the_text(texts: list[str], language: str) -> None:
    """A name is given out as the text has it, never made up."""
    story = Story(guid="x", language=language, paragraphs=tuple("\n".join(texts).split("\n")))
    found, text = facts(story, Credit()), read(story).text
    assert all(person.name in text for person in found.people)
    assert all(body.name in text for body in found.organisations if body.method == "shape")


def test_the_same_story_has_the_same_facts() -> None:
    """Twice the same, byte for byte."""
    for one in labelled():
        story = Story(guid="x", language=one.language, headline=one.headline, paragraphs=tuple(one.text.split("\n")))
        assert msgspec.json.encode(facts(story, Credit())) == msgspec.json.encode(facts(story, Credit()))


def test_the_labelled_set_is_found() -> None:
    """On stories labelled by hand the F1 of each kind stays over its floor."""
    scores = evaluate(labelled())
    assert {kind: score.f1 for kind, score in scores.items() if score.f1 < FLOORS[kind]} == {}


def test_a_story_without_body_is_known_by_its_summary() -> None:
    """A picture or a link has only a summary: it is read instead."""
    assert [place.name for place in facts(Story(guid="x", summary="Floods hit Kenya."), Credit()).places] == ["Kenya"]


def test_a_story_of_a_headline_alone_has_the_language_of_its_headline() -> None:
    """It has no words and takes no time to read."""
    found = facts(Story(guid="x", headline="Der Hafen bleibt nach dem Sturm am Mittwoch geschlossen"), Credit())
    assert (found.language.code, found.words, found.reading_seconds) == ("de", 0, 0)


def test_how_long_a_story_takes_to_read_is_told() -> None:
    """In seconds, at the speed of grown-up readers."""
    words = 470
    found = facts(Story(guid="x", language="en", paragraphs=(" ".join(["word"] * words),)), Credit())
    assert (found.words, found.reading_seconds) == (words, counts.reading_seconds(words))
    assert 90 <= found.reading_seconds <= 180


@pytest.mark.parametrize(
    ("members", "authors"),
    [({"byline": "By Hannah Marsh in Oslo"}, ()), ({}, (Author(name="Hannah MARSH"),)), ({"byline": "x"}, None)],
)
def test_who_wrote_a_story_is_no_person_of_it(members: dict[str, str], authors: tuple[Author, ...] | None) -> None:
    """Unless it names them more than once: then they are in the news themselves."""
    once = "The mayor, Tom Berg, said so to Hannah Marsh."
    for text, named in ((once, authors is None), (f"{once} Later Hannah Marsh said that she left.", True)):
        story = Story(guid="x", language="en", paragraphs=(text,), **members)  # type: ignore[arg-type]
        people = [person.name for person in facts(story, Credit(authors=authors or ())).people]
        assert "Tom Berg" in people
        assert ("Hannah Marsh" in people) == named


def test_a_person_is_told_with_how_it_was_found_and_how_surely() -> None:
    """Whoever is named most stands first."""
    text = "President Tom Berg met Hannah Marsh, a lawyer. Hannah Marsh said she was glad. Marsh left."
    found = facts(Story(guid="x", language="en", paragraphs=(text,)), Credit()).people
    assert [(one.name, one.mentions) for one in found] == [("Hannah Marsh", 3), ("Tom Berg", 1)]
    assert all(one.method and 0.5 < one.confidence <= 1.0 for one in found)


def test_half_a_character_is_no_character() -> None:
    """JSON may have a lone surrogate, which no encoder takes: it is read as a blank."""
    broken, whole = (
        facts(Story(guid="x", language="en", paragraphs=(f"Minister Joseph Wekhomba{sign}spoke.",)), Credit())
        for sign in ("\ud83d", " ")
    )
    assert broken == whole


def test_a_huge_story_is_read_to_its_limit() -> None:
    """A text of megabytes costs no more than one of sixty thousand characters."""
    story = Story(guid="x", language="en", paragraphs=("Kenya sent aid. " * 1000,) * 100)
    assert facts(story, Credit()).places[0].mentions < 60_000 / 16 + 1


@pytest.mark.skipif(importlib.util.find_spec("spacy") is not None, reason="the people model is installed")
def test_a_missing_model_says_what_to_install() -> None:
    """Without the optional packages the error names the way out."""
    with pytest.raises(ModelMissing, match="requirements"):
        model_finder()


@pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None
    or not all(any(importlib.util.find_spec(name) for name in names) for names in MODELS.values()),
    reason="the people model is not installed",
)
def test_the_model_finds_people_and_leaves_places_alone() -> None:
    """The model's names count where the gazetteer has no place; titles are cut off."""
    text = "Striker Danny Okell met Neighbouring Mali's coach Luis Ferrante in Bamako. Okell smiled."
    found = facts(Story(guid="x", language="en", paragraphs=(text,)), Credit(), model_finder())
    assert {person.name: person.mentions for person in found.people} == {"Danny Okell": 2, "Luis Ferrante": 1}
    assert {place.id for place in found.places} == {"iso3166:ML", "geonames:2460596"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "World Health Organization (WHO), "),
        ("en", "WHO, Lendal Bank plc, "),
        ("ja", "ー"),
        ("ja", "岡山大学"),
        ("ja", "山田一郎さん"),
        ("ko", "서울대학교"),
    ],
)
def test_time_for_a_text_that_says_one_thing_again_and_again(language: str, text: str) -> None:
    """It grows with the text and not with its square: as long a text as is looked at takes a moment."""
    story = Story(guid="again", language=language, paragraphs=(text * (LONGEST // len(text)),))
    assert in_time(2, lambda: facts(story, Credit())).language.code == language
