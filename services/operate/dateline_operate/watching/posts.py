"""What stands on a topic, read from the message an outlet gets: its headers and its ninjs body. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from dateline_schemas.headers import number_in


class Party(Struct, frozen=True):
    """ninjs ``infoSources``."""

    role: str = ""
    name: str = ""


class Text(Struct, frozen=True):
    """ninjs ``headlines`` and ``bodies``."""

    value: str = ""
    role: str = ""
    contentType: str = ""  # noqa: N815  the standard's name


class Rendition(Struct, frozen=True):
    """As much of a ninjs 3.1 object as is shown in a line or a page."""

    language: str = ""
    headlines: tuple[Text, ...] = ()
    bodies: tuple[Text, ...] = ()
    infoSources: tuple[Party, ...] = ()  # noqa: N815  the standard's name
    edNote: str = ""  # noqa: N815  the standard's name
    pubStatus: str = ""  # noqa: N815  the standard's name


class Post(Struct, frozen=True, kw_only=True):
    """One message of the TOPICS stream."""

    seq: int
    time: datetime
    subject: str
    kind: str
    """``released`` or ``withdrawn``."""
    story_id: str
    version: str
    release: str
    """Id of the release, the same on every subject it went out on."""
    number: int
    agencies: tuple[str, ...] = ()
    body: bytes = b""

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes the story back."""
        return self.kind == "withdrawn"

    def rendition(self) -> Rendition:
        """Its body. Raises msgspec.DecodeError."""
        return msgspec.json.decode(self.body, type=Rendition)


def post_of(seq: int, time: datetime, subject: str, headers: Mapping[str, str], body: bytes) -> Post:
    """A message of TOPICS; headers that are missing are empty."""
    agencies = headers.get("Dateline-Agencies", "")
    return Post(
        seq=seq,
        time=time,
        subject=subject,
        kind=headers.get("Dateline-Kind", ""),
        story_id=headers.get("Dateline-Story", "") or subject.rpartition(".")[2],
        version=headers.get("Dateline-Version", ""),
        release=headers.get("Dateline-Release", ""),
        number=number_in(headers),
        agencies=tuple(filter(None, agencies.split(","))),
        body=body,
    )


def headline(rendition: Rendition) -> str:
    """The main headline."""
    return next((text.value for text in rendition.headlines if text.role in ("main", "")), "")


def credit_line(rendition: Rendition) -> str:
    """The credit line to print."""
    return next((party.name for party in rendition.infoSources if party.role == "creditline"), "")


def plain_body(rendition: Rendition) -> str:
    """The body as plain text."""
    return next((text.value for text in rendition.bodies if text.contentType == "text/plain"), "")


def as_object(post: Post) -> dict[str, Any]:
    """A post as JSON for programs, its ninjs document inside."""
    return {
        "seq": post.seq,
        "time": post.time,
        "subject": post.subject,
        "kind": post.kind,
        "story_id": post.story_id,
        "version": post.version,
        "release": post.release,
        "number": post.number,
        "agencies": post.agencies,
        "ninjs": msgspec.Raw(post.body or b"null"),
    }
