"""Pictures, video, graphics and sound that go with an NITF document (NITF 3.x, media)."""

from __future__ import annotations

from collections.abc import Iterator

from dateline_ingest.formats.nitf.table import names
from dateline_ingest.formats.nitf.text import paragraphs_in
from dateline_ingest.formats.values.kinds import item_type, media_type
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local_of
from dateline_schemas.story import Association, CreditElement


def media_of(element: Element) -> Iterator[Association]:
    """Every file of a ``media`` element, with its caption and producer; nothing for one that names no file."""
    producer = ""
    captions: list[str] = []
    filed: list[str] = []
    references: list[Element] = []
    meanings = names().media
    for child in children(element):
        name = local_of(child.tag)
        if name == "media-reference":
            references.append(child)
        elif (meaning := meanings.get(name)) == "producer":
            producer = producer or spaced(child)
        elif meaning:
            (captions if meaning == "caption" else filed).append(paragraphs_in(child))
    caption = "\n".join(filter(None, captions)) or "\n".join(filter(None, filed))
    kind = element.get("media-type", "").strip()
    for reference in references:
        href = (reference.get("source") or reference.get("src") or "").strip()
        if not href and not caption:
            continue
        mimetype = reference.get("mime-type", "").strip()
        # Sizes of sound and film are lengths; those of a picture are pixels unless its units say otherwise.
        pixels = reference.get("units", "pixels").strip().lower() in ("", "pixels", "pixel", "px")
        yield Association(
            rel=kind or "media",
            type=media_type(mimetype) or item_type(kind),
            guid=reference.get("id", "").strip(),
            href=href,
            headline=fold(reference.get("name", "")),
            caption=caption or fold(reference.get("alternate-text", "")),
            creditline=producer or fold(reference.get("source-credit", "") or reference.get("copyright", "")),
            mimetype=mimetype,
            width=whole_number(reference.get("width", "")) if pixels else 0,
            height=whole_number(reference.get("height", "")) if pixels else 0,
        )


def image(element: Element) -> Association | None:
    """An ``img``, which is not of NITF but is sent; None if it names no file."""
    href = (element.get("source") or element.get("src") or "").strip()
    if not href:
        return None
    return Association(rel="picture", type="picture", href=href, caption=fold(element.get("alt", "")))


def media_credits(element: Element) -> Iterator[CreditElement]:
    """What a ``media`` element says about where its files come from."""
    table = names()
    for child in children(element):
        name = local_of(child.tag)
        if table.media.get(name) == "producer" and (text := spaced(child)):
            yield CreditElement(where="picture", value=text)
        elif name == "media-metadata":
            said = child.get("name", "").strip()
            if table.meta.get(said.lower()) in table.credits and (text := fold(child.get("value", ""))):
                yield CreditElement(where="picture", value=text, role=said)
        elif name == "media-reference":
            for said, role in (("source-credit", ""), ("copyright", "copyright")):
                if text := fold(child.get(said, "")):
                    yield CreditElement(where="picture", value=text, role=role)


def whole_number(text: str) -> int:
    """A whole number of at most nine digits, ``640`` or ``640px``; 0 for anything else."""
    text = text.strip().lower().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
