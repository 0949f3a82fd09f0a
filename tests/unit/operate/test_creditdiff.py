"""What other rules would change about credits."""

from __future__ import annotations

from msgspec.structs import replace

from dateline_operate.replay.differences import CreditDiff
from dateline_schemas.credit import Credit
from dateline_schemas.events import StoryAttributed
from dateline_schemas.examples import EXAMPLES


def credited(**said: object) -> StoryAttributed:
    """The example, credited like this."""
    event = EXAMPLES[StoryAttributed]
    assert isinstance(event, StoryAttributed)
    return replace(event, credit=Credit(**said))  # type: ignore[arg-type]


AFP = credited(agencies=("AFP",), role="sole", credit_line="AFP")
BOTH = credited(agencies=("AFP", "dpa"), role="among", credit_line="AFP/dpa")
WITH = credited(agencies=("AFP",), role="with", credit_line="with AFP")
NOBODY = credited()


def test_gains_and_losses_are_told_by_agency() -> None:
    """Two stories become dpa's too, one is nobody's any more."""
    diff = CreditDiff()
    diff.count([(AFP, BOTH), (AFP, BOTH), (AFP, NOBODY)])
    told = diff.sorted()
    assert told.stories == 3
    assert {row.agency: (row.gains, row.loses) for row in told.agencies} == {"dpa": (2, 0), "AFP": (0, 1)}
    assert [(move.was, move.would_be, move.stories) for move in told.moves] == [
        ("AFP", "AFP, dpa", 2),
        ("AFP", "nobody", 1),
    ]


def test_examples_are_few_and_name_the_story() -> None:
    """Three of a kind are enough to see it by."""
    diff = CreditDiff()
    diff.count([(AFP, BOTH)] * 9)
    [move] = diff.moves
    assert move.stories == 9 and len(move.examples) == 3
    assert (move.examples[0].was, move.examples[0].would_be) == ("AFP", "AFP/dpa")


def test_the_same_agency_in_another_role_is_told_too() -> None:
    """As is the wording, where nothing else changes."""
    diff = CreditDiff()
    diff.count([(AFP, WITH), (AFP, replace(AFP, credit=replace(AFP.credit, credit_line="© AFP")))])
    assert {move.what for move in diff.moves} == {"role", "wording"}
    assert not diff.agencies


def test_equal_credits_with_other_evidence_are_no_change() -> None:
    """Nobody prints evidence."""
    diff = CreditDiff()
    diff.count([(AFP, AFP), (None, AFP), (AFP, None)])
    assert diff.stories == 0 and not diff.moves
