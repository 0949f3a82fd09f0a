"""How a page's story ends: its credit is kept, and nothing that the outlet says of itself behind it."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

H = "Lamp makers of Ostra move into the old brewery"
TEXT = (
    "Eleven lamp makers of Ostra have moved into the old brewery, the town council said on Wednesday.",
    "The house had stood empty since its last brewer left for the coast nine years ago.",
    "“The light is good here, and the rent is low,” said Ida Korvel, who makes shades of paper.",
)
LAST = "Lamps from Ostra hang in forty countries, the guild says."


def story(behind: str, *, beside: str = "", site: str = "Ostra Courier") -> Story:
    """The story of a page with this behind its text, and this behind the part with the text."""
    text = "".join(f"<p>{one}</p>" for one in (*TEXT, LAST))
    head = f"<title>{H} - {site}</title><meta property='og:site_name' content='{site}'>"
    body = f"<article><h1>{H}</h1><div class='zt'>{text}{behind}</div>{beside}</article>"
    page = f"<html lang='en'><head>{head}</head><body>{body}</body></html>"
    return parse(page.encode(), hint="text/html", url="https://ostra.example/lamps").stories[0]


@pytest.mark.parametrize(
    "note",
    [
        "<p><em>Ostra Courier brings you what happens in the hills, in print since the year of the comet.</em></p>",
        "<p>(Nobody at Ostra Courier has changed this text, which came by wire.)</p>",
        "<p>Copyright Ostra Courier.</p>",
        "<p>Reprinted only by leave of © 2031 Ostra Courier</p>",
    ],
)
def test_what_an_outlet_says_of_itself_behind_a_story_is_none_of_it(note: str) -> None:
    """In letters of another kind, in brackets or as a notice of copyright, in any language."""
    assert story(note).paragraphs == (*TEXT, LAST)


def test_behind_the_credit_a_plain_line_about_the_outlet_is_none_of_the_story() -> None:
    """The credit stays."""
    note = "<p>The desk of Ostra Courier did not edit this text, which came by wire.</p>"
    assert story(f"<p>AFP</p>{note}").paragraphs == (*TEXT, LAST, "AFP")
    assert story(f"{note}<p>AFP</p>").paragraphs[-1] == "AFP"


@pytest.mark.parametrize(
    "last",
    [
        "<p>The guild told Ostra Courier that it would look for a second house.</p>",
        "<p><em>The names of the apprentices have been changed.</em></p>",
        "<p><em>With reporting by Reuters and Ostra Courier</em></p>",
        "<p>© 2031 Hill Agency, for Ostra Courier</p>",
    ],
)
def test_a_last_paragraph_of_the_story_stays(last: str) -> None:
    """One that names the outlet and looks like the others, one that does not name it, and a credit."""
    assert len(story(last).paragraphs) == len(TEXT) + 2


def test_single_notices_beside_a_run_of_paragraphs_are_none_of_the_story() -> None:
    """They may be a good share of a short story; several paragraphs beside it are its continuation."""
    notice = (
        "<div class='zn'><p>Every word and every picture on this page belongs to somebody, so ask first, please.</p>"
    )
    assert story("", beside=f"{notice}</div>").paragraphs == (*TEXT, LAST)
    more = "<p>The brewery has room for nine more, and a yard in which the lamps are hung to be looked at.</p>"
    assert len(story("", beside=f"{notice}{more}</div>").paragraphs) == len(TEXT) + 3


def test_a_short_line_behind_the_run_stays() -> None:
    """It may be the credit."""
    notice = "<div><p>Every word and every picture on this page belongs to somebody, so ask first, please.</p></div>"
    assert "With Reuters and AFP" in story("", beside=f"<p>With Reuters and AFP</p>{notice}").paragraphs


@pytest.mark.parametrize("site", ["", "AFP"])
def test_a_page_without_an_outlet_s_name_keeps_its_end(site: str) -> None:
    """Nothing is known of whom its last line speaks; names of three letters tell nothing."""
    assert len(story("<p><em>AFP is read in the hills.</em></p>", site=site).paragraphs) == len(TEXT) + 2
