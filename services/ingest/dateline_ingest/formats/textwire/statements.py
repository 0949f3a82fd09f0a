"""What the lines of a text wire's message state, one after another, and what they come to. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from dateline_ingest.formats.textwire.embargo import embargo_in, may_hold, says_free
from dateline_ingest.formats.textwire.kinds import How, Kind
from dateline_ingest.formats.textwire.lines import LONGEST_LINE, MARK_LINE, Told, is_note, kinds_told, numbers_opening
from dateline_ingest.formats.textwire.partnumbers import lead_number, take_number
from dateline_ingest.formats.textwire.said import DOUBTED, Said, named_in, quoted_in, urns_in
from dateline_ingest.formats.textwire.slugs import Slug, is_keyword
from dateline_ingest.formats.textwire.table import kinds_alone, marks, may_open
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.status import latest
from dateline_schemas.story import Link, Pubstatus

FIRST = 3
"""Paragraphs of the body in which a kill, a correction or an embargo is announced."""
_SIGNALS = {"kill": "kill", "correction": "sig:correction", "advisory": "sig:advisory", "update": "sig:update"}
_SIGNALS |= {"repeat": "sig:repeat"}
_LONGEST_NOTE = 20_000
_FEW = 40
"""Most words of a notice."""
_SENT = re.compile(r"\b\d{1,2}[.:hH]\d\d\b|\b\d{4} (?:GMT|UTC)\b")


class Statements:
    """What the lines of one message state, put together."""

    def __init__(
        self, slug: Slug, sent: datetime | None, agency: str, lines: tuple[str, ...], paragraphs: tuple[str, ...]
    ) -> None:
        self.slug, self.sent, self.agency, self.lines, self.paragraphs = slug, sent, agency, lines, paragraphs
        self.texts = lines + paragraphs[:FIRST]
        self.signals: dict[str, None] = {}
        self.marks: set[str] = set()
        self.notes: dict[str, None] = {}
        self.told: list[str] = []
        """Texts that announce a kill or a correction: there the story is named."""
        self.embargo: datetime | None = None
        self.unclear: list[str] = []
        """Embargo lines whose time cannot be told."""
        self.advance = False
        self.urgency: int | None = None
        self.lead = self.take = 0

    def part(self, part: str) -> None:
        """A mark beside the keyword, or several: ``1st Ld-Kill``."""
        pieces = tuple(dict.fromkeys((part, *map(str.strip, part.split("-")))))
        for kind in (kind for piece in pieces for kind in kinds_alone(piece)):
            if self._counts(self.slug.how(part) if kind.name == "kill" else "sure", part):
                self._is(kind)
        if any(map(marks().embargo.slug.fullmatch, pieces)):
            self.advance = True
            self.notes[part] = None
        self._numbers(part)

    def _counts(self, how: How, text: str) -> bool:
        """Whether what a text states in that way counts, beside what else it says; held where a desk must look."""
        if how == "sure":
            return True
        copy = any(map(marks().copy.search, self.texts))
        short = sum(len(one.split()) for one in self.lines + self.paragraphs) <= _FEW
        dated, apart = [one for one in self.texts if dateline_of(one)], self.slug.is_apart
        brief, below, loud = short and not dated, any(one != text for one in dated), text == text.upper()
        notice, keyed = copy and brief, apart and is_keyword(self.slug.name)
        weights: dict[How, tuple[bool, bool]] = {  # whether it counts, else whether a desk must look
            "curt": (brief, False),
            "quiet": (notice, False),
            "loud": (notice, True),
            "news": (copy, True),
            "titled": (copy or (short and not below) or bool(named_in((text,))[0]), True),
            "labelled": (notice and (bool(named_in(self.texts)[0]) or any(map(_says_when, self.texts))), notice),
            "beside": (brief or (copy and (short or loud)), copy or loud or apart),
            "headed": (brief and (copy or keyed), copy or apart or short or not dated),
        }
        counts, doubted = weights[how]
        if doubted and not counts:
            self.doubt(text, kills=how != "news")
        return counts

    def doubt(self, text: str, *, kills: bool) -> None:
        """Hold what may be a kill until a desk has looked; ``kills`` if it is one over a story that exists."""
        self.advance = True
        self.notes[text] = None
        if kills:
            self.signals[DOUBTED] = None

    def line(self, text: str, after: str, *, head: bool, aside: bool) -> None:
        """A line of the head, or one of the first paragraphs."""
        text = text[:LONGEST_LINE]
        plain = text.replace("’", "'")
        if head and text[:1] == "$" and marks().embargo.slug.fullmatch(text[1:]):
            self.part(text[1:])  # AP's sign to typesetters on a line of its own: $adv28
            self.marks.add(text)
            return
        note, holds = head and is_note(plain), may_hold(plain)
        if holds and (note or aside):
            self._embargoed(text, after, anywhere=True)
        if not (note or may_open(plain)):
            return
        if holds:
            self._embargoed(text, after, anywhere=False)
        if note:
            self.notes[text] = None
            self.marks.add(text)
        only = False
        for told in kinds_told(plain, head):
            if self._counts(told.how, text):
                self._told(told, text)
                only |= told.whole
        if head and (numbers := numbers_opening(plain)):
            self._numbers(numbers[0])
            only |= numbers[1]
        if only:
            self.marks.add(text)

    def sentence(self, text: str) -> None:
        """What follows a dateline: there a sentence may take a story back (EFE), but no mark opens it."""
        for told in kinds_told(text, False):
            if told.said and told.how == "sure":
                self._told(told, text)

    def held(self, text: str, after: str, *, anywhere: bool = True) -> None:
        """A line for editors apart from the head: an embargo, ``anywhere`` in it or where it begins."""
        self._embargoed(text[:_LONGEST_NOTE], after[:_LONGEST_NOTE], anywhere=anywhere, mark=False)

    def heading(self, text: str, after: str) -> None:
        """A heading among the lines for editors, which may say of what kind the message is."""
        for kind in kinds_alone(text.lstrip("# ")):
            if kind.name in ("kill", "correction", "repeat"):
                self._is(kind)
                self.told.append(after)

    def _told(self, told: Told, text: str) -> None:
        """Take note of a kind that the text states."""
        self._is(told.kind)
        if told.kind.name == "hold":
            self.notes[text] = None
        if told.kind.name in ("kill", "correction", "advisory") and not told.whole:
            self.told.append(text)
            if told.said or told.kind.name != "correction":
                self.notes[text] = None

    def more(self, texts: list[str]) -> None:
        """The last lines say that another part follows."""
        self.take = self.take or 1
        self.signals["more"] = None
        self.marks.update(texts)

    def _is(self, kind: Kind) -> None:
        if kind.number:
            self.urgency = min(kind.number, self.urgency or kind.number)
        elif kind.name == "hold":
            self.advance = True
        else:
            self.signals[_SIGNALS[kind.name]] = None

    def _numbers(self, text: str) -> None:
        take = take_number(text)
        if take is not None:
            self.take = self.take or take
            return
        lead = lead_number(text)
        if lead is not None:
            self.lead = max(self.lead, lead)
            self.signals["sig:update"] = None

    def _embargoed(self, text: str, after: str, *, anywhere: bool, mark: bool = True) -> None:
        found = embargo_in(text, after=after, anywhere=anywhere, sent=self.sent, agency=self.agency)
        if found is None:
            self.marks.update((text,) if mark and says_free(text) else ())
            return
        if not any(found.line in note for note in self.notes):
            self.notes[found.line] = None
        if mark and len(text) <= MARK_LINE:
            self.marks.update(filter(None, (text, found.beside)))
        if found.label and found.until is None:
            self.advance = True
        elif found.until is None:
            self.unclear.append(found.line)
        else:
            self.embargo = latest(found.until, self.embargo)

    def result(self) -> Said:
        """All of it."""
        slug = self.slug if self.signals.keys() & {"kill", DOUBTED} else self.slug.of_news
        if killed := "kill" in self.signals:
            self.signals.pop(DOUBTED, None)
        notes = list(self.notes)
        if killed:
            notes += [text for text in self.paragraphs[:FIRST] if text not in self.notes and text not in self.marks]
        named = self.told if self.told else list(self.lines[:FIRST] + self.paragraphs[:FIRST]) if killed else []
        names, titled = named_in(named)
        if killed and not names and (names := quoted_in(named)):
            titled = True
        withheld = bool(self.unclear) or (self.advance and self.embargo is None)
        status: Pubstatus = "canceled" if killed else "withheld" if withheld else "usable"
        return Said(
            slug=slug,
            pubstatus=status,
            embargo=self.embargo,
            signals=tuple(sorted(self.signals, key=lambda signal: signal != "kill")),
            urgency=self.urgency,
            lead=self.lead,
            take=self.take,
            ed_note="\n".join(notes),
            names=names,
            titled=titled,
            links=self._links(named, names),
            marks=frozenset(self.marks),
        )

    def _links(self, named: list[str], names: str) -> tuple[Link, ...]:
        found = [Link(href="", rel="replaces", title=self.slug.reference)] if self.slug.reference else []
        if names:
            found.append(Link(href="", rel="kills" if "kill" in self.signals else "corrects", title=names))
        return (*found, *(Link(href=urn, rel="replaces") for urn in urns_in(named)))


def _says_when(text: str) -> bool:
    """Whether a text speaks of copy and of a time of day, as when it was sent."""
    return marks().copy.search(text) is not None and _SENT.search(text) is not None
