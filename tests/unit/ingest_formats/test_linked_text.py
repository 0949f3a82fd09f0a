"""Texts that a message only links to: which link is theirs, and a message with its texts as one document."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.linkedtext import text_flags, text_link, with_text
from dateline_ingest.formats.related import Part, is_related, pack, unpack
from dateline_schemas.story import Association, Story

NITF = (
    b'<nitf><head><docdata><doc-id id-string="other"/></docdata></head><body><body.head><byline>By Ada Moor</byline>'
    b"</body.head><body.content><block><p>The quay is open again.</p><p>Ferries run.</p></block></body.content></body>"
    b"</nitf>"
)
G2 = b"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="3" standard="NewsML-G2">
<itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Quay</headline></contentMeta>
<contentSet><remoteContent href="texts/1.xml" contenttype="application/nitf+xml"/>
<remoteContent href="texts/1.jpg" contenttype="image/jpeg"/></contentSet></newsItem>"""


def ninjs(**members: Any) -> bytes:
    """An item whose text is a rendition."""
    renditions = {
        "main": {"href": "https://a.example/t/1", "contenttype": "text/html"},
        "thumb": {"href": "https://a.example/t/1.jpg", "contenttype": "image/jpeg"},
    }
    plain = {"uri": "urn:x:1", "version": "2", "type": "text", "headline": "Quay", "renditions": renditions}
    return json.dumps({**plain, **members}).encode()


def only(data: bytes) -> Story:
    """The one story of a message."""
    [story] = parse(data).stories
    return story


def test_the_link_of_a_text_is_found_in_every_format_that_has_one() -> None:
    """NewsML-G2's remoteContent, a rendition of ninjs, a rendition of the AP Media API; never a picture."""
    ap = {"altids": {"itemid": "1"}, "type": "text", "renditions": {
        "anpa": {"name": "anpa", "type": "text", "mimetype": "application/octet-stream", "href": "https://a.example/a"},
        "nitf": {"name": "nitf", "type": "text", "mimetype": "text/xml", "href": "https://a.example/n"}}}  # fmt: skip
    found = [text_link(only(data)) for data in (G2, ninjs(), json.dumps(ap).encode())]
    assert [link and link.href for link in found] == ["texts/1.xml", "https://a.example/t/1", "https://a.example/n"]


@pytest.mark.parametrize("href", ["http://[x/1.xml", "https://a\u2100.example/1.xml"])
def test_a_link_that_no_address_can_be_made_of_costs_no_story(href: str) -> None:
    """The story stays without its text, as where nothing is at the link."""
    item = G2.replace(b"texts/1.xml", href.encode())
    parts = [Part("https://a.example/i", "application/xml", item), Part("https://a.example/t", "text/plain", b"Words.")]
    assert only(pack(parts)).paragraphs == ()


def test_what_has_its_text_or_needs_none_has_no_such_link() -> None:
    """A whole story, a picture, a kill; a related story is not the story's own text."""
    link = Association(rel="main", href="https://a.example/1", mimetype="text/html")
    assert text_link(Story(guid="g", associations=(link,))) == link
    for story in (
        Story(guid="g", associations=(link,), paragraphs=("Words.",)),
        Story(guid="g", associations=(link,), type="picture"),
        Story(guid="g", associations=(link,), pubstatus="canceled"),
        Story(guid="g", associations=(replace(link, type="text"),)),
        Story(guid="g", associations=(replace(link, mimetype="application/octet-stream"),)),
    ):
        assert text_link(story) is None
        assert text_flags(story) == ()
    assert text_flags(Story(guid="g", associations=(link,))) == ("text-missing",)


def test_a_message_with_its_texts_is_the_whole_story() -> None:
    """Identity, version and headline are the message's; the text and what it says of origin come from the link."""
    document = pack(
        [Part("https://a.example/items/1", "", G2), Part("https://a.example/items/texts/1.xml", "text/xml", NITF)]
    )
    parsed = parse(document)
    [story] = parsed.stories
    assert (parsed.format, story.guid, story.version, story.headline) == ("newsml-g2", "urn:x:1", "3", "Quay")
    assert (story.paragraphs, story.byline) == (("The quay is open again.", "Ferries run."), "By Ada Moor")
    assert any(credit.value == "By Ada Moor" for credit in story.credits)
    assert text_flags(story) == ()


def test_a_text_that_cannot_be_read_leaves_the_story_with_its_link() -> None:
    """Flagged; the message itself is not refused for it."""
    document = pack([Part("", "", ninjs()), Part("https://a.example/t/1", "", b"\x00\x01")])
    story = only(document)
    assert (story.paragraphs, text_flags(story)) == ((), ("text-missing",))


def test_the_stricter_status_and_the_later_embargo_count() -> None:
    """Whichever of message and text says so: nothing leaks because it stands in the other one."""
    early, late = datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 1, 2, tzinfo=UTC)
    text = Story(guid="t", paragraphs=("Words.",), pubstatus="withheld", embargo=early)
    assert with_text(Story(guid="g", embargo=late), [text]).embargo == late
    assert with_text(Story(guid="g"), [text]).embargo == early
    assert with_text(Story(guid="g"), [text]).pubstatus == "withheld"
    assert with_text(Story(guid="g"), [Story(guid="empty")]) == Story(guid="g")


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_what_is_packed_comes_out_unchanged(datas: list[bytes]) -> None:
    """Byte for byte, whatever is in it; the same parts make the same document."""
    parts = [Part(f"https://a.example/{nth}", "text/plain; charset=utf-8", data) for nth, data in enumerate(datas)]
    document = pack(parts)
    assert is_related(document) and document == pack(parts)
    assert list(unpack(document)) == parts


def test_headers_cannot_be_smuggled_in_and_broken_documents_are_refused() -> None:
    """A media type or address with line ends stays on its line."""
    [part, _] = unpack(pack([Part("https://a.example/\r\nX: y", "text/xml\r\nEvil: 1", b"x"), Part("", "", b"")]))
    assert (part.url, part.media) == ("https://a.example/X: y", "text/xmlEvil: 1")
    whole = pack([Part("", "", b"x")])
    for broken in (whole[:-20], whole.replace(b"boundary=dateline", b"boundary=\xffdateline")):
        with pytest.raises(Unparseable, match="send the message as it is"):
            parse(broken)
