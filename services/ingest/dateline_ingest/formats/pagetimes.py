"""When a page says that its story came out."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice

from dateline_ingest.formats.pageparts import names_of, tells, visible
from dateline_ingest.formats.xmltree import Element
from dateline_ingest.instants import instant

_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?:[ T]{1,3}(\d{1,2}:\d\d(?::\d\d)?))?(?![\d:])"
)
"""A date that can be meant in one way only, and its time of day, as pages of East Asia have it."""
_LONGEST = 60
_MOST_LOOKED = 300


def moment(text: str) -> datetime | None:
    """The instant that a page states, also with slashes or with the signs for year, month and day; UTC without zone."""
    return instant(text) or _year_first(text)


def shown_time(region: Element) -> datetime | None:
    """The first instant of the story's part that a ``time`` or an ``abbr`` has, else that a part called a date says."""
    stated = (one.get("datetime") or one.get("title") or "" for one in region.iter("time", "abbr"))
    if (found := next((found for text in stated if (found := instant(text))), None)) is not None:
        return found
    named = (
        one for one in islice(region.iter("span", "div", "p", "li"), _MOST_LOOKED) if tells(names_of(one), "about")
    )
    texts = (visible(one, most=_LONGEST + 1) for one in named)
    return next((found for text in texts if len(text) <= _LONGEST and (found := _year_first(text))), None)


def _year_first(text: str) -> datetime | None:
    found = _YEAR_FIRST.search(text)
    if found is None:
        return None
    year, month, day, time = found.groups()
    clock = f"T{time:0>5}" if time and len(time) < 6 else f"T{time:0>8}" if time else ""
    return instant(f"{year}-{month:0>2}-{day:0>2}{clock}")
