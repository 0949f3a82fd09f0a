"""The line that publishing systems put under every feed item: where it appeared first. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_ingest.formats.feeds.names import origins
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.values.words import fold
from dateline_schemas.story import CreditElement

_LONGEST = 600
_LAST = "<p>"
_ENDS = (".", "。")


@lru_cache(maxsize=1)
def _footers() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What such lines begin with, and the whole line: a title, how it goes on, the name of a site."""
    begins, lines = [], []
    for nth, row in enumerate(origins().footers):
        before, rest = row.split("{title}")
        between, after = map(re.escape, rest.split("{site}"))
        begins.append(before)
        site = rf"(?P<site{nth}>(?:(?!\. )[^\n]){{1,120}}?)"
        lines.append(rf"{re.escape(before)}(?:(?!{between}).){{0,400}}{between}{site}\s?{after}")
    return tuple(dict.fromkeys(begins)), re.compile(rf"(?:{'|'.join(lines)})\Z")


def without_footer(body: Body) -> tuple[Body, tuple[CreditElement, ...]]:
    """The body without such a last line, and the source that the line states; else the body as it is."""
    if len(body.paragraphs) < 2 or not (site := _site(body.paragraphs[-1])):
        return body, ()
    start = body.html.rfind(_LAST)
    if start < 0 or not body.html.endswith("</p>"):
        return body, ()
    credit = CreditElement(where="source", value=site, role="appeared first")
    return Body(body.paragraphs[:-1], body.html[:start], body.tabled), (credit,)


def summary_alone(summary: str) -> str:
    """A summary without such a line at its end; one that is only this line stays."""
    if not summary.endswith(_ENDS):
        return summary
    begins, line = _footers()
    tail = summary[-_LONGEST:]
    found = line.search(tail) if any(begin in tail for begin in begins) else None
    before = summary[: len(summary) - len(tail) + found.start()].rstrip() if found else ""
    return before or summary


def _site(text: str) -> str:
    """The site that a line names as the one where the post appeared first; empty for any other line."""
    if not text.endswith(_ENDS) or len(text) > _LONGEST:
        return ""
    begins, line = _footers()
    if not text.startswith(begins):
        return ""
    found = line.match(text)
    return next((fold(site) for site in found.groups() if site), "") if found else ""
