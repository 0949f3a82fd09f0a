"""Keyword lines (slugs) of text wires: the story's name, and what is said beside it about lead, take and kind."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct, structs

from dateline_ingest.formats.textwire.kinds import How
from dateline_ingest.formats.textwire.partnumbers import is_number_mark, lead_number, take_number
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
_ENDS = re.compile(r"[\s)/.!-]+$")
_LONGEST = 300
"""Characters from which a line is no keyword line."""
_LONGEST_MARKED = 80
"""Characters of a name with a mark that may have another one behind it."""


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
    perhaps: str = ""
    """One of the parts that says it is a kill, or is a word of the name or of a headline: ``KILL SWITCH ORDERED``."""
    whole: str = ""
    """The name with that word."""

    def how(self, part: str) -> How:
        """How one of the parts tells of a kill: beside a headline if the name is of several words, or in capitals; but
        not if it has several parts (``KILL-TOWN-FAIR``), nor if it is not as loud as the mark."""
        if part != self.perhaps:
            return "sure"
        parted = self.whole == f"{part}-{self.name}" and "-" in self.name
        if is_loud(part, self.name) or parted or not (" " in self.name or self.name.isupper()):
            return "beside"
        return "quiet" if is_quiet(part) else "headed"

    @property
    def is_apart(self) -> bool:
        """Whether that word ends the name as marks do (``Storm-Oran (kill)``), no words of one (``STORMS-KILL``)."""
        ends = bool(self.perhaps) and _ENDS.sub("", self.whole).endswith(self.perhaps)
        return ends and not (marks().kill_ends.fullmatch(self.perhaps) and self.whole.endswith(f"-{self.perhaps}"))

    @property
    def of_news(self) -> Slug:
        """The same where that part is a word of the name."""
        return structs.replace(self, name=self.whole or self.name)


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
    bare = first[3:] if _CYCLE.match(first) else first
    name, more = _without_marks(bare)
    perhaps = whole = ""
    if more and _may_be_word(bare, more[0], name):
        perhaps, whole = more[0], bare[: len(more[0]) + 1] + name
    elif len(more) == 1 and _may_end(bare, more[0], name):
        perhaps, whole = more[0], bare
    elif not more and (told := _kill_beside(name)):
        whole, (name, perhaps) = name, told
        more = [perhaps]
    return Slug(name, (*more, *parts), ", ".join(written), reference, words, perhaps, whole)


def has_marks(headline: str) -> bool:
    """Whether a headline has marks of wires at its ends; ``(Page 24)`` behind one is none, nor ``(Achtung)``."""
    return any(marks().series.match(part) is None and not is_quiet(part) for part in slug_of(headline).parts)


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
            name = name[head.end() :].lstrip(" -/),:*")
        else:
            break
    return name, found


def _may_be_word(text: str, mark: str, name: str) -> bool:
    """Whether the mark of a kill that opens a text may be a word of it: several words follow, or it is in capitals."""
    table, gap = marks(), text[len(mark) : len(mark) + 1]
    if not text.startswith(mark) or gap not in ("-", " ") or not kills_alone(mark):
        return False
    first, _, more = name.partition(" ")
    if gap == "-" or not more:
        return name.isupper() if gap == "-" else table.kill.titles.fullmatch(mark)
    return "-" not in first and not any(map(str.isdigit, first)) and table.copy.match(name) is None


def _may_end(text: str, mark: str, name: str) -> bool:
    """Whether the mark of a kill that ends a text may be a word of it: a loose one in brackets (``Storm-Oran (kill)``),
    or one that titles have as well behind a name in capitals (``CUP GOAL ANNULÉ``, ``STORMS-KILL``)."""
    kill = marks().kill
    if not text.startswith(name) or not kills_alone(mark):
        return False
    if "(" in text[len(name) :]:
        return not (kill.opens.fullmatch(mark) or kill.news.fullmatch(mark))
    if not name.isupper() or " " in mark:
        return False
    if marks().kill_ends.fullmatch(mark):
        return text == f"{name}-{mark}"
    return kill.titles.fullmatch(mark) or kill.news.fullmatch(mark)


def kills_alone(text: str) -> bool:
    """Whether a text is nothing but the mark of a kill."""
    return marks().kill in kinds_alone(text)


def is_quiet(text: str) -> bool:
    """Whether a text is the mark of a kill that news has in brackets, too: ``(zurückgezogen)``, ``(Achtung!)``."""
    word, kill = text.strip(" .!"), marks().kill
    sure = kill.opens.fullmatch(word) or kill.news.fullmatch(word) or marks().kill_ends.fullmatch(word)
    return sure is None and kills_alone(word)


def is_loud(mark: str, behind: str) -> bool:
    """Whether a mark is in capitals and the name behind it is not: ``KILL Town opens festival``."""
    first = behind.split(maxsplit=1)[0] if behind.strip() else ""
    return mark.isupper() and first[:1].isupper() and not first.isupper()


def is_keyword(line: str) -> bool:
    """Whether a line has the form of a keyword of several parts: ``Storm-Oran``, ``TRADE/OIL/``."""
    return _JOINED.fullmatch(line.rstrip("/")) is not None


def parts_of(line: str) -> tuple[str, ...]:
    """The marks in a line that a cycle makes a keyword, where a message has another one: ``BC-XX--Ferry, Adv08``."""
    return slug_of(line).parts if _CYCLE.match(line) else ()


def _kill_beside(name: str) -> tuple[str, str] | None:
    """A name of several parts and the word beside it that kills, but may be one of news (``ANNULATION river-bridge``,
    ``river-bridge-kill``)."""
    if "-" not in name:
        return None
    first, _, rest = name.partition(" ")
    if rest and _JOINED.fullmatch(rest) and marks().kill.news.fullmatch(first):
        return rest, first
    rest, _, last = name.rpartition("-")
    return (rest, last) if marks().kill_ends.fullmatch(last) and _JOINED.fullmatch(rest) else None


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
    pattern, end = marks().first_mark, len(name) - len(name.lstrip(" ([*"))
    return next((found for at in range(end, -1, -1) if (found := pattern.match(name, at)) and _opens(found)), None)


def _opens(found: re.Match[str]) -> bool:
    """Whether a name follows a mark that only space parts from it: ``KILL switch for scooters`` is a headline.

    A name in small letters is one word (``KILL river-bridge``); a word for copy may follow, too.
    """
    text, end = found.string, found.end()
    if found[0].lstrip("([*").rstrip() != found[1] or found[1].islower() or not text[end : end + 1].islower():
        return True
    return " " not in text[end:] or marks().copy.match(text, end) is not None


@remembered_word
def slug_key(name: str) -> str:
    """The name for comparing: letters and digits in lower case without accents, hyphens between words."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return _NO_WORD.sub("-", name.casefold()).strip("-")
