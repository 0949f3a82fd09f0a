"""Settings for all tests, and a real nats-server for those that ask for one."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings
from nats.aio.client import Client
from stories import guid

from dateline_kernel.embedded import EmbeddedServer
from dateline_kernel.testing import provisioned, real_server

# A property is about what comes out. How long examples took says how busy the machine was; time is measured by
# tests/bench and tests/fuzz, in processor time. A change is judged by the same examples wherever and whenever that is;
# new ones are looked for with `--hypothesis-profile search`, and by `make fuzz`.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dateline", settings.get_profile("search"), derandomize=True)
settings.load_profile("dateline")

# A shell has what it starts in the background ignore Ctrl-C, and all that this starts: tests of Ctrl-C wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of tests are on this machine: no proxy leads there."""
    for scheme in ("http", "https", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Restore logging after each test: a service sets it up for the whole process."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def name() -> str:
    """A story's identifier that no other test has."""
    return guid()


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """A server for the module; its tests keep apart by using stories of their own."""
    with real_server() as running:
        yield running


@pytest.fixture
async def client(server: EmbeddedServer) -> AsyncIterator[Client]:
    """A connection for the test, with everything declared."""
    async with provisioned(server) as connected:
        yield connected
