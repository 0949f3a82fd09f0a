"""Settings of the enrichment service."""

from __future__ import annotations

from typing import Literal

from dateline_kernel.settings import ServiceSettings


class EnrichmentSettings(ServiceSettings, frozen=True, kw_only=True):
    """Settings of enrichment."""

    people: Literal["rules", "model"] = "rules"
    """How people are found: by rules, or by a statistical model, a hundred times slower, which needs the packages of
    deploy/requirements/enrichment-model.txt."""
