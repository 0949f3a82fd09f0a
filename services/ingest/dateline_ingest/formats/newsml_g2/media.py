"""Files and members of a NewsML-G2 item: remoteContent, icon, and the itemRefs of a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from dateline_ingest.formats.newsml_g2.catalog import Schemes
from dateline_ingest.formats.newsml_g2.properties import attribute, code_of
from dateline_ingest.formats.nitf.media import whole_number
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, tagged
from dateline_schemas.story import Association

FILES = frozenset(("remoteContent", "icon"))
"""Elements that stand for a file."""
_PIXELS = ("", "pixels", "px")


def files(
    elements: Iterable[Element], schemes: Schemes, *, headline: str = "", caption: str = "", creditline: str = ""
) -> tuple[Association, ...]:
    """Renditions that are not in the message (``FILES``), each with what the item says about all of them."""
    found = []
    for part in elements:
        kind = part.get("contenttype", "").strip()
        found.append(
            Association(
                rel=attribute(part, "rendition", schemes) or ("icon" if local(part) == "icon" else "rendition"),
                type=media_type(kind),
                guid=(part.get("residref") or "").strip(),
                href=_href(part),
                headline=headline,
                caption=caption,
                creditline=creditline,
                mimetype=kind,
                width=_pixels(part, "width"),
                height=_pixels(part, "height"),
                size=whole_number(part.get("size", "")),
            )
        )
    return once(found)


def linked_files(links: Iterable[Element], schemes: Schemes) -> tuple[Association, ...]:
    """Files of the items that an item is linked to, where the link names them (``remoteContent`` in ``link``)."""
    found: list[Association] = []
    for link in links:
        parts = tagged(link) if len(link) else []
        held = [part for name, part in parts if name in FILES]
        if held:
            kind = next((code_of(part, schemes)[1] for name, part in parts if name == "itemClass"), "")
            guid = fold(link.get("residref") or link.get("guidref") or "")
            for file in files(held, schemes):
                found.append(replace(file, guid=file.guid or guid, type=file.type or item_type(kind)))
    return once(found)


def figures(root: Element) -> Iterator[Association]:
    """Pictures that stand in XHTML with a caption (HTML, ``figure``); what such a figure holds is no text."""
    for figure in root.iter("{*}figure"):
        picture = next(figure.iter("{*}img"), None)
        if picture is not None and (href := (picture.get("src") or "").strip()):
            caption = next(figure.iter("{*}figcaption"), None)
            yield Association(
                rel="picture",
                type="picture",
                href=href,
                caption=fold(picture.get("alt", "")) if caption is None else spaced(caption),
                width=whole_number(picture.get("width", "")),
                height=whole_number(picture.get("height", "")),
            )


def _href(part: Element) -> str:
    """Where a file lies: its href, else the first alternative."""
    if href := (part.get("href") or "").strip():
        return href
    return next((text for child in children(part) if local_of(child.tag) == "altLoc" and (text := spaced(child))), "")


def _pixels(part: Element, side: str) -> int:
    """A side in pixels; 0 where it is in lines or millimetres."""
    unit = part.get(f"{side}unit")
    if unit and unit.rpartition(":")[2].lower() not in _PIXELS:
        return 0
    return whole_number(part.get(side, ""))


def members(groups: Element | None, schemes: Schemes) -> tuple[Association, ...]:
    """The items of a package in the order of its groups, from the root group down (NewsML-G2, groupSet)."""
    if groups is None:
        return ()
    every = [group for group in children(groups) if local_of(group.tag) == "group"]
    by_id = {group.get("id", str(number)): group for number, group in enumerate(every)}
    found: list[Association] = []
    seen: set[str] = set()
    root = groups.get("root", "")
    waiting = [root] if root in by_id else list(reversed(by_id))  # where the root names none, every group in its place
    while waiting:
        name = waiting.pop()
        group = by_id.get(name)
        if group is None or name in seen:
            continue
        seen.add(name)
        inner = []
        for ref in children(group):
            tag = local_of(ref.tag)
            if tag == "groupRef":
                inner.append(ref.get("idref", ""))
            elif tag == "itemRef":
                found.append(_member(ref, schemes))
        waiting += reversed(inner)
    return tuple(found)


def _member(ref: Element, schemes: Schemes) -> Association:
    parts = dict(reversed(tagged(ref)))
    kind = item_type(code_of(parts["itemClass"], schemes)[1] if "itemClass" in parts else "")
    return Association(
        rel="member",
        type=kind,
        guid=fold(ref.get("residref") or ref.get("guidref") or ref.get("idref") or ""),
        href=(ref.get("href") or "").strip(),
        headline=_said(parts, "headline") or _said(parts, "title"),
        caption=_said(parts, "description"),
        creditline=_said(parts, "creditline"),
        mimetype=ref.get("contenttype", "").strip(),
        size=whole_number(ref.get("size", "")),
    )


def _said(parts: dict[str, Element], name: str) -> str:
    return spaced(parts[name]) if name in parts else ""
