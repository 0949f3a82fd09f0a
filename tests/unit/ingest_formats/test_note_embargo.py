"""An embargo that only the note to editors states must not leak, whatever the format."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import parse


def ninjs(note: str) -> bytes:
    """A ninjs story with a note."""
    return json.dumps(
        {
            "uri": "urn:test:embargo",
            "standard": {"name": "ninjs", "version": "2.0"},
            "type": "text",
            "versioncreated": "2026-03-02T09:00:00Z",
            "headlines": [{"value": "Budget speech"}],
            "ednote": note,
        }
    ).encode()


def g2(note: str) -> bytes:
    """A NewsML-G2 item with a note."""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:test:embargo" version="1">'
        "<itemMeta><versionCreated>2026-03-02T09:00:00Z</versionCreated>"
        f"<edNote>{note}</edNote></itemMeta><contentMeta><headline>Budget speech</headline></contentMeta></newsItem>"
    ).encode()


def nitf(note: str) -> bytes:
    """A NITF document with a note."""
    return (
        '<nitf><head><docdata><doc-id id-string="embargo-1"/><date.issue norm="20260302T090000Z"/>'
        f'<ed-msg info="{note}"/></docdata></head><body><body.head><hedline><hl1>Budget speech</hl1></hedline>'
        "</body.head><body.content><p>The minister spoke.</p></body.content></body></nitf>"
    ).encode()


@pytest.mark.parametrize("message", [ninjs, g2, nitf])
def test_a_time_in_the_note_holds_the_story_until_then(message) -> None:  # type: ignore[no-untyped-def]
    """The same words in the same kind of place mean the same in every format."""
    [story] = parse(message("EMBARGOED UNTIL 1800 GMT Tuesday 3 March 2026")).stories
    assert story.embargo == datetime(2026, 3, 3, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("message", [ninjs, g2, nitf])
def test_an_embargo_without_a_time_withholds(message) -> None:  # type: ignore[no-untyped-def]
    """Nobody can tell when it ends, so a person has to."""
    [story] = parse(message("Under embargo until the minister has spoken")).stories
    assert story.pubstatus == "withheld" and story.embargo is None


@pytest.mark.parametrize(
    ("note", "held"),
    [
        ("No embargo", False),
        ("Photos follow. This story is no longer under embargo", False),
        ("Mit Fotos. Kein Embargo", False),
        ("Adds quotes on the embargo from July", False),
        ("Photos. Embargoed until 1800 GMT. Para three has: sanctions lifted", True),
        ("Ban lifted in para three. Embargoed until 1800 GMT", True),
        ("No photos. Embargo: 1800 GMT", True),
        ("planned: photos. Embargoed until 1800 GMT", True),
        ("Photos. Embargo until 2030 GMT", True),
        ("Adds background on the oil embargo until 2030", False),
    ],
)
def test_what_is_denied_or_lifted_is_the_embargo_itself(note: str, held: bool) -> None:
    """Other words of the note say nothing of it."""
    [story] = parse(ninjs(note)).stories
    assert (story.embargo is not None) is held
    assert story.pubstatus == "usable"


def test_the_latest_of_several_embargoes_counts() -> None:
    """Print and web may have times of their own."""
    [story] = parse(ninjs("Embargoed until 1800 GMT for print. Embargoed until 2100 GMT for the web.")).stories
    assert story.embargo == datetime(2026, 3, 2, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize("message", [ninjs, g2, nitf])
def test_a_note_about_something_else_changes_nothing(message) -> None:  # type: ignore[no-untyped-def]
    """Most notes are about pictures and updates."""
    [story] = parse(message("Updates with quotes from the opposition; pictures follow")).stories
    assert story.pubstatus == "usable" and story.embargo is None
