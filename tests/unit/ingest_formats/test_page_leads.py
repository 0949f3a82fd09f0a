"""Leads, teasers, bylines and pictures of pages whose parts are called what their makers liked."""

from __future__ import annotations

import pytest
from quaypages import TEXT, H, P, page

DECK = "Traders may move in by autumn if the roof holds, the council says, but the cats that live there must stay"
OTHER = "Harbour cranes stand still for a nesting pair"


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{H}</h1><div class=infos><h2 class=subtitle>{DECK}</h2></div><div>{P}</div></article>",
        f"<article><div class='head hasCaption'><h1>{H}</h1><h2>{DECK}</h2></div><div class=body>{P}</div></article>",
        f"<article><h1>{H}</h1><p class='x1'>{DECK}</p><div class='story-body'>{P}</div></article>",
        f"<article><h1>{H}</h1><ul><li>{DECK}</li></ul><div class='story-body'>{P}</div></article>",
        f"<article><header><h1>{H}</h1></header><p>{DECK}</p><div class='story-body'>{P}</div></article>",
        f"<article><nav><h1>{H}</h1></nav><p>{DECK}</p><div class='story-body'>{P}</div></article>",
        f"<article><header><h1>{H}</h1><h2><i>Quay</i> {H}</h2></header><p>{DECK}</p><div>{P}</div></article>",
    ],
)
def test_a_line_under_the_headline_is_the_lead(body: str) -> None:
    """It need not end like a sentence, its box may be called one for bylines or captions, and that of the headline a
    part of the page's frame.
    """
    found = page(body)
    assert (found.headline, found.paragraphs) == (H, (DECK, *TEXT))


def test_a_field_of_drupal_with_a_hidden_label_is_seen() -> None:
    """The label is hidden, the field is not; nor is what is hidden on narrow screens alone."""
    fields = "".join(
        f"<div class='field field--name-{name} field--label-hidden field__item'>{inner}</div>"
        for name, inner in (("intro", f"<p>{TEXT[0]}</p>"), ("body", "".join(f"<p>{text}</p>" for text in TEXT[1:])))
    )
    submitted = (
        "<footer class='node__meta'><div class='node__submitted'>By <a class=username>Jane Roe</a></div></footer>"
    )
    found = page(f"<h1>{H}</h1><article class='node node--type-article'>{submitted}<div>{fields}</div></article>")
    assert (found.byline, found.paragraphs) == ("By Jane Roe", TEXT)
    wide = page(f"<article><h1>{H}</h1><div class='hidden md:block'><p>{TEXT[0]}</p></div><div>{P}</div></article>")
    assert wide.paragraphs[0] == TEXT[0]


def test_the_words_of_a_heading_in_its_id_are_no_name() -> None:
    """Links to a heading lead to its words."""
    found = page(
        f"<article><h1>{H}</h1><p>{TEXT[0]}</p><h2 id='comments-of-the-traders'>What traders say</h2>{P}</article>"
    )
    assert found.paragraphs[1] == "What traders say"


def test_a_topic_in_a_name_is_none() -> None:
    """Blogs name the topics of a post in the names of the part that holds it."""
    post = f"<main><article class='post tag-privacy tag-newsletter category-comments'><h1>{H}</h1>{P}</article></main>"
    assert page(post).paragraphs == TEXT


def test_a_text_in_sections_is_read_to_its_end() -> None:
    """However much longer the first one is."""
    long = "".join(f"<p>{text}</p>" * 3 for text in TEXT)
    found = page(
        f"<article><h1>{H}</h1><section class='a first'>{long}</section><section class='b'>{P}</section></article>"
    )
    assert found.paragraphs[-4:] == TEXT


def test_a_single_teaser_in_the_text_is_a_link() -> None:
    """A link that is called a title names another story; what stands around it belongs to that."""
    teaser = (
        f"<div class=x><a class='post-title' href='/cranes'>{OTHER}</a><p>{DECK}, and that is another story.</p></div>"
    )
    found = page(f"<article><h1>{H}</h1><div class='entry-content'><p>{TEXT[0]}</p>{teaser}{P}</div></article>")
    assert found.paragraphs == (TEXT[0], *TEXT)
    assert [(link.href, link.title) for link in found.links] == [("https://quay.example/cranes", OTHER)]


@pytest.mark.parametrize(
    ("shown", "stated", "byline"),
    [
        ("Jane Roe Quay Post Comments Jane Roe", "Jane Roe", "Jane Roe"),
        ("News Jane Roe Harbour Editor", "Jane Roe", "Jane Roe"),
        ("By Jane Roe and EP", "Jane Roe", "By Jane Roe and EP"),
        ("By JANE ROE , JOHN DOE | 10/9/26 7:15 AM", "", "By JANE ROE, JOHN DOE"),
        ("Jane Roe Jane Roe", "", "Jane Roe"),
        ("Print E-mail", "Jane Roe", "Jane Roe"),
        ("by", "Jane Roe", "Jane Roe"),
        ("jr", "Quay Post", "jr"),
    ],
)
def test_the_byline_is_names_and_little_else(shown: str, stated: str, byline: str) -> None:
    """What readers see counts, without the buttons, dates and repeats in its box; else what the page states."""
    ld = f'{{"@type": "NewsArticle", "headline": "{H}", "author": [{{"@type": "Person", "name": "{stated}"}}],}}'
    head = f'<script type="application/ld+json">{ld}</script>' if stated else ""
    body = f"<article><h1>{H}</h1><div class='byline'>{shown}</div><div class='story-body'>{P}</div></article>"
    assert page(body, head=head).byline == byline


def test_what_indents_a_page_s_source_is_no_text() -> None:
    """A line that is short for its reader is read to its end, however much space its source has."""
    names = (" " * 150).join(("<b>By</b>", "<b>Ann Roe</b>", "<b>and</b>", "<b>Jan Wilk</b>"))
    found = page(f"<article><h1>{H}</h1><div class=author>{names}</div><div>{P}</div></article>")
    assert found.byline == "By Ann Roe and Jan Wilk"


def test_an_agency_beside_an_author_is_no_newsroom_of_hers() -> None:
    """Names are joined so that nobody takes the second for where the first works."""
    authors = '[{"name": "Jane Roe"}, {"name": "EP"}]'
    ld = f'{{"@type": "NewsArticle", "headline": "{H}", "author": {authors}}}'
    found = page(f"<article><h1>{H}</h1>{P}</article>", head=f'<script type="application/ld+json">{ld}</script>')
    assert found.byline == "Jane Roe & EP"


def test_names_that_run_into_one_another_are_joined_as_stated() -> None:
    """A box that sets two authors side by side with nothing between them does not say where one name ends."""
    ld = f'{{"@type": "NewsArticle", "headline": "{H}", "author": [{{"name": "Jane Roe"}}, {{"name": "Ada Muster"}}]}}'
    head = f'<script type="application/ld+json">{ld}</script>'
    box = "<div class='byline'>By <a href='/jane'>Jane Roe</a> <a href='/ada'>Ada Muster</a></div>"
    assert page(f"<article><h1>{H}</h1>{box}{P}</article>", head=head).byline == "Jane Roe & Ada Muster"
    parted = box.replace("</a> <a", "</a> and <a")
    assert page(f"<article><h1>{H}</h1>{parted}{P}</article>", head=head).byline == "By Jane Roe and Ada Muster"


CAPTION = "The roof of the rope walk, seen from the lock."


@pytest.mark.parametrize(
    ("picture", "caption", "credit"),
    [
        (
            "<div class=image-box><img data-src='/roof.jpg'><p class=caption>{c}</p><p class=credit>Roe/EP</p></div>",
            f"{CAPTION} Roe/EP",
            "Roe/EP",
        ),
        ("<div class=slika><img src='/roof.jpg'><div class=opis>{c}</div></div>", CAPTION, ""),
        ("<p class=x><img src='/roof.jpg'></p><p class='image-caption'>{c}</p>", CAPTION, ""),
        (
            "<figure><img src='data:,' srcset='/roof.jpg 1x, /big.jpg 2x'>"
            "<figcaption>{c} <span class=credit>EP</span></figcaption></figure>",
            f"{CAPTION} EP",
            "EP",
        ),
    ],
)
def test_a_picture_has_its_address_caption_and_credit(picture: str, caption: str, credit: str) -> None:
    """In a figure or in a box that knows none, loaded at once or late."""
    found = page(f"<article><h1>{H}</h1><div class='story-body'>{picture.format(c=CAPTION)}{P}</div></article>")
    assert found.paragraphs == TEXT
    (only,) = found.associations
    assert (only.href, only.caption, only.creditline) == ("https://quay.example/roof.jpg", caption, credit)


def test_an_author_s_portrait_is_no_picture_of_the_story() -> None:
    """What stands beside it is his name."""
    face = "<div class='author-box'><figure><img src='/jane.jpg'><figcaption>By Jane Roe</figcaption></figure></div>"
    assert page(f"<article><h1>{H}</h1>{face}<div class='story-body'>{P}</div></article>").associations == ()


def test_a_wall_that_says_more_than_the_story_is_none_of_it() -> None:
    """Services put it before a page to ask for consent."""
    wall = "".join(
        f"<p>We and our {n} partners keep what you read, where, and on which machine.</p>" for n in range(60)
    )
    found = page(f"<div id='onetrust-consent-sdk'>{wall}</div><div><h1>{H}</h1><div class='x'>{P}</div></div>")
    assert found.paragraphs == TEXT


def test_shortcodes_of_page_builders_are_no_text() -> None:
    """They stay when the plugin that made something of them has gone; an editor's [sic] is no shortcode."""
    first = f"[vc_row][vc_column_text]{TEXT[0]} [sic]"
    found = page(f"<article><h1>{H}</h1><p>{first}</p>{P}<p>EP[/vc_column_text][/vc_row]</p></article>")
    assert (found.paragraphs[0], found.paragraphs[-1]) == (f"{TEXT[0]} [sic]", "EP")


def test_a_table_in_a_figure_is_text() -> None:
    """WordPress sets every table in one."""
    rows = "<tr><th>Stall</th><th>Rent</th></tr><tr><td>Fish</td><td>40</td></tr>"
    table = f"<figure class='wp-block-table'><table>{rows}</table></figure>"
    assert "Fish 40" in page(f"<article><h1>{H}</h1>{P}{table}{P}</article>").paragraphs


def test_headline_and_date_in_the_first_cell_are_no_text() -> None:
    """Old tables part them from the text by line breaks alone."""
    lines = "<br><br>".join(TEXT)
    found = page(f"<table><tr><td>03.11.2026 10:15<br><b>{H}</b><br>{lines}</td></tr></table>", title=f"{H} :: Quay")
    assert found.paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Iklan",
        "分享到",
        "分享让更多人看到",
        "This live blog is now closed.",
        "Поделиться",
        "2026-11-03 10:15",
        "14:00 GMT",
        "【责任编辑：王小明】",
        "您所在的位置：首页 > 新闻 > 港口",
        "扫一扫在手机打开当前页面",
        "免责声明：本文只是作者的看法，与本站无关。",
        "Print | Share",
        "Lesedauer: 2 Min.",
        "Our Standards: The Thomson Reuters Trust Principles.",
    ],
)
def test_what_pages_say_around_a_text_is_none_of_it(line: str) -> None:
    """In the languages of outlets around the world."""
    assert page(f"<article><h1>{H}</h1>{P}<p>{line}</p>{P}</article>").paragraphs == (*TEXT, *TEXT)


def test_a_story_of_one_long_paragraph_ends_at_a_heading_over_others() -> None:
    """A short first paragraph does not: the same heading may stand above the text."""
    others = f"<h3>为您推荐</h3><p>{OTHER}</p>"
    one = " ".join(TEXT)
    assert page(f"<article><h1>{H}</h1><div><p>{one}</p>{others}</div></article>").paragraphs == (one,)
    found = page(f"<article><h1>{H}</h1><div><p>{TEXT[0]}</p>{others}{P}</div></article>")
    assert found.paragraphs[-1] == TEXT[-1]


def test_a_word_of_the_title_is_no_headline() -> None:
    """Lists of topics have headings of the first rank, too."""
    head = f'<meta property="og:title" content="{H}">'
    assert page(f"<h1>market hall</h1><article><div class='title-x'>{H}</div>{P}</article>", head=head).headline == H


def test_a_section_that_only_a_link_names() -> None:
    """WordPress marks it by its relation."""
    found = page(
        f"<article><h1>{H}</h1><a rel='category tag' href='/c'>Harbour</a><div class='entry'>{P}</div></article>"
    )
    assert [subject.name for subject in found.subjects] == ["Harbour"]


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("<meta name=publishdate content='2026/11/03 10:15:00'>", "2026-11-03T10:15:00+00:00"),
        ("<span class=pubtime>发布时间：2026年11月03日 9:05</span>", "2026-11-03T09:05:00+00:00"),
        ("<span class=date>2026-11-03</span>", "2026-11-03T00:00:00+00:00"),
        ("<span class=date>03/11/2026</span>", ""),
    ],
)
def test_a_date_that_can_be_meant_in_one_way_is_read(said: str, instant: str) -> None:
    """With slashes, or as East Asia writes it; which of two numbers is the month is never guessed."""
    found = page(f"<article><h1>{H}</h1><div class=top>{said}</div><div class='story-body'>{P}</div></article>")
    assert (found.first_created.isoformat() if found.first_created else "") == instant


@pytest.mark.parametrize("line", ["लेखक: अनीता शर्मा", "بقلم هالة عبد الرحمن", "Автор: Нурлан Абдиев", "박지훈 기자"])
def test_a_byline_in_any_script(line: str) -> None:
    """A word for authors of the page's language, then a name; Korean has the word behind it."""
    found = page(f"<article><h1>{H}</h1><div class='d0'><div>{line}</div></div><div class='g6'>{P}</div></article>")
    assert (found.byline, found.paragraphs) == (line, TEXT)


def test_the_headline_once_more_is_no_credit() -> None:
    """A heading with a kicker before the headline says nothing of whose the copy is."""
    found = page(f"<article><h1>{H}</h1><h2>Exclusive: {H}</h2>{P}</article>")
    assert (found.credits, found.paragraphs[0]) == ((), TEXT[0])


@pytest.mark.parametrize("name", ["meta-per", "source", "author"])
def test_a_word_within_a_sentence_is_text_whatever_it_is_called(name: str) -> None:
    """Names of persons and companies are links to what else is known of them, at its begin and at its end, too."""
    link = f"<a class='{name}' href='/topics/x'>{{}}</a>"
    told = f"told {link.format('the council')} that Mr. {link.format('Doe')} knew nothing."
    begin = f"<p>{link.format('Ann Roe')}, who keeps the lock, {told}</p>"
    found = page(f"<article><h1>{H}</h1><div>{begin}{P}</div></article>")
    assert found.paragraphs == ("Ann Roe, who keeps the lock, told the council that Mr. Doe knew nothing.", *TEXT)
    assert found.credits == ()


@pytest.mark.parametrize("name", ["share", "related", "hidden", "source"])
def test_what_stands_between_two_sentences_is_what_it_is_called(name: str) -> None:
    """Nothing of the sentences is missing without it."""
    aside = (
        f"<p>The lock stays shut until the spring tides are over. <span class='{name}'>Reuters</span> Boats wait.</p>"
    )
    found = page(f"<article><h1>{H}</h1><div>{aside}{P}</div></article>")
    assert found.paragraphs == ("The lock stays shut until the spring tides are over. Boats wait.", *TEXT)
    assert [credit.value for credit in found.credits] == ["Reuters"] * (name == "source")
