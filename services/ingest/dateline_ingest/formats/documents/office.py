"""Files of office programs that are zip archives: which kind they are, and their parts, within limits. Pure.

Word's documents (.docx: ECMA-376, Open Packaging Conventions) and those of OpenOffice's kind (.odt: ISO/IEC 26300).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.message import Limits, Message
from dateline_ingest.formats.xml.tree import Element, children, read_xml

ZIP, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_MOST_ENTRIES = 2_000
_MAIN = "/officeDocument"
"""How the type of the relation to a package's main part ends, in its strict form and in the other."""
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = "application/vnd.oasis.opendocument."
_MIMETYPES = {f"{_OPEN}text": "odt", f"{_OPEN}text-template": "odt", "application/epub+zip": "epub"}
_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    LookupError,
)
_BROKEN += (NotImplementedError, AssertionError, AttributeError, ArithmeticError)


def office_kind(data: bytes) -> str:
    """``docx``, ``odt``, ``xlsx``, ``pptx``, ``epub``; ``opendocument`` for others of odt's kind; else empty."""
    if not data.startswith(ZIP) or data.count(_CENTRAL) > _MOST_ENTRIES:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return next((kind for folder, kind in _FOLDERS.items() if any(n.startswith(folder) for n in names)), "")
            if "mimetype" not in names:
                return ""
            with archive.open("mimetype") as entry:
                said = entry.read(200).decode("ascii", "replace").strip()
    except _BROKEN:
        return ""
    return _MIMETYPES.get(said, "opendocument" if said.startswith(_OPEN) else "")


class Package:
    """An office program's file, opened to read its parts."""

    def __init__(self, data: bytes, limits: Limits, format: str) -> None:
        """Open it. Raises Unparseable."""
        self._limits, self._format = limits, format
        self._left = limits.bytes
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._names = frozenset(self._archive.namelist())
        except _BROKEN as error:
            raise self._torn(error) from error

    def main(self) -> str:
        """Name of the part that is the document, by the package's relations (ECMA-376-2, section 6.5)."""
        for one in children(self.xml("_rels/.rels")) if "_rels/.rels" in self._names else ():
            if (one.get("Type") or "").endswith(_MAIN):
                return posixpath.normpath(f"/{one.get('Target', '')}").lstrip("/")
        return "word/document.xml"

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._names

    def xml(self, name: str) -> Element:
        """A part as XML, with the doors shut. Raises Unparseable."""
        try:
            with self._archive.open(name) as entry:
                data = entry.read(self._left + 1)
        except _BROKEN as error:
            raise self._torn(error) from error
        if len(data) > self._left:
            reason = f"the document unpacks to more than {self._limits.bytes} bytes of text; send it in parts"
            raise Unparseable(reason, format=self._format, path=name)
        self._left -= len(data)
        return read_xml(Message(data=data, limits=self._limits), self._format)

    def _torn(self, error: Exception) -> Unparseable:
        said = str(error) or type(error).__name__
        return Unparseable(f"the document cannot be unpacked: {said}; save it again and send it", format=self._format)
