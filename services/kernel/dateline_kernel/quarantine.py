"""QUARANTINE: what could not be dealt with is kept with its reason, and can be tried again or dropped."""

from __future__ import annotations

from collections.abc import AsyncIterator

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.commit import GroupCommit, Message
from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import KernelError, Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.quarantine import Kept, Quarantined, decode_quarantined, encode_quarantined
from dateline_schemas.subjects import QUARANTINE, quarantine_subject

PAGE = 100


class NotQuarantined(KernelError):
    """Nothing stands in quarantine under that number."""


class Quarantine:
    """Writes and reads the QUARANTINE stream."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._commit = GroupCommit(client)
        self._direct = DirectReader(client)

    async def keep(self, what: Quarantined, key: str = "") -> int:
        """Keep it, fsynced; its number. The same ``key`` within two minutes keeps it once. Raises Unavailable."""
        headers = {"Nats-Msg-Id": key} if key else {}
        subject = quarantine_subject(what.service, what.story_id)
        return await self._commit.commit([Message(subject, encode_quarantined(what), headers)])

    async def all(self, service: str = "") -> AsyncIterator[Kept]:
        """Everything that stands in quarantine, oldest first. Raises Unavailable."""
        seq = 1
        while messages := await self._direct.get(
            QUARANTINE.name, seq=seq, next_by_subj=f"quarantine.{service or '*'}.*", batch=PAGE
        ):
            for message in messages:
                kept = _kept(message.headers or {}, message.data)
                seq = kept.seq + 1
                yield kept

    async def get(self, seq: int) -> Kept:
        """One by its number. Raises NotQuarantined, Unavailable."""
        messages = await self._direct.get(QUARANTINE.name, seq=seq, next_by_subj="quarantine.>", batch=1)
        if not messages or int((messages[0].headers or {})["Nats-Sequence"]) != seq:
            raise NotQuarantined(f"nothing stands in quarantine under number {seq}")
        return _kept(messages[0].headers or {}, messages[0].data)

    async def drop(self, seq: int) -> None:
        """Take one out for good. Raises NotQuarantined, Unavailable."""
        await self.get(seq)
        try:
            await self._client.jetstream().delete_msg(QUARANTINE.name, seq)
        except NotFoundError as error:
            raise NotQuarantined(f"nothing stands in quarantine under number {seq}") from error
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"quarantine does not answer: {words(error)}") from error

    @property
    def failing(self) -> str:
        """Why nothing could be written to it for some seconds; else empty."""
        return self._commit.failing

    async def close(self) -> None:
        """Write what waits, then stop."""
        await self._commit.close()


def _kept(headers: dict[str, str], data: bytes) -> Kept:
    return Kept(int(headers["Nats-Sequence"]), recorded_time(headers), decode_quarantined(data))
