"""What only a note to editors says a message is. Outlets that ran the story have to hear of it, whatever the format."""

from __future__ import annotations

import msgspec

from dateline_ingest.formats.textwire.conventions import puts_right
from dateline_schemas.story import Story

CORRECTION = "sig:correction"


def heeding_corrections(story: Story) -> Story:
    """The story, signalled as a correction if a line of its note begins as one of text wires would.

    AFP writes ``CORRECTS para 4 to say Thursday``, AP ``Eds: Corrects the spelling of the name.``
    """
    if not story.ed_note or any("correct" in signal.lower() for signal in story.signals):
        return story
    if not any(map(puts_right, story.ed_note.split("\n"))):
        return story
    return msgspec.structs.replace(story, signals=(*story.signals, CORRECTION))
