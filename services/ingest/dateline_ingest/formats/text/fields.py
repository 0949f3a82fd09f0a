"""Labelled lines at the top of a plain text: ``Slug: river``, ``Embargo: 0001 GMT Tuesday``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from dateline_ingest.formats.textwire.embargo import is_free
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.values.status import latest, pubstatus, stricter
from dateline_ingest.formats.values.wiretimes import when
from dateline_ingest.instants import instant
from dateline_schemas.story import Pubstatus

_NAMES = {
    "slug": "slugline", "slugline": "slugline", "headline": "headline", "title": "headline", "titre": "headline",
    "byline": "byline", "by": "byline", "dateline": "dateline", "embargo": "embargo", "urgency": "urgency",
    "language": "language", "version": "version", "guid": "guid", "id": "guid", "date": "date", "ednote": "ednote",
    "credit": "credit", "source": "credit", "editor's note": "ednote", "keyword": "slugline", "stichwort": "slugline",
    "sperrfrist": "embargo", "embargoed until": "embargo", "embargoed": "embargo", "mot-clef": "slugline",
    "status": "status", "pubstatus": "status",
}  # fmt: skip
_HELD = frozenset(("draft", "embargoed", "hold", "on hold", "pending", "withdrawn", "withheld"))
"""What a line of a status says that holds a story back; other words there are stages of a desk's work."""
_FIELD = re.compile(r"([A-Za-z][A-Za-z' -]{1,16}?)\s*:\s+(\S.*)")
_MOST = 12


class Fields(Struct, frozen=True):
    """The labelled lines; empty texts where there are none."""

    values: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    """The text after them."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.values)

    def get(self, name: str, otherwise: str = "") -> str:
        """A value by its name."""
        return next((value for key, value in self.values if key == name), otherwise)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of that name."""
        return tuple([value for key, value in self.values if key == name])

    @property
    def date(self) -> datetime | None:
        """The message's own time, if it is labelled."""
        return instant(self.get("date"))

    def clearance(self, said: Said, sent: datetime | None, agency: str) -> tuple[Pubstatus, datetime | None, str]:
        """Whether the story may be used and from when, by these lines and its text; and the line for editors."""
        embargo, held = self._embargo(sent, agency)
        status: Pubstatus = "withheld" if held and embargo is None and not said.killed else said.pubstatus
        stated = self.get("status").lower()
        if stated in _HELD or pubstatus(stated) == "canceled":
            status = stricter(status, pubstatus(stated, embargoed=embargo is not None))
        return status, latest(embargo, said.embargo), held

    def _embargo(self, sent: datetime | None, agency: str) -> tuple[datetime | None, str]:
        """Until when, and the line for editors; a line without a time means that the time cannot be told."""
        said = self.get("embargo")
        if not said or said in ("-", "0") or is_free(said):
            return None, ""
        return instant(said) or when(said, sent=sent, agency=agency).instant, f"Embargo: {said}"


def fields_of(raw: str, *, least: int, line_of: Callable[[str], str]) -> Fields:
    """The labelled lines at the very top, if there are at least ``least``; one alone if it names the source."""
    found: dict[str, str] = {}
    lines = raw.strip().splitlines()
    labelled = 0
    for line in lines[:_MOST]:
        match = _FIELD.fullmatch(line.strip())
        name = _NAMES.get(match[1].strip().lower()) if match else None
        if match is None or name is None:
            break
        found.setdefault(name, line_of(match[2]))
        labelled += 1
    if labelled < least and list(found) != ["credit"]:
        return Fields()
    return Fields(tuple(found.items()), "\n".join(lines[labelled:]))
