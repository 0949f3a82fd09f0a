"""Replaces references to named characters that the parser left in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import TypeAlias

from lxml import etree

_Element: TypeAlias = "etree._Element"


def write_out_entities(root: _Element, declared: Mapping[str, str]) -> None:
    """Put text in place of references: what the message declares, a letter that HTML knows, else the reference itself.

    They stand for what a DTD elsewhere declares (``&eacute;``); as nodes, they would be in every reader's way.
    """
    for parent in dict.fromkeys(entity.getparent() for entity in root.iter(etree.Entity)):
        holder, pieces = None, [parent.text or ""]
        for child in list(parent):
            if child.tag is etree.Entity:
                name = child.name
                pieces += declared[name] if name in declared else unescape(child.text or ""), child.tail or ""
                parent.remove(child)
                continue
            _put(parent, holder, pieces)
            holder, pieces = child, [child.tail or ""]
        _put(parent, holder, pieces)


def _put(parent: _Element, holder: _Element | None, pieces: list[str]) -> None:
    text = "".join(pieces)
    if holder is None:
        parent.text = text
    else:
        holder.tail = text
