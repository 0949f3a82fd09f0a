"""The dateline: found, taken apart, cut out of its sentence without harm."""

from __future__ import annotations

import pytest
from attribution_eval.cases import cases, story_of
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.credits import weigh
from dateline_attribution.datelines import cut_dateline
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import Dateline
from dateline_schemas.story import Story


def cut(*paragraphs: str, dateline: str = "") -> tuple[Dateline | None, str]:
    """By the package's tables."""
    story = Story(guid="invented", paragraphs=paragraphs, dateline=dateline)
    return cut_dateline(story, package_tables().book, package_tables().datelines)


@pytest.mark.parametrize(
    ("line", "place", "region", "date", "agencies", "rest"),
    [
        ("OAKHAVEN, March 26 (AFP) - The port reopened.", "OAKHAVEN", "", "March 26", ("AFP",), "The port reopened."),
        ("OAKHAVEN, Ohio (AP) — The port reopened.", "OAKHAVEN", "Ohio", "", ("AP",), "The port reopened."),
        ("Chêneport, 3 mars 2026 (AFP) - Le port a rouvert.", "Chêneport", "", "3 mars 2026", ("AFP",), "Le port a rouvert."),  # noqa: E501
        ("Eichhafen (dpa/lnw) - Der Hafen ist offen.", "Eichhafen", "", "", ("dpa",), "Der Hafen ist offen."),
        ("Eichhafen/Bad Reh (APA/dpa) - Der Hafen.", "Eichhafen/Bad Reh", "", "", ("APA", "dpa"), "Der Hafen."),
        ("Roblepuerto, 24 abr (EFE).- El puerto abrió.", "Roblepuerto", "", "24 abr", ("EFE",), "El puerto abrió."),
        ("Roble (Argentina), 24 abr (EFE).- El puerto.", "Roble", "Argentina", "24 abr", ("EFE",), "El puerto."),
        ("(ANSA) - QUERCIA, 3 MAR - Il porto ha riaperto.", "QUERCIA", "", "3 MAR", ("ANSA",), "Il porto ha riaperto."),
        ("(dpa) - Der Hafen ist offen.", "", "", "", ("dpa",), "Der Hafen ist offen."),
        ("EIKENHAVEN 03/03 (BELGA) = De haven is open.", "EIKENHAVEN", "", "03/03", ("Belga",), "De haven is open."),
        ("Porto do Carvalho, 03 mar 2026 (Lusa) - O porto.", "Porto do Carvalho", "", "03 mar 2026", ("LUSA",), "O porto."),  # noqa: E501
        ("Ekhamn (TT) Hamnen öppnade.", "Ekhamn", "", "", ("TT",), "Hamnen öppnade."),
        ("Tammisatama (STT) – Satama avattiin.", "Tammisatama", "", "", ("STT",), "Satama avattiin."),
        ("Dubov 3. března (ČTK) - Přístav se otevřel.", "Dubov", "", "3. března", ("ČTK",), "Přístav se otevřel."),
        ("ДУБОВ, 3 марта. /ТАСС/. Порт открылся.", "ДУБОВ", "", "3 марта", ("TASS",), "Порт открылся."),
        ("ДУБОВ, 3 мар - РИА Новости. Порт открылся.", "ДУБОВ", "", "3 мар", ("RIA Novosti",), "Порт открылся."),
        ("КИЇВ. 3 березня. УКРІНФОРМ. Порт відкрився.", "КИЇВ", "", "3 березня", ("Ukrinform",), "Порт відкрився."),
        ("MEŞELİMAN (AA) - Liman açıldı.", "MEŞELİMAN", "", "", ("Anadolu",), "Liman açıldı."),
        ("Δρυολίμανο (ΑΠΕ-ΜΠΕ) - Το λιμάνι άνοιξε.", "Δρυολίμανο", "", "", ("ANA-MPA",), "Το λιμάνι άνοιξε."),
        ("ميناء البلوط 3 مارس (رويترز) - أعيد فتح الميناء.", "ميناء البلوط", "", "3 مارس", ("Reuters",), "أعيد فتح الميناء."),  # noqa: E501
        ("ירושלים (רויטרס) - הנמל נפתח.", "ירושלים", "", "", ("Reuters",), "הנמל נפתח."),
        ("बलूतपुर, तीन मार्च (भाषा) बंदरगाह खुल गया।", "बलूतपुर", "", "तीन मार्च", ("PTI",), "बंदरगाह खुल गया।"),
        ("新华社橡港3月3日电（记者林木）港口重新开放。", "橡港", "", "3月3日", ("Xinhua",), "港口重新开放。"),
        ("【橡港共同】港が再開した。", "橡港", "", "", ("Kyodo",), "港が再開した。"),
        ("[橡港 3日 ロイター] - 港が再開した。", "橡港", "", "3日", ("Reuters",), "港が再開した。"),
        ("(참나무항=연합뉴스) 홍길동 기자 = 항구가 열렸다.", "참나무항", "", "", ("Yonhap",), "항구가 열렸다."),
        ("القاهرة 3 مارس آذار (رويترز) - أعيد فتح الميناء.", "القاهرة", "", "3 مارس آذار", ("Reuters",), "أعيد فتح الميناء."),  # noqa: E501
        ("الرياض ٣ مارس ٢٠٢٦ (واس) -- افتتح الجسر.", "الرياض", "", "3 مارس 2026", ("SPA",), "افتتح الجسر."),
        ("الدوحة في 3 مارس /قنا/ افتتح الجسر.", "الدوحة", "", "3 مارس", ("QNA",), "افتتح الجسر."),
        ("البلوط (فرنسا) - (أ ف ب): أعيد فتح الميناء.", "البلوط", "فرنسا", "", ("AFP",), "أعيد فتح الميناء."),
        ("تهران - ایرنا - بندر باز شد.", "تهران", "", "", ("IRNA",), "بندر باز شد."),
        ("لاہور (اے پی پی) بندرگاہ کھل گئی۔", "لاہور", "", "", ("APP",), "بندرگاہ کھل گئی۔"),
        ("אלון, 3 במרץ (רויטרס) - הנמל נפתח.", "אלון", "", "3 במרץ", ("Reuters",), "הנמל נפתח."),
        ("3 марта, Дубов /Корр. БЕЛТА/. Порт открылся.", "Дубов", "", "3 марта", ("BelTA",), "Порт открылся."),
        ("Дъбово, 3 март /Ана Габрова, БТА/ Портът отвори.", "Дъбово", "", "3 март", ("BTA",), "Портът отвори."),
        ("ԿԱՂՆԻ, 3 ՄԱՐՏԻ, ԱՐՄԵՆՊՐԵՍ: Նավահանգիստը բաց է:", "ԿԱՂՆԻ", "", "3 ՄԱՐՏԻ", ("Armenpress",), "Նավահանգիստը բաց է:"),  # noqa: E501
        ("बलूतपुर, 3 मार्च (आईएएनएस)। बंदरगाह खुल गया।", "बलूतपुर", "", "3 मार्च", ("IANS",), "बंदरगाह खुल गया।"),
        ("ঢাকা, ৩ মার্চ, ২০২৬ (বাসস) : বন্দর খুলেছে।", "ঢাকা", "", "3 মার্চ, 2026", ("BSS",), "বন্দর খুলেছে।"),
        ("ปารีส, 3 มี.ค. (ซินหัว) -- ท่าเรือเปิดแล้ว", "ปารีส", "", "3 มี.ค", ("Xinhua",), "ท่าเรือเปิดแล้ว"),
        ("（中央社記者林木森橡港3日電）港口重新開放。", "橡港", "", "3日", ("CNA",), "港口重新開放。"),
        ("（中央社橡港3日綜合外電報導）港口重新開放。", "橡港", "", "3日", ("CNA",), "港口重新開放。"),
        ("【3月3日 AFP】港が再開した。", "", "", "3月3日", ("AFP",), "港が再開した。"),
        ("［橡港（フランス） ３日 ロイター］ - 港が再開した。", "橡港", "フランス", "3日", ("Reuters",), "港が再開した。"),  # noqa: E501
        ("(런던·서울=연합뉴스) 홍길동 특파원 김가나 기자 = 항구가 열렸다.", "런던·서울", "", "", ("Yonhap",), "항구가 열렸다."),  # noqa: E501
        ("OAKHAVEN, March 3 /PRNewswire/ -- The firm grows.", "OAKHAVEN", "", "March 3", ("PR Newswire",), "The firm grows."),  # noqa: E501
        ("OAKHAVEN, Ohio — The port reopened.", "OAKHAVEN", "Ohio", "", (), "The port reopened."),
        ("Oakhaven, IRNA – The port reopened.", "Oakhaven", "", "", ("IRNA",), "The port reopened."),
        ("Oakhaven, March 3, AZERTAC The port reopened.", "Oakhaven", "", "March 3", ("AZERTAC",), "The port reopened."),  # noqa: E501
        ("Oakhaven [India], March 3 (ANI): The port reopened.", "Oakhaven", "India", "March 3", ("ANI",), "The port reopened."),  # noqa: E501
        ("ACN Roures.-El port ha reobert.", "Roures", "", "", ("ACN",), "El port ha reobert."),
        ("PORT OF OAK, March 3 - The port reopened.", "PORT OF OAK", "", "March 3", (), "The port reopened."),
        ("3 mars (Reuters) - Le port a rouvert.", "", "", "3 mars", ("Reuters",), "Le port a rouvert."),
        ("Oakhaven | URN | The port reopened.", "Oakhaven", "", "", ("URN",), "The port reopened."),
        ("Oakhaven, SANA- The port reopened.", "Oakhaven", "", "", ("SANA",), "The port reopened."),
        ("ДУБОВ, 3 мар - РИА Новости, Анна Оленева. Порт открылся.", "ДУБОВ", "", "3 мар", ("RIA Novosti",), "Порт открылся."),  # noqa: E501
        ("3 сакавіка, Дубаў /Кар. БЕЛТА/. Порт адкрыўся.", "Дубаў", "", "3 сакавіка", ("BelTA",), "Порт адкрыўся."),
        ("Egehavn, onsdag /ritzau/ Havnen er åben.", "Egehavn", "onsdag", "", ("Ritzau",), "Havnen er åben."),
        ("Ayşe KAYA/MEŞELİMAN (İHA) - Liman açıldı.", "MEŞELİMAN", "", "", ("İHA",), "Liman açıldı."),
        ("(askanews) - Quercia, 3 mar 2026 - Il porto.", "Quercia", "", "3 mar 2026", ("Askanews",), "Il porto."),
        ("OAKHAVEN, Ohio, Mar 3, 2026 / 09:00 am (CNA). The port reopened.", "OAKHAVEN", "Ohio", "Mar 3, 2026", ("CNA",), "The port reopened."),  # noqa: E501
        ("Oakhaven (AKP), March 3, 2026 -- The port reopened.", "Oakhaven", "", "", ("AKP",), "The port reopened."),
        ("Roblepuerto, México.- El puerto abrió.", "Roblepuerto", "México", "", (), "El puerto abrió."),
        ("EICHHAFEN/dpa – Der Hafen.", "EICHHAFEN", "", "", ("dpa",), "Der Hafen."),
        ("EICHHAFEN dpa/afp | Der Hafen.", "EICHHAFEN", "", "", ("dpa", "AFP",), "Der Hafen."),
        ("APA-Oakhaven (Sénégal) - Le port.", "Oakhaven", "Sénégal", "", ("APA",), "Le port."),
        ("बलूतपुर, एएनआई। बंदरगाह खुल गया।", "बलूतपुर", "", "", ("ANI",), "बंदरगाह खुल गया।"),
        ("पीटीआई, बलूतपुर। बंदरगाह खुल गया।", "बलूतपुर", "", "", ("PTI",), "बंदरगाह खुल गया।"),
        ("新华社3月3日电 - 港口重新开放。", "", "", "3月3日", ("Xinhua",), "港口重新开放。"),
        ("(中央社)港口重新開放。", "", "", "", ("CNA",), "港口重新開放。"),
        ("(橡港3日讯)港口重新开放。", "橡港", "", "3日", (), "港口重新开放。"),
        ("【참나무항=뉴시스】홍길동 기자 = 항구가 열렸다.", "참나무항", "", "", ("Newsis",), "항구가 열렸다."),
        ("تهران-ایرنا-بندر باز شد.", "تهران", "", "", ("IRNA",), "بندر باز شد."),
        ("OAKHAVEN (Radio Six) — The port reopened.", "OAKHAVEN", "", "", (), "The port reopened."),
        ("OAKHAVEN, Azerbaijan, March 3. The port reopened.", "OAKHAVEN", "Azerbaijan", "March 3", (), "The port reopened."),  # noqa: E501
        ("KUALA LUMPUR: The port reopened.", "KUALA LUMPUR", "", "", (), "The port reopened."),
        ("LAHORE/KARACHI: The port reopened.", "LAHORE/KARACHI", "", "", (), "The port reopened."),
        ("Colombo, March 3: The port reopened.", "Colombo", "", "March 3", (), "The port reopened."),
        ("MUMBAI, India: The port reopened.", "MUMBAI", "India", "", (), "The port reopened."),
        ("नई दिल्ली: बंदरगाह खुल गया।", "नई दिल्ली", "", "", (), "बंदरगाह खुल गया।"),
        ("WASHINGTON | The port reopened.", "WASHINGTON", "", "", (), "The port reopened."),
        ("(MENAFN- Kuwait News Agency (KUNA)) OAKHAVEN, March 3 (KUNA) -- The port reopened.", "OAKHAVEN", "", "March 3", ("KUNA",), "The port reopened."),  # noqa: E501
        ("OAKHAVEN, March 3 (Radio Six)—The port reopened.", "OAKHAVEN", "", "March 3", (), "The port reopened."),
        ("Roblepuerto, 3 Mar. AVN.- El puerto abrió.", "Roblepuerto", "", "3 Mar", ("AVN",), "El puerto abrió."),
        ("Luanda – O porto reabriu.", "Luanda", "", "", (), "O porto reabriu."),
        ("دبي - أعيد فتح الميناء.", "دبي", "", "", (), "أعيد فتح الميناء."),
        ("አዲስ አበባ፦ ወደቡ ተከፈተ።", "አዲስ አበባ", "", "", (), "ወደቡ ተከፈተ።"),
        ("አዲስ አበባ፣ ኅዳር 3፣ 2019 (የደሴ ዜና) ወደቡ ተከፈተ።", "አዲስ አበባ", "", "ኅዳር 3, 2019", (), "ወደቡ ተከፈተ።"),
        ("አዲስ አበባ፣ ህዳር 3/2019(ኢዜአ)፦ ወደቡ ተከፈተ።", "አዲስ አበባ", "", "ህዳር 3/2019", ("ENA",), "ወደቡ ተከፈተ።"),
        ("ደሴ፡ ኅዳር 3/2019 ዓ.ም (የደሴ ዜና) ወደቡ ተከፈተ።", "ደሴ", "", "ኅዳር 3/2019", (), "ወደቡ ተከፈተ።"),
        ("ደሴ፤ ኅዳር 3/2019 (ኢዜአ)፡- ወደቡ ተከፈተ።", "ደሴ", "", "ኅዳር 3/2019", ("ENA",), "ወደቡ ተከፈተ።"),
        ("JUBA, 3 March 2026 [Radio Six]-The port reopened.", "JUBA", "", "3 March 2026", (), "The port reopened."),
        ("Lima, nov. 12. El puerto reabrió.", "Lima", "", "nov. 12", (), "El puerto reabrió."),
        ("ĄŽUOLAI, kovo 3 d. (ELTA). Uostas vėl atidarytas.", "ĄŽUOLAI", "", "kovo 3 d", ("ELTA",), "Uostas vėl atidarytas."),  # noqa: E501
        ("HAVANA, June 12 The port reopened.", "HAVANA", "", "June 12", (), "The port reopened."),
        ("Hamburg. Die Brücke am alten Hafen ist am Mittwoch nach zwei Jahren wieder geöffnet worden, wie die Stadt mitteilte.", "Hamburg", "", "", (), "Die Brücke am alten Hafen ist am Mittwoch nach zwei Jahren wieder geöffnet worden, wie die Stadt mitteilte."),  # noqa: E501
        ("EICHHAFEN (red). Der Hafen ist offen.", "EICHHAFEN", "", "", (), "Der Hafen ist offen."),
        ("ALGER- Le port a rouvert.", "ALGER", "", "", (), "Le port a rouvert."),
        ("ACN Girona - El port ha obert.", "Girona", "", "", ("ACN",), "El port ha obert."),
        ("oakhaven.com, EICHHAFEN - Pelabuhan dibuka.", "EICHHAFEN", "", "", (), "Pelabuhan dibuka."),
        ("Eichhafen (oakhaven.com) – Pelabuhan dibuka.", "Eichhafen", "", "", (), "Pelabuhan dibuka."),
        ("Oakhaven, Uganda | THE HARBOUR POST | The port reopened.", "Oakhaven", "Uganda", "", (), "The port reopened."),  # noqa: E501
        ("دمشق-سانا أعيد فتح الميناء.", "دمشق", "", "", ("SANA",), "أعيد فتح الميناء."),
        ("கோலாலம்பூர், பிப் 17 – துறைமுகம் திறக்கப்பட்டது.", "கோலாலம்பூர்", "", "பிப் 17", (), "துறைமுகம் திறக்கப்பட்டது."),
        ("Oakhaven (Ohio) [USA], March 3 (ANI): The port reopened.", "Oakhaven", "Ohio, USA", "March 3", ("ANI",), "The port reopened."),  # noqa: E501
        ("新华社北京3月4日电，港口关闭。", "北京", "", "3月4日", ("Xinhua",), "港口关闭。"),
        ("据新华社北京3月4日电 港口关闭。", "北京", "", "3月4日", ("Xinhua",), "港口关闭。"),
        ("路透北京3月4日 - 港口关闭。", "北京", "", "3月4日", ("Reuters",), "港口关闭。"),
        ("〔記者林木明／台北報導〕港口關閉。", "台北", "", "", (), "港口關閉。"),
        ("ÇINARKENT (AA) - AYŞE GEYİK - Liman açıldı.", "ÇINARKENT", "", "", ("Anadolu",), "Liman açıldı."),
        ("'s-Eikhaven (ANP) - De haven is open.", "'s-Eikhaven", "", "", ("ANP",), "De haven is open."),
    ],
)  # fmt: skip
def test_a_dateline_is_taken_apart(
    line: str, place: str, region: str, date: str, agencies: tuple[str, ...], rest: str
) -> None:
    """Place, region, date and agencies, and what is left is the sentence."""
    found, left = cut(line, "The second paragraph.")

    assert found is not None
    assert (found.place, found.region, found.date, found.agencies) == (place, region, date, agencies)
    assert left == rest
    assert line[found.cut :].lstrip() == rest
    assert line.startswith(found.text)


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("الرياض ـ يو بي اي", "الرياض", ""),
        ("القاهرة - هدى السنديان", "القاهرة", ""),
        ("نئی دہلی/۱۷؍اپریل", "نئی دہلی", "17؍اپریل"),
        ("RIERA, 3 mar. (EUROPA PRESS) -", "RIERA", "3 mar"),
    ],
)
def test_a_dateline_may_be_a_paragraph_of_its_own(line: str, place: str, date: str) -> None:
    """It leaves an empty paragraph."""
    found, left = cut(line, "The second paragraph.")

    assert found is not None and (found.place, found.date, left) == (place, date, "")


def test_a_dateline_without_an_agency_stands_where_the_text_begins() -> None:
    """Below short lines such as a caption and a name: at the first long paragraph."""
    text = "LUANDA - O porto velho reabriu na quarta-feira depois de dois anos, informou a cidade em comunicado."
    found, _ = cut("O porto ao amanhecer", "Ana Carvalho", "Arquivo", text)

    assert found is not None and (found.place, found.where) == ("LUANDA", "paragraphs[3]")


def test_a_dateline_may_open_the_line_under_the_headline() -> None:
    """Nothing is cut there."""
    story = Story(guid="x", subheadline="NEW DELHI: The port reopened.", paragraphs=("Nobody came.",))
    found, left = cut_dateline(story, package_tables().book, package_tables().datelines)

    assert found is not None and (found.place, found.where, found.cut) == ("NEW DELHI", "subheadline", 0)
    assert left == "Nobody came."


@pytest.mark.parametrize(
    "line",
    [
        "The Federal Police (AFP) said the port was shut.",
        "UPDATE — The port reopened.",
        "Jane Roe of Oakhaven told reporters - and others - nothing.",
        "He said (Reuters) that nobody came.",
        "“OAKHAVEN — a love story” opens in March.",
        "Am Montag (dpa) kam niemand.",
        "قال المدير (رويترز) إن الميناء مغلق.",
        "נמסר לסוכנות (רויטרס) כי הנמל סגור.",
        "निदेशक ने एजेंसी (भाषा) को बताया कि घाट बंद है।",
        "علی - ایرنا - را دید.",
        "รัฐบาล (ซินหัว) กล่าวว่าท่าเรือปิด",
        "【共同声明】両国は港を開く。",
        "[단독] 항구가 열렸다.",
        "CRICKET: Oakhaven won by ten runs.",
        "OAKHAVEN: The port reopened.",
        "PARIS HILTON: Nobody asked me.",
        "WASHINGTON: I was not asked.",
        "WASHINGTON: “Nobody asked me.”",
        "VICTORIA: Nobody asked me.",
        "DELHI: what nobody knows",
        "ونقلت وكالة (سونا) عن المدير قوله إن الميناء مفتوح.",
        "Washington – I was not asked.",
        "Washington – which nobody asked.",
        "Salzburg – Radfahren in der Stadt",
        "Oakhaven – The port reopened.",
        "Berlin. Der Hafen ist wieder offen.",
        "In London, March 3. The port reopened.",
        "أعلنت الهيئة فتح الميناء الجديد. (وام)",
        "WEB HOSTING | The port has a new site.",
        "Am Ende.- und dann kam niemand.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    """Words that are no names before a bracket, calls in capitals, a quotation, a sentence that goes on behind it.

    Before a colon, a bar or a dash a sport, a person, a place that is not listed, and what somebody says. Before a stop
    any place, in copy that is credited to no agency.
    """
    assert cut(line, "The second paragraph.") == (None, line)


def test_a_dateline_that_only_the_message_states_leaves_the_text_alone() -> None:
    """``cut`` is 0, and the field is where it stands."""
    found, left = cut("The port reopened.", dateline="OAKHAVEN, March 26 (AFP) -")

    assert found is not None
    assert found == Dateline(
        text="OAKHAVEN, March 26 (AFP) -",
        where="dateline",
        place="OAKHAVEN",
        date="March 26",
        agencies=("AFP",),
        country="FR",
        rule="datelines.brackets",
        confidence=found.confidence,
    )
    assert left == "The port reopened."


@pytest.mark.parametrize(
    ("lead", "place", "rest"),
    [
        ("Berlin. Der Hafen ist wieder offen.", "Berlin", "Der Hafen ist wieder offen."),
        ("FRANKFURT/MAIN. Der Hafen ist wieder offen.", "FRANKFURT/MAIN", "Der Hafen ist wieder offen."),
        ("Eichhafen. Der Hafen ist wieder offen.", "", "Eichhafen. Der Hafen ist wieder offen."),
    ],
)
def test_a_listed_place_before_a_stop_is_a_dateline_in_an_agencys_copy(lead: str, place: str, rest: str) -> None:
    """As regional papers of Germany print it; a feature of their own may begin with the name of a town."""
    tables = package_tables()
    story = Story(guid="invented", language="de", paragraphs=(lead, "Der zweite Absatz."))
    found, left = cut_dateline(story, tables.book, tables.datelines, ("dpa",))

    assert (found.place if found else "", left) == (place, rest)


def test_a_paper_that_names_itself_behind_the_place_is_none_of_it() -> None:
    """In a paragraph of its own."""
    found, left = cut("دبي: «البلوط»", "أعيد فتح الميناء.")

    assert found is not None and (found.place, left) == ("دبي", "")


def test_a_dateline_says_by_which_shape_it_was_found() -> None:
    """Of the table, or that the message states it and it has none of them; with how sure that is."""
    (found, _), (stated, _) = (
        cut("OAKHAVEN — The port reopened."),
        cut("The port reopened.", dateline="Oakhaven 3 March"),
    )

    assert found and found.rule == "datelines.no-agency" and 0.8 < found.confidence < 1
    assert stated and stated.rule == "datelines.stated" and 0.8 < stated.confidence < 1


def test_a_dateline_of_the_message_is_cut_where_the_text_begins_with_it() -> None:
    """Even if it has no shape that is known."""
    found, left = cut("Oakhaven 26 March: The port reopened.", dateline="Oakhaven 26 March")

    assert found is not None and (found.place, found.date, found.where) == ("Oakhaven", "26 March", "paragraphs[0]")
    assert left == "The port reopened."


@pytest.mark.parametrize(
    "stated",
    [
        "Board members (left to right):",
        "Delegates (from left to right):",
        "2.4.2026 16:02:09 CEST",
        "2026-01-03 20:13:08",
        "SAID TO BE MARCH 3, 2026",
    ],
)
def test_what_a_message_calls_its_dateline_is_cut_only_if_a_place_is_in_it(stated: str) -> None:
    """A moment, or the label of a list, stays in the text."""
    found, left = cut(f"{stated} Jane Roe, John Doe.", dateline=stated)

    assert found is not None and (found.where, found.place) == ("dateline", "")
    assert left == f"{stated} Jane Roe, John Doe."


def test_an_agency_that_nobody_knows_is_no_place() -> None:
    """Letters in brackets behind a place."""
    found, _ = cut("Eichhafen (xyz) - Der Hafen.", dateline="Eichhafen (xyz) -")

    assert found is not None and (found.place, found.region) == ("Eichhafen", "")


def test_a_dateline_below_a_byline_is_found() -> None:
    """The paragraph without it is the one that it stands in."""
    found, left = cut("By Jane Roe", "OAKHAVEN (Reuters) - The port reopened.")

    assert found is not None and found.where == "paragraphs[1]"
    assert left == "The port reopened."


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("NEW DELHI: The port reopened.", "NEW DELHI"),
        ("OAKHAVEN, March 3 - The port reopened.", "OAKHAVEN"),
        ("NATO - The alliance has no plans.", ""),
        ("COVID-19 - The virus is back.", ""),
        ("MATCH REPORT - The ships came in.", ""),
    ],
)
def test_capitals_below_a_first_paragraph_are_a_dateline_where_they_are_known_as_a_place(line: str, place: str) -> None:
    """Listed, or with a day: else the second paragraph begins with what it is about, and loses nothing."""
    found, _ = cut("The port of the town was opened after a year of works.", line, "Nobody came.")

    assert (found.place if found else "") == place


def test_a_story_without_text_has_no_dateline() -> None:
    """Nothing to cut."""
    assert cut() == (None, "")


@given(st.sampled_from(("", "NIAMEY, March 26 (AFP) - ", "Berlin (dpa) - ")), st.text(max_size=300))
def test_cutting_never_harms_what_follows(line: str, text: str) -> None:
    """What is left is the end of the paragraph, letter for letter; nothing fails on any text."""
    whole = line + text
    found, left = cut(whole)

    assert left == whole[found.cut :] if found else whole == left


def test_what_is_known_of_names_before_changes_nothing() -> None:
    """A paragraph in which no name was found need not be searched for names again, and is read as any other."""
    tables, dated = package_tables(), 0
    for case in [*cases(), {"lead": "OAKHAVEN, March 26 - The port reopened."}, {"lead": "Eichhafen - Der Hafen."}]:
        story = story_of(case)
        nameless = weigh(story, None, tables).nameless
        read = cut_dateline(story, tables.book, tables.datelines, (), nameless)
        assert read == cut_dateline(story, tables.book, tables.datelines)
        dated += read[0] is not None and story.paragraphs[0] in nameless
    assert dated
