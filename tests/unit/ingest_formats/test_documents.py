"""Documents of word processors as wire copy, and files of programs that are refused with words that say what to do."""

from __future__ import annotations

import io
import json
import zipfile
from email import policy
from email.message import EmailMessage

import pytest
from compoundfile import compound

from dateline_ingest.formats import Limits, Unparseable, is_bundle, open_bundle, parse
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_schemas.story import CreditElement, Story

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "draw")
)
LEAD = "SEVENOAK, March 30 (EP) - The lock gates opened on Monday after a year of work that cost less than was planned."
HEADLINE = "Lock gates open"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def paragraphs(*texts: str) -> str:
    """Paragraphs of WordprocessingML."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def docx(inside: str, **more: str) -> bytes:
    """A document of Word's."""
    document = f'<?xml version="1.0"?><w:document {W} {MC}><w:body>{inside}<w:sectPr/></w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document, **more})


def odt(inside: str, **more: str) -> bytes:
    """A text of OpenDocument's."""
    content = f"<office:document-content {ODF}><office:body><office:text>{inside}</office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": f"{content}</office:document-content>", **more})


def story(data: bytes) -> Story:
    """The one story of a file."""
    (found,) = parse(data).stories
    return found


def test_words_documents() -> None:
    """The paragraphs are read as those of a plain text; who made the file is a credit."""
    core = '<p:coreProperties xmlns:p="p" xmlns:dc="d"><dc:creator>Jo Sample</dc:creator><dc:title>Doc 1</dc:title>'
    core += "<dc:language>en-GB</dc:language></p:coreProperties>"
    data = docx(paragraphs(HEADLINE, "By Jo Sample", LEAD, "It works."), **{"docProps/core.xml": core})
    found = parse(data)
    assert found.format == "docx"
    (one,) = found.stories
    assert (one.headline, one.byline, one.language) == (HEADLINE, "By Jo Sample", "en-GB")
    assert one.paragraphs == (LEAD, "It works.")
    assert CreditElement(where="creator", value="Jo Sample", role="file") in one.credits


def test_what_stands_in_words_paragraphs() -> None:
    """Breaks, tabs, links, insertions, fields' results count; what was deleted, hidden or commands does not."""
    inside = (
        f"<w:p><w:r><w:t>{LEAD}</w:t></w:r></w:p>"
        "<w:p><w:hyperlink><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t>two</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:tab/><w:t>three</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:noBreakHyphen/><w:t>four</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Lock</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Hour</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Fallback></mc:AlternateContent><w:t>Last one.</w:t></w:r></w:p>"
    )
    assert story(docx(inside)).paragraphs == (LEAD, "One two three-four", "Lock Hour", "Last one.", "Boxed.")


def test_the_main_part_by_its_relation() -> None:
    """Some programs call it otherwise; the package says which part it is."""
    rels = '<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/>'
    document = f"<w:document {W}><w:body>{paragraphs(HEADLINE, LEAD)}</w:body></w:document>"
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": f"{rels}</Relationships>", "word/document2.xml": document}
    assert story(zipped(parts)).paragraphs == (LEAD,)


def test_opendocument_texts() -> None:
    """Headings, spaces, tabs, breaks, boxes, rows of tables; no notes, no tracked changes."""
    meta = f"<office:document-meta {ODF} xmlns:meta='m'><office:meta>"
    meta += "<meta:initial-creator>Jo Sample</meta:initial-creator>"
    data = odt(
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        f"<text:h>{HEADLINE}</text:h><text:p>{LEAD}</text:p>"
        "<text:p>One<text:s text:c='3'/>two<text:tab/><text:span>three</text:span>"
        "<text:note><text:p>n</text:p></text:note>."
        "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Lock</text:p></table:table-cell>"
        "<table:table-cell><text:p>Hour</text:p></table:table-cell></table:table-row></table:table>",
        **{"meta.xml": f"{meta}</office:meta></office:document-meta>"},
    )
    found = parse(data)
    assert found.format == "odt"
    assert found.stories[0].headline == HEADLINE
    assert found.stories[0].paragraphs == (LEAD, "One two three.", "Boxed.", "Lock Hour")
    assert CreditElement(where="creator", value="Jo Sample", role="file") in found.stories[0].credits


def test_lines_that_were_broken_by_hand() -> None:
    """Copy out of a wire's text has a paragraph of the document for each line: they are put together again."""
    first = (
        "SEVENOAK, March 30 (EP) - The lock gates opened on Monday",
        "after a year of work, the canal office said in a note.",
    )
    second = (
        "Boats wait in a row of half a mile for the first lock of",
        "the day, which is run by hand as it was of old.",
    )
    found = story(docx(paragraphs(HEADLINE, "", *first, "", *second)))
    assert found.paragraphs == (" ".join(first), " ".join(second))


def mail(text: str, *files: tuple[str, bytes], **headers: str) -> bytes:
    """A mail with files."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Message-ID"], made["Subject"] = "Jo Sample <jo@ep.example>", "<doc@ep.example>", HEADLINE
    made["Date"] = "Mon, 30 Mar 2026 10:15:00 +0200"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_a_document_that_a_mail_covers() -> None:
    """It is the mail's story: with the mail's identifier, time and sender, and its subject where it has no headline."""
    found = story(mail("Story attached.\n", ("lock.docx", docx(paragraphs(LEAD, "It works.")))))
    assert (found.guid, found.headline, found.provider) == ("doc@ep.example", HEADLINE, "Jo Sample")
    assert (found.version, found.paragraphs) == ("2026-03-30T08:15:00Z", (LEAD, "It works."))
    beside = story(mail(f"{LEAD}\n\n" * 5, ("lock.docx", docx(paragraphs(LEAD)))))
    assert [one.headline for one in beside.associations] == ["lock.docx"]


def test_two_documents_that_a_mail_covers() -> None:
    """They are two stories, each with an identifier of its own."""
    files = [(f"{n}.docx", docx(paragraphs(f"Lock {n} opens", LEAD, f"It is lock {n}."))) for n in (1, 2)]
    one, two = parse(mail("Two stories attached.\n", *files)).stories
    assert (one.headline, two.headline, one.provider) == ("Lock 1 opens", "Lock 2 opens", "Jo Sample")
    assert one.guid != two.guid


def test_what_a_cover_note_says_of_the_story() -> None:
    """An embargo or a correction in it counts for the file; a mail that corrects is a version of what it answers."""
    file = ("lock.docx", docx(paragraphs(HEADLINE, LEAD)))
    held = story(mail("EMBARGOED until 1800 GMT Tuesday.\n\nStory attached.\n", file))
    assert held.embargo is not None and held.embargo.isoformat() == "2026-03-31T18:00:00+00:00"
    right = story(
        mail("New version attached.\n", file, Subject="CORRECTION: Lock gates open", References="<first@ep.example>")
    )
    assert (right.guid, right.signals) == ("first@ep.example", ("sig:correction",))


@pytest.mark.parametrize("note", ["Please find the story attached.", "Der Text im Anhang.", "Texte en pièce jointe."])
def test_a_file_that_is_announced_and_cannot_be_read(note: str) -> None:
    """Then the mail is refused for it; beside a short story it is a file."""
    with pytest.raises(Unparseable, match=r"it is a PDF.*\.docx.*\(at story\.pdf\)"):
        parse(mail(f"{note}\n", ("story.pdf", b"%PDF-1.7 abc")))
    assert story(mail("The lock is open, the office says.\n", ("plan.pdf", b"%PDF-1.7 abc"))).paragraphs


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\n", "it is a PDF, .* send the text itself"),
        (b"\xff\xd8\xff\xe0 picture", "it is a picture; send it beside its text"),
        (b"Rar!\x1a\x07\x01\x00", "an archive of a kind that is not opened; send zip"),
        (zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "x"}), "it is a spreadsheet"),
        (zipped({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "x"}), "it is a set of slides"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "drawing or set of slides"),
        (zipped({"mimetype": "application/epub+zip"}), "it is a book"),
        (compound({"WordDocument": b"x" * 5000}), r"Word before 2007 \(\.doc\); save it as \.docx or \.rtf"),
        (compound({"EncryptedPackage": b"x"}), "locked with a password; send it without one"),
        (compound({"Other": b"x"}), "no mail of Outlook"),
        (docx(""), "the document has no text in it"),
        (docx("<w:p><w:t>cut"), "docx: broken XML"),
        (docx("<w:p>" * 250 + "</w:p>" * 250), "levels deep"),
        (zipped({"[Content_Types].xml": TYPES, "word/styles.xml": "<a/>"}), "cannot be unpacked.*word/document.xml"),
        (odt("<text:p>a</text:p>", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "locked with a password"),
        (docx(paragraphs("a"))[:-40], "broken"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    """Each says what the file is and what to do."""
    with pytest.raises(Unparseable, match=reason):
        parse(data)


def test_bombs_and_entities() -> None:
    """What unpacks to more than a message may have is refused unread, and so are declarations."""
    with pytest.raises(Unparseable, match="unpacks to more than 50000 bytes"):
        parse(docx(paragraphs("a" * 60_000)), limits=Limits(bytes=50_000))
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = zipped({"[Content_Types].xml": TYPES, "word/document.xml": f"{entity}<a>&x;</a>"})
    with pytest.raises(Unparseable, match="DOCTYPE"):
        parse(data)


def test_documents_in_a_bundle() -> None:
    """They are messages like others, and no bundles themselves."""
    document = docx(paragraphs(HEADLINE, LEAD))
    assert not is_bundle(document)
    assert not is_bundle(odt("<text:p>a</text:p>"))
    ninjs = json.dumps({"uri": "urn:x:1", "headline": "H"}).encode()
    bundle = zipped({"a.docx": document, "b.json": ninjs, "c.pdf": b"%PDF", "d.doc": compound({"WordDocument": b"x"})})
    assert [part.name for part in open_bundle(bundle, DEFAULT_LIMITS) or ()] == ["a.docx", "b.json"]
    assert [one.headline for one in parse(bundle).stories] == [HEADLINE, "H"]
