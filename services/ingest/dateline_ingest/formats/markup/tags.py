"""What the elements of XHTML, NITF and HTML are for the body of a story."""

from __future__ import annotations

from functools import lru_cache

from dateline_ingest.formats.markup.body import Kind
from dateline_ingest.formats.values.words import listed

LEAF: dict[str, Kind] = {"p": "p", "pre": "p", "hl2": "h3", "dt": "p", "dd": "p", "figcaption": "p", "address": "p"}
LEAF |= {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
INLINE = {"em": "em", "strong": "strong", "b": "b", "i": "i", "a": "a"}
THROUGH = frozenset(
    listed(
        "span u s sub sup font small big mark code kbd q cite abbr acronym time ins del bdi bdo wbr tt label data var "
        "person org location chron num money event function object.title virtloc alt-code copyrite lang postaddr "
        "currency frac frac-num frac-sep frac-den state region country city sublocation name.given name.family"
    )
)
"""Running text of XHTML and NITF that is kept without its element."""
DROP = frozenset(
    listed(
        "script style head template noscript iframe object embed applet svg math form button input select textarea "
        "canvas audio video source track map area img picture media body.head link meta base title nav menu"
    )
)


@lru_cache(maxsize=4096)
def tag_name(tag: str) -> str:
    """Name of an element without its namespace, in lower case."""
    return tag.rpartition("}")[2].lower()
