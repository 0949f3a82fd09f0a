"""Settings of the attribution service."""

from __future__ import annotations

from dateline_kernel.settings import ServiceSettings


class AttributionSettings(ServiceSettings, frozen=True, kw_only=True):
    """What attribution can be told; today nothing beyond what every service can."""
