"""Captions of pictures that nothing calls one, and what a page's data say of its pictures."""

from __future__ import annotations

import pytest
from quaypages import H, P, page
from slowness import in_time

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

IMAGE = '<img src="/img/boat.jpg">'
CAPTION = "The last boat of the line leaves its pier"


def story(above: str, head: str = "") -> Story:
    """The story of a page with something between its headline and its text."""
    return page(f"<main><h1>{H}</h1>{above}{P}</main>", head=head)


@pytest.mark.parametrize(
    "above",
    [
        f'<div class="q1">{IMAGE}<div class="q2">{CAPTION}</div></div>',
        f'<div class="q1"><a href="/img/boat-large.jpg">{IMAGE}</a><p>{CAPTION}</p></div>',
        f'<div class="article-image"><a href="#">{IMAGE}</a><p class="q2">{CAPTION}</p></div>',
        f"<div>{IMAGE}</div><p><em>{CAPTION}</em></p>",
        f'<p style="text-align:center">{IMAGE}</p><p style="text-align:center">{CAPTION}</p>',
        f"{IMAGE}<small>{CAPTION}</small>",
        f"<p>{IMAGE}</p><p>{CAPTION} (Photo: Ann Roe)</p>",
        f"<table><tr><td>{IMAGE}</td></tr><tr><td>{CAPTION}. Foto: Ann Roe</td></tr></table>",
        f"<dl><dt>{IMAGE}</dt><dd>{CAPTION}</dd></dl>",
        f'<div class="field-image">{IMAGE}</div><div class="field-legende">{CAPTION}</div>',
        f'<div class="wp-caption">{IMAGE}<noscript>{IMAGE}</noscript><p class="wp-caption-text">{CAPTION}</p></div>',
        f'<amp-img src="/img/boat.jpg"></amp-img><p class="epigrafe">{CAPTION}</p>',
        f'<div class="wp-caption"><img src="/img/boat.jpg"><p class="wp-caption-text">{CAPTION}</p></div>',
        f'<article class="media media--image"><div>{IMAGE}</div><p class="field-caption">{CAPTION}</p></article>',
        f'<figure>{IMAGE}<figcaption><b class="visually-hidden">Caption, </b>{CAPTION}</figcaption></figure>',
    ],
)
def test_a_short_text_under_a_picture_is_its_caption(above: str) -> None:
    """In a box with it, set apart from the text, or with a credit in it; and it is no paragraph of the story."""
    found = story(above)
    assert [one.caption.startswith(CAPTION) for one in found.associations] == [True]
    assert found.associations[0].href == "https://quay.example/img/boat.jpg"
    assert not any(CAPTION in text for text in found.paragraphs)
    assert len(found.paragraphs) == 4
    assert any(one.where == "picture" and CAPTION in one.value for one in found.credits)


@pytest.mark.parametrize(
    "above",
    [
        f'<div class="q1">{IMAGE}<p class="caption">{CAPTION}</p><div class="credit">Ann Roe / Reuters</div></div>',
        f'<aside class="photo">{IMAGE}<p>{CAPTION}<span class="credit">Ann Roe / Reuters</span></p></aside>',
        f'<div>{IMAGE}<p class="x-imageCaption">{CAPTION}<span class="credit">Ann Roe / Reuters</span></p></div>',
        f'<div class="q1">{IMAGE}</div><p class="video-desc">{CAPTION}</p><p class="copyright">Ann Roe / Reuters</p>',
        f'<div>{IMAGE}<p class="image-caption">{CAPTION}</p><p class="image-attribution">Ann Roe / Reuters</p></div>',
        f'<figure>{IMAGE}<p class="caption attribution">{CAPTION}</p><p class="credit">Ann Roe / Reuters</p></figure>',
    ],
)
def test_a_credit_behind_a_caption_is_the_picture_s(above: str) -> None:
    """It says nothing of whose the text is; and a caption that ends with its credit is more than that."""
    found = story(above)
    said = [one for one in found.credits if "Reuters" in one.value]
    assert said and all(one.where == "picture" for one in said)
    assert [one.caption for one in found.associations] == [f"{CAPTION} Ann Roe / Reuters"]
    assert [one.creditline for one in found.associations] == ["Ann Roe / Reuters"]
    assert len(found.paragraphs) == 4


def test_what_a_figure_says_is_its_caption() -> None:
    """Also where no ``figcaption`` holds it; a button in it tells that it is none."""
    assert [one.caption for one in story(f"<figure>{IMAGE}<div>{CAPTION}</div></figure>").associations] == [CAPTION]
    assert story(f"<figure>{IMAGE}<button>{CAPTION}</button></figure>").associations == ()


@pytest.mark.parametrize(
    "line",
    [
        "ボート、26日午前、港市で。田中一郎撮影",
        "渡轮最后一次离开码头。王海 摄",
        "渡轮离开码头前的乘客。港务局供图",
        "改建前的旧栈桥。视觉中国 资料",
        "▲当晚的码头，视频截图。",
        "26일 오전 마지막 배 [사진=뉴시스]",
        "Prom o świcie / fot. Jan Wilk",
        "Der Hafen am Morgen. Bild: Jana Roth",
        "Снимка: БГНЕС",
    ],
)
def test_a_caption_is_known_by_whose_picture_it_says_it_is(line: str) -> None:
    """As pages of many languages write it."""
    found = story(f"<p>{IMAGE}</p><p>{line}</p>")
    assert [one.caption for one in found.associations] == [line]
    assert line not in found.paragraphs


@pytest.mark.parametrize(
    "above",
    [
        f"<p>{IMAGE}</p><p>The boat had 41 seats and a bell, and the harbour office will keep none of both.</p>",
        f'<div class="q1">{IMAGE}<div>Jane Roe</div></div>',
        f'<div class="q1"><a href="/other">{IMAGE}</a><div>The market hall is open again</div></div>',
        f'<div class="q1">{IMAGE}<h3>The market hall is open again</h3></div>',
        f'<div class="q1">{IMAGE}<div><a href="/other">The market hall is open again</a></div></div>',
    ],
)
def test_what_is_text_a_name_or_a_pointer_is_no_caption(above: str) -> None:
    """A paragraph that follows a picture looks like the others; an author has a portrait, another story a picture."""
    assert story(above).associations == ()


def test_a_story_that_is_told_under_pictures_keeps_its_text() -> None:
    """Captions are a small part of a page's prose."""
    told = "".join(
        f"<div>{IMAGE}<p>Step {n}: the keeper of the pier opens lock number {n} by hand.</p></div>" for n in range(9)
    )
    page = f"<html><body><main><h1>{H}</h1>{told}</main></body></html>"
    found = parse(page.encode(), hint="text/html").stories[0]
    assert len(found.paragraphs) == 9


def data(image: str) -> str:
    """JSON-LD of an article with an image."""
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{H}","image":{image}}}</script>'


IMAGE_OBJECT = (
    '{{"@type":"ImageObject","url":"https://quay.example/img/boat-1200x800.jpg","caption":"{}","creditText":"Ann Roe"}}'
)


def test_a_picture_that_only_the_page_s_data_tell_of_is_the_story_s() -> None:
    """With its caption and its credit."""
    found = story("", data(IMAGE_OBJECT.format(CAPTION))).associations
    assert [(one.caption, one.creditline) for one in found] == [(CAPTION, "Ann Roe")]


def test_a_picture_that_is_shown_and_stated_is_one() -> None:
    """Files of several sizes are one picture; its credit is taken from where it is."""
    shown = f'<figure><img src="/img/boat-300x200.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    found = story(shown, data(IMAGE_OBJECT.format("A boat"))).associations
    assert [(one.caption, one.creditline) for one in found] == [(CAPTION, "Ann Roe")]


def test_a_stated_caption_that_repeats_the_headline_or_the_summary_says_nothing() -> None:
    """Publishing systems fill it with what they have."""
    assert story("", data(IMAGE_OBJECT.format(H))).associations == ()
    summary = f'<meta name="description" content="{CAPTION}">'
    assert story("", summary + data(IMAGE_OBJECT.format(CAPTION))).associations == ()


def test_where_a_page_shows_only_whose_a_picture_is_its_data_tell_the_caption() -> None:
    """The line that is shown is the credit."""
    data = f'{{"@type":"NewsArticle","headline":"{H}","image":{{"url":"https://quay.example/img/boat.jpg","caption":"{CAPTION}"}}}}'
    above = f'<div class="image">{IMAGE}<p class="image-credit">Photograph by Ann Roe</p></div>'
    found = story(above, head=f'<script type="application/ld+json">{data}</script>').associations
    assert [(one.caption, one.creditline) for one in found] == [(CAPTION, "Photograph by Ann Roe")]


def _story(between: str, byline: str = "") -> Story:
    text = (
        "<p>The river left its bed on Sunday and took two of the three bridges of Lower Ansa with it.</p>",
        "<p>Nobody was hurt, said the mayor, who had the market cleared an hour before the water came.</p>",
    )
    headline = "<h1>Two bridges of Lower Ansa are gone</h1>"
    body = f"<article>{headline}{byline}<div class='x1'>{between.join(text)}</div></article>"
    return parse(f"<html><body>{body}</body></html>".encode(), hint="text/html", url="https://a.example/1").stories[0]


def test_each_figure_of_a_gallery_has_its_own_caption() -> None:
    """A gallery may be a figure itself."""
    inner = "".join(
        f"<figure><img src='/{nth}.jpg'><figcaption>{said}</figcaption></figure>"
        for nth, said in enumerate(("The old bridge before the flood", "The market place on Sunday (AFP)"))
    )
    captions = [one.caption for one in _story(f"<figure>{inner}</figure>").associations]
    assert captions == ["The old bridge before the flood", "The market place on Sunday (AFP)"]


def test_figures_within_figures_are_read_in_time() -> None:
    """Who looked at all that each of them holds would take twenty seconds."""
    nested = "<figure>" * 180 + "<b>x</b>" * 18_000 + "</figure>" * 180
    assert in_time(8.0, lambda: _story(nested)).associations == ()


def test_the_text_under_a_row_of_icons_is_story() -> None:
    """Nothing in it credits a picture, though it is set apart."""
    text = "Seven boats still look for the ferryman."
    row = f"<p><img src='/1.gif'><img src='/2.gif'></p><p><em>{text}</em></p>"
    assert text in _story(row).paragraphs


def test_a_credit_before_a_caption_stands_behind_it() -> None:
    """Wherever a page has it."""
    figure = (
        "<figure><img src='/1.jpg'><div class='source'>Ada Oro / AFP</div><figcaption>The market on Sunday</figcaption>"
    )
    assert [one.caption for one in _story(f"{figure}</figure>").associations] == ["The market on Sunday Ada Oro / AFP"]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<p class='author'>Ada Oro Chief Reporter</p>", "Ada Oro Chief Reporter"),
        ("<p class='info'>31 March 2031, by Ada Oro</p>", "by Ada Oro"),
    ],
)
def test_what_stands_beside_an_author_takes_nothing_from_the_byline(line: str, byline: str) -> None:
    """A role behind the name, a date before it."""
    assert _story("", line).byline.casefold() == byline.casefold()


def test_what_is_only_called_a_time_credits_nobody() -> None:
    """Words beside a date say how long ago it was, or what a button does."""
    line = "<div class='post-info'>Three days ago</div><span class='updated'>Last Updated | Published</span>"
    assert [one.value for one in _story("", line).credits if one.value == "Last Updated | Published"] == []
