"""Messages that no provider would write, and what a reader may make of them: stories, or a refusal."""

from __future__ import annotations

from msgspec import json

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story


def read_or_refused(data: bytes, hint: str = "", url: str = "") -> tuple[Story, ...]:
    """Its stories, which have identifiers and can be written; none where it is refused, with a reason."""
    try:
        stories = parse(data, hint=hint, url=url).stories
    except Unparseable as fault:
        assert fault.reason
        return ()
    assert all(story.guid for story in stories)
    json.encode(stories)
    return stories
