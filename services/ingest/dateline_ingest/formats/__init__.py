"""Wire formats in, stories out: ``parse`` tells the format from the content and reads it."""

from __future__ import annotations

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import DEFAULT_LIMITS, Limits, Message, Parsed
from dateline_ingest.formats.registry import FORMATS
from dateline_ingest.formats.sniff import detect

__all__ = ["DEFAULT_LIMITS", "FORMATS", "Limits", "Parsed", "Unparseable", "parse"]


def parse(data: bytes, *, hint: str = "", url: str = "", limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Read a message of any known format.

    ``hint`` is a format name or a media type and counts only where the content could be two things; ``url`` is where
    the bytes came from, for pages and feeds that do not say so. Pure. Raises Unparseable, and nothing else.
    """
    message = Message(data=data, hint=hint, url=url, limits=limits)
    found = detect(message)
    try:
        stories = found.read(message)
    except Unparseable as fault:
        raise fault.within(fault.format or found.name) from fault
    return Parsed(format=found.name, stories=stories)
