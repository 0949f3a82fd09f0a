"""Whether bytes that were written yesterday still mean the same today: two JSON Schema documents, compared.

Adding a member with a default is no change of meaning. These are: a member gone, a new member without a default, a
default that became another (it is left out of the bytes), a type that became another, a value no longer allowed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dateline_schemas.json_schema import CURRENT_SCHEMA, Json

_PREFIX = "#/$defs/"


class Member(Struct, frozen=True):
    """What a reader relies on about one member."""

    required: bool
    default: str
    """As JSON; empty if it has none."""
    types: frozenset[str]
    values: frozenset[str]
    """Allowed values as JSON; empty if any will do."""
    pattern: str


def changes(old: Json, new: Json) -> list[str]:
    """Changes of meaning to events whose schema version stayed the same, as sentences."""
    found: list[str] = []
    for reference in old["anyOf"]:
        name = reference["$ref"].removeprefix(_PREFIX)
        after = new["$defs"].get(name)
        if after is None:
            found.append(f"{name} is gone: the log may hold it")
        elif old["$defs"][name][CURRENT_SCHEMA] == after[CURRENT_SCHEMA]:
            found += _compare(name, members(old, name), members(new, name))
    return found


def members(document: Json, name: str) -> dict[str, Member]:
    """All members of a definition, those of nested values included, by dotted path."""
    return dict(_walk(document, document["$defs"][name], name))


def _walk(document: Json, schema: Json, path: str) -> Iterator[tuple[str, Member]]:
    required = schema.get("required", ())
    for name, member in schema.get("properties", {}).items():
        yield f"{path}.{name}", _member(member, name in required)
        for nested in _nested(document, member):
            yield from _walk(document, nested, f"{path}.{name}")


def _nested(document: Json, schema: Json) -> Iterator[Json]:
    if "$ref" in schema:
        yield document["$defs"][schema["$ref"].removeprefix(_PREFIX)]
    if "items" in schema:
        yield from _nested(document, schema["items"])
    for choice in schema.get("anyOf", ()):
        yield from _nested(document, choice)


def _member(schema: Json, required: bool) -> Member:
    return Member(
        required=required,
        default=_json(schema["default"]) if "default" in schema else "",
        types=frozenset(_types(schema)),
        values=frozenset(_json(value) for value in schema.get("enum", ())),
        pattern=schema.get("pattern", ""),
    )


def _types(schema: Json) -> Iterator[str]:
    for choice in schema.get("anyOf", (schema,)):
        kind = choice.get("$ref") or choice.get("format") or choice.get("type", "any")
        yield f"array of {'/'.join(sorted(_types(choice['items'])))}" if "items" in choice else kind


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _compare(event: str, old: dict[str, Member], new: dict[str, Member]) -> Iterator[str]:
    hint = f"raise current_schema of {event} and add its upcast step"
    for path, was in old.items():
        now = new.get(path)
        reason = "is gone" if now is None else _difference(was, now)
        if reason:
            yield f"{path} {reason}: {hint}"
    for path, now in new.items():
        # A member that is new together with the value it is in comes with that value's own default.
        if path not in old and now.required and (path.rpartition(".")[0] in {event, *old}):
            yield f"{path} is new and has no default: {hint}"


def _difference(was: Member, now: Member) -> str:
    if now.required and not was.required:
        return "lost its default"
    if was.default != now.default and not was.required:
        return f"has another default ({was.default} became {now.default})"
    if not was.types <= now.types:
        return f"has another type ({', '.join(sorted(was.types))} became {', '.join(sorted(now.types))})"
    if now.values and not (was.values and was.values <= now.values):
        return "allows fewer values"
    return f"has another pattern ({was.pattern} became {now.pattern})" if was.pattern != now.pattern else ""
