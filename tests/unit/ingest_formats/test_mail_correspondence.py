"""What comes by mail and is no copy: notices of programs, answers, quoted mail; and what stands around copy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import read_or_refused

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.mail.html import marked_text
from dateline_ingest.formats.mail.text import is_answer, story_text
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_schemas.story import CreditElement, Story

LEAD = "SEVENOAK, March 30 (EP) - The lock gates opened on Monday after a year of work that cost less than was planned."
REST = "Boats wait in a row of half a mile for the first lock of the day, which is run by hand as it was of old."
COPY = f"{LEAD}\n\n{REST}\n"
THANKS = "Thanks, we will take it and run it tonight."


def mail(text: str, *headers: str, subject: str = "Lock gates open", kind: str = "text/plain") -> bytes:
    """A mail."""
    head = ["From: Jo Sample <jo@ep.example>", "Date: Mon, 30 Mar 2026 10:15:00 +0200", "Message-ID: <m@ep.example>"]
    head += [f"Subject: {subject}", f"Content-Type: {kind}; charset=utf-8", "MIME-Version: 1.0", *headers]
    head = [line for at, line in enumerate(head) if line.partition(":")[0] not in _names(head[at + 1 :])]
    return "\r\n".join([*head, "", text]).encode()


def _names(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines]


def story(data: bytes) -> Story:
    """The one story of the mail."""
    (found,) = parse(data).stories
    return found


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        (["Content-Type: multipart/report; report-type=delivery-status; boundary=b"], "could not be delivered"),
        (['Content-Type: multipart/report; boundary=b;\r\n report-type="disposition-notification"'], "a receipt"),
        (["Content-Type: multipart/report; report-type=feedback-report; boundary=b"], "a complaint"),
        (["X-Failed-Recipients: x@post.example"], "could not be delivered"),
        (["From: MAILER-DAEMON@ep.example", "Subject: failure notice"], "could not be delivered"),
        (["From: Mail Delivery System <postmaster@ep.example>", "Subject: Undelivered Mail"], "could not be delivered"),
        (["Auto-Submitted: auto-replied (vacation)"], "an automatic answer"),
        (["X-Autoreply: yes"], "an automatic answer"),
        (["Precedence: auto_reply"], "an automatic answer"),
        (["Subject: Automatische Antwort: Lock gates"], "an automatic answer"),
        (["Subject: =?utf-8?q?R=C3=A9ponse_automatique_?=: Lock gates"], "an automatic answer"),
        (["X-List-Administrivia: yes"], "mailing list"),
    ],
)
def test_notices_of_programs_are_refused(headers: list[str], what: str) -> None:
    """Bounces, receipts, answers of machines (RFC 3834, 3464, 8098) hold no copy; the refusal shows the header."""
    with pytest.raises(
        Unparseable, match=rf"the mail is .*{what}.*, and no copy \({headers[0].partition(':')[0]}|Subject:"
    ):
        parse(mail(COPY, *headers))


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: no",
        "Precedence: bulk",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_copy_that_a_program_sends(header: str) -> None:
    """Agencies' systems send by themselves; that alone makes no notice."""
    assert story(mail(COPY, header)).paragraphs == (LEAD, REST)


@pytest.mark.parametrize(
    "quoted",
    [
        f"On Mon, 30 Mar 2026 at 09:00, Ann Doe <ann@in.example> wrote:\n> {LEAD}\n> {REST}\n",
        f"On Mon, 30 Mar 2026 at 09:00, Ann Doe\n<ann@in.example> wrote:\n\n> {LEAD}\n",
        f"On Mon, 30 Mar 2026 at 09:00, Ann Doe <ann@in.example> wrote:\n\n{COPY}",
        f"-----Original Message-----\nFrom: Ann Doe\nSent: Monday\nSubject: Lock\n\n{COPY}",
        f"> {LEAD}\n> {REST}\n",
    ],
)
def test_answers_in_a_few_words_are_refused(quoted: str) -> None:
    """A thank-you above a mail is no copy, nor is what it quotes; the same above a story, and below none, is."""
    with pytest.raises(Unparseable, match="answers another one in a few words"):
        parse(mail(f"{THANKS}\n\n{quoted}", subject="Re: Lock gates open"))
    assert story(mail(f"{COPY}\n{quoted}", subject="AW: Lock gates open")).paragraphs == (LEAD, REST)


@pytest.mark.parametrize("above", ["", "Here it is.\n\n"])
def test_copy_below_what_it_answers(above: str) -> None:
    """Some write under the mail that they answer: what is quoted goes, and the line above it."""
    quoted = "On Mon, 30 Mar 2026 at 09:00, Ann Doe <ann@in.example> wrote:\n> Can you send the lock?\n> Ann\n"
    found = story(mail(f"{above}{quoted}\n{COPY}", subject="Re: Lock"))
    assert found.paragraphs == (*((above.strip(),) if above else ()), LEAD, REST)


def test_copy_that_is_quoted_whole() -> None:
    """A mail that is nothing but a quotation sends on what it quotes."""
    whole = "\n".join(f"> {line}" for line in COPY.split("\n"))
    assert story(mail(whole, subject="Fwd: Lock")).paragraphs == (LEAD, REST)
    named = f"On Mon, 30 Mar 2026 at 09:00, Ann Doe <ann@in.example> wrote:\n{whole}"
    assert story(mail(named, subject="Fwd: Lock")).paragraphs == (LEAD, REST)


def test_answers_that_are_copy() -> None:
    """A correction, a kill or a dateline makes copy of few words; a forwarded mail is what was forwarded."""
    quoted = f"\n\nOn 30 Mar 2026 at 9:00 Ann <ann@in.example> wrote:\n> {LEAD}\n"
    right = story(
        mail(
            f"CORRECTION: the second paragraph said Tuesday.{quoted}", "References: <a@ep.example>", subject="Re: Lock"
        )
    )
    assert (right.guid, right.signals) == ("a@ep.example", ("sig:correction",))
    assert story(mail(f"{LEAD}{quoted}", subject="Re: Lock")).paragraphs == (LEAD,)
    sent_on = f"FYI\n\n-----Original Message-----\nFrom: Ann Doe\nDate: Monday\nSubject: Lock\n\n{COPY}"
    found = story(mail(sent_on, subject="Fwd: Lock"))
    assert found.paragraphs == (LEAD, REST)
    assert CreditElement(where="creator", value="Ann Doe", role="forwarded") in found.credits


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("MANDATORY KILL: please kill this story", "canceled"),
        ("RÜCKRUF: Der Text ist falsch.", "canceled"),
        ("KILL", "canceled"),
        ("The lock keepers kill time with cards.", "usable"),
    ],
)
def test_notes_about_a_story(text: str, status: str) -> None:
    """A mail of few words says in its first line what it does to the story that it answers."""
    found = story(mail(text, "References: <a@ep.example>"))
    assert found.pubstatus == status
    assert (found.guid == "a@ep.example") is (status == "canceled")


def test_an_answer_does_not_say_what_its_subject_says() -> None:
    """The subject is that of the mail that it answers: thanks for a kill are no kill."""
    quoted = "On 30 Mar 2026 at 9:00 Ann <ann@in.example> wrote:\n> Please kill the story.\n"
    with pytest.raises(Unparseable, match="answers another one"):
        story(mail(f"Thanks, got it.\n\n{quoted}", "References: <a@ep.example>", subject="Re: KILL: Lock opens"))


def test_copy_in_an_answer_is_under_the_embargo_of_its_subject() -> None:
    """A story that is sent once more above what was asked must not leak; thanks are refused all the same."""
    quoted = "On 30 Mar 2026 at 9:00 Ann <ann@in.example> wrote:\n> Can you send it once more?\n"
    subject = "Re: EMBARGOED UNTIL 0001 GMT 31 March 2026"
    found = story(mail(f"{COPY}\n\n{quoted}", subject=subject))
    assert found.embargo == datetime(2026, 3, 31, 0, 1, tzinfo=UTC)
    with pytest.raises(Unparseable, match="answers another one"):
        story(mail(f"Thanks, got it.\n\n{quoted}", subject=subject))


@pytest.mark.parametrize(
    ("note", "held", "status"),
    [
        ("Embargo 1800 GMT!", True, "usable"),
        ("Hi all,\nsee below, please note the embargo: 1800 GMT", True, "usable"),
        ("Please hold this story until further notice.", False, "withheld"),
        ("Please kill this story, it is wrong.", False, "canceled"),
        ("FYI, as promised. Best, Ann", False, "usable"),
    ],
)
def test_what_a_note_says_of_the_mail_that_it_sends_on(note: str, held: bool, status: str) -> None:
    """It is no text of the story, but its embargo is."""
    sent_on = f"{note}\n\n-----Original Message-----\nFrom: Ann Doe\nSubject: Lock\n\n{COPY}"
    found = story(mail(sent_on, subject="Fwd: Lock"))
    assert (found.embargo is not None, found.pubstatus) == (held, status)
    assert (found.headline, found.paragraphs) == ("Lock", (LEAD, REST))


def test_a_kill_that_is_sent_on_with_a_sentence() -> None:
    """Words about the notice are no text that quotes it."""
    notice = "ORANBURG, March 30 (EP) - Please kill the story slugged Lock."
    sent_on = f"This is what came from their desk just now.\n\n-----Original Message-----\nFrom: Ann\n\n{notice}"
    assert story(mail(sent_on, subject="Fwd: Lock")).pubstatus == "canceled"


def test_a_headline_under_an_embargo_line_is_not_told_twice() -> None:
    """The text begins behind what repeats the subject."""
    found = story(mail(f"EMBARGOED UNTIL 0001 GMT 31 March 2026\n\nLock opens\n\n{COPY}", subject="Lock opens"))
    assert (found.headline, found.paragraphs) == ("Lock opens", (LEAD, REST))


@pytest.mark.parametrize(
    ("subject", "answers"),
    [("Re: x", True), ("AW: WG: x", True), ("回复：x", True), ("Fwd: Re: x", False), ("Rescue", False)],
)
def test_which_subjects_answer(subject: str, answers: bool) -> None:
    """The first prefix tells."""
    assert is_answer(subject) is answers


def test_prose_that_speaks_of_writing() -> None:
    """Words like those above a quoted mail end no story where no day and no address are beside them."""
    text = f"{LEAD}\n\nOn the wall of the lock house the keepers wrote:\n\n{REST}\n"
    assert story_text(text).text.strip() == text.strip()


GMAIL = f"""<p>{LEAD}</p><p>{REST}</p><div class="gmail_quote">On Mon, Mar 30, 2026 at 9:00 AM Ann Doe
&lt;ann@in.example&gt; wrote:<br><blockquote class="gmail_quote"><p>Can you send the lock?</p></blockquote></div>"""
OUTLOOK = f"""<div class=WordSection1><p class=MsoNormal>{LEAD}<o:p></o:p></p><p class=MsoNormal>{REST}</p><div><div>
<p class=MsoNormal><b>From:</b> Ann Doe &lt;ann@in.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Jo<br>
<b>Subject:</b> Lock</p></div></div><p class=MsoNormal>Can you send the lock?</p></div>"""
APPLE = f"""<div>{LEAD}</div><div><br></div><div>{REST}</div><blockquote type="cite">Can you send it?</blockquote>"""
FORWARDED = f"""<p>FYI</p><div class="gmail_quote"><div>---------- Forwarded message ---------<br>From: <b>Ann Doe</b>
&lt;ann@in.example&gt;<br>Date: Mon, 30 Mar 2026<br>Subject: Lock gates open<br>To: Jo<br></div><p>{LEAD}</p>
<p>{REST}</p></div>"""
LAID = f"""<table width=600><tr><td><img src=x></td></tr><tr><td><table><tr><td><h1>Lock gates open</h1></td></tr>
<tr><td><p>{LEAD}</p><p>{REST}</p></td></tr></table></td></tr>
<tr><td>You are receiving this email since you asked.</td></tr></table>"""
BROKEN_LINES = f"<table><tr><td>{LEAD}<br><br>{REST}<br><br></td></tr></table>"


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, APPLE, FORWARDED, LAID, BROKEN_LINES])
def test_html_alone(html: str) -> None:
    """Quoted and forwarded mail is told in HTML as in text; tables that place things are no tables."""
    found = story(mail(f"<html><body>{html}</body></html>", kind="text/html"))
    assert (found.headline, found.paragraphs) == ("Lock gates open", (LEAD, REST))
    assert "<table>" not in found.body_html


def test_labelled_lines_in_html() -> None:
    """They are labels as in a plain text: blocks beside one another are lines, an empty one parts."""
    lines = ["Slug: lock-gates", "Headline: Lock opens", "<br>", LEAD, "<br>", REST]
    found = story(mail("".join(f"<div>{line}</div>" for line in lines), kind="text/html"))
    assert (found.slugline, found.headline, found.paragraphs) == ("lock-gates", "Lock opens", (LEAD, REST))


def test_tables_of_figures_stay_tables() -> None:
    """Two cells side by side, and no blocks in them."""
    rows = "".join(f"<tr><td>Lock {n}</td><td>{n} m</td></tr>" for n in (1, 2))
    found = story(mail(f"<p>{LEAD}</p><table>{rows}</table><p>{REST}</p>", kind="text/html"))
    assert "<tr><td>Lock 1</td><td>1 m</td></tr>" in found.body_html


@pytest.mark.parametrize(
    "stub",
    [
        "Your e-mail client does not support HTML.",
        "This is an HTML email, please view it in a web browser: https://x.example/1",
        "View this email in your browser",
        "Ihr E-Mail-Programm kann kein HTML anzeigen.",
        "Votre messagerie ne permet pas de lire ce message.",
    ],
)
def test_a_text_that_stands_in_for_html(stub: str) -> None:
    """Then the HTML is the text, however short; a text that says more is one."""
    parts = "--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    parts += "<p>The lock is open.</p>\r\n--b--\r\n"
    kind = "multipart/alternative; boundary=b"
    assert story(mail(parts.format(stub), kind=kind)).paragraphs == ("The lock is open.",)
    assert story(mail(parts.format("The lock is open, they say."), kind=kind)).paragraphs == (
        "The lock is open, they say.",
    )


def test_mailing_lists() -> None:
    """The name that a list writes before each subject is none of the story's; without a list it stays."""
    listed = "List-Id: Wire <wire.ep.example>"
    footer = f"{COPY}\n{'_' * 40}\nWire mailing list\nwire@ep.example\nhttps://lists.ep.example/wire\n"
    found = story(mail(footer, listed, subject="[Wire] Lock gates open"))
    assert (found.headline, found.paragraphs[:2]) == ("Lock gates open", (LEAD, REST))
    assert story(mail(COPY, listed, subject="Fwd: [Wire] Lock gates open")).headline == "Lock gates open"
    assert story(mail(COPY, subject="[Update] Lock gates open")).headline == "[Update] Lock gates open"


@pytest.mark.parametrize(
    ("sender", "names"),
    [
        ("=?utf-8?q?M=C3=BCller=2C_Jo?= <jo@ep.example>", ["Müller, Jo", "jo@ep.example"]),
        (
            "Jo Sample <jo@ep.example>, Ann Doe <ann@ep.example>",
            ["Jo Sample", "jo@ep.example", "Ann Doe", "ann@ep.example"],
        ),
        ("=?iso-8859-2*pl?q?=A3=F3d=BC?= <jo@ep.example>", ["Łódź", "jo@ep.example"]),
        ("Jö <jo@ep.example>", ["Jö", "jo@ep.example"]),
        ("The desk", ["The desk"]),
    ],
)
def test_senders(sender: str, names: list[str]) -> None:
    """Each name and address; commas in encoded words part nothing, languages in them are no charset (RFC 2231)."""
    found = story(mail(COPY, f"From: {sender}"))
    assert [one.value for one in found.credits if one.role == "From"] == names


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "Die Schleuse öffnet für Müller, ".encode() + "zwölf Boote passen.".encode("cp1252"),
            "Die Schleuse öffnet für Müller, zwölf Boote passen.",
        ),
        ("Schleuse öffnet \x96 für 5 \x80.".encode("latin-1"), "Schleuse öffnet – für 5 €."),
    ],
)
def test_utf_8_that_it_is_not_throughout(data: bytes, said: str) -> None:
    """A byte of another charset in a text of UTF-8 costs that letter its doubt, and the rest nothing."""
    assert story(mail("", kind="text/plain") + data).paragraphs == (said,)


def test_quoted_printable_behind_a_gateway() -> None:
    """Space that was put behind a soft line break is no text (RFC 2045, section 6.7)."""
    data = mail("Die Schleuse =\t\r\nist offen =  \r\nund z=\r\nu.", "Content-Transfer-Encoding: quoted-printable")
    assert story(data).paragraphs == ("Die Schleuse ist offen und zu.",)


PIECES = st.sampled_from(
    (
        "<p>", "</p>", "<br>", "<table><tr><td>", "</td></tr></table>", "<blockquote type=cite>", "</blockquote>",
        "a b", "<style>x", "</style>", "<div>", "On 1 May 2026 at 9:00 Jo wrote:", "From: a", "Date: b", "Subject: c",
        "--", "> d", "<li>", "\n",
    )
)  # fmt: skip


@settings(max_examples=tries(150), deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_html_of_any_shape(pieces: list[str]) -> None:
    """Whatever stands in it, there are lines, and they are told apart or refused."""
    marked = marked_text(("".join(pieces),), DEFAULT_LIMITS, "")
    assert all(line == line.strip() for line in marked.text.split("\n"))
    read_or_refused(mail("".join(pieces), kind="text/html", subject="Re: x"))


EMBARGOED = f"PRESS RELEASE\n\nSTRICTLY EMBARGOED UNTIL 00:01 GMT, FRIDAY 3 APRIL 2026\n\nLock gates open\n\n{COPY}"


def test_a_subject_that_begins_as_an_embargo() -> None:
    """What follows its colon is the headline, unless that is only the time."""
    named = story(mail(EMBARGOED, subject="Embargoed: Lock gates open after a year"))
    timed = story(mail(EMBARGOED, subject="EMBARGO: 00:01 GMT, Friday 3 April"))
    assert named.headline == "Lock gates open after a year" and named.embargo is not None
    assert "RELEASE" not in timed.headline


def test_whose_release_it_is_above_the_text() -> None:
    """A line over the text that names its source is a credit and no text."""
    found = story(mail(f"Source: Orefield Locks Ltd.\n\n{COPY}"))
    assert CreditElement(where="source", value="Orefield Locks Ltd.") in found.credits
    assert found.paragraphs[0] == LEAD
