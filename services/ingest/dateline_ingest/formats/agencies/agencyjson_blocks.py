"""A body that JSON has as a list of blocks, written as the markup that it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline_ingest.formats.agencies.agencytable import Blocks
from dateline_ingest.formats.message import Limits


def markup_of(found: Iterable[Any], blocks: Blocks, limits: Limits) -> str:
    """The blocks that are text, each in its tag; empty if there is none. What lies deeper than allowed is left out."""
    return "".join(_written(found, blocks, limits.depth))


def _written(found: Iterable[Any], blocks: Blocks, depth: int) -> Iterator[str]:
    for block in found if depth else ():
        kind = block.get(blocks.kind) if isinstance(block, dict) else None
        tag = blocks.tags.get(kind) if isinstance(kind, str) else None
        if tag is None:
            continue
        text = block.get(blocks.text)
        inner = [text] if isinstance(text, str) else []
        for name in blocks.within:
            within = block.get(name)
            listed = _written(within, blocks, depth - 1) if isinstance(within, list) else ()
            inner += [f"<li>{one}</li>" for one in listed] if tag == "ul" else listed
        yield f"<{tag}>{''.join(inner)}</{tag}>" if tag else "".join(inner)
