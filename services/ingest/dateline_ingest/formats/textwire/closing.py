"""What stands under a text wire's story: who reported and edited it, initials, the agency, the sign of its end."""

from __future__ import annotations

import re

from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.endline import endlines, is_plain_credit
from dateline_kernel.remembering import remembered_word

_MADE_BY = re.compile(
    r"\(?\s*(?:(?:additional|further) )?(?:reporting|writing|editing|compiled|translat(?:ed|ion)|graphics?) "
    r"(?:by|from)\b.{2,600}\)?"
    r"|.{3,160}\b(?:contributed to|helped with|reported from|assisted with)\b.{3,120}"
    r"|\(?(?:reportage|rédaction|édition|édité par|avec)\b.{3,200}\)?"
    r"|\((?:text|redaktion|bearbeitung|von)\b.{3,200}\)"
    r"|\((?:con )?(?:informaci[óo]n|reporte|redacci[óo]n|edici[óo]n|informazioni|reportagem|edi[çc][ãa]o|verslag)\b"
    r".{3,300}\)",
    re.IGNORECASE | re.DOTALL,
)
_END_SIGN = re.compile(r"\.\s*/\s*\.\s*([A-Z]{2,4}(?:[/.-][A-Z]{2,4})*)?/?")
"""Belga's end of text, with initials."""
_END_INLINE = re.compile(r"\s\./\.\s?([A-Z]{2,4}(?:[/.-][A-Z]{2,4})*)?/?$")
"""The same behind the last sentence."""
_SERIAL = re.compile(r"[A-Z]{2,5}\d{3,5}\s+(?:19|20)\d\d-\d\d-\d\d/\d\d:\d\d|ISSN \d{4} ?- ?\d{3}[\dX]")
"""The last line of APA, the message's number once more and its time; and of Adnkronos, its number as a serial."""
_INITIALS = re.compile(
    r"(?:\w{2,8} )?[A-Za-zÀ-ÿ]{2,4}(?:[-/.] ?[A-Za-zÀ-ÿ\d]{1,4}){1,8}/?"
    r"|(?:dpa|afp|apa|kna|epd|sid|sda|ats)(?: [a-zäöü\d/]{1,6}){1,6}"
    r"|[A-Z]{2,6} [a-zäöü]{2,4}"
    r"|/[A-Za-zÀ-ÿ]{2,12}/"
    r"|\((?:DPA|AFP|APA|KNA|EPD|SID|SDA|ATS|dpa|afp|apa|kna|epd|sid|sda|ats)\\?/[a-zäöü\d/ ]{2,30}\)"
)
_MOST = 4
_LONGEST_MADE, _LONGEST_PLAIN = 800, 90
_LONGEST = 40


def closing_lines(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The closing lines of a body, first one first: who made it, initials, a bare agency."""
    last = len(paragraphs)
    while last > 1 and len(paragraphs) - last < _MOST and _is_closing(paragraphs[last - 1]):
        last -= 1
    return paragraphs[last:]


def end_lines(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Those, or the last lines that have the shape of credits, where these are as many or more."""
    shaped, closing = endlines(paragraphs), closing_lines(paragraphs)
    return closing if len(closing) > len(shaped) else shaped


@remembered_word
def _is_closing(text: str) -> bool:
    if len(text) > _LONGEST_MADE:
        return False
    if _MADE_BY.fullmatch(text) or _INITIALS.fullmatch(text):
        return True
    return len(text) <= _LONGEST_PLAIN and is_plain_credit(text)


def without_ends(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """A body without a last line that only says that this is the end: ``ends``, ``-30-``, ``./.``; initials stay."""
    while len(paragraphs) > 1 and len(paragraphs[-1]) <= _LONGEST:
        if sign := _END_SIGN.fullmatch(paragraphs[-1]):
            paragraphs = paragraphs[:-1]
            if sign[1]:
                return (*paragraphs, sign[1])
        elif marks().ends.fullmatch(paragraphs[-1]) or _SERIAL.fullmatch(paragraphs[-1]):
            paragraphs = paragraphs[:-1]
        else:
            break
    return _shut(paragraphs)


def _shut(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Without a sign of the end in brackets behind the last sentence; initials behind it become a line of their own."""
    tail = paragraphs[-1][-_LONGEST:] if paragraphs else ""
    found = marks().shut.search(tail) if "(" in tail else _END_INLINE.search(tail)
    if found is None:
        return paragraphs
    last = paragraphs[-1][: -len(found[0])].rstrip()
    return (*paragraphs[:-1], *filter(None, (last, found[1])))


def unclosed(text: str) -> str:
    """The last paragraph without the word behind its last sentence that only says that this is the end."""
    if not text.endswith(marks().closes):
        return text
    return text.rpartition(" ")[0].rstrip()


def with_closing_apart(text: str) -> str:
    """A text whose last lines are nothing but initials, with a blank line before them: they end no paragraph."""
    lines = text.rstrip().split("\n")
    at = len(lines)
    while at > 1 and len(lines) - at < _MOST and _INITIALS.fullmatch(lines[at - 1].strip()):
        at -= 1
    return text if at == len(lines) else "\n".join((*lines[:at], "", *lines[at:]))


def is_end_sign(text: str) -> bool:
    """Whether a line says nothing but that the story is at its end."""
    return len(text) <= _LONGEST and marks().ends.fullmatch(text) is not None
