"""The language of an item, and its headline and summary in that language."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_ingest.formats.newsml_g2.meta import Meta
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.values.tongues import nearest_first, ranks
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import XML_LANG, Element, spoken_in


def language_of(item: Element, meta: Meta) -> str:
    """The content's own language if it is stated, else that of the item (contentMeta/language, xml:lang).

    Where the item's says the same more exactly (``it-IT`` for ``it``), that is taken. An item without one has that of
    what it is in (XML 1.0, section 2.12).
    """
    whole = spoken_in(item)
    for element in meta.all("language"):
        tag: str = element.get("tag", "").strip()
        if tag:
            return whole if "-" not in tag and whole.lower().startswith(f"{tag.lower()}-") else tag
    return whole


def nearest_text(elements: Sequence[Element], language: str) -> str:
    """A headline or caption: of several the first that is nearest to the story's language.

    One that its role calls short gives way to any other in the language.
    """
    if len(elements) > 1:
        far = ranks([one.get(XML_LANG, "") for one in elements], language)
        short = ["short" in one.get("role", "").lower() for one in elements]
        order = sorted(range(len(elements)), key=lambda at: (far[at] > 1, short[at], far[at]))
        elements = [elements[at] for at in order]
    for one in elements:
        if text := spaced(one):
            return text
    return ""


def summary_of(meta: Meta, language: str) -> str:
    """The description whose role says summary, else the first one; the text of a film is none.

    Of several in one role that in the story's language, or nearest to it, is taken, else the first.
    """
    elements = meta.all("description")
    if not elements:
        return ""
    if len(elements) > 1:
        elements = nearest_first(elements, [one.get(XML_LANG, "") for one in elements], language)
    found = [(element.get("role", "").lower(), text) for element in elements if (text := spaced(element))]
    if len(found) > 1:
        for wanted in table().summaries:
            for role, text in found:
                if wanted in role:
                    return text
    scripts = table().scripts if found else ()
    return next((text for role, text in found if not any(one in role for one in scripts)), "")
