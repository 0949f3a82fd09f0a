"""Reading a stream without a consumer: in pages, past what a disk has damaged, the last message of each subject."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from dateline_kernel.directget import MOST, Damaged, DirectGet, Incomplete, TooMany
from dateline_kernel.errors import Unavailable, words
from dateline_kernel.quickclient import QuickClient

_PAGE = 500
EXPECTED_OF_DAMAGED = 0
"""What a write has to expect on one subject where the server cannot read the last message there. On a pattern of
subjects it is that message's sequence where it need not read it, which depends on where its subjects stand.
"""


class DirectReader:
    """Reads messages of streams, whatever of it a server answers at once, or can read."""

    def __init__(self, client: QuickClient) -> None:
        self._client = client
        self._ask = DirectGet(client).ask

    async def latest(self, stream: str, subject: str, at_least: int = 0) -> list[Msg]:
        """The last message of each subject that matches, however many there are, in no order. Raises Unavailable.

        Of those that the server can read: what its disk has damaged is left out, unless the stream's leader can read
        that. Raises Lagging where the copy that answers had not come to the sequence ``at_least``; of one with damage
        it is not known how far it had come.
        """
        try:
            return await self.at_once(stream, [subject], at_least)
        except TooMany:
            found = [message async for message in self.every(stream, subject)]
        except Damaged:
            found = [message async for message in self.every(stream, subject)]
            found += [message async for message in self.every_led(stream, subject)]
        return list({(one.headers or {})["Nats-Subject"]: one for one in sorted(found, key=_sequence)}.values())

    async def pages(self, stream: str, subject: str, known: int) -> AsyncIterator[list[Msg]]:
        """The messages that match from one on that is ``known`` by its sequence, oldest first.

        Raises Incomplete where the known one is not there, or the server has others that it cannot read, as far as that
        can be seen, at the latest behind the last page: it says how many there are before it reads them. Raises
        Unavailable.
        """
        seq, left, read, there = known, 1, 0, 0
        while left:
            messages, left = await self._ask(stream, {"seq": seq, "next_by_subj": subject, "batch": _PAGE})
            if not read:
                if not messages or _sequence(messages[0]) != known:
                    raise Incomplete(f"message {known} of {stream} is not where it was")
                there = int((messages[0].headers or {}).get("Nats-Num-Pending", "0")) + 1
            if not messages:
                break
            yield messages
            read += len(messages)
            seq = _sequence(messages[-1]) + 1
        if read < there:
            raise Incomplete(f"{stream} has {there} messages on {subject} from {known} on, and {read} can be read")

    async def latest_on(self, stream: str, subjects: Sequence[str]) -> list[Msg]:
        """The last message on each of these subjects, as ``latest``; those that nothing stands on are left out.

        Raises Unavailable.
        """
        found: list[Msg] = []
        for at in range(0, len(subjects), MOST):
            some = subjects[at : at + MOST]
            try:
                found += await self.at_once(stream, some)
            except Damaged:
                for subject in some:
                    found += await self.latest(stream, subject)
        return found

    async def damaged_behind(self, stream: str, subject: str, seq: int) -> int:
        """Sequence of the last message that matches, where the server can read none behind ``seq``; 0 if there is none,
        or more subjects match than it answers for at once. In a cluster its leader must not be able to, either.

        Raises Unavailable.
        """
        if not await self._breaks_off(stream, subject, seq + 1):
            return 0
        if await self.following(stream, subject, seq=seq + 1) is not None:
            return 0
        if await self._led(stream, subject, seq + 1) is not None:
            return 0
        # The server tells no sequences of what it cannot read, but whether there is one from a sequence on.
        there, beyond = seq + 1, seq + 2
        while await self._breaks_off(stream, subject, beyond):
            there, beyond = beyond, beyond + 2 * (beyond - seq)
        while beyond - there > 1:
            middle = (there + beyond) // 2
            there, beyond = (middle, beyond) if await self._breaks_off(stream, subject, middle) else (there, middle)
        return there

    async def _breaks_off(self, stream: str, subject: str, seq: int) -> bool:
        try:
            await self._ask(stream, {"multi_last": [subject], "batch": 1, "seq": seq})
        except (Damaged, TooMany) as error:
            return isinstance(error, Damaged)
        return False

    async def at_once(self, stream: str, subjects: Sequence[str], at_least: int = 0) -> list[Msg]:
        """The last message of each subject that matches one of these, of a copy that has come to the sequence
        ``at_least``. Raises Incomplete (TooMany, Damaged), Lagging (also where nothing matches), Unavailable.
        """
        newest: dict[str, Msg] = {}
        seq, left = 1, 1
        while left:
            asked = {"multi_last": subjects, "batch": MOST, "seq": seq}
            messages, left = await self._ask(stream, asked, at_least=at_least)
            for message in messages:
                headers = message.headers or {}
                newest[headers["Nats-Subject"]] = message
                seq = int(headers["Nats-Sequence"]) + 1
        return list(newest.values())

    async def every(self, stream: str, subject: str, seq: int = 1) -> AsyncIterator[Msg]:
        """Every message that matches, from a sequence on, oldest first. Raises Unavailable."""
        left = 1
        while left:
            messages, left = await self._ask(stream, {"seq": seq, "next_by_subj": subject, "batch": _PAGE})
            for message in messages:
                seq = int((message.headers or {})["Nats-Sequence"]) + 1
                yield message

    async def every_led(self, stream: str, subject: str) -> AsyncIterator[Msg]:
        """Every message that matches and the stream's leader can read, oldest first. Raises Unavailable."""
        seq = 1
        while (message := await self._led(stream, subject, seq)) is not None:
            seq = _sequence(message) + 1
            yield message

    async def _led(self, stream: str, subject: str, seq: int) -> Msg | None:
        """The first message that matches from a sequence on, by the stream's leader; what that cannot read is left out.

        One message a request: for where another copy has damage. Raises Unavailable.
        """
        try:
            found = await self._client.jetstream().get_msg(stream, seq=seq, subject=subject, next=True)
        except NotFoundError:
            return None
        except (NatsError, TimeoutError, OSError) as error:
            raise Unavailable(f"no answer from the leader of stream {stream}: {words(error)}") from error
        assert found.time is not None
        place = {"Nats-Subject": str(found.subject), "Nats-Sequence": str(found.seq)}
        headers = {**(found.headers or {}), **place, "Nats-Time-Stamp": found.time.isoformat()}
        return Msg(self._client, data=found.data or b"", headers=headers)

    async def entries(self, bucket: str, keys: str = ">") -> list[Msg]:
        """The values of a key-value bucket (NATS ADR-8), taken away ones left out, in no order. Raises Unavailable.

        Not nats-py's ``keys``, which follows the bucket with a consumer and now and then takes it for empty when the
        first keys come before it has looked how many there are.
        """
        messages = await self.latest(f"KV_{bucket}", f"$KV.{bucket}.{keys}")
        return [message for message in messages if not (message.headers or {}).get("KV-Operation")]

    async def get(self, stream: str, **request: Any) -> list[Msg]:
        """Messages that match an ADR-31 request (``seq``, ``next_by_subj``, ``multi_last``, ``batch``...).

        An empty list where nothing matches that the server can read; fewer than ``batch`` where the client has no
        ``room`` for more. Raises Unavailable when the server does not answer in time.
        """
        with suppress(Damaged):
            messages, _ = await self._ask(stream, request)
            return messages
        return []

    async def following(self, stream: str, subject: str, **place: Any) -> int | None:
        """Sequence of the first message that matches, from a ``seq`` or ``start_time`` on; None if there is none.

        It takes the server as long as it takes to go through what is behind that place. For a ``batch`` it also
        counts how many there are, through all subjects of the stream. Raises Unavailable.
        """
        found, _ = await self._ask(stream, {"next_by_subj": subject, **place}, alone=True)
        return int((found[0].headers or {})["Nats-Sequence"]) if found else None


def _sequence(message: Msg) -> int:
    return int((message.headers or {})["Nats-Sequence"])
