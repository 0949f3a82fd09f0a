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
    return tag(language) if tag(language) in near else next(iter(near), "")


def is_foreign(stated: str | None, language: str) -> bool:
    """Whether a part states another language than ``language``; False if either is missing."""
    return bool(stated and language) and primary(stated or "") != primary(language)
