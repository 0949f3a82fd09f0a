"""Messages of several items: each is read by itself, so that a broken one does not keep the others out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Entry, Found
from dateline_schemas.story import Story

T = TypeVar("T")


def each_read(
    items: Sequence[T | Unparseable], read: Callable[[T], Story], digests: Sequence[str] = ()
) -> tuple[Found, ...]:
    """For every item its story, or why there is none. Raises Unparseable for the only item of a message.

    An item may be known for a fault before it is read. ``digests``, one for each item, are for documents that come
    again and again with the same items: by them a story or a fault is known again.
    """
    found: list[Found] = []
    for at, item in enumerate(items):
        try:
            story = _read(item, read)
            found.append(Entry(story, digests[at]) if digests else story)
        except Unparseable as fault:
            if len(items) == 1:
                raise
            # Another one without traceback, since that would hold the whole document.
            found.append(fault.of_item(at + 1, digests[at] if digests else ""))
    return tuple(found)


def _read(item: T | Unparseable, read: Callable[[T], Story]) -> Story:
    if isinstance(item, Unparseable):
        raise item
    return read(item)


def objects(listed: Sequence[Any], format: str, path: str) -> list[dict[str, Any] | Unparseable]:
    """The items of a list of JSON; one that is no object is a fault. ``path``: JSON path of the list."""
    return [
        one if isinstance(one, dict) else Unparseable("an item is no object", format=format, path=f"{path}[{at}]")
        for at, one in enumerate(listed)
    ]


def told_apart(found: Sequence[Found]) -> tuple[tuple[Story, ...], tuple[Unparseable, ...]]:
    """The stories, and the faults of the other items. Raises the first fault if there is no story."""
    stories = tuple([one.story if isinstance(one, Entry) else one for one in found if not isinstance(one, Unparseable)])
    if stories and len(stories) == len(found):
        return stories, ()
    faults = tuple([one for one in found if isinstance(one, Unparseable)])
    if not stories:
        raise next(iter(faults), Unparseable("the message lists no items; nothing to take in"))
    return stories, faults


def summed(faults: Sequence[Unparseable]) -> Unparseable:
    """The first fault of a message, with the number of all. Its digest stands for exactly these faults."""
    if len(faults) == 1:
        return faults[0]
    digests = [fault.digest for fault in faults]
    return faults[0].first_of(len(faults), _digest("".join(digests).encode()) if all(digests) else "")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
