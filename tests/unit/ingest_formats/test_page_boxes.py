"""Boxes on a page that no name tells, known by what is in them: some are none of the story, some are all of it."""

from __future__ import annotations

import pytest
from quaypages import OTHER, TEXT, H, P, page
from slowness import in_time

from dateline_schemas.story import Story

WALL = (
    "We and our 842 partners store and access personal data, like unique identifiers, on your device. Selecting one of "
    "these enables tracking technologies to support the purposes that are shown here, of which some need no consent. "
) * 6


def story(body: str) -> Story:
    """The story of a page with this body."""
    return page(body, head=f"<meta property='og:title' content='{H}'>")


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='zx1'><h2>We value your privacy</h2><p>{WALL}</p><button>Accept all</button></div>",
        f"<div class='zx1'><p>{WALL}</p><div><button>Reject</button><button>Accept</button></div></div>",
        f"<div role='dialog' class='zx1'><h2>We value your privacy</h2><p>{WALL}</p></div>",
    ],
)
def test_a_box_that_asks_for_consent_is_none_of_a_page_that_has_a_story(box: str) -> None:
    """However much longer than the story it is."""
    assert story(f"{box}<div><h1>{H}</h1>{P}</div>").paragraphs == TEXT


def test_a_story_about_consent_with_a_button_beneath_is_one() -> None:
    """Its headline stands in the same box."""
    button = "<button>Accept</button>"
    assert story(f"<div><h1>{H}</h1>{P}<p>{WALL}</p>{button}</div>").paragraphs == (*TEXT, WALL.strip())


def test_an_entry_of_a_live_page_in_a_list_is_a_heading_and_its_paragraphs() -> None:
    """An item with no more than text stays one line."""
    entries = "".join(f"<li><h4>Entry {nth}</h4><p>{text}</p></li>" for nth, text in enumerate(TEXT))
    points = "<ul><li>Two cranes</li><li><p>One slip</p></li></ul>"
    found = story(f"<article><h1>{H}</h1><p>{OTHER}</p><ul>{entries}</ul>{points}{P}</article>").paragraphs
    told = (said for nth, text in enumerate(TEXT) for said in (f"Entry {nth}", text))
    assert found == (OTHER, *told, "Two cranes", "One slip", *TEXT)


def test_a_quotation_in_a_figure_is_text() -> None:
    """WordPress sets pulled quotes so; a figure with a picture and its caption is none."""
    quote = "<figure class='wp-block-pullquote'><blockquote><p>We land at low tide now.</p></blockquote></figure>"
    picture = "<figure><img src='a.jpg'><figcaption>The pier</figcaption></figure>"
    assert story(f"<article><h1>{H}</h1>{picture}{quote}{P}</article>").paragraphs == (
        "We land at low tide now.",
        *TEXT,
    )


def test_a_quotation_in_a_figure_is_marked_as_one() -> None:
    """Its element comes out as it went in."""
    quote = "<figure><blockquote><p>We land at low tide now.</p></blockquote></figure>"
    assert "<blockquote><p>We land at low tide now.</p></blockquote>" in story(f"<h1>{H}</h1>{P}{quote}").body_html


@pytest.mark.parametrize("hidden", ["style='display:none'", "style='display: none;'", "hidden"])
def test_what_no_reader_sees_is_no_text_unless_it_is_much_of_it(hidden: str) -> None:
    """A caption that a script shows goes; the rest of a story that one unfolds stays."""
    caption = f"<div {hidden}>The pier on the morning of Friday, with two boats.</div>"
    assert story(f"<div><h1>{H}</h1>{caption}{P}</div>").paragraphs == TEXT
    table = f"<table><caption {hidden}>Boats of the pier</caption><tr><td>Seats</td><td>41</td></tr></table>"
    assert story(f"<div><h1>{H}</h1>{P}{table}</div>").paragraphs == (*TEXT, "Seats 41")
    rest = "".join(f"<p>{text}</p>" for text in TEXT[1:])
    assert story(f"<div><h1>{H}</h1><p>{TEXT[0]}</p><div {hidden}>{rest}</div></div>").paragraphs == TEXT


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>Get the best of Lomar in your inbox</h3><p>Our editors choose for you. Sign up now.</p></div>",
        "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
        "<p>Recibe las noticias de la isla en tu correo</p>",
        "<div class='grid next-prev'><p><a href='/n'>Next</a></p><p>Bakers of the old town fire the ovens.</p></div>",
        "<p>［有料会員限定］ この記事は会員限定です。電子版に登録すると続きをお読みいただけます。</p>",
        "<p>（1/3ページ）</p>",
    ],
)
def test_what_asks_or_leads_elsewhere_is_none_of_the_text(box: str) -> None:
    """Sign-ups without a field, adverts, the stories before and after, lines in place of what must be paid for."""
    assert story(f"<article><h1>{H}</h1><div>{P}{box}</div></article>").paragraphs == TEXT
    assert story(f"<article><h1>{H}</h1><div>{P}{box}{P}</div></article>").paragraphs == TEXT + TEXT


@pytest.mark.parametrize("heading", ["Top stories", "Últimas noticias", "À la une", "آخر الأخبار", "最新新闻"])
def test_a_heading_over_other_stories_ends_the_text(heading: str) -> None:
    """In the words of many languages."""
    teasers = f"<h2>{heading}</h2><p><a href='/x'>Goat fair draws crowds from three states</a></p><p>{OTHER}</p>"
    assert story(f"<div><h1>{H}</h1>{P}{teasers}</div>").paragraphs == TEXT


def test_the_headline_in_two_lines_is_no_text_either() -> None:
    """As a page has it that sets a break in its headline."""
    words = H.split()
    lines = f"<h3>{' '.join(words[:3])}</h3><h3>{' '.join(words[3:])}</h3>"
    assert story(f"<div><div>{lines}{P}</div></div>").paragraphs == TEXT


def test_who_the_author_is_ends_the_story_under_a_heading_that_is_a_name() -> None:
    """Without such a heading nobody can tell a life from a story about it."""
    bio = "Ann Roe is a reporter with the Lomar Post. She covers the sea and its people since 2009."
    assert story(f"<div><h1>{H}</h1>{P}<div><h4>Ann Roe</h4><p>{bio}</p></div></div>").paragraphs == TEXT
    assert story(f"<div><h1>{H}</h1>{P}<p>{bio}</p></div>").paragraphs == (*TEXT, bio)


def test_who_is_quoted_stays_with_the_quotation() -> None:
    """In a ``footer`` of its own."""
    quote = "<blockquote><p>We waited long.</p><footer>A fisherman</footer></blockquote>"
    assert story(f"<div><h1>{H}</h1>{P}{quote}{P}</div>").paragraphs == (*TEXT, "We waited long.", "A fisherman", *TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "<p class='date'>3 hours ago</p>",
        "<p class='date'>2 มีนาคม 2569</p>",
        "<p class='autor'>Von Anna Muster und Bert Beispiel</p>",
        "<div><a>A-</a> <a>A</a> <a>A+</a></div>",
        "<div><span>Listen to this article</span> <span>0:00 / 3:12</span> <span>1X</span></div>",
        "<ul><li>Share</li><li>Tweet</li><li>Send</li></ul>",
        "<div>by <span class='author'>Ann Roe</span> — <span class='date'>published Mar 02, 2026</span></div>",
        "<p>Posted by ann on Monday, March 02, 2026 @ 10:00:00 UTC (120 reads)</p>",
    ],
)
def test_lines_about_the_story_before_it_are_no_text(line: str) -> None:
    """Who, when in any calendar, buttons."""
    assert story(f"<article><h1>{H}</h1>{line}<div>{P}</div></article>").paragraphs == TEXT


def test_a_bare_credit_that_is_called_one_stays_the_last_line() -> None:
    """Though a byline or a date that is called so goes."""
    for name in ("author", "source", "signature"):
        assert story(f"<article><h1>{H}</h1><div>{P}<p class='{name}'>AFP</p></div></article>").paragraphs[-1] == "AFP"


@pytest.mark.parametrize(
    "line",
    [
        "Found a typo? Select it and press Ctrl+Enter.",
        "Нашли ошибку? Выделите её и нажмите Ctrl + Enter",
        "Kļūda rakstā?",
        "Signaler une erreur",
        "Opinions expressed in comments are those of our readers.",
        "انتهای پیام/",
    ],
)
def test_lines_that_ask_for_corrections_or_end_the_message_are_no_text(line: str) -> None:
    """They stand under the story without any box of their own."""
    assert story(f"<article><h1>{H}</h1><div>{P}<p>{line}</p></div></article>").paragraphs == TEXT


def test_a_box_that_asks_for_money_is_none_of_the_story() -> None:
    """However it is called, between the paragraphs too; a word of thanks with such a link in its sentence is text."""
    first, rest = (f"<p>{TEXT[0]}</p>", "".join(f"<p>{text}</p>" for text in TEXT[1:]))
    why = "<h5>Our papers are free</h5><p>We pay six reporters from what our readers give, and need some more.</p>"
    box = f"<div class='zx1'>{why}<p><a href='/give'>Make a donation</a></p></div>"
    assert story(f"<article><h1>{H}</h1>{first}{box}{rest}</article>").paragraphs == TEXT
    thanks = "Who wants to help the fishermen of the old pier to pay for their boats can"
    asked = f"<div class='zx1'><p>{thanks} <a href='/give'>donate here</a>.</p></div>"
    assert story(f"<article><h1>{H}</h1>{P}{asked}</article>").paragraphs[-1] == f"{thanks} donate here."


@pytest.mark.parametrize("label", ["<b>Weitere Wege</b>", "<h3>Weitere Wege</h3>"])
def test_a_heading_over_pointers_goes_with_them(label: str) -> None:
    """A short line in strong letters is one; a short line of the text is none."""
    links = "".join(f"<li><a href='/{n}'>Ein ganz anderer Weg zum Hafen Nummer {n}</a></li>" for n in range(3))
    label = label if label.startswith("<h3") else f"<p>{label}</p>"
    first, rest = TEXT[0], "".join(f"<p>{text}</p>" for text in TEXT[1:])
    assert story(f"<article><h1>{H}</h1><p>{first}</p>{label}<ul>{links}</ul>{rest}</article>").paragraphs == TEXT
    kept = story(f"<article><h1>{H}</h1><p>{first}</p><p>It rains.</p><ul>{links}</ul>{rest}</article>").paragraphs
    assert kept == (first, "It rains.", *TEXT[1:])


def test_a_pointer_is_what_its_link_says() -> None:
    """Even where nothing parts the link from the words before it."""
    pointer = "<p><b>À lire aussi</b><a href='/mole'><b>Le vieux môle ferme aux camions</b></a></p>"
    found = story(f"<article><h1>{H}</h1><p>{TEXT[0]}</p>{pointer}{P}</article>")
    assert [one.title for one in found.links if one.rel == "related"] == ["Le vieux môle ferme aux camions"]


def test_an_agency_over_the_text_is_its_byline() -> None:
    """One word behind a word for authors is a name where it is an agency's."""
    found = story(f"<main><h1>{H}</h1><p class='byline'>By Reuters</p>{P}</main>")
    assert (found.byline, found.paragraphs) == ("By Reuters", TEXT)


def test_a_part_of_the_story_that_ends_with_a_link_to_give_is_kept() -> None:
    """Only where an outlet asks for itself is a large part an appeal."""
    fund = "<section><p>The fund for the families is open at the town hall, where the mayor gave the first coins.</p>{}"
    given = fund.format("<p><a href='/give'>Donate</a></p></section>")
    assert "The fund for" in story(f"<article><h1>{H}</h1>{P}{given}</article>").paragraphs[-1]


@pytest.mark.parametrize("line", ["The town will pay.", "Who is to pay?"])
def test_a_sentence_in_strong_letters_over_pointers_is_text(line: str) -> None:
    """And so is the first line of the story, whatever it is."""
    links = "".join(f"<li><a href='/{n}'>Quite another way to the harbour number {n}</a></li>" for n in range(3))
    rest = "".join(f"<p>{text}</p>" for text in TEXT[1:])
    told = f"<p>{TEXT[0]}</p><p><b>{line}</b></p><ul>{links}</ul>{rest}"
    assert line in story(f"<article><h1>{H}</h1>{told}</article>").paragraphs
    led = f"<p><b>Crane down, basin shut</b></p><ul>{links}</ul>{P}"
    assert story(f"<article><h1>{H}</h1>{led}</article>").paragraphs[0] == "Crane down, basin shut"


def test_a_pointer_of_one_sentence_with_its_link_is_the_whole_sentence() -> None:
    """A title does not begin with a small letter."""
    pointer = "<p><b>Follow <a href='/vote'>the vote on the pier in the town hall, minute by minute</a></b></p>"
    found = story(f"<article><h1>{H}</h1><p>{TEXT[0]}</p>{pointer}{P}</article>")
    [title] = [one.title for one in found.links if one.rel == "related"]
    assert title == "Follow the vote on the pier in the town hall, minute by minute"


MOLE = "The old mole closes to lorries in spring"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='q7'><a href='/mole'><span>Zk</span> <span>{MOLE}</span></a></div>",
        f"<div class='q7'><b>Wq rtz</b><ul><li><a href='/mole'>{MOLE}</a></li></ul></div>",
        f"<section class='zx-more'><h3><a href='/mole'>{MOLE}</a></h3></section>",
    ],
)
def test_a_box_amid_paragraphs_whose_links_stand_alone_points_elsewhere(box: str) -> None:
    """Whatever it is called and in whichever language its label is; the label is no part of the title."""
    first, *rest = P.split("</p>", 1)
    found = story(f"<article><h1>{H}</h1>{first}</p>{box}{rest[0]}</article>")
    assert found.paragraphs == TEXT
    assert [one.title for one in found.links if one.rel == "related"] == [MOLE]


def test_a_box_amid_paragraphs_that_says_a_sentence_is_text() -> None:
    """Its link is a source, or where to read more."""
    first, *rest = P.split("</p>", 1)
    link = "<a href='/plans'>The plans of the port office</a>"
    box = f"<div><div>The port office has put its plans on show.</div>{link}</div>"
    found = story(f"<article><h1>{H}</h1>{first}</p>{box}{rest[0]}</article>").paragraphs
    assert "The port office has put its plans on show." in found


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>Kf zw</h3><ul><li>Built in 1911, of oak</li><li><a href='/mole'>{MOLE}</a></li></ul></div>",
        f"<div><b>Kf zw</b><br>Built in 1911, of oak<br>Lent to no one<br><span><a href='/m'>{MOLE}</a></span></div>",
    ],
)
def test_a_box_of_facts_amid_paragraphs_is_text(box: str) -> None:
    """A line of its list that is no link, or more words beside its links than in them, are facts."""
    first, *rest = P.split("</p>", 1)
    found = story(f"<article><h1>{H}</h1>{first}</p>{box}{rest[0]}</article>").paragraphs
    assert any("Built in 1911, of oak" in paragraph for paragraph in found)


def test_a_box_is_judged_once_however_many_links_it_holds() -> None:
    """Nine thousand links in one part are read in about the time of that many paragraphs."""
    first, *rest = P.split("</p>", 1)
    box = "<div>" + "<a href='/mole'></a>" * 9_000 + "</div>"
    page = f"<article><h1>{H}</h1>{first}</p>{box}{rest[0]}</article>"
    assert in_time(5, lambda: story(page)).paragraphs == TEXT


def test_links_among_other_elements_are_read_in_the_time_of_a_text() -> None:
    """Nine thousand links beside as many words in strong letters: how many stand beside a link is not counted."""
    line = "<em>a</em> <a href='/t/x'>b</a> " * 9_000
    assert in_time(8, lambda: story(f"<article><h1>{H}</h1>{P}{line}</article>")).paragraphs[:4] == TEXT


def test_a_pointer_in_a_table_s_cell_leads_where_its_link_does() -> None:
    """Papers set the box in a table of one cell."""
    first, *rest = P.split("</p>", 1)
    box = f"<table><tr><td><div><b>Baca juga:</b> <a href='/mole'>{MOLE}</a></div></td></tr></table>"
    found = story(f"<article><h1>{H}</h1>{first}</p>{box}{rest[0]}</article>")
    assert found.paragraphs == TEXT
    assert [(one.href, one.title) for one in found.links if one.rel == "related"] == [
        ("https://quay.example/mole", MOLE)
    ]


@pytest.mark.parametrize("name", ["a2a_kit", "essb_links", "wpusb", ""])
def test_names_of_places_to_share_a_story_on_are_no_text(name: str) -> None:
    """Whatever the plug-in calls them, and though nothing stands between them."""
    bar = f"<div class='{name}'><a>Facebook</a><a>WhatsApp</a><a>Telegram</a></div>"
    assert story(f"<article><h1>{H}</h1>{P}{bar}</article>").paragraphs == TEXT
