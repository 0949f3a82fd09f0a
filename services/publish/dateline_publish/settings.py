"""Settings of the publish service."""

from __future__ import annotations

from dateline_kernel.settings import ServiceSettings


class PublishSettings(ServiceSettings, frozen=True, kw_only=True):
    """What publish can be told; today nothing beyond what every service can."""
