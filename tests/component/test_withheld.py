"""A story that outlets have and its provider withholds, from the door to the topics."""

from __future__ import annotations

import msgspec
from desk import Desk, publishing

from dateline_kernel.direct import DirectReader
from dateline_kernel.kills import kills_of
from dateline_operate.watching.timeline import gist
from dateline_schemas.events import Recorded, StoryHeld, StoryWithdrawn
from dateline_schemas.identity import story_id
from dateline_schemas.subjects import TOPICS, topic_filter


async def told(desk: Desk, name: str) -> list[dict[str, object]]:
    """The messages that stand on the story's subjects."""
    pattern = topic_filter(story_id=story_id("test", name))
    return [msgspec.json.decode(one.data) for one in await DirectReader(desk.client).latest(TOPICS.name, pattern)]


async def test_outlets_take_it_back_and_get_it_again(desk: Desk) -> None:
    """Under the version that they have; publish says so to a replay, too."""
    async with publishing(desk):
        await desk.out("pier-held")
        assert (await desk.push("pier-held", 2, pubStatus="withheld", edNote="Our lawyers read it.")).status_code == 202
        await desk.analysed("pier-held", 2)
        await desk.stands("pier-held", "withdrawn", 2, count=1)
        [message] = await told(desk, "pier-held")
        assert (message["pubStatus"], message["edNote"]) == ("withheld", "Our lawyers read it.")
        assert "bodies" not in message
        log = await desk.log("pier-held")
        back = [Recorded(one.event, one.seq, one.time) for one in log if isinstance(one.event, StoryWithdrawn)]
        assert gist(back[0].event) == "announcement 2, withheld: Our lawyers read it."
        assert [one.pubstatus for one in await kills_of(DirectReader(desk.client), back)] == ["withheld"]
        await desk.push("pier-held", 3)
        await desk.analysed("pier-held", 3)
        await desk.stands("pier-held", "released", 3, count=1)
    tally = await desk.replay(1)
    assert tally.gone == 0 and tally.changed == 0


async def test_what_is_withheld_for_want_of_better_leaves_what_is_out(desk: Desk) -> None:
    """A status that nobody knows, an embargo whose end cannot be told: the new text waits, the old one was free."""
    async with publishing(desk):
        await desk.out("pier-doubt")
        await desk.push("pier-doubt", 2, pubStatus="paused")
        await desk.analysed("pier-doubt", 2)
        await desk.push("pier-doubt", 3, embargoed="after the vote")
        await desk.analysed("pier-doubt", 3)
        await desk.out("pier-other")
        assert {kind for kind, _ in (await desk.topics("pier-doubt")).values()} == {"released"}
    events = [one.event for one in await desk.log("pier-doubt")]
    assert [event.ordinal for event in events if isinstance(event, StoryHeld)] == [2, 3]
