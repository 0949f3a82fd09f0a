"""Securities of the organisations that a JSON item names: ``symbols`` of ninjs and of the AP Media API."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.jsonview import JsonObject, each_of
from dateline_ingest.formats.once import once
from dateline_schemas.story import Subject


def with_securities(organisations: tuple[Subject, ...], item: JsonObject, *names: str) -> tuple[Subject, ...]:
    """The ``organisations`` that these members name, then their securities.

    Each by its symbol, with its market as the name, as NewsML-G2's ``hasInstrument`` is read; also one alone.
    """
    named = [one for name in names for one in each_of(item.value(name))] if item.has(*names) else ()
    stated = [one for one in named if one.__class__ is dict and "symbols" in one]
    if not stated:
        return organisations
    return once([*organisations, *(found for one in stated for found in _symbols(JsonObject(one)))])


def _symbols(organisation: JsonObject) -> Iterator[Subject]:
    for one in organisation.objects("symbols"):
        if ticker := one.text("ticker"):
            yield Subject(scheme="ticker", code=ticker, name=one.text("exchange"))
        elif code := one.text("symbol", "instrument"):
            yield Subject(scheme=one.text("symboltype") or "ticker", code=code, name=one.text("exchange"))
    yield from (Subject(scheme="ticker", code=code) for code in organisation.texts("symbols"))
