"""Rights that a ninjs item has in a rights language (``rightsinfo.encodedrights``): ODRL as JSON, else as text."""

from __future__ import annotations

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.odrl import rights_in_json
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import UsageRight


def rights_of(item: JsonObject) -> tuple[UsageRight, ...]:
    """The rights that the item encodes, a rule each."""
    if not item.has("rightsinfo"):
        return ()
    found: list[UsageRight] = []
    for info in item.objects("rightsinfo"):
        encoded = info.raw("encodedrights")
        if encoded:
            found += rights_in_json(encoded) or [UsageRight(type=info.text("langid"), limitations=fold(encoded))]
        elif href := info.text("linkedrights"):
            found.append(UsageRight(type=info.text("langid"), limitations=href))
    return tuple(found)
