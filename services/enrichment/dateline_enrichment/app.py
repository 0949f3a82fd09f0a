"""Enrichment: what is the story about? Hears StoryAttributed, says StoryEnriched."""

from __future__ import annotations

from functools import partial

from dateline_enrichment import RULES
from dateline_enrichment.analyse import facts
from dateline_enrichment.people import PeopleFinder, rules_finder
from dateline_enrichment.settings import EnrichmentSettings
from dateline_kernel.errors import Misconfigured
from dateline_kernel.service import Service, run
from dateline_kernel.settings import load_settings
from dateline_schemas.credit import Credit
from dateline_schemas.events import StoryAttributed, StoryEnriched
from dateline_schemas.story import Story


def enrich(attributed: StoryAttributed, finder: PeopleFinder = rules_finder) -> list[StoryEnriched]:
    """Say what a credited version is about; ``finder`` is the way in which people are found."""
    return [
        StoryEnriched(
            story_id=attributed.story_id,
            version=attributed.version,
            ordinal=attributed.ordinal,
            feed=attributed.feed,
            archive=attributed.archive,
            story=attributed.story,
            credit=attributed.credit,
            facts=facts(attributed.story, attributed.credit, finder),
        )
    ]


def build(settings: EnrichmentSettings) -> Service:
    """Wire the service; tables and a model are loaded here, once, not at the first story. Raises Misconfigured."""
    facts(Story(guid="warm-up", paragraphs=("Nothing happened.",)), Credit())
    if settings.people == "rules":
        return Service("enrichment", settings, rules=RULES).on(StoryAttributed, enrich)
    from dateline_enrichment.people_model import RULES as MODEL_RULES
    from dateline_enrichment.people_model import ModelMissing, model_finder

    try:
        finder = model_finder()
    except ModelMissing as error:
        raise Misconfigured(f"people = 'model': {error}") from error
    service = Service("enrichment", settings, rules=f"{RULES}+{MODEL_RULES}")
    return service.on(StoryAttributed, partial(enrich, finder=finder), heavy=True)


def main() -> None:
    """Command ``dateline-enrichment``."""
    run(lambda: build(load_settings(EnrichmentSettings, "enrichment")))
