"""Pictures that a page shows, joined with those that its data states."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dateline_ingest.formats.markup.hrefs import split_href
from dateline_ingest.formats.once import once
from dateline_ingest.formats.page.phrases import whose_picture
from dateline_ingest.formats.values.words import bare
from dateline_schemas.story import Association

_LONGEST_CREDIT = 80
"""Characters of a caption that may say no more than whose the picture is."""
_MOST = 50
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}$")


def with_stated(
    shown: tuple[Association, ...], stated: tuple[Association, ...], told: tuple[str, ...]
) -> tuple[Association, ...]:
    """The pictures that a page shows, completed by what its data states of them; and those that only the data tells of.

    Two are the same if their files have the same name or their captions say the same. A caption that repeats what
    is ``told`` of the story, its headline or summary, says nothing about the picture.
    """
    found, known = list(shown), set(map(bare, told))
    for one in stated[:_MOST]:
        own = replace(one, caption="") if bare(one.caption) in known else one
        at = next((nth for nth, other in enumerate(found) if _is_same(other, own)), None)
        if at is not None:
            found[at] = _completed(found[at], own)
        elif own.caption:
            found.append(own)
    return once(found)[:_MOST]


def _completed(shown: Association, told: Association) -> Association:
    """A picture that a page shows with what its data tell of it; where only the credit is shown, they tell the rest."""
    short = told.caption != "" and len(shown.caption) <= _LONGEST_CREDIT
    alone = short and whose_picture().match(shown.caption) is not None
    credit = shown.creditline or (shown.caption if alone else told.creditline)
    caption = told.caption if alone else shown.caption
    return replace(shown, caption=caption, creditline=credit, usage_terms=told.usage_terms)


def _is_same(one: Association, other: Association) -> bool:
    name = _file(one.href)
    return (bool(name) and name == _file(other.href)) or (
        bool(other.caption) and bare(other.caption) in bare(one.caption)
    )


def _file(href: str) -> str:
    """The name of an image's file, without the size that publishing systems add to it."""
    return _SIZE.sub("", split_href(href).path.rpartition("/")[2])
