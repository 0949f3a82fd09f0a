"""Keyword lines (slugs) of text wires: the story's name, and what is said beside it about lead, take and kind."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from dateline_ingest.formats.textwire_table import Pattern, marks

_CYCLE = re.compile(r"(?:BC|AM|PM|AP|BP)-(?=\S)")
"""For which papers: both cycles, morning, afternoon, or at once (AP Stylebook, keyword slug line)."""
_REFERENCE = re.compile(r"[A-Za-z]\d{3,4}")
_COUNT = re.compile(r"\d{1,5}")
_SPLIT = re.compile(r"\s*,\s*")
_BETWEEN = r"[\s:/(\[,–—]+|-(?=-)|(?<=-)"
_LONGEST = 300
"""Characters from which a line is no keyword line."""
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


class Slug(Struct, frozen=True):
    """A keyword line, taken apart."""

    name: str
    """What the story is called, without cycle, lead, take and other marks."""
    parts: tuple[str, ...]
    """The marks beside it, as written."""
    text: str = ""
    """As written, without the number of words and the reference."""
    reference: str = ""
    """Number of the earlier message that this one replaces."""
    words: int = 0


def slug_of(text: str) -> Slug:
    """Take a keyword line apart, such as ``BC-XX--River Festival, 2nd Ld-Writethru, a0512,340``."""
    if len(text) > _LONGEST:
        return Slug(text[:_LONGEST].strip(), (), text)
    first, *rest = _SPLIT.split(text.strip()) if "," in text else [text.strip()]
    parts: list[str] = []
    written = [first]
    reference, words = "", 0
    for part in rest:
        if _COUNT.fullmatch(part):
            words = int(part)
        elif _REFERENCE.fullmatch(part):
            reference = part
        else:
            written.append(part)
        if _COUNT.fullmatch(part) or _REFERENCE.fullmatch(part):
            continue
        if part and _is_mark(part):
            parts.append(part)
        elif part:
            first += f", {part}"
    name = _CYCLE.sub("", first, count=1) if first[:3].isupper() else first
    name, more = _without_marks(name)
    return Slug(name, (*more, *parts), ", ".join(part for part in written if part), reference, words)


def _is_mark(part: str) -> bool:
    table = marks()
    if any(kind.whole.fullmatch(part) for kind in table.kinds) or table.goes_on.fullmatch(part):
        return True
    if table.embargo_slug.fullmatch(part) or any(whole.fullmatch(part) for _, whole, _ in table.urgency):
        return True
    return lead_number(part) is not None or take_number(part) is not None


def _without_marks(name: str) -> tuple[str, list[str]]:
    """The name without the marks at its ends, and these."""
    found: list[str] = []
    for _ in range(6):
        if tail := _TAIL().search(name):
            found.insert(0, tail[1])
            name = name[: tail.start()].rstrip(" -/(,:")
        elif head := _HEAD().match(name):
            found.insert(0, head[1])
            name = name[head.end() :].lstrip(" -/),:")
        else:
            break
    return name, found


_cache: dict[str, Pattern] = {}


def _TAIL() -> Pattern:  # noqa: N802 - a table, read late
    if "tail" not in _cache:
        mark = marks().any_mark.pattern
        _cache["tail"] = re.compile(
            rf"(?<=\w)(?:[\s:/(\[,–—]+|[/-]+(?=[A-Z\d]+\W|[A-Z]+$|\d|Adv ?\d))({mark})[\s)\]/.!-]*$", re.IGNORECASE
        )
    return _cache["tail"]


def _HEAD() -> Pattern:  # noqa: N802 - a table, read late
    if "head" not in _cache:
        mark = marks().any_mark.pattern
        _cache["head"] = re.compile(rf"[\s(\[]*({mark})(?:[\s)\]]*[:/–—]\s*|[\s)\]]+-*\s*|-+)(?=\w)", re.IGNORECASE)
    return _cache["head"]


def lead_number(text: str) -> int | None:
    """Which lead, writethru or update a text names: 1 for the first; None if it names none."""
    found = [_number(one) for one in marks().lead.finditer(text)]
    return max(found) if found else None


def take_number(text: str) -> int | None:
    """Which take a text names, from 1; None if it names none."""
    table = marks()
    if found := table.take.search(text):
        return _number(found)
    if found := table.adds.search(text):
        return _number(found) + 1
    return 2 if table.goes_on.fullmatch(text) else None


def is_number_mark(text: str) -> bool:
    """Whether a text is nothing but the number of a lead or take."""
    table = marks()
    return any(pattern.fullmatch(text) for pattern in (table.lead, table.take, table.adds))


def _number(found: re.Match[str]) -> int:
    """The number in the group that matched; 1 where there is none, or none that can be."""
    word = found[found.lastindex] if found.lastindex else ""
    number = int(word) if word.isdigit() else _NUMBERS.get(slug_key(word), 1)
    return number if 1 <= number <= 99 else 1


def slug_key(name: str) -> str:
    """The name for comparing: letters and digits in lower case without accents, hyphens between words."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
