"""What replay takes for a difference, and what it would append."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import attributed, guid, received

from dateline_operate.replay.comparing import Tally, compare, superseded
from dateline_operate.replay.differences import changes, in_order
from dateline_schemas.credit import AgencyShare, Author, Dateline, Evidence
from dateline_schemas.events import Arrival, Event, Recorded, StoryAttributed, StoryRefused
from dateline_schemas.examples import OVERRIDDEN
from dateline_schemas.identity import stamp

NOW = datetime(2026, 3, 26, tzinfo=UTC)


def heard() -> Arrival:
    """What attribution hears."""
    return received(guid())


def said(cause: Arrival, *agencies: str, rules: str = "attribution/1") -> StoryAttributed:
    """What attribution says under some rules."""
    return stamp(attributed(cause, agencies), cause, rules)


def log(*events: Event) -> list[Recorded[Event]]:
    """A story's log."""
    return [Recorded(event, seq, NOW) for seq, event in enumerate(events, 1)]


def test_the_same_content_under_other_rules_is_equal() -> None:
    """Ids and rules are no difference."""
    first = heard()
    compared = compare(log(first, said(first, "AFP")), log(first)[0], [said(first, "AFP", rules="attribution/2")])
    assert (compared.equal, compared.differences, compared.to_append) == (1, (), ())


def test_what_would_be_said_differently_is_named_member_by_member() -> None:
    """The path, what it was, and what it would be."""
    first = heard()
    compared = compare(log(first, said(first, "AFP")), log(first)[0], [said(first, "AP", rules="attribution/2")])
    change = compared.differences[0].changes[0]
    assert (change.path, change.was, change.would_be) == ("credit.agencies[0]", '"AFP"', '"AP"')
    assert compared.to_append[0].rules.startswith("attribution/2")


def test_the_same_rules_with_other_content_get_an_id_of_their_own() -> None:
    """A table was edited: what is appended must not have an id that the log has, or it would be dropped."""
    first = heard()
    old = said(first, "AFP")
    compared = compare(log(first, old), log(first)[0], [said(first, "AP")])
    [new] = compared.to_append
    assert new.id != old.id
    assert new.rules.startswith("attribution/1+replay.")
    assert (new.cause, new.correlation) == (old.cause, old.correlation)


@given(st.lists(st.sampled_from(["AFP", "AP", "dpa"]), min_size=1, max_size=8), st.booleans())
def test_replaying_twice_appends_once_whatever_came_before(wordings: list[str], renamed: bool) -> None:
    """Rules may go back and forth: after each replay another finds all equal, and no id is ever used twice.

    As the journal loads a story, only the newest answer is looked at.
    """
    first = heard()
    answers: list[Event] = [said(first, "AFP")]
    for nth, agency in enumerate(wordings):
        fresh = said(first, agency, rules=f"attribution/{nth % 2}" if renamed else "attribution/1")
        answers += compare(log(first, answers[-1]), log(first)[0], [fresh]).to_append
        assert compare(log(first, answers[-1]), log(first)[0], [fresh]).equal == 1
    assert len({event.id for event in answers}) == len(answers)


def test_of_several_answers_each_is_compared_with_its_own() -> None:
    """Where the log has fewer, the rest is new, and no id is used that stands there already."""
    first = heard()
    today = [stamp(said(first, agency), first, "attribution/1", nth) for nth, agency in enumerate(("AFP", "AP"))]
    there = log(first, today[1])
    compared = compare(there, there[0], today)
    assert [one.kind for one in compared.differences] == ["changed", "new"]
    assert compared.pairs == ((today[1], today[0]), (None, today[1]))
    assert len({first.id, today[1].id, *(one.id for one in compared.to_append)}) == 4


def test_an_answer_of_another_kind_is_none() -> None:
    """The service refused the version then; what it says today replaces nothing."""
    first = heard()
    refused = StoryRefused(
        story_id=first.story_id, version="1", ordinal=1, service="attribution", error="ValueError", attempts=5
    )
    compared = compare(
        log(first, stamp(refused, first, "attribution/1")), log(first)[0], [said(first, "AFP")], (StoryRefused,)
    )
    assert sorted(one.kind for one in compared.differences) == ["gone", "new"]


def test_what_was_replaced_counts_no_more() -> None:
    """By a replay, so that the log has something else in its place; an editor's word also by the next one."""
    first = heard()
    words = [
        stamp(replace(OVERRIDDEN, story_id=first.story_id, ordinal=1, nth=nth), first, f"word/{nth}") for nth in (1, 2)
    ]
    there = log(first, *words)
    assert [superseded(there, one) for one in there] == [False, True, False]
    assert superseded(there[:1], Recorded(said(first, "AFP"), 9, NOW))
    assert not superseded(log(first, said(first, "AFP")), log(first, said(first, "AFP"))[1])


def credited(cause: Arrival, rules: str = "attribution/1", **credit: Any) -> StoryAttributed:
    """An answer with more in its credit."""
    plain = said(cause, "AFP")
    return stamp(replace(plain, credit=replace(plain.credit, **credit)), cause, rules)


GROUNDED: dict[str, Any] = {
    "authors": (Author(name="Ann Writer", where="byline", start=3, rule="bylines.byline", confidence=0.9),),
    "dateline": Dateline(text="PORT SELWYN -", where="paragraphs[0]", cut=14, rule="datelines.dash", confidence=0.9),
    "evidence": (Evidence(where="credits[0]", text="AFP", rule="provider", confidence=0.9, agency="AFP"),),
}
GROUNDLESS: dict[str, Any] = {
    "authors": (Author(name="Ann Writer"),),
    "dateline": Dateline(text="PORT SELWYN -", where="paragraphs[0]", cut=14),
}
"""As events of before evidence stood in them."""


def test_other_evidence_for_the_same_claim_is_told_apart_from_a_change() -> None:
    """Nothing that outlets see would differ; what is appended is the answer with the evidence of today."""
    first = heard()
    new = credited(first, "attribution/2", **GROUNDED)
    compared = compare(log(first, credited(first, **GROUNDLESS)), log(first)[0], [new])
    [only] = compared.differences
    assert only.kind == "evidence_only"
    assert all(change.evidence for change in only.changes)
    assert {"credit.authors[0].where", "credit.dateline.rule", "credit.evidence"} <= {c.path for c in only.changes}
    assert [event.credit for event in compared.to_append if isinstance(event, StoryAttributed)] == [new.credit]


def test_a_change_is_one_whatever_its_evidence() -> None:
    """What is claimed stands first, its evidence behind it."""
    first = heard()
    shares = (AgencyShare(agency="AFP", role="sole", translated=True),)
    would_be = credited(first, shares=shares, **GROUNDED)
    [one] = compare(log(first, credited(first, **GROUNDLESS)), log(first)[0], [would_be]).differences
    assert one.kind == "changed"
    assert [change.path for change in one.changes if not change.evidence] == ["credit.shares"]
    assert not one.changes[0].evidence


def test_a_person_more_is_a_change_of_what_is_claimed() -> None:
    """A list that became longer differs as a whole, the evidence in it too."""
    first = heard()
    two = (*GROUNDED["authors"], Author(name="Bob Other"))
    would_be = credited(first, **{**GROUNDED, "authors": two})
    [one] = compare(log(first, credited(first, **GROUNDED)), log(first)[0], [would_be]).differences
    assert (one.kind, [(c.path, c.evidence) for c in one.changes]) == ("changed", [("credit.authors", False)])


def test_a_tally_counts_events_by_field_and_shows_what_outlets_would_see_first() -> None:
    """A thousand stories with new evidence do not hide the one whose credit would be another."""
    tally = Tally(service="attribution", rules="attribution/2", dry_run=True)
    for agency in ("AFP", "AFP", "AFP", "AP"):
        first = heard()
        would_be = credited(first, **{**GROUNDED, "agencies": (agency,)})
        tally.count(compare(log(first, credited(first, **GROUNDLESS)), log(first)[0], [would_be]), 2)
    assert (tally.changed, tally.evidence_only, tally.differ) == (1, 3, 4)
    assert sorted(one.kind for one in tally.examples) == ["changed", "evidence_only"]
    fields = [(row.path, row.evidence, row.events) for row in in_order(tally.fields)]
    assert fields[0] == ("credit.agencies[]", False, 1)
    assert ("credit.authors[].where", True, 4) in fields


def test_what_was_never_said_is_new() -> None:
    """An event that a service could not deal with then, and can now."""
    first = heard()
    compared = compare(log(first), log(first)[0], [said(first, "AFP")])
    assert [one.kind for one in compared.differences] == ["new"]
    assert len(compared.to_append) == 1


def test_what_is_no_longer_said_is_gone_and_nothing_is_appended() -> None:
    """The log keeps what was said; it is only told, and only for the types that are asked about."""
    first = heard()
    there = log(first, said(first, "AFP"))
    compared = compare(there, there[0], [], (StoryAttributed,))
    assert [one.kind for one in compared.differences] == ["gone"]
    assert compared.to_append == ()
    assert compare(there, there[0], []).differences == ()


def test_only_what_follows_from_the_same_cause_is_compared() -> None:
    """Another version's answer is not this one's."""
    first = heard()
    other = received(first.story.guid, 2)
    compared = compare(log(first, other, said(other, "AFP")), log(first)[0], [said(first, "AFP")])
    assert [one.kind for one in compared.differences] == ["new"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
)


@given(json_values, json_values)
def test_changes_are_found_where_values_differ_and_only_there(was: Any, would_be: Any) -> None:
    """No change between equal values, at least one between others (a null member is as good as none)."""
    assert changes(was, was) == []
    assert bool(changes(was, would_be)) == (_without_null(was) != _without_null(would_be))


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_null(inner) for name, inner in value.items() if inner is not None}
    return [_without_null(inner) for inner in value] if isinstance(value, list) else value


def test_long_values_are_cut() -> None:
    """An example stays readable."""
    [change] = changes({"a": "x" * 1000}, {"a": "y"})
    assert change.path == "a"
    assert len(change.was) <= 300
