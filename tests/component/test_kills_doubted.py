"""A text that may be a kill or news with such a headline, from the door to the topics."""

from __future__ import annotations

import msgspec
from desk import Desk, publishing

from dateline_schemas.events import StoryCanceled, StoryReceived
from dateline_schemas.pushes import Accepted, Taken

TEXT = "ORANBURG, March 30 (EP) - The pier was shut on Monday.\n\nIt is to open in May.\n"


def named(keyword: str) -> str:
    """The identifier of the story of that keyword."""
    return f"urn:dateline:wire:ep:--03-30:{keyword}"


async def wired(desk: Desk, keyword: str, headline: str) -> Taken:
    """Push such a text; what is answered."""
    body = f"{keyword}\n{headline}\n\n{TEXT}"
    answer = await desk.http.post("/v1/stories", content=body, headers={"content-type": "text/plain"})
    assert answer.status_code == 202, answer.text
    [told] = msgspec.json.decode(answer.content, type=Accepted).stories
    return told


async def test_outlets_that_have_the_story_are_told_to_take_it_back(desk: Desk) -> None:
    """They would run it on if the text only waited for a desk; sent again, it is the same kill."""
    async with publishing(desk):
        await wired(desk, "pier-shut", "Pier shuts")
        await desk.analysed(named("pier-shut"), 1)
        await desk.stands(named("pier-shut"), "released", 1, count=1)
        told = await wired(desk, "pier-shut", "RETRACTED: Pier shuts")
        assert (told.pubstatus, told.flags) == ("canceled", ())
        await desk.stands(named("pier-shut"), "withdrawn", 2, count=1)
        assert (await wired(desk, "pier-shut", "RETRACTED: Pier shuts")).duplicate
    events = [one.event for one in await desk.log(named("pier-shut"))]
    [kill] = [event for event in events if isinstance(event, StoryCanceled)]
    assert kill.story.signals == ("kill",)


async def test_a_story_that_nobody_has_waits_for_a_desk(desk: Desk) -> None:
    """However often it comes, and in whatever new versions with such a headline."""
    for headline in ("RETRACTED: the pier", "RETRACTED: the pier", "RETRACTED: the pier and the lock"):
        told = await wired(desk, "pier-book", headline)
        assert (told.pubstatus, told.flags) == ("withheld", ("withheld",))
    log = await desk.log(named("pier-book"))
    assert [type(one.event) for one in log] == [StoryReceived, StoryReceived]


async def test_it_is_a_kill_also_of_a_story_whose_log_has_lost_something(desk: Desk) -> None:
    """What is lost may have gone out."""
    await wired(desk, "pier-lost", "Pier shuts")
    await desk.break_event(named("pier-lost"), "received.2")
    assert (await wired(desk, "pier-lost", "RETRACTED: Pier shuts")).pubstatus == "canceled"
