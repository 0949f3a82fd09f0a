"""Words that show a person's name: given names, titles, verbs of speech; and words that are in no name."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dateline_enrichment.alternation import one_of
from dateline_enrichment.runs import small_word
from dateline_enrichment.tables import compiled_table, toml_table, typed_table
from dateline_kernel.remembering import remembered_word


class Names(Struct, frozen=True):
    """The file that ``compile/compile_names.py`` makes."""

    given: frozenset[str]
    family: frozenset[str]
    common: frozenset[str]
    """Common words of many languages, in small letters."""


class CueTable(Struct, frozen=True):
    """``people.toml`` as it is written; it explains its columns."""

    titles: frozenset[str]
    roles: frozenset[str]
    title_endings: tuple[str, ...]
    courtesy: frozenset[str]
    said: tuple[str, ...]
    given: frozenset[str]
    family: frozenset[str]
    case_endings: tuple[str, ...]
    case_bases: tuple[str, ...]
    ships: frozenset[str]
    surname_first: frozenset[str]
    middle: frozenset[str]
    particles: tuple[str, ...]
    cuts: frozenset[str]
    things: frozenset[str]
    thing_endings: tuple[str, ...]
    first_things: frozenset[str]
    soft: frozenset[str]


class Before(Struct, frozen=True, gc=False):
    """The word right before a name, and what it shows about it."""

    word: str
    """In small letters, without the marks around it; empty where a sentence begins."""
    capitals: str
    """The same in capitals; empty for a word of up to two letters."""
    titled: bool
    """It is a title, or a role that stands before names."""
    courteous: bool
    """It is a title after which a surname stands alone."""
    said: bool
    """It ends a verb of speech."""
    nation: bool


_NOTHING = Before("", "", titled=False, courteous=False, said=False, nation=False)
_OPENING, _CLOSING = "\"“„«(\n'", tuple('.!?:;)"”»')
BEFORE_DESCRIPTION = (",", " (")
"""A description of a person follows only after one of these."""
_LAST_WORD = 26
_SPACES = " \u00a0"
_SHORT, _STEM = "a", 3
"""An ending with which words of many languages end, and how long a name before it has to be."""
_WORD = re.compile(r"\w+")
_NEXT_WORD = re.compile(r",? (\w+)")
_PARTS_CLAUSES = re.compile(r"[,.;:!?()\n«»“”\"]")
_AFTER_APPOSED = (",", ".", ";", ")", "\n", "")
_FARTHEST = 90
"""Characters before a name that are searched for its office."""
_OF_COURTESY = ("mr", "mrs", "ms", "m", "me", "don", "pan", "pani", "re", "papa", "sister", "sisters", "brothers")
"""Callings that say nothing of a name further on, or are other words as well."""
_ROLE = re.compile(
    r", (?:(?:an?|the|le|la|un|une|der|die|el|il|het|de|former|l['’])[ ]?|(?:its|his|her|their) (?:[^\W\d_]+ )?)?"
    r"([^\W\d_]{3,})"
)
_AGE_OR_MINUTE = re.compile(
    r" ?, (?:aged? )?\d{1,2}(?:,|\.| ans\b| años\b| anni\b| anos\b| år\b)"
    r"| \(\d{1,3}(?:\)|\.(?!\d)|['’′]|/)|, (?:who|whose|qui|dont|quien) "
)


class Cues:
    """The tables, ready to be asked."""

    def __init__(self, table: CueTable, names: Names, nations: frozenset[str]) -> None:
        """``nations`` are adjectives of countries in small letters."""
        self.given, self.family = (names.given | table.given) - _words_of(table), names.family | table.family
        self.nations, self.surname_first = nations, table.surname_first
        self.common = names.common
        self.both = frozenset(word for word in table.cuts if word.capitalize() in names.given)
        """Words that begin sentences and are given names too: Will, Jan, Al."""
        self.breaks = nations | (table.cuts - self.both)
        """Words that end a name, wherever they stand."""
        self.titles, self.roles, self.courtesy = table.titles, table.roles, table.courtesy
        self.no_surname = table.cuts | table.titles | table.roles | table.things | nations
        """Words that are no surname by themselves."""
        self.may_be_surname = remembered_word(self._may_be_alone)
        """Whether a word alone can be a surname, as far as the word goes."""
        self.titled = remembered_word(self.is_title)
        """The same as ``is_title``, kept by word."""
        self._before = remembered_word(self._says)
        self._callings = table.titles | table.roles
        self._title_endings = table.title_endings
        self._tail = min(map(len, table.title_endings), default=0)
        self._title_tails = frozenset(ending[-self._tail :] for ending in table.title_endings)
        self.particles = frozenset(word for particle in table.particles for word in particle.split())
        self.cuts, self.things = table.cuts, table.things
        self.thing_endings = table.thing_endings
        self.first_things, self.soft = table.first_things, table.soft
        self.ships, self.middle = table.ships, table.middle
        self._case_endings, self._case_bases = table.case_endings, ("", *table.case_bases)
        self._said_after = re.compile(rf",? (?:{one_of(verb for verb in table.said if ' ' in verb)})\b")
        self._said = frozenset(table.said)
        self._said_first = frozenset(first[0] for verb in table.said if (first := _WORD.match(verb))) - self._said
        """The words that verbs of several words begin with."""
        self._said_words = frozenset(verb.rpartition(" ")[2] for verb in table.said)

    def before(self, text: str, start: int, *, past_nation: bool = True) -> Before:
        """The word right before a position; if it is a nationality, the one before that."""
        if start < 1 or text[start - 1] not in _SPACES:
            return _NOTHING
        first = start - _LAST_WORD if start > _LAST_WORD else 0
        found = self._before(text[first : start - 1].rpartition(" ")[2])
        if found.nation and past_nation:
            further = self.before(text, start - len(found.word) - 1, past_nation=False)
            return further if further.word else found
        return found

    def _says(self, written: str) -> Before:
        word = self._bared(written)
        return Before(
            word,
            word.upper() if len(word) > 2 else "",
            titled=self.is_title(word),
            courteous=word in self.courtesy,
            said=word in self._said_words,
            nation=word in self.nations,
        )

    def _bared(self, written: str) -> str:
        """A word in small letters without marks around it; empty if it ends a sentence and is no title."""
        word = written.lower()
        if word.isalpha():
            return word
        word = word.lstrip(_OPENING).removesuffix(",")
        if word[-1:] in _CLOSING:
            word = word[:-1] if word[:-1] in self.titles else ""
        if "'" in word or "’" in word:
            word = word.replace("’", "'").rpartition("'")[2]
        return word

    def _may_be_alone(self, word: str) -> bool:
        return len(word) > 2 and small_word(word) not in self.no_surname

    def inflected(self, word: str) -> bool:
        """Whether a word is a given name with an ending of the Slavic languages: ``Ивана``, ``Karolem``."""
        if not word.endswith(self._case_endings):
            return False
        for ending in self._case_endings:
            if word.endswith(ending) and len(word) - len(ending) > (_STEM if ending == _SHORT else 2):
                stem = word[: -len(ending)]
                if any(stem + base in self.given for base in self._case_bases):
                    return True
        return False

    def is_title(self, word: str) -> bool:
        """Whether a word in small letters is a title, or a role that stands before names."""
        if word in self._callings:
            return True
        if len(word) > 7 and word[-self._tail :] in self._title_tails and word.endswith(self._title_endings):
            return True
        return "-" in word and word.rpartition("-")[2] in self._callings

    def said_after(self, text: str, end: int) -> bool:
        """Whether a verb of speech stands right after the name."""
        found = _NEXT_WORD.match(text, end)
        if found is None:
            return False
        word = found[1]
        return word in self._said or (word in self._said_first and self._said_after.match(text, end) is not None)

    def apposed(self, text: str, start: int, end: int) -> bool:
        """Whether the name stands between commas after an office: ``the mayor of the town, Jane Roe, said``.

        The office is a title among the words of its clause, which begins after the last mark.
        """
        if not text.startswith(", ", start - 2) or text[end : end + 1] not in _AFTER_APPOSED:
            return False
        words = _PARTS_CLAUSES.split(text[max(0, start - _FARTHEST) : start - 2])[-1].lower().split()
        return any(word not in _OF_COURTESY and self.titled(word) for word in words)

    def described(self, text: str, end: int) -> bool:
        """Whether an age, the minute of a goal, a clause that only people have, or a role follows.

        Who speaks there is another one. ``BEFORE_DESCRIPTION`` is asked first: ``He left Aston Villa, the coach said``.
        """
        if _AGE_OR_MINUTE.match(text, end):
            return True
        found = _ROLE.match(text, end)
        if found is None or not self.titled(found[1].lower()):
            return False
        return text.startswith(",", found.end()) or not self.said_after(text, found.end())

    def can_be_surname(self, word: str) -> bool:
        """Whether a word alone after a courtesy title can be a surname."""
        small = word.lower()
        return not word.isupper() and small not in self.things and small not in self.soft


def _words_of(table: CueTable) -> frozenset[str]:
    return frozenset(word.capitalize() for word in table.cuts | table.things)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Load the cues, once. Raises TableError."""
    nations = frozenset(
        name.lower() for table in toml_table("demonyms.toml").values() for names in table.values() for name in names
    )
    return Cues(typed_table("people.toml", CueTable), compiled_table("names.msgpack.gz", Names), nations)
