"""The head of an ANPA 1312 text: its keyword line, the lines set apart before the body, and what each of them is."""

from __future__ import annotations

import re
from itertools import takewhile

from dateline_ingest.formats.anpa_1312.envelope import Envelope, codes
from dateline_ingest.formats.anpa_1312.typeset import Line, Typeset
from dateline_ingest.formats.textwire.head import Head, is_byline
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.table import marks
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_kernel.remembering import remembered_word

_SHAPED = re.compile(
    r"(?:BC|AM|PM|AP)-\S"
    r"|(?!.*\s\d{1,2},\s*20\d\d\s*$)(?!.*[^\w,]\d{1,3}(?:,\d{3})+\s*$).{3,120},(?:\s*\d{3,5}|\d\d)\s*$"
)
"""What only a keyword line looks like: a cycle before it, or the number of words after it.

That is no date's year, no thousands or millions, nor somebody's age: ``girl, 12``.
"""
_KEYWORD = re.compile(r"(?:\*\d+<?\s*)?\^?\s*(?P<slug>.+?)(?:\s0\d{3})?")
"""Without the number of words where no comma parts it, as UPI has it."""
_MOST_APART = 100
"""Lines among which the head ends."""
_MOST_LINES = 4
"""Lines that a headline can have."""
_LONGEST_NAME = 6
"""Words that a paper's name can have."""
_SMALL = frozenset(("and", "of", "the", "for", "in", "&"))
_LONGEST_APART = 1000
"""Characters up to which a line of the head can go on in the next one."""


def keyword_of(text: Typeset, envelope: Envelope) -> tuple[str, int]:
    """The keyword line, which the text has in full (the header cuts it at 24 characters), and the line after it."""
    for at in range(min(4, len(text.lines))):
        line = text.line(at)
        if line.kind in ("head", "more") and (found := _KEYWORD.fullmatch(line.text)):
            said, short = found["slug"].strip(), envelope.slug
            shaped, same, marked = _SHAPED.match(said) is not None, _same(said, short), line.kind == "head"
            if (shaped and same) or (marked and (not short or shaped or same)) or _letters(said) == _letters(short):
                return _versioned(said, short), at + 1
        if line.kind != "blank":
            break
    return _spaced(envelope.slug), 0


def _versioned(said: str, short: str) -> str:
    """The keyword, with a comma before its version where the header has that behind a space and the text does, too."""
    version = short.partition(" ")[2].lower()
    at = said.lower().find(f" {version}") if version and "," not in said else -1
    return said if at < 0 else f"{said[:at]},{said[at + 1 :]}"


def _same(one: str, other: str) -> bool:
    """Whether the long keyword is the one that the header has cut: letters alike at the start."""
    second = _letters(other.split(" ")[0])
    return bool(second) and _letters(one).startswith(second[:12])


def _letters(keyword: str) -> str:
    return "".join(filter(str.isalnum, keyword.lower()))


def _spaced(slug: str) -> str:
    """The header's keyword and version, which a space parts, as the text writes them."""
    return ",".join(slug.split(" ", 1))


def apart_of(text: Typeset, start: int) -> tuple[list[str], int]:
    """The lines set apart before the body, and where the body begins.

    A line of them that no sign ends goes on in the next one.
    """
    out, start = _unsigned(text, start)
    goes_on = False
    end = min(len(text.lines), start + _MOST_APART)
    for at in range(start, end):
        line = text.line(at)
        if line.kind == "head" or (out and line.kind in ("text", "more") and _is_about(line.text)):
            out.append(line.text)
            if is_byline(line.text):
                return _after_byline(out, text, at + 1)
        elif line.kind == "more" and goes_on:
            out[-1] += f" {line.text}"
        elif line.kind != "blank":
            return out, at
        goes_on = line.kind != "blank" and not line.ended and len(out[-1]) < _LONGEST_APART
    return out, end


def _is_about(line: str) -> bool:
    """Whether a line under the headline that no sign sets apart is none of the text."""
    return _is_bracketed(line) or is_byline(line)


def _unsigned(text: Typeset, start: int) -> tuple[list[str], int]:
    """The headline where no sign sets it apart; and the line after it.

    It ends with a plus sign, as with Kyodo; or a dateline opens the text below it, as with Reuters, or there is none.
    """
    first = next((at for at in range(start, len(text.lines)) if text.lines[at].strip()), start)
    below = (text.line(at) for at in range(first, min(first + _MOST_LINES, len(text.lines))))
    run = [line.text for line in takewhile(lambda line: line.kind == "more", below)]
    if not run:
        return [], start
    end = next((at for at, said in enumerate(run, 1) if said.endswith("+")), 0) or len(run)
    if not (run[end - 1].endswith("+") or _opens_text(text, first + end)):
        return [], start
    return [" ".join(run[:end]).strip("+* ")], first + end


def _opens_text(text: Typeset, at: int) -> bool:
    """Whether a line is one with a byline or dateline, of a paragraph of its own; or there is nothing more."""
    line = text.line(at) if at < len(text.lines) else Line("blank", "")
    if line.kind == "text":
        return is_byline(line.text) or bool(dateline_of(line.text))
    return line.kind == "blank" and not "".join(text.lines[at:]).strip()


def _after_byline(out: list[str], text: Typeset, at: int) -> tuple[list[str], int]:
    """The byline ends the head, but for the agency's name under it."""
    if at < len(text.lines):
        line = text.line(at)
        if line.kind == "head" and (codes().agency.fullmatch(line.text) or _is_paper(line, text, at + 1)):
            return [*out, line.text], at + 1
    return out, at


def _is_paper(line: Line, text: Typeset, after: int) -> bool:
    """Whether a line under the byline, right before the text, is what the writer's paper or agency is called."""
    following = next((one for at in range(after, len(text.lines)) if (one := text.line(at)).kind != "blank"), None)
    words = line.text.split()
    titled = len(words) <= _LONGEST_NAME and all(word[:1].isupper() or word in _SMALL for word in words)
    return line.ended and titled and following is not None and following.kind == "text"


def head_of(apart: list[str], said: Said, has_body: bool) -> tuple[Head, str, list[str]]:
    """Headline and the like; the agency named under the byline; and lines that belong to a body which has no other."""
    byline = names = ""
    notes: list[str] = []
    rest: list[str] = []
    for line in apart:
        if line in said.marks:
            continue
        if not byline and is_byline(line):
            byline = line
        elif byline and not names:  # it ends the head, so no other line stands behind it
            names = line
        elif _is_note(line):
            notes.append(line)
        else:
            rest.append(line)
    headline, further = (rest[0], rest[1:]) if rest else ("", [])
    if not has_body and further:
        return Head(headline, "", byline, tuple(notes)), names, further
    return Head(headline, " ".join(further), byline, tuple(notes)), names, []


def _is_bracketed(line: str) -> bool:
    return line.startswith("(") and line.endswith(")")


@remembered_word
def _is_note(line: str) -> bool:
    if _is_bracketed(line):
        return True
    return codes().pictures.fullmatch(line) is not None or marks().note.begins(line) is not None
