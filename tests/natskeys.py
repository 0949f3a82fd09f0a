"""An operator, an account and users of NATS, made by hand: their keys, and what each says of the next (JWT)."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = 18 << 3
LETTERS = {"O": 14 << 3, "A": 0, "U": 20 << 3}
"""First byte of a public key by its first letter (nats-io/nkeys)."""
LIMITS = "subs data payload imports exports conn leaf mem_storage disk_storage streams consumer"
UNLIMITED = dict.fromkeys(LIMITS.split(), -1)


def written(body: bytes) -> str:
    """Base32 with its CRC, without padding."""
    check = binascii.crc_hqx(body, 0).to_bytes(2, "little")
    return base64.b32encode(body + check).decode().rstrip("=")


@dataclass(frozen=True)
class Identity:
    """Somebody with a key pair."""

    letter: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> str:
        """The public key, as JWTs and configurations have it."""
        return written(bytes([LETTERS[self.letter]]) + self.key.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        """The secret key."""
        prefix = LETTERS[self.letter]
        return written(bytes([SEED | prefix >> 5, (prefix & 31) << 3]) + self.key.private_bytes_raw())

    def says_of(self, other: Identity, kind: str, **claims: Any) -> str:
        """A JWT about somebody else (nats-io/jwt, version 2)."""
        body = {
            "jti": "TEST",
            "iat": 1_700_000_000,
            "iss": self.public,
            "name": kind,
            "sub": other.public,
            "nats": {"type": kind, "version": 2, **claims},
        }
        parts = [_encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ed25519-nkey"}, body)]
        signature = _encoded(self.key.sign(".".join(parts).encode()))
        return ".".join((*parts, signature))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Realm:
    """An operator with a system account and one account, for a server in operator mode."""

    def __init__(self) -> None:
        self.operator, self.system, self.account = Identity("O"), Identity("A"), Identity("A")

    @property
    def configuration(self) -> str:
        """Configuration of nats-server."""
        operator = self.operator.says_of(self.operator, "operator", system_account=self.system.public)
        limits = {"limits": {**UNLIMITED, "wildcards": True}}
        accounts = {
            self.system.public: self.operator.says_of(self.system, "account"),
            self.account.public: self.operator.says_of(self.account, "account", **limits),
        }
        preload = "\n".join(f"  {public}: {jwt}" for public, jwt in accounts.items())
        return (
            f"operator: {operator}\nsystem_account: {self.system.public}\n"
            f"resolver: MEMORY\nresolver_preload: {{\n{preload}\n}}\n"
        )

    def credentials(self, user: Identity) -> str:
        """A user's credentials file, in the form of ``nsc generate creds``."""
        unlimited = {"subs": -1, "data": -1, "payload": -1}
        return (
            "-----BEGIN NATS USER JWT-----\n"
            f"{self.account.says_of(user, 'user', pub={}, sub={}, **unlimited)}\n"
            "------END NATS USER JWT------\n\n"
            "************************* IMPORTANT *************************\n"
            "NKEY Seed printed below can be used to sign and prove identity.\n\n"
            "-----BEGIN USER NKEY SEED-----\n"
            f"{user.seed}\n"
            "------END USER NKEY SEED------\n\n"
            "*************************************************************\n"
        )
