"""What ingest knows of a story, from all of its events or from what came since it was known."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import attributed, guid, received

from dateline_ingest.history import fold, further, weight
from dateline_kernel.losses import unread
from dateline_schemas.events import Event, Recorded, StoryCanceled, StoryReceived

BEGAN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KINDS = st.sampled_from(("current", "late", "disputed", "kill", "credited"))


def log_of(kinds: Sequence[str]) -> list[Recorded[Event]]:
    """Events of these kinds; every third arrival says what the first one said."""
    name, log, arrivals, ordinal = guid(), [], 0, 0
    for nth, kind in enumerate(kinds, 1):
        arrivals += kind != "credited"
        ordinal += kind in ("current", "kill")
        event: Event = received(name, ordinal, pubstatus="canceled" if kind == "kill" else "usable")
        if kind == "credited":
            event = attributed(received(name, ordinal))
        else:
            standing = kind if kind in ("late", "disputed") else "current"
            said = "first" if arrivals % 3 == 0 else f"said {nth}"
            event = replace(event, arrival=arrivals, standing=standing, content=said)  # type: ignore[call-arg]
        log.append(Recorded(event, nth, BEGAN + timedelta(seconds=nth)))
    return log


@given(st.lists(KINDS, max_size=30), st.integers(0, 30))
def test_what_comes_behind_is_added_to_what_is_known(kinds: Sequence[str], at: int) -> None:
    """As if all had been read at once; and what was known before stays as it is."""
    log = log_of(kinds)
    known = fold(log[:at])
    before = deepcopy(known)
    assert further(known, log[at:]) == fold(log)
    assert known == before


def test_an_arrival_that_is_known_already_does_not_follow() -> None:
    """The log has lost it, and another one has its number: all has to be read again."""
    log = log_of(("current", "late"))
    assert further(fold(log), [log[-1]]) is None


def test_what_cannot_be_read_is_told_and_counted() -> None:
    """A kill behind it must have a number of its own."""
    [first] = log_of(("current",))
    lost = Recorded(unread(f"story.{first.event.story_id}.{StoryCanceled.fact}.2", "why"), 2, BEGAN)
    versions = fold([first, lost])
    assert (versions.arrivals, [one.seq for one in versions.lost]) == (2, [2])


def test_a_version_of_which_the_text_is_not_kept_weighs_little() -> None:
    """A live ticker of thousands of versions can be remembered, with the text of the current one."""
    assert weight(fold(log_of(["current"] * 1_000))) < 2_000_000


def test_a_text_that_is_kept_weighs_what_it_has() -> None:
    """That of the current version, in paragraphs and as HTML."""
    [short] = log_of(("current",))
    assert isinstance(short.event, StoryReceived)
    text = "sea " * 10_000
    said = replace(short.event.story, paragraphs=(text,), body_html=text)
    long = Recorded(replace(short.event, story=said), short.seq, short.time)
    assert 79_000 < weight(fold([long])) - weight(fold([short])) < 81_000
