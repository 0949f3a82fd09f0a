"""One page of an invented paper to put things around: its headline, its text, and another story's sentence."""

from __future__ import annotations

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

H = "Old weigh house becomes a school of music"
TEXT = (
    "The old weigh house on the quay becomes a school of music, the council decided on Monday after a long debate.",
    "Its scales stood still for forty years, and the rooms above them were let to a dealer in ropes and lamps.",
    "The head of the new school said that the vaults carry sound as far as the lock, and that nobody need fear drums.",
    "Neighbours had asked for thicker windows. They are to get them before the first pupils come in the autumn.",
)
P = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "The ferry runs every hour again from Friday on, the harbour office says, and takes bicycles without a fee."


def story(page: str) -> Story:
    """The story of a page."""
    return parse(page.encode(), hint="text/html", url="https://quay.example/weigh-house").stories[0]


def page(body: str, *, title: str = f"{H} - Quay Post", head: str = "") -> Story:
    """The story of a page with this body."""
    return story(f"<html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>")
