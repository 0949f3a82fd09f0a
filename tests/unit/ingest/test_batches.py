"""Batches taken apart: every part with the bytes that were sent, within bounds of number, time and memory."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slowness import in_time

from dateline_ingest.doors.batch import MOST, NoBatch, Part, parts_of, sole_part

LINES = "application/x-ndjson"
CUT = 'multipart/mixed; boundary="cut here"'


def body_of(*parts: bytes, end: bytes = b"\r\n") -> bytes:
    """A multipart body of parts with an empty header each."""
    return b"".join(b"--cut here" + end * 2 + part + end for part in parts) + b"--cut here--" + end


def test_a_line_is_a_message_and_empty_lines_are_none() -> None:
    """Whatever ends the lines."""
    assert [part.data for part in parts_of(b'\r\n {"a": 1} \r\n\n  \n{"b": 2}', LINES)] == [b'{"a": 1} ', b'{"b": 2}']


@given(st.lists(st.binary(max_size=200).filter(lambda part: b"--cut here" not in part), min_size=1, max_size=5))
def test_a_part_has_exactly_the_bytes_that_were_sent(parts: list[bytes]) -> None:
    """Line ends, zeros and all."""
    assert [part.data for part in parts_of(b"preamble\r\n" + body_of(*parts) + b"epilogue", CUT)] == parts


def test_the_head_of_a_part_says_what_it_is() -> None:
    """Media type, name and address; base64 and quoted-printable are taken back."""
    text = "Fähre".encode()
    body = (
        b"--cut here\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/a\r\n"
        b"Content-Disposition: form-data; name=a; filename*=utf-8''F%C3%A4hre.html\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(text) + b"\r\n"
        b"--cut here\r\ncontent-transfer-encoding: quoted-printable\r\n\r\nF=C3=A4hre\r\n--cut here--"
    )
    first, second = parts_of(body, CUT)
    assert (first.data, first.hint, first.name, first.url) == (text, "text/html", "Fähre.html", "https://example.org/a")
    assert (second.data, second.hint) == (text, "")


def test_a_bare_line_feed_is_a_line_end_too() -> None:
    """Scripts send them."""
    assert [part.data for part in parts_of(body_of(b"one", b"two\n", end=b"\n"), CUT)] == [b"one", b"two\n"]


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (body_of(b"one", b"two")[:-16], CUT, "closing boundary"),
        (b"--cut here\r\nno header's end", CUT, "closing boundary"),
        (b"--cut here\r\nno header's end\r\n--cut here--", CUT, "no empty line"),
        (body_of(b"one"), "multipart/mixed;b\t*", "cannot be read"),
        (body_of(b"one"), "multipart/mixed", "no boundary"),
        (body_of(b"one"), 'multipart/mixed; boundary="other"', "does not hold the boundary"),
        (b"--cut here--", CUT, "no message in it"),
        (b"\n \n", LINES, "no message in it"),
        (b"1\n" * (MOST + 1), LINES, "more than 1000 messages"),
        (body_of(*[b"x"] * (MOST + 1)), CUT, "more than 1000 messages"),
    ],
)
def test_what_cannot_be_taken_apart_is_said(body: bytes, kind: str, said: str) -> None:
    """In a sentence for the sender."""
    with pytest.raises(NoBatch, match=said):
        parts_of(body, kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"1\n" * 4_000_000, LINES),
        (b" " * 8_000_000, LINES),
        (b"\r\n--cut here" * 600_000, CUT),
        (b"--cut here" + b" " * 8_000_000, CUT),
        (b"--cut here\r\n" + b"\r" * 8_000_000 + b"\r\n--cut here--", CUT),
    ],
)
def test_no_body_takes_long(body: bytes, kind: str) -> None:
    """Eight million bytes of the worst kind: nobody else waits for them."""

    def refused() -> None:
        with pytest.raises(NoBatch):
            parts_of(body, kind)

    in_time(1.0, refused)


def test_a_text_that_curl_took_the_lines_of_is_refused() -> None:
    """``curl -d @story.txt`` sends it in one line: its headline would be the whole story. XML and JSON do not mind."""
    form = "application/x-www-form-urlencoded"
    with pytest.raises(NoBatch, match="--data-binary"):
        sole_part("Möwe bringt Fähre aufHAMBURG - Eine Möwe.".encode(), form)
    for body in (b"Gull\n\nA gull.", b"  <nitf></nitf>", b'{"uri": "a"}', b""):
        assert sole_part(body, form) == Part(body, form)
    assert sole_part(b"Gull", "text/plain") == Part(b"Gull", "text/plain")


def test_a_push_is_what_a_form_sent_as_its_file_or_else_the_body() -> None:
    """Other multipart types are messages themselves; so is what says to be a form and does not begin like one."""
    form = CUT.replace("mixed", "form-data")
    assert sole_part(body_of(b"<nitf/>"), form) == Part(b"<nitf/>")
    for body, kind in ((b"<nitf/>", form), (b"<nitf/>", "text/xml"), (body_of(b"a"), CUT.replace("mixed", "related"))):
        assert sole_part(body, kind) == Part(body, kind)


def test_a_push_of_several_messages_is_told_where_to_go() -> None:
    """Not one of them is taken for the story."""
    with pytest.raises(NoBatch, match=r"has 2 parts.*/v1/batches"):
        sole_part(body_of(b"a", b"b"), CUT)
