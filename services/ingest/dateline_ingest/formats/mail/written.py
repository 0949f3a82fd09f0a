"""Chooses between a mail's plain text and its HTML."""

from __future__ import annotations

from itertools import accumulate

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.mail.html import MarkedText, marked_text
from dateline_ingest.formats.mail.parts import Parts
from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.text.fields import fields_of
from dateline_ingest.formats.values.words import bare, fold

_LINES = 4
"""Most lines of a paragraph, on average."""
_MUCH_LONGER = 2
_FEW = 60
"""Most words of a text that stands in for one in HTML."""


def written_text(parts: Parts, limits: Limits, *, headline: str) -> MarkedText:
    """The text, with its marked-up form if HTML was chosen. Raises Unparseable if it is too large.

    HTML is chosen if there is no plain text, if that only stands in for it, or if the HTML has more than twice the
    words.
    """
    lines = sum(text.count("\n") for text in parts.plain)
    if lines > _LINES * limits.paragraphs:
        raise Unparseable(f"the mail's text has {lines} lines, more than {_LINES * limits.paragraphs}; have it split")
    plain = "\n\n".join(parts.plain)
    if not parts.html or (plain and fields_of(plain, least=2, line_of=fold).values):
        return MarkedText(plain)
    marked = marked_text(parts.html, limits, headline)
    words = len(marked.text.split())
    if words > _MUCH_LONGER * len(plain.split()) or (words and _is_stub(plain)):
        return marked
    return MarkedText(plain)


def _is_stub(plain: str) -> bool:
    """Whether a text only says that there is one in HTML."""
    if len(plain.split()) > _FEW:
        return False
    return any(mail_marks().stub.match(line.strip()) for line in plain.split("\n"))


def left(written: MarkedText, text: str) -> Body | None:
    """The marked-up form of the part ``text``; None if that is not whole paragraphs, or there is no such form."""
    body = written.body
    if body is None or text.strip() == written.text.strip():
        return body
    said = [bare(paragraph) for paragraph in body.paragraphs]
    ends = [0, *accumulate(map(len, said))]
    wanted = bare(text)
    start = "".join(said).find(wanted)
    if not wanted or start not in ends or start + len(wanted) not in ends:
        return None
    return body_of_lines(body.paragraphs[ends.index(start) : ends.index(start + len(wanted))])
