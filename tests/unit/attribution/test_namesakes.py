"""Agencies of one abbreviation: which of them is meant is told by where the story is at home."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline_attribution.credits import credit
from dateline_attribution.tableset import HouseFile, package_tables, tables_of
from dateline_schemas.feeds import Contract
from dateline_schemas.story import CreditElement, Story

BOOK = package_tables().book
LEAD = "The harbour reopened on Thursday after a week."


def told(lead: str, language: str = "", end: str = "", guid: str = "invented") -> tuple[str, ...]:
    """Whose copy a story of three paragraphs is."""
    return credit(Story(guid=guid, language=language, paragraphs=(lead, LEAD, LEAD, end or LEAD))).agencies


@pytest.mark.parametrize(
    ("lead", "language", "agency"),
    [
        ("Niamey, 28 nov (ANP) - Le port sec a rouvert.", "fr", "ANP Niger"),
        ("NIAMEY (ANP) - De haven is heropend.", "nl", "ANP"),
        ("Baku (APA) - Der Hafen ist wieder offen.", "de", "APA"),
        ("Baku, November 28 (APA) - The port reopened.", "en", "APA Azerbaijan"),
        ("Damascus, Nov 28 (SANA) - The port reopened.", "en", "SANA"),
        ("Islamabad, Nov 28 (SANA): The dry port reopened.", "en", "SANA Pakistan"),
        ("Conakry, 28 nov (AGP) - Le port a rouvert.", "fr", "AGP Guinée"),
        ("Libreville, 28 nov (AGP) - Le port a rouvert.", "fr", "AGP"),
        ("Abidjan, 28 nov (AIP) - Le port a rouvert.", "fr", "AIP"),
        ("KABUL (AIP): The dry port reopened.", "en", "AIP Afghan"),
        ("Taipei, Nov. 28 (CNA) The port reopened.", "en", "CNA"),
        ("NICOSIA, Nov 28 (CNA) - The port reopened.", "en", "CNA Cyprus"),
        ("Dakar (APA) - Le port a rouvert.", "fr", "APAnews"),
        ("Dakar (APA) - Der Hafen ist wieder offen.", "de", "APA"),
        ("Mombasa, Feb. 11 (KNA) - The port reopened.", "en", "KNA Kenya"),
        ("Nairobi (KNA) - Der Hafen ist wieder offen.", "de", "KNA"),
        ("Cotonou, 11 fév (ABP) - Le port a rouvert.", "fr", "ABP Bénin"),
        ("Bujumbura, 11 fév (ABP) - Le port a rouvert.", "fr", "ABP"),
        ("La Habana, 11 feb (ACN) El puerto reabrió.", "es", "ACN Cuba"),
        ("Barcelona (ACN).- El puerto reabrió.", "es", "ACN"),
        ("LOS ANGELES (CNS) - The port reopened.", "en", "City News Service"),
        ("VATICAN CITY (CNS) -- The port reopened.", "en", "Catholic News Service"),
        ("BEIJING, Feb. 11 (CNS) -- The port reopened.", "en", "CNS"),
    ],
)
def test_language_and_dateline_tell_whose_abbreviation_it_is(lead: str, language: str, agency: str) -> None:
    """A dateline from the agency's country, and never a language that the agency does not write."""
    assert told(lead, language) == (agency,)


def test_the_outlets_address_and_the_region_of_the_language_tell_it() -> None:
    """Where no dateline does."""
    assert told(LEAD, "fr", "(APS)", "https://quai.example.sn/port") == ("APS Sénégal",)
    assert told(LEAD, "fr", "(APS)", "https://quai.example.dz/port") == ("APS",)
    assert told(LEAD, "fr-SN", "(APS)") == ("APS Sénégal",)


def test_the_country_that_the_text_is_about_tells_it() -> None:
    """Its name, its people, its towns."""
    assert told("Le ministre sénégalais a visité le port.", "fr", "(APS)") == ("APS Sénégal",)


def test_an_agency_that_is_named_in_full_is_the_one_that_is_meant() -> None:
    """More than any place."""
    assert told("Niamey, 28 nov (ANP) - Le port.", "", "Algemeen Nederlands Persbureau") == ("ANP",)


def test_the_agency_that_was_agreed_on_with_the_feed_is_the_one_that_is_meant() -> None:
    """Its own feed is no riddle."""
    story = Story(guid="invented", paragraphs=("OAKHAVEN (ABP) - The port reopened.", LEAD, LEAD))

    assert credit(story).agencies == ("ABP",)
    assert credit(story, Contract(agency="ABP Bénin", trust="agency")).agencies == ("ABP Bénin",)


def test_a_house_adds_an_agency_with_an_abbreviation_that_is_taken() -> None:
    """It is meant where its own country is told of, or its languages leave no other."""
    row = '[[agency]]\nid = "Oak ANP"\nweak = ["ANP"]\nlanguages = ["eo"]\ncountry = "XX"\nsource = "contract"\n'
    tables = tables_of(agencies=[HouseFile("house.toml", row)])
    story = Story(guid="invented", language="eo", paragraphs=("OAKHAVEN (ANP) - The port reopened.", LEAD, LEAD))

    assert credit(story, tables=tables).agencies == ("Oak ANP",)
    assert credit(replace(story, language="nl"), tables=tables).agencies == ("ANP",)


def test_where_nothing_tells_it_is_the_first_of_the_table() -> None:
    """The one that is known best."""
    assert told("OAKHAVEN (APA) - The port reopened.") == ("APA",)


def test_dateline_and_byline_name_the_same_agency_as_the_credit() -> None:
    """Whoever reads one field reads the same as in the other."""
    got = credit(
        Story(
            guid="invented",
            language="fr",
            byline="Aïcha Garba (ANP)",
            paragraphs=("Niamey, 28 nov (ANP) - Le port sec a rouvert.", LEAD, LEAD),
        )
    )

    assert got.agencies == ("ANP Niger",)
    assert got.dateline and (got.dateline.agencies, got.dateline.country) == (("ANP Niger",), "NE")
    assert [(author.name, author.agency) for author in got.authors] == [("Aïcha Garba", "ANP Niger")]


def test_every_agency_that_shares_an_abbreviation_has_a_home() -> None:
    """Otherwise nothing could speak for it."""
    homes = package_tables().homes
    shared = [agency for agencies in BOOK.namesakes.values() for agency in agencies]

    assert shared
    assert [agency.id for agency in shared if homes.of(agency.country) is None] == []


@pytest.mark.parametrize(("box", "agencies"), [("Trend", ()), ("Source: Trend", ("Trend",)), ("dpa", ("dpa",))])
def test_a_word_of_everyday_language_alone_in_a_box_is_no_credit(box: str, agencies: tuple[str, ...]) -> None:
    """A box of a page begins with a capital whatever it says; called a source it is one."""
    story = Story(guid="invented", paragraphs=(LEAD, LEAD), credits=(CreditElement(where="source", value=box),))

    assert credit(story).agencies == agencies


@pytest.mark.parametrize(("language", "agencies"), [("de", ()), ("mk", ("MIA",)), ("sr", ("MIA",)), ("", ("MIA",))])
def test_a_given_name_alone_below_a_text_is_an_editor_where_the_agency_does_not_write(
    language: str, agencies: tuple[str, ...]
) -> None:
    """Where the language is not stated nothing tells."""
    assert told(LEAD, language, end="(MIA)") == agencies


@pytest.mark.parametrize(
    ("byline", "language", "agencies"),
    [("EFE GEYİK", "tr", ()), ("EFE BOGOTÁ", "es", ("EFE",)), ("EFE GEYİK", "", ("EFE",))],
)
def test_a_given_name_in_capitals_before_another_word_is_a_person_where_the_agency_does_not_write(
    byline: str, language: str, agencies: tuple[str, ...]
) -> None:
    """The other word may be a town; where the language is not stated nothing tells."""
    assert (
        credit(Story(guid="invented", language=language, byline=byline, paragraphs=(LEAD, LEAD))).agencies == agencies
    )


@pytest.mark.parametrize(("language", "agencies"), [("en", ()), ("az", ("Trend",))])
def test_a_word_above_an_english_text_heads_a_column(language: str, agencies: tuple[str, ...]) -> None:
    """Elsewhere it is no word, and an agency's name."""
    assert told("Trend", language) == agencies


@pytest.mark.parametrize(
    ("end", "agencies"),
    [
        ("（来源：橡港发布APP）", ()),
        ("（来源：橡港发布 APP）", ()),
        ("更多资讯请下载“橡港新闻”APP", ()),
        ("据橡港新闻APP报道，轮渡将于周五恢复。", ()),
        ("（来源：APP）", ("APP",)),
        ("（法新社AFP）", ("AFP",)),
    ],
)
def test_a_word_that_completes_an_east_asian_name_is_no_agency(end: str, agencies: tuple[str, ...]) -> None:
    """A program for telephones is called so, and stands behind its outlet's name."""
    found = credit(Story(guid="invented", language="zh", paragraphs=("轮渡停航。", "无人受伤。", "周五恢复。", end)))
    assert (found.agencies, found.cited) == (agencies, ())
