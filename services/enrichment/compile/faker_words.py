"""Names of people and common words of many languages, as Faker has them to fill texts with."""

from __future__ import annotations

from typing import Any

from faker.config import AVAILABLE_LOCALES
from faker.factory import Factory


def given_names() -> frozenset[str]:
    """Given names that Faker knows (MIT), of every language that it covers."""
    return _faker_names("first_name")


def surnames() -> frozenset[str]:
    """Surnames that Faker knows (MIT), of every language that it covers."""
    return _faker_names("last_name")


def common_words() -> frozenset[str]:
    """Common words of many languages, in small letters, that Faker fills texts with (MIT)."""
    found: set[str] = set()
    for locale in AVAILABLE_LOCALES:
        provider, _, _ = Factory._find_provider_class("faker.providers.lorem", locale)
        found.update(word.lower() for word in _strings(getattr(provider, "word_list", ())))
    return frozenset(found)


def _faker_names(kind: str) -> frozenset[str]:
    found: set[str] = set()
    for locale in AVAILABLE_LOCALES:
        provider = _person_provider(locale)
        for attribute in dir(provider):
            if kind in attribute:
                found.update(_strings(getattr(provider, attribute)))
    return frozenset(found)


def _person_provider(locale: str) -> Any:
    provider, _, _ = Factory._find_provider_class("faker.providers.person", locale)
    return provider


def _strings(names: object) -> list[str]:
    return [name for name in names if isinstance(name, str)] if isinstance(names, (tuple, list, dict)) else []
