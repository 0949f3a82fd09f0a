"""When a plain text came out, as lines over and under its story say it. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.values.days import day_alone
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.instants import instant
from dateline_kernel.remembering import remembered_word

_LONGEST = 140
_CLOSEST = 30
"""Last characters of a line among which the colon of its time stands."""
_BELOW = 3
"""Last paragraphs that may be such a line."""
_CLOCK = r"\d\d:\d\d(?::\d\d)?"
_SENT = re.compile(
    r"(?:(?:corrected|updated|refiled)\s)?(?P<date>\d\d?[-/. ][A-Za-z]{3,9}[-/. ](?:19|20)?\d\d"
    r"|[A-Z][a-z]{2,8}\.? \d\d?, (?:19|20)\d\d|\d\d?[./]\d\d?[./](?:19|20)\d\d"
    rf"|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d),?\s(?P<clock>{_CLOCK}(?:\s[A-Z]{{2,4}}(?:[+-]\d\d:?\d\d)?)?)"
    rf"(?:\s\((?:(?P<gmt>{_CLOCK} GMT)|(?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)?))\))?(?:\s?(?:송고|입력))?",
    re.IGNORECASE,
)
"""``12-MAR-26 18:20`` (ANSA), ``24.03.2026 14:35 GMT+04:00``,
``March 29, 2026 12:20 ET (16:20 GMT)`` (Dow Jones), ``2026-03-12 09:41 (New York)`` (Bloomberg),
``2026/03/12 10:20`` (Yonhap)."""
_SHORT_YEAR = re.compile(r"(\d\d?)[-/. ]([A-Za-z]{3,9})[-/. ](\d\d)$")
_FIGURES = re.compile(r"[/.](?=\d\d)")


@remembered_word
def stamp_in(line: str) -> datetime | None:
    """The moment that a line states, if it states nothing else: as a standard writes it, or as a day in words."""
    return instant(line) or ((day := day_alone(line)) and instant(day)) or None


@remembered_word
def states_moment(line: str) -> bool:
    """Whether a line states a moment and nothing else."""
    return stamp_in(line) is not None or _SENT.fullmatch(line) is not None


def moment_in(line: str, agency: str) -> datetime | None:
    """The moment that such a line states, by the agency's clock if it has no zone."""
    found = _SENT.fullmatch(line)
    return stamp_in(line) or (_sent(found, agency) if found else None)


def published_at(line: str, agency: str) -> datetime | None:
    """The moment that a line above the story says it came out, by the agency's clock where its zone is not told.

    Such are ``Updated: March 12, 2026 14:05 GMT``, and the same behind a name and a stroke: ``ANI | Updated: ...``.
    """
    return when(line.rpartition("|")[2], sent=None, agency=agency).instant if says_published(line) else None


@remembered_word
def says_published(line: str) -> bool:
    """Whether a line is what pages have around a story and holds a figure, behind a name and a stroke or alone."""
    last = line.rpartition("|")[2].strip()
    return len(line) <= _LONGEST and any(map(str.isdigit, last)) and verdict(last, begun=False) == "noise"


def sent_below(lines: tuple[str, ...], agency: str) -> tuple[datetime | None, str]:
    """The moment that a line under the story names, by the agency's clock or a zone; and the line if it is no more."""
    for line in reversed(lines[1:][-_BELOW:]):
        tail = line[-_LONGEST:]
        if ":" not in tail[-_CLOSEST:]:
            continue
        found = _SENT.fullmatch(line) or next((one for one in _SENT.finditer(tail) if one.end() == len(tail)), None)
        if found is None or not (len(found[0]) == len(line) or tail[: found.start()].rstrip().endswith((">", ")"))):
            continue
        if moment := _sent(found, agency):
            return moment, line if len(found[0]) == len(line) else ""
    return None, ""


def _sent(found: re.Match[str], agency: str) -> datetime | None:
    clock = found["gmt"] or (f"{found['clock']} {found['city']} time" if found["city"] else found["clock"])
    return when(f"{_written(found['date'])} {clock}", sent=None, agency=agency).instant


def _written(date: str) -> str:
    return _FIGURES.sub("-", _SHORT_YEAR.sub(r"\1 \2 20\3", date))
