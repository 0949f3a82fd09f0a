"""The shapes of datelines, compiled: ``datelines.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from dateline_attribution.measured import Count, weighed
from dateline_attribution.tables import DATELINES, TableError
from dateline_attribution.triggers import Texts, triggers
from dateline_schemas.story import Confidence

_LETTERS = re.compile(r"[^\W\d_]+")
_MACRO = re.compile(r"%(\w+)%")


class _Row(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    shape: str
    confidence: Confidence
    plain: bool = False
    listed: bool = False
    credited: bool = False
    eastern: bool = False


class _Dates(Struct, frozen=True, forbid_unknown_fields=True):
    months: dict[str, tuple[str, ...]]
    months_first: tuple[str, ...]
    before_day: tuple[str, ...]
    goes_on: tuple[str, ...]
    goes_on_unspaced: tuple[str, ...]
    no_place: tuple[str, ...]
    small: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    stated: Confidence
    macros: dict[str, str]
    shape: tuple[_Row, ...]
    dates: _Dates
    listed_places: dict[str, tuple[str, ...]]


class DatelineShape(Struct, frozen=True, eq=False):
    """One shape; ``plain`` ones need capitals or a date to be believed, ``listed`` ones a place that is listed."""

    id: str
    pattern: re.Pattern[str]
    plain: bool
    listed: bool
    credited: bool
    """Only in a text that is credited to an agency elsewhere."""
    eastern: bool
    """Of a script of its own: no text of ASCII has it."""
    names: bool
    """Whether it has an agency in it."""
    confidence: float
    """How often it should be right that a text which has it begins with a dateline."""
    needs: tuple[Texts, ...]
    """What it cannot match without, each as its alternatives."""

    def may_match(self, seen: str) -> bool:
        """Whether a text, ``blind`` to case, has all that it needs."""
        for alternatives in self.needs:
            for one in alternatives:
                if one in seen:
                    break
            else:
                return False
        return True


class DatelineShapes(Struct, frozen=True, eq=False):
    """What tells a dateline, and its date from its place."""

    shapes: tuple[DatelineShape, ...]
    western: tuple[DatelineShape, ...]
    """Those that a text of ASCII may have."""
    nameless: tuple[DatelineShape, ...]
    """Those that have no agency in them."""
    nameless_western: tuple[DatelineShape, ...]
    date: re.Pattern[str]
    """The date is the group that matched; the match is what is no place."""
    no_place: frozenset[str]
    small: frozenset[str]
    goes_on: re.Pattern[str]
    """What begins no sentence: words in scripts without capitals."""
    listed: frozenset[str]
    """Places, in small letters, that are believed before a colon, a dash or a stop."""
    begun: frozenset[str]
    """The first letters of each of them."""
    months: dict[str, int]
    """Numbers of months by the beginnings of their names, in small letters; 0 for those of two months."""
    stated: float
    """How sure a dateline is that the message states and that has no known shape."""

    def may_be_listed(self, head: str) -> bool:
        """Whether a text begins as one of the listed places does."""
        return (match := _LETTERS.match(head)) is not None and match[0].casefold() in self.begun


def parse_dateline_shapes(text: str, measured: Mapping[str, Count]) -> DatelineShapes:
    """The shapes that a TOML text like ``datelines.toml`` lists, with what was measured. Raises TableError."""
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
        shapes = tuple(_shape(row, table.macros, measured) for row in table.shape)
        dates = table.dates
        months = {name: int(number) for number, names in dates.months.items() for name in names}
        listed = frozenset(place for places in table.listed_places.values() for place in places)
        return DatelineShapes(
            shapes=shapes,
            western=tuple(shape for shape in shapes if not shape.eastern),
            nameless=tuple(shape for shape in shapes if not shape.names),
            nameless_western=tuple(shape for shape in shapes if not (shape.names or shape.eastern)),
            date=_date(dates, months),
            no_place=frozenset(dates.no_place),
            small=frozenset(dates.small),
            goes_on=_goes_on(dates),
            listed=listed,
            begun=frozenset(match[0].casefold() for match in map(_LETTERS.match, listed) if match),
            months=months,
            stated=table.stated,
        )
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError, ValueError, re.error) as error:
        raise TableError(f"{DATELINES}: {error}") from error


def _shape(row: _Row, macros: dict[str, str], measured: Mapping[str, Count]) -> DatelineShape:
    pattern = _compiled(row.shape, macros)
    rule = f"datelines.{row.id}"
    return DatelineShape(
        id=rule,
        pattern=pattern,
        plain=row.plain,
        listed=row.listed,
        credited=row.credited,
        eastern=row.eastern,
        names="a" in pattern.groupindex,
        confidence=weighed(rule, row.confidence, measured),
        needs=triggers(pattern),
    )


def _compiled(shape: str, macros: dict[str, str]) -> re.Pattern[str]:
    for _ in range(4):
        shape = _MACRO.sub(lambda match: macros[match[1]], shape)
    return re.compile(shape)


def _goes_on(dates: _Dates) -> re.Pattern[str]:
    words, pieces = ("|".join(map(re.escape, each)) for each in (dates.goes_on, dates.goes_on_unspaced))
    return re.compile(rf"(?:{words})(?![\w\u0900-\u0dff])|{pieces}")


def _date(dates: _Dates, months: Iterable[str]) -> re.Pattern[str]:
    """A day with its month in either order, with or without a year; a weekday before it belongs to it."""
    month = rf"(?:{'|'.join(map(re.escape, sorted(months, key=len, reverse=True)))})[^\W\d_]{{0,7}}\.?"
    month = rf"(?:ב-?)?{month}(?:[\s/]{{1,3}}{month})?(?:\s(?:الثاني|الأول))?"
    first = rf"(?:{'|'.join(sorted(set(dates.months_first), key=len, reverse=True))})\.?"
    year = r"(?:[,/]?\s?(?:de\s)?(?:19|20)\d\d(?!\d))?"
    forms = (
        rf"\d{{1,2}}(?:st|nd|rd|th|er|e)?\.?[\s؍]?(?:de\s)?{month}{year}",
        rf"{first}(?:\s|(?<=\.))\d{{1,2}}(?:st|nd|rd|th|\sd(?!\w))?{year}",
        rf"[\u0900-\u097f]+\s{month}{year}",
        rf"(?:19|20)\d\d\.\s{month}\s\d{{1,2}}\.?",
        r"\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}(?:[./]|\s-\s)\d{1,2}[./]?(?:\d{2,4})?",
    )
    eastern = r"(?<!\d)(?P<eastern>\d{1,2}(?:月\d{1,2})?日)"
    before = rf"(?:(?:{'|'.join(dates.before_day)})\s)?"
    spaced = rf"(?<!\w){before}(?P<spaced>(?:[^\W\d_]{{3,12}}(?:day|tag),?\s)?(?:{'|'.join(forms)}))(?!\w)"
    return re.compile(f"{spaced}|{eastern}", re.IGNORECASE)
