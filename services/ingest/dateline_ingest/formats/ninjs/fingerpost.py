"""ninjs as Fingerpost's aggregation writes it (``GOA-WIRES-NINJS``, with a ``source-feed``), put into IPTC's names.

An address holds the story's number, the time and the version; the table (tables/ninjs.toml) has the agencies of feeds.
"""

from __future__ import annotations

import re
from typing import Any

from dateline_ingest.formats.ninjs.table import agency_of_feed

_VERSIONED = re.compile(r"(.+)/\d{4}-\d\d-\d\dT[^/]{2,30}/\d{1,9}")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_RENAMED = (
    ("slug", "slugline"),
    ("subhead", "subheadline"),
    ("firstVersion", "firstcreated"),
    ("priority", "urgency"),
    ("usage", "usageterms"),
    ("location", "located"),
)
_SUBJECTS = ("subject", "event")


def by_iptc_names(entry: dict[str, Any]) -> dict[str, Any]:
    """The item with the names that ninjs has for its members; any other item as it is."""
    if "source-feed" not in entry:
        return entry
    item = dict(entry)
    for theirs, ours in _RENAMED:
        item.setdefault(ours, item.pop(theirs, None))
    if item["subheadline"] == item.get("headline"):
        del item["subheadline"]
    feed, usn, uri = item["source-feed"], item.get("usn"), item.get("uri")
    if isinstance(feed, str):
        item["source"] = item.get("source") or agency_of_feed(feed)
        item["service"] = [{"name": feed}]
    if isinstance(uri, str) and (lasting := _VERSIONED.fullmatch(uri)):
        item["uri"], item["altids"] = lasting[1], {"usn": usn, "uri": uri}
    item["subjects"], item["keywords"] = _subjects(item), _keywords(item.get("keywords"))
    if isinstance(places := _metadata(item).get("place"), list):
        item["place"] = places
    if isinstance(text := item.get("body_text"), str) and "\\" in text:
        item["body_text"] = _ESCAPED.sub(_unescaped, text)
    return item


def _metadata(item: dict[str, Any]) -> dict[str, Any]:
    """What the agency itself said."""
    stated = item.get("agencyMetadata")
    return stated if isinstance(stated, dict) else {}


def _subjects(item: dict[str, Any]) -> list[dict[str, Any]]:
    stated = item.get("subjects")
    codes = stated.get("code") if isinstance(stated, dict) else None
    found = [{"code": code} for code in (codes if isinstance(codes, list) else [codes]) if isinstance(code, str)]
    for name in _SUBJECTS:
        more = _metadata(item).get(name)
        found += [one for one in (more if isinstance(more, list) else ()) if isinstance(one, dict)]
    return found


def _keywords(stated: Any) -> Any:
    """A list, a list under ``words``, or a string with ``+`` between them."""
    if isinstance(stated, dict):
        stated = stated.get("words")
    return stated.split("+") if isinstance(stated, str) else stated


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else "\n"
