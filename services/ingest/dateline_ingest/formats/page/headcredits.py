"""Who wrote a story and where it is from, by the short lines between its headline and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats.page.dates import is_time
from dateline_ingest.formats.page.parts import STOPS, visible
from dateline_ingest.formats.page.phrases import before_date, by_author, is_by_author, is_byline, is_source_line
from dateline_ingest.formats.xml.tree import Element
from dateline_schemas.story import CreditElement

_LONGEST = 60
"""Characters of a statement."""
_MOST_LOOKED = 300
"""Links that are looked at."""
_JOINED = 4
"""Characters that join two names at the most, as "and" or "/" do."""
_MOST = 8
_APART = re.compile(
    r"\s*[|•·｜‖]\s*|\s[/–—-]\s"
    r"|\s*(?<!\w)(?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?(?:\sde)?),?\s\d{4}(?!\w)\s*"
    r"|\s*\d[\d./:, -]{3,}\s*"
)
"""What stands between statements: bars, dashes, a date with its year, figures."""
_LABELS = re.compile(r"\s+(?=[^\W\d_]{2,15}\s?[:：])")
"""What stands between labelled statements on one line, as in ``来源: 新华社 作者: 林远``."""
_LABELLED = re.compile(r"[^\W\d_]{2,15}\s?[:：]")
_EDGES = " ,;"
_WORDS = 6
"""Number of spaces from which a text that ends like a sentence is taken for one."""


def head_credits(lines: Iterable[str], region: Element) -> tuple[CreditElement, ...]:
    """Short statements in ``lines`` between the headline and the text of ``region``, each once.

    They are ``source``: what they say is for attribution to judge; the first that is a name behind a word such as
    "by", or a link to what its author wrote, is the ``byline``. What is mostly a date is passed over.
    """
    found: dict[str, None] = {}
    for line in lines:
        *dated, last = _APART.split(line)
        parted = (piece for part in (*(before_date(one) or one for one in dated), last) for piece in _by_labels(part))
        pieces = [one for piece in parted if (one := piece.lstrip(_EDGES)) and not any(map(str.isdigit, one))]
        said = list(filter(_states, pieces))
        for text in (line, *said) if (said or not pieces) and _states(line) else said:
            found.setdefault(text)
        if len(found) >= _MOST:
            break
    said = list(islice(found, _MOST))
    by = next((text for text in said if by_author().fullmatch(text) or _credits_agency(text)), "")
    by = by or _linked_author(said, region)
    return tuple(CreditElement(where="byline" if text == by else "source", value=text) for text in said)


def _by_labels(text: str) -> list[str]:
    """The statements of a line in which each has a label; a label within running text parts nothing."""
    return _LABELS.split(text) if _LABELLED.match(text) else [text]


def _credits_agency(line: str) -> bool:
    """Whether a line has a word for authors before an agency's name, and no label: ``By AFP``."""
    return is_byline(line) and not is_source_line(line)


def _linked_author(said: list[str], region: Element) -> str:
    """The first statement that is a name of several words and a link to what somebody wrote, or such names joined."""
    links = islice(region.iter("a"), _MOST_LOOKED)
    authors = {visible(link, most=_LONGEST) for link in links if is_by_author(link)}
    names = sorted((name for name in authors if " " in name), key=len, reverse=True)
    return next((text for text in said if names and _is_joined(text, names)), "")


def _is_joined(text: str, names: list[str]) -> bool:
    """Whether a text is one of the names, perhaps behind a short word, or several with no more between them than joins
    them.
    """
    rest, found = text, 0
    for name in names:
        found += name in rest
        rest = rest.replace(name, " ", 1)
    return found > 0 and len("".join(rest.split())) <= _JOINED * max(1, found - 1)


def _states(text: str) -> bool:
    if not 1 < len(text) <= _LONGEST or text.endswith((":", "：")):
        return False
    if text.endswith(STOPS) and text.count(" ") >= _WORDS:
        return False
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return letters >= 2 * digits and not is_time(text) and verdict(text, begun=False) == "story"
