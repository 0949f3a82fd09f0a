"""A consumer for one reading of the log, which the server keeps in its memory and forgets by itself."""

from __future__ import annotations

from datetime import datetime

import nats.js.api as api

from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES

ABANDONED = 60.0
"""Seconds without a request after which the server forgets a reader."""


async def reader_from(client: QuickClient, subject: str, start: int | datetime) -> api.ConsumerInfo:
    """A reader of the events on a subject, from a sequence, or from a time of the log, on. Raises NatsError, OSError.

    One subject each: for several the server goes through all subjects at every block of its files. It stands on one
    server of a cluster only, since nothing is lost with it: who reads knows how far that came, and begins another one
    there, without a word to a majority for every page.
    """
    config = api.ConsumerConfig(
        filter_subject=subject,
        ack_policy=api.AckPolicy.NONE,
        mem_storage=True,
        num_replicas=1,
        inactive_threshold=ABANDONED,
    )
    if isinstance(start, int):
        config.deliver_policy, config.opt_start_seq = api.DeliverPolicy.BY_START_SEQUENCE, start
    else:
        config.deliver_policy = api.DeliverPolicy.BY_START_TIME
        config.opt_start_time = start.isoformat()  # type: ignore[assignment]
    return await client.jetstream().add_consumer(STORIES.name, config)
