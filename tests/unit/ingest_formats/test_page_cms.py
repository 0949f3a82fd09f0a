"""Pages in the shapes that publishing systems of Africa, Asia and Latin America give them: ``pages/*.html``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from msgspec import Struct, convert

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

PAGES = Path(__file__).with_name("pages")


class Expected(Struct, frozen=True):
    """What a reader takes from a page; ``published`` as RFC 3339, ``pictures`` as captions."""

    headline: str
    byline: str
    published: str
    language: str
    paragraphs: int
    first: str
    last: str
    links: list[str]
    pictures: list[str]


EXPECTED = convert(tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8")), dict[str, Expected])


def story(name: str) -> Story:
    """The story of a page in the folder."""
    page = (PAGES / f"{name}.html").read_bytes()
    return parse(page, hint="text/html", url="https://x.example/a").stories[0]


def test_every_page_has_its_expectation() -> None:
    """None is there for show."""
    assert sorted(EXPECTED) == sorted(path.stem for path in PAGES.glob("*.html"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_gives_its_text_and_nothing_of_its_frame(name: str) -> None:
    """The paragraphs are counted, the last one is the credit where the page has no more than that."""
    found, expected = story(name), EXPECTED[name]
    assert found.headline == expected.headline
    assert (len(found.paragraphs), found.paragraphs[0], found.paragraphs[-1]) == (
        expected.paragraphs,
        expected.first,
        expected.last,
    )
    assert expected.last in [credit.value for credit in found.credits] or expected.last.endswith(".")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_tells_who_when_and_in_which_language(name: str) -> None:
    """As it says it: bylines as they are written, dates in the order of the page's language."""
    found, expected = story(name), EXPECTED[name]
    assert (found.byline, found.language) == (expected.byline, expected.language)
    assert (found.first_created.isoformat() if found.first_created else "") == expected.published


@pytest.mark.parametrize("name", EXPECTED)
def test_pictures_and_pointers_are_no_text(name: str) -> None:
    """Captions belong to pictures, lines that point to other stories become links."""
    found, expected = story(name), EXPECTED[name]
    assert [one.caption or one.creditline for one in found.associations] == expected.pictures
    assert [link.title for link in found.links if link.rel != "canonical"] == expected.links
