"""FastStream's broker, over a client of our own."""

from __future__ import annotations

from typing import Any

from faststream.nats import NatsBroker

from dateline_kernel.connection import RECONNECT, servers_of
from dateline_kernel.keys import Keys
from dateline_kernel.secured import SecuredClient
from dateline_kernel.settings import ServiceSettings


class Broker(NatsBroker):
    """Subscribes as FastStream does; how it connects is ours."""

    def __init__(self, keys: Keys, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._keys = keys

    async def connect(self) -> SecuredClient:
        """The client, connected. Raises NatsError."""
        client = await super().connect()
        assert isinstance(client, SecuredClient)
        return client

    async def _connect(self) -> SecuredClient:
        client = SecuredClient(self._keys)
        await client.connect(**self._connection_kwargs)
        self.config.connect(client)
        return client


def broker_of(service: str, settings: ServiceSettings) -> Broker:
    """A broker that is not connected yet."""
    return Broker(
        settings.keys,
        servers_of(settings.nats_url),
        name=f"dateline-{service}",
        apply_types=False,
        logger=None,
        graceful_timeout=settings.drain_timeout,
        **RECONNECT,
    )
