"""A ninjs item by IPTC's names, where a provider has others: parties that are no strings, and the BBC's LDRS.

``provider``, ``copyrightHolder`` and the like are strings in ninjs 1 to 3, while every other party (``infoSources``,
``contributors``) is an object with a ``name``: so some providers write all of them like that.

Of the Local Democracy Reporting Service (api.ldrs.org.uk/v1/item), members are as Superdesk's public reader has them
(superdesk-core, bbc_ldrs and bbc_ninjs): subjects whose code begins with what they are, in English, Welsh and Gaelic;
the councils' contracts; ``embargotime``.
"""

from __future__ import annotations

from typing import Any

from dateline_ingest.formats.jsonview import JsonObject
from dateline_kernel.remembering import remembered_word

_LINES = frozenset(("byline", "by", "creditline", "credit", "copyrightnotice", "dateline", "usageterms", "ednote"))
"""Members that become one line of several names."""
_PARTIES = {"provider": "providers", "source": "sources", "copyrightholder": "copyrightholders"}
"""Member -> member for further parties; the first party is the story's."""
_NESTING: frozenset[type] = frozenset((dict, list))
_NAMED = ("name", "title", "literal", "value", "text", "label", "code", "uri")
SOURCE = "Local Democracy Reporting Service"
_KINDS = frozenset(("category", "location"))


def by_plain_names(entry: dict[str, Any]) -> dict[str, Any]:
    """The item with the names of such parties as strings; any other item, and a party without a name, as it is."""
    odd = [name for name, value in entry.items() if value.__class__ in _NESTING and _is_party(name)]
    if not odd:
        return entry
    item = dict(entry)
    for name in odd:
        if not (called := _names(entry[name])):
            continue
        if name.lower() in _LINES:
            item[name] = ", ".join(called)
        else:
            item[name] = called[0]
            item.setdefault(_PARTIES[name.lower()], called[1:])
    return item


@remembered_word
def _is_party(name: str) -> bool:
    low = name.lower()
    return low in _LINES or low in _PARTIES


def _names(value: Any) -> list[str]:
    """The names of the parties in a value; none if one of them has no name."""
    entries = value if isinstance(value, list) else [value]
    found = [JsonObject(one).text(*_NAMED) if isinstance(one, dict) else _plain(one) for one in entries]
    return found if all(found) else []


def _plain(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def by_ldrs_names(entry: dict[str, Any]) -> dict[str, Any]:
    """The item with ninjs's names for its members, and the service as its source; any other item as it is."""
    subjects = entry.get("subject")
    if not isinstance(subjects, list) or not any(map(_kind, subjects)):
        return entry
    item = dict(entry)
    item["source"] = entry.get("source") or SOURCE
    item["embargoed"] = entry.get("embargoed") or entry.get("embargotime")
    item["place"] = [_place(one) for one in subjects if _kind(one) == "location"]
    contracts = entry.get("contracts")
    if isinstance(contracts, list):
        item["service"] = [one for one in contracts if isinstance(one, dict)]
    return item


def _kind(subject: Any) -> str:
    """``category`` or ``location``: the first part of the code, which ``rel`` says again; else empty."""
    if not isinstance(subject, dict) or "lang" not in subject:
        return ""
    kind, code = subject.get("rel"), subject.get("code")
    if not isinstance(kind, str) or not isinstance(code, str):
        return ""
    return kind if kind in _KINDS and code.startswith(f"{kind}:") else ""


def _place(subject: dict[str, Any]) -> dict[str, Any]:
    return {**subject, "rel": "", "scheme": "", "code": subject["code"].partition(":")[2]}
