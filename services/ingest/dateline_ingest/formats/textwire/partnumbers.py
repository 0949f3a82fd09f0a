"""Numbers of leads and takes, as text wires write them. Pure."""

from __future__ import annotations

import re

from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.timewords import plain
from dateline_kernel.remembering import remembered_word

_NUMBERS = {
    word: number
    for number, row in enumerate(
        (
            "first premier erste primera prima primeira",
            "second deuxieme zweite segunda seconda tweede",
            "third troisieme dritte tercera terza terceira derde",
            "fourth quatrieme vierte cuarta quarta vierde",
            "fifth cinquieme",
            "sixth sixieme",
        ),
        1,
    )
    for word in row.split()
}


@remembered_word
def lead_number(text: str) -> int | None:
    """Which lead, writethru or update a text names: 1 for the first; None if it names none."""
    return max((_number(one) for one in marks().lead.within(text)), default=None)


@remembered_word
def take_number(text: str) -> int | None:
    """Which take a text names, from 1; None if it names none."""
    table = marks()
    if found := next(table.take.within(text), None):
        return _number(found)
    if found := next(table.adds.within(text), None):
        return _number(found) + 1
    return 2 if table.goes_on.fullmatch(text) else None


@remembered_word
def is_number_mark(text: str) -> bool:
    """Whether a text is nothing but the number of a lead or take."""
    table = marks()
    return any(pattern.fullmatch(text) for pattern in (table.lead, table.take, table.adds))


def _number(found: re.Match[str]) -> int:
    """The number in the group that matched; 1 where there is none, or none that can be."""
    word = next(filter(None, found.groups()[1:]), "")
    number = int(word) if word.isdecimal() else _NUMBERS.get(plain(word), 1)
    return number if 1 <= number <= 99 else 1
