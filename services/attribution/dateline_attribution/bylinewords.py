"""The words of bylines by language, compiled: ``bylines.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from dateline_attribution.measured import Count, weighed
from dateline_attribution.sieve import Sieve
from dateline_attribution.tables import BYLINES, TableError
from dateline_attribution.triggers import triggers
from dateline_schemas.story import Confidence


class _Opened(Struct, frozen=True, forbid_unknown_fields=True):
    holds: tuple[str, ...]
    shape: str


class _Table(
    Struct, frozen=True, forbid_unknown_fields=True, rename={"and_": "and", "with_": "with", "for_": "for", "in_": "in"}
):
    by: tuple[str, ...]
    and_: tuple[str, ...]
    given: tuple[str, ...]
    with_: tuple[str, ...]
    for_: tuple[str, ...]
    in_: tuple[str, ...]
    behind: tuple[str, ...]
    rest: tuple[str, ...]
    no_person: tuple[str, ...]
    particles: tuple[str, ...]
    no_initials: tuple[str, ...]
    above: tuple[str, ...]
    joined: tuple[str, ...]
    published: tuple[str, ...]
    dating: tuple[str, ...]
    opened: tuple[_Opened, ...]
    closed: tuple[_Opened, ...]
    contributed: tuple[str, ...]
    titled: tuple[str, ...]
    posted: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    confidence: dict[str, Confidence]


class BylineWords(Struct, frozen=True, eq=False):
    """What splits a byline."""

    by: re.Pattern[str]
    """Words of authorship at the beginning."""
    split: re.Pattern[str]
    """A sign between two parts."""
    joint: re.Pattern[str]
    """A word between two names."""
    loose: re.Pattern[str]
    """Such a word at the end, where an agency was taken out."""
    at: re.Pattern[str]
    """A place of one word at the end of several names, in group 1."""
    place: re.Pattern[str]
    """A place at the end of a part, in group 1."""
    posted: re.Pattern[str]
    """Words of authorship of those who sign from elsewhere."""
    aside: re.Pattern[str]
    """A place in brackets, in group 1 with the word before it."""
    double: re.Pattern[str]
    """The last of two family names with a word of joining between them: ``e Silva``, ``y Gasset``."""
    behind: re.Pattern[str]
    """What stands behind a name and is none of it."""
    rest: re.Pattern[str]
    """From where on a line names nobody any more."""
    no_person: re.Pattern[str]
    particles: frozenset[str]
    """Words of names that are written small."""
    no_initials: frozenset[str]
    above: tuple[str, ...]
    """What a paragraph above the text begins with that is nothing but a byline, the longest first."""
    dating: re.Pattern[str]
    """Words between a name and the day, up to the end."""
    published: re.Pattern[str]
    """A line that says when it was published, and by whom: the names are in group ``names``."""
    opened: tuple[tuple[str, re.Pattern[str]], ...]
    """The beginning of a text that says who reported, by what it must hold; the names are in group ``names``."""
    closed: tuple[tuple[str, re.Pattern[str]], ...]
    """The same of the end of a paragraph."""
    helped: re.Pattern[str]
    """A sentence that says who contributed; the names are in group ``names``."""
    titled: re.Pattern[str]
    """What stands before the names of those who contributed, up to what they are or whose."""
    clauses: re.Pattern[str]
    """Between what two did in a line of credits: a sign that ends a clause, or a comma before the next label."""
    label: re.Pattern[str]
    """A word for what somebody did, with what follows it up to the names; its group is the role."""
    bracketed: re.Pattern[str]
    """The same in a line in brackets, where names may follow without anything between: ``(Reportage Jeanne Cerf)``."""
    labels: Sieve
    """Of the label alone."""
    label_needs: int
    """What the label cannot match without, as that sieve numbers it."""
    confidence: dict[str, float]
    """How sure a person is by the way of signing, ``bylines.<way>``."""

    def opening(self, paragraph: str) -> str:
        """The names of reporters in or behind a dateline; empty for any other beginning."""
        head = paragraph[:_HEAD]
        match = next(filter(None, (shape.match(head) for held, shape in self.opened if held in head)), None)
        return match["names"] if match else ""

    def closing(self, paragraph: str) -> str:
        """The names of those who sign at the end of a paragraph; empty for any other end."""
        tail = paragraph[-_HEAD:]
        match = next(filter(None, (shape.search(tail) for held, shape in self.closed if held in tail)), None)
        return match["names"] if match else ""

    def contributors(self, line: str) -> str:
        """The names of those who contributed, by a sentence in the line; empty where none says so."""
        match = self.helped.search(line)
        return match["names"] if match else ""

    def begun(self, line: str) -> tuple[str, str]:
        """The words of authorship that a line begins with, and what is behind them."""
        said = self.by.match(line)
        return (said[0], line[said.end() :]) if said else ("", line)

    def calls(self, line: str, end: int) -> bool:
        """Whether what a line begins with up to a gap is nothing but a word of authorship or of what somebody did."""
        said = self.by.match(line) or self.label.match(line)
        return said is not None and said.end() == end + 1

    def is_title(self, line: str) -> bool:
        """Whether a line is nothing but what somebody is called in a paper."""
        return line[0].isalpha() and not any(map(str.isdigit, line)) and self.behind.fullmatch(f" {line}") is not None

    def may_label(self, line: str) -> bool:
        """Whether a line holds any word of what somebody did, as most do not."""
        return self.labels.held(line) & self.label_needs == self.label_needs


_HEAD = 120
"""Characters at the beginning, and at the end, of a paragraph in which reporters are named."""
_PLACE = r"((?:[^\W\d_][\w.'-]*\s?){1,4})"


def parse_byline_words(text: str, measured: Mapping[str, Count]) -> BylineWords:
    """The words that a TOML text in the form of ``bylines.toml`` lists, with what was measured. Raises TableError."""
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
        return _compiled(table, measured)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise TableError(f"{BYLINES}: {error}") from error


def _compiled(table: _Table, measured: Mapping[str, Count]) -> BylineWords:
    ways = {f"bylines.{way}": reasoned for way, reasoned in table.confidence.items()}
    by, between = _any(table.by), _any((*table.and_, *table.with_))
    did = _any(tuple(word for words in table.roles.values() for word in words))
    labels = "|".join(rf"(?P<{role}>{_any(words)})" for role, words in table.roles.items())
    as_well = "writing|editing|reporting|adaptation|adaptación|edición|adattamento"
    joint = rf"(?: (?:{_any(table.and_)}) (?:{as_well})|・(?:文|構成|写真|撮影|編集))?"
    name_follows = r"(?<=[\u0590-\u0dff\u1100-\uffef])\s?(?=\w)"
    names = r"(?:[A-ZÀ-Ý][\w'’.-]*\s){1,2}[A-ZÀ-Ý][\w'’.-]+(?:\s*$|,|\s(?:et|e|y|and|und)\s)"
    after = rf"(?:\s*[:：]\s*|\s+(?:by|de|von|par|por|di|da|door|av|af|przez|od)(?:\s*:\s*|\s+)|{name_follows})"
    label = re.compile(rf"(?<!\w)(?:{labels}){joint}{after}", re.IGNORECASE)
    bracketed = re.compile(rf"(?<!\w)(?:{labels}){joint}(?:{after}|\s+(?-i:(?={names})))", re.IGNORECASE)
    needed = triggers(label)
    sieve = Sieve([needed])
    return BylineWords(
        by=re.compile(rf"^\W*(?:{by})(?:[\s:：]+|(?<=[\u0590-\uffef:：/|])\s*)(?=\S)", re.IGNORECASE),
        split=re.compile(rf"\s*[,;|/／•·、，；،؛+]\s*|\n|\s+[–—-]\s+|\s+(?=(?i:{did})\s?:\s)"),
        joint=re.compile(rf"\s+(?:{between})\s+|\s*&\s*"),
        loose=re.compile(rf"\s+(?:{between}|from|of|&)(?: [Tt]he)?\s*$"),
        at=re.compile(rf"\s+(?:{_any(table.in_)})\s+([^\W\d_a-z][\w'-]+)$"),
        place=re.compile(rf"\s+(?:{_any(table.in_)})\s+{_PLACE}$"),
        posted=re.compile(_any(table.posted), re.IGNORECASE),
        aside=re.compile(rf"\s?\(((?:{_any(table.in_)})\s[^\W\d_a-z][^()\d]{{1,30}})\)"),
        double=re.compile(rf"\S\s\S+\s[ey]\s(?!(?:{_any(table.given)})$)[^\W\d_a-z][\w'-]+$"),
        behind=re.compile(rf"\s?(?:{_any(table.behind)})$|\s(?:{_any(table.for_)})$|\s@\w+$"),
        rest=re.compile(_any(table.rest)),
        no_person=re.compile(rf"(?<!\w)(?:{_any(table.no_person)})(?!\w)", re.IGNORECASE),
        particles=frozenset(table.particles),
        no_initials=frozenset(table.no_initials),
        above=_begun(table.above, table.joined),
        dating=re.compile(rf"(?:\W+(?:{_any(table.dating)}))*\W*$", re.IGNORECASE),
        published=re.compile(
            rf"^(?:{_any(table.published)})\W.{{0,60}}?\s(?:{_any(table.by)})\s+(?P<names>\D{{4,60}})$", re.I
        ),
        opened=_held(table.opened),
        closed=_held(table.closed),
        helped=re.compile(
            rf"(?:^|[.!?_]\s)(?P<names>[^.!?]{{0,80}}(?:(?<=[A-Z])\.[^.!?]{{1,60}}){{0,4}})\s(?:{_any(table.contributed)})(?!\w)"
        ),
        titled=re.compile(rf"^.{{0,60}}?(?:(?<!\w)(?:{_any(table.titled)})|(?<=\w)['’]s?)\s", re.IGNORECASE),
        clauses=re.compile(
            rf"[;；()\[\]（）。]|\.(?=\s|$)(?<![\s.][A-Z]\.)|(?:[,،]|\s[–—-])\s+(?=(?i:{did}){joint}(?:{after}|\s{names}))|\s+(?=(?i:{did})\s?[:：])"
        ),
        label=label,
        bracketed=bracketed,
        labels=sieve,
        label_needs=sieve.needs(needed),
        confidence={way: weighed(way, reasoned, measured) for way, reasoned in ways.items()},
    )


def _held(rows: tuple[_Opened, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((held, re.compile(row.shape)) for row in rows for held in row.holds)


def _begun(words: tuple[str, ...], joined: tuple[str, ...]) -> tuple[str, ...]:
    apart = [said for word in words for said in (f"{word} ", f"{word}:", f"{word} :")]
    return tuple(sorted((*apart, *joined), key=len, reverse=True))


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
