"""What the NewsComponents of a NewsML 1 item hold: the story's text, its titles, and pictures, sounds and films."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lxml import etree
from msgspec import Struct

from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.newsml_1.text import Text, text_in
from dateline_ingest.formats.newsml_1.tree import Component
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.values.tongues import is_foreign, nearest, nearest_of, tag
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local_of
from dateline_schemas.story import Association, ItemType

_SIZES = {"width": 0, "pixelwidth": 0, "imagewidth": 0, "height": 1, "pixelheight": 1, "imageheight": 1}
_LONGEST_NUMBER = 12
_OF_ITEMS = frozenset(("Catalog", "Comment", "Notation", "Characteristics", "Property"))
"""What else the standard has in a ContentItem; anything other is content that stands there without its DataContent."""


class Part(Struct, frozen=True):
    """A text and what it is for."""

    use: str
    """``body``, or another meaning of the table's roles."""
    text: Text


class Parts:
    """Texts and files of one component, those of the components in it left out."""

    __slots__ = ("beside", "children", "component", "files", "has_body", "has_files", "texts")

    def __init__(
        self, component: Component, limits: Limits, headline: str, use: str = "body", *, language: str = ""
    ) -> None:
        """Read what is in ``component``; ``use`` is what the texts around it are for, ``language`` what they are in."""
        self.component = component
        language = component.language or language
        own = component.role if component.role not in ("", "media") else use
        self.files: list[Association] = []
        """Files that a ContentItem points to."""
        self.texts: list[Part] = []
        found: list[Text] = []
        for item in component.contents:
            data, encoding, kinds = _look_into(item)
            if data is not None and _is_text(kinds) and (text := text_in(data, encoding, limits, headline)):
                found.append(text)
            if href := fold(item.get("Href", "")):
                self.files.append(_file(item, href, kinds, component))
        self.texts = [Part(own, text) for text in _chosen(found)]
        self.beside: list[Head] = [text.head for text in found if text.head] if found else []
        """Heads of all NITF documents, also of those whose text is not read as it says the same as another's."""
        self.children = [
            Parts(child, limits, headline, own, language=language) for child in _meant(component, language)
        ]
        self.has_body: bool = own == "body" and bool(self.texts) and any(part.text.blocks for part in self.texts)
        """Whether a text of the story itself is in here, not only captions."""
        if component.equivalents:
            self._keep_fullest()
        if self.has_body:
            self._leave([child for child in self.children if not child.is_media and child.translates(language)])
        elif len(self.children) > 1 and not component.equivalents:
            self._leave(told_otherwise(self.children, language))
        self.has_files: bool = bool(self.files) and any(file.type != "text" for file in self.files)
        """Whether a picture, sound or film is in here."""
        for child in self.children:
            self.has_body = self.has_body or child.has_body
            self.has_files = self.has_files or child.has_files

    def _keep_fullest(self) -> None:
        """Of child components that say the same in several formats leave the one with most words."""
        bodies = [child for child in self.children if child.has_body]
        if len(bodies) > 1:
            best = max(bodies, key=lambda child: sum(part.text.words for part in child.all_texts()))
            self._leave([child for child in bodies if child is not best])

    def _leave(self, others: list[Parts]) -> None:
        """Read these child components as another version: of them only heads count, and media for want of any."""
        if not others:
            return
        left = set(others)
        self.beside += [head for child in others for head in child.all_heads()]
        self.children = [child for child in self.children if child not in left]
        if not self.files and not any(child.has_files for child in self.children):
            self.children += next((media for child in others if (media := child.media())), [])

    def media(self) -> list[Parts]:
        """The components in here that hold a picture, sound or film and no part of the story."""
        return [one for child in self.children for one in ([child] if child.is_media else child.media())]

    def translates(self, language: str) -> bool:
        """Whether it says that its text is in another language than this, which the text around it is in."""
        if self.component.language or any(part.text.blocks for part in self.texts):
            return self.has_body and is_foreign(self.component.language, language)
        bodies = [child for child in self.children if child.has_body]
        return bool(bodies) and all(child.translates(language) for child in bodies)

    @property
    def is_media(self) -> bool:
        """Whether it holds a picture, sound or film and what goes with it, rather than the story."""
        return self.has_files and (self.component.role == "media" or not self.has_body)

    def all_files(self) -> list[Association]:
        """The files in here and in the components within."""
        return [*self.files, *(file for child in self.children for file in child.all_files())]

    def all_texts(self) -> list[Part]:
        """The texts in here and in the components within."""
        return [*self.texts, *(part for child in self.children for part in child.all_texts())]

    def all_heads(self) -> list[Head]:
        """The heads of NITF documents in here and in the components within; of a story not those of its pictures."""
        within = [child for child in self.children if self.is_media or not child.is_media]
        return [*self.beside, *(head for child in within for head in child.all_heads())]


def told_otherwise(parts: Sequence[Parts], language: str) -> list[Parts]:
    """Of components side by side that tell the story in several languages, those that are not in this one.

    Where none is, not in the first one's. Some agencies do not say that these are to be chosen from.
    """
    told = [one for one in parts if one.has_body and one.component.language and not one.is_media]
    kept = set(nearest_of(told, [one.component.language for one in told], language))
    return [one for one in told if one not in kept]


def _look_into(item: Element) -> tuple[Element | None, str, list[str]]:
    """The DataContent, the notation it is packed in, and all names that say what it is."""
    data: Element | None = None
    encoding = ""
    kinds: list[str] = []
    strays: list[Element] = []
    for part in children(item):
        name = local_of(part.tag)
        if name == "DataContent":
            data = part
        elif name in ("MediaType", "Format", "MimeType"):
            kinds.append(part.get("FormalName", "") or (part.text or "").strip())
        elif name == "Encoding":
            encoding = part.get("Notation", "")
            data = next((inner for inner in children(part) if local_of(inner.tag) == "DataContent"), data)
        elif name not in _OF_ITEMS:
            strays.append(part)
    if data is None and strays:
        data = etree.SubElement(item, "DataContent")
        data.extend(strays)
    return data, encoding, kinds


def _is_text(kinds: Sequence[str]) -> bool:
    return all(kind in ("", "text") for kind in map(names().kind, kinds))


def _chosen(found: list[Text]) -> list[Text]:
    """Of several ContentItems side by side, which say the same in other formats, the fullest (section 5.5.7)."""
    filled = [text for text in found if text.blocks]
    return [max(filled, key=lambda text: text.words)] if len(filled) > 1 else filled or found[:1]


def _meant(component: Component, language: str) -> list[Component]:
    """The components within; of equivalents in several languages those in this one, else in that of the first."""
    if not (component.equivalents or component.by_language):
        return component.children
    spoken = [tag(child.language) for child in component.children]
    wanted = nearest(spoken, language) or tag(component.language) or next(filter(None, spoken), "")
    meant = [child for child, tongue in zip(component.children, spoken, strict=True) if tongue in ("", wanted)]
    return meant or component.children[:1]


def _file(item: Element, href: str, kinds: Sequence[str], component: Component) -> Association:
    """A file that a ContentItem points to; of the type ``text`` if it is none of pictures, sounds or films."""
    sizes, size, use = [0, 0], 0, ""
    for part in children(item):
        if local_of(part.tag) != "Characteristics":
            continue
        for inner in children(part):
            name = plain(inner.get("FormalName", ""))
            if local_of(inner.tag) == "SizeInBytes":
                size = _number(inner.text or "")
            elif name in _SIZES:
                sizes[_SIZES[name]] = _number(inner.get("Value", ""))
            elif name == "imageuse":
                use = fold(inner.get("Value", ""))
    mimetype = next((kind for kind in kinds if "/" in kind), "")
    classes = (value for _, name, value in component.properties if name == "componentclass")
    said = (*kinds, *classes, component.role_name, href.rpartition(".")[2] if "." in href[-6:] else "")
    found = map(names().kind, said)
    kind: ItemType | Literal[""] = next((one for one in found if one), "")
    rel = use or component.role_name or "rendition"
    width, height = sizes
    return Association(rel=rel, href=href, type=kind, mimetype=mimetype, width=width, height=height, size=size)


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
