"""What Outlook keeps of mails: files of a mail (.msg), text in RTF, mails packed into winmail.dat."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from compoundfile import Tree, compound, filed_message, message

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Story

LEAD = "SEVENOAK, March 30 (EP) - The lock gates opened on Monday after a year of work that cost less than was planned."
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0 "
    + LEAD.encode()
    + rb"\par\par It works, the caf\'e9 says.\par}"
)
PAGE = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}"
    + LEAD.encode()
    + rb"{\*\htmltag72 </p>}\htmlrtf\par\htmlrtf0 {\*\htmltag64 <p>}It \htmlrtf {\b\htmlrtf0 {\*\htmltag84 <b>}works"
    rb"{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 .{\*\htmltag72 </p>}}"
)
NITF = (
    b"<nitf><head><docdata><doc-id id-string='urn:x:lock'/></docdata></head><body><body.head><hedline><hl1>Lock</hl1>"
    b"</hedline></body.head><body.content><p>It is open.</p></body.content></body></nitf>"
)
SUBJECT, SENDER, ADDRESS, TEXT, IDENTIFIER, CLASS, HEADERS = 0x37, 0x0C1A, 0x5D01, 0x1000, 0x1035, 0x1A, 0x7D
RTF_BODY, HTML, CONTENT, NAME, KIND, CODEPAGE, SUBMITTED = 0x1009, 0x1013, 0x3701, 0x3707, 0x370E, 0x3FFD, 0x39
TOLD = {SUBJECT: "Lock gates open", SENDER: "Jo Sample", ADDRESS: "jo@ep.example", IDENTIFIER: "<msg@ep.example>"}
SENT_AT = datetime(2026, 3, 30, 8, 15, tzinfo=UTC)
SENT = {SUBMITTED: struct.pack("<Q", (SENT_AT - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10)}


def stored(rtf: bytes) -> bytes:
    """RTF as Outlook keeps it, but not compressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def story(tree: Tree) -> Story:
    """The one story of a file of Outlook's."""
    parsed = parse(compound(tree))
    assert parsed.format == "outlook-msg"
    (found,) = parsed.stories
    return found


def test_a_file_of_a_mail_is_the_mail() -> None:
    """Subject, sender, time and identifier are its properties."""
    found = story(message({**TOLD, TEXT: f"{LEAD}\r\n\r\nIt works.\r\n", CLASS: "IPM.Note"}, fixed=SENT))
    assert (found.guid, found.headline, found.provider) == ("msg@ep.example", "Lock gates open", "Jo Sample")
    assert found.version_created == SENT_AT
    assert found.paragraphs == (LEAD, "It works.")
    assert CreditElement(where="creator", value="jo@ep.example", role="From") in found.credits


def test_the_headers_that_it_came_with_count_first() -> None:
    """But for those that say how its parts were written, which they are no more."""
    headers = (
        "Message-ID: <net@ep.example>\r\nFrom: =?utf-8?q?J=C3=B6?= <joe@ep.example>\r\nOrganization: Example Press\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\nDate: Mon, 30 Mar 2026 12:15:00 +0200\r\n\r\n"
    )
    found = story(message({**TOLD, HEADERS: headers, TEXT: LEAD}))
    assert (found.guid, found.headline, found.provider) == ("net@ep.example", "Lock gates open", "Example Press")
    assert CreditElement(where="creator", value="Jö", role="From") in found.credits


@pytest.mark.parametrize(
    ("values", "paragraphs", "html"),
    [
        ({HTML: f"<html><p>{LEAD}</p><p>It <b>works</b>.</p></html>".encode()}, (LEAD, "It works."), "<b>works</b>"),
        ({RTF_BODY: stored(RTF)}, (LEAD, "It works, the café says."), "<p>It works, the café says.</p>"),
        ({RTF_BODY: stored(PAGE)}, (LEAD, "It works."), "<b>works</b>"),
    ],
)
def test_bodies(values: dict[int, bytes], paragraphs: tuple[str, ...], html: str) -> None:
    """HTML, RTF, and RTF that was made from HTML."""
    found = story(message(TOLD, values))
    assert found.paragraphs == paragraphs
    assert html in found.body_html


def test_texts_in_the_code_page_of_the_message() -> None:
    """Old files have no Unicode."""
    tree = dict(message({}, fixed={CODEPAGE: struct.pack("<Q", 1251)}))
    tree["__substg1.0_0037001E"] = "Шлюз открыт".encode("cp1251")
    tree["__substg1.0_1000001E"] = "Ворота шлюза открылись в понедельник.".encode("cp1251")
    found = story(tree)
    assert (found.headline, found.paragraphs) == ("Шлюз открыт", ("Ворота шлюза открылись в понедельник.",))


def test_its_files() -> None:
    """A wire file is the story; large files lie in sectors of their own; a mail within is read as one."""
    wire = message({NAME: "lock.xml", KIND: "application/xml"}, {CONTENT: NITF}, head=8)
    picture = message({NAME: "gate.jpg", KIND: "image/jpeg"}, {CONTENT: b"\xff\xd8\xff" + b"x" * 9000}, head=8)
    found = story(message({**TOLD, TEXT: "Story attached."}, attached=(wire, picture)))
    assert (found.guid, found.paragraphs) == ("urn:x:lock", ("It is open.",))
    assert [(one.headline, one.size) for one in found.associations] == [("gate.jpg", 9003)]
    inner = message({**TOLD, SUBJECT: "Inner", IDENTIFIER: "<in@ep.example>", TEXT: LEAD}, head=24)
    found = story(message({**TOLD, TEXT: "See below."}, attached=(filed_message(inner),)))
    assert (found.guid, found.headline, found.paragraphs) == ("in@ep.example", "Inner", (LEAD,))


def test_a_file_of_outlook_attached_to_a_mail() -> None:
    """It is read where the mail is a cover note, as other mails within are."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Message-ID"], made["Subject"] = "desk@ep.example", "<out@ep.example>", "Fwd: Lock"
    made.set_content("FYI\n")
    data = compound(message({**TOLD, TEXT: LEAD}))
    made.add_attachment(data, maintype="application", subtype="vnd.ms-outlook", filename="Lock.msg")
    (found,) = parse(made.as_bytes()).stories
    assert (found.guid, found.headline, found.paragraphs) == ("msg@ep.example", "Lock gates open", (LEAD,))


def test_mails_within_one_another_are_read_so_deep() -> None:
    """However many there are."""
    within = message({**TOLD, TEXT: LEAD}, head=24)
    for _ in range(8):
        within = message({**TOLD, TEXT: "See below."}, attached=(filed_message(within),), head=24)
    assert story(message({**TOLD, TEXT: "See below."}, attached=(filed_message(within),))).paragraphs == ("See below.",)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("REPORT.IPM.Note.NDR", "a report of the mail server"),
        ("IPM.Note.Rules.OofTemplate.Microsoft", "an automatic answer"),
        ("IPM.Appointment", "an appointment"),
    ],
)
def test_what_is_no_mail(kind: str, reason: str) -> None:
    """Reports, absence notes and appointments are refused as what they are."""
    with pytest.raises(Unparseable, match=reason):
        parse(compound(message({**TOLD, TEXT: LEAD, CLASS: kind})))


def test_broken_files_are_refused() -> None:
    """Cut off, or with streams that hold more than the file has, or of nothing."""
    whole = compound(message({**TOLD, TEXT: LEAD}))
    with pytest.raises(Unparseable, match="Outlook file is broken"):
        parse(whole[:-600])
    with pytest.raises(Unparseable, match="text, which is RTF, is broken"):
        parse(compound(message(TOLD, {RTF_BODY: b"x" * 40})))
    with pytest.raises(Unparseable, match="neither text nor a file"):
        parse(compound(message({})))
    many = tuple(message({NAME: f"{n}.txt"}, {CONTENT: b"x"}, head=8) for n in range(201))
    with pytest.raises(Unparseable, match="more than 200 files"):
        parse(compound(message({**TOLD, TEXT: LEAD}, attached=many)))
