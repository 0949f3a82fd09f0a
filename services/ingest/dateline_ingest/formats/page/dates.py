"""Dates as pages show them to readers: in figures, in the order of the page's language, or with a month's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from dateline_ingest.formats.page.calendars import day_of, is_solar
from dateline_ingest.formats.page.clock import clock_words, time_of
from dateline_ingest.tables import read_table

_FIGURES = r"(?:13\d|14[0-2]|19\d|20\d|25\d)\d"
"""Years of the common era, of the Buddhist one, and of the solar Hijri one up to those that pages show as lunar."""
_YEAR = f"(?P<y>{_FIGURES})"
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}\s?[-/.年년]\s?(\d{{1,2}})\s?[-/.月월]\s?(\d{{1,2}})(?!\d)(?:\s?[日일.])?")
_YEAR_LAST = re.compile(rf"(?<![\d./-])(\d{{1,2}})\s?([./-])\s?(\d{{1,2}})\s?\2\s?{_YEAR}(?!\d)")
_WORD = r"(?P<word>[^\s\d.,:;/|·•()-]{2,15})"
_NAMED = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°-])?[\s.-]\s?(?:de\s|of\s|d['’])?{_WORD}[.,-]{{0,2}}\s?(?:de\s|del\s)?(?P<y>{_FIGURES})(?!\d)"
    ),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s[^\d/]{{2,24}}/\s?{_WORD}[,،]?\s(?P<y>{_FIGURES})(?!\d)"),
    re.compile(rf"{_WORD}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{_FIGURES})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>{_FIGURES})\.?\s(?:m\.\s)?{_WORD}\.?\s(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<![\d:.])(?P<d>\d{{1,2}})[\s-]{_WORD}\.?[\s-]['’]?(?P<y>\d\d)(?![\d:hH])(?![.,]\d)"),
)
"""The last has the year in two figures, of this century."""
_LETTERS_OF = str.maketrans("يك", "یک")
"""Letters that Arabic and Persian keyboards have in forms of their own."""
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0dff\u0e00-\u109f\u200c])*(?:-feira)?")
"""A word with its vowel signs, which are no letters to ``\\w``."""
_TO_FIGURES = re.compile(r"\D*")
_OLDEST = 43
"""The Buddhist year of this century's first one, in two figures."""
_LONGEST = 200
_MOST_WORDS, _LONGEST_WORD = 2, 4
"""Words such as ``on the`` or ``ngày`` between that for a change and its date, and their letters."""
_EDGES = ".,|()[]–—-"
_AROUND = f"{_EDGES}:： "


class Shown(Struct, frozen=True):
    """A date that a page shows, with what it says of the time of day."""

    day: date
    clock: time | None = None
    """None where no time of day stands beside it."""
    zone: tzinfo | None = None

    @property
    def stated(self) -> str:
        """The date in ISO 8601, with no more of the time and the zone than is shown."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, tzinfo=self.zone).isoformat()

    def instant(self) -> datetime:
        """The moment in UTC, midnight where no time is shown, UTC where no zone is."""
        return datetime.combine(self.day, self.clock or time(), tzinfo=self.zone or UTC).astimezone(UTC)


class _Table(Struct, frozen=True):
    month_first: frozenset[str]
    unclear: frozenset[str]
    solar_languages: frozenset[str]
    solar_months: tuple[str, ...]
    changed: tuple[str, ...]
    changed_first: tuple[str, ...]
    months: dict[str, tuple[str, ...]]
    weekdays: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return read_table("pagedates.toml", _Table)


@lru_cache(maxsize=1)
def _change() -> re.Pattern[str]:
    table = _table()
    words, first = ("|".join(map(re.escape, rows)) for rows in (table.changed, table.changed_first))
    return re.compile(rf"(?:(?<!\w)(?:{words})|(?<![\w-])(?<![^\W\d]\s)(?:{first}))(?![^\W\d])", re.IGNORECASE)


def shown_date(text: str, language: str = "") -> Shown | None:
    """The date in a short text, and the time of day beside it; None where there is none or it can be read in two ways.

    ``language`` is the page's BCP 47 tag: it says what ``3/4/2026`` means, and how months are called.
    """
    if len(text) > _LONGEST:
        return None
    text = text if text.isascii() else _western(text)
    for reading in (_in_figures, _in_words):
        if (found := reading(text, language)) is not None:
            day, start, end = found
            clock, zone = time_of(text[end:], language)
            if clock is None:
                clock, zone = time_of(text[:start], language)
            return Shown(day=day, clock=clock, zone=zone)
    return None


def change_told(text: str) -> str:
    """The date right behind a word for a change, as in ``Posted 9:05, updated 10:15``; empty where none is."""
    words = list(_change().finditer(text))
    told = text[words[-1].end() :].strip(_AROUND) if words else ""
    found = _TO_FIGURES.match(told)
    between = [word for word in _LETTERS.findall(found[0]) if not is_time(word)] if found else []
    near = len(between) <= _MOST_WORDS and all(word == word.lower() and len(word) <= _LONGEST_WORD for word in between)
    return told if near else ""


def is_time(text: str) -> bool:
    """Whether a text says nothing but days, months, halves of the day and zones, such as ``Fri`` or ``a.m. EDT``."""
    return _timely().issuperset(word.strip(_EDGES) for word in text.lower().split())


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week, in any language."""
    return word.lower().rstrip(".") in _weekdays()


@lru_cache(maxsize=1)
def _timely() -> frozenset[str]:
    table = _table()
    rows = chain.from_iterable((*table.months.values(), *table.weekdays.values()))
    return clock_words().union(("",), *map(str.split, rows))


def _western(text: str) -> str:
    """The text with ASCII digits for those of any script, one form of each letter, and without marks of direction."""
    even = unicodedata.normalize("NFKC", text).translate(_LETTERS_OF)
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in even
        if unicodedata.category(char) != "Cf"
    )


def _in_figures(text: str, language: str) -> tuple[date, int, int] | None:
    order: tuple[int, int] | None
    if found := _of_era(_YEAR_FIRST, text, language):
        year, order = int(found[1]), (int(found[2]), int(found[3]))
    elif found := _of_era(_YEAR_LAST, text, language):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        order = _order_by_weekday(first, second, year, text) or _order(first, second, found[2] or ".", language)
    else:
        return None
    day = day_of(year, *order) if order else None
    return (day, found.start(), found.end()) if day else None


def _of_era(pattern: re.Pattern[str], text: str, language: str) -> re.Match[str] | None:
    """The first figures whose year is one of an era that the language's pages show."""
    solar = _fits(language, _table().solar_languages)
    return next((one for one in pattern.finditer(text) if solar or not is_solar(int(one["y"]))), None)


def _order_by_weekday(first: int, second: int, year: int, text: str) -> tuple[int, int] | None:
    """Month and day from two figures, if the day of the week that stands beside them fits one order alone."""
    if first > 12 or second > 12 or first == second:
        return None
    named = {_weekdays()[word] for word in _LETTERS.findall(text.lower()) if word in _weekdays()}
    if len(named) != 1:
        return None
    orders = [(first, second), (second, first)]
    fitting = [order for order in orders if (day := day_of(year, *order)) and day.weekday() in named]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    """Days of the week by their names in any language, Monday as 0; names that mean two days are none."""
    found: dict[str, set[int]] = {}
    for row in _table().weekdays.values():
        for name, nth in _numbered(row):
            found.setdefault(name, set()).add(nth - 1)
    return {name: days.pop() for name, days in found.items() if len(days) == 1}


def _order(first: int, second: int, sign: str, language: str) -> tuple[int, int] | None:
    """Month and day from two figures; None where either can be meant."""
    if first > 12 or second > 12 or first == second:
        return (second, first) if first > 12 or first == second else (first, second)
    table = _table()
    if _fits(language, table.month_first):
        return None if sign == "." else (first, second)
    return None if sign != "." and _fits(language, table.unclear) else (second, first)


def _fits(language: str, rows: frozenset[str]) -> bool:
    """Whether a row is the language with its region, or the language where no other region of it can be meant."""
    parts = language.split("-")
    base, region = parts[0].lower(), next((part.upper() for part in parts[1:] if len(part) == 2), "")
    return (f"{base}-{region}" if region else base) in rows or (base in rows and base != "en")


def _in_words(text: str, language: str) -> tuple[date, int, int] | None:
    months = _months(language.partition("-")[0].lower())
    for name in (name for name in months if "_" in name) if not text.isascii() else ():
        text = text.replace(name.replace("_", " "), name).replace(name.replace("_", "."), name)
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            year, word = _year(found["y"], language), found["word"].lower()
            month = (_solar_months() if is_solar(year) else months).get(word)
            if month and (day := day_of(year, month, int(found["d"]))):
                return day, found.start(), found.end()
    return None


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Names of months in a language; in English, since pages show those where nobody translated the theme; and in any
    other where the name is that of one month only, since many pages state no language or that of their theme.
    """
    table = _table().months
    own = (table["en"], table.get({"nb": "no", "nn": "no"}.get(language, language), ()))
    return _of_one_month() | {name: nth for row in own for name, nth in _numbered(row)}


@lru_cache(maxsize=1)
def _solar_months() -> dict[str, int]:
    return dict(_numbered(_table().solar_months))


@lru_cache(maxsize=1)
def _of_one_month() -> dict[str, int]:
    meant: dict[str, set[int]] = {}
    for name, nth in chain.from_iterable(map(_numbered, _table().months.values())):
        meant.setdefault(name, set()).add(nth)
    return {name: min(months) for name, months in meant.items() if len(months) == 1}


def _numbered(row: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    return ((name, nth) for nth, names in enumerate(row, 1) for name in _western(names).split())


def _year(figures: str, language: str) -> int:
    """The year; one of two figures is of this century, on Thai pages a Buddhist one where that may be."""
    short = int(figures)
    if len(figures) > 2:
        return short
    return short + (2500 if language.startswith("th") and short >= _OLDEST else 2000)
