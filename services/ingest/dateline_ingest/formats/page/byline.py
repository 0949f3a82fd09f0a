"""The byline to print, out of all that a page says about who wrote the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.dates import is_weekday
from dateline_ingest.formats.page.phrases import account, before_date, by_name, by_word, said_once
from dateline_ingest.formats.values.endline import is_plain_credit
from dateline_ingest.formats.values.words import bare, fold
from dateline_schemas.story import CreditElement

_BESIDE = 45
"""Characters that a line may have beside the names: its word for authors, an agency, a desk, a place."""
_LONGEST = 120
_ROLE = 6
"""Letters of what an author is, at least."""
_JOIN = " & "
"""What joins names. Behind a comma the second name would be taken for the first one's newsroom."""
_MOST_DIGITS = 2
_LABEL = (":", "：")
_NEXT = re.compile(r"\s(?:[–—-]\s|[^\W\d_a-z])")
"""What follows a name in a box: something of its own. Behind a comma or in small letters the same line goes on."""
_OPENS = (",", ";", ":", "：", "/", "&", "|")
"""What joins names, or a label and a name."""
_EDGES = " ,;|/·•–—-"
_BEFORE_COMMA = re.compile(r"\s+(?=[,;])")
_APART = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
_ADDRESS = re.compile(r"\s*[(<\[]?\s?[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}\s?[)>\]]?\s*$")
"""An e-mail address behind a name."""
_GAP = re.compile(r"\s")
_TWICE = re.compile(r"(\b\w{2,6}\b):?\s(?=\1\b)", re.IGNORECASE)
"""A word for authors written twice, as in "by By Jane Roe"."""


def byline_of(writer: str, shown: tuple[CreditElement, ...], stated: tuple[CreditElement, ...]) -> str:
    """What readers see, if it is a byline and little else; the names that the page states, if it is not.

    ``writer`` is a line of the text itself, ``shown`` are the credits that readers see, ``stated`` those of the page's
    own data. Of several lines that readers see it is the first with a stated author in it.
    """
    lines = [line for one in shown if one.where == "byline" and (line := tidy(one.value))]
    lines = [line for line in lines if not _announces(line)]
    authors = _authors(stated)
    if writer:
        return writer
    outlets = {bare(one.value) for one in stated if one.where == "publisher" and one.role != "Person"}
    for line in lines:
        names = [name for name in authors if bare(name) and bare(name) in bare(line)]
        if names and not (outlets.issuperset(map(bare, names)) and _names_another(line, names[0])):
            alone = " " in names[0] or names[0] in lines
            apart = len(names) == 1 and alone and _stands_apart(names[0], line)
            return line if not apart and _is_little_else(line, names) else _JOIN.join(names)
    found = next(_likely(lines), "") or next((one.value for one in stated if one.where == "byline"), "")
    return found or _JOIN.join([name for name in authors if bare(name) not in outlets] or authors)


def _names_another(line: str, outlet: str) -> bool:
    """Whether a line says whose the story is before the outlet: ``By Jane Roe, Quay Post`` or ``AFP/Quay Post``."""
    said = line.partition(outlet)[0].strip(_EDGES)
    return by_name().fullmatch(said) is not None or is_plain_credit(said)


def _announces(line: str) -> bool:
    """Whether a line says only that a name follows: "Eine Analyse von". A long word behind a name is a role."""
    if by_word().fullmatch(line) is None:
        return False
    before, _, last = line.rpartition(" ")
    return len(last) < _ROLE or not any(map(by_name().fullmatch, (before, f"by {before}")))


def _authors(stated: tuple[CreditElement, ...]) -> tuple[str, ...]:
    """The persons among the authors that the page states; all of them if none is said to be a person."""
    authors = [one for one in stated if one.where == "author" and _is_name(one.value)]
    return once(one.value for one in authors if one.role == "Person") or once(one.value for one in authors)


def _likely(lines: list[str]) -> Iterator[str]:
    """Lines that may be names, likeliest first: a name within the first line that has something of its own around it,
    the first one and those within it, then lines like "By Jane Roe".
    """
    within = once(line for line in lines[1:] if line != lines[0] and line in lines[0] and _is_name(line))
    whole = [line for line in within if _is_whole(line)]
    yield from (line for line in whole if lines[0].startswith(line) and _stands_apart(line, lines[0]))
    yield from (line for line in whole if len(whole) == 1 and _stands_apart(line, lines[0]))
    yield from (line for line in lines if _is_name(line) and bare(line) in bare(lines[0]))
    yield from (line for line in lines if by_name().fullmatch(line))
    yield from filter(_is_name, lines)


def _is_whole(name: str) -> bool:
    """Whether a line is a name of several words or an agency's, and no part of one."""
    return " " in name or is_plain_credit(name)


def _stands_apart(name: str, line: str) -> bool:
    """Whether a line has something of its own beside a name: no agency or word for authors before it, and no more of
    the same name.
    """
    before, found, behind = line.partition(name)
    if not found or line == name:
        return False
    first = before.strip()
    own = first and before[-1].isspace() and not first.endswith(_OPENS)
    said = first[:1].islower() or is_plain_credit(first) or by_word().fullmatch(before) is not None
    return bool(own and not said) or _NEXT.match(behind) is not None


def tidy(text: str) -> str:
    """A byline without what pages put beside it: dates, buttons, addresses, marks at its ends, a second word for
    authors.
    """
    text = _ADDRESS.sub("", text) or text if "@" in text else text
    pieces = _APART.split(_BEFORE_COMMA.sub("", fold(text)))
    named = [piece for piece in pieces if any(map(str.isalpha, piece)) and verdict(piece, begun=False) != "noise"]
    kept = [piece for piece in named if _digits(piece) <= _MOST_DIGITS] or named
    kept = next((kept[nth:] for nth, piece in enumerate(kept) if by_name().match(piece)), kept)
    line = fold(text if len(kept) == len(pieces) else " | ".join(kept))
    return said_once(_TWICE.sub("", _BEFORE_COMMA.sub("", _undated(line))).strip(_EDGES))


def _undated(line: str) -> str:
    """A line without a date behind the names, how long to read or how often that was done: ``Jane Roe 3 min read``."""
    if not any(map(str.isdigit, line)):
        return line
    gaps = (gap.start() for gap in _GAP.finditer(line))
    tails = ((gap, line[gap + 1 :]) for gap in gaps)
    behind = next((gap for gap, tail in tails if _digits(tail) and verdict(tail, begun=False) == "noise"), None)
    if behind is None:
        return line
    day = line[behind:].split(maxsplit=1)[0].strip(_EDGES)
    said = before_date(f"{line[:behind]} {day}" if is_weekday(day) else line[:behind])
    return said if _is_signed(said) else line


def _is_signed(said: str) -> bool:
    """Whether what stands before a date is more than a word for it: not ``Publicerad`` or ``Data publikacji``."""
    _, several, last = said.rpartition(" ")
    named = bool(several) and last[:1].isupper()
    return named or is_plain_credit(last) or by_name().match(said) is not None


def _is_little_else(line: str, names: list[str]) -> bool:
    """Whether a line names its authors once each, parted by something, behind a word for authors at most, with little
    beside them.
    """
    if any(f"{one} {other}" in line for one, other in pairwise(names)):
        return False
    before = line.casefold().partition(names[0].casefold())[0].strip(_EDGES)
    if before and not line.startswith(before) and by_word().search(before) is None:  # "red, ORF.at" begins in small
        return False
    once_each = all(bare(line).count(bare(name)) == 1 for name in names)
    return once_each and _digits(line) <= _MOST_DIGITS and len(line) <= len(", ".join(names)) + _BESIDE


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_name(line: str) -> bool:
    """Whether a line may be a name: it has letters, hardly a digit, and is no address, no button, no bare account."""
    if (
        account().fullmatch(line)
        or len(line) > _LONGEST
        or _digits(line) > _MOST_DIGITS
        or line.endswith(_LABEL)
        or "@" in line
        or "://" in line
    ):
        return False
    return any(map(str.isalpha, line)) and verdict(line, begun=False) != "noise"
