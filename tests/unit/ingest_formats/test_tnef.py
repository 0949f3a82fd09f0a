"""What Outlook packs into ``winmail.dat``: the text and the files of a mail."""

from __future__ import annotations

import struct
from email import policy
from email.message import EmailMessage

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.mail.tnef import Packed, PackedFile, unpacked

NITF = (
    b"<nitf><head><docdata><doc-id id-string='urn:x:nitf'/></docdata></head><body><body.head><hedline><hl1>Bridge</hl1>"
    b"</hedline></body.head><body.content><p>It is open.</p></body.content></body></nitf>"
)
TEXT = "The bridge is open \u2013 three years late.\r\n\r\nSo is the road."


def attribute(tag: int, value: bytes, level: int = 2) -> bytes:
    """An attribute with the sum of its bytes."""
    return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*said: tuple[int, int, bytes]) -> bytes:
    """Properties of a type, a number and one value each; those of varying size with their length."""
    out = struct.pack("<I", len(said))
    for kind, number, value in said:
        out += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            out += bytes(16) + struct.pack("<II", 1, 10) + "Name\0".encode("utf-16-le") + bytes(2)
        if kind in (0x0D, 0x1E, 0x1F, 0x102):
            out += struct.pack("<II", 1, len(value))
        out += value + bytes(-len(value) % 4)
    return out


def stream(*attributes: bytes) -> bytes:
    """A stream with its version and codepage."""
    head = b"\x78\x9f\x3e\x22\x01\x00" + attribute(0x00089006, struct.pack("<I", 0x10000), 1)
    return head + attribute(0x00069007, struct.pack("<II", 1252, 0), 1) + b"".join(attributes)


def mail(packed: bytes, text: str = "") -> EmailMessage:
    """A mail with such a stream."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Subject"], made["Date"] = "jo@ep.example", "Bridge opens", "Mon, 30 Mar 2026 10:15:00 +0200"
    made["Message-ID"] = "<one@ep.example>"
    if text:
        made.set_content(text)
    made.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return made


def test_the_text_in_it_is_the_mails() -> None:
    """Where the mail has no other: by its attribute, or by its properties, plain or as HTML."""
    plain = stream(attribute(0x0002800C, TEXT.encode("cp1252") + b"\0", 1))
    told = stream(attribute(0x00069003, properties((0x1F, 0x1000, TEXT.encode("utf-16-le") + bytes(2))), 1))
    marked = "".join(f"<p>{one}</p>" for one in TEXT.split("\r\n\r\n")).encode()
    html = stream(attribute(0x00069003, properties((3, 0x8001, bytes(4)), (0x102, 0x1013, marked)), 1))
    for packed in (plain, told, html):
        (found,) = parse(mail(packed).as_bytes()).stories
        assert found.paragraphs == ("The bridge is open \u2013 three years late.", "So is the road.")
        assert (found.headline, found.guid) == ("Bridge opens", "one@ep.example")
    other = parse(mail(plain, "The road is closed, the council said on Monday.\n").as_bytes()).stories[0]
    assert other.paragraphs == ("The road is closed, the council said on Monday.",)


def test_its_files_are_files_of_the_mail() -> None:
    """A wire file in it is the story; names and types come from its properties where these say more."""
    more = properties(
        (0x1E, 0x370E, b"application/xml\0"),
        (0x1F, 0x3707, "br\u00fccke.xml".encode("utf-16-le")),
        (0x40, 0x3007, bytes(8)),
    )
    packed = stream(
        attribute(0x00069002, bytes(14)),
        attribute(0x00018010, b"BRCKE~1.XML\0"),
        attribute(0x0006800F, NITF),
        attribute(0x00069005, more),
        attribute(0x00069002, bytes(14)),
        attribute(0x00069005, properties((0x0D, 0x3701, bytes(16) + b"GIF89a"), (0x1E, 0x3707, b"logo.gif"))),
    )
    assert unpacked(packed).files == (
        PackedFile(name="br\u00fccke.xml", kind="application/xml", data=NITF),
        PackedFile(name="logo.gif", data=b"GIF89a"),
    )
    (found,) = parse(mail(packed, "Story attached.\n").as_bytes()).stories
    assert (found.guid, found.headline) == ("urn:x:nitf", "Bridge")


def test_broken_streams_give_what_stands_before() -> None:
    """Cut off anywhere, or with lengths that lie, it is read as far as it goes, and never further."""
    whole = stream(
        attribute(0x0002800C, TEXT.encode(), 1),
        attribute(0x00069003, properties((0x1F, 0x1000, TEXT.encode("utf-16-le"))), 1),
        attribute(0x00069002, bytes(14)),
        attribute(0x00018010, b"a.txt\0"),
        attribute(0x0006800F, b"x" * 40),
    )
    for end in range(len(whole)):
        assert unpacked(whole[:end]).said.text(0x1000) in ("", TEXT)
    for at in range(6, len(whole) - 4):
        lying = unpacked(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
        assert sum(len(one.data) for one in lying.files) <= len(whole)
    assert unpacked(b"\x78\x9f\x3e\x22") == Packed()


@pytest.mark.parametrize("packed", [b"no stream", stream()])
def test_what_holds_nothing_stays_a_file(packed: bytes) -> None:
    """It is named beside the text like any other file."""
    (found,) = parse(mail(packed, "The road is closed.\n").as_bytes()).stories
    assert [one.headline for one in found.associations] == ["winmail.dat"]


def test_text_in_rtf_alone() -> None:
    """Outlook keeps text so where the mail was written as rich text; where there is another text, that counts."""
    rtf = b"{\\rtf1\\ansi\\ansicpg1252 The road is closed, the caf\\'e9 says.\\par}"
    kept = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    packed = stream(attribute(0x00069003, properties((0x0102, 0x1009, kept)), 1))
    assert parse(mail(packed).as_bytes()).stories[0].paragraphs == ("The road is closed, the café says.",)
    assert parse(mail(packed, "It is open.\n").as_bytes()).stories[0].paragraphs == ("It is open.",)


def test_text_in_rtf_that_is_broken() -> None:
    """A subject alone is no story then."""
    packed = stream(attribute(0x00069003, properties((0x0102, 0x1009, b"x" * 40)), 1))
    with pytest.raises(Unparseable, match="which is RTF, is broken"):
        parse(mail(packed).as_bytes())


def test_a_mail_packed_into_it() -> None:
    """A mail that is forwarded as a file is packed in turn, and is read as a mail of its own."""
    told = (
        (0x1F, 0x0037, "Road closed".encode("utf-16-le")),
        (0x1F, 0x0C1A, "Jo Sample".encode("utf-16-le")),
        (0x1F, 0x1035, "<packed@ep.example>".encode("utf-16-le")),
        (0x1F, 0x1000, TEXT.encode("utf-16-le")),
    )
    inner = stream(attribute(0x00069003, properties(*told), 1))
    packed = stream(
        attribute(0x00069002, bytes(14)),
        attribute(0x00069005, properties((0x0D, 0x3701, bytes(16) + inner), (0x1E, 0x3707, b"Road closed"))),
    )
    (found,) = parse(mail(packed, "FYI\n").as_bytes()).stories
    assert (found.guid, found.headline, found.provider) == ("packed@ep.example", "Road closed", "Jo Sample")
    assert found.paragraphs == tuple(TEXT.split("\r\n\r\n"))
