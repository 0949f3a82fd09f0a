"""What a sender reads in the answer to a push: receipts, or a problem. The same by HTTP and by NATS request."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from dateline_schemas.story import Pubstatus


class Known(Struct, frozen=True, kw_only=True):
    """By what a story that was taken in is known from then on."""

    receipt: str
    """``GET /v1/receipts/<receipt>`` tells of it again."""
    story_id: str
    """The story, in all its versions."""
    version: str
    """The sender's; counted by Dateline where the message has none."""
    event_id: str
    """The event in the log."""
    standing: str
    """``current``, ``late`` or ``disputed``."""
    duplicate: bool
    """The log had it already, and nothing was added."""


class Taken(Known, frozen=True, kw_only=True):
    """A story's receipt: it is on disk."""

    flags: tuple[str, ...] = ()
    """What is odd about it."""
    headline: str = ""
    """As it was read, to compare."""
    pubstatus: Pubstatus = "usable"
    """As it was read: ``canceled`` is a kill."""
    embargo: datetime | None = None
    """Its end as it was read, UTC."""


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem document (RFC 9457), with the position of a fault and the place in quarantine as extensions."""

    type: str
    """``urn:dateline:problem:`` and the kind."""
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    """As HTTP has it (RFC 9110, 15)."""
    detail: str
    """What is wrong, and what to do."""
    format: str = ""
    """The format as which it was read."""
    line: int | None = None
    """From 1."""
    column: int | None = None
    """From 1."""
    offset: int | None = None
    """Byte of the body, from 0."""
    path: str = ""
    """In the document."""
    quarantine: int = 0
    """Number under which the body is kept: ``dateline quarantine show N``."""


class Accepted(Known, frozen=True, kw_only=True, omit_defaults=True):
    """Answer to a push: the first story's receipt at the top, since most pushes carry one, and all of them."""

    stories: list[Taken]
    """Each story of the message."""
    problems: list[Problem] = []
    """Why others of the message were not taken, each kept in quarantine under its number; at most 100."""
    left_out: int = 0
    """By NATS: how many more stories were taken, for whose receipts the server's messages have no room."""


ANSWERS: tuple[type[Struct], ...] = (Accepted, Problem)
