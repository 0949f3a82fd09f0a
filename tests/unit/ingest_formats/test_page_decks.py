"""The short line under a page's headline, and what stands there and is none."""

from __future__ import annotations

import pytest
from quaypages import OTHER, TEXT, H, P, page

from dateline_ingest.cleaning import verdict
from dateline_ingest.formats import parse

DECK = "Scales move to the museum next door"


@pytest.mark.parametrize(
    "line",
    [
        f"<h2>{DECK}</h2>",
        f"<div><h3>{DECK}</h3></div>",
        f"<p class='standfirst'>{DECK}</p>",
        f"<div data-gu-name='standfirst'><p>{DECK}</p></div>",
        f"<div class='story__summary'>{DECK}</div>",
        f"<div class='field field--name-field-ondertitel'>{DECK}</div>",
        f"<div class='field--name-field-sub-title'>{DECK}</div>",
        f"<p class='article__sous-titre'>{DECK}</p>",
        f"<div class='post-single-summary'>{DECK}</div>",
    ],
)
def test_a_deck_that_is_too_short_for_a_paragraph_is_the_second_headline(line: str) -> None:
    """It is no text of the story, and is not lost."""
    found = page(f"<article><h1>{H}</h1>{line}<div class='story-body'>{P}</div></article>")
    assert (found.subheadline, found.paragraphs) == (DECK, TEXT)


def test_a_deck_among_the_paragraphs_is_told_once() -> None:
    """A heading in the text's own part stays where it is."""
    found = page(f"<article><h1>{H}</h1><h2>{DECK}</h2>{P}</article>")
    assert (found.subheadline, found.paragraphs[0]) == ("", DECK)


def test_a_deck_stands_in_the_headline_s_header_or_behind_a_lead_set_apart() -> None:
    """A header without a paragraph is no frame of the page to its deck; letters of an author are in many words."""
    head = f"<article><header><h1>{H}</h1><h2>{DECK}</h2></header><div class='story-body'>{P}</div></article>"
    by = "<meta name='author' content='CA'>"
    assert page(head).subheadline == page(head, head=by).subheadline == DECK
    lead = f"<h1>{H}</h1><div class='summary'>{OTHER}</div><h2>{DECK}</h2>"
    assert page(f"<article>{lead}<div class='story-body'>{P}</div></article>").subheadline == DECK


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>What else the harbour says</h3><p><a href='/a'>The tug crew was honoured on Friday</a></p></div>",
        "<div class='newsletter'><h3>Get the best of the quay</h3></div>",
        "<aside><h3>Facts about the weigh house</h3></aside>",
        "<figure><img src='v.jpg'><figcaption><h3>The vaults seen from above</h3></figcaption></figure>",
    ],
)
def test_a_heading_behind_the_first_paragraph_is_no_deck(box: str) -> None:
    """A box amid the text is none of it."""
    first, *rest = (f"<p>{text}</p>" for text in TEXT)
    assert page(f"<div><h1>{H}</h1>{first}{box}{''.join(rest)}</div>").subheadline == ""


def test_the_headline_of_another_article_below_is_no_deck() -> None:
    """A page of short news in a row has several."""
    first = f"<article><h2>{DECK}</h2><p>{TEXT[0]}</p></article>"
    second = f"<article><h2>The thicker windows come</h2>{P.replace(f'<p>{TEXT[0]}</p>', '')}</article>"
    assert page(f"<main><h1>{H}</h1><div>{first}{second}</div></main>").subheadline == ""


@pytest.mark.parametrize(
    "line",
    [
        "<h2>News</h2>",
        "<div><h2>What is in this article</h2><ol><li><a href='#a'>Scales</a></li></ol></div>",
        "<div><h3>Should the school be free?</h3><form><label>Yes</label></form></div>",
        "<h3>3 comments on this story</h3>",
        "<h3>This article is more than 2 years old</h3>",
        "<h2>Watch live: the first concert</h2>",
        "<h2>Ferry news today</h2>",
        "<h2>By Jane Roe of the Quay Post</h2>",
        "<div class='byline'><h3>Jane Roe and John Doe, Quay</h3></div>",
        "<h3>Monday, 3 March 2026 at ten</h3>",
        f"<h2>{H}</h2>",
        "<h2><a href='/x'>The ferry runs every hour again</a></h2>",
        "<a href='/x'><h2>The ferry runs every hour again</h2></a>",
        "<div class='newsletter'><h3>Get the best of the quay</h3></div>",
        "<h3>More from the Quay Post</h3>",
        "<h3>The Associated Press</h3>",
        "<h2 style='display:none'>Main menu of this site</h2>",
        "<aside><h3>What you need to know</h3></aside>",
        "<div class='article-summary'><ul><li>Scales move</li><li>The vaults stay</li></ul></div>",
        "<div class='summary'>The week at the quay</div>",
        "<div class='article-summary'><h4>In brief</h4><p>Scales move</p><p>The vaults stay</p></div>",
        "<p class='subtitle'>码头新闻各有态度</p>",
        "<h2 class='site-description'>The voice of the old quay</h2>",
    ],
)
def test_what_else_stands_under_a_headline_is_no_deck(line: str) -> None:
    """Sections, bylines, dates, links, other stories, and what no reader sees."""
    found = page(f"<article><h1>{H}</h1>{line}<div class='story-body'>{P}</div></article>")
    assert found.subheadline == ""


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Quay Post - Ropes sold", "Ropes sold"),
        ("Ropes sold - Quay Post", "Ropes sold"),
        ("Ropes sold - Lock opens", "Ropes sold"),
    ],
)
def test_of_two_short_pieces_of_a_title_the_server_s_name_is_the_site_s(title: str, headline: str) -> None:
    """Without it the last piece is."""
    page = f"<title>{title}</title><body>{P}</body>"
    assert parse(page.encode(), hint="text/html", url="https://quay-post.example/w").stories[0].headline == headline


def test_a_short_headline_in_strong_letters_begins_the_story_s_part_of_a_page() -> None:
    """Old pages set headline, picture and text side by side in a cell, and none of them in a heading."""
    told = "Ropes sold to a dealer in lamps"
    box = "<table><tr><td><img src='r.jpg'></td></tr><tr><td>The ropes on Monday. Photo: Ana Unreal</td></tr></table>"
    text = "<br><br>".join(TEXT)
    cell = f"<font><b>{told}</b></font><br>{box}<font>{text}</font>"
    found = page(f"<table><tr><td>Quay Post</td><td>{cell}</td></tr></table>", title=told)
    assert (found.headline, found.paragraphs) == (told, TEXT)
    assert [one.caption for one in found.associations] == ["The ropes on Monday. Photo: Ana Unreal"]


def test_a_paragraph_in_a_caption_makes_its_box_no_other_story() -> None:
    """What a system calls the head of a story is what others call the head of a site."""
    said = "<figcaption><span><p>The vaults in May. (AP Photo/Ana Unreal)</p></span></figcaption>"
    box = f"<div class='asset-masthead'><figure><img src='v.jpg'>{said}</figure></div>"
    found = page(f"<article><h1>{H}</h1>{box}<div>{P}</div></article>")
    assert [one.caption for one in found.associations] == ["The vaults in May. (AP Photo/Ana Unreal)"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ቴሌግራም ቻናላችንን ይቀላቀሉ፦ https://t.me/quay", "noise"),
        ("本文来自港口新闻，更多原创资讯请下载“港口新闻”APP", "noise"),
        ("Get unlimited access to the Quay Post for a pound", "noise"),
        ("FacebookWhatsAppTelegram", "noise"),
        ("Visualizações: 88", "noise"),
        ("Views of the lock: 3 painters show their work", "story"),
        ("The list of boats is at https://t.me/quay", "story"),
        ("更多人下载新闻APP，本报记者报道", "story"),
        ("For unlimited access to the lock, boats pay a fee.", "story"),
        ("Facebook and Twitter were fined on Monday.", "story"),
    ],
)
def test_what_an_outlet_asks_of_its_readers_is_no_text(line: str, said: str) -> None:
    """And what is told of the same things is."""
    assert verdict(line, begun=True) == said


FILED_OR_SIGNED = [
    "Posted in Local News and Politics",
    "Publié dans Ports, Musique et Culture",
    "Jane Roe, our harbour correspondent",
    "Jane Roe, Senior Music Correspondent, Oakhaven",
    "Lena Erdacht, unsere Korrespondentin in Au",
    "De notre correspondant à Mbara",
    "John Unreal, special to the Quay Post",
    "Quay Post – news you can trust",
    "All that the quay talks about today",
    "シェアして友だちに知らせよう",
    "この記事が気に入ったらいいね！しよう",
    "Compartir esta noticia con amigos",
    "Diesen Artikel mit Freunden teilen",
]
NEWS = [
    "Posted in Oakhaven since May, she heard the scales fall silent",
    "Jane Roe, correspondent in Mbara, was freed on Monday",
    "Jane Roe, a reporter turned drummer, opens the first class",
    "Our harbour is not for sale, the council says",
    "All that the quay talks about today is drums",
    "Quay Post sheds – and the lock – to be painted",
    "シェアする暮らしが港町で広がっている",
    "Share prices of the ropes fall at last",
]


@pytest.mark.parametrize("line", [*FILED_OR_SIGNED, *NEWS])
def test_where_a_story_is_filed_who_wrote_it_and_what_the_site_says_of_itself_are_no_deck(line: str) -> None:
    """Nor is a call to share it; sentences that begin alike are."""
    site = '{"@type": "WebSite", "name": "Quay Post", "description": "All that the quay talks about today"}'
    head = f"<meta property='og:site_name' content='Quay Post'><script type='application/ld+json'>{site}</script>"
    found = page(f"<article><h1>{H}</h1><h2>{line}</h2><div class='story-body'>{P}</div></article>", head=head)
    assert found.subheadline == ("" if line in FILED_OR_SIGNED else line)


def test_short_blocks_of_a_kind_are_all_the_story() -> None:
    """Of which only the first is long enough to weigh."""
    lines = (TEXT[0], "Its scales stood still for forty years.", "Nobody need fear the drums.", "The lock stays open.")
    blocks = "".join(f"<div class='block'><div class='text'>{line}</div></div>" for line in lines)
    assert page(f"<div><h1>{H}</h1><div class='article__body'>{blocks}</div></div>").paragraphs == lines
