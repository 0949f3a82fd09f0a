"""Where a name begins and ends in a text: what scripts write onto it, and which of them leave no gap between words.

Sources: the grammars of the languages. Arabic and Hebrew write ``and``, ``to``, ``in`` onto the next word, Amharic ``of``
and ``to``; languages that decline put the ending of the case behind the name.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_EAST_ASIAN = 0x2E80
"""Scripts from here on write words without a gap."""
_WITHOUT_GAP = (range(0x0E00, 0x1000), range(0x1000, 0x10A0), range(0x1780, 0x1800))
"""Thai, Lao, Tibetan; Burmese; Khmer."""
_INDIC = range(0x0900, 0x0E00)
"""Scripts that write vowels as marks on the letter before them."""
_CLITICS = (
    (range(0x0590, 0x0600), frozenset("ו ל ב מ ש ה כ ול וב ומ וש וה של שב מה כש".split())),
    (range(0x0620, 0x0700), frozenset("و ف ب ل ك ول وب ول فل لل".split())),
    (range(0x1200, 0x1380), frozenset("የ ለ በ ከ".split())),
)
"""By script of the name's first letter: what may be written onto it and is none of its own."""
_MOST_CLITICS = 2
_CASES = (
    (range(0x0400, 0x0530), frozenset("а у ом ем е и ові ам ами ах".split())),
    (range(0x0530, 0x0590), frozenset("ը ի ին ից ում ով ն".split())),
    (range(0x0980, 0x0A00), frozenset("র ের কে তে য় য়ে ও ই এর".split())),
    (range(0x0B80, 0x0C00), frozenset("் ிடம் ுக்கு ின் ால் க்கு யிடம் யின் யால் ுடன் யுடன்".split())),
    (range(0x10A0, 0x1100), frozenset("ი ის მა ს ით თან ისთვის სთან ც იც ისა".split())),
    (range(0x1200, 0x1380), frozenset("ን ም".split())),
)
"""By script of the name's last letter: endings of cases."""
_LONGEST_CASE = 7
_DECLINED = 5
"""Characters from which on a name is declined: initials are not, and a few letters with an ending are any word."""
_STEM_ALONE = range(0x0980, 0x0C00)
"""Scripts whose names of initials, written as they are spoken, decline as well."""


@lru_cache(maxsize=4096)
def is_word(char: str) -> bool:
    """Whether a name ends only where no such character follows; some scripts write words without a gap."""
    code = ord(char)
    if code >= _EAST_ASIAN or any(code in script for script in _WITHOUT_GAP):
        return False
    return char.isalnum() or (code in _INDIC and unicodedata.category(char) in ("Mn", "Mc"))


def is_clitic(text: str, start: int) -> bool:
    """Whether all that is written onto the word at ``start`` is ``and``, ``to``, ``of`` and the like."""
    letters = next((letters for script, letters in _CLITICS if ord(text[start]) in script), None)
    if letters is None:
        return False
    for length in range(1, _MOST_CLITICS + 1):
        begin = start - length
        if begin >= 0 and (begin == 0 or not is_word(text[begin - 1])):
            return text[begin:start] in letters
    return False


def case_ending(text: str, start: int, end: int) -> int:
    """Length of the ending of a case behind the name at ``[start, end)``, if the word ends with it; else 0."""
    code = ord(text[end - 1])
    if end - start < _DECLINED and code not in _STEM_ALONE:
        return 0
    endings = next((endings for script, endings in _CASES if code in script), None)
    if endings is None:
        return 0
    length = 1
    while length <= _LONGEST_CASE and end + length < len(text) and is_word(text[end + length]):
        length += 1
    return length if text[end : end + length] in endings else 0
