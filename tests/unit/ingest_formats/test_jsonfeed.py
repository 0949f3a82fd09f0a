"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story


def feed(*items: Any, **members: Any) -> bytes:
    """A feed with these items."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Sample Post", "language": "en-GB"}
    return json.dumps({**head, **members, "items": list(items)}).encode()


def story(**members: Any) -> Story:
    """The story of an item with these members and an id."""
    return parse(feed({"id": "urn:x:1", **members})).stories[0]


def test_an_item_with_everything() -> None:
    """Identifier, dates, text, authors, tags, files, and the page that it links out to."""
    found = story(
        url="https://post.example/1",
        external_url="https://ep.example/9",
        title="River &amp; bridge",
        content_html="<p>One.</p><p>Two <a href='/x'>there</a>.</p><p>EP</p>",
        content_text="not read",
        summary="Short.",
        image="https://post.example/1.jpg",
        date_published="2026-03-26T10:00:00+01:00",
        date_modified="2026-03-26T12:00:00Z",
        authors=[{"name": "Jo Sample"}, {"url": "https://post.example/al"}],
        tags=["Rivers", "Bridges"],
        language="en",
        attachments=[
            {
                "url": "/1.mp3",
                "mime_type": "audio/mpeg",
                "size_in_bytes": 1234,
                "title": "Read out",
                "duration_in_seconds": 9,
            }
        ],
        _wire={"provider": "Example Press", "photographer": "Al Photo", "score": 3},
    )
    assert (found.guid, found.headline, found.summary, found.language) == ("urn:x:1", "River & bridge", "Short.", "en")
    assert (found.version, found.version_created) == ("2026-03-26T12:00:00Z", datetime(2026, 3, 26, 12, tzinfo=UTC))
    assert found.first_created == datetime(2026, 3, 26, 9, tzinfo=UTC)
    assert found.paragraphs == ("One.", "Two there.", "EP")
    assert 'href="https://post.example/x"' in found.body_html
    assert (found.byline, found.keywords) == ("Jo Sample, https://post.example/al", ("Rivers", "Bridges"))
    assert found.associations == (
        Association(rel="image", type="picture", href="https://post.example/1.jpg"),
        Association(
            rel="attachment", type="audio", href="/1.mp3", headline="Read out", mimetype="audio/mpeg", size=1234
        ),
    )
    assert found.links == (
        Link(href="https://post.example/1", rel="canonical"),
        Link(href="https://ep.example/9", rel="via"),
    )
    assert {(one.where, one.value, one.role) for one in found.credits} == {
        ("author", "Jo Sample", ""), ("author", "https://post.example/al", ""), ("provider", "Example Press", "_wire"),
        ("picture", "Al Photo", "_wire"), ("provider", "Sample Post", "feed"), ("endline", "EP", ""),
    }  # fmt: skip


def test_version_1_0_and_the_feeds_defaults() -> None:
    """One author object; language and author of the feed hold where the item names none; plain text has paragraphs."""
    data = feed(
        {"id": 7, "content_text": "One.\n\nTwo."}, version="https://jsonfeed.org/version/1", author={"name": "Desk"}
    )
    found = parse(data).stories[0]
    assert (found.guid, found.language, found.byline) == ("7", "en-GB", "Desk")
    assert found.paragraphs == ("One.", "Two.")
    assert found.credits[0] == CreditElement(where="author", value="Desk")


def test_it_is_told_by_its_version_wherever_that_stands() -> None:
    """A version after the items counts too; a text that mentions the address does not."""
    data = b'{"items": [{"id": "1", "title": "T"}], "version" : "https:\\/\\/jsonfeed.org\\/version\\/1.1"}'
    assert parse(data).format == "jsonfeed"
    said = json.dumps({"uri": "urn:x:1", "headline": 'H "version": "https://jsonfeed.org/version/1"'})
    assert parse(said.encode()).format == "ninjs"


@pytest.mark.parametrize(
    ("data", "reason", "path"),
    [
        (feed(), "no items", "$.items"),
        (feed("x"), "no object", "$.items[0]"),
        (feed({}, {}), "no identifier", "$.items[0]"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "no list", "$.items"),
    ],
)
def test_refusals_name_the_item(data: bytes, reason: str, path: str) -> None:
    """The JSON path of what is wrong is in the refusal."""
    with pytest.raises(Unparseable, match=reason) as caught:
        parse(data)
    assert caught.value.path == path
