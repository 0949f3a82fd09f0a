"""ninjs as the BBC's Local Democracy Reporting Service answers it (api.ldrs.org.uk/v1/item), put into IPTC's names.

Members as Superdesk's public reader of the service has them (superdesk-core, bbc_ldrs and bbc_ninjs): subjects whose
code begins with what they are, in English, Welsh and Gaelic; the councils' contracts; ``embargotime``.
"""

from __future__ import annotations

from typing import Any

SOURCE = "Local Democracy Reporting Service"
_KINDS = frozenset(("category", "location"))


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
