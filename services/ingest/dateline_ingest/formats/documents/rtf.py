"""Rich Text Format (RTF 1.0 to 1.9.1): the text of the document is read as plain text is."""

from __future__ import annotations

from dateline_ingest.formats.documents.document import Document, story_in
from dateline_ingest.formats.documents.rtftext import NAME, SIGN, rich_text
from dateline_ingest.formats.mail.html import marked_text
from dateline_ingest.formats.message import Message, check_story
from dateline_schemas.story import Story

__all__ = ["NAME", "begins", "read"]


def begins(head: bytes) -> bool:
    """Whether the bytes begin like RTF."""
    return head.startswith(SIGN)


def read(message: Message) -> tuple[Story, ...]:
    """The one story of the document. Raises Unparseable."""
    found = rich_text(message.data.lstrip(), message.limits)
    text = marked_text((found.text,), message.limits, "").text if found.is_html else found.text
    lines = tuple(text.split("\n"))
    document = Document(lines=lines, title=found.title, author=found.author, company=found.company)
    return (check_story(story_in(document, message.limits, NAME), message.limits, NAME),)
