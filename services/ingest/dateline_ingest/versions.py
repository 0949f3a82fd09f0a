"""Which version of a story this is: an update, a repeat, a latecomer or a dispute. Pure.

Versions compare as numbers or as instants, never as strings: 10 comes after 9.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from dateline_ingest.takes import continues
from dateline_schemas.events import Event, Intake, Standing
from dateline_schemas.story import Story

AHEAD = timedelta(hours=1)
"""A story dated further in the future than this is flagged."""
ABSURD = timedelta(days=366)
"""Further than this the sender's clock is wrong: as a version it would make every later story a latecomer."""

OTHER_FEED = "other-feed"
"""Flag of a version that came by a feed which has no say in the story."""

_NUMBER = re.compile(r"\d{1,40}")
_encoder = msgspec.json.Encoder()


class ClockAhead(ValueError):
    """The story claims to be from a time that is too far ahead to be believed."""


class Seen(Struct, frozen=True):
    """A version that was taken in before."""

    version: str
    created: datetime | None
    content: str
    canceled: bool
    event_id: str
    standing: Standing
    arrival: int
    feed: str
    agency: str
    """Of the feed's contract; empty if it has none or is an outlet."""
    provider: str


@dataclass
class Versions:
    """What ingest knows of a story."""

    seen: list[Seen] = field(default_factory=list)
    ordinal: int = 0
    """How many versions were current, one after another."""
    current: Seen | None = None
    story: Story | None = None
    """The current version itself."""


class Verdict(Struct, frozen=True):
    """What to make of a story version that came in."""

    version: str
    ordinal: int
    standing: Standing
    repeats: Seen | None = None
    """What says the same already; nothing is to be appended then."""


def fold(events: Iterable[Event]) -> Versions:
    """State from the story's events."""
    versions = Versions()
    for event in events:
        if isinstance(event, Intake):
            evolve(versions, event)
    return versions


def evolve(versions: Versions, event: Intake) -> None:
    """Take one version into account."""
    canceled = event.story.pubstatus == "canceled"
    seen = Seen(
        version=event.version,
        created=event.story.version_created,
        content=event.content,
        canceled=canceled,
        event_id=event.id,
        standing=event.standing,
        arrival=event.arrival,
        feed=event.feed,
        agency=agency_of(event),
        provider=event.story.provider,
    )
    versions.seen.append(seen)
    if event.standing == "current":
        versions.ordinal, versions.current, versions.story = event.ordinal, seen, event.story


def agency_of(event: Intake) -> str:
    """The agency that a feed speaks for; empty if nothing was agreed, or it only runs the agency's copy."""
    contract = event.contract
    return contract.agency if contract and contract.trust != "outlet" else ""


def is_stranger(versions: Versions, event: Intake) -> bool:
    """Whether a version comes from somebody who has no say in the story: another feed, agency and provider."""
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    if (agency := agency_of(event)) and agency == current.agency:
        return False
    return not event.story.provider or event.story.provider != current.provider


def judge(versions: Versions, story: Story, content: str, *, stranger: bool = False) -> Verdict:
    """Decide what a version is, given what came before it.

    Newer: current. Equal with equal content: a repeat. Equal with other content: disputed, unless it cancels the
    story - a kill need not be numbered to count. Older: late. What a ``stranger`` says, unless it repeats, is disputed.
    """
    current = versions.current
    if current is None:
        return Verdict(story.version or "1", 1, "current")
    following = versions.ordinal + 1
    if not story.version:
        same = next((seen for seen in versions.seen if seen.content == content), None)
        if same is not None:
            return Verdict(same.version, 0, same.standing, repeats=same)
        if stranger:
            return Verdict(current.version, 0, "disputed")
        return Verdict(_unstated(story, current, following), following, "current")
    canceled = story.pubstatus == "canceled"
    for seen in versions.seen:
        if compare(story.version, seen.version) == 0:
            if seen.content == content:
                return Verdict(seen.version, 0, seen.standing, repeats=seen)
            if seen is current and canceled and not seen.canceled and not stranger:
                return Verdict(story.version, following, "current")
    if stranger:
        return Verdict(story.version, 0, "disputed")
    order = _order(story, current)
    if order == 0 and goes_on(versions, story):
        return Verdict(story.version, following, "current")
    if order > 0:
        return Verdict(story.version, following, "current")
    return Verdict(story.version, 0, "disputed" if order == 0 else "late")


def goes_on(versions: Versions, story: Story) -> bool:
    """Whether a story is a further take of the very version that is current."""
    if versions.current is None or versions.story is None or not continues(versions.story, story):
        return False
    return not story.version or compare(story.version, versions.current.version) == 0


def _unstated(story: Story, current: Seen, following: int) -> str:
    """A label for a version whose message states none: its time where it has one, else its place in the row."""
    if story.version_created is not None and current.created is not None and story.version_created > current.created:
        return story.version_created.isoformat().replace("+00:00", "Z")
    return str(max(following, int(current.version) + 1 if _NUMBER.fullmatch(current.version) else 0))


def _order(story: Story, current: Seen) -> int:
    """1 when the story is newer than the current version, 0 when it claims to be the same, -1 when older."""
    order = compare(story.version, current.version)
    if order is not None:
        return order
    # A number against an instant: the two have only their creation times in common, and else their arrival.
    if story.version_created is not None and current.created is not None:
        return _sign(story.version_created, current.created)
    return 1


def compare(one: str, other: str) -> int | None:
    """1, 0 or -1 as ``one`` is newer than, the same as or older than ``other``; None if they cannot be compared."""
    first, second = _value(one), _value(other)
    if isinstance(first, int) and isinstance(second, int):
        return _sign(first, second)
    if isinstance(first, datetime) and isinstance(second, datetime):
        return _sign(first, second)
    return 0 if one == other else None


def _value(version: str) -> int | datetime | None:
    if _NUMBER.fullmatch(version):
        return int(version)
    if not version:
        return None
    try:
        instant = datetime.fromisoformat(version)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _sign(first: int | datetime, second: int | datetime) -> int:
    return (first > second) - (first < second)  # type: ignore[operator]


def content_hash(story: Story) -> str:
    """SHA-256 in hex of all that a story says, its version label and creation times left out.

    Two sendings of the same text are the same content even if the sender stamps each with a new time.
    """
    said = msgspec.structs.replace(story, version="", version_created=None, first_created=None)
    return hashlib.sha256(_encoder.encode(said)).hexdigest()


def clock_flags(story: Story, now: datetime) -> tuple[str, ...]:
    """``clock-ahead`` for a story from the future. Raises ClockAhead where it is beyond belief."""
    claims = {
        "version_created": story.version_created,
        "first_created": story.first_created,
        "version": _value(story.version),
    }
    flagged = False
    for name, claim in claims.items():
        if not isinstance(claim, datetime) or claim <= now + AHEAD:
            continue
        if claim > now + ABSURD:
            raise ClockAhead(
                f"{name} is {claim.isoformat()}, {(claim - now).days} days ahead of now: "
                "the sender's clock is wrong. Correct the time and push again."
            )
        flagged = True
    return ("clock-ahead",) if flagged else ()
