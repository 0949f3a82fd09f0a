"""Small parts: dates, credit lines, datelines, lines of a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.cleaning import related_title, verdict, without_shortcodes
from dateline_ingest.formats.markup.strings import html_body
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.endline import endlines
from dateline_ingest.formats.values.words import fold, fold_xml, side_by_side
from dateline_ingest.instants import instant, rfc3339


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-03-26T10:15:00Z", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("20260326T131500+0300", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("2026-03-26", datetime(2026, 3, 26, tzinfo=UTC)),
        ("2026-03-26 10:15:00", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("2026-03-26 10:15:00 +0000", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("2026-03-26 10:15:00 GMT+00:00", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("Thu, 26 Mar 2026 10:15:00 GMT", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("26 Mar 2026 11:15 +0100", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("Thu, 26 Mar 2026 11:15 CET", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("26 Jun 2026 11:15:00 BST", datetime(2026, 6, 26, 10, 15, tzinfo=UTC)),
        ("26 Mar 2026 06:15:00 EDT", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("26 Mar 2026 10:15:00 XYZ", datetime(2026, 3, 26, 10, 15, tzinfo=UTC)),
        ("2026-03-26T10:15:00.123456789Z", datetime(2026, 3, 26, 10, 15, 0, 123456, tzinfo=UTC)),
        ("2026-03-26T24:00:00+05:45", datetime(2026, 3, 26, 18, 15, tzinfo=UTC)),
        ("20260326T2400Z", datetime(2026, 3, 27, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("20161231T235960.5Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2026-03-26T24:01:00Z", None),
        ("2026-03-26T23:60:60Z", None),
        ("9999-12-31T24:00:00Z", None),
        ("yesterday", None),
        ("", None),
        ("2026-13-45", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_instant(text: str, wanted: datetime | None) -> None:
    """Dates of every wire are aware UTC, by the zone that they name if it is known; what nobody can read is None."""
    assert instant(text) == wanted


@given(st.text(max_size=70))
def test_no_text_makes_instant_fail(text: str) -> None:
    """Any text is an instant or None."""
    found = instant(text)
    assert found is None or instant(rfc3339(found)) == found


@given(st.text(max_size=80))
def test_fold_is_stable(text: str) -> None:
    """Folded text is folded already, on one line, and can be written as UTF-8."""
    folded = fold(text)
    assert fold(folded) == folded
    assert "\n" not in folded
    folded.encode()


@given(st.text(st.sampled_from("ab \t\n\r\x7f\x85\xa0\u0301é"), max_size=12))
def test_text_out_of_xml_is_folded_as_any_other(text: str) -> None:
    """Whatever XML lets stand in a text: tabulators, line breaks, DEL and everything from there on."""
    assert fold_xml(text) == fold(text)


LONG = "This is a sentence of the story that is long enough to be nothing but a paragraph of it, surely."


REPORTING = "(Reporting by Jo Sample in Oran; Editing by Al Editor and some others of the same desk in another town)"
WITH = "With files from The Example Press"
CONTRIBUTED = "Jo Sample, who writes for The Example Press in Oran and in the towns nearby, contributed to this report."


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (("By", "Jo Doe", "AP"), "By Jo Doe AP"),
        (("By ", "Jo Doe", ", ", "Chief Writer"), "By Jo Doe, Chief Writer"),
        (("OSLO", ", 1 Jan. (", "XYZ", ") -"), "OSLO, 1 Jan. (XYZ) -"),
        (("Jo Doe", "\u2019s house", "."), "Jo Doe\u2019s house."),
    ],
)
def test_texts_of_elements_side_by_side(pieces: tuple[str, ...], wanted: str) -> None:
    """Elements part words, but no word from the comma, full stop or bracket that goes with it."""
    assert side_by_side(pieces) == wanted


@pytest.mark.parametrize(
    "line",
    [
        *("AFP", "(dpa)", "Quelle: sid/dpa", "abc/def/gh", "© Agence Exemple", "— Reuters", WITH, REPORTING),
        *("SOURCE Example Corp.", CONTRIBUTED, CONTRIBUTED.upper(), CONTRIBUTED.replace("Jo", "Zoé")),
    ],
)
def test_lines_that_are_credits(line: str) -> None:
    """The shapes in which copy is signed."""
    assert endlines((LONG, line)) == (line,)


@pytest.mark.parametrize("line", [LONG, "He left.", "2026", "***", CONTRIBUTED.replace("this report", "art")])
def test_lines_that_are_not(line: str) -> None:
    """A sentence, a number or a row of stars signs nothing; who contributed to something else signs nothing either."""
    assert endlines((LONG, line)) == ()


def test_several_credit_lines() -> None:
    """Initials and the agency's name may stand one under the other; a lone line is no end line."""
    assert endlines((LONG, "ab/cd", "AFP")) == ("ab/cd", "AFP")
    assert endlines(("AFP",)) == ()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("<table><caption>Votes</caption><tr><th>Town<th>Votes<tr><td>Tarn<td>300</table>", []),
        ("<table><tr><td>Tarn<td>300</table><p>ab/cd</p>", ["ab/cd"]),
        ("<table><tr><td>Tarn<td>300<tr><td>Source: Orex<td></table>", ["Source: Orex"]),
        ("<table><tr><td>Ida Moss</table>", ["Ida Moss"]),
    ],
)
def test_rows_of_figures_sign_nothing(lines: str, found: list[str]) -> None:
    """However short they are: a row of several cells is a credit line only where it surely is one."""
    body = html_body(f"<p>{LONG}</p>{lines}", DEFAULT_LIMITS)
    assert [one.value for one in body.end_credits()] == found


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("NIAMEY, March 26 (AFP) - The town", "NIAMEY, March 26 (AFP) -"),
        ("London (dpa) - Die Stadt", "London (dpa) -"),
        ("INDIANAPOLIS (AP) — The state", "INDIANAPOLIS (AP) —"),
        ("(ANSA) - ROMA, 1 LUG - La città", "(ANSA) - ROMA, 1 LUG -"),
        ("FORT SAMPLE, Pa. (AP) _ The company", "FORT SAMPLE, Pa. (AP) _"),
        ("Brest (France), 05/01/2026 (AFP) - La ville", "Brest (France), 05/01/2026 (AFP) -"),
        ("Oranburg, 26 mar (EFE).- El río", "Oranburg, 26 mar (EFE).-"),
        ("ORANBURG, Mar 26 (PTI) The river", "ORANBURG, Mar 26 (PTI)"),
        ("Tammela, 26.3. (STT) Satama", "Tammela, 26.3. (STT)"),
        ("Oranburg, UK, 26 March 2026 – The house", "Oranburg, UK, 26 March 2026 –"),
        ("Oranburg, March 26, 2026 - The house", "Oranburg, March 26, 2026 -"),
        ("Chêneville, le 26 mars 2026 – La maison", "Chêneville, le 26 mars 2026 –"),
        ("River hall, 26 March 2026 – 5 June 2026", ""),
        ("Jo Sample, 45 (MP) said", ""),
        ("Wed, 18 Feb 2026 22:18:43 -0800 (PST) Received", ""),
        ("新华社北京4月24日电 题", "新华社北京4月24日电"),
        ("（中央社記者林木橡港3日電）港口重新開放", "（中央社記者林木橡港3日電）"),
        ("【橡港共同】港が再開した", "【橡港共同】"),
        ("[橡港 3日 ロイター] - 港が再開した", "[橡港 3日 ロイター] -"),
        ("(참나무항=연합뉴스) 홍길동 기자 = 항구", "(참나무항=연합뉴스)"),
        ("बलूतपुर, 3 मार्च (भाषा) बंदरगाह", "बलूतपुर, 3 मार्च (भाषा)"),
        ("ঢাকা, ৩ মার্চ (বাসস) : বন্দর", "ঢাকা, ৩ মার্চ (বাসস) :"),
        ("ปารีส, 3 มี.ค. (ซินหัว) -- ท่าเรือ", "ปารีส, 3 มี.ค. (ซินหัว) --"),
        ("تهران - ایرنا - بندر باز شد", "تهران - ایرنا -"),
        ("ДУБОВ, 3 марта. /ТАСС/. Порт открылся", "ДУБОВ, 3 марта. /ТАСС/."),
        ("ДУБОВ, 3 мар — РИА Новости. Порт открылся", "ДУБОВ, 3 мар — РИА Новости."),
        ("【共同研究】両大学は", ""),
        ("（AP通信）が伝えた", ""),
        ("रमेश (45) ने कहा", ""),
        ("रमेश (भाजपा) ने कहा", ""),
        ("علی - محمد - آمدند", ""),
        ("Иванов, 3 марта приехал в порт. Потом", ""),
        ("The town (of Oran) said", ""),
        ("Nothing of the kind - here", ""),
        ("Dubov (North) [Elsewhere], March 26 (ANI): The port", "Dubov (North) [Elsewhere], March 26 (ANI):"),
        ("26.03. Toruń (PAP) - Port otwarto", "26.03. Toruń (PAP) -"),
        ("Dubov (ND), Mar 26 (PTI) The port", "Dubov (ND), Mar 26 (PTI)"),
        ("Dubov (ND), which is (as said) The port", ""),
    ],
)
def test_dateline(paragraph: str, wanted: str) -> None:
    """The dateline is taken as written, its dash included."""
    assert dateline_of(paragraph) == wanted


@pytest.mark.parametrize(
    ("line", "begun", "wanted"),
    [
        ("Share", False, "noise"),
        ("Share on Facebook", False, "noise"),
        ("[contact-form-7 id='1']", False, "noise"),
        ("Published March 26, 2026", False, "noise"),
        ("READ: Another story", False, "related"),
        ("À lire aussi : une autre histoire", True, "related"),
        ("Leave a Reply", True, "cut"),
        ("Related articles", False, "story"),
        ("Related articles", True, "others"),
        ("Noticias relacionadas", True, "others"),
        ("Reacties (4)", True, "cut"),
        ("Commentaires", True, "cut"),
        ("- Advertisement -", False, "noise"),
        ("Weiterlesen mit Hafenbote plus", True, "noise"),
        ("The post Bridge opens appeared first on Port Post.", True, "noise"),
        ("Close window | Print this page", False, "noise"),
        ("Baca juga: Jembatan dibuka", True, "related"),
        ("Home is where the harbour is, she said.", True, "story"),
        ("Back in the harbour, the boats were counted again.", True, "story"),
        ("AFP", True, "story"),
        ("Reading the river is an art, he said.", True, "story"),
        ("Shares fell by a tenth on Thursday.", True, "story"),
        ("More than forty boats took part.", True, "story"),
    ],
)
def test_verdict(line: str, begun: bool, wanted: str) -> None:
    """Noise, pointers and the end of the story are told from the story."""
    assert verdict(line, begun=begun) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Join our WhatsApp Channel to stay updated",
        "For all latest news, follow The Port Post's Google News channel.",
        "Siga las noticias de El Puerto en Google Discover",
        "Únase a nuestro canal de WhatsApp y reciba las noticias",
        "تابعنا على واتساب ليصلك كل جديد",
        "Підписуйтесь на наш Telegram-канал, щоб не пропустити новини",
        "बंदर समाचार को गूगल न्यूज पर फॉलो करें और व्हाट्सएप चैनल से जुड़ें",
        "Recibe nuestras noticias: únete aquí a nuestro canal de WhatsApp",
        "बन्दर खबरलाई फेसबुक र युट्युबमा फलो गर्नुहोस्",
        "বন্দর পত্র পড়তে গুগল নিউজে ফলো করুন",
    ],
)
def test_a_line_that_calls_readers_elsewhere_is_noise(line: str) -> None:
    """In languages whose verb stands first, and in those where it stands last."""
    assert verdict(line, begun=True) == "noise"


@pytest.mark.parametrize(
    "line",
    [
        "Follow-up posts on Facebook said that the pier would open in May.",
        "Telegram said that channels of the port had been closed.",
        "Sigue la polémica por los anuncios de Facebook en el puerto.",
        "Подписан договор с Telegram о каналах портов.",
        "Join the queue early, said the harbour master, who sells the tickets himself.",
        "Get ready for the ferry, the captain wrote on Facebook: he said that he would not wait for anybody this time, "
        "neither for the band nor for the mayor, and that the last boat of the year leaves the pier at noon sharp.",
    ],
)
def test_a_sentence_about_such_a_place_is_story(line: str) -> None:
    """A verb alone, a place alone or a whole sentence calls nobody."""
    assert verdict(line, begun=True) == "story"


def test_a_label_may_stand_between_dashes() -> None:
    """In any language; a bare credit between dashes stays."""
    assert [verdict(line, begun=True) for line in ("- Publicité -", "— REKLAMA —", "• EP •")] == [
        "noise",
        "noise",
        "story",
    ]


def test_shortcodes_and_titles() -> None:
    """Shortcodes inside a line go, what editors put in brackets stays; a pointer's title is what follows its word."""
    assert without_shortcodes('A [embed url="x"] b [sic] c') == "A b [sic] c"
    assert without_shortcodes("It was [well-known] to all[/left-row]") == "It was [well-known] to all"
    assert related_title("READ ALSO: Bridge opens") == "Bridge opens"


@pytest.mark.parametrize("end", ["", "!", " !!! …" * 10])
def test_a_call_that_stands_last_is_known_behind_any_line(end: str) -> None:
    """However much goes before its verb, and whatever signs come after it."""
    line = f"Limandaki bütün haberleri ve son gelişmeleri WhatsApp kanalımızdan takip edebilirsiniz{end}"
    assert verdict(line, begun=True) == "noise"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("👉 Join our WhatsApp channel", "noise"),
        ("▶ READ: Bridge opens", "related"),
        ("jo@port.example", "noise"),
        ("Instagram: @portpost", "noise"),
        ("Send your news stories to news@port.example, chat with us on +000 55.", "noise"),
        ("اقرأ أيضًا: الجسر يفتح", "related"),
        ("Mirá también: Abre el puente", "related"),
        ("Ku biyo mu a Facebook domin samun labarai", "noise"),
        ("በቴሌግራም ይከተሉን", "noise"),
        ("相关专题：桥梁", "others"),
        ("(Photo by Jo Sample / EP)", "picture"),
        ("X: a film that nobody wanted to see comes to the port", "story"),
        ("👉", "noise"),
        ("Never miss a story about boats, her father told the boys of the pier.", "story"),
        ("Pay attention: that is what the harbour master told the crews.", "story"),
        ("Send your comments by Friday, the council told the town.", "story"),
        ("Support for local journalism is low, the study found.", "story"),
        ("Photos by witnesses show the crane in the water.", "story"),
        ("Picture by picture, the film shows how the crane fell.", "story"),
    ],
)
def test_signs_and_words_of_many_sites_are_told_from_the_story(line: str, wanted: str) -> None:
    """What calls for attention before a line says nothing by itself; an account is an address, a letter is none."""
    assert verdict(line, begun=True) == wanted


def test_a_pointer_is_the_title_behind_its_sign_and_word() -> None:
    """As without the sign."""
    assert related_title("▶ READ ALSO: Bridge opens") == "Bridge opens"
