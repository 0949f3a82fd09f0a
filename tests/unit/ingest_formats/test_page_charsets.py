"""Pages whose charset nobody names: home-made sites of twenty years, and copies that lost their headers."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

COPY = {
    "arabic": (
        "cp1256",
        "عودة العبارة إلى الميناء القديم",
        "عادت العبارة إلى الميناء القديم صباح الاثنين بعد شهر بسبب إصلاح الرصيف، كما أعلنت إدارة الميناء.",
    ),
    "russian": (
        "cp1251",
        "Паром вернулся в старую гавань",
        "Паром вернулся в старую гавань в понедельник после месячного ремонта причала, сообщила администрация порта.",
    ),
    "koi": (
        "koi8_r",
        "Паром вернулся в старую гавань",
        "Паром вернулся в старую гавань в понедельник после месячного ремонта причала, сообщила администрация порта.",
    ),
    "serbian": (
        "cp1250",
        "Skela se vraća u staru luku",
        "Skela se vraća u staru luku u ponedeljak ujutru posle mesec dana popravke, saopštila je lučka uprava gradu.",
    ),
    "japanese": (
        "cp932",
        "渡し船が古い港に戻る",
        "渡し船は月曜日の朝、桟橋の修理を終えて一か月ぶりに古い港に戻った。港湾局によると、運賃は変わらないという。",
    ),
    "korean": (
        "cp949",
        "나룻배가 옛 항구로 돌아왔다",
        "나룻배가 부두 수리를 마치고 한 달 만에 월요일 아침 옛 항구로 돌아왔다고 항만청이 밝혔다. 요금은 그대로다.",
    ),
    "traditional chinese": (
        "big5hkscs",
        "渡輪重返舊港口",
        "渡輪在碼頭維修一個月之後，於星期一早上重返舊港口。港務處表示，票價不會改變，居民對此表示歡迎。",
    ),
    "french": (
        "cp1252",
        "Le bac revient au vieux port",
        "Le bac est revenu lundi matin au vieux port après un mois de réparation du quai, a annoncé la capitainerie.",
    ),
}


def undeclared(headline: str, text: str, codec: str, tag: str = "<html>") -> Story:
    """The story of a page in this charset that does not say so."""
    body = f"<h1>{headline}</h1><div class=text><p>{text}</p><p>{text}</p></div>"
    page = f"{tag}<head><title>{headline}</title></head><body><div id=menu><a href=/>A</a></div>{body}</body></html>"
    return parse(page.encode(codec), hint="text/html", url="https://port.example/1").stories[0]


@pytest.mark.parametrize("name", COPY)
def test_the_charset_is_told_from_the_text(name: str) -> None:
    """A reader sees the text as it was written, in whatever script."""
    codec, headline, text = COPY[name]
    found = undeclared(headline, text, codec)
    assert (found.headline, found.paragraphs[0]) == (headline, text)


def test_a_language_says_what_browsers_take() -> None:
    """Where the letters alone do not tell, the page's language does, as in a browser of its country."""
    headline, text = "Feribot eski limana döndü", "İşletme, feribotun pazartesi sabahı eski limana döndüğünü açıkladı."
    assert undeclared(headline, text, "cp1254", "<html lang=tr>").paragraphs[0] == text


def test_a_few_broken_bytes_leave_a_page_utf_8() -> None:
    """A title that was cut within a character makes no other page of it."""
    _, headline, text = COPY["french"]
    page = f"<html><body><h1>{headline}</h1><p>{text * 3}</p></body></html>".encode() + b"<p>d\xc3</p>"
    assert parse(page, hint="text/html", url="https://port.example/1").stories[0].paragraphs[0] == text * 3


def test_a_charset_that_no_page_may_be_in_is_refused() -> None:
    """UTF-7 and the like hide markup from whoever checks it."""
    page = "<html><head><meta charset=utf-7></head><body><p>Le bac est revenu à quai.</p></body></html>"
    with pytest.raises(Unparseable, match="utf-7"):
        parse(page.encode("cp1252"), hint="text/html")


def test_a_page_in_a_charset_of_wires_is_read_as_well_as_can_be() -> None:
    """ISO 6937 writes an accent before its letter; browsers do not know it."""
    line = "Die Bürger hören am Mittwoch die Glocken läuten, während die Fähre über den Fluss fährt, schön wie früher."
    accented = {"ü": b"\xc8u", "ö": b"\xc8o", "ä": b"\xc8a"}
    written = b"".join(accented.get(letter) or letter.encode("latin-1") for letter in line)
    page = b"<html><body><h1>Glocken am Fluss und auf der Faehre</h1>%s</body></html>" % (b"<p>%s</p>" % written * 4)
    found = parse(page, hint="text/html", url="https://fluss.example/glocken").stories[0]
    assert "die Glocken" in found.paragraphs[0]
