"""What only a note to editors says, whatever the format: an embargo, of which none must leak, and a correction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from dateline_ingest.formats.textwire.conventions import puts_right
from dateline_ingest.formats.textwire.embargo import embargo_in, may_state
from dateline_ingest.formats.values.status import stricter
from dateline_schemas.story import Pubstatus, Story

_REACH = 2000
"""Characters of a note in which an embargo is looked for."""
_MOST = 500
"""Notes with words of embargoes that are read; a message with more of them is withheld."""
PLANNED = "plannedCoverage: "
"""Begins a line of a note about coverage that is to come, and none that anybody writes; an embargo in it is that of the
coverage."""
CORRECTION = "sig:correction"


class Clearance(Struct, frozen=True):
    """Whether and from when a story may be used."""

    status: Pubstatus
    embargo: datetime | None


def with_notes(clearance: Clearance, notes: Iterable[str], *, sent: datetime | None, agency: str) -> Clearance:
    """The clearance that the message's own fields give, with the embargoes of its notes counted in.

    The latest moment counts. An embargo whose end cannot be told withholds the story, unless a field states one.
    """
    status, embargo = clearance.status, clearance.embargo
    stating = (note for note in notes if not note.startswith(PLANNED) and may_state(note[:_REACH]))
    for nth, note in enumerate(stating):
        if nth == _MOST:
            return Clearance(stricter(status, "withheld"), None)
        said = embargo_in(note[:_REACH], anywhere=True, sent=sent, agency=agency)
        if said is None:
            continue
        if said.until is None:
            status = status if embargo or status == "canceled" else "withheld"
        elif embargo is None or said.until > embargo:
            embargo = said.until
    return Clearance(status, embargo)


def heeding_notes(story: Story) -> Story:
    """The story with an embargo that only its note to editors states: kept until then, or withheld."""
    if not story.ed_note or story.pubstatus == "canceled":
        return story
    clearance = with_notes(
        Clearance(story.pubstatus, story.embargo),
        story.ed_note.split("\n"),
        sent=story.version_created,
        agency=story.provider,
    )
    if (clearance.status, clearance.embargo) == (story.pubstatus, story.embargo):
        return story
    return msgspec.structs.replace(story, pubstatus=clearance.status, embargo=clearance.embargo)


def heeding_corrections(story: Story) -> Story:
    """The story, signalled as a correction if a line of its note begins as one of text wires would.

    AFP writes ``CORRECTS para 4 to say Thursday``, AP ``Eds: Corrects the spelling of the name.``
    """
    if not story.ed_note or any("correct" in signal.lower() for signal in story.signals):
        return story
    if not any(map(puts_right, story.ed_note.split("\n"))):
        return story
    return msgspec.structs.replace(story, signals=(*story.signals, CORRECTION))
