"""Identity and order of messages that carry no identifier of their story: by service, keyword and day. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateline_ingest.formats.slugs import slug_key
from dateline_ingest.instants import rfc3339

_LONGEST = 120


def wire_guid(source: str, slug: str, day: date | str | None) -> str:
    """One identifier for all versions, corrections, kills and takes of a story; empty without keyword or day.

    ``day`` may be a text too, where the year is not known. Agencies give a story one keyword for a day (AP Stylebook,
    keyword slug line; IPTC 7901 section 4.12), and tell its leads and takes by what stands beside the keyword.
    """
    key = slug_key(slug)[:_LONGEST].strip("-")
    if not key or not day:
        return ""
    return f"urn:dateline:wire:{slug_key(source) or 'unknown'}:{day if isinstance(day, str) else day.isoformat()}:{key}"


def wire_version(
    sent: datetime | None, *, lead: int = 0, take: int = 0, correction: bool = False, kill: bool = False
) -> str:
    """A version that orders the messages of a story.

    The time of the message, to which what it says of itself adds less than a second: times are of the minute, and a
    second lead, a correction or a kill of the same minute comes after what it replaces. Without a time the number of
    the lead, the first version being 1; empty where there is neither, then the order of arrival counts.
    """
    if sent is None:
        return str(lead + 1) if lead and not kill and not correction else ""
    after = kill * 900_000 + correction * 100_000 + min(lead, 99) * 1_000 + min(take, 99)
    if sent.microsecond:
        sent = sent.replace(microsecond=0)
    return rfc3339(sent + timedelta(microseconds=after) if after else sent)
