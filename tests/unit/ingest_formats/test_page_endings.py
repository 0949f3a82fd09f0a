"""How a page's story ends: its credit is kept, and nothing that the outlet says of itself behind it."""

from __future__ import annotations

import pytest
from quaypages import page

from dateline_schemas.story import Story

H = "Lamp makers of Ostra move into the old brewery"
TEXT = (
    "Eleven lamp makers of Ostra have moved into the old brewery, the town council said on Wednesday.",
    "The house had stood empty since its last brewer left for the coast nine years ago.",
    "“The light is good here, and the rent is low,” said Ida Korvel, who makes shades of paper.",
)
LAST = "Lamps from Ostra hang in forty countries, the guild says."


def story(behind: str, *, beside: str = "", site: str = "Ostra Courier") -> Story:
    """The story of a page with this behind its text, and this behind the part with the text."""
    text = "".join(f"<p>{one}</p>" for one in (*TEXT, LAST))
    head = f"<meta property='og:site_name' content='{site}'>"
    body = f"<article><h1>{H}</h1><div class='zt'>{text}{behind}</div>{beside}</article>"
    return page(body, title=f"{H} - {site}", head=head)


@pytest.mark.parametrize(
    "note",
    [
        "<p><em>Ostra Courier brings you what happens in the hills, in print since the year of the comet.</em></p>",
        "<p>(Nobody at Ostra Courier has changed this text, which came by wire.)</p>",
        "<p>Copyright Ostra Courier.</p>",
        "<p>Reprinted only by leave of © 2031 Ostra Courier</p>",
    ],
)
def test_what_an_outlet_says_of_itself_behind_a_story_is_none_of_it(note: str) -> None:
    """In letters of another kind, in brackets or as a notice of copyright, in any language."""
    assert story(note).paragraphs == (*TEXT, LAST)


def test_behind_the_credit_a_plain_line_about_the_outlet_is_none_of_the_story() -> None:
    """The credit stays."""
    note = "<p>The desk of Ostra Courier did not edit this text, which came by wire.</p>"
    assert story(f"<p>AFP</p>{note}").paragraphs == (*TEXT, LAST, "AFP")
    assert story(f"{note}<p>AFP</p>").paragraphs[-1] == "AFP"


@pytest.mark.parametrize(
    "last",
    [
        "<p>The guild told Ostra Courier that it would look for a second house.</p>",
        "<p><em>The names of the apprentices have been changed.</em></p>",
        "<p><em>With reporting by Reuters and Ostra Courier</em></p>",
        "<p>© 2031 Hill Agency, for Ostra Courier</p>",
        "<p><strong>Ostra Courier: Ms Korvel, thank you for the light.</strong></p>",
        "<p><em>Correction: An earlier version had a wrong number of lamps. Ostra Courier regrets it.</em></p>",
        "<p><em>“We told Ostra Courier so in May.”</em></p>",
        "<p>The judge saw a breach of copyright. Ostra Courier must pay for nine lamps.</p>",
    ],
)
def test_a_last_paragraph_of_the_story_stays(last: str) -> None:
    """One that names the outlet and looks like the others, one that does not name it, and a credit."""
    assert len(story(last).paragraphs) == len(TEXT) + 2


def test_text_in_a_part_of_its_own_stays() -> None:
    """An advertisement may have parted it from the rest; a notice there cannot be told from it by where it stands."""
    more = "The brewery has room for nine more, and a yard in which the lamps are hung to be looked at."
    for apart in (f"<div><p>{more}</p></div>", f"<div class='zn'>{more}</div>", f"<blockquote>{more}</blockquote>"):
        assert story("", beside=f"<div>Advertisement</div>{apart}").paragraphs == (*TEXT, LAST, more)


def test_what_an_outlet_says_of_itself_is_a_credit() -> None:
    """It may name the agency that the copy is from."""
    note = "A longer text came from AFP, and Ostra Courier made it shorter."
    read = story(f"<p><em>{note}</em></p>")
    assert read.paragraphs == (*TEXT, LAST)
    assert [credit.value for credit in read.credits if credit.where == "endline"] == [note]


def test_a_text_all_in_slanted_letters_keeps_its_end() -> None:
    """There slanted letters set nothing apart."""
    text = "".join(f"<p><em>{line}</em></p>" for line in (*TEXT, "We at Ostra Courier hang one in the window."))
    assert len(page(f"<h1>{H}</h1><div>{text}</div>", title=f"{H} - Ostra Courier").paragraphs) == len(TEXT) + 1


@pytest.mark.parametrize("before", ["UNESCO", "Par le passé, la maison était vide.", "This story is older than we."])
def test_only_a_credit_right_before_it_makes_a_line_a_note(before: str) -> None:
    """A heading may look like one, and a sentence may begin like one."""
    heading = f"<h3>{before}</h3>" if before.isupper() else f"<p>{before}</p>"
    last = "Nobody minds, the guild told Ostra Courier."
    assert story(f"{heading}<p>{last}</p>").paragraphs[-1] == last
    assert story(f"<p>AFP</p><p>The guild met on Friday.</p><p>{last}</p>").paragraphs[-1] == last


@pytest.mark.parametrize(
    ("site", "last"),
    [
        ("Time", "Doors open at six, and there is cider for those who come in time."),
        ("Metro", "A metronome is all that is heard at noon."),
    ],
)
def test_a_word_of_the_language_is_no_name_of_the_outlet(site: str, last: str) -> None:
    """A name counts as the page writes it, and by itself."""
    assert story(f"<p><em>{last}</em></p>", site=site).paragraphs[-1] == last


def test_in_scripts_without_gaps_a_name_stands_within_a_line() -> None:
    """Its neighbours are letters there."""
    assert story("<p><em>本文由奥斯特拉日报编辑。</em></p>", site="奥斯特拉日报").paragraphs == (*TEXT, LAST)


@pytest.mark.parametrize("site", ["", "AFP"])
def test_a_page_without_an_outlet_s_name_keeps_its_end(site: str) -> None:
    """Nothing is known of whom its last line speaks; names of three letters tell nothing."""
    assert len(story("<p><em>AFP is read in the hills.</em></p>", site=site).paragraphs) == len(TEXT) + 2


def test_a_last_slanted_paragraph_about_the_outlet_that_has_a_noun_of_the_story_is_a_note() -> None:
    """German has capital letters for all of them: names are those of several words."""
    note = "<p><em>Mehr über die Lampen und ihr Licht lesen Sie im Ostra Courier.</em></p>"
    last = "Das Licht ist gut, und die Lampen sind schön."
    assert story(f"<p>{last}</p>{note}").paragraphs == (*TEXT, LAST, last)


def test_a_last_slanted_paragraph_that_names_the_outlet_and_somebody_of_the_story_is_story() -> None:
    """A note of the outlet tells nothing of the story's people."""
    last = "Her lamps, which Ostra Courier showed in spring, will hang at the fair that Korvel has named."
    assert story(f"<p><em>{last}</em></p>").paragraphs == (*TEXT, LAST, last)


def test_the_topics_behind_a_story_credit_nobody() -> None:
    """A topic may be called like an agency."""
    assert "Reuters" not in story("", beside="<div class='topics'>Topics <ul><li>Reuters</li></ul></div>").paragraphs


@pytest.mark.parametrize(
    "last",
    [
        "<ul class='topics'><li>March: the brewer leaves</li><li>May: the lamp makers come</li></ul>",
        "<p>Who pays for the roof? Follow us up there and count the holes, the guild says.</p>",
        "<p>Apprenticeships: lamps@guild.example</p>",
        "<p>Latest video shows the lamps by night</p>",
    ],
)
def test_what_looks_like_a_list_of_topics_a_call_or_an_address_may_be_story(last: str) -> None:
    """A list called topics in the text, a question that the story answers, where its readers may write to."""
    said = story(f"{last}<p>Six of them have come for good.</p>").paragraphs
    assert len(said) > len((*TEXT, LAST, "Six"))


@pytest.mark.parametrize(
    "line",
    [
        "Like this story? Sign up for our letter and get it each week.",
        "Contact: desk@ostra.example",
        "See also",
        "Watch top videos from Ostra TV",
        "Email this to a friend",
        "Copyright Courier of Ostra.",
    ],
)
def test_calls_and_addresses_behind_a_story_are_none_of_it(line: str) -> None:
    """A call behind a question, an address behind its label; the outlet's name without its article."""
    assert story(f"<p>{line}</p>", site="The Courier of Ostra").paragraphs == (*TEXT, LAST)


def test_a_short_list_closes_a_story_and_one_of_links_does_not() -> None:
    """Behind the part that has the paragraphs, with its heading. What stands beside lists of another kind stays out."""
    items = "<h3>Lamps that burn now</h3><ul><li>Two on the quay</li><li><p>One in the lock</p></li></ul>"
    note = "<div class='x9'><p>Letters to the desk are printed on Fridays.</p></div>"
    text = "".join(f"<p>{one}</p>" for one in TEXT)
    body = f"<article><h1>{H}</h1><div class='story-body'><div>{text}</div>{{}}</div></article>"
    assert page(body.format(items)).paragraphs == (*TEXT, "Lamps that burn now", "Two on the quay", "One in the lock")
    for item in ("><li><a href='/t'>lamp</a>", "><li><button>Go</button>", " class='share'><li>Mail", " hidden><li>A"):
        assert page(body.format(f"{note}<ul{item}</li></ul>")).paragraphs == TEXT
