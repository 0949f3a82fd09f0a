"""Namespaces of feeds, brought to one spelling, and the tables of elements that extensions add."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dateline_ingest.formats.credited import own_names
from dateline_ingest.formats.xml.tree import Element
from dateline_ingest.tables import read_table
from dateline_kernel.remembering import remembered_word

MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
ATOM = "{http://www.w3.org/2005/Atom}"
APP = "{http://www.w3.org/2007/app}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
GEORSS = "{http://www.georss.org/georss}"
GEO = "{http://www.w3.org/2003/01/geo/wgs84_pos#}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
WORDPRESS = "{http://wordpress.org/export/1.2/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
AP_CONTENT = "{http://ap.org/schemas/03/2005/apcm}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PRISM = tuple(f"{{http://prismstandard.org/namespaces/basic/{version}/}}" for version in ("2.0", "2.1", "3.0"))

_RSS = frozenset(
    (
        "http://purl.org/rss/1.0/",
        "http://purl.org/net/rss1.1#",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/RSS2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    )
)
"""Namespaces that stand for RSS itself: 0.90, 1.0, 1.1, and those that writers of 0.91 and 2.0 gave it."""
_SAME = {
    "http://search.yahoo.com/mrss": MEDIA,
    "http://purl.org/atom/ns#": ATOM,
    "http://purl.org/dc/elements/1.0/": DC,
    "http://www.w3.org/2005/Atom/": ATOM,
    "http://purl.org/atom/app#": APP,
    "http://purl.org/dc/elements/1.1": DC,
    "http://purl.org/rss/1.0/modules/content": CONTENT.removesuffix("encoded"),
    "http://www.itunes.com/DTDs/Podcast-1.0.dtd": ITUNES,
    "http://www.itunes.com/DTDs/PodCast-1.0.dtd": ITUNES,
    "http://wordpress.org/export/1.0/": WORDPRESS,
    "http://wordpress.org/export/1.1/": WORDPRESS,
    "http://ap.org/schemas/03/2010/contentmetadata": AP_CONTENT,
    "http://prismstandard.org/namespaces/1.2/basic/": PRISM[0],
    "http://purl.org/rss/1.0/modules/prism/": PRISM[0],
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST,
}
"""Older or mistaken spellings of a namespace."""
_USUAL = {
    "dc": DC,
    "dcterms": TERMS,
    "media": MEDIA,
    "content": CONTENT.removesuffix("encoded"),
    "atom": ATOM,
    "podcast": PODCAST,
    "itunes": ITUNES,
}
"""What a prefix means that a feed uses without saying so."""


def normalise(root: Element, *, core: str) -> None:
    """Rewrite the tags of a feed's tree so that RSS has no namespace, Atom its own, and Media RSS one spelling.

    ``core`` is what elements in no namespace belong to: ATOM in an Atom feed, nothing in an RSS feed.
    """
    renamed = {tag: new for tag in {one.tag for one in root.iter("*")} if (new := _renamed(tag, core)) != tag}
    if renamed:
        for element in root.iter("*"):
            if element.tag in renamed:
                element.tag = renamed[element.tag]


def _renamed(tag: str, core: str) -> str:
    found = _spelled(tag, core)
    if core:
        return found
    table = extensions()
    name = table.bare.get(folded(found), "") if found[:1] != "{" and ":" not in found else ""
    name = name or table.foreign.get(foreign(found), "")
    prefix, colon, rest = name.partition(":")
    return f"{_USUAL[prefix]}{rest}" if colon else name or found


def _spelled(tag: str, core: str) -> str:
    if tag[:1] != "{":
        prefix, colon, name = tag.partition(":")
        return (f"{_USUAL[prefix]}{name}" if prefix in _USUAL else tag) if colon else f"{core}{tag}"
    space, _, name = tag[1:].rpartition("}")
    return name if space in _RSS else f"{_SAME[space]}{name}" if space in _SAME else tag


def folded(name: str) -> str:
    """A name as the tables of extensions compare it: in lower case, without hyphens, dots and underscores."""
    return name.lower().replace("-", "").replace("_", "").replace(".", "")


@remembered_word
def foreign(tag: str) -> str:
    """The folded name of an element of an extension's own; empty for one of RSS and of known modules."""
    if tag[:1] != "{":
        return folded(tag.partition(":")[2])
    space, _, name = tag[1:].partition("}")
    return "" if space.startswith(origins().others) else folded(name)


class Related(Struct, frozen=True):
    """Elements that point to other stories, and which attribute or part of theirs has what."""

    elements: frozenset[str]
    address: frozenset[str]
    title: frozenset[str]


class Extensions(Struct, frozen=True):
    """What elements of portals' extensions say (``feedextensions.toml``), by folded names."""

    foreign: dict[str, str]
    bare: dict[str, str]
    deleted: dict[str, frozenset[str]]
    related: Related


@lru_cache(maxsize=1)
def extensions() -> Extensions:
    """The table, read once."""
    return read_table("feedextensions.toml", Extensions)


class _Module(Struct, frozen=True):
    namespaces: tuple[str, ...]
    credits: dict[str, str]


class _Credits(Struct, frozen=True):
    """``feedcredits.toml``: which credit an element is, by its name in RSS and in modules."""

    footers: tuple[str, ...]
    others: tuple[str, ...]
    text_fields: frozenset[str]
    rss: dict[str, str]
    modules: dict[str, _Module]


class Origins:
    """Which elements state an origin."""

    __slots__ = ("_known", "_own", "footers", "others", "text_fields")

    def __init__(self, table: _Credits) -> None:
        """Take the sections of the table."""
        spaces = [(space, module.credits) for module in table.modules.values() for space in module.namespaces]
        named = {f"{{{space}}}{name}": where for space, credits in spaces for name, where in credits.items()}
        self._known = table.rss | named
        self._own = own_names()
        self.others = (*table.others, *(space for space, _ in spaces))
        """Beginnings of the namespaces of known modules."""
        self.footers = table.footers
        """Lines under an item, with its title and the site where it appeared first."""
        self.text_fields = table.text_fields
        """Classes of the boxes of a post's text."""

    def where(self, tag: str) -> str:
        """Which kind of statement an element is; empty if it is none."""
        found = self._known.get(tag)
        if found is not None:
            return found
        return self._own.get(foreign(tag), "") if tag[:1] == "{" else ""


@lru_cache(maxsize=1)
def origins() -> Origins:
    """The table, read once."""
    return Origins(read_table("feedcredits.toml", _Credits))
