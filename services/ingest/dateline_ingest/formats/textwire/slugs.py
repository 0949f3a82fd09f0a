"""Keyword lines (slugs) of text wires: the story's name, and what is said beside it about lead, take and kind."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from dateline_ingest.formats.textwire.table import kinds_alone, marks
from dateline_kernel.remembering import remembered_word

_CYCLE = re.compile(r"(?:BC|AM|PM|AP|BP)-(?=\S)")
"""For which papers: both cycles, morning, afternoon, or at once (AP Stylebook, keyword slug line)."""
_REFERENCE = re.compile(r"[A-Za-z]\d{3,4}")
_COUNT = re.compile(r"\d{1,5}")
_GAP = re.compile(r"(?<=\w)[\s:/(\[,–—-]+")
_CODE = re.compile(r"\(|[A-Z\d]+\W|[A-Z]+$|\d|(?i:[a-z]+ ?\d)")
_JOINED = re.compile(r"[^\W_][\w.]*(?:[-/]{1,2}[\w.]+)+")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 300
"""Characters from which a line is no keyword line."""
_LONGEST_MARKED = 80
"""Characters of a name with a mark that may have another one behind it."""
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


@remembered_word
def slug_of(text: str) -> Slug:
    """Take a keyword line apart, such as ``BC-XX--River Festival, 2nd Ld-Writethru, a0512,340``."""
    text = text.strip()
    if len(text) > _LONGEST:
        return Slug(text[:_LONGEST].strip(), (), text)
    first, *rest = text.split(",")
    first = first.rstrip()
    written, parts = [first] if first else [], []
    reference, words = "", 0
    for part in map(str.strip, rest):
        if part.isdigit() and _COUNT.fullmatch(part):
            words = int(part)
        elif _REFERENCE.fullmatch(part):
            reference = part
        elif part:
            written.append(part)
            if _is_mark(part):
                parts.append(part)
            else:
                first += f", {part}"
    name, more = _without_marks(first[3:] if _CYCLE.match(first) else first)
    return Slug(name, (*more, *parts), ", ".join(written), reference, words)


def has_marks(headline: str) -> bool:
    """Whether a headline has marks of wires at its ends; ``(Page 24)`` behind one is none, nor is ``Part 1``."""
    return any(marks().series.match(part) is None for part in slug_of(headline).parts)


def _is_mark(part: str) -> bool:
    table = marks()
    if kinds_alone(part) or table.goes_on.fullmatch(part) or table.embargo.slug.fullmatch(part):
        return True
    if is_number_mark(part):
        return True
    opens = part[:1].isdigit() or (any(map(str.isdigit, part)) and table.mark.match(part))
    return bool(opens and (lead_number(part) or take_number(part)))


def _without_marks(name: str) -> tuple[str, list[str]]:
    """The name without the marks at its ends, and these."""
    found: list[str] = []
    for _ in range(6):
        if tail := _last_mark(name):
            found.insert(0, tail[1])
            name = name[: tail[0]].rstrip(" -/(,:")
        elif head := _first_mark(name):
            found.insert(0, head[1])
            name = name[head.end() :].lstrip(" -/),:")
        else:
            break
    return name, found


def _last_mark(name: str) -> tuple[int, str] | None:
    """The mark that ends a name, and where what parts it from the name begins; marks may begin with a bracket."""
    pattern = marks().last_mark
    for gap in _GAP.finditer(name):
        for at in range(gap.end(), gap.start(), -1):
            if (found := pattern.match(name, at)) and _parts(name, gap.start(), at):
                return gap.start(), found[1]
    return None


def _parts(name: str, end: int, at: int) -> bool:
    """Whether what stands between the end of a name and a mark parts them.

    A hyphen, stroke or space does only where the mark looks like one, or behind a name of several parts, or another
    mark: ``Troops-advance``, but ``river-bridge-correction``.
    """
    gap = name[end:at]
    if not gap.isspace() and "-" not in gap:
        return True
    if gap.strip("/- "):
        return False
    if _CODE.match(name, at) or _JOINED.fullmatch(name, 0, end):
        return True
    return end <= _LONGEST_MARKED and _last_mark(name[:end]) is not None


def _first_mark(name: str) -> re.Match[str] | None:
    """The mark that begins a name, with what parts it from the name."""
    pattern, end = marks().first_mark, len(name) - len(name.lstrip(" (["))
    return next((found for at in range(end, -1, -1) if (found := pattern.match(name, at)) and _opens(found)), None)


def _opens(found: re.Match[str]) -> bool:
    """Whether a name follows a mark that only space parts from it: ``KILL switch for scooters`` is a headline.

    A name in small letters is one word (``KILL river-bridge``); a word for copy may follow, too.
    """
    text, end = found.string, found.end()
    if found[0].lstrip("([").rstrip() != found[1] or found[1].islower() or not text[end : end + 1].islower():
        return True
    return " " not in text[end:] or marks().copy.match(text, end) is not None


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
    number = int(word) if word.isdecimal() else _NUMBERS.get(slug_key(word), 1)
    return number if 1 <= number <= 99 else 1


@remembered_word
def slug_key(name: str) -> str:
    """The name for comparing: letters and digits in lower case without accents, hyphens between words."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return _NO_WORD.sub("-", name.casefold()).strip("-")
