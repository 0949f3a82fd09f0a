"""A real nats-server for the module, provisioned; tests keep apart by using stories of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from nats.aio.client import Client

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import provisioned, real_server


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """A server for the module."""
    with real_server() as running:
        yield running


@pytest.fixture
async def client(server: EmbeddedServer) -> AsyncIterator[Client]:
    """A connection for the test."""
    async with provisioned(server) as connected:
        yield connected
