"""When a feed is silent: a story is overdue. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from dateline_ingest.heard import EVERY as NOTED_EVERY
from dateline_schemas.feeds import Feed, FeedHeard, FeedSilent

SLACK = timedelta(seconds=NOTED_EVERY)
"""A busy feed's last story is known so much later."""


class Watched(Struct, frozen=True, kw_only=True):
    """What is known of a feed. Times are UTC."""

    feed: Feed
    changed: datetime
    """When its entry was written last."""
    heard: datetime | None = None
    """When its last story came in."""
    silent: FeedSilent | None = None
    """Said last."""
    back: FeedHeard | None = None
    """Said last."""


class Finding(Struct, frozen=True):
    """What to make of it."""

    silent: bool
    say: FeedSilent | FeedHeard | None = None


def silence_of(watched: Watched, watching: datetime, now: datetime) -> Finding:
    """Whether the feed is silent, and what is to be said about it that was not said.

    ``watching`` is since when somebody watches: while all of ingest was away nothing could come in, and a feed that was
    changed or resumed gets its time anew. A paused feed is never silent.
    """
    feed, last = watched.feed, watched.heard
    said = watched.silent
    # Of a feed that nobody ever heard, what was said before its entry was written is about another one of its name.
    stale = said is not None and last is None and said.since < watched.changed
    if said is not None and not stale and (watched.back is None or watched.back.since < said.since):
        if last is not None and last > said.since:
            return Finding(False, FeedHeard(feed=feed.name, since=said.since))
        return Finding(_overdue(watched, watching, now))
    if not _overdue(watched, watching, now):
        return Finding(False)
    since = last or watched.changed
    return Finding(True, FeedSilent(feed=feed.name, since=since, silent_after=feed.silent_after))


def _overdue(watched: Watched, watching: datetime, now: datetime) -> bool:
    feed = watched.feed
    if feed.paused or not feed.silent_after:
        return False
    since = max(watched.changed, watching, watched.heard or watching)
    return now - since > timedelta(seconds=feed.silent_after) + SLACK
