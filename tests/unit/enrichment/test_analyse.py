from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline_enrichment
from dateline_enrichment.analyse import facts
from dateline_enrichment.copytext import read
from dateline_enrichment.people_model import MODELS, ModelMissing, model_finder
from dateline_schemas.credit import Credit
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
    """On stories labelled by hand the F1 of each kind stays over its floor; evaluate.py prints the figures."""
    scores = evaluate(labelled())
    assert {kind: score.f1 for kind, score in scores.items() if score.f1 < FLOORS[kind]} == {}


def test_a_story_without_body_is_known_by_its_summary() -> None:
    """A picture or a link has only a summary: it is read instead."""
    assert [place.name for place in facts(Story(guid="x", summary="Floods hit Kenya."), Credit()).places] == ["Kenya"]


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
