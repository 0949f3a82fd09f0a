"""Which characters XML 1.0 has (section 2.2)."""

from __future__ import annotations

import re

NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has not: codes but for those of layout, halves of a character, and what Unicode keeps free."""
_UNICODE_ENDS = 0x110000


def is_character(number: int) -> bool:
    """Whether XML has a character of this number."""
    return number < _UNICODE_ENDS and not NO_CHARACTER.match(chr(number))
