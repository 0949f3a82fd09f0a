"""The sample stories that ship with the project read as they are meant to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement

SAMPLES = Path(__file__).parents[3] / "deploy" / "samples"


@pytest.mark.parametrize(
    ("name", "format", "stories", "agency"),
    [
        ("01-afp-niamey.newsml.xml", "newsml-g2", 1, "AFP"),
        ("02-reuters-markets.ninjs.json", "ninjs", 1, "Reuters"),
        ("03-dpa-bahn.newsml.xml", "newsml-g2", 1, "dpa"),
        ("04-afp-sommet.txt", "text", 1, "AFP"),
        ("05-outlet-page.html", "html", 1, "AFP"),
        ("06-city-feed.rss.xml", "rss", 2, "AP"),
    ],
)
def test_sample(name: str, format: str, stories: int, agency: str) -> None:
    """Each is read as its format, is of a story's length, and names its agency in a credit."""
    found = parse((SAMPLES / name).read_bytes())
    assert (found.format, len(found.stories)) == (format, stories)
    for story in found.stories:
        assert story.headline
        assert 140 <= sum(len(text.split()) for text in story.paragraphs) <= 400
    assert any(agency in credit.value for credit in found.stories[-1].credits)


def test_the_outlets_page_is_clean() -> None:
    """Of the sample page only the story is left, and the bare AFP under it."""
    story = parse((SAMPLES / "05-outlet-page.html").read_bytes()).stories[0]
    assert story.headline == "Lake fishers land first big catch in years"
    assert story.paragraphs[0].startswith("Fishing crews") and story.paragraphs[-1] == "AFP"
    assert CreditElement(where="endline", value="AFP") in story.credits
    said = " ".join(story.paragraphs)
    for word in ("Share", "READ", "newsletter", "Reply", "email", "Related", "rights reserved", "Lake fishers land"):
        assert word not in said
    assert [link.title for link in story.links if link.rel == "related"] == ["Creeks return to the northern shore"]
    assert story.associations[0].caption.endswith("Bala Invented/AFP")
