"""Rich Text Format: as wire copy by itself, as a mail's text, with a page in it, compressed as Outlook does."""

from __future__ import annotations

import struct
import zlib

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats import DEFAULT_LIMITS, Limits, Unparseable, parse
from dateline_ingest.formats.documents.rtftext import RichText, rich_text
from dateline_ingest.formats.mail.rtfpacked import decompressed
from dateline_schemas.story import CreditElement

MOST = 1_000_000


def read(rtf: str | bytes) -> RichText:
    """The text of a document."""
    return rich_text(rtf if isinstance(rtf, bytes) else rtf.encode("latin-1"), DEFAULT_LIMITS)


def text(inside: str) -> str:
    """The text of a document that holds this."""
    return read(rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0\fswiss Arial;}}}}{inside}}}").text


def stored(rtf: bytes) -> bytes:
    """RTF as Outlook keeps it, but not compressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def test_a_document_is_wire_copy() -> None:
    """Its lines are read as those of a plain text; who made the file is a credit, its title not the headline."""
    rtf = (
        r"{\rtf1\ansi\ansicpg1252{\info{\title Copy 7}{\author Jo Sample}{\company Example Press}{\operator desk}}"
        r"{\header Page 1}\pard\b Lock gates open\b0\par\par By Jo Sample\par\par "
        r"SEVENOAK, March 30 (EP) - The lock gates opened on Monday \endash  after a year.\par\par "
        r"The canal office said it \ldblquote works\rdblquote.\par}"
    )
    parsed = parse(rtf.encode())
    (found,) = parsed.stories
    assert (parsed.format, found.headline, found.byline) == ("rtf", "Lock gates open", "By Jo Sample")
    assert found.paragraphs == (
        "SEVENOAK, March 30 (EP) - The lock gates opened on Monday – after a year.",
        "The canal office said it “works”.",
    )
    assert CreditElement(where="creator", value="Jo Sample", role="file") in found.credits
    assert CreditElement(where="publisher", value="Example Press", role="file") in found.credits


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (r"One\par Two\line Three\tab Four", "One\nTwo\nThree\tFour"),
        (r"Gr\'fc\'dfe \{x\} a\\b c\~d e\-f g\_h", "Grüße {x} a\\b c\xa0d ef g-h"),
        (r"\u8364?5 \uc2\u8364\'80\'805 \uc0\u8364 5", "€5 €5 €5"),
        (r"\u-10179?\u-8704? \u-3913?", "😀 •"),
        (r"{\uc0 {\uc1\u228?}}\u228?", "ää"),
        (r"a{\v hidden}b{\deleted gone}c\v x\plain d", "abcd"),
        (r"a{\*\unknown x{y}}b{\footnote n}{\pict 0102}{\*\shppict{\pict 01}}c", "abc"),
        (r"{\field{\*\fldinst HYPERLINK {\b x}}{\fldrslt the link}}", "the link"),
        (r"{\upr{ansi ?}{\*\ud{\u321?\'f3d\u378?}}}", "Łódź"),
        (r"{\pict\bin5 ab{}c}d", "d"),
        (r"{\listtext\bullet\tab}item\cell b\cell\row c", "item\tb\t\nc"),
        ("a\r\nb\\\nc", "ab\nc"),
    ],
)
def test_words_and_signs(inside: str, said: str) -> None:
    """Breaks, characters by code, what is hidden or stands aside (RTF 1.9.1)."""
    assert text(inside) == said


@pytest.mark.parametrize(
    ("charset", "codec", "said"),
    [
        (204, "cp1251", "Мост открыт"),
        (238, "cp1250", "Žluťoučký kůň"),
        (161, "cp1253", "Γέφυρα"),
        (128, "cp932", "橋が開通"),
        (134, "cp936", "桥梁开通"),
        (129, "cp949", "다리 개통"),
        (178, "cp1256", "الجسر"),
    ],
)
def test_code_pages(charset: int, codec: str, said: str) -> None:
    """Bytes are read by the charset of their font, else by the document's code page; lead and trail may stand apart."""
    coded = "".join(rf"\'{byte:02x}" for byte in said.encode(codec))
    fonts = rf"{{\fonttbl{{\f0 A;}}{{\f1\fcharset{charset} B;}}}}"
    assert read(rf"{{\rtf1\ansi\ansicpg1252{fonts}\f1 {coded}\f0\'e9}}").text == f"{said}é"
    assert read(rf"{{\rtf1\ansi\ansicpg{codec[2:]} {coded}}}").text == said
    trail = read(r"{\rtf1\ansi{\fonttbl{\f1\fcharset128 B;}}\f1 \'83A\'83\'8b}").text
    assert trail == "アル"


def test_utf_8_that_is_not_escaped() -> None:
    """Programs that write RTF without knowing it put their text in as it is; by its font where it is no UTF-8."""
    assert read("{\\rtf1\\ansi Grüße aus Köln}".encode()).text == "Grüße aus Köln"
    assert read("{\\rtf1\\ansi Grüße aus Köln}".encode("cp1252")).text == "Grüße aus Köln"


def test_a_page_within() -> None:
    """The HTML that a mail program made the document from comes back: tags of groups, text beside (MS-OXRTFEX)."""
    found = read(
        r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 A;}}{\*\generator x}"
        r"{\*\htmltag19 <html>}{\*\htmltag64 <p class=x>}\htmlrtf {\f0 \htmlrtf0 Lock,{\*\htmltag116 <br>}\htmlrtf "
        r"\line\htmlrtf0 Caf\'e9 \{x\}{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 {\*\htmltag72 </p>}"
        r"\htmlrtf\par}\htmlrtf0 {\*\htmltag64 <p>}\u8212?{\f1\'cf\'f0}{\*\htmltag72 </p>}{\*\mhtmltag1 <img src=x>}}"
    )
    assert found == RichText("<html><p class=x>Lock,<br>Café {x}&nbsp;</p><p>—Пр</p>", is_html=True)
    page = rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}Lock open{\*\htmltag64 </p><p>}It is open, they say.}"
    assert parse(page).stories[0].paragraphs == ("It is open, they say.",)


def test_limits() -> None:
    """Groups too deep and pieces too many are refused; what is not closed is read as far as it goes."""
    with pytest.raises(Unparseable, match="groups lie more than"):
        read(r"{\rtf1 " + "{" * 300)
    with pytest.raises(Unparseable, match="more than 400000 pieces"):
        read(r"{\rtf1 " + r"\par" * 400_000)
    assert text(r"a{\b b") == "ab"
    assert read("{\\rtf1 a}b{c}").text == "a"
    with pytest.raises(Unparseable, match="no text in it"):
        parse(rb"{\rtf1\ansi{\pict 0102}\par}")


def test_the_examples_of_the_compression() -> None:
    """Those of MS-OXRTFCP, section 4: a simple run, and one whose copy reaches into itself."""
    simple = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    itself = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert decompressed(bytes.fromhex(simple), MOST) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(bytes.fromhex(itself), MOST) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert decompressed(stored(b"{\\rtf1 a}"), MOST) == b"{\\rtf1 a}"


def test_compression_that_lies() -> None:
    """A wrong sum, another kind or a stump give nothing; more than a text needs is refused."""
    whole = bytearray(bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"))
    whole[20] ^= 1
    assert decompressed(bytes(whole), MOST) == decompressed(b"abc", MOST) == decompressed(b"x" * 40, MOST) == b""
    packed = b"\x00aaaaaaaa" + b"\xff" + b"\x0d\x0f" * 8 + (b"\xff" + b"\x0d\x0f" * 8) * 20
    summed = zlib.crc32(packed, 0xFFFFFFFF) ^ 0xFFFFFFFF
    with pytest.raises(Unparseable, match="unpacks to more than 100 bytes"):
        decompressed(struct.pack("<II4sI", len(packed) + 12, 0, b"LZFu", summed) + packed, 100)


WORDS = st.sampled_from(
    (
        r"\par", r"\u8364?", r"\uc3", r"\'e4", r"\'83", r"\f1", r"{\*\x ", "{", "}", r"\v", r"\v0", r"\bin3 ", "a b",
        "\\", "ä", r"\fromhtml1", r"{\*\htmltag64 <p>}", r"\htmlrtf", r"\htmlrtf0", r"{\fonttbl{\f1\fcharset128 x;}}",
        r"\ansicpg932", r"{\info{\title ",
    )
)  # fmt: skip


@settings(max_examples=tries(300), deadline=None)
@given(st.lists(WORDS, max_size=30), st.binary(max_size=20))
def test_documents_of_any_kind(words: list[str], tail: bytes) -> None:
    """Whatever stands in them, they give a text that can be encoded, or Unparseable."""
    limits = Limits(depth=5)
    try:
        found = rich_text(b"{\\rtf1\\ansi" + "".join(words).encode("cp1252") + tail, limits)
    except Unparseable as fault:
        assert "deep" in fault.reason
        return
    assert found.text.encode("utf-8") is not None


@settings(max_examples=tries(200), deadline=None)
@given(st.text(st.characters(exclude_characters="\\{}\r\n", exclude_categories=["Cs", "Co"]), max_size=60))
def test_any_text_comes_back(said: str) -> None:
    """Written by code, as every program can, a text is read as it was."""
    units = said.encode("utf-16-le")
    coded = "".join(rf"\u{unit if unit < 0x8000 else unit - 0x10000}?" for (unit,) in struct.iter_unpack("<H", units))
    assert text(coded) == said


@settings(max_examples=tries(200), deadline=None)
@given(st.binary(max_size=200))
def test_any_compressed_bytes(packed: bytes) -> None:
    """Under a true sum, whatever stands there gives bytes within the bound."""
    summed = zlib.crc32(packed, 0xFFFFFFFF) ^ 0xFFFFFFFF
    assert len(decompressed(struct.pack("<II4sI", len(packed) + 12, 0, b"LZFu", summed) + packed, MOST)) <= MOST
