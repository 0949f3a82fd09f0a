"""Every stream, subject and bucket, once. The kernel declares them from here; NATS permissions follow from here."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_schemas.events import Event


class StreamSpec(Struct, frozen=True, kw_only=True):
    """A JetStream stream as Dateline wants it."""

    name: str
    subjects: tuple[str, ...]
    description: str
    allow_rollup: bool = False
    deny_delete: bool = True


class BucketSpec(Struct, frozen=True, kw_only=True):
    """A key-value bucket as Dateline wants it."""

    name: str
    description: str
    history: int = 10
    ttl: int = 0
    """Seconds that an entry is kept; 0 is for ever."""
    max_bytes: int = 0
    """What all entries may take on disk; beyond that the oldest go before their time. 0 is any number."""


DUPLICATE_WINDOW = 120
"""Seconds in which the server drops a repeated Nats-Msg-Id, on every stream."""

STORIES = StreamSpec(
    name="STORIES",
    subjects=("story.>",),
    description="The log: every event of every story, the only source of truth",
)
TOPICS = StreamSpec(
    name="TOPICS",
    subjects=("topic.>",),
    description="What outlets read: a message a media topic, release and kill alike",
)
QUARANTINE = StreamSpec(
    name="QUARANTINE",
    subjects=("quarantine.>",),
    description="Input and events that could not be dealt with, with the reason",
    deny_delete=False,
)
ORIGINALS = StreamSpec(
    name="OBJ_ORIGINALS",
    subjects=("$O.ORIGINALS.C.>", "$O.ORIGINALS.M.>"),
    description="Original bytes by SHA-256, in the layout of a NATS object store",
    allow_rollup=True,
    deny_delete=False,
)
FEED_EVENTS = StreamSpec(
    name="FEED_EVENTS",
    subjects=("feed.>",),
    description="What happened to feeds: silent, heard again, failing, working again, moved",
)
STREAMS: tuple[StreamSpec, ...] = (STORIES, TOPICS, QUARANTINE, ORIGINALS, FEED_EVENTS)

FEEDS = BucketSpec(name="FEEDS", description="Feeds by name: key digest, defaults, limits")
DOORS = BucketSpec(
    name="DOORS",
    description="Doors that fetch: how far each feed was read, who reads it, and its renewed token, sealed",
    history=1,
)
RECEIPTS = BucketSpec(
    name="RECEIPTS",
    description="Answers by idempotency key",
    history=1,
    ttl=7 * 24 * 3600,
    max_bytes=1 << 30,
)
UPKEEP = BucketSpec(name="UPKEEP", description="How the log is looked after: its last backup, and accepted damage")
BUCKETS: tuple[BucketSpec, ...] = (FEEDS, DOORS, RECEIPTS, UPKEEP)

PUSH = "dateline.push"
"""``dateline.push.<feed>``: a NATS request to it is a push. No stream takes it: the reply says that the log did."""
PUSH_QUEUE = "ingest"
"""Queue group of those who answer it: of all processes of ingest one does."""

TOKEN_LENGTH = 64
"""Characters of a token at the most: the server ends the connection of whoever names a subject of some thousands."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@lru_cache(maxsize=4096)
def token(text: str) -> str:
    """Text as one subject token: all but letters, digits, ``-``, ``_`` becomes ``-``; ``none`` if nothing is left.

    What is longer than TOKEN_LENGTH is cut.
    """
    return _UNSAFE.sub("-", text).strip("-")[:TOKEN_LENGTH] or "none"


def story_subject(event: Event) -> str:
    """``story.<story id>.<fact>.<place>``, where the event is appended; each subject holds one event.

    That makes "the last message of each subject of this story" the story's whole history, which the server finds
    in the time it takes to find one message, however long the log is (docs/adr/0003).
    """
    return f"story.{event.story_id}.{event.fact}.{event.place}"


def fact_filter(kind: type[Event]) -> str:
    """``story.*.<fact>.*``: all events of a kind."""
    return f"story.*.{kind.fact}.*"


def story_filter(story_id: str, kind: type[Event] | None = None) -> str:
    """``story.<story id>.>``: all events of a story; ``story.<story id>.<fact>.*`` those of a kind."""
    return f"story.{story_id}.{kind.fact}.*" if kind else f"story.{story_id}.>"


_TOPIC_WORDS = 6
"""Words of every subject of TOPICS."""


def topic_subject(topic: str, sub: str, language: str, agency: str, story_id: str) -> str:
    """``topic.<media topic>.<sub topic>.<language>.<agency>.<story id>``, each ``none`` where it is not known.

    ``language`` is cut to its primary subtag, lower case; topics are IPTC media topic codes.
    """
    primary = language.split("-")[0].lower()
    return ".".join(("topic", token(topic), token(sub), token(primary), token(agency), story_id))


def topic_filter(topic: str = "", sub: str = "", language: str = "", agency: str = "", story_id: str = "") -> str:
    """The subject that an outlet subscribes to: that of a topic message, with ``*`` for whatever is not given."""
    parts = (topic, sub, language.split("-")[0].lower(), agency, story_id)
    return ".".join(("topic", *(token(part) if part else "*" for part in parts)))


def same_topics(one: str, other: str) -> bool:
    """Whether two filters of TOPICS stand for the same subjects: as these have six words, ``topic.>`` is five stars."""
    return _spelled_out(one) == _spelled_out(other)


def _spelled_out(pattern: str) -> list[str]:
    *words, last = pattern.split(".")
    return [*words, *(["*"] * (_TOPIC_WORDS - len(words)) if last == ">" else [last])]


def covers(pattern: str, subject: str) -> bool:
    """Whether a subject is one of those that a pattern with the wildcards of NATS (``*``, ``>``) stands for."""
    wanted, there = pattern.split("."), subject.split(".")
    if wanted[-1] == ">":
        wanted.pop()
        if len(there) <= len(wanted):
            return False
        there = there[: len(wanted)]
    return len(wanted) == len(there) and all(one in ("*", other) for one, other in zip(wanted, there, strict=True))


def is_inbox(subject: str) -> bool:
    """Whether an answer may go there. The server lets who asks name any subject for it: also what a stream keeps, and
    what it hears itself (``$``), which the one who asks may not write to, and the one who answers may.
    """
    return not subject.startswith("$") and not any(covers(kept, subject) for one in STREAMS for kept in one.subjects)


def feed_subject(feed: str, what: str) -> str:
    """``feed.<feed>.<what>``: what happened to a feed, e.g. ``feed.afp-fr.silent``.

    The name of a feed (``feeds.FeedName``) is a token as it is, so no two feeds share a subject.
    """
    return f"feed.{feed}.{token(what)}"


def quarantine_subject(service: str, story_id: str = "") -> str:
    """``quarantine.<service>.<story id>``, the id ``none`` for input that never became a story."""
    return f"quarantine.{token(service)}.{story_id or 'none'}"
