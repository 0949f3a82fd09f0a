"""The formats that are read, one row each. A new format is a module with ``NAME`` and ``read``, and a row here."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from dateline_ingest.formats.agencies import (
    afp_core,
    agencyjson,
    agencyxml,
    ansa_photos,
    ap_media,
    digitalwires,
    reuters_connect,
)
from dateline_ingest.formats.anpa_1312 import reading as anpa_1312
from dateline_ingest.formats.documents import docx, odt, rtf
from dateline_ingest.formats.feeds import atom, jsonfeed, rss
from dateline_ingest.formats.iptc_7901 import reading as iptc_7901
from dateline_ingest.formats.mail import outlook
from dateline_ingest.formats.mail import reading as mail
from dateline_ingest.formats.message import Reader
from dateline_ingest.formats.newsml_1 import reading as newsml_1
from dateline_ingest.formats.newsml_g2 import in_json as g2_json
from dateline_ingest.formats.newsml_g2 import reading as newsml_g2
from dateline_ingest.formats.ninjs import reading as ninjs
from dateline_ingest.formats.nitf import reading as nitf
from dateline_ingest.formats.page import reading as html
from dateline_ingest.formats.sportsml import reading as sportsml
from dateline_ingest.formats.text import reading as text


class Format(Struct, frozen=True, kw_only=True):
    """A wire format and how it is recognised."""

    name: str
    read: Reader
    roots: frozenset[str] = frozenset()
    """Local names of root elements, for XML."""
    carried: frozenset[str] = frozenset()
    """Those of ``roots`` that are found in XML of any other name around them, such as SOAP's."""
    media_types: tuple[str, ...] = ()
    begins: Callable[[bytes], bool] | None = None
    """Tells by the first bytes, for formats that are neither XML nor JSON."""
    is_file: Callable[[bytes], bool] | None = None
    """Tells by all of its bytes, for files of programs."""
    is_json: Callable[[bytes], bool] | None = None
    """Tells by all of its bytes, for JSON. What no format claims is ninjs."""
    rebuilt: bool = False
    """Servers generate its documents for each request, so a newer date alone makes no version."""


FORMATS = (
    Format(
        name=newsml_g2.NAME,
        read=newsml_g2.read,
        roots=newsml_g2.ROOTS,
        carried=newsml_g2.CARRIED,
        media_types=tuple(f"application/vnd.iptc.g2.{name}+xml" for name in ("newsmessage", "newsitem", "packageitem")),
    ),
    Format(
        name=nitf.NAME,
        read=nitf.read,
        roots=nitf.ROOTS,
        carried=frozenset(("nitf",)),
        media_types=("application/nitf+xml", "text/vnd.iptc.nitf"),
    ),
    Format(name=newsml_1.NAME, read=newsml_1.read, roots=newsml_1.ROOTS, carried=frozenset(("NewsML",))),
    Format(
        name=sportsml.NAME,
        read=sportsml.read,
        roots=sportsml.ROOTS,
        media_types=("application/sportsml+xml", "text/vnd.iptc.sportsml"),
    ),
    Format(name=ap_media.NAME, read=ap_media.read, is_json=ap_media.is_ap_media),
    Format(
        name=jsonfeed.NAME,
        read=jsonfeed.read,
        media_types=("application/feed+json",),
        is_json=jsonfeed.is_jsonfeed,
        rebuilt=True,
    ),
    Format(name=digitalwires.NAME, read=digitalwires.read, is_json=digitalwires.is_digitalwires),
    Format(name=afp_core.NAME, read=afp_core.read, is_json=afp_core.is_afp_core),
    Format(name=reuters_connect.NAME, read=reuters_connect.read, is_json=reuters_connect.is_reuters_connect),
    Format(name=ansa_photos.NAME, read=ansa_photos.read, is_json=ansa_photos.is_ansa_photos),
    Format(name=g2_json.NAME, read=g2_json.read, is_json=g2_json.is_g2_json),
    Format(name=agencyjson.NAME, read=agencyjson.read, is_json=agencyjson.is_agency_json),
    Format(name=ninjs.NAME, read=ninjs.read, media_types=("application/json", "application/ninjs+json")),
    Format(
        name=rss.NAME,
        read=rss.read,
        roots=rss.ROOTS,
        media_types=("application/rss+xml", "application/rdf+xml"),
        rebuilt=True,
    ),
    Format(name=atom.NAME, read=atom.read, roots=atom.ROOTS, media_types=("application/atom+xml",), rebuilt=True),
    Format(name=agencyxml.NAME, read=agencyxml.read, roots=agencyxml.ROOTS),
    Format(name=html.NAME, read=html.read, media_types=("text/html", "application/xhtml+xml"), rebuilt=True),
    Format(name=mail.NAME, read=mail.read, media_types=("message/rfc822",), begins=mail.begins),
    Format(
        name=outlook.NAME,
        read=mail.read_outlook,
        media_types=("application/vnd.ms-outlook",),
        is_file=outlook.is_outlook,
    ),
    Format(name=docx.NAME, read=docx.read, media_types=(docx.MEDIA_TYPE,), is_file=docx.is_docx),
    Format(name=odt.NAME, read=odt.read, media_types=(odt.MEDIA_TYPE,), is_file=odt.is_odt),
    Format(name=rtf.NAME, read=rtf.read, media_types=("application/rtf", "text/rtf"), begins=rtf.begins),
    Format(name=anpa_1312.NAME, read=anpa_1312.read, media_types=("text/vnd.iptc.anpa",), begins=anpa_1312.begins),
    Format(name=iptc_7901.NAME, read=iptc_7901.read, begins=iptc_7901.begins),
    Format(name=text.NAME, read=text.read, media_types=("text/plain",)),
)

BY_NAME = {row.name: row for row in FORMATS}
BY_BEGINNING = tuple(row for row in FORMATS if row.begins)
BY_FILE = tuple(row for row in FORMATS if row.is_file)
BY_JSON = tuple(row for row in FORMATS if row.is_json)
BY_ROOT = {root: row for row in FORMATS for root in row.roots}
BY_CARRIED = {root: row for row in FORMATS for root in row.carried}
REBUILT = frozenset(row.name for row in FORMATS if row.rebuilt)
BY_MEDIA_TYPE = {kind: row for row in FORMATS for kind in row.media_types}


def hinted_format(hint: str) -> Format | None:
    """The format of a name or a media type, parameters and capitals aside."""
    word = hint.partition(";")[0].strip().lower()
    return BY_NAME.get(word) or BY_MEDIA_TYPE.get(word)


def format_names() -> tuple[str, ...]:
    """All names that a hint may be."""
    return tuple(BY_NAME)


def is_format(hint: str) -> bool:
    """Whether a hint names a format that is read."""
    return hinted_format(hint) is not None
