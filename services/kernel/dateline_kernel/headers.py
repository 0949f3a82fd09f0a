"""Message headers read and written a block at a time, where nats-py goes through every line.

nats-py 2.16 looks at every character of a header's name when it reads one, and checks and copies every line anew when
it writes one. Events carry a dozen headers (CloudEvents, ids, batches), and that alone was half of what a hop cost.
What is unusual - a name that is no token, a value with a line break or blanks at its ends, bytes that are no UTF-8 - is
left to nats-py, so that the answer is the same in every case; a test compares the two. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_FIRST_LINE = "NATS/1.0\r\n"
_MOST_NAMES = 1_000

_tokens: set[str] = set()
"""Names that were seen to be tokens: there are few, and they come again with every message."""
_forms: dict[tuple[str, ...], list[str]] = {}
"""Blocks without their values, by their names: a service writes a handful of kinds of message."""


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


def write_lines(headers: Mapping[str, str]) -> bytes | None:
    """The header block of a message, its first line and the closing empty one included; ``None`` as above."""
    names = tuple(headers)
    form = _forms.get(names) or _form(names)
    if form is None:
        return None
    parts = form.copy()
    parts[1::2] = headers.values()
    block, said = "".join(parts), "".join(headers.values())
    return block.encode() if said.isascii() and _plain(said, block) else None


def _form(names: tuple[str, ...]) -> list[str] | None:
    """The block of headers of these names in parts, every second one the place of a value."""
    if not all(map(_is_token, names)):
        return None
    parts, before = [], _FIRST_LINE
    for name in names:
        parts += ["".join((before, name, ": ")), ""]  # joined: nats-py's own names are members of an Enum
        before = "\r\n"
    parts.append(f"{before}\r\n")
    if len(_forms) < _MOST_NAMES:
        _forms[names] = parts
    return parts


def _plain(said: str, block: str) -> bool:
    """Whether ASCII has no line breaks and no blanks but spaces, and the lines no more of these at their ends."""
    if not said.isprintable():
        return False
    if " " not in said:  # as in most values: one sign is looked for at the speed of memory, three in a row are not
        return True
    return ":  " not in block and " \r" not in block and not block.endswith(" ")


def _is_token(name: str) -> bool:
    if name in _tokens:
        return True
    if not _TOKEN.fullmatch(name):
        return False
    if len(_tokens) < _MOST_NAMES:
        _tokens.add(name)
    return True
