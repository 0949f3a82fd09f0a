"""Which charset a text is in, by how well each candidate's reading looks like a language. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.charset import charsets, decode_as

_SAMPLE = 400
"""Characters beyond ASCII that are looked at."""
_CONTEXT = 8 * 1024
"""Bytes of the text from which words are counted."""
_CONFIDENT = 0.45
"""Score per character from which a reading can be right."""
_LEAD = 0.3
"""By so much it must be better than the next different reading."""
_AROUND = re.compile(rb"[^\n]{0,2}[\x80-\xff]+(?:[^\n\x80-\xff]{1,3}[\x80-\xff]+)*[^\n]{0,2}")
"""Bytes beyond ASCII with what stands around them."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SPACED = bytes(byte if byte >= 0x80 or chr(byte).isalpha() else 0x20 for byte in range(256))
_TYPOGRAPHY = frozenset("‘’“”„‚«»‹›–—…•·\u00a0°§€£©®™½¼¾²³×±¿¡†´`ºª")
_MEASURES = frozenset("½¼¾²³°%")
_CHAOS, _COHERENCE = 0.1, 0.5


class _Reading(Struct, frozen=True):
    encoding: str
    text: str
    score: float


def by_evidence(data: bytes) -> str | None:
    """The text, if one reading of the bytes is clearly the best; None when it is not clear."""
    alphabet = _alphabet(data)
    around = b"\n".join(found[0] for found in _AROUND.finditer(data))
    readings: list[_Reading] = []
    for name in charsets().candidates:
        try:
            text = decode_as(around, name)
        except (ValueError, LookupError):
            continue
        if all(text != other.text for other in readings):
            readings.append(_Reading(name, text, _score(text, alphabet)))
    readings.sort(key=lambda reading: -reading.score)
    if readings and readings[0].score >= _CONFIDENT:
        if len(readings) == 1 or readings[0].score - readings[1].score >= _LEAD:
            return decode_as(data, readings[0].encoding)
        return None
    return _second_opinion(data)


def _second_opinion(data: bytes) -> str | None:
    """Scripts other than Latin, as charset-normalizer sees them, where it is sure."""
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    best = from_bytes(data[:_CONTEXT]).best()
    if best is None or best.chaos > _CHAOS or best.coherence < _COHERENCE:
        return None
    if not re.fullmatch(charsets().stated, best.encoding.replace("iso8859", "iso-8859"), re.IGNORECASE):
        return None
    try:
        text = data.decode(best.encoding)
    except ValueError:
        return None
    beyond = [char for char in text if char >= "\u0370" and char.isalpha()]
    return text if len(beyond) > 20 else None


@lru_cache(maxsize=1)
def _profiles() -> dict[str, tuple[frozenset[str], frozenset[bytes]]]:
    languages = charsets().languages
    return {code: (frozenset(row.letters), frozenset(row.words.encode().split())) for code, row in languages.items()}


def _alphabet(data: bytes) -> frozenset[str]:
    """Letters of the languages whose everyday words are in the bytes; of all when there are too few words."""
    words = Counter(data[:_CONTEXT].lower().translate(_SPACED).split())
    hits = {code: sum(words[word] for word in known) for code, (_, known) in _profiles().items()}
    most = max(hits.values())
    if most < 3:
        return frozenset().union(*(_profiles()[code][0] for code in ("fr", "de", "es", "it", "pt", "nl", "sv", "da")))
    return frozenset().union(*(_profiles()[code][0] for code, count in hits.items() if count >= 0.75 * most))


def _score(text: str, alphabet: frozenset[str]) -> float:
    total = seen = 0.0
    for found in _BEYOND.finditer(text):
        at = found.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        total += _fits(text[at], before, after, alphabet)
        seen += 1
        if seen >= _SAMPLE:
            break
    return total / seen if seen else 0.0


def _fits(char: str, before: str, after: str, alphabet: frozenset[str]) -> float:
    """From -2, cannot stand there, to 1, as it should be."""
    if char.isalpha() and char not in "ªº":
        if char.isupper() and (before.islower() or (after.islower() and before.isalpha())):
            return -2.0
        if char.islower() and before.isupper() and after.isupper():
            return -2.0
        if char.islower() and before.islower() and after.isupper():
            return -1.0
        if before >= "\x80" and before.isalpha() and after >= "\x80" and after.isalpha():
            return -1.0
        alone = not before.isalpha() and not after.isalpha()
        known = char.lower() in alphabet
        if alone:
            return 1.0 if known and char.lower() in "àáèéìòùóúÅåâø" else -0.5
        return 1.0 if known else -0.4
    inside = before.isalpha() and after.isalpha()
    if char == "\u00a0":
        return 0.3 if inside and after.islower() else 0.8
    if char in "’'":
        return 1.0 if inside or before.isalnum() or after.isalnum() else 0.2
    if char in _TYPOGRAPHY:
        if inside:
            return -2.0 if char not in "·–—" else -0.2
        return 0.8 if char not in _MEASURES or before.isdigit() or after.isdigit() else -0.5
    return -3.0 if unicodedata.category(char) in ("Cc", "Co", "Cn") else -2.0


def nationalised(text: str) -> str:
    """Seven-bit text with the letters of its national version of ISO 646, if its words show which; else itself.

    Where signs of the varying places stand anywhere but in words, as in a link or in code, the text stays as it is.
    """
    tokens = Counter(token.strip('.,;:!?()"').lower() for token in text.split())
    best, hits = None, 0
    for row in charsets().national:
        count = sum(tokens[word] for word in row.words.split())
        if count > hits:
            best, hits = row, count
    if best is None or hits < 2:
        return text
    signs = re.escape(best.signs)
    for token in text.split():
        if re.search(f"[{signs}]", token) and (
            "://" in token
            or (re.fullmatch(rf"\W*|\W*[{signs}]\w+[{signs}]\W*", token) and token.lower() not in best.words)
        ):
            return text
    return text.translate(str.maketrans(best.signs, best.letters))
