"""Names in scripts that have no capitals, and of bodies that no capitals set apart."""

from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story


def told(text: str, language: str, headline: str = "") -> Facts:
    """The facts of a story."""
    return facts(Story(guid="x", language=language, headline=headline, paragraphs=(text,)), Credit())


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("hi", "राज्य के स्वास्थ्य मंत्री महेंद्र चौबे ने कहा कि अस्पताल जल्द बनेगा।", "महेंद्र चौबे"),
        ("he", "שר האוצר משה לוין אמר כי התקציב יאושר השבוע.", "משה לוין"),
        ("fa", "محمود حسینی، وزیر نیرو، گفت که برق قطع نمی‌شود.", "محمود حسینی"),
        ("ja", "会社員の山田一郎さん（45）が見つかった。", "山田一郎"),
        ("ko", "경찰은 회사원 김철수(45) 씨를 조사했다.", "김철수"),
    ],
)
def test_title_or_age_beside_a_name_tells_it(language: str, text: str, name: str) -> None:
    """What stands beside a name says that it is one, as capitals cannot."""
    assert name in [person.name for person in told(text, language).people]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "मंत्री ने कहा कि विकास और शांति जरूरी है।"),
        ("he", "שר האוצר אמר כי התקציב יאושר השבוע."),
        ("fa", "وزیر نیرو گفت که برق قطع نمی‌شود."),
        ("ja", "首相は会議で（45）の案を示した。"),
        ("ko", "경찰은 회사원을 조사했다."),
    ],
)
def test_title_without_a_name_names_nobody(language: str, text: str) -> None:
    """An office alone is no person, and words that are names elsewhere are none here."""
    assert told(text, language).people == ()


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sv", "Beslutet överklagas, säger Skogsverket i ett pressmeddelande.", "Skogsverket"),
        ("ru", "Об этом сообщила компания «Велатрон».", "Велатрон"),
        ("zh", "中国水利研究院发布了报告。", "中国水利研究院"),
        ("ja", "全国鉄道協会が発表した。", "全国鉄道協会"),
        ("ko", "한빛은행은 금리를 올렸다.", "한빛은행"),
    ],
)
def test_body_is_told_by_its_ending_or_its_quotes(language: str, text: str, name: str) -> None:
    """Compounds, names in quotes after what they are, and names in scripts without capitals."""
    assert name in [body.name for body in told(text, language).organisations]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Nätverket låg nere under natten, säger Styrelsen."),
        ("ru", "Он сказал «до свидания» и ушёл."),
        ("ko", "은행은 금리를 올렸다."),
    ],
)
def test_common_word_or_quoted_speech_is_no_body(language: str, text: str) -> None:
    """A word that only ends like a body, and words in quotes without a word for a body before them."""
    assert told(text, language).organisations == ()


def test_headline_of_a_script_without_capitals_stays_as_it_is() -> None:
    """Its only capitals are abbreviations: ``KBO`` stays one."""
    assert [body.name for body in told("선수들이 모였다.", "ko", "KBO 리그 개막").organisations] in ([], ["KBO"])
