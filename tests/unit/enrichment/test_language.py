from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_enrichment.language import detect, language, normal_tag

ENGLISH = (
    "The minister said on Monday that the government would publish its report before "
    "the end of the year, after months of "
    "delay that angered lawmakers, trade unions and the families of the victims who "
    "had waited outside the court for hours."
)
SENTENCES = {
    "en": ENGLISH,
    "fr": (
        "Le ministre a annoncé lundi que le gouvernement publierait son "
        "rapport avant la fin de l'année, après des mois."
    ),
    "de": (
        "Der Minister sagte am Montag, die Regierung werde ihren Bericht noch vor dem Ende des Jahres veröffentlichen."
    ),
    "es": (
        "El ministro dijo el lunes que el gobierno publicará su informe antes "
        "de que termine el año, tras meses de espera."
    ),
    "pt": (
        "O ministro disse na segunda-feira que o governo vai publicar o seu relatório antes do fim do ano, após meses."
    ),
    "ar": "قال الوزير يوم الاثنين إن الحكومة ستنشر تقريرها قبل نهاية العام بعد أشهر من التأخير والانتقادات الواسعة",
    "sw": (
        "Waziri alisema Jumatatu kwamba serikali itachapisha ripoti yake kabla ya mwisho wa mwaka baada ya miezi mingi."
    ),
    "ru": (
        "Министр заявил в понедельник, что правительство опубликует доклад до конца года после долгих месяцев задержки."
    ),
    "ja": "大臣は月曜日、政府が年末までに報告書を公表すると述べた。数カ月の遅れに野党は反発している。",
    "zh": "部长星期一说，政府将在年底前公布报告。反对党对拖延数月表示不满，并要求总理作出解释。",
    "fi": (
        "Ministeri sanoi maanantaina, että hallitus julkaisee raporttinsa "
        "ennen vuoden loppua kuukausien viivytyksen jälkeen."
    ),
    "sv": (
        "Ministern sade på måndagen att regeringen ska publicera sin rapport "
        "före årets slut efter månader av förseningar."
    ),
}


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_US", "en-US"),
        ("fi-FI", "fi-FI"),
        ("swe", "sv"),
        ("ger", "de"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("iw", "he"),
        ("English", "en"),
        ("es-419", "es-419"),
        ("de-1996", "de"),
        (" fr ", "fr"),
        ("", ""),
        ("und", ""),
        ("x-klingon", ""),
        ("not a tag", ""),
        ("1234", ""),
    ],
)
def test_tags_of_providers_are_brought_to_bcp_47(stated: str, tag: str) -> None:
    """A provider's tag of whatever habit comes out as BCP 47, or empty when it names no language."""
    assert normal_tag(stated) == tag


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_shows_its_language(code: str) -> None:
    """One sentence of any of the languages is enough to tell which one it is."""
    found = language("", SENTENCES[code], 20)
    assert found.code.partition("-")[0] == code
    assert found.method == "detected"


def test_a_statement_that_the_text_bears_out_is_sure() -> None:
    """Stated and detected alike: the provider's tag stands, region and all."""
    found = language("en-GB", ENGLISH, 40)
    assert (found.code, found.method) == ("en-GB", "stated+detected")
    assert found.confidence > 0.9


def test_a_statement_that_the_text_contradicts_gets_little_confidence() -> None:
    """Where a long text is plainly in another language, whatever stands cannot be called sure."""
    assert language("fi-FI", ENGLISH, 60).confidence <= 0.7


@pytest.mark.parametrize(
    ("text", "words", "confidence"), [(ENGLISH, 60, 0.3), (ENGLISH, 5, 0.6), ("Reuters Images", 2, 0.8)]
)
def test_a_contradiction_counts_as_much_as_there_is_of_it(text: str, words: int, confidence: float) -> None:
    """A long text most, a few words less, what shows no language at all least."""
    found = language("fi", text, words)
    assert (found.code, found.confidence, found.method) == ("fi", confidence, "stated")


def test_a_text_that_shows_no_language_has_none() -> None:
    """It is said to be undetermined (BCP 47)."""
    found = language("", "1,234 5,678", 2)
    assert (found.code, found.confidence, found.method) == ("und", 0.0, "detected")


def test_a_text_that_turns_to_another_language_is_doubted() -> None:
    """An opening in the stated language does not bear it out: the text is looked at further on as well."""
    turned = f"{SENTENCES['fr']} {ENGLISH} {ENGLISH} {ENGLISH}"
    assert language("fr", turned, 120).confidence < 0.9
    assert language("fr", f"{SENTENCES['fr']} " * 6, 120).confidence == 0.99


def test_a_list_is_looked_at_as_a_whole() -> None:
    """Rows of names and figures make a reading less sure, so an opening in prose is not enough."""
    names = ["Velatron", "Corvid", "Lendal", "Pellan", "Ostro", "Kivu", "Marrow", "Tessin", "Quill", "Bora", "Hask"]
    names += ["Junip", "Solva", "Drend", "Ampero", "Lirit", "Fonda", "Zelk", "Wespa"]
    rows = [
        f"{names[row * 3 % 19]} {names[(row * 3 + 4) % 19]} {names[(row + 9) % 19]} {row * 37 % 400} ja 1,{row % 9}"
        for row in range(1, 21)
    ]
    text = "\n".join((SENTENCES["de"], *rows))
    assert not detect(text).reliable
    assert language("de", text, 150).confidence == 0.9


def test_a_short_text_proves_nothing() -> None:
    """Two words do not outweigh what the provider states."""
    assert language("nl", "Reuters Images", 2).code == "nl"


def test_bokmal_is_norwegian() -> None:
    """Detectors say no where providers say nb, nn or da: that is no contradiction."""
    text = "Statsministeren sa mandag at regjeringen vil legge frem rapporten før slutten av året etter flere måneder."
    assert language("nb", text, 50).method == "stated+detected"


@given(st.text(st.characters(), max_size=300))
def test_detection_takes_any_characters(text: str) -> None:
    """Control characters, lone surrogates and unassigned code points make no difference."""
    assert 0.0 <= detect(text).share <= 1.0
