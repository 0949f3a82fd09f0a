"""Stories by e-mail: attached wire files, texts, forwarded mail, and what the headers say."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import read_or_refused

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.mail.text import prefixless, story_text
from dateline_ingest.formats.mail.tree import open_mail, unflowed
from dateline_ingest.ordering import compare
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

TEXT = (
    "ORAN, March 26 (EP) - The new bridge over the river was opened to traffic on Monday after three years.\n\n"
    "It cost less than the city had planned, the mayor said, and more of them are to come.\n"
)
NITF = (
    b"<nitf><head><docdata><doc-id id-string='urn:x:nitf'/></docdata></head><body><body.head><hedline><hl1>Bridge"
    + (b"</hl1></hedline></body.head><body.content><p>It is open.</p></body.content></body></nitf>")
)


def mail(text: str | None = TEXT, html: str | None = None, **headers: str) -> EmailMessage:
    """A mail with these bodies."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = "Jo Sample <jo@ep.example>"
    made["To"] = "desk@post.example"
    made["Date"] = "Mon, 30 Mar 2026 10:15:00 +0200"
    made["Message-ID"] = "<one@ep.example>"
    made["Subject"] = "Bridge opens"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del made[name]
        made[name] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text is not None else made.set_content(html, subtype="html")
    return made


def story(made: EmailMessage) -> Story:
    """The one story of the mail."""
    found = parse(made.as_bytes())
    assert found.format == "mail"
    return found.stories[0]


def test_who_wrote_it_and_who_sent_it_on() -> None:
    """``Author`` tells who wrote what a list sends under its own name (RFC 9057), ``Resent-From`` who passed it on."""
    made = mail(From="Desk list <list@ep.example>", Author="Al Muster <al@ep.example>")
    made["Resent-From"] = "Jo Sample <jo@ep.example>"
    stated = [(one.where, one.value, one.role) for one in story(made).credits]
    assert ("creator", "Al Muster", "Author") in stated
    assert ("contributor", "Jo Sample", "Resent-From") in stated


def test_a_text_is_the_story() -> None:
    """Subject, date, identifier and sender come from the headers, the rest from the text."""
    made = mail(Organization="Example Press", Keywords="river, bridge")
    made["Content-Language"] = "en"
    found = story(made)
    assert (found.guid, found.version, found.headline) == ("one@ep.example", "2026-03-30T08:15:00Z", "Bridge opens")
    assert found.version_created == datetime(2026, 3, 30, 8, 15, tzinfo=UTC)
    assert (found.dateline, found.provider, found.language) == ("ORAN, March 26 (EP) -", "Example Press", "en")
    assert (len(found.paragraphs), found.keywords) == (2, ("river", "bridge"))
    assert [(one.where, one.value, one.role) for one in found.credits] == [
        ("creator", "Jo Sample", "From"),
        ("creator", "jo@ep.example", "From"),
        ("publisher", "Example Press", "Organization"),
        ("dateline", "ORAN, March 26 (EP) -", ""),
    ]


def test_a_text_under_a_keyword_has_a_headline_or_its_dateline() -> None:
    """The first line is the headline, unless it is a sentence over which no dateline follows."""
    found = story(mail(Subject="oran-bridge, 2nd Ld-Writethru"))
    assert found.paragraphs[0].startswith("ORAN, March 26 (EP) -")
    sentence = "The bridge at Oran opens again on Monday, says its owner."
    found = story(mail(f"{sentence}\n\nORAN, March 26 (EP) - The bridge opens.\n\nMore.", Subject="oran-bridge"))
    assert (found.headline, found.dateline) == (sentence, "ORAN, March 26 (EP) -")


def test_a_subject_that_news_has_too_waits_for_a_desk() -> None:
    """As a headline of plain text does: ``WITHDRAWN`` over a story of its own may be what the story is about."""
    found = story(mail(Subject="WITHDRAWN: Candidate leaves race"))
    assert (found.pubstatus, found.signals) == ("withheld", ("kill:doubted",))


@pytest.mark.parametrize(
    "subject",
    [
        "KILL switch for ferries",
        "KILL SWITCH FOR FERRIES",
        "KILL BILL: director opens film week",
        "ANNULLATO il volo per Oran",
        "Embargoed goods found in the harbour",
        "Correction in share prices continues",
        "Council presents the bridge, Harbour Updates",
        "In brief (Page 24)",
        "The rivers of the south, Part 1",
    ],
)
def test_a_subject_that_goes_on_in_small_letters_is_a_headline(subject: str) -> None:
    """A keyword has a name beside its mark; nor is the page of a newspaper or a part of a serial a take."""
    found = story(mail(Subject=subject))
    assert (found.headline, found.pubstatus, found.signals, found.take) == (subject, "usable", (), 0)


def test_marked_up_text_where_there_is_no_other() -> None:
    """HTML alone is read with its markup; beside a text of the same length the text is."""
    html = "<html><body><p>One <b>bridge</b>.</p><p>Two.</p><script>x()</script></body></html>"
    assert story(mail(None, html)).body_html == "<p>One <b>bridge</b>.</p><p>Two.</p>"
    assert story(mail("One bridge.\n\nTwo.\n", html)).paragraphs == ("One bridge.", "Two.")
    longer = html.replace("<p>Two.</p>", "<p>Two bridges stand there.</p>" * 3)
    assert story(mail("See the HTML.\n", longer)).paragraphs[0] == "One bridge."


@pytest.mark.parametrize("codec", ["utf-8", "iso-8859-15", "windows-1252", "utf-16", "koi8-r"])
def test_charsets(codec: str) -> None:
    """Each stated charset is decoded as it says."""
    text = "Мост через реку открыт.\n" if codec == "koi8-r" else "Die Brücke über die Elbe steht für 5 € offen.\n"
    head = b"From: a@e.example\r\nMessage-ID: <1@e.example>\r\nMIME-Version: 1.0\r\nSubject: S\r\n"
    head += f"Content-Type: text/plain; charset={codec}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    body = text.encode(codec)
    if codec == "utf-16":  # has zero bytes: such a text travels in base64
        import base64

        head, body = head.replace(b"8bit", b"base64"), base64.encodebytes(body)
    assert parse(head + body).stories[0].paragraphs == (text.strip(),)


@pytest.mark.parametrize("name", ["us-ascii'en'utf-8", "''utf-8", "''x-nobody"])
def test_a_charset_with_a_charset_of_its_own(name: str) -> None:
    """RFC 2231 lets any parameter say its charset and language; the name of a charset needs neither."""
    head = (
        f"From: a@e.example\r\nMessage-ID: <1@e.example>\r\nSubject: S\r\nContent-Type: text/plain; charset*={name}\r\n"
    )
    text = "Die Brücke über den Fluß ist frei."
    assert parse(f"{head}\r\n{text}".encode()).stories[0].paragraphs == (text,)


@pytest.mark.parametrize(
    ("stated", "really"), [("us-ascii", "utf-8"), ("utf-8", "windows-1252"), ("x-nobody", "utf-8"), ("", "utf-8")]
)
def test_wrong_charsets(stated: str, really: str) -> None:
    """What is stated wrongly, or not at all, is told from the bytes."""
    kind = f"Content-Type: text/plain; charset={stated}\r\n" if stated else ""
    head = f"From: a@e.example\r\nMessage-ID: <1@e.example>\r\nSubject: S\r\n{kind}\r\n".encode()
    text = "Die Brücke über den Fluß wurde am Montag für den Verkehr geöffnet, die Straße ist frei."
    assert parse(head + text.encode(really)).stories[0].paragraphs == (text,)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (b"=?utf-8?Q?Br=C3=BCcke_?= =?utf-8?B?b2ZmZW4=?=", "Brücke offen"),
        (b"=?iso-8859-1?Q?Br=FCcke?= offen", "Brücke offen"),
        ("Brücke offen".encode(), "Brücke offen"),
        (b"Re: AW: Fwd: Bridge opens", "Bridge opens"),
        (b"=?x-nobody?Q?Bridge?=", "Bridge"),
        (b"=?utf-8?B?broken", "=?utf-8?B?broken"),
        (b"Bridge\r\n opens", "Bridge opens"),
    ],
)
def test_subjects(subject: bytes, said: str) -> None:
    """Encoded words, raw bytes, folded lines; what mail programs put before is taken off."""
    head = b"From: a@e.example\r\nMessage-ID: <1@e.example>\r\nSubject: " + subject
    assert parse(head + b"\r\n\r\nThe text.\r\n").stories[0].headline == said


def test_a_mail_of_old_line_ends() -> None:
    """Lines that end with CR alone say what they say otherwise, in quoted-printable too."""
    made = mail()
    made.set_content("Boats raced on the river that runs through the old town. " * 3, cte="quoted-printable")
    assert b"=\r\n" in made.as_bytes()
    assert parse(made.as_bytes().replace(b"\r\n", b"\r")).stories == (story(made),)


def test_flowed_text() -> None:
    """Soft breaks are taken back, with or without the space; a signature's line never flows."""
    assert unflowed("One \ntwo.\nThree\n-- \nJo", delsp=False) == "One two.\nThree\n-- \nJo"
    assert unflowed("Japa \nnese\n >quoted", delsp=True) == "Japanese\n>quoted"


def test_flowed_text_that_is_quoted() -> None:
    """A quoted line flows into one that is quoted as deep, never into the mail's own text (RFC 3676, section 4.5)."""
    assert unflowed("> One \n> two.\n> \n>> three \nFour.", delsp=False) == "> One two.\n> \n>> three \nFour."


@pytest.mark.parametrize("kind", ["application/xml", "text/plain", "application/octet-stream"])
def test_an_attached_wire_file_is_the_story(kind: str) -> None:
    """It is read by its own reader, whatever its type says; the mail adds where it came from and the other files."""
    made = mail("Please find the story attached.\n", In_Reply_To="<zero@ep.example>")
    main, sub = kind.split("/")
    made.add_attachment(NITF, maintype=main, subtype=sub, filename="bridge.xml")
    made.add_attachment(b"\xff\xd8\xff picture", maintype="image", subtype="jpeg", filename="Brücke.jpg")
    found = story(made)
    assert (found.guid, found.headline, found.paragraphs) == ("urn:x:nitf", "Bridge", ("It is open.",))
    assert CreditElement(where="creator", value="jo@ep.example", role="From") in found.credits
    assert found.associations == (
        Association(rel="attachment", type="picture", headline="Brücke.jpg", mimetype="image/jpeg", size=11),
    )
    assert found.links == (Link(href="mid:zero@ep.example", rel="in-reply-to"),)
    assert found.version_created == datetime(2026, 3, 30, 8, 15, tzinfo=UTC)


def test_attached_bundles_and_several_files() -> None:
    """Each message of each file is a story."""
    made = mail("Two stories.\n")
    items = [{"uri": f"urn:x:{n}", "headline": f"H {n}"} for n in (1, 2)]
    made.add_attachment(
        gzip.compress(json.dumps(items[0]).encode()), maintype="application", subtype="gzip", filename="1.gz"
    )
    made.add_attachment(json.dumps(items[1]).encode(), maintype="application", subtype="json", filename="2.json")
    assert [one.guid for one in parse(made.as_bytes()).stories] == ["urn:x:1", "urn:x:2"]


def test_an_attached_text_counts_where_the_mail_has_none() -> None:
    """A cover note gives way to the text that it covers; a story does not."""
    for body, headline in (("Text attached.\n", "RIVER-BRIDGE"), (TEXT * 2, "Bridge opens")):
        made = mail(body)
        made.add_attachment(f"RIVER-BRIDGE\n\n{TEXT}", filename="story.txt")
        found = story(made)
        assert headline in (found.slugline, found.headline)


@pytest.mark.parametrize(
    ("text", "status"),
    [("MANDATORY KILL\n\nIt is wrong.", "canceled"), ("DO NOT USE\n", "withheld"), ("Wrong.", "usable")],
)
def test_a_notice_that_is_attached_may_be_shorter_than_its_cover_note(text: str, status: str) -> None:
    """It says of itself what it is."""
    made = mail("Please find attached what the desk has just sent to all subscribers.\n", Subject="Desk")
    made.add_attachment(text, filename="notice.txt")
    assert story(made).pubstatus == status


def test_a_note_that_is_attached_takes_no_place_of_a_short_story() -> None:
    """It does not say of the story that it is not to be used."""
    made = mail("ORAN, March 26 (EP) - The new bridge over the river was opened to traffic on Monday after all.\n")
    made.add_attachment("URGENT: call the desk\n\nUPDATE\n", filename="note.txt")
    assert story(made).paragraphs[0].startswith(("ORAN", "The new bridge"))


def test_a_broken_wire_file_is_not_passed_over() -> None:
    """With a cover note alone the mail is refused for its file; with a text of its own the file stays a file."""
    made = mail("Please find the story attached.\n")
    made.add_attachment(b"<nitf><head>", maintype="application", subtype="xml", filename="bridge.xml")
    with pytest.raises(Unparseable, match="broken XML") as caught:
        parse(made.as_bytes())
    assert caught.value.path.startswith("bridge.xml")
    made = mail(TEXT * 3)
    made.add_attachment(b"<nitf><head>", maintype="application", subtype="xml", filename="bridge.xml")
    assert [one.headline for one in story(made).associations] == ["bridge.xml"]


@pytest.mark.parametrize(
    ("name", "data"), [("bridge.zip", b"PK\x03\x04 torn"), ("bridge.xml.gz", b"\x1f\x8b\x08\x00 torn")]
)
def test_a_torn_bundle_is_like_a_broken_file(name: str, data: bytes) -> None:
    """It does not take a mail along that has a text of its own; a cover note alone is refused for it."""
    for text, refused in (("Please find the story attached.\n", True), (TEXT * 3, False)):
        made = mail(text)
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        if not refused:
            assert [one.headline for one in story(made).associations] == [name]
            continue
        with pytest.raises(Unparseable) as caught:
            parse(made.as_bytes())
        assert caught.value.path.startswith(name)


@pytest.mark.parametrize("kind", ["vnd.openxmlformats-officedocument.wordprocessingml.document", "octet-stream"])
def test_an_office_document_is_a_file_beside_the_text(kind: str) -> None:
    """However short the text, and whatever the document's type is called."""
    made = mail("The bridge opens on Thursday, the town says.\n")
    made.add_attachment(b"PK\x03\x04 office", maintype="application", subtype=kind, filename="bridge.docx")
    found = story(made)
    assert found.paragraphs == ("The bridge opens on Thursday, the town says.",)
    assert [one.headline for one in found.associations] == ["bridge.docx"]


def test_a_forwarded_mail_as_an_attachment() -> None:
    """The mail within is read as a mail of its own."""
    made = mail("FYI\n", Message_ID="<outer@post.example>")
    made.add_attachment(mail(Message_ID="<inner@ep.example>", Subject="Inner"))
    found = story(made)
    assert (found.guid, found.headline) == ("inner@ep.example", "Inner")


def test_an_embargo_within_a_cover_note() -> None:
    """Whoever sends a story on says in any words that it must wait, and they say no less than a label."""
    made = mail("Attached is our story on the bridge, embargoed until 31 March 2026 18:00 GMT. Best, Ann\n")
    made.add_attachment(f"RIVER-BRIDGE\n\n{TEXT}", filename="story.txt")
    assert story(made).embargo == datetime(2026, 3, 31, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("greeting", ["Dear editors,", "Hi all,", "Sehr geehrte Damen und Herren,", "Bonjour,"])
def test_an_embargo_under_a_greeting(greeting: str) -> None:
    """What stands between a greeting and the dateline is no copy, but about it."""
    note = "Please find below a release which is under strict embargo until 18:00 GMT on Tuesday 31 March."
    plain = "The story may be used from 18:00 GMT on Tuesday 31 March."
    for held in (note, plain, "We ask you to hold it until 18:00 GMT on 31 March."):
        assert story(mail(f"{greeting}\n\n{held}\n\n{TEXT}")).embargo == datetime(2026, 3, 31, 18, 0, tzinfo=UTC)
    for free in (note.replace("a release", "an isle"), f"{greeting}\n\nThe embargo until Tuesday on peat will end."):
        assert story(mail(f"{free}\n\n{TEXT}")).pubstatus == "usable"


@pytest.mark.parametrize(
    "text",
    [
        'Jo Sample would like to recall the message, "Bridge opens".',
        "Jo Sample möchte die Nachricht „Bridge opens“ zurückrufen.",
        "Jo Sample souhaite rappeler le message « Bridge opens ».",
    ],
)
def test_a_mail_that_is_called_back_waits_for_a_desk(text: str) -> None:
    """As Outlook writes it; it is a kill of the story that it belongs to."""
    found = story(mail(f"{text}\n", Subject="Recall: Bridge opens"))
    assert (found.pubstatus, found.signals) == ("withheld", ("kill:doubted",))
    assert story(mail(f"{TEXT}\n{text}\n")).pubstatus == "usable"


def test_a_wire_message_as_the_text() -> None:
    """XML or JSON pasted into a mail is read as what it is."""
    made = mail(json.dumps({"uri": "urn:x:9", "headline": "Pasted"}) + "\n")
    assert story(made).guid == "urn:x:9"


def test_a_form() -> None:
    """A JSON object with headline and body is a story; its other members are what they are called."""
    form = {
        "Headline": ["Bridge opens"], "Slugline": ["BRIDGE"], "Body": ["One.\n\nTwo."], "News Value": ["3"],
        "Category": ["DOMESTIC"], "Dateline": ["ORAN"], "Sign off": ["JS"], "Abstract": ["Short."], "Other": ["x"],
    }  # fmt: skip
    found = story(mail(json.dumps(form) + "\n", Subject="Formatted story"))
    assert (found.guid, found.headline, found.slugline) == ("one@ep.example", "Bridge opens", "BRIDGE")
    assert (found.paragraphs, found.urgency, found.summary, found.dateline) == (("One.", "Two."), 3, "Short.", "ORAN")
    assert found.subjects == (Subject(code="DOMESTIC", name="DOMESTIC"),)
    assert CreditElement(where="contributor", value="JS") in found.credits


@pytest.mark.parametrize(
    "around",
    [
        "{}\n-- \nJo Sample\nExample Press, Oran\nTel. 1234\n",
        "{}\nThis e-mail and any files with it are confidential and intended solely for the addressee.\n\nMore.\n",
        "{}\n\n________________________________\n\nDiese E-Mail enthält vertrauliche Informationen.\n",
        "{}\n\nOn Mon, 30 Mar 2026 at 10:00, Al Muster wrote:\n> When does it open?\n> Al\n",
        "See below.\n\n---------- Forwarded message ----------\nFrom: Al <al@e.example>\n"
        "Date: Mon, 30 Mar 2026 09:00:00 +0200\nSubject: Inner\nTo: jo@ep.example\n\n{}",
        "{}\n\nSent from my phone\n",
        "{}\n\n____________________\nRiver mailing list -- river@lists.e.example\nMore at e.example\n",
        "{}\n\n____________________\nRiver mailing list\nriver@lists.e.example\nhttps://lists.e.example\n",
    ],
)
def test_what_stands_around_the_story_is_taken_off(around: str) -> None:
    """Signature, legal notice, the mail that is answered, the head of the mail that is forwarded."""
    assert story_text(around.format(TEXT)).text.split() == TEXT.split()


def test_a_sentence_about_a_mailing_list_is_no_footer() -> None:
    """All that follows stays in the text."""
    told = f"Readers may join the mailing list news@ep.example until Friday, he said.\n\n{TEXT}"
    assert story_text(f"{TEXT}\n\n{told}").text.split() == f"{TEXT} {told}".split()


def test_who_wrote_a_forwarded_mail() -> None:
    """Its sender is a credit, its date and subject are the story's."""
    text = (
        "FYI\n\n-----Ursprüngliche Nachricht-----\nVon: Al Muster\nGesendet: Sun, 29 Mar 2026 09:00:00 +0200\n"
        f"An: Jo\nBetreff: AW: Brücke offen\n\n{TEXT}"
    )
    found = story(mail(text, Subject="WG: Brücke"))
    assert found.headline == "Brücke offen"
    assert found.version_created == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert CreditElement(where="creator", value="Al Muster", role="forwarded") in found.credits


def test_prefixes() -> None:
    """Only what stands before a colon, and not all of a subject."""
    assert prefixless("Re: [2]: Bridge") == "[2]: Bridge"
    assert prefixless("RE[2]: WG: Bridge: open") == "Bridge: open"
    assert prefixless("Re:") == "Re:"


def test_a_kill_by_mail_meets_the_mail_that_it_kills() -> None:
    """A mail that answers another one and takes it back is a version of that story."""
    found = story(
        mail("KILL\n\nThe story is wrong.\n", Subject="KILL: Bridge opens", In_Reply_To="<one@ep.example>",
             Message_ID="<two@ep.example>")
    )  # fmt: skip
    assert (found.guid, found.pubstatus) == ("one@ep.example", "canceled")
    assert "kill" in found.signals


def test_embargo_in_a_subject() -> None:
    """The words and times of text wires hold for mail."""
    found = story(mail(Subject="EMBARGOED until 1800 GMT, 30 March 2026: Bridge opens"))
    assert found.embargo == datetime(2026, 3, 30, 18, tzinfo=UTC)
    held = story(mail("EMBARGO: until the press conference\n\n" + TEXT))
    assert held.pubstatus == "withheld"


def test_a_subject_that_is_a_keyword() -> None:
    """It names the story of the day; the headline is the first line of the text."""
    found = story(mail("Bridge opens after three years\n\n" + TEXT, Subject="River-bridge, 1st Ld"))
    assert (found.slugline, found.headline) == ("River-bridge, 1st Ld", "Bridge opens after three years")
    assert found.guid == story(mail(Subject="River-bridge", Message_ID="<9@ep.example>")).guid


@pytest.mark.parametrize("subject", ["KILL river-bridge", "URGENT KILL river-bridge", "river-bridge KILL"])
def test_a_keyword_in_small_letters_is_killed(subject: str) -> None:
    """What stands behind the mark is a name where it is one word."""
    found, earlier = story(mail(Subject=subject)), story(mail(Subject="river-bridge", Message_ID="<9@ep.example>"))
    assert (found.pubstatus, found.guid) == ("canceled", earlier.guid)


def test_leads_by_mail_are_versions_of_one_story() -> None:
    """A labelled keyword and the day make the identifier, as for text wires."""
    first, second = (
        story(mail(f"Slug: River-Bridge{mark}\nHeadline: Bridge\n\n{TEXT}", Message_ID=f"<{n}@e.example>"))
        for n, mark in enumerate(("", ", 2nd Ld"))
    )
    assert first.guid == second.guid
    assert compare(second.version, first.version) == 1


@pytest.mark.parametrize(
    "text",
    ["Subject: none\n\nBody text of a page.", "Slug: x\nHeadline: y\n\nThe text.", "From: here to there.\n\nText."],
)
def test_a_text_with_labels_is_no_mail(text: str) -> None:
    """Only what mail programs write makes a mail."""
    assert parse(text.encode()).format == "text"


def test_refusals() -> None:
    """A mail with nothing in it, and one of too many parts."""
    head = b"From: a@e.example\r\nMessage-ID: <1@e.example>\r\n"
    with pytest.raises(Unparseable, match="neither text nor a file"):
        parse(head + b"\r\n\r\n")
    with pytest.raises(Unparseable, match="multiparts"):
        parse(head + b"X: " + b"boundary " * 100 + b"\r\n\r\nx")


def test_a_boundary_that_is_too_long_parts_nothing() -> None:
    """The library would compile it: two megabytes of it took 300 MB of memory. The mail is one part then."""
    for length, parts in ((1_000, 2), (1_001, 1)):
        line = "b" * length
        kind = f'From: a@e.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{line}"\n\n'
        inside = "".join(f"--{line}\nContent-Type: text/plain\n\nBody {nth}.\n" for nth in (1, 2))
        tree = open_mail(f"{kind}{inside}--{line}--\n".encode(), "mail")
        assert (len(tree.get_payload()) if tree.is_multipart() else 1) == parts


@settings(max_examples=tries(150), deadline=None)
@given(
    st.sampled_from(["Subject", "From", "Content-Type", "Content-Disposition", "References", "Date", "List-Id"]),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40),
)
def test_headers_of_any_kind(name: str, value: str) -> None:
    """No header's value breaks the reader."""
    head = f"Message-ID: <1@e.example>\r\nMIME-Version: 1.0\r\n{name}: {value}\r\n\r\nThe text.\r\n"
    read_or_refused(head.encode())


def test_a_mail_that_was_forwarded_a_thousand_times() -> None:
    """Forwarded mails within one another are opened a few times, not as often as they say."""
    text = "-----Original Message-----\nFrom: a\nDate: b\nSubject: c\n\n" * 1500 + "The text.\n"
    assert story(mail(text)).paragraphs[-1] == "The text."


@pytest.mark.parametrize("headers", ["Hash: SHA256\n\n", "\n", "Hash: SHA256\nCharset: utf-8\n\n"])
def test_a_text_signed_within_itself(headers: str) -> None:
    """The armour of OpenPGP and its signature go, what it escaped comes back, what stands around it stays."""
    signature = "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCgAdFiEE\n=AbCd\n-----END PGP SIGNATURE-----"
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\n{headers}The road is open.\n\n- - Pilots are at hand.\n\n{signature}"
    assert story_text(f"{signed}\n\nThe desk").text.split("\n\n") == [
        "The road is open.",
        "- Pilots are at hand.",
        "",
        "The desk",
    ]
    assert story(mail(signed)).paragraphs == ("The road is open.", "- Pilots are at hand.")


def test_a_wire_that_is_posted_as_news() -> None:
    """ClariNet's headers say what ANPA's does: keyword, lead, category, priority; asterisks are no headline's."""
    headers = {"Slugword": "river-bridge 1stld", "Priority": "urgent", "ACategory": "international"}
    found = story(mail(Subject="****Bridge opens", **headers))
    assert (found.headline, found.slugline, found.urgency) == ("Bridge opens", "river-bridge 1stld", 3)
    assert found.subjects == (Subject(code="international", scheme="clarinet"),)
    assert found.guid == "urn:dateline:wire:ep-example:2026-03-30:river-bridge"
    assert found.alt_ids == (Subject(code="one@ep.example", scheme="message-id"),)
    assert story(mail(Priority="urgent")).urgency is None


@pytest.mark.parametrize(
    "around",
    [
        f"For tomorrow. Mind what they say:\n\n> Embargo: 2 April 2026, 10:00 GMT\n\n{TEXT}",
        f"{TEXT}\n-----Original Message-----\nFrom: Ann <a@ep.example>\nSent: Monday 30 March 2026 09:00\n"
        "Subject: Bridge\n\nEMBARGOED UNTIL 10:00 GMT, 2 APRIL 2026\n\nThe bridge.\n",
    ],
)
def test_an_embargo_in_what_a_mail_quotes_holds_the_copy_in_it(around: str) -> None:
    """What it quotes is left out of the story, but none of its embargo."""
    found = story(mail(around, Subject="Re: Bridge"))
    assert found.embargo == datetime(2026, 4, 2, 10, tzinfo=UTC)
    assert "mbargo" not in " ".join(found.paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "Ministers extended the oil embargo until 12 April 2026, she said.",
        "This mail is not for publication until further notice.",
        "Is this still under embargo?",
    ],
)
def test_what_a_mail_quotes_of_embargoes_in_a_sentence_holds_no_copy(line: str) -> None:
    """There only a line that begins so states one: what is answered may be news, or a question."""
    answered = f"{TEXT}\nOn Mon, 30 Mar 2026 at 10:00, Ann <a@ep.example> wrote:\n> {line}\n"
    found = story(mail(answered, Subject="Re: Bridge"))
    assert (found.embargo, found.pubstatus) == (None, "usable")
