"""Which charset a text is in, by how well each candidate's reading looks like a language. Pure."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from dateline_ingest.formats.charsets.decoding import charsets, decode_as
from dateline_ingest.formats.charsets.everyday import by_everyday_signs
from dateline_ingest.formats.charsets.looks import SAMPLE, beside, beyond, fits, looks_like
from dateline_ingest.formats.charsets.scripts import by_script

_CONTEXT = 2 * 1024
"""Bytes of the text from which words are counted."""
_CONFIDENT = 0.45
"""Score per character from which a reading can be right."""
_UNTOLD = 0.7
"""The same if no everyday words show the language."""
_LEAD = 0.3
"""Least lead over the next reading that differs."""
_DIFFERING = 10 * SAMPLE
"""Characters that two readings have otherwise, of which the first are looked at."""
_SURE = 0.9
"""Score from which a charset of the years of Windows needs no lead over those of terminals."""
_TELLING = 4
"""Everyday words that tell a language: two, or twice as many of one letter."""
_HIGH = bytes(byte if byte >= 0x80 else 0x20 for byte in range(256))
_NEAR = 3
"""Bytes of ASCII between two beyond it that are looked at together."""
_LONGEST = 2 * 1024
"""Bytes beyond ASCII in a row that are looked at."""
_IN_A_ROW = 3
"""Bytes beyond ASCII side by side in a word of another script than Latin, in which two are the most."""
_SPACED = bytes(byte if byte >= 0x80 or chr(byte).isalpha() else 0x20 for byte in range(256))


class _Reading(Struct, frozen=True):
    encoding: str
    text: str
    score: float
    alphabet: frozenset[str]
    """The alphabet, of those of the languages in question, that fits it best."""


def by_evidence(data: bytes, candidates: tuple[str, ...] = ()) -> str | None:
    """The text, if one reading of the bytes is clearly the best; None when it is not clear.

    ``candidates`` are codecs to choose from, in this order, and no others; all that wires come in if there are none.
    """
    runs = data.translate(_HIGH).split()
    if max(map(len, runs), default=0) >= _IN_A_ROW and (text := by_script(data)) is not None:
        return text
    alphabets, around = _alphabets(data), _around(data, [run[:_LONGEST] for run in runs[:SAMPLE]])
    readings: list[_Reading] = []
    read: set[str] = set()
    for name in candidates or charsets().candidates:
        try:
            text = decode_as(around, name)
        except (ValueError, LookupError):
            continue
        if text not in read:
            read.add(text)
            seen = beyond(text)
            score, alphabet = max(((looks_like(seen, one), one) for one in alphabets), key=itemgetter(0))
            readings.append(_Reading(name, text, score, alphabet))
    readings.sort(key=lambda reading: -reading.score)
    whole: str | None = None
    least = _CONFIDENT if len(alphabets) == 1 else _UNTOLD
    while readings and readings[0].score >= least and (whole := _whole(data, readings[0].encoding)) is None:
        del readings[0]
    if whole is not None:
        return whole if all(_leads(readings[0], other) for other in readings[1:]) else None
    return None if candidates else by_everyday_signs(data)


def _whole(data: bytes, encoding: str) -> str | None:
    """All of the text; None where the encoding has what was looked at, and not the rest."""
    try:
        return decode_as(data, encoding)
    except ValueError:
        return None


def _around(data: bytes, runs: list[bytes]) -> bytes:
    """Bytes beyond ASCII with up to two before and after them in their line, a line for each; near ones share one."""
    out: list[bytes] = []
    begun = end = 0
    for run in runs:
        at = data.index(run, end)
        if not out or at - end > _NEAR or b"\n" in data[end:at]:
            if out:
                out[-1] = _widened(data, begun, end)
            begun = max(end + len(_after(data, end)) if out else 0, at - 2)
            begun += data[begun:at].rfind(b"\n") + 1
            out.append(b"")
        end = at + len(run)
    return b"\n".join([*out[:-1], _widened(data, begun, end)])


def _widened(data: bytes, start: int, end: int) -> bytes:
    return data[start:end] + _after(data, end)


def _after(data: bytes, end: int) -> bytes:
    return data[end : end + 2].partition(b"\n")[0]


@lru_cache(maxsize=1)
def _languages() -> dict[bytes, tuple[str, ...]]:
    """Everyday word -> the languages that it belongs to."""
    found: dict[bytes, tuple[str, ...]] = {}
    for code, row in charsets().languages.items():
        for word in row.words.encode().split():
            found[word] = (*found.get(word, ()), code)
    return found


@lru_cache(maxsize=64)
def _letters(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset("".join(charsets().languages[code].letters for code in codes))


@lru_cache(maxsize=1)
def _each_alphabet() -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(frozenset(row.letters) for row in charsets().languages.values()))


def _alphabets(data: bytes) -> tuple[frozenset[str], ...]:
    """Letters of the languages whose everyday words are in the bytes; those of each when there are too few words."""
    words, known = data[:_CONTEXT].lower().translate(_SPACED).split(), _languages()
    hits: dict[str, int] = {}
    for word, count in Counter(filter(known.__contains__, words)).items():
        for code in known[word]:
            hits[code] = hits.get(code, 0) + count * min(len(word), 2)  # a word of one letter may be anything
    most = max(hits.values(), default=0)
    if most < _TELLING:
        return _each_alphabet()
    return (_letters(tuple(sorted(code for code, count in hits.items() if count >= 0.75 * most))),)


def _leads(best: _Reading, other: _Reading) -> bool:
    """Whether a reading is clearly better than another one.

    What both have alike says nothing of which is right: of readings with as many characters those that differ count.
    A charset of the years of Windows needs no lead, unless it has a capital where an older one has a small letter.
    """
    newer = charsets().xml
    sure = best.score >= _SURE and best.encoding in newer and other.encoding not in newer
    if sure and not any(one.isupper() and two.islower() for one, two in zip(best.text, other.text, strict=False)):
        return True
    if best.score - other.score >= _LEAD:
        return True
    if len(best.text) != len(other.text):
        return False
    places = (at for at, (one, two) in enumerate(zip(best.text, other.text, strict=True)) if one != two)
    differing = list(islice(places, _DIFFERING))
    ours, theirs = (
        sum(fits(one.text[at], *beside(one.text, at), one.alphabet) for at in differing) for one in (best, other)
    )
    return ours - theirs >= _LEAD * len(differing)
