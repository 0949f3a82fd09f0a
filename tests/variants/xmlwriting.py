"""One XML document written in other ways that mean the same (XML 1.0, Namespaces in XML 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Literal, TypeAlias

from lxml import etree
from msgspec import Struct

_Element: TypeAlias = "etree._Element"

_XML = "http://www.w3.org/XML/1998/namespace"
_RUNNING = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins"),
        *("kbd", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"),  # XHTML
        *("alt-code", "byttl", "chron", "city", "classifier", "copyrite.holder", "copyrite.year", "country", "event"),
        *("frac", "function", "location", "money", "name.family", "name.given", "num", "object.title", "org", "person"),
        *("postaddr", "pre", "region", "state", "story.date", "sublocation", "virtloc"),  # NITF
    )
)
"""Elements of running text: white space between them is a space between words."""
_LANGUAGE_STAYS = frozenset(("html", "nitf", "body"))
"""Moving a language over these would make it one of other elements, too."""


class Style(Struct, frozen=True, kw_only=True):
    """How to write it."""

    charset: str = "utf-8"
    mark: bool = False
    """With a byte order mark."""
    declared: bool = True
    line_end: Literal["\n", "\r\n", "\r"] = "\n"
    prefixes: Literal["kept", "all", "none"] = "kept"
    """As they were; one for each namespace, at the root; none, but ``xmlns`` wherever the namespace changes."""
    spaces: Literal["kept", "indented", "bare"] = "kept"
    """White space between elements that hold no running text."""
    sections: float = 0.0
    """Share of texts in CDATA sections."""
    references: float = 0.0
    """Share of letters written as numbers; those outside ASCII all of them, if any."""
    asides: float = 0.0
    """Share of places between and in texts that get a comment or an instruction."""
    quote: Literal['"', "'"] = '"'
    shuffled: bool = False
    """Attributes in another order, with more space between them."""
    long_empty: bool = False
    """``<a></a>`` for ``<a/>``."""
    language_up: bool = False
    """``xml:lang`` of an only child at its parent."""


def written(data: bytes, style: Style, random: Random) -> bytes | None:
    """The document in this style; None for what is not well-formed as it stands, or wrong about its encoding."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if _is_wrong_about_itself(data, root) or any(True for _ in root.iter(etree.Entity)):
        return None
    if style.language_up:
        _lift_languages(root)
    head = f"<?xml version={style.quote}1.0{style.quote} encoding={style.quote}{style.charset}{style.quote}?>\n"
    doctype = root.getroottree().docinfo.doctype
    parts = [head if style.declared else "", doctype and f"{doctype}\n", *_Writer(root, style, random).element(root, 0)]
    text = "".join(parts).replace("\r\n", "\n").replace("\n", style.line_end)
    return text.encode("utf-8-sig" if style.mark and style.charset == "utf-8" else style.charset, "xmlcharrefreplace")


def _is_wrong_about_itself(data: bytes, root: _Element) -> bool:
    """Whether it is UTF-8 that is declared as something else: readers mend that, and what is written anew is right."""
    declared = (root.getroottree().docinfo.encoding or "utf-8").lower()
    return not data.isascii() and not declared.startswith("utf") and _decodes(data)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lift_languages(root: _Element) -> None:
    for element in list(root.iter(etree.Element))[::-1]:
        parent = element.getparent()
        language = element.get(f"{{{_XML}}}lang")
        if language is None or parent is None or etree.QName(element).localname in _LANGUAGE_STAYS:
            continue
        if len(list(parent.iterchildren(etree.Element))) == 1 and parent.get(f"{{{_XML}}}lang") in (None, language):
            del element.attrib[f"{{{_XML}}}lang"]
            parent.set(f"{{{_XML}}}lang", language)


class _Writer:
    def __init__(self, root: _Element, style: Style, random: Random) -> None:
        self._style = style
        self._random = random
        spaces = {etree.QName(name).namespace for one in root.iter(etree.Element) for name in (one.tag, *one.attrib)}
        self._names = {space: f"n{at}" for at, space in enumerate(sorted(filter(None, spaces - {_XML})))}

    def element(self, element: _Element, depth: int) -> Iterator[str]:
        if not isinstance(element.tag, str):
            yield etree.tostring(element, with_tail=False, encoding="unicode")
            return
        name = self._name(element)
        yield f"<{name}{self._attributes(element)}"
        if not len(element) and not element.text and not self._style.long_empty:
            yield "/>"
            return
        yield ">"
        loose = self._style.spaces != "kept" and _holds_elements_only(element)
        gap = "\n" + "  " * (depth + 1) if self._style.spaces == "indented" else ""
        yield gap if loose else self._text(element.text or "")
        for child in element:
            yield self._aside()
            yield from self.element(child, depth + 1)
            yield gap if loose else self._text(child.tail or "")
        yield f"</{name}>"

    def _name(self, element: _Element) -> str:
        name = etree.QName(element)
        if self._style.prefixes == "kept":
            return f"{element.prefix}:{name.localname}" if element.prefix else name.localname
        if self._style.prefixes == "all" and name.namespace:
            return f"{self._names[name.namespace]}:{name.localname}"
        return name.localname

    def _attributes(self, element: _Element) -> str:
        found = [self._attribute(element, name, str(value)) for name, value in element.attrib.items()]
        found += [f"{name}={self._quoted(space)}" for name, space in self._declarations(element)]
        if self._style.shuffled:
            self._random.shuffle(found)
        return "".join((" " if not self._style.shuffled else "\n  ") + one for one in found)

    def _attribute(self, element: _Element, full: str, value: str) -> str:
        name = etree.QName(full)
        if name.namespace == _XML:
            return f"xml:{name.localname}={self._quoted(value)}"
        if name.namespace is None:
            return f"{name.localname}={self._quoted(value)}"
        prefix = self._names[name.namespace]
        if self._style.prefixes == "kept":
            prefix = next(key for key, space in element.nsmap.items() if key and space == name.namespace)
        return f"{prefix}:{name.localname}={self._quoted(value)}"

    def _declarations(self, element: _Element) -> Iterator[tuple[str, str]]:
        parent = element.getparent()
        if self._style.prefixes == "kept":
            above = {} if parent is None else parent.nsmap
            for prefix, space in element.nsmap.items():
                if above.get(prefix) != space:
                    yield f"xmlns:{prefix}" if prefix else "xmlns", space
            return
        if parent is None:
            yield from ((f"xmlns:{prefix}", space) for space, prefix in self._names.items())
        if self._style.prefixes == "none":
            space = etree.QName(element).namespace or ""
            if space != ("" if parent is None else etree.QName(parent).namespace or ""):
                yield "xmlns", space

    def _quoted(self, value: str) -> str:
        quote = self._style.quote
        safe = self._referenced(value, sections=False)
        safe = safe.replace("\n", "&#10;").replace("\t", "&#9;").replace(quote, "&#34;" if quote == '"' else "&#39;")
        return f"{quote}{safe}{quote}"

    def _text(self, text: str) -> str:
        if not text:
            return ""
        cut = self._random.randrange(len(text) + 1)
        if aside := self._aside():
            return self._referenced(text[:cut]) + aside + self._referenced(text[cut:])
        return self._referenced(text)

    def _referenced(self, text: str, *, sections: bool = True) -> str:
        if sections and text and self._random.random() < self._style.sections and _fits(text, self._style.charset):
            return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
        return "".join(map(self._letter, text))

    def _letter(self, char: str) -> str:
        if char in "&<>\r":
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}[char]
        share = self._style.references
        if share and (char > "~" or (char.isalnum() and self._random.random() < share)):
            return f"&#{ord(char)};" if self._random.random() < 0.5 else f"&#x{ord(char):X};"
        return char

    def _aside(self) -> str:
        if self._random.random() >= self._style.asides:
            return ""
        return self._random.choice(("<!-- Agency: None -->", "<?desk note='1'?>", "<!---->"))


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return "\r" not in text


def _holds_elements_only(element: _Element) -> bool:
    texts = (element.text, *(child.tail for child in element))
    if not len(element) or any(text and text.strip() for text in texts):
        return False
    names = {etree.QName(child).localname for child in element if isinstance(child.tag, str)}
    return not names & _RUNNING and not {etree.QName(element).localname} & _RUNNING
