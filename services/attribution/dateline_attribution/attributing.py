"""What attribution answers to a version, and to an editor who sets or clears a version's credit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_attribution.credits import credit
from dateline_attribution.overruling import by_editor, is_overruled, override_before, overruled
from dateline_attribution.tableset import Tables
from dateline_schemas.credit import Credit
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryAttributed, StoryReceived


def attribute(
    received: StoryReceived, log: Sequence[Recorded[Event]], tables: Tables | None = None
) -> list[StoryAttributed]:
    """Credit a version that is current.

    Nothing follows from a late or disputed version, nor from one whose credit an editor has set: ``attribute_anew``
    answers the editor.
    """
    said = [recorded.event for recorded in log]
    if received.standing != "current" or is_overruled(said, received.ordinal):
        return []
    found = credit(received.story, received.contract, tables=tables)
    override = override_before(said, received.ordinal)
    return [_attributed(received, found if override is None else overruled(found, override), received.archive)]


def needed_for_version(received: StoryReceived) -> tuple[type[Event], ...]:
    """The kinds of event that ``attribute`` must know: an editor may have overruled an earlier version."""
    return (CreditOverridden,) if received.ordinal > 1 else ()


def attribute_anew(
    override: CreditOverridden, log: Sequence[Recorded[Event]] = (), tables: Tables | None = None
) -> list[StoryAttributed]:
    """Credit a version as an editor says; when the editor takes that back, as the rules say under the feed's contract.

    Nothing follows from an override that a newer one of the same version has replaced, even if it is delivered again.
    """
    if override.outdone(recorded.event for recorded in log):
        return []
    arrival = _arrival_of(override, log)
    decided = by_editor(override.found, override)
    if override.cleared:
        decided = credit(override.story, arrival.contract if arrival else None, tables=tables)
    return [_attributed(override, decided, arrival is not None and arrival.archive)]


def needed_for_override(override: CreditOverridden) -> tuple[type[Event], ...]:
    """The kinds of event that ``attribute_anew`` must know: newer overrides, and the arrival.

    The arrival has the feed's contract, and says whether the version is of an archive.
    """
    return CreditOverridden, StoryReceived


def _arrival_of(override: CreditOverridden, log: Sequence[Recorded[Event]]) -> StoryReceived | None:
    for recorded in log:
        if isinstance(recorded.event, StoryReceived) and recorded.event.ordinal == override.ordinal:
            return recorded.event
    return None


def _attributed(of: StoryReceived | CreditOverridden, decided: Credit, archive: bool) -> StoryAttributed:
    return StoryAttributed(
        story_id=of.story_id,
        version=of.version,
        ordinal=of.ordinal,
        feed=of.feed,
        archive=archive,
        story=of.story,
        credit=decided,
    )
