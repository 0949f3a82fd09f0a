"""Original bytes by their SHA-256, in the layout of a NATS object store (ADR-20), written by group commit.

Any NATS client reads them: ``nats object get ORIGINALS <sha256>``.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import msgspec

from dateline_kernel.commit import EXPECTED, Committing, Message
from dateline_kernel.direct import DirectReader
from dateline_kernel.errors import Conflict, KernelError, Unavailable, Undecided
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import ORIGINALS

CHUNK = 128 * 1024
_BUCKET = ORIGINALS.name.removeprefix("OBJ_")
_FIRST = {EXPECTED: "0"}


class OriginalMissing(KernelError):
    """No original of that name is kept, or what is kept is not whole. The message says which."""


class _Info(msgspec.Struct, omit_defaults=True):
    """ObjectInfo of ADR-20; member names are the standard's."""

    name: str
    bucket: str
    nuid: str
    size: int
    mtime: datetime
    chunks: int
    digest: str


class Originals(Committing):
    """Keeps bytes under their hash; keeping the same bytes twice keeps them once."""

    def __init__(self, client: QuickClient) -> None:
        super().__init__(client)
        self._direct = DirectReader(client)

    async def keep(self, data: bytes, *, repeat: bool = False) -> str:
        """Store bytes, fsynced; their SHA-256 in hex. Raises Unavailable, TooLarge.

        ``repeat``: they are probably kept already, so they are looked for first. Of bytes in several chunks all stand
        there or none, so that one of them is proof; their entry is for who reads the bucket with tools of NATS.
        """
        digest = hashlib.sha256(data).digest()
        name = digest.hex()
        subject = f"$O.{_BUCKET}.C.{name}"
        if repeat and await self._direct.get(ORIGINALS.name, multi_last=[subject], batch=1):
            return name
        chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
        info = _Info(
            name=name,
            bucket=_BUCKET,
            nuid=name,
            size=len(data),
            mtime=datetime.now(UTC),
            chunks=len(chunks),
            digest="SHA-256=" + base64.urlsafe_b64encode(digest).decode(),
        )
        # The first chunk must be the first of its name, and so must the entry: what is kept is not kept again.
        messages = [Message(subject, chunk, {} if at else dict(_FIRST)) for at, chunk in enumerate(chunks)]
        messages.append(Message(_meta_subject(name), msgspec.json.encode(info), dict(_FIRST)))
        try:
            await self._commit.commit(messages, [name], together=len(chunks) > 1)
        except Undecided as error:
            raise Unavailable(f"original {name} is being kept, and may not be: {error}") from error
        except Conflict:
            pass  # it is kept
        return name

    async def get(self, name: str) -> bytes:
        """The bytes of a hash. Raises OriginalMissing, Unavailable.

        What one server lacks, as it lags, or has damaged, is asked of the one that leads.
        """
        place = ORIGINALS.name, f"$O.{_BUCKET}.C.{name}"
        for read in (self._direct.every, self._direct.every_led):
            chunks = [chunk async for chunk in read(*place)]
            data = b"".join(chunk.data for chunk in chunks)
            if hashlib.sha256(data).hexdigest() == name:
                return data
        raise OriginalMissing(f"original {name}: " + ("what is kept is damaged" if chunks else "not kept here"))


def _meta_subject(name: str) -> str:
    return f"$O.{_BUCKET}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"
