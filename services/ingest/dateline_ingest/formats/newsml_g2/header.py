"""The header of an XHTML document in NewsML-G2, which repeats what the item's metadata state."""

from __future__ import annotations

from collections.abc import Container

from dateline_ingest.formats.markup.tags import tag_name
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import Element, children, local_of

_SECTIONS = frozenset(("itemMeta", "contentMeta"))
_HELD = frozenset(("ul", "ol", "hgroup", "div", "header"))
"""Elements that only hold lines of a header."""


def repeated(part: Element, item: Element | None) -> Container[Element]:
    """Lines of HTML5 ``header`` elements in an inline part that are no text of the story.

    These are the time of publication, and lines that say what a property of ``item`` says: slug words, genre, a note
    on an embargo, headlines. Any other line stays.
    """
    headers = list(part.iter("{*}header"))
    if not headers or item is None:
        return frozenset()
    found: set[Element] = set()
    lines: dict[Element, str] = {}
    for header in headers:
        for element in header.iter():
            name = tag_name(element.tag) if isinstance(element.tag, str) else ""
            if name == "time":
                found.add(element)
            elif name and name not in _HELD:
                lines[element] = "".join(element.itertext()).strip()
    properties = [one for section in children(item) if local_of(section.tag) in _SECTIONS for one in section.iter()]
    stated = _stated(properties, frozenset(lines.values()))
    return found | {element for element, line in lines.items() if line in stated}


def _stated(properties: list[Element], lines: frozenset[str]) -> set[str]:
    """Which of the lines are the text of a property or of a name in one, but for punctuation and capitals."""
    texts = {text.strip() for element in properties if (text := element.text)}
    plain = {line: said for line in lines if (said := bare(line))}
    known = {plain[line] for line in plain if line in texts}  # word for word, as most are
    wanted = set(plain.values()) - known
    if wanted:
        begins, ends = {said[0] for said in wanted}, {said[-1] for said in wanted}
        texts = {text for text in texts if text and _may_be(text[0], begins, 0) and _may_be(text[-1], ends, -1)}
        held = (element for element in properties if len(element) and _may_be(_opening(element), begins, 0))
        texts.update("".join(element.itertext()) for element in held)
        known.update(map(bare, texts))
    return {line for line, said in plain.items() if said in known}


def _may_be(letter: str, wanted: set[str], at: int) -> bool:
    """Whether a text with this letter at its end may be a wanted one. Most are not, and ``bare`` takes its time."""
    return not letter.isalnum() or letter.casefold()[at] in wanted


def _opening(element: Element) -> str:
    """The first sign of an element's whole text; empty where only reading all of it would tell."""
    while not (text := (element.text or "").lstrip()) and len(element):
        element = element[0]
    return text[:1]
