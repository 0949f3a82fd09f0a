"""Particularities of providers' ninjs (tables/ninjs.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.values.words import unmarked
from dateline_ingest.tables import read_table
from dateline_schemas.story import CreditElement

_LONGEST = 400
"""Characters that the element with the dateline can have."""


class _Dateline(Struct, frozen=True):
    line: str
    source: str


class _Table(Struct, frozen=True):
    descriptions: dict[str, frozenset[str]]
    feeds: dict[str, frozenset[str]]
    dateline: _Dateline


class Stated(Struct, frozen=True):
    """What an element of an HTML body states, and the body without that element."""

    html: str
    dateline: str = ""
    credits: tuple[CreditElement, ...] = ()


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("ninjs.toml", _Table)


@lru_cache(maxsize=1)
def credit_roles() -> dict[str, str]:
    """Role of a description -> kind of credit; empty for one that is neither that nor about the item."""
    return {role: where for where, roles in _table().descriptions.items() for role in roles}


def agency_of_feed(feed: str) -> str:
    """The agency whose feed has this name; empty where the name tells none."""
    return next((agency for agency, feeds in _table().feeds.items() if feed in feeds), "")


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    row = _table().dateline
    opened = f'class="{row.line}"'
    line = re.compile(rf"<(div|p|span) {opened}>(.{{0,{_LONGEST}}}?)</\1>", re.DOTALL)
    return opened, line, re.compile(rf'<span class="{row.source}">([^<>]*)</span>')


def stated_in(html: str) -> Stated:
    """The dateline and the agency that an HTML body has in an element of their own."""
    opened, line, source = _patterns()
    found = line.search(html) if opened in html else None
    if found is None:
        return Stated(html)
    inner = found[2]
    credits = [CreditElement(where="source", value=name) for raw in source.findall(inner) if (name := unmarked(raw))]
    dateline = unmarked(inner.replace("</span><", "</span> <"))
    if dateline:
        credits.append(CreditElement(where="dateline", value=dateline))
    return Stated(html[: found.start()] + html[found.end() :], dateline, tuple(credits))
