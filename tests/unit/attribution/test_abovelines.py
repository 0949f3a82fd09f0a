"""A line above the text that is nothing but a byline gives its persons, in whatever form and language."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline_attribution.abovelines import above, is_said
from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import Story

TEXT = (
    "The harbour of Oakhaven was opened again on Thursday after three weeks in which no ship had been able to leave, "
    "the council said."
)


def signers(line: str) -> list[str]:
    """Who signs a story that begins with the line; photographers sign pictures."""
    story = Story(guid="invented", headline="Harbour opens again", paragraphs=(line, TEXT, TEXT, TEXT))
    return [author.name for author in credit(story).authors if author.role != "photographer"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe | Reuters | March 3, 2026", ["Jane Roe"]),
        ("By JANE ROE, Associated Press", ["Jane Roe"]),
        ("דנה אלון, רויטרס", ["דנה אלון"]),
        ("תל אביב, רויטרס", []),
        ("राहुल शर्मा, पीटीआई", ["राहुल शर्मा"]),
        ("ग्रेटर नोएडा, पीटीआई", []),
        ("أحمد سالم - رويترز", ["أحمد سالم"]),
        ("Anouk Rovers, ANP", ["Anouk Rovers"]),
        ("Jane Roe, Staff Writer", ["Jane Roe"]),
        ("By Jane Roe and John Doe, Business Reporters", ["Jane Roe", "John Doe"]),
        ("By Jane Roe Updated March 3, 2026 at 10:15 AM", ["Jane Roe"]),
        ("Written by Jane Roe on March 3, 2026", ["Jane Roe"]),
        ("Jane Roe · 3 March 2026 · 5 min read", ["Jane Roe"]),
        ("By: Jane Roe", ["Jane Roe"]),
        ("Posted by Jane Roe on 3 March 2026", ["Jane Roe"]),
        ("By Jane Roe in Oakhaven and John Doe in Saltwick", ["Jane Roe", "John Doe"]),
        ("BY JANE ROE AND JOHN DOE", ["Jane Roe", "John Doe"]),
        ("By Jane Roe for the Oakhaven Ledger", ["Jane Roe"]),
        ("By Jane Roe, John Doe & Mary Major", ["Jane Roe", "John Doe", "Mary Major"]),
        ("Author: Jane Roe", ["Jane Roe"]),
        ("Reported by Jane Roe", ["Jane Roe"]),
        ("Story by Jane Roe, photos by John Doe", ["Jane Roe"]),
        ("Von Anna Kern und Paul Weiß", ["Anna Kern", "Paul Weiß"]),
        ("von Anna Kern, dpa", ["Anna Kern"]),
        ("Von Anna Kern Stand: 03.03.2026, 10:15 Uhr", ["Anna Kern"]),
        ("Von Anna Kern, Eichhafen", ["Anna Kern"]),
        ("Text: Anna Kern, Fotos: Paul Weiß", ["Anna Kern"]),
        ("Autor: Anna Kern | 03.03.2026", ["Anna Kern"]),
        ("Von: Anna Kern", ["Anna Kern"]),
        ("Ein Artikel von Anna Kern", ["Anna Kern"]),
        ("Ein Kommentar von Anna Kern", ["Anna Kern"]),
        ("Par Jeanne Cerf avec AFP", ["Jeanne Cerf"]),
        ("Par Jeanne Cerf et Paul Morel (avec AFP)", ["Jeanne Cerf", "Paul Morel"]),
        ("Par Jeanne Cerf Publié le 03/03/2026 à 10h15", ["Jeanne Cerf"]),
        ("Publié le 3 mars 2026 par Jeanne Cerf", ["Jeanne Cerf"]),
        ("Jeanne Cerf, à Valombre", ["Jeanne Cerf"]),
        ("Rédigé par Jeanne Cerf", ["Jeanne Cerf"]),
        ("Por Ana Roble", ["Ana Roble"]),
        ("Por Ana Roble | 3 de marzo de 2026", ["Ana Roble"]),
        ("Por: Ana Roble y Luis Pino", ["Ana Roble", "Luis Pino"]),
        ("Escrito por Ana Roble", ["Ana Roble"]),
        ("Texto: Ana Roble. Fotos: Luis Pino", ["Ana Roble"]),
        ("Redacción: Ana Roble", ["Ana Roble"]),
        ("di Anna Quercia", ["Anna Quercia"]),
        ("di Anna Quercia e Paolo Pino", ["Anna Quercia", "Paolo Pino"]),
        ("Di Anna Quercia, 3 marzo 2026", ["Anna Quercia"]),
        ("a cura di Anna Quercia", ["Anna Quercia"]),
        ("dal nostro inviato Anna Quercia", ["Anna Quercia"]),
        ("Por Ana Carvalho, g1", ["Ana Carvalho"]),
        ("Por Ana Carvalho e Rui Pinho — Porto Velho", ["Ana Carvalho", "Rui Pinho"]),
        ("Ana Carvalho - Repórter da Agência Brasil", ["Ana Carvalho"]),
        ("Publicado por Ana Carvalho em 03/03/2026", ["Ana Carvalho"]),
        ("Por Ana Carvalho 03/03/2026 10:15", ["Ana Carvalho"]),
        ("Door Anna Eik", ["Anna Eik"]),
        ("Door onze redacteur Anna Eik", ["Anna Eik"]),
        ("Anna Eik 3 maart 2026, 10:15", ["Anna Eik"]),
        ("Av Anna Ek", ["Anna Ek"]),
        ("Text: Anna Ek Foto: Per Al", ["Anna Ek"]),
        ("Anna Eik Journalist", ["Anna Eik"]),
        ("Av Anna Eik, NTB", ["Anna Eik"]),
        ("Af Anna Eg, journalist", ["Anna Eg"]),
        ("Anna Tammi STT", ["Anna Tammi"]),
        ("Teksti: Anna Tammi, kuvat: Pekka Koivu", ["Anna Tammi"]),
        ("Autor: Anna Dąb", ["Anna Dąb"]),
        ("Anna Dąb, PAP", ["Anna Dąb"]),
        ("Oprac. Anna Dąb", ["Anna Dąb"]),
        ("Anna Dąb 03.03.2026 10:15", ["Anna Dąb"]),
        ("Autor: Jan Dub, ČTK", ["Jan Dub"]),
        ("Autor Jan Dub", ["Jan Dub"]),
        ("Szerző: Kiss Anna", ["Kiss Anna"]),
        ("Írta: Kiss Anna", ["Kiss Anna"]),
        ("de Ana Stejar", ["Ana Stejar"]),
        ("Autor: Ana Stejar", ["Ana Stejar"]),
        ("Scris de Ana Stejar", ["Ana Stejar"]),
        ("Piše: Ana Hrast", ["Ana Hrast"]),
        ("Autor Ana Hrast", ["Ana Hrast"]),
        ("Autor Ana Hrast Izvor Tanjug", ["Ana Hrast"]),
        ("Avtor: Ana Hrast", ["Ana Hrast"]),
        ("Автор: Анна Дубова", ["Анна Дубова"]),
        ("Анна Дубова, корреспондент", ["Анна Дубова"]),
        ("Текст: Анна Дубова", ["Анна Дубова"]),
        ("Автор: Ганна Дубова", ["Ганна Дубова"]),
        ("Автор: Анна Дъбова", ["Анна Дъбова"]),
        ("Анна Дъбова, БТА", ["Анна Дъбова"]),
        ("Της Άννας Δρυός", ["Άννας Δρυός"]),
        ("Γράφει η Άννα Δρυ", ["Άννα Δρυ"]),
        ("Haber: Ayşe Kaya", ["Ayşe Kaya"]),
        ("Yazar: Ayşe Kaya", ["Ayşe Kaya"]),
        ("Oleh Ana Kayu", ["Ana Kayu"]),
        ("Penulis: Ana Kayu", ["Ana Kayu"]),
        ("Reporter: Ana Kayu | Editor: Budi Laut", ["Ana Kayu", "Budi Laut"]),
        ("Ana Kayu, Jurnalis", ["Ana Kayu"]),
        ("Oleh Ana Kayu dan Budi Laut", ["Ana Kayu", "Budi Laut"]),
        ("Tác giả: Nguyễn An", ["Nguyễn An"]),
        ("Nguyễn Minh An - Thứ năm, 03/03/2026 10:15", ["Nguyễn Minh An"]),
        ("كتب: أحمد سعيد", ["أحمد سعيد"]),
        ("بقلم أحمد سعيد", ["أحمد سعيد"]),
        ("إعداد: أحمد سعيد", ["أحمد سعيد"]),
        ("מאת: דנה אלון", ["דנה אלון"]),
        ("द्वारा: राम शर्मा", ["राम शर्मा"]),
        ("लेखक: राम शर्मा", ["राम शर्मा"]),
        ("记者 王小明", ["王小明"]),
        ("記者王小明/台北報導", ["王小明"]),
        ("文/王小明", ["王小明"]),
        ("文・山田花子", ["山田花子"]),
        ("김철수 기자", ["김철수"]),
        ("김철수 기자 kim@sample.kr", ["김철수"]),
        ("Autorius: Jonas Ąžuolas", ["Jonas Ąžuolas"]),
        ("Autors: Jānis Ozols", ["Jānis Ozols"]),
        ("Autor: Jaan Tamm", ["Jaan Tamm"]),
        ("Nga Ana Lisi", ["Ana Lisi"]),
        ("Na Ana Mti", ["Ana Mti"]),
        ("Mwandishi: Ana Mti", ["Ana Mti"]),
        ("লেখক: রাম শর্মা", ["রাম শর্মা"]),
        ("Jeanne Cerf et AFP", ["Jeanne Cerf"]),
        ("Hanna Eiche, dpa, AFP", ["Hanna Eiche"]),
        ("Kari Eik / NTB", ["Kari Eik"]),
        ("Kalle Ek/TT", ["Kalle Ek"]),
    ],
)
def test_a_line_above_the_text_signs_it(line: str, names: list[str]) -> None:
    """Whatever stands behind the names: a day, an agency, a place, what they are."""
    assert signers(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Oakhaven, Saltwick",
        "Home News, World Politics",
        "Politik, Wirtschaft Heute",
        "New Harbour Opened, Says Council",
        "Inicio, Última Hora",
        "Accueil, Grand Angle",
        "By the Sea",
        "By Staff Reporter",
        "Por Redacción",
        "Unter Verwendung von dpa und AFP",
        "World Bank and AP",
    ],
)
def test_a_line_of_other_words_above_the_text_names_nobody(line: str) -> None:
    """Places, sections and offices are written as names are."""
    assert signers(line) == []


def test_a_title_in_capitals_says_what_the_text_says() -> None:
    """Its words come again in small letters; a name behind a word of authorship stands whatever the text says."""
    words = package_tables().bylines
    assert is_said("Ferry Returns", ["The ferry was seen at noon."], words)
    assert not is_said("Jane Roe", ["The ferry was seen at noon."], words)
    assert not is_said("By Jane Ferry", ["The ferry was seen at noon."], words)


def test_the_agency_beside_a_name_is_whom_the_person_writes_for() -> None:
    """Behind a slash it would be a picture's."""
    tables = package_tables()
    assert [(one.name, one.agency) for one in above("Jane Roe, Reuters", tables.book, tables.bylines)] == [
        ("Jane Roe", "Reuters")
    ]
    assert list(above("Jane Roe/Reuters", tables.book, tables.bylines)) == []


@pytest.mark.parametrize("line", ["STT, Oulu", "Aino Tammi, STT"])
def test_letters_beside_a_town_or_a_writer_are_an_agency_at_home(line: str) -> None:
    """Elsewhere they may be anything: a state, what somebody has studied."""
    at_home = Story(guid="x", language="fi", paragraphs=(line, TEXT, TEXT, TEXT))

    assert credit(at_home).agencies == ("STT",) and not credit(replace(at_home, language="en")).agencies


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pl", "PAP, Telewizja"),
        ("pl", "PAP, Ministerstwo Kultury"),
        ("pl", "PAP, Polskie Radio"),
        ("sv", "TT, Sveriges Radio"),
        ("sv", "TT, Hamnbladet"),
        ("sv", "TT, SVT"),
        ("hu", "MTI, Magyar Rádió"),
        ("fi", "STT, Tammiliitto"),
        ("nl", "ANP, Omroep Eikenhaven"),
        ("pl", "PAP, Radomex"),
    ],
)
def test_letters_beside_a_house_are_what_the_text_is_of(language: str, line: str) -> None:
    """Only a town that is listed is one: there is no end of broadcasters, papers, ministries and unions."""
    assert not credit(Story(guid="x", language=language, paragraphs=(line, TEXT, TEXT, TEXT))).agencies


@pytest.mark.parametrize(
    ("language", "line"),
    [("pl", "PAP, Nowy Sącz"), ("sv", "TT, Kiruna"), ("nl", "ANP, Den Bosch"), ("hu", "MTI, Pécs")],
)
def test_letters_beside_a_listed_town_are_an_agency(language: str, line: str) -> None:
    """Of its own language."""
    assert credit(Story(guid="x", language=language, paragraphs=(line, TEXT, TEXT, TEXT))).agencies


def test_a_longer_word_does_not_tell_of_a_writer() -> None:
    """A town may begin as a family name does; an inflected name is shorter."""
    text = ("Ana Roble y EFE", TEXT, TEXT, TEXT)
    story = Story(guid="x", language="es", headline="Roblepuerto abre", paragraphs=text)

    assert credit(story).agencies == ("EFE",) and [one.name for one in credit(story).authors] == ["Ana Roble"]
    assert not credit(replace(story, headline="Los Robles abren")).agencies


@pytest.mark.parametrize("headline", ["Quillmere Platforms sues over pictures", "QUILLMERE SUES OVER PICTURES"])
def test_those_whom_the_headline_tells_of_do_not_sign(headline: str) -> None:
    """They and the agency are what the text is of; over another text they would be its authors."""
    story = Story(guid="x", headline=headline, paragraphs=("Quillmere Platforms and Reuters", TEXT, TEXT, TEXT))

    assert not credit(story).authors and not credit(story).agencies
    assert credit(replace(story, headline="Harbour opens again")).agencies == ("Reuters",)


def test_a_sentence_over_an_agency_is_nobody() -> None:
    """In a script without capitals a stop tells it from a name."""
    assert not credit(
        Story(guid="x", language="ar", paragraphs=(TEXT, TEXT, TEXT, "وكان مغلقا منذ مارس.", "(أ ف ب)"))
    ).authors
