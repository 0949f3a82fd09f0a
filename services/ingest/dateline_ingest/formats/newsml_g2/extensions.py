"""Providers' own elements beside NewsML-G2's, rewritten in NewsML-G2's names."""

from __future__ import annotations

from lxml import etree

from dateline_ingest.formats.newsml_g2.table import Extensions, table
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, children, local_of

EXTENSIONS = frozenset(("links", "metadata"))
"""Elements that hold such extensions."""
_OWN = ("{*}itemMeta/{*}links", "{*}contentMeta/{*}metadata")
_SIZES = ("width", "height")
_TEXTS = ("{*}inlineXML", "{*}inlineData")
"""Content of an item that is no file: an address that it has is its own."""


def tell_extensions(item: Element) -> None:
    """Rewrite an item's own links, objects and properties as NewsML-G2 has them, in place."""
    links, objects = (item.find(path) for path in _OWN)
    if links is None and objects is None:
        return
    meta = next(item.iterchildren("{*}contentMeta"), None)
    meta = etree.SubElement(item, "contentMeta") if meta is None else meta
    extensions = table().extensions
    for link in () if links is None else children(links):
        _tell_link(link, meta, extensions)
    sizes: dict[str, str] = {}
    for one in () if objects is None else children(objects):
        _tell_object(one, meta, extensions, sizes)
    _list_files(item, extensions, sizes)


def _tell_link(link: Element, meta: Element, extensions: Extensions) -> None:
    """Somebody or something that the item is linked to: who made it, or what it is about."""
    title, uuid = link.get("title", "").strip(), link.get("uuid", "").strip()
    name = extensions.links.get(link.get("rel", ""))
    if name and title:
        told = etree.SubElement(meta, name)
        if kind := extensions.kinds.get(link.get("type", "")):
            told.set("type", kind)
        if name == "subject" and uuid:
            told.set("literal", uuid)
        etree.SubElement(told, "name").text = title


def _tell_object(one: Element, meta: Element, extensions: Extensions, sizes: dict[str, str]) -> None:
    """An object that says of the item what a property of NewsML-G2 says."""
    properties = extensions.objects.get(one.get("type", ""), {})
    for data in one.iterchildren("{*}data") if properties else ():
        for child in children(data):
            tag, text = local_of(child.tag), spaced(child)
            if tag in _SIZES:
                sizes[tag] = text
            elif (name := properties.get(tag)) and text:
                etree.SubElement(meta, name).text = text


def _list_files(item: Element, extensions: Extensions, sizes: dict[str, str]) -> None:
    held = next(item.iterchildren("{*}contentSet"), None)
    if held is not None and next(held.iterchildren(*_TEXTS), None) is not None:
        return
    for stated in item.iterfind("{*}itemMeta/{*}itemMetaExtProperty"):
        if stated.get("type") in extensions.files and (href := stated.get("value", "").strip()):
            held = etree.SubElement(item, "contentSet") if held is None else held
            file = etree.SubElement(held, "remoteContent", href=href)
            for side, text in sizes.items():
                file.set(side, text)
