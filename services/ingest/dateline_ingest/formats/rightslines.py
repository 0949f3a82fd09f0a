"""Lines of a body that say whose it is and forbid to print it again: no copy, but the story's rights. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.beginnings import any_row, compiled
from dateline_ingest.formats.markup.body import escaped
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.words import fold
from dateline_ingest.tables import read_table
from dateline_schemas.story import CreditElement, Story

_EDGE = 3
"""Paragraphs at either end that may be such lines."""
_LONGEST = 240
_AROUND = " <>[](){}〈〉《》＜＞［］【】〔〕（）「」-–—*※■▶"
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BLOCK = re.compile(r"<(p|h[2-4]|li|blockquote)>((?:[^<]|<(?!/?(?:p|h[2-4]|li|blockquote)>)){0,1000})</\1>")
_SENT = re.compile(r"\s*20\d\d[/.-]\d\d?[/.-]\d\d? \d\d:\d\d\s?(?:송고|입력|수정)?$")
"""Time of sending, which Yonhap writes behind the notice."""
_TAG = re.compile(r"<[^<>]{0,2100}>")


class _Table(Struct, frozen=True):
    notices: tuple[str, ...]
    terms: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_table("rightslines.toml", _Table)
    return compiled(any_row(table.notices)), compiled(any_row(table.terms))


def heeding_rights(story: Story) -> Story:
    """The story with such lines as its copyright notice or its terms of use, and not in its body.

    A body of nothing else is left as it is.
    """
    paragraphs = story.paragraphs
    if all(map(str.isascii, (*paragraphs[:_EDGE], *paragraphs[-_EDGE:]))):
        return story
    edges = {*range(min(_EDGE, len(paragraphs))), *range(max(0, len(paragraphs) - _EDGE), len(paragraphs))}
    kinds = {at: kind for at in sorted(edges) if (kind := _kind(paragraphs[at]))}
    if not kinds or len(kinds) == len(paragraphs):
        return story
    said = {kind: "\n".join(once(paragraphs[at] for at in kinds if kinds[at] == kind)) for kind in kinds.values()}
    lines = {paragraphs[at] for at in kinds}
    credits = [CreditElement(where="copyrightnotice", value=paragraphs[at]) for at in kinds]
    kept = [one for one in story.credits if one.where != "endline" or one.value not in lines]
    return replace(
        story,
        paragraphs=tuple(text for at, text in enumerate(paragraphs) if at not in kinds),
        body_html=_without(story.body_html, lines),
        copyright_notice=story.copyright_notice or said.get("notice", ""),
        usage_terms=story.usage_terms or said.get("terms", ""),
        credits=once([*kept, *credits]),
    )


def _kind(line: str) -> str:
    if len(line) > _LONGEST or line.isascii() or not _EAST_ASIAN.search(line):
        return ""
    notices, terms = _patterns()
    bare = _SENT.sub("", line).strip(_AROUND)
    return "notice" if notices.fullmatch(bare) else "terms" if terms.fullmatch(bare) else ""


def _without(html: str, lines: set[str]) -> str:
    """A body without the blocks that hold nothing but one of these lines."""
    for line in lines:
        html = html.replace(f"<p>{escaped(line)}</p>", "")
    marked = {escaped(line) for line in lines}
    return _BLOCK.sub(lambda block: "" if fold(_TAG.sub("", block[2])) in marked else block[0], html)
