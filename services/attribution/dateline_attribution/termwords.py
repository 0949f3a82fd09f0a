"""What the words of usage terms allow and forbid, clause by clause; where and how long they let copy be used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import msgspec
from msgspec import Struct

from dateline_attribution.datelineshapes import DatelineShapes
from dateline_attribution.days import day_of
from dateline_attribution.tables import TERMS, TableError

_LONGEST = 2000
"""Characters of terms that are looked at."""
_NEAR = 4
"""Characters between a word for the end and the day, as in ``until the 5th``."""
_YEAR = re.compile(r"\d{4}")
_SENTENCES = re.compile(r"[;\n。!]|\.(?=\s|$)(?<!\d\.)")
_CLAUSES = re.compile(
    r"[,،、:]|\s(?:and|but|while|und|aber|et|mais|y|pero|e|ma|mas|en|maar|och|men|og|ja|mutta|i|ale|a|и|но|ve|ancak)\s|\s(?=و[يم])",
    re.IGNORECASE,
)


class _About(Struct, frozen=True, forbid_unknown_fields=True):
    archive: tuple[str, ...]
    rewriting: tuple[str, ...]


class _Says(Struct, frozen=True, forbid_unknown_fields=True):
    unless: tuple[str, ...]
    free: tuple[str, ...]
    forbidden: tuple[str, ...]
    allowed: tuple[str, ...]
    may: tuple[str, ...]
    limit: tuple[str, ...]


class _Span(Struct, frozen=True, forbid_unknown_fields=True):
    using: tuple[str, ...]
    country: tuple[str, ...]
    no_country: tuple[str, ...]
    out: str
    until: tuple[str, ...]
    after: tuple[str, ...]
    no_end: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    about: _About
    says: _Says
    span: _Span


class TermWords:
    """The words of ``terms.toml``, compiled."""

    def __init__(self, table: _Table, dates: DatelineShapes) -> None:
        """Compile the words. Raises re.error."""
        says, span = table.says, table.span
        self._about = {"archive": _any(table.about.archive), "rewriting": _any(table.about.rewriting)}
        self._unless, self._free = _any(says.unless), _any(says.free)
        self._forbidden, self._allowed, self._may = _any(says.forbidden), _any(says.allowed), _any(says.may)
        self._limit, self._using = _any(says.limit), _any(span.using)
        no_country = "|".join(span.no_country)
        self._country = re.compile(
            rf"\s(?:{'|'.join(span.country)})\s(?!(?i:{no_country})(?!\w))[^\W\d_a-zà-öø-ÿа-я]|\sال"
        )
        self._out = re.compile(span.out)
        self._until, self._after, self._no_end = _any(span.until), _any(span.after), _any(span.no_end)
        self._dates = dates
        self.said = lru_cache(maxsize=256)(self._said)

    def _said(self, text: str, near: date | None) -> tuple[tuple[str, str], ...]:
        """What terms say: ``archive`` and ``rewriting`` as ``allowed`` or ``forbidden``, ``territory`` in their own
        words, ``expires`` as the last day of use. ``near`` is the story's day. Kept: a feed's are the same every day.
        """
        found: dict[str, str] = {}
        for sentence in filter(None, map(str.strip, _SENTENCES.split(text[:_LONGEST]))):
            for topic, verdict in self._verdicts(sentence):
                found[topic] = "forbidden" if "forbidden" in (verdict, found.get(topic)) else verdict
            if self._bounds(sentence):
                found["territory"] = f"{found['territory']}; {sentence}" if "territory" in found else sentence
            if last := self._last_day(sentence, near):
                found["expires"] = last.isoformat()
        return tuple(found.items())

    def _verdicts(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Each thing that a sentence speaks of, with what the clause says, or the one before it, or else the next."""
        verdict, open_topics = "", list[str]()
        for clause in _CLAUSES.split(self._unless.sub(" ", sentence)):
            topics = {topic: match for topic, words in self._about.items() if (match := words.search(clause))}
            verdict = self._verdict(clause, min((match.start() for match in topics.values()), default=0)) or verdict
            open_topics += topics
            if verdict:
                yield from ((topic, verdict) for topic in open_topics)
                open_topics.clear()

    def _verdict(self, clause: str, topic: int) -> str:
        """What a clause says, in which what it speaks of begins at ``topic``; empty if nothing."""
        bare = self._free.sub(" ", clause)
        if self._forbidden.search(bare):
            return "forbidden"
        may = self._may.search(clause)
        allowed = bare != clause or self._allowed.search(clause) or (may and may.end() < topic)
        return "allowed" if allowed and not self._limit.search(clause) else ""

    def _bounds(self, sentence: str) -> bool:
        """Whether a sentence says where copy may be used, or where not."""
        if self._out.search(sentence):
            return True
        used = self._using.search(sentence)
        bound = used and self._country.search(sentence, used.end())
        return bool(bound) and bool(self._forbidden.search(sentence) or self._limit.search(sentence))

    def _last_day(self, sentence: str, near: date | None) -> date | None:
        """The last day of use that a sentence tells with its year."""
        closed = self._forbidden.search(sentence)
        said = (self._after if closed else self._until).search(sentence)
        if said is None or self._no_end.search(sentence) or not (closed or self._using.search(sentence)):
            return None
        written = self._dates.date.search(sentence, said.end())
        if written is None or written.start() > said.end() + _NEAR or not _YEAR.search(written[0]):
            return None
        return day_of(written[0], near, self._dates.months)


def parse_term_words(text: str, dates: DatelineShapes) -> TermWords:
    """The words that a TOML text in the form of ``terms.toml`` lists. Raises TableError."""
    try:
        return TermWords(msgspec.convert(tomllib.loads(text), _Table), dates)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise TableError(f"{TERMS}: {error}") from error


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
