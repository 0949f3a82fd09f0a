"""What a page's data says of itself where there are several articles in it, updates of a live blog, or only a video."""

from __future__ import annotations

import json

import pytest
from quaypages import OTHER, TEXT, H, P, page

JsonLd = dict[str, object]


def ld(*nodes: JsonLd) -> str:
    """A script with these nodes in one graph."""
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def article(name: str, address: str, author: str) -> JsonLd:
    """An article as a graph has it."""
    return {"@type": "NewsArticle", "headline": name, "url": address, "author": {"@type": "Person", "name": author}}


def test_of_several_articles_in_a_graph_the_one_at_the_page_s_address_is_its_own() -> None:
    """Pages list the stories beside them as well, and not always behind their own."""
    listed = ld(
        article("Ferry runs every hour", "https://quay.example/ferry", "Ben Moe"),
        article(H, "https://quay.example/weigh-house/", "Ann Roe"),
    )
    canonical = "<link rel='canonical' href='http://quay.example/weigh-house'>"
    assert page(f"<h1>{H}</h1><article>{P}</article>", head=canonical + listed).byline == "Ann Roe"


def test_a_live_blog_that_a_script_shows_has_the_text_of_its_updates() -> None:
    """Each under its headline, in the order in which the page has them."""
    updates = [
        {"@type": "BlogPosting", "headline": "Council votes for the school", "articleBody": TEXT[0]},
        {"@type": "BlogPosting", "headline": "Debate begins", "articleBody": TEXT[3]},
    ]
    blog = ld({"@type": "LiveBlogPosting", "headline": H, "liveBlogUpdate": updates})
    found = page(f"<h1>{H}</h1><div id='root'></div>", head=blog)
    assert found.paragraphs == ("Council votes for the school", TEXT[0], "Debate begins", TEXT[3])


def test_a_page_that_is_a_video_says_whose_it_is() -> None:
    """An article's own video says that of the video alone."""
    video = ld(
        {
            "@type": "VideoObject",
            "name": H,
            "uploadDate": "2026-03-02T09:00:00Z",
            "author": {"@type": "Organization", "name": "AFP"},
        }
    )
    shown = f"<h1>{H}</h1><div class='player'></div><p>{OTHER}</p>"
    found = page(shown, head=f"<meta property='og:type' content='video.other'>{video}")
    assert [(one.where, one.value) for one in found.credits] == [("author", "AFP")]
    assert page(shown, head=video).credits == ()


def test_a_page_s_data_say_where_the_story_is_from_and_what_may_be_done_with_it() -> None:
    """Who translated it from whose work, where it was written, every term, and what was put right; who paid is none."""
    stated: JsonLd = {
        "@type": "NewsArticle",
        "headline": H,
        "translator": {"@type": "Person", "name": "Ann Roe"},
        "producer": {"@type": "Organization", "name": "Quay Film"},
        "translationOfWork": {"@type": "NewsArticle", "publisher": {"name": "Agence Exemple"}},
        "dateline": "VELM (EP)",
        "license": {"@type": "CreativeWork", "url": "https://quay.example/licence"},
        "usageInfo": "Not for archives",
        "acquireLicensePage": "https://quay.example/buy",
        "correction": [{"@type": "CorrectionComment", "text": "The boat is blue."}, "https://quay.example/put-right"],
        "digitalSourceType": "https://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
        "funder": {"@type": "Organization", "name": "AFP"},
        "sponsor": {"@type": "Organization", "name": "AFP"},
    }
    found = page(f"<h1>{H}</h1><article>{P}</article>", head=ld(stated))
    assert {(one.where, one.value, one.role) for one in found.credits} == {
        ("contributor", "Ann Roe", "translator"),
        ("contributor", "Quay Film", "producer"),
        ("infosource", "Agence Exemple", "translationOfWork"),
        ("dateline", "VELM (EP)", ""),
        ("source", "https://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation", "digitalsourcetype"),
    }
    assert found.provider == ""
    assert found.dateline == "VELM (EP)"
    assert found.usage_terms == "Not for archives; https://quay.example/licence; https://quay.example/buy"
    assert found.ed_note == "The boat is blue."


def test_a_stated_picture_has_its_own_terms() -> None:
    """Those of the story are others."""
    terms = "https://quay.example/cc"
    image = {"@type": "ImageObject", "url": "/boat.jpg", "caption": "The blue boat", "license": terms}
    stated = ld({"@type": "NewsArticle", "headline": H, "image": image})
    found = page(f"<h1>{H}</h1><article>{P}</article>", head=stated)
    assert [one.usage_terms for one in found.associations] == [terms]
    assert found.usage_terms == ""


def test_a_meta_element_says_where_a_page_s_text_was_first() -> None:
    """By an address, unless it is the page's own."""
    own = "<link rel='canonical' href='https://quay.example/boat'><meta name='syndication-source' content='{}'>"
    for address, told in (
        ("https://agency.example/1", ["https://agency.example/1"]),
        ("http://quay.example/", []),
    ):
        found = page(f"<h1>{H}</h1><article>{P}</article>", head=own.format(address))
        assert [one.value for one in found.credits if one.where == "infosource"] == told


@pytest.mark.parametrize("kind", ["article", "NEWSARTICLE", "https://schema.org/NewsArticle", "schema:BlogPosting"])
def test_an_article_s_type_counts_in_any_spelling(kind: str) -> None:
    """A theme of many papers writes it in small letters, others as an address."""
    found = page(f"<h1>{H}</h1>{P}", head=ld({"@type": kind, "headline": H, "datePublished": "2026-03-09 14:00:22"}))
    assert str(found.first_created) == "2026-03-09 14:00:22+00:00"
    other = page(f"<h1>{H}</h1>{P}", head=ld({"@type": "articles", "headline": H, "datePublished": "2026-03-09"}))
    assert other.first_created is None
