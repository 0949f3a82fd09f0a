"""An outlet's page: the story comes out as an editor would want it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Story

P1 = "The town by the river opened its water festival on Thursday with a race of forty boats, said the mayor."
P2 = "We rowed on dry sand in our dreams for three years, said a builder of boats who lives behind the market."
P3 = "The festival lasts until Sunday, and the ferry runs all night between the two banks of the wide river."
URL = "https://post.example/1"


def page(body: str, head: str = "", html: str = '<html lang="en">') -> bytes:
    """A page with this body and head."""
    return f"<!DOCTYPE html>{html}<head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def article(inner: str, head: str = "", around: str = "") -> Story:
    """The story of a page whose article has a headline and this inside."""
    body = f"<nav><a href=/>Home</a></nav><article><h1>Boats race again</h1>{inner}</article>{around}"
    return parse(page(body, head), url=URL).stories[0]


def paragraphs(*texts: str) -> str:
    """Each text in a p."""
    return "".join(f"<p>{text}</p>" for text in texts)


def test_headline_once_and_body() -> None:
    """The headline is said once, without the site's name, and is no paragraph."""
    found = article(
        f"<h2>Boats race again</h2>{paragraphs(P1, P2, P3)}",
        "<title>Boats race again | The Post</title><meta property=og:title content='Boats race again - The Post'>",
    )
    assert found.headline == "Boats race again"
    assert found.paragraphs == (P1, P2, P3)


def test_the_name_of_the_section_in_an_h1_is_not_the_headline() -> None:
    """The page's title has it as well; what the page calls its headline goes before."""
    title = "Boats race again on the river"
    head = f"<title>{title} | News: The Post</title><meta property=og:title content='{title}'>"
    body = f"<h1>News: The Post</h1><article><h1>{title}</h1>{paragraphs(P1, P2, P3)}</article>"
    assert parse(page(body, head), url=URL).stories[0].headline == title


def test_headline_without_h1_loses_the_site_name() -> None:
    """An og:title with the site's name behind a dash is cut there."""
    body = f"<article>{paragraphs(P1, P2, P3)}</article>"
    title, site = "Boats race - at last - The Post", "The Post"
    head = f"<meta property=og:title content='{title}'><meta property=og:site_name content='{site}'>"
    assert parse(page(body, head), url=URL).stories[0].headline == "Boats race - at last"


@pytest.mark.parametrize(
    "line", ["EP", "(dpa)", "Quelle: sid/dpa", "AFP/Reuters", "With files from The Example Press", "mit dpa"]
)
@pytest.mark.parametrize("tag", ["<p>{}</p>", "<p><em>{}</em></p>", "<div>{}</div>"])
def test_a_bare_credit_at_the_end_stays(line: str, tag: str) -> None:
    """The last line that says whose copy it is stays the last paragraph and is a credit."""
    after = "<div class=share-buttons>Share</div><div class=related-posts><p>Other</p></div>"
    found = article(paragraphs(P1, P2, P3) + tag.format(line) + after)
    assert found.paragraphs[-1] == line
    assert CreditElement(where="endline", value=line) in found.credits


@pytest.mark.parametrize("name", ["source", "byline", "article-footer", "agency-credit"])
def test_a_credit_set_apart_under_the_text_stays(name: str) -> None:
    """A credit in a part of its own under the text is the last paragraph as well."""
    found = article(
        f"<div class=story-body>{paragraphs(P1, P2, P3)}</div><div class='{name}'><p>Quelle: sid/dpa</p></div>"
    )
    assert found.paragraphs == (P1, P2, P3, "Quelle: sid/dpa")
    assert CreditElement(where="endline", value="Quelle: sid/dpa") in found.credits


@pytest.mark.parametrize(
    "noise",
    [
        "<p>Share this article</p>",
        "<div class='social-share'><p>Tell all your friends about this wonderful story today.</p></div>",
        "<p>[newsletter_signup id='3']</p>",
        "<p>ADVERTISEMENT</p>",
        "<p>Sign up for our newsletter and never miss another story from the river.</p>",
        "<script>var shown = 'no'</script><style>p {}</style>",
        "<aside><p>A box about something that is entirely different from the story itself.</p></aside>",
        "<figure><img src=a.jpg><figcaption>A boat on the river. Photo: Al Sample/EP</figcaption></figure>",
        "<ul><li><a href=/a>Another story altogether</a></li><li><a href=/b>And one more story</a></li></ul>",
    ],
)
def test_noise_between_paragraphs_goes(noise: str) -> None:
    """Buttons, boxes, shortcodes, captions and lists of links are not the story."""
    assert article(paragraphs(P1, P2) + noise + paragraphs(P3)).paragraphs == (P1, P2, P3)


@pytest.mark.parametrize(
    "word", ["READ:", "READ ALSO:", "Also read:", "Lire aussi :", "Lesen Sie auch:", "Lea también:"]
)
def test_pointers_to_other_stories_become_links(word: str) -> None:
    """``READ: ...`` is no paragraph but a link of the story."""
    found = article(paragraphs(P1, f"{word} <a href='/2'>Bridge opens</a>", P2, P3))
    assert found.paragraphs == (P1, P2, P3)
    assert [(one.href, one.title) for one in found.links if one.rel == "related"] == [
        ("https://post.example/2", "Bridge opens")
    ]


def test_what_follows_the_story_goes() -> None:
    """Comment forms, related lists and footers end the story."""
    form = (
        "<section id=respond><h3>Leave a Reply</h3><form><p>Your email address will not be published. "
        "Required fields are marked *</p></form></section><footer><p>About the paper and its owners.</p></footer>"
    )
    assert article(paragraphs(P1, P2, P3), around=form).paragraphs == (P1, P2, P3)
    inside = "<h3>Related articles</h3><p>A teaser for another story that has nothing to do with this one.</p>"
    assert article(paragraphs(P1, P2, P3) + inside).paragraphs == (P1, P2, P3)


def test_a_lead_that_is_set_apart_is_kept() -> None:
    """Pages set the first paragraph apart from the rest: it still comes first."""
    found = article(f"<p class=standfirst>{P1}</p><div class=story-body>{paragraphs(P2, P3, P2 + ' Again.')}</div>")
    assert found.paragraphs[:2] == (P1, P2)


LD = """<script type="application/ld+json">{"@context": "https://schema.org",
"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "Boats race again", "@id": "https://post.example/1#article", "inLanguage": "fr",
"datePublished": "2026-03-26T10:00:00+01:00", "dateModified": "2026-03-26T12:00:00+01:00",
"author": [{"@type": "Person", "name": "Jo Sample"}, {"@type": "Organization", "name": "EP"}],
"publisher": {"@type": "Organization", "name": "The Post"}, "sourceOrganization": {"name": "Example Press"},
"copyrightHolder": {"name": "EP"}, "image": {"@type": "ImageObject", "creditText": "Al Photo/EP"},
"articleSection": ["Culture"], "keywords": "boats, river"}]}</script>"""


def test_json_ld_states_origin_dates_and_more() -> None:
    """schema.org data is read from @graph: authors, houses, dates, section, keywords."""
    body = f"<article><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</article>"
    found = parse(page(body, LD, "<html>"), url=URL).stories[0]
    assert [(one.where, one.value) for one in found.credits] == [
        ("author", "Jo Sample"),
        ("author", "EP"),
        ("source", "Example Press"),
        ("publisher", "The Post"),
        ("copyrightholder", "EP"),
        ("picture", "Al Photo/EP"),
    ]
    assert (found.language, found.version) == ("fr", "2026-03-26T11:00:00Z")
    assert found.first_created == datetime(2026, 3, 26, 9, tzinfo=UTC)
    assert ([one.name for one in found.subjects], found.keywords) == (["Culture"], ("boats", "river"))


@pytest.mark.parametrize(
    ("based", "names"),
    [
        ("https://agency.example/1", ["https://agency.example/1"]),
        ({"@type": "NewsArticle", "name": "Boats", "publisher": {"name": "Example Press"}}, ["Example Press"]),
        ({"@type": "CreativeWork", "name": "Boats", "url": "https://agency.example/1"}, ["https://agency.example/1"]),
        ([{"author": [{"name": "EP"}, {"name": "XP"}]}, "https://agency.example/1"], ["EP", "XP", "https://agency.example/1"]),
        ({"name": "A report on boats"}, []),
        ("a report on boats", []),
    ],
)  # fmt: skip
def test_json_ld_states_what_a_page_is_based_on(based: object, names: list[str]) -> None:
    """isBasedOn: who made that work, else where it stands; its title alone credits nobody, and provides nothing."""
    stated = {"@type": "NewsArticle", "headline": "Boats race again", "isBasedOn": based}
    found = article(paragraphs(P1, P2, P3), head=f'<script type="application/ld+json">{json.dumps(stated)}</script>')
    assert [(one.value, one.role) for one in found.credits if one.where == "infosource"] == [
        (name, "isBasedOn") for name in names
    ]
    assert found.provider == ""


def test_topics_are_no_source() -> None:
    """A box that is called source and tags: what it lists of topics credits nobody, what it says of the source does."""
    tags = "<ul class='td-tags'><li><span>TAGS</span></li><li><a href=/t>Example Press</a></li></ul>"
    via = "<div class='td-post-source-via'><span>SOURCE</span> <a href=/s>EP</a></div>"
    found = article(f"{paragraphs(P1, P2, P3)}<div class='td-post-source-tags'>{via}{tags}</div>")
    assert [one.value for one in found.credits if one.where == "source"] == ["SOURCE EP"]


def test_a_picture_line_that_is_all_link_is_another_storys() -> None:
    """Under the story, among the links to others; a line that is text stays the story's."""
    under = "<div class=story-links><p><a href=/2>Photo: Example Press</a></p><p>Photo: Al Sample</p></div>"
    found = article(f"<div class=story-body>{paragraphs(P1, P2, P3)}</div>{under}")
    assert [one.value for one in found.credits if one.where == "picture"] == ["Photo: Al Sample"]


def test_json_ld_that_only_points_to_persons_and_houses() -> None:
    """A node that says no more than its ``@id`` and kind stands for the one of that name elsewhere in the page."""
    graph = [
        {"@type": "NewsArticle", "headline": "Boats race again", "author": [{"@id": "#jo"}, {"@id": "#nobody"}]},
        {"@type": "Organization", "@id": "#house", "name": "Example Press"},
    ]
    graph[0] |= {"publisher": {"@id": "#house"}, "image": {"@type": "ImageObject", "@id": "#photo"}}
    more = [{"@type": "Person", "@id": "#jo", "name": "Jo Sample"}, {"@id": "#photo", "creditText": "Al Photo/EP"}]
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in ({"@graph": graph}, more)
    )
    found = article(paragraphs(P1, P2, P3), head=scripts)
    assert [(one.where, one.value) for one in found.credits] == [
        ("author", "Jo Sample"),
        ("publisher", "Example Press"),
        ("picture", "Al Photo/EP"),
    ]
    assert found.byline == "Jo Sample"


def test_json_ld_with_authors_by_name_and_as_objects() -> None:
    """A list may have both."""
    said = {"@type": "NewsArticle", "headline": "Boats race again", "author": ["Jo Sample", {"name": "Example Press"}]}
    head = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    found = article(paragraphs(P1, P2, P3), head=head)
    assert {(one.where, one.value) for one in found.credits} == {("author", "Jo Sample"), ("author", "Example Press")}


def test_visible_byline_source_and_captions() -> None:
    """What a reader sees about origin is a credit, dates and buttons in it left out."""
    found = article(
        "<div class=byline>By Jo Sample and EP <time datetime=2026-03-26T10:00Z>today</time></div>"
        "<div class=source-line>Example Press</div><figure><img src=https://post.example/a.jpg>"
        f"<figcaption>A boat. Photo: Al Photo/EP</figcaption></figure>{paragraphs(P1, P2, P3)}"
    )
    assert found.byline == "By Jo Sample and EP"
    assert {
        ("byline", "By Jo Sample and EP"),
        ("source", "Example Press"),
        ("picture", "A boat. Photo: Al Photo/EP"),
    } <= {(one.where, one.value) for one in found.credits}
    assert found.associations[0].caption == "A boat. Photo: Al Photo/EP"
    assert found.version == "2026-03-26T10:00:00Z"


@pytest.mark.parametrize(
    ("head", "guid"),
    [
        ("<link rel=canonical href=https://post.example/c>", "https://post.example/c"),
        ("<meta property=og:url content=https://post.example/o>", "https://post.example/o"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","@id":"https://post.example/i"}</script>',
         "https://post.example/i"),
        ("", URL),
    ],
)  # fmt: skip
def test_the_page_is_known_by_its_address(head: str, guid: str) -> None:
    """Canonical address, og:url, JSON-LD, else the address it was fetched from."""
    assert article(paragraphs(P1, P2, P3), head).guid == guid


def test_a_text_that_only_json_ld_holds() -> None:
    """When the page shows little, articleBody is the text."""
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","articleBody":"%s"}</script>'
    found = parse(page(f"<h1>Boats</h1><p>{P1}</p>", head % r"\n\n".join((P1, P2, P3, P2))), url=URL).stories[0]
    assert found.paragraphs == (P1, P2, P3, P2)


@pytest.mark.parametrize(
    ("tag", "language"), [('<html lang="sw">', "sw"), ("<html>", ""), ('<html xml:lang="pt-BR">', "pt-BR")]
)
def test_language(tag: str, language: str) -> None:
    """The language is what the page states."""
    body = f"<article><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</article>"
    assert parse(page(body, "", tag), url=URL).stories[0].language == language


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta http-equiv="Content-Language" content="sw">', "sw"),
        ('<meta http-equiv="Content-Language" content="utf-8"><meta property="og:locale" content="pt_MZ">', "pt-MZ"),
        ('<meta name="language" content="Portuguese">', ""),
    ],
)
def test_language_of_a_page_whose_root_does_not_say_it(head: str, language: str) -> None:
    """Of what ``meta`` elements say, the first that is a language tag."""
    body = f"<article><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</article>"
    assert parse(page(body, head, "<html>"), url=URL).stories[0].language == language


@pytest.mark.parametrize("name", ["publication_date", "bt:pubDate", "rnews:datePublished", "article.published"])
def test_when_a_page_came_out_is_read_of_meta_elements_of_many_systems(name: str) -> None:
    """Whatever attribute names them."""
    head = f'<meta property="{name}" content="2026-03-03T10:00:00+01:00">'
    found = parse(page(paragraphs(P1, P2, P3), head), url=URL).stories[0].first_created
    assert found is not None and found.isoformat() == "2026-03-03T09:00:00+00:00"


def test_a_large_heading_under_the_story_is_no_credit() -> None:
    """In capitals, as agencies are."""
    under = "<div><h3>TOP</h3><h3>HITS</h3></div>"
    found = article(f"<div>{paragraphs(P1, P2, P3)}</div>{under}")
    assert found.paragraphs == (P1, P2, P3)


def test_a_page_in_another_charset() -> None:
    """The page's own charset is honoured; bytes that are valid UTF-8 are UTF-8 whatever it says."""
    body = f"<article><h1>Été à Orléans</h1>{paragraphs(P1, P2, P3)}</article>"
    for encoding in ("cp1252", "utf-8"):
        data = f"<html><head><meta charset=iso-8859-1></head><body>{body}</body></html>".encode(encoding)
        assert parse(data, url=URL).stories[0].headline == "Été à Orléans"


def test_nothing_that_runs_survives() -> None:
    """No script, handler or odd scheme is left in the body."""
    found = article(
        paragraphs(P1, f"<a href='javascript:alert(1)' onclick=x()>{P2}</a>")
        + "<svg onload=x()></svg>"
        + paragraphs(P3)
    )
    assert found.body_html == f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>"


def test_a_page_without_a_story_is_refused() -> None:
    """A login wall or an empty page is said to be one."""
    with pytest.raises(Unparseable, match="no story text"):
        parse(page("<nav>Home</nav><form><input></form>"), url=URL)


def test_a_page_without_any_address_is_named_by_its_bytes() -> None:
    """The same bytes are the same story; nothing ties other bytes to it."""
    one, same, other = (
        parse(page(f"<article>{paragraphs(*texts)}</article>")).stories[0].guid
        for texts in ((P1, P2, P3), (P1, P2, P3), (P1, P2))
    )
    assert one.startswith("urn:dateline:sha256:")
    assert (one == same, one == other) == (True, False)


def test_a_credit_beside_a_date_is_kept() -> None:
    """A line of small parts has the source in one and the date in another."""
    found = article(f"<div class=article-info><span>AFP</span><span>03.03.2026</span></div>{paragraphs(P1, P2, P3)}")
    assert CreditElement(where="source", value="AFP") in found.credits


@pytest.mark.parametrize(
    "box",
    [
        "<div class=image-wrapper><img src=a.jpg><span class=legend>Boats (EP / J. Roe)</span></div>",
        "<div class=post-img><img src=a.jpg><p class=img-description>Boats (EP / J. Roe)</p></div>",
    ],
)
def test_a_caption_of_a_picture_that_is_no_figure(box: str) -> None:
    """Pages from before HTML 5 name the box and the caption instead."""
    found = article(f"{P1}{box}{paragraphs(P1, P2, P3)}")
    assert CreditElement(where="picture", value="Boats (EP / J. Roe)") in found.credits


def test_a_byline_with_a_portrait_is_no_picture_credit() -> None:
    """The box of an author has a picture too."""
    found = article(
        f"<div class='author photo'><img src=a.jpg><span class=author>Jo Roe, EP</span></div>{paragraphs(P1, P2, P3)}"
    )
    assert not [credit for credit in found.credits if credit.where == "picture"]


IMAGE = "<img src=https://post.example/a.jpg>"
FIGURE = f"<figure class=opener>{IMAGE}{{}}<figcaption>Boats. Photo: J. Roe/EP</figcaption></figure>"


def test_the_picture_above_the_headline_is_the_story_s() -> None:
    """Pages open with it, before the part with headline and text."""
    story = f"<div class=story-text><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</div>"
    found = parse(page(f"<main><div>{FIGURE.format('')}{story}</div></main>"), url=URL).stories[0]
    assert [item.caption for item in found.associations] == ["Boats. Photo: J. Roe/EP"]
    assert [credit.where for credit in found.credits] == ["picture"]


def test_a_teaser_above_the_headline_is_another_story_s() -> None:
    """It has a headline of its own, or stands outside of the main part."""
    story = f"<main><div class=story-text><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</div></main>"
    for around in (f"<div>{FIGURE.format('<h3>Other</h3>')}{story}</div>", f"{FIGURE.format('')}{story}"):
        found = parse(page(around), url=URL).stories[0]
        assert not found.associations
        assert not found.credits


@pytest.mark.parametrize(
    "line",
    [
        "Zdroj: ČTK",
        "Πηγή: ΑΠΕ",
        "Bron: ANP",
        "Lähde: STT",
        "Forrás: MTI",
        "（共同）",
        "منبع: رویترز",
        "Story by Example Press",
    ],
)
def test_a_credit_in_the_foot_of_the_article_is_kept(line: str) -> None:
    """In other languages' words too."""
    found = article(f"<div>{paragraphs(P1, P2, P3)}<div class=article-footer><p>{line}</p></div></div>")
    assert found.paragraphs[-1] == line


def test_signs_in_a_script_are_no_tags() -> None:
    """A page is not refused for what its programs compare."""
    script = "if(a<b)" + "x y z;" * 5000
    found = parse(
        page(f"<script>{script}</script><article><h1>Boats race again</h1>{paragraphs(P1, P2, P3)}</article>"), url=URL
    )
    assert found.stories[0].paragraphs == (P1, P2, P3)
