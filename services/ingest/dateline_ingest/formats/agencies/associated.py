"""Items that go with a story in agencies' JSON, each with its widest file."""

from __future__ import annotations

from dateline_ingest.formats.jsonview import JsonObject
from dateline_ingest.formats.once import lines_once
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.words import unmarked
from dateline_schemas.story import Association


def associated(one: JsonObject, files: str, *, rel: str = "", creditline: str = "") -> Association:
    """The item; its files are the objects in the member ``files``. Its relation is what ``rel`` or the file says."""
    best = one.widest(files)
    return Association(
        rel=rel or best.text("role").lower() or "association",
        type=item_type(one.raw("type") or best.raw("type")),
        guid=one.text("urn", "uno", "uri", "versionedguid"),
        href=best.text("href", "url"),
        headline=unmarked(one.raw("headline")),
        caption=unmarked(one.raw("caption")),
        creditline=creditline or one.text("creditline", "credit", "byline"),
        usage_terms=lines_once(one.texts("usageterms")),
        mimetype=best.text("mimetype"),
        width=best.count("width"),
        height=best.count("height"),
        size=best.count("sizeinbytes"),
    )
