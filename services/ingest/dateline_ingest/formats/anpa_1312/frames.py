"""Cuts a stream of ANPA 1312 into messages, with or without control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline_ingest.formats.anpa_1312.envelope import is_description, without_trailer

_ADDRESS = rb"[A-Za-z]{1,3} ?\d{3,5}[A-Z]{0,8}"
_MARKED = rb"[A-Za-z]{0,3} ?\d{3,5}[!-~]{0,16} ?\x1f"
"""The same before US: the letters may be absent, and an agency may put a mark of its own behind the number."""
_DATED = r" {1,3}\S[^\r\n]{2,60}[ \t]\d\d-\d\d[ \t]{1,4}\d{4}[ \t]*(?=[\r\n])"
_DESCRIBED = rb"\s*[\r\n]\s*[a-z] [a-z](?:\s?[\x11-\x14]|%b)" % _DATED.encode()
_ROUTED = rb"ZCZC[^\x00-\x1f]{0,60}|(?<=\x05)[A-Z][A-Z ]{0,40}"
"""What may stand before a message: the sign of telex; behind ENQ the services that it is for, as Reuters had it."""
_BEGINS = re.compile(
    rb"[\x00-\x20\x7f]*+(?:(?:%b)[\x00-\x20\x7f]*+)?(?:(?<=\x01)%b|%b(?: ?\x1f[^\r\n]{0,80}|[a-z-]{2,8})?%b)"
    % (_ROUTED, _MARKED, _ADDRESS, _DESCRIBED)
)
"""With SOH; or the line under the first one is a header's, too: carriers may have taken SOH away, or all controls."""
_NEXT = re.compile(rf"^(?=[A-Za-z]{{1,3}} ?\d{{3,5}}[A-Za-z-]{{0,8}}[ \t]*\r?\n[a-z] [a-z]{_DATED})", re.MULTILINE)
"""Beginning of a message that has no control characters at all."""


def begins(head: bytes) -> bool:
    """Whether bytes begin as an ANPA 1312 message does."""
    return _BEGINS.match(head) is not None


def frames_of(text: str) -> list[tuple[str, str, str]]:
    """(header, text, trailer) of each message."""
    found = []
    for part in text.split("\x01")[1:] if "\x01" in text else filter(str.strip, _without_starts(text)):
        head, begun, rest = part.partition("\x02")
        if begun:
            head, above = _two_lines(head, below=True)
            rest = above + rest
        else:
            head, rest = _two_lines(part)
        if rest and "\x03" not in head:
            body, ended, tail = rest.partition("\x03")
            found.append((head, body, tail) if ended else (head, *without_trailer(rest)))
    return found


def _without_starts(text: str) -> Iterator[str]:
    """The messages of a text that has lost what each begins with."""
    for ended in text.split("\x04"):
        yield from _NEXT.split(ended)


def _two_lines(part: str, *, below: bool = False) -> tuple[str, str]:
    """Header and text of a message without STX: the header has two lines.

    With one, some write the head of the text before it: then ``below`` asks for what is left of the header.
    """
    first, _, rest = part.lstrip().partition("\n")
    second, _, text = rest.lstrip("\n").partition("\n")
    if below and not text.strip():
        return part, ""
    return f"{first}\n{second}", text if is_description(second) else "\n".join((second, text)) if below else ""
