"""JSON of agencies, publishers' systems and aggregators: read by what the table says of its members."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Link, Story, Subject

LEAD = "The ferry to Skerry stops at noon."
MOMENT = "2031-03-01T10:15:00.000000Z"
NAME = "post.example"
GUARDIAN = {
    "id": "uk-news/2031/ferry",
    "sectionName": "UK news",
    "webPublicationDate": "2031-03-01T10:15:00Z",
    "webTitle": "Ferry stops",
    "webUrl": "https://paper.example/ferry",
    "fields": {
        "headline": "Ferry &amp; harbour stop",
        "standfirst": "<p>No boat after noon</p>",
        "byline": "Ann Doe and agency",
        "lastModified": "2031-03-01T11:15:00Z",
        "lang": "en",
        "body": f"<p>{LEAD}</p><p>Boats wait.</p>",
    },
    "tags": [
        {"type": "contributor", "webTitle": "Ann Doe"},
        {"type": "keyword", "webTitle": "Ferries"},
        {"type": "tone", "webTitle": "News"},
    ],
    "elements": [{"assets": [{"type": "image", "file": "https://paper.example/1.jpg", "typeData": {"credit": "EP"}}]}],
}
ARC = {
    "_id": "ARCARCARC1",
    "type": "story",
    "canonical_url": "/city/ferry/",
    "created_date": "2031-03-01T10:00:00Z",
    "first_publish_date": "2031-03-01T10:15:00Z",
    "last_updated_date": "2031-03-01T11:15:00Z",
    "headlines": {"basic": "Ferry stops"},
    "subheadlines": {"basic": "No boat after noon"},
    "description": {"basic": "The ferry stops."},
    "credits": {"by": [{"name": "Ann Doe", "org": "EP"}, {"name": "Bo Roe"}]},
    "distributor": {"name": "Example Press", "category": "wires"},
    "revision": {"published": True},
    "taxonomy": {"sections": [{"_id": "/city", "name": "City"}], "tags": [{"text": "ferry"}]},
    "promo_items": {
        "basic": {"url": "https://arc.example/1.jpg", "caption": "The quay", "credits": {"by": [{"name": "Al"}]}}
    },
    "content_elements": [
        {"type": "text", "content": f"SKERRY (EP) — {LEAD}"},
        {"type": "header", "content": "A <i>second</i> boat"},
        {"type": "oembed_response", "raw_oembed": {"html": "<iframe></iframe>"}},
        {"type": "list", "items": [{"type": "text", "content": "Monday"}, {"type": "text", "content": "Friday"}]},
        {"type": "quote", "content_elements": [{"type": "text", "content": "We wait."}]},
        {"type": "correction", "text": "An earlier version gave another hour."},
    ],
}


POPULAR = {
    "url": "https://paper.example/ferry.html",
    "byline": "By ANN DOE",
    "title": "Ferry stops",
    "abstract": "No boat after noon.",
    "published_date": "2031-03-01",
    "source": "The Paper",
    "des_facet": ["FERRIES"],
    "geo_facet": ["SKERRY"],
    "media": [{"copyright": "Al", "caption": "The quay", "media-metadata": [{"url": "https://paper.example/1.jpg"}]}],
}


def stories(message: Any) -> tuple[Story, ...]:
    """The stories of a message in JSON of an agency's own."""
    parsed = parse(json.dumps(message).encode())
    assert parsed.format == "agency-json"
    return parsed.stories


def story(message: Any) -> Story:
    """The one story of such a message."""
    (found,) = stories(message)
    return found


def test_an_answer_of_the_guardians_interface() -> None:
    """Items of an answer are stories; members of their fields say more than their titles do."""
    found = story({"response": {"status": "ok", "results": [GUARDIAN]}})

    assert (found.guid, found.headline, found.byline) == (GUARDIAN["id"], "Ferry & harbour stop", "Ann Doe and agency")
    assert (found.summary, found.language, found.provider) == ("No boat after noon", "en", "The Guardian")
    assert found.first_created == datetime(2031, 3, 1, 10, 15, tzinfo=UTC)
    assert (found.version, found.version_created) == ("2031-03-01T11:15:00Z", datetime(2031, 3, 1, 11, 15, tzinfo=UTC))
    assert found.paragraphs == (LEAD, "Boats wait.")
    assert found.subjects == (Subject(scheme="guardian-section", code="", name="UK news"),)
    assert found.keywords == ("Ferries",)
    assert found.links == (Link(href="https://paper.example/ferry", rel="canonical"),)
    assert [(one.href, one.creditline) for one in found.associations] == [("https://paper.example/1.jpg", "EP")]
    assert CreditElement(where="author", value="Ann Doe") in found.credits
    assert CreditElement(where="picture", value="EP") in found.credits


def test_a_body_in_blocks() -> None:
    """Of Arc XP's elements those that are words are the body, in their order; corrections are notes to editors."""
    found = story({"type": "results", "content_elements": [ARC]})

    assert found.paragraphs == (f"SKERRY (EP) — {LEAD}", "A second boat", "Monday", "Friday", "We wait.")
    assert "<ul><li>Monday</li><li>Friday</li></ul>" in found.body_html
    assert (found.dateline, found.byline) == ("SKERRY (EP) —", "Ann Doe, Bo Roe")
    assert (found.provider, found.pubstatus) == ("Example Press", "usable")
    assert (found.ed_note, found.signals) == ("An earlier version gave another hour.", ("sig:correction",))
    assert [(one.caption, one.type) for one in found.associations] == [("The quay", "picture")]
    assert {"Example Press", "EP", "Al"} <= {one.value for one in found.credits}


def test_what_was_not_published_is_withheld() -> None:
    """A draft of a publishing system is no copy to run; one of a story that is out says nothing of what is out."""
    found = story({**ARC, "revision": {"published": False}})
    assert (found.pubstatus, found.pulled) == ("withheld", False)


def test_blocks_within_one_another_end() -> None:
    """Blocks as deep as they are allowed are read, and no deeper."""
    block: dict[str, Any] = {"type": "text", "content": "Deep."}
    for _ in range(60):
        block = {"type": "quote", "content_elements": [block]}
    assert story({**ARC, "content_elements": [block]}).paragraphs == ("Deep.",)


def test_blocks_that_are_none() -> None:
    """What does not say in a word what it is is no text."""
    blocks = [
        {"type": ["text"], "content": "No."},
        {"content": "No."},
        "No.",
        None,
        {"type": "text", "content": "Yes."},
    ]
    assert story({**ARC, "content_elements": blocks}).paragraphs == ("Yes.",)


def test_posts_of_wordpress() -> None:
    """Names of authors, categories and pictures are read where the answer has them; times are those in GMT."""
    post = {
        "id": 7,
        "date_gmt": "2031-03-01T10:15:00",
        "modified_gmt": "2031-03-01T11:15:00",
        "guid": {"rendered": "https://post.example/?p=7"},
        "status": "publish",
        "link": "https://post.example/ferry/",
        "title": {"rendered": "Ferry &#8216;stops&#8217;"},
        "content": {"rendered": f"<p>{LEAD}</p>"},
        "excerpt": {"rendered": "<p>No boat.</p>"},
        "_embedded": {
            "author": [{"name": "Ann Doe"}],
            "wp:term": [[{"taxonomy": "category", "name": "Sea"}], [{"taxonomy": "post_tag", "name": "boats"}]],
            "wp:featuredmedia": [
                {"source_url": "https://post.example/1.jpg", "caption": {"rendered": "<p>Photo: EP</p>"}}
            ],
        },
    }
    down = {**post, "status": "draft", "guid": {"rendered": "https://post.example/?p=8"}}
    later = {**post, "status": "future", "guid": {"rendered": "https://post.example/?p=9"}}
    found, hidden, planned = stories([post, down, later])

    assert (found.guid, found.headline) == ("https://post.example/?p=7", "Ferry ‘stops’")
    assert found.version_created == datetime(2031, 3, 1, 11, 15, tzinfo=UTC)
    assert (found.byline, found.keywords, found.subjects[0].name) == ("Ann Doe", ("boats",), "Sea")
    assert found.associations == (
        Association(rel="association", type="picture", href="https://post.example/1.jpg", caption="Photo: EP"),
    )
    assert (found.pubstatus, hidden.pubstatus, planned.pubstatus) == ("usable", "withheld", "withheld")
    assert (hidden.pulled, planned.pulled) == (True, False), "it was taken down, or was not there yet"


def test_pictures_in_the_text_and_beside_it() -> None:
    """What stands under a picture in a text is its caption and a credit of a picture, no text."""
    html = f'<p>{LEAD}</p><figure><img src="https://g.example/1.jpg"/><figcaption>Photo: Al/EP</figcaption></figure>'
    post = {"id": "a", "uuid": "u", "comment_id": "a", "title": "Ferry stops", "html": html}
    found = story(
        {
            "posts": [
                {**post, "published_at": "2031-03-01T11:15:00.000+01:00", "feature_image": "https://g.example/2.jpg"}
            ]
        }
    )

    assert found.paragraphs == (LEAD,)
    assert [one.href for one in found.associations] == ["https://g.example/2.jpg", "https://g.example/1.jpg"]
    assert "Photo: Al/EP" in {one.value for one in found.credits if one.where == "picture"}


def test_a_picture_of_an_archive() -> None:
    """Items of picture services are pictures; their caption is the body."""
    image = {
        "id": "21",
        "asset_family": "editorial",
        "title": "Ferry Stops",
        "caption": "A ferry at the quay. (Photo by Al Lens/EP Images)",
        "artist": "Al Lens",
        "credit_line": "EP Images",
        "collection_name": "EP News",
        "date_created": "2031-03-01T00:00:00-08:00",
        "display_sizes": [{"name": "comp", "uri": "https://g.example/comp.jpg"}],
    }
    found = story({"images": [image]})

    assert (found.type, found.byline, found.creditline) == ("picture", "Al Lens", "EP Images")
    assert found.paragraphs == (image["caption"],)
    assert found.associations == (Association(rel="rendition", type="picture", href="https://g.example/comp.jpg"),)


def test_what_aggregators_answer() -> None:
    """The publisher whom an aggregator names is the provider; a text kept for those who pay is none."""
    article = {"source": {"id": None, "name": "Post"}, "author": "Ann Doe", "title": "Ferry stops", "description": LEAD}
    article |= {"url": "https://post.example/1", "publishedAt": "2031-03-01T10:15:00Z", "content": None}
    found = story({"status": "ok", "articles": [article]})
    assert (found.guid, found.provider, found.byline) == ("https://post.example/1", "Post", "Ann Doe")
    assert found.paragraphs == (LEAD,)

    paid = {"article_id": "x1", "title": "Ferry stops", "pubDate": "2031-03-01 10:15:00", "source_name": "Post"}
    paid |= {"content": "ONLY AVAILABLE IN PAID PLANS", "description": LEAD, "language": "english"}
    found = story({"results": [paid]})
    assert (found.language, found.paragraphs) == ("en", (LEAD,))
    assert found.version_created == datetime(2031, 3, 1, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "name", "lines"),
    [
        ({"news": [{"published": "2031-03-01 10:15:00 +0000", "description": LEAD, "author": "Ann Doe"}]}, "", (LEAD,)),
        ({"data": [{"uuid": "u1", "snippet": LEAD, "published_at": MOMENT, "source": "Post"}]}, "Post", (LEAD,)),
        ({"news": [{"id": 7, "text": LEAD, "publish_date": MOMENT, "source_country": "no"}]}, "", (LEAD,)),
        ({"articles": [{"seendate": "20310301T101500Z", "domain": "post.example", "language": "Norwegian"}]}, NAME, ()),
    ],
    ids=["currents", "thenewsapi", "world-news-api", "gdelt"],
)
def test_other_aggregators(answer: dict[str, list[dict[str, Any]]], name: str, lines: tuple[str, ...]) -> None:
    """What they have under names of their own; GDELT has titles only."""
    ((entry,),) = answer.values()
    entry |= {"title": "Ferry stops", "url": "https://post.example/1"}
    found = story(answer)
    assert (found.guid, found.headline, found.provider) == ("https://post.example/1", "Ferry stops", name)
    assert (found.version_created, found.paragraphs) == (datetime(2031, 3, 1, 10, 15, tzinfo=UTC), lines)


def test_lists_of_the_united_news_of_bangladesh() -> None:
    """Stories by category, each known by its page."""
    entry = {
        "title": "Ferry stops",
        "source_url": "https://unb.example/1",
        "news_details": "<p>It rained.</p>",
        "pic": "",
    }
    found = story([{"category": "Country", "items": [entry]}])
    assert (found.guid, found.headline, found.provider) == ("https://unb.example/1", "Ferry stops", "UNB")
    assert found.paragraphs == ("It rained.",)


def test_what_is_kept_of_an_answer() -> None:
    """Clients ask for some members only: a page identifies where the id is left out; a draft has no page."""
    kept = {name: said for name, said in GUARDIAN.items() if name != "id"}
    assert story({"response": {"results": [kept]}}).guid == GUARDIAN["webUrl"]
    draft = {name: said for name, said in ARC.items() if name != "canonical_url"}
    assert story(draft).guid == ARC["_id"]


def test_an_article_of_schema_org_without_a_page() -> None:
    """JSON-LD alone is read as the same terms are in a page; organisations are told by what they are to it."""
    node = {
        "@type": "NewsArticle",
        "@id": "https://post.example/1#a",
        "headline": "Ferry stops",
        "articleBody": f"{LEAD}\n\nBoats wait.",
        "datePublished": "2031-03-01T11:15:00+01:00",
        "author": [{"@type": "Person", "name": "Ann Doe"}],
        "publisher": {"@type": "Organization", "name": "Post"},
        "sourceOrganization": {"@type": "Organization", "name": "Example Press"},
        "keywords": "boats, sea",
    }
    found = story({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"}, node]})

    assert (found.guid, found.provider, found.byline) == ("https://post.example/1#a", "Example Press", "Ann Doe")
    assert (found.paragraphs, found.keywords) == ((LEAD, "Boats wait."), ("boats", "sea"))
    assert CreditElement(where="publisher", value="Post") in found.credits


def test_the_charset_of_such_json() -> None:
    """UTF-16 is told as in any JSON."""
    assert parse(json.dumps([GUARDIAN]).encode("utf-16")).stories[0].headline == "Ferry & harbour stop"


def test_members_that_are_known_without_an_item() -> None:
    """A message that has a kind's members and no item is refused with what to do."""
    with pytest.raises(Unparseable, match="no item with all that a story of it needs"):
        parse(b'{"webPublicationDate": 1, "webTitle": []}')


def test_ninjs_with_such_a_member_stays_ninjs() -> None:
    """What has ninjs' times is ninjs, whatever a provider adds to it."""
    item = {"uri": "x:1", "headline": "Ferry stops", "versioncreated": "2031-03-01T10:15:00Z", "type": "text"}
    assert parse(json.dumps({**item, "@context": "x", "@type": "y"}).encode()).format == "ninjs"


def test_the_times_lists_of_what_is_read_most() -> None:
    """Most Popular has facets and ``media`` where the other interfaces have keywords and ``multimedia``."""
    found = stories({"copyright": "(c) The Paper", "results": [POPULAR]})[0]
    assert (found.guid, found.headline, found.byline) == (POPULAR["url"], "Ferry stops", "By ANN DOE")
    assert (found.provider, found.copyright_notice, found.keywords) == ("The Paper", "(c) The Paper", ("FERRIES",))
    assert [one.name for one in found.places] == ["SKERRY"]
    assert [(one.href, one.caption, one.creditline) for one in found.associations] == [
        ("https://paper.example/1.jpg", "The quay", "Al")
    ]


@pytest.mark.parametrize("byline", [{}, {"byline": None}, {"byline": ""}])
def test_a_story_of_the_times_may_have_no_byline(byline: dict[str, Any]) -> None:
    """Copy of agencies and the paper's own leaders have none."""
    unsigned = {name: value for name, value in POPULAR.items() if name != "byline"} | byline
    assert stories({"copyright": "(c) The Paper", "results": [unsigned]})[0].guid == POPULAR["url"]
