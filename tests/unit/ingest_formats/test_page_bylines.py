"""Lines that say who wrote a story, in the forms that pages give them."""

from __future__ import annotations

import json

import pytest
from quaypages import TEXT, H, P, page


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Unreal and agencies",
        "By Ana Unreal with AFP",
        "By Ana Unreal/AFP",
        "By Ana Unreal | AFP",
        "By Ana Unreal in Cape Town",
        "By Ana Unreal for Reuters",
        "Par Ana Fictive avec agences",
        "Por Ana Fictícia, g1 Oakhaven",
        "La Rédaction avec AFP",
        "Staff with Reuters",
        "Written by AFP",
    ],
)
def test_a_byline_may_name_an_agency_or_a_place_behind_its_author(line: str) -> None:
    """It is a byline as a whole, and no paragraph."""
    found = page(f"<article><h1>{H}</h1><p>{line}</p>{P}</article>")
    assert (found.byline, found.paragraphs) == (line, TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "By Lake Vann and beyond",
        "By Monday morning the town was dry",
        "By Sea, by Land and by Air to Orr",
        "By Ana Unreal in the old town",
        "By Easter Monday in Orr.",
        "La Rédaction avec vous",
        "Staff with Doctors Without Borders",
        "Redacción con Perspectiva De Género",
        "Staff With Long Covid Sue Hospital",
        "Staff with dogs search the quay",
    ],
)
def test_a_line_that_goes_on_in_words_is_no_byline(line: str) -> None:
    """Behind a name stand names."""
    assert page(f"<article><h1>{H}</h1><p>{line}</p>{P}</article>").paragraphs == (line, *TEXT)


def test_a_byline_with_labels_for_screen_readers_is_its_names() -> None:
    """The list has no class; the part around it is called a byline by the label that it points to."""
    label = "<span class='visually-hidden'>{}, </span><span>{}</span>"
    lines = "".join(
        f"<li>{label.format(*said)}</li>" for said in (("Author", "Ana Unreal"), ("Role", "Quay Post, Orr"))
    )
    box = "<section aria-labelledby='article-byline'><b class='visually-hidden' id='article-byline'>About this</b>"
    box += f"<ul>{lines}</ul></section>"
    found = page(f"<article><h1>{H}</h1>{box}<div>{P}</div></article>")
    assert (found.byline, found.paragraphs) == ("Ana Unreal, Quay Post, Orr", TEXT)
    assert (
        page(f"<article><h1>{H}</h1><span class='sr-only author'>Ana Unreal</span>{P}</article>").byline == "Ana Unreal"
    )


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<footer><div>Par <span>Ana Fictive</span>, le lun 09/03/2026 - 09:00</div></footer>", "Par Ana Fictive"),
        ("<p class='submitted'>Submitted by <b>Ana Unreal</b> on Mon, 03/09/2026</p>", "Submitted by Ana Unreal"),
        ("<footer><p>Owned by <a href='/x'>Bay Holdings</a></p></footer>", ""),
        ("<p>Shared by <b>Readers Club</b> 12 times</p>", ""),
        ("<div class='post-meta'>By Ana Unreal, March 9, 2026</div>", "By Ana Unreal"),
        ("<div>By Ana Unreal on Friday, 9 March 2026</div>", "By Ana Unreal"),
        ("<div>Von Ana Erdacht am 9. März 2026, 10:05 Uhr</div>", "Von Ana Erdacht"),
        ("<div>By Ana Unreal (AFP), March 9, 2026</div>", "By Ana Unreal (AFP)"),
        ("<div>By AFP, March 9, 2026</div>", "By AFP"),
        ("<div class='byline'>Por Ana Irreal el lunes, 9 de marzo de 2026</div>", "Por Ana Irreal"),
        ("<div class='byline'>Ana Unreal on March 9, 2026</div>", "Ana Unreal"),
        ("<div>By Lena Sun, March 9, 2026</div>", "By Lena Sun"),
        ("<div class='byline'>Von Ana Sonntag, 9. März 2026</div>", "Von Ana Sonntag"),
        ("<div>By Ana B. Sun, March 9, 2026</div>", ""),
        ("<div class='byline'>Ana Unreal March 9, 2026</div>", "Ana Unreal"),
        ("<div class='author-links'><a>Ana Unreal</a><i>3 min read</i></div>", "Ana Unreal"),
        ("<div class='author'>News 24 Desk</div>", "News 24 Desk"),
        ("<div class='byline'>Ana van McUnreal March 9, 2026</div>", "Ana van McUnreal"),
        ("<div class='byline'>Publicerad 9 mars 2026</div>", ""),
        ("<div class='byline'>Data publikacji 09.03.2026, 10:05</div>", ""),
        ("<p>By the lock on 9 March 2026</p>", ""),
    ],
)
def test_a_date_may_stand_behind_an_author(line: str, byline: str) -> None:
    """Behind the part that has the name, or the name itself, as does how long the story takes to read."""
    assert page(f"<main><h1>{H}</h1><article>{line}<div class='story-body'>{P}</div></article></main>").byline == byline


@pytest.mark.parametrize(
    "line",
    [
        "<div class='meta'><a href='/author/ana/'><img src='a.jpg'><b>Ana Unreal</b></a> 9 March</div>",
        "<div><a href='/author/ana/'><img src='a.jpg'></a> <a href='/author/ana/'>Ana Unreal</a></div>",
    ],
)
def test_the_portrait_of_an_author_stands_in_the_link_to_what_she_wrote(line: str) -> None:
    """Neither the link nor the picture is another story's; a link with a picture to anything else is."""
    found = page(f"<article><h1>{H}</h1>{line}<div>{P}</div></article>")
    assert (found.byline, found.associations) == ("Ana Unreal", ())
    assert page(f"<article><h1>{H}</h1>{line.replace('author', 'ferry')}<div>{P}</div></article>").byline == ""
    other = "<a href='/author/bo/'><img src='b.jpg'><b class='author'>Bo Unreal</b></a>"
    other += "<a href='/x'>What the quay needs now</a>"
    assert page(f"<article><h1>{H}</h1><div>{P}</div><p>{other}</p></article>").byline == "", "another's column"


@pytest.mark.parametrize(
    "line",
    [
        "Por Ana Fictícia, Quay Post — Orr",
        "By Ana Unreal, Quay Post",
        "AFP / Quay Post",
        "By Quay Post",
        "Quay Post newsroom",
    ],
)
def test_an_outlet_that_states_itself_as_author_hides_nobody(line: str) -> None:
    """Who is named to readers wrote the story, at the outlet."""
    said = {"@type": "Organization", "name": "Quay Post"}
    ld = json.dumps({"@type": "NewsArticle", "headline": H, "author": said, "publisher": said})
    head = f"<script type='application/ld+json'>{ld}</script>"
    assert page(f"<article><h1>{H}</h1><p class='byline'>{line}</p><div>{P}</div></article>", head=head).byline == line
    for name, byline in (("AFP", "AFP"), ("Quay Post", "Quay Post")):
        meta = f"<meta name='articleAuthor' content='{name}'>"
        assert page(f"<article><h1>{H}</h1><div>{P}</div></article>", head=head + meta).byline == byline


@pytest.mark.parametrize("kind", ["Person", ["Person", "Organization"]])
def test_who_publishes_what_she_writes_is_no_outlet(kind: str | list[str]) -> None:
    """As authors of blogs do, beside others."""
    said = [{"name": "Ana Unreal"}, {"name": "Bo Ray"}]
    ld = json.dumps({"@type": "Article", "author": said, "publisher": {"@type": kind, "name": "Ana Unreal"}})
    head = f"<script type='application/ld+json'>{ld}</script>"
    assert page(f"<article><h1>{H}</h1><div>{P}</div></article>", head=head).byline == "Ana Unreal & Bo Ray"
