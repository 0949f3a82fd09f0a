"""Wire formats in, stories out: ``parse`` tells the format from the content and reads it."""

from __future__ import annotations

from dateline_ingest.formats.bundle import NAME as BUNDLE
from dateline_ingest.formats.bundle import Part, is_bundle, open_bundle
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.feeds.parts import joined
from dateline_ingest.formats.items import told_apart
from dateline_ingest.formats.linkedtext import text_link, with_text
from dateline_ingest.formats.message import DEFAULT_LIMITS, Entry, Limits, Message, Parsed
from dateline_ingest.formats.notes import heeding_corrections, heeding_notes
from dateline_ingest.formats.page.reading import NAME as PAGE
from dateline_ingest.formats.registry import FORMATS
from dateline_ingest.formats.related import is_related, unpack
from dateline_ingest.formats.rightslines import heeding_rights
from dateline_ingest.formats.sniff import behind_noise, detect

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "PAGE",
    "Limits",
    "Parsed",
    "Part",
    "Unparseable",
    "format_of",
    "is_bundle",
    "open_bundle",
    "parse",
]


def parse(data: bytes, *, hint: str = "", url: str = "", limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Read a message of any known format, a bundle of messages, or a message with its texts (``related.py``). Pure.

    ``hint``: a format name or media type, used only if the content could be two things. ``url``: where the bytes came
    from, for pages and feeds that do not say. Items of a message, and messages of a bundle, that cannot be read are in
    ``refused``, beside the stories of the others. Raises Unparseable, and nothing else.
    """
    if is_related(data):
        return _with_texts(data, limits)
    parts = open_bundle(data, limits)
    if parts is None:
        return _read(Message(data=data, hint=hint, url=url, limits=limits))
    found: list[Parsed] = []
    refused: list[Unparseable] = []
    for part in parts:
        try:
            found.append(_read(Message(data=part.data, hint=part.hint, limits=limits)))
            refused += [fault.of(part.name) for fault in found[-1].refused]
        except Unparseable as fault:
            refused.append(fault.of(part.name))
    if not found:
        raise refused[0]
    formats = {one.format for one in found}
    return Parsed(
        format=formats.pop() if len(formats) == 1 else BUNDLE,
        stories=tuple(story for one in found for story in one.stories),
        refused=tuple(refused),
    )


def format_of(data: bytes, hint: str = "") -> str:
    """Name of a message's format; empty if it is none that is read."""
    try:
        return detect(Message(data=data, hint=hint)).name
    except Unparseable:
        return ""


def _with_texts(data: bytes, limits: Limits) -> Parsed:
    """The message's stories, each with the text at its link; a text that cannot be read counts as missing."""
    if len(data) > limits.bytes:
        raise Unparseable(f"the message and its texts have {len(data)} bytes, more than {limits.bytes}; send fewer")
    first, *rest = unpack(data)
    texts = {part.url: part for part in rest}
    parsed = _read(Message(data=first.data, hint=first.media, url=first.url, limits=limits))
    whole = []
    for story in parsed.stories:
        link = text_link(story)
        part = texts.get(joined(first.url, link.href)) if link else None
        if part is not None:
            try:
                text = _read(Message(data=part.data, hint=part.media, url=part.url, limits=limits))
                story = with_text(story, text.stories)
            except Unparseable:
                pass  # it stays a story whose text is missing, and is flagged as that
        whole.append(story)
    return Parsed(format=parsed.format, stories=tuple(whole), refused=parsed.refused)


def _read(message: Message) -> Parsed:
    found = detect(message)
    if (inner := behind_noise(message, found)) is not None:
        message, found = inner, detect(inner)
    try:
        items = found.read(message)
        stories, faults = told_apart(items)
    except Unparseable as fault:
        raise fault.within(fault.format or found.name) from fault
    stories = tuple([heeding_rights(heeding_corrections(heeding_notes(story))) for story in stories])
    refused = tuple([fault.within(fault.format or found.name) for fault in faults])
    entries = tuple([one.digest for one in items if isinstance(one, Entry)])
    return Parsed(format=found.name, stories=stories, refused=refused, entries=entries)
