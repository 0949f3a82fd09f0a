"""Persons of a byline: names, places, roles; never an agency."""

from __future__ import annotations

from typing import Any

import pytest
from attribution_eval.cases import cases, story_of

from dateline_attribution.bylines import authors as authors_of
from dateline_attribution.spelling import exact
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import Author
from dateline_schemas.story import CreditElement, Story


def signed(story: Story) -> tuple[Author, ...]:
    """By the package's tables, with evidence."""
    return authors_of(story, package_tables().book, package_tables().bylines)


def authors(story: Story) -> tuple[Author, ...]:
    """The same, as far as who they are."""
    return tuple(Author(name=one.name, role=one.role, place=one.place, agency=one.agency) for one in signed(story))


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By JANE ROE", ["Jane Roe"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe, John Doe, The Associated Press", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, Press Association Political Correspondent", ["Jane Roe"]),
        ("Von Johanna Reh und Karl Kranich, dpa", ["Johanna Reh", "Karl Kranich"]),
        ("Par Jeanne Chevreuil (AFP)", ["Jeanne Chevreuil"]),
        ("Por Juana Corzo y Juan Ciervo", ["Juana Corzo", "Juan Ciervo"]),
        ("Jane Roe and AP", ["Jane Roe"]),
        ("Jane Roe, Oakhaven Herald", ["Jane Roe"]),
        ("Anna Rosenblatt", ["Anna Rosenblatt"]),
        ("Jane Daily", ["Jane Daily"]),
        ("AFP stringer Jane Roe in Oakhaven", ["Jane Roe"]),
        ("By Associated Press", []),
        ("Deutsche Presse-Agentur, HB-Redaktion", []),
        ("Staff Reporter", []),
        ("jane.roe@example.org", []),
        ("Text: Johanna Reh", ["Johanna Reh"]),
        ("Na Juma Ali", ["Juma Ali"]),
        ("Nga Arta Hoxha", ["Arta Hoxha"]),
        ("김민수 기자 알림 받기 더 보기", ["김민수"]),
        ("김민수 이지은 기자", ["김민수", "이지은"]),
        ("Na Rin", ["Na Rin"]),
        ("Daga Musa Ibrahim", ["Musa Ibrahim"]),
        ("Penulis: Dewi Lestari", ["Dewi Lestari"]),
        ("Écrit par : Super User", []),
        ("By AFP Hong Kong", []),
        ("Con información de EFE", []),
        ("قسم الأخبار", []),
        ("Отдел новостей", []),
        ("ٹیم ویب ڈیسک", []),
        ("The Editorial Board", []),
        ("Par Jean Cerf, à Bamako", ["Jean Cerf"]),
        ("Jane Roe Staff Writer", ["Jane Roe"]),
        ("By JANE ROE For The Ledger", ["Jane Roe"]),
        ("Jana Reh (Text) und Karl Kranich (Fotos)", ["Jana Reh", "Karl Kranich"]),
        ("Écrit par Jean Cerf le 12 mars", ["Jean Cerf"]),
        ("Tim Roe and Jane Doe", ["Tim Roe", "Jane Doe"]),
        ("AFP et Jean Cerf", ["Jean Cerf"]),
        ("Von Petra Reh und Agenturen", ["Petra Reh"]),
        ("By Hina Hind", ["Hina Hind"]),
        ("Efe Geyik", ["Efe Geyik"]),
        ("Petra, Amman", []),
        ("एजेंसी, नई दिल्ली", []),
        ("記者林木森／橡港報導", ["林木森"]),
        ("Pewarta: Dewi Rusa Editor: Budi Rusa", ["Dewi Rusa", "Budi Rusa"]),
        ("Jane Roe Jane Roe", ["Jane Roe Jane Roe"]),
        ("Monitoring Report", []),
        ("この記事を書いた人 林木花子 橡港社会部 専門・関心分野 港、海", ["林木花子"]),
        ("Johanna Reh Redakteurin", ["Johanna Reh"]),
        ("Willem van der Reh", ["Willem van der Reh"]),
        ("Aisha bint Reh al-Roe", ["Aisha bint Reh al-Roe"]),
        ("Jeanne d'Orme", ["Jeanne d'Orme"]),
        ("Von Montag an fährt nichts", []),
        ("SELİM REH", ["Selim Reh"]),
        ("M. K.", []),
        ("Le Monde avec AFP", []),
        ("Posted by Jane Roe", ["Jane Roe"]),
        ("Por Joana Veado - Repórter da Agência Brasil - Carvalhal", ["Joana Veado"]),
        ("", []),
    ],
)
def test_persons_are_split_out_of_a_byline(byline: str, names: list[str]) -> None:
    """Words of authorship, agencies and desks fall away."""
    assert [author.name for author in authors(Story(guid="x", byline=byline))] == names


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (("By JANE ROE", "Associated Press", "OAKHAVEN (AP) — The port reopened."), ["Jane Roe"]),
        (("(Adds reaction)", "By Jane Roe and John Doe", "OAKHAVEN (Reuters) - The port."), ["Jane Roe", "John Doe"]),
        (("من سعاد الغزال", "ميناء البلوط (رويترز) - أعيد فتح الميناء."), ["سعاد الغزال"]),
        (("ДУБОВ, 3 мар - РИА Новости, Анна Оленева. Порт открылся.",), ["Анна Оленева"]),
        (("ДУБОВ, 3 марта. /Корр. ТАСС Анна Оленева/. Порт открылся.",), ["Анна Оленева"]),
        (("Ayşe KAYA/MEŞELİMAN (İHA) - Liman açıldı.",), ["Ayşe KAYA"]),
        (("Дъбово, 3 март /Ана Габрова, БТА/ Портът отвори.",), ["Ана Габрова"]),
        (("By the river, nobody was hurt.",), []),
        (("Piše Ana Hrast,", "Luka je opet otvorena."), ["Ana Hrast"]),
        (("Rep: Ana Kayu/ Red: Budi Laut", "Pelabuhan dibuka kembali."), ["Ana Kayu", "Budi Laut"]),
        (("Автор: Анна Дъбова 09:35", "Портът отвори."), ["Анна Дъбова"]),
        (("Ada Reh , Luca Brad", "Der Hafen ist wieder offen."), ["Ada Reh", "Luca Brad"]),
        (("Jane Roe|Mar 26, 2026", "The port reopened."), ["Jane Roe"]),
        (("נועה אלון |", "הנמל נפתח מחדש."), ["נועה אלון"]),
        (("Harbour, Bridge", "The port reopened."), []),
        (("The port | Mar 26, 2026", "It reopened."), []),
    ],
)
def test_who_signs_above_the_text_or_in_its_dateline(paragraphs: tuple[str, ...], names: list[str]) -> None:
    """Where the message has no byline."""
    assert [author.name for author in authors(Story(guid="x", paragraphs=paragraphs))] == names


def test_a_place_belongs_to_the_person_before_it() -> None:
    """``Jane Roe in Oakhaven``."""
    assert authors(Story(guid="x", byline="Jane Roe in Oakhaven")) == (Author(name="Jane Roe", place="Oakhaven"),)


def test_closing_credits_give_reporters_and_editors() -> None:
    """``(Reporting by A and B in C; Editing by D)`` under the text."""
    line = "(Reporting by Jane Roe and John Doe in Elmport; Editing by Ann Hind)"
    got = authors(Story(guid="x", byline="By Jane Roe", paragraphs=("Late again.", line)))

    assert got == (
        Author(name="Jane Roe"),
        Author(name="John Doe", role="reporter", place="Elmport"),
        Author(name="Ann Hind", role="editor"),
    )


def test_authors_stated_apart_count_where_there_is_no_byline() -> None:
    """Agencies among them are passed over."""
    credits = (CreditElement(where="author", value="Reuters"), CreditElement(where="author", value="Johanna Reh"))

    assert [author.name for author in authors(Story(guid="x", credits=credits))] == ["Johanna Reh"]


@pytest.mark.parametrize(
    ("byline", "name", "place", "agency"),
    [
        ("By Jane Doe in Niamey with Paris newsroom", "Jane Doe", "Niamey", ""),
        ("Von Johanna Reh, dpa", "Johanna Reh", "", "dpa"),
        ("Par Jeanne Chevreuil avec AFP", "Jeanne Chevreuil", "", ""),
        ("De Juana Corzo (EFE)", "Juana Corzo", "", "EFE"),
        ("di Giovanna Cerva", "Giovanna Cerva", "", ""),
        ("Texto: Joana Veado", "Joana Veado", "", ""),
        ("Door Jan Hert", "Jan Hert", "", ""),
        ("Av Anna Hjort i Ekhamn", "Anna Hjort", "Ekhamn", ""),
        ("Tekst: Anne Hjort", "Anne Hjort", "", ""),
        ("Af Anne Hind/Ritzau", "Anne Hind", "", "Ritzau"),
        ("Teksti: Anna Hirvi", "Anna Hirvi", "", ""),
        ("Jan Jeleń, PAP", "Jan Jeleń", "", "PAP"),
        ("Autor: Jan Srna", "Jan Srna", "", ""),
        ("Анна Оленева, ТАСС", "Анна Оленева", "", "TASS"),
        ("Автор: Ганна Оленчук", "Ганна Оленчук", "", ""),
        ("Haber: Ayşe Geyik", "Ayşe Geyik", "", ""),
        ("Του Γιώργου Ελαφιού", "Γιώργου Ελαφιού", "", ""),
        ("بقلم: سعاد الغزال", "سعاد الغزال", "", ""),
        ("מאת: יעל צבי", "יעל צבי", "", ""),
        ("रिपोर्ट: सीता हिरन", "सीता हिरन", "", ""),
        ("記者 木下花子", "木下花子", "", ""),
        ("홍길동 기자", "홍길동", "", ""),
        ("记者 林木", "林木", "", ""),
        ("Jane Roe for The Associated Press", "Jane Roe", "", ""),
        ("Jane Roe @janeroe", "Jane Roe", "", ""),
        ("De notre envoyé spécial Jean CERF (AFP)", "Jean CERF", "", "AFP"),
        ("Por nuestra corresponsal en Roblepuerto, Juana Corzo", "Juana Corzo", "Roblepuerto", ""),
        ("Von unserem Korrespondenten Karl Kranich", "Karl Kranich", "", ""),
        ("By Jane Roe | Oakhaven Ledger (TNS)", "Jane Roe", "", "TNS"),
        ("By our correspondent in Elmport, Jane Roe", "Jane Roe", "Elmport", ""),
        ("Von unserer Korrespondentin Johanna Reh, Eichhafen", "Johanna Reh", "Eichhafen", ""),
        ("Van onze verslaggever in Eikhaven, Jan van 't Hert", "Jan van 't Hert", "Eikhaven", ""),
        ("Jeanne Cerf, envoyée spéciale à Chêneport", "Jeanne Cerf", "Chêneport", ""),
        ("Par Jeanne Cerf (à Chêneport)", "Jeanne Cerf", "Chêneport", ""),
        ("Ada Reh - inviata speciale", "Ada Reh", "", ""),
        ("By Jane Roe, Africa correspondent, in Elmport", "Jane Roe", "Elmport", ""),
        ("Ada Reh - inviata a Querciaporto", "Ada Reh", "Querciaporto", ""),
        ("Του ανταποκριτή μας στη Βελανιδιά Γιώργου Ελαφιού", "Γιώργου Ελαφιού", "Βελανιδιά", ""),
        ("Juan Ciervo y Corzo, EFE", "Juan Ciervo y Corzo", "", "EFE"),
        ("Por João Veado e Corça, da Lusa", "João Veado e Corça", "", "LUSA"),
        ("Анна Оленева, корреспондент ТАСС", "Анна Оленева", "", "TASS"),
        ("إعداد: سعاد الغزال، المرفأ", "سعاد الغزال", "", ""),
        ("Compiled by Jane Roe from wire reports", "Jane Roe", "", ""),
    ],
)
def test_bylines_are_read_in_many_languages(byline: str, name: str, place: str, agency: str) -> None:
    """The person, the place, the agency that the byline puts the person with."""
    assert authors(Story(guid="x", byline=byline)) == (Author(name=name, place=place, agency=agency),)


def test_each_of_several_is_put_with_the_agency_behind_the_name() -> None:
    """As Poland's agency lists its writers."""
    got = authors(Story(guid="x", byline="Anna Jeleń (PAP), Jan Kos (PAP)"))

    assert [(author.name, author.agency) for author in got] == [("Anna Jeleń", "PAP"), ("Jan Kos", "PAP")]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ana Corzo y Pedro", ["Ana Corzo"]),
        ("Ana Corça e João", ["Ana Corça"]),
        ("Pedro Corzo y Ciervo", ["Pedro Corzo y Ciervo"]),
    ],
)
def test_a_given_name_alone_is_no_second_family_name(byline: str, names: list[str]) -> None:
    """Nor a person: of whom nothing but that is told, nobody knows who it was."""
    assert [author.name for author in authors(Story(guid="x", byline=byline))] == names


@pytest.mark.parametrize("byline", ["Juana y Juan", "Ana Reh e Redazione"])
def test_two_given_names_and_a_desk_are_no_family_name(byline: str) -> None:
    """A word of joining is part of a name only before the last of two family names."""
    got = authors(Story(guid="x", byline=byline))

    assert [author.name for author in got if " y " in author.name or " e " in author.name] == []


@pytest.mark.parametrize(
    ("byline", "name"), [("BARIŞ ILGIN (AA)", "Barış Ilgın"), ("IŞIL KAYA-DEMİR (AA)", "Işıl Kaya-Demir")]
)
def test_capitals_of_a_turkish_name_lose_no_dot(byline: str, name: str) -> None:
    """In Turkish and Azerbaijani the small letter of I is ı, in each part of a name."""
    got = authors(Story(guid="x", language="tr", byline=byline))

    assert [author.name for author in got] == [name]


def test_a_part_of_a_byline_may_say_who_edited() -> None:
    """As portals print it behind the agency."""
    got = authors(Story(guid="x", byline="PTI | Edited by Jane Roe"))

    assert got == (Author(name="Jane Roe", role="editor"),)


def test_a_byline_that_names_no_agency_gives_way_to_the_person_stated_apart() -> None:
    """Letters that are part of another word name none: ``ANA`` is not in ``DANA``."""
    credits = (CreditElement(where="author", value="Dana Roe"),)

    got = authors(Story(guid="x", byline="By DANA ROE The Oakhaven Times", credits=credits))

    assert [author.name for author in got] == ["Dana Roe"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("(Reporting by Jane Roe in Elmport; Writing by Carl Hart; Editing by Ann Hind)",
         [("Jane Roe", "reporter"), ("Carl Hart", "writer"), ("Ann Hind", "editor")]),
        ("(Reporte de Juana Corzo; Editado por Juan Ciervo)", [("Juana Corzo", "reporter"), ("Juan Ciervo", "editor")]),
        ("(Por Juana Corzo. Editado por Juan Ciervo)", [("Juana Corzo", "author"), ("Juan Ciervo", "editor")]),
        ("(Texte: Jeanne Cerf; traduit par Jean Daim)", [("Jeanne Cerf", "writer"), ("Jean Daim", "translator")]),
        ("Bericht von Johanna Reh; redigiert von Karl Aal", [("Johanna Reh", "reporter"), ("Karl Aal", "editor")]),
        ("Text: Johanna Reh Foto: Karl Kranich", [("Johanna Reh", "writer"), ("Karl Kranich", "photographer")]),
        ("Redigering: Anna Hjort", [("Anna Hjort", "editor")]),
        ("Tłumaczenie: Anna Jeleń", [("Anna Jeleń", "translator")]),
        ("Перевод: Анна Оленева", [("Анна Оленева", "translator")]),
        ("Επιμέλεια: Γιώργος Ελαφιός", [("Γιώργος Ελαφιός", "editor")]),
        ("Çeviri: Ayşe Geyik", [("Ayşe Geyik", "translator")]),
        ("تحرير سعاد الغزال", [("سعاد الغزال", "editor")]),
        ("编辑：林木", [("林木", "editor")]),
        ("責任編集：木下花子", [("木下花子", "editor")]),
        ("Additional reporting by Jane Roe", [("Jane Roe", "reporter")]),
        ("abc/def/ghi", [("abc", "initials"), ("def", "initials"), ("ghi", "initials")]),
        ("sid/abc", [("abc", "initials")]),
        ("(abc)", [("abc", "initials")]),
        ("Jan Jeleń (PAP)", [("Jan Jeleń", "author")]),
        ("Ayşe KAYA/ÇINARKENT, (DHA)", [("Ayşe KAYA", "author")]),
        ("Jane Roe (left) smiles.", []),
        ("AGERPRES/(AS - autor: Ion Cerb, editor: Ana Brad, editor online: Ema Plop)",
         [("Ion Cerb", "writer"), ("Ana Brad", "editor"), ("Ema Plop", "editor")]),
        ("Edited by: Ann Hind", [("Ann Hind", "editor")]),
        ("Associated Press writers Jane Roe in Elmport and Carl Hart contributed to this report.",
         [("Jane Roe", "reporter"), ("Carl Hart", "reporter")]),
        ("Hart reported from Elmport. AP Business Writer Jane Roe contributed.", [("Jane Roe", "reporter")]),
        ("The Associated Press contributed to this report.", []),
        ("AFP's Jane Roe contributed to this story.", [("Jane Roe", "reporter")]),
        ("(Reportage Jeanne Cerf et Luc Brad, édité par Anne Hind)",
         [("Jeanne Cerf", "reporter"), ("Luc Brad", "reporter"), ("Anne Hind", "editor")]),
        ("(Tradotto da Ada Reh, editing Luca Brad)", [("Ada Reh", "translator"), ("Luca Brad", "editor")]),
        ("Redaktion Elmport Mitte", []),
        ("Heavy rain contributed to this flood.", []),
        ("(end)", []),
        ("abc/red", [("abc", "initials")]),
        ("Editing was hard, said the mayor.", []),
        ("Reporter Jane Roe said no.", []),
        ("no", []),
        ("It reopened, an official told the town. (Reportage Jeanne Cerf; version française Luc Brad)",
         [("Jeanne Cerf", "reporter"), ("Luc Brad", "translator")]),
        ("(Jane Roe)", [("Jane Roe", "author")]),
        ("Anna Ek/TT", [("Anna Ek", "author")]),
        ("Autorka/Autor: mg/b", [("mg", "initials"), ("b", "initials")]),
        ("Opracowała Ana Dąb /tok", [("Ana Dąb", "author")]),
        ("Escrito por Ana Carvalho às 04h10", [("Ana Carvalho", "writer")]),
        ("항구가 다시 열렸다. 나무리 기자 oak@oakhaven.kr", [("나무리", "reporter")]),
        ("취재 기자 oak@oakhaven.kr", []),
        ("Source: AFP, translated by Jane Roe", [("Jane Roe", "translator")]),
        ("Källa: TT, översättning: Anna Ek", [("Anna Ek", "translator")]),
        ("Источник: AFP, перевод: Анна Оленева", [("Анна Оленева", "translator")]),
        ("Текст: Анна Оленева, фото: Иван Олень", [("Анна Оленева", "writer"), ("Иван Олень", "photographer")]),
        ("A song, written by Jane Roe, was heard.", []),
        ("It closed. Editor Jane Roe, Elmport, said no.", []),
        ("（取材・文：木下花子　写真：林木明）", [("木下花子", "reporter"), ("林木明", "photographer")]),
        ("港は閉まった。（木下花子、林明）", [("木下花子", "reporter"), ("林明", "reporter")]),
        ("港は閉まった。（敬称略）", []),
        ("港は閉まった。（写真提供）", []),
        ("港は閉まった。（東京本社）", []),
        ("港口关闭。（北京时间）", []),
        ("作者：林木明 编辑：木大海", [("林木明", "writer"), ("木大海", "editor")]),
        ("作者认为港口关闭。", []),
        ("(서울=뉴시스)", []),
        ("लकड़ी का पुल बंद है, महापौर ने पीटीआई को बताया।", []),
        ("الجسر مغلق، قال رئيس البلدية لوكالة فرانس برس.", []),
        ("lgr/dpa/AFP", [("lgr", "initials")]),
        ("xy/NATO", []),
    ],
)  # fmt: skip
def test_closing_lines_say_who_did_what(line: str, people: list[tuple[str, str]]) -> None:
    """By the words of each language; initials stay initials."""
    got = authors(Story(guid="x", paragraphs=("Late again.", line)))

    assert [(author.name, author.role) for author in got] == people


def test_names_over_an_agency_alone_sign_its_copy() -> None:
    """At the end, in a line of their own; a line over anything else is a line."""
    wire = Story(guid="x", paragraphs=("Satama avattiin.", "Laiva lähti.", "Aino Tammi, Ville Ranta", "STT"))
    other = Story(guid="x", paragraphs=("Satama avattiin.", "Laiva lähti.", "Aino Tammi", "Lue myös"))

    assert [author.name for author in authors(wire)] == ["Aino Tammi", "Ville Ranta"] and not authors(other)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Penulis", "Ana Kayu", "Pelabuhan dibuka kembali."), [("Ana Kayu", "paragraphs[1]")]),
        (("Ana Kayu", "Penulis", "Pelabuhan dibuka kembali."), [("Ana Kayu", "paragraphs[0]")]),
        (("Jane Roe", "Staff Writer", "The port reopened."), [("Jane Roe", "paragraphs[0]")]),
        (("The port reopened.", "It did.", "Editor:", "Budi Laut"), [("Budi Laut", "paragraphs[3]")]),
        (("The Harbour", "Oakhaven Port", "It reopened."), []),
        (("Jane Roe", "26 March 2026", "The port reopened."), []),
    ],
)
def test_a_name_and_what_it_is_may_be_two_lines(lines: tuple[str, ...], names: list[tuple[str, str]]) -> None:
    """Pages set them apart."""
    assert [(one.name, one.where) for one in signed(Story(guid="x", paragraphs=lines))] == names


def test_a_name_under_the_headline_over_what_it_is_signs() -> None:
    """The line of a plain text that its head keeps."""
    (author,) = signed(
        Story(guid="x", subheadline="Ana Carvalho", paragraphs=("Repórter da Folha", "O porto reabriu."))
    )

    assert (author.name, author.where) == ("Ana Carvalho", "subheadline")


def test_the_line_under_the_headline_may_be_the_byline() -> None:
    """Where the message has none."""
    (author,) = signed(Story(guid="x", subheadline="Piše Ana Hrast,", paragraphs=("Luka je opet otvorena.",)))

    assert (author.name, author.where, author.rule) == ("Ana Hrast", "subheadline", "bylines.above")


def test_the_outlet_is_no_person() -> None:
    """However personal its name looks beside the author's."""
    told = (CreditElement(where="publisher", value="Coastal Public Radio"),)
    found = authors(Story(guid="x", byline="Coastal Public Radio | By Jane Roe", credits=told))
    assert [author.name for author in found] == ["Jane Roe"]


def test_a_name_and_its_agency_sign_a_story() -> None:
    """Under the text, without any word of authorship."""
    found = authors(Story(guid="x", paragraphs=("The harbour reopened.", "Jane Roe, The Canadian Press")))
    assert [(author.name, author.agency) for author in found] == [("Jane Roe", "Canadian Press")]


def test_the_labels_of_indonesian_desks_are_known() -> None:
    """Writer and editor stand under the text."""
    found = authors(Story(guid="x", paragraphs=("Pelabuhan dibuka.", "Pewarta: Siti Rahma Editor: Agus Setiawan")))
    assert [(author.name, author.role) for author in found] == [("Siti Rahma", "reporter"), ("Agus Setiawan", "editor")]


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("By Jane Roe Harbour Post", ["Jane Roe"]),
        ("Jane Roe Updated: 3 March 2026, 10:00", ["Jane Roe"]),
        ("By Jane Roe Harbour News", ["Jane Roe"]),
        ("By John Doe", ["John Doe"]),
        ("AFP", []),
    ],
)
def test_a_person_that_a_page_states_is_called_so(shown: str, names: list[str]) -> None:
    """What the byline's box says behind the name is none of it; a byline that names an agency alone stays so."""
    page = Story(guid="x", byline=shown, credits=(CreditElement(where="author", value="Jane Roe"),))

    assert [author.name for author in authors(page)] == names


@pytest.mark.parametrize(
    ("site", "author"), [("Țara Noastră - cotidian", "Ţara Noastră"), ("Harbour Post", "By Harbour Post")]
)
def test_a_page_that_states_itself_as_its_author_names_nobody(site: str, author: str) -> None:
    """However its letters are marked, and whatever it says of itself behind its name."""
    page = Story(guid="x", byline=author, credits=(CreditElement(where="publisher", value=site),))

    assert authors(page) == ()


@pytest.mark.parametrize(
    ("lead", "names"),
    [
        ("新华社港城11月15日电（记者 王小明、李华）港口15日重新开放。", ["王小明", "李华"]),
        ("中新社港城11月15日电 (记者 刘洋)港口15日重新开放。", ["刘洋"]),
        ("（中央社記者張大同港城縣15日電）港口今天重新開放。", ["張大同"]),
        ("(항구=연합뉴스) 김민수 기자 = 15일 항구가 다시 열렸다.", ["김민수"]),
        ("[항구=뉴시스]이지은 박수진 기자 = 15일 항구가 다시 열렸다.", ["이지은", "박수진"]),
        ("新华社港城11月15日电 港口（位于北部）15日重新开放。", []),
        ("(항구=연합뉴스) 15일 항구가 다시 열렸다고 기자 = 들이 전했다.", []),
    ],
)
def test_reporters_are_read_off_a_dateline_of_east_asia(lead: str, names: list[str]) -> None:
    """They stand in brackets behind it, within it, or before an equals sign."""
    told = authors(Story(guid="x", paragraphs=(lead, "。")))

    assert [(author.name, author.role) for author in told] == [(name, "reporter") for name in names]


def test_every_person_says_where_the_name_stands_and_how_it_was_found() -> None:
    """Field and character, the exact text where it is not the name, the way of signing and how sure that is."""
    story = Story(
        guid="x",
        byline="By JANE ROE and John Doe",
        paragraphs=(
            "Late again.",
            "(Reporting by Ann Hind; Editing by Bo Lee)",
            "Jo Roe contributed to this report.",
            "jr/r",
        ),
        credits=(CreditElement(where="endline", value="Kay Doe, The Canadian Press"),),
    )

    assert [(one.name, one.text, one.where, one.start, one.rule) for one in signed(story)] == [
        ("Jane Roe", "JANE ROE", "byline", 3, "bylines.byline"),
        ("John Doe", "", "byline", 16, "bylines.byline"),
        ("Ann Hind", "", "paragraphs[1]", 14, "bylines.labelled"),
        ("Bo Lee", "", "paragraphs[1]", 35, "bylines.labelled"),
        ("Jo Roe", "", "paragraphs[2]", 0, "bylines.contributed"),
        ("jr", "", "paragraphs[3]", 0, "bylines.initials"),
        ("r", "", "paragraphs[3]", 3, "bylines.initials"),
        ("Kay Doe", "", "credits[0].endline", 0, "bylines.signed"),
    ]
    assert all(0 < one.confidence <= 1 for one in signed(story))


@pytest.mark.parametrize(
    ("fields", "where", "rule"),
    [
        ({"credits": (CreditElement(where="author", value="Jane Roe"),)}, "credits[0].author", "bylines.stated"),
        ({"paragraphs": ("By Jane Roe", "OAKHAVEN (AP) — Late.")}, "paragraphs[0]", "bylines.above"),
        ({"paragraphs": ("新华社港城11月15日电（记者王小明）港口重新开放。",)}, "paragraphs[0]", "bylines.dateline"),
    ],
)
def test_a_person_is_found_by_one_way_of_signing(fields: dict[str, Any], where: str, rule: str) -> None:
    """In a statement, above the text, in the dateline."""
    told = signed(Story(guid="x", **fields))

    assert [(one.where, one.rule) for one in told] == [(where, rule)]


def test_the_exact_text_of_a_person_stands_where_it_is_said_to() -> None:
    """In each of the short cases."""
    elsewhere, persons = [], 0
    for case in cases():
        story = story_of(case)
        texts = {"byline": story.byline}
        texts.update((f"credits[{nth}].{item.where}", item.value) for nth, item in enumerate(story.credits))
        texts.update((f"paragraphs[{nth}]", text) for nth, text in enumerate(story.paragraphs))
        for one in signed(story):
            persons += 1
            if not exact(texts[one.where])[one.start :].startswith(one.text or one.name):
                elsewhere.append((case["name"], one))

    assert persons > 100
    assert elsewhere == []
