"""Bodies whose first word the language writes small: ``ministère de la Justice``, ``la empresa Velatron``."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.bodywords import CAPITALISED, Span, is_name, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Runs


def small_headed(copy: Copy, language: str) -> list[Span]:
    """Where such names stand in the body of a text."""
    pattern = _pattern(spoken(language))
    found = pattern.finditer(copy.text, copy.body_start) if pattern else ()
    return [(match.start(), _before_person(match)) for match in found]


def of_kind(copy: Copy, language: str, runs: Runs, places: list[Hit]) -> list[Span]:
    """Runs right after a word for a kind of company, up to a title, unless they are a person's or a place's name."""
    kinds = _kinds(spoken(language))
    if not kinds:
        return []
    text, tails = copy.text, _tails(kinds)
    named = [(at, name) for at, name in runs.singles if text[at - 4 : at - 1] in tails]
    named += [(run.start, run.text) for run in runs.many if text[run.start - 4 : run.start - 1] in tails]
    after_kinds = [(at, _untitled(name)) for at, name in named if _word_before(text, at) in kinds]
    starts = {start for _, start, _ in places} if after_kinds else ()
    return [
        (at, at + len(name)) for at, name in after_kinds if at > copy.body_start and at not in starts and _is_firm(name)
    ]


@lru_cache(maxsize=LANGUAGES_KEPT)
def _tails(kinds: frozenset[str]) -> frozenset[str]:
    """Last letters of the words: most other words are ruled out by them at once."""
    return frozenset(kind[-3:] for kind in kinds)


_LONGEST_KIND = 26


def _word_before(text: str, at: int) -> str:
    """The word before a position without an article drawn into it: ``l'azienda``."""
    word = text[max(0, at - _LONGEST_KIND) : at - 1].rpartition(" ")[2]
    return word[2:] if word[1:2] in ("'", "’") else word


def _untitled(name: str) -> str:
    """The words before a title, all if the first is one: of ``Velatron Chief Executive Jane Roe``, Velatron."""
    words, titled = name.split(" "), cues().titled
    return " ".join(words[: next((at for at, word in enumerate(words) if at and titled(word.lower())), None)])


def _is_firm(name: str) -> bool:
    """Whether a name may be a company's: it does not begin as a person's does, nor with a title, and is no feast."""
    known, first = cues(), name.split(" ")[0]
    small = first.lower()
    other = small in known.nations or small in known.common or known.titled(small) or name.lower() in known.things
    return is_name(first) and first not in known.given and not other


def _kinds(language: str) -> frozenset[str]:
    return shapes().kinds.get(language, frozenset())


def _rests(words: tuple[str, ...], letter: str) -> str:
    """The words that begin with a letter, without it; for none of them what matches nothing."""
    return one_of(word[1:] for word in words if word[0] == letter) or r"(?!)"


def _before_person(match: re.Match[str]) -> int:
    """Where a body's name ends if a person's may follow: ``nemocnice Kyjov Jan Roe``; a saint's name stays in it."""
    end = match.end()
    words = list(_NAME_WORD.finditer(match.string, match.start(), end))
    first = next((at for at, word in enumerate(words) if word[0][0].isupper() and at), len(words))
    given = next((at for at in range(first + 1, len(words) - 1) if words[at][0] in cues().given), None)
    if not given or words[given - 1][0] in cues().given or words[given - 1][0].lower() in cues().first_things:
        return end
    return words[given].start() - 1


_NAME_WORD = re.compile(r"\S+")


@lru_cache(maxsize=LANGUAGES_KEPT)
def _pattern(language: str) -> re.Pattern[str] | None:
    """``ministère de la Justice``: heads that a language writes small."""
    table = shapes()
    heads, named = table.small_heads.get(language, ()), table.small_named.get(language, ())
    if not heads and not named:
        return None
    joints = one_of(table.joints)
    tail = rf"{CAPITALISED}(?:[ -](?:et (?:de la |du |des )?|- |de |da )?{CAPITALISED}){{0,5}}"
    first = sorted({head[0] for head in (*heads, *named)})
    # Letter by letter, without it: faster than trying all words everywhere.
    rest = "|".join(
        rf"(?<={re.escape(letter)})(?:(?:{_rests(heads, letter)}) (?:{joints}) ?|(?:{_rests(named, letter)}) )"
        for letter in first
    )
    return re.compile(rf"[{re.escape(''.join(first))}](?<!\w.)(?:{rest}){tail}")
