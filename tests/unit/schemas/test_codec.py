from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_schemas import codec
from dateline_schemas.codec import UnreadableEvent, decode, encode, upcast
from dateline_schemas.events import EVENTS, Event, StoryAttributed, StoryHeld
from dateline_schemas.examples import ATTRIBUTED, EXAMPLES, HELD, HISTORY, REFUSED

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WIRE = [encode(event) for event in HISTORY]

DEEP = b'{"type":"StoryHeld","schema":0,"x":' + b"[" * 100_000
BAD_UTF8 = b'{"type":"StoryHeld","schema":0,"x":"\xff"}'


def _read(data: bytes) -> None:
    """Decode; only UnreadableEvent may come out of it."""
    try:
        decode(data)
    except UnreadableEvent as error:
        assert str(error)


def _with(event: Event, **members: Any) -> bytes:
    return json.dumps({**json.loads(encode(event)), **members}).encode()


# What the log's bytes may be


@pytest.mark.parametrize("event", HISTORY, ids=lambda event: f"{type(event).__name__}-{event.version}")
def test_what_is_written_is_read(event: Event) -> None:
    """An event comes back as it was, and writing it again gives the same bytes."""
    assert decode(encode(event)) == event
    assert encode(decode(encode(event))) == encode(event)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_unreadable_at_worst(data: bytes) -> None:
    """Nothing but UnreadableEvent comes out of decoding, whatever goes in."""
    _read(data)


@given(st.sampled_from(WIRE), st.data())
def test_damaged_events_are_unreadable_at_worst(wire: bytes, data: st.DataObject) -> None:
    """A piece of an event overwritten, cut out or doubled is read or refused by name."""
    start = data.draw(st.integers(0, len(wire)))
    end = data.draw(st.integers(start, len(wire)))
    _read(wire[:start] + data.draw(st.binary(max_size=8)) + wire[end:])
    _read(wire[:end] + wire[start:])


@given(st.sampled_from(HISTORY), st.dictionaries(st.sampled_from(["type", "schema", "id", "story_id", "new"]), JSON))
@with_example(HELD, {"schema": 0})
@with_example(HELD, {"schema": -(10**30)})
@with_example(HELD, {"schema": 1.0})
@with_example(HELD, {"type": None})
def test_wrong_members_are_unreadable_at_worst(event: Event, members: dict[str, Any]) -> None:
    """Members of the envelope with values of any type are read or refused by name."""
    _read(_with(event, **members))


@pytest.mark.parametrize(
    "data",
    [
        *(DEEP, BAD_UTF8, _with(HELD, story_id="abc\n")),
        *(b"", b"null", b"[]", b"{}", b'{"type":"StoryForgotten"}', b'{"type":1}'),
    ],
    ids=["deep", "utf-8", "line break", "nothing", "null", "list", "no type", "unknown type", "number for a type"],
)
def test_hostile_bytes_and_what_is_no_event_are_unreadable(data: bytes) -> None:
    """By name: nesting beyond Python's stack, broken UTF-8 in members that nobody reads, a line break in a story id
    that would break the protocol's; no JSON, no object, no type, or one that this release does not know.
    """
    with pytest.raises(UnreadableEvent):
        decode(data)


# Later schemas


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_a_later_schema_with_more_members_is_read(kind: type[Event]) -> None:
    """During a rolling upgrade the older release passes over what it does not know, and keeps the schema's number."""
    event = decode(_with(EXAMPLES[kind], schema=kind.current_schema + 1, mood={"of": ["the", "desk"]}))
    assert event.schema == kind.current_schema + 1
    assert event.story_id == EXAMPLES[kind].story_id


def test_a_later_schema_that_does_not_fit_is_unreadable() -> None:
    """It is not taken for an old one: the message says which schema and which member."""
    with pytest.raises(UnreadableEvent, match=r"StoryHeld of schema 9.*reason"):
        decode(_with(HELD, schema=9, reason={"code": "embargo"}))


def test_a_credit_of_before_its_line_had_evidence_is_read() -> None:
    """Bytes without it mean that nobody told."""
    raw = json.loads(encode(ATTRIBUTED))
    del raw["credit"]["credit_line_evidence"]
    event = decode(json.dumps(raw).encode())

    assert isinstance(event, StoryAttributed)
    assert event.credit == replace(ATTRIBUTED.credit, credit_line_evidence=None)


def test_a_credit_of_before_persons_and_datelines_had_evidence_is_read() -> None:
    """Bytes without it mean that nobody told: no field, no rule, no confidence."""
    raw = json.loads(encode(ATTRIBUTED))
    for claim in (*raw["credit"]["authors"], raw["credit"]["dateline"]):
        del claim["rule"], claim["confidence"]
    for author in raw["credit"]["authors"]:
        del author["where"]
    event = decode(json.dumps(raw).encode())

    assert isinstance(event, StoryAttributed) and event.credit.dateline and ATTRIBUTED.credit.dateline
    assert [(one.name, one.where, one.rule, one.confidence) for one in event.credit.authors] == [
        (one.name, "", "", 0.0) for one in ATTRIBUTED.credit.authors
    ]
    assert event.credit.dateline == replace(ATTRIBUTED.credit.dateline, rule="", confidence=0.0)


# Earlier schemas, on an invented event


def _second(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "letters": raw["text"], "text": None}


def _third(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "length": len(raw["letters"])}


STEPS = {("Telegram", 1): _second, ("Telegram", 2): _third}


def test_steps_are_taken_one_after_another() -> None:
    """From schema 1 both steps, from 2 the second alone, from 3 none."""
    first = {"type": "Telegram", "text": "STOP"}
    third = {"type": "Telegram", "schema": 3, "text": None, "letters": "STOP", "length": 4}
    assert upcast(first, STEPS, 3) == third
    assert upcast({"type": "Telegram", "schema": 2, "text": None, "letters": "STOP"}, STEPS, 3) == third
    assert upcast(third, STEPS, 3) == third


def test_a_step_leaves_what_it_was_given_alone() -> None:
    """Upcasting makes a new object."""
    first = {"type": "Telegram", "text": "STOP"}
    upcast(first, STEPS, 3)
    assert first == {"type": "Telegram", "text": "STOP"}


def test_a_step_cannot_lie_about_type_and_schema() -> None:
    """Both are set after each step, whatever it returned."""
    steps = {("Telegram", 1): lambda raw: {**raw, "type": "Letter", "schema": 7}}
    assert upcast({"type": "Telegram"}, steps, 2) == {"type": "Telegram", "schema": 2}


def test_a_missing_step_is_named() -> None:
    """A gap in the chain is refused, and the message says between which schemas."""
    with pytest.raises(UnreadableEvent, match="Telegram: no way from schema 2 to 3"):
        upcast({"type": "Telegram", "text": "STOP"}, {("Telegram", 1): _second}, 3)


# Earlier schemas, on a real event that is pretended to have moved on


def _old_reason(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 called it ``why`` and wrote it in capitals."""
    return {**{name: value for name, value in raw.items() if name != "why"}, "reason": raw["why"].lower()}


@pytest.fixture
def held_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """StoryHeld as if it were at schema 3."""
    monkeypatch.setattr(StoryHeld, "current_schema", 3)
    monkeypatch.setitem(codec._CURRENT, "StoryHeld", 3)
    monkeypatch.setitem(codec.UPCASTS, ("StoryHeld", 1), _old_reason)
    monkeypatch.setitem(codec.UPCASTS, ("StoryHeld", 2), lambda raw: {**raw, "rules": raw["rules"] + "+moved"})


OLD = b'{"type":"StoryHeld","story_id":"abc","version":"1","ordinal":1,"rules":"r/1","why":"WITHHELD"}'


@pytest.mark.usefixtures("held_3")
def test_bytes_that_no_longer_fit_are_brought_up() -> None:
    """Today's type refuses them as they are; two steps make them fit."""
    event = decode(OLD)
    assert isinstance(event, StoryHeld)
    assert (event.schema, event.reason, event.rules) == (3, "withheld", "r/1+moved")


@pytest.mark.usefixtures("held_3")
def test_old_bytes_that_happen_to_fit_take_the_steps_too() -> None:
    """The schema number decides, not whether the bytes fit."""
    event = decode(_with(HELD, schema=2))
    assert (event.schema, event.rules) == (3, f"{HELD.rules}+moved")


@pytest.mark.usefixtures("held_3")
def test_bytes_of_today_take_no_step() -> None:
    """What is written at schema 3 is read as it is; other kinds are left alone."""
    assert decode(_with(HELD, schema=3)).rules == HELD.rules
    assert decode(encode(REFUSED)) == REFUSED


@pytest.mark.usefixtures("held_3")
def test_what_does_not_fit_after_the_steps_is_unreadable() -> None:
    """The message says that it was upcast, so that the step is looked at."""
    with pytest.raises(UnreadableEvent, match="after upcasting"):
        decode(OLD.replace(b"WITHHELD", b"NO REASON"))


@pytest.mark.usefixtures("held_3")
def test_a_step_that_fails_makes_the_event_unreadable() -> None:
    """Old bytes without the member that a step reads are refused by name, not by the step's KeyError."""
    with pytest.raises(UnreadableEvent):
        decode(OLD.replace(b"why", b"how"))
