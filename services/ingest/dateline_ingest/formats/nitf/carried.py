"""What the head of an NITF document says of the story whose text NewsML or ninjs carries in it (NITF 3.x, docdata)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.nitf.rights import limitations_in, rights_in
from dateline_ingest.formats.notes import CORRECTION, Clearance, with_notes
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.agencytimes import agency_of
from dateline_ingest.formats.values.clocktimes import moment
from dateline_ingest.formats.values.status import latest, pubstatus, stricter, urgency
from dateline_schemas.story import Story

_LISTS = ("subjects", "places", "people", "organisations", "keywords", "genres")


def with_heads(story: Story, heads: Sequence[Head]) -> Story:
    """The story with what the documents in it say where the message says nothing, and their clearance."""
    if not heads:
        return story
    sent, agency = story.version_created, story.provider
    stated = Clearance(story.pubstatus, story.embargo)
    clearance = clearance_with(stated, heads, story.ed_note.split("\n"), sent=sent, agency=agency)
    filled: dict[str, Any] = {"pubstatus": clearance.status, "embargo": clearance.embargo}
    if not story.copyright_notice:
        notices = [one.value for one in story.credits if one.where == "copyrightnotice"]
        notices += [head.copyright for head in heads if story.copyright_holder in ("", head.owner)]
        filled["copyright_notice"] = next(filter(None, notices), "")
    for head in heads:
        for name, said in _said(head, agency):
            if said and not getattr(story, name):
                filled.setdefault(name, said)
    if any(head.correction for head in heads):
        filled["signals"] = once([*story.signals, CORRECTION])
    if links := [link for head in heads for link in head.links]:
        filled["links"] = once([*story.links, *links])
    return replace(story, **filled)


def _said(head: Head, agency: str) -> Iterator[tuple[str, Any]]:
    """What a document says, by the story's member of that meaning. Its notices of copyright are credits."""
    yield "slugline", head.slugline
    yield "urgency", urgency(head.urgency)
    yield "expires", _date(head, "date.expire", agency)
    yield "copyright_holder", head.owner
    yield "usage_terms", lines_once(limitations_in(head.rights))
    yield "rights", rights_in(head.rights, agency_of([*head.senders, agency])) if head.rights else ()
    for name in _LISTS:
        yield name, once(getattr(head, name))


def clearance_with(
    clearance: Clearance, heads: Sequence[Head], notes: Iterable[str], *, sent: datetime | None, agency: str
) -> Clearance:
    """The clearance that the message states, with its notes and the documents in it: the stricter, the later embargo.

    date.release is an embargo where the status says embargoed, or where it lies after date.issue, else after ``sent``.
    Of a document's statuses embargoed and those of a kill count; any other is the message's to say. ``agency``, by any
    of its names, is whose clock dates without a zone are by, unless the document says whose it is.
    """
    status, embargo, waits = clearance.status, clearance.embargo, False
    for head in heads:
        released, embargoed = _date(head, "date.release", agency), head.status.lower() == "embargoed"
        issued = _date(head, "date.issue", agency) or sent
        if released and (embargoed or (issued and released > issued)):
            embargo = latest(embargo, released)
        if pubstatus(head.status) == "canceled":
            status = "canceled"
        waits = waits or embargoed
    notes = dict.fromkeys([*notes, *(note for head in heads for note in head.notes)])
    found = with_notes(Clearance(status, embargo), notes, sent=sent, agency=agency)
    return Clearance(stricter(found.status, "withheld"), None) if waits and found.embargo is None else found


def without_kill(head: Head) -> Head:
    """The head but for a status that takes the story back."""
    return replace(head, status="") if pubstatus(head.status) == "canceled" else head


def _date(head: Head, name: str, agency: str) -> datetime | None:
    """A date of the document, by the clock of whoever it says that it is from, else that of the ``agency``."""
    said = head.dates.get(name, "")
    return moment(said, agency_of([*head.senders, agency])) if said else None
