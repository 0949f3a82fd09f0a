"""What an event says of where it comes from; how it is named stands in tests/contract/test_names.py."""

from __future__ import annotations

from msgspec.structs import replace
from stories import attributed, enriched, guid, received

from dateline_schemas.events import StoryHeld
from dateline_schemas.examples import example
from dateline_schemas.identity import stamp, stamp_arrival

BARE = replace(example(StoryHeld), id="", cause="", correlation="", rules="", schema=1)


def test_an_arrival_begins_a_correlation_of_its_own() -> None:
    """Everything that follows from it carries that on, and names its own cause."""
    arrival = received(guid())
    assert (arrival.correlation, arrival.cause) == (arrival.id, "")
    credited = attributed(arrival)
    known = enriched(credited)
    assert [(one.cause, one.correlation) for one in (credited, known)] == [
        (arrival.id, arrival.id),
        (credited.id, arrival.id),
    ]


def test_what_follows_from_an_event_without_a_correlation_begins_one() -> None:
    """As from an event of a time before correlations."""
    cause = replace(example(StoryHeld), correlation="")
    assert stamp(BARE, cause, "publish/1").correlation == cause.id


def test_an_event_says_by_which_rules_and_in_which_schema_it_was_made() -> None:
    """The schema is that of today, also for a copy of an older event."""
    arrival = stamp_arrival(replace(received(guid()), schema=0))
    assert arrival.schema == arrival.current_schema
    said = stamp(replace(BARE, schema=0), arrival, "publish/7")
    assert (said.rules, said.schema) == ("publish/7", StoryHeld.current_schema)
