"""Lines that say who wrote a story, in the forms that pages give them."""

from __future__ import annotations

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
    ],
)
def test_a_date_may_stand_behind_an_author(line: str, byline: str) -> None:
    """Behind the part that has the name."""
    assert page(f"<main><h1>{H}</h1><article>{line}<div class='story-body'>{P}</div></article></main>").byline == byline
