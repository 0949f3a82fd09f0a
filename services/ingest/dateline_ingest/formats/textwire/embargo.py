"""Embargo lines of text wires: until when a story must not be published.

An embargo must never leak: where a line says that there is one and its time cannot be told, the story is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice

from msgspec import Struct

from dateline_ingest.formats.textwire.table import LABEL, marks
from dateline_ingest.formats.values.agencytimes import agency_of
from dateline_ingest.formats.values.days import worded
from dateline_ingest.formats.values.wiretimes import When, when
from dateline_ingest.formats.values.zones import is_elsewhere
from dateline_ingest.timewords import plain
from dateline_kernel.remembering import remembered_word

_PARTS = re.compile(r"\s*[(/;]\s*(?=[^)]{3})|\s+[–—-]\s+")
_NEXT_SENTENCE = re.compile(
    r"(?<=[a-z)\d]{2})[.!]\s+(?=[A-ZÀ-Þ][a-zß-ÿ]+\s[a-zß-ÿ])|(?:(?<=[a-z)]{2})|(?<=\d{4}))\.\s+(?=[A-ZÀ-Þ][a-zß-ÿ]+:\s)"
)
_WORDS = re.compile(r"[^\W\d_]+")
_WORD = 3
"""Letters from which a word may say something."""
_LONGEST = 400
_WORDS_BEFORE = 20
"""Characters before the words in which these may be denied."""
_MOST = 40
"""Places of a note that are looked at, in words of one language."""
_NEVER = datetime.min.replace(tzinfo=UTC)
CLOCK = re.compile(r"\d\s?(?:h|uhr|[ap]\.?\s?m|gmt|utc)\b|\d[:.h]\d\d", re.IGNORECASE)
_OPENED = re.compile(r"(?:^|[:.!?;])\W{0,3}$")
"""Before a word that opens a line or a sentence or follows a label: behind a dash it may be of a headline."""
CLAUSE = re.compile(r"\s[–—-]+\s|[.!)]\s")
"""Where a label behind a dateline ends."""
_DASH = re.compile(r"\s[–—-]+\s|(?:(?<=[a-z)]{2})|(?<=\d{4}))\.\s+(?=[A-ZÀ-Þ])")
_LABEL_ENDS = re.compile(r"\s*[)\]】/|–—]|\s+-")
_LABELS = re.compile(rf"\W*$|\s*:|{_LABEL_ENDS.pattern}")
"""What parts a label in capitals from a headline: ``EMBARGO – Ferry to run again``."""


class Embargo(Struct, frozen=True):
    """What a message says about an embargo."""

    line: str
    """As written; what editors must see."""
    until: datetime | None
    """Aware UTC; None where it cannot be told."""
    beside: str = ""
    """The next line, where that says when and nothing else."""
    label: bool = False
    """Whether it says nothing of a time, so that another line may state that: ``EMBARGOED: Ferry runs again``."""


def embargo_in(line: str, *, after: str = "", anywhere: bool, sent: datetime | None, agency: str) -> Embargo | None:
    """The embargo that a line states, the latest of several, None if it states none.

    ``after`` is the next line, where the time may stand. ``anywhere`` says that the line is for editors: then the
    words may stand within it. ``agency``, by any of its names, is whose clock a time without a zone is of.
    Raises nothing.
    """
    if not (may_state(line) if anywhere else may_hold(line)):
        return None
    text, agency = line.replace("’", "'"), agency_of((agency,)) or agency
    stated = []
    for language, found in _places(text, anywhere=anywhere):
        clock = partial(when, sent=sent, language=language, agency=agency)
        rest = text[found.end() :][:_LONGEST]
        lifted = _is_lifted(rest) and _ends(rest, clock(_sentence(rest)), sent)
        if lifted or is_free(rest) or not (_is_lifted(rest) or _holds(found, rest)):
            continue
        until, beside = _until(rest, clock) or (clock(found[1]).instant if CLOCK.search(found[1]) else None), ""
        if until is None and after and len(after) < _LONGEST / 4:
            until = _until(f"{rest} {after}", clock)
            beside = after if until and _names_time(after) else ""
        label = _LABELS.match(rest) is not None and not _may_say_when(rest)
        stated.append(Embargo(line.strip(), until, beside, label))
    return max(stated, key=lambda one: one.until or _NEVER, default=None)


def is_free(rest: str) -> bool:
    """Whether what stands behind the words for an embargo says that there is none, and nothing else: ``none``."""
    return marks().embargo.free.fullmatch(plain(rest)) is not None


def says_free(line: str) -> bool:
    """Whether a line says that there is no embargo: ``Embargo: for immediate release``."""
    found = marks().embargo.any.begins(line)
    return found is not None and is_free(line[found.end() :])


def is_noun(words: re.Match[str]) -> bool:
    """Whether words for an embargo are those that a ban on trade has as well."""
    return marks().embargo.noun.fullmatch(words[1]) is not None


def is_bare(rest: str) -> bool:
    """Whether what follows the word says until when, and nothing else."""
    follows, table = plain(rest).strip(" :,"), marks().embargo
    if until := table.then.match(follows):
        moment = follows[until.end() :]
        return _names_time(moment) or table.event.search(moment) is not None
    first = _WORDS.match(follows)  # not "at 18:00": then a ban begins
    return bool(follows) and (first is None or first[0] in table.times) and _names_time(follows)


def _is_all(rest: str) -> bool:
    """The same of what follows up to another sentence or a dash; nothing may follow, too."""
    said = _DASH.split(_sentence(rest), maxsplit=1)[0]
    return not any(map(str.isalnum, said)) or is_bare(said)


def stands_alone(text: str) -> bool:
    """Whether a text begins with the words for an embargo and says no more than until when."""
    table, label = marks().embargo.any, LABEL.match(text)
    found = table.begins(text) or (label and table.match(text, label.end()))
    if found and label and found.start() == label.end() and is_noun(found) and not CLOCK.search(text):
        return False  # of trade, as ``UN: embargo until Monday``
    return found is not None and (_is_all(rest := text[found.end() :]) or stands_alone(rest))


def is_about_copy(text: str) -> bool:
    """Whether it states an embargo, and no ban on trade: ``The embargo until Monday on peat``."""
    return any(not is_noun(one) or _is_all(text[one.end() :]) for one in marks().embargo.any.within(text))


def _places(text: str, *, anywhere: bool) -> Iterator[tuple[str, re.Match[str]]]:
    """Where the words for an embargo stand, each with its language; not where they are denied."""
    table, call = marks().embargo, None if anywhere else marks().call.begins(text)
    for language, (opening, within) in table.opens.items():
        if not anywhere:
            if found := opening.match(text) or (call and opening.match(text, call.end())):
                yield language, found
            continue
        for found in islice(within.finditer(text), _MOST):
            if not table.denied.search(text[: found.start()][-_WORDS_BEFORE:]):
                yield language, found


def _holds(found: re.Match[str], rest: str) -> bool:
    """Whether what follows the words for an embargo makes them one."""
    table, words, follows = marks().embargo, found[1], plain(rest)
    if table.bare.fullmatch(words):
        return _is_all(rest)
    if not table.noun.fullmatch(words):
        return table.follows.match(follows) is not None
    loud = words.isupper() and not found.string.isupper()
    if is_hour(_clause(follows) if loud else follows):
        return loud or _OPENED.search(found.string, 0, found.start(1)) is not None
    if table.until.match(follows) or (words.isupper() and _LABEL_ENDS.match(rest)):
        weak = table.weak.match(follows)
        return weak is None or _is_moment(follows[weak.end() :])
    return (any(map(str.isdigit, rest)) or table.follows.match(follows) is not None) and _names_time(rest)


def _is_moment(follows: str) -> bool:
    """Whether that says when, with a time of day or nothing else: ``Embargo on Monday's oil bites`` does not."""
    clause = _clause(follows)
    return bool(CLOCK.search(clause) or marks().embargo.event.search(clause)) or _names_time(clause)


def _may_say_when(rest: str) -> bool:
    """Whether figures, an event or a word for times or before them stand anywhere in it."""
    follows, table = plain(rest), marks().embargo
    if any(map(str.isdigit, follows)) or table.event.search(follows) or table.then.search(follows):
        return True
    return any(len(word) >= _WORD and word in table.times for word in _WORDS.findall(follows))


def is_hour(follows: str) -> bool:
    """Whether that is a time of day that may be a year as well, with nothing beside it."""
    hour = marks().embargo.hour.match(follows)
    return hour is not None and _names_time(follows[hour.end() :])


def _clause(follows: str) -> str:
    """What that says up to a colon, a dash, a bracket or another sentence."""
    return CLAUSE.split(follows, maxsplit=1)[0].partition(": ")[0]


@remembered_word
def may_hold(text: str) -> bool:
    """Whether one of the words is in a text without which nothing is said about an embargo."""
    low, table = text.lower(), marks().embargo
    for stem in table.stems:
        if stem in low:
            return True
    return any(before in low and word.search(low) for before, word in table.words)


@remembered_word
def may_state(text: str) -> bool:
    """Whether anywhere in a text words stand that state an embargo."""
    return may_hold(text) and next(marks().embargo.any.within(text.replace("’", "'")), None) is not None


def _is_lifted(rest: str) -> bool:
    """Whether what follows the words says, in the same clause, that there is no embargo any more, or will be none."""
    return marks().embargo.lifted.match(plain(rest)) is not None


def _ends(rest: str, lifting: When, sent: datetime | None) -> bool:
    """Whether that is so now: it names no time of a day to come, as ``levé le 3 mars à 18h`` does."""
    if sent is None or lifting.day is None:
        return sent is not None or CLOCK.search(rest) is None
    if lifting.instant:
        return lifting.instant <= sent
    return CLOCK.search(rest) is None or lifting.day < sent.date()


def _until(text: str, clock: Callable[..., When]) -> datetime | None:
    """The moment in the text; the latest one where it names several, as for print and for broadcast."""
    whole = clock(_sentence(text))
    if whole.instant is not None:
        return whole.instant
    if is_elsewhere(worded(_sentence(text))):
        return None
    parts = [part for part in _PARTS.split(_sentence(text)) if any(char.isdigit() for char in part)]
    if len(parts) < 2:
        return None
    found = [clock(part) for part in parts]
    dated = max((one.instant for one in found if one.instant and one.day), default=None)
    if dated:  # "1600 London time / 1100 Eastern on 12 March": the day is said once
        around = dated - timedelta(hours=12)
        found = [one if one.day else clock(part, sent=around) for one, part in zip(found, parts, strict=True)]
    if found[0].instant is None:
        return None
    return max(one.instant for one in found if one.instant)


def _names_time(line: str) -> bool:
    """Whether a line has no words but those for times and zones."""
    table = marks().embargo
    return all(len(word) < _WORD or word in table.times or word in table.towns for word in _WORDS.findall(plain(line)))


def _sentence(text: str) -> str:
    """The text up to where another sentence begins."""
    ended = _NEXT_SENTENCE.search(text)
    return text[: ended.start()] if ended else text
