from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_enrichment.authority import organisations as authority
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Entity
from dateline_schemas.story import Story


def organisations(
    text: str, language: str = "en", headline: str = "", agencies: tuple[str, ...] = ()
) -> dict[str, Entity]:
    """Organisations of a story by name."""
    story = Story(guid="x", language=language, headline=headline, paragraphs=tuple(text.split("\n")))
    return {body.name: body for body in facts(story, Credit(agencies=agencies)).organisations}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The UN sent observers."),
        ("fr", "Les Nations unies ont envoyé des observateurs."),
        ("de", "Die Vereinten Nationen schickten Beobachter."),
        ("es", "La ONU envió observadores."),
        ("ar", "أرسلت الأمم المتحدة مراقبين"),
        ("ru", "ООН направила наблюдателей."),
        ("zh", "联合国派出观察员。"),
        ("ja", "国連は監視団を派遣した。"),
        ("sw", "Umoja wa Mataifa ulituma waangalizi."),
        ("sv", "FN skickade observatörer."),
    ],
)
def test_one_body_has_one_id_in_every_language(language: str, text: str) -> None:
    """The United Nations are Q1065 whatever they are called."""
    assert [body.id for body in organisations(text, language).values()] == ["wikidata:Q1065"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Meridian Capital Ltd said growth would slow.", "Meridian Capital Ltd"),
        ("de", "Die Velatron GmbH kauft einen Rivalen.", "Velatron GmbH"),
        ("en", "She teaches at the University of Rabat in the capital.", "University of Rabat"),
        ("en", "A study by Lagos State University found it.", "Lagos State University"),
        ("en", "Kenya's Ministry of Water denied it.", "Ministry of Water"),
        ("es", "El Banco de Valdoria subió los tipos.", "Banco de Valdoria"),
        ("fr", "Selon le ministère de la Justice, c'est faux.", "ministère de la Justice"),
    ],
)
def test_the_shape_of_a_name_shows_an_organisation(language: str, text: str, name: str) -> None:
    """Legal forms at the end and heads at the beginning tell organisations that no list has."""
    found = organisations(text, language)
    assert list(found) == [name]
    assert found[name].id.startswith("dateline:org:")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He joined Royal FIFA Partners Ltd. in May.", {"Royal FIFA Partners Ltd."}),
        ("He joined Royal FIFA Partners Ltd. in May. FIFA agreed.", {"Royal FIFA Partners Ltd.", "FIFA"}),
        ("UNESCO Holding Ltd. met.", {"UNESCO"}),
        ("The Bank of England raised rates.", {"Bank of England"}),
    ],
)
def test_a_known_body_within_a_name_is_no_body_there(text: str, names: set[str]) -> None:
    """A name by its shape goes round it; where both begin or end together, the known one is meant."""
    assert set(organisations(text)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marlowe Inc. said so.", "Marlowe Inc."),
        ("Marlowe Inc said so.", "Marlowe Inc"),
        ("Marlowe Inc.\nIt rose.", "Marlowe Inc"),
    ],
)
def test_the_stop_of_a_legal_form_is_part_of_it_within_a_line(text: str, name: str) -> None:
    """At the end of a line it may be the sentence's."""
    assert list(organisations(text)) == [name]


def test_the_agency_whose_copy_it_is_is_not_in_it() -> None:
    """told AFP, (Reuters) and a closing line are sources, not facts of the story."""
    text = "The minister told AFP that he would resign.\nThe Kremlin declined to comment, according to Reuters.\nAFP"
    assert set(organisations(text, agencies=("AFP",))) == {"Kremlin"}


def test_an_agency_in_the_headline_is_the_news() -> None:
    """A story about an agency has it as a fact."""
    assert "Reuters" in organisations("The company cut jobs.", headline="Reuters to cut 200 jobs", agencies=("AFP",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The CPI rose by 2 percent in May."),
        ("es", "El FN de Francia y la AMA callan."),
        ("en", "Wagner scored twice. Ford left."),
    ],
)
def test_an_abbreviation_counts_in_its_own_language(language: str, text: str) -> None:
    """CPI is a court in French and a price index in English."""
    names = set(organisations(text, language))
    assert not names & {"International Criminal Court", "United Nations", "Wagner Group"}


def test_every_kept_id_is_well_formed_and_its_own() -> None:
    """No two rows claim one Wikidata id, and no name stands twice."""
    ids = [one.wikidata for one in authority() if one.wikidata]
    names = [one.name for one in authority()]
    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names))
    assert all(one[0] == "Q" and one[1:].isdigit() for one in ids)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("nl", "Gisteren won FC Veldhoven van NAC Breda.", {"FC Veldhoven", "NAC Breda"}),
        ("sv", "Strandby FF förlorade med 1–2 mot IFK Sundholm.", {"Strandby FF", "IFK Sundholm"}),
        ("de", "Der FSV Altbach 05 verlor.", {"FSV Altbach 05"}),
        ("en", "The N.Y. Mets beat the Buffalo Bills.", {"New York Mets", "Buffalo Bills"}),
        ("de", "Der FC hat verloren.", set()),
    ],
)
def test_clubs_are_known_by_name_or_by_the_mark_beside_it(language: str, text: str, names: set[str]) -> None:
    """A mark alone, or after an article, is no club."""
    assert set(organisations(text, language)) == names


def test_a_title_of_members_is_not_their_body() -> None:
    """``Bundesrat`` before a person's name is the title of a minister in Switzerland."""
    assert organisations("Am Montag sprach Bundesrat Martin Zgraggen.", "de") == {}
    assert set(organisations("Der Bundesrat hat zugestimmt.", "de")) == {"Bundesrat"}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The Teachers and Nurses Association went on strike.", {"Teachers and Nurses Association"}),
        ("en", "She thanked the Riverside Welfare Society of Kenya.", {"Riverside Welfare Society of Kenya"}),
        ("en", "Nurses at Queen Anna Central Hospital walked out.", {"Queen Anna Central Hospital"}),
        ("en", "President Velatron Holding Ltd. met.", {"Velatron Holding Ltd."}),
        ("de", "Er lobte die Organisation der Weltmeisterschaft.", set()),
        ("fr", "L'Union nationale des éleveurs a réagi.", {"Union nationale des éleveurs"}),
        ("es", "El Tribunal Supremo anuló la pena.", {"Tribunal Supremo"}),
        ("cs", "Policie zasahovala v nemocnici Kyjov.", {"nemocnici Kyjov"}),
        ("cs", "Policie zasahovala v nemocnici.", set()),
        ("cs", "Mluvčí nemocnice Kyjov Pavlína Novotná uvedla, že ano.", {"nemocnice Kyjov"}),
    ],
)
def test_a_body_is_named_to_its_last_word(language: str, text: str, names: set[str]) -> None:
    """Over a joint before the word for a body, and over the area after it."""
    assert set(organisations(text, language)) == names


def test_a_company_is_the_same_without_its_legal_form() -> None:
    """``Corvid Systems Inc.`` has the id of ``Corvid Systems Ltd``."""
    found = organisations("Corvid Systems Inc. rose. Then Corvid Systems Ltd fell.")
    assert len({body.id for body in found.values()}) == 1
