"""Every fact that the log may hold. The past tense says what happened; nothing here is a command.

The kernel fills ``id``, ``cause``, ``correlation`` and ``rules`` when it appends (see ``identity.stamp``); a service's
own code leaves them alone. The time an event was recorded is not in it: the log says that (server time, in
the order of its sequence), so that the same cause and the same rules give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, ClassVar, Generic, Literal, TypeVar, get_args

from msgspec import Meta, Struct

from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story, Utc

EventId = Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?$(?!\n)")]
StoryId = Annotated[str, Meta(pattern=r"^[a-z0-9]{1,64}$(?!\n)")]
Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A count that every JSON reader can hold."""
Standing = Literal["current", "late", "disputed"]
"""How a version stands to those before it; ``Arrival.standing`` says what each means."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", gc=False):
    """What all events have."""

    fact: ClassVar[str] = ""
    """Token that names the kind in the subject the event is appended to."""
    current_schema: ClassVar[int] = 1

    id: EventId = ""
    """128 bits in hex, made from cause, kind and rules: the same work done again has the same id."""
    story_id: StoryId
    """Name of the story, the same in all its versions."""
    version: str
    """The provider's version of the story that this is about."""
    ordinal: Count
    """Which of the story's current versions, counted by ingest from 1; 0 for one that never was current."""
    schema: Annotated[int, Meta(ge=1, le=1000)] = 1
    """Version of this kind's shape; docs/events.md says how shapes change."""
    cause: EventId = ""
    """Id of the event that this follows from; empty for what comes from outside."""
    correlation: EventId = ""
    """Id of the event that began it all."""
    rules: str = ""
    """Name and version of the rules that made it, e.g. ``attribution/3.9f21``."""

    @property
    def place(self) -> str:
        """Last token of its subject: tells it from the other events of its kind in its story."""
        return str(self.ordinal)

    @property
    def takes_back(self) -> bool:
        """Whether outlets that have the story must take it back because of this event."""
        return False


class Arrival(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What there is to say of a story version that a feed handed in."""

    arrival: Count
    """Which of the story's arrivals, latecomers and disputed ones counted too, from 1; repeats are not counted."""
    feed: str
    """Name of the feed that handed it in."""
    door: str
    """``http``, ``folder``, ``sftp``, ``import``..."""
    format: str
    """Wire format it came in, e.g. ``newsml-g2``."""
    original: str
    """SHA-256 of the bytes as they came, in hex; they are kept under this name."""
    original_bytes: int
    """How many bytes these are."""
    entry: str = ""
    """SHA-256 in hex of the entry of a web feed as it came, with what its feed says of all entries; empty for other
    messages. The same entry, sent again, is a repeat."""
    content: str
    """SHA-256 in hex of what the story says, for telling a repeat from a change."""
    standing: Standing = "current"
    """``current`` replaces what was there. ``late`` is older than that, and ``disputed`` is the same version with other
    content: these two are recorded, and nothing follows from them."""
    flags: tuple[str, ...] = ()
    """What is odd about it, e.g. ``clock-ahead``."""
    contract: Contract | None = None
    """What was agreed with the feed when this came in, if anything is on record."""
    archive: bool = False
    """Old copy that was brought in from an archive: it is on record, and does not go out to outlets."""
    story: Story
    """The version as the feed's message states it."""

    @property
    def place(self) -> str:
        """The arrival's number: a late or disputed one has no ordinal."""
        return str(self.arrival)


class StoryReceived(Arrival, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A feed handed in a version of a story, and it is durable."""

    fact: ClassVar[str] = "received"


class StoryCanceled(Arrival, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The provider withdrew the story (pubstatus canceled): a kill. A kind of its own, so that it need not queue."""

    fact: ClassVar[str] = "canceled"

    @property
    def takes_back(self) -> bool:
        """A kill always."""
        return True


class StoryAttributed(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """It was decided whose copy the story is."""

    fact: ClassVar[str] = "attributed"

    feed: str
    """The feed that handed the version in."""
    archive: bool = False
    """As its version came in."""
    story: Story
    """The version as it came in."""
    credit: Credit
    """Whose copy it is, with the evidence."""


class CreditOverridden(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """An editor said whose copy a version is, or took that back. It wins over the rules.

    It counts for later versions too, for as long as the rules find in them what they found in this one.
    """

    fact: ClassVar[str] = "overridden"

    nth: Annotated[int, Meta(ge=1)]
    """Which of the story's overrides, from 1; the last one counts."""
    by: str
    """The editor."""
    reason: str
    """Why, in the editor's words."""
    at: Utc
    """When the editor said so, by the clock of the machine that it was said on."""
    cleared: bool = False
    """True takes earlier overrides back; the rules' credit counts again."""
    credit: Credit
    """What the editor says; for ``cleared`` the rules' credit."""
    found: Credit
    """What the rules found in this version."""
    feed: str
    """The feed that handed the version in."""
    story: Story
    """The version as it came in."""

    @property
    def place(self) -> str:
        """Overrides are counted: a version may have several."""
        return str(self.nth)

    def outdone(self, events: Iterable[Event]) -> bool:
        """Whether these events of the story have a newer override of the same version."""
        return any(
            isinstance(event, CreditOverridden) and event.ordinal == self.ordinal and event.nth > self.nth
            for event in events
        )


class StoryEnriched(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """It was found out what the story is about."""

    fact: ClassVar[str] = "enriched"

    feed: str
    """The feed that handed the version in."""
    archive: bool = False
    """As its version came in."""
    story: Story
    """The version as it came in."""
    credit: Credit
    """Whose copy it is, as attribution or an editor said."""
    facts: Facts
    """Its language, places, people, organisations and topics."""

    @property
    def takes_back(self) -> bool:
        """A version that its provider withholds."""
        return self.story.pubstatus == "withheld" and self.story.pulled


class StoryReleased(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A version of the story went out to its topics."""

    fact: ClassVar[str] = "released"

    number: Count
    """Counts what publish said of this story to outlets, releases and withdrawals alike, from 1."""
    subjects: tuple[str, ...]
    """Subjects of the TOPICS stream that it went out on."""
    story: Story
    """The version as it came in."""
    credit: Credit
    """Whose copy it is."""
    facts: Facts
    """What it is about."""


class StoryHeld(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A version is ready but must not go out yet."""

    fact: ClassVar[str] = "held"

    until: Utc | None = None
    """End of the embargo; None when the provider withholds it until it says otherwise, and for copy of an archive."""
    reason: Literal["embargo", "withheld", "archive"]
    """Why it waits."""


class StoryWithdrawn(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The story was taken back everywhere it ever went."""

    fact: ClassVar[str] = "withdrawn"

    number: Count
    """Counts on from the story's releases."""
    subjects: tuple[str, ...]
    """Every subject that the story was ever released on."""
    pubstatus: Literal["withheld", "canceled"] = "canceled"
    """Withheld may come back when its provider says so; a kill is meant for good."""
    reason: str
    """What the provider says about it."""
    headline: str = ""
    """The kill's, else the one outlets had; empty for a story that never went out while under embargo or withheld."""


class StoryRefused(Event, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A service could not deal with this version; the event it failed on stands in QUARANTINE."""

    fact: ClassVar[str] = "refused"

    service: str
    """The service that could not."""
    error: str
    """What went wrong, its type first; 500 characters at the most."""
    attempts: int
    """How often it was tried."""

    @property
    def place(self) -> str:
        """Several services may refuse the same version."""
        return f"{self.ordinal}-{self.service}"


AnyEvent = (
    StoryReceived
    | StoryCanceled
    | StoryAttributed
    | CreditOverridden
    | StoryEnriched
    | StoryReleased
    | StoryHeld
    | StoryWithdrawn
    | StoryRefused
)
EVENTS: tuple[type[Event], ...] = get_args(AnyEvent)


E_co = TypeVar("E_co", bound=Event, covariant=True)


class Recorded(Struct, Generic[E_co], frozen=True, gc=False):
    """An event with what the log knows of it."""

    event: E_co
    seq: int
    """Position in the STORIES stream, from 1."""
    time: datetime
    """When the log took it, server time, UTC."""
