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

_LONGEST = 5_000
"""Characters of terms that are looked at. Longer ones allow nothing: what forbids it may stand behind."""
_NEAR = 4
"""Characters between a word for the end and the day, as in ``until the 5th``."""
_BEFORE = 200
"""Characters of the longest clause before a last day."""
_DENIED = 50
"""Characters behind ``after`` that hold the day, and the denial: ``nach dem 9. April 2026 nicht gestattet``."""
_LISTED = 4
"""Words of the longest clause that only lists one more thing."""
_EAST = "\u2e80"
"""Scripts from here on write words without a gap."""
_ELSE = re.compile(r"[^\s.,;:!،、：，。・'’]")
_YEAR = re.compile(r"\d{4}")
_SENTENCES = re.compile(r"[;\n。!]|\.(?=\s|$)(?<!\b\d\.)(?<!\b\d\d\.)")
_PAUSES = re.compile("[,،、:，：]")
_CLAUSES = re.compile(
    rf"{_PAUSES.pattern}|\s(?:and|but|while|und|aber|et|mais|y|pero|e|ma|mas|en|maar|och|men|og|ja|mutta|i|ale|a|и|но|ve|ancak)\s|\s(?=و[يم])",
    re.IGNORECASE,
)


class _About(Struct, frozen=True, forbid_unknown_fields=True):
    archive: tuple[str, ...]
    rewriting: tuple[str, ...]
    shortening: tuple[str, ...]


class _Says(Struct, frozen=True, forbid_unknown_fields=True):
    without: tuple[str, ...]
    free: tuple[str, ...]
    forbidden: tuple[str, ...]
    allowed: tuple[str, ...]
    may: tuple[str, ...]
    plain: tuple[str, ...]
    double: tuple[str, ...]
    limit: tuple[str, ...]


class _Span(Struct, frozen=True, forbid_unknown_fields=True):
    using: tuple[str, ...]
    country: tuple[str, ...]
    no_country: tuple[str, ...]
    out: str
    no_out: tuple[str, ...]
    until: tuple[str, ...]
    beside: tuple[str, ...]
    after: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    about: _About
    says: _Says
    span: _Span


class TermWords:
    """The words of ``terms.toml``, compiled."""

    def __init__(self, table: _Table, dates: DatelineShapes) -> None:
        """Compile the words. Raises re.error."""
        about, says, span = table.about, table.says, table.span
        rewriting = (*about.rewriting, *about.shortening)
        self._about = {"archive": _any(about.archive), "rewriting": _any(rewriting)}
        without = rf"{_any(says.without).pattern}(?:\s[\w']+){{0,2}}?\s(?={_any((*about.archive, *rewriting)).pattern})"
        self._forbidden = re.compile(f"{_any(says.forbidden).pattern}|{without}", re.IGNORECASE)
        self._free, self._double, self._limit = _any(says.free), _any(says.double), _any(says.limit)
        self._allowed, self._may = _any(says.allowed), _any(says.may)
        denying, permitting = (*says.without, *says.forbidden), (*says.free, *says.allowed, *says.may)
        self._plain = _any(plain := (*about.archive, *about.rewriting, *denying, *permitting, *says.plain))
        self._plain_end = _any((*plain, *says.limit, *span.using, *span.until, *span.after, *span.beside))
        using, no_country = _any(span.using).pattern, "|".join(span.no_country)
        self._using, self._after, self._until = _any(span.using), _any(span.after), _any(span.until)
        self._bound = re.compile(
            rf"(?i:{using})(?:\s+\S+){{0,5}}?(?:\s(?:{'|'.join(span.country)})\s"
            rf"(?!(?i:{no_country})(?!\w))[^\W\d_a-zà-öø-ÿа-я]|\sال)"
        )
        deprived = rf"{_any(says.without).pattern}(?:\s[\w']+)?\s(?={using})"
        self._unused = re.compile(f"{self._forbidden.pattern}|{deprived}", re.IGNORECASE)
        self._used_until = re.compile(rf"(?={using})(?:[^\s,;:]+\s+){{0,5}}?{self._until.pattern}", re.IGNORECASE)
        self._out, self._no_out = re.compile(span.out), _any(span.no_out)
        self._dates = dates
        self.said = lru_cache(maxsize=256)(self._said)

    def _said(self, text: str) -> tuple[tuple[str, str], ...]:
        """What terms say: ``archive`` and ``rewriting`` as ``allowed`` or ``forbidden``, ``territory`` in their own
        words, ``expires`` as the last day of use. Kept: a feed's are the same every day.
        """
        verdicts, where, ends = dict[str, str](), list[str](), list[date]()
        for sentence in filter(None, map(str.strip, _SENTENCES.split(text[:_LONGEST]))):
            for topic, verdict in self._verdicts(sentence):
                verdicts[topic] = max(verdict, verdicts.get(topic, ""))
            if self._bounds(sentence):
                where.append(sentence)
            ends += self._last_days(sentence)
        sure = "allowed" not in verdicts.values() or (len(text) <= _LONGEST and self._is_plain(text))
        found = [(topic, verdict) for topic, verdict in verdicts.items() if sure or verdict == "forbidden"]
        found += ("territory", "; ".join(where)), ("expires", min(map(str, ends), default=""))
        return tuple((item, value) for item, value in found if value)

    def _verdicts(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Each thing that a sentence speaks of, with what the clause says, or the one before it, or else the next."""
        clauses = [(clause, self._topics(clause)) for clause in _CLAUSES.split(sentence)]
        if not any(topics for _, topics in clauses) or self._double.search(sentence):
            return
        verdict, open_topics = "", list[str]()
        for clause, topics in clauses:
            verdict = self._verdict(clause, min(topics.values(), default=0)) or verdict
            open_topics += topics
            if verdict:
                yield from ((topic, verdict) for topic in open_topics)
                open_topics.clear()

    def _topics(self, clause: str) -> dict[str, int]:
        """What a clause speaks of, and where that begins."""
        return {topic: match.start() for topic, words in self._about.items() if (match := words.search(clause))}

    def _verdict(self, clause: str, topic: int) -> str:
        """What a clause says, where what it speaks of begins at ``topic``; empty if nothing or ``may be allowed``."""
        bare = self._free.sub(" ", clause)
        if self._forbidden.search(bare):
            return "forbidden"
        may = self._may.search(clause)
        allowed = not may if self._allowed.search(clause) else may is not None and may.start() < topic
        return "allowed" if allowed or bare != clause else ""

    def _is_plain(self, text: str) -> bool:
        """Whether terms consist of plain words, and deny only what they name (not ``text excluded``)."""
        for clause in (clause for sentence in _SENTENCES.split(text) for clause in _CLAUSES.split(sentence)):
            if not _consists(clause, self._plain) or (self._forbidden.search(clause) and not self._topics(clause)):
                return False
        return True

    def _bounds(self, sentence: str) -> bool:
        """Whether a sentence says where copy may be used, or where not."""
        if any(not self._no_out.search(out[0]) for out in self._out.finditer(sentence)):
            return True
        for clause in _PAUSES.split(sentence):
            if bound := self._bound.search(clause):
                said = f"{clause[: bound.end()]}{' '.join(clause[bound.end() :].split()[:_LISTED])}"
                return bool(self._forbidden.search(said) or self._limit.search(said))
        return False

    def _last_days(self, sentence: str) -> Iterator[date]:
        """Last days of use that a sentence tells with their years: those until which it is free, or denied after."""
        if not (_YEAR.search(sentence) and _consists(self._dates.date.sub(" ", sentence), self._plain_end)):
            return
        for said in self._used_until.finditer(sentence):
            rest = self._dates.date.sub(" ", sentence[said.end() : said.end() + _BEFORE])
            behind = self._free.search(rest) or self._forbidden.search(_CLAUSES.split(rest)[0])
            if not behind and not self._denied_until(sentence[: said.end()]):
                yield from self._day(sentence, said.end())
        for said in self._after.finditer(sentence):
            clause = _clause(sentence, said.start())
            begins = self._limit.search(clause) or self._until.search(clause)
            around = f"{clause} {sentence[said.end() : said.end() + _DENIED]}"
            if self._forbidden.search(self._free.sub(" ", around)) and not begins and self._using.search(around):
                yield from self._day(sentence, said.end())

    def _denied_until(self, before: str) -> bool:
        """Whether words up to ``until`` deny use until then, in a list as well (``no print, online use until``)."""
        *earlier, last = _PAUSES.split(before[-_BEFORE:])
        begun = (part for part in earlier if not (self._topics(part) or self._using.search(part)))
        return any(map(self._unused.search, (last, *begun)))

    def _day(self, sentence: str, start: int) -> Iterator[date]:
        written = self._dates.date.search(sentence, start, start + _DENIED)
        if written and written.start() <= start + _NEAR and _YEAR.search(written[0]):
            yield from filter(None, [day_of(written[0], None, self._dates.months)])


def parse_term_words(text: str, dates: DatelineShapes) -> TermWords:
    """The words that a TOML text in the form of ``terms.toml`` lists. Raises TableError."""
    try:
        return TermWords(msgspec.convert(tomllib.loads(text), _Table), dates)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise TableError(f"{TERMS}: {error}") from error


def _consists(text: str, words: re.Pattern[str]) -> bool:
    """Whether a text consists of nothing but these words, what joins clauses, and stops."""
    return not _ELSE.search(words.sub(" ", _CLAUSES.sub(", ", text)))


def _clause(sentence: str, end: int) -> str:
    """What stands before ``end`` in its clause."""
    return _CLAUSES.split(sentence[max(0, end - _BEFORE) : end])[-1]


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words as a whole; in a script that leaves no gap between words, anywhere."""
    whole = [word for word in words if word[-1] < _EAST]
    parts = [rf"(?<!\w)(?:{'|'.join(sorted(whole, key=len, reverse=True))})(?!\w)"]
    return re.compile("|".join([*parts, *(word for word in words if word[-1] >= _EAST)]), re.IGNORECASE)
