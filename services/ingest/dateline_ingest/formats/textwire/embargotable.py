"""What embargo lines say (``[embargo]`` of tables/textwire.toml), made ready for matching."""

from __future__ import annotations

import re
from itertools import chain

from msgspec import Struct, field

from dateline_ingest.beginnings import SIGNS, Choice, Pattern, any_row, compiled
from dateline_ingest.timewords import any_of, time_words

LABEL_BEFORE = r"(?:\w+(?: \w+){0,2}\s*[:!,–—-]+\s*)"
"""A few words before a mark: ``NEWS RELEASE: EMBARGOED``."""
_YEAR = r"(?!(?:19[0-5]|20[012])[05]\b)(?:19|20)\d\d\b"
"""A year alone. Those up to 2025 that are a time of day as well are that: no embargo ends in a year that is over."""
_OCLOCK = r"\W{0,3}(?:ore|klo?|godz|saat)\W{0,2}\d{1,2}\b"
"""A time of day behind the word for it: ``EMBARGO ORE 12``."""
_HOURS = rf"(?!{_YEAR})[0-2]\d[0-5][05]\b"
"""A time of day in four figures, right behind the word, that is no year: ``EMBARGO 1800``."""


class EmbargoWords(Struct, frozen=True, kw_only=True):
    """The table."""

    named: tuple[str, ...]
    stems: tuple[str, ...]
    words: tuple[str, ...]
    denied: str
    free: str
    lifted: str
    then: str
    with_: str = field(name="with")
    event: str
    clock: tuple[str, ...]
    noun: dict[str, tuple[str, ...]]
    bare: dict[str, tuple[str, ...]]
    opens: dict[str, tuple[str, ...]]
    slug: tuple[str, ...]


class EmbargoMarks(Struct, frozen=True):
    """Its patterns. Those for what follows the words are for ``plain`` text."""

    opens: dict[str, tuple[Pattern, Pattern]]
    """By language: at the beginning of a line, and anywhere in it; the group is the words."""
    follows: Pattern
    """What must follow the words."""
    noun: Pattern
    """Words that a ban on trade has as well."""
    until: Pattern
    """What must follow these."""
    bare: Pattern
    """Words behind which nothing but a moment may stand."""
    then: Pattern
    """A word before a moment or an event."""
    weak: Pattern
    """The same of a word that stands before much else."""
    event: Pattern
    hour: Pattern
    """A time of day in four figures, although it may be a year: then words for times alone may follow."""
    times: frozenset[str]
    """Words for times and zones."""
    towns: frozenset[str]
    """Words of those that name zones."""
    slug: Choice
    denied: Pattern
    """What says that there is none, at the end of what stands before the words."""
    free: Pattern
    """The same of all that stands behind them."""
    lifted: Pattern
    named: tuple[str, ...]
    stems: tuple[str, ...]
    words: tuple[tuple[str, Pattern], ...]
    """Every line that may state an embargo has one of these in it, as it is or, with a space after it, as a word."""
    any: Choice
    """All words."""


def embargo_rows(table: EmbargoWords) -> tuple[str, ...]:
    """The words of every language."""
    return tuple(row for words in (table.opens, table.bare, table.noun) for rows in words.values() for row in rows)


def embargo_marks(table: EmbargoWords) -> EmbargoMarks:
    """The patterns of the table."""
    nouns = tuple(row for rows in table.noun.values() for row in rows)
    bares = tuple(row for rows in table.bare.values() for row in rows)
    kinds = (table.opens, table.bare, table.noun)
    rows = {each: sum((kind.get(each, ()) for kind in kinds), ()) for each in dict.fromkeys(chain(*kinds))}
    words = {language: rf"({any_row(said)})(?:\W{{1,8}}\1\b)*" for language, said in rows.items()}
    return EmbargoMarks(
        opens={
            language: (compiled(rf"{SIGNS}{LABEL_BEFORE}?{word}"), compiled(rf"(?<!\w){word}"))
            for language, word in words.items()
        },
        follows=compiled(_then(table, _FAR)),
        noun=compiled(any_row(nouns)),
        until=compiled(rf"(?={_then(table, _NEAR)})(?:{_until(table)})"),
        bare=compiled(any_row(bares)),
        then=compiled(table.then),
        weak=compiled(rf"[^\w:]*{table.with_}"),
        event=compiled(table.event),
        hour=compiled(_hour(table)),
        times=_time_words() | frozenset(table.clock),
        towns=frozenset(word for town in chain(*time_words().towns.values()) for word in town.split()),
        slug=Choice(table.slug + nouns),
        denied=compiled(table.denied),
        free=compiled(rf"\W*{table.free}(?:\W+{table.free})*\W*"),
        lifted=compiled(rf"\W*(?:(?![.:;!?–—]\s|\s-\s).){{0,80}}?\b{table.lifted}"),
        named=table.named,
        stems=(*table.named, *table.stems),
        words=tuple((f"{word} ", _alone(word)) for word in table.words),
        any=Choice(embargo_rows(table)),
    )


_NEAR, _FAR = 2, 6
"""Words between one of ``with`` and the moment: ``Embargo on Monday``, ``embargoed for print and online until 6``."""


def _then(table: EmbargoWords, words: int) -> str:
    """What must follow the words of an embargo."""
    weak = rf"{table.with_}(?=\W+(?:\w+\W+){{0,{words}}}(?:\d|{_day(table)}))"
    short = any_of(word for row in time_words().weekdays for word in row.split() if len(word) <= _SHORT)
    figure = rf"(?:(?:{short})[.,]+\s?|(?:{_months()})\.?\s)?\d"
    return rf"[^\w.]*$|\s*(?:[:!)】\]–—/]|-(?!\w))|{_OCLOCK}|\W*{figure}|\W*(?:{table.then}|{weak}|{_day(table)})"


def _day(table: EmbargoWords) -> str:
    """A day, a time of day or an event."""
    times = time_words()
    days = (word for row in times.weekdays for word in row.split() if len(word) > _SHORT)
    return rf"(?:{table.event}|(?:{any_of((*days, *times.days, *times.times))})\b)"


_SHORT = 3
"""Letters of a weekday's name that may be another word: ``sun``, ``mar``."""


def _months() -> str:
    return any_of(word for row in time_words().months for word in row.split())


def _until(table: EmbargoWords) -> str:
    """Nothing, a colon, a moment or an event, but no year alone: ``Embargo until 2027: ...`` is of trade.

    Under a colon anything may be an event (``Embargo: morning papers``), and news with such a headline can wait for
    a desk.
    """
    clock = r"\s?[:./-]\s?\d|-(?:[ae]n|ig)\b|\s?(?:[ap]\.?\s?m\b|h|uhr|gmt|utc|[年月日時时点년월일시])"
    day = rf"(?:st|nd|rd|th|er|\.)?\s(?:de |of )?(?:{_months()})\b"
    dated = rf"\W\D{{0,20}}\d{{1,2}}(?:\W{{1,2}}\d|[.,:;)]|\W*$|\sd\b|{clock})"
    moment = rf"\D{{0,60}}(?:{_YEAR}{dated}|\d{{1,4}}(?:{clock}|{day}))"
    then = rf"\W*{table.then}(?!\D{{0,20}}\b{_YEAR}(?!{dated}))"
    return rf"\W*$|\s*:|{then}|\W{{0,3}}{_HOURS}|{_OCLOCK}|{moment}|.{{0,60}}?\b{_day(table)}"


def _hour(table: EmbargoWords) -> str:
    """``until 2030``, ``fino alle 2030``; a zone may follow, but no other figure."""
    before = rf"{table.then}\W*(?:(?:as?|at|kl|um|{any_of(table.clock)})\W+)?"
    return rf"\W*(?:{before})?(?:19|20)[0-5][05]\b(?=\D*$)"


def _time_words() -> frozenset[str]:
    table = time_words()
    rows = (*table.months, *table.weekdays, *table.days, *table.times, *table.zones)
    return frozenset(word for row in rows for word in re.split(r"[\s-]+", row))


def _alone(word: str) -> Pattern:
    """The word by itself. It stands first in the pattern, since what begins with a text is found quickest."""
    return re.compile(rf"{word}(?<!\w{'.' * len(word)})(?!\w)", re.DOTALL)
