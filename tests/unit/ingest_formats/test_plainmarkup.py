"""The short way through plain markup gives what the long way gives, or gives up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.plain import plain_body
from dateline_ingest.formats.markup.strings import html_tree
from dateline_ingest.formats.markup.writer import BodyWriter

WIRES = Path(__file__).parents[4] / "shared" / "wires" / "ninjs-json"


def short(text: str) -> Body | None:
    """The short way."""
    return plain_body(text, elements=10_000)


def long(text: str) -> Body:
    """The long way."""
    tree = html_tree(text)
    if tree is None:
        return Body()
    writer = BodyWriter()
    writer.add(tree)
    return writer.body()


@pytest.mark.parametrize(
    "text",
    [
        "<p>One.</p>\n<p>Two &amp; three &lt;4&gt;, &#8220;five&#8221;.</p>",
        " <h2>Head</h2><p class='x' id=\"y\" hidden >One  two</p><p> </p><p>&nbsp;</p>\n",
        "<p>a > b</p><p>e&#769; e\u0301</p>",
        "<p>One<br>two <b>three > 2</b></p>",
        "<p> <b>One</b> <i></i><em> two </em>e\u0301<u>three</u><span> </span></p>",
        '<p>At <a class="x" href=" https://port.example/?a=1&amp;b=2 ">the &lt;port&gt;</a>, <a name="y">quay</a>.</p>',
        '<p><a href="javascript:x()">no</a> <a href="mailto:ada@port.example"><strong>yes</strong></a></p>',
        "<ul>\n<li>One</li> <li> </li><li><b>two</b></li></ul><ol><li>three</li></ol><p>Four.</p>",
        '<!-- boats --><p>One</p><figure><img src="1.jpg"><figcaption>A &amp; B</figcaption></figure><p>two</p>',
    ],
)
def test_plain_markup_takes_the_short_way(text: str) -> None:
    """Paragraphs, headings and lists of text with links, emphasis and breaks; comments and pictures beside them."""
    assert short(text) == long(text)


@pytest.mark.parametrize(
    "text",
    [
        "words alone",
        "<div><p>One</p></div>",
        "<p>One</p> stray <p>two</p>",
        "<p>One <b>two</p></b>",
        "<p>One",
        "<p>One<p>two</p></p>",
        "<p>AT&T and &bogus; and &amp</p>",
        "<p>&#150; and &#xe9;</p>",
        "<p>soft\u00ad hyphen</p>",
        "<p>One<br> <br>two</p>",
        "<p>One.<br>(AFP)</p>",
        "<ul><li>One<br>two</li></ul>",
        "<p><tt>One</tt></p>",
        "<p><b/>One</b></p>",
        '<p><a href="https://port.example/\tquay">one</a></p>',
        '<p><a\u00a0href="https://port.example/">one</a></p>',
        "<p>" + "<b>" * 12 + "One" + "</b>" * 12 + "</p>",
        '<p><a href="/1" href="/2">one</a></p>',
        '<p><a title="&quot; href=&quot;https://port.example/">one</a></p>',
        "<p>One</p><p><b>\u0338two</b></p>",
        "<p></p>",
        "<p>One<script>x()</script></p>",
        "<p>One <!-- two --></p>",
        "<p>One < two</p>",
        "<p onclick=x>One</p>",
        "<p><a href='/1'>one <a href='/2'>two</a></a></p>",
        "<p><a href='/1?a=1&copy=2'>one</a></p>",
        "<p>one\x85two</p>",
    ],
)
def test_other_markup_does_not(text: str) -> None:
    """Anything that a parser would have to repair or knows better."""
    assert short(text) is None


BITS = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<p class='x'>",
            "<h2>",
            "</h2>",
            "<b>",
            "</b>",
            "<em>",
            "</em>",
            "<span>",
            "</span>",
            "<u>",
            "</u>",
        ),
        *("<a href='/1'>", '<a href="x:y">', "<a>", "</a>", "one", " two ", " ", "\n", "&amp;", "&nbsp;", "&lt;p&gt;"),
        *("\u00ad", "\u200b", "é", "<", "&", "<br>", "</i>", "<i >", "&#8211;", "&copy;", ">", "\t\t", "e\u0301"),
    )
)
PIECES = st.lists(
    st.sampled_from(
        ("one", " two ", " ", "&amp;", "&nbsp;", "&ldquo;", "é", "e\u0301", "&#8211;", "&lt;b&gt;", ">", "\t", '"')
    ),
    max_size=8,
).map("".join)


INLINE = ("|", "<b>|</b>", "<em>|</em> ", "<u>|</u>", "<br>|", '<a href="https://port.example/1">|</a>', "<a>|</a>")


@settings(max_examples=tries(600), deadline=None)
@given(st.lists(BITS, max_size=14).map("".join))
def test_the_short_way_never_differs_on_bits(text: str) -> None:
    """Whatever is thrown together: the same, or nothing."""
    found = short(text)
    assert found is None or found == long(text)


@settings(max_examples=tries(600), deadline=None)
@given(st.lists(PIECES.map(lambda inner: f"<p>{inner}</p>"), min_size=1, max_size=5).map("\n".join))
def test_the_short_way_never_differs_on_paragraphs(text: str) -> None:
    """Well-formed paragraphs take it, and give the same; it gives up where there is none."""
    assert (short(text) or Body()) == long(text)


@settings(max_examples=tries(600), deadline=None)
@given(
    st.recursive(
        PIECES,
        lambda inner: st.lists(
            st.tuples(inner, st.sampled_from(INLINE)).map(lambda both: both[1].replace("|", both[0])), max_size=3
        ).map("".join),
        max_leaves=6,
    ),
    st.sampled_from(("<p>|</p>", "<h3>|</h3>", "<ul><li>a</li><li>|</li></ul>")),
)
def test_the_short_way_never_differs_within_paragraphs(inside: str, block: str) -> None:
    """Links and emphasis within one another: the same, or nothing."""
    found = short(block.replace("|", inside))
    assert found is None or found == long(block.replace("|", inside))


@pytest.mark.skipif(not WIRES.exists(), reason="no copy of the agency files here")
def test_the_short_way_never_differs_on_agency_files() -> None:
    """Bodies as they come."""
    for path in sorted(WIRES.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        for item in said.get("item", [said]):
            body = item.get("body_html") or item.get("body_xhtml") or ""
            found = short(body)
            assert found is None or found == long(body)
