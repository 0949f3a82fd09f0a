"""Whether the log is whole and says what it said, told message by message and by a seal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest
from stories import attributed, enriched, received

from dateline_operate.console.failure import Failure
from dateline_operate.health.accepting import Known
from dateline_operate.health.logcheck import REMEMBERED, Fault, LogCheck, Raw, Seal, seal_of
from dateline_operate.health.sealed import Sealed
from dateline_schemas.codec import encode
from dateline_schemas.events import CreditOverridden, Event
from dateline_schemas.identity import stamp
from dateline_schemas.subjects import story_subject


def stored(*events: Event) -> list[Raw]:
    """Events as the log has them, from its beginning."""
    return [Raw(seq, story_subject(event), encode(event)) for seq, event in enumerate(events, 1)]


def story(name: str = "urn:test:1") -> list[Event]:
    """What is said of a version."""
    heard = received(name)
    credited = attributed(heard)
    return [heard, credited, enriched(credited)]


def faults(log: Sequence[Raw], last: int | None = None, check: LogCheck | None = None) -> list[Fault]:
    """What is wrong with a log that claims to end there."""
    check = check or LogCheck()
    found = [fault for raw in log for fault in check.take(raw)[1]]
    return [*found, *check.end(len(log) if last is None else last)]


def kinds(found: Sequence[Fault]) -> list[tuple[str, int]]:
    """What is wrong, and where."""
    return [(one.kind, one.seq) for one in found]


def test_a_log_as_it_was_written_is_whole() -> None:
    """Nothing is wrong, and nothing has to be looked up."""
    check = LogCheck()
    assert faults(stored(*story(), *story("urn:test:2")), check=check) == []
    assert (check.events, check.unknown) == (6, [])


@pytest.mark.parametrize(
    ("gone", "said"),
    [((1,), "1 messages are gone: 1"), ((2, 3), "2 messages are gone: 2 to 3"), ((6,), "1 messages are gone: 6")],
)
def test_messages_that_are_gone_are_told(gone: tuple[int, ...], said: str) -> None:
    """At the beginning, in the midst, and at the end that the server knows of."""
    log = [raw for raw in stored(*story(), *story("urn:test:2")) if raw.seq not in gone]
    [first, *_] = faults(log, last=6)
    assert (first.kind, first.seq, first.said, first.gone) == ("missing", gone[0], said, len(gone))


def test_events_that_are_gone_show_in_how_many_there_are_until_that_is_accepted() -> None:
    """What only cannot be read is still counted, so there may be more than are accepted."""
    lost = Fault(kind="missing", seq=2, said="1,200 messages are gone: 2 to 1201")
    end = Fault(kind="missing", seq=9, said="the log ends at 8, and was sealed at 9")
    known = {
        one: Known(fault=one, by="ana", reason="rack 4", at=datetime(2031, 5, 6, tzinfo=UTC)) for one in (lost, end)
    }
    assert (Sealed().gone(2_000, 2_000), Sealed().gone(800, 2_000)) == (0, 1_200)
    assert [Sealed(accepted=known).gone(there, 2_000) for there in (799, 800, 801)] == [1, 0, 0]


def test_what_is_no_event_is_told_and_what_follows_is_read() -> None:
    """Its bytes may have been written by something else."""
    log = stored(*story())
    log[1] = Raw(2, log[1].subject, b"{")
    check = LogCheck()
    assert kinds(faults(log, check=check)) == [("unreadable", 2)]
    assert [seq for seq, _ in check.unknown] == [3]


def test_an_event_in_the_place_of_another_is_told() -> None:
    """The subject says what stands there."""
    log = stored(*story(), *story("urn:test:2"))
    log[2] = Raw(3, log[5].subject, log[2].data)
    assert kinds(faults(log)) == [("misplaced", 3)]


@pytest.mark.parametrize("nth", [0, 1])
def test_an_event_whose_id_its_cause_does_not_make_is_told(nth: int) -> None:
    """Of what came from outside and of what follows from that."""
    events = story()
    events[nth] = msgspec.structs.replace(events[nth], rules="somebody/1")
    assert ("renamed", nth + 1) in kinds(faults(stored(*events)))


def test_an_editors_later_word_has_its_own_id() -> None:
    """It is counted in the event."""
    heard = received("urn:test:1")
    found = attributed(heard).credit
    word = CreditOverridden(
        story_id=heard.story_id,
        version=heard.version,
        ordinal=1,
        nth=12,
        by="night desk",
        reason="R",
        at=datetime(2031, 5, 6, tzinfo=UTC),
        credit=found,
        found=found,
        feed="test",
        story=heard.story,
    )
    assert faults(stored(heard, stamp(word, heard, "attribution/1", 12))) == []


def test_an_event_whose_cause_is_not_at_hand_is_to_be_looked_up() -> None:
    """It may be older than what is remembered."""
    events = story()
    check = LogCheck()
    faults(stored(*events[1:]), check=check)
    assert [(seq, event.cause) for seq, event in check.unknown] == [(1, events[0].id)]


def test_no_more_ids_are_remembered_than_fit_into_memory() -> None:
    """However long the log is."""
    check = LogCheck()
    for number in range(REMEMBERED):
        check._ids.add(str(number))
    faults(stored(*story()), check=check)
    assert "0" not in check._ids


def test_a_seal_is_the_same_for_the_same_log_and_no_other() -> None:
    """For other bytes, another order, another subject or a message less it is another one."""
    log = stored(*story(), *story("urn:test:2"))
    other = list(log)
    other[3] = Raw(4, log[3].subject, log[3].data.replace(b"Some text", b"Sane text"))
    moved = [*log[:3], Raw(4, log[4].subject, log[4].data), Raw(5, log[3].subject, log[3].data), log[5]]
    renamed = [*log[:5], Raw(6, f"{log[5].subject}0", log[5].data)]
    seals = {str(sealed(each)) for each in (log, log, other, moved, renamed, log[:5])}
    assert len(seals) == 5


def sealed(log: Sequence[Raw]) -> Seal:
    """The seal of a log."""
    check = LogCheck()
    faults(log, check=check)
    return check.seal


def test_a_log_that_was_changed_in_good_order_does_not_fit_its_seal() -> None:
    """Nothing else tells."""
    before = sealed(stored(*story()))
    heard = received("urn:test:1", headline="Another headline")
    credited = attributed(heard)
    changed = stored(heard, credited, enriched(credited), *story("urn:test:2"))
    assert faults(changed) == []
    assert kinds(faults(changed, check=LogCheck(sealed=before))) == [("altered", 3)]
    grown = stored(*story(), *story("urn:test:2"))
    assert faults(grown, check=LogCheck(sealed=before)) == []


def test_a_log_that_is_shorter_than_its_seal_is_told() -> None:
    """A store of yesterday in the place of today's is whole in itself."""
    before = sealed(stored(*story(), *story("urn:test:2")))
    [found] = faults(stored(*story()), check=LogCheck(sealed=before))
    assert (found.kind, found.said) == ("missing", f"the log ends at 3, and was sealed at 6 (seal {before.short})")


def test_behind_a_seal_it_goes_on_to_the_same_seal() -> None:
    """So that what was verified once need not be read again."""
    log = stored(*story(), *story("urn:test:2"))
    check = LogCheck(behind=sealed(log[:3]))
    assert faults(log[3:], last=6, check=check) == []
    assert (check.seal, check.events) == (sealed(log), 3)


def test_a_seal_is_read_as_it_is_written() -> None:
    """And nothing else is taken for one."""
    seal = sealed(stored(*story()))
    assert seal_of(f" {seal}\n") == seal
    for said in ("", "3", "3:abc", f"x:{'0' * 64}", f"3:{'0' * 64}0", f"3:{'G' * 64}"):
        with pytest.raises(Failure, match="no seal"):
            seal_of(said)
