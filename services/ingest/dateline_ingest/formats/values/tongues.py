"""Compares the languages of parts of a message by their first subtag (BCP 47, section 2.2.1), or by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline_ingest.tables import read_table, turned
from dateline_kernel.remembering import remembered_word


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return turned(read_table("languages.toml", dict[str, dict[str, str]])["codes"])


def _tag(language: str) -> str:
    first, dash, variant = language.strip().replace("_", "-").lower().partition("-")
    return _codes().get(first, first) + dash + variant


def _primary(language: str) -> str:
    return tag(language).partition("-")[0]


tag = remembered_word(_tag)
"""A BCP 47 tag in lower case; for another code or a name of a language the one that it stands for."""
primary = remembered_word(_primary)
"""The first subtag of that."""


def coded(language: str) -> str:
    """The code in ISO 639-1 of a language that is called otherwise; anything else as it stands."""
    return language if len(language) == 2 else _codes().get(language.lower(), language)


def nearest(spoken: Sequence[str], language: str) -> str:
    """Which of these languages, as ``tag`` has them, is this one, or else a variant of it; empty if none is."""
    near = [one for one in spoken if primary(one) == primary(language)]
    return min(near, key=lambda one: apart(one, language), default="")


def is_foreign(stated: str | None, language: str) -> bool:
    """Whether a part states another language than ``language``; False if either is missing."""
    return bool(stated and language) and primary(stated or "") != primary(language)


def apart(stated: str | None, language: str) -> int:
    """How far what a part states is from ``language``: 0 where it is that or either is missing, 3 for another language.

    1 where one says the same more exactly than the other (``de``, ``de-AT``), 2 for another variant (``de-CH``).
    """
    if not stated or not language or (one := tag(stated)) == (other := tag(language)):
        return 0
    if primary(stated) != primary(language):
        return 3
    return 1 if f"{one}-".startswith(f"{other}-") or f"{other}-".startswith(f"{one}-") else 2
