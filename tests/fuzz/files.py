"""Small files of programs for mutation to begin with: RTF, documents, files of Outlook, mail signed or quoted."""

from __future__ import annotations

import io
import struct
import zipfile
from base64 import encodebytes

from compoundfile import compound, filed_message, message

_TEXT = "PORT, March 1 (EP) - The ferry stops at noon, the harbour office said. Ann Doe asked for a second boat."
_RTF = (
    r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}{\info{\title Ferry}{\author Jo}}"
    r"\f0 Ferry stops\par\par "
    + _TEXT
    + r"\par\u8364?5 {\f1\'83A\'83\'8b}{\*\x y}{\v h}\bin3 abc\line\cell\row EP\par}"
).encode()
_PAGE = (
    r"{\rtf1\ansi\fromhtml1{\fonttbl{\f0 A;}}{\*\htmltag64 <p>}\htmlrtf {\f0\htmlrtf0 "
    + _TEXT
    + r"{\*\htmltag72 </p>}}}"
).encode()
_HEAD = (
    b"From: Jo <jo@ep.example>\r\nSubject: Re: Ferry\r\nMessage-ID: <2@ep.example>\r\nMIME-Version: 1.0\r\n"
    b"Date: Sun, 01 Mar 2026 10:15:00 +0000\r\n"
)
_HTML = (
    f"<html><body><table><tr><td><h1>Ferry</h1></td></tr><tr><td><p>{_TEXT}</p><p>EP</p></td></tr></table>"
    "<div class=gmail_quote>On 1 Mar 2026 at 9:00 Ann &lt;a@ep.example&gt; wrote:<br><blockquote type=cite><p>Send it."
    "</p></blockquote></div><table><tr><td>1</td><td>2</td></tr></table></body></html>"
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'


def files() -> tuple[bytes, ...]:
    """They are well formed, in an order that does not change."""
    told = {0x37: "Ferry stops", 0x0C1A: "Jo", 0x5D01: "jo@ep.example", 0x1035: "<3@ep.example>"}
    attached = (
        message({0x3707: "a.txt"}, {0x3701: _TEXT.encode() * 60}, head=8),
        filed_message(message({**told, 0x1000: _TEXT}, head=24)),
    )
    kept = struct.pack("<II4sI", len(_RTF) + 12, len(_RTF), b"MELA", 0) + _RTF
    return (
        _RTF,
        _PAGE,
        compound(message(told, {0x1009: kept}, attached, {0x39: bytes(range(8))})),
        _docx(),
        _odt(),
        _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + _HTML.encode(),
        _HEAD
        + b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + encodebytes(_signed()),
        _HEAD
        + b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + encodebytes(_tnef(kept)),
    )


def _signed() -> bytes:
    """Text within a signature, in elements without a stated length (RFC 5652, X.690)."""
    entity = f"Content-Type: text/plain\r\n\r\n{_TEXT}".encode()
    oid, data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    content = b"\x30\x80" + data + b"\xa0\x80\x24\x80\x04\x81" + bytes((len(entity),)) + entity + b"\0\0" * 3
    return b"\x30\x80" + oid + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + content + b"\0\0" * 3


def _tnef(rtf: bytes) -> bytes:
    """Text in RTF and a file, as in winmail.dat (MS-OXTNEF)."""
    kept = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(rtf)) + rtf + bytes(-len(rtf) % 4)
    parts = (
        (1, 0x00069003, kept),
        (2, 0x00069002, bytes(14)),
        (2, 0x00018010, b"a.txt\0"),
        (2, 0x0006800F, b"A file."),
    )
    rows = [struct.pack("<BII", level, tag, len(value)) + value + b"\0\0" for level, tag, value in parts]
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(rows)


def _docx() -> bytes:
    body = f"<w:p><w:r><w:t>Ferry stops</w:t></w:r></w:p><w:p><w:r><w:t>{_TEXT}</w:t><w:br/></w:r></w:p>"
    document = f"<w:document {_W}><w:body>{body}<w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:body></w:document>"
    return _zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _odt() -> bytes:
    body = f"<office:body><office:text><p>Ferry stops</p><p>{_TEXT}</p></office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    return _zipped(
        {"mimetype": kind, "content.xml": f"<office:document-content {_OFFICE}>{body}</office:document-content>"}
    )


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()
