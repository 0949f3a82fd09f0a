"""Words for days, times of day and zones (``tables/wiretimes.toml``), and how text is compared with them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.tables import read_table


class Elsewhere(Struct, frozen=True):
    """What says that a zone is named: by a word for it, or by a town beside that or a time of day."""

    zone: str
    before: str
    after: str


class TimeWords(Struct, frozen=True):
    """The table; what each part is stands in it."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    days: dict[str, int]
    times: dict[str, str]
    zones: dict[str, str]
    elsewhere: Elsewhere
    towns: dict[str, tuple[str, ...]]
    date_zones: dict[str, str]
    zones_by_country: dict[str, dict[str, str]]
    countries: dict[str, tuple[str, ...]]
    worded: frozenset[str]
    language_zones: dict[str, str]
    agency_zones: dict[str, str]


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """The table, read once."""
    return read_table("wiretimes.toml", TimeWords)


def numbered(rows: Iterable[str], first: int) -> dict[str, int]:
    """The words of each row with the row's number, the first one's being ``first``."""
    return {word: at for at, row in enumerate(rows, first) for word in row.split()}


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest of those that begin alike first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def plain(text: str) -> str:
    """Lower case, without accents, spaces evened: as the words of the table are written."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss"))
        text = "".join(char for char in text if not unicodedata.combining(char))
        text = unicodedata.normalize("NFC", text)  # Hangul together again
    return " ".join(text.lower().split())


def without(text: str, found: re.Match[str]) -> str:
    """The text with a stroke where that was found, so that what stood around it does not grow together."""
    return f"{text[: found.start()]} | {text[found.end() :]}"
