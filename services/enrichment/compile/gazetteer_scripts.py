"""Names of places as their own countries write them, in scripts other than Latin, and their forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from gazetteer_names import PLAIN, STRONG, WEAK, Book

CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
SUBDIVISIONS_IN_SCRIPT = {
    "JP": r"[\u4e00-\u9fff]+[県府都道]\Z",
    "IN": r"[\u0900-\u097f ]{3,}\Z",
    "KR": r"[\uac00-\ud7a3]{2,3}[도시]\Z",
    "RU": r"[А-ЯЁ][а-яё-]+ (?:[Оо]бласть|[Кк]рай)\Z",
    "UA": r"[А-ЯІЇЄҐ][а-яіїєґ'’-]+ область\Z",
}
"""The script in which a country's copy writes its subdivisions, which CLDR leaves out."""


def add_names_in_script(book: Book, rows: list[list[str]]) -> None:
    """Enter the names of subdivisions in their countries' scripts."""
    for row in rows:
        pattern, place = SUBDIVISIONS_IN_SCRIPT.get(row[1][:2], ""), f"iso3166:{row[1]}"
        for name in row[5].split("|") if pattern and place in book.places else ():
            if re.match(pattern, name):
                for form in {name, bare_devanagari(name), *_of_oblast(name)}:
                    book.add_name(form, place, STRONG)


_OBLAST = {
    "ская область": ("ская область", "ской области", "скую область", "ской областью"),
    "ский край": ("ский край", "ского края", "скому краю", "ском крае", "ским краем"),
    "ька область": (
        "ька область",
        "ької області",
        "ькій області",
        "ьку область",
        "ькою областю",
        "ьщина",
        "ьщини",
        "ьщині",
    ),
}


def _of_oblast(name: str) -> list[str]:
    """The cases of a Russian or Ukrainian region, whose name is an adjective with a noun."""
    low = name[0] + name[1:].lower()
    return [low.removesuffix(end) + form for end, forms in _OBLAST.items() if low.endswith(end) for form in forms]


def bare_devanagari(name: str) -> str:
    """A name without the dots under letters, which many write without: ``अफ़्रीका``."""
    return unicodedata.normalize("NFD", name).replace("\u093c", "")


class Script(NamedTuple):
    """How a country's copy writes the names of its cities, which need not be large then."""

    language: str
    letters: str
    """What such a name looks like."""
    smallest: int
    """People of the smallest city."""
    town: str = ""
    """What may follow a name of a city: the word for city, with which even a short name is nothing else."""


_ARABIC = r"[\u0621-\u064a ]{4,}\Z"
AT_HOME = {
    "JP": Script("ja", r"[\u4e00-\u9fff々ヶ]{2,5}\Z", 15_000, "市町村区"),
    "CN": Script("zh", r"[\u4e00-\u9fff]{2,4}\Z", 100_000, "市县"),
    "KR": Script("ko", r"[\uac00-\ud7a3]{2,4}\Z", 15_000, "시군"),
    "IN": Script("hi", r"[\u0900-\u097f ]{3,}\Z", 15_000),
    "RU": Script("ru", r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*\Z", 15_000),
    "UA": Script("uk", r"[А-ЯІЇЄҐ][а-яіїєґ'’]+(?:[- ][А-ЯІЇЄҐ][а-яіїєґ'’]+)*\Z", 15_000),
    "BG": Script("bg", r"[А-Я][а-я]+(?: [А-Я][а-я]+)*\Z", 15_000),
    "RS": Script("sr", r"[А-ЯЂЈЉЊЋЏ][а-яђјљњћџ]+(?: [А-ЯЂЈЉЊЋЏ][а-яђјљњћџ]+)*\Z", 15_000),
    "GR": Script("el", r"[\u0386-\u03ab][\u03ac-\u03ce]+(?: [\u0386-\u03ab][\u03ac-\u03ce]+)*\Z", 15_000),
    "IL": Script("he", r"[\u05d0-\u05ea' -]{3,}\Z", 15_000),
    "IR": Script("fa", r"[\u0621-\u06cc ]{4,}\Z", 50_000),
    "PS": Script("ar", _ARABIC, 25_000),
    **{
        country: Script("ar", _ARABIC, 100_000)
        for country in (
            "EG",
            "SA",
            "IQ",
            "SY",
            "JO",
            "LB",
            "YE",
            "OM",
            "AE",
            "QA",
            "KW",
            "BH",
            "LY",
            "TN",
            "DZ",
            "MA",
            "SD",
        )
    },
}
_NOT_RUSSIAN = re.compile("[іїєґўӱӑ]")


def names_in_script(city: dict[str, Any], words: frozenset[str], people: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The names of a city as its own country writes it, each with how much it says; none for small or other ones."""
    script = AT_HOME.get(city["countrycode"])
    if script is None or int(city["population"]) < script.smallest:
        return
    for name in sorted(set(city["alternatenames"])):
        bare = name[:-1] if script.town and name[-1:] in script.town and len(name) > 2 else name
        if not re.match(script.letters, bare) or (script.language == "ru" and _NOT_RUSSIAN.search(bare)):
            continue
        if script.town:
            yield from ((f"{bare}{town}", STRONG) for town in script.town[:1])
            if script.language == "ko" and int(city["population"]) >= 100_000:
                yield bare, WEAK
            continue
        doubtful = bare.lower() in words or bare in people or len(bare) < 4
        yield from ((form, WEAK if doubtful else PLAIN) for form in {bare, bare_devanagari(bare)})


def persian(name: str) -> str:
    """A name in Arabic letters as Persian writes them; any other as it is."""
    return name.replace("\u064a", "\u06cc").replace("\u0643", "\u06a9")
