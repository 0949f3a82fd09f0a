"""A desk for the tests of one part that ask for one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from desk import Desk, opened

from dateline_kernel.embedded import EmbeddedServer


@pytest.fixture
async def desk(server: EmbeddedServer) -> AsyncIterator[Desk]:
    """Ingest runs, with a feed of the test's."""
    async with opened(server) as one:
        yield one
