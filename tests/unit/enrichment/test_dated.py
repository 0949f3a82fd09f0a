"""Which place a dateline means."""

from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit, Dateline
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story


def told(place: str, region: str = "", country: str = "", language: str = "en", text: str = "The river rose.") -> Facts:
    """Facts of a story with this dateline, taken apart as attribution does it."""
    front = f"{place} - "
    story = Story(guid="invented", language=language, paragraphs=(front + text,))
    dateline = Dateline(text=front, where="paragraphs[0]", cut=len(front), place=place, region=region, country=country)
    return facts(story, Credit(dateline=dateline))


MEANT = [
    ("PARIS", "", "US", "Paris", "FR"),
    ("PARIS", "Texas", "US", "Paris", "US"),
    ("LONDON", "", "CA", "London", "GB"),
    ("ATHENS", "", "US", "Athens", "GR"),
    ("CAMBRIDGE", "", "US", "Cambridge", "US"),
    ("CAMBRIDGE", "", "FR", "Cambridge", "GB"),
    ("SALEM", "", "US", "Salem", "US"),
    ("SALEM", "", "IN", "Salem", "IN"),
    ("KINGSTON", "", "CA", "Kingston", "CA"),
    ("KINGSTON", "", "GB", "Kingston", "JM"),
    ("TOLEDO", "", "US", "Toledo", "US"),
    ("TOLEDO", "", "ES", "Toledo", "ES"),
    ("VENICE", "", "US", "Venice", "IT"),
    ("LONDON", "", "US", "London", "GB"),
    ("SAN JUAN", "", "US", "San Juan", "PR"),
    ("SAN JUAN", "", "AR", "San Juan", "AR"),
    ("BAYAMON", "", "US", "Bayamón", "PR"),
    ("GEORGE TOWN", "", "GB", "George Town", "KY"),
    ("BOSTON", "", "GB", "Boston", "US"),
    ("DUBLIN", "", "US", "Dublin", "IE"),
    ("WELLINGTON", "", "GB", "Wellington", "NZ"),
    ("BARCELONA", "", "VE", "Barcelona", "VE"),
    ("MÉRIDA", "", "VE", "Mérida", "VE"),
    ("CORDOBA", "", "MX", "Córdoba", "MX"),
    ("CORDOBA", "", "FR", "Córdoba", "ES"),
    ("BEJA", "", "TN", "Béja", "TN"),
    ("MACON", "", "US", "Macon", "US"),
    ("CANTON", "", "FR", "Guangzhou", "CN"),
    ("CANTON", "Ohio", "US", "Canton", "US"),
    ("SAN PAOLO", "", "IT", "São Paulo", "BR"),
    ("JALAPA", "", "MX", "Xalapa de Enríquez", "MX"),
    ("JALAPA", "", "GT", "Jalapa", "GT"),
    ("BEREA", "", "US", "Berea", "US"),
    ("BRISTOL", "", "US", "Bristol", "GB"),
    ("VANCOUVER", "", "US", "Vancouver", "CA"),
    ("VANCOUVER", "Wash.", "US", "Vancouver", "US"),
    ("HULL", "", "GB", "Kingston upon Hull", "GB"),
    ("HULL", "Que.", "CA", "Hull", "CA"),
    ("BETHLEHEM", "", "US", "Bethlehem", "PS"),
    ("SAN PEDRO", "", "AR", "San Pedro", "AR"),
    ("SAN SEBASTIAN", "", "ES", "Donostia / San Sebastián", "ES"),
    ("KUUSAMO", "", "FI", "Kuusamo", "FI"),
    ("LEÓN", "", "MX", "León de los Aldama", "MX"),
    ("LEÓN", "", "ES", "León", "ES"),
    ("KREMS", "", "AT", "Krems an der Donau", "AT"),
    ("BIEL", "", "CH", "Biel/Bienne", "CH"),
    ("BIRMINGHAM", "", "US", "Birmingham", "US"),
    ("VICTORIA", "", "AR", "Victoria", "AR"),
    ("HAMILTON", "", "GB", "Hamilton", "GB"),
    ("ST. PETERSBURG", "", "US", "Saint Petersburg", "RU"),
    ("WATERLOO", "", "CA", "Waterloo", "CA"),
    ("WATERLOO", "", "BE", "Waterloo", "BE"),
    ("SALISBURY", "", "GB", "Salisbury", "GB"),
    ("DERBY", "", "GB", "Derby", "GB"),
    ("LAVAL", "", "FR", "Laval", "FR"),
    ("LAVAL", "Que.", "CA", "Laval", "CA"),
    ("WASHINGTON", "", "GB", "Washington", "US"),
    ("GENEVA", "", "US", "Geneva", "CH"),
    ("HALIFAX", "", "GB", "Halifax", "GB"),
    ("WINDSOR", "", "GB", "Windsor", "GB"),
    ("ATHENS", "Ga.", "US", "Athens", "US"),
    ("LONDON", "Ont", "CA", "London", "CA"),
    ("Birmingham", "England", "US", "Birmingham", "GB"),
    ("Córdoba", "", "ES", "Córdoba", "ES"),
    ("Córdoba", "", "AR", "Córdoba", "AR"),
    ("CORDOBA", "Argentina", "ES", "Córdoba", "AR"),
    ("FRANKFURT/LONDON", "", "GB", "Frankfurt am Main", "DE"),
    ("NIAMEY", "", "FR", "Niamey", "NE"),
    ("ATLANTA", "Georgia", "US", "Atlanta", "US"),
    ("TBILISI", "Georgia", "US", "Tbilisi", "GE"),
    ("SINGAPORE", "", "GB", "Singapore", "SG"),
]
"""(place, region, the agency's country, name and country of the place that is meant)"""


@pytest.mark.parametrize(("place", "region", "country", "name", "lies_in"), MEANT)
def test_a_dateline_means_one_place(place: str, region: str, country: str, name: str, lies_in: str) -> None:
    """The area named with it counts most, then how large a place is and where the agency is at home."""
    found = told(place, region, country).dateline

    assert found is not None
    assert (found.name, found.country, found.method) == (name, lies_in, "dateline")


@pytest.mark.parametrize("weight", [2.12, 2.3])
def test_the_weight_of_home_is_no_narrow_choice(weight: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """With some less or more of it the same places are meant."""
    monkeypatch.setattr("dateline_enrichment.dated._AT_HOME", weight)

    for place, region, country, name, lies_in in MEANT:
        found = told(place, region, country).dateline
        assert found is not None and (found.name, found.country) == (name, lies_in), place


def test_a_word_that_is_a_town_abroad_dates_no_story() -> None:
    """Only an agency of its country, or its state, makes a place of a name that is a word or a person's elsewhere."""
    words = [("METRO", "US"), ("ENTERPRISE", "GB"), ("MAN", "GB"), ("DERBY", ""), ("LAVAL", "US")]

    assert [told(word, country=country).dateline for word, country in words] == [None] * len(words)


def test_capitals_may_have_lost_their_accents() -> None:
    """GENEVE and BOGOTA, as telexes wrote them; MERIDA is Spain's, too."""
    merida = told("MERIDA", country="ES", language="es", text="El río creció.").dateline

    assert merida is not None and merida.country == "ES"
    assert [(told(name).dateline or pytest.fail(name)).country for name in ("GENEVE", "BOGOTA", "МОСКВА")] == [
        "CH",
        "CO",
        "RU",
    ]


def test_the_countries_of_the_text_tell_namesakes_apart() -> None:
    """San José of Costa Rica where the text speaks of Costa Rica."""
    plain, telling = told("SAN JOSE"), told("SAN JOSE", text="Costa Rica's president said Costa Rica would wait.")

    assert plain.dateline is not None and telling.dateline is not None
    assert (plain.dateline.country, telling.dateline.country) == ("US", "CR")


def test_the_place_of_the_dateline_is_among_the_places_of_the_story() -> None:
    """The text need not name it."""
    found = told("NAIROBI")

    assert found.dateline is not None
    assert [place.id for place in found.places] == [found.dateline.id]


def test_a_place_that_nobody_knows_is_put_in_its_area() -> None:
    """A village with its state is dated from that state; without it from nowhere."""
    known, namesake = told("OAKHAVEN", "Ohio").dateline, told("GREENWICH", "Conn").dateline

    assert known is not None and known.id == "iso3166:US-OH"
    assert namesake is not None and namesake.id == "iso3166:US-CT"
    assert told("OAKHAVEN").dateline is None


def test_a_region_of_several_areas_leaves_a_doubt() -> None:
    """Where nobody knows the place, one of them is as likely as the other."""
    one, two = told("OAKHAVEN", " Ohio ").dateline, told("OAKHAVEN", "Ohio, Texas").dateline

    assert one is not None and two is not None
    assert (one.id, one.confidence) == ("iso3166:US-OH", 0.9)
    assert two.confidence == 0.7


def test_a_name_of_fewer_words_is_looked_for_where_nobody_knows_all_of_them() -> None:
    """Behind a place may stand what is none."""
    found = told("NAIROBI CITY HALL").dateline

    assert found is not None and found.name == "Nairobi"


def test_a_namesake_far_behind_is_no_doubt_and_one_close_by_is() -> None:
    """Confidence falls where two places of a name are about as likely."""
    sure, doubtful = told("PARIS", country="FR").dateline, told("MANCHESTER", country="US").dateline

    assert sure is not None and doubtful is not None
    assert doubtful.confidence < sure.confidence


def test_a_dateline_is_no_copy() -> None:
    """Its words are not counted, nor taken for the first of the text."""
    assert told("NAIROBI").words == 3
