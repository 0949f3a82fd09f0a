"""What a page's data says of itself where there are several articles in it, updates of a live blog, or only a video."""

from __future__ import annotations

import json

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
