"""Where a page is a row of pictures: each has a credit of its own below it, while copy is signed once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline_attribution.mentions import NAME, PICTURE, Mention, mask
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import Place
from dateline_attribution.texts import Piece

_GALLERY: Place = "gallery"
_CREDITS = 3
"""Parts that end with a credit from which on they are a row: a byline and a line below the text are two."""
_PAIR = 2
"""Enough where pictures are counted, or where two captions stand above the text."""
_PROOFS = 2
"""Credits of pictures alone among them: a review of the press puts outlet and agency behind an item, too."""
_TAIL = 60
"""Characters behind the last mention of a part that may belong to its credit: photographer, place, code."""
_LINE = 200
"""Characters at the end of a part in which its credit stands."""
_COUNTER = re.compile(r"\s*\d{1,3}(?:\s?/\s?|\s(?:(?:von|of|de|di|sur|z|ze|из)\s)?)\d{1,3}\s*")
_CAPTION = re.compile(rf"[.!?…。][\s{NAME}-{PICTURE}/()<>（）〈〉]+")
"""A credit that is nothing but an agency in brackets behind a sentence."""
_PICTURED = re.compile(rf"[/©|,{PICTURE}]|[A-ZÀ-ÖØ-Þ]{{3}}\S*\s|。")
"""What only a picture's credit has: who took it, or a picture agency; in Chinese, to stand behind the full stop. Names
alone may sign the items of a digest."""
_BESIDE = re.compile(r"([^\W\d_][^/,:：]*?)\s?[/,]")


def in_galleries(
    parts: Sequence[Piece], mentioned: Mapping[int, Sequence[Mention]], rules: RuleSet, language: str
) -> Sequence[Piece]:
    """The parts, those that end with a picture's credit as such where the page is a row of pictures.

    ``mentioned`` are the mentions by index of the part. ``language`` is a primary subtag or empty.
    """
    if len(mentioned) < _PAIR:
        return parts
    ends = [index for index in mentioned if _may_end(parts[index], mentioned[index])]
    if len(ends) < _PAIR:
        return parts
    shapes = [rule.pattern for rule in rules.at(_GALLERY, language)]
    masked = {index: mask(parts[index].text, mentioned[index]) for index in ends}
    found = {
        index: match[0]
        for index in ends
        if (match := next(filter(None, (_at_end(shape, masked[index]) for shape in shapes)), None))
    }
    if len(found) < _PAIR or not _is_row(parts, found, mentioned):
        return parts
    return [
        replace(part, places=(_GALLERY, *part.places)) if index in found else part for index, part in enumerate(parts)
    ]


def _at_end(shape: re.Pattern[str], text: str) -> re.Match[str] | None:
    return shape.search(text, max(0, len(text) - _LINE))


def _may_end(part: Piece, mentions: Sequence[Mention]) -> bool:
    """Whether a credit may stand at the end of it: a quick look that leaves out what the text says of an agency."""
    if not mentions or len(part.text) - (last := mentions[-1]).end > _TAIL or "body" not in part.places:
        return False
    before, behind = part.text[: last.start].rstrip()[-1:], part.text[last.end : last.end + 2].lstrip()[:1]
    return not before.islower() or behind == "/" or part.text[: last.start].endswith("via ")


def _without_outlets(credits: Mapping[int, str], mentioned: Mapping[int, Sequence[Mention]]) -> list[str]:
    """The credits but for those in which one name stands beside several agencies: an outlet has a digest from them."""
    beside: dict[str, set[str]] = {}
    for index, said in credits.items():
        beside.setdefault(_name(said), set()).add(mentioned[index][-1].agency.id)
    return [said for said in credits.values() if not _name(said) or len(beside[_name(said)]) == 1]


def _name(credit: str) -> str:
    """Who stands before a stroke or a comma in it; a label before a colon is nobody."""
    found = _BESIDE.search(credit)
    return found[1] if found else ""


def _is_row(parts: Sequence[Piece], credits: Mapping[int, str], mentioned: Mapping[int, Sequence[Mention]]) -> bool:
    """Whether the credits at the end of parts are those of pictures."""
    pictured = sum(_PICTURED.search(credit) is not None for credit in _without_outlets(credits, mentioned))
    if len(credits) >= _CREDITS and pictured >= _PROOFS:
        return True
    return _above_text(parts, credits) or any(_COUNTER.fullmatch(part.text) for part in parts)


def _above_text(parts: Sequence[Piece], credits: Mapping[int, str]) -> bool:
    """Whether two short lines end with an agency in brackets, and a longer paragraph without one stands below."""
    longest = max(len(parts[index].text) for index in credits)
    captions = len(credits) == _PAIR and all(map(_CAPTION.fullmatch, credits.values()))
    return captions and longest < _LINE and any(len(part.text) > longest for part in parts[max(credits) + 1 :])
