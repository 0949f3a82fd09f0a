"""Languages that parts of a message say they are in, compared by what matters (BCP 47, section 2.2.1)."""

from __future__ import annotations


def primary(language: str) -> str:
    """First subtag of a BCP 47 tag, in lower case."""
    return language.partition("-")[0].lower()


def is_foreign(stated: str | None, language: str) -> bool:
    """Whether a part that states a language is in another one than this; not where either is left out."""
    return bool(stated and language) and primary(stated or "") != primary(language)
