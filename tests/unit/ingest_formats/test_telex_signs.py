"""Telexes whose first lines begin with a sign, or a label of two letters, that says what they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story, Subject

BODY = (
    "   The bridge over the river opened to traffic on Thursday, the council said.\n\n   It cost less than planned.\n"
)


def story(head: str, body: str = BODY) -> Story:
    """The story of a telex with this head."""
    found = parse(f"ZCZC XPA\n{head}\n{body}\nXPA jm/ln\nNNNN\n".encode())
    assert found.format == "text"
    return found.stories[0]


def credited(found: Story) -> list[tuple[str, str]]:
    """Kind and value of the credits."""
    return [(one.where, one.value) for one in found.credits]


def test_an_agencys_own_copy() -> None:
    """Keyword, headline, category, subject code: each line's sign tells; the channel of the telex is a service."""
    found = story("$S\n:Bridge-river\n=Opening (Oakhaven)\n^Bridge opens to traffic\n*X\n&A\n+15054000 15003000")
    assert (found.slugline, found.headline, found.keywords) == (
        "Bridge-river",
        "Bridge opens to traffic",
        ("Opening (Oakhaven)",),
    )
    assert found.subjects == (
        Subject(scheme="category", code="S"),
        Subject(scheme="subj", code="15054000"),
        Subject(scheme="subj", code="15003000"),
    )
    assert credited(found) == [("service", "XPA"), ("service", "A"), ("endline", "XPA jm/ln")]
    assert found.paragraphs[0].startswith("The bridge over")


def test_a_broadcast_service_uses_the_same_signs_for_other_things() -> None:
    """What a sign says is told by the value: a dollar before more than a letter is the headline."""
    found = story("%S\n#Bridge: River_BC3\n$Bridge opens\n\n:(OAKHAVEN)\n&XPAIS\\samplea\n*15017000\n@WA")
    assert (found.slugline, found.headline) == ("Bridge: River_BC3", "Bridge opens")
    assert [one.name for one in found.places] == ["OAKHAVEN", "WA"]
    assert found.subjects == (Subject(scheme="category", code="S"), Subject(scheme="subj", code="15017000"))
    assert ("contributor", "XPAIS\\samplea") in credited(found)


def test_a_press_release_has_its_headline_below() -> None:
    """Where no sign says the headline, it is the first line of the text; whom the release is for is a service."""
    found = story("%MNETALL MFI\n$J\n:\n:Roads Authority\n*X", f"Media release: Bridge opens\n\n{BODY}")
    assert (found.slugline, found.headline) == ("Roads Authority", "Media release: Bridge opens")
    assert ("service", "MNETALL MFI") in credited(found)


def test_labels_of_two_letters() -> None:
    """They say more than signs do: identifier, time, summary."""
    labels = "AN#4711\nKN#Sample Bites\nPD#26 March 2026 10:15:00\nSF#*\nTI#Bridge opens\nAB#It is open.\nTX#"
    found = story(labels)
    assert (found.guid, found.headline, found.summary) == ("4711", "Bridge opens", "It is open.")
    assert (found.version_created, found.creditline) == (datetime(2026, 3, 26, 10, 15, tzinfo=UTC), "Sample Bites")


@pytest.mark.parametrize(
    "head", ["$5 is what it costs", "* One\n* Two\n# Three\n: four", "#bridge\n#river\n#roads", ":\n*X"]
)
def test_lines_that_begin_like_it_are_text(head: str) -> None:
    """Three different signs at the least, none of them followed by a space, make such a head."""
    found = story(head)
    said = " ".join((found.slugline, found.headline, found.subheadline, *found.paragraphs))
    assert all(word in said for word in head.split() if word.isalpha())
    assert found.subjects == ()
