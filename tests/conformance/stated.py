"""What each wire file says of itself: the rows of expected.jsonl, and for JSON files what their plain members say."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

SHARED = Path(os.environ.get("DATELINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
WIRES = SHARED / "wires"

_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|cite|em|i|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_ITEM_KEYS = frozenset(("headline", "versioncreated", "pubstatus", "language", "urgency", "body_html", "byline", "uri"))
_NOT_ITEMS = frozenset(("nitf", "associations", "renditions", "authors", "subject", "place", "meta", "contributors"))
_CREDITS = ("byline", "copyrightholder", "copyrightnotice", "creditline", "creditLine", "source", "located", "provider")
_DEEPEST = 12


class Stated(Struct, frozen=True, kw_only=True):
    """One story as its file states it. An empty text or tuple, or None, is something that the file does not state."""

    file: str
    """Path under wires/."""
    format: str
    """The folder's name."""
    guid: str = ""
    item_id: str = ""
    """NewsItemId of NewsML 1.x, which is a part of the guid or another identifier of the story."""
    version: str = ""
    headline: str = ""
    language: str = ""
    version_created: str = ""
    first_created: str = ""
    embargo: str = ""
    urgency: str = ""
    pubstatus: str = ""
    ed_note: str = ""
    usage_terms: str = ""
    subjects: tuple[str, ...] = ()
    credits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each element's name with its values, in the file's order."""
    body_words: int | None = None


def statements() -> Iterator[Stated]:
    """Every story that is stated about, in the order of expected.jsonl."""
    for line in (WIRES / "expected.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if "not_xml" not in row:
            yield _from_row(row)
        elif row["file"].endswith(".json"):
            yield from _from_json(row["file"])
        else:
            yield Stated(file=row["file"], format=_folder(row["file"]))


def _from_row(row: dict[str, Any]) -> Stated:
    return Stated(
        file=row["file"],
        format=_folder(row["file"]),
        guid=row.get("guid") or "",
        item_id=row.get("news_item_id") or "",
        version=row.get("version") or "",
        headline=row.get("headline") or "",
        language=row.get("language") or "",
        version_created=row.get("version_created") or "",
        urgency=row.get("urgency") or "",
        pubstatus=row.get("pubstatus") or "",
        ed_note=row.get("ednote") or "",
        usage_terms=row.get("usageterms") or "",
        subjects=tuple(row["subjects"]),
        credits=tuple((name, tuple(values)) for credit in row["credits"] for name, values in credit.items()),
        body_words=row["body_words"],
    )


def _from_json(file: str) -> Iterator[Stated]:
    items = list(_items(json.loads((WIRES / file).read_bytes()), _DEEPEST))
    for item in items or [{}]:
        yield Stated(
            file=file,
            format=_folder(file),
            guid=_text(item.get("altids"), "itemid") or _text(item, "uri") or _text(item, "guid"),
            version=_text(item, "version"),
            headline=_text(item, "headline"),
            language=_text(item, "language"),
            version_created=_text(item, "versioncreated"),
            first_created=_text(item, "firstcreated"),
            embargo=_text(item, "embargoed"),
            urgency=_text(item, "urgency"),
            pubstatus=_text(item, "pubstatus"),
            ed_note=_text(item, "ednote"),
            usage_terms=_text(item, "usageterms"),
            subjects=tuple(_text(entry, "code") for entry in item.get("subject", ()) if _text(entry, "code")),
            credits=tuple((name, (_text(item, name),)) for name in _CREDITS if _text(item, name)),
            body_words=_words(item),
        )


def _items(node: Any, deepest: int) -> Iterator[dict[str, Any]]:
    """The objects that look like news items; what goes with an item is not one of them."""
    if isinstance(node, dict):
        if len(_ITEM_KEYS.intersection(node)) >= 3:
            yield node
        elif deepest:
            for key, member in node.items():
                if key not in _NOT_ITEMS:
                    yield from _items(member, deepest - 1)
    elif isinstance(node, list) and deepest:
        for member in node:
            yield from _items(member, deepest - 1)


def _text(item: Any, key: str) -> str:
    found = item.get(key) if isinstance(item, dict) else None
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _words(item: dict[str, Any]) -> int | None:
    marked, plain = _text(item, "body_html"), _text(item, "body_text")
    body = html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", marked))) if marked else plain
    return len(body.split()) if body else None


def _folder(file: str) -> str:
    return file.partition("/")[0]
