"""Long lists of alternatives of a shape in bundles, of which most are passed over at once.

Behind the look that ``guards.py`` puts before ``(?:Photo|Foto|Bild ...)`` ``re`` still tries sixty alternatives where
only those of one letter can match. In bundles of sixteen, each behind a look of its own, it tries as many as there are
bundles, and sixteen. Their order stays, and so does what matches. Smaller ones save little more, and take longer to
compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline_attribution.guards import behind_look, first_of
from dateline_attribution.parsedshapes import parsed

_SIZE = 16
_LONG = 2 * _SIZE
"""Alternatives of a list that is worth it."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|\(\?(?:P<\w+>|[a-z]*:|<?[=!])|.", re.DOTALL | re.ASCII)
"""What may hold a bracket or a bar that is none is one token."""
_GROUP = re.compile(r"\(\?(?:P<\w+>|i?:)|", re.ASCII)
"""What opens a list: nothing, where it is all of the shape."""


def bundled(shape: str) -> str:
    """A shape with its long lists in bundles; those with a macro in them stay as they are."""
    if shape.count("|") < _LONG - 1:
        return shape
    opened: list[tuple[str, list[str]]] = [("", [""])]
    for token in _TOKEN.findall(shape):
        if token.startswith("("):
            opened.append((token, [""]))
        elif token == "|":
            opened[-1][1].append("")
        elif token == ")" and len(opened) > 1:
            written = f"{_written(*opened.pop())})"
            opened[-1][1][-1] += written
        else:
            opened[-1][1][-1] += token
    return _written(*opened[0]) if len(opened) == 1 else shape


def _written(opening: str, alternatives: Sequence[str]) -> str:
    if len(alternatives) < _LONG or not _GROUP.fullmatch(opening):
        return opening + "|".join(alternatives)
    return opening + "|".join(_bundles(alternatives))


def _bundles(alternatives: Sequence[str]) -> Iterator[str]:
    for at in range(0, len(alternatives), _SIZE):
        bundle = "|".join(alternatives[at : at + _SIZE])
        parts = None if "%" in bundle else parsed(bundle)
        yield bundle if parts is None else behind_look(bundle, first_of(parts))
