"""Data tables of the ingest service: knowledge of how wires and pages look, reviewed by editors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import TypeVar

from msgspec import convert

T = TypeVar("T")


def read_table(name: str, kind: type[T]) -> T:
    """The table in a file of this package, in the shape of ``kind``. Raises msgspec.ValidationError."""
    return convert(tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8")), kind)


def turned(meanings: Mapping[str, str]) -> dict[str, str]:
    """What each name means, of a table that lists the names, a space apart, by their meaning."""
    return {name: meaning for meaning, names in meanings.items() for name in names.split()}
