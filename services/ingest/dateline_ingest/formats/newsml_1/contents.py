"""Which part of a NewsML 1 item is the story, and which are pictures, sounds and films beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from dateline_ingest.formats.markup.body import Body, body_of
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_1.elements import text_of
from dateline_ingest.formats.newsml_1.parts import Part, Parts
from dateline_ingest.formats.newsml_1.tree import Component
from dateline_ingest.formats.nitf.body import Nitf
from dateline_ingest.formats.nitf.carried import without_kill
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.words import bare, fold, side_by_side
from dateline_schemas.story import Association, CreditElement, ItemType

_WEIGHT: tuple[ItemType, ...] = ("video", "audio", "graphic", "picture")
"""Item types by weight: the first that is there is the item's type, as a film comes with stills."""
_TO_EDITORS = frozenset(("note", "other", "signal"))


class Contents:
    """The story in the NewsComponents of one item, and the units of media beside it."""

    __slots__ = (
        "_all", "_beside", "_heads", "_lines", "_properties", "_texts", "_units", "_unread", "associations", "body",
        "components", "files", "is_media",
    )  # fmt: skip

    def __init__(self, roots: list[Component], limits: Limits, language: str = "") -> None:
        """Read the components of an item in this language, and part the story from what goes with it."""
        several = len(roots) > 1
        root = Component(children=roots) if several or not roots else roots[0]
        self._all = root.walk()
        lines = (line for one in self._all for line in one.lines)
        headline = next((text for meaning, text in lines if meaning == "headline"), "")
        parts = Parts(root, limits, headline, language=language)
        self.components: list[Component] = []
        """The components that are about the story, in the order of the message."""
        self.files: list[Association] = []
        """Files of the story itself."""
        self._units: list[Parts] = []
        self._texts: list[Part] = []
        self._heads: list[Head] = []
        # Of several components the first heads the story even if it has a picture of it, unless it is called one.
        head = next((one for one in parts.children if one.component.role != "media"), None) if several else None
        self._take(parts, head)
        self.is_media = bool(self._units or self.files) and not any(
            part.use == "body" and part.text.blocks for part in self._texts
        )
        if self.is_media:
            self.components += [one for unit in self._units for one in unit.component.walk()]
            self._texts += [part for unit in self._units for part in unit.all_texts()]
            self._heads += [head for unit in self._units for head in unit.all_heads()]
        self.body = self._body()
        self._lines: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._properties: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._beside: set[Component] = set()
        """The components of media beside the story."""
        if self._units and not self.is_media:
            self._beside = {one for unit in self._units for one in unit.component.walk()}
        self._unread: dict[Component, None] = {}
        """The components of versions in other languages or formats."""
        if len(self.components) + len(self._beside) < len(self._all):
            read = self._beside.union(self.components)
            self._unread = dict.fromkeys(one for one in self._all if one not in read)
        for one in self.components:
            for meaning, name, value in one.properties:
                self._properties[meaning].append((name, value))
            for meaning, line in one.lines:
                self._lines[meaning][line] = None
        for one in self._unread:
            self._hear(one)
        self.associations = self._associations()
        """The media in its texts, the files, then the items that the item is made of."""

    def _hear(self, unread: Component) -> None:
        """Take what counts in whatever version it stands: it may be an embargo or a kill."""
        for meaning, name, value in unread.properties:
            if meaning in _TO_EDITORS:
                self._properties[meaning].append((name, value))
        for meaning, line in unread.lines:
            if meaning in _TO_EDITORS:
                self._lines[meaning][line] = None

    def _take(self, parts: Parts, head: Parts | None = None) -> None:
        self.components.append(parts.component)
        self.files += parts.files
        self._texts += [part for part in parts.texts if part.text.says_something]
        self._heads += parts.beside
        for child in parts.children:
            if child.is_media and child is not head:
                self._units.append(child)
            else:
                self._take(child)

    def _body(self) -> Body:
        """The texts of the story one after another, each once; for a picture and the like its captions."""
        first = ("body", "caption") if self.is_media else ("body",)
        for uses in (first, ("caption",), ("summary",)):
            found = [part.text for part in self._texts if part.use in uses and part.text.blocks]
            if len(found) > 1:
                found = list({bare(text.plain): text for text in reversed(found)}.values())[::-1]
            if found:
                return body_of(tuple(block for text in found for block in text.blocks))
        return Body()

    @property
    def type(self) -> ItemType:
        """The item's type."""
        if self.is_media:
            kinds = {file.type for file in (*self.files, *(file for unit in self._units for file in unit.all_files()))}
            return next((kind for kind in _WEIGHT if kind in kinds), "text")
        refers = any(one.refs or one.items for one in self.components)
        return "composite" if refers and not self.body.paragraphs else "text"

    def lines(self, meaning: str) -> list[str]:
        """Every NewsLine of the story with this meaning, once."""
        return list(self._lines.get(meaning, ()))

    def line(self, meaning: str) -> str:
        """The first NewsLine of the story with this meaning."""
        return next(iter(self._lines.get(meaning, ())), "")

    def properties(self, meaning: str) -> list[tuple[str, str]]:
        """Plain FormalName and Value of each Property of the story with this meaning."""
        return self._properties[meaning]

    def said(self, use: str) -> str:
        """The first text that is for this use: a title, a summary, a note."""
        return next((part.text.plain for part in self._texts if part.use == use and part.text.blocks), "")

    @property
    def title(self) -> str:
        """The headline that the text has of its own."""
        return next((part.text.title for part in self._texts if part.text.title), "")

    @property
    def nitfs(self) -> list[Nitf]:
        """The NITF documents in it."""
        return [part.text.nitf for part in self._texts if part.text.nitf]

    @property
    def heads(self) -> list[Head]:
        """The heads of the NITF documents in it, first those of the texts that are read.

        Where these say how the story stands, others take it back no more: they may be left from an earlier version.
        """
        if not self._heads:  # as in most items
            return []
        read = dict.fromkeys(part.text.head for part in self._texts if part.text.head)
        others = [head for head in self._heads if head not in read]
        return [*read, *(without_kill(head) if read else head for head in others)]

    @property
    def notes(self) -> list[str]:
        """Notes to editors within the texts."""
        return [self.said("note"), *(note for part in self._texts for note in part.text.notes)]

    @property
    def credits(self) -> Iterator[CreditElement]:
        """All statements of origin in the item; those of media beside a story are said of pictures.

        Those of versions that are not read, in other languages or formats, come last.
        """
        told = sorted(self._all, key=self._unread.__contains__) if self._unread else self._all
        for one in told:
            if one not in self._beside:
                yield from one.credits
                continue
            for credit in (*one.credits, *one.own):
                if credit.where != "service":
                    yield CreditElement(where="picture", value=credit.value, role=credit.role or credit.where)
        for part in self._texts:
            yield from part.text.credits

    @property
    def own(self) -> list[CreditElement]:
        """What the story says of its origin by names of the provider's own."""
        return [credit for one in self.components for credit in one.own]

    def _associations(self) -> tuple[Association, ...]:
        found = [media for nitf in self.nitfs for media in nitf.media]
        found += self.files
        caption = self.said("caption") or (self.said("summary") if self.is_media else "")
        for unit in self._units:
            found += _unit(unit, caption)
        found += [member for one in self._all if one.refs or one.items for member in _members(one)]
        return once([replace(one, type="") if one.type == "text" else one for one in found])


def _unit(unit: Parts, caption: str) -> list[Association]:
    texts, components = unit.all_texts(), list(unit.component.walk())
    own = next((part.text.plain for part in texts if part.use in ("caption", "body") and part.text.blocks), "")

    def line(meaning: str) -> str:
        return next((text for one in components if (text := one.line(meaning))), "")

    said = {
        "headline": line("headline"),
        "caption": own or line("caption") or caption,
        "creditline": line("creditline") or line("copyrightnotice") or line("byline"),
        "usage_terms": line("usageterms")
        or lines_once([one.limitations for part in components for one in part.rights]),
    }
    return [replace(file, **said) for file in unit.all_files()]


def _members(component: Component) -> Iterator[Association]:
    for element in component.refs:
        guid = fold(element.get("NewsItem", ""))
        if guid:
            headline = side_by_side(element.itertext())
            yield Association(rel=component.role_name or "member", guid=guid, headline=headline)
    for item in component.items:
        public = next(item.iter("{*}PublicIdentifier"), None)
        if public is not None and (guid := text_of(public)):
            yield Association(rel=component.role_name or "member", guid=guid)
