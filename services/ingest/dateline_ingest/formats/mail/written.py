"""Which of a mail's texts is the one to read: what is plain, or what is in HTML."""

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
"""Lines that a paragraph may have, on the average."""
_MUCH_LONGER = 2
_FEW = 60
"""Words that a text may have which stands in for one in HTML."""


def written_text(parts: Parts, limits: Limits, *, headline: str) -> MarkedText:
    """The text; with its marked-up form if it is the one in HTML. Raises Unparseable for too much of it.

    That is where there is no other, where the other stands in for it, and where it has more than twice the words.
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
    """Whether a text says no more than that there is one in HTML."""
    if len(plain.split()) > _FEW:
        return False
    return any(mail_marks().stub.match(line.strip()) for line in plain.split("\n"))


def left(written: MarkedText, text: str) -> Body | None:
    """The marked-up form of what is left of a text; None if it is not whole paragraphs of it, or has no such form."""
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
