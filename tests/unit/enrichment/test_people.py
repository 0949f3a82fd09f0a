from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_enrichment.naming import gathered
from dateline_schemas.credit import Author, Credit
from dateline_schemas.facts import Entity
from dateline_schemas.story import Story


def people(text: str, language: str = "en", headline: str = "", credit: Credit | None = None) -> dict[str, Entity]:
    """People of a story by name."""
    story = Story(guid="x", language=language, headline=headline, paragraphs=tuple(text.split("\n")))
    return {person.name: person for person in facts(story, credit or Credit()).people}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "President Ousseini Barkiré met Prime Minister Leila Ben Amar.", {"Ousseini Barkiré", "Leila Ben Amar"}),
        ("en", '"We lost," said Tamsin Okoro, 34, a nurse.', {"Tamsin Okoro"}),
        ("en", "J. K. Marlowe said the book was hers.", {"J. K. Marlowe"}),
        ("en", "The Chelsea Mayor, Imelda Barrantes, won a fourth term.", {"Imelda Barrantes"}),
        ("en", "Syria's President Hafez al-Masri arrived.", {"Hafez al-Masri"}),
        (
            "fr",
            "Le président sénégalais Ibrahima Ndoye a reçu la ministre Hélène Castaing.",
            {"Ibrahima Ndoye", "Hélène Castaing"},
        ),
        ("fr", "L'entraîneur Paolo Vierri s'est réjoui.", {"Paolo Vierri"}),
        (
            "de",
            "Bundeskanzlerin Ulrike Sandmann sprach mit Landesbischof Jens Wolters.",
            {"Ulrike Sandmann", "Jens Wolters"},
        ),
        ("de", "Die Tore von Julian Osterkamp reichten nicht.", {"Julian Osterkamp"}),
        (
            "es",
            "La gobernadora Lucía Belmonte dijo que sí. El portavoz Íñigo Sanz lo negó.",
            {"Lucía Belmonte", "Íñigo Sanz"},
        ),
        ("pt", "O ministro Celestino Macuácua disse que não.", {"Celestino Macuácua"}),
        ("ar", "قال الرئيس الفرنسي إيمانويل دوران في باريس إن بلاده مستعدة", {"إيمانويل دوران"}),
        ("sw", "Waziri wa Elimu, Rehema Mwakajinga, alisema hivyo.", {"Rehema Mwakajinga"}),
        ("ru", "Президент Виктор Соколов встретился с министром.", {"Виктор Соколов"}),
        ("ja", "ウラジーミル・ペトロフ大統領と高橋健一首相が会談した。", {"ウラジーミル・ペトロフ", "高橋健一"}),
        ("zh", "国家主席李明华会见了总统埃马纽埃尔·杜兰。", {"李明华", "埃马纽埃尔·杜兰"}),
        ("ko", "김민수 대통령은 말했다.", {"김민수"}),
        ("fi", "Työministeri Riikka Salmenoja sanoi, että lakko jatkuu.", {"Riikka Salmenoja"}),
        ("nl", "Burgemeester Marieke van der Hoogland zei niets.", {"Marieke van der Hoogland"}),
    ],
)
def test_people_are_found_by_titles_verbs_and_given_names(language: str, text: str, names: set[str]) -> None:
    """A name is what stands beside a title, a role, an age or a verb of speech, without these."""
    assert set(people(text, language)) == names


def test_a_surname_alone_is_the_same_person() -> None:
    """First the full name, then Mr and surname, surname alone, surname with a possessive: four mentions of one."""
    found = people(
        "Senator Oluwaseun Adeyemi-Cole spoke. Mr Adeyemi-Cole left. Adeyemi-Cole's aide said Adeyemi-Cole was ill."
    )
    assert [(name, person.mentions) for name, person in found.items()] == [("Oluwaseun Adeyemi-Cole", 4)]


def test_a_particle_in_capitals_begins_the_same_surname() -> None:
    """As Dutch writes one without the given name; a name of a place in it is none."""
    found = facts(
        Story(
            guid="x", language="nl", paragraphs=("Pieter van Gouda sprak. Van Gouda zweeg. Volgens Van Gouda niet.",)
        ),
        Credit(),
    )

    assert [(one.name, one.mentions) for one in found.people] == [("Pieter van Gouda", 3)]
    assert found.places == ()
    assert people("Van Velatron kwam niets. De Telegraaf zweeg.", "nl") == {}


def test_the_headline_counts_but_shows_nobody_new() -> None:
    """Title Case makes everything look like a name: only who is named in the text is taken from it."""
    found = people("Striker Danny Okell scored.", headline="Late Okell Penalty Sends Marsh Rovers Through")
    assert {name: person.mentions for name, person in found.items()} == {"Danny Okell": 2}


@pytest.mark.parametrize(
    ("headline", "mentions"),
    [
        ("Okell Penalty Sends Marsh Rovers Through", 2),
        ("Late Penalty Sends Through Danny Okell", 2),
        ("Okelly Penalty Sends Marsh Rovers Through", 1),
        ("Okell's penalty sends the Rovers through", 2),
    ],
)
def test_a_surname_in_a_headline_of_capitals_is_a_whole_word(headline: str, mentions: int) -> None:
    """Wherever it stands; in an ordinary headline its capital tells a name that stands alone as in the text."""
    found = people("It was late. Striker Danny Okell scored.", headline=headline)
    assert {name: person.mentions for name, person in found.items()} == {"Danny Okell": mentions}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Agence France-Presse and Associated Press reported it.",
        "Burkina Faso and New Zealand voted against. Buenos Aires did not.",
        "World Health Organization officials met the Supreme Court on Tuesday.",
        "Marsh Rovers beat Thornby Town on Saturday. The Boston Marathon was run in April.",
        "Prime Minister and Foreign Minister met. President Elect is a title.",
        "Die Deutsche Bank und der Deutsche Bundestag tagten am Montag.",
        "Le Conseil constitutionnel et la Cour de cassation ont tranché mardi.",
        "MARKETS RISE ON TUESDAY AS DOLLAR FALLS",
    ],
)
def test_other_capitals_are_no_people(text: str) -> None:
    """Agencies, places, bodies, clubs, days, titles alone and capitals throughout are not people."""
    assert people(text) == {}


def test_who_wrote_it_is_not_in_it() -> None:
    """The author of the byline is no person of the story."""
    text = "Reporter Ann Mwende contributed. Minister Joseph Wekhomba spoke."
    assert set(people(text, credit=Credit(authors=(Author(name="Ann Mwende"),)))) == {"Joseph Wekhomba"}


def test_a_person_with_a_citys_name_is_a_person() -> None:
    """Paris Delacroix is an actress, Jack London a writer: neither is a city."""
    assert set(people("Paris Delacroix, an actress, met the writer Jack London.")) == {"Paris Delacroix", "Jack London"}


def test_the_id_is_made_of_the_name() -> None:
    """The same name in another story has the same id."""
    first = people("Minister Joseph Wekhomba spoke.")["Joseph Wekhomba"]
    second = people("He met Minister Joseph Wekhomba, 61, in private.")["Joseph Wekhomba"]
    assert first.id == second.id
    assert first.id.startswith("dateline:person:")
    assert len(first.id) == len("dateline:person:") + 20


def test_a_candidate_that_comes_again_is_as_sure_as_the_surest_time() -> None:
    """What a model finds is gathered by name, with every place of the text."""
    found = gathered([(0, 8, "Jane Roe", 0.6), (20, 28, "Jane Roe", 0.9), (40, 48, "John Poe", 0.7)])
    assert found.spans == {"Jane Roe": [(0, 8), (20, 28)], "John Poe": [(40, 48)]}
    assert found.scores == {"Jane Roe": 0.9, "John Poe": 0.7}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("hu", "Orosházi Viktor miniszter szerint igen.", {"Orosházi Viktor"}),
        ("hu", "A Kerti Péter vezette csapat nyert. Az Ady Viktor című film is.", {"Kerti Péter", "Ady Viktor"}),
        ("en", "A Roe Ltd van hit A Nagy Poe.", set()),
        ("en", "Deliveries from Ras Laffan and Wadi Roe go on.", set()),
        ("pt", "A comissária Helena Lisboa falou ontem.", {"Helena Lisboa"}),
        ("cs", "Přijel velvyslanec Otmar Holešák.", {"Otmar Holešák"}),
        ("hu", "A bíróság felmentette Szabó Pétert és Kiss Annának is kedvezett.", {"Szabó Péter", "Kiss Annának"}),
        ("en", "Police held Tran Thi Hoa Lam in May.", {"Tran Thi Hoa Lam"}),
        ("en", "The court freed Lee Jae-dong on bail.", {"Lee Jae-dong"}),
        ("zh", "国家主席李建民3日发表讲话。", {"李建民"}),
        ("ja", "高木早苗首相は会談した。", {"高木早苗"}),
        ("ar", "قال الرئيس المصري عبد الحميد الشاذلي إنه مستعد", {"عبد الحميد الشاذلي"}),
        ("ar", "قال الوزير سالم بن ناصر العوفي في مسقط", {"سالم بن ناصر العوفي"}),
        ("ar", "قال الوزير سالم بن ناصر الثلاثاء في مسقط", {"سالم بن ناصر"}),
    ],
)
def test_names_are_read_in_the_order_of_their_language(language: str, text: str, names: set[str]) -> None:
    """Where the surname goes first, and where a given name has two words."""
    assert set(people(text, language)) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The USS Abraham Lincoln sailed. HMS Anna Marlowe followed."),
        ("ar", "قال رئيس مصلحة الطرق إن الجسر مغلق"),
        ("ar", "وزير الخارجية السعودي يزور دمشق"),
        ("de", "Das war Ansporn für die Volksschule Tristach und den Robert Lindner-Verlag."),
        ("en", "Campaigners of Frack Free Namibia said no."),
        ("ja", "米国防相と大阪府知事は会談した。"),
        ("ja", "林首相は会談した。"),
        ("ja", "新庁舎の落成式に市長が出た。"),
        ("zh", "国家主席和会议的代表发表讲话。"),
        ("zh", "国家主席向代表致辞。"),
        ("ar", "قال الرئيس محمد في باريس إنه مستعد"),
        ("ar", "قال الرئيس يزور الرياض"),
        ("it", "Finì così la Seconda Guerra, e una Onesta Proposta venne dopo."),
        ("tr", "Törende Altın Portakal sahibini buldu, Çelik Kubbe konuşuldu."),
        ("fr", "On y vend la Prune Verte, et Dune Deux est sorti."),
        ("en", "The Virgin Trains ran amid Modest Growth near the Hindu Kush."),
        ("vi", "Hôm nay Hà Nội mưa."),
        ("hu", "A miniszter Debrecenben járt."),
        ("hu", "A Magyar Közútnak nem szóltak, a Nemzeti Bankot sem."),
        ("de", "Für Frank Lehrer suchen, das ist schwer."),
        ("en", "They climbed Velatron Ridge, the driver said."),
        ("en", "The airline Relief Without Walls, said passengers, was late."),
    ],
)
def test_what_looks_like_a_name_is_none(language: str, text: str) -> None:
    """Ships, authorities, verbs after a title, schools and movements are no people, nor is a single name."""
    assert people(text, language) == {}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("it", "Il ministro ha visto a Roma Antonio Bellucci.", "Antonio Bellucci"),
        ("fi", "Ministeri tapasi Matti Virtasen Berliinissä.", "Matti Virtasen"),
        ("id", "Presiden bertemu Anwar Pratama di Jakarta.", "Anwar Pratama"),
        ("de", "Damit gab Anna Sandmann den Ton an.", "Anna Sandmann"),
        ("de", "Es sprach die Glaziologin Rosa Sandmann von der Universität Bern.", "Rosa Sandmann"),
        ("en", "The drugmaker Velatron Chief Executive Jane Roe said so.", "Jane Roe"),
        ("en", "Jane Roe, its senior warden, counted the plants.", "Jane Roe"),
        ("sv", "Läraren Karin Snickare menar att det är sent.", "Karin Snickare"),
        ("es", "La poeta María Luz Iriarte de la Fuente murió.", "María Luz Iriarte de la Fuente"),
        ("fr", "Le ministre Bruno Le Maire a parlé.", "Bruno Le Maire"),
        ("pt", "O presidente do município, Amade Muchanga, prometeu apoio.", "Amade Muchanga"),
        ("ja", "高木早苗元首相は語った。", "高木早苗"),
        ("ja", "高木早苗副社長が会見した。", "高木早苗"),
        ("ja", "佐藤健官房副長官は述べた。", "佐藤健"),
        ("ja", "高木早苗名誉会長が来た。", "高木早苗"),
        ("ja", "金民秀総書記は会談した。", "金民秀"),
    ],
)
def test_words_beside_a_name_are_no_part_of_it(language: str, text: str, name: str) -> None:
    """Towns, prepositions, articles and beginnings of titles end a name; small words that belong to it do not."""
    assert set(people(text, language)) == {name}


def test_forms_of_a_name_are_one_person() -> None:
    """``Petra Smejkala`` is a case of Petr Smejkal's name, ``Anna Sandmanns Ton`` hers and a noun."""
    assert {
        name: one.mentions for name, one in people("Řekl to Petr Lindner. Petra Lindnera zvolili.", "cs").items()
    } == {"Petr Lindner": 2}
    text = "Anna Sandmann sprach. Da war Anna Sandmanns Karriere vorbei."
    assert {name: one.mentions for name, one in people(text, "de").items()} == {"Anna Sandmann": 2}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ar", "قال الأمير بندر بن سالم بن حمد اليوم إن السد آمن", {"بندر بن سالم بن حمد"}),
        ("ar", "زار الوزير متنزه الملك فهد بالملز", set[str]()),
        ("ar", "قال نادي الجبل إن المباراة تأجلت", set[str]()),
        ("ja", "ヴェルナー氏とインド首相がサッカー選手と会った。", {"ヴェルナー"}),
        ("ko", "어제 김민호 한빛전자 사장이 말했다.", {"김민호"}),
        ("vi", "Bộ trưởng Phạm Hòa Bình họp.", {"Phạm Hòa Bình"}),
        ("en", "Justices Q L Mehrotra and Dinesh Kumar Barua sat.", {"Q L Mehrotra", "Dinesh Kumar Barua"}),
        ("it", "Ha parlato il presidente Tiago Moura da Silva.", {"Tiago Moura da Silva"}),
        ("es", "El presidente de Perú, Nicolás Bravo, viajó.", {"Nicolás Bravo"}),
    ],
)
def test_names_follow_the_customs_of_their_country(language: str, text: str, names: set[str]) -> None:
    """Sons of fathers, initials, surnames in katakana, given names that are towns' too."""
    assert set(people(text, language)) == names


def test_a_father_is_another_person() -> None:
    """Who is called ``son of`` somebody does not go by that one's name."""
    text = "استقبل الملك حمد بن راشد آل مزروع الأمير ماجد بن حمد بن راشد آل مزروع"
    assert set(people(text, "ar")) == {"حمد بن راشد آل مزروع", "ماجد بن حمد بن راشد آل مزروع"}


def test_a_first_name_after_a_title_is_the_same_person() -> None:
    """As Malays and Ethiopians are called."""
    found = people("Datuk Rahmat Idris spoke. Later Datuk Rahmat left.")
    assert {name: one.mentions for name, one in found.items()} == {"Rahmat Idris": 2}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "Le ministre Amadou SY SAVANE a parlé.", {"Amadou SY SAVANE"}),
        ("en", "The mayor of the town, Jane Orlo, was there.", {"Jane Orlo"}),
        ("en", "The height of the wall, Big Grey, was there.", set()),
        ("en", "A reporter of CBS NEWS was there.", set()),
    ],
)
def test_a_surname_in_capitals_and_an_office_in_the_clause_before(language: str, text: str, names: set[str]) -> None:
    """Capitals after a given name are a surname; between commas an office further ahead tells a name."""
    assert set(people(text, language)) == names


def test_what_a_name_goes_by_in_brackets_is_the_same_person() -> None:
    """Later mentions by it count."""
    text = "Presiden Jaka Wardana (Wawa) berangkat. Rakyat mencari Wawa."
    assert {name: one.mentions for name, one in people(text, "id").items()} == {"Jaka Wardana": 3}
    without = "Presiden Jaka Wardana berangkat. Rakyat mencari Wawa."
    assert {name: one.mentions for name, one in people(without, "id").items()} == {"Jaka Wardana": 1}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Naomi Alderman won the prize. Alderman wept.", "Naomi Alderman"),
        ("sv", "Karin Domare vann loppet. Domare grät.", "Karin Domare"),
        ("de", "Martin Botschafter lachte, sagte Martin Botschafter.", "Martin Botschafter"),
        ("fr", "Jeanne Commissaire a perdu, dit Jeanne Commissaire.", "Jeanne Commissaire"),
        ("fr", "Le commissaire Luc Vernay enquête.", "Luc Vernay"),
        ("en", "Alderman Piet Joule opened the bridge.", "Piet Joule"),
        ("pl", "Adam Kapitan z Politechniki Tarlskiej mierzy wodę.", "Adam Kapitan"),
        ("nl", "De prijs ging naar Piet Bisschop uit Tarl.", "Piet Bisschop"),
        ("nl", "In Tarl sprak bisschop Piet Joule.", "Piet Joule"),
        ("en", "The book by Edwin King is out.", "Edwin King"),
        ("de", "Der Sieg von Martin König war klar.", "Martin König"),
        ("en", "In his speech Mayor Piet Joule wept.", "Piet Joule"),
    ],
)
def test_an_office_may_be_a_surname(language: str, text: str, name: str) -> None:
    """Right after a given name it is one."""
    assert list(people(text, language)) == [name]
