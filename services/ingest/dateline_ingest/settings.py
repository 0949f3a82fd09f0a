"""Settings of the ingest service."""

from __future__ import annotations

from dateline_kernel.settings import ServiceSettings


class IngestSettings(ServiceSettings, frozen=True, kw_only=True):
    """What ingest can be told."""

    max_body: int = 8 * 1024 * 1024
    """Bytes of one push; more is refused with 413 without being read."""
