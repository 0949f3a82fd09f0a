"""Puts the mentions of a person together: the full name, shorter forms of it, and the surname alone."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from dateline_enrichment.copytext import Copy
from dateline_enrichment.cues import Cues, cues
from dateline_enrichment.naming import Candidate, Context, Mentions, Person, Span
from dateline_enrichment.wholewords import name_endings
from dateline_kernel.remembering import remembered_word

ALONE = 0.55
"""Evidence that a surname after a courtesy title is a person's."""
_VOWELS = "aeiouyýáéíąęаеиоуыэюяіїйьς"
"""Vowels, and other letters that a case ending may replace."""
_EASTERN = "\u2e80"
"""Scripts from here on write no space between the words of a name."""


def merged(full: Mentions, single: list[Candidate], context: Context, method: str) -> tuple[Person, ...]:
    """One Person for each name; shorter forms of it and its surname alone count as mentions. ``full`` is emptied."""
    known, text = cues(), context.copy.text
    endings = name_endings(context.language)
    alone = frozenset([word for _, _, word, _ in single] if endings else ())
    people = _joined(full, known, endings, alone)
    spans, scores = people.spans, people.scores
    by_surname: dict[str, str] = {}
    for name in spans:
        for part in _surnames(name):
            by_surname.setdefault(part, name)
            if part[0].islower():
                by_surname.setdefault(part[0].upper() + part[1:], name)
    begun = {surname[:2] for surname in by_surname}
    ends = {last: name for name in reversed(spans) for _, last in spans[name]}
    called = _by_beginnings(spans)
    for start, end, word, score in sorted(single):
        name = by_surname.get(word, "")
        if not name and text[start - 1] == "(" and text.startswith(")", end) and (name := ends.get(start - 2, "")):
            # What a name goes by, as in ``Joko Widodo (Jokowi)``.
            by_surname[word] = name
            begun.add(word[:2])
        if endings and by_surname and not name:
            name = _uninflected(word, by_surname, endings) if word[:2] in begun else ""
        if name:
            spans[name].append((start, end))
            ends.setdefault(end, name)
            if score > scores[name]:
                scores[name] = score
        elif score or (known.before(text, start).courteous and _may_be_new(word, start, context, known)):
            if len(named := called.get(word, [])) == 1:
                spans[named[0]].append((start, end))
                ends.setdefault(end, named[0])
                continue
            # A title in small letters, as in ``le président Ndoye``, is no part of the run.
            spans[word], scores[word] = [(start, end)], max(score, ALONE)
            by_surname[word] = word
            begun.add(word[:2])
            ends.setdefault(end, word)
            for first, names in _by_beginnings((word,)).items():
                called.setdefault(first, []).extend(names)
    _in_headline(people, by_surname, context.copy)
    return tuple([_person(name, found, scores[name], method) for name, found in spans.items()])


def _may_be_new(word: str, start: int, context: Context, known: Cues) -> bool:
    """Whether a word after a courtesy title names somebody: no town with an ending (``miniszter Debrecenben``)."""
    return " " not in word and start not in context.inflected and known.can_be_surname(word)


def _by_beginnings(names: Collection[str]) -> dict[str, list[str]]:
    """First words of names -> the names: Malays and Ethiopians are called by their first name after a title."""
    called: dict[str, list[str]] = {}
    for name in names:
        at = name.find(" ")
        while at >= 0:
            called.setdefault(name[:at], []).append(name)
            at = name.find(" ", at + 1)
    return called


def _joined(full: Mentions, known: Cues, endings: frozenset[str], alone: frozenset[str]) -> Mentions:
    """Mentions, by the fullest name of each person. ``alone``: words that may be somebody's surname."""
    names = full.spans.keys()
    alike = len({name.rpartition(" ")[2] for name in names}) < len(names) or max(names, default="") > _EASTERN
    if not alike and not endings:
        return full
    owners = _owners(names, known) if alike else {name: name for name in names}
    begun: dict[tuple[str, ...], list[str]] = {}
    for name in owners if endings else ():
        begun.setdefault(_beginning(name), []).append(name)
    spans: dict[str, list[Span]] = {}
    scores: dict[str, float] = {}
    for name, found in full.spans.items():
        owner, score = owners[name], full.scores[name]
        if endings:
            owner = _base(owner, begun, known, endings, alone)
        if owner in spans:
            spans[owner] += found
            scores[owner] = max(score, scores[owner])
        else:
            spans[owner], scores[owner] = found, score
    return Mentions(spans, scores)


def _owners(found: Collection[str], known: Cues) -> dict[str, str]:
    """Name -> the longest name that ends with it. If only the shorter one begins with a given name, it is that one."""
    owners: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for name in sorted(found, key=lambda n: (-len(n), n)):
        longer = by_ending.get(name)
        if name > _EASTERN:
            longer = next((one for one in owners if one.startswith(name)), longer)
        for ending in _endings(name):
            by_ending.setdefault(ending, name)
        first = longer.partition(" ")[0] if longer else ""
        if longer and name.partition(" ")[0] in known.given and first not in known.given | known.surname_first:
            owners = {other: name if owner == longer else owner for other, owner in owners.items()}
            longer = None
        owners[name] = owners[longer] if longer else name
    return owners


_SON_OF = frozenset(("بن", "ابن", "بنت", "ولد", "bin", "binti", "bint", "ibn", "ben", "ould"))


def _endings(name: str) -> list[str]:
    """Last words of a name that may be the whole one; not the father's: ``Ahmad bin Jamal`` is not Jamal."""
    words = name.split(" ")
    return [" ".join(words[at:]) for at in range(1, len(words)) if words[at - 1].lower() not in _SON_OF]


def _beginning(name: str) -> tuple[str, ...]:
    """How the first two words of a name begin; those of its forms begin alike."""
    return tuple([word[:3] for word in name.split(maxsplit=2)[:2]])


def _base(
    name: str, begun: dict[tuple[str, ...], list[str]], known: Cues, endings: frozenset[str], alone: frozenset[str]
) -> str:
    """The name without a case ending, if the text or the list of surnames has that form.

    ``begun``: all names of the text by their beginnings.
    """
    last = name.rpartition(" ")[2]
    if last in known.family:
        return name
    beginning = _beginning(name)
    for other in (*begun[beginning], *(begun.get(beginning[:1], []) if len(beginning) > 1 else [])):
        if other != name and _inflects(other, name, endings):
            return other
    for at in range(len(last) - 1, 2, -1):
        if last[at:] in endings:
            surname = last[:at]
            stands = surname in alone and not known.inflected(name.partition(" ")[0])
            if stands or (surname in known.family and len(last) - at < 3):
                return name[: at - len(last)]
    return name


def _inflects(name: str, form: str, endings: frozenset[str]) -> bool:
    """Whether a form is the name, itself or with case endings or a noun: ``Petra Smejkala``, ``Jane Roes Ton``."""
    words, forms = name.split(), form.split()
    if not len(words) <= len(forms) <= len(words) + 1:
        return False
    if not all(_with_ending(word, inflected, endings) for word, inflected in zip(words, forms, strict=False)):
        return False
    return len(words) == len(forms) or forms[len(words) - 1] != words[-1]


def _with_ending(word: str, form: str, endings: frozenset[str]) -> bool:
    if word == form:
        return True
    stem = word[:-1] if word[-1] in _VOWELS else word
    return len(stem) > 2 and any(form.startswith(base) and form[len(base) :] in endings for base in (word, stem))


def _uninflected(word: str, by_surname: dict[str, str], endings: frozenset[str]) -> str:
    """The person whose surname this is, with a case ending: ``Hintereggers``, ``Trumpin``; empty for none."""
    for at in range(len(word) - 1, max(0, len(word) - 1 - _longest(endings)), -1):
        if (name := by_surname.get(word[:at])) and word[at:] in endings:
            return name
    return ""


@lru_cache(maxsize=64)
def _longest(endings: frozenset[str]) -> int:
    return max(map(len, endings))


def _in_headline(people: Mentions, by_surname: dict[str, str], copy: Copy) -> None:
    """Add the mentions in a headline in title case: it shows no new person, but names people of the text again."""
    if not copy.title_case:
        return
    for surname, name in by_surname.items():
        at = copy.headline.find(surname)
        if at >= 0 and not copy.headline[at + len(surname) : at + len(surname) + 1].isalnum():
            people.spans[name].append((at, at + len(surname)))


@remembered_word
def _surnames(name: str) -> tuple[str, ...]:
    """What may stand alone for a person: the last words of the name, and what follows a hyphen in the last one."""
    words = name.split()
    if len(words) == 2 and "-" not in words[1]:
        return (words[1],)
    last = (words[-1].rpartition("-")[2],) if "-" in words[-1] else ()
    return (*(" ".join(words[i:]) for i in range(1, len(words))), *last)


def _person(name: str, spans: list[Span], score: float, method: str) -> Person:
    once = sorted(set(spans)) if len(spans) > 1 else spans
    return Person(name, tuple(once), _confidence(score, len(once)), method)


@lru_cache(maxsize=1024)
def _confidence(score: float, mentions: int) -> float:
    """A score as it is told. Scores are sums of a few weights, so there are not many; rounding is slow."""
    return round(min(0.95, 0.45 + 0.4 * score + 0.02 * mentions), 2)
