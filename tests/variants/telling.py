"""What two readings of a message tell differently. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

_OF_BYTES = "urn:dateline:sha256:"
"""What begins the identifier of a message that states none: other bytes, another one."""


def reading(data: bytes) -> tuple[Story, ...] | str:
    """The stories of a message, or why there are none."""
    try:
        return parse(data).stories
    except Unparseable as fault:
        return str(fault)


def differences(first: tuple[Story, ...] | str, second: tuple[Story, ...] | str) -> list[str]:
    """Every field that differs, with both values; order among a field's members does not count."""
    if isinstance(first, str) or isinstance(second, str):
        return [] if isinstance(first, str) and isinstance(second, str) else [f"read: {first!s:.80} / {second!s:.200}"]
    if len(first) != len(second):
        return [f"stories: {len(first)} / {len(second)}"]
    return [one for pair in zip(first, second, strict=True) for one in _fields(*pair)]


def _fields(first: Story, second: Story) -> Iterator[str]:
    for field in structs.fields(Story):
        before, after = (_comparable(getattr(story, field.name)) for story in (first, second))
        if before != after:
            yield f"{field.name}: {before!s:.160} / {after!s:.160}"


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return _OF_BYTES if value.startswith(_OF_BYTES) else value
    return tuple(sorted(value, key=repr)) if isinstance(value, tuple) and not isinstance(value, str) else value
