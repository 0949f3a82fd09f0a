"""How text wires tell of what kind a message is (kill, correction and so on), made ready for matching."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dateline_ingest.beginnings import SIGNS, Choice, Guarded, any_row

AFTER = r"(?=\s*[:：–—/|!)）\]】+*]|\s+-|-+\s?\S|\s*$)"
"""What stands after a mark that opens a line."""
_KEYWORD = r"\w\S{0,60}[-/]\w\S{0,60}\s*$"
"""A name of several parts, and no more."""


How = Literal["sure", "titled", "news", "loud", "quiet", "labelled", "curt", "beside", "headed"]
"""How a message tells of its kind. ``sure`` is a sentence, or a mark that opens nothing else. News has the others, too:
marks that open headlines (``titled``), or do so more often (``news``); a mark in brackets behind one, or in capitals
before one that has none (``loud``); one in brackets in small letters (``quiet``); a word before a colon (``labelled``)
or behind an address (``curt``); one ``beside`` a keyword, or beside what may be a headline (``headed``)."""


class KindWords(Struct, frozen=True):
    """The words of a kind, as the table has them."""

    marks: tuple[str, ...]
    loose: tuple[str, ...]
    said: tuple[str, ...]
    addressed: tuple[str, ...] = ()
    curt: tuple[str, ...] = ()
    titles: str = ""
    news: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def sentences(self, address: str) -> tuple[str, ...]:
        """``said``, what follows an address, and what one of the agencies does to a story of its own."""
        own = rf"(?:(?:the|die|a|het|az|το) |l')?{any_row(self.agencies)} {any_row(self.own)}"
        return (*self.said, *_behind(address, self.addressed + self.curt), *((own,) if self.own else ()))


class Kind(Struct, frozen=True):
    """How a kind of message is told."""

    name: str
    number: int
    """Urgency, of a kind that says how urgent it is."""
    whole: Guarded
    """A line or a version part that is nothing but the mark."""
    opens: Choice
    loud: Choice
    """The same before a text, which they are a part of unless they alone are in capitals."""
    titles: Choice
    """Those of them that open headlines, too."""
    news: Choice
    """The same of words that open headlines more often."""
    said: Choice
    curt: Choice
    """Those of them that may be news over a story of its own."""
    starts: frozenset[str]
    """How its texts can begin."""


def _behind(address: str, rows: tuple[str, ...]) -> tuple[str, ...]:
    return (rf"{address}[:,–—-]+\s*{any_row(rows)}",) if rows else ()


def whole_of(rows: tuple[str, ...], before: tuple[str, ...] = ()) -> Guarded:
    """What is nothing but one of the rows, or several, with signs around."""
    first = rf"(?:{any_row(before)}\b)?{SIGNS}" if before else ""
    return Guarded(rf"{SIGNS}{first}{any_row(rows)}(?:{SIGNS}{any_row(rows)})*{SIGNS}", rows + before)


def kind_of(name: str, rows: KindWords, urgent: tuple[str, ...], address: str) -> Kind:
    """The patterns of a kind, whose marks any of ``urgent`` may stand before."""
    whole = whole_of(rows.marks + rows.news + rows.loose, urgent)
    after = rf"(?:{AFTER}|(?=\s{_KEYWORD}))" if rows.copy else AFTER  # KILL river-bridge
    copy = rf"(?:\W+\w+){{0,3}}?\W+{any_row(rows.copy)}"  # RÜCKRUF der Meldung
    spoken = rf"(?:{AFTER}|(?=\s(?-i:[a-zß-ÿ]){_KEYWORD}|{copy}))"
    opens, loud = Choice(rows.marks, after=after), Choice(rows.marks if rows.copy else (), after=r"(?=\s)")
    titles, news = Choice(filter(None, (rows.titles,)), after=after), Choice(rows.news, after=spoken)
    said, curt = Choice(rows.sentences(address)), Choice(_behind(address, rows.curt))
    starts = whole.starts | opens.starts | news.starts | said.starts
    return Kind(name, 0, whole, opens, loud, titles, news, said, curt, starts)
