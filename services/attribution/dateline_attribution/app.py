"""Attribution: whose copy is a story, and how do we know? Hears StoryReceived and an editor's CreditOverridden."""

from __future__ import annotations

from functools import partial

from dateline_attribution.attributing import attribute, attribute_anew, needed_for_override, needed_for_version
from dateline_attribution.credits import credit
from dateline_attribution.originindex import OriginIndex, Window
from dateline_attribution.origins import credits_nobody, with_origin
from dateline_attribution.settings import AttributionSettings, house_tables, origin_window, rules_version
from dateline_attribution.tableset import Tables
from dateline_kernel.consulting import Consultation
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_schemas.events import CreditOverridden, StoryReceived
from dateline_schemas.story import Story


def build(settings: AttributionSettings) -> Service:
    """Wire the service; nothing is connected yet. The tables are read and compiled here, not at the first story.

    Raises Misconfigured when a file of the house cannot be used.
    """
    tables = house_tables(settings)
    tables.compile()
    credit(Story(guid="warm-up"), tables=tables)
    service = Service("attribution", settings, rules=rules_version(settings, tables))
    origins = _origins(service, tables, origin_window(settings))
    return service.on_recalling(
        StoryReceived,
        partial(attribute, tables=tables),
        needs=needed_for_version,
        again_after=CreditOverridden,
        consultation=origins,
    ).on_recalling(
        CreditOverridden,
        partial(attribute_anew, tables=tables),
        needs=needed_for_override,
        again_after=CreditOverridden,
        consultation=origins,
    )


def _origins(service: Service, tables: Tables, window: Window | None) -> Consultation | None:
    """Looks up whose copy an uncredited text is; None where the settings turn that off."""
    if window is None:
        return None
    index = OriginIndex(tables.origins, window)
    follower = service.following("origins", index)
    return Consultation(follower, asks=credits_nobody, amended=partial(with_origin, index=index))


def main() -> None:
    """Command ``dateline-attribution``."""
    run(lambda: build(load_settings(AttributionSettings, "attribution")))
