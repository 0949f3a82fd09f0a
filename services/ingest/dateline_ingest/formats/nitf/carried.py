"""What the head of an NITF document says of the story whose text NewsML or ninjs carries in it (NITF 3.x, docdata)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.noteembargo import Standing
from dateline_ingest.formats.notesignals import CORRECTION
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.status import pubstatus, stricter, urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.instants import instant
from dateline_schemas.story import Story

_LISTS = ("subjects", "places", "people", "organisations", "keywords", "genres")


def with_heads(story: Story, heads: Sequence[Head]) -> Story:
    """The story with what the documents in it say where the message says nothing, and their standing."""
    if not heads:
        return story
    standing = standing_with(Standing(story.pubstatus, story.embargo), heads, story.version_created)
    filled: dict[str, Any] = {"pubstatus": standing.status, "embargo": standing.embargo}
    if not story.copyright_notice:
        notices = (one.value for one in story.credits if one.where == "copyrightnotice")
        filled["copyright_notice"] = next(notices, "") or next((head.copyright for head in heads if head.copyright), "")
    for head in heads:
        for name, said in _said(head):
            if said and not getattr(story, name):
                filled.setdefault(name, said)
    if any(head.correction for head in heads):
        filled["signals"] = once([*story.signals, CORRECTION])
    if links := [link for head in heads for link in head.links]:
        filled["links"] = once([*story.links, *links])
    return replace(story, **filled)


def _said(head: Head) -> Iterator[tuple[str, Any]]:
    """What a document says, by the story's member of that meaning. Its notices of copyright are credits."""
    yield "slugline", head.slugline
    yield "urgency", urgency(head.urgency)
    yield "expires", instant(head.dates.get("date.expire", ""))
    yield "copyright_holder", head.owner
    yield "usage_terms", lines_once([fold(right.get("limitations", "")) for right in head.rights])
    for name in _LISTS:
        yield name, once(getattr(head, name))


def standing_with(standing: Standing, heads: Iterable[Head], sent: datetime | None) -> Standing:
    """The standing that the message states, with that of the documents in it: the stricter status, the later embargo.

    date.release is an embargo where the status says embargoed, or where it lies after date.issue, else after ``sent``.
    Of a document's statuses embargoed and those of a kill count; any other is the message's to say.
    """
    status, embargo = standing.status, standing.embargo
    for head in heads:
        issued, released = (instant(head.dates.get(name, "")) for name in ("date.issue", "date.release"))
        issued, waits = issued or sent, head.status.lower() == "embargoed"
        if released and (waits or (issued and released > issued)):
            embargo = max(embargo or released, released)
        elif waits and embargo is None:
            status = stricter(status, "withheld")
        if pubstatus(head.status) == "canceled":
            status = "canceled"
    return Standing(status, embargo)
