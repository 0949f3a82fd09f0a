"""Files that are no messages, with what to send instead (tables/unread.toml). Pure."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.documents.office import ZIP, office_kind
from dateline_ingest.formats.mail.outlook import SIGN
from dateline_ingest.tables import read_table


class _File(Struct, frozen=True):
    signs: tuple[str, ...]
    what: str


class _Compound(Struct, frozen=True):
    entry: str
    what: str


class _Table(Struct, frozen=True):
    file: tuple[_File, ...]
    office: dict[str, str]
    compound: tuple[_Compound, ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("unread.toml", _Table)


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[bytes, ...], tuple[tuple[bytes, str], ...]]:
    rows = tuple((bytes.fromhex(sign), one.what) for one in _table().file for sign in one.signs)
    return (ZIP, SIGN, *(sign for sign, _ in rows)), rows


def is_file(data: bytes) -> bool:
    """Whether the bytes begin as files of programs do that are known here; the others are told by their bytes alone."""
    return data.startswith(_signs()[0])


def why_unread(data: bytes) -> str:
    """What the bytes are and what to do, if they are a file that is known and not read; else nothing."""
    if found := next((what for sign, what in _signs()[1] if data.startswith(sign)), ""):
        return found
    if data.startswith(SIGN):
        return next(one.what for one in _table().compound if one.entry.encode("utf-16-le") in data)
    return _table().office.get(office_kind(data), "")
