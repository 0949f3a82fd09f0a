"""Whether words that kill count, where news has them as well: by how they are told, and what else is in the message."""

from __future__ import annotations

import re

from dateline_ingest.formats.textwire.kinds import How
from dateline_ingest.formats.textwire.said import named_in
from dateline_ingest.formats.textwire.slugs import Slug, is_keyword, is_quiet
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.dateline import dateline_of

_FEW = 40
"""Most words of a notice."""
_SENT = re.compile(r"\b\d{1,2}[.:hH]\d\d\b|\b\d{4} (?:GMT|UTC)\b")


class Weighing:
    """What is in a message besides: words for copy, a dateline, and how many words."""

    def __init__(self, slug: Slug, texts: tuple[str, ...], words: int) -> None:
        """``texts`` are the head and the first paragraphs; ``words`` of all of it are counted."""
        self._slug, self._texts, self._short = slug, texts, words <= _FEW
        self._copy = any(map(marks().copy.search, texts))
        self._dated = [text for text in texts if dateline_of(text)]

    def of(self, how: How, text: str) -> tuple[bool, bool]:
        """Whether a text that kills in this way counts; else, whether a desk must look at it."""
        copy, short, dated, apart = self._copy, self._short, bool(self._dated), self._slug.is_apart
        brief, loud, below = short and not dated, text == text.upper(), any(one != text for one in self._dated)
        notice, keyed = copy and brief, apart and is_keyword(self._slug.name)
        weights: dict[How, tuple[bool, bool]] = {
            "curt": (brief, False),
            "quiet": (notice, False),
            "loud": (notice, True),
            "news": (copy, True),
            "titled": (copy or (short and not below) or bool(named_in((text,))[0]), True),
            "labelled": (notice and (bool(named_in(self._texts)[0]) or any(map(_says_when, self._texts))), notice),
            "beside": (brief or (copy and (short or loud)), copy or loud or apart),
            "headed": (brief and (copy or keyed), copy or apart or short or not dated),
        }
        return weights[how]


def how_beside(slug: Slug, part: str) -> How:
    """How a part of a keyword line tells of a kill."""
    if part != slug.perhaps:
        return "sure"
    return ("quiet" if is_quiet(part) else "headed") if slug.is_titled else "beside"


def _says_when(text: str) -> bool:
    """Whether a text speaks of copy and of a time of day, as when it was sent."""
    return marks().copy.search(text) is not None and _SENT.search(text) is not None
