"""What the page for three in the morning says of a TOPICS stream that is gone, word by word, on a server of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from stories import feed, guid

from dateline_kernel.journal import Journal
from dateline_kernel.testing import eventually, provisioned, real_server
from dateline_publish.app import build
from dateline_publish.settings import PublishSettings
from dateline_schemas.subjects import TOPICS

PAGE = (Path(__file__).resolve().parents[2] / "docs/monitoring.md").read_text("utf-8")


async def read(client: Client) -> dict[str, list[tuple[str, str, bytes]]]:
    """Kind, number and body of all that TOPICS has, in order, by subject."""
    messages: list[Msg] = await Journal(client, "publish").direct.get(
        TOPICS.name, seq=1, next_by_subj="topic.>", batch=500
    )
    found: dict[str, list[tuple[str, str, bytes]]] = {}
    for message in messages:
        headers = message.headers or {}
        told = (headers["Dateline-Kind"], headers["Dateline-Number"], message.data)
        found.setdefault(headers["Nats-Subject"], []).append(told)
    return found


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)])
async def test_it_is_made_anew_out_of_the_log(later: timedelta) -> None:
    """Every release, update and kill on every subject, in order, with the same bodies."""
    names: dict[str, Any] = {}
    exec(compile(re.findall(r"^```python\n(.*?)^```", PAGE, re.S | re.M)[0], "docs/monitoring.md", "exec"), names)
    updated, killed = guid(), guid()
    with real_server() as server:
        async with provisioned(server) as client, build(PublishSettings(nats_url=server.url)).running() as running:
            # At once, or a day later.
            object.__setattr__(running.runtime, "now", lambda: datetime.now(UTC) + later)
            await feed(client, updated, 1)
            await feed(client, killed, 1)
            await feed(client, updated, 2)
            await eventually(lambda: read(client), lambda found: count(found) == 6)
            await feed(client, killed, 2, pubstatus="canceled")
            before = await eventually(lambda: read(client), lambda found: count(found) == 8)
            await client.jetstream().delete_stream(TOPICS.name)
            await names["hear_again"](server.url)
            await eventually(lambda: read(client), lambda found: found == before)


def count(found: dict[str, list[tuple[str, str, bytes]]]) -> int:
    """Messages on all subjects together."""
    return sum(map(len, found.values()))
