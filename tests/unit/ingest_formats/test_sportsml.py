"""SportsML: who played, the score, the table. Nothing here is from a real wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Subject

NAR = "http://iptc.org/std/nar/2006-10-01/"
META = """<sports-metadata date-time="2026-02-02T00:35:00-05:00" doc-id="ex.17" language="en" slug="HOCKEY-ELLERY"
revision-id="r.17" fixture-key="spfixt:event-stats"><sports-title>Ellery win at last</sports-title>
<sports-content-codes>
<sports-content-code code-type="spct:publisher" code-name="Example Sports"/>
<sports-content-code code-type="spct:distributor" code-key="d:ex" code-name="Example Wire"/>
<sports-content-code code-type="spct:sport" code-key="sport:1" code-name="Hockey"/>
<sports-content-code code-type="spct:team" code-key="team:9" code-name="Ellery Gulls"/></sports-content-codes>
<advisory>Adds table</advisory></sports-metadata>"""
EVENT = """<sports-event><event-metadata start-date-time="2026-02-01T18:30:00-05:00"><site><site-metadata>
<name role="nrol:full">Quay Rink</name></site-metadata></site></event-metadata>
<team><team-metadata><name role="nrol:full">Ellery Gulls</name><name part="nprt:nickname">Gulls</name></team-metadata>
<team-stats score="3"/><player><player-metadata><name first="Mara" last="Tull"/></player-metadata></player></team>
<team><team-metadata><name full="Port Storks"/></team-metadata><team-stats score="2"/></team></sports-event>"""
STANDING = """<standing content-label="League">
<team><team-metadata><name role="nrol:full">Ellery Gulls</name></team-metadata><team-stats standing-points="9">
<outcome-totals wins="3" losses="1"/></team-stats></team>
<team><team-metadata><name>Storks</name></team-metadata></team></standing>"""
ARTICLE = """<article><nitf><body><body.head><hedline><hl1>x</hl1></hedline></body.head><body.content><p>Gulls won.</p>
</body.content></body></nitf></article>"""


def document(*parts: str) -> str:
    """A document of these parts."""
    return f'<sports-content xmlns="{NAR}">{"".join(parts)}</sports-content>'


def test_a_result_is_a_line() -> None:
    """Who played, with the score; when and where; the players that are named."""
    parsed = parse(document(META, EVENT).encode())
    (found,) = parsed.stories
    assert (parsed.format, found.guid, found.headline) == ("sportsml", "ex.17", "Ellery win at last")
    assert found.paragraphs == (
        "Ellery Gulls 3, Port Storks 2 (2026-02-01T18:30:00-05:00, Quay Rink)",
        "Ellery Gulls: Mara Tull",
    )


def test_what_the_metadata_say() -> None:
    """Publisher and distributor are origin, other codes concepts, the advisory a note."""
    (found,) = parse(document(META, EVENT).encode()).stories
    assert found.version_created == datetime(2026, 2, 2, 5, 35, tzinfo=UTC)
    assert (found.version, found.language, found.slugline) == ("2026-02-02T05:35:00Z", "en", "HOCKEY-ELLERY")
    assert (found.provider, found.ed_note) == ("Example Wire", "Adds table")
    assert found.credits == (
        CreditElement(where="publisher", value="Example Sports"),
        CreditElement(where="provider", value="Example Wire"),
    )
    assert found.subjects == (Subject(scheme="sport", code="sport:1", name="Hockey"),)
    assert found.organisations == (Subject(scheme="team", code="team:9", name="Ellery Gulls"),)
    assert found.alt_ids == (Subject(scheme="revision-id", code="r.17"),)


def test_a_standing_is_a_table() -> None:
    """With the columns that any row has."""
    (found,) = parse(document(META, STANDING).encode()).stories
    assert found.paragraphs == ("League", "wins losses standing-points", "Ellery Gulls 3 1 9", "Storks")
    assert "<table>" in found.body_html


def test_an_article_is_the_text() -> None:
    """As NITF within it has it."""
    (found,) = parse(document(META, ARTICLE, EVENT).encode()).stories
    assert found.paragraphs[0] == "Gulls won."


def test_who_wrote_an_article() -> None:
    """Byline, dateline and distributor of the NITF are the story's, alone and as the text of an item of NewsML-G2."""
    head = "<byline>By Jo Sample</byline><distributor>Port Wire</distributor><dateline>ELLERY (PW)</dateline>"
    signed = ARTICLE.replace("<hedline>", f"{head}<hedline>")
    (found,) = parse(document(signed).encode()).stories
    assert (found.byline, found.provider, found.dateline) == ("By Jo Sample", "Port Wire", "ELLERY (PW)")
    inline = f"<contentSet><inlineXML>{document(signed)}</inlineXML></contentSet>"
    (item,) = parse(f'<newsItem xmlns="{NAR}" guid="urn:x:1">{inline}</newsItem>'.encode()).stories
    assert item.byline == "By Jo Sample" and set(found.credits) <= set(item.credits)


def test_within_newsml_g2() -> None:
    """The item's own properties stand, the document is its text."""
    item = (
        f'<newsItem xmlns="{NAR}" guid="urn:x:1"><contentMeta><headline>Hockey</headline></contentMeta>'
        f"<contentSet><inlineXML>{document(EVENT)}</inlineXML></contentSet></newsItem>"
    )
    (found,) = parse(item.encode()).stories
    assert found.headline == "Hockey"
    assert found.paragraphs[0].startswith("Ellery Gulls 3, Port Storks 2")


def test_a_document_of_which_nothing_is_told() -> None:
    """Its names are the text, so that nothing is lost."""
    (found,) = parse(document("<statistic><team><name>Ellery Gulls</name></team></statistic>").encode()).stories
    assert (found.paragraphs, found.guid.startswith("urn:")) == (("Ellery Gulls",), True)


def test_a_set_without_documents_is_refused() -> None:
    """There is nothing to take in."""
    with pytest.raises(Unparseable, match="no sports-content"):
        parse(f'<sports-content-set xmlns="{NAR}"/>'.encode())
