"""A feed's secret: the bucket has its name only, this process reads it when it is needed."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed

MOST_BYTES = 64 * 1024
"""Of a file with a secret; a private key has a few kB."""

SHORTEST_LINE = 8
"""Characters from which on a line of a longer secret counts as one."""


def without(text: str, *secrets: str) -> str:
    """A text without these secrets, as they are or as libraries and servers write them down."""
    forms = {form for secret in secrets for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def _forms(secret: str) -> Iterator[str]:
    """As it stands, on one line, in a URL, in a ``repr`` of text or bytes, in base64; of a key each line."""
    lines = [line for line in secret.splitlines() if len(line) >= SHORTEST_LINE]
    for said in {secret, secret.strip(), " ".join(secret.split()), *lines}:
        data = said.encode("utf-8", "surrogateescape")
        forms = (said, quote(said, safe="", errors="replace"), repr(said)[1:-1], repr(data)[2:-1])
        yield from (form for form in (*forms, b64encode(data).decode()) if form)


def secret_at(named: str, feed: Feed, env: Mapping[str, str] = os.environ) -> str:
    """What any setting of a feed names as a secret: ``env:NAME``, or ``file:/path`` without the line's end.

    Raises DoorFault that names the variable or the file, never what is in it.
    """
    kind, _, where = named.partition(":")
    if kind == "env" and where:
        if not env.get(where):
            raise DoorFault(f"feed {feed.name}: environment variable {where} is not set where ingest runs; set it")
        return env[where]
    if kind == "file" and where:
        return _of_file(feed, Path(where))
    # What stands there is not shown: it may be the secret itself.
    said = "its secret is neither of env: nor of file:" if named else "it names no secret"
    raise DoorFault(f"feed {feed.name}: {said}; write secret = env:NAME or file:/path")


def _of_file(feed: Feed, path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode()
    except OSError as error:
        raise DoorFault(f"feed {feed.name}: {path}, which has its secret, cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DoorFault(f"feed {feed.name}: {path}, which has its secret, is no UTF-8 text") from error
    text = text.removesuffix("\n").removesuffix("\r")
    if not text or len(data) > MOST_BYTES:
        fault = f"has more than {MOST_BYTES} bytes" if text else "is empty"
        raise DoorFault(f"feed {feed.name}: {path}, which has its secret, {fault}")
    return text
