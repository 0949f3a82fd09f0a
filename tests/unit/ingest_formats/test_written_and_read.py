"""What a format's own writer puts, reads back: the paragraphs are the same, and no sign of them is lost."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from html import escape
from random import Random

import pytest

from dateline_ingest.formats import parse

HEADLINE = "Bridge over the river opens again"
_PLACE = "OAKHAVEN, March 26 (XPA) - "
_LETTERS = ("bcdfghjklmnpqrstvwxz", "aeiouyéèüöäñçßøå", "бвгджзклмнпртф", "βγδζθκλμνξπρστ")
_SIGNS = (",", ";", "", "", "", "", "’", " –", " &", " 1,250", " 50%")
"""What stands behind a word. Words are of letters drawn by lot, so that none says something to editors."""


def _body(random: Random) -> list[str]:
    """One to six paragraphs of nine to forty words each."""
    return [" ".join(_word(random) for _ in range(random.randint(9, 40))) + "." for _ in range(random.randint(1, 6))]


def _word(random: Random) -> str:
    letters = random.choice(_LETTERS)
    return "".join(random.choice(letters) for _ in range(random.randint(4, 11))) + random.choice(_SIGNS)


def _wrapped(text: str, width: int, indent: str = "") -> str:
    """A paragraph broken at a measure, never within a word."""
    return textwrap.fill(text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False)


def plain(body: list[str]) -> bytes:
    """One line a paragraph, blank lines between."""
    return "\n\n".join((HEADLINE, *body)).encode()


def wrapped(body: list[str]) -> bytes:
    """Lines of 72 characters, blank lines between, CR LF."""
    return "\r\n\r\n".join((HEADLINE, *(_wrapped(one, 72).replace("\n", "\r\n") for one in body))).encode()


def indented(body: list[str]) -> bytes:
    """Lines of 72 characters, no blank ones between; paragraphs begin with three spaces."""
    return "\n".join((HEADLINE, "", *(_wrapped(one, 72, "   ") for one in body))).encode()


def utf_16(body: list[str]) -> bytes:
    """UTF-16 without a byte order mark."""
    return plain(body).decode().encode("utf-16-le")


def markdown(body: list[str]) -> bytes:
    """Markdown with strong emphasis on every first word, a link on every last one."""
    marked = []
    for one in body:
        first, *rest, last = one.split(" ")
        marked.append(" ".join((f"**{first}**", *rest, f"[{last}](https://xpa.example/1)")))
    return "\n\n".join((f"# {HEADLINE}", *marked)).encode()


def iptc_7901(body: list[str]) -> bytes:
    """A message with all its control characters."""
    text = "\r\n".join(_wrapped(one, 69, "   ").replace("\n", "\r\n") for one in body)
    head = f"\x01XPA0412 4 pl 210 XPA-0877\r\nBridge/River\r\n\x02{HEADLINE} =\r\n\r\n"
    return f"{head}{text}\r\n\x03261015 GMT MAR 26\r\n\x04".encode()


def anpa_1312(body: list[str]) -> bytes:
    """A message with all its control characters."""
    text = "".join("\t   " + _wrapped(one, 64).replace("\n", "\r\n") + "<\r\n" for one in body)
    head = "\x16\x16\x01a0501\r\nr i\x11\x13 BC-XX--River-Bridge 03-26 0190\r\n\x02^BC-XX--River-Bridge,190<\r\n"
    return f"{head}^{HEADLINE}<\r\n{text}\x03XPA-WF-03-26-26 1015GMT<\r\n\x04".encode()


def _mail(cte: str) -> Callable[[list[str]], bytes]:
    def mail(body: list[str]) -> bytes:
        made = EmailMessage(policy=policy.SMTP)
        made["From"], made["Subject"], made["Date"] = "desk@xpa.example", HEADLINE, "Thu, 26 Mar 2026 10:15:00 +0000"
        made["Message-ID"] = "<1@xpa.example>"
        made.set_content("\n\n".join(body), cte=cte)
        return made.as_bytes()

    return mail


def flowed(body: list[str]) -> bytes:
    """A mail whose lines end with a space where they go on (RFC 3676)."""
    headers = f"From: desk@xpa.example\nSubject: {HEADLINE}\nDate: Thu, 26 Mar 2026 10:15:00 +0000\nMessage-ID: <1@x>\n"
    headers += "MIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
    headers += "Content-Type: text/plain; charset=utf-8; format=flowed\n"
    return (headers + "\n" + "\n\n".join(_wrapped(one, 70).replace("\n", " \n") for one in body)).encode()


def ninjs(body: list[str]) -> bytes:
    """ninjs 3."""
    html = "".join(f"<p>{escape(one)}</p>" for one in body)
    bodies = [{"contentType": "text/html", "value": html}]
    return json.dumps(
        {"uri": "urn:xpa:1", "type": "text", "headlines": [{"value": HEADLINE}], "bodies": bodies}
    ).encode()


def ap_media(body: list[str]) -> bytes:
    """An item of the AP Media API, its text beside it as NITF."""
    blocks = "".join(f"<p>{escape(one)}</p>" for one in body)
    nitf = f"<nitf><body><body.content><block>{blocks}</block></body.content></body></nitf>"
    item = {"altids": {"itemid": "1", "etag": "1_0"}, "type": "text", "headline": HEADLINE}
    return json.dumps({"data": {"item": item, "nitf": nitf}}).encode()


def json_feed(body: list[str]) -> bytes:
    """A JSON Feed whose item has plain text."""
    item = {"id": "1", "title": HEADLINE, "content_text": "\n\n".join(body)}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "X", "items": [item]}).encode()


def rss(body: list[str]) -> bytes:
    """An RSS feed with the text in CDATA."""
    html = "".join(f"<p>{escape(one)}</p>" for one in body)
    item = f"<item><guid>1</guid><title>{HEADLINE}</title><description><![CDATA[{html}]]></description></item>"
    return f'<rss version="2.0"><channel><title>X</title>{item}</channel></rss>'.encode()


def atom(body: list[str]) -> bytes:
    """An Atom entry with XHTML."""
    html = "".join(f"<p>{escape(one)}</p>" for one in body)
    content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{html}</div></content>'
    return f'<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>{HEADLINE}</title>{content}</entry>'.encode()


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    **{one.__name__: one for one in (plain, wrapped, indented, utf_16, markdown, iptc_7901, anpa_1312)},
    **{f"mail {cte}": _mail(cte) for cte in ("quoted-printable", "base64", "8bit")},
    **{one.__name__: one for one in (flowed, ninjs, ap_media, json_feed, rss, atom)},
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("seed", range(25))
def test_what_is_written_is_read(writer: str, seed: int) -> None:
    """Every paragraph comes back as it was written, in its place; and so does the headline."""
    body = _body(Random(seed))
    written = [f"{_PLACE}{body[0]}", *body[1:]]
    (found,) = parse(WRITERS[writer](written)).stories
    assert (found.headline, list(found.paragraphs)) == (HEADLINE, written)
