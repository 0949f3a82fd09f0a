"""IPTC's item types (ninature NewsCodes), and formats' words for them."""

from __future__ import annotations

from typing import Literal

from dateline_schemas.story import ItemType

_KINDS: dict[str, ItemType] = {
    "text": "text",
    "picture": "picture",
    "photo": "picture",
    "image": "picture",
    "graphic": "graphic",
    "animated": "graphic",
    "video": "video",
    "audio": "audio",
    "composite": "composite",
    "package": "composite",
}


def item_type(word: str) -> ItemType | Literal[""]:
    """The item type that a ninature code, a ninjs type or the major part of a media type means; empty if none."""
    return _KINDS.get(word.strip().lower(), "")


def media_type(mimetype: str) -> ItemType | Literal[""]:
    """The item type of a picture, video or audio media type; empty for any other."""
    major = mimetype.partition("/")[0]
    return item_type(major) if major != "text" else ""
