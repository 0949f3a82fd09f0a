"""The dateline is cut out of the text without harming it."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_publish.renditions.undated import undated
from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story

FRONT = "OAKHAVEN, March 3 (AFP) - "


def cut(html: str, *paragraphs: str, front: str = FRONT, at: int = 0) -> tuple[tuple[str, ...], str]:
    """Paragraphs and HTML without the dateline that paragraph ``at`` begins with."""
    story = Story(guid="invented", paragraphs=paragraphs, body_html=html)
    left = undated(story, Dateline(text=front.strip(), where=f"paragraphs[{at}]", cut=len(front)))
    return left.paragraphs, left.body_html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>OAKHAVEN, March 3 (AFP) - The port &amp; town.</p>", "<p>The port &amp; town.</p>"),
        ("<p><b>OAKHAVEN, March 3 (AFP)</b> - The port &amp; town.</p>", "<p>The port &amp; town.</p>"),
        ("<p><b>OAKHAVEN, March 3 (AFP) - The port</b> &amp; town.</p>", "<p><b>The port</b> &amp; town.</p>"),
        (
            '<p>OAKHAVEN, March 3 (<a href="https://a.example/">AFP</a>) - The <i>port</i> &amp; town.</p>',
            "<p>The <i>port</i> &amp; town.</p>",
        ),
        ("<p>OAKHAVEN, March 3 (AFP) -<br>The port &amp;<br>town.</p>", "<p>The port &amp;<br>town.</p>"),
        (
            "<p><em><b>OAKHAVEN</b>, March 3</em> (AFP) - <em>The</em> port &amp; town.</p>",
            "<p><em>The</em> port &amp; town.</p>",
        ),
    ],
)
def test_inline_markup_of_the_first_sentence_stays(html: str, left: str) -> None:
    """What stood around the dateline alone goes, what holds words of the sentence stays."""
    assert cut(html, f"{FRONT}The port & town.") == (("The port & town.",), left)


def test_a_dateline_below_a_byline_is_cut_there() -> None:
    """Only its own paragraph changes."""
    html = f"<p>By Jane Roe</p><p>{FRONT}The port.</p><p>{FRONT}Again.</p>"

    assert cut(html, "By Jane Roe", f"{FRONT}The port.", f"{FRONT}Again.", at=1) == (
        ("By Jane Roe", "The port.", f"{FRONT}Again."),
        f"<p>By Jane Roe</p><p>The port.</p><p>{FRONT}Again.</p>",
    )


def test_a_paragraph_that_is_nothing_but_the_dateline_goes() -> None:
    """From both renditions of the text."""
    assert cut("<p>OAKHAVEN (AFP)</p><p>The port.</p>", "OAKHAVEN (AFP)", "The port.", front="OAKHAVEN (AFP)") == (
        ("The port.",),
        "<p>The port.</p>",
    )


def test_text_and_html_are_cut_alike_or_not_at_all() -> None:
    """HTML that has no such paragraph where it is looked for leaves the plain text whole as well."""
    for html in (
        "<p>Something else stands here.</p>",
        f"<p>{FRONT}The port.",
        "<p>Far.</p>" * 20 + f"<p>{FRONT}The port.</p>",
    ):
        assert cut(html, f"{FRONT}The port.") == ((f"{FRONT}The port.",), html)


def test_a_dateline_is_found_in_one_of_the_first_twenty_paragraphs() -> None:
    """The text may have fewer paragraphs than its HTML has blocks."""
    above = "<p>Near.</p>" * 19

    assert cut(f"{above}<p>{FRONT}The port.</p>", f"{FRONT}The port.") == (("The port.",), f"{above}<p>The port.</p>")


def test_a_sign_that_opens_no_tag_is_a_letter() -> None:
    """As in a text that was not escaped well."""
    assert cut(f"<p>{FRONT}< 4 boats</p>", f"{FRONT}< 4 boats") == (("< 4 boats",), "<p>< 4 boats</p>")


@pytest.mark.parametrize(
    "dateline",
    [
        None,
        Dateline(text="OAKHAVEN", where="dateline"),
        Dateline(text="OAKHAVEN", where="paragraphs[0]"),
        Dateline(text="OAKHAVEN", where="paragraphs[1]", cut=5),
    ],
)
def test_a_story_without_a_dateline_in_its_text_is_left_alone(dateline: Dateline | None) -> None:
    """One that only a field states, or that points nowhere, cuts nothing."""
    story = Story(guid="invented", paragraphs=("The port.",), body_html="<p>The port.</p>")

    assert undated(story, dateline) is story


MARKS = st.sampled_from(["b", "i", "em", "strong"])


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, str, str]:
    """A dateline, a sentence, and the HTML of both with marks and breaks set anywhere."""
    words = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=8)
    front, rest = (" ".join(draw(st.lists(words, min_size=1, max_size=5))) for _ in range(2))
    pieces = draw(st.permutations([*range(len(front) + len(rest) + 2)]))[:4]
    html, opened = "", ""
    for at, char in enumerate(f"{front} {rest}"):
        if at in pieces:
            html += f"</{opened}>" if opened else ""
            opened = "" if opened else draw(MARKS)
            html += f"<{opened}>" if opened else ""
        html += "<br>" if char == " " and draw(st.booleans()) else escape(char, quote=False)
    return front, rest, html + (f"</{opened}>" if opened else "")


@given(marked())
def test_what_is_left_is_the_sentence_letter_for_letter(story: tuple[str, str, str]) -> None:
    """However the paragraph is marked up, both renditions say the same, and every mark that opens closes."""
    front, rest, html = story
    (left,), shown = cut(f"<p>{html}</p>", f"{front} {rest}", front=f"{front} ")

    assert left == rest
    assert "".join(unescape(re.sub("<[^>]*>", "", shown)).split()) == "".join(rest.split())
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)>", shown.replace("<br>", "")):
        assert opened.pop() == name if closing else not opened.append(name)
    assert not opened
