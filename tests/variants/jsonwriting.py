"""One JSON document written in other ways that mean the same (RFC 8259)."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from msgspec import Struct


class Style(Struct, frozen=True, kw_only=True):
    """How to write it."""

    escaped: bool = False
    """Every character outside ASCII, and ``/``, by escapes."""
    shuffled: bool = False
    """Members of objects in another order."""
    indent: str | None = None
    line_end: str = "\n"
    mark: bool = False
    charset: str = "utf-8"


def written(data: bytes, style: Style, random: Random) -> bytes | None:
    """The document in this style; None for what is no JSON."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if style.shuffled:
        said = _shuffled(said, random)
    text = json.dumps(said, ensure_ascii=style.escaped, indent=style.indent)
    if style.escaped:
        text = text.replace("/", "\\/")
    return text.replace("\n", style.line_end).encode("utf-8-sig" if style.mark else style.charset, "surrogatepass")


def _shuffled(said: Any, random: Random) -> Any:
    if isinstance(said, list):
        return [_shuffled(one, random) for one in said]
    if not isinstance(said, dict):
        return said
    members = [(name, _shuffled(one, random)) for name, one in said.items()]
    random.shuffle(members)
    return dict(members)
