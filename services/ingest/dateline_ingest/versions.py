"""Which version of a story this is: an update, a repeat, a latecomer or a dispute. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dateline_ingest.formats.linkedtext import text_link
from dateline_ingest.ordering import compare as compare
from dateline_ingest.ordering import is_number, sign, value
from dateline_ingest.takes import Part, fits, of_one_lead, parts_of
from dateline_schemas.events import Event, Intake, Standing
from dateline_schemas.story import Story

AHEAD = timedelta(hours=1)
"""A story dated further in the future than this is flagged."""
ABSURD = timedelta(days=366)
"""Further than this the sender's clock is wrong: as a version it would make every later story a latecomer."""

OTHER_FEED = "other-feed"
"""Flag of a version that came by a feed which has no say in the story."""
WITHHELD = "withheld"
"""Flag of a version that goes out to nobody."""

AGREED, UNKNOWN, OUTLET = 2, 1, 0
"""How much weight a feed has: it was agreed for which agency it speaks; nothing was agreed; it runs copy of others."""

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
    weight: int
    """Of the feed: AGREED, UNKNOWN or OUTLET."""
    stranger: bool
    """Whether it came by a feed that had no say in the story."""


@dataclass
class Versions:
    """What ingest knows of a story."""

    seen: list[Seen] = field(default_factory=list)
    ordinal: int = 0
    """How many versions were current, one after another."""
    current: Seen | None = None
    story: Story | None = None
    """The current version itself."""
    parts: dict[int, Part] = field(default_factory=dict)
    """The takes that the current version has, by number."""


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
        weight=weight_of(event),
        stranger=OTHER_FEED in event.flags,
    )
    versions.seen.append(seen)
    if event.standing == "current":
        label = versions.current.version if versions.current else ""
        versions.parts = parts_of(event.version, event.story, event.flags, versions.parts, label)
        versions.ordinal, versions.current, versions.story = event.ordinal, seen, event.story


def agency_of(event: Intake) -> str:
    """The agency that a feed speaks for; empty if nothing was agreed, or it only runs the agency's copy."""
    contract = event.contract
    return contract.agency if contract and contract.trust != "outlet" else ""


def weight_of(event: Intake) -> int:
    """How much weight the feed has that an event came by."""
    if event.contract and event.contract.trust == "outlet":
        return OUTLET
    return AGREED if agency_of(event) else UNKNOWN


def is_stranger(versions: Versions, event: Intake) -> bool:
    """Whether a version comes from somebody who has no say in the story that is current.

    Its own feed has one, and so have other feeds of the same agency. A feed for which an agency was agreed has one in
    what came by feeds that speak for none. Where nothing was agreed with either, the name of the provider counts, which
    anybody can write into a message: never against a feed of more weight.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    weight = weight_of(event)
    if weight == AGREED:
        return current.weight == AGREED and agency_of(event) != current.agency
    if weight < current.weight:
        return True
    return not event.story.provider or event.story.provider != current.provider


def takes_over(versions: Versions, event: Intake) -> bool:
    """Whether an agency speaks for the first time in a story that feeds have brought with which no agency was agreed.

    Then nothing that these said makes its version a late or disputed one.
    """
    current = versions.current
    if current is None or event.feed == current.feed:
        return False
    return weight_of(event) == AGREED and current.weight != AGREED


def judge(
    versions: Versions, story: Story, content: str, *, stranger: bool = False, takes_over: bool = False
) -> Verdict:
    """Decide what a version is, given what came before it.

    Newer: current. Equal with equal content: a repeat. Equal with other content: disputed, unless it cancels the
    story - a kill need not be numbered to count - or brings the text that the version had only a link to. Older: late.
    What a ``stranger`` says, unless it repeats, is disputed; what only a stranger said before is no repeat for who has
    a say. Who ``takes_over`` is current, unless it repeats.
    """
    current = versions.current
    if current is None:
        return Verdict(story.version or "1", 1, "current")
    following = versions.ordinal + 1
    same = _repeated(versions, story, content, stranger)
    if same is not None:
        return Verdict(same.version, 0, same.standing, repeats=same)
    if stranger:
        return Verdict(story.version or current.version, 0, "disputed")
    if not story.version:
        return Verdict(_unstated(story, current, following), following, "current")
    if takes_over or _kills(current, story) or _completes(versions.story, story):
        return Verdict(story.version, following, "current")
    order = _order(story, current)
    if goes_on(versions, story):
        return Verdict(current.version if order < 0 else story.version, following, "current")
    if order > 0:
        return Verdict(story.version, following, "current")
    return Verdict(story.version, 0, "disputed" if order == 0 else "late")


def _repeated(versions: Versions, story: Story, content: str, stranger: bool) -> Seen | None:
    """What says the same already: of the same version, or, for a take, of the same lead."""
    in_takes = bool(story.take) or len(versions.parts) > 1
    for seen in versions.seen:
        if seen.content != content or (seen.stranger and not stranger):
            continue
        if not story.version or compare(story.version, seen.version) == 0:
            return seen
        if in_takes and seen.standing == "current" and of_one_lead(story.version, seen.version):
            return seen
    return None


def _kills(current: Seen, story: Story) -> bool:
    """Whether a story takes back the very version that is current."""
    return story.pubstatus == "canceled" and not current.canceled and compare(story.version, current.version) == 0


def _completes(current: Story | None, story: Story) -> bool:
    """Whether a story brings the text of the very version that is current, which had a link in its place."""
    if current is None or text_link(current) is None or not story.paragraphs:
        return False
    return compare(story.version, current.version) == 0


def goes_on(versions: Versions, story: Story) -> bool:
    """Whether a story is a take that has its place in the version that is current."""
    current, whole = versions.current, versions.story
    if current is None or whole is None or "canceled" in (whole.pubstatus, story.pubstatus):
        return False
    return fits(versions.parts, current.version, story)


def _unstated(story: Story, current: Seen, following: int) -> str:
    """A label for a version whose message states none: its time where it has one, else its place in the row."""
    if story.version_created is not None and current.created is not None and story.version_created > current.created:
        return story.version_created.isoformat().replace("+00:00", "Z")
    return str(max(following, int(current.version) + 1 if is_number(current.version) else 0))


def _order(story: Story, current: Seen) -> int:
    """1 when the story is newer than the current version, 0 when it claims to be the same, -1 when older."""
    order = compare(story.version, current.version)
    if order is not None:
        return order
    # A number against an instant: the two have only their creation times in common, and else their arrival.
    if story.version_created is not None and current.created is not None:
        return sign(story.version_created, current.created)
    return 1


def content_hash(story: Story) -> str:
    """SHA-256 in hex of all that a story says, its version label and creation times left out.

    Two sendings of the same text are the same content even if the sender stamps each with a new time.
    """
    said = msgspec.structs.replace(story, version="", version_created=None, first_created=None)
    return hashlib.sha256(_encoder.encode(said)).hexdigest()


def status_flags(story: Story) -> tuple[str, ...]:
    """``withheld`` for a story that nobody gets, so that its sender hears of it.

    It is so because it says so, or because its status or its embargo cannot be read.
    """
    return (WITHHELD,) if story.pubstatus == "withheld" else ()


def clock_flags(story: Story, now: datetime) -> tuple[str, ...]:
    """``clock-ahead`` for a story from the future. Raises ClockAhead where it is beyond belief."""
    claims = {
        "version_created": story.version_created,
        "first_created": story.first_created,
        "version": value(story.version),
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
