"""Pictures on a page that are other stories': whoever is credited under them has nothing to do with this one."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

H = "Ferry of Osk returns to the lake"
OWN = "The ferry at its quay. (Ada Muster/AFP)"
LEAD = f"<figure><img src='/own.jpg'><figcaption>{OWN}</figcaption></figure>"
TEXT = (
    "The ferry between the two shores of the lake came back on Friday after a winter in the yard, its owner said.",
    "Some two hundred people had come to see it land, and the mayor cut a ribbon in the colours of the town of Osk.",
    "The crossing takes twenty minutes and costs as much as before, and bicycles are still carried free until noon.",
    "A second boat is to follow in the autumn, if the council finds the money that the province promised in March.",
    "Nobody in Osk remembers a year without a boat, and the old captain says that he does not intend to see one.",
)
P = [f"<p>{text}</p>" for text in TEXT]
TITLE = "Wool fair in the north draws thousands of buyers"
SAID = "Sacks of wool. Photo: Reuters"
SHOWN = f"<img src='/wool.jpg'><figcaption>{SAID}</figcaption>"
TEASER = f"<figure>{SHOWN}</figure><h3><a href='/wool'>{TITLE}</a></h3>"


def story(between: str = "", behind: str = "", lead: str = LEAD) -> Story:
    """The story of a page with something between its paragraphs and something behind the last one."""
    text = "".join((*P[:2], between, *P[2:], behind))
    body = f"<main><article><h1>{H}</h1>{lead}<div class='q1'>{text}</div></article></main>"
    page = f"<html lang='en'><head><title>{H}</title></head><body>{body}</body></html>"
    return parse(page.encode(), hint="text/html", url="https://osk.example/ferry").stories[0]


def shown(found: Story) -> list[str]:
    """The captions of a story's pictures."""
    return [one.caption for one in found.associations]


OTHERS = {
    "a teaser": f"<div class='q2'>{TEASER}</div>",
    "a teaser that is an article": f"<div><article>{TEASER}</article></div>",
    "two in a list": f"<ul><li>{TEASER}</li><li>{TEASER.replace('wool', 'goat').replace('Wool', 'Goat')}</li></ul>",
    "a link that is called a title": f"<div><figure>{SHOWN}</figure><a class='title' href='/wool'>{TITLE}</a></div>",
    "an aside with a link": f"<aside><figure>{SHOWN}</figure><a href='/wool'>{TITLE}</a></aside>",
    "a title as caption": f"<figure><img src='/wool.jpg'><figcaption><a href='/wool'>{TITLE}</a> Photo: Reuters"
    "</figcaption></figure>",
    "a box of related stories": f"<div class='related-articles'><figure>{SHOWN}</figure></div>",
    "a line above links": f"<div><h4>Read also:</h4><figure>{SHOWN}</figure><a href='/wool'>{TITLE}</a></div>",
    "a caption that points": "<figure><img src='/wool.jpg'><figcaption>RELATED: The wool fair draws thousands. Photo: "
    "Reuters</figcaption></figure>",
}


def test_who_comments_is_no_source() -> None:
    """Comments are quotations of their writers on some pages."""
    comment = "<cite><a href='/u/1'>Reuters fan</a><span class='timestamp'>4 minutes ago</span></cite>"
    found = story(behind=f"<ul class='user-comments'><li>{comment}<blockquote>At last.</blockquote></li></ul>")
    assert not any("fan" in one.value for one in found.credits)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
@pytest.mark.parametrize("at", ["between", "behind"])
def test_a_picture_beside_the_title_of_another_story_is_not_this_ones(other: str, at: str) -> None:
    """Neither the picture nor its credit, be it between the paragraphs or behind the last one."""
    found = story(**{at: other})
    assert shown(found) == [OWN]
    assert not any("Reuters" in one.value for one in found.credits)
    assert found.paragraphs == TEXT


KEPT = {
    "alone": f"<figure>{SHOWN}</figure>",
    "in an aside": f"<aside><figure>{SHOWN}</figure></aside>",
    "in an aside with a text": f"<aside><figure>{SHOWN}</figure><p>Wool was what the ferry carried in the years before "
    "the road, and the <a href='/wool'>fair in the north still draws its buyers</a>.</p></aside>",
    "with a link in its caption": "<figure><img src='/wool.jpg'><figcaption>Sacks of wool on board, bound for the "
    "<a href='/wool'>fair</a>. Photo: Reuters</figcaption></figure>",
    "with a caption that links the whole picture": "<figure><a href='/photo/7'><img src='/wool.jpg'></a><figcaption>"
    "<a href='/photo/7'>Sacks of wool wait at the quay of Osk.</a> Photo: Reuters</figcaption></figure>",
    "beside the section's name": "<div><h3><a href='/section'>Transport and lakes</a></h3>"
    f"<figure>{SHOWN}</figure></div>",
    "beside its author": f"<div><figure>{SHOWN}</figure><a href='/authors/ada'>All texts by Ada Muster</a></div>",
    "in a gallery beside one title": f"<div>{LEAD.replace('own', 'quay')}<figure>{SHOWN}</figure>"
    f"<h3><a href='/wool'>{TITLE}</a></h3></div>",
}


@pytest.mark.parametrize("own", KEPT.values(), ids=KEPT.keys())
@pytest.mark.parametrize("at", ["between", "behind"])
def test_a_picture_of_the_story_stays_whatever_is_linked_near_it(own: str, at: str) -> None:
    """A link in a caption, a section, an author, a gallery with a title under it: none of them makes it another's."""
    assert any("Photo: Reuters" in caption for caption in shown(story(**{at: own})))


@pytest.mark.parametrize("around", ["div class='teaser'", "div class='slider'", "section class='latest more'"])
def test_what_holds_the_story_itself_is_never_another_storys(around: str) -> None:
    """Whatever the part under the headline is called: its byline and its pictures are read."""
    name = around.partition(" ")[0]
    whole = f"<{around}><div class='byline'>By Ada Muster</div>{LEAD}<div class='q1'>{''.join(P)}</div></{name}>"
    page = f"<html lang='en'><body><main><h1>{H}</h1>{whole}</main></body></html>"
    found = parse(page.encode(), hint="text/html", url="https://osk.example/ferry").stories[0]
    assert shown(found) == [OWN]
    assert found.byline == "By Ada Muster"


def test_a_picture_box_that_is_called_an_adverts_neighbour_stays() -> None:
    """If it holds no link: a name that says where adverts stand says nothing of the picture."""
    lead = f"<div class='post-img ads-top-after'><img src='/own.jpg'><p class='img-description'>{OWN}</p></div>"
    assert shown(story(lead=lead)) == [OWN]
    linked = lead.replace("<img src='/own.jpg'>", "<a href='/shop'><img src='/own.jpg'></a>")
    assert shown(story(lead=linked)) == []


def test_an_author_under_a_portrait_is_no_caption() -> None:
    """An ``address`` in a caption is who wrote the text (HTML, section 4.3.10)."""
    said = "<figcaption>Wrote this on Friday<address>Ada Muster</address></figcaption>"
    assert shown(story(lead=f"<figure><img src='/ada.jpg'>{said}</figure>{LEAD}")) == [OWN]


CAPTIONED = "<img src='/{0}.jpg'><p class='caption'>{1} <span class='credit'>Ada Muster/AFP</span></p>"
SLIDES = "".join(
    f"<div class='slide'>{CAPTIONED.format(*one)}</div>" for one in (("a", "At the quay."), ("b", "Noon."))
)


@pytest.mark.parametrize(
    ("box", "captions"),
    [
        (f"<div class='relatedPhoto' id='articleImage'>{CAPTIONED.format('a', 'At the quay.')}</div>", 1),
        (f"<div class='carousel'>{SLIDES}</div>", 2),
        (f"<div class='carousel'>{SLIDES}<p>More stories: <a href='/wool'>{TITLE}</a></p></div>", 0),
    ],
)
def test_a_box_of_pictures_alone_is_the_story_s_whatever_it_is_called(box: str, captions: int) -> None:
    """A carousel holds its slides, and what is called a related picture is the story's, unless a link leads on."""
    found = story(lead=box)
    assert [one.creditline for one in found.associations] == ["Ada Muster/AFP"] * captions


def test_who_writes_comments_wrote_no_story() -> None:
    """Some pages have them as a list of terms."""
    comment = (
        "<dl><dt class='author'>by ropemaker, 3 March</dt><dd>I would rather have a bridge than that boat.</dd></dl>"
    )
    assert not story(behind=f"<div class='userComments'>{comment * 3}</div>").byline


def test_each_link_of_a_line_is_a_story_of_its_own() -> None:
    """Labels stand between them, or brackets around them; a link to a gallery is none."""
    second = "Goat fair in the south draws thousands of buyers"
    line = f"<p><a href='/wool'>{TITLE}</a> Video: <a href='/goat'>{second}</a></p>"
    bracketed = "<p><a href='/boat'>[Read: Second boat is late again]</a></p>"
    gallery = "<p><a href='/all'>View all photos in gallery</a></p>"
    found = [link.title for link in story(between=line + bracketed + gallery).links if link.rel == "related"]
    assert found == [TITLE, second, "Second boat is late again"]


def test_linked_places_in_a_script_without_spaces_are_no_stories() -> None:
    """The title of one is longer."""
    places = story(behind="<p><a href='/a'>青石镇</a>、<a href='/b'>石湾镇</a></p>").links
    assert not {"青石镇", "石湾镇"} & {link.title for link in places}
