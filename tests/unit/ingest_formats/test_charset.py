"""Charsets of text wires: what is stated, what the bytes show clearly, and refusal where neither is so."""

from __future__ import annotations

import pytest
from slowness import in_time

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.charsets.decoding import decoded
from dateline_ingest.formats.charsets.evidence import by_evidence
from dateline_ingest.formats.charsets.iso6937 import decode_iso6937
from dateline_ingest.formats.charsets.scripts import by_script

TEXTS = {
    "fr": "La ville au bord du fleuve a ouvert sa fête jeudi, à la suite de travaux, a déclaré Zoé. Où est-il ?",
    "de": "Die Stadt am Fluß hat ihr Fest eröffnet, für viele ein großer Tag. Es war das erste über Jahre.",
    "es": "El año pasado la ciudad abrió su fiesta. La niña está en la montaña con una señora.",
    "it": "La città ha aperto la festa, perché è la più grande della regione. Così il sindaco.",
    "pt": "A cidade não abriu a sua festa por razões de segurança, e a população está à espera.",
    "nl": "De stad aan de rivier heeft het feest geopend, in één dag voor iedereen, ook in België.",
    "sv": "Staden vid ån har öppnat sin fest och det är många som har åkt till älven.",
    "pl": "Miasto nad rzeką otworzyło święto wody w czwartek, a łodzie płynęły z nurtem do mostu. To było długo.",
}


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "iso8859_1"])
@pytest.mark.parametrize("language", ["fr", "de", "es", "it", "pt", "nl", "sv"])
def test_western_texts(language: str, encoding: str) -> None:
    """Latin 1, Windows and DOS are told apart by the letters that make sense."""
    text = TEXTS[language]
    assert decoded(text.encode(encoding), "", "text") == text


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2"])
def test_central_european_texts(encoding: str) -> None:
    """Other letters, other words."""
    assert decoded(TEXTS["pl"].encode(encoding), "", "text") == TEXTS["pl"]


FEW = {
    "Poziom wody w Wiśle opada, w środę odwołano alarmy. Szkody są duże.": ("cp1250", "iso8859_2", "cp852"),
    "Vláda schválila rozpočet na příští rok. Schodek má být nižší.": ("cp1250", "iso8859_2", "cp852"),
    "Tűz ütött ki egy győri raktárban, három tűzoltó megsérült.": ("cp1250", "iso8859_2", "cp852"),
    "Köprü pazartesi günü trafiğe açılacak. Çalışmalar iki ay sürdü.": ("cp1254", "iso8859_9", "cp857"),
    "Čakovec: požar u skladištu ugašen, šteta je velika.": ("cp1250", "iso8859_2", "cp852"),
    "Valdība apstiprināja nākamā gada budžetu, paziņoja preses sekretāre. Ielas ir applūdušas.": (
        "cp1257",
        "iso8859_13",
    ),
    "Vyriausybė patvirtino kitų metų biudžetą, pranešė atstovė.": ("cp1257", "iso8859_13"),
    "Ríkisstjórnin samþykkti fjárlög næsta árs, sagði talsmaður.": ("cp1252", "cp850"),
    "Café Münchner Straße geschlossen": ("cp1252", "iso8859_15"),
    'POR FAVOR ANULEN LA NOTICIA "LA BARCA VOLVERÁ EN ABRIL"': ("cp1252", "iso8859_15"),
}


@pytest.mark.parametrize("text", FEW)
def test_a_sentence_of_another_language_is_told_by_its_letters(text: str) -> None:
    """Without everyday words all letters must be those of one language: Danish and Czech ones do not meet in a word."""
    for encoding in FEW[text]:
        assert decoded(text.encode(encoding), "", "text") == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso8859_5"])
def test_cyrillic_texts(encoding: str) -> None:
    """A script of its own."""
    text = "Город у реки открыл праздник воды в четверг, сообщило агентство. Лодки шли по течению до моста. " * 2
    assert decoded(text.encode(encoding), "", "text") == text


SHORT = {
    "Мэр сообщил, что мост закрыт": ("cp1251", "koi8-r", "iso8859_5", "cp866"),
    "Пожар в порту потушен": ("cp1251", "koi8-r", "iso8859_5", "cp866"),
    "Міст закрили на ремонт": ("cp1251", "koi8-u", "iso8859_5"),
    "Мостът е затворен до понеделник": ("cp1251", "iso8859_5"),
    "Влада усвојила нови буџет": ("cp1251", "iso8859_5"),
    "Η γέφυρα έκλεισε έως τη Δευτέρα": ("cp1253", "iso8859_7", "cp737"),
    "Πυρκαγιά στο λιμάνι": ("cp1253", "iso8859_7", "cp737"),
    "הגשר מעל הנהר סגור": ("cp1255", "iso8859_8", "cp862"),
    "أغلق الجسر فوق النهر": ("cp1256", "iso8859_6", "cp720"),
}


@pytest.mark.parametrize("text", SHORT)
def test_a_few_words_of_another_script_are_enough(text: str) -> None:
    """Letters, capitals and everyday words tell the charset, whatever Latin text stands before it."""
    for encoding in SHORT[text]:
        for whole in (text, f"NEWS 123 11:05\r\n{text}"):
            assert decoded(whole.encode(encoding), "", "text") == whole


@pytest.mark.parametrize("text", ["Пожар", "Ab Пож 5г ОРУ"])
def test_a_word_of_another_script_is_not_enough(text: str) -> None:
    """Where little is to be seen nothing is told."""
    for encoding in ("koi8-r", "cp1251"):
        with pytest.raises(Unparseable, match="cannot be told"):
            decoded(text.encode(encoding), "", "text")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp437", "mac_roman"])
def test_latin_capitals_are_no_other_script(encoding: str) -> None:
    """Letters beyond ASCII side by side stand in Latin texts, too."""
    text = "ÉTÉ À ORLÉANS: ÂGÉE DE 80 ANS, ELLE A ÉTÉ RÉÉLUE À LA TÊTE DE LA VILLE. La fête est créée."
    if encoding in ("cp1252", "mac_roman"):
        assert decoded(text.encode(encoding), "", "text") == text
    assert by_script(text.encode(encoding, "replace")) is None


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2"])
def test_two_everyday_words_tell_a_language(encoding: str) -> None:
    """A short text has no more; words of one letter say little, as many languages have them."""
    text = "Most uzavřen\n\nPraha 3. března (EP) - Most je od pondělí uzavřen."
    assert decoded(text.encode(encoding), "", "text") == text


def test_typographic_quotes_of_windows() -> None:
    """They stand where quotation marks stand."""
    text = "He said “we rowed” — the mayor’s word for it – in a café."
    assert decoded(text.encode("cp1252"), "", "text") == text


def test_a_hard_space_between_words_is_no_letter() -> None:
    """A single odd byte does not turn a name into another."""
    assert decoded(b"said Ada\xa0Sample on the river", "", "text") == "said Ada\u00a0Sample on the river"


def test_iso_6937() -> None:
    """An accent comes before its letter."""
    data = b"La f\xc3ete \xc1a c\xc3ot\xc2e du fleuve, o\xc1u l'\xc2et\xc2e est l\xc1a, et les gens de la ville"
    assert decoded(data, "", "text") == "La fête à côté du fleuve, où l'été est là, et les gens de la ville"
    with pytest.raises(ValueError, match="accent"):
        decode_iso6937(b"abc\xc1")


def test_national_seven_bit_sets() -> None:
    """ISO 646 for German, told by its words; brackets of links stay what they are."""
    text = b"Das ist f}r die Stadt, }ber den Flu~ hinaus. Gro~e M{nner m}ssen gehen."
    assert decoded(text, "", "text") == "Das ist für die Stadt, über den Fluß hinaus. Große Männer müssen gehen."
    link = b"- [The festival](https://river.example/fest) is f}r }ber {json}"
    assert decoded(link, "", "text") == link.decode()


def test_japanese_of_seven_bits_is_read() -> None:
    """ISO-2022-JP (RFC 1468), whether its escapes alone say so or the media type does, too."""
    text = "港が開く。\nThe harbour opens.\nフェリー"
    for stated in ("", "iso-2022-jp"):
        assert decoded(text.encode("iso2022_jp"), stated, "text") == text


def test_escape_sequences_name_the_set() -> None:
    """ISO 2022: a part of ISO 8859 in the right half, a national set in the left, UTF-8; others are left out."""
    assert decoded(b"\x1b-AF\xeate \x1b-LM", "", "text") == "Fête M"
    assert decoded(b"\x1b-L\xbc\xde\xe1\xda\xd2\xd0", "", "text") == "Москва"
    assert decoded(b"\x1b(Kf}r\x1b(B f}r", "", "text") == "für f}r"
    assert decoded(b"\x1b%Gf\xc3\xaate", "", "text") == "fête"
    assert decoded(b"\x1b[1mbold\x1b[0m", "", "text") == "bold"
    with pytest.raises(Unparseable, match="escape sequence"):
        decoded(b"\x1b-~F\xeate", "", "text")


@pytest.mark.parametrize(
    ("text", "charsets"),
    [
        ("港が月曜日に開いた、と市が発表した。フェリーは正午から島へ運航する。", ("shift_jis", "euc_jp")),
        ("항구가 월요일 폭풍 뒤에 다시 문을 열었다고 항만청이 아침에 밝혔다.", ("euc_kr", "cp949")),
        ("港口周一在风暴过后重新开放，市长表示，这座城市等待这一天已经很久了。", ("gb2312", "gb18030")),
        ("港口週一在風暴過後重新開放，市長表示，這座城市等待這一天已經很久了。", ("big5",)),
    ],
)
def test_east_asian_text_that_names_no_charset_is_told_by_its_signs(text: str, charsets: tuple[str, ...]) -> None:
    """A sentence is enough; a few signs, which may be Latin letters in a row, are not."""
    for charset in charsets:
        assert decoded(text.encode(charset), "", "text") == text
        with pytest.raises(Unparseable, match="cannot be told"):
            decoded(b"Harbour: " + text[:3].encode(charset), "", "text")


def test_what_the_carrier_states_counts() -> None:
    """A stated charset is taken strictly; one that is not known is refused."""
    assert decoded("fête".encode("cp850"), "cp850", "text") == "fête"
    with pytest.raises(Unparseable, match="not accepted"):
        decoded(b"x", "utf-7", "text")
    with pytest.raises(Unparseable, match="not utf-8"):
        decoded(b"\xff", "utf-8", "text")


@pytest.mark.parametrize(
    "data", [b"abc \xff\xfe\x81 def \xdd\x8f\xd0", bytes(range(0x80, 0xA0)), b"x\x81\x8d\xfez\xff q\x90"]
)
def test_nothing_is_guessed(data: bytes) -> None:
    """Bytes that make no sense in any charset are refused, with the place."""
    with pytest.raises(Unparseable, match="not utf-8") as caught:
        decoded(data, "", "text")
    assert caught.value.offset is not None


def test_megabytes_of_one_letter_are_looked_at_in_part() -> None:
    """It says no more than some of it, and each of many readings would be as long."""
    assert in_time(0.3, lambda: by_evidence(b"\xef" * 2_000_000)) is None


def test_telex_codes_are_no_text() -> None:
    """Bytes of five bits, as ITA2 has them on the line, are refused with the reason."""
    with pytest.raises(Unparseable, match="control characters"):
        parse(bytes([0x1F, 0x03, 0x19, 0x0E, 0x09, 0x1B, 0x01, 0x04, 0x13] * 20), hint="iptc-7901")


def test_what_two_readings_have_alike_is_no_evidence() -> None:
    """Quotation marks are the same in Western and Central European Windows; one letter that differs tells."""
    text = "Le maire a dit « non », la ville « oui », les gens de la fête « peut-être ». Il est là. «Ah», «oh», «hé»."
    assert decoded(text.encode("cp1252"), "", "text") == text


@pytest.mark.parametrize(
    "text", ["le soir de la fête à l'étape", "2e étape, le tour", "La corte recurrirá.", "Alle 20 è a casa"]
)
def test_one_letter_is_of_windows_rather_than_of_a_terminal(text: str) -> None:
    """A word may begin with a small letter, or in code pages of terminals with a capital; dots end none."""
    assert decoded(text.encode("cp1252"), "", "text") == text


def test_one_small_letter_of_a_terminal_is_no_capital_of_windows() -> None:
    """Which of both it is nobody can tell."""
    with pytest.raises(Unparseable, match="cannot be told"):
        decoded("le bac de l'île le soir de la".encode("cp850"), "", "text")


def test_a_hard_space_before_a_name_is_no_letter() -> None:
    """No word begins with a small letter and goes on with a capital; no dagger stands before a name."""
    assert decoded(b"- Reporting by:\xa0Ada Sample", "", "text") == "- Reporting by:\u00a0Ada Sample"


def test_bytes_that_only_the_sample_explains_are_refused() -> None:
    """Only the first runs of letters beyond ASCII are weighed; a byte after them that Windows has not tells."""
    text = (TEXTS["fr"] + "\n") * 200
    assert decoded(text.encode("cp1252"), "", "text") == text
    with pytest.raises(Unparseable, match="cannot be told"):
        decoded(text.encode("cp1252") + b" \x8f", "", "text")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Bridge opens\r\n\r\nHILLTON (XPA) - It opened.\r\n",
        "Мост открыт\n\nОн стоил 2 миллиона рублей.\n",
        "新桥通车\n\n新华社北京3月26日电 一座新桥26日通车。\n",
        "Il ponte è aperto",
        "שלום\u200f 12 עולם\n",
    ],
)
def test_utf_16_without_a_mark_is_told_by_its_zeros(text: str, codec: str) -> None:
    """Programs of Windows save such files: zeros stand on one side of the pairs, or a line's end tells the order."""
    assert decoded(text.encode(codec), "", "text") == text
    assert parse(text.encode(codec)).stories == parse(text.encode(codec), hint=f"text/plain; charset={codec}").stories


@pytest.mark.parametrize(
    "data",
    [
        b"Hello wor\0ld, this is a text with something in it",
        b"Hello wor\0\0ld, this is a text with something in it",
        bytes(range(256)) * 4,
        "Bridge opens".encode("utf-16-le") + b"!",
        "Bridge \x01 opens".encode("utf-16-le"),
        b"P\0\0\xd8a\0b\0c\0",
    ],
)
def test_bytes_with_zeros_that_are_no_utf_16_are_refused(data: bytes) -> None:
    """A zero in a text of single bytes makes no pairs of it, nor are pairs text that hold codes or halves of signs."""
    with pytest.raises(Unparseable, match="control characters"):
        parse(data)
