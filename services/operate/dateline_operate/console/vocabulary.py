"""Names of formats and agencies in a command, compared with those that this release knows.

No service objects to an unknown name: a hint that fits nothing is ignored, and so is a contract with an unknown agency.
Without this check a mistyped name would go unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection

from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant, nearest
from dateline_operate.functions import function, house_tables
from dateline_schemas.feeds import Feed


def unknown_agency(agency: str, known: Collection[str]) -> Failure:
    """The fault of an unknown agency id, with the known ids that are nearest, else how to make it one."""
    names = nearest(agency, known)
    own = "A house's own agency stands in the file that DATELINE_AGENCIES_FILE names (docs/attribution.md)."
    advice = f"Known are {', '.join(names)}." if names else own
    return Failure(f"no agency has the id {agency!r}.", advice, code=2)


def check_hint(hint: str) -> None:
    """Raise Failure if no format has that name or media type. Without ingest's package here nobody can tell."""
    if fault := _format_fault(hint):
        raise Failure(f"--hint {hint}: {fault}", code=2)


def feed_fault(feed: Feed) -> str:
    """What is wrong with the names in a feed, as a sentence that says what to write instead; empty if nothing is."""
    if fault := _format_fault(feed.format):
        return f"format = {feed.format!r}: {fault}"
    return ""


def feed_doubt(feed: Feed) -> str:
    """What may be wrong with a feed's names: an agency may stand in a house's file that only attribution has."""
    agency = feed.contract.agency if feed.contract else ""
    if not agency:
        return ""
    try:
        known = function("agency_ids", "dateline-attribution")(tables=house_tables())
    except Failure:
        return ""
    if agency in known:
        return ""
    return (
        f"no agency has the id {agency!r}{meant(agency, known)}. Unless a file of the house has it, its copy is "
        "credited as if there were no contract."
    )


def _format_fault(word: str) -> str:
    if not word:
        return ""
    try:
        known, read = function("formats", "dateline-ingest"), function("is_format", "dateline-ingest")
    except Failure:
        return ""
    if read(word):
        return ""
    names = known()
    return f"no format has that name{meant(word, names)}. Read are {', '.join(names)}, and their media types count too."
