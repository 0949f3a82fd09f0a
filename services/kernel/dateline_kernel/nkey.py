"""NKEYs and credentials files: the Ed25519 keys by which NATS knows a user. Reading is pure.

A seed is Base32 without padding over two bytes that say "seed" and whose, 32 bytes of secret, and a CRC-16 (XMODEM,
little-endian) over these; a public key has one byte in front (nats-io/nkeys). A credentials file has the user's JWT and
seed between lines of dashes, as ``nsc`` writes it.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = 18 << 3
USER = 20 << 3
_JWT = re.compile(r"-{3,}BEGIN NATS USER JWT-{3,}\s+([\w.=-]+)\s")
_SEED = re.compile(r"-{3,}BEGIN USER NKEY SEED-{3,}\s+(\w+)\s")
_BARE = re.compile(r"^(SU[A-Z2-7]{56})\s*$", re.MULTILINE)


class Unreadable(ValueError):
    """What should open a server is none of the forms known here; the message never repeats it."""


class Credentials(Struct, frozen=True):
    """Who a user is and how that is proven. The seed stays out of its repr."""

    jwt: str
    """What the account says of the user; empty where the server knows the public key itself."""
    secret: bytes
    """32 bytes."""

    def __repr__(self) -> str:
        return f"Credentials({'JWT' if self.jwt else 'NKEY'})"

    @property
    def public(self) -> str:
        """The public key as NATS writes it, from U on."""
        raw = self._key().public_key().public_bytes_raw()
        return _written(bytes([USER]) + raw)

    def signature(self, nonce: str) -> bytes:
        """The answer to a server's nonce, in Base64."""
        return base64.b64encode(self._key().sign(nonce.encode()))

    def _key(self) -> Ed25519PrivateKey:
        # Here, since most servers are opened without: it takes a tenth of a second to load.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret)


def read_credentials(text: str) -> Credentials:
    """A credentials file, or one with a user's seed alone. Raises Unreadable."""
    jwt, seed = _JWT.search(text), _SEED.search(text)
    if jwt and seed:
        return Credentials(jwt[1], read_seed(seed[1]))
    if not jwt and (bare := _BARE.search(text)):
        return Credentials("", read_seed(bare[1]))
    raise Unreadable(
        "it has neither a user's JWT and seed, as `nsc generate creds` writes them, nor a user's seed alone"
    )


def read_seed(text: str) -> bytes:
    """The 32 secret bytes of a user's seed. Raises Unreadable."""
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise Unreadable("its seed is no Base32") from error
    body, check = raw[:-2], raw[-2:]
    if len(body) != 34 or _crc(body) != check:
        raise Unreadable("its seed is damaged")
    if body[0] & 0xF8 != SEED or (body[0] & 7) << 5 | body[1] >> 3 != USER:
        raise Unreadable("its seed is none of a user, whose seeds begin with SU")
    return body[2:]


def _written(body: bytes) -> str:
    return base64.b32encode(body + _crc(body)).decode().rstrip("=")


def _crc(body: bytes) -> bytes:
    return binascii.crc_hqx(body, 0).to_bytes(2, "little")
