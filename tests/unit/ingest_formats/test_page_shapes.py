"""Pages of other shapes: no telling names, microdata only, AMP, JSON-LD graphs; and pages that are built to hurt."""

from __future__ import annotations

from contextlib import suppress

import pytest
from quaypages import H, P, story
from slowness import in_time

from dateline_ingest.formats import Limits, Unparseable, parse

TEXT = "At the harbour bank of the island, where eleven people work, the day was as long as any in the year"


def texts(page: str) -> str:
    """All that is kept of its text."""
    return "\n".join(story(page).paragraphs)


@pytest.mark.parametrize("address", ["http://[x/boat.jpg", "https://a\u2100.example/boat.jpg", "boat.jpg"])
def test_an_address_that_is_none_costs_no_story(address: str) -> None:
    """Neither that of a picture in the page's data, nor that of the page."""
    data = f'{{"@type":"NewsArticle","headline":"{H}","image":{{"url":"{address}","caption":"The last boat"}}}}'
    head = f'<script type="application/ld+json">{data}</script>'
    page = (
        f"<html><head>{head}</head><body><h1>{H}</h1><figure><img src=/a.jpg><figcaption>Pier</figcaption></figure>{P}"
    )
    assert len(parse(page.encode(), hint="text/html", url=address).stories[0].paragraphs) == 4


def test_a_sign_up_box_is_told_by_its_field() -> None:
    """No name says what it is; a field for an address does."""
    box = '<div class="x7"><h3>The island letter</h3><p>Our best stories, every morning.</p><input type="email"></div>'
    read = texts(f"<html><body><h1>{H}</h1><div class='q1'>{P}{box}{P}</div></body></html>")
    assert "island letter" not in read and "best stories" not in read
    assert "fear drums" in read


def test_a_comment_form_is_told_by_its_field() -> None:
    """With what it says around the field."""
    form = "<div><h4>What do you think of it?</h4><p>Be kind to each other, please.</p><textarea></textarea></div>"
    read = texts(f"<html><body><h1>{H}</h1><div>{P}</div>{form}</body></html>")
    assert "kind to each other" not in read


def test_a_field_inside_the_story_takes_none_of_it_away() -> None:
    """A box reaches only as far as it holds hardly any of the page's prose."""
    read = texts(f'<html><body><div><h1>{H}</h1>{P}<input type="email">{P}</div></body></html>')
    assert read.count("fear drums") == 2


def test_microdata_is_read_where_a_page_has_no_json_ld() -> None:
    """Author, publisher, dates and notice, of the article and not of a comment under it."""
    found = story(
        '<html><body><div itemscope itemtype="https://schema.org/NewsArticle">'
        f'<h1 itemprop="headline">{H}</h1><span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<span itemprop="name">Ann Doe</span></span>'
        '<time itemprop="datePublished" datetime="2026-03-01T10:15:00Z">x</time>'
        '<meta itemprop="dateModified" content="2026-03-01T11:00:00Z">'
        '<span itemprop="copyrightNotice">© 2026 Port Post</span>'
        '<div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">'
        '<meta itemprop="name" content="Port Post">'
        f'</div><div itemprop="articleBody">{P}</div>'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        '<span itemprop="author">troll</span></div></div></body></html>'
    )
    credits = {(credit.where, credit.value) for credit in found.credits}
    assert {("author", "Ann Doe"), ("publisher", "Port Post"), ("copyrightnotice", "© 2026 Port Post")} <= credits
    assert ("author", "troll") not in credits
    assert found.headline == H
    assert found.version == "2026-03-01T11:00:00Z"
    assert found.first_created is not None and found.first_created.hour == 10
    assert found.copyright_notice == "© 2026 Port Post"


def test_the_article_of_a_graph_is_the_page_s() -> None:
    """JSON-LD lists the site, the page and the article; the article says who wrote it."""
    found = story(
        '<html><head><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Port Post"},'
        '{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"' + H + '","author":[{"@type":"Person",'
        '"name":"Ann Doe"}],"datePublished":"2026-03-01T10:15:00Z"}]}</script></head>'
        f"<body><h1>{H}</h1>{P}</body></html>"
    )
    assert found.byline == "Ann Doe"


def test_an_amp_page_is_read_without_what_it_brings_in() -> None:
    """Its canonical page names the story; adverts and share bars go, pictures stay."""
    found = story(
        '<!doctype html><html amp><head><link rel="canonical" href="https://quay.example/a"></head><body>'
        f'<article><h1>{H}</h1>{P}<amp-ad width="300">Buy a boat from us today, says the boat shop.</amp-ad>'
        '<figure><amp-img src="https://quay.example/a.jpg"></amp-img><figcaption>The boat (EP)</figcaption></figure>'
        "<amp-social-share>Tell your friends on the island</amp-social-share></article></body></html>"
    )
    assert found.guid == "https://quay.example/a"
    assert "boat shop" not in "".join(found.paragraphs) and "friends" not in "".join(found.paragraphs)
    assert found.associations[0].href == "https://quay.example/a.jpg"


def test_the_headline_is_said_once() -> None:
    """A page says it in title, heading and first line."""
    assert H not in texts(
        f"<html><head><title>{H} - Port Post</title></head><body><h1>{H}</h1><p>{H}</p>{P}</body></html>"
    )


def test_read_more_lines_become_links() -> None:
    """They point to other stories and are none of this one's text."""
    more = '<p>Read more: <a href="/bridge">Bridge to open in May</a></p>'
    found = story(f"<html><body><h1>{H}</h1>{P}{more}{P}</body></html>")
    assert "Bridge to open" not in "".join(found.paragraphs)
    assert [(link.rel, link.title, link.href) for link in found.links] == [
        ("related", "Bridge to open in May", "https://quay.example/bridge")
    ]


HOSTILE = {
    "elements": "<p>a" * 900_000,
    "attributes": "<p " + " ".join(f"a{number}=''" for number in range(300_000)) + ">",
    "attributes with signs in them": "<p " + " ".join(f"a{number}='>'" for number in range(200_000)) + ">",
    "depth": "<div>" * 100_000,
    "depth that browsers take": ("<div>" * 490 + P + "</div>" * 490) * 38,
    "depth and breadth": "<div>" * 490 + "<div><img src=a><p>One two three four five.</p></div>" * 2500,
    "runs": ("<div>" * 150 + P + "</div>" * 150) * 130,
    "names": "".join(f'<div class="{"share-box " * 25}{number}">y</div>' for number in range(15_000)),
    "links": "<p><a href='" * 200_000,
    "short codes": "<p>" + '[abc x="' * 400_000,
    "open tags": "<" * 4_000_000,
    "open comments": "<!--" * 1_000_000,
    "scripts": "<script>" * 400_000,
    "empty scripts": "<script></script>" * 200_000,
    "open quotes": "<p a='" * 600_000,
    "tables": ("<table><tr><td>" * 60 + "x" + "</table>" * 60) * 100,
    "lists": ("<ul><li>" + "words of a list item " * 3) * 6000,
    "data": f'<script type="application/ld+json">{"[" * 500_000}</script>{P}',
    "members": f'<script type="application/ld+json">[{"{}," * 900_000}{{}}]</script>{P}',
    "fields": "<div><input type=email>" * 9000 + P,
    "pictures": '<script type="application/ld+json">{"@type":"NewsArticle","image":['
    + ",".join(f'{{"url":"https://p.example/{nth}.jpg","caption":"Pier {nth}"}}' for nth in range(5_000))
    + f"]}}</script>{P}",
    "components amid text": "<div>" + "<x-y></x-y> The ferry is late. " * 15_000 + f"</div>{P}",
    "one long line": "<p>" + "Hallitus päätti lain. \x9d " * 100_000,
    "items": "<div itemscope itemtype='https://schema.org/NewsArticle'>" * 190
    + "<i itemprop=author>x</i>" * 15_000
    + P,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_that_is_built_to_hurt_is_read_or_refused_in_a_second(name: str) -> None:
    """Of processor time, so that a busy machine does not decide; and refused with Unparseable only."""
    page = f"<html><body><h1>{H}</h1>{HOSTILE[name]}".encode()[: 8 * 1024 * 1024]

    def read() -> None:
        with suppress(Unparseable):
            parse(page, hint="text/html")

    in_time(1.5, read)


@pytest.mark.parametrize("levels", [190, 230, 300, 500])
def test_a_page_is_read_as_deep_as_browsers_read_it(levels: int) -> None:
    """Its paragraphs in their order, and what follows the deep part; also with characters in it that XML has not."""
    ends = "</div>\x01" * levels
    page = f"<html><body><h1>{H}</h1><div>{'<div>' * levels}{P}{ends}{P}</div></body></html>"
    found = story(page).paragraphs
    assert len(found) == 8
    assert found[0].startswith("The old weigh house") and found[3].startswith("Neighbours had asked")


def test_parts_that_are_never_closed_are_read_in_their_order() -> None:
    """Old pages open one for each paragraph."""
    told = "".join(
        f"<div>Paragraph {n} tells what the council said of pier number {n} on that day." for n in range(400)
    )
    found = story(f"<html><body><h1>{H}</h1>{told}</body></html>").paragraphs
    assert [text.split()[1] for text in found] == [str(n) for n in range(400)]


def test_a_page_that_no_browser_reads_is_refused() -> None:
    """More than 512 levels deep, by whichever way it came to be so."""
    for page in ("<div>" * 600 + P, "<b>" * 100_000 + P):
        with pytest.raises(Unparseable, match="512 levels"):
            parse(page.encode(), hint="text/html")


def test_limits_are_the_caller_s() -> None:
    """A message that is within the default limits can be beyond smaller ones."""
    page = f"<html><body><h1>{H}</h1>{P}</body></html>".encode()
    for limits in (Limits(page_bytes=100), Limits(elements=3)):
        with pytest.raises(Unparseable):
            parse(page, limits=limits)
    with pytest.raises(Unparseable, match="attributes"):
        parse(b"<html><body><p " + b" ".join(b"a%d=''" % n for n in range(2000)) + b">x</p>")


def test_a_heading_of_few_signs_is_the_headline_where_a_sign_is_a_word() -> None:
    """The title has the site's name behind a hyphen that nothing parts from it."""
    prose = "".join(f"<p>港口{day}在风暴过后重新开放，港务局早上表示，渡轮中午起恢复运行。</p>" for day in "一二三四")
    page = (
        f"<html lang=zh><title>港口重新开放-海岸网</title><body><h1>港口重新开放</h1><div>{prose}</div></body></html>"
    )
    assert parse(page.encode(), hint="text/html").stories[0].headline == "港口重新开放"


@pytest.mark.parametrize("tag", ["tmp", "nyt_text", "port-story"])
def test_text_in_an_element_that_html_does_not_name_is_the_story(tag: str) -> None:
    """Though a picture beside it has a caption in a part of its own."""
    lines = P.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    text = "<br><br>".join(lines)
    picture = f"<div><div class='x1'><img src='/a.jpg'></div><div class='x2'>{lines[0]}</div></div>"
    page = f"<html><body><div><h1>{H}</h1>{picture}<div class='Normal'><{tag}>{text}</{tag}></div></div></body></html>"
    assert lines[1] in story(page).paragraphs and lines[-1] in story(page).paragraphs


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (
            '<p>The vote was close. <a class="playerLink" href="/p/7">Ann Roe</a>, who rows the boat, left early.</p>',
            "Ann Roe, who",
        ),
        ('<div>It was, so the mayor at the pier, an <i class="ads">odd</i> day for all of us.</div>', "an odd day"),
    ],
)
def test_words_within_a_sentence_stay_whatever_their_element_is_called(sentence: str, kept: str) -> None:
    """A name at the begin of one, too, if the sentence goes on behind it."""
    page = f"<html><body><article><h1>{H}</h1>{P}{sentence}</article></body></html>"
    assert kept in texts(page)


@pytest.mark.parametrize(
    ("sentence", "kept", "lost"),
    [
        (f'<p>{TEXT} <span class="adslot">Advertisement</span> and so it ended.</p>', "so it ended", "Advert"),
        (
            f'<div>{TEXT}, for which the rate<span class="tooltip">What banks pay each other.</span> rose.</div>',
            "the rate rose.",
            "What banks pay",
        ),
    ],
)
def test_what_stands_amid_a_sentence_and_is_none_of_it_goes(sentence: str, kept: str, lost: str) -> None:
    """A label, and what explains a word."""
    said = texts(f"<html><body><article><h1>{H}</h1>{P}{sentence}</article></body></html>")
    assert kept in said and lost not in said


def test_a_source_behind_the_last_sentence_is_a_credit_though_a_place_follows() -> None:
    """It is no name with which a sentence begins."""
    last = f'<p>{TEXT}. <span class="source">AFP</span>, Paris.</p>'
    page = f"<html><body><article><h1>{H}</h1>{P}{last}</article></body></html>"
    assert "AFP" in [one.value for one in story(page).credits]


@pytest.mark.parametrize("tag", ["newsletter-signup", "cookie-banner", "reader-comments", "audio-player"])
def test_a_web_component_is_called_something_by_its_tag(tag: str) -> None:
    """As others are by their class."""
    part = f"<{tag}>{TEXT}, so we ask you to stay with us.</{tag}>"
    page = f"<html><body><article><h1>{H}</h1>{P}{part}</article></body></html>"
    assert "we ask you" not in texts(page)


def test_an_address_in_angle_brackets_takes_no_text_from_the_story() -> None:
    """It is an element that HTML does not name, and holds all that follows."""
    text = "<br><br>".join(P.removeprefix("<p>").removesuffix("</p>").split("</p><p>"))
    copy = f"<pre>{text}<br><br>Jane <jane@quay.example><br><br>{text}</pre>"
    page = f"<html><body><article><h1>{H}</h1>{copy}</article></body></html>"
    assert story(page).paragraphs[0] == text.split("<br>")[0]


@pytest.mark.parametrize(
    "line",
    [
        "The opinions expressed by the minister do not reflect the position of the government, a spokeswoman said.",
        "Les propos exprimés par le ministre ne reflètent pas la position du gouvernement, a déclaré sa porte-parole.",
        "This story is closed for now, the prosecutor told the court on Tuesday.",
        "更多年轻人开始下载这款记账APP。",
        '{"status": "closed", "house": "ice"}',
    ],
)
def test_what_only_sounds_like_a_notice_is_of_the_story(line: str) -> None:
    """Opinions of those whom it is about, a case that is closed, an app that people load, data that it quotes."""
    page = f"<html><body><article><h1>{H}</h1>{P}<p>{line}</p>{P}</article></body></html>"
    assert line in story(page).paragraphs


@pytest.mark.parametrize(
    "line",
    [
        '{"js_modules": [{"name": "boat"}], "assetid": "77", "section": "harbour"}',
        "Autoplay",
        "© RIPRODUZIONE RISERVATA",
        "26 marzo 2026 ( modifica il 27 marzo 2026 | 13:25)",
        "PUB • CONTINUE A LER A SEGUIR",
        "The views expressed in this column are the author’s own and do not necessarily reflect those of the Post.",
        "This article is closed for comments. Please write to the desk.",
    ],
)
def test_what_stands_around_a_story_is_none_of_it(line: str) -> None:
    """Data that a script was to take away, labels of a player, rights reserved, opinions that are the writer's own."""
    page = f"<html><body><article><h1>{H}</h1>{P}<p>{line}</p></article></body></html>"
    assert len(story(page).paragraphs) == 4
