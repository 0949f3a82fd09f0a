"""Between a page's headline and its text stands whose copy it is, in boxes that no name tells; pictures beside it."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import parse

H = "Lighthouse keeper wins the rowing race"
P = "".join(
    f"<p>{text}</p>"
    for text in (
        "The keeper of the northern lighthouse won the rowing race on Sunday, ten boats ahead of last year's winner.",
        "She trained in the winter, when no ships come, and nobody on the pier had thought that she would take part.",
        "The second place went to two bakers from the old town, who had been ahead until the last buoy but one.",
        "The next race is in autumn. The harbour office says that it wants more boats and a longer course for them.",
    )
)


def said(head: str, before: str = "") -> dict[str, str]:
    """What the page says of its origin, by text, with the element that says it."""
    page = f'<html><body>{before}<div class="q1"><h1>{H}</h1>{head}<div class="q2">{P}</div></div></body></html>'
    found = parse(page.encode(), hint="text/html", url="https://port.example/race").stories[0]
    return {credit.value: credit.where for credit in found.credits}


@pytest.mark.parametrize(
    ("head", "statement"),
    [
        ('<div class="x7">AFP</div>', "AFP"),
        ("<div><span>PTI</span><span>Mumbai</span></div>", "PTI"),
        ('<div class="x7">PTI | Mumbai | 03-03-2026 10:00 IST</div>', "PTI"),
        ('<div class="x7">Quay 24 with AFP, 12 March 2026</div>', "Quay 24 with AFP, 12 March 2026"),
        (
            '<p>By Ann Roe | <a class="source" href="/s">AFP</a> | 5.3.2026 10:15 | Updated: 6.3.2026 11:45 CET</p>',
            "AFP",
        ),
        ('<div class="x7">2026-03-03 10:00 来源：新华社</div>', "来源：新华社"),
        ("<ul><li>published: 3 Mar 2026 at 10:00</li><li>writer: Reuters</li></ul>", "writer: Reuters"),
        ('<div><a href="/writers/ansa">ANSA</a> / <i>3 Mar</i></div>', "ANSA"),
        ("REUTERS<br>", "REUTERS"),
        ("<div><span>AFP</span> <span>March 3, 2026</span></div>", "AFP"),
        ("<div>AFP 3 mars 2026</div>", "AFP"),
        ('<div class="source-logo"><img src="/s.svg" alt="AFP"></div>', "AFP"),
        ("<div><div><b>Xinhua</b><i>Sunday, March 03, 2026</i></div></div>", "Xinhua"),
        ('<ul class="elementor-widget"><li>Por: EFE</li><li>03 mar, 2026</li></ul>', "Por: EFE"),
    ],
)
def test_a_line_between_headline_and_text_says_where_copy_is_from(head: str, statement: str) -> None:
    """By its place, whatever its box is called; dates, bars and lists stand around it."""
    assert said(head)[statement] == "source"


@pytest.mark.parametrize(
    "head",
    [
        '<div class="x7"><img src="boat.jpg"><div>AFP</div></div>',
        '<figure><img src="boat.jpg"><figcaption>AFP</figcaption></figure>',
        '<nav><a href="/afp">AFP</a></nav>',
        '<div><a href="/tag/afp">AFP</a></div>',
        '<div class="related"><p>AFP</p></div>',
        "<p>Two bakers told <b>AFP</b> that they would row again.</p>",
        '<div class="x7">3 March 2026, 10:00</div>',
        "<div><b>AA</b><button>+</button></div>",
        '<div class="x7">Fri | a.m. EDT | Updated</div>',
    ],
)
def test_what_is_no_line_about_the_story_says_nothing(head: str) -> None:
    """A picture with what stands under it, subjects, other stories, a name inside a sentence, a date."""
    assert "source" not in said(head).values()


def test_what_stands_before_the_headline_says_nothing() -> None:
    """Sections and tickers above it are the page's."""
    assert "source" not in said("", before='<div class="x7">AFP</div>').values()


@pytest.mark.parametrize("name", ["Caption", "box-caption", "main-image__title", "lead-photo-source"])
def test_a_part_that_is_called_a_caption_is_one(name: str) -> None:
    """Without any picture in the same box."""
    assert said(f'<div id="top"><div class="{name}">The bakers at the buoy. (The Port Press)</div></div>') == {
        "The bakers at the buoy. (The Port Press)": "picture"
    }


PICTURE = "<section><figure><img src='boat.jpg'></figure><figcaption>The keeper. Foto: AFP</figcaption></section>"


def around(article: str) -> tuple[str, ...]:
    """The pictures' credits of a page with its story in an ``article``."""
    found = parse(f"<html><body><main>{article}</main></body></html>".encode(), hint="text/html").stories[0]
    return tuple(credit.value for credit in found.credits if credit.where == "picture")


def test_a_picture_before_the_article_is_the_story_s() -> None:
    """The page opens with it, one part above."""
    story = f"<section><article><h1>{H}</h1>{P}</article></section>"
    assert around(f"<div>{PICTURE}{story}</div>") == ("The keeper. Foto: AFP",)


def test_a_picture_between_articles_is_another_story_s() -> None:
    """What stands before one article of many belongs to none of them."""
    other = "<article><h2>Bakers build a boat</h2><p>They begin in spring.</p></article>"
    assert around(f"<div>{other}{PICTURE}<article><h1>{H}</h1>{P}</article></div>") == ()


def test_labelled_statements_on_one_line_are_told_apart() -> None:
    """As systems of East Asia set them; a label within running text parts nothing."""
    line = "<div><small>时间:</small>2026-02-24 16:40 <small>来源:</small>新华社 <small>作者:</small>林远</div>"
    assert said(line) == {"来源: 新华社": "source", "作者: 林远": "byline"}
    assert "Author of the article: Jane Roe" in said("<div>Author of the article: Jane Roe</div>")
    assert "Author of the" not in said("<div>Author of the article: Jane Roe</div>")


def test_a_source_that_the_text_begins_with_is_no_byline() -> None:
    """Its label says what it is."""
    assert said("", f"</div><div><h1>{H}</h1><div><p>Source: GNA</p>{P}</div>")["Source: GNA"] == "source"


def test_a_button_beside_a_name_is_none_of_the_byline() -> None:
    """Pages set a link to all that the author wrote in the same box."""
    found = said('<div class="writer"><b>Jane Roe</b> <a href="/w/7">More stories by Jane Roe</a></div>')
    assert found["Jane Roe"] == "byline"
    assert [text for text, where in found.items() if where == "byline"] == ["Jane Roe"]


def test_a_byline_in_a_bar_of_buttons_is_one() -> None:
    """It stands between headline and text in a part that is called noise; one of another story is not this one's."""
    line = "By Ann Roe and Jan Wilk"
    assert said(f"<div class='social-share'><i>{line}</i><a>Share</a></div>")[line] == "byline"
    assert line not in said(f"<div class='related'><a href='/x'>Ferry runs every hour</a><i>{line}</i></div>")


@pytest.mark.parametrize("line", ["港湾晚报记者 林远 陈立", "《石湾周刊》作者 林远", "记者 林远、陈立"])
def test_a_chinese_byline_needs_no_colon(line: str) -> None:
    """A word for reporters, a space and names, with the paper before it; running text that begins so is none."""
    assert said(f"<div>{line}</div>")[line] == "byline"
    running = "记者 林远在码头看到的情形并非如此"
    assert said(f"<div>{running}</div>").get(running) != "byline"


def test_a_box_about_the_author_above_the_text_gives_the_name_and_no_text() -> None:
    """Its link to what she wrote says who it is."""
    told = "<p>Ann Roe has covered the harbour for the Quay Post since 2011 and keeps two boats of her own there.</p>"
    box = f"<div class='author-box'><img src='a.jpg'><a href='/author/ann-roe'>Ann Roe</a>{told}</div>"
    page = f"<html><body><div><h1>{H}</h1>{box}<div>{P}</div></div></body></html>"
    found = parse(page.encode(), hint="text/html", url="https://port.example/race").stories[0]
    assert (found.byline, len(found.paragraphs)) == ("Ann Roe", 4)


def test_a_long_box_that_begins_with_a_name_is_that_author_s() -> None:
    """Where she works and how she is reached stand behind it."""
    more = "<div>Associate editor of the Port Post</div><div><a href='/c'>Connect with Ann</a> | Biography</div>"
    assert said(f"<div class='author-header'><div class='author-name'>Ann Roe</div>{more}</div>")["Ann Roe"] == "byline"


@pytest.mark.parametrize(
    "rest",
    [
        "and <span class='author'>Bob Doe</span> of the Associated Press in the old town",
        ", Associated Press writer at the northern lighthouse, from the pier",
    ],
)
def test_a_line_that_goes_on_behind_its_first_name_is_the_byline_as_a_whole(rest: str) -> None:
    """It is no box: who wrote it too, and for which agency, stands there."""
    line = f"<div class='byline'><span class='author'>Ann Roe</span> {rest}</div>"
    page = f"<html><body><div><h1>{H}</h1>{line}<div>{P}</div></div></body></html>"
    byline = parse(page.encode(), hint="text/html", url="https://port.example/race").stories[0].byline
    assert byline.startswith("Ann Roe")
    assert "Associated Press" in byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<a href='/authors/ann' class='author-name'>Ann Roe</a> <a href='/mail'>Write to me</a>", "Ann Roe"),
        ("<span class='author'>Ann Roe</span> <span>Science reporter, Port Post</span>", "Ann Roe"),
        ("<b>Lomar</b> <span class='author'>Ann Roe</span>", "Ann Roe"),
        ("<b>AFP</b> <span class='author'>Ann Roe</span>", "AFP Ann Roe"),
        ("<b>dpa</b> <span class='author'>Ann Roe</span>", "dpa Ann Roe"),
        ("By <span class='author'>Ann Roe</span>, AFP", "By Ann Roe, AFP"),
    ],
)
def test_a_name_marked_within_its_line_is_the_byline_without_what_stands_beside_it(line: str, byline: str) -> None:
    """A button, what she does, a place; an agency, and what the line goes on with, stay."""
    page = f"<html><body><div><h1>{H}</h1><div class='byline'>{line}</div><div>{P}</div></div></body></html>"
    assert parse(page.encode(), hint="text/html", url="https://port.example/race").stories[0].byline == byline


def test_a_linked_author_behind_a_short_word_of_any_language_is_the_byline() -> None:
    """The word for authors need not be known."""
    line = "<p>xo <a href='/authors/ann'>Ann Roe</a></p>"
    page = f"<html><body><div><h1>{H}</h1>{line}<div>{P}</div></div></body></html>"
    assert "Ann Roe" in parse(page.encode(), hint="text/html", url="https://port.example/race").stories[0].byline
