"""JSON that is not quite JSON: what leaves one meaning is read, anything else is refused."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

ITEM = b'{"uri": "urn:x:1", "type": "text", "headline": "Tide", "body_html": "%b"}'


def story(data: bytes) -> Story:
    """The only story of a message."""
    return parse(data).stories[0]


@pytest.mark.parametrize("body", [b"<p>One</p>\n\t<p>Two</p>\r\n", b'<p class=\\"a\\">One</p>\x0b<p>Two</p>'])
def test_line_breaks_within_a_string(body: bytes) -> None:
    """Control characters that a program did not escape are what they are."""
    assert story(ITEM % body).paragraphs == ("One", "Two")


def test_zeros_behind_the_last_brace_say_nothing() -> None:
    """Carriers that fill up blocks leave them."""
    assert story(ITEM % b"<p>One</p>" + b"\r\n\0\0\0").paragraphs == ("One",)


@pytest.mark.parametrize("cut", [b'{"uri": "urn:x:1", "headline": "Ti\nde', b'{"uri": "a\nb" "headline": "x"}'])
def test_what_has_no_end_is_refused(cut: bytes) -> None:
    """Quotes and commas are never put in."""
    with pytest.raises(Unparseable, match="broken JSON"):
        parse(cut)
