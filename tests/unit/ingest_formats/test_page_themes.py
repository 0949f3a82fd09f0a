"""Pages as the themes of outlets build them: where the headline, the byline, the text and other stories stand."""

from __future__ import annotations

import pytest
from quaypages import OTHER, TEXT, H, P, page


@pytest.mark.parametrize(
    "body",
    [
        f'<h1 class="title">Quay Post</h1><div class="post"><h3 class="post-title">{H}</h3><div>{P}</div></div>',
        f"<h2>{H}</h2><p><b>QUAY TOWN</b> - {TEXT[0]}</p>{P}",
        f'<div class="x1"><div class="ArticleTitle">{H}</div>{P}</div>',
        f"<article><p class='category'>Culture</p><h1>{H}</h1>{P}</article>",
    ],
)
def test_the_headline_is_found_where_it_is_no_only_h1(body: str) -> None:
    """A blog's h1 is its name; print versions and old pages have a lower heading, or none."""
    og = f'<meta property="og:title" content="{H}"><meta property="og:site_name" content="Quay Post">'
    found = page(body, head=og)
    assert found.headline == H
    assert H not in found.paragraphs and "Culture" not in found.paragraphs


@pytest.mark.parametrize(
    "title", [f"Quay Post :: {H}", f"{H} | Quay Post", f"{H} - Quay Post - Print version", f"{H} ‹ Quay Post"]
)
def test_the_title_loses_the_names_of_the_site(title: str) -> None:
    """Before the headline or behind it; a heading tells where it stands on both sides."""
    assert page(f"<h3>{H}</h3>{P}", title=title).headline == H


def test_a_headline_in_the_first_paragraph_is_no_text() -> None:
    """Old pages set both in one cell, parted by a line break."""
    lines = "<br><br>".join(TEXT)
    found = page(f"<table><tr><td><b>{H}</b><br>QUAY TOWN (APP): {lines}</td></tr></table>", title=f"Quay Post :: {H}")
    assert found.headline == H
    assert found.paragraphs[0] == f"QUAY TOWN (APP): {TEXT[0]}"
    assert found.paragraphs[1:] == TEXT[1:]


def test_a_lead_above_the_headline_stays() -> None:
    """Some themes print it first."""
    found = page(f"<article><p class='chapo'>{OTHER}</p><h1>{H}</h1>{P}</article>")
    assert found.paragraphs == (OTHER, *TEXT)


def test_a_page_that_is_one_form_is_read() -> None:
    """As those of ASP.NET are."""
    body = "<br><br>".join(TEXT)
    found = page(f"<form id='aspnetForm'><span id='lblTitle'>{H}</span><br><span id='lblBody'>{body}</span></form>")
    assert found.paragraphs[-3:] == TEXT[1:]


def test_the_foot_of_the_page_is_none_of_a_short_story() -> None:
    """It may say more than the story does."""
    foot = f"<div id='footer'><div class='footer-left'><p>{OTHER}</p><p>{OTHER}</p></div><p>{OTHER}</p></div>"
    assert page(f"<div class='x'><h1>{H}</h1><p>{TEXT[0]}</p></div>{foot}").paragraphs == TEXT[:1]


@pytest.mark.parametrize("tag", ["div", "article", "li"])
def test_a_list_of_other_stories_is_none_of_the_text(tag: str) -> None:
    """Whatever it is called: parts of one kind side by side, each with a heading that leads elsewhere."""
    teasers = "".join(
        f"<{tag} class='q7'><h3><a href='/n/{n}'>Ferry runs every hour again, part {n}</a></h3><p>{OTHER}</p></{tag}>"
        for n in range(6)
    )
    text = f"<div class='q2'>{P}{P}<div class='q3'>{teasers}</div></div>"
    assert page(f"<main><div class='q1'><h1>{H}</h1>{text}</div></main>").paragraphs == TEXT + TEXT


def test_chapters_with_links_to_themselves_are_text() -> None:
    """A live page links each entry's heading to the entry."""
    entries = "".join(
        f"<section class='e'><h2><a href='#e{n}'>Ten o'clock, entry {n}, the scales</a></h2><p>{text}</p></section>"
        for n, text in enumerate(TEXT)
    )
    found = page(f"<article><h1>{H}</h1>{entries}</article>")
    assert [text for text in found.paragraphs if text in TEXT] == list(TEXT)


def test_the_story_goes_on_under_a_box_with_other_stories() -> None:
    """A heading over them ends the text only where no prose follows in a row."""
    box = '<p>Related stories</p><ul><li><a href="/b">Ferry runs every hour again</a></li></ul>'
    assert page(f"<h1>{H}</h1><div>{P}{box}{P}</div>").paragraphs == TEXT + TEXT
    comments = f"<p>Comments (2)</p><p>{OTHER}</p><p>{OTHER}</p><p>{OTHER}</p>"
    assert page(f"<h1>{H}</h1><div>{P}{comments}</div>").paragraphs == TEXT


@pytest.mark.parametrize(
    "box",
    [
        '<div class="newsletter-box"><p>The quay in your inbox.</p></div>',
        '<section class="reacties"><p>At last, it was about time that somebody did something.</p></section>',
        '<blockquote class="twitter-tweet"><p>BREAKING: a school of music</p>— Reuters (@Reuters)</blockquote>',
        '<div class="elementor-widget elementor-author-box"><h4>Ann Doe</h4><p>She writes about music.</p></div>',
        '<div class="x"><img src="a.jpg"><span class="image-caption">The scales</span></div>',
        "<p>Subscribe to continue reading this story</p>",
        "<p>Sie haben schon ein Abo? Hier anmelden</p>",
        *(f"<p>{day}</p>" for day in ("20 декабря 2026 в 19:15", "2026年3月3日 10:00", "Viernes, 30 de abril de 2026")),
        *(f"<p>{advert}</p>" for advert in ("Advertising", "Продолжение после рекламы", "Conforme a los criterios de")),
    ],
)
def test_what_stands_between_the_paragraphs_is_left_out(box: str) -> None:
    """Letters, comments, posts of other sites, authors, captions, walls, days, adverts; above it as well."""
    assert page(f"<article><h1>{H}</h1><div>{P}{box}</div></article>").paragraphs == TEXT
    assert page(f"<article><h1>{H}</h1><div>{box}{P}</div></article>").paragraphs == TEXT


def test_a_box_that_points_elsewhere_between_paragraphs_is_a_link() -> None:
    """Whatever it is called; the story goes on under it, however short its paragraphs are."""
    link = '<a href="https://quay.example/ferry">The ferry runs every hour again</a>'
    box = f'<div class="zx-3"><div class="zx-4">You may also like</div><div class="zx-5">{link}</div></div>'
    first, second, *_ = TEXT
    short = "Two rooms stay empty, the builder told the council."
    found = page(
        f'<article><h1>{H}</h1><div class="zx-1"><p>{first}</p><p>{second}</p>{box}<p>{short}</p></div></article>'
    )
    assert found.paragraphs == (first, second, short)
    assert [one.title for one in found.links] == ["The ferry runs every hour again"]


@pytest.mark.parametrize("label", ["Puedes leer", "यो पनि पढ्नुहोस्", "Kwa undani"])
def test_a_label_before_a_link_to_the_same_site_points_to_another_story(label: str) -> None:
    """In languages of which nobody wrote down how they say it, too."""
    first, *rest = TEXT
    line = f'<p>{label}: <a href="https://quay.example/ferry">The ferry runs every hour again</a></p>'
    others = "".join(f"<p>{one}</p>" for one in rest)
    found = page(f"<article><h1>{H}</h1><p>{first}</p>{line}{others}</article>")
    assert found.paragraphs == TEXT
    assert [one.title for one in found.links] == ["The ferry runs every hour again"]


@pytest.mark.parametrize(
    "line",
    [
        'Our Standards: <a href="https://agency.example/trust">The Example Press Trust Principles</a>',
        'Source: <a href="https://quay.example/council">Harbour council</a>',
        'The plan: <a href="https://quay.example/plan">a hall for 300</a>, two vaults and a room for drums.',
    ],
)
def test_a_label_before_another_link_is_text(line: str) -> None:
    """What leads to another site may say whose copy it is; a source's name and a sentence are no titles."""
    found = page(f"<article><h1>{H}</h1>{P}<p>{line}</p></article>")
    assert len(found.paragraphs) == len(TEXT) + 1


def test_a_line_that_announces_what_is_left_out_is_left_out() -> None:
    """At the end of a story: a video, a programme, a form."""
    assert page(f"<article><h1>{H}</h1>{P}<p>BONUS VIDEO:</p><iframe></iframe></article>").paragraphs == TEXT


def test_the_next_story_on_a_page_without_end_is_none_of_this_one() -> None:
    """Even where the story is short, and the next one, under a headline of its own, is longer."""
    next_story = (
        f"<article><h1>Ferry takes bicycles without a fee</h1><p>{OTHER}</p>{P.replace('weigh', 'toll')}</article>"
    )
    short = f"<article><h1>{H}</h1><p>{TEXT[0]}</p><p>{TEXT[1]}</p></article>"
    assert page(f"<div>{short}{next_story}</div>").paragraphs == TEXT[:2]


def test_stories_in_parts_alike_are_told_from_chapters_in_such_parts() -> None:
    """A story says when or by whom it was written; a chapter, whose heading is of the same rank, does not."""
    others = "".join(f"<p>{text}</p>" for text in (OTHER, *TEXT))
    own = f"<div class='post'><h1>{H}</h1>{P}</div>"
    dated = f"<div class='post'><h1>Ferry takes bicycles</h1><span class='date'>3 March 2026</span>{others}</div>"
    chapter = f"<div class='post'><h1>Ferry takes bicycles</h1>{others}</div>"
    assert page(f"<div>{own}{dated}{dated}</div>").paragraphs == TEXT
    assert OTHER in page(f"<div>{own}{chapter}{chapter}</div>").paragraphs


def test_a_dateline_in_a_line_of_its_own_begins_the_paragraph_behind_it() -> None:
    """Pages of Indonesia set it before the first paragraph."""
    found = page(f"<article><h1>{H}</h1><div><strong>Quay Town</strong> - {P}</div></article>")
    assert found.paragraphs == (f"Quay Town - {TEXT[0]}", *TEXT[1:])
    assert found.body_html.startswith("<p><strong>Quay Town</strong> - The old weigh house")


def test_a_line_behind_the_part_with_the_text_is_its_last() -> None:
    """Where the story's body holds both."""
    found = page(f"<h1>{H}</h1><div class='article-body'><div>{P}</div><p>The-Quay-Wire</p></div>")
    assert found.paragraphs == (*TEXT, "The-Quay-Wire")


def test_what_is_said_about_the_author_ends_the_story() -> None:
    """Under a heading that says so."""
    assert page(f"<article><h1>{H}</h1>{P}<h3>Sobre el autor</h3><p>{OTHER}</p></article>").paragraphs == TEXT


def test_paragraphs_beside_the_part_with_most_of_them_are_text() -> None:
    """Pages wrap the rest of a text behind its first advert."""
    more = "".join(f"<p>{text}</p>" for text in TEXT[2:] * 4)
    found = page(f"<h1>{H}</h1><div class='q1'><p>{TEXT[0]}</p><p>{TEXT[1]}</p><div class='q2'>{more}</div></div>")
    assert found.paragraphs[:3] == TEXT[:3]


def test_a_dateline_in_a_box_of_its_own_stays() -> None:
    """It is the beginning of the sentence."""
    found = page(f'<h1>{H}</h1><div><p><span class="dateline">QUAY TOWN —</span> {TEXT[0]}</p>{P}</div>')
    assert found.paragraphs[0] == f"QUAY TOWN — {TEXT[0]}"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("<div class='x7'>By Jane Roe</div>", "By Jane Roe"),
        ("<div class='entry-meta'><span>By Jane Roe</span><time>March 3, 2026</time></div>", "By Jane Roe"),
        ("<div class='entry-meta'><span>By Jane Roe</span> <span>11 February 2026</span></div>", "By Jane Roe"),
        ("<p class='x7'>By <strong>Jane Roe</strong> <br> February 11, 2026, 10:00 am</p>", "By Jane Roe"),
        ("<div class='x7'>di Juana Corzo <span>11 Feb 2026 - 10:00</span></div>", "di Juana Corzo"),
        ('<div class="x7"><a href="/authors/jane-roe">Jane Roe</a><span>Quay Post</span></div>', "Jane Roe"),
        ("<div class='assinatura'>Por Juana Corzo</div>", "Por Juana Corzo"),
        ("<p class='autor'>Von Anna Muster und Bert Beispiel</p>", "Von Anna Muster und Bert Beispiel"),
        ("<div><a href='/author/a'>Ann Roe</a> and <a href='/author/b'>Bo Li</a></div>", "Ann Roe and Bo Li"),
    ],
)
def test_a_byline_is_known_by_its_words_or_its_link(head: str, byline: str) -> None:
    """Whatever its box is called."""
    assert page(f"<article><h1>{H}</h1>{head}<div class='q2'>{P}</div></article>").byline == byline


def test_a_byline_that_the_text_begins_with_is_none_of_it() -> None:
    """Outlets paste it in with the agency's copy."""
    found = page(
        f"<article><h1>{H}</h1><span class='author'>admin</span><div><p>By Jane Roe, GNA</p>{P}</div></article>"
    )
    assert (found.byline, found.paragraphs) == ("By Jane Roe, GNA", TEXT)


def test_what_an_author_did_before_is_no_byline() -> None:
    """Her box says whom she worked for."""
    bio = "<a>Jane Roe</a> / Jane is the music editor of Quay Post, which she joined after working for Reuters."
    found = page(f"<article><h1>{H}</h1><div>{P}</div><section class='article-author'><p>{bio}</p></section></article>")
    assert not [credit for credit in found.credits if "Reuters" in credit.value]


def test_a_line_between_a_lead_set_apart_and_the_text_says_where_copy_is_from() -> None:
    """The lead stands under the headline, the line under the lead."""
    found = page(
        f"<article><h1>{H}</h1><h2 class='spot'>{OTHER}</h2><div class='b'>Kaynak: AA</div><div>{P}</div></article>"
    )
    assert "Kaynak: AA" in [credit.value for credit in found.credits]
    assert found.paragraphs == (OTHER, *TEXT)


def test_the_day_is_read_of_abbreviations_as_well() -> None:
    """SPIP and Blogger print it so."""
    day = '<abbr class="published" title="2026-02-11T09:15:00Z">mercredi</abbr>'
    found = page(f"<div><h1>{H}</h1><p>{day}</p><div>{P}</div></div>")
    assert found.first_created is not None and found.first_created.isoformat() == "2026-02-11T09:15:00+00:00"


def test_a_line_under_a_picture_in_its_paragraph_is_a_caption() -> None:
    """Without any telling name."""
    found = page(
        f"<article><h1>{H}</h1><p><img src='a.jpg'><br><em>The scales. [Photo/Xinhua]</em></p><div>{P}</div></article>"
    )
    assert ("picture", "The scales. [Photo/Xinhua]") in [(credit.where, credit.value) for credit in found.credits]


@pytest.mark.parametrize("shown", ["Quay and Harbour Evening Post 60", "Notices, weather and tides for the quay"])
def test_an_only_h1_that_shares_no_word_with_the_stated_headline_is_the_site_s(shown: str) -> None:
    """An outlet's other title for searches shares some word; without a statement the heading is believed."""
    stated = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{H}"}}</script>'
    other = "School of music for weigh house"
    assert page(f"<h1>{shown}</h1><div>{P}</div>", head=stated, title="x").headline == H
    assert page(f"<h1>{other}</h1><div>{P}</div>", head=stated, title="x").headline == other
    assert page(f"<h1>{shown}</h1><div>{P}</div>", title="x").headline == shown


def test_the_only_h1_that_is_called_the_headline_goes_before_a_title_for_others() -> None:
    """The site's name may be an h1 as well, and what is stated for programs that share the page an older headline."""
    og = '<meta property="og:title" content="Weigh house to be a school">'
    body = f"<h1>Paper of the quay</h1><h1 class='entry-title'>{H}</h1>{P}"
    assert page(body, title="Weigh house to be a school » Paper", head=og).headline == H


def test_a_headline_below_a_long_menu_is_found() -> None:
    """Menus have headings of their own."""
    menu = "".join(f"<h3>Part {nth}</h3>" for nth in range(100))
    assert page(f"<h1>Quay and Harbour Evening Post 60</h1>{menu}<h2>{H}</h2><div>{P}</div>").headline == H


def test_an_address_behind_the_title_is_the_site_s_name() -> None:
    """With a line of the site's own behind it or without."""
    for title in (f"{H} - QuayPost.example - Quay town", f"{H} | www.quaypost.example"):
        assert page(f"<div><b>x</b></div><div>{P}</div>", title=title).headline == H


def test_a_line_that_says_whose_a_picture_is_is_kept_as_that() -> None:
    """No box around it tells; it is no text, and whose copy the story is it does not say."""
    found = page(f"<h1>{H}</h1><div>{P}<p>Foto: Ada Muster/dpa</p></div>")
    assert found.paragraphs == TEXT
    assert [credit.value for credit in found.credits if credit.where == "picture"] == ["Foto: Ada Muster/dpa"]
