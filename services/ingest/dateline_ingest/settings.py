"""Settings of the ingest service."""

from __future__ import annotations

from typing import Annotated, get_args

from msgspec import Meta

from dateline_kernel.settings import ServiceSettings
from dateline_schemas.feeds import DoorName


class IngestSettings(ServiceSettings, frozen=True, kw_only=True):
    """Settings of ingest."""

    max_body: Annotated[int, Meta(ge=1)] = 8 * 1024 * 1024
    """Bytes of one push; more is refused with 413 without being read."""
    doors: tuple[DoorName, ...] = get_args(DoorName)
    """Doors that this process offers; in the environment with commas between them. All of them if left out."""
    lease: Annotated[float, Meta(gt=0)] = 30.0
    """Seconds after which another process takes over a feed whose reader went silent."""
    public_url: str = ""
    """Scheme, host and perhaps a path under which hubs (WebSub) reach this port from outside; empty if they cannot."""
