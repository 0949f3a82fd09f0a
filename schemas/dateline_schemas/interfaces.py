"""How a provider's own interface on the web is asked, as an entry of a feed says it: logins, pages, queues, texts.

What an interface needs is put together from these; no provider has code of its own. A *path* leads to a value in an
answer: a JSON Pointer (RFC 6901, ``/data/items``) in JSON, an ElementPath (``result/id``) in XML.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

HeaderName = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,62}$(?!\n)")]


class Texts(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How to get texts that a feed's messages only link to. They are fetched before the message is taken in."""

    hosts: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Hosts that are asked, and told the secret; ``*.example.net`` is all below one. Other links are left alone."""
    header: HeaderName = "Authorization"
    """Where the secret goes; in ``Authorization`` as a bearer token."""
    secret: str = ""
    """Where the key stands, as for a feed; empty if none is wanted."""
    most: Annotated[int, Meta(ge=1, le=500)] = 100
    """Texts of one message."""
    bytes: Annotated[int, Meta(ge=1, le=4_000_000)] = 1_000_000
    """Of one text."""
    seconds: Annotated[float, Meta(gt=0, le=120)] = 20.0
    """Until a text is there, its redirects included."""
    redirects: Annotated[int, Meta(ge=0, le=5)] = 3
    per_second: Annotated[float, Meta(gt=0, le=100)] = 10.0
    """Texts that are asked for in a second."""
    missing: Literal["take", "quarantine"] = "take"
    """What becomes of a story whose text cannot be had: it is taken with the link and flagged ``text-missing``, or
    kept in quarantine."""


class Login(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How to get a token that the source wants: a form that is sent, and where the answer has the token.

    The token goes where the secret would: in ``Authorization`` as a bearer token, or in the feed's ``header``.
    """

    url: Annotated[str, Meta(pattern=r"^https?://")]
    method: Literal["POST", "GET"] = "POST"
    """GET puts the form into the address, for providers that want it there."""
    fields: dict[str, str] = {}
    """Members of the form, such as ``grant_type = "client_credentials"``."""
    secrets: dict[str, str] = {}
    """Members of the form that are secret, each with where it stands: ``client_secret = "env:NAME"``."""
    basic: str = ""
    """Where ``id:secret`` stands that goes into ``Authorization: Basic`` (RFC 6749, 2.3.1); empty for none."""
    token: str = "/access_token"
    """Path to the token in the answer; for XML, empty is its root."""
    lasts: Annotated[float, Meta(ge=60)] = 3600.0
    """Seconds that a token is used if the answer has no ``expires_in`` (RFC 6749, 5.1)."""
    query: str = ""
    """Member of the address in which the token goes, for providers that want it there; empty for a header."""


class Cursor(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How an answer says where the next one is. That is remembered after all before it is on disk."""

    next: str
    """Path to the address of the next answer, or ``link`` for a ``Link`` header with rel=next (RFC 8288)."""
    items: str = ""
    """Path to what an answer brings; one that brings nothing is not taken in. Empty: every answer is."""
    add: str = ""
    """What is added to the query of the next address, for sources that leave it out: ``include=*``."""
    expired: tuple[int, ...] = (400, 404, 410)
    """Statuses by which the source says that it forgot the place: it is begun at the feed's url again."""


class Listing(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How an answer lists entries that are messages of their own."""

    items: str
    """Path to the entries."""
    id: str
    """Path from an entry to what it is known by."""
    fetch: str = ""
    """Where the message is, ``{id}`` in it, from the feed's url; empty where the entry itself is the message."""
    acknowledge: str = ""
    """What is deleted (HTTP DELETE), ``{id}`` in it, from the feed's url, once a message is on disk: for queues that
    hand an entry out until somebody says that he has it. Empty for lists that forget by themselves."""
