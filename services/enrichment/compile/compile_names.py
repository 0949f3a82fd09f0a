"""Make ``tables/names.msgpack.gz``: given names, surnames and common words, from PyPI packages. Run by hand.

    python compile_names.py --faker-js FILE

Sources, each installed beforehand:

- faker 40.54.0 (MIT): names and common words of many languages
- gimei 0.2.3 (MIT): Japanese names, of which faker has few
- npm @faker-js/faker 10.6.0 (MIT), of which ``faker_names.mjs`` makes FILE: names in the languages of ``ALSO`` and more
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from importlib.resources import files
from pathlib import Path

import msgspec
import yaml
from faker_words import common_words, given_names, surnames
from gazetteer_names import WEAK, Gazetteer

TABLES = Path(__file__).parent.parent / "dateline_enrichment" / "tables"
SCRIPTS = re.compile("[A-Z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0900-\u097f\u4e00-\u9fff\uac00-\ud7a3\u1e00-\u1eff]")
ALSO = (
    "pl", "cs_CZ", "sk", "sl_SI", "hr", "sr_RS_latin", "mk", "ro", "ro_MD", "hu", "ru", "uk", "el", "lv", "he", "fa",
    "en_IN", "en_ZA", "yo_NG",
)  # fmt: skip
"""Locales of which faker has few names."""
FAMILY_ALONE = ("tr", "az", "fr_BE", "fr_SN", "it", "nl", "id_ID", "en_GH")
"""Those of whose given names too many are words: Altın, Seconda, Prune, Rover, Amid."""
WORDS = {
    "Anatolia", "Aprile", "Arena", "Babel", "Campus", "Carbon", "Felicita", "Giunta", "Guru", "Logins", "Maio", "Mir",
    "Modest", "Natale", "Naval", "Prospera", "Sabato", "Santo", "Senatore", "Severa", "Slam", "Slava", "Tall", "Tar",
    "Virgin", "Zlata",
}  # fmt: skip
"""Names that are words far more often."""
CYRILLIC = dict(
    zip(
        ["Lj", "Nj", "Dž", "lj", "nj", "dž", *"ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠabvgdđežzijklmnoprstćufhcčš"],
        ["Љ", "Њ", "Џ", "љ", "њ", "џ", *"АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШабвгдђежзијклмнопрстћуфхцчш"],
        strict=True,
    )
)
"""The letters of Serbian."""


def main() -> None:
    """Compile and write the file; the same releases give the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faker-js", type=Path, required=True)
    more_given, more_family = further_names(parser.parse_args().faker_js)
    japanese_given, japanese_family = japanese_names()
    given = sorted({name for name in given_names() if SCRIPTS.match(name) and " " not in name} | japanese_given)
    family = sorted({name for name in surnames() if SCRIPTS.match(name)} | japanese_family)
    names = {*given, *family}
    words = sorted(word for word in common_words() if word.isalpha() and word.capitalize() not in names)
    given, family = sorted({*given, *more_given}), sorted({*family, *more_family})
    packed = gzip.compress(msgspec.msgpack.encode({"given": given, "family": family, "common": words}), 9, mtime=0)
    target = TABLES / "names.msgpack.gz"
    target.write_bytes(packed)
    print(f"{target.name}: {len(given)} given names, {len(family)} surnames, {len(words)} words, {len(packed)} bytes")


def japanese_names() -> tuple[set[str], set[str]]:
    """Given names and surnames in kanji; no surname of one character, which is a surname of China, too, or a word."""
    table = yaml.safe_load((files("gimei") / "data" / "names.yml").read_text(encoding="utf-8"))
    given = {row[0] for names in table["first_name"].values() for row in names}
    return given, {row[0] for row in table["last_name"] if len(row[0]) > 1}


def further_names(faker_js: Path) -> tuple[set[str], set[str]]:
    """Given names and surnames of ``ALSO`` that are one word each, no common one and no place's but a weak one."""
    locales = json.loads(faker_js.read_text(encoding="utf-8"))
    places = msgspec.msgpack.decode(gzip.decompress((TABLES / "gazetteer.msgpack.gz").read_bytes()), type=Gazetteer)
    sure = {name for name, strength in zip(places.names, places.strength, strict=True) if strength > WEAK}
    words = common_words()

    def fit(kind: str, chosen: tuple[str, ...]) -> set[str]:
        names = {name for locale in chosen for name in locales[locale][kind]}
        names |= {_SERBIAN.sub(lambda found: CYRILLIC[found[0]], name) for name in locales["sr_RS_latin"][kind]}
        plain = {name for name in names if _ONE_WORD.match(name) and SCRIPTS.match(name) and name.lower() not in words}
        return plain - sure - WORDS

    return fit("given", ALSO), fit("family", ALSO + FAMILY_ALONE)


_SERBIAN = re.compile("|".join(CYRILLIC))
_ONE_WORD = re.compile(r"[^\W\d_]{3,}\Z")


if __name__ == "__main__":
    main()
