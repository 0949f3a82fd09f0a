"""Timelines, the last word about a version, metrics, samples, JSON for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from stories import attributed, guid, received

from dateline_operate.console.failure import Failure
from dateline_operate.console.terminal import whole
from dateline_operate.feeds.book import keep_local_key, local_key
from dateline_operate.sending.samples import sample_folder
from dateline_operate.up.orphans import end_orphan
from dateline_operate.up.supervisor import free_ports, is_free
from dateline_operate.up.vitals import totals
from dateline_operate.watching.demoing import last_word
from dateline_operate.watching.timeline import gist, timeline
from dateline_schemas.credit import Credit
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryReleased
from dateline_schemas.examples import EXAMPLES
from dateline_schemas.facts import Facts, Language
from dateline_schemas.identity import stamp

NOW = datetime(2026, 3, 26, 12, 0, tzinfo=UTC)
FACTS = Facts(language=Language(code="en", confidence=1.0, method="stated"))


def chain() -> list[Recorded[Event]]:
    """A story's log: received, attributed, released, 5 ms apart."""
    first = received(guid())
    second = attributed(first)
    members = {"story_id": first.story_id, "version": first.version, "ordinal": first.ordinal}
    released = StoryReleased(
        **members, number=1, subjects=("topic.x",), story=first.story, credit=Credit(), facts=FACTS
    )
    events = (first, second, stamp(released, second, "publish/1"))
    return [Recorded(event, seq, NOW + timedelta(milliseconds=5 * seq)) for seq, event in enumerate(events, 4)]


def test_a_timeline_names_cause_service_and_latency() -> None:
    """Each event hangs on its cause, with the milliseconds between the two by the log's clock."""
    moments = timeline(chain()).moments
    assert [moment.service for moment in moments] == ["ingest", "attribution", "publish"]
    assert [moment.cause_seq for moment in moments] == [None, 4, 5]
    assert [moment.milliseconds for moment in moments] == [None, 5.0, 5.0]
    assert moments[0].original == "0" * 64
    assert moments[2].subjects == ("topic.x",)


def test_a_killed_story_keeps_the_headline_it_had() -> None:
    """A kill often comes without one, and whoever looks into it must see which story it was."""
    kill = received(guid(), 2, pubstatus="canceled", headline="")
    log = [*chain(), Recorded(kill, 9, NOW)]
    assert timeline(log).headline == "Version 1"


@pytest.mark.parametrize(("pulled", "why"), [(True, "by its provider"), (False, "what is out stays")])
def test_a_timeline_says_whose_word_keeps_a_version_back(pulled: bool, why: str) -> None:
    """The provider's own, which takes back what is out, or ours since its status or its embargo cannot be told."""
    came = received("urn:test:kept-back", pubstatus="withheld", pulled=pulled)
    assert gist(replace(came, flags=("withheld",))).endswith(why)


@pytest.mark.parametrize("event", EXAMPLES.values(), ids=lambda event: type(event).__name__)
def test_a_timeline_says_the_gist_of_every_event(event: Event) -> None:
    """None is a bare name; of an editor's word it is who said what, and why."""
    assert gist(event)
    if isinstance(event, CreditOverridden):
        assert event.by in gist(event) and event.reason in gist(event) and event.credit.credit_line in gist(event)


def test_the_last_word_follows_from_the_intake() -> None:
    """A release of the same correlation is the outcome; that of another version is not."""
    log = chain()
    final = last_word(log, log[0].event.id)
    assert final is not None
    assert final.seq == 6
    assert last_word(log, "0" * 32) is None
    assert last_word(log[:2], log[0].event.id) is None


def test_metrics_are_summed_by_name() -> None:
    """Labels are summed over; comments and broken values are passed over."""
    page = '# HELP x\nheard_total{kind="a"} 2.0\nheard_total{kind="b"} 3.0\npending 1e3\nodd NaN\n'
    assert totals(page) == {"heard_total": 5, "pending": 1000}


def test_json_for_programs_has_every_member() -> None:
    """Defaults that the contract leaves out on the wire are present here."""
    said = whole(Credit())
    assert said["agencies"] == []
    assert said["needs_review"] is False
    assert set(said) == set(Credit.__struct_fields__)
    assert json.dumps(whole(chain()[0].event))


def test_samples_are_found_above_and_where_stated(tmp_path: Path) -> None:
    """The stated folder wins; one that is none is a failure, and so is none at all."""
    inside = tmp_path / "deploy" / "samples"
    inside.mkdir(parents=True)
    assert sample_folder("", [tmp_path / "below", tmp_path]) == inside
    assert sample_folder(str(tmp_path), []) == tmp_path
    for stated in (str(tmp_path / "none"), ""):
        with pytest.raises(Failure):
            sample_folder(stated, [])


def test_local_keys_are_for_this_user_alone(tmp_path: Path) -> None:
    """Mode 600; forgetting one keeps the others."""
    keep_local_key(tmp_path, "a", "1")
    keep_local_key(tmp_path, "b", "2")
    keep_local_key(tmp_path, "a", "")
    assert (local_key(tmp_path, "a"), local_key(tmp_path, "b")) == ("", "2")
    assert (tmp_path / "feeds.json").stat().st_mode & 0o777 == 0o600


def test_keys_that_cannot_be_read_are_not_written_over(tmp_path: Path) -> None:
    """They are nowhere else: the server has digests of them."""
    kept = tmp_path / "feeds.json"
    kept.write_text('{"a": "1",}')
    with pytest.raises(Failure, match=r"feeds\.json cannot be read"):
        keep_local_key(tmp_path, "b", "2")
    with pytest.raises(Failure, match=r"feeds\.json cannot be read"):
        local_key(tmp_path, "a")
    assert kept.read_text() == '{"a": "1",}'


def test_free_ports_are_free_and_different() -> None:
    """Several at once never collide with one another."""
    ports = free_ports(4)
    assert len(set(ports)) == 4
    assert is_free(ports[0])


def test_a_process_that_is_not_ours_is_left_alone() -> None:
    """A process id may have been given to somebody else since: its command line must name our file."""
    import os

    assert end_orphan(os.getpid(), "/no/such/nats.conf") is False
