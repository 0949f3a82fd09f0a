"""Which agency stories were there when a text came in: an index of the log's recent past, as of any event in it.

Made from StoryAttributed and StoryCanceled alone, in the order of the log, so that whoever reads the same log has the
same index. Nothing is looked up by the clock: a story is there for an event if the log has it before the event, no
newer version of it stands between, and it is not older than the window. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from dateline_attribution.commonruns import as_words, samples
from dateline_attribution.copywords import Words, words
from dateline_attribution.originrules import OriginRules
from dateline_attribution.overlaps import Overlap, is_copy, overlap, passages
from dateline_schemas.credit import Credit, Origin
from dateline_schemas.events import Event, Recorded, StoryAttributed, StoryCanceled
from dateline_schemas.story import Story

_BEHIND = timedelta(days=1)
"""Kept beyond the window, for events that are answered late."""
_LATE = 1_000
"""The same in stories: several events are in work at once, and not in their order."""
_SOLE = b'"role":"sole"'
"""In the bytes of every event that says so, as the codec writes them."""


class Window(Struct, frozen=True):
    """How far back is looked."""

    days: int
    stories: int
    """Versions of agency stories, the latest ones."""

    @property
    def reach(self) -> timedelta:
        """The same as a time."""
        return timedelta(days=self.days)


class _Kept(Struct, kw_only=True):
    """A version of an agency story."""

    story_id: str
    version: str
    agency: str
    headline: str
    words: bytes
    since: int
    """Sequence of the event that said whose copy it is."""
    time: datetime
    until: int = 0
    """Sequence of the event that said something else of the story; 0 if none did."""
    withdrawn: int = 0
    """Sequence of its kill; 0 if there is none."""


class _Moment(Struct, frozen=True):
    """What an event sees of the index."""

    story_id: str
    seq: int
    oldest: datetime
    first: int
    """Number of the first version within the window."""

    def sees(self, number: int, kept: _Kept) -> bool:
        there = kept.since < self.seq and not 0 < kept.until < self.seq
        return there and number >= self.first and kept.time >= self.oldest and kept.story_id != self.story_id


class OriginIndex:
    """Agency stories of the window, found by what they have in common with a text."""

    kinds: tuple[type[Event], ...] = (StoryAttributed, StoryCanceled)

    def __init__(self, rules: OriginRules, window: Window) -> None:
        self._rules = rules
        self._window = window
        self._kept: dict[int, _Kept] = {}
        """By number: consecutive, in the order of the log."""
        self._next = 0
        self._newest: dict[str, int] = {}
        self._sampled: dict[int, int | list[int]] = {}
        """Numbers of the versions that have a sampled shingle; mostly it is one."""

    def __len__(self) -> int:
        """How many versions are kept."""
        return len(self._kept)

    @property
    def reach(self) -> timedelta:
        """How much of the log before an event its answer may depend on."""
        return self._window.reach

    def passes_over(self, story_id: str, data: bytes) -> bool:
        """Whether an event makes no difference: nobody's copy, of a story that was nobody's before."""
        return _SOLE not in data and story_id not in self._newest

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take the next event of the log into account."""
        event = recorded.event
        there = self._kept.get(self._newest.get(event.story_id, -1))
        if isinstance(event, StoryCanceled):
            if there and event.standing == "current":
                there.withdrawn = there.withdrawn or recorded.seq
        elif isinstance(event, StoryAttributed):
            if there:
                there.until = recorded.seq
                del self._newest[event.story_id]
            if is_agency_copy(event.credit):
                self._keep(event, recorded)
                self._forget(recorded.time - self._window.reach - _BEHIND)

    def _keep(self, event: StoryAttributed, recorded: Recorded[Event]) -> None:
        text = words(event.story.paragraphs, self._rules.longest)
        if len(text) < self._rules.shared:
            return
        number, self._next = self._next, self._next + 1
        self._newest[event.story_id] = number
        self._kept[number] = _Kept(
            story_id=event.story_id,
            version=event.version,
            agency=event.credit.agencies[0],
            headline=event.story.headline,
            words=text.tobytes(),
            since=recorded.seq,
            time=recorded.time,
        )
        for sample in {sample for _, sample in samples(text)}:
            there = self._sampled.setdefault(sample, number)
            if isinstance(there, list):
                there.append(number)
            elif there != number:
                self._sampled[sample] = [there, number]

    def _forget(self, before: datetime) -> None:
        while self._kept:
            number = self._next - len(self._kept)
            kept = self._kept[number]
            if kept.time >= before and len(self._kept) <= self._window.stories + _LATE:
                return
            del self._kept[number]
            if self._newest.get(kept.story_id) == number:
                del self._newest[kept.story_id]
            for sample in {sample for _, sample in samples(as_words(kept.words))}:
                there = self._sampled[sample]
                if isinstance(there, list) and len(there) > 1:
                    there.remove(number)
                else:
                    del self._sampled[sample]

    def origin(self, story: Story, story_id: str, seq: int, time: datetime) -> Origin | None:
        """The story that a text is a copy of, if it is one of any that the log had before ``seq``.

        ``time`` is when the log took the event at ``seq``, which the window is counted from. The index must have
        been given the log up to there; what it knows of later events makes no difference.
        """
        text = words(story.paragraphs, self._rules.longest)
        if len(text) < self._rules.fewest:
            return None
        moment = _Moment(story_id, seq, time - self._window.reach, self._first(seq))
        hits, boilerplate = self._look(text, moment)
        best: tuple[Overlap, _Kept] | None = None
        # Counter keeps the order of the text, which would leave ties to it: the earlier story goes first.
        for number, _ in sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))[: self._rules.candidates]:
            kept = self._kept[number]
            found = overlap(text, as_words(kept.words), self._rules, boilerplate)
            if is_copy(found, self._rules) and (best is None or found.shared > best[0].shared):
                best = found, kept
        return None if best is None else self._origin(story, best[0], best[1], seq)

    def _first(self, seq: int) -> int:
        numbers = range(self._next - len(self._kept), self._next)
        before = numbers[0] + bisect_left(numbers, seq, key=lambda number: self._kept[number].since) if numbers else 0
        return before - self._window.stories

    def _look(self, text: Words[int], moment: _Moment) -> tuple[Counter[int], frozenset[int]]:
        """How many samples each story has in common with the text, and which of its words are boilerplate."""
        hits: Counter[int] = Counter()
        common: list[tuple[int, bool]] = []
        for at, sample in samples(text):
            seen = list(self._seen(sample, moment))
            common.append((at, len(seen) > self._rules.common))
            if len(seen) <= self._rules.common:
                hits.update(seen)
        return hits, frozenset(_between(common))

    def _seen(self, sample: int, moment: _Moment) -> Iterator[int]:
        """Versions that have a sampled shingle, one more than makes it boilerplate at most."""
        there = self._sampled.get(sample, [])
        left = self._rules.common + 1
        for number in reversed(there) if isinstance(there, list) else (there,):
            if moment.sees(number, self._kept[number]):
                yield number
                left -= 1
                if not left:
                    return

    def _origin(self, story: Story, found: Overlap, kept: _Kept, seq: int) -> Origin:
        return Origin(
            story_id=kept.story_id,
            version=kept.version,
            agency=kept.agency,
            headline=kept.headline,
            withdrawn=0 < kept.withdrawn < seq,
            overlap=found.share,
            taken=found.taken,
            words=found.shared,
            passages=passages(story.paragraphs, found, self._rules),
        )


def is_agency_copy(credit: Credit) -> bool:
    """Whether a credit says that the text is one named agency's alone."""
    return credit.role == "sole" and len(credit.agencies) == 1 and credit.agencies != ("generic",)


def _between(samples: list[tuple[int, bool]]) -> Iterator[int]:
    """Numbers of the words from one boilerplate sample to the next, where nothing else is sampled between."""
    for (at, common), (following, too) in pairwise(samples):
        if common and too:
            yield from range(at, following)
        elif common:
            yield from range(at, min(following, at + 4))
    if samples and samples[-1][1]:
        yield from range(samples[-1][0], samples[-1][0] + 4)
