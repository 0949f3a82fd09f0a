"""Faults of a table in a feeds file, in words: which member is unknown, and which may be meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from dateline_operate.console.guessing import meant

_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`(?: - at `\$\.?([^`]*)`)?")
_BOUND = re.compile(r"Expected `(?:int|float)` (<=|>=|<|>) ([0-9.]+) - at `\$\.([^`]*)`")
_OTHER = re.compile(r"Expected `([^`]*)`.* - at `\$\.([^`]*)`")
BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}
KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
"""Words for the types by the names that msgspec and TOML's reader give them."""
FORMS = {
    "name": "up to 63 lower case letters, digits and hyphens, and begins with no hyphen",
    "key_sha256": "64 digits and letters from a to f",
    "header": "a header's name: letters, digits and hyphens",
    "texts.header": "a header's name: letters, digits and hyphens",
    "login.url": "an address that begins with https://",
}
"""Member -> which characters it may have, in words."""
_AT = re.compile(r" - at `\$\.([^`\[]*)")
"""Where it stands; of a list the member that is one."""
_CHOICE = re.compile(r"Invalid enum value '([^']*)' - at `\$\.([^`]*)`")


def in_words(error: msgspec.ValidationError, kind: type[msgspec.Struct], more: Sequence[str] = ()) -> str:
    """A sentence for whoever wrote the table. ``more`` are members that stand in it beside those of ``kind``."""
    said = str(error)
    if found := _UNKNOWN.fullmatch(said):
        name, path = found[1], found[2] or ""
        known = [*_members(_at(inspect.type_info(kind), path)), *(() if path else more)]
        where = f"{path} has" if path else "there is"
        others = f"; there are {','.join(sorted(known))}"
        return f"{where} no member {name}{meant(name, known) or others}"
    if found := _CHOICE.fullmatch(said):
        word, path = found[1], found[2]
        known = [word for word in _choices(_at(inspect.type_info(kind), path)) if word]
        return f"{path} = {word!r} is none of {', '.join(known)}{meant(word, known)}"
    if found := _BOUND.fullmatch(said):
        return f"{found[3]} is {BOUNDS[found[1]]} {found[2]}"
    if found := _OTHER.fullmatch(said):
        path, kinds = found[2], " or ".join(KINDS.get(one, one) for one in found[1].split(" | "))
        return f"{path} is {FORMS[path] if 'matching regex' in said and path in FORMS else kinds}"
    return said


def without(table: Mapping[str, Any], error: msgspec.ValidationError) -> dict[str, Any] | None:
    """The table without the member that is at fault, to look for further ones; None where that cannot be told."""
    said = str(error)
    unknown, at = _UNKNOWN.fullmatch(said), _AT.search(said)
    path = [*(at[1].split(".") if at else ()), *((unknown[1],) if unknown else ())]
    return _lacking(table, path) if path and path != ["name"] else None


def _lacking(table: Any, path: Sequence[str]) -> dict[str, Any] | None:
    name, *rest = path
    if not isinstance(table, Mapping) or name not in table:
        return None
    if not rest:
        return {member: value for member, value in table.items() if member != name}
    inner = _lacking(table[name], rest)
    return None if inner is None else {**table, name: inner}


def _at(kind: inspect.Type, path: str) -> inspect.Type:
    """The type of what stands at a path such as ``contract.trust``."""
    for name in filter(None, path.split(".")):
        fields = [field for one in _options(kind) if isinstance(one, inspect.StructType) for field in one.fields]
        kind = next((field.type for field in fields if field.encode_name == name), inspect.AnyType())
    return kind


def _options(kind: inspect.Type) -> Sequence[inspect.Type]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _members(kind: inspect.Type) -> list[str]:
    return [field.encode_name for one in _options(kind) if isinstance(one, inspect.StructType) for field in one.fields]


def _choices(kind: inspect.Type) -> list[str]:
    return [str(value) for one in _options(kind) if isinstance(one, inspect.LiteralType) for value in one.values]
