"""Events on their way into the log: each a message, with what its writer expects to stand there, all in one write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from dateline_kernel.commit import EXPECTED, Committing, Message
from dateline_kernel.direct import EXPECTED_OF_DAMAGED, DirectReader
from dateline_kernel.errors import Conflict, NotAllowed
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.codec import cloudevent_headers, encode
from dateline_schemas.events import Event
from dateline_schemas.flow import step
from dateline_schemas.subjects import STORIES, story_filter, story_subject


class Appending(Committing):
    """What one service appends. It refuses what the service's row of the flow does not allow."""

    def __init__(self, client: QuickClient, direct: DirectReader, service: str) -> None:
        super().__init__(client)
        self._direct = direct
        self._service = service
        self._allowed = step(service).says

    async def append(
        self, events: Sequence[Event], expected: Mapping[str, int], among: type[Event] | None, over: Sequence[int]
    ) -> int:
        """``Journal.append``, which says what all of it means."""
        now = datetime.now(UTC)
        messages: list[Message] = []
        stories: set[str] = set()
        for event in events:
            story, message = event.story_id, self._message(event, now)
            # Only a story's first event here can say so: the ones after it follow on it in the same batch.
            if story in expected and story not in stories:
                message.headers[EXPECTED] = str(expected[story])
                message.headers[f"{EXPECTED}-Subject"] = story_filter(story, among)
            messages.append(message)
            stories.add(story)
        if over:
            for message, seq in zip(messages, over, strict=True):
                message.headers[EXPECTED] = str(seq)
        return await self._commit_past_damage(messages, stories)

    async def _commit_past_damage(self, messages: list[Message], stories: set[str]) -> int:
        """Write them; where nothing but what the server cannot read is in the way, expecting that."""
        try:
            return await self._commit.commit(messages, stories)
        except Conflict:
            damaged = [one for one in messages if EXPECTED in one.headers and await self._is_damaged_behind(one)]
            if not damaged:
                raise
        try:
            return await self._commit.commit(messages, stories)
        except Conflict:
            # Also on a pattern it may have to read the last message.
            for message in damaged:
                message.headers[EXPECTED] = str(EXPECTED_OF_DAMAGED)
        return await self._commit.commit(messages, stories)

    async def _is_damaged_behind(self, message: Message) -> bool:
        """Whether what the server has and cannot read is alone in the way; then that is what is expected."""
        subject = message.headers.get(f"{EXPECTED}-Subject", message.subject)
        damaged = await self._direct.damaged_behind(STORIES.name, subject, int(message.headers[EXPECTED]))
        if damaged:
            is_pattern = subject != message.subject
            message.headers[EXPECTED] = str(damaged if is_pattern else EXPECTED_OF_DAMAGED)
        return bool(damaged)

    def _message(self, event: Event, now: datetime) -> Message:
        if not isinstance(event, self._allowed):
            raise NotAllowed(f"{self._service} may not say {type(event).__name__}: the flow has no such row")
        return Message(story_subject(event), encode(event), cloudevent_headers(event, self._service, now))
