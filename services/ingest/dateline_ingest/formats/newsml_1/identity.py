"""Which story a NewsML 1 item is a version of (NewsML 1.2 Functional Specification, section 5.4; RFC 3085)."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline_ingest.formats.message import bytes_urn
from dateline_ingest.formats.newsml_1.elements import text_of
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.once import once
from dateline_ingest.formats.xml.tree import Element, children, local_of
from dateline_schemas.story import Link, Subject

_URN = re.compile(r"urn:newsml:([^:\s]+):(?:(\d{8}(?:T[\d:+-]+Z?)?):)?(\S+)", re.IGNORECASE)
_REVISED = re.compile(r"(.+):(\d+)([NUA]?)", re.IGNORECASE)
_IDENTIFIERS = (
    "ProviderId", "DateId", "NewsItemId", "RevisionId", "PublicIdentifier", "NameLabel", "PreviousRevision",
)  # fmt: skip
_SHORT_NUMBER = re.compile(r"\d{1,9}")
_SUFFIX = re.compile(r"(.*)[-_.]v0*(\d+)", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"\d{8}|\d{4}-\d\d-\d\d")
_DOMAIN = re.compile(r"([\w-]+(?:\.[\w-]+)+):.*", re.DOTALL)
"""A ProviderId that is a domain name, as it must be, with more after it: AFP puts the day and the service there."""


class Identity(Struct, frozen=True, kw_only=True):
    """Identity of a story and of its version."""

    guid: str
    version: str
    alt_ids: tuple[Subject, ...]
    previous: tuple[Link, ...] = ()
    """The version that this one replaces, where the message names one."""
    provider: str = ""
    """ProviderId in lower case; of one with more after its domain name, the domain."""
    provider_id: str = ""
    """ProviderId as the message writes it, or what its URN names."""
    label: str = ""
    """NameLabel: the story's name for people."""
    dated: str = ""
    """DateId where it holds a time of day, as it must not: for want of FirstCreated it says the same."""


def identity_of(
    said: dict[str, str], first_created: str, other_ids: list[tuple[str, str]], content: tuple[str, ...]
) -> Identity:
    """Identity of a NewsItem by what its identification says (``identifiers``).

    All revisions share one guid, ``urn:newsml:<provider>:<day>:<item>``: the URN of RFC 3085 without the revision.
    The day is DateId's; where DateId holds a time of day, as it must not, it is FirstCreated's day, which stays.
    ``other_ids`` are identifiers from elsewhere in the message, the scheme first. An item that has no identifier at
    all is a story of its own: then equal ``content`` of one provider and date is the same one.
    """
    public = said["PublicIdentifier"]
    base, revision = _revision_apart(public, said["RevisionId"])
    urn = _URN.fullmatch(base)
    name = _without_suffix(said["NewsItemId"], revision)
    if names().says_nothing(name):
        name = urn[3] if urn else ""
    provider_id = said["ProviderId"] or (urn[1] if urn else "")
    provider = (domain[1] if (domain := _DOMAIN.fullmatch(provider_id)) else provider_id).lower()
    stated = [("publicidentifier", public), ("newsitemid", said["NewsItemId"]), *other_ids]
    if name:
        lasting = names().provider(provider).lasting_ids
        day = "" if lasting else _day(said["DateId"] or (urn[2] if urn and urn[2] else ""), first_created)
        guid = ":".join(part for part in ("urn:newsml", provider, day, name) if part)
    elif base and not public.lower().startswith("urn:newsml:"):
        guid = base
    else:
        found = next((code for scheme, code in other_ids if scheme == "guid"), "")
        told = "\n".join((provider, said["DateId"], first_created, *content))
        guid = f"urn:newsml:{provider}:{found}" if found else bytes_urn(told.encode("utf-8", "replace"))
    others = [(scheme, code) for scheme, code in stated if code != guid and not names().says_nothing(code)]
    return Identity(
        guid=guid,
        version=revision,
        alt_ids=once([Subject(scheme=scheme, code=code) for scheme, code in others]),
        previous=_previous(base, said["PreviousRevision"], revision) if public != base else (),
        provider=provider,
        provider_id=provider_id,
        label=said["NameLabel"],
        dated="" if _DAY.fullmatch(said["DateId"]) else said["DateId"],
    )


def identifiers(item: Element) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What a NewsItem's Identification says, by the names of its elements; empty texts for what it leaves out.

    Then its Labels, each with its type (section 5.4.2): what else an agency calls it.
    """
    said = dict.fromkeys(_IDENTIFIERS, "")
    labels: list[tuple[str, str]] = []
    for part in children(item):
        if local_of(part.tag) not in ("Identification", "NewsIdentification"):
            continue
        inside = children(part)
        inside += [one for outer in inside if local_of(outer.tag) == "NewsIdentifier" for one in children(outer)]
        for inner in inside:
            name = local_of(inner.tag)
            if name in said and not said[name]:
                said[name] = text_of(inner)
                if name == "RevisionId":
                    said["PreviousRevision"] = inner.get("PreviousRevision", "").strip()
            elif name == "Label":
                labels += _labelled(inner)
    return said, labels


def _labelled(label: Element) -> list[tuple[str, str]]:
    kind, text = "label", ""
    for part in children(label):
        if local_of(part.tag) == "LabelType":
            kind = plain(part.get("FormalName", "")) or kind
        elif local_of(part.tag) == "LabelText":
            text = text_of(part)
    return [(kind, text)] if text else []


def _revision_apart(public: str, revision: str) -> tuple[str, str]:
    """A PublicIdentifier parted from its revision: ``...:4711:2N`` with RevisionId 2 is ``...:4711`` and ``2``.

    Without a RevisionId the last part counts as one where provider, date and item stand before it.
    """
    found = _REVISED.fullmatch(public)
    if found and revision and found[2].lstrip("0") == revision.lstrip("0"):
        return found[1], revision
    if found and not revision and (urn := _URN.fullmatch(found[1])) and urn[2]:
        return found[1], found[2]
    return public, revision


def _without_suffix(name: str, revision: str) -> str:
    """A NewsItemId without the revision that some append: ``...-041-v2``."""
    found = _SUFFIX.fullmatch(name) if _SHORT_NUMBER.fullmatch(revision) else None
    return found[1] if found and found[2] == (revision.lstrip("0") or "0") else name


def _day(stated: str, first_created: str) -> str:
    """DateId's day; where it holds a time of day, that of FirstCreated."""
    dates = (stated,) if _DAY.fullmatch(stated) else (first_created, stated)
    return next((found[0].replace("-", "") for date in dates if (found := _DAY.match(date))), "")


def _previous(base: str, previous: str, revision: str) -> tuple[Link, ...]:
    if not base or previous in ("", "0", revision):
        return ()
    return (Link(href=f"{base}:{previous}", rel="previousRevision"),)
