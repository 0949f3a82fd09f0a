"""Quick headers: the same bytes and the same dicts as nats-py's own, whatever the headers are."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from nats.aio.client import Client
from nats.errors import BadHeaderError
from nats.js.api import Header

from dateline_kernel.headers import QuickHeaders, read_lines, write_lines

NAMES = st.text("abcXYZ09-_.", min_size=1, max_size=12) | st.text(max_size=6)
VALUES = st.text("ab 12-:/.é", max_size=20) | st.text(max_size=20)
HEADERS = st.dictionaries(NAMES, VALUES, max_size=8)
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


class _Ours(_Written, QuickHeaders):
    pass


def _published(client: Any, headers: dict[str, str]) -> list[bytes] | type[Exception]:
    try:
        asyncio.run(client._send_publish("a.b", "", b"payload", 7, headers))
    except BadHeaderError as error:
        return type(error)
    return list(client.sent)


@given(HEADERS)
@example({})
@example({"ce-time": "2026-11-28T15:22:19Z", "Nats-Msg-Id": "ab12"})
@example({"X": "one\r\nInjected: two"})
@example({"X": "one\rtwo"})
@example({"X": " edges "})
@example({"bad name": "x"})
@example({"": "nameless"})
@example({Header.EXPECTED_LAST_SUBJECT_SEQUENCE: "0", Header.MSG_ID: "ab12"})
def test_what_is_sent_is_what_nats_py_sends(headers: dict[str, str]) -> None:
    """The command on the wire is nats-py's, byte for byte, or is refused as nats-py refuses it."""
    assert _published(_Ours(), headers) == _published(_Theirs(), headers)


@given(LINES)
@example([("Nats-Msg-Id", ": ", "ab12", "\r\n"), ("ce-time", ": ", "15:22:19", "\r\n")])
@example([("Name", ":", "Value", "\r\n")])
@example([("Name", ": ", "\xa0edge\xa0", "\r\n")])
@example([("Name", ": ", "one\rtwo", "\r\n")])
@example([("Twice", ": ", "1", "\r\n"), ("Twice", ": ", "2", "\r\n")])
def test_what_is_read_is_what_nats_py_reads(lines: list[tuple[str, str, str, str]]) -> None:
    """The dict is nats-py's, for lines of any make."""
    raw = "".join(map("".join, lines)).encode("utf-8", "replace") + b"\r\n"
    assert QuickHeaders._parse_header_lines(raw) == Client._parse_header_lines(raw)


@given(st.binary(max_size=60))
@example(b"Name: cut off ")
@example(b"Name: \r\n")
@example(b"nameless\r\n")
def test_any_bytes_are_read_as_nats_py_reads_them(raw: bytes) -> None:
    """Bytes that are no header lines give what nats-py makes of them."""
    assert QuickHeaders._parse_header_lines(raw) == Client._parse_header_lines(raw)


def test_usual_headers_take_the_quick_way() -> None:
    """Headers as events carry them are not left to nats-py."""
    headers = {"ce-id": "1", "Nats-Batch-Id": "x y", "Dateline-Version": "2026-11-28T10:00:00Z"}
    block = write_lines(headers)
    assert block is not None
    assert read_lines(block.removeprefix(b"NATS/1.0\r\n")) == headers
