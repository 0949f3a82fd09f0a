"""nats-py's client with shorter ways for what a service does all day: a batch of messages out, a flow of messages in.

What is sent and what is read is the same as with nats-py, which does everything else, and these where anything is
unusual; tests compare the two (docs/adr/0019).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from dateline_kernel.headers import read_lines, write_lines

ROOM = 16 * 1024 * 1024
HEADERS = 128 * 1024
"""Bytes, more than subjects and headers of a message have."""

DENIALS = 64
"""That many of the server's last words of what this login may not do are kept."""

_HEARING = "for subscription to"
"""How the server words that something may not be heard; of what may not be asked it says ``for publish to``."""

Taker = Callable[[Msg], None]
"""Takes a message off the connection, at once. What it raises goes where nats-py sends what callbacks raise."""


class Message(Struct, frozen=True, gc=False):
    """What is written to a stream."""

    subject: str
    payload: bytes
    headers: dict[str, str]


class Denial(Struct, frozen=True):
    """The server said that this login may not do something. Who asked for it gets no other answer."""

    at: float
    """When it was heard, as ``time.monotonic()`` counts."""
    said: str


class QuickClient(Client):
    """nats-py's client, with faster ways to send batches, receive flows and handle headers."""

    def __init__(self) -> None:
        super().__init__()
        self.takers: dict[int, Taker] = {}
        """By subscription: who takes its messages straight off the connection."""
        self.denials: deque[Denial] = deque(maxlen=DENIALS)
        """Of what was asked at once nats-py keeps the last one alone (``last_error``)."""

    @property
    def room(self) -> int:
        """Bytes of messages that the server is to send at a time: as many as any one may have, at least.

        Asked for more it sends more than it lets wait for a client (``max_pending``, 64 MB by default) as soon as the
        messages are large, takes us for too slow and ends the connection.
        """
        return max(ROOM, self.max_payload + HEADERS)

    async def publish_all(self, messages: Sequence[Message]) -> None:
        """Publish them in their order, as ``publish`` would one by one; they go to the connection in one piece.

        Raises NatsError as ``publish`` does; what came before the message at fault may have been sent then.
        """
        commands = self._commands(messages) if self.is_connected and not self.is_draining_pubs else None
        if commands is None:
            for message in messages:
                await self.publish(message.subject, message.payload, headers=message.headers)
            return
        self.stats["out_msgs"] += len(messages)
        self.stats["out_bytes"] += sum([len(message.payload) for message in messages])
        await self._send(b"".join(commands))

    def _commands(self, messages: Sequence[Message]) -> list[bytes] | None:
        """The messages as they go over the wire; ``None`` where one of them is unusual, or is to be refused."""
        commands: list[bytes] = []
        for message in messages:
            subject, payload, block = message.subject, message.payload, write_lines(message.headers)
            if block is None or not _plain(subject) or len(payload) > self._max_payload:
                return None
            head = f"HPUB {subject}  {len(block)} {len(block) + len(payload)}\r\n"
            commands += (head.encode(), block, payload, b"\r\n")
        return commands

    async def _send(self, command: bytes) -> None:
        await self._send_command(command)
        if self._flush_queue is not None and self._flush_queue.empty():
            await self._flush_pending()

    async def _send_publish(
        self, subject: str, reply: str, payload: bytes, payload_size: int, headers: dict[str, str] | None
    ) -> None:
        block = write_lines(headers) if headers and subject else None
        if block is None:
            await super()._send_publish(subject, reply, payload, payload_size, headers)
            return
        self.stats["out_msgs"] += 1
        self.stats["out_bytes"] += payload_size
        command = f"HPUB {subject} {reply} {len(block)} {len(block) + payload_size}\r\n".encode()
        await self._send(b"".join((command, block, payload, b"\r\n")))

    async def acknowledge(self, message: Msg) -> None:
        """The same as ``message.ack()``; its reply subject came off the wire, and is not looked through again."""
        if not message.reply or message.is_acked or not self.is_connected or self.is_draining_pubs:
            await message.ack()
            return
        self.stats["out_msgs"] += 1
        await self._send(f"PUB {message.reply}  0\r\n\r\n".encode())
        message._ackd = True

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        found = read_lines(raw)
        return Client._parse_header_lines(raw) if found is None else found

    async def take(self, subject: str, taker: Taker) -> Subscription:
        """Subscribe, and have the messages as they come off the connection, without a queue and a task between.

        For who bounds by other means how many can come, as a pull request does. A message of a consumer has no headers
        then: what is to be known of it stands in its reply subject and its body. Raises NatsError.
        """
        subscription = await self.subscribe(subject, cb=_nobody)
        self.takers[subscription._id] = taker
        return subscription

    async def _process_err(self, err_msg: str) -> None:
        if "permissions violation" in err_msg.lower():
            self.denials.append(Denial(time.monotonic(), err_msg.strip("'")))
        await super()._process_err(err_msg)

    async def _process_connect_init(self) -> None:
        self.denials.clear()  # a new connection has the rights of now, and subscribes anew
        await super()._process_connect_init()

    def denial(self, asked: str, since: float, answers: str = "") -> str:
        """What the server said to that it was ``asked`` on a subject ``since`` then, if this login may not; else empty.

        Or, whenever it said so, to that ``answers`` are heard there: a subscription that it refused is none for as long
        as the connection lasts, a request may be granted the next time.
        """
        heard = f'{_HEARING} "{answers or self._answers}"'.lower()
        for one in reversed(self.denials):
            said = one.said.lower()
            if heard in said or (one.at >= since and f'for publish to "{asked}"'.lower() in said):
                return one.said
        return ""

    def do_without(self) -> None:
        """Take off ``denials`` what may not be asked: it explains nothing later. What may not be heard stays so."""
        lasting = [one for one in self.denials if _HEARING in one.said.lower()]
        self.denials.clear()
        self.denials += lasting

    @property
    def _answers(self) -> str:
        """The subject on which nats-py hears what requests are answered; empty before the first one."""
        return f"{self._resp_sub_prefix.decode()}*" if self._resp_sub_prefix else ""

    def _remove_sub(self, sid: int, max_msgs: int = 0) -> None:
        self.takers.pop(sid, None)
        super()._remove_sub(sid, max_msgs)

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes) -> None:
        taker = self.takers.get(sid)
        if taker is None:
            await super()._process_msg(sid, subject, reply, data, headers)
            return
        self.stats["in_msgs"] += 1
        self.stats["in_bytes"] += len(data)
        found = None if reply.startswith(b"$JS.ACK.") else await self._process_headers(headers)
        try:
            taker(self._build_message(sid, subject, reply, data, found))
        except Exception as error:  # else nothing would be read of the connection any more
            await self._error_cb(error)


def _plain(subject: str) -> bool:
    """Whether nothing in a subject is a blank, as far as can be seen at a glance."""
    return subject != "" and subject.isprintable() and " " not in subject


async def _nobody(_: Msg) -> None:
    """The callback of a subscription whose messages are taken before they get to it."""
