"""The data tables of the service as they lie in the package, and the version they make. NOTICE says whose they are."""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

LOGIC = 8
"""Raised by hand when the code decides otherwise on the same tables."""

TABLES = (
    "boilerplate.toml",
    "clubs.toml",
    "demonyms.toml",
    "gazetteer.msgpack.gz",
    "inflections.toml",
    "languages.toml",
    "media_topics.msgpack.gz",
    "names.msgpack.gz",
    "organisations.toml",
    "people.toml",
    "place_cues.toml",
    "topic_keywords.toml",
    "uncased.toml",
)

T = TypeVar("T")


class TableError(ValueError):
    """A data table cannot be used. The message names the table and what is wrong with it."""


def table_bytes(name: str) -> bytes:
    """The bytes of a table of this package, line ends as on Unix where it is text. Raises TableError."""
    try:
        data = files(__name__).joinpath(name).read_bytes()
    except OSError as error:
        raise TableError(f"{name}: {error}") from error
    return data.replace(b"\r\n", b"\n") if name.endswith(".toml") else data


def toml_table(name: str) -> dict[str, Any]:
    """A table that editors keep. Raises TableError."""
    try:
        return tomllib.loads(table_bytes(name).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{name}: {error}") from error


def typed_table(name: str, kind: type[T], key: str = "") -> T:
    """A TOML table, or its part under ``key``, as a value of a type. Raises TableError."""
    whole = toml_table(name)
    try:
        return msgspec.convert(whole[key] if key else whole, kind)
    except (KeyError, msgspec.ValidationError) as error:
        raise TableError(f"{name}: {error}") from error


def compiled_table(name: str, kind: type[T]) -> T:
    """A table that the scripts in ``compile/`` made. Raises TableError."""
    try:
        return msgspec.msgpack.decode(gzip.decompress(table_bytes(name)), type=kind)
    except (OSError, EOFError, msgspec.DecodeError) as error:
        raise TableError(f"{name}: {error}") from error


@lru_cache(maxsize=1)
def rules_version() -> str:
    """``enrichment/<logic>.<8 hex digits over the tables>``: the same tables give the same version anywhere."""
    digest = hashlib.blake2b(digest_size=4)
    for name in TABLES:
        digest.update(table_bytes(name))
    return f"enrichment/{LOGIC}.{digest.hexdigest()}"
