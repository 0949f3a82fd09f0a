"""What a reader of a format gets, and what it gives back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.json import encode

from dateline_ingest.formats.fault import Unparseable
from dateline_schemas.story import Story


class Limits(Struct, frozen=True, kw_only=True, gc=False):
    """Limits of a message. A larger one is refused, never cut."""

    bytes: int = 8 * 1024 * 1024
    depth: int = 200
    """Deepest nesting of elements or JSON members."""
    page_depth: int = 512
    """Deepest nesting of a page's elements, as in browsers; a body taken from it has at most ``depth``."""
    stories: int = 500
    entries: int = 5_000
    """Entries of a web feed: some list all that they ever published."""
    shared: int = 750_000
    """What a message says of all its items, times the items: each has all of it. A long text counts for several."""
    paragraphs: int = 20_000
    lines: int = 40_000
    """Lines of a message of plain text: as many paragraphs as a story may have, and blank lines between them."""
    page_bytes: int = 5 * 1024 * 1024
    """Characters of a page: story pages of large outlets have 4.6 million, nearly all of them script."""
    elements: int = 20_000
    """Elements of a page or of a marked-up body. Large story pages have 3,000."""
    attributes: int = 1000
    """Attributes of one element of a page."""
    members: int = 100_000
    """Elements of an XML message, or members of a JSON message."""


DEFAULT_LIMITS = Limits()
_A_STATEMENT = 500
"""Bytes of the longest text that counts once."""
HASHED = "urn:dateline:sha256:"
"""Prefix of identifiers that are made from bytes."""


class Message(Struct, frozen=True, kw_only=True, gc=False):
    """The bytes that came in, with what their carrier says about them."""

    data: bytes
    hint: str = ""
    """Format name or media type, with its charset parameter if it has one."""
    url: str = ""
    """Where the message was fetched from, if it was."""
    limits: Limits = DEFAULT_LIMITS


class Parsed(Struct, frozen=True, kw_only=True):
    """The stories of one message, in its order; at least one."""

    format: str
    stories: tuple[Story, ...]
    refused: tuple[Unparseable, ...] = ()
    """Faults of items that cannot be read; in a bundle ``path`` begins with the message's name."""
    entries: tuple[str, ...] = ()
    """For each story of a web feed the digest of its entry; empty for other messages."""


class Entry(Struct, frozen=True):
    """The story of an entry of a web feed."""

    story: Story
    digest: str
    """SHA-256 in hex of the entry as it came, with what its feed says of all of them (``feeds/digests.py``)."""


Found = Story | Entry | Unparseable
"""An item of a message: its story, or why it cannot be read."""
Reader = Callable[[Message], tuple[Found, ...]]
"""Reads one format. Pure. Raises Unparseable for what is no message of it, or has no item at all."""


def bytes_urn(data: bytes) -> str:
    """An identifier for a message whose format need not state one: the SHA-256 of its bytes.

    The same bytes are then the same story; other bytes are another one, since nothing says that they belong together.
    """
    return f"{HASHED}{hashlib.sha256(data).hexdigest()}"


def title_urn(headline: str, *instead: str) -> str:
    """An identifier for a feed's entry that has none, nor a link: its title, as feed readers do.

    An entry without a title is known by the first of other texts that there is; empty without any.
    """
    text = headline or next(filter(None, instead), "")
    return bytes_urn(text.encode()) if text else ""


def check_story(story: Story, limits: Limits, format: str) -> Story:
    """The story, if it is within the limits, has an identifier and says something. Raises Unparseable."""
    if len(story.paragraphs) > limits.paragraphs:
        reason = f"story {story.guid} has {len(story.paragraphs)} paragraphs, more than {limits.paragraphs}"
        raise Unparseable(f"{reason}; have it split", format=format)
    if not story.guid:
        raise Unparseable(
            "the story has no identifier, so its versions could not be told; ask the provider for one", format=format
        )
    if _says_nothing(story):
        lacks = "it has no identifier," if story.guid.startswith(HASHED) else f"story {story.guid} has no"
        reason = f"{lacks} headline, text or picture, so outlets would get nothing"
        raise Unparseable(f"{reason}; send what it says, or as canceled if it is to be taken back", format=format)
    return story


def _says_nothing(story: Story) -> bool:
    """Whether neither subject nor status of a story can be told. What takes it back, or waits, needs no words."""
    told = story.headline or story.subheadline or story.slugline or story.summary or story.paragraphs
    beside = story.associations or story.links or story.ed_note or story.signals
    return not (told or beside) and story.pubstatus == "usable"


def check_count(count: int, limits: Limits, format: str) -> None:
    """Refuse a message with more stories than allowed. Raises Unparseable."""
    if count > limits.stories:
        raise Unparseable(f"{count} stories in one message, more than {limits.stories}; have it split", format=format)


def check_entries(count: int, limits: Limits, format: str) -> None:
    """Refuse a web feed with more entries than allowed. Raises Unparseable."""
    if count > limits.entries:
        raise Unparseable(f"{count} entries in one feed, more than {limits.entries}; have it shortened", format=format)


def check_shared(said: Iterable[Struct | str], items: int, limits: Limits, format: str) -> None:
    """Refuse a message that says more of all its items together than allowed. Raises Unparseable."""
    if items < 2:
        return
    statements = sum(1 + len(encode(one)) // _A_STATEMENT for one in said)
    if statements * items > limits.shared:
        reason = f"it says {statements} things of each of its {items} items, more than {limits.shared} together"
        raise Unparseable(f"{reason}; have it split", format=format)
