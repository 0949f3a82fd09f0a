"""What an event claims, apart from the grounds it gives for it. Pure.

Grounds say where in the text something was found, by which rule or method, and how sure that is. Other rules may give
other grounds for the same claim; no rendition for outlets shows any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from dateline_schemas.credit import Author, Credit, Dateline, Origin, Term
from dateline_schemas.facts import Entity, Language, Place, Topic

GROUNDS: Mapping[type[Struct], frozenset[str]] = {
    Credit: frozenset({"evidence", "treatments", "credit_line_evidence"}),
    Author: frozenset({"where", "text", "start", "rule", "confidence"}),
    # Its field and its cut are no grounds: they say what of the text outlets get.
    Dateline: frozenset({"rule", "confidence"}),
    Origin: frozenset({"overlap", "taken", "words", "passages"}),
    Term: frozenset({"source", "where"}),
    Language: frozenset({"method", "confidence"}),
    Entity: frozenset({"method", "confidence"}),
    Place: frozenset({"method", "confidence"}),
    # Outlets are told how sure a topic is.
    Topic: frozenset({"method"}),
}
"""Members of value types that are grounds."""


def claimed(value: Struct) -> Any:
    """``value`` as JSON values without its grounds; members with their default are left out, as in the log."""
    return _without(value, msgspec.to_builtins(value))


def _without(value: Any, plain: Any) -> Any:
    if isinstance(value, Struct):
        grounds = GROUNDS.get(type(value), frozenset())
        # The tag of an event is in ``plain`` alone.
        return {
            name: _without(getattr(value, name, None), inner) for name, inner in plain.items() if name not in grounds
        }
    if isinstance(value, tuple):
        return [_without(*pair) for pair in zip(value, plain, strict=True)]
    return plain
