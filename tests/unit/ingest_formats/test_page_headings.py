"""Headings of a page that say more than its headline, or what no reader sees; accounts that are no author."""

from __future__ import annotations

import json

import pytest
from quaypages import OTHER, TEXT, H, P, page


def test_a_headline_that_only_programs_see_does_not_show_where_the_story_is() -> None:
    """Some pages begin with one that is hidden, for those that share it."""
    hidden = f"<div style='display:none;'><h1>{H}</h1><h2>{OTHER}</h2></div>"
    foot = "<div><p>About us | Contact</p><p>All that is printed here belongs to the Quay Post alone.</p></div>"
    assert page(f"{hidden}<div><h1>{H}</h1><div>{P}</div></div>{foot}").paragraphs == TEXT


def test_a_heading_with_the_site_s_name_in_it_is_not_taken_before_one_without() -> None:
    """A logo in an h1 may say the headline, too."""
    logo = f"<h1><span>{H}</span> <a href='/'>Quay Post</a></h1>"
    twitter = f"<meta name='twitter:title' content='{H}'>"
    assert page(f"{logo}<div><h3>{H}</h3>{P}</div>", title="x", head=twitter).headline == H


@pytest.mark.parametrize("heading", [f"<span>Culture</span> {H}", f"{H} <b class='x7'>Premium</b>"])
def test_a_kicker_or_a_badge_in_the_heading_is_none_of_the_headline(heading: str) -> None:
    """The page states the headline without it; it is no text either."""
    found = page(f"<article><h1>{heading}</h1>{P}</article>", head=f"<meta property='og:title' content='{H}'>")
    assert (found.headline, found.paragraphs) == (H, TEXT)


def test_an_account_without_a_name_is_no_byline() -> None:
    """A person that the page states is."""
    shown = "<span class='author vcard'><a href='/author/admin'>admin</a></span>"
    person = {"@type": "NewsArticle", "headline": H, "author": {"@type": "Person", "name": "Ann Roe"}}
    stated = f'<script type="application/ld+json">{json.dumps(person)}</script>'
    assert page(f"<article><h1>{H}</h1>{shown}{P}</article>", head=stated).byline == "Ann Roe"
    assert page(f"<article><h1>{H}</h1>{shown}{P}</article>").byline == ""


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("青石镇老码头改建为公园_石湾新闻网", "青石镇老码头改建为公园"),
        ("青石镇老码头改建为公园-石湾网", "青石镇老码头改建为公园"),
        ("青石镇老码头改建为公园--石湾日报", "青石镇老码头改建为公园"),
        ("青石-石湾大桥下月正式通车", "青石-石湾大桥下月正式通车"),
        ("Weigh house: before_and_after", "Weigh house: before_and_after"),
    ],
)
def test_a_site_s_name_stands_tight_behind_an_east_asian_headline(title: str, headline: str) -> None:
    """Behind a low line, or behind a hyphen where it ends as names of papers and sites do."""
    assert page(f"<div class='x1'>{headline}</div>{P}", title=title).headline == headline


def test_a_headline_without_a_heading_is_not_looked_for_in_a_menu_first() -> None:
    """Menus of the latest stories have this one, too; what stands beside it there says nothing of it."""
    menu = f"<div class='x1'><a href='/1'>{H}</a> <a href='/2'>Reuters moves its office to the lock</a></div>"
    found = page(f"{menu}<div><div class='x2'>{H}</div><span>24 February 2026</span>{P}</div>")
    assert not any("Reuters" in credit.value for credit in found.credits)
    assert found.first_created is not None
    assert found.paragraphs == TEXT


@pytest.mark.parametrize("shared", [H, H.replace("Old w", "W"), "Music moves in at the quay"])
def test_a_site_that_names_itself_before_the_headline_takes_no_heading_away(shared: str) -> None:
    """The end of the title is the headline then, whatever shorter one the page has for those who share it."""
    head = f"<meta property='og:title' content='{shared}'>"
    assert page(f"<article><h1>{H}</h1>{P}</article>", title=f"Quay News - {H}", head=head).headline == H


@pytest.mark.parametrize("signed", ["<span class='author'>By Ann Roe</span>", "<small>by Ann Roe</small>"])
def test_an_author_in_the_heading_is_a_byline_and_none_of_the_headline(signed: str) -> None:
    """By the name of the part, or by what it says."""
    found = page(f"<article><h1>{H} {signed}</h1><div>{P}</div></article>", title=H)
    assert (found.headline, found.byline.lower(), found.paragraphs) == (H, "by ann roe", TEXT)


@pytest.mark.parametrize("words", ["by Hurricane Irma", "de Marie Curie", "von Anna Roe"])
def test_words_of_the_headline_that_read_like_an_author_stay_in_it(words: str) -> None:
    """The page says them where it states its title, too."""
    found = page(
        f"<article><h1>{H} <span>{words}</span></h1><div>{P}</div></article>", title=f"{H} {words} | Quay Post"
    )
    assert (found.headline, found.byline) == (f"{H} {words}", "")


def test_a_headline_that_is_said_twice_in_one_part_is_said_once() -> None:
    """Its page has no heading, and its title has it twice, too."""
    twice = f"{H} {H}"
    assert page(f"<div><div class='x7'>{twice}</div><div>{P}</div></div>", title=f"{twice} | Quay Post").headline == H


@pytest.mark.parametrize("name", ["podcast", "the-menu", "social"])
def test_a_section_with_the_words_of_its_heading_as_a_label_is_text(name: str) -> None:
    """They are an address within the page, and do not tell what the section is."""
    heading = f"<h2 id='{name}'>{name.replace('-', ' ').capitalize()}</h2>"
    text = f"<section aria-labelledby='{name}'>{heading}<p>{OTHER}</p></section>"
    letter = "<section aria-labelledby='newsletter-title'><h2 id='newsletter-title'>The quay by mail</h2>"
    letter += "<p>Each Friday.</p></section>"
    paragraphs = page(f"<article><h1>{H}</h1>{P}{text}{letter}</article>").paragraphs
    assert OTHER in paragraphs
    assert "Each Friday." not in paragraphs
