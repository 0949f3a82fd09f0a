"""Header, text and trailer of IPTC 7901 messages, parted also where a carrier took away the signs between them."""

from __future__ import annotations

import re

from dateline_ingest.formats.iptc_7901.header import HEADER, LINE, TIME, with_time
from dateline_ingest.formats.textwire.slugs import slug_of
from dateline_ingest.formats.values.dateline import agency_in, dateline_of

_BARE = re.compile(rf"(?:^|(?<=\n))[\x00\x16\x7f \t]{{0,20}}(?:ZCZC\s{{1,20}})?{HEADER}(?=\r?\n|$)")
_ONE_WORD = re.compile(r"\w+(?:[-/]\w+)+(?:, ?[A-Z]{2,10}(?: ?\d{1,2})?){0,3}(?: \([^\W_]{1,12}\))?")
HEAD_LINES = 16
"""Lines that a head has at most."""
_LONGEST_KEYWORD = 60


def frames_of(text: str) -> list[tuple[str, str, str]]:
    """Header, text and trailer of each message."""
    if "\x01" in text:
        framed = [_frame(part) for part in text.split("\x01")[1:]]
        return [_parted(*one) for one in framed if LINE.match(one[0].lstrip())]
    found = list(_BARE.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return [_parted(*_frame(text[one.start("source") : end])) for one, end in zip(found, ends, strict=False)]


def _frame(part: str) -> tuple[str, str, str]:
    """What SOH, STX and ETX begin; a carrier may have taken away any of them."""
    if "\x02" not in part:
        head, _, tail = part.partition("\x03")
        return head, "", tail
    head, _, rest = part.partition("\x02")
    text, _, tail = rest.partition("\x03")
    return (head, text, tail) if "\x03" not in head else (head.partition("\x03")[0], "", part.partition("\x03")[2])


def _parted(head: str, text: str, tail: str) -> tuple[str, str, str]:
    """A message without STX or ETX: the header ends with its keyword line, the text with its date.

    Some write STX before the keyword line, and the date before ETX.
    """
    line, _, rest = head.lstrip().partition("\n")
    if not text or not rest.strip():
        rest = text or rest
        first, _, after = rest.lstrip("\r\n").partition("\n")
        head, text = (f"{line}\n{first}", after) if _is_keyword(first, after) else (line, rest)
    text, tail = (text, with_time(tail.rstrip("\x04\n "))) if tail.strip() else (with_time(text), tail)
    if not TIME.search(tail[:200]) and (times := list(TIME.finditer(text[-200:]))):
        at = len(text) - len(text[-200:]) + times[-1].start()
        text, tail = text[:at], text[at:]
    return head, text, tail


def _is_keyword(first: str, after: str) -> bool:
    """Whether a line at the head of a text is its keyword: with strokes, of one word with hyphens, or set apart."""
    if first.rstrip().endswith("/") or (first.isupper() and "/" in first):
        return True
    if any(map(_ONE_WORD.fullmatch, (first.rstrip(), slug_of(first).name))):
        return True
    return _stands_alone(first, after) or _is_one_name(first, after) or _is_over_headline(first, after)


def _is_one_name(first: str, after: str) -> bool:
    """Whether a line is a single word over a headline, which never wraps after its first one; capitals are a note."""
    next_line = after.partition("\n")[0].rstrip()
    return first.strip().isalpha() and not first.isupper() and next_line.endswith("=") and " " in next_line.strip()


def _is_over_headline(first: str, after: str) -> bool:
    """Whether a line is words in capitals, set apart from a headline that is not and that a dateline follows: EFE's."""
    words = first.strip()
    blank, headline, below, text, *_ = (*after.split("\n", 4), *[""] * 4)
    if not (words.isupper() and len(words) <= _LONGEST_KEYWORD) or blank.strip() or below.strip():
        return False
    return bool(headline.strip()) and not headline.isupper() and bool(agency_in(dateline_of(text.strip())))


def _stands_alone(first: str, after: str) -> bool:
    """Whether a line is parted by a blank one from the lines of the head, which end with ``=``: the keyword is."""
    next_line, _, rest = after.partition("\n")
    if next_line.strip() or "=" not in rest or first.rstrip().endswith("="):
        return False
    return any(line.rstrip().endswith("=") for line in rest.lstrip().split("\n", HEAD_LINES)[:HEAD_LINES])
