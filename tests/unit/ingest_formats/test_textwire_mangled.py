"""Text wires that were cut, doubled and mixed up give stories or a refusal, and nothing else, in little time."""

from __future__ import annotations

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import read_or_refused
from slowness import in_time

from dateline_ingest.formats.textwire.conventions import said_in

ANPA = (
    b"\x16\x16\x01W2870\x1fasian\r\nr i\x13\x11 BC-XX--River     03-26 0340\r\n\x02^BC-XX--River, 1st Ld,340<\r\n"
    b"^Town opens<\r\n^By ADA SAMPLE=\r\n\t   ORANBURG (XP) _ It ``opened'' 2{ days.\r\n"
    b"\x08^;W;L\x10 \r\n\x08A\x1f\x1e 1\r\n"
    b"\t   \x03XP-WF-03-26-26 1509GMT<\r\n\x0c\x04"
)
SEVEN = (
    b"\x01xca062 4 i 211 ccccb   epx 061\r\n\r\nRiver/fest/\r\n\x02(Achtung)\r\n1ST LEAD\r\nTown opens =\r\n\r\n"
    b"   Oranburg (epx) - It opened its f\xeate.\r\n\r\n# NOTEBOOK\r\n- Reporting by: A\r\n\r\n"
    b"epx a\r\n\x03261137 GMT Mar 26\r\n\x7f\x04"
)
CODES = [b"\x01", b"\x02", b"\x03", b"\x04", b"\x16", b"\x1b-A", b"\x1b(K", b"\x0e", b"\x0f", b"\x18", b"\x1f"]
SIGNS = [b"\r\n", b"\n\n", b"(", b")", b"=", b"^", b"| a | b |", b"\xe9", b"\xff", b"\x81", b"{", b"}ber ", b"9" * 30]
WORDS = [
    b"EMBARGOED UNTIL ",
    b"SPERRFRIST ",
    b"0001 GMT ",
    b"31.02.2026 ",
    b"99:99 ",
    b"Tuesday ",
    b"KILL",
    b"MORE",
    b"-2-",
]
WORDS += [b"take 99999 ", b"1st Ld ", b"slugged ", b"urn:newsml:a.b:1 ", b"Slug: x\nEmbargo: y\n", b"(Corrects "]
TOKENS = [*CODES, *SIGNS, *WORDS, b"INT001 3 GEN 0070 F BELGA-0001\n"]


def attempt(data: bytes, hint: str = "") -> None:
    """Stories whose embargoes have a zone, or a refusal; none takes a second."""
    for story in in_time(1.0, lambda: read_or_refused(data, hint)):
        assert story.embargo is None or story.embargo.tzinfo is not None


@settings(max_examples=tries(400), deadline=None)
@given(st.sampled_from([ANPA, SEVEN]), st.lists(st.tuples(st.integers(0, 400), st.sampled_from(TOKENS)), max_size=8))
def test_messages_with_bits_put_in(data: bytes, bits: list[tuple[int, bytes]]) -> None:
    """Codes and words at any place."""
    for at, bit in bits:
        data = data[:at] + bit + data[at:]
    attempt(data)


@settings(max_examples=tries(300), deadline=None)
@given(st.sampled_from([ANPA, SEVEN]), st.integers(0, 400), st.integers(0, 400))
def test_messages_that_are_cut(data: bytes, start: int, end: int) -> None:
    """Any piece."""
    attempt(data[start:] + data[:end])


@settings(max_examples=tries(400), deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6)), max_size=30).map(b"".join))
def test_tokens_thrown_together(data: bytes) -> None:
    """No message at all."""
    attempt(data)
    attempt(data, "text/plain; charset=cp1252")


@settings(max_examples=tries(300), deadline=None)
@given(st.text(max_size=120), st.text(max_size=200), st.text(max_size=200))
def test_any_words(keyword: str, line: str, text: str) -> None:
    """Any keyword, head and body can be asked what they say."""
    found = said_in(keyword, (line,), (text, line), sent=None)
    assert found.take >= 0 and found.lead >= 0


LONG = [b"a ", b"( ", b"1 ", b"- ", b"EMBARGO ", b"kill the ", b"By a ", b"``", b"_ ", b"{", b"\xe9 ", b"Die Meldung "]
LONG += [
    b"a\n",
    b"^Eds: a\n",
    b"^(\n",
    b"\x18",
    b"a\x18",
    b"\x08;\x10\n",
    b"\x08\x1e \x1e\n",
    b"| a |\n",
    b"\n# ",
    b"* ",
    b"Updated: 1 March 2026 at 10\n",
]
LONG += [b"[a](http://", b"1st Ld, ", b"/", b"a-", b"not for ", b"f}r ", b"slugged ", b"\t", b" "]


@pytest.mark.parametrize("bit", LONG)
def test_long_lines_and_many_lines_take_no_time(bit: bytes) -> None:
    """Patterns that look far ahead do not run away, and nothing looks at all lines for each line."""
    many = bit * (400_000 // len(bit))
    attempt(b"\x01xca062 4 i 211 epx 061\r\nriver\r\n\x02" + many + b"\x03261137 GMT Mar 26")
    attempt(SEVEN.replace(b"- Reporting by: A", many))
    attempt(ANPA.replace(b"It ``opened''", many))
    attempt(ANPA.replace(b"^Town opens<\r\n", b"^" + many + b"\r\n"))
    attempt(many)
    attempt(many + b"!\n\nTown opens\n\nIt opened.\n")
