"""What cannot be read is refused in plain words, and nothing else is ever raised."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import read_or_refused

from dateline_ingest.formats import Limits, Unparseable, parse

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
ITEM = (
    f'<?xml version="1.0" encoding="UTF-8"?><newsItem {NAR} guid="urn:x:1" version="1"><itemMeta>'
    '<provider literal="EP"/></itemMeta><contentMeta><headline>Häuser am Fluß</headline></contentMeta><contentSet>'
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    "<p>One <b>two</b>.</p><p>EP</p></body></html></inlineXML>"
    "</contentSet></newsItem>"
)
BOMB = '<!DOCTYPE newsItem [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + f"<newsItem {NAR}>&b;</newsItem>"
OUTSIDE = '<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + f"<newsItem {NAR}>&x;</newsItem>"
DEEP_XML = f"<newsItem {NAR}>" + "<a>" * 240 + "</a>" * 240 + "</newsItem>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (BOMB.encode(), "DOCTYPE"),
        (OUTSIDE.encode(), "DOCTYPE"),
        (BOMB.encode("utf-16"), "DOCTYPE"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b; and words of a text</a>", "<a> is not read"),
        (ITEM[:-20].encode(), "broken XML"),
        (ITEM.replace("UTF-8", "UTF-7").encode(), "encoding UTF-7"),
        (ITEM.replace("UTF-8", "IBM037").encode(), "encoding IBM037"),
        (ITEM.replace("Fluß", "\x81\x8d").encode("latin-1"), "broken XML"),
        (DEEP_XML.encode(), "levels deep"),
        (f"<newsMessage {NAR}><header/></newsMessage>".encode(), "no newsItem"),
        (f"<newsItem {NAR}><itemMeta/></newsItem>".encode(), "no identifier"),
        (b"<nitf><head/><body/></nitf>", "no identifier, headline, text or picture"),
        (b"<sports-content/>", "no identifier, headline, text or picture"),
        (
            b'{"uri": "urn:k:1", "pubstatus": "usable"}',
            r"story urn:k:1 has no headline, text or picture.*canceled.*at \$",
        ),
        (
            f'<newsItem {NAR} guid="urn:k:2"><itemMeta/><contentMeta/></newsItem>'.encode(),
            "story urn:k:2 has no headline",
        ),
        (b"<memo><body/></memo>", r"<memo> is not read.*newsml-g2"),
        (b"<?xml version='1.0'?><!-- x -->", "no root element"),
        (b"<rss><channel/></rss>", "no items"),
        (b"<rss/>", "no channel"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "no entries"),
        (b'{"uri": "urn:x:1", "headline"', "broken JSON"),
        (b'{"uri": "\xff"}', "UTF-8|broken JSON"),
        (b"[]", "empty"),
        (b'{"a": 1}', "not ninjs"),
        (b'{"a":' + b"[" * 5000, "deep|broken"),
        (b'{"uri":"x","headline":"h","a":' + b"[" * 300 + b"]" * 300 + b"}", "nested more than 200"),
        (b"abc \xff\xfe\x81 def \xdd\x8f\xd0", "not utf-8"),
        (b"\x01\x02binary\x00", "control characters"),
    ],
)
def test_bad_input_is_explained(data: bytes, reason: str) -> None:
    """Each kind of bad input has its own reason, with a place where there is one."""
    with pytest.raises(Unparseable, match=reason):
        parse(data)


@pytest.mark.parametrize(
    "said",
    [
        {"pubstatus": "canceled"},
        {"pubstatus": "withheld"},
        {"slugline": "quay"},
        {"description_text": "A quay."},
        {"body_text": "Raised."},
        {"ednote": "Advisory: the quay story moves at noon."},
        {"signals": [{"name": "correction"}]},
        {"renditions": [{"href": "https://ex.example/k.jpg"}]},
        {"renditions": [{"href": "https://ex.example/k.xml", "contenttype": "application/nitf+xml"}]},
        {"type": "composite", "associations": [{"name": "a", "uri": "urn:k:3"}]},
        {"altids": [], "headlines": [{"role": "sub", "value": "No ferry for a week"}]},
    ],
    ids=str,
)
def test_a_story_says_something_without_a_headline(said: dict[str, Any]) -> None:
    """What takes a story back, a note to desks, a picture, a package, a text that lies at a link."""
    [story] = parse(json.dumps({"uri": "urn:k:1", "versioncreated": "2031-05-06T03:00:00Z", **said}).encode()).stories
    assert story.guid == "urn:k:1"


def test_an_item_that_says_nothing_keeps_no_other_out() -> None:
    """It is told apart by its place."""
    items = [{"uri": f"urn:k:{said}", "headline": said.strip("0")} for said in "A0B"]
    parsed = parse(json.dumps(items).encode())
    assert [one.headline for one in parsed.stories] == ["A", "B"]
    assert [(one.path, "urn:k:0" in one.reason) for one in parsed.refused] == [("$[1]", True)]


def test_the_place_is_given() -> None:
    """Broken XML names line and column."""
    with pytest.raises(Unparseable) as caught:
        parse(f"<newsItem {NAR}>\n<a>\n</b></newsItem>".encode())
    assert caught.value.format == "newsml-g2"
    assert caught.value.line == 3
    assert caught.value.column
    assert "line 3" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "line", "column", "reason"),
    [
        (b'{\n "uri": "urn:x:1",\n "headline" "h"\n}', 3, 13, "broken JSON: expected ':'"),
        ('{"uri": "urn:x:1", "headline": "Äö" "h"}'.encode(), 1, 37, "broken JSON"),
        (b'{"uri": "urn:x:1",\n "headline": "h', 2, 16, "truncated"),
        (b'{"uri": "urn:x:1"}\n{"uri": "urn:x:2"}\n', 2, 1, "more follows.*application/x-ndjson"),
    ],
)
def test_the_place_of_broken_json_is_given(data: bytes, line: int, column: int, reason: str) -> None:
    """Line and column of what is wrong; the end, where it breaks off. Columns count characters."""
    with pytest.raises(Unparseable, match=reason) as caught:
        parse(data, hint="application/json")
    assert (caught.value.format, caught.value.line, caught.value.column) == ("ninjs", line, column)


@pytest.mark.parametrize("hint", ["ninjs", "application/json", "jsonfeed"])
def test_what_is_said_to_be_json_and_is_broken_at_once_is_told_where(hint: str) -> None:
    """It begins like JSON, though not like any that is whole."""
    with pytest.raises(Unparseable, match=r"broken JSON.*line 1, column 2"):
        parse(b"{uri: broken}", hint=hint)


def test_the_place_of_a_byte_that_is_no_utf8_counts_from_the_start_of_the_message() -> None:
    """Not from the start of the string that it is in."""
    data = b'{"uri": "urn:x:1", "headline": "caf\xe9"}'
    with pytest.raises(Unparseable, match="UTF-8") as caught:
        parse(data, hint="application/json")
    assert caught.value.offset == data.index(b"\xe9")


def test_json_that_has_a_name_and_nothing_else_is_said_to_lack_the_story() -> None:
    """The reason names what is missing, not what is there."""
    with pytest.raises(Unparseable, match="lacks a headline, a body or the like; it has type, uri"):
        parse(b'{"uri": "urn:x:1", "type": "text"}')


def test_a_doctype_without_declarations_is_harmless() -> None:
    """An external DTD is named often; it is never fetched."""
    doctype = '<!DOCTYPE newsItem SYSTEM "http://localhost:1/x.dtd">'
    assert parse(ITEM.replace("?>", f"?>{doctype}", 1).encode()).stories[0].guid == "urn:x:1"


@pytest.mark.parametrize(
    ("limits", "data", "reason"),
    [
        (Limits(bytes=10), ITEM.encode(), "bytes"),
        (
            Limits(stories=1),
            f"<newsMessage {NAR}><itemSet>{ITEM[38:] * 2}</itemSet></newsMessage>".encode(),
            "2 stories",
        ),
        (Limits(paragraphs=1), ITEM.encode(), "2 paragraphs"),
        (Limits(depth=4), ITEM.encode(), "more than 4 levels"),
        (Limits(elements=5), b"<html>" + b"<p>x</p>" * 10, "elements"),
    ],
)
def test_limits_are_kept(limits: Limits, data: bytes, reason: str) -> None:
    """A message over a limit is refused whole, never cut."""
    with pytest.raises(Unparseable, match=reason):
        parse(data, limits=limits, url="https://post.example/1")


TOKENS = b"""<html>|<p>|</p>|<article>|<!DOCTYPE html>|<rss>|<channel>|<item>|<title>|AFP |<a href='http://[x'>
{"uri":1,"headline":"x"|}|[|]|<![CDATA[|&amp;|&#0;|&nope;|<script type='application/ld+json'>|</script>|<li>
<table><td>|\xff|\x00|{"@type":"NewsArticle","headline":["x"],"author":[[1]]}
<newsItem guid='x'>|<contentSet><inlineXML>|some words of text """
tokens = st.sampled_from(re.split(rb"[|\n]", TOKENS))


@settings(max_examples=tries(400), deadline=None)
@given(st.lists(tokens, max_size=14).map(b"".join))
def test_arbitrary_markup(data: bytes) -> None:
    """Bits of every format thrown together give stories or Unparseable."""
    read_or_refused(data, url="https://post.example/1")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(ITEM.encode()) - 1))
def test_a_message_cut_off_anywhere_is_refused(at: int) -> None:
    """No prefix of a NewsML-G2 message is taken for a story."""
    with pytest.raises(Unparseable):
        parse(ITEM.encode()[:at])


@pytest.mark.parametrize(
    ("data", "hint", "format"),
    [
        (b"<html><body>", "", "html"),
        (b"<!DOCTYPE html><x-page>", "", "html"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- c --><rss><channel>", "", "rss"),
        (b'  {"uri": 1}', "", "ninjs"),
        (b"[Correction] Words", "", "text"),
        (ITEM.encode("utf-16"), "", "newsml-g2"),
        (ITEM.encode("utf-16-le"), "", "newsml-g2"),
    ],
)
def test_the_format_is_told_by_content(data: bytes, hint: str, format: str) -> None:
    """Content decides; the hint does not override it."""
    try:
        found = parse(data, hint=hint, url="https://post.example/1").format
    except Unparseable as fault:
        found = fault.format
    assert found == format
