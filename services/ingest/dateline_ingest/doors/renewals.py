"""Refresh tokens that took the place of an entry's: kept where every process of ingest finds them, sealed.

A provider may give a new refresh token with each access token, and end the one before (RFC 6749, 6): the newest is then
the only thing that opens the feed. It stands in DOORS, encrypted with a key made of the token in the entry, which
is not in the log: who reads the bucket learns nothing. Once an operator consents anew and writes another token into the
entry's secret, what was kept of the old one is void by itself (ADR 23).
"""

from __future__ import annotations

import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dateline_ingest.doors.room import DoorFault
from dateline_schemas.feeds import Feed

NONCE = 12
"""Bytes in front of what is sealed (NIST SP 800-38D); random, since a key seals some thousand tokens in its life."""
_PURPOSE = b"dateline: a refresh token that took another's place"


class TokenStore(Protocol):
    """Keeps one feed's renewed token, sealed."""

    async def sealed(self) -> bytes:
        """What was kept last; empty if nothing was. Raises Unavailable."""

    async def keep_sealed(self, data: bytes) -> None:
        """Keep it, on disk when this returns."""


class Renewals:
    """The newest refresh token of a feed, by the one in its entry."""

    def __init__(self, feed: Feed, store: TokenStore) -> None:
        self._about = f"{feed.name} {feed.login.url if feed.login else ''}".encode()
        self._store = store

    async def newest(self, first: str) -> str:
        """What took the first one's place; the first itself where nothing did. Raises Unavailable."""
        return opened(await self._store.sealed(), first, self._about) or first

    async def keep(self, first: str, newest: str) -> None:
        """Keep it before anything is done with what came with it."""
        await self._store.keep_sealed(sealed(newest, first, self._about, os.urandom(NONCE)))


class NoTokenStore:
    """Keeps nothing, so it lets nobody ask: a renewed token would be lost, and the feed with it."""

    async def sealed(self) -> bytes:
        """Raises DoorFault: whoever asks is about to use a refresh token up."""
        raise DoorFault(
            "its login has a refresh token, which trying may use up, and what takes its place can only be kept in "
            "Dateline's server: name that with --nats"
        )

    async def keep_sealed(self, data: bytes) -> None:
        """Never comes to it."""
        raise AssertionError


NO_STORE = NoTokenStore()


def sealed(text: str, first: str, about: bytes, nonce: bytes) -> bytes:
    """AES-256-GCM under a key that HKDF (RFC 5869) makes of the first token; ``about`` is bound to it."""
    return nonce + AESGCM(_key(first)).encrypt(nonce, text.encode(), about)


def opened(data: bytes, first: str, about: bytes) -> str:
    """The text; empty where it was sealed by another first token, for another feed, or was damaged."""
    try:
        return AESGCM(_key(first)).decrypt(data[:NONCE], data[NONCE:], about).decode()
    except (InvalidTag, ValueError):
        return ""


def _key(first: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(first.encode())
