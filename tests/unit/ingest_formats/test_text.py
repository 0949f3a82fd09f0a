"""Plain text in an agency's shape, or a page copied as text."""

from __future__ import annotations

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story

WIRE = """Sahel-water-festival

Town by the river opens its water festival

By Jo Sample

ORAN-SUR-NIGER, March 26, 2026 (EP) - The town by the river opened its water festival on Thursday
with a race of forty boats, the first since the bridge was closed for repairs.

"We rowed on dry sand in our dreams for three years," said Ada Sample, who builds boats.

The festival lasts until Sunday, and the ferry runs all night.

ada/joe

EP
"""

PAGE = """Home
News
Town by the river opens its water festival
Share
Town by the river opens its water festival
March 26, 2026
Facebook
The town by the river opened its water festival on Thursday with forty boats, according to EP, its first in years.
READ: Bridge opens again after repairs
"We rowed on dry sand in our dreams for three years," said Ada Sample, who builds boats behind the market.
[newsletter_form id="3"]
The festival lasts until Sunday, and the ferry runs all night between the two banks for those who want to see both.
EP
Share on Facebook
Leave a Reply
Your email address will not be published. Required fields are marked *
This should never be seen.
"""


def story(text: str, hint: str = "") -> Story:
    """The story of a text."""
    return parse(text.encode(), hint=hint).stories[0]


def test_the_parts_of_a_wire_text() -> None:
    """Slug, headline, byline, dateline, body and end lines are told apart."""
    found = story(WIRE)
    assert found.slugline == "Sahel-water-festival"
    assert found.headline == "Town by the river opens its water festival"
    assert found.byline == "By Jo Sample"
    assert found.dateline == "ORAN-SUR-NIGER, March 26, 2026 (EP) -"
    assert len(found.paragraphs) == 5
    assert found.paragraphs[0].startswith("ORAN-SUR-NIGER") and found.paragraphs[0].endswith("repairs.")
    assert found.paragraphs[-2:] == ("ada/joe", "EP")
    assert found.credits == (
        CreditElement(where="byline", value="By Jo Sample"),
        CreditElement(where="dateline", value="ORAN-SUR-NIGER, March 26, 2026 (EP) -"),
        CreditElement(where="endline", value="ada/joe"),
        CreditElement(where="endline", value="EP"),
    )


def test_the_same_bytes_have_the_same_identity() -> None:
    """A text has no identifier, so its bytes name it; another text has another name."""
    assert story(WIRE).guid == story(WIRE).guid
    assert story(WIRE).guid.startswith("urn:dateline:sha256:")
    assert story(WIRE).guid != story(WIRE + "\n.").guid
    assert story(WIRE).version == ""


def test_a_page_copied_as_text() -> None:
    """What surrounds the story goes, the pointer becomes a link, the bare credit at its end stays."""
    found = story(PAGE)
    assert found.headline == "Town by the river opens its water festival"
    assert [text[:12] for text in found.paragraphs] == ["The town by ", '"We rowed on', "The festival", "EP"]
    assert [(link.rel, link.title) for link in found.links] == [("related", "Bridge opens again after repairs")]
    assert CreditElement(where="endline", value="EP") in found.credits


def test_labelled_lines_at_the_top() -> None:
    """Lines such as ``Slug: x`` give the fields they name."""
    found = story("Slug: water\nHeadline: Rain\nUrgency: 3\nCredit: EP\n\nIt rained.\n\nIt stopped.")
    assert (found.slugline, found.headline, found.urgency, found.creditline) == ("water", "Rain", 3, "EP")
    assert found.paragraphs == ("It rained.", "It stopped.")


def test_a_charset_that_the_carrier_states() -> None:
    """Bytes that are not UTF-8 are read in the charset of the media type."""
    found = parse("Été\n\nIl fait chaud à Oran.".encode("cp1252"), hint="text/plain; charset=windows-1252")
    assert found.stories[0].paragraphs == ("Il fait chaud à Oran.",)
