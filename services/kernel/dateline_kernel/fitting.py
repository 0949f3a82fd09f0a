"""Whether a message is small enough for the server, told before it is sent. Pure."""

from __future__ import annotations

from dateline_kernel.quickclient import Message

SUBJECT = 2_048
"""Characters of a subject at the most: for a line of more than 4,096 bytes the server ends the connection for good."""
HEADERS = 64 * 1024 - 1
"""Bytes that the server takes of headers."""
ENVELOPE = 256
"""Bytes of headers that the client and a batch add, at the most."""
SMALL = 4 * 1024
"""Characters of headers' values up to which headers need not be measured, where there is room enough."""


def fits(message: Message, most: int) -> bool:
    """Whether the server takes a message of this size. It counts the headers too, and where these make it too large
    it ends the connection without an answer; nats-py counts what is behind them alone.
    """
    if len(message.subject) > SUBJECT:
        return False
    room = min(most - len(message.payload), HEADERS)
    if room == HEADERS and sum(map(len, message.headers.values())) < SMALL:
        return True
    lines = (f"{name}: {value}\r\n" for name, value in message.headers.items())
    return room >= ENVELOPE + sum(len(line.encode("utf-8", "surrogatepass")) for line in lines)
