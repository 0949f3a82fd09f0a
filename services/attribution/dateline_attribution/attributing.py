"""What attribution answers to a version, and to an editor who sets or clears a version's credit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_attribution.credits import credit
from dateline_attribution.overruling import by_editor, is_overruled, override_before, overruled
from dateline_attribution.tableset import Tables
from dateline_schemas.credit import Credit
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryAttributed, StoryReceived
from dateline_schemas.feeds import Contract


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
    if override.cleared:
        return [_attributed(override, credit(override.story, _contract_of(override, log), tables=tables))]
    return [_attributed(override, by_editor(override.found, override))]


def needed_for_override(override: CreditOverridden) -> tuple[type[Event], ...]:
    """The kinds of event that ``attribute_anew`` must know: newer overrides, and the arrival with its contract."""
    return CreditOverridden, StoryReceived


def _contract_of(override: CreditOverridden, log: Sequence[Recorded[Event]]) -> Contract | None:
    for recorded in log:
        if isinstance(recorded.event, StoryReceived) and recorded.event.ordinal == override.ordinal:
            return recorded.event.contract
    return None


def _attributed(of: StoryReceived | CreditOverridden, decided: Credit, archive: bool = False) -> StoryAttributed:
    return StoryAttributed(
        story_id=of.story_id,
        version=of.version,
        ordinal=of.ordinal,
        feed=of.feed,
        archive=archive,
        story=of.story,
        credit=decided,
    )
