"""Wire texts in Markdown: what is marked becomes text, and what it links to is kept."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import parse
from dateline_ingest.formats.text.markdown import is_markdown, plain_of
from dateline_schemas.story import Association, Link, Story

WIRE = """# Bridge *opens* again

**By Ada Sample**

OAKHAVEN (XPA) - The [bridge](https://roads.example/bridge "Roads") over the *wide* river opened to traffic on
Thursday, the __council__ said in [a notice][1].

![The bridge (XPA/Joe Muster)](https://pics.example/bridge.jpg)

What comes next
---------------

- A tug will pull
* The other boats sail
1. Tolls stay at 5\\*

> "We wrote every spring," the mayor said. See <https://council.example/> or `channel 12`.

***

*XPA*

[1]: https://council.example/notice "Notice"
"""


def story(text: str) -> Story:
    """The story of a text."""
    return parse(text.encode()).stories[0]


def test_a_wire_in_markdown() -> None:
    """Headline, byline, dateline, body and closing line are told as in a text without marks."""
    found = story(WIRE)
    assert (found.headline, found.byline, found.dateline) == ("Bridge opens again", "By Ada Sample", "OAKHAVEN (XPA) -")
    assert found.paragraphs == (
        "OAKHAVEN (XPA) - The bridge over the wide river opened to traffic on Thursday, the council said in a notice.",
        "What comes next",
        "A tug will pull",
        "The other boats sail",
        "1. Tolls stay at 5*",
        '"We wrote every spring," the mayor said. See https://council.example/ or channel 12.',
        "XPA",
    )
    assert found.links == (
        Link(href="https://roads.example/bridge", rel="related", title="bridge"),
        Link(href="https://council.example/notice", rel="related", title="a notice"),
        Link(href="https://council.example/", rel="related"),
    )
    assert found.associations == (
        Association(
            rel="picture", type="picture", href="https://pics.example/bridge.jpg", caption="The bridge (XPA/Joe Muster)"
        ),
    )
    assert found.credits[-1].value == "XPA"


def test_a_headline_that_is_underlined() -> None:
    """Two lines make a headline of the first level, too."""
    found = story("Bridge opens again\n==================\n\nOAKHAVEN (XPA) - It opened to traffic on Thursday.\n")
    assert (found.headline, len(found.paragraphs)) == ("Bridge opens again", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Shares fall\n\n* Lowest since 2019\n* Fleet is insured\n\nOAKHAVEN (XPA) - Shares fell.\n",
        "Shares fall\n\nOAKHAVEN (XPA) _ Shares fell 3 * 4 percent.\n\n___\n\nXPA writer Ada Sample contributed.\n",
        "Aktien fallen\n\nBerlin (XPA) - Aktien fielen.\n\n# Notizblock\n\n## Hinweise\n- Zusammenfassung\n",
        "** EMBARGO **\n\nShares fall [1] in a_b_c (see page 2).\n",
        "BC-XX--Shares\nSee [sic] and f(x)[0](y) here.\n",
    ],
)
def test_signs_that_wires_have_are_no_markdown(text: str) -> None:
    """Stars and dashes before lines, underscores for dashes, notes under ``#`` stay as they are."""
    assert not is_markdown(text)


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "/story/1", "#top"])
def test_only_addresses_of_the_web_are_links(target: str) -> None:
    """Others are no links; where they stand in a link, its text stays."""
    found = plain_of(f"**See** [the notice]({target}) here.")
    assert found.links == ()
    assert "the notice" in found.text


@pytest.mark.parametrize("line", ["***KILL***KILL***KILL***", "**EMBARGO**EMBARGO**"])
def test_stars_between_words_are_signs_of_a_wire(line: str) -> None:
    """Emphasis ends where its word does; what stars part are several words."""
    (story,) = parse(f"{line}\n\nFerry runs again\n\nIt runs.\n".encode()).stories
    assert story.pubstatus != "usable"


def test_marks_by_the_thousand_take_no_time() -> None:
    """Unclosed marks are text, however many there are."""
    for mark in ("[", "**", "![", "[a](", "`", "_", "> ", "[a][", "*a", "\\"):
        assert plain_of(f"# Title\n\n{mark * 20_000}").links == ()
