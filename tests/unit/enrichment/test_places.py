from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Place
from dateline_schemas.story import Story


def places(text: str, language: str = "en", dateline: str = "") -> dict[str, Place]:
    """Places of a story by id."""
    story = Story(guid="x", language=language, dateline=dateline, paragraphs=tuple(text.split("\n")))
    return {place.id: place for place in facts(story, Credit()).places}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Soldiers from Niger crossed the border.", "NE"),
        ("Soldiers from Nigeria crossed the border.", "NG"),
        ("Nigerien soldiers crossed the border.", "NE"),
        ("Nigerian soldiers crossed the border.", "NG"),
        ("Villages in the Niger Delta were flooded.", "NG"),
        ("The army of Guinea-Bissau was on alert.", "GW"),
        ("The army of Equatorial Guinea was on alert.", "GQ"),
        ("The army of Guinea was on alert.", "GN"),
        ("Voters in Papua New Guinea go to the polls.", "PG"),
        ("Aid reached the Democratic Republic of Congo.", "CD"),
        ("Aid reached the Republic of Congo.", "CG"),
        ("Aid reached Congo, and its capital Brazzaville.", "CG"),
        ("Aid reached Congo, and its capital Kinshasa.", "CD"),
        ("Talks were held in South Sudan.", "SS"),
        ("Talks were held in Sudan.", "SD"),
        ("North Korea fired a missile.", "KP"),
        ("South Korea has a new president.", "KR"),
        ("Northern Ireland has a new first minister.", "GB"),
        ("Officials in Ireland disagreed.", "IE"),
        ("The US said it would not attend.", "US"),
        ("Officials in Dominica disagreed.", "DM"),
        ("Officials in the Dominican Republic disagreed.", "DO"),
    ],
)
def test_countries_with_names_alike_are_kept_apart(text: str, code: str) -> None:
    """Niger is not Nigeria, and there are two Congos, four Guineas, two Sudans and two Koreas."""
    assert {place.country for place in places(text).values()} == {code}


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("fr", "Le ministre s'est rendu à Genève puis au Tchad.", {"geonames:2660646", "iso3166:TD"}),
        ("de", "Die Kanzlerin reiste von Köln nach Österreich.", {"geonames:2886242", "iso3166:AT"}),
        ("es", "El presidente viajó de Sevilla a los Países Bajos.", {"geonames:2510911", "iso3166:NL"}),
        ("pt", "O ministro viajou de Lisboa para a Guiné-Bissau.", {"geonames:2267057", "iso3166:GW"}),
        ("ar", "وصل الوزير إلى القاهرة قادما من السودان وفرنسا", {"geonames:360630", "iso3166:SD", "iso3166:FR"}),
        ("sw", "Rais alisafiri kutoka Nairobi kwenda Ufaransa.", {"geonames:184745", "iso3166:FR"}),
        ("ru", "Министр прибыл из Москвы в Германию.", {"geonames:524901", "iso3166:DE"}),
        ("ru", "Он жил в Нижнем Тагиле и Череповце.", {"geonames:520494", "geonames:569223"}),
        (
            "uk",
            "Він жив у Рівному, Миколаєві та Кривому Розі.",
            {"geonames:695594", "geonames:700569", "geonames:703845"},
        ),
        ("sk", "Horelo v Trnave aj v Košiciach.", {"geonames:3057124", "geonames:724443"}),
        ("cs", "Soud sídlí v Olomouci, věznice v Teplicích.", {"geonames:3069011", "geonames:3064288"}),
        ("pl", "Pożar wybuchł w Sopocie, potem w Gnieźnie.", {"geonames:3085151", "geonames:3099112"}),
        ("hu", "A férfi Ausztriában és Kisvárdán élt.", {"iso3166:AT", "geonames:718739"}),
        ("el", "Η φωτιά έφτασε στον Βόλο και στην Αθήνα.", {"geonames:251833", "geonames:264371"}),
        ("fi", "Tulipalo syttyi Iisalmessa ja Varkaudessa.", {"geonames:656820", "geonames:632370"}),
        ("de", "In Krems brannte es, in Klagenfurt nicht.", {"geonames:2773549", "geonames:2774326"}),
        ("de", "Auf dem Neumarkt in der Burg lief man, weil es warm war. Weil es warm war.", set()),
        ("sv", "Det brann i Ulricehamn.", {"geonames:2666493"}),
        ("da", "Det siger minister Hans Hadsten. Fra Hadsten lyder det, at loven kommer.", set()),
        ("pt", "A carta de Moreira a Brito chegou no carro de Azevedo.", set()),
        ("ja", "首相は大阪からフランスへ向かった。", {"geonames:1853909", "iso3166:FR"}),
        ("zh", "总理从上海飞往肯尼亚访问。", {"geonames:1796236", "iso3166:KE"}),
        ("fi", "Ministeri lensi Helsingistä Ranskaan.", {"geonames:658225", "iso3166:FR"}),
        ("sv", "Sveriges minister reste till Köpenhamn.", {"iso3166:SE", "geonames:2618425"}),
        ("tr", "Bakan Ankara'dan Almanya'ya gitti.", {"geonames:323786", "iso3166:DE"}),
        ("ko", "장관은 서울에서 프랑스로 갔다.", {"geonames:1835848", "iso3166:FR"}),
        ("pl", "Premier przyjechał z Warszawy do Niemiec.", {"geonames:756135", "iso3166:DE"}),
        ("pl", "Burza przeszła w Poznaniu i Łodzi.", {"geonames:3088171", "geonames:3093133"}),
        ("ar", "زار الوزير السعودية في مايو", {"iso3166:SA"}),
        ("hi", "मंत्री अमेरिका और राजस्थान गए।", {"iso3166:US", "iso3166:IN-RJ"}),
        ("it", "Il ministro è partito da Milano per la Svizzera.", {"geonames:3173435", "iso3166:CH"}),
        ("nl", "De premier reisde van Den Haag naar Duitsland.", {"geonames:2747373", "iso3166:DE"}),
    ],
)
def test_places_are_found_in_many_languages(language: str, text: str, ids: set[str]) -> None:
    """Exonyms, clitics, unspaced scripts and inflected names lead to the same ids."""
    assert set(places(text, language)) == ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police in London, Ontario, arrested a man.", "geonames:6058560"),
        ("Police in London arrested a man.", "geonames:2643743"),
        ("Police in Birmingham, Alabama, arrested a man.", "geonames:4049979"),
        ("Police in Birmingham arrested a man, Britain's interior minister said.", "geonames:2655603"),
        ("Police in Paris arrested a man.", "geonames:2988507"),
    ],
)
def test_what_stands_beside_a_name_tells_which_city_it_is(text: str, expected: str) -> None:
    """The state or country that follows decides; without it the city that the world means."""
    assert expected in places(text)


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("pt", "A Polónia e o Irão falaram do Benim.", {"iso3166:IR", "iso3166:PL", "iso3166:BJ"}),
        ("pt", "Cerca de 200 pessoas viram o Palácio de Monserrate.", set()),
        ("pt", "Chove em Salvador.", {"geonames:3450554"}),
        ("de", "Die Kapverden und Moldawien sind dabei.", {"iso3166:CV", "iso3166:MD"}),
        ("ru", "Молдавия и ЮАР спорят, а в Англии ждут.", {"iso3166:MD", "iso3166:ZA", "iso3166:GB-ENG"}),
        ("zh", "阿联酋和沙特已经同意。", {"iso3166:AE", "iso3166:SA"}),
        ("pt", "Irão participar dez equipas.", set()),
        ("ru", "Снег в Новой Англии, Новой Шотландии и Новом Южном Уэльсе.", {"iso3166:CA-NS", "iso3166:AU-NSW"}),
        ("zh", "第二波黑客攻击和新英格兰爱国者队。", set()),
        ("tr", "Benim için önemli.", set()),
        ("en", "The Nurses Association of Malawi said the strike would spread to Zomba.", {"geonames:923295"}),
        ("en", "The Nurses Association of Kenya said the strike would spread to Zomba.", set()),
    ],
)
def test_a_country_has_the_names_that_its_readers_use(language: str, text: str, ids: set[str]) -> None:
    """Those of Portugal and of Switzerland, old ones and letters; and one in a body's name tells where a town lies."""
    assert set(places(text, language)) == ids


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TBILISI - Protesters in Georgia marched to parliament in Tbilisi.", "iso3166:GE"),
        ("ATLANTA - Voters in Georgia and Alabama go to the polls, officials in Atlanta said.", "iso3166:US-GA"),
    ],
)
def test_georgia_is_the_country_or_the_state(text: str, code: str) -> None:
    """The cities and states named along with it show which Georgia is meant."""
    found = places(text)
    assert code in found
    assert not {"iso3166:GE", "iso3166:US-GA"} - {code} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "Nice work, said the coach. Reading is fun. The March budget was passed. Most of the money is gone.",
        "Mr Hassan left the room. Paris Delacroix, an actress, smiled. Novelist Jack London died young.",
        "The Paris Agreement was signed. The Boston Marathon was run. Real Madrid won.",
        "Mobile phones were banned. The Same rule applies. He read the Financial Times.",
        "Guinea pigs were sold on Wall Street.",
    ],
)
def test_other_things_are_no_places(text: str) -> None:
    """Words, people, treaties, races and clubs that bear a place's name are none."""
    assert places(text) == {}


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("NIAMEY, March 26 (AFP) -", "geonames:2440485"),
        ("KANO, Nigeria (Reuters) -", "geonames:2335204"),
        ("LONDON, Ontario", "geonames:6058560"),
        ("Nice (AFP)", "geonames:2990440"),
        ("Den Haag, 3. Mai (dpa)", "geonames:2747373"),
    ],
)
def test_the_dateline_names_a_place(dateline: str, expected: str) -> None:
    """Capitals and all, with the country that is written beside it."""
    assert expected in places("The meeting lasted for two hours and ended without result.", dateline=dateline)


def test_a_dateline_at_the_head_of_the_text_counts_too() -> None:
    """Feeds that leave the dateline in the first paragraph lose nothing."""
    found = places("STOCKHOLM, Aug 29 (TT) - The government fell on Friday.")
    assert found["geonames:2673730"].method == "dateline"


def test_ids_are_joined_to_other_registers() -> None:
    """A country carries its Wikidata and GeoNames ids from the packaged sources."""
    assert set(places("Soldiers from Niger left.")["iso3166:NE"].same_as) == {"wikidata:Q1032", "geonames:2440476"}


def test_regions_have_un_m49_codes() -> None:
    """West Africa is UN M49 region 011."""
    assert places("Leaders of West Africa met.")["m49:011"].kind == "region"


def test_the_surest_way_to_name_a_place_tells_how_it_is_known() -> None:
    """By its name, though its people are named later, and though a dateline may mean another one of the name."""
    france = places("France said no. French soldiers left.")["iso3166:FR"]
    assert (france.method, france.mentions) == ("gazetteer", 2)
    [france] = places("French soldiers left.").values()
    assert (france.method, france.mentions) == ("demonym", 1)
    boston = places("Rain fell on Boston.", dateline="BOSTON")["geonames:4930956"]
    assert (boston.method, boston.mentions) == ("gazetteer", 2)


@pytest.mark.parametrize(
    ("dateline", "expected"), [("BOSTON", "geonames:4931972"), ("LONDON", "geonames:2653941"), ("", None)]
)
def test_where_a_story_is_dated_tells_which_city_is_meant(dateline: str, expected: str | None) -> None:
    """There is a Cambridge near Boston and one in England; without a word of it none is sure enough."""
    found = places("The mayor of Cambridge said so.", dateline=dateline)
    assert expected is None or expected in found
    assert len(found) == (2 if expected else 0)


def test_the_countries_of_the_text_tell_which_city_is_meant() -> None:
    """The one that a story is dated from weighs more than another that is named."""
    assert "geonames:4931972" in places("The US and French envoys met. The mayor of Cambridge said so.")
    assert "geonames:3625549" in places("The mayor of Valencia met envoys of Spain.", dateline="CARACAS")


def test_mentions_are_counted() -> None:
    """The place named most stands first."""
    found = list(places("Kenya sent aid. Kenya sent doctors. Uganda sent none.").values())
    assert [(place.name, place.mentions) for place in found] == [("Kenya", 2), ("Uganda", 1)]


MATCH = (
    "Marsh Rovers won the cup match after {} scored a penalty, the striker's tenth goal of the season in the league."
)


def test_a_club_called_by_its_town_is_no_town() -> None:
    """In a text about sport only a word of place, or the country beside it, makes a town of a name."""
    story = f"{MATCH.format('Okell')} Burnley beat Leeds. Fans in Sheffield cheered, and Porto, Portugal, comes next."
    assert set(places(story)) == {"geonames:2638077", "geonames:2735943", "iso3166:PT"}


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Fans in Sheffield and Leeds cheered.", {"geonames:2638077", "geonames:2644688"}),
        ("Leeds and Sheffield won.", set()),
        ("Fans in Sheffield, then Leeds cheered.", {"geonames:2638077"}),
        ("Porto (Portugal) hosts the final.", {"geonames:2735943"}),
        ("Porto Portugal tickets sold out.", set()),
        ("They had beaten Porto. Portugal cheered.", set()),
        ("They had beaten Leeds, who led.", set()),
        ("Leeds's coach left.", set()),
    ],
)
def test_a_town_beside_a_town_is_one_in_a_text_about_sport(text: str, towns: set[str]) -> None:
    """Joined to one that has a word of place, or before its country in brackets."""
    assert {place for place in places(f"{MATCH.format('Okell')} {text}") if place.startswith("geonames:")} == towns


def test_the_town_that_a_text_about_sport_is_dated_from_is_one_throughout() -> None:
    """It is where the reporter was, also where the text says no more than its name."""
    found = places(f"{MATCH.format('Okell')} Sheffield beat Leeds.", dateline="SHEFFIELD, England -")
    assert found["geonames:2638077"].mentions == 2 and "geonames:2644688" not in found


@pytest.mark.parametrize(
    ("language", "text", "towns"),
    [
        ("fi", "Joukkue voitti ottelun 2-1 Oulussa, ja Helsinki hävisi.", {"geonames:643492"}),
        ("tr", "Takım Ankara'da maçı 2-1 kazandı, İzmir kaybetti.", {"geonames:323786"}),
    ],
)
def test_an_ending_of_place_makes_a_town_of_a_name_in_a_text_about_sport(
    language: str, text: str, towns: set[str]
) -> None:
    """In languages that add it to the name, with an apostrophe or without."""
    assert set(places(text, language)) == towns


def test_a_country_that_plays_is_still_a_country() -> None:
    """No word of place goes before the names of teams that play for countries."""
    assert set(places(MATCH.format("Okell") + " Norway beat Ghana.")) == {"iso3166:NO", "iso3166:GH"}


@pytest.mark.parametrize(
    ("dateline", "ids"),
    [
        ("SAVANNAH, Ga. (AP) -", {"geonames:4221552", "iso3166:US-GA"}),
        ("GROSSETO, Italy, July 17 -", {"geonames:3175786", "iso3166:IT"}),
        ("GENEVA -", {"geonames:2660646"}),
    ],
)
def test_the_state_or_country_of_a_dateline_is_named(dateline: str, ids: set[str]) -> None:
    """It is a place that the story states, as the town is."""
    assert set(places("The council voted.", dateline=dateline)) == ids


@pytest.mark.parametrize(
    "text", ["She sold French fries and Turkish coffee.", "He wore Panama hats to a Turkish bath."]
)
def test_wares_name_no_country(text: str) -> None:
    """A dish that is called after a country says nothing about it."""
    assert places(text) == {}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("de", "Die Wahl in Bayern ist vorbei.", "iso3166:DE-BY"),
        ("es", "El presidente de Cataluña dimitió.", "iso3166:ES-CT"),
        ("it", "La giunta della Toscana ha approvato il piano.", "iso3166:IT-52"),
        ("fr", "Les agriculteurs de Bretagne manifestent.", "iso3166:FR-BRE"),
    ],
)
def test_regions_are_known_by_their_own_names(language: str, text: str, place: str) -> None:
    """A text in the language of a country writes its states and regions so."""
    assert place in places(text, language)


def test_the_famous_bearer_is_meant_where_nothing_else_tells() -> None:
    """Not the one of most people, unless the text or the dateline names its country."""
    assert "geonames:2509954" in places("Rain flooded streets in Valencia.")
    assert "geonames:3625549" in places("Venezuelan officials said rain flooded streets in Valencia.")


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("sk", "Mesto Trnava zverejnilo vyhlásenie o požiari.", "SK"),
        ("en", "A fire broke out in Salisbury on Monday.", "GB"),
        ("it", "Il sindaco di Alessandria ha ringraziato i vigili del fuoco.", "IT"),
        ("es", "En Arrecife hubo protestas.", "ES"),
        ("da", "Politiet i Fredericia har anholdt to mænd.", "DK"),
        ("vi", "Tại Tây Ninh mưa lớn.", "VN"),
        ("en", "Rain fell in Santa Ana.", "US"),
        ("en", "The museum in St. Petersburg closed.", "RU"),
        ("es", "El ministro viajó a Marsella.", "FR"),
        ("pt", "O cantor vive em São Francisco.", "US"),
        ("tr", "Başbakan Pekin'de konuştu.", "CN"),
    ],
)
def test_a_place_called_so_comes_before_one_that_only_was(language: str, text: str, code: str) -> None:
    """Harare was Salisbury, and Tirana once written Trnava; St. Petersburg stays the one in Russia."""
    assert [place.country for place in places(text, language).values()] == [code]


def test_a_meeting_is_no_island() -> None:
    """Réunion is a place with its article."""
    assert "iso3166:RE" not in places("Réunion de crise lundi. Une réunion a suivi.", language="fr")
    assert "iso3166:RE" in places("Un navire a quitté La Réunion.", language="fr")


def test_a_competition_names_no_country() -> None:
    """The Copa do Brasil is won by clubs."""
    text = "O Canoas venceu o Barreiro por 2-1 e está na final da Copa do Brasil."
    assert "iso3166:BR" not in places(text, language="pt")


def test_a_place_in_capitals_may_open_a_text_without_a_dash() -> None:
    """In Turkish copy with its ending; an ordinary word in capitals is none, nor is a headline."""
    assert set(places("BURSA'nın merkezinde yangın çıktı.", "tr")) == {"geonames:750269"}
    assert places("YANGIN çıktı.", "tr") == {}


def test_a_region_is_known_in_its_cases_also_before_a_name() -> None:
    """The noun ends the region's name: who follows is somebody else."""
    for text in ("Губернатор Омской области приехал.", "Губернатор Омской области Иван Роев приехал."):
        assert set(places(text, "ru")) == {"iso3166:RU-OMS"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Rescuers in Timbuktu wait for machines from Japan.", "geonames:2449067"),
        ("en", "Delegates in Geneva wait for an answer from Japan.", "geonames:2660646"),
        ("en", "Traders in Tunis wait for wheat from Japan.", "geonames:2464470"),
        ("en", "Pilgrims in Bethlehem wait for guests from Japan.", "geonames:284315"),
        ("en", "Bakers in Ramallah wait for flour from Japan.", "geonames:282239"),
        ("fr", "Des secouristes à Naplouse attendent des machines du Japon.", "geonames:282615"),
        ("ar", "قال عاملون في حلب إنهم ينتظرون آلات من اليابان.", "geonames:170063"),
        ("ar", "قال عاملون إنهم في المصنع وفي حلب ينتظرون آلات من اليابان.", "geonames:170063"),
        ("ar", "قال عاملون في خان يونس إنهم ينتظرون آلات من اليابان.", "geonames:281124"),
    ],
)
def test_a_town_after_a_word_of_place_needs_no_country(language: str, text: str, place: str) -> None:
    """Whatever other country the text names; of several that bear the name the famous one is meant."""
    assert set(places(text, language)) == {place, "iso3166:JP"}


def test_an_arabic_word_that_towns_bear_needs_their_country() -> None:
    """``الخبر`` is the news, and Khobar; ``بحمص`` is with chickpeas, and in Homs."""
    for text in ("جاء في الخبر أن آلات من اليابان وصلت.", "يقدم المقهى خبزا بحمص وشايا من اليابان."):
        assert set(places(text, "ar")) == {"iso3166:JP"}


def test_the_treasury_of_turkey_is_no_mali() -> None:
    """``Maliye`` is finance; with the ending of a case Mali would be written so."""
    assert "iso3166:ML" not in places("Maliye Bakanı konuştu.", "tr")


def test_a_town_is_not_surer_for_a_city_once_called_so() -> None:
    """Aleppo was Berea: in a text about Lesotho neither it nor a town in Ohio is meant, unless the text says so."""
    lesotho = places("Farmers in Berea waited, Lesotho's government said.")

    assert {place.country for place in lesotho.values()} == {"LS"}
    assert "geonames:5147097" in places("Police in Berea, Ohio, closed a road in Canada.")
    assert {place.country for place in places("A fire broke out in Berea on Monday.").values()} == {"US"}
