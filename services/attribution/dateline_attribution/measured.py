"""How often each rule was right on labelled copy, and what that makes of the confidence it was given."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dateline_attribution.tables import MEASURED, TableError

_PRIOR = 10
"""Findings that the reasoned confidence weighs as much as: a rule met twice has shown little."""


class Count(Struct, frozen=True, forbid_unknown_fields=True):
    """What came of a rule's findings."""

    right: Annotated[int, Meta(ge=0)]
    met: Annotated[int, Meta(ge=0)]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    rule: dict[str, Count] = {}


def parse_measured(text: str) -> dict[str, Count]:
    """Counts by rule, from a TOML text in the form of ``measured.toml``. Raises TableError."""
    try:
        return msgspec.convert(tomllib.loads(text), _Table).rule
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{MEASURED}: {error}") from error


def weighed(rule: str, reasoned: float, measured: Mapping[str, Count]) -> float:
    """The share of right findings, shrunk towards the reasoned confidence as if that had been met ten times."""
    count = measured.get(rule)
    if count is None:
        return reasoned
    return round((reasoned * _PRIOR + count.right) / (_PRIOR + count.met), 3)
