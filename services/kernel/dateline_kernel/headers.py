"""nats-py's client with message headers read and written a line at a time.

nats-py 2.16 looks at every character of a header's name when it reads one, and checks and copies every line anew when
it writes one. Events carry a dozen headers (CloudEvents, ids, batches), and that alone was half of what a hop cost.
What is unusual - a name that is no token, a value with a line break or blanks at its ends, bytes that are no UTF-8 - is
left to nats-py, so that the answer is the same in every case; a test compares the two.
"""

from __future__ import annotations

import re

from nats.aio.client import Client

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_FIRST_LINE = "NATS/1.0\r\n"
_MOST_NAMES = 1_000

_tokens: set[str] = set()
"""Names that were seen to be tokens: there are few, and they come again with every message."""


def read_lines(raw: bytes) -> dict[str, str] | None:
    """Header lines (``Name: value``, CRLF) as a dict; ``None`` where something is unusual."""
    if not raw.isascii():
        return None
    text = raw.decode()
    lines = text.split("\r\n")
    if not _plain("".join(lines), text):
        return None
    # A line without its sign gets a name that is no token.
    found = {name if sign else sign: value for line in lines if line for name, sign, value in (line.partition(": "),)}
    return found if _tokens.issuperset(found) or all(map(_is_token, found)) else None


def write_lines(headers: dict[str, str]) -> bytes | None:
    """The header block of a message, its first line and the closing empty one included; ``None`` as above."""
    said = "".join(headers.values())
    parts = [_FIRST_LINE]
    for name, value in headers.items():
        parts += (name, ": ", value, "\r\n")  # joined, not formatted: nats-py's own names are members of an Enum
    parts.append("\r\n")
    block = "".join(parts)
    if not (said.isascii() and _plain(said, block)):
        return None
    return block.encode() if _tokens.issuperset(headers) or all(map(_is_token, headers)) else None


def _plain(said: str, block: str) -> bool:
    """Whether ASCII has no line breaks and no blanks but spaces, and the lines no more of these at their ends."""
    return said.isprintable() and ":  " not in block and " \r" not in block and not block.endswith(" ")


def _is_token(name: str) -> bool:
    if name in _tokens:
        return True
    if not _TOKEN.fullmatch(name):
        return False
    if len(_tokens) < _MOST_NAMES:
        _tokens.add(name)
    return True


class QuickHeaders(Client):
    """A connected client whose headers cost less."""

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        found = read_lines(raw)
        return Client._parse_header_lines(raw) if found is None else found

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
        await self._send_command(b"".join((command, block, payload, b"\r\n")))
        if self._flush_queue is not None and self._flush_queue.empty():
            await self._flush_pending()


def quicken(client: Client) -> Client:
    """The same connection with quick headers. FastStream makes its clients itself, so the class is exchanged."""
    client.__class__ = QuickHeaders
    return client
