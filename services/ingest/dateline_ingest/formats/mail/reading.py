"""E-mail (RFC 5322, MIME): attached wire files are the stories; without any, the mail's text is the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read, told_apart
from dateline_ingest.formats.mail.files import (
    SIGNS,
    adopted,
    announces,
    associations,
    carried,
    is_meant,
    is_missed,
    unpacked_files,
)
from dateline_ingest.formats.mail.headers import begins_like_mail
from dateline_ingest.formats.mail.outlook import NAME as OUTLOOK
from dateline_ingest.formats.mail.outlook import letter_in
from dateline_ingest.formats.mail.packed import opened
from dateline_ingest.formats.mail.parts import Attachment, Letter, Parts, parts_of
from dateline_ingest.formats.mail.story import own_text
from dateline_ingest.formats.mail.tree import check_copy, open_mail
from dateline_ingest.formats.message import Found, Limits, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.values.kinds import media_type
from dateline_schemas.story import Association, Story

if TYPE_CHECKING:
    from dateline_ingest.formats.registry import Format

NAME = "mail"
DEEPEST = 2
"""Deepest nesting of mails that are read."""
_LOOSE = frozenset(("text", "html", "rtf", "docx", "odt"))
"""Formats that any file could be: such an attachment is a story only if the mail has no text."""
_COVER = 60
"""Most words of a text that is a cover note to what is attached."""


def begins(head: bytes) -> bool:
    """Whether the bytes begin with a mail's headers."""
    return begins_like_mail(head)


def read(message: Message) -> tuple[Found, ...]:
    """The stories of the mail. Raises Unparseable."""
    return _stories_in(_letter(message.data), message.data, message.limits, 1)


def read_outlook(message: Message) -> tuple[Found, ...]:
    """The stories of a mail that Outlook has put into a file. Raises Unparseable."""
    return _stories_in(letter_in(message.data, message.limits), message.data, message.limits, 1)


def _letter(data: bytes) -> Letter:
    mail = open_mail(data, NAME)
    return Letter(mail, parts_of(mail))


def _stories_in(letter: Letter, data: bytes, limits: Limits, level: int) -> tuple[Found, ...]:
    """``data`` are the bytes that the mail came as, ``level`` how deep it lies in others."""
    mail, parts = letter.headers, opened(letter.parts, limits)
    check_copy(mail)
    text = own_text(mail, parts, limits)
    own = text.story
    words = sum(len(paragraph.split()) for paragraph in own.paragraphs)
    if parts.sealed is not None and (not own.paragraphs or announces(own)):
        raise parts.sealed
    files = _attached(parts, own, limits, level, words)
    if files.fault is not None and not files.stories and words <= _COVER:
        raise files.fault
    others, left_out = associations(files.rest), files.left_out
    if files.stories:
        stories = _with_others([carried(story, mail, own) for story in files.stories], others)
    elif (inline := _inline(parts, limits)).stories:
        stories = _with_others([carried(story, mail) for story in inline.stories], others)
        left_out = inline.left_out
    elif text.chats:
        reason = "the mail answers another one in a few words, and what it quotes is not its own"
        raise Unparseable(f"{reason}; a story comes as a new mail, a correction says that it is one", format=NAME)
    elif own.paragraphs or own.headline or own.pubstatus == "canceled":
        stories = (replace(own, guid=own.guid or bytes_urn(data), associations=own.associations + others),)
    else:
        raise Unparseable("the mail holds neither text nor a file that is read; have it corrected", format=NAME)
    check_count(len(stories), limits, NAME)
    return (*each_read(stories, lambda story: check_story(story, limits, NAME)), *left_out)


def _with_others(stories: list[Story], others: tuple[Association, ...]) -> tuple[Story, ...]:
    """The stories; a single one with the mail's other files."""
    if len(stories) == 1:
        stories = [replace(stories[0], associations=stories[0].associations + others)]
    return tuple(stories)


class _Files(Struct, frozen=True):
    """What is attached to a mail."""

    stories: tuple[Story, ...]
    fault: Unparseable | None
    """Why the first file that should be a story is none."""
    left_out: tuple[Unparseable, ...]
    """Why items of files, or whole files, are no stories although others are."""
    rest: tuple[Attachment, ...]
    """The files that are no stories."""


def _attached(parts: Parts, own: Story, limits: Limits, level: int, words: int) -> _Files:
    found: list[Story] = []
    loose: list[Story] = []
    rest: list[Attachment] = []
    left_out: list[Unparseable] = []
    files, torn = unpacked_files(parts.attached, limits)
    faults = [broken.fault for broken in torn]
    missed = faults.copy()
    rest += [broken.file for broken in torn]
    for one in files:
        read = _Read()
        if not media_type(one.kind) and one.kind not in SIGNS and one.data.strip():
            try:
                read = _read(one, limits, level, words)
            except Unparseable as error:
                fault = error.of(one.name or "attachment")
                faults += [fault] * is_meant(one, own)
                missed += [fault] * is_missed(one)
        found += read.stories
        left_out += [fault.of(one.name or "attachment") for fault in read.left_out]
        loose += read.stories if read.format in _LOOSE else ()
        rest += [] if read.stories else [one]
    for inner in parts.mails if level < DEEPEST and words <= _COVER else ():
        try:
            letter, data = (_letter(inner), inner) if isinstance(inner, bytes) else (inner, inner.written())
            stories, unread = told_apart(_stories_in(letter, data, limits, level + 1))
            found += stories
            left_out += [fault.of("attached mail") for fault in unread]
        except Unparseable as error:
            faults.append(error.of("attached mail"))
    alone = len(found) == 1
    whole = tuple([adopted(story, own, alone=alone) if story in loose else story for story in found])
    return _Files(whole, next(iter(faults), None), (*left_out, *(missed if found else ())), tuple(rest))


class _Read(Struct, frozen=True):
    """What was read from a file."""

    stories: tuple[Story, ...] = ()
    format: str = ""
    left_out: tuple[Unparseable, ...] = ()
    """Why some of its items are no stories."""


def _read(one: Attachment, limits: Limits, level: int, words: int) -> _Read:
    """The stories of a file; none for a text, a page, a document or a mail beside a text that is no cover note."""
    from dateline_ingest.formats.sniff import detect  # its table names this module

    message = Message(data=one.data, hint=one.kind if one.kind == "text/html" else "", limits=limits)
    format = detect(message)
    if format.name not in (*_LOOSE, NAME, OUTLOOK):
        return _read_as(format, message)
    if words > _COVER:
        return _Read()
    if format.name in _LOOSE:
        read = _read_as(format, message)
    elif level < DEEPEST:
        letter = _letter(one.data) if format.name == NAME else letter_in(one.data, limits)
        stories, left_out = told_apart(_stories_in(letter, one.data, limits, level + 1))
        read = _Read(stories, format.name, left_out)
    else:
        return _Read()
    longest = max((sum(len(text.split()) for text in story.paragraphs) for story in read.stories), default=0)
    return read if longest > words or any(map(_is_stated, read.stories)) else _Read()


def _is_stated(story: Story) -> bool:
    """Whether a story says of itself that it is not to be used, or not yet; few words do."""
    return story.pubstatus != "usable" or story.embargo is not None


def _read_as(format: Format, message: Message) -> _Read:
    stories, left_out = told_apart(format.read(message))
    return _Read(stories, format.name, left_out)


def _inline(parts: Parts, limits: Limits) -> _Read:
    """A wire message that is the mail's text itself: XML, JSON, or an old wire format."""
    from dateline_ingest.formats.sniff import detect  # its table names this module

    text = "\n\n".join(parts.plain).strip()
    if not text:
        return _Read()
    message = Message(data=text.encode("utf-8", "replace"), limits=limits)
    try:
        format = detect(message)
        return _Read() if format.name in (*_LOOSE, NAME) else _read_as(format, message)
    except Unparseable:
        return _Read()  # it is text that looks like it
