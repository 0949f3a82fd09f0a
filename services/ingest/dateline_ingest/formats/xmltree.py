"""XML read with the doors shut: no entities, no DTD, no network, known encodings only, bounded depth."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html import unescape
from typing import TypeAlias

from lxml import etree

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Message
from dateline_ingest.formats.sizes import check_xml

Element: TypeAlias = "etree._Element"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_ONE_BYTE = re.compile(rb"(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d{1,2}|windows-125\d|cp125\d", re.IGNORECASE)
_SKIP = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(rb"""<!DOCTYPE(?:[^\[<>"']|"[^"]*"|'[^']*')*""", re.IGNORECASE)
_OUTER_MODULES = re.compile(
    rb"""\[(?>\s|<!--(?:[^-]|-[^-])*-->|%[\w.:-]+;|<!ENTITY\s+%\s+[\w.:-]+\s+(?:SYSTEM|PUBLIC)"""
    rb"""(?:\s+(?:"[^"<>%&]*"|'[^'<>%&]*')){1,2}\s*>)*+\]"""
)
"""An internal subset that does nothing but name modules of a DTD elsewhere, as NewsML 1 with NITF inside has it."""
_NOT_LINE_END = re.compile(rb"[^\n]")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_PROLOG = 65_536

_ENCODINGS = re.compile(
    r"utf-?8(-sig)?|utf-?16([lb]e|-[lb]e)?|(us-)?ascii|iso-?8859-\d{1,2}|latin-?\d{1,2}|windows-125\d|cp125\d"
    r"|gb2312|gbk|gb18030|big5(-hkscs)?|euc-(jp|kr)|shift[_-]jis|sjis|windows-31j|ks_c_5601-1987|koi8-[ru]|tis-620",
    re.IGNORECASE,
)
"""UTF-7, EBCDIC, UTF-32 and the ISO-2022 family are left out: they can hide markup from whoever looks at bytes."""


class Prolog:
    """What stands before the root element: its name, and whether a DOCTYPE brings declarations along.

    ``outer_modules`` is the span of an internal subset that only names files of a DTD; they are never fetched.
    """

    __slots__ = ("doctype", "internal_subset", "offset", "outer_modules", "root")

    def __init__(self, data: bytes) -> None:
        """Scan the first 64 kB of ``data``, bytes in any encoding that extends ASCII."""
        head = data[:_PROLOG]
        start = _skip(head, 0)
        self.doctype = ""
        self.internal_subset = False
        self.outer_modules = (0, 0)
        self.offset = start
        if found := _DOCTYPE.match(head, start):
            self.doctype = found[0].decode("latin-1")
            end = found.end()
            if modules := _OUTER_MODULES.match(head, end):
                self.outer_modules, end = modules.span(), _skip(head, modules.end())
            self.internal_subset = head[end : end + 1] == b"["
            start = _skip(head, end + 1)
        root = _ROOT.match(head, start)
        self.root = root[1].decode("latin-1") if root else ""


def _skip(head: bytes, start: int) -> int:
    found = _SKIP.match(head, start)
    return found.end() if found else start


def as_utf8(data: bytes, format: str) -> bytes:
    """``data`` without a byte order mark; UTF-16 turned into UTF-8. Raises Unparseable for a broken UTF-16 text."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:]
    encoding = _wide_encoding(data)
    if not encoding:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "the bytes are not UTF-16 though they begin like it; have the provider check the encoding"
        raise Unparseable(reason, format=format, offset=error.start) from error
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def _wide_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(data[:2], "")


def read_xml(message: Message, format: str) -> Element:
    """The root element of a well-formed message, without comments and processing instructions.

    Raises Unparseable for anything else: a DOCTYPE with an internal subset, an encoding that is not on the list,
    broken or truncated markup (with line and column), too many levels.
    """
    data = as_utf8(message.data, format).lstrip()
    prolog = Prolog(data)
    if prolog.internal_subset:
        reason = "the DOCTYPE declares things of its own (entities perhaps), which is refused; send it without"
        raise Unparseable(reason, format=format, offset=prolog.offset)
    _check_encoding(data, format)
    check_xml(data, message.limits, format)
    if prolog.outer_modules[1]:
        data = _without(data, *prolog.outer_modules)
    encoding = "utf-8" if _is_utf8_after_all(data) else None
    parser = _parser(encoding)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        root = _without_prefixes(data, encoding) if _only_prefixes(parser) else None
        if root is None:
            raise _broken(error, format) from error
    except (ValueError, LookupError) as error:
        raise Unparseable(f"the XML cannot be read: {error}", format=format) from error
    if root is None:
        raise Unparseable("the XML has no root element; the message is cut off", format=format)
    if prolog.doctype:  # without one, an entity that nothing declares is an error
        _write_out_entities(root)
    if _may_lie_deeper(data, message.limits.depth) and _deeper_than(message.limits.depth)(root):
        reason = f"elements lie more than {message.limits.depth} levels deep; no news item needs that"
        raise Unparseable(reason, format=format)
    return root


def _write_out_entities(root: Element) -> None:
    """Put text in place of references that the parser left: a letter that HTML knows, else the reference itself.

    They stand for what a DTD elsewhere declares (``&eacute;``); as nodes, they would be in every reader's way.
    """
    for parent in dict.fromkeys(entity.getparent() for entity in root.iter(etree.Entity)):
        holder, pieces = None, [parent.text or ""]
        for child in list(parent):
            if child.tag is etree.Entity:
                pieces += unescape(child.text or ""), child.tail or ""
                parent.remove(child)
                continue
            _put(parent, holder, pieces)
            holder, pieces = child, [child.tail or ""]
        _put(parent, holder, pieces)


def _put(parent: Element, holder: Element | None, pieces: list[str]) -> None:
    text = "".join(pieces)
    if holder is None:
        parent.text = text
    else:
        holder.tail = text


def _without(data: bytes, start: int, end: int) -> bytes:
    """The data with blanks in place of a stretch, so that lines and columns stay."""
    return data[:start] + _NOT_LINE_END.sub(b" ", data[start:end]) + data[end:]


def _check_encoding(data: bytes, format: str) -> None:
    found = _DECLARED.match(data)
    if found and not _ENCODINGS.fullmatch(name := found[1].decode("ascii")):
        raise Unparseable(f"the encoding {name} is not accepted; send UTF-8", format=format, offset=found.start(1))


def _broken(error: etree.XMLSyntaxError, format: str) -> Unparseable:
    line, column = error.position
    said = str(error.msg or "not well-formed").split(", line ")[0]
    return Unparseable(
        f"broken XML: {said}; have it sent again", format=format, line=line or None, column=column or None
    )


def _is_utf8_after_all(data: bytes) -> bool:
    """Whether the bytes are UTF-8 though the declaration names an encoding of one byte a character.

    Some agencies' converters leave the declaration as it was. Text of another encoding is hardly ever valid UTF-8.
    """
    found = _DECLARED.match(data)
    if not found or data.isascii() or not _ONE_BYTE.fullmatch(found[1]):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _only_prefixes(parser: etree.XMLParser) -> bool:
    """Whether all that is wrong is a prefix that no ``xmlns`` explains: the message is well-formed XML 1.0 then."""
    wrong = [entry.domain for entry in parser.error_log]
    return bool(wrong) and all(domain == etree.ErrorDomains.NAMESPACE for domain in wrong)


def _without_prefixes(data: bytes, encoding: str | None) -> Element | None:
    """The root of such a message, its unexplained prefixes part of the names; None if there is more to it."""
    parser = _parser(encoding, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return root if _only_prefixes(parser) else None


def _parser(encoding: str | None, *, recover: bool = False) -> etree.XMLParser:
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


def _may_lie_deeper(data: bytes, depth: int) -> bool:
    """Whether there are enough tags for it: ``depth`` + 1 that open within one another, all but the last with an end.

    Few stories have them, and counting bytes is much cheaper than asking the tree.
    """
    return data.count(b"<") > 2 * depth


@lru_cache(maxsize=8)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath("boolean(/" + "/".join("*" * (depth + 1)) + ")")


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for what is no element (an unresolved entity)."""
    return local_of(element.tag)


@lru_cache(maxsize=4096)
def local_of(tag: object) -> str:
    """The same for an element's ``tag``, where every call counts."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
