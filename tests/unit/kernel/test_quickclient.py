"""The quick client: the same bytes and the same dicts as nats-py's own, whatever the messages are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import Header

from dateline_kernel.headers import read_lines, write_lines
from dateline_kernel.quickclient import Message, QuickClient

NAMES = st.text("abcXYZ09-_.", min_size=1, max_size=12) | st.text(max_size=6)
VALUES = st.text("ab 12-:/.é", max_size=20) | st.text(max_size=20)
HEADERS = st.dictionaries(NAMES, VALUES, max_size=8)
MOST = 40
"""Bytes of the largest payload that the server takes."""
SUBJECTS = st.text("ab.", min_size=1, max_size=8) | st.text(max_size=4)
LINES = st.lists(
    st.tuples(
        NAMES, st.sampled_from([": ", ":", ":  ", ":\t", " : ", ""]), VALUES, st.sampled_from(["\r\n", "\n", " \r\n"])
    ),
    max_size=6,
)


class _Written:
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    async def _send_command(self, command: bytes, priority: bool = False) -> None:
        self.sent.append(bytes(command))


class _Theirs(_Written, Client):
    pass


class _Ours(_Written, QuickClient):
    pass


def _published(client: Any, headers: dict[str, str]) -> list[bytes] | type[Exception]:
    try:
        asyncio.run(client._send_publish("a.b", "", b"payload", 7, headers))
    except NatsError as error:
        return type(error)
    return list(client.sent)


@given(HEADERS)
@example({})
@example({"ce-time": "2026-11-28T15:22:19Z", "Nats-Msg-Id": "ab12"})
@example({"X": "one\r\nInjected: two"})
@example({"X": "one\rtwo"})
@example({"X": " edges "})
@example({"X": ""})
@example({"bad name": "x"})
@example({"": "nameless"})
@example({Header.EXPECTED_LAST_SUBJECT_SEQUENCE: "0", Header.MSG_ID: "ab12"})
def test_what_is_sent_is_what_nats_py_sends(headers: dict[str, str]) -> None:
    """The command on the wire is nats-py's, byte for byte, or is refused as nats-py refuses it."""
    assert _published(_Ours(), headers) == _published(_Theirs(), headers)


async def _one_by_one(client: Client, messages: list[Message]) -> None:
    for message in messages:
        await client.publish(message.subject, message.payload, headers=message.headers)


def _outcome(
    client: Any, publish: Callable[[Any, list[Any]], Coroutine[Any, Any, None]], messages: list[Any], connected: bool
) -> tuple[bytes, type[Exception] | None, dict[str, int]]:
    """What was sent, what was raised, what was counted."""
    client._status = Client.CONNECTED if connected else Client.DISCONNECTED
    client._max_payload = MOST
    try:
        asyncio.run(publish(client, messages))
    except NatsError as error:
        return b"".join(client.sent), type(error), client.stats
    return b"".join(client.sent), None, client.stats


@given(
    st.lists(st.builds(Message, SUBJECTS, st.binary(max_size=MOST + 2), HEADERS), max_size=6),
    st.booleans(),
)
@example([Message("a.b", b"one", {"X": "1"}), Message("a.c", b"two", {"X": "2"})], True)
@example([Message("a.b", b"one", {"X": "1"}), Message("a c", b"two", {"X": "2"})], True)
@example([Message("a.b", b"one", {"X": "1"}), Message("a.c", b"x" * (MOST + 1), {"X": "2"})], True)
def test_a_batch_is_what_its_messages_are_one_by_one(messages: list[Message], connected: bool) -> None:
    """The bytes, the counts and the refusals of a batch are those of nats-py for one message after another."""
    assert _outcome(_Ours(), QuickClient.publish_all, messages, connected) == _outcome(
        _Theirs(), _one_by_one, messages, connected
    )


def test_a_usual_batch_goes_out_in_one_piece() -> None:
    """Messages as a service writes them are handed over together."""
    ours: Any = _Ours()
    _outcome(ours, QuickClient.publish_all, [Message(f"a.{n}", b"{}", {"ce-id": str(n)}) for n in range(9)], True)
    assert len(ours.sent) == 1


@pytest.mark.parametrize("reply", ["$JS.ACK.STORIES.attribution-received.1.7.7.1790000000123456789.0", ""])
@pytest.mark.parametrize("connected", [True, False])
def test_an_acknowledgement_is_the_messages_own(reply: str, connected: bool) -> None:
    """Sent once, counted and refused as the message's own is."""

    async def theirs(client: Client, messages: list[Msg]) -> None:
        for message in messages:
            await message.ack()

    async def ours(client: QuickClient, messages: list[Msg]) -> None:
        for message in messages:
            await client.acknowledge(message)

    outcomes = []
    for client, acknowledge in ((_Theirs(), theirs), (_Ours(), ours)):
        message = Msg(client, "story.x.received.1", reply, b"{}")
        outcome = _outcome(client, acknowledge, [message, message], connected)
        outcomes.append((*outcome, message.is_acked))
    assert outcomes[0] == outcomes[1]


@given(LINES)
@example([("Nats-Msg-Id", ": ", "ab12", "\r\n"), ("ce-time", ": ", "15:22:19", "\r\n")])
@example([("Name", ":", "Value", "\r\n")])
@example([("Name", ": ", "\xa0edge\xa0", "\r\n")])
@example([("Name", ": ", "one\rtwo", "\r\n")])
@example([("Twice", ": ", "1", "\r\n"), ("Twice", ": ", "2", "\r\n")])
def test_what_is_read_is_what_nats_py_reads(lines: list[tuple[str, str, str, str]]) -> None:
    """The dict is nats-py's, for lines of any make."""
    raw = "".join(map("".join, lines)).encode("utf-8", "replace") + b"\r\n"
    assert QuickClient._parse_header_lines(raw) == Client._parse_header_lines(raw)


@given(st.binary(max_size=60))
@example(b"Name: cut off ")
@example(b"Name: \r\n")
@example(b"nameless\r\n")
def test_any_bytes_are_read_as_nats_py_reads_them(raw: bytes) -> None:
    """Bytes that are no header lines give what nats-py makes of them."""
    assert QuickClient._parse_header_lines(raw) == Client._parse_header_lines(raw)


def test_usual_headers_take_the_quick_way() -> None:
    """Headers as events carry them are not left to nats-py."""
    headers = {"ce-id": "1", "Nats-Batch-Id": "x y", "Dateline-Version": "2026-11-28T10:00:00Z"}
    block = write_lines(headers)
    assert block is not None
    assert read_lines(block.removeprefix(b"NATS/1.0\r\n")) == headers
