"""Files attached to a mail, and the stories in them."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message as Mail

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.bundle import is_bundle, open_bundle
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.origin import links_of, origins_of, sent_at
from dateline_ingest.formats.mail.parts import Attachment
from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.message import HASHED, Limits
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.kinds import media_type
from dateline_ingest.formats.values.status import latest, stricter
from dateline_schemas.story import Association, Story

SIGNS = frozenset(
    (
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
    )
)
"""Media types of signatures, keys, appointments and cards, which are no part of a story."""


_ANNOUNCING = 30
"""Most words of a text that only announces a file."""
_DOCUMENTS = (".docx", ".xlsx", ".pptx", ".odt", ".epub")
"""Names of documents that are archives: a broken one looks like a broken bundle."""
_READ = (".docx", ".odt", ".rtf")
"""Endings of documents that are read."""


class Torn(Struct, frozen=True):
    """A bundle that cannot be opened."""

    file: Attachment
    fault: Unparseable


def unpacked_files(attached: Iterable[Attachment], limits: Limits) -> tuple[list[Attachment], list[Torn]]:
    """(files, bundles that are refused); the files of a bundle stand in its place."""
    files: list[Attachment] = []
    torn: list[Torn] = []
    for one in attached:
        try:
            packed = is_bundle(one.data) and not one.name.lower().endswith(_DOCUMENTS)
            parts = open_bundle(one.data, limits) if packed else None
        except Unparseable as error:
            torn.append(Torn(one, error.of(one.name or "attachment")))
            continue
        files += [one] if parts is None else [Attachment(part.name, part.hint, part.data) for part in parts]
    return files, torn


def is_meant(one: Attachment, own: Story) -> bool:
    """Whether an attached file is the story: copy by its format, or a document that the mail announces."""
    return is_wire(one) or announces(own)


def is_wire(one: Attachment) -> bool:
    """Whether a file is XML or JSON, by its name, its type or its first sign."""
    named = one.name.lower().endswith((".xml", ".json", ".newsml", ".nitf", ".ninjs"))
    # Types of office documents have "openxmlformats" in their names.
    return named or one.kind.endswith(("xml", "json")) or one.data.lstrip()[:1] in (b"<", b"{")


def is_missed(one: Attachment) -> bool:
    """Whether an unreadable file is reported beside others: it is copy, or a document of a kind that is read."""
    return is_wire(one) or one.name.lower().endswith(_READ)


def announces(own: Story) -> bool:
    """Whether a mail's text only announces what is attached."""
    if sum(len(text.split()) for text in own.paragraphs) > _ANNOUNCING:
        return False
    return any(mail_marks().announces.search(text) for text in (own.headline, *own.paragraphs))


def adopted(story: Story, own: Story, *, alone: bool) -> Story:
    """A story from a text or document, with what the mail says of it.

    If it is the only one and has no identifier, it gets the mail's, so that a mail that corrects it finds it.
    """
    story = replace(story, language=story.language or own.language, provider=story.provider or own.provider)
    if not alone:
        return story
    named = {"guid": own.guid, "version": own.version} if own.guid and story.guid.startswith(HASHED) else {}
    signals = once([*story.signals, *own.signals])
    return replace(story, headline=story.headline or own.headline, signals=signals, **named)


def associations(attached: Iterable[Attachment]) -> tuple[Association, ...]:
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
        if one.kind not in SIGNS
    )


def carried(story: Story, mail: Mail, cover: Story | None = None) -> Story:
    """A story that the mail carries, with what the mail says of its origin and time.

    For a file, what the text above it (``cover``) says of its use counts, too: the stricter status and the later
    embargo.
    """
    if cover is not None:
        story = replace(
            story,
            pubstatus=stricter(story.pubstatus, cover.pubstatus),
            pulled=story.pulled or cover.pulled,
            embargo=latest(story.embargo, cover.embargo),
            ed_note=lines_once((story.ed_note, cover.ed_note)),
        )
    return replace(
        story,
        version_created=story.version_created or sent_at(mail),
        credits=once([*story.credits, *origins_of(mail)]),
        links=once([*story.links, *links_of(mail)]),
    )
