"""E-mail (RFC 5322, MIME): attached wire files are the stories; where there are none, the text of the mail is."""

from __future__ import annotations

from email.message import Message as Mail

from msgspec.structs import replace

from dateline_ingest.formats.bundle import is_bundle, open_bundle
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.kinds import media_type
from dateline_ingest.formats.mailheaders import begins_like_mail
from dateline_ingest.formats.mailorigin import links_of, origins_of, sent_at
from dateline_ingest.formats.mailparts import Attachment, Parts, open_mail, parts_of
from dateline_ingest.formats.mailstory import story_of
from dateline_ingest.formats.message import Limits, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.once import once
from dateline_schemas.story import Association, Story

NAME = "mail"
DEEPEST = 2
"""Mails within one another that are read."""
_LOOSE = frozenset(("text", "html", "mail"))
"""Formats that anything could be: an attachment in one of these is a story only if the mail has no text."""
_COVER = 60
"""Words up to which a mail's text is taken for a cover note to what is attached."""
_SIGNS = ("application/pkcs7-signature", "application/pgp-signature", "text/calendar", "text/vcard", "text/x-vcard")

_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
"""What encrypted mails have in place of their text (RFC 8551, RFC 3156)."""


def begins(head: bytes) -> bool:
    """Whether the bytes begin with a mail's headers."""
    return begins_like_mail(head)


def read(message: Message) -> tuple[Story, ...]:
    """The stories of the mail. Raises Unparseable."""
    return _read(message.data, message.limits, 1)


def _read(data: bytes, limits: Limits, level: int) -> tuple[Story, ...]:
    mail = open_mail(data, NAME)
    parts = parts_of(mail)
    own = story_of(mail, parts, limits)
    words = sum(len(text.split()) for text in own.paragraphs)
    if not own.paragraphs and any(one.kind in _SEALED for one in parts.attached):
        raise Unparseable("the mail is encrypted, or signed so that its text is sealed; have it sent open", format=NAME)
    found, fault, rest = _attached(parts, limits, level, words)
    if fault is not None and not found and words <= _COVER:
        raise fault
    if not found:
        found = list(_inline(parts, limits))
    others = _associations(rest)
    if found:
        stories = tuple(_carried(story, mail, others if len(found) == 1 else ()) for story in found)
    elif own.paragraphs or own.headline or own.pubstatus == "canceled":
        stories = (replace(own, guid=own.guid or bytes_urn(data), associations=own.associations + others),)
    else:
        raise Unparseable("the mail holds neither text nor a file that is read; have it sent again", format=NAME)
    check_count(len(stories), limits, NAME)
    return tuple(check_story(story, limits, NAME) for story in stories)


def _attached(
    parts: Parts, limits: Limits, level: int, words: int
) -> tuple[list[Story], Unparseable | None, list[Attachment]]:
    """Stories of the attached files and mails; why the first unreadable one is none; the files that are no stories."""
    found: list[Story] = []
    rest: list[Attachment] = []
    fault: Unparseable | None = None
    files: list[Attachment] = []
    for one in parts.attached:
        try:
            files += _opened(one, limits)
        except Unparseable as error:
            fault = fault or error.of(one.name or "attachment")
            rest.append(one)
    for one in files:
        if media_type(one.kind) or one.kind in _SIGNS or not one.data.strip():
            rest.append(one)
            continue
        try:
            stories = _stories(one, limits, words)
        except Unparseable as error:
            fault = fault or (error.of(one.name or "attachment") if _is_wire(one) else None)
            stories = ()
        found += stories
        if not stories:
            rest.append(one)
    for inner in parts.mails if level < DEEPEST and words <= _COVER else ():
        try:
            found += _read(inner, limits, level + 1)
        except Unparseable as error:
            fault = fault or error.of("attached mail")
    return found, fault, rest


def _opened(one: Attachment, limits: Limits) -> list[Attachment]:
    """An attached file, or the files in it if it is a bundle. Raises Unparseable for a bundle that is refused."""
    parts = open_bundle(one.data, limits) if is_bundle(one.data) and not _is_office(one.name) else None
    return [one] if parts is None else [Attachment(part.name, part.hint, part.data) for part in parts]


def _is_office(name: str) -> bool:
    return name.lower().endswith((".docx", ".xlsx", ".pptx", ".odt", ".epub"))


def _stories(one: Attachment, limits: Limits, words: int) -> tuple[Story, ...]:
    from dateline_ingest.formats.sniff import detect  # its table names this module

    message = Message(data=one.data, hint=one.kind if one.kind == "text/html" else "", limits=limits)
    format = detect(message)
    if format.name not in _LOOSE:
        return format.read(message)
    stories = format.read(message) if words <= _COVER else ()
    longest = max((sum(len(text.split()) for text in story.paragraphs) for story in stories), default=0)
    return stories if longest > words else ()


def _is_wire(one: Attachment) -> bool:
    """Whether an attached file is meant to be a wire message: XML or JSON by its name, its type or its first sign."""
    named = one.name.lower().endswith((".xml", ".json", ".newsml", ".nitf", ".ninjs"))
    # Types of office documents have "openxmlformats" in their names.
    return named or one.kind.endswith(("xml", "json")) or one.data.lstrip()[:1] in (b"<", b"{")


def _inline(parts: Parts, limits: Limits) -> tuple[Story, ...]:
    """A wire message that is the mail's text itself: XML, JSON, or an old wire format."""
    from dateline_ingest.formats.sniff import detect  # its table names this module

    text = "\n\n".join(parts.plain).strip()
    if not text:
        return ()
    message = Message(data=text.encode("utf-8", "replace"), limits=limits)
    try:
        format = detect(message)
        return format.read(message) if format.name not in _LOOSE else ()
    except Unparseable:
        return ()  # it is text that looks like it


def _associations(attached: list[Attachment]) -> tuple[Association, ...]:
    """Files by name only: their bytes stay in the original."""
    return tuple(
        Association(
            rel="inline" if one.inline or one.content_id else "attachment",
            type=media_type(one.kind),
            guid=f"cid:{one.content_id}" if one.content_id else "",
            headline=one.name,
            mimetype=one.kind,
            size=len(one.data),
        )
        for one in attached
        if one.kind not in _SIGNS
    )


def _carried(story: Story, mail: Mail, others: tuple[Association, ...]) -> Story:
    """A story that the mail carries, with what the mail says of where it comes from, and when."""
    return replace(
        story,
        version_created=story.version_created or sent_at(mail),
        credits=once([*story.credits, *origins_of(mail)]),
        associations=story.associations + others,
        links=once([*story.links, *links_of(mail)]),
    )
