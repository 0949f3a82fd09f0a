"""Takes: a story that is sent in parts. Each part becomes a version in which all parts so far stand. Pure.

ANPA 1312 and IPTC 7901 wires number them; a take has the guid and the version of the lead that it goes with.
"""

from __future__ import annotations

import msgspec

from dateline_schemas.story import Story

MISSING = "take-missing"
"""Flag of a version before whose last take another one is not there."""


def continues(current: Story, story: Story) -> bool:
    """Whether a story is a further take of the current version."""
    return story.take > max(1, current.take) and current.pubstatus != "canceled" and story.pubstatus != "canceled"


def take_flags(current: Story | None, story: Story) -> tuple[str, ...]:
    """``take-missing`` where the takes that came so far leave one out."""
    before = max(1, current.take) if current else 0
    return (MISSING,) if story.take > before + 1 else ()


def joined(current: Story, take: Story) -> Story:
    """The current version with a further take at its end; what only the take says about origin is kept too."""
    return msgspec.structs.replace(
        current,
        version=take.version,
        version_created=take.version_created or current.version_created,
        take=take.take,
        paragraphs=(*current.paragraphs, *take.paragraphs),
        body_html="\n".join(part for part in (current.body_html, take.body_html) if part),
        signals=tuple(dict.fromkeys((*current.signals, *take.signals))),
        credits=tuple(dict.fromkeys((*current.credits, *take.credits))),
        associations=tuple(dict.fromkeys((*current.associations, *take.associations))),
        links=tuple(dict.fromkeys((*current.links, *take.links))),
        ed_note="\n".join(dict.fromkeys(note for note in (current.ed_note, take.ed_note) if note)),
    )
