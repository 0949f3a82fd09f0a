"""When a stream was restored last, by its metadata: the server is asked now and then, the answer kept in between."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from dateline_kernel.jetstreamapi import stream_info
from dateline_kernel.quickclient import QuickClient
from dateline_kernel.snapshots import MADE, RESTORED

ASKED_EVERY = 10.0
"""Seconds for which an answer counts: nothing is restored while services run, but one may be started too soon."""


class Restorations:
    """When each stream of one server was restored."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, int]] = {}
        """By stream: when it was asked, and what was said."""

    async def last(self, stream: str) -> int:
        """When the stream was restored last, in seconds since 1970; 0 if never, or it is not there.

        Raises Unavailable.
        """
        now = time.monotonic()
        asked_at, said = self._known.get(stream, (float("-inf"), 0))
        if now - asked_at >= ASKED_EVERY:
            said = _seconds(await _metadata(self._client, stream))
            self._known[stream] = now, said
        return said


async def made_before(client: QuickClient, stream: str) -> tuple[int, dict[str, datetime]]:
    """When a stream was restored last, as ``Restorations.last``, and when its consumers of then were made, by name.

    Raises Unavailable.
    """
    said = await _metadata(client, stream)
    made = {name: when for name, when in said.items() if name.startswith(MADE)}
    return _seconds(said), {name.removeprefix(MADE): datetime.fromisoformat(when) for name, when in made.items()}


async def _metadata(client: QuickClient, stream: str) -> dict[str, str]:
    info = await stream_info(client, stream)
    return info.config.metadata if info else {}


def _seconds(metadata: Mapping[str, str]) -> int:
    said = metadata.get(RESTORED, "")
    return int(said) if said.isdecimal() else 0
