"""A feed: by which door copy comes, and what to assume where its messages are silent. The FEEDS bucket has them all."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from dateline_schemas.interfaces import Cursor, HeaderName, Listing, Login, Texts

FeedName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$(?!\n)")]
DoorName = Literal["http", "nats", "folder", "ftp", "sftp", "poll", "websub", "imap"]
Trust = Literal["agency", "outlet", "unknown"]
"""agency: what its metadata says of origin is believed. outlet: it runs copy of others, so the text is asked first.
unknown: nothing was agreed."""
Allowed = Literal["allowed", "forbidden"]


class Contract(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was agreed with a feed. It counts where a message does not say, and goes with every story of the feed."""

    agency: str = ""
    """Agency id, as in attribution's table, e.g. ``AFP``."""
    trust: Trust = "unknown"
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    territory: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes where copy may run; empty is everywhere."""
    archive: Allowed | Literal[""] = ""
    rewriting: Allowed | Literal[""] = ""
    days: Annotated[int, Meta(ge=0)] = 0
    """Days after which copy must not be used any more; 0 is no end."""


class Feed(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One feed of stories. Its API key is kept as a digest only, its secrets are named, never kept."""

    name: FeedName
    key_sha256: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")] = ""
    """Digest of the API key of a feed that pushes; empty for one that is fetched."""
    door: DoorName = "http"
    url: str = ""
    """Where the copy is: ``folder:///srv/drop``, ``ftp://user@host/path``, ``sftp://user@host:22/path``,
    ``https://host/feed.xml``, ``imaps://user@host/INBOX``. Never with a password in it; where a provider's address is
    itself the secret, ``{secret}`` stands for that part."""
    secret: str = ""
    """Where the password, key or signing secret stands: ``env:NAME`` or ``file:/path``; read when it is needed."""
    header: HeaderName | Literal[""] = ""
    """For doors that poll: the header in which the secret goes, such as ``x-api-key``; empty is ``Authorization``."""
    login: Login | None = None
    """For the doors poll and imap: how to get the token that the source wants."""
    cursor: Cursor | None = None
    """For doors that poll: how an answer says where the next one is."""
    listing: Listing | None = None
    """For doors that poll: how an answer lists entries that are messages of their own."""
    texts: Texts | None = None
    """For doors that fetch: how to get texts that messages only link to."""
    host_key: str = ""
    """For SFTP: the server's public key as in known_hosts (``ssh-ed25519 AAAA...``)."""
    private: tuple[str, ...] = ()
    """For doors that fetch from the web: networks (``10.1.2.0/24``) where this feed may lead, though they are none of
    the public internet. Anything else inside is refused, whatever a name resolves to."""
    pattern: str = "*"
    """For doors that read files: names to take, as a shell pattern; names beginning with a dot never are."""
    arrives: Literal["written", "renamed"] = "written"
    """For doors that read files: ``renamed`` says that senders write under a temporary name and rename a file once
    it is whole, so that it can be taken when it is first seen; else two looks must see it the same."""
    after: Literal["keep", "move", "delete"] = "keep"
    """For doors that read files: what becomes of one that was taken in."""
    every: Annotated[float, Meta(gt=0, le=86_400)] = 60.0
    """Seconds between two looks of a door that fetches."""
    paused: bool = False
    """True while an operator wants nothing taken in."""
    silent_after: Annotated[int, Meta(ge=0)] = 0
    """Seconds without a story after which the feed counts as silent; 0 is never."""
    provider: str = ""
    """Provider to assume for messages that name none."""
    language: str = ""
    """BCP 47 tag to assume for messages that state none."""
    format: str = ""
    """Format to try first where the content is ambiguous."""
    known_by: Literal["id", "link"] = "id"
    """By what its stories are known: identifiers, or pages, for a web feed that makes new identifiers at each look."""
    per_second: Annotated[int, Meta(ge=0)] = 0
    """Pushes a second before it is asked to slow down; 0 is no limit."""
    contract: Contract | None = None


class FeedSilent(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A feed handed in nothing for longer than it should."""

    feed: FeedName
    since: datetime
    """When its last story came in; when watching began, if there was none. UTC."""
    silent_after: int
    """Seconds after which it counts as silent."""


class FeedHeard(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A feed that was silent handed something in again."""

    feed: FeedName
    since: datetime
    """How long it had been silent: the same instant as in its FeedSilent. UTC."""


class FeedFailing(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A door that fetches cannot reach or read its source; it goes on trying."""

    feed: FeedName
    since: datetime
    """When it first failed in a row. UTC."""
    reason: str
    """What happened and what to do; never a secret."""


class FeedWorking(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A door that could not reach or read its source can again."""

    feed: FeedName
    since: datetime
    """Since when it failed: the same instant as in its FeedFailing. UTC."""


class FeedMoved(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """A polled source says that it moved for good; it is read where it is now, until the feed has that address."""

    feed: FeedName
    url: str
    """Where the feed's entry looks for it."""
    moved: str
    """Where it is; empty if it is back."""


FeedEvent = FeedSilent | FeedHeard | FeedFailing | FeedWorking | FeedMoved

FEED_KINDS: tuple[type[msgspec.Struct], ...] = get_args(FeedEvent)

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Feed)
_event_decoder: msgspec.json.Decoder[FeedEvent] = msgspec.json.Decoder(FeedEvent)


def agency_of(contract: Contract | None) -> str:
    """The agency that a feed speaks for; empty if nothing was agreed, or it only runs the agency's copy."""
    return contract.agency if contract and contract.trust != "outlet" else ""


def space_of(feed: Feed) -> str:
    """Where a feed's identifiers count: among all feeds of its agency, or in the feed alone if it has none.

    An outlet runs copy of an agency under identifiers of its own, so those never count for the agency.
    """
    return agency_of(feed.contract) or feed.name


def key_digest(key: str) -> str:
    """What is kept of an API key: SHA-256 in hex. Keys are random and long, so nothing slower is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def encode_feed(feed: Feed) -> bytes:
    """As JSON."""
    return _encoder.encode(feed)


def decode_feed(data: bytes) -> Feed:
    """From JSON. Raises msgspec.DecodeError."""
    return _decoder.decode(data)


def encode_feed_event(event: FeedEvent) -> bytes:
    """As JSON, with its type."""
    return _encoder.encode(event)


def decode_feed_event(data: bytes) -> FeedEvent:
    """From JSON. Raises msgspec.DecodeError."""
    return _event_decoder.decode(data)
