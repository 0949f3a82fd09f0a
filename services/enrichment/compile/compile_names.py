"""Make ``tables/names.msgpack.gz``: given names, surnames and common words, from PyPI packages. Run by hand.

    python compile_names.py

Sources, each installed beforehand:

- faker 40.54.0 (MIT): names and common words of many languages
- gimei 0.2.3 (MIT): Japanese names, of which faker has few
"""

from __future__ import annotations

import gzip
import re
from importlib.resources import files
from pathlib import Path

import msgspec
import yaml
from gazetteer_sources import common_words, given_names, surnames

TABLES = Path(__file__).parent.parent / "dateline_enrichment" / "tables"
SCRIPTS = re.compile("[A-Z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0900-\u097f\u4e00-\u9fff\uac00-\ud7a3\u1e00-\u1eff]")


def main() -> None:
    """Compile and write the file; the same releases give the same bytes."""
    japanese_given, japanese_family = japanese_names()
    given = sorted({name for name in given_names() if SCRIPTS.match(name) and " " not in name} | japanese_given)
    family = sorted({name for name in surnames() if SCRIPTS.match(name)} | japanese_family)
    names = {*given, *family}
    words = sorted(word for word in common_words() if word.isalpha() and word.capitalize() not in names)
    packed = gzip.compress(msgspec.msgpack.encode({"given": given, "family": family, "common": words}), 9, mtime=0)
    target = TABLES / "names.msgpack.gz"
    target.write_bytes(packed)
    print(f"{target.name}: {len(given)} given names, {len(family)} surnames, {len(words)} words, {len(packed)} bytes")


def japanese_names() -> tuple[set[str], set[str]]:
    """Given names and surnames in kanji; no surname of one character, which is a surname of China, too, or a word."""
    table = yaml.safe_load((files("gimei") / "data" / "names.yml").read_text(encoding="utf-8"))
    given = {row[0] for names in table["first_name"].values() for row in names}
    return given, {row[0] for row in table["last_name"] if len(row[0]) > 1}


if __name__ == "__main__":
    main()
