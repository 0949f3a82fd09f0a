"""Bodies: the same content as plain paragraphs and as clean HTML."""

from __future__ import annotations

import re

import nh3
import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats import parse
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.markup.strings import any_body, html_body, html_tree, paragraphs_of
from dateline_ingest.formats.message import DEFAULT_LIMITS, Limits

LISTED = "p h2 h3 h4 ul ol li table tr td th thead tbody blockquote a em strong b i br"
TAGS = set(LISTED.split())
TABLE = "<table><tbody><tr><td>d</td></tr></tbody></table>"


def html(text: str) -> str:
    """The clean HTML of a string of markup."""
    return html_body(text, DEFAULT_LIMITS).html


@pytest.mark.parametrize(
    ("given_html", "wanted"),
    [
        ("<p>a</p>b<div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("a<br><br>b", "<p>a</p><p>b</p>"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<h1>x</h1><h5>y</h5>", "<h2>x</h2><h4>y</h4>"),
        ("<ul><li>a<li><p>b</p><p>c</p></ul><ul><li>d</ul>", "<ul><li>a</li><li>b<br>c</li></ul><ul><li>d</li></ul>"),
        ("<table><tr><th>a<td>b<tr><td></table>", "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"),
        ("a<table><caption>b<br>c</caption><tr><td>d</table>", f"<p>a</p><p>b<br>c</p>{TABLE}"),
        ("<table><tr><td><table><caption><b>a</b></caption><tr><td>d</table></table>", f"<p><b>a</b></p>{TABLE}"),
        ("<table><caption> </caption><tr><td>d</table>", TABLE),
        ("<table><caption>The boat</caption><tr><td><img src=x></table>", ""),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p>a <b>b <i>c</i></b> d</p>", "<p>a <b>b <i>c</i></b> d</p>"),
        ("<p><a href='https://x.example/?a=1&amp;b'>t</a></p>", '<p><a href="https://x.example/?a=1&amp;b">t</a></p>'),
        ("<p><a href='javascript:alert(1)'>t</a> <a href=' data:x'>u</a></p>", "<p>t u</p>"),
        ("<p onclick=x style=y>t<script>alert(1)</script><style>p{}</style></p>", "<p>t</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>a\u00ad\u200bb\u00a0 c</p>", "<p>ab c</p>"),
        ("<figure><img src=x><figcaption>c</figcaption></figure><p>a</p>", "<p>a</p>"),
    ],
)
def test_clean_html(given_html: str, wanted: str) -> None:
    """The HTML holds the listed tags, href and escaped text, and nothing else."""
    assert html(given_html) == wanted


PIECES = """<p>|</p>| |<b>|</b>|<i>|<a href='https://x.example/'>|<a href=javascript:x>|</a>|<ul>|<li>|</ul>|<table>
<tr>|<td>|<th>|</table>|<blockquote>|</blockquote>|<br>|<div>|</div>|<span>|<script>x</script>|<svg>|<style>|<math>|<h1>|<h3>
</h3>|<img/onerror=x>|<noscript>|<template>|</template>|&lt;script&gt;|&amp;|word|two|AFP|<!--|-->|<textarea>|]]>"""
pieces = st.sampled_from(re.split(r"[|\n]", PIECES))


@settings(max_examples=tries(300), deadline=None)
@given(st.lists(pieces, max_size=25).map("".join))
def test_an_independent_sanitiser_finds_nothing_to_remove(markup: str) -> None:
    """Whatever comes in, what goes out is what nh3 lets pass with the same list, and has the same words."""
    body = html_body(markup, DEFAULT_LIMITS)
    kept = nh3.clean(
        body.html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None, url_schemes={"http", "https", "mailto"}
    )
    assert kept == body.html
    root = html_tree(body.html) if body.html else None
    assert " ".join(body.paragraphs).split() == (_words(root) if root is not None else [])


def _words(root: object) -> list[str]:
    return " ".join(_in_order(root)).split()


def _in_order(root: object) -> list[str]:
    """Text of a tree, a space at every block's edge."""
    found = [""]

    def walk(element: object) -> None:
        block = element.tag not in ("a", "em", "strong", "b", "i")  # type: ignore[attr-defined]
        if block:
            found.append("")
        found[-1] += element.text or ""  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            walk(child)
            found[-1] += child.tail or ""
        if block:
            found.append("")

    walk(root)
    return found


def test_markup_too_deep_is_refused() -> None:
    """A body that is nested deeper than the limit is no story."""
    with pytest.raises(Unparseable, match="levels deep"):
        html_body("<div>" * 60 + "x", Limits(depth=20))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A wrapped line of a paragraph that was broken just here\nat its measure, was full, and on.\n\nTwo.",
            2,
        ),
        ("One line.\nTwo line.\nThree line.", 3),
        ("   One that is\nwrapped.\n   Two.\n   Three.", 3),
        ("One.\r\n\r\nTwo.\r\n \r\nThree.", 3),
    ],
)
def test_paragraphs_of_plain_text(text: str, wanted: int) -> None:
    """Blank lines, indents or short lines part paragraphs, as wires have it."""
    assert len(paragraphs_of(text)) == wanted


def test_a_string_is_markup_only_if_it_looks_like_it() -> None:
    """A lone angle bracket is text."""
    assert any_body("if a < b then\n\nc > d", DEFAULT_LIMITS).paragraphs == ("if a < b then", "c > d")
    assert any_body("a&nbsp;b", DEFAULT_LIMITS).paragraphs == ("a b",)


def test_a_paragraph_inside_a_paragraph_keeps_all_its_words_in_order() -> None:
    """Broken markup, every word of it once."""
    page = (
        "<rss><channel><item><guid>g</guid><title>t</title><description>"
        "&lt;p&gt;é&lt;h2&gt;&lt;/h2&gt;AFP&lt;foo&gt; (dpa) &lt;/foo&gt;&lt;/p&gt;"
        "</description></item></channel></rss>"
    )
    assert parse(page.encode()).stories[0].paragraphs == ("é", "AFP", "(dpa)")


@pytest.mark.parametrize(("paragraphs", "tag"), [(2, "<table>"), (3, "<p>")])
def test_a_table_whose_cells_hold_two_paragraphs_is_a_table(paragraphs: int, tag: str) -> None:
    """Only three or more in a cell show that it places things on a page."""
    cell = "".join(f"<p>{number}.</p>" for number in range(paragraphs))
    assert html_body(f"<table><tr><td>{cell}</td><td>9</td></tr></table>", Limits()).html.startswith(tag)
