"""XML read with the doors shut: no entities, no DTD, no network, known encodings only, bounded depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from operator import itemgetter
from threading import get_ident
from typing import TypeAlias

from lxml import etree

from dateline_ingest.formats.charsets.decoding import wider
from dateline_ingest.formats.charsets.utf16 import as_utf8
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits, Message
from dateline_ingest.formats.remembering import ByTag
from dateline_ingest.formats.sizes import check_references, check_xml
from dateline_ingest.formats.xml.entities import write_out_entities
from dateline_ingest.formats.xml.mending import mended
from dateline_ingest.formats.xml.prolog import Prolog, prolog_of
from dateline_kernel.remembering import remembered_word

Element: TypeAlias = "etree._Element"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
children: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The elements in an element: as a list in a third of the time that lxml takes to make an iterator over them."""

_ONE_BYTE = re.compile(r"(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d{1,2}|windows-125\d|cp125\d")
_UNUSED = range(0x80, 0xA0)
"""Bytes for which ISO 8859 has no characters."""
_ENCODINGS = re.compile(
    r"utf-?8(-sig)?|utf-?16([lb]e|-[lb]e)?|(us-)?ascii|iso-?8859-\d{1,2}|latin-?\d{1,2}|windows-125\d|cp125\d"
    r"|gb2312|gbk|gb18030|big5(-hkscs)?|euc-(jp|kr)|shift[_-]jis|sjis|windows-31j|ks_c_5601-1987|koi8-[ru]|tis-620",
    re.IGNORECASE,
)
"""UTF-7, EBCDIC, UTF-32 and the ISO-2022 family are left out: they can hide markup from whoever looks at bytes."""


def read_xml(message: Message, format: str) -> Element:
    """The root element of a message, as ``read_elements`` has it."""
    return read_elements(message, format)[0]


def read_elements(message: Message, format: str) -> list[Element]:
    """Every element of a message, its root first, without comments and processing instructions.

    While all of them are held, lxml makes the object of each only once.

    What is wrong in a way that leaves one meaning is mended (``mending``). Raises Unparseable for anything else: a
    DOCTYPE that declares more than characters, an encoding that is not on the list, broken or truncated markup (with
    line and column), too many levels.
    """
    data = as_utf8(message.data, format).lstrip()
    prolog = prolog_of(data)
    if prolog.internal_subset:
        reason = "the DOCTYPE declares more than characters (entities perhaps), which is refused; send it without"
        raise Unparseable(reason, format=format, offset=prolog.offset)
    declared = _declared(prolog, format)
    check_xml(data, message.limits, format)
    if prolog.doctype:  # the parser makes a node of each reference that only a DTD would explain
        check_references(data, message.limits, format)
    if prolog.harmless[1]:
        data = prolog.without_subset(data)
    root = _parsed(data, declared, message.limits, format, open_names=bool(prolog.doctype))
    if root is None:
        raise Unparseable("the XML has no root element; the message is cut off", format=format)
    if prolog.doctype:  # without one, an entity that nothing declares is an error
        write_out_entities(root, prolog.entities)
    elements = list(root.iter())
    if len(elements) > message.limits.depth and deeper_than(message.limits.depth)(root):
        reason = f"elements lie more than {message.limits.depth} levels deep; no news item needs that"
        raise Unparseable(reason, format=format)
    return elements


def _declared(prolog: Prolog, format: str) -> str:
    """The encoding that the declaration names, in lower case; empty if it names none. Raises Unparseable."""
    name = prolog.encoding
    if name and not _is_accepted(name):
        reason = f"the encoding {name} is not accepted; send UTF-8"
        raise Unparseable(reason, format=format, offset=prolog.encoding_at)
    return name.lower()


@remembered_word
def _is_accepted(encoding: str) -> bool:
    return _ENCODINGS.fullmatch(encoding) is not None


def _parsed(data: bytes, declared: str, limits: Limits, format: str, *, open_names: bool) -> Element | None:
    encoding = _meant(data, declared)
    try:
        parser = _parser(encoding)
    except LookupError as error:
        raise Unparseable(f"the encoding {encoding} is not known; send UTF-8", format=format) from error
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if _only_prefixes(parser):
            root = _without_prefixes(data, encoding)
        else:
            check_references(data, limits, format)
            root = _mended(data, encoding or declared, open_names=open_names)
        if root is None:
            raise _broken(error, format) from error
        return root
    except (ValueError, LookupError) as error:
        raise Unparseable(f"the XML cannot be read: {error}", format=format) from error


def _mended(data: bytes, encoding: str, *, open_names: bool) -> Element | None:
    better = mended(data, encoding, open_names=open_names)
    if better is None:
        return None
    try:
        return etree.fromstring(better, _parser("utf-8"))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _broken(error: etree.XMLSyntaxError, format: str) -> Unparseable:
    line, column = error.position
    said = str(error.msg or "not well-formed").split(", line ")[0]
    return Unparseable(
        f"broken XML: {said}; have it corrected", format=format, line=line or None, column=column or None
    )


def _meant(data: bytes, declared: str) -> str | None:
    """The encoding that the bytes are in where it cannot be the declared one; None where it can.

    Some agencies' converters leave the declaration as it was: an encoding of one byte a character over UTF-8, which
    text of another encoding hardly ever is by chance; UTF-16 over bytes that the declaration could be read from; and
    ISO 8859-1 over Windows' characters, which stand where it has none.
    """
    wide = declared.startswith("utf-16")
    if not wide and (not _ONE_BYTE.fullmatch(declared) or data.isascii()):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not wide:
            return wider(declared) if any(map(data.__contains__, _UNUSED)) else None
    return "utf-8"


def _only_prefixes(parser: etree.XMLParser) -> bool:
    """Whether the only fault is a prefix that no ``xmlns`` declares: then the message is well-formed XML 1.0."""
    wrong = [entry.domain for entry in parser.error_log]
    return bool(wrong) and all(domain == etree.ErrorDomains.NAMESPACE for domain in wrong)


def _without_prefixes(data: bytes, encoding: str | None) -> Element | None:
    """The root of such a message; None if there is more to it.

    Unexplained prefixes are part of the names, but for the root's own: elements that have it are of the format.
    """
    parser = _parser(encoding, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    if not _only_prefixes(parser):
        return None
    prefix, colon, _ = root.tag.partition(":")
    for element in root.iter(etree.Element) if colon and not prefix.startswith("{") else ():
        if element.tag.startswith(prefix + colon):
            try:
                element.tag = element.tag[len(prefix + colon) :]
            except ValueError:  # such as ``x:-item``: what is left is no name by itself
                return None
    return root


def _parser(encoding: str | None, *, recover: bool = False) -> etree.XMLParser:
    """The parser of this thread for this: each has its own, since a parser has the log of what it read last."""
    return _parser_of(get_ident(), encoding, recover)


@lru_cache(maxsize=64)
def _parser_of(_thread: int, encoding: str | None, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        recover=recover,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )


def outermost(elements: Sequence[Element], names: Container[str]) -> list[Element]:
    """The elements with these names that are in no other of them: a message's root, or the content of an envelope."""
    if local(elements[0]) in names:
        return [elements[0]]
    found: list[Element] = []
    held: set[Element] = set()
    for element in elements:
        if element.getparent() in held:
            held.add(element)
        elif local(element) in names:
            found.append(element)
            held.add(element)
    return found


@lru_cache(maxsize=8)
def deeper_than(depth: int) -> etree.XPath:
    """A test whether a tree has more than ``depth`` levels."""
    return etree.XPath("boolean(/" + "/".join("*" * (depth + 1)) + ")")


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


local_of: Callable[[object], str] = ByTag(_local).__getitem__
"""Name of an element without its namespace, by its ``tag``; empty for what is no element (an unresolved entity)."""


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    return local_of(element.tag)


def spoken_in(element: Element) -> str:
    """``xml:lang`` of an element, else of the nearest one around it that states any (XML 1.0, section 2.12)."""
    around: Element | None = element
    while around is not None:
        said: str = around.get(XML_LANG, "").strip()
        if said:
            return said
        around = around.getparent()
    return ""


def tongue_of(element: Element) -> str:
    """The language that an element states, else the first in it that states one: the ``div`` of XHTML."""
    return next((said for one in (element, *children(element)) if (said := one.get(XML_LANG) or one.get("lang"))), "")


def tagged(element: Element) -> list[tuple[str, Element]]:
    """(name without namespace, element) for every element in an element."""
    return [(local_of(child.tag), child) for child in children(element)]
