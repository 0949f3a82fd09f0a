"""When a text counts as a copy of another: the numbers of ``origins.toml``."""

from __future__ import annotations

import tomllib
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dateline_attribution.tables import ORIGINS, TableError

_Share = Annotated[float, Meta(gt=0, le=1)]
_Count = Annotated[int, Meta(ge=1, le=1_000_000)]


class OriginRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table says what each is."""

    run: Annotated[int, Meta(ge=2, le=32)]
    fewest: _Count
    shared: _Count
    overlap: _Share
    taken: _Share
    taken_words: _Count
    taken_overlap: _Share
    common: _Count
    candidates: Annotated[int, Meta(ge=1, le=64)]
    longest: _Count
    passages: Annotated[int, Meta(ge=1, le=20)]
    shown: Annotated[int, Meta(ge=20, le=2_000)]


def parse_origin_rules(text: str) -> OriginRules:
    """The rules from a TOML text in the form of ``origins.toml``. Raises TableError."""
    try:
        return msgspec.convert(tomllib.loads(text), OriginRules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{ORIGINS}: {error}") from error
