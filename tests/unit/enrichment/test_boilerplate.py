from __future__ import annotations

import re
from itertools import product

import pytest

from dateline_enrichment.boilerplate import AnyOf, Patterns, copy_lines
from dateline_enrichment.copytext import is_title_case, split_dateline
from dateline_enrichment.counts import reading_seconds, words
from dateline_enrichment.tables import typed_table

DROPPED = typed_table("boilerplate.toml", Patterns).drop
ODD = (
    "(?:ab?|cd)x",
    "(?:ab|cd)?x",
    "(?:a(?:x|bc)|d\\|e)f",
    "(?:[ab|]x|c)",
    "é+a",
    "a|b",
    "(?:ab|(?:c)d)x|e",
    "(?:x|)b",
    "d{0,2}c",
    "",
)
"""Patterns that begin with what may be left out, with groups in groups, classes, escaped signs, branches alone."""


@pytest.mark.parametrize(
    "line",
    [
        "Share on Facebook",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "READ: Minister resigns",
        "Read more: What we know",
        "Lire aussi : Le ministre démissionne",
        "Lesen Sie auch: Minister tritt zurück",
        "Soma pia: Waziri ajiuzulu",
        "اقرأ أيضا: استقالة الوزير",
        "関連記事：大臣が辞任",
        "Sign up for our daily newsletter",
        "Subscribe to our channel on YouTube",
        "[mc4wp_form id=12]",
        "Advertisement",
        "By Ann Mwende",
        "Von Jens Wolters",
        "(Reporting by Ann Mwende; editing by Tom Harker)",
        "Additional reporting by Tom Harker in Lagos",
        "AFP",
        "(AFP)",
        "- Reuters -",
        "AFP/dpa",
        "abc/def/gh",
        "Photo: Ann Mwende/AFP",
        "© 2025 AFP",
        "Foto: Jens Wolters/dpa",
        "A man walks past a wall in Kano. AFP/Getty Images",
        "All rights reserved.",
        "Tel: +254 20 123 456",
        "Contact: press@example.org",
        "press@example.org",
        "https://example.org/story",
        "***",
        "ENDS",
        "Source: Ministry of Health",
        "Tags: Niger, coup",
    ],
)
def test_furniture_is_no_copy(line: str) -> None:
    """Share bars, pointers, sign-offs, credits and contact lines are left out wherever they stand."""
    assert copy_lines(("The minister resigned on Monday.", line, "He had been in office for a year.")) == [
        "The minister resigned on Monday.",
        "He had been in office for a year.",
    ]


@pytest.mark.parametrize(
    "line",
    ["Leave a Reply", "Our Standards: The Thomson Reuters Trust Principles.", "3 comments", "Laisser un commentaire"],
)
def test_what_follows_the_story_is_cut(line: str) -> None:
    """From the comment form on nothing belongs to the story."""
    assert copy_lines(("The minister resigned.", line, "I like Paris, says Bob")) == ["The minister resigned."]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had reached the town, and people climbed on their roofs.",
        "More than 300 people were killed.",
        "End of the line: the last tram ran on Friday, and hundreds came to see it off with songs, officials said.",
        "The minister told AFP that he would resign.",
        "Home prices rose.",
    ],
)
def test_copy_stays(line: str) -> None:
    """A sentence that begins like furniture is still a sentence."""
    assert copy_lines((line,)) == [line]


def test_a_sign_off_inside_the_last_line_is_taken_out() -> None:
    """Reuters closes the last sentence with its reporters' names in brackets."""
    assert copy_lines(("The bank declined to comment. (Reporting by Ann Mwende in Nairobi)",)) == [
        "The bank declined to comment."
    ]


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NIAMEY, March 26 (AFP) - The junta said no.", "NIAMEY, March 26 (AFP)"),
        ("Berlin (dpa) - Die Regierung tagt.", "Berlin (dpa)"),
        ("PARIS — The minister said no.", "PARIS"),
        ("Madrid, 7 sep (EFE).- El Gobierno calla.", "Madrid, 7 sep (EFE)"),
        ("АСТАНА, 20 ноября. /ТАСС/. Выборы прошли.", "АСТАНА, 20 ноября"),
        ("The minister - a former judge - said no.", ""),
        ("Nothing of the kind here.", ""),
    ],
)
def test_the_dateline_is_cut_off_the_first_line(line: str, dateline: str) -> None:
    """What stands before the first dash is a dateline if it has capitals, an agency in brackets or a day."""
    cut, rest = split_dateline(line)
    assert cut == dateline
    assert rest
    assert not cut or rest[0].isalpha()


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Storm Kills Ten People In Southern France", True),
        ("Storm kills ten people in southern France", False),
        ("Dax", False),
    ],
)
def test_title_case_is_recognised(headline: str, expected: bool) -> None:
    """In a headline with capitals throughout, capitals show no names."""
    assert is_title_case(headline) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("It's a well-known fact – really.", 5),
        ("東京都", 2),
        ("東京でAFP通信", 4),
        ("قال الوزير نعم", 3),
    ],
)
def test_words_are_counted_in_every_script(text: str, count: int) -> None:
    """As an editor counts; two characters of an unspaced script are a word."""
    assert words(text) == count


def test_reading_time_follows_from_the_count() -> None:
    """230 words take a minute."""
    assert reading_seconds(230) == 60


@pytest.mark.parametrize("pattern", ODD)
def test_no_pattern_is_passed_over_that_has_a_match(pattern: str) -> None:
    """Whatever a line begins with, it is matched where the pattern alone matches it."""
    alone, tried = re.compile(pattern), AnyOf(("zz", pattern))
    lines = ["".join(letters) for count in range(5) for letters in product("abcdefxé|", repeat=count)]
    assert [tried.match(line) for line in lines] == [alone.match(line) is not None for line in lines]


def test_furniture_is_known_by_all_of_its_patterns() -> None:
    """Lines made of the words of the table are matched where all patterns, one after the other, match them."""
    words = sorted({word for pattern in DROPPED for word in re.findall(r"[^\W_]+", pattern)})
    lines = [f"{word}{rest}" for word in words for rest in ("", ": x", " by x", " | news", "/afp", " 1", "...")]
    one_by_one = [any(re.match(pattern, line) for pattern in DROPPED) for line in lines]
    furniture = AnyOf(DROPPED)
    assert [furniture.match(line) for line in lines] == one_by_one
    assert any(one_by_one) and not all(one_by_one)
