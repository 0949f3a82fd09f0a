"""Settings of the publish service."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from dateline_kernel.settings import Keeping, ServiceSettings


class PublishSettings(ServiceSettings, frozen=True, kw_only=True):
    """Settings of publish, beside those that every service has."""

    topics_days: Annotated[int, Meta(ge=0, le=36_500)] = 0
    """Days that messages stay on TOPICS, where outlets read; 0 for as long as there is a disk. The log keeps all."""

    @property
    def keeping(self) -> Keeping:
        """How the server keeps the streams."""
        return replace(super().keeping, topics_days=self.topics_days)
