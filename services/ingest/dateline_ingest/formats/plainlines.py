"""Undoes HTML that a program escaped into lines (``&lt;b&gt;``, ``&amp;amp;``), for editors to read."""

from __future__ import annotations

import re
from operator import attrgetter

from msgspec.structs import replace

from dateline_ingest.formats.values.words import plain_line
from dateline_schemas.story import Story

_LINES = (
    "headline", "subheadline", "slugline", "byline", "dateline", "summary", "provider", "creditline",
    "copyright_holder", "copyright_notice", "usage_terms", "ed_note",
)  # fmt: skip
_lines_of = attrgetter(*_LINES)
_MARKED = re.compile(r"</?[A-Za-z]|&#?[0-9A-Za-z]{1,31};")


def with_plain_lines(story: Story) -> Story:
    """The story without tags and references in its lines and credits; a lone ``<`` or ``&`` stays."""
    said = "\n".join([*_lines_of(story), *[credit.value for credit in story.credits]])
    if ("<" not in said and "&" not in said) or not _MARKED.search(said):
        return story
    lines = {name: _plain(getattr(story, name)) for name in _LINES}
    credits = tuple([replace(credit, value=_plain(credit.value)) for credit in story.credits])
    return replace(story, credits=credits, **lines)


def _plain(text: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    return "\n".join(filter(None, map(plain_line, text.split("\n"))))
