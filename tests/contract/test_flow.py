from __future__ import annotations

import importlib.metadata
import typing

import pytest

from dateline_schemas.events import EVENTS, Event
from dateline_schemas.flow import FLOW, Step, UnknownService, consumer_name, step
from dateline_schemas.picture import hearers, mermaid, sayers
from dateline_schemas.subjects import STREAMS

INSTALLED = {entry.name: entry for entry in importlib.metadata.entry_points(group="dateline.services")}


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_every_event_is_said_by_some_service(kind: type[Event]) -> None:
    """No event stands in the contract that nobody may write."""
    assert sayers(kind)


@pytest.mark.parametrize("row", FLOW, ids=lambda row: row.service)
def test_whatever_a_service_hears_is_said(row: Step) -> None:
    """A service waits for nothing that no service says."""
    for kind in row.hears:
        assert sayers(kind), f"{row.service} hears {kind.__name__}"


def test_a_story_gets_from_the_feed_to_the_outlets() -> None:
    """From a service that hears nothing, every event of the contract follows, link by link."""
    reached = {kind for row in FLOW if not row.hears for kind in row.says}
    for _ in FLOW:
        reached |= {said for row in FLOW if reached & set(row.hears) for said in row.says}
    assert reached == set(EVENTS)


def test_a_service_stands_in_one_row_and_each_kind_once_in_it() -> None:
    """Rows are sets: one a service, no kind named twice."""
    assert len({row.service for row in FLOW}) == len(FLOW)
    for row in FLOW:
        assert len(set(row.hears)) == len(row.hears)
        assert len(set(row.says)) == len(row.says)
        assert step(row.service) is row
    with pytest.raises(UnknownService):
        step("nobody")


def test_what_is_posted_is_a_stream() -> None:
    """A row posts to streams that are declared, and never to the log: events are said, not posted."""
    declared = {stream.name for stream in STREAMS} - {"STORIES"}
    assert {stream for row in FLOW for stream in row.posts} == declared


def test_no_two_consumers_share_a_name() -> None:
    """A durable consumer belongs to one service and one kind; its name fits a NATS consumer."""
    names = [consumer_name(row.service, kind) for row in FLOW for kind in row.hears]
    assert len(set(names)) == len(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz-") for name in names)


def test_facts_tell_kinds_apart() -> None:
    """The third token of a subject names the kind."""
    assert len({kind.fact for kind in EVENTS}) == len(EVENTS)


def test_the_picture_shows_every_service_and_every_event() -> None:
    """Each event is on the arrow from who says it to who hears it, or to the log when no service hears it."""
    arrows = [line for line in mermaid().splitlines() if " -- " in line]
    for kind in EVENTS:
        for said in sayers(kind):
            for heard in [row.service for row in hearers(kind)] or ["STORIES"]:
                sayer = "operators" if kind in said.by_operator else said.service
                there = [line for line in arrows if line.strip().startswith(sayer) and line.endswith(heard)]
                assert any(kind.__name__ in line for line in there), f"{sayer} -> {heard}: {kind.__name__}"


@pytest.mark.skipif(not INSTALLED, reason="no service is installed in this environment")
@pytest.mark.parametrize("row", FLOW, ids=lambda row: row.service)
def test_a_service_hears_exactly_its_row(row: Step) -> None:
    """What an installed service reacts to is what its row of the flow says, neither less nor more."""
    build = INSTALLED[row.service].load()
    settings = typing.get_type_hints(build)["settings"]
    assert set(build(settings()).hears) == set(row.hears)


@pytest.mark.skipif(not INSTALLED, reason="no service is installed in this environment")
def test_no_service_stands_outside_the_flow() -> None:
    """Every installed service has a row."""
    assert set(INSTALLED) == {row.service for row in FLOW}
