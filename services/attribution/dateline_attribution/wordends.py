"""Where a name begins and ends in a text: what its script writes onto it (``scripts.toml``)."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache

import msgspec
from msgspec import Struct

from dateline_attribution.tables import SCRIPTS, TableError, table_text


class Script(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table, whose head says what each column means."""

    name: str
    first: int
    last: int
    gaps: bool = True
    vowels: bool = False
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    declined: int = 0


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    script: tuple[Script, ...]


def parse_scripts(text: str) -> tuple[Script, ...]:
    """The scripts that a TOML text in the form of ``scripts.toml`` lists. Raises TableError."""
    try:
        return msgspec.convert(tomllib.loads(text), _Table).script
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{SCRIPTS}: {error}") from error


@lru_cache(maxsize=1)
def _scripts() -> tuple[Script, ...]:
    return parse_scripts(table_text(SCRIPTS))


@lru_cache(maxsize=4096)
def _script(char: str) -> Script | None:
    """The script that a character is of; ``None`` for those that the table leaves out."""
    code = ord(char)
    return next((script for script in _scripts() if script.first <= code <= script.last), None)


@lru_cache(maxsize=4096)
def is_word(char: str) -> bool:
    """Whether a name ends only where no such character follows; some scripts write words without a gap."""
    if char.isascii():
        return char.isalnum()
    script = _script(char)
    if script is None:
        return char.isalnum()
    return script.gaps and (char.isalnum() or (script.vowels and unicodedata.category(char) in ("Mn", "Mc")))


def is_clitic(text: str, start: int) -> bool:
    """Whether all that is written onto the word at ``start`` is ``and``, ``to``, ``of`` and the like."""
    script = _script(text[start])
    for letters in script.before if script else ():
        begin = start - len(letters)
        if begin >= 0 and text.startswith(letters, begin) and (begin == 0 or not is_word(text[begin - 1])):
            return True
    return False


def case_ending(text: str, start: int, end: int) -> int:
    """Length of the ending of a case behind the name at ``[start, end)``, if the word ends with it; else 0."""
    script = _script(text[end - 1])
    if script is None or not script.behind or end - start < script.declined:
        return 0
    for ending in script.behind:
        after = end + len(ending)
        if text.startswith(ending, end) and not is_word(text[after : after + 1] or " "):
            return len(ending)
    return 0
