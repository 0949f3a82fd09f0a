"""QUARANTINE: what could not be dealt with is kept with its reason, and can be tried again or dropped."""

from __future__ import annotations

from collections.abc import AsyncIterator

from msgspec.structs import replace
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.commit import Committing, Message
from dateline_kernel.delivery import recorded_time
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import KernelError, TooLarge, Unavailable, words
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.quarantine import Kept, Quarantined, decode_quarantined, encode_quarantined
from dateline_schemas.subjects import QUARANTINE, STORIES, StreamSpec, quarantine_subject

PAGE = 100


class NotQuarantined(KernelError):
    """Nothing stands in quarantine under that number."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"nothing stands in quarantine under number {seq}. `dateline quarantine ls` shows what does.")


class Quarantine(Committing):
    """Writes and reads the QUARANTINE stream."""

    def __init__(self, client: QuickClient) -> None:
        super().__init__(client)
        self._client = client
        self._direct = DirectReader(client)

    async def keep(self, what: Quarantined, key: str = "") -> int:
        """Keep it, fsynced; its number. The same ``key`` within two minutes keeps it once.

        An event that has no room beside its reason stands in the log, and is read from there. Raises Unavailable.
        """
        headers = {"Nats-Msg-Id": key} if key else {}
        subject = quarantine_subject(what.service, what.story_id)
        try:
            return await self._commit.commit([Message(subject, encode_quarantined(what), headers)])
        except TooLarge:
            if not what.event:
                raise
        return await self.keep(replace(what, event=b""), key)

    async def all(self, service: str = "") -> AsyncIterator[Kept]:
        """Everything that stands in quarantine, oldest first. Raises Unavailable."""
        seq = 1
        while messages := await self._direct.get(
            QUARANTINE.name, seq=seq, next_by_subj=f"quarantine.{service or '*'}.*", batch=PAGE
        ):
            for message in messages:
                kept = await self._read(message)
                seq = kept.seq + 1
                yield kept

    async def get(self, seq: int) -> Kept:
        """One by its number. Raises NotQuarantined, Unavailable."""
        message = await self._at(QUARANTINE, seq)
        if message is None:
            raise NotQuarantined(seq)
        return await self._read(message)

    async def drop(self, seq: int) -> None:
        """Take one out for good. Raises NotQuarantined, Unavailable."""
        await self.get(seq)
        try:
            await self._client.jetstream().delete_msg(QUARANTINE.name, seq)
        except NotFoundError as error:
            raise NotQuarantined(seq) from error
        except (NatsError, OSError, TimeoutError) as error:
            raise Unavailable(f"quarantine does not answer: {words(error)}") from error

    async def _read(self, message: Msg) -> Kept:
        headers = message.headers or {}
        what = decode_quarantined(message.data)
        if what.kind == "event" and not what.event and (event := await self._at(STORIES, what.seq)):
            what = replace(what, event=event.data)
        return Kept(int(headers["Nats-Sequence"]), recorded_time(headers), what)

    async def _at(self, stream: StreamSpec, seq: int) -> Msg | None:
        found = await self._direct.get(stream.name, seq=seq, next_by_subj=stream.subjects[0], batch=1)
        there = [message for message in found if (message.headers or {})["Nats-Sequence"] == str(seq)]
        return there[0] if there else None
