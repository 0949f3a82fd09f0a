"""Compares the languages of parts of a message by their first subtag (BCP 47, section 2.2.1)."""

from __future__ import annotations


def primary(language: str) -> str:
    """First subtag of a BCP 47 tag, in lower case."""
    return language.partition("-")[0].lower()


def is_foreign(stated: str | None, language: str) -> bool:
    """Whether a part states another language than ``language``; False if either is missing."""
    return bool(stated and language) and primary(stated or "") != primary(language)
