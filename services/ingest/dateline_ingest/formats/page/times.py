"""When a page says that its story came out, and by the clock of which zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain, islice, takewhile

from dateline_ingest.formats.page.dates import Shown, change_told, shown_date
from dateline_ingest.formats.page.names import names_of, tells
from dateline_ingest.formats.page.parts import visible
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.instants import instant, stated

_LONGEST = 90
"""Characters of a part that shows when."""
_MOST_LOOKED = 300
_BESIDE = 2
"""Levels above a time within which another one stands beside it."""
_PARTS = ("span", "div", "p", "li", "small", "em", "font", "dd", "td", "a", "h2", "h4", "h5", "h6", "time")
_NAIVE = re.compile(r".*(?:\d:\d\d(?::\d\d(?:[.,]\d+)?)?|\d{8}T\d{4,6})\s*")
"""A time of day behind which no zone stands."""
_DAY_ONLY = re.compile(r"\s*\d{4}-?\d\d-?\d\d\s*")
_FARTHEST = timedelta(hours=14)
"""How far a zone's clock is from UTC at most."""
_DAY = timedelta(days=1)
_STEP = timedelta(minutes=15)
"""What offsets of zones are multiples of."""


class PageTimes:
    """What a page shows of times: looked for only where its metadata gives none, or gives one without a zone."""

    def __init__(self, region: Element, noise: set[Element], head: Iterable[str], language: str) -> None:
        """``region`` is the story's part of the page, ``noise`` what in it is not the story.

        ``head`` are the lines behind the headline, ``language`` is the page's BCP 47 tag.
        """
        self._region, self._noise, self._head, self._language = region, noise, head, language

    def moment(self, said: tuple[str, ...], others: tuple[str, ...]) -> datetime | None:
        """The instant that the first readable text of ``said`` states; ``others`` state other moments of the story.

        One without a zone counts by the zone of a statement that has one: of the same moment, of another one, or of
        the time that the page shows; else as UTC. Of a day without a time of day, the story may show the time: the
        first that is on that day.
        """
        text = self._readable(said)
        found = self._read(text)
        if found is not None and _DAY_ONLY.fullmatch(text):
            shown = (*self._own, self._shown_here)
            on_day = (one for one in shown if one is not None and one.date() == found.date())
            return min(on_day, default=found).astimezone(UTC)
        if found is None or not _NAIVE.fullmatch(text):
            return found
        try:
            return found - self._offset(found.replace(tzinfo=None), said, others)
        except OverflowError:  # in the first or the last year that there is
            return found

    def _offset(self, wall: datetime, said: tuple[str, ...], others: tuple[str, ...]) -> timedelta:
        """How far from UTC the clock is that showed ``wall``; nothing where the page does not say."""
        same, marked, other = (_zoned(texts) for texts in (said, self._stamps, others))
        for one in (*same, *marked):
            if _minute(one.replace(tzinfo=None)) == _minute(wall):
                return _away(one)
        for one in same:
            if _is_offset(away := wall - _utc(one)):
                return away
        for one in (*other, *marked):
            if away := _away(one):
                return away
        return self._shown_offset(wall)

    def changed(self, said: tuple[str, ...], came_out: tuple[str, ...], published: datetime | None) -> datetime | None:
        """The moment of the last change that ``said`` states, else that the page shows, else ``published``.

        Where a day without a time of day is stated, what the page shows of that day is nearer.
        """
        found = self.moment(said, came_out)
        if found is not None and not _DAY_ONLY.fullmatch(self._readable(said)):
            return found
        shown = self.later(published) or self.told(published, came_out) or published
        near = found is not None and shown is not None and timedelta() <= shown - found < _DAY
        return shown if found is None or near else found

    @property
    def shown(self) -> datetime | None:
        """The first instant that a ``time`` or an ``abbr`` of the story has, else that a part called a date shows;
        else what such an element of another story or an embedded post has.

        A date that is shown without a zone gives way to such an element that may be the same moment.
        """
        return self._shown_here or next(filter(None, map(instant, self._stamps)), None)

    @cached_property
    def _own(self) -> tuple[datetime, ...]:
        """What elements of this story state, by the clock of the zone: a day is meant by that one, too."""
        texts = (text for one, text in self._stamped if instant(text) is not None and not self._is_elsewhere(one))
        own = (moment for text in texts if (moment := stated(text)) is not None)
        return tuple(one if one.tzinfo is not None else one.replace(tzinfo=UTC) for one in own)

    @cached_property
    def _shown_here(self) -> datetime | None:
        """What is shown as said of this story."""
        if self._own:
            return self._own[0].astimezone(UTC)
        date = next(self._dates(), None)
        if date is None:
            return None
        if date.zone:
            return date.instant()
        same = (instant(one) for one in self._stamps if _may_show(date, stated(one)))
        return next(filter(None, same), date.instant())

    def later(self, published: datetime | None) -> datetime | None:
        """The moment of a change that the page shows right beside that at which its story came out: the last one."""
        own = [(one, moment) for one, text in self._stamped if (moment := instant(text)) is not None]
        first = next((one for one, moment in own if moment == published and not self._is_elsewhere(one)), None)
        if first is None or published is None:
            return None
        line = set(islice(first.iterancestors(), _BESIDE))
        beside = (moment for one, moment in own if moment > published and _is_short(one, line))
        return max(beside, default=None)

    def told(self, published: datetime | None, came_out: tuple[str, ...]) -> datetime | None:
        """The moment after ``published`` that a line around the headline tells behind a word for a change, or a part
        that shows the day of publication, or stands right beside one that does.

        ``came_out`` are the statements of when it was published: a time without a zone counts by theirs.
        """
        if published is None:
            return None
        told = [(one, change) for one, text in self._said() if (change := change_told(text))]
        first = self._shows(published) if told else None
        line = set(islice(first.iterancestors(), _BESIDE)) if first is not None else set()
        near = (change for one, change in told if one is None or one is first or _is_short(one, line))
        changes = (shown_date(change, self._language) for change in near)
        moment = self.moment(tuple(change.stated for change in changes if change is not None), came_out)
        return moment if moment is not None and moment > published else None

    def _shows(self, published: datetime) -> Element | None:
        """The first part of the story that shows the day on which it came out, by some zone's clock."""
        for one, text in self._said():
            date = shown_date(text, self._language) if one is not None and not self._is_elsewhere(one) else None
            if date is not None and abs(date.day - published.date()) <= _DAY:
                return one
        return None

    def _readable(self, said: tuple[str, ...]) -> str:
        return next((text for text in said if self._read(text) is not None), "")

    def _read(self, text: str) -> datetime | None:
        if (found := instant(text)) is not None or not text:
            return found
        date = shown_date(text, self._language)
        return date.instant() if date is not None else None

    @cached_property
    def _stamped(self) -> tuple[tuple[Element, str], ...]:
        parts = islice(self._region.iter("time", "abbr"), _MOST_LOOKED)
        return tuple((one, text) for one in parts if (text := one.get("datetime") or one.get("title") or ""))

    @cached_property
    def _stamps(self) -> tuple[str, ...]:
        return tuple(stamp for _, stamp in self._stamped)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(self._head)

    def _dates(self) -> Iterator[Shown]:
        """Dates in parts that are called one, then in lines around the headline."""
        for one, text in self._said():
            if (found := shown_date(text, self._language)) and not self._is_elsewhere(one):
                yield found

    def _said(self) -> Iterator[tuple[Element | None, str]]:
        """Short parts that are called a date with what they say, then the lines around the headline."""
        parts = islice(self._region.iter(*_PARTS), _MOST_LOOKED)
        named = (one for one in parts if one.tag == "time" or tells(names_of(one), "about"))
        said = chain(((one, visible(one, most=_LONGEST + 1)) for one in named), ((None, line) for line in self._lines))
        return ((one, text) for one, text in said if len(text) <= _LONGEST)

    def _is_elsewhere(self, part: Element | None) -> bool:
        """Whether a date is said of another story: in a part that is none of this one, or in a link to it."""
        if part is None:
            return False
        said = len(visible(part, most=_LONGEST))
        above = (part, *takewhile(lambda one: one is not self._region, part.iterancestors()))
        return any(
            one in self._noise or (one.tag == "a" and len(visible(one, _is_time, most=2 * _LONGEST)) > said)
            for one in above
        )

    def _shown_offset(self, wall: datetime) -> timedelta:
        """How far from UTC the zone is that the page shows beside the same time of day."""
        for date in self._dates():
            if date.zone is not None and date.clock and _minute(wall).time() == date.clock.replace(second=0):
                return _away(wall.replace(tzinfo=date.zone))
        return timedelta()


def _is_short(time: Element, parts: set[Element]) -> bool:
    """Whether a time stands in one of the parts, and that says little more: it is no text in which a day is marked."""
    around = next((one for one in islice(time.iterancestors(), _BESIDE) if one in parts), None)
    return around is not None and len(visible(around, most=2 * _LONGEST)) < 2 * _LONGEST


def _is_time(element: Element) -> bool:
    return bool(element.tag == "time")


def _may_show(shown: Shown, moment: datetime | None) -> bool:
    """Whether what is shown without a zone may be the moment: by some zone's clock, or on its own day."""
    if moment is None or moment.tzinfo is None:
        return False
    if shown.clock is None:
        return moment.date() == shown.day
    wall = datetime.combine(shown.day, shown.clock)
    return _is_offset(_minute(wall) - _minute(_utc(moment)))


def _zoned(texts: tuple[str, ...]) -> list[datetime]:
    """The moments in texts that name a zone, by its clock."""
    found = (stated(text) for text in texts if instant(text) is not None)
    return [one for one in found if one is not None and one.tzinfo is not None]


def _away(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _is_offset(away: timedelta) -> bool:
    return abs(away) <= _FARTHEST and not timedelta(seconds=round(away.total_seconds())) % _STEP
