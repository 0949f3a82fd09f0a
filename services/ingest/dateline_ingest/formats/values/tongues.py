"""Compares the languages of parts of a message by their first subtag (BCP 47, section 2.2.1), or by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from dateline_ingest.tables import read_table, turned
from dateline_kernel.remembering import remembered_word

_Part = TypeVar("_Part")


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
    """Which of these languages, as ``tag`` has them, is this one, or else the nearest variant of it; empty if none is.

    Nearer than another variant is one of which one says the same more exactly than the other: ``de`` and ``de-AT``.
    """
    own = tag(language)

    def apart(one: str) -> int:
        return 0 if one == own else 1 if f"{one}-".startswith(f"{own}-") or f"{own}-".startswith(f"{one}-") else 2

    return min((one for one in spoken if primary(one) == primary(language)), key=apart, default="")


def nearest_of(parts: Sequence[_Part], stated: Sequence[str], language: str) -> list[_Part]:
    """Those of parts side by side that state the nearest language or none; where none does, those of the first's."""
    tongues = [tag(one) for one in stated]
    wanted = nearest(tongues, language) or ("" if "" in tongues else next(iter(tongues), ""))
    return [part for part, tongue in zip(parts, tongues, strict=True) if tongue in ("", wanted)]


def nearest_first(parts: Sequence[_Part], stated: Sequence[str], language: str) -> list[_Part]:
    """Parts side by side: those that state the nearest language or none, then other variants, then other languages."""
    far = ranks(stated, language)
    return [parts[at] for at in sorted(range(len(parts)), key=far.__getitem__)]


def ranks(stated: Sequence[str], language: str) -> list[int]:
    """The same of each part as 0, 1 or 2; all 0 where no language is known."""
    tongues = [tag(one) for one in stated] if language else [""] * len(stated)
    wanted = ("", nearest(tongues, language))
    return [0 if one in wanted else 1 + (primary(one) != primary(language)) for one in tongues]


def is_foreign(stated: str | None, language: str) -> bool:
    """Whether a part states another language than ``language``; False if either is missing."""
    return bool(stated and language) and primary(stated or "") != primary(language)
