"""Organisations that are recognised by the words in their names: ``University of Rabat``, ``Banco de Chile``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from dateline_enrichment.alternation import one_of
from dateline_enrichment.authority import clubs
from dateline_enrichment.bodies_by_ending import before_legal, ended
from dateline_enrichment.bodies_cyrillic import cyrillic_bodies
from dateline_enrichment.bodies_of_towns import after_town, before_place, before_town
from dateline_enrichment.bodies_official import official_bodies, with_seat
from dateline_enrichment.bodies_with_small_heads import of_kind, small_headed
from dateline_enrichment.bodywords import CAPITALISED, LONGEST, Shapes, Span, is_name, shapes
from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import cues
from dateline_enrichment.language import LANGUAGES_KEPT, spoken
from dateline_enrichment.namesearch import Hit
from dateline_enrichment.runs import Run, Runs, small_word
from dateline_kernel.remembering import remembered_word


@remembered_word
def _has_mark(run: str) -> bool:
    """Whether a run has any word by which an organisation's name is recognised."""
    return not _marks().isdisjoint(run.split(" "))


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    table, of_clubs = shapes(), clubs().marks
    return table.heads | table.named | table.endings | of_clubs.before | of_clubs.after | {"&"}


def shaped_names(copy: Copy, language: str, runs: Runs, places: list[Hit]) -> list[Span]:
    """Spans of organisations' names in the text, from left to right. ``places``: the names of places in it."""
    table, found, tongue = shapes(), list[Span](), spoken(language)
    heads, rest = table.heads, _rest_of_name(tongue)
    of_towns = table.of_towns.get(tongue, frozenset())
    official = tongue in table.official
    ends = {start: end for _, start, end in places} if official else {}
    for run in runs.many:
        span = _marked(copy.text, run, table, rest)
        if of_towns and not span:
            span = before_town(run, of_towns)
        if span:
            found.append(with_seat(copy.text, span, language, ends) if official else span)
    # ``L'Union nationale``: the article is written in one word with the head.
    singles = runs.singles
    if tongue in table.adjectives:
        singles = [*singles, *((at + 2, word[2:]) for at, word in singles if word[1:2] in _DRAWN)]
    for at, word in singles:
        if word in heads and (match := rest.match(copy.text, at + len(word))):
            found.append((at, _bare_end(match)))
    found += [
        *small_headed(copy, language),
        *cyrillic_bodies(copy, language),
        *(official_bodies(copy, language, runs, ends) if official else ()),
        *of_kind(copy, language, runs, places),
        *after_town(copy, language, places),
        *before_place(copy, language, places),
        *before_legal(copy.text, tongue, runs),
    ]
    return sorted(span for span in found if span[1] - span[0] <= LONGEST)


def _marked(text: str, run: Run, shapes: Shapes, rest: re.Pattern[str]) -> Span | None:
    """The organisation's name in a run, by a word that begins or ends it or by a club's mark; None if there is none."""
    if not _has_mark(run.text):
        return None
    return (
        _headed(text, run, shapes, rest)
        or ended(text, run, shapes)
        or _named(run, shapes)
        or _club(text, run)
        or _partners(run)
    )


def _partners(run: Run) -> Span | None:
    """``Baker & Taylor``, ``Chandler & Sons``: two known surnames, or a surname and a word like ``Sons``."""
    words, family = run.words, cues().family
    at = words.index("&") if "&" in words else 0
    if not 0 < at < len(words) - 1 or not all(map(is_name, pair := (words[at - 1], words[at + 1]))):
        return None
    if pair[0] not in family or not (pair[1] in family or pair[1] in shapes().fellows):
        return None
    titled = cues().titled(run.small[at - 1])
    return None if titled else (run.offsets[at - 1], run.offsets[at + 1] + len(pair[1]))


def _named(run: Run, shapes: Shapes) -> Span | None:
    """``Universitatea Babeș-Bolyai``, ``Tribunal Supremo``: a head with the words after it, up to a title."""
    words = run.words
    if shapes.named.isdisjoint(words[:-1]):
        return None
    head = next(i for i, word in enumerate(words) if word in shapes.named)
    last, known, small = head + 1, cues(), run.small
    while last < len(words) and not known.titled(small[last]) and words[last] not in shapes.heads:
        if small[last] in known.cuts and words[last] not in shapes.joints:
            break
        last += 1
    while last > head + 1 and words[last - 1].islower():
        last -= 1
    if last == head + 1:
        return None
    end = run.offsets[last - 1] + len(words[last - 1])
    while head and small[head - 1].endswith(shapes.adjective_endings) and small[head - 1] not in known.nations:
        head -= 1
    return run.offsets[head], end


def _headed(text: str, run: Run, shapes: Shapes, rest: re.Pattern[str]) -> Span | None:
    """``Lagos State University of Science``: from the words before the head, over a joint, to the end."""
    words, end = run.words, run.start + len(run.text)
    if shapes.heads.isdisjoint(words):
        return None
    head = next(i for i, word in enumerate(words) if word in shapes.heads)
    joint = next((i for i in (head + 1, head + 2, head + 3) if i + 1 < len(words) and words[i] in shapes.joints), 0)
    if joint:
        small, last = run.small, joint + 2
        while last < len(words) and not cues().titled(small[last]):
            last += 1
        end = run.offsets[last - 1] + len(words[last - 1])
        further = _FURTHER.match(text, end) if last == len(words) else None
        return run.offsets[head], further.end() if further and further[1] not in cues().given else end
    match = rest.match(text, end) if head >= len(words) - 2 else None
    if match is None:
        return None
    first, small = head, run.small
    while first and (small[first - 1] == "state" or not _parts(small[first - 1])):
        first -= 1
    return run.offsets[first], _bare_end(match)


_YEAR = re.compile(r" \d{2}(?:\d{2})?(?!\w)")


def _club(text: str, run: Run) -> Span | None:
    """``FC Utrecht``, ``FSV Mainz 05``, ``Malmö FF``: a club's mark and the name beside it, no abbreviation."""
    words, marks = run.words, clubs().marks
    for i, (word, after) in enumerate(pairwise(words)):
        if word in marks.before and is_name(after):
            end = run.offsets[i + 1] + len(after)
            year = _YEAR.match(text, end) if i + 2 == len(words) else None
            return run.offsets[i], year.end() if year else end
        if after in marks.after and is_name(word):
            return run.offsets[i], run.offsets[i + 1] + len(after)
    return None


def _bare_end(match: re.Match[str]) -> int:
    name, titled = match[0].removesuffix("'s").removesuffix("’s"), cues().titled
    while titled(small_word((rest := name.rpartition(" "))[2])):
        name = rest[0]
    return match.start() + len(name)


def _parts(word: str) -> bool:
    """Whether a word, given in small letters, ends a body's name."""
    return word in cues().cuts or cues().titled(word)


_AND = "(?:and|y|e|et|und|și|şi|en|og|och|ve)"
_FURTHER = re.compile(rf" {_AND} ({CAPITALISED})(?![\w'’-])(?![. ]*[A-ZÀ-Þ])")
"""What a joint adds to the end of a name: ``Faculty of Law and Economics``."""
_DRAWN = ("'", "’")
_MEETING = "Assemblée"
"""A head that is a meeting if an adjective follows: ``Assemblée générale des actionnaires``."""


@lru_cache(maxsize=LANGUAGES_KEPT)
def _rest_of_name(language: str) -> re.Pattern[str]:
    """What may follow a head: `` de Rabat``; after adjectives of the language, `` nationale des travailleurs``."""
    joints = one_of(shapes().joints)
    more = rf"(?: (?:{_AND} )?{CAPITALISED}){{0,3}}"
    plain = rf" (?:{joints}) ?{CAPITALISED}{more}(?: (?:{joints}) {CAPITALISED}{more}){{0,2}}"
    if not (adjectives := shapes().adjectives.get(language)):
        return re.compile(plain)
    whose = rf" (?:{one_of(shapes().of_many)}) [\w-]+(?: (?:{joints}) ?{CAPITALISED})?"
    return re.compile(rf"{plain}|(?<!{_MEETING})(?: (?:{one_of(adjectives)})(?!\w)){{1,3}}(?:{whose}|{plain})")
