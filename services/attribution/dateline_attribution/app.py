"""Attribution: hears StoryReceived, says StoryAttributed. Whose copy is it, and how do we know?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dateline_attribution.credits import credit
from dateline_attribution.originindex import OriginIndex, Window
from dateline_attribution.origins import credits_nobody, with_origin
from dateline_attribution.overruling import by_editor, counting, is_overruled, overruled
from dateline_attribution.settings import AttributionSettings, house_tables, origin_window, rules_version
from dateline_attribution.tableset import Tables
from dateline_kernel.consulting import Consultation
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_schemas.events import CreditOverridden, Event, Recorded, StoryAttributed, StoryReceived
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story


def attribute(
    received: StoryReceived, log: Sequence[Recorded[Event]], tables: Tables | None = None
) -> list[StoryAttributed]:
    """Credit the versions that count; latecomers and disputed ones are on record, and nothing follows from them.

    Nor does anything from one that an editor has overruled: what the editor said stands in its place.
    """
    said = [recorded.event for recorded in log]
    if received.standing != "current" or is_overruled(said, received.ordinal):
        return []
    found = credit(received.story, received.contract, tables=tables)
    override = counting(said, received.ordinal)
    return [
        StoryAttributed(
            story_id=received.story_id,
            version=received.version,
            ordinal=received.ordinal,
            feed=received.feed,
            archive=received.archive,
            story=received.story,
            credit=found if override is None else overruled(found, override),
        )
    ]


def overrides(received: StoryReceived) -> tuple[type[Event], ...]:
    """An editor may have overruled an earlier version, where there is one."""
    return (CreditOverridden,) if received.ordinal > 1 else ()


def attribute_anew(
    override: CreditOverridden, log: Sequence[Recorded[Event]] = (), tables: Tables | None = None
) -> list[StoryAttributed]:
    """What an editor says replaces what was said of the version; taken back, the rules decide, under the contract.

    Nothing follows from a word that another of the same version came after: heard once more, it must not win.
    """
    if override.outdone(recorded.event for recorded in log):
        return []
    if override.cleared:
        counts = credit(override.story, _contract_of(override, log), tables=tables)
    else:
        counts = by_editor(override.found, override)
    return [
        StoryAttributed(
            story_id=override.story_id,
            version=override.version,
            ordinal=override.ordinal,
            feed=override.feed,
            story=override.story,
            credit=counts,
        )
    ]


def word_and_contract(override: CreditOverridden) -> tuple[type[Event], ...]:
    """An editor may have had another word since, and the rules decide again under the contract of the version."""
    return CreditOverridden, StoryReceived


def _contract_of(override: CreditOverridden, log: Sequence[Recorded[Event]]) -> Contract | None:
    for recorded in log:
        if isinstance(recorded.event, StoryReceived) and recorded.event.ordinal == override.ordinal:
            return recorded.event.contract
    return None


def build(settings: AttributionSettings) -> Service:
    """Wire the service; nothing is connected yet. The tables are read and compiled here, not at the first story.

    Raises Misconfigured when a file of the house cannot be used.
    """
    tables = house_tables(settings)
    tables.compile()
    credit(Story(guid="warm-up"), tables=tables)
    service = Service("attribution", settings, rules=rules_version(settings, tables))
    origins = _origins(service, tables, origin_window(settings))
    service.on_recalling(StoryReceived, partial(attribute, tables=tables), overrides, CreditOverridden, origins)
    anew = partial(attribute_anew, tables=tables)
    return service.on_recalling(CreditOverridden, anew, word_and_contract, CreditOverridden, origins)


def _origins(service: Service, tables: Tables, window: Window | None) -> Consultation | None:
    if window is None:
        return None
    index = OriginIndex(tables.origins, window)
    follower = service.following("origins", index)
    return Consultation(follower, asks=credits_nobody, amended=partial(with_origin, index=index))


def main() -> None:
    """Command ``dateline-attribution``."""
    run(lambda: build(load_settings(AttributionSettings, "attribution")))
