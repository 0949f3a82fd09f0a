"""Stories whose text is not in the message but at a link: which link, and the story with the text put in. Pure.

NewsML-G2 has such texts as ``remoteContent``, ninjs and the AP Media API as a rendition with a textual media type.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.status import latest, stricter
from dateline_schemas.story import Association, Story

TEXT_MISSING = "text-missing"
"""Flag of a version whose text is at a link and not in the log."""

_BEST = ("nitf+xml", "vnd.iptc", "xhtml", "xml", "html", "json", "plain")
"""Parts of media types, best first. A media type with none of them is no text that is read."""


def text_link(story: Story) -> Association | None:
    """Where a story's text lies, if the message has a link in its place; None for a kill, which needs none."""
    if story.type != "text" or story.paragraphs or story.pubstatus == "canceled":
        return None
    texts = [one for one in story.associations if not one.type and one.href and _rank(one.mimetype) < len(_BEST)]
    return min(texts, key=lambda one: (_rank(one.mimetype), "nitf" not in one.rel.lower()), default=None)


def text_flags(story: Story) -> tuple[str, ...]:
    """``text-missing`` for a story whose text is at a link only."""
    return (TEXT_MISSING,) if text_link(story) is not None else ()


def with_text(story: Story, texts: Iterable[Story]) -> Story:
    """The story with the text found at its link, and what that states about origin and use.

    What the message itself states counts first; of status and embargo, the stricter and the later one.
    """
    text = next((one for one in texts if one.paragraphs), None)
    if text is None:
        return story
    return replace(
        story,
        paragraphs=text.paragraphs,
        body_html=text.body_html,
        headline=story.headline or text.headline,
        subheadline=story.subheadline or text.subheadline,
        byline=story.byline or text.byline,
        dateline=story.dateline or text.dateline,
        summary=story.summary or text.summary,
        language=story.language or text.language,
        ed_note=story.ed_note or text.ed_note,
        pubstatus=stricter(story.pubstatus, text.pubstatus),
        pulled=story.pulled or text.pulled,
        embargo=latest(story.embargo, text.embargo),
        credits=once((*story.credits, *text.credits)),
        links=once((*story.links, *text.links)),
    )


def _rank(mimetype: str) -> int:
    kind = mimetype.partition(";")[0].strip().lower()
    if not kind.startswith(("text/", "application/")):
        return len(_BEST)
    return next((rank for rank, word in enumerate(_BEST) if word in kind), len(_BEST))
