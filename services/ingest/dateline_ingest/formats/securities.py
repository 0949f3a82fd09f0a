"""Securities of the organisations that a JSON item names: ``symbols`` of ninjs and of the AP Media API."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.jsonview import JsonObject
from dateline_schemas.story import Subject


def securities(item: JsonObject, *names: str) -> Iterator[Subject]:
    """Each by its symbol, with its market as the name, as NewsML-G2's ``hasInstrument`` is read; also one alone."""
    for organisation in item.objects(*names):
        if not organisation.has("symbols"):
            continue
        for one in organisation.objects("symbols"):
            ticker = one.text("ticker")
            if code := ticker or one.text("symbol", "instrument"):
                scheme = "" if ticker else one.text("symboltype")
                yield Subject(scheme=scheme or "ticker", code=code, name=one.text("exchange"))
        yield from (Subject(scheme="ticker", code=code) for code in organisation.texts("symbols"))
